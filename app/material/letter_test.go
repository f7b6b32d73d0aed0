package material

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

// lettered is an app whose case of FLOW-7 runs.
func lettered(t testing.TB) Input {
	t.Helper()
	in := full(t, listing.KindH5)
	in.Dossier.Unit.RegionalOffice = "示例市大数据管理中心"
	in.Dossier.Unit.DepartmentLead = listing.Person{Name: "联系人丙", Phone: "0571-00000000"}
	in.Letter = &Letter{Old: in.Dossier.Unit.CatalogAccount, New: listing.Person{Name: "联系人乙", Phone: "13800000002"}, Reason: "工作岗位调整"}
	return in
}

func letterText(t testing.TB, in Input) string {
	t.Helper()
	raw, err := Build(context.Background(), in, AdministratorLetter)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Build(context.Background(), in, AdministratorLetter)
	if err != nil || !bytes.Equal(raw, again) {
		t.Errorf("two runs differ, %v", err)
	}
	html, err := document.PreviewHTML(raw)
	if err != nil {
		t.Fatal(err)
	}
	return html
}

func letterItem(t testing.TB, in Input) *Item {
	t.Helper()
	items, err := List(in)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(items, func(i Item) bool { return i.ID == AdministratorLetter })
	if at < 0 {
		return nil
	}
	return &items[at]
}

// FLOW-7, RULE-20: the letter names whom it goes to, the old and the new administrator, and leaves the date to the pen.
func TestAdministratorLetter(t *testing.T) {
	in := lettered(t)
	if i := letterItem(t, in); i == nil || i.State != stateReady || !strings.HasSuffix(i.FileName, "编目管理员变更函.docx") {
		t.Errorf("%+v", i)
	}
	said := letterText(t, in)
	for _, want := range []string{"关于变更“示例督办”编目管理员的函", "示例市大数据管理中心：", "联系人甲", "联系人乙", "13800000002", "工作岗位调整", "0571-00000000", "sldb_demo"} {
		if !strings.Contains(said, want) {
			t.Errorf("the letter does not say %s", want)
		}
	}
	if strings.Contains(said, "2026") || strings.Contains(said, "{{") || strings.Contains(said, "待填") {
		t.Error("a date, a placeholder or a needless blank is printed")
	}
}

// What is not known is a line to write on that says what belongs there, and the material tells which fields are missing.
func TestAdministratorLetterWithBlanks(t *testing.T) {
	in := lettered(t)
	in.Dossier.Unit.RegionalOffice, in.Letter.Reason, in.Letter.Old = "", "", listing.Person{}
	said := letterText(t, in)
	for _, want := range []string{"＿＿＿＿＿＿（待填：区域大数据中心全称）：", "＿＿＿＿＿＿（待填：变更原因）", "＿＿＿＿＿＿（待填：原编目管理员）"} {
		if !strings.Contains(said, want) {
			t.Errorf("the letter does not say %s", want)
		}
	}
	i := letterItem(t, in)
	if i.State != stateIncomplete || !slices.Equal(i.Missing, []string{"unit.regional_office"}) {
		t.Errorf("%+v", i)
	}
}

// The letter is in the package while the case runs, sealed paper that it is, and nowhere else.
func TestLetterIsInThePackage(t *testing.T) {
	in := lettered(t)
	in.Draft = true
	var b bytes.Buffer
	m, err := Package(context.Background(), in, &b, nil)
	if err != nil {
		t.Fatal(err)
	}
	in.Letter = nil
	without, err := Package(context.Background(), in, &bytes.Buffer{}, nil)
	if err != nil || len(m.Files) != len(without.Files)+1 || letterItem(t, in) != nil {
		t.Errorf("%d files with, %d without the letter, %v", len(m.Files), len(without.Files), err)
	}
	if slices.ContainsFunc(Templates(), func(r TemplateRef) bool { return r.ID == AdministratorLetter }) {
		t.Error("the letter is offered as a template, which it is not made from")
	}
}
