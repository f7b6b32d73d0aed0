package fill

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangjiatong/app/browser"
)

// drawnKit are controls as kits draw them that give no role to anything: a box that opens a list, a tree, a switch.
const drawnKit = `<style>
.box{display:inline-block;border:1px solid #999;width:240px;height:30px;line-height:30px;cursor:pointer;vertical-align:top}.box.in{width:110px}
.layer{position:absolute;background:#fff;border:1px solid #ccc;z-index:9;max-height:160px;overflow:auto;min-width:200px}
.layer div{line-height:24px;cursor:pointer}.cols{display:flex}.cols>div{width:120px}.cols i{float:right}
.sw{display:inline-block;position:relative;width:44px;height:22px;border-radius:11px;background:#bbb;cursor:pointer}
.sw:after{content:"";position:absolute;left:2px;top:2px;width:18px;height:18px;border-radius:9px;background:#fff}.sw.yes{background:#06c}.sw.yes:after{left:24px}
.sign{display:inline-block;width:16px;height:16px;cursor:pointer}</style><script>
const model = {};
const layer = (box) => { const l = document.createElement('div'), r = box.getBoundingClientRect(); l.className = 'layer'; l.style.left = r.left + 'px'; l.style.top = scrollY + r.bottom + 2 + 'px'; document.body.append(l); setTimeout(() => addEventListener('click', () => l.remove(), { once: true })); return l; };
const option = (text, then) => { const o = document.createElement('div'); o.textContent = text; o.onclick = (e) => { e.stopPropagation(); then(text); }; return o; };
function list(box, key, options) { const l = layer(box); l.append(...options.map((t) => option(t, () => { model[key] = t; box.firstElementChild.textContent = t; l.remove(); }))); }
// A list of which only what is in sight is in the document.
function long(box, key) { const l = layer(box), pad = document.createElement('p'), all = Array.from({ length: 1600 }, (_, i) => '编码-' + (i + 1)); l.style.height = '160px'; pad.style.cssText = 'margin:0;position:relative;height:' + all.length * 24 + 'px'; l.append(pad);
  const draw = () => { const from = Math.floor(l.scrollTop / 24); pad.replaceChildren(...all.slice(from, from + 9).map((t, i) => { const o = option(t, () => { model[key] = t; box.firstElementChild.textContent = t; l.remove(); }); o.style.cssText = 'position:absolute;top:' + (from + i) * 24 + 'px'; return o; })); }; l.onscroll = draw; draw(); }
const places = [['甲省', [['甲市', [['东区'], ['西区']]], ['乙市', [['西区'], ['南区']]]]], ['乙省', [['丙市', [['西区']]]]]];
// Branches open by the sign before their text, and are drawn anew while they do.
function tree(box, key) { const l = layer(box), open = new Set(); const draw = () => { l.replaceChildren(); const add = (nodes, depth, way) => nodes.forEach(([t, inner]) => { const row = document.createElement('div'), at = [...way, t], name = at.join('/'); row.style.paddingLeft = depth * 20 + 'px'; row.innerHTML = '<span class=sign>' + (inner ? '<svg width=12 height=12></svg>' : '') + '</span><span>' + t + '</span>';
  row.onclick = (e) => { e.stopPropagation(); if (inner && e.target.closest('.sign')) { open.has(name) ? open.delete(name) : open.add(name); draw(); setTimeout(draw, 120); } else { model[key] = name; box.firstElementChild.textContent = t; l.remove(); } }; l.append(row); if (inner && open.has(name)) add(inner, depth + 1, at); }); add(places, 0, []); }; draw(); }
// Columns beside one another, with the arrow of a branch at its end.
function columns(box, key) { const l = layer(box); l.className += ' cols'; const column = (nodes, way) => { while (l.children.length > way.length) l.lastChild.remove(); const c = document.createElement('div'); c.append(...nodes.map(([t, inner]) => { const o = option(t, () => { if (inner) return column(inner, [...way, t]); model[key] = [...way, t].join('/'); box.firstElementChild.textContent = [...way, t].join(' / '); l.remove(); }); if (inner) o.insertAdjacentHTML('beforeend', '<i><svg width=10 height=10></svg></i>'); return o; })); l.append(c); }; column(places, []); }
</script>`

// box is a field whose control has nothing that says so but its looks.
func box(label, opens string) string {
	return `<div><b class=lab>` + label + `</b><span class=box onclick="` + opens + `"><span>请选择</span></span></div>`
}

const dayPanel = `<script>
function month(input, key) { const l = layer(input); l.style.cssText += ';max-height:none;width:300px'; let at = new Date(2026, 10, 1);
  const draw = () => { l.innerHTML = '<div style="display:flex;cursor:default"><input readonly style="width:60px" value="' + (at.getMonth() + 1) + ' 月"><input readonly style="width:60px" value="' + at.getFullYear() + '"><button type=button>‹</button><button type=button>○</button><button type=button>›</button></div><table></table>';
    const [back, , on] = l.querySelectorAll('button'); back.onclick = (e) => { e.stopPropagation(); at.setMonth(at.getMonth() - 1); draw(); }; on.onclick = (e) => { e.stopPropagation(); at.setMonth(at.getMonth() + 1); draw(); };
    const days = new Date(at.getFullYear(), at.getMonth() + 1, 0).getDate(); let row; for (let d = 1; d <= days; d += 1) { if (d % 7 === 1) row = l.querySelector('table').insertRow(); const c = row.insertCell(); c.textContent = d; c.onclick = (e) => { e.stopPropagation(); model[key] = input.value = at.getFullYear() + '-' + String(at.getMonth() + 1).padStart(2, '0') + '-' + String(d).padStart(2, '0'); l.remove(); }; } };
  draw(); l.onclick = (e) => e.stopPropagation(); }
</script><div><b class=lab>开工日期</b><input readonly onclick="month(this,'day')"></div>`

// restless are layers that are not where they were a moment ago: drawn anew at a click, opened by the mouse, moved by it.
const restless = `<script>
function anew(box, key, hover) { const l = layer(box); l.className += ' cols'; let way = [];
  const draw = () => { l.replaceChildren(); let nodes = places; for (let d = 0; nodes; d += 1) { const c = document.createElement('div'), here = way.slice(0, d); c.append(...nodes.map(([t, inner]) => { const at = [...here, t];
    const o = option(t, () => { if (!inner) { model[key] = at.join('/'); box.firstElementChild.textContent = at.join(' / '); l.remove(); return; } way = hover ? here : at; draw(); });
    if (hover) o.onmousemove = () => { if (inner && way.join().indexOf(at.join()) !== 0) { way = at; draw(); } }; return o; })); l.append(c); nodes = (nodes.find(([t]) => t === way[d]) || [])[1]; } }; draw(); }
function shy(box, key) { const l = layer(box); l.append(...['甲处', '乙处'].map((t) => option(t, () => { model[key] = t; box.firstElementChild.textContent = t; l.remove(); }))); l.onmousemove = () => { l.style.top = parseFloat(l.style.top) + 90 + 'px'; l.onmousemove = null; }; }
</script>`

// hiddenFrom is an input that only screen readers see.
const hiddenFrom = `<span style="position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)"><input role=combobox aria-haspopup=listbox readonly style="width:150px"></span>`

// TestDrawn fills controls that no tag and no role names, and layers of other shapes.
func TestDrawn(t *testing.T) {
	b := started(t)
	for name, c := range map[string]struct{ page, values, model string }{
		"a box that opens":          {box("部门", "list(this,'部门',['甲处','乙处'])"), `{"部门":{"choose":"乙处"}}`, `{"部门":"乙处"}`},
		"a box without an edge":     {`<style>.box{border:0;background:#eee}</style>` + box("部门", "list(this,'部门',['甲处','乙处'])"), `{"部门":{"choose":"乙处"}}`, `{"部门":"乙处"}`},
		"a box that hides an input": {`<div><b class=lab>部门</b><span class=box style="cursor:text" onclick="list(this,'部门',['甲处','乙处'])"><span>请选择</span><input style="width:0;padding:0;border:0"></span></div>`, `{"部门":{"choose":"乙处"}}`, `{"部门":"乙处"}`},
		"a long list in parts":      {box("编码", "long(this,'编码')"), `{"编码":{"choose":"编码-1599"}}`, `{"编码":"编码-1599"}`},
		"a tree":                    {box("区划", "tree(this,'区划')"), `{"区划":{"path":["甲省","乙市","西区"]}}`, `{"区划":"甲省/乙市/西区"}`},
		"columns":                   {box("区划", "columns(this,'区划')"), `{"区划":{"path":["甲省","乙市","西区"]}}`, `{"区划":"甲省/乙市/西区"}`},
		"one box after the other": {`<div><b class=lab>区划</b><input readonly style="width:90px" onclick="level(this,0)"><input readonly style="width:90px" onclick="level(this,1)"></div><script>
			const parts = [['甲省','乙省'],['甲市','乙市']]; function level(i, n) { const l = layer(i); l.append(...parts[n].map((t) => option(t, () => { i.value = t; model['级' + n] = t; l.remove(); }))); }</script>`, `{"区划":{"path":["乙省","甲市"]}}`, `{"级0":"乙省","级1":"甲市"}`},
		"a switch that is only drawn": {`<div><b class=lab>涉密</b><span class=sw onclick="this.classList.toggle('yes');model.on=this.className"></span></div>`, `{"涉密":{"switch":true}}`, `{"on":"sw yes"}`},
		"a drawn switch that is on":   {`<div><b class=lab>涉密</b><span class="sw yes" onclick="this.classList.toggle('yes');model.on=this.className"></span></div>`, `{"涉密":{"switch":true}}`, `{}`},
		"hidden radios with drawings": {`<style>.r input{display:none}.r span{cursor:pointer;border:1px solid;margin:4px}</style><div class=r><b class=lab>类型</b><input type=radio name=r title=新建><span><i></i><u>新建</u></span><input type=radio name=r title=改造><span><i></i><u>改造</u></span></div>
			<script>for (const s of document.querySelectorAll('.r span')) s.onclick = () => { s.previousElementSibling.checked = true; model.type = s.previousElementSibling.title; }</script>`, `{"类型":{"choose":"改造"}}`, `{"type":"改造"}`},
		"a calendar with all its arrows at one side": {dayPanel, `{"开工日期":{"date":"2027-02-09"}}`, `{"day":"2027-02-09"}`},
		"a hint in place of a label":                 {`<h3>甲方</h3><p><input placeholder=请输入联系电话></p><h3>乙方</h3><p><input placeholder=请输入联系电话 oninput="model.b=this.value"></p>`, `{"乙方>联系电话":{"text":"1"}}`, `{"b":"1"}`},
		"a name for screen readers alone":            {`<p><input aria-label=编号 oninput="model.a=this.value"><input title=备注></p>`, `{"编号":{"text":"1"}}`, `{"a":"1"}`},
		"an editable part with two lines":            {`<div><b class=lab>简介</b><div contenteditable=true oninput="model.a=this.innerText" style="border:1px solid"></div></div>`, `{"简介":{"text":"一\n二"}}`, `{"a":"一\n二"}`},
		"a dialog in a body cut to nothing":          {`<div style="height:0;overflow:hidden"><div style="position:fixed;inset:0;background:#fff"><b class=lab>编号</b><input oninput="model.a=this.value"></div></div>`, `{"编号":{"text":"1"}}`, `{"a":"1"}`},
		"options that come late":                     {`<div><b class=lab>区划</b><select onchange="setTimeout(()=>{b.innerHTML='<option>甲市<option>乙市'},500)"><option>甲省<option>乙省</select><select id=b onchange="model.b=this.value"></select></div>`, `{"区划":{"path":["乙省","乙市"]}}`, `{"b":"乙市"}`},
		"a heading that folds its part":              {`<button aria-expanded=true>甲方</button><div><b class=lab>电话</b><input></div><button aria-expanded=true>乙方</button><div><b class=lab>电话</b><input oninput="model.b=this.value"></div>`, `{"乙方>电话":{"text":"123"}}`, `{"b":"123"}`},
		"a calendar that writes its month in words":  {strings.Replace(dayPanel, "(at.getMonth() + 1) + ' 月\"'", "'一二三四五六七八九十'.charAt(at.getMonth() % 10).padStart(at.getMonth() > 9 ? 2 : 1, '十') + '月\"'", 1), `{"开工日期":{"date":"2027-02-09"}}`, `{"day":"2027-02-09"}`},
		"a date with a button of its own to open": {dayPanel + `<div><b class=lab>完工日期</b><span><input role=combobox onclick="month(this,'end')"><button type=button aria-haspopup=dialog aria-label=选择日期>&#xe654;</button></span></div>`,
			`{"完工日期":{"date":"2026-11-09"}}`, `{"end":"2026-11-09"}`},
		"columns drawn anew at every click": {restless + box("区划", "anew(this,'区划')"), `{"区划":{"path":["甲省","乙市","西区"]}}`, `{"区划":"甲省/乙市/西区"}`},
		"columns that the mouse opens":      {restless + box("区划", "anew(this,'区划',true)"), `{"区划":{"path":["甲省","乙市","西区"]}}`, `{"区划":"甲省/乙市/西区"}`},
		"a list that moves under the mouse": {restless + box("部门", "shy(this,'部门')"), `{"部门":{"choose":"乙处"}}`, `{"部门":"乙处"}`},
		"an input for screen readers alone": {`<div><b class=lab>部门</b><span class=box onclick="list(this,'部门',['甲处','乙处'])"><span>请选择</span>` + hiddenFrom + `</span></div>`, `{"部门":{"choose":"乙处"}}`, `{"部门":"乙处"}`},
		"a switch that lies over its drawing": {`<div><b class=lab>涉密</b><div style="position:relative;width:40px;height:22px"><input type=checkbox role=switch onchange="model.on=this.checked" style="position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;z-index:1"><span style="position:absolute;inset:0;background:#bbb;cursor:pointer"></span></div></div>`,
			`{"涉密":{"switch":true}}`, `{"on":true}`},
		"an input that takes nothing but keys": {`<div><b class=lab>金额</b><input oninput="this.value=model.a||''" onkeypress="model.a=(model.a||'')+event.key;this.value=model.a;return false"></div>`, `{"金额":{"text":"12.5"}}`, `{"a":"12.5"}`},
		"a number with its unit":               {`<div><b class=lab>金额</b><input role=spinbutton onchange="model.a=this.value;this.value+=' 元'"></div>`, `{"金额":{"text":"12"}}`, `{"a":"12"}`},
		"a label in its box": {`<div role=combobox class=box style="cursor:text" onclick="list(this.lastElementChild,'部门',['甲处','乙处'])"><label for=in>部门</label><div><span>请选择</span><input id=in role=combobox style="width:20px" readonly></div></div>`,
			`{"部门":{"choose":"乙处"}}`, `{"部门":"乙处"}`},
		"cells with their hint beside the input": {`<div><b class=lab>人员</b><p><input placeholder=姓名 oninput="model.a=this.value"><span class="box in" style="position:relative" onclick="list(this,'b',['开发','测试'])"><span>分工</span><input role=combobox aria-haspopup=listbox readonly style="position:absolute;inset:0;width:100%;opacity:0"></span></p></div>`,
			`{"人员":{"rows":[{"姓名":"甲","分工":"测试"}]}}`, `{"b":"测试","a":"甲"}`},
		"cells that open": {`<div><b class=lab>人员</b><table><thead><tr><th>姓名<th>分工</thead><tbody></tbody></table><button type=button onclick="line()">&#xe654;添加一行</button></div><script>
			model.rows = []; function line() { const n = model.rows.push({}) - 1, r = document.querySelector('tbody').insertRow(); r.innerHTML = '<td><input><td><span class="box in"><span>请选择</span></span>'; r.querySelector('input').oninput = (e) => { model.rows[n].a = e.target.value; }; const s = r.querySelector('.box'); s.onclick = () => { const l = layer(s); l.append(...['开发','测试'].map((t) => option(t, () => { model.rows[n].b = t; s.firstElementChild.textContent = t; l.remove(); }))); }; }
			line();</script>`, `{"人员":{"rows":[{"姓名":"甲","分工":"测试"},{"姓名":"乙","分工":"开发"}]}}`, `{"rows":[{"b":"测试","a":"甲"},{"b":"开发","a":"乙"}]}`},
		"cells known by what they hint": {`<div><b class=lab>人员</b><p><input placeholder=姓名 oninput="model.a=this.value"><span class="box in" onclick="list(this,'b',['开发','测试'])"><span>分工</span></span></p></div>`,
			`{"人员":{"rows":[{"姓名":"甲","分工":"测试"}]}}`, `{"b":"测试","a":"甲"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, res := filledWith(t, b, drawnKit+c.page, c.values, Options{})
			model, err := browser.Evaluate[string](t.Context(), p, "JSON.stringify(model)")
			if f := res.Fields[0]; !f.OK || model != c.model || err != nil {
				t.Errorf("%+v; the page holds %s, want %s, %v", f, model, c.model, err)
			}
		})
	}
}

// TestDrawnRefuses are controls that cannot be told apart, or that do not say what they hold.
func TestDrawnRefuses(t *testing.T) {
	b := started(t)
	two := `<div><b class=lab>部门</b><span class=box onclick="list(this,'a',['甲处'])"><span>请选择</span></span><span class=box onclick="list(this,'b',['甲处'])"><span>请选择</span></span></div>`
	for name, c := range map[string]struct{ page, values string }{
		"two boxes":                     {two, `{"部门":{"choose":"甲处"}}`},
		"a switch without a knob":       {`<style>.sw:after{display:none;content:none}</style><div><b class=lab>涉密</b><span class=sw onclick="model.on=1"></span></div>`, `{"涉密":{"switch":true}}`},
		"text that only shows a hand":   {`<div><b class=lab>部门</b><span style="cursor:pointer" onclick="model.on=1">查看部门的说明</span></div>`, `{"部门":{"choose":"甲处"}}`},
		"the same name in other places": {box("区划", "tree(this,'区划')"), `{"区划":{"path":["乙省","西区"]}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, res := filledWith(t, b, drawnKit+c.page, c.values, Options{})
			model, err := browser.Evaluate[string](t.Context(), p, "JSON.stringify(model)")
			if f := res.Fields[0]; f.OK || f.Message == "" || model != "{}" || err != nil {
				t.Errorf("%+v; the page holds %s, %v", f, model, err)
			}
		})
	}
}

// TestFileBesideItsSize has a page that tells more of a file than its name, and of sizes before there is one; and a page
// that forgets the file it was given: that is told, and it is not given a second time.
func TestFileBesideItsSize(t *testing.T) {
	b := started(t)
	path := filepath.Join(t.TempDir(), "批文.pdf")
	if err := os.WriteFile(path, []byte("%PDF-1.4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := opened(t, b, served(t, `<div><label>批文</label><input type=file onchange="sent=(window.sent||0)+1;taken.innerHTML='<p>批文.pdf 已上传</p><p>0.01KB</p>'"><input type=file hidden><p>不超过 10MB</p><div id=taken></div></div>`), "就绪")
	asks := []Ask{{Label: "批文", Value: Value{Files: []string{path}}}, {Label: "编号", Value: Value{Text: ptr("1")}}}
	res, err := Fill(t.Context(), p, asks[:1], Options{})
	if err != nil || !res.Fields[0].OK {
		t.Errorf("%+v, %v", res.Fields, err)
	}
	p = opened(t, b, served(t, `<div><label>批文</label><input type=file hidden onchange="sent=(window.sent||0)+1;taken.textContent='批文.pdf';this.value=''"><div id=taken></div></div>
		<div><label>编号</label><input oninput="taken.textContent=''"></div>`), "就绪")
	res, err = Fill(t.Context(), p, asks, Options{})
	if err != nil {
		t.Fatal(err)
	}
	sent, err := browser.Evaluate[int](t.Context(), p, "window.sent || 0")
	if res.Fields[0].OK || sent != 1 || err != nil {
		t.Errorf("%+v; chosen %d times, %v", res.Fields[0], sent, err)
	}
}

// TestChecksThatContradict has a checkbox whose page counts a click and then takes the tick away: the tick says the contrary
// of what the page holds, so the box is clicked once and never told as right.
func TestChecksThatContradict(t *testing.T) {
	b := started(t)
	p, res := filledWith(t, b, drawnKit+`<div><b class=lab>网络</b><label onclick="if(event.target===this){model.n=(model.n||0)+1;firstElementChild.checked=!firstElementChild.checked}"><input type=checkbox style="opacity:0">政务外网</label></div>`, `{"网络":{"check":["政务外网"]}}`, Options{})
	n, err := browser.Evaluate[int](t.Context(), p, "model.n")
	if f := res.Fields[0]; f.OK || !strings.Contains(f.Message, "没有再点") || n != 1 || err != nil {
		t.Errorf("%+v; clicked %d times, %v", res, n, err)
	}
}

// TestProgressThatWaits has a page that draws a bar of progress beside a file which it sends only with the form.
func TestProgressThatWaits(t *testing.T) {
	t.Parallel()
	b := started(t)
	path := filepath.Join(t.TempDir(), "批文.pdf")
	if err := os.WriteFile(path, []byte("%PDF-1.4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := opened(t, b, served(t, `<div><label>批文</label><input type=file onchange="taken.innerHTML='<span>批文.pdf</span><i role=progressbar aria-valuemin=0 aria-valuenow=0 style=display:inline-block;width:9px;height:9px></i>'"><div id=taken></div></div>`), "就绪")
	res, err := Fill(t.Context(), p, []Ask{{Label: "批文", Value: Value{Files: []string{path}}}}, Options{})
	if err != nil || !res.Fields[0].OK {
		t.Errorf("%+v, %v", res.Fields, err)
	}
}

// TestRadiosOfOneName has two fields whose radios have the same native name, so that the browser unchecks those of the one
// when the other is chosen: what is drawn tells, where it can be told from what is drawn for others.
func TestRadiosOfOneName(t *testing.T) {
	b := started(t)
	const group = `<script>function group(label, key, texts) { document.write('<div><b class=lab>' + label + '</b>' + texts.map((t) => '<label><input type=radio name=default style="opacity:0;width:1px"><i></i>' + t + '</label>').join('') + '</div>');
		const all = [...document.querySelectorAll('div:last-of-type label')]; all.forEach((l, k) => { l.onchange = () => { model[key] = texts[k]; all.forEach((o) => { o.className = o === l ? 'on' : ''; }); }; }); }</script>`
	for name, c := range map[string]struct {
		page string
		ok   bool
	}{
		"of three and of two":       {`<script>group('类型', 'a', ['新建', '改建']); group('等级', 'b', ['一级', '二级', '三级'])</script>`, true},
		"of two and of two":         {`<script>group('类型', 'a', ['新建', '改建']); group('等级', 'b', ['一级', '二级'])</script>`, false},
		"one that is drawn falsely": {`<script>group('类型', 'a', ['新建', '改建', '扩建']); group('等级', 'b', ['一级', '二级', '三级']); const was = model; setInterval(() => { document.querySelectorAll('label').forEach((l) => { l.className = ''; }); }, 10)</script>`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, res := filledWith(t, b, drawnKit+group+c.page, `{"类型":{"choose":"改建"},"等级":{"choose":"二级"}}`, Options{})
			if ok := res.Fields[0].OK && res.Fields[1].OK; ok != c.ok {
				t.Errorf("%+v", res.Fields)
			}
		})
	}
}
