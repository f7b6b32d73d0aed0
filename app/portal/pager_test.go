//go:build browser

package portal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/portal/table"
)

// sheetOf7 is a list of 7 rows, 3 on a page, whose pager the case draws: go(n) shows page n, after 40 ms.
const sheetOf7 = `<!doctype html><meta charset=utf-8><style>td,th{padding:4px} .x{cursor:pointer;display:inline-block;min-width:16px;min-height:16px}</style>
<div><table id=t><thead><tr><th>名称<th>状态</thead><tbody></tbody></table><div id=pager></div></div>
<script>
  let at = 1; const all = ['甲','乙','丙','丁','戊','己','庚'], last = 3; globalThis.pressed = [];
  let rows = () => { document.querySelector('#t tbody').innerHTML = all.slice(at * 3 - 3, at * 3).map((n) => '<tr><td>' + n + '<td>已发布').join(''); document.getElementById('pager').innerHTML = draw(); };
  function go(n) { pressed.push(n); setTimeout(() => { at = Math.max(1, Math.min(last, n)); rows(); }, 40); }
  %s
  rows();
</script>`

func pagerSite(t *testing.T, pages map[string]string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, pages[r.URL.Path])
	}))
	t.Cleanup(s.Close)
	return s
}

func nameState() []recipe.Table {
	return []recipe.Table{{ID: "TABLE-9", Title: "样表", Columns: []recipe.Column{{Header: "名称"}, {Header: "状态"}}}}
}

func names(res table.Result) string {
	var b strings.Builder
	for _, r := range res.Rows {
		b.WriteString(r["名称"])
	}
	return b.String()
}

func TestPagers(t *testing.T) {
	const whole = "甲乙丙丁戊己庚"
	cases := []struct {
		name, script string
		rows, note   string
		code         listing.Code
		message      string
		incomplete   bool
	}{
		{"words and disabled", `function draw() { return '共 7 条 <button onclick=go(at-1) ' + (at == 1 ? 'disabled' : '') + '>上一页</button><button onclick=go(at+1) ' + (at == last ? 'disabled' : '') + '>下一页</button>'; }`, whole, "", "", "", false},
		{"starts on page 2", `at = 2; function draw() { return '第 ' + at + '/3 页 共 7 条 <a class=x onclick=go(at-1) ' + (at == 1 ? 'aria-disabled=true' : '') + '>上一页</a><a class=x onclick=go(at+1) ' + (at == last ? 'aria-disabled=true' : '') + '>下一页</a>'; }`, whole, "原来停在第 2 页", "", "", false},
		{"numbers and pictures alone", `function draw() { return '<ul>' + [1,2,3].map((n) => '<li class=x onclick=go(' + n + ') style="' + (n == at ? 'font-weight:bold' : '') + '">' + n + '</li>').join('') + '</ul>'; }
			document.getElementById('pager').innerHTML = ''; const inner = draw; draw = () => '<div style="display:flex">' + '<i class=x onclick=go(at-1) style="' + (at == 1 ? 'cursor:not-allowed' : '') + '"></i>' + inner() + '<i class=x onclick=go(at+1) style="' + (at == last ? 'cursor:not-allowed' : '') + '"></i></div>';`, whole, "", "", "", false},
		{"glyphs, starting on page 3", `at = 3; function draw() { return '<span class=x onclick=go(at-1) style="' + (at == 1 ? 'pointer-events:none' : '') + '">‹</span>' + [1,2,3].map((n) => '<span class=x onclick=go(' + n + ') ' + (n == at ? 'aria-current=page' : '') + '>' + n + '</span>').join('') + '<span class=x onclick=go(at+1) style="' + (at == last ? 'pointer-events:none' : '') + '">›</span>'; }`, whole, "原来停在第 3 页", "", "", false},
		{"never disabled, total told", `function draw() { return '共 7 条 <button onclick=go(at+1)>下一页</button>'; }`, whole, "", "", "", false},
		{"covered", `function draw() { return '共 7 条 <button onclick=go(at+1) ' + (at == last ? 'disabled' : '') + '>下一页</button><div style="position:fixed;inset:0"></div>'; }`, whole, "", "", "", false},
		{"the number of rows a page has", `function draw() { return '<div>总共 7 条，每页显示 <button aria-expanded=false><span>10</span></button> 条</div><ul>' + ['‹',1,2,3,'›'].map((n, i) => '<li' + (n == at ? ' class=active' : '') + '><a class=x onclick=go(' + (i == 0 ? 'at-1||3' : i == 4 ? 'at%3+1' : n) + ')>' + n + '</a></li>').join('') + '</ul>'; }`, whole, "", "", "", false},
		{"the last page leads to the first", `function draw() { return '<ul>' + ['‹',1,2,3,'›'].map((n, i) => '<li' + (n == at ? ' class=active' : '') + '><a class=x onclick=go(' + (i == 0 ? 'at-1||3' : i == 4 ? 'at%3+1' : n) + ')>' + n + '</a></li>').join('') + '</ul>'; }`, whole, "", "", "", false},
		{"two arrows alone", `function draw() { return '<div style="display:flex"><button class="btn-prev x" onclick=go(at-1) ' + (at == 1 ? 'disabled' : '') + '><i></i></button><button class="btn-next x" onclick=go(at+1) ' + (at == last ? 'disabled' : '') + '><i></i></button></div>'; }`, whole, "", "", "", false},
		{"numbers alone, starting on page 3", `at = 3; function draw() { return [1,2,3].map((n) => '<a class="x' + (n == at ? ' cur' : '') + '" onclick=go(' + n + ')>' + n + '</a>').join(''); }`, whole, "原来停在第 3 页", "", "", false},
		{"windows of numbers", `at = 3; function draw() { return (at > 2 ? '<a class=x onclick=go(2)>...</a>' : '') + (at > 2 ? [3] : [1,2]).map((n) => n == at ? '<span class=cur>' + n + '</span>' : '<a class=x onclick=go(' + n + ')>' + n + '</a>').join('') + (at > 2 ? '' : '<a class=x onclick=go(3)>...</a>'); }`, whole, "原来停在第 3 页", "", "", false},
		{"numbers of which one is left out", `function draw() { return '<ul>' + [1,2,3].map((n) => '<li class="x' + (n == at ? ' active' : '') + '" onclick=go(' + n + ')>' + n + '</li>').join('') + '<li class=x title=下一页 onclick=go(at+2)>»</li></ul>'; }`, "", "", listing.CodeUnreadable, "从第 1 页翻到了第 3 页", false},
		{"dull by the name of its class", `function draw() { return '<a class="x' + (at == 1 ? ' disabled' : '') + '" onclick=go(at-1)>上一页</a><a class="x' + (at == last ? ' is-disabled' : '') + '" onclick=go(at+1)>下一页</a>'; }`, whole, "", "", "", false},
		{"placed by a table", `function draw() { const a = (n, kind, off) => '<td><a class="x' + (off ? ' l-btn-disabled' : '') + '" onclick=go(' + n + ')><span>&nbsp;</span></a>'; return '<table><tr>' + a(at - 1, 'prev', at == 1) + '<td>第 <input size=2 value=' + at + '> 共3页' + a(at + 1, 'next', at == last) + '</table>显示,共7记录'; }`, whole, "", "", "", false},
		{"rows as the end comes into sight", `rows = () => { t.tBodies[0].innerHTML = all.slice(0, at * 3).map((n) => '<tr><td style="height:60px">' + n + '<td>已发布').join(''); }; const box = t.parentElement; box.style = 'height:150px;overflow:auto'; box.onscroll = () => { if (at < last && box.scrollTop + box.clientHeight > box.scrollHeight - 9) go(at + 1); }; function draw() { return ''; }`, whole, "", "", "", false},
		{"a page without rows", `const some = rows; rows = () => { some(); if (at == 2) t.tBodies[0].innerHTML = ''; }; function draw() { return '<button onclick=go(at-1) ' + (at == 1 ? 'disabled' : '') + '>上一页</button><button onclick=go(at+1) ' + (at == last ? 'disabled' : '') + '>下一页</button>'; }`, "", "", listing.CodeUnreadable, "第 2 页没有内容", false},
		{"another total", `function draw() { return '共 9 条 <button onclick=go(at+1) ' + (at == last ? 'disabled' : '') + '>下一页</button>'; }`, whole, "共 9 条，读到 7 条", "", "", true},
		{"a number of this page first", `function draw() { return '本页共3条，总共7条 <button onclick=go(at+1) ' + (at == last ? 'disabled' : '') + '>下一页</button>'; }`, whole, "", "", "", false},
		{"two numbers", `function draw() { return '显示共3条，总共7条 <button onclick=go(at+1)>下一页</button>'; }`, whole, "", "", "", false},
		{"more pages than the number of rows allows", `function draw() { return '共 3 条 第 ' + at + '/3 页 <button onclick=go(at+1) ' + (at == last ? 'disabled' : '') + '>下一页</button>'; }`, whole, "共 3 条，读到 7 条", "", "", true},
		{"no pager", `function draw() { return ''; }`, "甲乙丙", "", "", "", false},
		{"never ends", `function draw() { return '<button onclick="at = at == 3 ? 0 : at; go(at+1)">下一页</button>'; }`, "", "", listing.CodeRefused, "前面读过", false},
		{"a final button that says next", `function draw() { return '<p><button onclick=go(at+1) title="提交发布">下一页</button></p>'; }`, "甲乙丙", "", "", "", false},
		{"a form that is sent", `function draw() { return '<form onsubmit="go(at+1);return false"><button>下一页</button></form>'; }`, "甲乙丙", "", "", "", false},
		{"a number to write into between pictures", `function draw() { const a = (n, off) => '<i class=x onclick=go(' + n + ') style="' + (off ? 'cursor:not-allowed' : '') + '"></i>'; return '<div style="display:flex">' + a(at - 1, at == 1) + '<span><input style="width:30px" value=' + at + '> / 3</span>' + a(at + 1, at == last) + '</div>'; }`, whole, "", "", "", false},
		{"numbers alone", `function draw() { return '<ul>' + [1,2,3].map((n) => '<li class="x' + (n == at ? ' active' : '') + '" onclick=go(' + n + ')>' + n + '</li>').join('') + '</ul>'; }`, whole, "", "", "", false},
		{"signs of an icon font", `function draw() { const a = (n, sign, off) => '<a class=x onclick=go(' + n + ') ' + (off ? 'aria-disabled=true' : '') + '><i>' + sign + '</i></a>'; return a(at - 1, '\ue603', at == 1) + [1,2,3].map((n) => n == at ? '<span class=cur>' + n + '</span>' : '<a class=x onclick=go(' + n + ')>' + n + '</a>').join('') + a(at + 1, '\ue602', at == last); }`, whole, "", "", "", false},
		{"a button for more rows", `const some = rows; rows = () => { const had = document.querySelector('#t tbody').innerHTML; some(); document.querySelector('#t tbody').innerHTML = had + document.querySelector('#t tbody').innerHTML; };
			function draw() { return at == last ? '没有更多了' : '<p><button onclick=go(at+1)>加载更多</button></p>'; }`, whole, "", "", "", false},
		{"more is another page", `function draw() { return '<a href="http://127.0.0.1:1/">查看更多</a>'; }`, "甲乙丙", "", "", "", false},
		{"a total without a pager", `function draw() { return '<p>共 7 条</p>'; }`, "甲乙丙", "共 7 条，读到 3 条", "", "", true},
		{"loading over the table", `function draw() { return '共 7 条 <button onclick=later(at+1) ' + (at == last ? 'disabled' : '') + '>下一页</button>'; }
			function later(n) { const t = document.getElementById('t'); t.setAttribute('aria-busy', 'true'); t.tBodies[0].innerHTML = '<tr><td>旧<td>旧'; setTimeout(() => { t.removeAttribute('aria-busy'); go(n); }, 1500); }`, whole, "", "", "", false},
	}
	b := started(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := pagerSite(t, map[string]string{"/": fmt.Sprintf(sheetOf7, c.script)})
			p := opened(t, b, s.URL)
			defer p.Close()
			res, err := ReadTable(t.Context(), p, nameState(), ReadOptions{All: true})
			if listing.CodeOf(err) != c.code || err != nil && !strings.Contains(listing.AsError(err).Message, c.message) {
				t.Fatalf("got %s", told(err))
			}
			if names(res) != c.rows || res.Incomplete != c.incomplete || len(res.Drift) > 0 {
				t.Errorf("got %s, incomplete %v, %+v, %q", names(res), res.Incomplete, res.Drift, res.Notes)
			}
			if told := strings.Join(res.Notes, "\n"); !strings.Contains(told, c.note) || (c.note == "") != (told == "") {
				t.Errorf("notes %q", res.Notes)
			}
		})
	}
}

// TestListThatChanges reads a list that another person changes between its pages: what may be missing is told, although
// the numbers agree.
func TestListThatChanges(t *testing.T) {
	for name, c := range map[string]struct{ script, rows, note string }{
		"a row comes, no total": {`const turn = go; go = (n) => { if (n == 2) all.unshift('新'); turn(n); }; function draw() { return '<button onclick=go(at+1) ' + (at == last ? 'disabled' : '') + '>下一页</button>'; }`, "甲乙丙丙丁戊己庚", "“丙”读到两次"},
		"a row comes, total":    {`const turn = go; go = (n) => { if (n == 2) all.unshift('新'); turn(n); }; function draw() { return '共 ' + all.length + ' 条 <button onclick=go(at+1) ' + (at == last ? 'disabled' : '') + '>下一页</button>'; }`, "甲乙丙丙丁戊己庚", "“丙”读到两次"},
		"a row goes":            {`const turn = go; go = (n) => { if (n == 2) all.shift(); turn(n); }; function draw() { return '共 ' + all.length + ' 条 <button onclick=go(at+1) ' + (at == last ? 'disabled' : '') + '>下一页</button>'; }`, "甲乙丙戊己庚", "总条数从 7 变成 6"},
		"rows are added below more": {`const some = rows; rows = () => { const had = document.querySelector('#t tbody').innerHTML; some(); document.querySelector('#t tbody').innerHTML = had + document.querySelector('#t tbody').innerHTML; };
			const turn = go; go = (n) => { if (n == 2) all.unshift('新'); turn(n); }; function draw() { return at == last ? '没有更多了' : '<p><button onclick=go(at+1)>加载更多</button></p>'; }`, "甲乙丙丙丁戊己庚", "“丙”读到两次"},
	} {
		t.Run(name, func(t *testing.T) {
			s := pagerSite(t, map[string]string{"/": fmt.Sprintf(sheetOf7, c.script)})
			want := nameState()
			want[0].Key = []string{"名称"}
			res, err := ReadTable(t.Context(), opened(t, started(t), s.URL), want, ReadOptions{All: true})
			if err != nil || names(res) != c.rows || !res.Incomplete || res.Whole || !strings.Contains(strings.Join(res.Notes, "\n"), c.note) {
				t.Errorf("got %s, incomplete %v, %q, %s", names(res), res.Incomplete, res.Notes, told(err))
			}
		})
	}
}

// TestPagerThatMoves presses the pager of a page whose layout moves: it, or nothing at all.
func TestPagerThatMoves(t *testing.T) {
	const pager = `function draw() { return '<p>共 7 条，请看清楚再翻页</p><div style="height:30px"><button id=next style="position:relative" onmouseover="over(this)" onclick=go(at+1)>下一页</button></div><div id=other><button onclick=go(99)>删除</button></div>'; }
		let over = () => {}, until = 0; const sway = () => { next.style.top = (Date.now() < until ? Date.now() / 10 % 30 : 0) + 'px'; }; setInterval(sway, 5);`
	words, err := currentPager()
	if err != nil {
		t.Fatal(err)
	}
	b := started(t)
	for name, c := range map[string]struct {
		script  string
		pressed []int
		message string
	}{
		"it comes to rest":             {`until = Date.now() + 1500`, []int{2}, ""},
		"it never rests":               {`until = Infinity`, []int{}, "一直在移动"},
		"it gives way under the click": {`over = (el) => { el.style.visibility = 'hidden'; other.style.marginTop = '-30px' }`, []int{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := pagerSite(t, map[string]string{"/": fmt.Sprintf(sheetOf7, pager+c.script)})
			p := opened(t, b, s.URL)
			defer p.Close()
			l := (&tableReader{page: p, words: words}).list(nameState()[0])
			v, err := l.read(t.Context())
			if err != nil {
				t.Fatal(told(err))
			}
			if err := l.press(t.Context(), v, "next"); (err != nil) != (c.message != "") || err != nil && !strings.Contains(err.Error(), c.message) {
				t.Error(told(err))
			}
			pressed, err := browser.Evaluate[[]int](t.Context(), p, `pressed`)
			if err != nil || !slices.Equal(pressed, c.pressed) {
				t.Errorf("pressed %v, %v", pressed, err)
			}
		})
	}
}

// drawnInParts is a list of n rows of which only those in sight are in the document, beside other texts or not.
const drawnInParts = `<!doctype html><meta charset=utf-8><style>td{height:24px;padding:0}</style><h2>样表</h2><div><table aria-rowcount=%d><tr><th>名称<th>状态</table>
<div id=list style="height:160px;overflow:auto"><div id=pad style="position:relative"><table id=body style="position:absolute"></table></div></div></div><script>
  const list = document.getElementById('list'), body = document.getElementById('body'), n = %d; pad.style.height = n * 26 + 'px';
  const draw = () => { const from = Math.max(0, Math.floor(list.scrollTop / 26) - 1); body.style.top = from * 26 + 'px'; body.innerHTML = Array.from({ length: Math.min(9, n - from) }, (_, i) => '<tr style="height:26px"><td>第' + (from + i) + '行;<td>已发布').join(''); };
  list.onscroll = () => setTimeout(draw, 30); draw();
</script>`

// TestDrawnInParts reads a list that draws only what is in sight: whole with All, else it is told.
func TestDrawnInParts(t *testing.T) {
	s := pagerSite(t, map[string]string{"/": fmt.Sprintf(drawnInParts, 61, 60), "/short": fmt.Sprintf(drawnInParts, 80, 60)})
	p := opened(t, started(t), s.URL)
	want := ""
	for n := range 60 {
		want += fmt.Sprintf("第%d行;", n)
	}
	res, err := ReadTable(t.Context(), p, nameState(), ReadOptions{All: true})
	if err != nil || names(res) != want || len(res.Links) != 60 || len(res.Notes) > 0 || res.Incomplete || !res.Whole {
		t.Errorf("got %s, %q, incomplete %v, %s", names(res), res.Notes, res.Incomplete, told(err))
	}
	res, err = ReadTable(t.Context(), p, nameState(), ReadOptions{})
	if err != nil || len(res.Rows) > 20 || !res.Incomplete || res.Whole || !strings.Contains(strings.Join(res.Notes, "；"), "只画出看得见的行") {
		t.Errorf("got %+v, %s", res, told(err))
	}
	if err := p.Navigate(t.Context(), s.URL+"/short", 20*time.Second); err != nil {
		t.Fatal(err)
	}
	res, err = ReadTable(t.Context(), p, nameState(), ReadOptions{All: true})
	if err != nil || !res.Incomplete || len(res.Notes) != 1 || !strings.Contains(res.Notes[0], "80 行，只显示了 60 行") {
		t.Errorf("got %q, incomplete %v, %s", res.Notes, res.Incomplete, told(err))
	}
}

// TestGridsOfOtherElements reads rows that are no table's: with a pager at the foot inside of the grid, and under a table
// that is their header alone, drawn in parts.
func TestGridsOfOtherElements(t *testing.T) {
	const grid = `<!doctype html><meta charset=utf-8><div role=grid><div role=rowgroup><div role=row><b role=columnheader>名称</b><b role=columnheader>状态</b></div></div><div role=rowgroup id=b></div>
		<div><button id=p>上一页</button><button id=n>下一页</button></div></div><script>let at = 0; const draw = () => { b.innerHTML = '甲乙丙丁戊'.slice(at * 2, at * 2 + 2).split('').map((x) => '<div role=row><b role=gridcell>' + x + '</b><b role=gridcell>已发布</b></div>').join(''); p.disabled = at === 0; n.disabled = at === 2; };
		n.onclick = () => { at += 1; draw(); }; p.onclick = () => { at -= 1; draw(); }; draw();</script>`
	const loose = `<!doctype html><meta charset=utf-8><style>table{table-layout:fixed;width:300px;border-collapse:collapse}th{padding:0}.r{display:flex;height:26px}.r i{width:100px}</style><div><table><thead><tr><th>名称<th>状态<th>地址</thead></table>
		<div id=list style="height:160px;width:320px;overflow:auto"><div id=pad><div id=b style="position:relative"></div></div></div></div><script>pad.style.height = 60 * 26 + 'px';
		const draw = () => { const from = Math.max(0, Math.floor(list.scrollTop / 26) - 1); b.style.top = from * 26 + 'px'; b.innerHTML = Array.from({ length: Math.min(9, 60 - from) }, (_, i) => '<div class=r><i>第' + (from + i) + '行;</i><i>已发布</i><i>x</i></div>').join('') + EXTRA; };
		list.onscroll = () => setTimeout(draw, 30); draw();</script>`
	var sixty strings.Builder
	for n := range 60 {
		fmt.Fprintf(&sixty, "第%d行;", n)
	}
	s := pagerSite(t, map[string]string{"/grid": grid, "/loose": strings.Replace(loose, "EXTRA", "''", 1), "/among": strings.Replace(loose, "EXTRA", "'<p>还有一行</p>'", 1)})
	b := started(t)
	for path, rows := range map[string]string{"/grid": "甲乙丙丁戊", "/loose": sixty.String(), "/among": ""} {
		p := opened(t, b, s.URL+path)
		res, err := ReadTable(t.Context(), p, nameState(), ReadOptions{All: true})
		p.Close()
		if err != nil || names(res) != rows || res.Whole != (rows != "") || (rows == "") != (len(res.Drift) == 1) {
			t.Errorf("%s: got %s, whole %v, %+v, %s", path, names(res), res.Whole, res.Drift, told(err))
		}
	}
}

// TestScrolledPage reads a list that stands with other things in a part of the page that scrolls: it is all there.
func TestScrolledPage(t *testing.T) {
	s := pagerSite(t, map[string]string{"/": `<!doctype html><meta charset=utf-8><div style="height:200px;overflow:auto"><h2>样表的标题写在上面</h2><table><tr><th>名称<th>状态<tr><td>甲<td>x</table><p style="margin-top:600px">下面还有别的说明</div>`})
	res, err := ReadTable(t.Context(), opened(t, started(t), s.URL), nameState(), ReadOptions{})
	if err != nil || names(res) != "甲" || len(res.Notes) > 0 {
		t.Errorf("got %+v, %s", res, told(err))
	}
}

func TestPresentPageAlone(t *testing.T) {
	script := `function draw() { return '共 7 条 <button onclick=go(at+1)>下一页</button>'; }`
	s := pagerSite(t, map[string]string{"/": fmt.Sprintf(sheetOf7, script)})
	res, err := ReadTable(t.Context(), opened(t, started(t), s.URL), nameState(), ReadOptions{})
	if err != nil || names(res) != "甲乙丙" || res.Pages != 1 || !res.Incomplete || len(res.Notes) != 1 || !strings.Contains(res.Notes[0], "共 7 条") {
		t.Errorf("got %+v, %s", res, told(err))
	}
}

func TestLimitsOfAList(t *testing.T) {
	script := `function draw() { return '<button onclick=go(at+1)>下一页</button>'; }`
	s := pagerSite(t, map[string]string{"/": fmt.Sprintf(sheetOf7, script)})
	p := opened(t, started(t), s.URL)
	if _, err := ReadTable(t.Context(), p, nameState(), ReadOptions{All: true, MaxPages: 2}); listing.CodeOf(err) != listing.CodeTooLarge {
		t.Errorf("got %s", told(err))
	}
	gone := listing.Fail(listing.CodeRefused, "登录已过期", "请重新扫码登录")
	var heard []int
	_, err := ReadTable(t.Context(), p, nameState(), ReadOptions{All: true, Check: func(context.Context) error { return gone }, Progress: func(_, rows, _ int) { heard = append(heard, rows) }})
	if !errors.Is(err, gone) || !slices.Equal(heard, []int{3}) {
		t.Errorf("got %s, heard %v", told(err), heard)
	}
}

// TestPlacesOfATable reads the same table inside a frame, a shadow root and a frame of a frame, and not where it is unseen.
func TestPlacesOfATable(t *testing.T) {
	plain := `<!doctype html><meta charset=utf-8><table><tr><th>名称<th>状态<tr><td>甲<td><input value=已发布><tr style="display:none"><td>乙<td>x</table>`
	cases := map[string]struct{ page, rows string }{
		"frame":          {`<iframe src="/t"></iframe>`, "甲"},
		"frame in frame": {`<iframe src="/f"></iframe>`, "甲"},
		"unseen frame":   {`<iframe src="/t" style="display:none"></iframe><p>x`, ""},
		"shadow root":    {`<div id=a></div><script>document.getElementById('a').attachShadow({mode:'open'}).innerHTML = decodeURIComponent("` + strings.ReplaceAll(escape(plain), `"`, `\"`) + `")</script>`, "甲"},
		"unseen":         {`<style>.no{display:none}</style><div class=no>` + plain + `</div>`, ""},
	}
	b := started(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := pagerSite(t, map[string]string{"/": "<!doctype html><meta charset=utf-8>" + c.page, "/t": plain, "/f": `<iframe src="/t"></iframe>`})
			p := opened(t, b, s.URL)
			defer p.Close()
			shots := 0
			res, err := ReadTable(t.Context(), p, nameState(), ReadOptions{All: true, Picture: func(context.Context) (string, error) { shots++; return "picture.png", nil }})
			if err != nil || names(res) != c.rows || (c.rows == "") != (shots == 1 && len(res.Drift) == 1 && res.Drift[0].Picture == "picture.png") {
				t.Errorf("got %+v, %d pictures, %s", res, shots, told(err))
			}
			if len(res.Rows) > 0 && res.Rows[0]["状态"] != "已发布" {
				t.Errorf("got %v", res.Rows)
			}
		})
	}
}

func escape(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}
