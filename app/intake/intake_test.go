package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

func TestReadRefuses(t *testing.T) {
	head := xmlRow(1, "应用名称", "应用类型", "应用标识")
	many := make([]string, 0, 100_001)
	many = append(many, head)
	for i := range 100_000 {
		many = append(many, xmlRow(i+2, fmt.Sprintf("应用%d", i), "H5", fmt.Sprintf("a%d", i)))
	}
	good := rawBook(t, data(head))
	for name, c := range map[string]struct {
		body  []byte
		sheet string
		code  listing.Code
		says  string
	}{
		"header merged across":         {rawBook(t, data(head)+`<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>`), "", listing.CodeInvalid, "A1:B1"},
		"header merged down":           {rawBook(t, data(xmlRow(1, "应用信息"), xmlRow(2, "应用名称", "应用类型"))+`<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="C1:C2"/></mergeCells>`), "", listing.CodeInvalid, "C1:C2"},
		"100,000 rows":                 {rawBook(t, data(many...)), "", listing.CodeTooLarge, "20000 行"},
		"empty":                        {rawBook(t, data()), "", listing.CodeInvalid, "是空的"},
		"no such sheet":                {good, "没有", listing.CodeNotFound, "没有"},
		"not a zip":                    {[]byte("应用名称,应用类型"), "", listing.CodeUnreadable, "不是 xlsx"},
		"cut off":                      {good[:len(good)/2], "", listing.CodeUnreadable, "xlsx"},
		"nothing":                      {nil, "", listing.CodeUnreadable, "不是 xlsx"},
		"old format or with password":  {append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, make([]byte, 600)...), "", listing.CodeUnreadable, "旧格式"},
		"document type declaration":    {rawBook(t, `<!DOCTYPE x [<!ENTITY a "b">]>`+data(head)), "", listing.CodeUnreadable, "损坏"},
		"a zip that is no workbook":    {zipOf(t, "a.txt", "x"), "", listing.CodeUnreadable, "xlsx"},
		"more columns than are taken":  {rawBook(t, data(xmlRow(1, slices.Repeat([]string{"列"}, document.MaxColumns+1)...))), "", listing.CodeTooLarge, "300 列"},
		"a part that unpacks too well": {rawBookBy(t, zip.Deflate, data(head)+strings.Repeat(" ", 30<<20)), "", listing.CodeTooLarge, "压缩比"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(t.Context(), bytes.NewReader(c.body), int64(len(c.body)), c.sheet)
			if listing.CodeOf(err) != c.code || !strings.Contains(fmt.Sprint(err), c.says) {
				t.Errorf("%s: %v", listing.CodeOf(err), err)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	table := readTable(t, good)
	table.Rows = []Row{{2, []string{"甲"}}}
	if _, err := Check(ctx, table, guessed(t, table), Known{}); listing.CodeOf(err) != listing.CodeCanceled {
		t.Error(err)
	}
}

func TestHeaders(t *testing.T) {
	c := catalogue(t)
	header := map[string]string{
		"应用名称": "app.name", "应 用 名 称 *": "app.name", "＊应用名称：": "app.name", "应用名称（必填）": "app.name", "应用名称\n(必填)": "app.name",
		"其他（请注明）": "app.basis_other", "测试数据": "app.test_data", "开发商": "app.vendor_id", "开发商社会信用编码": "app.vendor_id", "BID": "app.bid",
		"Identifier": "app.identifier", "app.kind": "app.kind", "应用编号": keyID, "应用所属区域": "app.region", "所属区域": "app.process_region",
		"手机号": "ambiguous", "单位名称": "unknown", "备注": "unknown", "测试密码": "refused", "授权LOGO": "refused", "表中写明的联系人": "refused", "*": "unknown",
	}
	for text, want := range header {
		m := guessed(t, &Table{Columns: []Column{{0, "A", text}}})
		if got := m[0].Key; got != want && string(m[0].Match) != want {
			t.Errorf("%q: %+v", text, m[0])
		}
		if (m[0].Note == "") != (m[0].Match == Matched) {
			t.Errorf("%q: %+v", text, m[0])
		}
	}
	m := guessed(t, &Table{Columns: []Column{{0, "A", "开发商"}, {1, "B", "开发商名称"}, {3, "D", "开发商 *"}}})
	if m[0].Match != Matched || m[1].Match != Duplicate || m[2].Match != Duplicate || !strings.Contains(m[2].Note, "A 列") {
		t.Errorf("%+v", m)
	}
	h, err := knownHeaders()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range h.Aliases { // an alias for what is no field would never be taken
		for _, key := range a.Keys {
			if f := c.Field(key); key != keyID && (f == nil || !takes(f)) {
				t.Errorf("alias %s: %s", a.Header, key)
			}
		}
	}
	if _, err := loadHeaders([]byte("version: a\nsource: b\ndate: c\nunknown: 1\n")); err == nil {
		t.Error("an unknown member was taken")
	}
	if _, err := loadHeaders([]byte("marks: [a]\n")); err == nil {
		t.Error("no version, and taken")
	}
}

func TestLabelsOfTheFormsThatMeanSeveralFieldsAreAmbiguous(t *testing.T) {
	c := &forms.Catalogue{Fields: []forms.Field{{Key: "app.name", Label: "甲"}, {Key: "app.kind", Label: "乙"}},
		Forms: []forms.Form{{Sections: []forms.Section{{Rows: []forms.Row{{Label: "丙", Field: "app.name"}, {Label: "丙", Field: "app.kind"}, {Label: "乙", Field: "app.name"}}}}}}}
	m, err := Guess(&Table{Columns: []Column{{0, "A", "丙"}, {1, "B", "乙"}}}, c)
	if err != nil || m[0].Match != Ambiguous || !slices.Equal(m[0].Candidates, []string{"app.name", "app.kind"}) || m[1].Key != "app.kind" {
		t.Errorf("%+v %v", m, err)
	}
}

func TestCells(t *testing.T) {
	c := catalogue(t)
	r := newReader(c, there().Vendors)
	for _, x := range []struct {
		key, text, want string
		code            ProblemCode
	}{
		{"app.level", "县（市、区）", "县(市、区)", ""},
		{"app.level", "建设层级：市级", "市级", ""},
		{"app.level", "市级、省级", "", SeveralValues},
		{"app.level", "市级、地级", "", WrongWord},
		{"app.unified", "是", "是", ""},
		{"app.unified", "Y", "", WrongWord},
		{"app.kind", "小程序＋PC", "小程序+PC", ""},
		{"app.kind", "h5", "H5", ""},
		{"app.kind", "PC", "", UnknownKind},
		{"app.mode", "自定模式", "自定模式", ""},
		{"app.components", "扫码登录，组织架构和用户体系（浙政钉）；消息通知\n扫码登录", "扫码登录|组织架构和用户体系(浙政钉)|消息通知", ""},
		{"app.basis", "部门内部会议/文件", "部门内部会议/文件", ""},
		{"app.networks", "政务外网、外网、内网", "", WrongWord},
		{"app.egress_ips", "８.８.８.８，8.8.8.8 1.1.1.1", "8.8.8.8|1.1.1.1", ""},
		{"app.egress_ips", "8.8.8.8/24", "", BadIP},
		{"app.egress_ips", "8.8.8.8:80", "", BadIP},
		{"app.egress_ips", "256.1.1.1", "", BadIP},
		{"app.egress_ips", "1.1.1.1,1.1.1.2,1.1.1.3,1.1.1.4", "", TooMany},
		{"app.egress_ips", "10.0.0.1", "10.0.0.1", ""}, // RULE-5 is decided by precheck
		{"app.api_bases", "https://a.example、https://b.example", "https://a.example|https://b.example", ""},
		{"app.pc_url", "https://a.example/x;y=1", "https://a.example/x;y=1", ""},
		{"app.pc_url", "https://a.example、https://b.example", "", SeveralValues},
		{"app.responsible_phone", "13800000001/13800000002", "", SeveralValues},
		{"app.responsible_phone", "１３８０００００００１", "13800000001", ""},
		{"app.responsible_phone", "1.38E+10", "", BadNumber},
		{"app.component_name", "十个字十个字十个字十个字", "十个字十个字十个字十个字", TooLong},
		{"app.description", "#REF!", "", CellError},
		{"app.description", "甲、乙，丙", "甲、乙，丙", ""},
		{keyVendor, "示例软件（浙江）公司", "v-2", ""},
		{keyVendor, "v-1", "v-1", ""},
		{keyVendor, "同名公司", "", AmbiguousVendor},
		{keyVendor, "示例科技有限公司、示例软件(浙江)公司", "", SeveralValues},
		{keyVendor, "别的公司", "", UnknownVendor},
		{"app.level", " \u3000 ", "", ""},
	} {
		values, trouble := r.read(c.Field(x.key), x.text)
		code := ProblemCode("")
		if trouble != nil {
			code = trouble.code
		}
		if strings.Join(values, "|") != x.want || code != x.code {
			t.Errorf("%s %q: %q %+v", x.key, x.text, values, trouble)
		}
	}
}

func TestIdentity(t *testing.T) {
	head := []string{"应用编号", "应用名称", "应用标识", "应用类型", "建设层级"}
	for name, c := range map[string]struct {
		rows   [][]string
		told   string
		action Action // of the last row
		id     string
	}{
		"new":                               {[][]string{{"", "新应用", "new", "H5"}}, "", Add, ""},
		"by name":                           {[][]string{{"", "示例督办", "", "", "省级"}}, "", Update, "app-1"},
		"by name, as it is":                 {[][]string{{"", "示例督办", "sldb_demo", "H5", "市级"}}, "", Skip, "app-1"},
		"by name, with another identifier":  {[][]string{{"", "示例督办", "other"}}, "", Update, "app-1"},
		"by identifier":                     {[][]string{{"", "", "SLDB_demo", "", "省级"}}, "", Update, "app-1"},
		"by ID, with another name":          {[][]string{{"app-1", "改名"}}, "", Update, "app-1"},
		"no such ID":                        {[][]string{{"app-9", "新应用", "", "H5"}}, "A2 unknown_app", Skip, ""},
		"identifier of another, new name":   {[][]string{{"", "新应用", "sldb_demo", "H5"}}, "C2 duplicate_in_store", Skip, ""},
		"identifier applied for by another": {[][]string{{"", "新应用", "slhy_OLD", "H5"}}, "C2 duplicate_in_store", Skip, ""},
		"identifier of another, known name": {[][]string{{"", "示例督办", "slhy_demo"}}, "C2 duplicate_in_store", Skip, "app-1"},
		"renamed to another's name":         {[][]string{{"app-1", "示例会议"}}, "B2 name_taken", Skip, "app-1"},
		"archived":                          {[][]string{{"", "示例旧应用", "", "", "省级"}}, "B2 archived_app", Skip, "app-3"},
		"no name":                           {[][]string{{"", "", "new", "H5"}}, "B2 missing_name", Skip, ""},
		"no kind":                           {[][]string{{"", "新应用", "new", ""}}, "D2 missing_kind", Skip, ""},
		"wrong kind":                        {[][]string{{"", "新应用", "new", "PC"}}, "D2 unknown_kind", Skip, ""},
		"twice the name":                    {[][]string{{"", "新应用", "a", "H5"}, {"", "新应用", "b", "H5"}}, "B3 duplicate_name", Skip, ""},
		"twice the identifier":              {[][]string{{"", "甲", "a_1", "H5"}, {"", "乙", "A_1", "H5"}}, "C3 duplicate_in_file", Skip, ""},
		"twice the app":                     {[][]string{{"app-1", "", "", "", "省级"}, {"", "示例督办", "", "", "国家"}}, "B3 same_app", Skip, "app-1"},
	} {
		t.Run(name, func(t *testing.T) {
			p := preview(t, there(), append([][]string{head}, c.rows...)...)
			last := p.Rows[len(p.Rows)-1]
			if strings.Join(told(p), ",") != c.told || last.Action != c.action || last.AppID != c.id {
				t.Errorf("%q %+v", told(p), last)
			}
			if (last.Action == Skip) != (last.Reason != "") {
				t.Errorf("%+v", last)
			}
		})
	}
}

func TestUpdateTellsBeforeAndAfter(t *testing.T) {
	p := preview(t, there(), []string{"应用名称", "建设层级", "网络环境", "开发商", "描述"}, []string{"示例督办", "省级", "政务外网", "91330199MA0000001P", ""})
	want := []FieldChange{{"app.level", "建设层级", []string{"省级"}, []string{"市级"}, "省级", "市级"},
		{keyVendor, "开发商", []string{"v-2"}, []string{"v-1"}, "示例软件(浙江)公司", "示例科技有限公司"}}
	got, _ := json.Marshal(p.Rows[0].Values)
	if expected, _ := json.Marshal(want); !bytes.Equal(got, expected) {
		t.Errorf("%s", got)
	}
}

func TestFormulasGiveTheirSavedResults(t *testing.T) {
	body := rawBook(t, data(xmlRow(1, "应用名称", "应用类型", "描述", "备注"),
		xmlRow(2, "<f>A9&amp;\"甲\"</f><v>甲</v>", "H5", "一", "<f>1+1</f><v>2</v>"),
		xmlRow(3, "<f>A9</f><v>乙</v>", "H5", "<f>\"\"</f><v></v>"),
		xmlRow(4, "丙", "H5", "=<f>1+1</f><v/>"),
		xmlRow(5, "丁", "H5", "!<f>NA()</f><v>#N/A</v>")))
	table := readTable(t, body)
	p := looked(t, table, guessed(t, table), Known{})
	if want := []string{"A2 formula", "C3 formula", "C4 formula_unsaved", "C5 cell_error"}; !slices.Equal(told(p), want) {
		t.Errorf("%q", told(p))
	}
	if p.Rows[0].Name != "甲" || p.Counts.Add != 2 || p.Counts.Skip != 2 || p.Counts.Infos != 2 || !strings.Contains(p.Problems[0].Message, "A 列有 2 个") {
		t.Errorf("%+v", p)
	}
}

func TestMergedRowsAreKeptBack(t *testing.T) {
	body := rawBook(t, data(xmlRow(1, "清单"), xmlRow(2, "应用名称", "应用类型"), xmlRow(3, "甲", "H5"), xmlRow(4, "乙", "H5"), xmlRow(5, "丙", ""), xmlRow(6, "丁", "H5"))+
		`<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B4:B5"/></mergeCells>`)
	table := readTable(t, body)
	p := looked(t, table, guessed(t, table), Known{})
	if table.Header != 2 || p.Rows[0].Action != Add || p.Rows[1].Action != Skip || p.Rows[2].Action != Skip || p.Rows[3].Action != Add {
		t.Errorf("%+v", p.Rows)
	}
	if got := told(p); got[0] != "B4 merged" || !strings.Contains(p.Problems[0].Message, "B4:B5") || len(got) != 1 {
		t.Errorf("%q", got)
	}
}

func TestMapping(t *testing.T) {
	table := readTable(t, saved(t, sheetOf([]string{"系统", "种类", "说明"}, []string{"甲", "H5", "一"})))
	m := guessed(t, table)
	if _, err := Check(t.Context(), table, m, Known{}); listing.CodeOf(err) != listing.CodeInvalid || !strings.Contains(err.Error(), "系统、种类、说明") {
		t.Error(err)
	}
	m[0].Key = keyName
	p := looked(t, table, m, Known{})
	if want := []string{"missing_column"}; !slices.Equal(told(p), want) || p.Rows[0].Action != Skip || p.Problems[0].Key != keyKind {
		t.Errorf("%q %+v", told(p), p.Rows)
	}
	m[1].Key = keyKind
	if p := looked(t, table, m, Known{}); p.Counts.Add != 1 || len(p.Problems) > 0 || len(p.Rows[0].Values) != 2 {
		t.Errorf("%+v", p)
	}
	for _, wrong := range []Mapping{{{Column: 0, Key: keyName}, {Column: 1, Key: keyName}}, {{Column: 9, Key: keyName}}, {{Column: -1, Key: keyName}},
		{{Column: 0, Key: "app.test_password"}}, {{Column: 0, Key: "unit.name"}}, {{Column: 0, Key: "app.id_"}}} {
		if _, err := Check(t.Context(), table, wrong, Known{}); listing.CodeOf(err) != listing.CodeInvalid {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}

func TestPasswordsAreForgottenAtOnce(t *testing.T) {
	table := readTable(t, saved(t, sheetOf([]string{"应用名称", "测试密码*", "App Secret"}, []string{"甲", "Mi-Ma#1", "s3cret"})))
	if raw, _ := json.Marshal(table); bytes.Contains(raw, []byte("Mi-Ma")) || bytes.Contains(raw, []byte("s3cret")) {
		t.Errorf("%s", raw)
	}
}

func TestPages(t *testing.T) {
	book := sheetOf([]string{"应用名称", "应用类型"}, []string{"甲", "H5"}, []string{"乙", "H6"}, []string{"示例督办", ""})
	pages := sheetOf([]string{"应用名称*", "页面ID", "page_name", "page_url"},
		[]string{"甲", "home", "首页", "https://a.example/"}, []string{"甲", "detail", "详情", ""}, // applied with row 2
		[]string{"乙", "home", "首页", ""},                              // its row is wrong already
		[]string{"丙", "home", "首页", ""},                              // no such app
		[]string{"示例会议", "a", "", ""}, []string{"示例会议", "a", "", ""}, // twice
		[]string{"示例督办", "home", "", ""}, []string{"", "x", "", ""}, []string{"示例旧应用", "x", "", ""}).Sheets[0]
	pages.Name = PageSheet
	book.Sheets = append(book.Sheets, pages)
	table := readTable(t, saved(t, book))
	p := looked(t, table, guessed(t, table), there())
	if want := []string{"B3 unknown_kind", "A5 unknown_app", "B7 duplicate_page_id", "A9 missing_name", "A10 archived_app"}; !slices.Equal(told(p), want) {
		t.Errorf("%q", told(p))
	}
	plan := p.Plan()
	if len(plan) != 2 || len(plan[0].Pages) != 2 || plan[0].Pages[1].PageID != "detail" || plan[1].AppID != "app-1" || !plan[1].SetPages || plan[1].Action != Update {
		t.Errorf("%+v", plan)
	}
	pages.Columns[1].Header = "别的"
	book.Sheets[1] = pages
	table = readTable(t, saved(t, book))
	if p := looked(t, table, guessed(t, table), there()); !slices.Contains(told(p), "missing_column") || p.Rows[0].SetPages {
		t.Errorf("%q", told(p))
	}
}

func TestPagesOfAnAppThatIsOnlyInThePageTable(t *testing.T) {
	book := sheetOf([]string{"应用名称", "应用类型"}, []string{"甲", "H5"})
	pages := sheetOf([]string{"应用名称", "page_id"}, []string{"示例会议", "home"}).Sheets[0]
	pages.Name = PageSheet
	book.Sheets = append(book.Sheets, pages)
	table := readTable(t, saved(t, book))
	p := looked(t, table, guessed(t, table), there())
	if len(p.Rows) != 2 || p.Rows[1].AppID != "app-2" || p.Rows[1].Sheet != PageSheet || p.Counts.Update != 1 {
		t.Errorf("%+v", p.Rows)
	}
	known := there()
	known.Existing[1].Pages = []listing.Page{{PageID: "home"}}
	if p := looked(t, table, guessed(t, table), known); len(p.Rows) != 1 {
		t.Errorf("%+v", p.Rows)
	}
}

func TestMoreProblemsThanAreListed(t *testing.T) {
	table := &Table{Sheet: "表", Columns: []Column{{0, "A", "应用名称"}, {1, "B", "应用类型"}, {2, "C", "扫码登录应用名称"}}}
	for i := range MaxProblems + 5 {
		table.Rows = append(table.Rows, Row{i + 2, []string{fmt.Sprint("应用", i), "H6", "十个字十个字十个字十个字"}})
	}
	p := looked(t, table, guessed(t, table), Known{})
	if len(p.Problems) != MaxProblems || p.Counts.Errors != MaxProblems+5 || p.Counts.Unlisted != MaxProblems+10 || p.Problems[0].Level != listing.LevelError || p.Problems[1].Row != 3 {
		t.Errorf("%+v %+v", p.Counts, p.Problems[0])
	}
}

func TestTemplate(t *testing.T) {
	book, err := Template()
	if err != nil {
		t.Fatal(err)
	}
	body := saved(t, book)
	table := readTable(t, body)
	if len(table.Columns) != len(Targets(catalogue(t)))-1 || len(table.Rows) != 0 || table.Header != 1 || !slices.Equal(table.Sheets[:3], []string{"应用", "填写说明", "页面表"}) {
		t.Errorf("%+v", table)
	}
	for _, c := range book.Sheets[0].Columns {
		if strings.Contains(c.Header, "测试密码") || strings.Contains(c.Header, "LOGO") {
			t.Error(c.Header)
		}
		if strings.HasPrefix(c.Header, "应用类型") && len(c.Options) != 4 || strings.HasPrefix(c.Header, "建设模式") && len(c.Options) > 0 {
			t.Errorf("%+v", c)
		}
	}
	if p := looked(t, table, guessed(t, table), there()); len(p.Rows)+len(p.Problems) > 0 {
		t.Errorf("%+v", p)
	}
}

func BenchmarkImport1000Rows(b *testing.B) {
	book, _ := filledTemplate(b, 1000)
	body := saved(b, book)
	known := there()
	for i := range 200 {
		known.Existing = append(known.Existing, listing.App{ID: fmt.Sprint("x", i), Name: fmt.Sprintf("示例应用%03d", i*5+1), Kind: listing.KindH5})
	}
	for b.Loop() {
		table := readTable(b, body)
		if p := looked(b, table, guessed(b, table), known); p.Counts.Add+p.Counts.Update != 1000 {
			b.Fatalf("%+v", p.Counts)
		}
	}
}
