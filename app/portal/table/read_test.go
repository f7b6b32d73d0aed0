package table

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
)

func people(columns ...recipe.Column) []recipe.Table {
	if columns == nil {
		columns = []recipe.Column{{Header: "名称"}, {Header: "状态"}, {Header: "地址", Also: []string{"访问地址"}}, {Header: "操作", Optional: true}}
	}
	return []recipe.Table{{ID: "TABLE-9", Title: "样表", Heading: "样表", Columns: columns}}
}

func read(t *testing.T, page string, want []recipe.Table) Result {
	t.Helper()
	s, err := Open([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	res, err := Read(s, "irs", want)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func rowsJSON(t *testing.T, res Result) string {
	t.Helper()
	raw, err := json.Marshal(res.Rows)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

const twoRows = `[{"名称":"甲","地址":"http://127.0.0.1/a","操作":"详情 编辑","状态":"已发布"},{"名称":"乙","地址":"http://127.0.0.1/b","操作":"详情 编辑","状态":"待发布"}]`

// Every row of this table is the same list in the mark-up of another kit; what is read has to be the same.
func TestMarkUpOfKits(t *testing.T) {
	cases := map[string]string{
		"plain": `<h3>样表</h3><table><thead><tr><th>名称<th>* 状态：<th>访问地址<th>操作</thead><tbody>
			<tr><td>甲<td><b>已</b>发布<td><a href="http://127.0.0.1/a"></a><td><a>详情</a><a>编辑</a>
			<tr><td>乙<td>待发布<td><img alt="http://127.0.0.1/b"><td><button>详 情</button><button>编辑</button></table>`,
		"no thead, no th": `<table><tr><td>名称<td>状态<td>地址<td>操作<tr><td>甲<td>已发布<td>http://127.0.0.1/a<td>详情 编辑<tr><td>乙<td>待发布<td>http://127.0.0.1/b<td>详情 编辑</table>`,
		"header of its own, room for the scroll bar, empty word outside": `<div class=el-table><div><table><colgroup><col><col></colgroup><thead><tr><th><div class=cell>名称</div><th><div>状态<span class=caret-wrapper><i></i></span></div><th>地址<th>操作<th class=gutter></thead></table></div>
			<div><table><tbody><tr><td><div>甲</div><td>已发布<td>http://127.0.0.1/a<td><button>详情</button><button>编辑</button><tr><td>乙<td>待发布<td>http://127.0.0.1/b<td><button>详情</button><button>编辑</button></table></div></div>`,
		"fixed copies that repeat the row": `<div><div class=main><div class=h><table><thead><tr><th>名称<th>状态<th>地址<th class=is-hidden>操作</table></div><div class=b><table><tbody><tr><td>甲<td>已发布<td>http://127.0.0.1/a<td><tr><td>乙<td>待发布<td>http://127.0.0.1/b<td></table></div></div>
			<div class=fixed-right><div><table><thead><tr><th><th><th><th>操作</table></div><div><table><tbody><tr><td>甲<td>已发布<td>http://127.0.0.1/a<td><a>详情</a><a>编辑</a><tr><td>乙<td>待发布<td>http://127.0.0.1/b<td><a>详情</a><a>编辑</a></table></div></div></div>`,
		"a fixed copy with one column, by row keys": `<div><div><table><thead><tr><th>状态<th>地址<th>操作<tbody><tr data-row-key=1><td>已发布<td>http://127.0.0.1/a<td>详情 编辑<tr data-row-key=2><td>待发布<td>http://127.0.0.1/b<td>详情 编辑</table></div>
			<div><table><thead><tr><th>名称<tbody><tr data-row-key=1><td>甲<tr data-row-key=2><td>乙</table></div></div>`,
		"measure row, expand column, expanded row, hidden column": `<table><thead><tr><th><th>名称<th style="display: none">内部<th>状态<th>地址<th>操作</thead><tbody>
			<tr aria-hidden=true style="height:0px"><td>名称<td>状态<td>地址<td>操作<td>x
			<tr><td><button aria-label="展开"></button><td>甲<td style="display:none">1<td>已发布<td>http://127.0.0.1/a<td>详情 编辑<tr><td colspan=5>里面的话<tr hidden><td>丙<td>x<td>x<td>x<td>x<tr><td><td>乙<td style="display:none">1<td>待发布<td>http://127.0.0.1/b<td>详情 编辑</table>`,
		"groups and spans": `<table><thead><tr><th rowspan=2>名称<th colspan=2>基本情况<th rowspan=2>操作<tr><th>状态<th>地址</thead><tbody><tr><td>甲<td>已发布<td>http://127.0.0.1/a<td rowspan=2>详情 编辑<tr><td>乙<td>待发布<td>http://127.0.0.1/b</table>`,
		"roles": `<div role=table><div role=rowgroup><div role=row><span role=columnheader>名称</span><span role=columnheader>状态</span><span role=columnheader>地址</span><span role=columnheader>操作</span></div></div>
			<div role=rowgroup><div role=row><span role=cell>甲</span><span role=cell>已发布</span><span role=cell>http://127.0.0.1/a</span><span role=cell><a>详情</a><a>编辑</a></span></div><div role=row><span role=cell>乙</span><span role=cell>待发布</span><span role=cell>http://127.0.0.1/b</span><span role=cell>详情 编辑</span></div></div></div>`,
		"roles in pinned parts": `<div role=treegrid><div role=row aria-rowindex=1><b role=columnheader aria-colindex=2>状态</b><b role=columnheader aria-colindex=3>地址</b><b role=columnheader aria-colindex=4>操作</b></div><div role=row aria-rowindex=1><b role=columnheader aria-colindex=1>名称</b></div>
			<div role=row aria-rowindex=2><i role=gridcell aria-colindex=2>已发布</i><i role=gridcell aria-colindex=3>http://127.0.0.1/a</i><i role=gridcell aria-colindex=4>详情 编辑</i></div><div role=row aria-rowindex=3><i role=gridcell aria-colindex=2>待发布</i><i role=gridcell aria-colindex=3>http://127.0.0.1/b</i><i role=gridcell aria-colindex=4>详情 编辑</i></div>
			<div role=row aria-rowindex=2><i role=gridcell aria-colindex=1>甲</i></div><div role=row aria-rowindex=3><i role=gridcell aria-colindex=1>乙</i></div></div>`,
		"a layout table around, another table beside": `<table><tr><td>菜单<td><table><tr><th>名称<th>数量<tr><td>x<td>1</table><table><tr><th>名称<th>状态<th>地址<th>操作<tr><td>甲<td>已发布<td>http://127.0.0.1/a<td>详情 编辑<tr><td>乙<td>待发布<td>http://127.0.0.1/b<td>详情 编辑</table></table>`,
	}
	for name, page := range cases {
		t.Run(name, func(t *testing.T) {
			res := read(t, page, people())
			if got := rowsJSON(t, res); got != twoRows || len(res.Drift) > 0 {
				t.Errorf("got %s\nwant %s\ndrift %+v", got, twoRows, res.Drift)
			}
		})
	}
}

func TestHeadersThatDoNotFit(t *testing.T) {
	repeated := people(recipe.Column{Header: "名称"}, recipe.Column{Header: "时间"})
	twice := `<table><tr><th>名称<th>状态<th>地址<tr><td>甲<td>1<td>2</table>`
	cases := []struct {
		name, page string
		want       []recipe.Table
		kind, what string
		line, hint string
	}{
		{"no table", `<body><p>无`, people(), NoTable, "样表", "irs tables[TABLE-9].columns", "先在浏览器里打开"},
		{"another table", `<table><tr><th>一<th>二<tr><td>1<td>2</table>`, people(), NoTable, "样表", "irs tables[TABLE-9].columns", "列名都改了"},
		{"renamed", `<table><tr><th>名称<th>当前状态<th>地址<tr><td>甲<td>1<td>2</table>`, people(), MissingColumn, "状态", "irs tables[TABLE-9].columns[状态].also", "当前状态"},
		{"gone", `<table><tr><th>名称<th>地址<tr><td>甲<td>2</table>`, people(), MissingColumn, "状态", "irs tables[TABLE-9].columns[状态].also", "对照页面"},
		{"twice", `<table><tr><th>名称<th>状态<th>状态<th>地址<tr><td>甲<td>1<td>2<td>3</table>`, people(), AmbiguousColumn, "状态", "irs tables[TABLE-9].columns[状态]", "分组>状态"},
		{"twice in groups", `<table><tr><th rowspan=2>名称<th>线上<th>测试<tr><th>时间<th>时间<tr><td>甲<td>1<td>2</table>`, repeated, AmbiguousColumn, "时间", "irs tables[TABLE-9].columns[时间]", "分组>时间"},
		{"two tables alike", twice + `<p>其他</p>` + strings.Replace(twice, "甲", "乙", 1), people(), Ambiguous, "样表", "irs tables[TABLE-9].heading", "标题"},
		{"a row too short", `<table><tr><th>名称<th>状态<th>地址<tr><td>甲<td>1<td>2<tr><td>乙<td>1</table>`, people(), Ragged, "第 2 行 乙", "irs tables[TABLE-9].columns", "加载完"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			res := read(t, c.page, c.want)
			if len(res.Drift) != 1 || len(res.Rows) != 0 || len(res.Links) != 0 || len(res.Parts) != 0 {
				t.Fatalf("got %+v", res)
			}
			if d := res.Drift[0]; d.Kind != c.kind || d.What != c.what || d.Recipe != c.line || !strings.Contains(d.Hint, c.hint) || d.Message == "" || d.Seen == nil {
				t.Errorf("got %+v", d)
			}
		})
	}
}

func TestHeadingDecides(t *testing.T) {
	one := `<table><tr><th>名称<th>状态<th>地址<tr><td>甲<td>1<td>2</table>`
	other := strings.Replace(one, "甲", "乙", 1)
	for name, page := range map[string]string{"before": `<h3>别的</h3>` + other + `<h3>样 表：</h3>` + one, "after": `<h3><i></i>样<b>表</b></h3>` + one + `<h3>别的</h3>` + other} {
		res := read(t, page, people())
		if got := rowsJSON(t, res); len(res.Drift) > 0 || !strings.Contains(got, "甲") || strings.Contains(got, "乙") {
			t.Errorf("%s: %s %+v", name, got, res.Drift)
		}
	}
}

// What is offered for tables that are alike are the texts above them: each of them, written down as the heading, decides.
func TestHeadingsOfTablesAlike(t *testing.T) {
	one := `<table><tr><th>名称<th>状态<th>地址<tr><td>甲<td>1<td>2</table>`
	page := `<h3>线<b>上</b></h3><button>新增</button>` + one + `<p>共 1 条</p><h3>测试</h3><button>新增</button>` + strings.Replace(one, "甲", "乙", 1)
	res := read(t, page, people())
	if len(res.Drift) != 1 || res.Drift[0].Kind != Ambiguous || !slices.Contains(res.Drift[0].Seen, "线上") || !slices.Contains(res.Drift[0].Seen, "测试") || slices.Contains(res.Drift[0].Seen, "新增") {
		t.Fatalf("got %+v", res.Drift)
	}
	for _, h := range res.Drift[0].Seen {
		want := people()
		want[0].Heading = h
		if again := read(t, page, want); len(again.Drift) > 0 || len(again.Rows) != 1 {
			t.Errorf("%s: %+v", h, again.Drift)
		}
	}
	if bare := read(t, one+strings.Replace(one, "甲", "乙", 1), people()); len(bare.Drift) != 1 || bare.Drift[0].Seen == nil || len(bare.Drift[0].Seen) > 0 {
		t.Errorf("got %+v", bare.Drift)
	}
}

func TestGroupNamesARepeatedHeader(t *testing.T) {
	page := `<table><tr><th rowspan=2>名称<th>线上<th>测试<tr><th>时间<th>时间<tr><td>甲<td>1<td>2</table>`
	res := read(t, page, people(recipe.Column{Header: "名称"}, recipe.Column{Header: "测试>时间"}))
	if got, want := rowsJSON(t, res), `[{"名称":"甲","测试\u003e时间":"2","线上\u003e时间":"1"}]`; got != want {
		t.Errorf("got %s, want %s, %+v", got, want, res.Drift)
	}
}

func TestEmptyTables(t *testing.T) {
	for name, page := range map[string]string{
		"a word over all columns": `<table><thead><tr><th>名称<th>状态<th>地址</thead><tr><td colspan=3>暂无数据</table>`,
		"a word in one cell":      `<table><thead><tr><th>名称<th>状态<th>地址</thead><tr><td>暂无数据</table>`,
		"a body apart":            `<div><div><table><thead><tr><th>名称<th>状态<th>地址</table></div><div><table><tbody></table><div>暂无数据</div></div></div>`,
		"no body":                 `<table><thead><tr><th>名称<th>状态<th>地址</thead></table><p>暂无数据`,
	} {
		if res := read(t, page, people()); rowsJSON(t, res) != "[]" || len(res.Drift) > 0 {
			t.Errorf("%s: %+v", name, res)
		}
	}
}

func TestTABLE3(t *testing.T) {
	r, err := recipe.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	want := recipe.Find(r, "hosting").TablesOf("TABLE-3")
	page := `<h4>线上环境</h4><table><tr><th>版本号<th>版本上线时间<th>更新时间<th>灰度值<th>操作<tr><td>1.0.0<td>a<td>b<td>100%<td>选择版本回滚</table>
		<h4>测试环境</h4><table><tr><th>版本号<th>更新时间<th>预览地址<th>编译状态<th>操作<tr><td>1.0.1<td>c<td><a href="http://127.0.0.1/x"><img title="二维码"></a><td>代码编译中<td>删除<tr><td>1.0.2<td>c<td>d<td>代码编译通过<td>删除</table>`
	res := read(t, page, want)
	if res.Table != "TABLE-3" || len(res.Rows) != 3 || len(res.Drift) != 0 || len(res.Parts) != 2 || res.Parts[1] != (Part{"测试环境", 1, 2}) {
		t.Fatalf("got %+v", res)
	}
	if res.Rows[1]["预览地址"] != "http://127.0.0.1/x" || res.Links[1]["预览地址"][0] != "http://127.0.0.1/x" {
		t.Errorf("got %v %v", res.Rows[1], res.Links[1])
	}
	if res = read(t, strings.Replace(page, "编译状态", "构建情况", 1), want); len(res.Rows) != 0 || len(res.Parts) != 0 || res.Drift[0].What != "编译状态" {
		t.Errorf("got %+v", res)
	}
}

func TestHostileTexts(t *testing.T) {
	page := "<table><tr><th>名称<th>状态<th>地址<tr><td>甲\u202e\u0007\u200b乙 &lt;b&gt;<script>x</script><td><img src=x onerror=alert(1)>好<td><a href='javascript:alert(1)'></a><a href='data:text/html,x'></a></table>"
	res := read(t, page, people())
	if got := res.Rows[0]["名称"]; got != "甲乙 <b>" {
		t.Errorf("got %q", got)
	}
	if res.Rows[0]["地址"] != "" || len(res.Links[0]) != 0 {
		t.Errorf("got %v %v", res.Rows[0], res.Links[0])
	}
}

func TestLimits(t *testing.T) {
	cases := map[string]string{
		"depth":    strings.Repeat("<div>", 500) + "<table><tr><td>x",
		"deeper":   strings.Repeat("<div>", 100000),
		"cells":    "<table>" + strings.Repeat("<tr><td colspan=1000>x<td colspan=1000>y", 400),
		"row span": "<table>" + strings.Repeat("<tr>"+strings.Repeat("<td rowspan=60000>x", 200), 300),
	}
	for name, page := range cases {
		s, err := Open([]byte(page))
		if err == nil {
			_, err = Read(s, "irs", people())
		}
		if listing.CodeOf(err) != listing.CodeTooLarge || listing.AsError(err).Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := parseLimits([]byte(`{version: "1", source: x, date: "2026-01-01", rows: 0}`)); err == nil {
		t.Error("limits without numbers are taken")
	}
}
