package trace

import (
	"testing"
)

func scripts() []string {
	return []string{
		"aplus_queue.push({action:'aplus.setMetaInfo',arguments:['_hold','BLOCK']})",
		"import a,{b as c} from './x'; export default class A extends c{static x=1;#p;get y(){return this.#p}constructor(){super(a)}}",
		"for(const [k,v] of Object.entries({a:1,...b}))window.aplus_queue?.push({action:`aplus.${k}`,arguments:[k,v]})",
		"async function f(){try{await g()}catch(e){h(e)}finally{i()}} f().then(a,b).catch(c)",
		"switch(true){case /a/.test(x):y();break;default:z()} label:while(1){if(a)continue label;break}",
		"var n=function(){return n.apply(this,arguments)};n.prototype=Object.create(n.prototype);new n(n)",
		"const m=new Map([[1,2]]);m.forEach((v,k)=>m.set(k,v));[1,2].reduce((a,b)=>a+b);`${m}`",
		"enum E{A='x',B='y'} const a:E=E.A as const; type T=string; abstract class C<T>{private x?:T}",
		"const a=<div onClick={()=>f()}>{b}</div>; export default a",
	}
}

// FuzzParse: any text is read or refused with a place inside it, and a walk over it ends.
func FuzzParse(f *testing.F) {
	for _, s := range scripts() {
		f.Add(s, "js")
		f.Add(s, "tsx")
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		if lang != "ts" && lang != "tsx" {
			lang = "js"
		}
		s, err := Parse("a", []byte(text), 0, Language(lang))
		if err != nil {
			return
		}
		found := SurveyOf(s)
		LookAlikes(s)
		for _, l := range append(found.Requests, found.Addresses...) {
			if at := s.Origin(l.At.Offset); at < 0 || at > len(text) {
				t.Fatalf("%d of %d", at, len(text))
			}
		}
	})
}

// FuzzRun: following any script ends, within its bounds, with places inside the text.
func FuzzRun(f *testing.F) {
	for _, s := range scripts() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse("a", []byte(text), 0, JavaScript)
		if err != nil {
			return
		}
		tr := Run([]*Script{s}, Options{UserAgent: "Android", Steps: 200_000, Module: func(*Script, string) *Script { return s }})
		for _, e := range tr.Events {
			if at := s.Origin(max(0, e.At.Offset)); at < 0 || at > len(text) {
				t.Fatalf("%d of %d", at, len(text))
			}
		}
		tr.Settles(func(e *Event) bool { return e.What == PV })
	})
}
