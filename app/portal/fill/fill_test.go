package fill_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/portal/fill"
)

func opened(t *testing.T, address string) *browser.Page {
	t.Helper()
	path, err := browser.Find("")
	if err != nil {
		t.Fatal(err)
	}
	b, err := browser.Start(t.Context(), browser.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	loaded := make(chan bool, 9)
	p, err := b.Open(t.Context(), browser.Device{Width: 1280, Height: 720, Scale: 1}, browser.Watch{Event: func(e browser.Event) {
		if e.Kind == browser.EventLoaded {
			loaded <- true
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	if err := p.Navigate(t.Context(), address, 10*time.Second); err != nil {
		t.Fatal(err)
	}
	<-loaded
	return p
}

func TestFillPlain(t *testing.T) {
	s := httptest.NewServer(http.FileServer(http.Dir("testdata")))
	defer s.Close()
	p := opened(t, s.URL+"/plain.html")
	plan := filepath.Join(t.TempDir(), "方案.pdf")
	if err := os.WriteFile(plan, []byte("%PDF-1.4"), 0o600); err != nil {
		t.Fatal(err)
	}
	asks, err := fill.ParseValues([]byte(`{"应用名称":{"text":"示例督办"},"描述":{"text":"两行\n文字"},"网络环境":{"check":["政务外网"]},"是否统建应用":{"choose":"否"},
		"建设部门":{"text":"技术保障科"},"建设层级(一)":{"choose":"市级"},"所属区域":{"choose":"衢州"},"开通日期":{"date":"2026-12-01"},
		"开发商联系方式":{"rows":[{"姓名":"联系人甲","电话":"13800000001"},{"姓名":"联系人乙","电话":"13800000002"}]},"建设方案":{"files":["` + plan + `"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := fill.Fill(t.Context(), p, asks, fill.Options{Upload: func(string, []string) bool { return true }})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Fields {
		if !f.OK {
			t.Errorf("%+v", f)
		}
	}
	model, err := browser.Evaluate[string](t.Context(), p, `JSON.stringify([name.value, dept.value, lv.value, area.innerText, day.value, [...document.querySelectorAll('.n,.p')].map(e=>e.value), file.files[0]?.name, [...document.querySelectorAll(':checked')].length, finals])`)
	raw, _ := json.Marshal(r.Notes)
	t.Log(model, err, string(raw), r.PressedFinal)
}
