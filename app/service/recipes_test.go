package service_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

func recipeInfo(t *testing.T, d *desk, id string) service.RecipeInfo {
	t.Helper()
	all, err := d.Recipes.List(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(r service.RecipeInfo) bool { return r.ID == id })
	if i < 0 {
		t.Fatalf("no recipe %s in %+v", id, all)
	}
	return all[i]
}

func recipeFile(t *testing.T, body string) service.ProofFile {
	t.Helper()
	path := filepath.Join(t.TempDir(), "irs.yaml")
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return service.ProofFile{Name: "irs.yaml", Path: path}
}

// The recipes of the program are there without any data, and a mended line counts from then on, until it is given up.
func TestRecipeIsMended(t *testing.T) {
	if got := recipeInfo(t, emptyDesk(t), "irs"); got.Own || got.Version != got.EmbeddedVersion || len(got.Forms) != 4 {
		t.Fatalf("without data: %+v", got)
	}
	d := openDesk(t)
	before := recipeInfo(t, d, "irs")
	got, err := d.Recipes.Mend(d.ctx, "irs tables[TABLE-1].columns[状态].also += …", "当前状态")
	if err != nil || !got.Own || got.Version != before.Version+"+1" || got.ChangedBy != "联系人甲" || got.FileName != "" {
		t.Fatalf("%+v, %v", got, err)
	}
	text, err := d.Recipes.Show(d.ctx, "irs")
	if err != nil || !strings.Contains(text, "当前状态") {
		t.Errorf("%v\n%s", err, text)
	}
	if got, err = d.Recipes.Mend(d.ctx, "irs forms[FORM-3].fields[健康地址].also", "健康检查地址"); err != nil || got.Version != before.Version+"+2" {
		t.Errorf("a second line: %+v, %v", got, err)
	}
	for name, line := range map[string]string{"no recipe": "xyz tables[TABLE-1].heading", "no line": "irs tables[TABLE-9].heading", "final button": "irs may", "nothing": ""} {
		if _, err := d.Recipes.Mend(d.ctx, line, "提交"); err == nil || listing.AsError(err).Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The next run knows it too.
	if err := d.place.Close(); err != nil {
		t.Fatal(err)
	}
	again := deskIn(t, d.dir)
	if err := again.place.Open(d.ctx); err != nil {
		t.Fatal(err)
	}
	if got := recipeInfo(t, again, "irs"); got.Version != before.Version+"+2" {
		t.Errorf("after a restart: %+v", got)
	}
	if got, err := again.Recipes.Reset(d.ctx, "irs"); err != nil || got.Own || got.Version != before.Version {
		t.Errorf("given up: %+v, %v", got, err)
	}
	if _, err := again.Recipes.Reset(d.ctx, "irs"); listing.CodeOf(err) != listing.CodeNotFound {
		t.Errorf("given up twice: %v", err)
	}
}

// A file is taken when its checksum is known, it is a recipe, and it is newer than what is in effect.
func TestRecipeIsImported(t *testing.T) {
	d := openDesk(t)
	old, err := d.Recipes.Show(d.ctx, "irs")
	if err != nil {
		t.Fatal(err)
	}
	version := recipeInfo(t, d, "irs").Version
	newer := strings.Replace(strings.Replace(old, version, "2030-01-02", 1), "header: 状态", "header: 当前状态", 1)
	for name, tc := range map[string]struct {
		body, sum string
		code      listing.Code
	}{
		"no checksum":  {newer, "", listing.CodeRefused},
		"another":      {newer, sumOf(old), listing.CodeInvalid},
		"not newer":    {old, sumOf(old), listing.CodeConflict},
		"no recipe":    {"x: 1\n", sumOf("x: 1\n"), listing.CodeInvalid},
		"unknown key":  {newer + "more: 1\n", sumOf(newer + "more: 1\n"), listing.CodeInvalid},
		"too large":    {strings.Repeat("#", 2<<20), "", listing.CodeTooLarge},
		"final button": {strings.Replace(newer, "text: 新增联系方式", "text: 提交审批", 1), sumOf(strings.Replace(newer, "text: 新增联系方式", "text: 提交审批", 1)), listing.CodeInvalid},
	} {
		if _, err := d.Recipes.ImportFile(d.ctx, recipeFile(t, tc.body), tc.sum); listing.CodeOf(err) != tc.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := recipeInfo(t, d, "irs"); got.Own {
		t.Fatalf("a refused file counts: %+v", got)
	}
	token := d.upload("irs.yaml", []byte(newer))
	got, err := d.Recipes.Import(d.ctx, token, sumOf(newer))
	if err != nil || !got.Own || got.Version != "2030-01-02" || got.FileName != "irs.yaml" || !slices.Contains(got.Tables[0].Columns, "当前状态") {
		t.Fatalf("%+v, %v", got, err)
	}
	page, err := d.Journal.List(d.ctx, service.JournalRequest{Limit: 1})
	if err != nil || page.Lines[0].What != "导入页面规则 irs" || page.Lines[0].KindWord != "页面规则" || len(page.Lines[0].Changes) != 5 {
		t.Errorf("%+v, %v", page.Lines, err)
	}
}
