package recipe

import (
	"slices"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
)

func TestMend(t *testing.T) {
	day := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	cases := []struct {
		id, line, value string
		holds           func(Recipe) bool
	}{
		{"irs", "irs tables[TABLE-1].columns[状态].also", "当前状态", func(r Recipe) bool {
			return slices.Contains(r.TablesOf("TABLE-1")[0].Columns[4].Also, "当前状态")
		}},
		{"irs", "tables[TABLE-1].columns[状态].also += …", "当前状态", func(r Recipe) bool {
			return slices.Contains(r.TablesOf("TABLE-1")[0].Columns[4].Also, "当前状态")
		}},
		{"hosting", "hosting tables[TABLE-3/测试环境].columns[编译状态].optional", "", func(r Recipe) bool {
			return r.TablesOf("TABLE-3/测试环境")[0].Columns[3].Optional
		}},
		{"irs", "tables[TABLE-1].heading", "治理侧列表", func(r Recipe) bool { return r.TablesOf("TABLE-1")[0].Heading == "治理侧列表" }},
		{"irs", "tables[TABLE-4].path", "/workbench/mine", func(r Recipe) bool { return r.TablesOf("TABLE-4")[0].Path == "/workbench/mine" }},
		{"irs", "irs forms[FORM-3].fields[健康地址].also", "健康检查地址", func(r Recipe) bool {
			return slices.Contains(r.Form("FORM-3").Field("健康地址").Also, "健康检查地址")
		}},
		{"irs", "forms[FORM-1].fields[其他(请注明)].also", "其他依据", func(r Recipe) bool {
			return slices.Contains(r.Form("FORM-1").Field("其他(请注明)").Also, "其他依据")
		}},
		{"irs", "forms[FORM-3].fields[流程信息>所属区域].heading", "流程", func(r Recipe) bool { return r.Form("FORM-3").Field("所属区域").Heading == "流程" }},
		{"irs", "forms[FORM-3].fields[健康地址].optional", "", func(r Recipe) bool { return r.Form("FORM-3").Field("健康地址").Optional }},
		{"irs", "forms[FORM-3].fields[开发商联系方式].rows[姓名].also", "联系人", func(r Recipe) bool {
			return slices.Contains(r.Form("FORM-3").Field("开发商联系方式").Rows[0].Also, "联系人")
		}},
		{"irs", "logged_out", "请先登录", func(r Recipe) bool { return slices.Contains(r.LoggedOut, Mark{Text: "请先登录"}) }},
		{"irs", "logged_in", "我的待办", func(r Recipe) bool { return slices.Contains(r.LoggedIn, Mark{Text: "我的待办"}) }},
	}
	for _, c := range cases {
		t.Run(c.line, func(t *testing.T) {
			before := find(t, c.id)
			if c.holds(before) {
				t.Fatal("holds before")
			}
			after, err := Mend(before, c.line, c.value, day)
			if err != nil || !c.holds(after) || c.holds(before) {
				t.Fatalf("after %v, before changed %v, %v", c.holds(after), c.holds(before), err)
			}
			if after.Version != before.Version+"+1" || after.Date != "2026-12-01" || !Newer(after.Version, before.Version) {
				t.Errorf("version %s of %s", after.Version, after.Date)
			}
			raw, err := Marshal(after)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := Parse("again", raw); err != nil || !c.holds(*again) {
				t.Errorf("read again: %v\n%s", err, raw)
			}
		})
	}
}

func TestMendRefuses(t *testing.T) {
	cases := []struct {
		line, value string
		code        listing.Code
	}{
		{"", "x", listing.CodeInvalid},
		{"tables", "x", listing.CodeInvalid},
		{"tables[TABLE-1", "x", listing.CodeInvalid},
		{"a.b[c].d", "x", listing.CodeInvalid},
		{"tables[TABLE-9].heading", "x", listing.CodeNotFound},
		{"tables[TABLE-1].way", "x", listing.CodeNotFound},
		{"tables[TABLE-1].columns[没有].also", "x", listing.CodeNotFound},
		{"tables[TABLE-1].columns[状态].header", "x", listing.CodeNotFound},
		{"tables[TABLE-1].columns[状态].a[b].also", "x", listing.CodeNotFound},
		{"forms[FORM-1].fields[没有].also", "x", listing.CodeNotFound},
		{"forms[FORM-1].marks", "x", listing.CodeNotFound},
		{"forms[FORM-3].fields[健康地址].fact", "app.name", listing.CodeNotFound},
		{"forms[FORM-3].fields[开发商联系方式].rows[姓名].part", "x", listing.CodeNotFound},
		{"may[1].text", "提交", listing.CodeNotFound},
		{"never", "x", listing.CodeInvalid},
		// What would make the recipe wrong.
		{"tables[TABLE-1].columns[状态].also", "更新时间", listing.CodeInvalid},
		{"tables[TABLE-1].columns[应用发布ID].optional", "", listing.CodeInvalid},
		{"forms[FORM-3].fields[健康地址].also", " ", listing.CodeInvalid},
		{"tables[TABLE-4].path", "http://example.com", listing.CodeInvalid},
	}
	for _, c := range cases {
		if _, err := Mend(find(t, "irs"), c.line, c.value, time.Now()); listing.CodeOf(err) != c.code || listing.AsError(err).Hint == "" {
			t.Errorf("%s: %v", c.line, err)
		}
	}
}

func TestNewer(t *testing.T) {
	order := []string{"2026-11-26", "2026-11-26+1", "2026-11-26+2", "2026-11-26+10", "2026-12-01"}
	for i, older := range order {
		if Newer(older, older) {
			t.Errorf("%s is newer than itself", older)
		}
		for _, newer := range order[i+1:] {
			if !Newer(newer, older) || Newer(older, newer) {
				t.Errorf("%s and %s", newer, older)
			}
		}
	}
	all := []Recipe{{ID: "a", Version: order[1]}, {ID: "a", Version: order[3]}, {ID: "b", Version: order[4]}}
	if got := Find(all, "a"); got == nil || got.Version != order[3] || Find(all, "c") != nil {
		t.Errorf("found %+v", got)
	}
}

func TestDraft(t *testing.T) {
	seen := Seen{
		Address: "http://127.0.0.1:8080/a?b=1#/list", Title: "示例页面",
		Tables: []SeenTable{{Heading: "列表", Headers: []string{"名称", "状态", "", "状态"}}, {Headers: []string{""}}},
		Fields: []SeenField{
			{Label: "* 名称：", As: "text"}, {Heading: "甲", Label: "电话", As: "text"}, {Heading: "乙", Label: "电话", As: "text"},
			{Label: "类型", As: "choose"}, {Label: "姓名", As: "text"}, {Label: "联系人", As: "rows"}, {Label: "怪", As: "puzzle"}, {Label: "名称", As: "text"},
		},
		Buttons: []string{"提交", "下一步", "新增", "提交", "", strings.Repeat("长", 300)},
	}
	draft := Draft(seen, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	raw, err := Marshal(draft)
	if err != nil {
		t.Fatalf("%v\n%+v", err, draft)
	}
	text := string(raw)
	for _, want := range []string{"draft-127-0-0-1-8080", "http://127.0.0.1:8080/a", "示例页面", "列表", "提交", "下一步", "姓名"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if len(draft.May) != 0 {
		t.Errorf("a draft allows %v", draft.May)
	}
	if _, final := draft.Final("下一步"); !final {
		t.Error("a draft lets a button pass that nobody has looked at")
	}
	form := draft.Form("FORM-DRAFT")
	if form == nil || len(form.Fields) != 5 || form.Field("甲>电话") == nil || form.Field("名称") == nil || form.Field("怪") != nil {
		t.Errorf("form %+v", form)
	}
	if len(draft.Tables) != 1 || len(draft.Tables[0].Columns) != 2 || draft.Tables[0].Key[0] != "名称" {
		t.Errorf("tables %+v", draft.Tables)
	}
	if _, err := Marshal(Draft(Seen{}, time.Now())); err != nil {
		t.Errorf("of an empty page: %v", err)
	}
}
