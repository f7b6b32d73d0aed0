package app

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/cli"
	"shangjiatong/app/material"
)

// The whole way by commands only, as a person or a script goes it; see the script.
func TestWalk(t *testing.T) {
	noKeyring(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "sh", filepath.Join("testdata", "walk.sh"), exe, filepath.Join(t.TempDir(), "一路"))
	cmd.Env = append(os.Environ(), asProgram+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// The demo makes the full package of one app, each hash of its manifest is true, and its data folder can be opened.
func TestDemo(t *testing.T) {
	noKeyring(t)
	out := filepath.Join(t.TempDir(), "演示")
	var made cli.DemoResult
	plain(t, "demo", "--json", "--out", out).wants(0).json(&made)
	if made.Dir != out || made.Package.Draft || len(made.Tree) < 5 || made.Package.Files == nil {
		t.Fatalf("%s, draft %v, %d files", made.Dir, made.Package.Draft, len(made.Tree))
	}
	checkPackage(t, made.File)
	c := &terminal{t: t, data: made.Data, flag: []string{"--passphrase-file", filepath.Join(made.Dir, "口令.txt")}}
	c.ok("app", "list").wants(0, "示例驾驶舱")
	plain(t, "demo", "--out", filepath.Join(t.TempDir(), "一"), "--data", filepath.Join(t.TempDir(), "另处")).wants(0, "另处")
}

// checkPackage recomputes every hash of a package's manifest.
func checkPackage(t *testing.T, path string) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	bodies := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if bodies[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
	var manifest material.Manifest
	if err := json.Unmarshal(bodies["manifest.json"], &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Files) != len(bodies)-1 || len(manifest.Files) < 15 {
		t.Errorf("%d files listed, %d there", len(manifest.Files), len(bodies))
	}
	for _, f := range manifest.Files {
		sum := sha256.Sum256(bodies[f.Name])
		if f.SHA256 != hex.EncodeToString(sum[:]) || f.Size != int64(len(bodies[f.Name])) {
			t.Errorf("%s: the manifest is wrong", f.Name)
		}
	}
}

// The shapes of --json are promised to scripts: a key may be added, none may go or change its name. The first element
// stands for a list.
func TestShapesOfJSON(t *testing.T) {
	c := sampleTerminal(t)
	out := t.TempDir()
	for _, tc := range []struct {
		args string
		code int
		keys string // dotted paths, "[]" for the elements of a list
	}{
		{"version", 0, "version"},
		{"unit show", 0, "unit.name unit.credit_code unit.process_region unit.region unit.address_path unit.department unit.tenant_id unit.catalog_account.name unit.catalog_account.phone unit.department_admin unit.workbench_admin unit.regional_admin settings.operator settings.role settings.addresses settings.templates settings.portal_unhosted"},
		{"vendor list", 0, "[].id [].name [].credit_code [].contacts.[].id [].contacts.[].name [].contacts.[].phone [].contacts.[].has_account [].contacts.[].personnel_type [].contacts.[].insured.by"},
		{"vendor show 示例科技有限公司", 0, "id name credit_code contacts"},
		{"app list", 0, "[].id [].name [].kind [].identifier [].archived [].vendor_name [].region [].started [].stage [].stage_name [].status [].status_word [].next_task [].next_title [].message [].party [].party_word [].waiting_days [].settled [].total [].errors [].warnings [].undecided [].updated_at"},
		{"app show 示例督办", 0, "app.id app.name app.kind app.identifier app.pages.[].page_id app.attachments.plan.sha256 app.attestations.[].on app.waivers vendor.name unit.name completeness.[].form completeness.[].needed completeness.[].filled completeness.[].missing"},
		{"case list", 0, "[].id [].app_id [].app_name [].flow [].flow_version [].started_at [].closed_at [].settled [].total [].message"},
		{"case show 示例会议室", 0, "started app_id app_name kind case_id flow flow_name flow_version settled total finished stages.[].id tasks.[].id tasks.[].status tasks.[].status_word tasks.[].blockers tasks.[].acts.[].act tasks.[].acts.[].allowed tasks.[].history next.message next.steps next.waiting waits.[].due waits.[].message proofs places"},
		{"next", 0, "[].app_id [].app_name [].task [].title [].status [].status_word [].act [].act_word [].actor_name [].party [].party_word [].network [].reason [].unlocks"},
		{"precheck 示例信访登记", 1, "app app_name findings.[].rule findings.[].code findings.[].level findings.[].field findings.[].message findings.[].effect findings.[].fix passed errors warnings undecided checked rules_version"},
		{"package --app 示例督办 --out " + out, 0, "file package.id package.app_id package.number package.draft package.with_password package.made_at package.made_by package.file_name package.size package.sha256 package.sm3 package.flow_version package.rules_version package.files.[].name package.files.[].size package.files.[].sha256 package.files.[].sm3 package.values"},
		{"package --draft --app 示例信访登记 --out " + out, 0, "file package.draft package.blocking.[].rule"},
		{"snippet --app 示例督办 --stack static --out " + out, 0, "stack files findings"},
		{"check capture " + write(t, filepath.Join(out, "抓包.txt"), reported("undefined")) + " --app 示例督办", 1, "kind target files bytes pages.[].id pages.[].name pages.[].verdict pages.[].verdict_word pages.[].evidence findings.[].rule findings.[].level findings.[].message passed facts_version"},
		{"journal --limit 3", 0, "lines.[].seq lines.[].at lines.[].by lines.[].what lines.[].kind lines.[].kind_word lines.[].id lines.[].sm3 lines.[].changes.[].key lines.[].changes.[].label lines.[].changes.[].before lines.[].changes.[].after more next"},
		{"store snapshot --note 试", 0, "id at reason reason_word note size sha256 sm3 schema records journal"},
		{"store list", 0, "[].id [].at [].reason [].reason_word"},
		{"store verify", 0, "ok file schema records.app journal blobs problems"},
		{"app attach --app 示例督办 --slot logo --file " + logo(t), 0, "slot name size type sha256 sm3 added_by added_at"},
		{"app attest --app 示例督办 --about 联系人乙", 0, "[].rule [].about [].by [].on"},
		{"app waive --app 示例驾驶舱 --rule RULE-6 --reason 全市要用", 0, "[].rule [].by [].on [].reason"},
		{"app archive 示例食堂", 0, "id archived"},
		{"app show 没有", 1, "error.code error.message error.hint"},
	} {
		a := c.run(append(strings.Fields(tc.args), "--json")...).wants(tc.code)
		if strings.HasPrefix(tc.keys, "error") {
			a.out = a.errs
		}
		var v any
		a.json(&v)
		for _, path := range strings.Fields(tc.keys) {
			if !holds(v, strings.Split(path, ".")) {
				t.Errorf("%s: no %s", tc.args, path)
			}
		}
		if null := nulls(v, ""); null != "" && null != ".vendor" {
			t.Errorf("%s: %s is null", tc.args, null)
		}
	}
}

// holds reports whether a value has the path; of a list, some element must have it.
func holds(v any, path []string) bool {
	if len(path) == 0 {
		return true
	}
	switch x := v.(type) {
	case map[string]any:
		inner, ok := x[path[0]]
		return ok && holds(inner, path[1:])
	case []any:
		return path[0] == "[]" && slices.ContainsFunc(x, func(e any) bool { return holds(e, path[1:]) })
	}
	return false
}

// nulls returns the path of the first null, or nothing.
func nulls(v any, at string) string {
	if v == nil {
		return at
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Slice:
		for _, e := range v.([]any) {
			if found := nulls(e, at+".[]"); found != "" {
				return found
			}
		}
	case reflect.Map:
		for key, e := range v.(map[string]any) {
			if found := nulls(e, at+"."+key); found != "" {
				return found
			}
		}
	}
	return ""
}

func logo(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 200, 200))); err != nil {
		t.Fatal(err)
	}
	return write(t, filepath.Join(t.TempDir(), "logo.png"), out.String())
}
