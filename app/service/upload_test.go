package service_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

// packed is the site of an app as a zip.
func (d *desk) packed(change func(name, body string) string) []byte {
	d.t.Helper()
	dir := d.plainSite(d.view(subject).App, change)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := z.AddFS(os.DirFS(dir)); err != nil {
		d.t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		d.t.Fatal(err)
	}
	return b.Bytes()
}

// hosting is the portal of an upload: the version compiles on the third look.
func hosting(p *fakePortal, end string) {
	p.rows = map[string][]map[string]string{"TABLE-2": {{"治理侧名称": subject, "APPID": "A100", "类型": "浙政钉H5"}}}
	p.shown, p.log = map[string]string{"APPID": "A100", "治理侧名称": subject}, "npm run build\ndone"
	p.person = func(p *fakePortal) error {
		p.sent++
		p.add("TABLE-3", map[string]string{"版本号": "1.0.1", "编译状态": "代码编译中", "预览地址": ""})
		return nil
	}
	p.fault = func(place string, n int) error {
		if place == "read" && n >= 6 {
			p.mu.Lock()
			defer p.mu.Unlock()
			for _, row := range p.rows["TABLE-3"] {
				row["编译状态"], row["预览地址"] = end, "http://127.0.0.1:1/lastTest/index.html"
			}
		}
		return nil
	}
}

func (d *desk) preparedUpload() service.OutboxView {
	d.t.Helper()
	d.undo("STEP-3.4")
	d.undo("STEP-3.3")
	return d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionUpload, Version: "1.0.1", Remark: "修复", Upload: d.upload("code.zip", d.packed(asIs))})
}

// TABLE-3: the package is checked, uploaded after the person agreed, and its compile state watched to the end.
func TestOutboxUpload(t *testing.T) {
	for end, outcome := range map[string]string{"代码编译通过": listing.OutcomeCompiled, "代码编译失败": listing.OutcomeFailed, "代码编译超时": listing.OutcomeFailed} {
		t.Run(end, func(t *testing.T) {
			d := sampleDesk(t)
			hosting(d.portal, end)
			v := d.preparedUpload()
			if v.Code == nil || v.Code.File.SHA256 == "" || v.Code.CheckID == "" || v.Target.Portal != "hosting" || v.Target.Region == "" || len(v.Asks) != 3 {
				t.Fatalf("%+v", v)
			}
			v = d.run(v.ID)
			if v.State != listing.ActionDone || v.Receipt == nil {
				t.Fatalf("%s %s %+v", v.State, v.Reason, v.Steps)
			}
			r := v.Receipt
			if r.Outcome != outcome || r.State != end || r.Log != d.portal.log || r.Version != "1.0.1" || r.Preview == "" || d.portal.sent != 1 {
				t.Errorf("%+v", r)
			}
			if len(d.portal.upload) != 1 || filepath.Base(d.portal.upload[0]) != "code.zip" {
				t.Errorf("uploaded %v", d.portal.upload)
			}
			kept, err := d.Receipts.Versions(d.ctx, subject)
			if err != nil || len(kept) != 1 || kept[0].Compile != end || kept[0].ReceiptID != r.ID || kept[0].SHA256 != v.Code.File.SHA256 {
				t.Errorf("%+v %v", kept, err)
			}
			if d.view(subject).App.Portal.HostingID != "A100" || v.Follow == nil || v.Follow.Task != "STEP-3.3" {
				t.Errorf("%+v", v.Follow)
			}
			kase, err := d.Cases.View(d.ctx, subject)
			proved := slices.ContainsFunc(kase.Proofs, func(p listing.Proof) bool { return p.Task == "STEP-3.3" && strings.Contains(p.Note, "1.0.1") })
			if err != nil || proved != (outcome == listing.OutcomeCompiled) {
				t.Errorf("proved %v, %v", proved, err)
			}
			_, err = d.Outbox.Prepare(d.ctx, service.OutboxPrepare{AppID: subject, Kind: listing.ActionUpload, Version: "1.0.1", Upload: d.upload("code.zip", d.packed(asIs))})
			wants(t, err, listing.CodeConflict, "1.0.1")
		})
	}
}

// Cut off while the code compiles, before or after it stood in the list: never a second upload.
func TestOutboxUploadCutOff(t *testing.T) {
	for name, cut := range map[string]struct {
		place string
		n     int
	}{"fill": {"fill", 1}, "wait": {"wait", 1}, "gone": {"gone", 1}, "compiling": {"read", 5}, "log": {"log", 1}, "picture": {"picture", 2}} {
		t.Run(name, func(t *testing.T) {
			d := sampleDesk(t)
			hosting(d.portal, "代码编译通过")
			compile := d.portal.fault
			v := d.preparedUpload()
			d.portal.fault = func(place string, n int) error {
				if place == cut.place && n == cut.n {
					return errKilled
				}
				return compile(place, n)
			}
			if v = d.run(v.ID); v.State != listing.ActionStopped {
				t.Fatalf("%s", v.State)
			}
			d.portal.fault = compile
			if v = d.run(v.ID); v.State != listing.ActionDone || d.portal.sent != 1 || v.Receipt.Outcome != listing.OutcomeCompiled {
				t.Fatalf("%s %s sent %d %+v", v.State, v.Reason, d.portal.sent, v.Receipt)
			}
		})
	}
}

// A version that the platform has already is not uploaded again; without the person's word no file is chosen.
func TestOutboxUploadGuards(t *testing.T) {
	d := sampleDesk(t)
	hosting(d.portal, "代码编译通过")
	v := d.preparedUpload()
	done := make(chan service.OutboxView, 1)
	go func() {
		v, err := d.Outbox.Run(d.ctx, service.OutboxRun{ID: v.ID})
		if err != nil {
			t.Error(err)
		}
		done <- v
	}()
	d.answer(v.ID, "upload", false)
	if v = <-done; v.State != listing.ActionStopped || d.portal.sent != 0 || len(d.portal.upload) != 0 {
		t.Fatalf("%s %s", v.State, v.Reason)
	}
	d.portal.add("TABLE-3", map[string]string{"版本号": "1.0.1", "编译状态": "代码编译通过"})
	if v = d.run(v.ID); v.State != listing.ActionDone || v.Receipt.Outcome != listing.OutcomeFound || d.portal.sent != 0 || len(d.portal.upload) != 0 {
		t.Errorf("%s %+v", v.State, v.Receipt)
	}
	for name, body := range map[string][]byte{
		"no zip":   []byte("not a zip at all"),
		"bad code": d.packed(func(_, body string) string { return strings.ReplaceAll(body, "'START'", "'STAR'") }),
	} {
		_, err := d.Outbox.Prepare(d.ctx, service.OutboxPrepare{AppID: subject, Kind: listing.ActionUpload, Version: "1.0.2", Upload: d.upload("code.zip", body)})
		if c := listing.CodeOf(err); c != listing.CodeInvalid && c != listing.CodeRefused {
			t.Errorf("%s: %v", name, err)
		}
	}
}
