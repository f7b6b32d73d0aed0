package fill

import (
	"strings"
	"testing"

	"shangjiatong/app/browser"
)

// Options that cannot be told apart, or that the page does not let be chosen: none of them is taken for another.
func TestOptionsOfTheSameText(t *testing.T) {
	b := started(t)
	native := func(options string) string {
		return `<div><label>区划</label><select oninput="model.a=this.value"><option value="">请选择</option>` + options + `</select></div>`
	}
	drawn := func(rows, style string) string {
		return `<script>const all = [` + rows + `]; function grouped(box) { const l = layer(box); l.style.cssText += ';` + style + `'; l.append(...all.map(([t, v, off]) => { const o = option(t, () => { if (off) return; model.a = v || t; box.firstElementChild.textContent = t; l.remove(); }); if (off) o.setAttribute('aria-disabled', 'true'); if (v === '') { o.onclick = null; o.style.fontWeight = 'bold'; } return o; })); }</script>` + box("区划", "grouped(this)")
	}
	const choose, check, way = `{"区划":{"choose":"西区"}}`, `{"区划":{"check":["西区"]}}`, `{"区划":{"path":["甲省","乙市","西区"]}}`
	long := strings.Repeat(`['东区'],`, 30)
	for name, c := range map[string]struct{ page, values, model, says string }{
		"native, two groups":               {native(`<optgroup label=甲市><option value=1>西区</optgroup><optgroup label=乙市><option value=2>西区</optgroup>`), choose, `{}`, "有几个"},
		"native, the same twice":           {native(`<optgroup label=常用><option value=1>西区</optgroup><optgroup label=全部><option value=1>西区</optgroup>`), choose, `{"a":"1"}`, ""},
		"native, disabled":                 {native(`<option value=1 disabled>西区<option value=2>东区`), choose, `{}`, "已禁用"},
		"native, its group is disabled":    {native(`<optgroup label=甲市 disabled><option value=1>西区</optgroup><option value=2>东区`), choose, `{}`, "已禁用"},
		"native, one of two is disabled":   {native(`<option value=1 disabled>西区<option value=2>西区`), choose, `{"a":"2"}`, ""},
		"native of several":                {`<div><label>区划</label><select multiple oninput="model.a=this.value"><option value=1>西区<option value=2>西区</select></div>`, check, `{}`, "有几个"},
		"drawn, two groups":                {drawn(`['甲市',''],['西区','1'],['乙市',''],['西区','2']`, ""), choose, `{}`, "有几个"},
		"drawn, of several":                {drawn(`['甲市',''],['西区','1'],['乙市',''],['西区','2']`, ""), check, `{}`, "有几个"},
		"drawn, the other out of sight":    {drawn(`['西区','1'],`+long+`['西区','2']`, "max-height:160px"), choose, `{}`, "有几个"},
		"drawn, one of two is disabled":    {drawn(`['西区','1',true],['西区','2']`, ""), choose, `{"a":"2"}`, ""},
		"drawn, disabled":                  {drawn(`['西区','1',true],['东区','2']`, ""), choose, `{}`, "已禁用"},
		"drawn, with a copy for measuring": {drawn(`['西区','1'],['东区','2']`, "") + `<script>const was = grouped; grouped = (b) => { was(b); const l = document.body.lastElementChild.cloneNode(true); l.style.left = '-900px'; document.body.append(l); };</script>`, choose, `{"a":"1"}`, ""},
		"a level with it twice":            {box("区划", "columns(this,'a')") + `<script>places[0][1][1][1].push(['西区'])</script>`, way, `{}`, "有几个"},
		"a branch with it twice":           {box("区划", "tree(this,'a')") + `<script>places[0][1][1][1].push(['西区'])</script>`, way, `{}`, "有几个"},
		"a level that has two such":        {box("区划", "columns(this,'a')") + `<script>places[0][1].push(['乙市', [['西区']]])</script>`, way, `{}`, "有几个"},
		"levels of the same text":          {box("区划", "columns(this,'a')") + `<script>places.push(['丁市', [['丁市', [['丁市']]]]])</script>`, `{"区划":{"path":["丁市","丁市","丁市"]}}`, `{"a":"丁市/丁市/丁市"}`, ""},
		"levels that show beforehand": {box("区划", "columns(this,'a'); for (let i = 0; i < 2; i += 1) document.querySelector('.layer').lastChild.lastChild.click()") + `<script>places.push(['丁市', [['丁市', [['丁市']]]]])</script>`,
			`{"区划":{"path":["丁市","丁市","丁市"]}}`, `{"a":"丁市/丁市/丁市"}`, ""},
		"a cell that is disabled": {`<div><b class=lab>人员</b><p><label>姓名</label><input value=甲><label>分工</label><select disabled oninput="model.a=1"><option>开发<option>测试</select></p></div>`,
			`{"人员":{"rows":[{"姓名":"甲","分工":"测试"}]}}`, `{}`, "已禁用"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := opened(t, b, served(t, drawnKit+c.page), "就绪")
			asks, err := ParseValues([]byte(c.values))
			if err != nil {
				t.Fatal(err)
			}
			res, err := Fill(t.Context(), p, asks, Options{})
			if err != nil {
				t.Fatal(err)
			}
			model, err := browser.Evaluate[string](t.Context(), p, "JSON.stringify(model)")
			if f := res.Fields[0]; f.OK != (c.says == "") || !strings.Contains(f.Message, c.says) || model != c.model || err != nil {
				t.Errorf("%+v; the page holds %s, want %s with %q, %v", f, model, c.model, c.says, err)
			}
		})
	}
}
