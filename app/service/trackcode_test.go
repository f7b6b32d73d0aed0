package service_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/app/tracking"
)

// site lays out a site of one page with the tracking code that the program makes for the app itself.
func (d *desk) site(a listing.App, change func(name, body string) string) string {
	d.t.Helper()
	view, err := d.Tracking.Snippets(d.ctx, a.ID, tracking.StackStatic)
	if err != nil || len(view.Files) == 0 {
		d.t.Fatalf("%v %v", err, view.Findings)
	}
	dir := d.t.TempDir()
	head := ""
	for _, f := range view.Files {
		switch {
		case f.Name == "stability.html" || f.Name == "tags.html":
			head += f.Body
		case strings.HasSuffix(f.Name, ".js"):
			d.put(filepath.Join(dir, f.Name), change(f.Name, f.Body))
		}
	}
	d.put(filepath.Join(dir, "index.html"), change("index.html", "<!doctype html><html><head><meta charset=\"utf-8\">"+head+"</head><body><h1>首页</h1></body></html>"))
	return dir
}

func (d *desk) put(path, text string) {
	d.t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// plainSite lays out a site with one file for each page of the app, each of which says its page_id itself.
func (d *desk) plainSite(a listing.App, change func(name, body string) string) string {
	d.t.Helper()
	dir := d.t.TempDir()
	for i, p := range a.Pages {
		head := ""
		if i == 0 {
			head = `<script crossorigin src="https://wpkgate-emas.ding.zj.gov.cn/static/wpk-jssdk.1.0.2/wpkReporter.js"></script>
<script>try { const wpk = new wpkReporter({ bid: '` + a.Bid + `', signkey: '` + a.Signkey + `', gateway: 'https://wpkgate-emas.ding.zj.gov.cn' });
wpk.installAll(); window._wpk = wpk; } catch (e) { console.error(e); }</script>`
		}
		name := filepath.Base(p.PageURL)
		d.put(filepath.Join(dir, name), change(name, `<!doctype html><html><head><meta charset="utf-8">`+head+`<script>
var q = function (action, list) { window.aplus_queue = window.aplus_queue || []; window.aplus_queue.push({ action: action, arguments: list }); };
var ua = navigator.userAgent;
q('aplus.setMetaInfo', ['appId', /Android/.test(ua) ? '28302650' : /\(i[^;]+;( U;)? CPU.+Mac OS X/.test(ua) ? '28328447' : '47130293']);
q('aplus.setMetaInfo', ['aplus-rhost-v', 'alog-api.ding.zj.gov.cn']);
q('aplus.setMetaInfo', ['aplus-rhost-g', 'alog-api.ding.zj.gov.cn']);
q('aplus.setMetaInfo', ['aplus-waiting', 'MAN']);
q('aplus.setMetaInfo', ['_hold', 'BLOCK']);
q('aplus.sendPV', [{ is_auto: false }, { sapp_id: '`+a.SappID+`', sapp_name: '`+a.SappName+`', page_id: '`+p.PageID+`', page_name: '`+p.PageName+`', page_url: '`+p.PageURL+`' }]);
dd.getAuthCode({}).then(function (res) { return account(res.code || res.auth_code); })
  .then(function (id) { q('aplus.setMetaInfo', ['_user_id', String(id)]); })
  .catch(function (e) { console.warn(e); })
  .then(function () { q('aplus.setMetaInfo', ['_hold', 'START']); });
</script><script async id="beacon-aplus" src="https://alidt.alicdn.com/alilog/mlog/aplus_cloud.js"></script></head><body><h1>页面</h1></body></html>`))
	}
	return dir
}

func asIs(_, body string) string { return body }

// TestCheckCodeProvesTheTask: a passing check of code gives a report that goes into the package and to STEP-3.2; other
// code makes it stale, which RULE-14 says.
func TestCheckCodeProvesTheTask(t *testing.T) {
	d := sampleDesk(t)
	a := d.view("示例督办").App
	good := d.plainSite(a, asIs)
	view, err := d.Tracking.CheckCode(d.ctx, service.CodeRequest{AppID: a.ID, Path: good})
	if err != nil || !view.Result.Passed || view.Digest == "" || view.Proves || view.Stale {
		t.Fatalf("%+v %v", view, err)
	}
	if view, err = d.Tracking.Prove(d.ctx, view.ID); err != nil || !view.Proves {
		t.Fatalf("%+v %v", view, err)
	}
	a = d.view(a.ID).App
	report := a.Attachments["tracking-report"]
	if report.SHA256 == "" || report.Type != "docx" || a.Tracked.Report != report.SHA256 {
		t.Errorf("attached %+v, tracked %+v", report, a.Tracked)
	}
	if run, err := d.Cases.View(d.ctx, a.ID); err != nil || !hasProof(run, "STEP-3.2", report.SHA256) {
		t.Errorf("the task has no proof: %v", err)
	}
	bad := d.plainSite(a, func(_, body string) string { return strings.ReplaceAll(body, "'START'", "'STAR'") })
	other, err := d.Tracking.CheckCode(d.ctx, service.CodeRequest{AppID: a.ID, Path: bad})
	if err != nil || other.Result.Passed {
		t.Fatalf("%+v %v", other, err)
	}
	_, err = d.Tracking.Prove(d.ctx, other.ID)
	wants(t, err, listing.CodeRefused, "没有通过")
	_, err = d.Tracking.Prove(d.ctx, view.ID)
	wants(t, err, listing.CodeRefused, "又变过")
	if old, err := d.Tracking.CheckOf(d.ctx, view.ID); err != nil || !old.Stale {
		t.Errorf("the first check is not stale: %v", err)
	}
	checks, err := d.Checks.Precheck(d.ctx, a.ID)
	if err != nil || !saysRule(checks.Findings, "RULE-14", "变过") {
		t.Errorf("RULE-14 does not say that the code was changed: %v", err)
	}
	lines, err := d.Journal.List(d.ctx, service.JournalRequest{AppID: a.ID, Limit: 10})
	if err != nil || !strings.Contains(fmt.Sprint(lines.Lines), "须改正") || strings.Contains(fmt.Sprint(lines.Lines), "map[") {
		t.Errorf("the journal does not tell of the checks: %v %+v", err, lines.Lines)
	}
	list, err := d.Tracking.Checks(d.ctx, a.ID)
	if err != nil || len(list) != 2 || list[0].ID != other.ID || list[0].Errors == 0 || !list[1].Proves || !list[1].Stale {
		t.Errorf("%+v %v", list, err)
	}
}

// What only a running page can tell is no proof yet.
func TestOpenPagesProveNothing(t *testing.T) {
	d := sampleDesk(t)
	a := d.view("示例督办").App
	view, err := d.Tracking.CheckCode(d.ctx, service.CodeRequest{AppID: a.ID, Path: d.site(a, asIs)})
	if err != nil || !view.Result.Passed {
		t.Fatalf("%+v %v", view, err)
	}
	_, err = d.Tracking.Prove(d.ctx, view.ID)
	wants(t, err, listing.CodeRefused, "没有判为合格", "实测")
}

func hasProof(v service.CaseView, task, sha string) bool {
	for _, p := range v.Proofs {
		if p.Task == task && p.File != nil && p.File.SHA256 == sha {
			return true
		}
	}
	return false
}

func saysRule(all []listing.Finding, rule, part string) bool {
	for _, f := range all {
		if f.Rule == rule && strings.Contains(f.Message, part) {
			return true
		}
	}
	return false
}

// TestCheckCodeOfUploads: a zip, and the files of a folder by their paths, give what the folder gives.
func TestCheckCodeOfUploads(t *testing.T) {
	d := sampleDesk(t)
	a := d.view("示例督办").App
	dir := d.site(a, asIs)
	var packed bytes.Buffer
	zw := zip.NewWriter(&packed)
	if err := zw.AddFS(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	var tokens []string
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		body, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, d.upload("站点/"+f.Name(), body))
	}
	for name, uploads := range map[string][]string{"代码.zip": {d.upload("代码.zip", packed.Bytes())}, "站点": tokens} {
		view, err := d.Tracking.CheckCode(d.ctx, service.CodeRequest{AppID: a.ID, Uploads: uploads})
		if err != nil || !view.Result.Passed || view.Result.Files != len(files) || len(view.Result.Pages) != len(a.Pages) || view.Result.Target != name {
			t.Errorf("%s: %+v %v", name, view, err)
		}
		if list, err := d.Tracking.Checks(d.ctx, a.ID); err != nil || list[0].ID != view.ID {
			t.Errorf("%s: the newest check does not stand first: %v %+v", name, err, list)
		}
	}
	_, err = d.Tracking.CheckCode(d.ctx, service.CodeRequest{AppID: a.ID, Uploads: tokens})
	wants(t, err, listing.CodeNotFound) // they were dropped
	_, err = d.Tracking.CheckCode(d.ctx, service.CodeRequest{AppID: a.ID})
	wants(t, err, listing.CodeInvalid, "没有选择代码")
	escape := []string{d.upload("../../x.html", []byte("<p>")), d.upload("index.html", []byte("<p>"))}
	_, err = d.Tracking.CheckCode(d.ctx, service.CodeRequest{AppID: a.ID, Uploads: escape})
	if err == nil {
		t.Error("a path that leads out was taken")
	}
}

func TestCheckReports(t *testing.T) {
	d := sampleDesk(t)
	a := d.view("示例督办").App
	view, err := d.Tracking.CheckCode(d.ctx, service.CodeRequest{AppID: a.ID, Path: d.site(a, asIs)})
	if err != nil {
		t.Fatal(err)
	}
	for format, sign := range map[string]string{"docx": "PK", "html": "<!doctype html>", "pdf": "%PDF"} {
		name, body, err := d.Tracking.Report(d.ctx, view.ID, format)
		if err != nil || !strings.HasSuffix(name, "."+format) || !strings.HasPrefix(strings.ToLower(string(body)), strings.ToLower(sign)) {
			t.Errorf("%s: %q %d bytes, %v", format, name, len(body), err)
		}
	}
	_, _, err = d.Tracking.Report(d.ctx, view.ID, "xls")
	wants(t, err, listing.CodeInvalid)
	_, _, err = d.Tracking.Report(d.ctx, "none", "docx")
	wants(t, err, listing.CodeNotFound)
}
