// Command portal measures how long our command line takes to fill a form of 25 fields and to read a list of 200 rows,
// against scripts written by hand with Playwright for the very kit of the page. Both are timed as whole processes, their
// browsers included, in turn; the medians and their ratio are printed. Ours knows neither the kit nor the page.
//
//	go run ./build/bench/portal build/bin/shangjiatong-browser
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"shangjiatong/app/browser"
	"shangjiatong/app/portal/portaltest"
	"shangjiatong/build/bench/timing"
)

const script = "build/bench/portal/by-hand.mjs"

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: portal PROGRAM")
	}
	if err := run(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(program string) error {
	path, err := browser.Find("")
	if err != nil {
		return err
	}
	if err := os.Setenv("BROWSER", path); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "shangjiatong-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	values, err := prepare(dir)
	if err != nil {
		return err
	}
	p, err := portaltest.Serve(portaltest.Options{Kit: "element-plus", Rows: 200, PageSize: 20})
	if err != nil {
		return err
	}
	defer p.Close()
	form, list := p.URL("/form/FORM-25"), p.URL("/list/TABLE-1")
	err = timing.Compare("a form of 25 fields", "Playwright for the kit", "ours",
		func() (timing.Cost, error) {
			return timing.Measure(nil, program, "portal", "fill", "--url", form, "--values", values, "--headless", "--yes-upload", "--json")
		},
		func() (timing.Cost, error) { return timing.Measure(nil, "node", script, "fill", form, dir) })
	return errors.Join(err, timing.Compare("a list of 200 rows on 10 pages", "Playwright for the kit", "ours",
		func() (timing.Cost, error) {
			return timing.Measure(nil, program, "portal", "read", "--table", "TABLE-1", "--url", list, "--all", "--headless", "--json")
		},
		func() (timing.Cost, error) { return timing.Measure(nil, "node", script, "read", list) }))
}

// prepare writes the files to upload and what is filled in; it is the same on both sides.
func prepare(dir string) (values string, err error) {
	plan, more := filepath.Join(dir, "建设方案.docx"), filepath.Join(dir, "补充材料.pdf")
	rows := []map[string]string{{"姓名": "联系人甲", "电话": "13800000003"}, {"姓名": "联系人甲", "电话": "13800000003"}}
	text := func(t string) any { return map[string]string{"text": t} }
	choose := func(t string) any { return map[string]string{"choose": t} }
	list := func(kind string, of ...string) any { return map[string][]string{kind: of} }
	body, err := json.Marshal(map[string]any{
		"应用名称": text("示例督办"), "应用简介": text("一段文字"), "预计用户数": text("1200"), "建设层级": choose("市级"),
		"网络环境": list("check", "政务外网", "互联网"), "建设模式": choose("自主建设"), "应用领域": list("check", "数字政府", "数字文化"),
		"行政区划": list("path", "样本市", "乙区", "乙区二街道"), "建设部门": choose("应用推进科"), "归属目录": choose("目录377号"),
		"立项日期": map[string]string{"date": "2025-11-03"}, "计划上线日期": map[string]string{"date": "2026-12-01"},
		"是否统建": map[string]bool{"switch": true}, "是否协同": choose("是"), "建设依据": list("check", "政策文件", "其他"),
		"其他(请注明)": text("市政府专题会议"), "建设方案": list("files", plan), "补充材料": list("files", more),
		"业主单位>单位名称": text("示例科技有限公司"), "业主单位>联系电话": text("13800000001"),
		"开发商信息>单位名称": text("示例科技有限公司"), "开发商信息>联系电话": text("13800000001"),
		"社会信用编码": text("91330199MA0000000R"), "开发商联系方式": map[string]any{"rows": rows}, "备注": text("无"),
	})
	values = filepath.Join(dir, "values.json")
	for file, raw := range map[string][]byte{values: body, plan: []byte("内容"), more: []byte("内容")} {
		err = errors.Join(err, os.WriteFile(file, raw, 0o600))
	}
	if err != nil {
		return "", fmt.Errorf("prepare: %w", err)
	}
	return values, nil
}
