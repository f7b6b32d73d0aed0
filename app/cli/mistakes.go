package cli

import (
	"errors"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"shangjiatong/app/listing"
)

// usage says in Chinese what kong found wrong with the words of a command.
func usage(err error) error {
	message := "命令写得不对"
	for _, m := range mistakes() {
		if found := m.pattern.FindStringSubmatch(err.Error()); found != nil {
			message = m.say(found[1:])
			break
		}
	}
	hint := "加上 --help 查看用法"
	if names := subcommands(err); len(names) > 0 && strings.HasPrefix(err.Error(), "expected one of ") {
		hint = "后面写上其中之一：" + strings.Join(names, "、")
	}
	return listing.Fail(listing.CodeInvalid, message, hint).Because(err)
}

// mistake pairs what kong says with what we say.
type mistake struct {
	pattern *regexp.Regexp
	say     func(parts []string) string
}

// mistakes lists what people get wrong, in the words of kong. The tests make every one of these mistakes, so that a new
// version of kong cannot change its words unnoticed.
func mistakes() []mistake {
	on := func(pattern string, say func(parts []string) string) mistake {
		return mistake{regexp.MustCompile(`(?s)^` + pattern + `$`), say}
	}
	return []mistake{
		on(`unexpected argument (.*?)(?:, did you mean (.*)\?)?`, func(p []string) string { return "不认识“" + p[0] + "”" + perhaps(p[1]) }),
		on(`unknown flag (\S+?)(?:, did you mean (.*)\?)?`, func(p []string) string { return "没有选项 " + p[0] + perhaps(p[1]) }),
		on(`missing flags: (.*)`, func(p []string) string { return "缺少选项 " + strings.ReplaceAll(p[0], ", ", "、") }),
		on(`missing positional arguments (.*)`, func(p []string) string { return "缺少参数 " + p[0] }),
		on(`expected one of .*`, func([]string) string { return "只写了一半的命令" }),
		on(`expected "(.*)"`, func(p []string) string { return "缺少参数 " + p[0] }),
		on(`(--\S+?): expected \w+ value but got .*`, func(p []string) string { return "选项 " + p[0] + " 后面没有写值" }),
		on(`(--\S+?): expected a valid \d+ bit u?int but got "(.*)"`, func(p []string) string { return "选项 " + p[0] + " 要写整数，不能写“" + p[1] + "”" }),
		on(`(--\S+?): bool value must be .* but got "(.*)"`, func(p []string) string { return "选项 " + p[0] + " 不用写值，不能写“" + p[1] + "”" }),
		on(`(--[^\s=]+)\S* must be one of (.*) but got "(.*)"`, func(p []string) string {
			return "选项 " + p[0] + " 不能写“" + p[2] + "”，只能写 " + words(p[1])
		}),
	}
}

func perhaps(suggested string) string {
	if suggested == "" {
		return ""
	}
	return "，是不是 " + words(strings.TrimPrefix(suggested, "one of "))
}

func words(quoted string) string {
	return strings.NewReplacer(`"`, "", ", ", "、", ",", "、").Replace(quoted)
}

// subcommands names what can follow the words that were understood.
func subcommands(err error) []string {
	var wrong *kong.ParseError
	if !errors.As(err, &wrong) || wrong.Context == nil {
		return nil
	}
	node := wrong.Context.Selected()
	if node == nil {
		node = wrong.Context.Model.Node
	}
	var out []string
	for _, c := range node.Children {
		if !c.Hidden {
			out = append(out, c.Name)
		}
	}
	return out
}
