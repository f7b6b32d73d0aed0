package recipe

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

func recipes(t testing.TB) []Recipe {
	t.Helper()
	all, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func find(t testing.TB, id string) Recipe {
	t.Helper()
	r := Find(recipes(t), id)
	if r == nil {
		t.Fatalf("no recipe %s", id)
	}
	return *r
}

func TestEmbedded(t *testing.T) {
	var ids []string
	for _, r := range recipes(t) {
		ids = append(ids, r.ID+" "+r.Address)
	}
	if want := []string{"any ", "console ADDR-7", "hosting ADDR-5", "irs ADDR-4"}; !slices.Equal(ids, want) {
		t.Errorf("got %q", ids)
	}
}

// TestTables: the columns are those of the facts, in their order; only 操作 may be missing.
func TestTables(t *testing.T) {
	cases := []struct{ id, columns string }{
		{"TABLE-1", "治理侧名称 应用发布ID 创建时间 更新时间 状态 移动端地址 PC地址 操作"},
		{"TABLE-2", "治理侧名称 APPID 创建时间 更新时间 类型 服务接入数 PC地址 移动端地址 操作"},
		{"TABLE-3", "版本号 版本上线时间 更新时间 灰度值 操作 版本号 更新时间 预览地址 编译状态 操作"},
		{"TABLE-4", "应用名称 状态 审核状态 是否立项 立项名称 负责人 操作"},
		{"TABLE-5", "工作台名称 从属机构 类型 责任人 创建时间 更新时间 桌面状态 移动状态 操作"},
	}
	for _, c := range cases {
		t.Run(c.id, func(t *testing.T) {
			r := Holding(recipes(t), c.id)
			if r == nil {
				t.Fatal("no recipe has it")
			}
			var got []string
			for _, table := range r.TablesOf(c.id) {
				for _, col := range table.Columns {
					got = append(got, col.Header)
					if col.Optional != (col.Header == "操作") {
						t.Errorf("%s optional: %v", col.Header, col.Optional)
					}
				}
			}
			if strings.Join(got, " ") != c.columns {
				t.Errorf("got %q", got)
			}
		})
	}
	if parts := find(t, "hosting").TablesOf("TABLE-3"); len(parts) != 2 || parts[0].Heading != "线上环境" || parts[1].Heading != "测试环境" {
		t.Errorf("TABLE-3: %+v", parts)
	}
}

// TestFormsAgree holds recipes and package forms together: the same labels for the same facts, the same assumptions.
func TestFormsAgree(t *testing.T) {
	cat, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	// Fields that only the page has.
	noRow := map[string]bool{"FORM-4 附件": true}
	// The labels of these are told by the guide, though no picture shows them.
	told := map[string]bool{"FORM-1 应用状态": true, "FORM-1 应用名称": true, "FORM-3 应用类型": true, "FORM-3 注册方式": true}
	irs := find(t, "irs")
	for _, id := range []string{"FORM-1", "FORM-2", "FORM-3", "FORM-4"} {
		form := irs.Form(id)
		facts := map[string]forms.Row{}
		for _, row := range cat.Form(id).Rows() {
			name := id + " " + row.Label
			facts[name] = row
			field := form.Field(row.Label)
			if field == nil {
				t.Errorf("%s has no line in the recipe", name)
			}
		}
		for _, field := range form.Fields {
			name := id + " " + field.Label
			row, there := facts[name]
			switch {
			case !there:
				if !noRow[name] {
					t.Errorf("%s is not in package forms", name)
				}
			case row.Field != field.Fact:
				t.Errorf("%s takes %s here and %s there", name, field.Fact, row.Field)
			case row.Assumed != field.Assumed && !told[name]:
				t.Errorf("%s assumed: %v here and %v there", name, field.Assumed, row.Assumed)
			}
		}
	}
}

// What the facts require of FORM-1 to FORM-4 may be missing on the page for a reason only.
func TestRequiredIsNotOptional(t *testing.T) {
	cat, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	const before, others = "it is chosen before the form opens", "other components than 扫码登录 may not ask for it"
	reasons := map[string]string{
		"FORM-1 应用状态": before, "FORM-3 应用类型": before, "FORM-3 注册方式": before, "FORM-4 应用已在测试账号工作台上": "a checklist asks for it; the page may not",
		"FORM-2 服务器出口IP": others, "FORM-2 应用名称": others, "FORM-2 应用所属单位": others, "FORM-2 回调地址": others, "FORM-2 描述": others,
		"FORM-2 应用业主单位负责人手机号": others, "FORM-2 授权LOGO": others,
	}
	irs := find(t, "irs")
	for _, id := range []string{"FORM-1", "FORM-2", "FORM-3", "FORM-4"} {
		for _, row := range cat.Form(id).Rows() {
			field, name := irs.Form(id).Field(row.Label), id+" "+row.Label
			if row.Required && field != nil && field.Optional != (reasons[name] != "") {
				t.Errorf("%s is optional: %v, for the reason %q", name, field.Optional, reasons[name])
			}
		}
	}
}

// How a field is filled agrees with how its fact is typed.
func TestKindsAgree(t *testing.T) {
	cat, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	ways := map[forms.Type]string{
		forms.Text: "text", forms.Long: "text", forms.IPs: "text", forms.URL: "text", forms.URLs: "text", forms.Phone: "text", forms.Sealed: "text",
		forms.One: "choose", forms.YesNo: "choose", forms.Many: "check", forms.People: "rows", forms.File: "files",
	}
	// The page offers options that nobody has published: chosen by the word the person typed.
	otherwise := map[string]string{"FORM-4 发布类型": "choose"}
	for _, form := range find(t, "irs").Forms {
		for _, field := range form.Fields {
			fact := cat.Field(field.Fact)
			if fact == nil {
				continue // files of a slot
			}
			want := ways[fact.Type]
			if other := otherwise[form.ID+" "+field.Label]; other != "" {
				want = other
			}
			if field.As != want {
				t.Errorf("%s %s is a %s and is filled as %s", form.ID, field.Label, fact.Type, field.As)
			}
		}
	}
}

func TestEveryFieldHasAFact(t *testing.T) {
	for _, r := range recipes(t) {
		for _, form := range r.Forms {
			for _, field := range form.Fields {
				if field.Fact == "" {
					t.Errorf("%s %s has none", form.ID, field.Label)
				}
			}
		}
	}
	if up := Holding(recipes(t), "UPLOAD"); up == nil || !up.Allows("上传代码", "open", "TABLE-3") {
		t.Error("the upload dialog cannot be opened")
	}
}

func TestFinal(t *testing.T) {
	irs := find(t, "irs")
	cases := []struct {
		text string
		want bool
	}{
		{"提交", true}, {"提 交", true}, {"提交审批", true}, {"提交发布", true}, {"发布", true}, {"立即发布", true}, {"＋ 提交", true},
		{"确认", true}, {"确定", true}, {"下线", true}, {"删除", true}, {"保存草稿", true}, {"保存", true}, {"重新部署", true},
		{"应用发布注册", true}, {"存量应用关联", true}, {"回退到上一个版本", true}, {"选择版本回滚", true}, {"Submit", true}, {"", true}, {" ", true}, {"OK", true},
		{"撤回申请", true}, {"是", true},
		{"下一步", false}, {"+ 新增联系方式", false}, {"应用发布", false}, {"部署发布", false}, {"治理侧应用发布", false}, {"我的资源", false}, {"上传代码", false}, {"编译日志", false},
	}
	for _, c := range cases {
		if word, got := irs.Final(c.text); got != c.want {
			t.Errorf("%q: %v by %q", c.text, got, word)
		}
	}
	if _, final := (Recipe{Never: []string{"部署发布"}}).Final("部署发布"); !final {
		t.Error("a recipe cannot forbid what the program would let pass")
	}
}

func TestAllows(t *testing.T) {
	irs, hosting := find(t, "irs"), find(t, "hosting")
	cases := []struct {
		r                   Recipe
		text, purpose, page string
		want                bool
	}{
		{irs, "+ 新增联系方式", "add", "FORM-3", true},
		{irs, "新增联系方式", "add", "FORM-1", false},
		{irs, "新增联系方式", "next", "FORM-3", false},
		{irs, "我的资源", "way", "TABLE-4", true},
		{irs, "帮助中心", "way", "", false},
		{hosting, "编译日志", "log", "TABLE-3", true},
		{hosting, "编译日志", "log", "TABLE-3/测试环境", true},
		{hosting, "编译日志", "log", "TABLE-2", false},
		{Recipe{May: []Button{{Text: "提交", For: "next"}}}, "提交", "next", "", false},
	}
	for _, c := range cases {
		if got := c.r.Allows(c.text, c.purpose, c.page); got != c.want {
			t.Errorf("%s %s for %s on %s: %v", c.r.ID, c.text, c.purpose, c.page, got)
		}
		if listed := slices.ContainsFunc(c.r.Buttons(c.purpose, c.page), func(b string) bool { return Plain(b) == Plain(c.text) }); listed != c.want {
			t.Errorf("%s %s for %s on %s listed: %v", c.r.ID, c.text, c.purpose, c.page, listed)
		}
	}
	if hosting.Buttons("add", "TABLE-2") == nil {
		t.Error("no buttons and no recipe cannot be told apart")
	}
	if words := irs.NeverWords(); !slices.Contains(words, "退出注册") || !slices.Contains(words, "发布") || !slices.IsSorted(words) {
		t.Errorf("words %q", words)
	}
}

func TestMarshal(t *testing.T) {
	for _, r := range recipes(t) {
		raw, err := Marshal(r)
		if err != nil {
			t.Errorf("%s: %v", r.ID, err)
			continue
		}
		again, err := Parse("again", raw)
		if err != nil || !reflect.DeepEqual(*again, r) {
			t.Errorf("%s: got %+v, %v", r.ID, again, err)
		}
	}
	if _, err := Marshal(Recipe{ID: "x"}); listing.CodeOf(err) != listing.CodeInvalid {
		t.Errorf("a wrong recipe was written: %v", err)
	}
}

// small is a right recipe that the cases of TestParse make wrong.
const small = `id: irs
title: 试
version: "2026-11-26"
source: 试
date: "2026-11-26"
address: ADDR-4
logged_in: [{text: 工作台}]
may: [{text: 下一步, for: next, page: FORM-1}, {text: 我的资源, for: way}]
never: [提交]
tables:
  - {id: TABLE-1, title: 表, way: [我的资源], key: [状态], columns: [{header: 状态, also: [当前状态]}, {header: 操作, optional: true}]}
forms:
  - {id: FORM-1, title: 表单, fields: [{label: 名称, fact: app.name, as: text}, {label: 依据, fact: app.basis, as: check}, {label: 其他, fact: app.basis_other, as: text, when: 依据=其他}]}
`

func TestParse(t *testing.T) {
	cases := []struct{ name, from, to, want string }{
		{"right", "", "", ""},
		{"mended", `version: "2026-11-26"`, `version: "2026-11-26+12"`, ""},
		{"an address of its own", "ADDR-4", "http://127.0.0.1:8080/x", ""},
		{"headings tell labels apart", "{label: 名称, fact: app.name, as: text}", "{label: 名称, heading: 甲, fact: app.name, as: text}, {label: 名称, heading: 乙, fact: app.name, as: text}", ""},
		{"unknown key", "title: 试", "title: 试\ncolour: red", "第 3 行"},
		{"twice the same key", "title: 试", "title: 试\ntitle: 试", "第 3 行"},
		{"an anchor", "title: 试", "title: &a 试", "第 2 行第 8 列不能用锚点"},
		{"two documents", "id: irs", "id: irs\n---\nid: irs", "不止一份"},
		{"ID", "id: irs", "id: IRS", "的 id："},
		{"no title", "title: 试", `title: " "`, "的 title：不能是空的"},
		{"version", `version: "2026-11-26"`, `version: "1.0"`, "的 version："},
		{"date", `date: "2026-11-26"`, `date: "today"`, "的 date："},
		{"address", "ADDR-4", "ADDR-44", "的 address：没有“ADDR-44”"},
		{"a mark of both kinds", "{text: 工作台}", "{text: 工作台, url: /x}", "的 logged_in[1]："},
		{"an empty mark", "{text: 工作台}", "{assumed: true}", "的 logged_in[1]："},
		{"what a button is for", "for: next", "for: fun", "的 may[1].for："},
		{"the page of a button", "page: FORM-1", "page: FORM-9", "的 may[1].page：没有 FORM-9"},
		{"a button that is never pressed", "text: 下一步", "text: 提 交", "“提 交”不能写成可以按的按钮"},
		{"a button of the built-in words", "text: 下一步", "text: 立即发布", "带“发布”的按钮"},
		{"a button of the recipe's own words", "never: [提交]", "never: [一步]", "带“一步”的按钮"},
		{"a way that is not allowed", "way: [我的资源]", "way: [帮助]", "的 tables[TABLE-1].way：“帮助”没有写在 may 里"},
		{"a header twice", "also: [当前状态]", "also: [操作：]", "“操作”出现了两次"},
		{"a key that is no column", "key: [状态]", "key: [名称]", "的 tables[TABLE-1].key："},
		{"a key that may be missing", "key: [状态]", "key: [操作]", "的 tables[TABLE-1].key："},
		{"a path to elsewhere", "way: [我的资源]", "path: //example.com", "的 tables[TABLE-1].path："},
		{"an ID twice", "id: FORM-1", "id: TABLE-1", "编号 TABLE-1 出现了两次"},
		{"a label twice", "{label: 依据,", "{label: 名称, fact: app.name, as: text}, {label: 依据,", "要各写上不同的 heading"},
		{"a label twice under one heading", "{label: 依据,", "{label: 甲, also: [名称], heading: 乙, fact: app.name, as: text}, {label: 依据,", "要各写上不同的 heading"},
		{"a fact there is not", "fact: app.name", "fact: app.nothing", "没有“app.nothing”这一项资料"},
		{"a kind there is not", "as: check", "as: guess", "“guess”不是填写的方式"},
		{"a file typed as text", "fact: app.name, as: text", "fact: app.plan, as: text", "不相配"},
		{"text chosen as a file", "fact: app.name, as: text", "fact: app.name, as: files", "不相配"},
		{"people typed as text", "fact: app.name, as: text", "fact: vendor.contacts, as: text", "不相配"},
		{"rows without cells", "fact: app.name, as: text", "fact: vendor.contacts, as: rows", "要写明一行里的名称"},
		{"a part there is not", "fact: app.name, as: text", "fact: vendor.contacts, as: rows, rows: [{label: 姓名, part: age}]", "“age”不是联系人的一项"},
		{"when of no label", "when: 依据=其他", "when: 没有=其他", "forms[FORM-1].fields[其他].when"},
		{"when of itself", "when: 依据=其他", "when: 其他=其他", "forms[FORM-1].fields[其他].when"},
		{"control characters", "title: 试", `title: "试\u0007"`, "控制字符"},
		{"a long text", "title: 试", "title: " + strings.Repeat("试", 201), "超过 200 个字"},
		{"a long list", "never: [提交]", "never: [" + strings.Repeat("提交, ", 301) + "]", "有 301 项"},
		{"no fields", "fields: [{label: 名称, fact: app.name, as: text}, {label: 依据, fact: app.basis, as: check}, {label: 其他, fact: app.basis_other, as: text, when: 依据=其他}]", "fields: []", "一个字段也没有写"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(small, c.from) {
				t.Fatalf("the case changes nothing: %s", c.from)
			}
			_, err := Parse("规则.yaml", []byte(strings.Replace(small, c.from, c.to, 1)))
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			e := listing.AsError(err)
			if e == nil || (e.Code != listing.CodeInvalid && e.Code != listing.CodeTooLarge) || !strings.Contains(e.Message, c.want) ||
				!strings.HasPrefix(e.Message, "规则.yaml") || e.Hint == "" {
				t.Errorf("got %v", err)
			}
		})
	}
	for _, raw := range []string{"", "[", "a", "null", strings.Repeat("#", maxFile+1)} {
		if _, err := Parse("x", []byte(raw)); err == nil {
			t.Errorf("%.10q was taken", raw)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("id: [\n- &a"))
	f.Add([]byte("tables: {}\nforms: [null]\nmay: [~]"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := Parse("x", raw)
		if err != nil {
			if e := listing.AsError(err); e.Code == listing.CodeInternal {
				t.Fatalf("a fault of the program: %v", err)
			}
			return
		}
		for _, b := range r.May {
			if _, final := r.Final(b.Text); final {
				t.Fatalf("%q may be pressed", b.Text)
			}
		}
		if _, err := Marshal(*r); err != nil {
			t.Fatalf("not written again: %v", err)
		}
	})
}
