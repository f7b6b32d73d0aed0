package fill

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/browser"
)

// twoSteps is a form of two pages, each with its own HTML. kept draws the second below the first.
func twoSteps(first, second string, kept bool) string {
	hide := "a.hidden=true;"
	if kept {
		hide = ""
	}
	return `<div id=a>` + first + `</div><div id=b hidden>` + second + `</div>
		<button type=button id=n onclick="` + hide + `b.hidden=false;n.hidden=true">下一步</button>`
}

// A label that two steps of a form have: what stands under a heading is filled there and nowhere else; what nobody told
// apart is never passed off as right.
func TestSameLabelOnTwoSteps(t *testing.T) {
	b := started(t)
	field := func(heading, label, id string) string {
		return `<h3>` + heading + `</h3><div><label>` + label + `</label><input id=` + id + `></div>`
	}
	last := field("末尾", "备注", "z")
	for name, c := range map[string]struct {
		page   string
		values string
		holds  map[string]string // by the inputs' IDs
		ok     map[string]bool
		says   string
	}{
		"the heading of the second": {twoSteps(field("甲方", "名称", "x"), field("乙方", "名称", "y"), false), `{"乙方>名称":{"text":"乙"}}`,
			map[string]string{"y": "乙"}, map[string]bool{"乙方>名称": true}, ""},
		"the heading of the first": {twoSteps(field("甲方", "名称", "x"), field("乙方", "名称", "y")+last, false), `{"甲方>名称":{"text":"甲"},"备注":{"text":"注"}}`,
			map[string]string{"x": "甲", "z": "注"}, map[string]bool{"甲方>名称": true, "备注": true}, ""},
		"both": {twoSteps(field("甲方", "名称", "x"), field("乙方", "名称", "y"), false), `{"乙方>名称":{"text":"乙"},"甲方>名称":{"text":"甲"}}`,
			map[string]string{"x": "甲", "y": "乙"}, map[string]bool{"甲方>名称": true, "乙方>名称": true}, ""},
		"a heading that no step has": {twoSteps(field("甲方", "名称", "x"), field("乙方", "名称", "y"), false), `{"丙方>名称":{"text":"丙"}}`,
			nil, map[string]bool{"丙方>名称": false}, "不在所写的标题下面"},
		"the label alone, twice in a step": {twoSteps(field("甲方", "名称", "x")+field("乙方", "名称", "y"), last, false), `{"名称":{"text":"甲"}}`,
			nil, map[string]bool{"名称": false}, "2 处"},
		"the label alone, once in each step": {twoSteps(field("甲方", "名称", "x"), field("乙方", "名称", "y")+last, false), `{"名称":{"text":"甲"},"备注":{"text":"注"}}`,
			map[string]string{"x": "甲", "z": "注"}, map[string]bool{"名称": false, "备注": true}, "前面一步"},
		"the label alone, and one with its heading": {twoSteps(field("甲方", "名称", "x"), field("乙方", "名称", "y"), false), `{"名称":{"text":"甲"},"乙方>名称":{"text":"乙"}}`,
			map[string]string{"x": "甲", "y": "乙"}, map[string]bool{"名称": true, "乙方>名称": true}, ""},
		"the first step stays on the page": {twoSteps(field("甲方", "名称", "x"), last, true), `{"名称":{"text":"甲"},"备注":{"text":"注"}}`,
			map[string]string{"x": "甲", "z": "注"}, map[string]bool{"名称": true, "备注": true}, ""},
		"shown again, not to be changed": {twoSteps(field("甲方", "名称", "x"), `<div><label>名称</label><input disabled value=别的></div>`+last, false), `{"名称":{"text":"甲"},"备注":{"text":"注"}}`,
			map[string]string{"x": "甲", "z": "注"}, map[string]bool{"名称": true, "备注": true}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, res := filledWith(t, b, c.page, c.values, Options{Next: []string{"下一步"}})
			ok := map[string]bool{}
			for _, f := range res.Fields {
				ok[f.Label] = f.OK
			}
			if !maps.Equal(ok, c.ok) || !strings.Contains(told(res), c.says) {
				t.Errorf("%+v, want %v with %q", res.Fields, c.ok, c.says)
			}
			held, err := browser.Evaluate[map[string]string](t.Context(), p, `Object.fromEntries([...document.querySelectorAll('input[id]')].filter(i => i.value).map(i => [i.id, i.value]))`)
			if err != nil || !maps.Equal(held, c.holds) {
				t.Errorf("the page holds %v, not %v (%v)", held, c.holds, err)
			}
		})
	}
}

// Labels inside repeated rows that are called otherwise: told by name, found under what else they are called.
func TestLostCells(t *testing.T) {
	b := started(t)
	rows := func(name, phone string) string {
		line := `<p><label>` + name + `</label><input class=n> <label>` + phone + `</label><input class=p></p>`
		return `<div><label>联系方式</label><div id=rows>` + line + `</div><button type=button onclick="rows.insertAdjacentHTML('beforeend', '` + strings.ReplaceAll(line, `"`, "") + `')">新增</button></div>`
	}
	ask := Ask{Label: "联系方式", Value: Value{Rows: []map[string]string{{"姓名": "联系人甲", "电话": "13800000001"}, {"姓名": "联系人乙", "电话": "13800000002"}}}}
	for name, c := range map[string]struct {
		page string
		also map[string][]string
		lost []string
	}{
		"there":            {page: rows("姓名", "电话")},
		"one renamed":      {page: rows("联系人", "电话"), lost: []string{"姓名"}},
		"both renamed":     {page: rows("联系人", "号码"), lost: []string{"姓名", "电话"}},
		"known by another": {page: rows("联系人", "电话"), also: map[string][]string{"姓名": {"联系人姓名", "联系人"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := opened(t, b, served(t, c.page), "就绪")
			ask := ask
			ask.CellAlso = c.also
			res, err := Fill(t.Context(), p, []Ask{ask}, Options{Add: []string{"新增"}})
			if err != nil {
				t.Fatal(err)
			}
			if f := res.Fields[0]; f.OK != (c.lost == nil) || !slices.Equal(slices.Sorted(slices.Values(f.LostCells)), slices.Sorted(slices.Values(c.lost))) || !f.OK && !strings.Contains(f.Message, c.lost[0]) {
				t.Errorf("%+v", f)
			}
			if c.lost != nil && !slices.ContainsFunc(res.Seen, func(l Label) bool { return l.Label == "联系人" }) {
				t.Errorf("sees %+v", res.Seen)
			}
		})
	}
}

// An optional field is passed over only where the form really has none: not one that cannot be read, stands under another
// heading, or may stand on a page that was not reached.
func TestOptional(t *testing.T) {
	b := started(t)
	line := func(label string) string { return `<div><label>` + label + `</label><input></div>` }
	next := func(attributes string) string {
		return `<button type=button ` + attributes + `>下一步</button>`
	}
	for name, c := range map[string]struct {
		page, says string
		ok         bool
	}{
		"not there":                        {line("名称"), "没有这一栏，跳过", true},
		"not on the following page either": {twoSteps(line("名称"), line("别的"), false), "没有这一栏，跳过", true},
		"on the following page":            {twoSteps(line("名称"), `<h3>末尾</h3>`+line("备注"), false), "", true},
		"its control is not known":         {line("名称") + `<div><label>备注</label><b>已定</b></div>`, "没有可以填写的地方", false},
		"under another heading":            {line("名称") + `<h3>别处</h3>` + line("备注"), "不在所写的标题下面", false},
		"beside one that fails":            {`<div><label>名称</label><input disabled></div>`, "没有这一栏，跳过", true},
		"behind one that fails":            {`<div><label>名称</label><input disabled></div>` + next(""), "后面的页面没有打开", false},
		"behind a button that is disabled": {line("名称") + next("disabled"), "后面的页面没有打开", false},
		"behind a page that does not turn": {line("名称") + next(""), "后面的页面没有打开", false},
		"behind two buttons":               {line("名称") + next("") + next(""), "后面的页面没有打开", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := opened(t, b, served(t, c.page), "就绪")
			asks := []Ask{{Label: "名称", Value: Value{Text: ptr("甲")}}, {Heading: "末尾", Label: "备注", Value: Value{Text: ptr("注")}, Optional: true}}
			res, err := Fill(t.Context(), p, asks, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if f := res.Fields[1]; f.OK != c.ok || !strings.Contains(f.Message, c.says) {
				t.Errorf("%+v, want %v with %q", f, c.ok, c.says)
			}
		})
	}
}
