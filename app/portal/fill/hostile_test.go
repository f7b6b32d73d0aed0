package fill

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
)

// counting makes every press of a final button on a page of ours known as window.finals.
const counting = `<!doctype html><meta charset="utf-8"><script>window.finals = 0;</script><p>就绪</p>`

func served(t *testing.T, body string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/else" {
			_, _ = w.Write([]byte("<!doctype html><p>别处</p>"))
			return
		}
		_, _ = w.Write([]byte(counting + body))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestRefuses(t *testing.T) {
	b := started(t)
	menu := `<div>模式：<input readonly onclick="menu.hidden=false"></div>`
	for name, c := range map[string]struct{ page, values, says string }{
		"label twice":             {`<h3>甲方</h3><div><label>名称</label><input></div><h3>乙方</h3><div><label>名称</label><input></div>`, `{"名称":{"text":"x"}}`, "所在标题>栏目名称"},
		"no such label":           {`<div><label>名称</label><input></div>`, `{"别名":{"text":"x"}}`, "没有这一栏"},
		"label without a control": {`<div><label>名称</label><b>已定</b></div><div><label>别名</label><input></div>`, `{"名称":{"text":"x"}}`, "没有可以填写的地方"},
		"two controls":            {`<div><label>起止</label><input><input></div>`, `{"起止":{"text":"x"}}`, "不知道填哪一个"},
		"read-only":               {`<div><label>名称</label><input readonly></div>`, `{"名称":{"text":"x"}}`, "只读"},
		"disabled":                {`<div><label>名称</label><input disabled></div>`, `{"名称":{"text":"x"}}`, "已禁用"},
		"too long":                {`<div><label>名称</label><input maxlength=4></div>`, `{"名称":{"text":"示例会议室"}}`, "最多 4 个字"},
		"too long for a text":     {`<div><label>名称</label><textarea maxlength=4></textarea></div>`, `{"名称":{"text":"示例会议室"}}`, "要填的有 5 个"},
		"a version as a number":   {`<div><label>版本</label><input type=number onblur="this.value=Number(this.value)"></div>`, `{"版本":{"text":"1.10"}}`, "不一致"},
		"a day and another":       {`<div><label>日期</label><input onblur="this.value+=' ~ 2026-04-01'"></div>`, `{"日期":{"date":"2026-03-09"}}`, "不一致"},
		"no such option":          {`<div><label>层级</label><select><option>甲<option>乙</select></div>`, `{"层级":{"choose":"丙"}}`, "选项里没有"},
		"no such radio":           {`<div>层级：<label><input type=radio>甲</label></div>`, `{"层级":{"choose":"丙"}}`, "选项里没有"},
		"no such file":            {`<div><label>材料</label><input type=file></div>`, `{"材料":{"files":["没有/a.pdf"]}}`, "读不了文件"},
		"moving": {menu + `<script>let n=0;setInterval(()=>{document.querySelector('input').style.marginLeft=(n++%9*17)+'px'},20)</script><ul id=menu hidden><li>甲</ul>`,
			`{"模式":{"choose":"甲"}}`, "移动"},
		"covered by a final button": {`<div style="position:relative;width:300px">模式：<input readonly style="width:200px;position:absolute;left:0;top:20px;height:30px">
			<div role=button onclick="finals++" style="position:absolute;left:0;top:20px;width:210px;height:36px;z-index:9">提交</div></div>`, `{"模式":{"choose":"甲"}}`, "遮住"},
		"what the page says": {`<div><label>名称</label><input><p role=alert>名称已存在</p></div>`, `{"名称":{"text":"x"}}`, "名称已存在"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, res := filledWith(t, b, c.page, c.values, Options{})
			if f := res.Fields[0]; f.OK || !strings.Contains(f.Message, c.says) {
				t.Errorf("%+v, want a refusal with %q", f, c.says)
			}
			if n, err := browser.Evaluate[int](t.Context(), p, "finals"); err != nil || n > 0 || res.PressedFinal {
				t.Errorf("final buttons pressed: %d, told %v, %v", n, res.PressedFinal, err)
			}
		})
	}
}

// TestStandingRed are red texts beside a field: what stood there before it was filled is a hint, unless the control itself
// shows that it is wrong. The same holds when the form is filled once more.
func TestStandingRed(t *testing.T) {
	b := started(t)
	said := `<p style="color:red">名称已存在</p>`
	for name, c := range map[string]struct {
		page, says string
	}{
		"a mark":                        {`<input><span style="color:red">* 必填</span>`, ""},
		"a hint below":                  {`<input><p style="color:#f56c6c">请如实填写</p>`, ""},
		"comes with the value":          {`<input oninput="this.insertAdjacentHTML('afterend', '<p style=color:red>名称已存在</p>')">`, "名称已存在"},
		"an alert that stood there":     {`<input>` + said[:2] + ` role=alert` + said[2:], "名称已存在"},
		"the control says it is wrong":  {`<input aria-invalid=true>` + said, "名称已存在"},
		"the control has a red edge":    {`<input style="border:1px solid #f56c6c">` + said, "名称已存在"},
		"the edge is a shadow":          {`<span style="box-shadow:0 0 0 1px #f56c6c inset"><input style="border:0"></span>` + said, "名称已存在"},
		"the hint is replaced":          {`<input oninput="this.nextSibling.textContent='名称已存在'"><span style="color:red">* 必填</span>`, "名称已存在"},
		"the name of a reason is known": {`<input aria-invalid=true aria-describedby=why><i id=why>名称已存在</i>`, "名称已存在"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := opened(t, b, served(t, `<div><label>名称</label>`+c.page+`</div>`), "就绪")
			for range 2 {
				res, err := Fill(t.Context(), p, []Ask{{Label: "名称", Value: Value{Text: ptr("x")}}}, Options{})
				if f := res.Fields[0]; err != nil || f.OK != (c.says == "") || f.Message != c.says {
					t.Errorf("%+v, %v; want %q", f, err, c.says)
				}
			}
		})
	}
}

func TestHeadingTellsApart(t *testing.T) {
	b := started(t)
	p := opened(t, b, served(t, `<h3>甲方</h3><div><label>名称</label><input></div><h3>乙方</h3><div><label>名称</label><input></div>`), "就绪")
	asks := []Ask{{Heading: "乙方", Label: "名称", Value: Value{Text: ptr("x")}}}
	res, err := Fill(t.Context(), p, asks, Options{})
	if err != nil || !res.Fields[0].OK {
		t.Fatalf("%+v, %v", res, err)
	}
	if got, _ := browser.Evaluate[string](t.Context(), p, "[...document.querySelectorAll('input')].map(i => i.value).join('|')"); got != "|x" {
		t.Errorf("filled %q", got)
	}
}

func TestPageGoesAway(t *testing.T) {
	b := started(t)
	p := opened(t, b, served(t, `<div><label>甲</label><input onchange="location.href='/else'"></div><div><label>乙</label><input></div>`), "就绪")
	res, err := Fill(t.Context(), p, []Ask{{Label: "甲", Value: Value{Text: ptr("x")}}, {Label: "乙", Value: Value{Text: ptr("y")}}}, Options{})
	if err == nil && (len(res.Fields) != 2 || res.Fields[1].OK) {
		t.Errorf("%+v", res)
	}
}

func TestCancel(t *testing.T) {
	b := started(t)
	p := opened(t, b, served(t, `<div><label>甲</label><input></div>`), "就绪")
	ctx, stop := context.WithCancel(t.Context())
	asks := []Ask{{Label: "甲", Value: Value{Text: ptr("x")}}, {Label: "从不", Value: Value{Text: ptr("x")}}}
	stop()
	if _, err := Fill(ctx, p, asks, Options{}); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("%v, want canceled", err)
	}
}

// TestTellsFinals moves a final button under the mouse in the very moment of the click: that must not go unnoticed.
func TestTellsFinals(t *testing.T) {
	b := started(t)
	p := opened(t, b, served(t, `<div><label>模式</label><input readonly style="width:200px;height:30px"></div>
		<button type=button style="position:fixed;display:none;inset:0;width:100%;height:100%">提交</button>
		<script>let moves=0; addEventListener('mousemove',()=>{if(++moves>1)document.querySelector('button').style.display='block'})</script>`), "就绪")
	res, err := Fill(t.Context(), p, []Ask{{Label: "模式", Value: Value{Choose: ptr("甲")}}}, Options{})
	if err != nil || !res.PressedFinal || res.Fields[0].OK {
		t.Errorf("%+v, %v", res, err)
	}
}

func TestLabels(t *testing.T) {
	b := started(t)
	p := opened(t, b, served(t, `<h3>基本</h3><div><label>名称*</label><input></div><div><label>层级</label><select><option>甲<option>乙</select></div>`), "就绪")
	got, err := Labels(t.Context(), p)
	if err != nil || len(got) != 2 || got[0].Label != "名称" || got[0].Heading != "基本" || got[1].Kind != "choose" || len(got[1].Options) != 2 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestLabelsOfRows are pages that nobody has told us of: what stands before a control is its label, and beside a button for
// one more row stand the rows of one field.
func TestLabelsOfRows(t *testing.T) {
	b := started(t)
	for name, c := range map[string]struct{ page, want string }{
		"labels inside the rows": {`<div><p>单位</p><input></div><div><p>联系方式</p><div><i>*</i><p>姓名</p><input><p>电话</p><input></div><div><p>姓名</p><input><p>电话</p><input></div><a role=button>+ 新增联系方式</a></div><button>提交</button>`,
			"单位 text [] 联系方式 rows [姓名 电话]"},
		"headers of columns": {`<h3>人员</h3><table><thead><tr><th>序号<th>姓名<th>分工<th>操作</thead><tr><td>1<td><input><td><select><option>甲</select><td><a role=button>删除</a></table><button>新增一行</button><p>备注</p><textarea></textarea>`,
			"人员 rows [姓名 分工] 备注 text []"},
		"all in one line":    {`<form><p>单位</p><input><p>类型</p><label><input type=radio>甲</label><label><input type=radio>乙</label><p>联系方式</p><p>姓名</p><input><button type=button>添加</button><p>备注</p><input><button>提交</button></form>`, "单位 text [] 类型 choose [] 联系方式 rows [姓名] 备注 text []"},
		"a button of no row": {`<p>单位</p><input><p>附件<button>添加说明</button></p><p>备注</p><input placeholder=请输入备注>`, "单位 text [] 备注 text []"},
		"no row as yet":      {`<p>单位</p><input><p>人员</p><button>新增</button><p>备注</p><input>`, "单位 text [] 备注 text []"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Labels(t.Context(), opened(t, b, served(t, c.page), "就绪"))
			if err != nil {
				t.Fatal(err)
			}
			said := []string{}
			for _, l := range got {
				said = append(said, l.Label, l.Kind, fmt.Sprint(l.Cells))
			}
			if told := strings.Join(said, " "); told != c.want {
				t.Errorf("got %s, want %s", told, c.want)
			}
		})
	}
}

// TestLost are fields whose label the page does not have, or has more than once, or under another heading only: that is
// another field, for all anybody can tell.
func TestLost(t *testing.T) {
	b := started(t)
	line := func(label string) string { return `<div><label>` + label + `</label><input></div>` }
	for name, c := range map[string]struct {
		page, lost string
		also       []Ask
		seen       int
	}{
		"there":          {page: `<h3>甲部分</h3>` + line("名称")},
		"moved":          {page: `<h3>乙部分</h3>` + line("名称"), lost: Moved, seen: 1},
		"no heading":     {page: line("名称"), lost: Moved, seen: 1},
		"renamed":        {page: `<h3>甲部分</h3>` + line("新名称") + line("备注"), lost: Absent, seen: 2},
		"twice":          {page: `<h3>乙部分</h3>` + line("名称") + `<h3>丙部分</h3>` + line("名称"), lost: Moved, seen: 2},
		"one of another": {page: `<h3>乙部分</h3>` + line("名称"), lost: Moved, seen: 1, also: []Ask{{Heading: "乙部分", Label: "名称", Value: Value{Text: ptr("y")}}}},
	} {
		t.Run(name, func(t *testing.T) {
			p := opened(t, b, served(t, c.page), "就绪")
			asks := append([]Ask{{Heading: "甲部分", Label: "名称", Value: Value{Text: ptr("x")}}}, c.also...)
			res, err := Fill(t.Context(), p, asks, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := res.Fields[0]; got.Lost != c.lost || got.OK != (c.lost == "") || len(res.Seen) != c.seen {
				t.Errorf("%+v, sees %+v", got, res.Seen)
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

// TestHostile are the tricks of pages that are bad, or merely badly made: refused or survived, always told, and no final
// button pressed.
func TestHostile(t *testing.T) {
	b := started(t)
	line := func(label, attributes string) string {
		return `<div><label>` + label + `</label><input ` + attributes + `></div>`
	}
	for name, c := range map[string]struct {
		page  string
		first bool   // whether 甲 comes out right
		told  string // in a message or a note
	}{
		"alert once the field is entered":  {line("甲", `onfocus="alert('系统即将维护')"`), true, "系统即将维护"},
		"alerts without end":               {line("甲", `onblur="for(let i=0;i<40;i++)alert('请注意'+i%2)"`), true, "次）"},
		"confirm":                          {line("甲", `onfocus="if(confirm('是否提交？'))finals++"`), true, "是否提交"},
		"download":                         {line("甲", `onblur="const a=document.createElement('a');a.href='data:application/octet-stream,x';a.download='说明.txt';a.click()"`), true, "说明.txt"},
		"leaves after the first field":     {line("甲", `onblur="location.href='/else'"`), false, "别处"},
		"does not let itself be left":      {line("甲", "") + `<script>addEventListener('beforeunload',(e)=>{e.preventDefault();e.returnValue='x'})</script>`, true, ""},
		"the input is replaced on leaving": {line("甲", `onblur="this.replaceWith(Object.assign(document.createElement('input'),{value:'别的'}))"`), true, ""},
		"and keeps what it held":           {line("甲", `onblur="const n=this.cloneNode();n.value=this.value;this.replaceWith(n)"`), true, ""},
		"the value is changed on leaving":  {line("甲", `onblur="this.value='改过'"`), false, "不一致"},
		"moves all the time":               {line("甲", "") + `<script>let n=0;setInterval(()=>{document.body.style.marginTop=(n++%7*23)+'px'},40)</script>`, true, ""},
		"the label twice":                  {line("甲", "") + line("甲", ""), false, "2 处"},
		"a button in the label's place":    {`<button type=button onclick="finals++">甲</button><input type=hidden>`, false, "没有这一栏"},
		"the prototypes are changed":       {line("甲", "") + `<script>Element.prototype.getBoundingClientRect=()=>new DOMRect();document.querySelectorAll=()=>[];Array.prototype.map=()=>[];JSON.parse=()=>null</script>`, true, ""},
		"Enter submits":                    {`<form onsubmit="finals++;return false">` + line("甲", "") + `<button>提交</button></form>`, true, ""},
		"a change submits":                 {`<form id=f onsubmit="finals++;return false">` + line("甲", `onchange="document.getElementById('f').requestSubmit()"`) + `</form>`, true, ""},
		"markup in what it says":           {line("甲", "") + `<p role=alert>&lt;img src=x onerror=finals++&gt;</p>`, false, "<img"},
		"twenty thousand elements":         {line("甲", "") + `<script>document.write('<p>'.repeat(0)+Array(20000).fill('<i>x</i>').join(''))</script>`, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := opened(t, b, served(t, c.page+line("乙", "")), "就绪")
			asks := []Ask{{Label: "甲", Value: Value{Text: ptr("x")}}, {Label: "乙", Value: Value{Text: ptr("y")}}}
			res, err := Fill(t.Context(), p, asks, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if res.Fields[0].OK != c.first || !strings.Contains(told(res), c.told) {
				t.Errorf("%+v, want %v with %q", res, c.first, c.told)
			}
			for _, f := range res.Fields {
				if !f.OK && f.Message == "" {
					t.Errorf("nothing is told of %+v", f)
				}
			}
			finals, err := browser.Evaluate[int](t.Context(), p, "globalThis.finals || 0")
			if err != nil || res.PressedFinal || finals > 0 && !strings.Contains(name, "a change submits") {
				t.Errorf("%d final buttons were pressed, %v: %+v", finals, err, res)
			}
		})
	}
}

// TestNewWindow opens windows and shows what only a real click may: the form is filled all the same, and it is told.
func TestNewWindow(t *testing.T) {
	b := started(t)
	p := opened(t, b, served(t, `<div>甲：<label><input type=radio onclick="window.open('/else')">是</label></div>`), "就绪")
	res, err := Fill(t.Context(), p, []Ask{{Label: "甲", Value: Value{Choose: ptr("是")}}}, Options{})
	if err != nil || !res.Fields[0].OK || !strings.Contains(told(res), "新窗口") {
		t.Errorf("%+v, %v", res, err)
	}
}

func told(res Result) string {
	texts := res.Notes
	for _, f := range res.Fields {
		texts = append(texts, f.Message)
	}
	return strings.Join(texts, "\n")
}

// TestStuck is a page whose script never ends: that is an error, in bounded time, and what was filled is told.
func TestStuck(t *testing.T) {
	b := started(t)
	p := opened(t, b, served(t, `<div><label>甲</label><input onblur="for(;;);"></div>`), "就绪")
	res, err := Fill(t.Context(), p, []Ask{{Label: "甲", Value: Value{Text: ptr("x")}}}, Options{})
	if err == nil || listing.CodeOf(err) != listing.CodeUnreadable || len(res.Fields) != 1 || res.Fields[0].OK {
		t.Errorf("%+v, %v", res, err)
	}
}

func replaced(s string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(s) }
