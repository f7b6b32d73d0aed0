package fill

import (
	"strings"
	"testing"

	"shangjiatong/app/browser"
)

// Buttons that stand where one more row, or the following page, is looked for. Only what the caller names is pressed, and
// where it names nothing what begins with a usual word: never what sends the form, or belongs to another part of the page.
func TestPressesOnlyWhatIsNamed(t *testing.T) {
	b := started(t)
	const head = `<style>.h,.lab{font-weight:bold}</style><script>window.pressed = [];
		const more = (e) => { pressed.push(e.textContent.trim()); const l = document.querySelector('p.row'); l.after(l.cloneNode(true)); };</script>`
	row := `<p class=row><label>姓名</label><input> <label>电话</label><input></p>`
	button := func(text string) string { return `<button type=button onclick="more(this)">` + text + `</button>` }
	field := func(add string) string {
		return `<div><b class=lab>联系方式</b><div>` + row + `</div>` + add + `</div>`
	}
	flat := `<h3>联系方式</h3>` + row
	rows := Ask{Label: "联系方式", Value: Value{Rows: []map[string]string{{"姓名": "联系人甲", "电话": "1"}, {"姓名": "联系人乙", "电话": "2"}}}}
	later := []Ask{{Label: "甲", Value: Value{Text: ptr("x")}}, {Label: "乙", Value: Value{Text: ptr("y")}}}
	pages := func(next string) string {
		return `<div id=a><label>甲</label><input></div><div id=b hidden><label>乙</label><input></div><script>const on = (e) => { pressed.push(e.textContent.trim()); a.hidden = true; document.getElementById('b').hidden = false; }</script>` + strings.ReplaceAll(next, "<button", `<button type=button onclick="on(this)"`)
	}
	for name, c := range map[string]struct {
		page    string
		asks    []Ask
		add     []string
		next    []string
		pressed string
		says    string
	}{
		"a usual one, nothing named":       {field(button("新增一行")), []Ask{rows}, nil, nil, "新增一行", ""},
		"the one that is named":            {field(button("+ 新增联系方式")), []Ask{rows}, []string{"新增联系方式"}, nil, "+ 新增联系方式", ""},
		"a longer one than is named":       {field(button("新增联系方式模板")), []Ask{rows}, []string{"新增联系方式"}, nil, "", "没有找到新增"},
		"one that is not named":            {field(button("新增")), []Ask{rows}, []string{"新增联系方式"}, nil, "", "没有找到新增"},
		"a recipe that names none":         {field(button("新增")), []Ask{rows}, []string{}, nil, "", "没有找到新增"},
		"one that also sends":              {field(button("新增联系方式并提交")), []Ask{rows}, nil, nil, "", "没有找到新增"},
		"one that sends its form":          {`<form onsubmit="pressed.push('form');return false">` + field(`<button>添加</button>`) + `</form>`, []Ask{rows}, nil, nil, "", "不点这类按钮"},
		"that of another part":             {flat + `<h3>附件</h3>` + button("新增") + row, []Ask{rows}, nil, nil, "", "没有找到新增"},
		"that of another label":            {`<b class=h>联系方式</b>` + row + `<b class=h>附件</b>` + button("新增"), []Ask{rows}, nil, nil, "", "没有找到新增"},
		"behind headings of the rows":      {`<h3>联系方式</h3><div class=rows><h4>第 1 位</h4>` + row + `</div>` + button("新增"), []Ask{rows}, nil, nil, "新增", ""},
		"one that a title says sends":      {field(`<button type=button title=保存草稿 onclick="more(this)">新增</button>`), []Ask{rows}, nil, nil, "", "不点这类按钮"},
		"the next page":                    {pages(`<button>下一步</button>`), later, nil, []string{"下一步"}, "下一步", ""},
		"a recipe that names no next page": {pages(`<button>下一步</button>`), later, nil, []string{}, "", "没有这一栏"},
		"a next page that sends":           {pages(`<button>进入下一步并保存草稿</button>`), later, nil, []string{"进入下一步并保存草稿"}, "", "没有这一栏"},
		"two of them":                      {pages(`<button>下一步</button><button>下一步</button>`), later, nil, nil, "", "2 个“下一步”"},
		"one under a dialog":               {`<button type=button>下一步</button><div style="position:fixed;inset:0;background:#fff">` + pages(`<button>下一步</button>`) + `</div>`, later, nil, nil, "下一步", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := opened(t, b, served(t, head+c.page), "就绪")
			res, err := Fill(t.Context(), p, c.asks, Options{Add: c.add, Next: c.next})
			if err != nil {
				t.Fatal(err)
			}
			pressed, err := browser.Evaluate[string](t.Context(), p, "pressed.join()")
			if err != nil || pressed != c.pressed || !strings.Contains(told(res), c.says) || res.PressedFinal {
				t.Errorf("pressed %q, want %q; %+v, %v", pressed, c.pressed, res, err)
			}
			if f := res.Fields[len(res.Fields)-1]; f.OK != (c.pressed != "") {
				t.Errorf("%+v", f)
			}
		})
	}
}
