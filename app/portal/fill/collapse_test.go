package fill

import (
	"testing"

	"shangjiatong/app/browser"
)

// severalPage is a select of several whose list stands inside the form, over the next field, and which shows only the
// first that is chosen, with the number of the others.
const severalPage = `<style>.s{position:relative;border:1px solid #999;width:300px;height:30px;cursor:pointer}.l{position:absolute;top:32px;left:0;background:#fff;border:1px solid #ccc;z-index:9;width:300px}</style>
<form><div><label>领域</label><div class=s id=s role=combobox aria-expanded=false><span id=shown></span><div class=l id=l hidden></div></div></div>
<div><label>层级</label><span><label><input type=radio name=r>甲</label><label><input type=radio name=r>乙</label></span></div></form><script>
const all = ['数字政府', '数字经济', '数字社会', '数字法治'], on = new Set(%BEFORE%), l = document.getElementById('l');
const draw = () => {
  shown.innerHTML = [...on].slice(0, 1).map((t) => '<i>' + t + '</i>').join('') + (on.size > 1 ? '<b>+ ' + (on.size - 1) + '</b>' : '');
  l.innerHTML = all.map((t) => '<div role=option ' + (on.has(t) ? '%ON%' : '%OFF%') + '>' + t + '</div>').join('');
};
s.onclick = (e) => { if (e.target.getAttribute('role') === 'option') { const t = e.target.textContent; on.has(t) ? on.delete(t) : on.add(t); draw(); } else { l.hidden = !l.hidden; } e.stopPropagation(); };
document.addEventListener('click', () => { l.hidden = true; });
draw();
</script>`

func TestCollapsedTags(t *testing.T) {
	b := started(t)
	for name, c := range map[string]struct {
		before, on, off string
		ok              bool
		holds           string
	}{
		"nothing chosen before":           {"[]", "", "", true, "数字政府,数字社会,数字法治"},
		"some chosen, options say it":     {`["数字政府","数字法治"]`, "aria-selected=true", "aria-selected=false", true, "数字政府,数字法治,数字社会"},
		"another chosen, hidden":          {`["数字政府","数字经济"]`, "aria-selected=true", "aria-selected=false", false, "数字政府,数字经济,数字社会,数字法治"},
		"some chosen, options are silent": {`["数字政府","数字法治"]`, "", "", false, "数字政府,数字法治"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := replaced(severalPage, "%BEFORE%", c.before, "%ON%", c.on, "%OFF%", c.off)
			p := opened(t, b, served(t, page), "就绪")
			res, err := Fill(t.Context(), p, []Ask{
				{Label: "领域", Value: Value{Check: []string{"数字政府", "数字社会", "数字法治"}}}, {Label: "层级", Value: Value{Choose: ptr("乙")}},
			}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			holds, err := browser.Evaluate[string](t.Context(), p, "[...on].join()")
			if res.Fields[0].OK != c.ok || holds != c.holds || err != nil {
				t.Errorf("%+v; the page holds %s, want %s, %v", res.Fields[0], holds, c.holds, err)
			}
			if !res.Fields[1].OK {
				t.Errorf("the field under the list: %+v", res.Fields[1])
			}
		})
	}
}
