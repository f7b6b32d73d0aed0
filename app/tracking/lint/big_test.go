package lint

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestBigScripts: what is found in a script must not change when whole libraries stand around it, though only what has to do
// with the tracking code is followed then.
func TestBigScripts(t *testing.T) {
	filler := "\n;(function(){function a0(b){return b.c===void 0?{}:b.d(function(e){return e*2})}" +
		strings.Repeat("a0({c:1,d:function(f){return f(3)}});", 6000) + "})();\n"
	for _, name := range []string{"guide", "jquery", "pairs", "minified", "entry", "vite", "webpack"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := base(t, name)
			grow(site, filler)
			compare(t, site, run(t, site, nil, nil), allowance(t, name), nil)
		})
	}
}

func grow(site fstest.MapFS, filler string) {
	for name, f := range site {
		if strings.HasSuffix(name, ".js") {
			site[name] = &fstest.MapFile{Data: append(append([]byte{}, f.Data...), filler...)}
		}
	}
}
