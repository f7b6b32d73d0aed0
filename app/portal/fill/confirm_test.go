package fill

import (
	"strings"
	"testing"

	"shangjiatong/app/browser"
)

// dayPicker is a calendar of November 2026 that waits for its own button where %FOOT% has one. What the page does once a
// day is clicked is %THEN%.
const dayPicker = `<style>.l{position:absolute;top:90px;left:20px;width:300px;background:#fff;border:1px solid #ccc}</style><script>
window.model = '';
function month(input) {
  const l = document.createElement('div'); l.className = 'l';
  l.innerHTML = '<b>2026年11月</b><table></table>%FOOT%';
  const t = l.querySelector('table'); let row;
  for (let d = 1; d <= 30; d += 1) { if (d % 7 === 1) row = t.insertRow(); const c = row.insertCell(); c.textContent = d; c.onclick = (e) => { e.stopPropagation(); const take = () => { model = input.value = '2026-11-' + String(d).padStart(2, '0'); }; %THEN% }; }
  const own = l.querySelector('.own');
  if (own) own.onclick = (e) => { e.stopPropagation(); own.take?.(); l.remove(); };
  l.onclick = (e) => e.stopPropagation(); %WHERE%.append(l);
}
const box = (text) => { const m = document.createElement('div'); m.style.cssText = 'position:fixed;top:300px;left:300px;background:#fff;border:1px solid'; m.innerHTML = text + '<button type=button>取消</button><button type=button onclick="finals++;this.parentNode.remove()">确定</button>'; return m; };
</script><div id=form><div><b class=lab>开工日期</b><input readonly onclick="month(this)"></div></div><p id=foot hidden><button type=button onclick="finals++">确定</button></p><div id=over hidden style="position:absolute"></div>`

// A button to confirm with is pressed in the picker that the field opened, and in nothing that the page opens besides.
func TestConfirmsInItsOwnPickerOnly(t *testing.T) {
	b := started(t)
	const own, wait = `<button type=button class=own>确定</button>`, "own.take = take;"
	for name, c := range map[string]struct {
		foot, then, where string
		ok                bool
		told              string
	}{
		"its own":                                    {own, wait, "document.body", true, ""},
		"its own, that is only drawn":                {`<span class=own style="cursor:pointer">确定</span>`, wait, "document.body", true, ""},
		"its own, that was not live yet":             {`<input type=button class=own disabled value=确定>`, "own.disabled = false;" + wait, "document.body", true, ""},
		"its own, drawn anew":                        {`<p>` + own + `</p>`, `own.parentNode.innerHTML = '<button type=button>确定</button>'; l.querySelector('button').onclick = () => { take(); l.remove(); };`, "document.body", true, ""},
		"a message box":                              {"", "take(); l.remove(); document.body.append(box('早于今天，确定吗？'));", "document.body", true, "没有点"},
		"a message box beside the open picker":       {"", "take(); document.body.append(box('早于今天，确定吗？'));", "document.body", true, "没有点"},
		"a message box, and the picker has its own":  {own, wait + "document.body.append(box('早于今天，确定吗？'));", "document.body", true, "没有点"},
		"a message box in what the picker stands in": {"", "take(); l.remove(); over.append(box('早于今天，确定吗？'));", "(over.hidden = false, over.append('日历'), over)", true, "没有点"},
		"two in what the picker stands in":           {own, wait + "over.append(box('早于今天，确定吗？'));", "(over.hidden = false, over.append('日历'), over)", true, "没有点"},
		"the page's own footer":                      {"", "take(); l.remove(); foot.hidden = false;", "document.body", true, "没有点"},
		"a form that is drawn anew":                  {"", "take(); l.remove();", "(form.replaceWith(Object.assign(document.createElement('div'), { innerHTML: form.innerHTML + foot.innerHTML })), document.body.lastElementChild.previousElementSibling.previousElementSibling)", false, "没有点"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := opened(t, b, served(t, replaced(dayPicker, "%FOOT%", c.foot, "%THEN%", c.then, "%WHERE%", c.where)), "就绪")
			res, err := Fill(t.Context(), p, []Ask{{Label: "开工日期", Value: Value{Date: ptr("2026-11-09")}}}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			finals, err := browser.Evaluate[int](t.Context(), p, "finals")
			if err != nil || finals > 0 || res.PressedFinal {
				t.Errorf("pressed %d times what is not the picker's: %+v, %v", finals, res, err)
			}
			if f := res.Fields[0]; f.OK != c.ok || !strings.Contains(told(res), c.told) || c.told == "" && len(res.Notes) > 0 {
				t.Errorf("%+v, want %v with %q", res, c.ok, c.told)
			}
		})
	}
}
