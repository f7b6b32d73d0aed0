package trace

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// follow runs one script, or a script with a module m, and tells what it would do: an event a word, with the work it
// happens in.
func follow(t *testing.T, script, module string) *Trace {
	t.Helper()
	s, err := Parse("main.ts", []byte(script), 0, TypeScript)
	if err != nil {
		t.Fatal(err)
	}
	other, err := Parse("m.ts", []byte(module), 0, TypeScript)
	if err != nil {
		t.Fatal(err)
	}
	return Run([]*Script{s}, Options{UserAgent: "Mozilla/5.0 (Linux; Android 12)", Module: func(_ *Script, name string) *Script {
		if name == "./m" {
			return other
		}
		return nil
	}})
}

func told(tr *Trace) []string {
	out := []string{}
	for _, e := range tr.Events {
		word := string(e.What) + " " + e.Name
		if e.What == Meta && e.Value != nil {
			texts, _ := e.Value.Strings()
			slices.Sort(texts)
			word += "=" + strings.Join(texts, "|")
		}
		for _, w := range e.Works() {
			word += " @" + string(w.When)
		}
		out = append(out, word)
	}
	return out
}

const set = "const set = (k, v) => window.aplus_queue.push({action: 'aplus.setMetaInfo', arguments: [k, v]});\n"

func TestEvents(t *testing.T) {
	cases := map[string]struct {
		script, module string
		want           []string
	}{
		"literals":            {"aplus_queue.push({action:'aplus.setMetaInfo',arguments:['a','b']})", "", []string{"meta a=b"}},
		"a wrapper":           {set + "set('a', 'b' + 'c'); set(`x${1}`, 'y')", "", []string{"meta a=bc", "meta x1=y"}},
		"rest and spread":     {set + "function all(...pairs) { pairs.forEach(p => set(...p)) } all(['a','1'], ['b','2'])", "", []string{"meta a=1", "meta b=2"}},
		"arguments":           {set + "function two() { set.apply(null, [].slice.call(arguments, 1)) } two('x', 'a', '1')", "", []string{"meta a=1"}},
		"a Map":               {set + "new Map([['a','1']]).forEach((v, k) => set(k, v))", "", []string{"meta a=1"}},
		"Object.entries":      {set + "for (const [k, v] of Object.entries({a: '1', b: '2'})) set(k, v)", "", []string{"meta a=1", "meta b=2"}},
		"reduce":              {set + "['a', 'b'].reduce((n, k) => { set(k, '' + n); return n + 1 }, 0)", "", []string{"meta a=0", "meta b=1"}},
		"an enum":             {set + "enum K { Hold = '_hold' } set(K.Hold, 'BLOCK')", "", []string{"meta _hold=BLOCK"}},
		"the device":          {set + "set('d', /Android/.test(navigator.userAgent) ? 'yes' : 'no')", "", []string{"meta d=yes"}},
		"both ways":           {set + "set('d', Math.random() > 0.5 ? 'yes' : 'no')", "", []string{"meta d=no|yes"}},
		"a switch":            {set + "switch (true) { case false: set('a', '1'); break; default: set('a', '2') }", "", []string{"meta a=2"}},
		"an import":           {"import go, {K} from './m'; go(K)", set + "export const K = 'a'; export default k => set(k, '1')", []string{"meta a=1"}},
		"a class":             {set + "class A { f = 'a'; run() { set(this.f, '1') } } class B extends A {} new B().run()", "", []string{"meta a=1"}},
		"a prototype":         {set + "function A() { this.f = 'a' } A.prototype.run = function () { set(this.f, '1') }; new A().run()", "", []string{"meta a=1"}},
		"a plugin":            {set + "app.use({install(a) { a.config.globalProperties.$t = {go: () => set('a', '1')} }}); x.$t.go()", "", []string{"meta a=1"}},
		"a getter":            {set + "const o = {get k() { return 'a' }}; set(o.k, '1')", "", []string{"meta a=1"}},
		"nobody calls it":     {set + "function never() { set('a', '1') }", "", []string{}},
		"by a timer":          {set + "setTimeout(() => set('a', '1'), 10)", "", []string{"meta a=1 @timer"}},
		"a promise":           {set + "fetch('x').then(() => set('a', '1')).catch(() => set('b', '1'))", "", []string{"meta a=1 @success", "meta b=1 @failure"}},
		"await":               {set + "async function f() { await fetch('x'); set('a', '1') } f()", "", []string{"meta a=1 @success"}},
		"an optional chain":   {"window?.aplus_queue?.push?.({action:'aplus.setMetaInfo',arguments:['a','b']})", "", []string{"meta a=b"}},
		"the queue anew":      {"window.aplus_queue = []", "", []string{"renewed "}},
		"the queue if absent": {"window.aplus_queue = window.aplus_queue || []", "", []string{}},
		"an unknown action":   {"aplus_queue.push({action:'aplus. sendPV',arguments:[]})", "", []string{"odd aplus. sendPV"}},
		"push on a list":      {"Array.prototype.push.apply(aplus_queue, [{action:'aplus.setMetaInfo',arguments:['a','b']}])", "", []string{"meta a=b"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := told(follow(t, c.script, c.module)); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestSettles(t *testing.T) {
	cases := map[string]bool{
		"go()":                   true,
		"if (x) go()":            false,
		"if (x) go(); else go()": true,
		"if (x) return1(); else throw1(); function return1() { go() } function throw1() { go() }": true,
		"ask().then(go)":                   false,
		"ask().then(go, go)":               true,
		"ask().then(go).catch(go)":         true,
		"ask().finally(go)":                true,
		"ask().catch(warn).then(go)":       true,
		"ask({success: go})":               false,
		"ask({success: go, fail: go})":     true,
		"ask({complete: go})":              true,
		"setTimeout(go, 1)":                true,
		"addEventListener('click', go)":    false,
		"addEventListener('pagehide', go)": false,
		"var d = false; setTimeout(function () { if (d) return; d = true; go() }, 1)": true,
		"(async () => { try { await ask() } finally { go() } })()":                    true,
		"(async () => { try { await ask(); go() } catch (e) { warn(e) } })()":         false,
		"(async () => { try { await ask() } catch (e) { warn(e) } go() })()":          true,
		"(async () => { await ask(); go() })()":                                       false,
		"ask().then(function (r) { return more(r) }).then(go, go)":                    true,
		"Promise.all([ask(), more()]).then(go, go)":                                   true,
	}
	for script, want := range cases {
		t.Run(script, func(t *testing.T) {
			tr := follow(t, "function go() { aplus_queue.push({action: 'aplus.sendPV', arguments: []}) }\n"+script, "")
			if got := tr.Settles(func(e *Event) bool { return e.What == PV }); got != want {
				t.Errorf("settles %v: %v", got, told(tr))
			}
		})
	}
}

func TestBefore(t *testing.T) {
	tr := follow(t, set+"set('a','1'); ask().then(() => { set('c','1'); set('d','1') }); set('b','1')", "")
	at := map[string]*Event{}
	for _, e := range tr.Events {
		at[e.Name] = e
	}
	for pair, want := range map[string]bool{"ab": true, "ba": false, "ac": true, "bc": true, "cd": true, "ca": false, "dc": false} {
		if got := Before(at[pair[:1]], at[pair[1:]]); got != want {
			t.Errorf("%s before %s: %v", pair[:1], pair[1:], got)
		}
	}
}

// TestOrigins: places are those of the original text, whatever had to be lowered.
func TestOrigins(t *testing.T) {
	for lang, text := range map[Language]string{
		JavaScript: "/* 停车 */ var f = (a) => aplus_queue.push({action: 'aplus.setMetaInfo', arguments: ['here', a]}); f('x')",
		TypeScript: "type T = { 名: string };\n// 注释\nexport const f = (a: string): void => { (window as any).aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: ['here', a] }) };\nf('x' as const)",
		TSX:        "const v = <div title='停车'>停</div>;\nfunction f(a: string) { aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: ['here', a] }) }\nf('x')",
	} {
		s, err := Parse("a", []byte(text), 0, lang)
		if err != nil {
			t.Fatal(err)
		}
		events := Run([]*Script{s}, Options{}).Of(Meta)
		if len(events) == 0 {
			t.Fatalf("%s: no event", lang)
		}
		if at := s.Origin(events[0].At.Offset); !strings.HasPrefix(text[at:], "'here'") {
			t.Errorf("%s: %q", lang, fmt.Sprintf("%.20s", text[at:]))
		}
	}
}
