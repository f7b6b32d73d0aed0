package fill

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"shangjiatong/app/browser"
)

// sending is a page whose file field does something as soon as a file is chosen; done() shows the file's name.
const sending = `<!doctype html><meta charset="utf-8"><p>就绪</p><div><label for=f>材料</label><input type=file id=f><span id=list></span><p id=says role=alert></p></div><script>
const list = document.getElementById('list'), says = document.getElementById('says');
const done = (f) => { list.textContent = f.name };
const fail = async (r) => { list.textContent = ''; says.textContent = await r.text() };
document.getElementById('f').addEventListener('change', async (e) => { const f = e.target.files[0]; if (!f) { list.textContent = ''; return } %s });
</script>`

// TestUploads are the ways a page can send a file by itself, or not, against what the caller says of it.
func TestUploads(t *testing.T) {
	b := started(t)
	file := filepath.Join(t.TempDir(), "方案.pdf")
	content := []byte("%PDF-1.4\n" + strings.Repeat("内容", 40))
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	multipart := `const d = new FormData(); d.append('file', f); const r = await fetch('/take%s', { method: 'POST', body: d }); if (r.ok) done(f); else fail(r);`
	for name, c := range map[string]struct {
		script string
		agree  bool
		asked  int
		taken  int32
		ok     bool
		says   string
	}{
		"only collects, nobody asked":       {"done(f);", false, 0, 0, true, ""},
		"tells only the name, nobody asked": {"fetch('/note', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: f.name, size: f.size }) }); done(f);", false, 0, 0, true, ""},
		"multipart refused":                 {fmt.Sprintf(multipart, ""), false, 1, 0, false, "没有得到同意"},
		"multipart agreed":                  {fmt.Sprintf(multipart, ""), true, 1, 1, true, ""},
		"slow without a mark":               {"done(f);" + fmt.Sprintf(multipart, "?slow"), true, 1, 1, true, ""},
		"server refuses":                    {fmt.Sprintf(multipart, "?bad"), true, 1, 1, false, "文件类型不允许"},
		"raw body refused":                  {"await fetch('/take', { method: 'PUT', body: f }); done(f);", false, 1, 0, false, "没有得到同意"},
		"base64 in JSON refused": {"const r = new FileReader(); r.onload = () => fetch('/take', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ data: r.result }) }).then(() => done(f)); r.readAsDataURL(f);",
			false, 1, 0, false, "没有得到同意"},
		"a form in a frame refused": {"const i = document.createElement('iframe'); i.name = 'hidden'; document.body.append(i); const m = document.createElement('form'); m.method = 'post'; m.enctype = 'multipart/form-data'; m.action = '/take'; m.target = 'hidden'; m.hidden = true; document.body.append(m); const c = document.getElementById('f').cloneNode(); c.name = 'file'; c.id = ''; c.files = e.target.files; m.append(c); done(f); HTMLFormElement.prototype.submit.call(m);",
			false, 1, 0, false, "没有得到同意"},
		"by a worker refused": {"const w = new Worker(URL.createObjectURL(new Blob(['onmessage = (e) => fetch(e.data.to, { method: \"POST\", body: e.data.f }).catch(() => 0)']))); w.postMessage({ f, to: location.origin + '/take' }); done(f);",
			false, 1, 0, false, "没有得到同意"},
		"by a worker agreed": {"const w = new Worker(URL.createObjectURL(new Blob(['onmessage = (e) => fetch(e.data.to, { method: \"POST\", body: e.data.f }).catch(() => 0)']))); w.postMessage({ f, to: location.origin + '/take' }); done(f);",
			true, 1, 1, true, ""},
		"late, agreed":             {"done(f); setTimeout(async () => { " + fmt.Sprintf(multipart, "") + " }, 2500)", true, 1, 1, true, ""},
		"late, refused":            {"done(f); setTimeout(async () => { " + fmt.Sprintf(multipart, "") + " }, 2500)", false, 1, 0, false, "没有得到同意"},
		"late, the server refuses": {"done(f); setTimeout(async () => { " + fmt.Sprintf(multipart, "?bad") + " }, 2500)", true, 1, 1, false, "文件类型不允许"},
		"late and slow":            {"done(f); setTimeout(async () => { " + fmt.Sprintf(multipart, "?slow") + " }, 2500)", true, 1, 1, true, ""},
		"after a sum":              {"done(f); let n = 0; const i = setInterval(async () => { says.removeAttribute('role'); says.textContent = 'MD5 ' + n + '%'; if (++n < 60) return; clearInterval(i); says.textContent = ''; " + fmt.Sprintf(multipart, "") + " }, 80)", false, 1, 0, false, "没有得到同意"},
		"after what it calls busy": {"done(f); says.removeAttribute('role'); says.textContent = 'MD5 计算中'; setTimeout(async () => { says.textContent = ''; " + fmt.Sprintf(multipart, "") + " }, 5000)", true, 1, 1, true, ""},
		"fields without the file":  {"done(f); const d = new FormData(); d.append('name', f.name); await fetch('/note', { method: 'POST', body: d });", false, 0, 0, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var taken atomic.Int32
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				switch {
				case r.URL.Path != "/take":
					_, _ = fmt.Fprintf(w, sending, c.script)
					return
				case r.URL.RawQuery == "slow":
					time.Sleep(3 * time.Second)
				case r.URL.RawQuery == "bad":
					w.WriteHeader(http.StatusUnsupportedMediaType)
				}
				taken.Add(1)
				_, _ = w.Write([]byte("文件类型不允许"))
			}))
			defer s.Close()
			p := opened(t, b, s.URL, "就绪")
			asked := 0
			res, err := Fill(t.Context(), p, []Ask{{Label: "材料", Value: Value{Files: []string{file}}}}, Options{Upload: func(string, []string) bool { asked++; return c.agree }})
			if err != nil {
				t.Fatal(err)
			}
			f := res.Fields[0]
			if f.OK != c.ok || !strings.Contains(f.Message, c.says) || asked != c.asked || taken.Load() != c.taken {
				t.Errorf("%+v; asked %d, want %d; the server took %d, want %d", f, asked, c.asked, taken.Load(), c.taken)
			}
			if again, err := browser.Evaluate[bool](t.Context(), p, `fetch('/note', { method: 'POST', body: new FormData() }).then((r) => r.ok)`); err != nil || !again {
				t.Errorf("requests are still held afterwards: %v", err)
			}
		})
	}
}

// TestUploadsOfTwoFields has a field that only collects its file, and one after it that sends its own: a request is asked about
// under the field whose file it names, and under both where it names none.
func TestUploadsOfTwoFields(t *testing.T) {
	b := started(t)
	dir := t.TempDir()
	for _, name := range []string{"甲.pdf", "乙.pdf"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("%PDF-1.4\n"+strings.Repeat("-", 60)+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		sends string // f: of the second field
		agree string // to the files of these fields
		asked string
		ok    [2]bool
	}{
		"named":                 {"const d = new FormData(); d.append('file', f); fetch('/take', { method: 'POST', body: d })", "乙", "乙", [2]bool{true, true}},
		"named, late":           {"setTimeout(() => { const d = new FormData(); d.append('file', f); fetch('/take', { method: 'POST', body: d }) }, 2000)", "乙", "乙", [2]bool{true, true}},
		"named, late, refused":  {"setTimeout(() => { const d = new FormData(); d.append('file', f); fetch('/take', { method: 'POST', body: d }) }, 2000)", "", "乙", [2]bool{true, false}},
		"not named":             {"fetch('/take', { method: 'PUT', body: new Uint8Array(64) })", "甲乙", "甲乙", [2]bool{true, true}},
		"not named, not agreed": {"fetch('/take', { method: 'PUT', body: new Uint8Array(64) })", "乙", "甲", [2]bool{false, false}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			field := func(label, does string) string {
				return `<div><label>` + label + `</label><input type=file hidden onchange="const f = this.files[0]; if (!f) return; this.nextSibling.textContent = f.name; ` + does + `"><span></span></div>`
			}
			p := opened(t, b, served(t, field("甲", "")+field("乙", c.sends)), "就绪")
			asks := []Ask{{Label: "甲", Value: Value{Files: []string{filepath.Join(dir, "甲.pdf")}}}, {Label: "乙", Value: Value{Files: []string{filepath.Join(dir, "乙.pdf")}}}}
			asked := ""
			res, err := Fill(t.Context(), p, asks, Options{Upload: func(label string, _ []string) bool { asked += label; return strings.Contains(c.agree, label) }})
			if err != nil || asked != c.asked || res.Fields[0].OK != c.ok[0] || res.Fields[1].OK != c.ok[1] {
				t.Errorf("%+v, %v; asked about %s, want %s", res.Fields, err, asked, c.asked)
			}
		})
	}
}

// TestUploadOnTheWayOn has a page that sends its files when the next one is asked for: the caller may take long to answer.
func TestUploadOnTheWayOn(t *testing.T) {
	b := started(t)
	file := filepath.Join(t.TempDir(), "方案.pdf")
	if err := os.WriteFile(file, []byte("%PDF-1.4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := opened(t, b, served(t, `<div id=a><div><label>材料</label><input type=file id=f></div></div><div id=b hidden><div><label>备注</label><input></div></div>
		<button type=button id=n onclick="fetch('/take', { method: 'PUT', body: f.files[0] }).then(() => { a.hidden = n.hidden = true; b.hidden = false })">下一步</button>`), "就绪")
	asks := []Ask{{Label: "材料", Value: Value{Files: []string{file}}}, {Label: "备注", Value: Value{Text: ptr("x")}}}
	asked := 0
	res, err := Fill(t.Context(), p, asks, Options{Upload: func(string, []string) bool { asked++; time.Sleep(9 * time.Second); return true }})
	if err != nil || asked != 1 || !res.Fields[0].OK || !res.Fields[1].OK {
		t.Errorf("%+v, %v; asked %d times", res, err, asked)
	}
}

// TestFilesBeside are names of files that stand beside a field before any is chosen: the field's own files, which are left
// as they are, and what only looks so, which neither stands for the file nor in its way.
func TestFilesBeside(t *testing.T) {
	b := started(t)
	file := filepath.Join(t.TempDir(), "申请表.docx")
	if err := os.WriteFile(file, []byte("docx"), 0o600); err != nil {
		t.Fatal(err)
	}
	const link, gone = `<a href="/else">申请表.docx</a>`, `<p>支持扩展名：.doc .docx .pdf</p>`
	for name, c := range map[string]struct {
		beside string // the field
		lists  string // what the page does with the file: lists it at once, says so, or late that it is none
		sent   int
		ok     bool
		says   string
	}{
		"nothing":                        {``, "list", 1, true, ""},
		"a template in one text":         {`<p>模板：申请表.docx</p>`, "list", 1, true, ""},
		"a template as a link":           {`<p>模板：` + link + `</p>`, "list", 1, true, ""},
		"a link alone":                   {link, "list", 1, true, ""},
		"a link without an address":      {`<a style="cursor:pointer">申请表.docx</a>`, "list", 1, true, ""},
		"a template behind its colon":    {`<p>模板：<b>申请表.docx</b></p>`, "list", 1, true, ""},
		"a template in a sentence":       {`<p>请下载<b>申请表.docx</b>填写</p>`, "list", 1, true, ""},
		"refused after a while":          {`<p>模板：申请表.docx</p>`, "late", 1, false, "文件过大"},
		"kinds":                          {gone, "list", 1, true, ""},
		"kinds without spaces":           {`<p>支持扩展名：.doc、.docx、.pdf</p>`, "list", 1, true, ""},
		"kinds in one word":              {`<p>仅支持.pdf</p><p>doc/docx/.pdf</p>`, "list", 1, true, ""},
		"another template":               {`<p>模板：<a href="/else">样表.xlsx</a></p>`, "list", 1, true, ""},
		"there already":                  {`<ul><li>申请表.docx</li></ul>`, "list", 0, true, ""},
		"there already, with its size":   {`<p>申请表.docx (12.5 KB) 已上传</p>` + gone, "list", 0, true, ""},
		"there already, to be removed":   {`<ul><li>` + link + `<button type=button title="删除文件" style="display:none"></button></li></ul>`, "list", 0, true, ""},
		"there and as a template":        {`<p>模板：` + link + `</p><ul><li>申请表.docx</li></ul>`, "list", 0, true, ""},
		"another is there":               {`<ul><li>旧的.docx</li></ul>`, "list", 0, false, "已有文件“旧的.docx”"},
		"another as a link":              {`<ul><li><a href="/else">旧的.docx</a> <a onclick="">删除</a></li></ul>`, "list", 0, false, "已有文件“旧的.docx”"},
		"it and another are there":       {`<p>申请表.docx、旧的.docx</p>`, "list", 0, false, "已有文件"},
		"what is said goes once chosen":  {`<p id=tip>模板：申请表.docx</p>`, "tip.remove();list", 1, true, ""},
		"listed in a sentence":           {``, "says", 1, true, ""},
		"a template, and a plain field":  {`<p>模板：申请表.docx</p>`, "this.hidden=0", 1, true, ""},
		"a remove button of other texts": {`<p>` + link + ` <i>如需删除请联系管理员</i></p>`, "list", 1, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hidden := "hidden"
			if c.lists == "this.hidden=0" {
				hidden = ""
			}
			does := strings.NewReplacer("list", "taken.innerHTML='<li>申请表.docx</li>'", "says", "taken.textContent='您选了“申请表.docx”这个文件'", "late", "setTimeout(() => { taken.innerHTML='<p role=alert>文件过大</p>' }, 1500)").Replace(c.lists)
			p := opened(t, b, served(t, `<div><label>材料</label><input type=file `+hidden+` onchange="sent=(window.sent||0)+1;`+does+`">`+c.beside+`<div id=taken></div></div>`), "就绪")
			ctx := t.Context()
			asks := []Ask{{Label: "材料", Value: Value{Files: []string{file}}}}
			for range 2 { // the second time the file is there
				res, err := Fill(ctx, p, asks, Options{})
				if err != nil {
					t.Fatal(err)
				}
				if f := res.Fields[0]; f.OK != c.ok || !strings.Contains(f.Message, c.says) {
					t.Errorf("%+v, want %v with %q", f, c.ok, c.says)
				}
				sent, err := browser.Evaluate[int](ctx, p, "window.sent || 0")
				if err != nil || sent != c.sent {
					t.Errorf("chosen %d times, want %d, %v", sent, c.sent, err)
				}
				if !c.ok {
					return
				}
			}
		})
	}
}

// TestGateEnds has files whose requests are at different points when the last field was read back.
func TestGateEnds(t *testing.T) {
	put := browser.Request{ID: "1", HasBody: true, Method: http.MethodPut}
	for name, c := range map[string]struct {
		agree  bool
		before func(*gate)
		says   string
		passes bool // another request, afterwards
	}{
		"nothing was sent":   {true, func(*gate) {}, "", false},
		"on its way":         {true, func(g *gate) { g.decide(put) }, "还在上传", true},
		"sent on":            {true, func(g *gate) { g.decide(put); g.decide(put); g.ended(put, 200) }, "", true},
		"arrived":            {true, func(g *gate) { g.decide(put); g.ended(put, 200) }, "", true},
		"refused by servers": {true, func(g *gate) { g.decide(put); g.ended(put, 500) }, "服务器回答 500", true},
		"not agreed":         {false, func(g *gate) { g.decide(put) }, "没有得到同意", false},
	} {
		t.Run(name, func(t *testing.T) {
			up := &upload{paths: []string{"甲.pdf"}, most: 65536, agree: func() bool { return c.agree }}
			g := &gate{all: []*upload{up}, passed: map[string][]*upload{}}
			c.before(g)
			if got := up.end(); !strings.Contains(got, c.says) || (got == "") != (c.says == "") {
				t.Errorf("says %q, want %q", got, c.says)
			}
			if act := g.decide(browser.Request{ID: "2", HasBody: true}).Act; (act == browser.Pass) != c.passes {
				t.Errorf("another request passes afterwards: %v", !c.passes)
			}
		})
	}
}

func TestCarries(t *testing.T) {
	begin := []byte("%PDF-1.4 and what comes next")
	u := &upload{first: [][]byte{begin}, small: 2000, most: 65536}
	in := func(kind string, body []byte) browser.Request {
		return browser.Request{Headers: map[string]string{"content-type": kind}, Body: body, HasBody: body != nil}
	}
	for name, c := range map[string]struct {
		r    browser.Request
		want bool
	}{
		"no body":          {browser.Request{}, false},
		"body not told":    {browser.Request{HasBody: true, Headers: map[string]string{"Content-Type": "application/json"}}, true},
		"small JSON":       {in("application/json", []byte(`{"name":"a.pdf"}`)), false},
		"JSON, base64":     {in("application/json", []byte(`{"d":"`+base64.StdEncoding.EncodeToString(begin)+`"}`)), true},
		"text with it":     {in("text/plain", begin), true},
		"large JSON":       {in("application/json", make([]byte, 65536)), true},
		"multipart":        {in("multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=f; filename=a.pdf\r\n\r\n\r\n--x--")), true},
		"multipart, none":  {in("multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=q\r\n\r\n1\r\n--x--")), false},
		"multipart, text":  {in("multipart/form-data; boundary=x", begin), true},
		"multipart untold": {browser.Request{HasBody: true, Headers: map[string]string{"Content-Type": "multipart/form-data; boundary=x"}}, true},
		"octets":           {in("application/octet-stream", []byte("x")), true},
		"no type":          {in("", []byte("x")), true},
		"form of a search": {in("application/x-www-form-urlencoded", []byte("q=x")), false},
	} {
		if got := u.carries(c.r); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
