package material

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"path"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

func TestManifest(t *testing.T) {
	body, m := packed(t, full(t, listing.KindH5))
	files := entries(t, body)
	var kept Manifest
	if err := json.Unmarshal(files[manifestName], &kept); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(kept, m) || m.App.Identifier != "sldb_demo" || m.FlowVersion == "" || m.RulesVersion == "" {
		t.Errorf("manifest %+v", kept)
	}
	if len(m.Files) != len(files)-1 {
		t.Errorf("%d files listed of %d", len(m.Files), len(files)-1)
	}
	for _, f := range m.Files {
		d := document.DigestOf(files[f.Name])
		if d.Size != f.Size || d.SHA256 != f.SHA256 || d.SM3 != f.SM3 {
			t.Errorf("%s: %+v, want %+v", f.Name, f, d)
		}
	}
	var raw map[string]any
	if err := json.Unmarshal(files[manifestName], &raw); err != nil || len(raw) != 4 {
		t.Errorf("members %v, %v", raw, err)
	}
}

func TestSameDataSameBytes(t *testing.T) {
	for _, kind := range listing.AppKinds() {
		in := full(t, kind)
		in.Draft = true
		first, _ := packed(t, in)
		for range 2 {
			again := full(t, kind)
			again.Draft = true
			if second, _ := packed(t, again); !bytes.Equal(first, second) {
				t.Fatalf("%s: two packages of the same data differ", kind)
			}
		}
	}
}

// A draft is marked on every page and says why; without Draft a blocking finding refuses.
func TestDraft(t *testing.T) {
	in := full(t, listing.KindH5)
	in.Findings = []listing.Finding{blockingFinding()}
	var sink bytes.Buffer
	_, err := Package(context.Background(), in, &sink, nil)
	if listing.CodeOf(err) != listing.CodeRefused || !strings.Contains(err.Error(), "10.0.0.1") || sink.Len() > 0 {
		t.Errorf("err = %v, %d bytes written", err, sink.Len())
	}
	in.Draft = true
	body, _ := packed(t, in)
	for name, content := range entries(t, body) {
		text := string(content)
		switch path.Ext(name) {
		case ".docx":
			text = string(entries(t, content)["word/header1.xml"]) + string(entries(t, content)["word/header2.xml"])
			if strings.Count(text, `string="草稿"`) != 2 {
				t.Errorf("%s has no watermark on odd and even pages", name)
			}
		case ".xlsx":
			text = string(entries(t, content)["xl/worksheets/sheet1.xml"])
		case ".html", ".txt":
			if strings.HasPrefix(name, "03-埋点/") && name != "03-埋点/说明.txt" {
				continue
			}
		default:
			continue
		}
		if !strings.Contains(text, "草稿") {
			t.Errorf("%s is not marked", name)
		}
	}
	index := string(entries(t, body)["00-目录.html"])
	holds(t, index, "为什么是草稿", "10.0.0.1 不是公网地址", "改填公网地址", "待盖章扫描")
	in.Draft, in.Findings = false, []listing.Finding{{Rule: "RULE-17", Level: listing.LevelError, Message: "没有版本"}}
	if body, _ = packed(t, in); strings.Contains(string(entries(t, body)["00-目录.html"]), "草稿") {
		t.Error("a package for submission is marked")
	}
}

// Every link of the index leads to a file of the package, whatever the names.
func TestIndexLinks(t *testing.T) {
	in := full(t, listing.KindH5)
	in.Dossier.App.Name = `../<b>督办</b>&"`
	body, m := packed(t, in)
	files := entries(t, body)
	index := string(files["00-目录.html"])
	links := regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(index, -1)
	if len(links) != len(m.Files)-1 {
		t.Errorf("%d links to %d files", len(links), len(m.Files)-1)
	}
	for _, l := range links {
		name, err := url.PathUnescape(strings.ReplaceAll(l[1], "&#43;", "+"))
		if err != nil || files[name] == nil {
			t.Errorf("%s leads nowhere: %q %v", l[1], name, err)
		}
	}
	if strings.Contains(index, "<b>") {
		t.Error("the name is not escaped")
	}
}

func TestAttachmentsAreCopied(t *testing.T) {
	in := full(t, listing.KindH5)
	body, _ := packed(t, in)
	files := entries(t, body)
	for _, name := range []string{"05-附件/建设方案.pdf", "05-附件/授权LOGO.png", "06-盖章扫描件/应用注册/应用注册（盖章扫描件）.pdf"} {
		if !strings.Contains(string(files[name]), "建设方案") {
			t.Errorf("%s is missing or changed", name)
		}
	}
	for name := range files {
		if strings.Contains(name, "scan") || strings.HasSuffix(name, "/") {
			t.Errorf("%s should not be there", name)
		}
	}
	cases := map[string]struct {
		open func(string) (io.ReadCloser, error)
		code listing.Code
	}{
		"gone": {func(string) (io.ReadCloser, error) { return nil, errors.New("gone") }, listing.CodeUnreadable},
		"changed": {func(string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("%PDF-1.4 建设方法")), nil
		}, listing.CodeDamaged},
		"shorter": {func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("%PDF")), nil }, listing.CodeUnreadable},
	}
	for name, c := range cases {
		in.OpenBlob = c.open
		if _, err := Package(context.Background(), in, io.Discard, nil); listing.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	in.OpenBlob = nil
	if _, err := Build(context.Background(), in, "slot-plan"); listing.CodeOf(err) != listing.CodeUnreadable {
		t.Errorf("err = %v", err)
	}
}

// fullDisk takes some bytes, then fails.
type fullDisk struct{ left int }

var errFull = errors.New("no space left on device")

func (d *fullDisk) Write(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestDiskFullAndCancel(t *testing.T) {
	in := full(t, listing.KindH5)
	for _, left := range []int{0, 5_000, 100_000} {
		if _, err := Package(context.Background(), in, &fullDisk{left}, nil); listing.CodeOf(err) != listing.CodeUnwritable || !errors.Is(err, errFull) {
			t.Errorf("after %d bytes: %v", left, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	var last, total int64
	_, err := Package(ctx, in, io.Discard, func(d, n int64) {
		last, total = d, n
		cancel()
	})
	if listing.CodeOf(err) != listing.CodeCanceled || last == 0 || last >= total {
		t.Errorf("err = %v after %d of %d", err, last, total)
	}
	if _, err := Package(ctx, in, io.Discard, nil); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("canceled before: %v", err)
	}
	if _, err := Package(context.Background(), in, io.Discard, func(d, n int64) { last, total = d, n }); err != nil || last != total {
		t.Errorf("progress ended at %d of %d, %v", last, total, err)
	}
}

func templateWith(t testing.TB, lines ...string) []byte {
	t.Helper()
	doc := document.Doc{Title: "本单位的表"}
	for _, l := range lines {
		doc.Blocks = append(doc.Blocks, document.Para(l))
	}
	body, err := doc.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestDefaultTemplatesAreUnderstood(t *testing.T) {
	if len(Templates()) < 15 {
		t.Errorf("%d templates", len(Templates()))
	}
	for _, ref := range Templates() {
		body, err := DefaultTemplate(ref.ID)
		if err != nil {
			t.Fatal(err)
		}
		unknown, err := CheckTemplate(ref.ID, body)
		if err != nil || len(unknown) > 0 || unknown == nil {
			t.Errorf("%s: %v, %v", ref.ID, unknown, err)
		}
	}
	if _, err := DefaultTemplate("checklist"); listing.CodeOf(err) != listing.CodeNotFound {
		t.Errorf("err = %v", err)
	}
}

func TestOwnTemplate(t *testing.T) {
	in := full(t, listing.KindH5)
	own := templateWith(t, "应用：{{app.name}}", "{{☐app.networks=政务外网}}外网", "{{#vendor.contacts}}{{name}} {{phone}}；{{/vendor.contacts}}")
	if unknown, err := CheckTemplate("form-1", own); err != nil || len(unknown) > 0 {
		t.Fatalf("%v, %v", unknown, err)
	}
	in.Templates = map[string][]byte{"form-1": own, "slot-deployment": own}
	holds(t, shown(t, in, "form-1"), "本单位的表", "应用：示例督办", "☑外网", "联系人己 13900000001；联系人庚 13900000002；")
	holds(t, shown(t, in, "slot-deployment"), "本单位的表")
	in.Draft = true
	body, err := Build(context.Background(), in, "form-1")
	if err != nil {
		t.Fatal(err)
	}
	if page, _ := document.PreviewHTML(body); !strings.Contains(page, "草稿") {
		t.Error("the unit's own template is not marked")
	}
	items, err := List(in)
	if err != nil || !items[1].OwnTemplate || items[1].ID != "form-1" || items[2].OwnTemplate {
		t.Errorf("%+v, %v", items[1], err)
	}
}

func TestBadTemplates(t *testing.T) {
	cases := map[string]struct {
		body    []byte
		unknown []string
		code    listing.Code
	}{
		"unknown":           {templateWith(t, "{{app.nmae}} {{#rows}}{{cell}}{{/rows}} {{app.name}}"), []string{"app.nmae", "cell", "rows"}, ""},
		"outside a loop":    {templateWith(t, "{{name}}"), []string{"name"}, ""},
		"under a condition": {templateWith(t, "{{?app.name}}{{hidden}}{{/app.name}}"), []string{"hidden"}, ""},
		"loop as text":      {templateWith(t, "{{vendor.contacts}}"), nil, listing.CodeInvalid},
		"braces":            {templateWith(t, "{{app.name"), nil, listing.CodeInvalid},
		"loop not closed":   {templateWith(t, "{{#pages}}x"), nil, listing.CodeInvalid},
		"no docx":           {[]byte("%PDF-1.4"), nil, listing.CodeUnreadable},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			unknown, err := CheckTemplate("form-1", c.body)
			if listing.CodeOf(err) != c.code || len(unknown) != len(c.unknown) {
				t.Fatalf("%v, %v", unknown, err)
			}
			for i, u := range c.unknown {
				if unknown[i] != u {
					t.Errorf("unknown = %v", unknown)
				}
			}
			in := full(t, listing.KindH5)
			in.Templates = map[string][]byte{"form-1": c.body}
			_, err = Package(context.Background(), in, io.Discard, nil)
			if err == nil || c.code == "" && (listing.CodeOf(err) != listing.CodeInvalid || !strings.Contains(err.Error(), "应用注册") || !strings.Contains(err.Error(), c.unknown[0])) {
				t.Errorf("package: %v", err)
			}
			items, err := List(in)
			if err != nil || items[1].State != stateIncomplete || items[1].Note == "" {
				t.Errorf("item %+v, %v", items[1], err)
			}
			in.Draft = true
			if _, err = Package(context.Background(), in, io.Discard, nil); (err == nil) != (c.code == "") {
				t.Errorf("draft: %v", err)
			}
		})
	}
	if _, err := CheckTemplate("nothing", templateWith(t, "x")); listing.CodeOf(err) != listing.CodeNotFound {
		t.Errorf("err = %v", err)
	}
}

// A damaged data file is refused by name and never makes the package fall over.
func FuzzKnowledge(f *testing.F) {
	for _, name := range []string{"materials.yaml", "self-check.yaml", "skeletons.yaml"} {
		body, err := embedded.ReadFile("data/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(name, body)
		f.Add(name, body[:len(body)/2])
	}
	f.Add("materials.yaml", []byte("version: 1\nsource: x\ndate: x\nmaterials: [{id: a}]"))
	f.Add("self-check.yaml", []byte("version: 1\nsource: x\ndate: x\ndimensions: [{id: a, title: b, items: [{text: c, source: d, proof: {slots: [nothing]}}]}]"))
	f.Fuzz(func(t *testing.T, changed string, body []byte) {
		k, err := loadKnowledge(func(name string) ([]byte, error) {
			if name == changed {
				return body, nil
			}
			return embedded.ReadFile("data/" + name)
		})
		if err != nil {
			return
		}
		c, err := forms.Default()
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range k.skeletons {
			if _, err := s.template().Bytes(); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range k.Materials {
			if s.Maker == makerForm {
				_ = k.formTemplate(c, s)
			}
		}
	})
}

func FuzzCheckTemplate(f *testing.F) {
	f.Add(templateWith(f, "{{app.name}} {{unknown}}"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if _, err := CheckTemplate("form-1", body); err != nil && listing.AsError(err).Code == listing.CodeInternal {
			t.Fatalf("an internal error for a foreign file: %v", err)
		}
	})
}

func BenchmarkPackage(b *testing.B) {
	in := full(b, listing.KindH5)
	for b.Loop() {
		if _, err := Package(context.Background(), in, io.Discard, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkList(b *testing.B) {
	in := full(b, listing.KindH5)
	for b.Loop() {
		if _, err := List(in); err != nil {
			b.Fatal(err)
		}
	}
}
