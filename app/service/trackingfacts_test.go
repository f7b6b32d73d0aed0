package service_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

// newerFacts is the program's own file with a later version and another log host.
func newerFacts(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("../tracking/data/facts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(raw), "\nversion: ")
	if !found {
		t.Fatal("the facts have no version")
	}
	_, rest, _ = strings.Cut(rest, "\n")
	return "version: \"2030-01-02\"\n" + strings.Replace(rest, "alog-api.ding", "log-two.ding", 1)
}

func factsFile(t *testing.T, body string) service.ProofFile {
	t.Helper()
	path := filepath.Join(t.TempDir(), "facts.yaml")
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return service.ProofFile{Name: "facts.yaml", Path: path}
}

// logHosts says which log host the generated code names, in the program's snippets and in the package.
func logHosts(t *testing.T, d *desk) string {
	t.Helper()
	view, err := d.Tracking.Snippets(d.ctx, "示例督办", "static")
	if err != nil || len(view.Files) == 0 {
		t.Fatalf("%v %+v", err, view)
	}
	all := ""
	for _, f := range view.Files {
		all += f.Body
	}
	for _, host := range []string{"alog-api.ding.zj.gov.cn", "log-two.ding.zj.gov.cn"} {
		if strings.Contains(all, "'aplus-rhost-v', \""+host) {
			return host + " " + view.FactsVersion
		}
	}
	return all
}

// TRACK-2: facts that were imported take the place of the program's own, offline, until they are given up again.
func TestFactsImported(t *testing.T) {
	d := sampleDesk(t)
	before, err := d.Tracking.Facts(d.ctx)
	if err != nil || before.Own || before.Version != before.EmbeddedVersion || len(before.Blocks) < 8 || before.Blocks[0].Title != "稳定性监控" {
		t.Fatalf("%+v %v", before, err)
	}
	was := logHosts(t, d)
	body := newerFacts(t)
	after, err := d.Tracking.ImportFactsFile(d.ctx, factsFile(t, body+"# sha256: "+sumOf(body)+"\n"), "")
	if err != nil || !after.Own || after.Version != "2030-01-02" || after.SHA256 != sumOf(body) || after.ImportedBy == "" || after.Unused != "" {
		t.Fatalf("%+v %v", after, err)
	}
	if got := logHosts(t, d); got != "log-two.ding.zj.gov.cn 2030-01-02" {
		t.Errorf("imported: %s", got)
	}
	page, err := d.Journal.List(d.ctx, service.JournalRequest{Limit: 1})
	if err != nil || page.Lines[0].What != "导入埋点依据 2030-01-02" || page.Lines[0].KindWord != "埋点依据" {
		t.Errorf("%+v %v", page.Lines, err)
	}
	for _, c := range page.Lines[0].Changes {
		if c.Key == "facts.body" || c.Label == "" {
			t.Errorf("the journal shows %+v", c)
		}
	}
	if back, err := d.Tracking.ResetFacts(d.ctx); err != nil || back.Own || back.Version != before.Version || back.FileName != "" {
		t.Errorf("%+v %v", back, err)
	}
	if got := logHosts(t, d); got != was {
		t.Errorf("reset: %s", got)
	}
	if _, err := d.Tracking.ResetFacts(d.ctx); listing.CodeOf(err) != listing.CodeNotFound {
		t.Errorf("nothing to reset: %v", err)
	}
}

func TestFactsRefused(t *testing.T) {
	good := newerFacts(t)
	old := strings.Replace(good, "2030-01-02", "2020-01-02", 1)
	scheme := strings.Replace(good, "log-two.ding", "https://log-two.ding", 1)
	for name, k := range map[string]struct {
		body, sum string
		code      listing.Code
		says      string
	}{
		"no checksum":        {good, "", listing.CodeRefused, sumOf(good)},
		"wrong checksum":     {good, strings.Repeat("0", 64), listing.CodeInvalid, "校验码不符"},
		"older":              {old, sumOf(old), listing.CodeConflict, "2020-01-02"},
		"dossier 3.1 scheme": {scheme, sumOf(scheme), listing.CodeInvalid, "traffic.log_host"},
		"no YAML":            {"{", sumOf("{"), listing.CodeInvalid, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := openDesk(t)
			_, err := d.Tracking.ImportFactsFile(d.ctx, factsFile(t, k.body), k.sum)
			if listing.CodeOf(err) != k.code || !strings.Contains(err.Error(), k.says) {
				t.Fatalf("err = %v", err)
			}
			if view, err := d.Tracking.Facts(d.ctx); err != nil || view.FileName != "" {
				t.Errorf("%+v, %v", view, err)
			}
		})
	}
}

// A later program may no longer read what was imported, or bring newer facts itself: it goes on with its own.
func TestFactsLeftOut(t *testing.T) {
	for name, k := range map[string]struct{ version, body, says string }{
		"unreadable": {"2030-01-02", "version: \"2030-01-02\"\n", "读不了"},
		"overtaken":  {"2020-01-02", newerFacts(t), "不比导入的"},
	} {
		t.Run(name, func(t *testing.T) {
			d := sampleDesk(t)
			rec := listing.TrackingFacts{ID: listing.TrackingFactsID, Version: k.version, FileName: "facts.yaml", Body: k.body, SHA256: sumOf(k.body)}
			stored, err := d.place.Store()
			if err != nil {
				t.Fatal(err)
			}
			err = stored.Change(d.ctx, listing.Change{By: "联系人甲", What: "存入旧依据"}, func(w listing.Writer) error { return w.Put(rec) })
			if err != nil {
				t.Fatal(err)
			}
			view, err := d.Tracking.Facts(d.ctx)
			if err != nil || view.Own || view.Version != view.EmbeddedVersion || !strings.Contains(view.Unused, k.says) {
				t.Errorf("%+v %v", view, err)
			}
			if got := logHosts(t, d); !strings.HasPrefix(got, "alog-api.ding.zj.gov.cn") {
				t.Error(got)
			}
		})
	}
}
