package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"shangjiatong/app/cli"
	"shangjiatong/app/service"
	"shangjiatong/store"
)

// The tests run the commands over the program's real wiring, in this process. Only what checks a database in a child
// process, and the walk by a script, starts this test binary again, which then is the program.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" || len(os.Args) > 2 && os.Args[1] == "store" {
		os.Exit(Main(os.Args[1:], fstest.MapFS{"frontend/dist/index.html": {Data: []byte("<html></html>")}}))
	}
	os.Exit(m.Run())
}

// asProgram is the variable that makes this test binary the program.
const asProgram = "SHANGJIATONG_TEST_AS_PROGRAM"

const fixedNow = "2026-03-02T09:00:00+08:00"

// terminal is a person at a shell, with one data folder.
type terminal struct {
	t    *testing.T
	data string
	flag []string // added to every command
}

// answer is what one command printed and returned.
type answer struct {
	t         *testing.T
	args      string
	code      int
	out, errs string
}

func newTerminal(t *testing.T) *terminal {
	t.Helper()
	noKeyring(t)
	dir := t.TempDir()
	secret := filepath.Join(dir, "口令.txt")
	write(t, secret, "仅供测试的口令\n")
	return &terminal{t: t, data: filepath.Join(dir, "数据"), flag: []string{"--passphrase-file", secret}}
}

// noKeyring keeps the tests away from the keyring of whoever runs them.
func noKeyring(t *testing.T) {
	t.Helper()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
}

func write(t *testing.T, path, body string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// plain runs a command with nothing added.
func plain(t *testing.T, args ...string) answer {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pages := fstest.MapFS{"index.html": {Data: []byte("<html></html>")}}
	p := &program{pages: pages, exe: exe}
	var out, errs bytes.Buffer
	code := cli.Run(t.Context(), p.commands(&out, &errs), args)
	return answer{t, strings.Join(args, " "), code, out.String(), errs.String()}
}

// run runs a command over the terminal's data folder.
func (c *terminal) run(args ...string) answer {
	c.t.Helper()
	return plain(c.t, append(slices.Concat(args, c.flag), "--data", c.data, "--now", fixedNow)...)
}

// ok runs a command that must work.
func (c *terminal) ok(args ...string) answer {
	c.t.Helper()
	return c.run(args...).wants(0)
}

func (a answer) wants(code int, words ...string) answer {
	a.t.Helper()
	if a.code != code {
		a.t.Fatalf("%s: exit code %d, want %d\n%s%s", a.args, a.code, code, a.out, a.errs)
	}
	for _, w := range words {
		if !strings.Contains(a.out+a.errs, w) {
			a.t.Errorf("%s: %q is not said:\n%s%s", a.args, w, a.out, a.errs)
		}
	}
	if code != 0 && code != 1 && a.errs == "" {
		a.t.Errorf("%s: nothing on standard error", a.args)
	}
	return a
}

// json reads the one JSON value a command printed.
func (a answer) json(into any) {
	a.t.Helper()
	d := json.NewDecoder(strings.NewReader(a.out))
	if err := d.Decode(into); err != nil {
		a.t.Fatalf("%s: %v\n%s%s", a.args, err, a.out, a.errs)
	}
	if d.More() {
		a.t.Fatalf("%s: more than one value:\n%s", a.args, a.out)
	}
}

// sample is a terminal over the sample unit.
func sampleTerminal(t *testing.T) *terminal {
	t.Helper()
	c := newTerminal(t)
	p := &program{pages: fstest.MapFS{}}
	d, err := p.desk(cli.Opening{Data: c.data, PassphraseFile: c.flag[1], FileVault: true, Now: fixedNow}, "command")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.System.LoadSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.close(); err != nil {
		t.Fatal(err)
	}
	return c
}

// The issue names these commands; each of them takes --json and --data, and says in Chinese what it does.
func TestEveryCommandIsThere(t *testing.T) {
	for _, words := range []string{
		"demo", "serve", "unit show", "unit set", "vendor add", "vendor list", "vendor show", "vendor set", "vendor remove", "vendor attest",
		"app template", "app add", "app list", "app show", "app set", "app archive", "app rename", "app attach", "app secret", "app attest",
		"app waive", "app portal", "app bulk", "app bulk set", "app bulk archive", "case start", "case show", "case list", "case act", "case move", "case suggest", "case drop", "next",
		"flow list", "flow show", "flow import", "flow diff", "todo", "import apps", "import template", "report weekly", "report letter", "precheck", "package", "snippet", "tracking facts show", "tracking facts import", "tracking facts reset", "check capture", "check", "journal",
		"net status", "portal read", "portal fill", "portal record", "portal recipes", "portal recipes list", "portal recipes show", "portal recipes import", "portal recipes mend", "portal recipes reset", "net", "portal",
		"store verify", "store snapshot", "store list", "store restore", "version", "unit", "vendor", "app", "case", "store", "",
	} {
		for _, help := range []string{"--help", "-h"} {
			a := plain(t, append(strings.Fields(words), help)...).wants(0, "用法：shangjiatong", "--json", "--data")
			inChinese(t, a.args, a.out)
		}
	}
	if out := plain(t).wants(0).out; !strings.Contains(out, "命令：") {
		t.Errorf("no words at all:\n%s", out)
	}
}

// allowed are the words of another language that may stand in what the program says: names of commands, flags and
// values, of formats and keys.
var english = regexp.MustCompile(`[A-Za-z]{3,}`)

var allowed = regexp.MustCompile(strings.Join([]string{
	`“[^”]*”`, `"[^"]*"`, `/\S+`, `--[a-z-]+`, `shangjiatong`, `quarantine`, `(?m)^  [a-z-]+ `, `[a-z_]+\.[a-z_]+`, `[a-z_]+=`, `(RULE|STEP|FLOW|FORM|NET|TABLE|ADDR|TRACK|SHA|WAIT|ROLE|PARAM|KIND)-?[0-9.]*b?`, `JSON`, `LOGO`, `App Secret`,
	`App Key`, `IRS`, `\b(demo|serve|unit|show|set|vendor|add|list|remove|attest|app|template|archive|rename|attach|secret|waive|case|start|act|next|precheck|package|snippet|journal|store|verify|snapshot|restore|version|todo|report|weekly|letter|import|apps|flow|diff|move|suggest|drop|portal|bulk|tracking|facts|reset|check|capture|params|pages|code|live|net|status|fill|read|record|recipes|mend|text|choose|path|date|switch|files|rows)\b`, `\bHAR\b`, `\bM?HTML\b`, `irs tables\S*`, `page_[a-z]+`,
	`\b(fill|generate|submit|review|pass|return|confirm|skip|undo|static|jquery|vue|vue2|vue3|react|uniapp|entry|mini|jQuery|Vue|React|router|uni|plan|logo|name|role|owner|identifier|networks|sldb_demo|test_password|app_secret|docx|xlsx|html|pdf|zip|ics|YAML|all|wait|administrator|reviewer)\b`,
}, "|"))

// inChinese checks that a text holds no word of another language but these, and but what it quotes.
func inChinese(t *testing.T, about, text string) {
	t.Helper()
	if left := english.FindString(allowed.ReplaceAllString(text, " ")); left != "" {
		t.Errorf("%s: %q is no Chinese:\n%s", about, left, text)
	}
}

// What people typically get wrong: exit code 2, a Chinese message that names the thing, and a way out.
func TestMistakes(t *testing.T) {
	for args, word := range map[string]string{
		"bogus":                                 "bogus",
		"--bogus":                               "--bogus",
		"-x":                                    "-x",
		"app":                                   "template、add、list",
		"case":                                  "start、show、list、act",
		"app shwo":                              "show",
		"app lst":                               "list",
		"app show --bogus":                      "--bogus",
		"app list --archivd":                    "--archived",
		"app show a b":                          "b",
		"version extra":                         "extra",
		"app set":                               "--app",
		"app set --app":                         "--app",
		"app set --app --file x":                "--app",
		"app set --app x":                       "字段=值",
		"app set --app x name":                  "name",
		"app set --app x =":                     "字段=值",
		"app rename --app x":                    "新名称",
		"app show":                              "--app",
		"case start":                            "--app",
		"case act --app x":                      "--act",
		"precheck":                              "--app",
		"package --app x":                       "--out",
		"snippet --app x --out y":               "--stack",
		"app secret --app x --key foo --file -": "test_password",
		"next --limit x":                        "--limit",
		"next --limit":                          "--limit",
		"next --limit 1.5":                      "--limit",
		"app archive --undo=maybe x":            "maybe",
		"store restore":                         "快照",
		"vendor show":                           "开发商",
		"vendor add":                            "--name",
		"vendor add --name x --contact 甲":       "姓名,手机",
		"unit set":                              "字段=值",
		"unit set nonsense=1":                   "nonsense",
		"unit set role=admin":                   "admin",
		"--now yesterday unit show":             "yesterday",
		"app template --kind 网页":                "H5改革门户",
		"unit set --file /nowhere/at/all.json":  "/nowhere/at/all.json",
		"vendor attest x":                       "--contact",
		"app attach --app x --slot plan":        "--file",
		"app add --file x --file":               "--file",
		"demo --out":                            "--out",
		"serve --no-open=perhaps":               "perhaps",
		"journal --limit many":                  "many",
		"app waive --app x":                     "--rule",
		"app attest --app x":                    "--about",
		"store verify now":                      "now",
		"unit show me":                          "me",
	} {
		t.Run(args, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "数据")
			a := plain(t, append(strings.Fields(args), "--data="+data)...).wants(2, word)
			inChinese(t, a.args, a.errs)
			if a.out != "" {
				t.Errorf("on standard output: %s", a.out)
			}
			if _, err := os.Stat(filepath.Join(data, store.DatabaseName)); err == nil {
				t.Error("a wrong command made a store")
			}

			b := plain(t, append([]string{"--json", "--data=" + data}, strings.Fields(args)...)...).wants(2)
			var e struct {
				Error struct{ Code, Message, Hint string }
			}
			if err := json.Unmarshal([]byte(b.errs), &e); err != nil || e.Error.Code != "invalid" || e.Error.Message == "" || e.Error.Hint == "" {
				t.Errorf("as JSON: %v\n%s", err, b.errs)
			}
		})
	}
}

// Flags stand before the command, within it or behind it.
func TestFlagsAnywhere(t *testing.T) {
	c := sampleTerminal(t)
	for _, args := range [][]string{
		{"--json", "--data", c.data, "app", "list"}, {"app", "--json", "list", "--data", c.data}, {"app", "list", "--data=" + c.data, "--json"},
	} {
		var rows []map[string]any
		plain(t, args...).wants(0).json(&rows)
		if len(rows) != 6 {
			t.Errorf("%v: %d apps", args, len(rows))
		}
	}
}

// The exit codes of the guide, each by the ways that lead to it.
func TestExitCodes(t *testing.T) {
	t.Run("1 no data folder", func(t *testing.T) {
		c := newTerminal(t)
		for _, args := range []string{"unit show", "vendor list", "app list", "case list", "next", "journal", "store snapshot", "store verify"} {
			inChinese(t, args, c.run(strings.Fields(args)...).wants(1, c.data).errs)
		}
		if _, err := os.Stat(filepath.Join(c.data, store.DatabaseName)); err == nil {
			t.Error("looking made a store")
		}
	})
	t.Run("1 nothing of that name", func(t *testing.T) {
		c := sampleTerminal(t)
		for _, args := range []string{"app show 没有", "precheck 没有", "case show 没有", "vendor show 没有", "vendor remove 没有", "store restore 没有",
			"package --app 没有 --out x", "case act --app 没有 --task STEP-1.1 --act submit"} {
			c.run(strings.Fields(args)...).wants(1, "没有")
		}
	})
	t.Run("1 refused", func(t *testing.T) {
		c := sampleTerminal(t)
		c.run("case", "act", "--app", "示例巡查", "--task", "STEP-3.1", "--act", "confirm", "--reason", "好了").wants(1, "STEP-1.2")
		c.run("package", "--app", "示例信访登记", "--out", t.TempDir()).wants(1, "RULE-3", "草稿")
		c.run("vendor", "remove", "示例科技有限公司").wants(1, "示例科技有限公司")
		c.run("app", "waive", "--app", "示例驾驶舱", "--rule", "RULE-16", "--reason", "不要紧").wants(1, "RULE-16")
		c.run("unit", "set", "name=").wants(0) // a draft may be empty
	})
	t.Run("1 findings", func(t *testing.T) {
		c := sampleTerminal(t)
		c.run("precheck", "示例信访登记").wants(1, "RULE-5", "须改正 5")
		c.ok("precheck", "示例督办")
		c.run("snippet", "--app", "示例信访登记", "--stack", "static", "--out", t.TempDir()).wants(1)
	})
	t.Run("1 unwritable", func(t *testing.T) {
		c := sampleTerminal(t)
		file := write(t, filepath.Join(t.TempDir(), "文件"), "x")
		c.run("snippet", "--app", "示例督办", "--stack", "static", "--out", filepath.Join(file, "里面")).wants(1, file)
		c.run("demo", "--out", filepath.Join(file, "里面")).wants(1, file)
		d := &terminal{t: t, data: filepath.Join(file, "数据")}
		d.run("unit", "set", "name=示例").wants(1, file)
		full := t.TempDir()
		write(t, filepath.Join(full, "别人的.txt"), "x")
		plain(t, "demo", "--out", full).wants(1, "不是空的")
	})
	t.Run("2 wrong words and files", func(t *testing.T) {
		c := sampleTerminal(t)
		dir := t.TempDir()
		file := func(body string) string { return write(t, filepath.Join(dir, "输入.json"), body) }
		for name, tc := range map[string]struct {
			args []string
			body string
			word string
		}{
			"unknown key":      {[]string{"app", "add", "--file"}, `{"name":"新应用","kind":"H5","naem":"x"}`, "naem"},
			"unknown key deep": {[]string{"app", "add", "--file"}, `{"name":"新应用","kind":"H5","pages":[{"id":"x"}]}`, `"id"`},
			"wrong word":       {[]string{"app", "add", "--file"}, `{"name":"新应用","kind":"H5","level":"镇级"}`, "建设层级"},
			"wrong kind":       {[]string{"app", "add", "--file"}, `{"name":"新应用","kind":"网页"}`, "网页"},
			"no kind":          {[]string{"app", "add", "--file"}, `{"name":"新应用"}`, "应用类型"},
			"wrong type":       {[]string{"app", "add", "--file"}, `{"name":"新应用","kind":"H5","networks":"互联网"}`, "networks"},
			"number as text":   {[]string{"app", "add", "--file"}, `{"name":5}`, "name"},
			"garbage":          {[]string{"app", "add", "--file"}, "\x00\x01\x02", "JSON"},
			"text":             {[]string{"app", "add", "--file"}, "name: 新应用", "JSON"},
			"cut off":          {[]string{"app", "add", "--file"}, `{"name":"新应用"`, "JSON"},
			"empty":            {[]string{"app", "add", "--file"}, "", "JSON"},
			"two values":       {[]string{"app", "add", "--file"}, `{"name":"a","kind":"H5"}{"name":"b"}`, "结尾之后"},
			"a list":           {[]string{"app", "add", "--file"}, `[]`, "输入.json"},
			"a secret":         {[]string{"app", "add", "--file"}, `{"name":"新应用","kind":"H5","test_password":"x"}`, "app secret"},
			"a patch":          {[]string{"app", "set", "--app", "示例督办", "--file"}, `{"identifier":"patched","naem":"x"}`, "naem"},
			"a patch of an ID": {[]string{"app", "set", "--app", "示例督办", "--file"}, `{"id":"x","pages":[]}`, "app.id"},
			"a unit":           {[]string{"unit", "set", "--file"}, `{"name":"x","nmae":"y"}`, "nmae"},
			"a vendor":         {[]string{"vendor", "add", "--file"}, `{"name":"x","phone":"y"}`, "phone"},
		} {
			t.Run(name, func(t *testing.T) {
				a := c.run(append(tc.args, file(tc.body))...).wants(2, tc.word)
				inChinese(t, name, a.errs)
			})
		}
		for _, args := range []string{"case act --app 示例督办 --task STEP-3.4 --act finish", "app set --app 示例督办 nonsense=1", "app set --app 示例督办 kind=网页",
			"snippet --app 示例督办 --stack jsp --out x", "app attach --app 示例督办 --slot nonsense --file " + file("x"), "case act --app 示例督办 --task STEP-3.4 --act 提交"} {
			c.run(strings.Fields(args)...).wants(2)
		}
		var v struct {
			App struct {
				Identifier string
				Pages      []any
			}
		}
		c.ok("app", "show", "示例督办", "--json").json(&v)
		if v.App.Identifier != "sldb_demo" || len(v.App.Pages) != 3 {
			t.Errorf("half of a refused patch was stored: %+v", v)
		}
	})
	t.Run("3 no vault", func(t *testing.T) {
		c := newTerminal(t)
		c.flag = nil
		c.ok("unit", "set", "name=示例市数据中心", "operator=联系人甲")
		c.ok("app", "add", "--name", "示例", "--kind", "H5")
		file := write(t, filepath.Join(t.TempDir(), "密码"), "x")
		c.run("app", "secret", "--app", "示例", "--key", "test_password", "--file", file).wants(3, "--passphrase-file")
		c.flag = []string{"--passphrase-file", filepath.Join(t.TempDir(), "没有")}
		if a := c.run("app", "secret", "--app", "示例", "--key", "test_password", "--file", file); a.code == 0 {
			t.Error("a missing passphrase file was taken")
		}
	})
	t.Run("4 damaged", func(t *testing.T) {
		for name, body := range map[string]string{"empty": "", "foreign": "SQLite format 3\x00" + strings.Repeat("x", 9000), "text": "你好", "zeros": strings.Repeat("\x00", 65536)} {
			c := newTerminal(t)
			path := write(t, filepath.Join(c.data, store.DatabaseName), body)
			for _, args := range []string{"unit show", "app list", "unit set name=x", "store verify", "app add --name x --kind H5"} {
				inChinese(t, name, c.run(strings.Fields(args)...).wants(4, store.DatabaseName).errs)
			}
			if got, err := os.ReadFile(path); err != nil || string(got) != body {
				t.Errorf("%s: the file was written to (%v)", name, err)
			}
		}
	})
	t.Run("4 truncated", func(t *testing.T) {
		c := sampleTerminal(t)
		path := filepath.Join(c.data, store.DatabaseName)
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, info.Size()/2); err != nil {
			t.Fatal(err)
		}
		c.run("store", "verify").wants(4)
		c.run("app", "list").wants(4)
	})
	t.Run("4 locked", func(t *testing.T) {
		c := sampleTerminal(t)
		d, err := (&program{}).desk(cli.Opening{Data: c.data}, "window")
		if err != nil {
			t.Fatal(err)
		}
		if err := d.place.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := d.close(); err != nil {
				t.Error(err)
			}
		}()
		c.run("app", "list").wants(4)
		var e struct{ Error struct{ Code string } }
		if err := json.Unmarshal([]byte(c.run("app", "list", "--json").wants(4).errs), &e); err != nil || e.Error.Code != "locked" {
			t.Errorf("%+v, %v", e, err)
		}
	})
}

// What `app template` prints is what `app add --file` takes, for every kind.
func TestTemplateIsTakenByAdd(t *testing.T) {
	c := newTerminal(t)
	c.ok("unit", "set", "name=示例市数据中心", "operator=联系人甲", "process_region=杭州", "region=示例市")
	for i, kind := range []string{"H5", "小程序", "小程序+PC", "H5改革门户"} {
		printed := plain(t, "app", "template", "--kind", kind).wants(0).out
		if again := plain(t, "app", "template", "--json", "--kind", kind).wants(0).out; again != printed {
			t.Errorf("%s: with --json it is another one", kind)
		}
		body := strings.Replace(printed, "示例督办", fmt.Sprintf("示例%d", i), 1)
		file := write(t, filepath.Join(t.TempDir(), "应用.json"), "\ufeff"+body)
		c.ok("app", "add", "--file", file, "--name", fmt.Sprintf("应用%d", i))
	}
	var rows []service.AppSummary
	c.ok("app", "list", "--json").json(&rows)
	if len(rows) != 4 {
		t.Errorf("%d apps", len(rows))
	}
}

// The words of both faces: text for people, one JSON value for scripts, nothing on standard error.
func TestTextAndJSON(t *testing.T) {
	c := sampleTerminal(t)
	for args, word := range map[string]string{
		"unit show":            "示例市数据中心",
		"vendor list":          "示例科技有限公司",
		"vendor show 示例科技有限公司": "联系人己",
		"app list":             "示例驾驶舱",
		"app show 示例督办":        "sldb_demo",
		"case list":            "示例食堂",
		"case show 示例督办":       "STEP-3.4",
		"next":                 "示例驾驶舱：STEP-3.4",
		"precheck 示例督办":        "须改正 0",
		"journal":              "填写资料",
		"store list":           "",
		"store verify":         "完好",
		"version":              Version,
	} {
		a := c.ok(strings.Fields(args)...)
		if !strings.Contains(a.out, word) || a.errs != "" {
			t.Errorf("%s:\n%s%s", args, a.out, a.errs)
		}
		var v any
		c.ok(append(strings.Fields(args), "--json")...).json(&v)
	}
}

// TestFacadesAreFresh fails when a method of package service changed and "make bindings" was not run.
func TestFacadesAreFresh(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "app", "bind"), 0o755); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "facades")
	if out, err := exec.Command("go", "build", "-o", program, filepath.Join(root, "build", "facades")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(program)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made, err := os.ReadFile(filepath.Join(dir, "app", "bind", "facades.go"))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join("bind", "facades.go"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made, kept) {
		t.Error("app/bind/facades.go is stale; run make bindings")
	}
}
