package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// wantsHelp reports whether the words of a command ask for help, or are none at all.
func wantsHelp(args []string) bool {
	return len(args) == 0 || slices.Contains(args, "--help") || slices.Contains(args, "-h") || args[0] == "help"
}

// printHelp prints the help of the command that the words before --help name.
func printHelp(parser *kong.Kong, p Program, args []string) int {
	node := parser.Model.Node
	for _, word := range args {
		for _, child := range node.Children {
			if child.Name == word {
				node = child
				break
			}
		}
	}
	if err := writeHelp(p.Out, node); err != nil {
		return 1
	}
	return 0
}

// help is what kong calls after a mistake; the mistake itself is said by usage.
func help(kong.HelpOptions, *kong.Context) error { return nil }

func writeHelp(w io.Writer, node *kong.Node) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n用法：%s\n", node.Help, strings.TrimSpace("shangjiatong "+summary(node)))
	section(&b, "命令", commandLines(node))
	section(&b, "参数", argumentLines(node))
	section(&b, "选项", flagLines(node))
	_, err := io.WriteString(w, b.String())
	return err
}

func summary(node *kong.Node) string {
	path := strings.TrimPrefix(node.FullPath(), "shangjiatong")
	if len(node.Children) > 0 {
		path += " <命令>"
	}
	for _, a := range node.Positional {
		path += " [" + a.Name + "]"
	}
	return strings.TrimSpace(path) + " [选项]"
}

func section(b *strings.Builder, title string, lines [][2]string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s：\n", title)
	for _, l := range lines {
		fmt.Fprintf(b, "  %-28s %s\n", l[0], l[1])
	}
}

func commandLines(node *kong.Node) [][2]string {
	var out [][2]string
	for _, c := range node.Children {
		if !c.Hidden {
			out = append(out, [2]string{c.Name, c.Help})
		}
	}
	return out
}

func argumentLines(node *kong.Node) [][2]string {
	var out [][2]string
	for _, a := range node.Positional {
		out = append(out, [2]string{a.Name, a.Help})
	}
	return out
}

func flagLines(node *kong.Node) [][2]string {
	var out [][2]string
	for _, group := range node.AllFlags(true) {
		for _, f := range group {
			name := "--" + f.Name
			if !f.IsBool() {
				name += "=" + f.FormatPlaceHolder()
			}
			out = append(out, [2]string{name, f.Help})
		}
	}
	return out
}
