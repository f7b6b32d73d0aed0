package intake

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

// zipOf is a zip of names and contents in turn.
func zipOf(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for i := 0; i+1 < len(pairs); i += 2 {
		w, err := zw.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const planPDF = "%PDF-1.4 建设方案"

// manifestOf is manifest.json as package material writes it.
func manifestOf(t testing.TB, name, kind string, files ...listing.PackagedFile) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"app": map[string]string{"name": name, "identifier": "sldb_demo2", "kind": kind},
		"flow_version": "2026-03-01", "rules_version": "2026-03-01", "files": files})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func listed(name, body string) listing.PackagedFile {
	d := document.DigestOf([]byte(body))
	return listing.PackagedFile{Name: name, Size: d.Size, SHA256: d.SHA256, SM3: d.SM3}
}

func opened(t testing.TB, body []byte) (*Package, error) {
	t.Helper()
	return FromManifest(t.Context(), bytes.NewReader(body), int64(len(body)))
}

func TestFromManifest(t *testing.T) {
	body := zipOf(t, "材料/建设方案.pdf", planPDF, "材料/改动过.pdf", "另外的内容", "材料/", "", "多出来的.txt", "x",
		"manifest.json", manifestOf(t, "示例督办二", "H5", listed("材料/建设方案.pdf", planPDF), listed("材料/改动过.pdf", "原来的内容"), listed("不在.pdf", "x"), listed("材料/建设方案.pdf", planPDF)))
	p, err := opened(t, body)
	if err != nil {
		t.Fatal(err)
	}
	if p.App.Name != "示例督办二" || p.App.Identifier != "sldb_demo2" || p.App.Kind != listing.KindH5 || p.App.ID != "" || p.FlowVersion == "" {
		t.Errorf("%+v", p.App)
	}
	if len(p.Files) != 2 || !slices.Equal(p.Lost, []string{"不在.pdf"}) || !slices.Equal(p.Foreign, []string{"多出来的.txt"}) {
		t.Errorf("%+v", p)
	}
	read := func(name string) (string, error) {
		rc, err := p.Open(name)
		if err != nil {
			return "", err
		}
		raw, err := io.ReadAll(rc)
		return string(raw), errors.Join(err, rc.Close())
	}
	if raw, err := read("材料/建设方案.pdf"); raw != planPDF || err != nil {
		t.Errorf("%q %v", raw, err)
	}
	if _, err := read("材料/改动过.pdf"); listing.CodeOf(err) != listing.CodeDamaged {
		t.Error(err)
	}
	for _, name := range []string{"不在.pdf", "多出来的.txt", "../x"} {
		if _, err := read(name); listing.CodeOf(err) != listing.CodeNotFound {
			t.Error(err)
		}
	}
	table := p.Table(catalogue(t))
	if got := looked(t, table, guessed(t, table), there()); got.Counts.Add != 1 || len(got.Problems) > 0 || len(got.Rows[0].Values) != 3 {
		t.Errorf("%+v", got)
	}
	p.App.Kind, p.App.Identifier = "安卓", "sldb_demo"
	table = p.Table(catalogue(t))
	if got := looked(t, table, guessed(t, table), there()); !slices.Equal(told(got), []string{"B2 duplicate_in_store", "C2 unknown_kind"}) {
		t.Errorf("%q", told(got))
	}
}

func TestFromManifestRefuses(t *testing.T) {
	good := manifestOf(t, "甲", "H5")
	many := []string{"manifest.json", good}
	for i := range MaxPackageFiles {
		many = append(many, fmt.Sprint(i), "")
	}
	whole := zipOf(t, "manifest.json", good)
	for name, c := range map[string]struct {
		body []byte
		code listing.Code
		says string
	}{
		"no zip":             {[]byte("abc"), listing.CodeUnreadable, "不是材料包"},
		"cut off":            {whole[:len(whole)-10], listing.CodeUnreadable, "不是材料包"},
		"nothing":            {nil, listing.CodeUnreadable, "不是材料包"},
		"no manifest":        {zipOf(t, "x/manifest.json", good), listing.CodeUnreadable, "没有 manifest.json"},
		"no JSON":            {zipOf(t, "manifest.json", "a: b"), listing.CodeUnreadable, "格式"},
		"no app":             {zipOf(t, "manifest.json", `{"files":[]}`), listing.CodeUnreadable, "应用名称"},
		"no name":            {zipOf(t, "manifest.json", manifestOf(t, " ", "H5")), listing.CodeUnreadable, "应用名称"},
		"two documents":      {zipOf(t, "manifest.json", good+good), listing.CodeUnreadable, "多余"},
		"endless name":       {zipOf(t, "manifest.json", manifestOf(t, strings.Repeat("长", 300), "H5")), listing.CodeUnreadable, "200 个字"},
		"way out":            {zipOf(t, "manifest.json", good, "../x", "a"), listing.CodeUnreadable, "路径"},
		"way out inside":     {zipOf(t, "manifest.json", good, "a/../../x", "a"), listing.CodeUnreadable, "路径"},
		"absolute":           {zipOf(t, "manifest.json", good, "/etc/x", "a"), listing.CodeUnreadable, "路径"},
		"drive":              {zipOf(t, "manifest.json", good, `C:\x`, "a"), listing.CodeUnreadable, "路径"},
		"link":               {linkZip(t, good), listing.CodeUnreadable, "链接"},
		"twice the manifest": {zipOf(t, "manifest.json", good, "manifest.json", good), listing.CodeUnreadable, "同名"},
		"twice but for case": {zipOf(t, "manifest.json", good, "A.txt", "", "a.TXT", ""), listing.CodeUnreadable, "同名"},
		"many files":         {zipOf(t, many...), listing.CodeTooLarge, "5000"},
		"bomb":               {zipOf(t, "manifest.json", good, "a", strings.Repeat("\x00", 20<<20)), listing.CodeTooLarge, "200 倍"},
		"endless manifest":   {stored(t, "manifest.json", strings.Repeat(" ", MaxManifest+1)), listing.CodeTooLarge, "8 MB"},
		"damaged manifest":   {bytes.Replace(stored(t, "manifest.json", good), []byte("flow_version"), []byte("flow_verison"), 1), listing.CodeUnreadable, "损坏"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := opened(t, c.body)
			if listing.CodeOf(err) != c.code || !strings.Contains(fmt.Sprint(err), c.says) {
				t.Errorf("%s: %v", listing.CodeOf(err), err)
			}
		})
	}
}

// stored is a zip of one file that is not packed.
func stored(t testing.TB, name, body string) []byte {
	t.Helper()
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	w, err := zw.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = io.WriteString(w, body)
	}
	if err := errors.Join(err, zw.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// linkZip is a zip with a symbolic link.
func linkZip(t testing.TB, manifest string) []byte {
	t.Helper()
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	link := &zip.FileHeader{Name: "link"}
	link.SetMode(fs.ModeSymlink | 0o777)
	for _, f := range []struct {
		head *zip.FileHeader
		body string
	}{{&zip.FileHeader{Name: "manifest.json"}, manifest}, {link, "/etc/passwd"}} {
		w, err := zw.CreateHeader(f.head)
		if err == nil {
			_, err = io.WriteString(w, f.body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
