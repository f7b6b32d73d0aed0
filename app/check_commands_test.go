package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangjiatong/app/tracking"
)

const paramsJSON = `{"name":"示例停车","identifier":"demo_parking","kind":"H5","sapp_id":"40001","sapp_name":"demo_parking","bid":"demo_parking_zzdpro","signkey":"1234567890abcdef"}`

// reported is the address of a report with the given user.
func reported(user string) string {
	args := fmt.Sprintf(`{"_user_id":"%s","sapp_id":"40001","sapp_name":"demo_parking","page_id":"home","page_name":"首页","page_url":"https://demo.example.com/"}`, user)
	fields := strings.Split("DC_1|GET|-|-|47130293|{}|-|{}|-|"+user+"|-|{}|zh-CN|GMT+08:00|-|-|{}|-|CNA|1795437383594|-|2001|-|{}|{}|ARGS|/v.gif|aplus.js|1.7.7|-|-|-|-", "|")
	fields[25] = args
	return "https://alog-api.ding.zj.gov.cn/v.gif?" + strings.ReplaceAll(strings.Join(fields, "||"), `"`, "%22")
}

// check capture: with --params no data folder is needed, and none is made.
func TestCheckCaptureCommand(t *testing.T) {
	dir := t.TempDir()
	file := func(name, body string) string { return write(t, filepath.Join(dir, name), body) }
	good, bad := file("好.txt", reported("34268160")), file("坏.txt", reported("undefined"))
	given := file("参数.json", paramsJSON)
	with := file("参数和页面.json", strings.TrimSuffix(paramsJSON, "}")+`,"pages":[{"page_id":"home","page_name":"首页","page_url":"https://demo.example.com/"}]}`)
	table := file("页面.csv", "page_id,page_name,page_url\nhome,首页,https://demo.example.com/\nlist,列表,https://demo.example.com/list\n")
	list := file("页面.json", `[{"page_id":"home","page_name":"首页","page_url":"https://demo.example.com/"}]`)
	data := filepath.Join(dir, "数据")
	run := func(args ...string) answer {
		return plain(t, append([]string{"check", "capture", "--data", data}, args...)...)
	}
	var r tracking.Result
	run(good, "--params", with, "--json").wants(0).json(&r)
	if !r.Passed || r.Kind != tracking.CheckCapture || len(r.Pages) != 1 || r.Pages[0].Verdict != tracking.VerdictPass || r.Target != "好.txt" || r.FactsVersion == "" {
		t.Errorf("%+v", r)
	}
	run(good, bad, "--params", given, "--json").wants(1).json(&r)
	if r.Passed || r.Files != 2 || r.Pages[0].Verdict != tracking.VerdictFail || r.Findings[0].Rule != "TRACK-10" || r.Findings[0].File != "坏.txt" {
		t.Errorf("%+v", r)
	}
	run(bad).wants(1, "[须改正] TRACK-10", "位置：坏.txt:1:1", "[不合格] home 首页", "抓包检查：未通过，须改正 1 条")
	run(good, "--params", given, "--pages", table).wants(1, "[缺失] list", "[合格] home", "未核对")
	run(good, "--params", with, "--pages", list).wants(0, "抓包检查：通过")
	run(file("空.txt", "")).wants(1, "没有抓到页面浏览")
	if _, err := os.Stat(data); err == nil {
		t.Error("checking made a data folder")
	}
	for args, word := range map[string]string{
		"":                                      "文件",
		good + " --app 没有 --params " + given:    "只能写一个",
		"/nowhere/at/all.har":                   "/nowhere/at/all.har",
		dir:                                     "不是文件",
		good + " --params /nowhere/x.json":      "/nowhere/x.json",
		good + " --params " + good:              "JSON",
		good + " --params " + list:              "对象",
		good + " --pages " + given:              "page_id",
		good + " --pages /nowhere/table.csv":    "/nowhere/table.csv",
		good + " --params " + table + " --json": "JSON",
	} {
		a := run(strings.Fields(args)...).wants(2, word)
		inChinese(t, args, a.errs)
	}
}

// check capture --app takes parameters and pages from the store; - is the standard input.
func TestCheckCaptureOfAnApp(t *testing.T) {
	c := sampleTerminal(t)
	file := write(t, filepath.Join(t.TempDir(), "抓包.txt"), reported("34268160"))
	c.run("check", "capture", file, "--app", "示例督办").wants(1, "sapp_id", "缺失")
	c.run("check", "capture", file, "--app", "没有").wants(1, "没有")
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stdin
	os.Stdin = in
	defer func() { os.Stdin = before }()
	plain(t, "check", "capture", "-").wants(0, "标准输入")
	_ = in.Close()
}
