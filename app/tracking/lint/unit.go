package lint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"shangjiatong/app/tracking/trace"
)

// unit is what is judged as one: a page with its scripts, or a page of a mini-program.
type unit struct {
	*page           // nil for a mini-program
	name     string // the file findings without a place are given to
	scripts  []*trace.Script
	late     []*trace.Script // loaded on demand
	lost     []scriptTag     // scripts of the site that are not there
	damaged  bool            // a script with tracking code cannot be read
	mini     bool
	entry    bool
	traces   map[device]*trace.Trace
	redirect bool // only sends its reader on
}

// device is a kind of client.
type device string

// The devices.
const (
	android device = "安卓"
	iphone  device = "苹果手机"
	desktop device = "电脑"
)

func devices() []device { return []device{desktop, android, iphone} }

// units finds the pages of the code and the scripts of each.
func (l *library) units() []*unit {
	var out []*unit
	for _, name := range l.of(htmlFile) {
		src := l.read(name)
		if src == nil {
			continue
		}
		p := readPage(src)
		l.mention(p.mentioned)
		if p.fragment {
			continue
		}
		out = append(out, l.unit(p))
	}
	if len(out) == 0 {
		out = l.miniUnits()
	}
	markEntries(out)
	l.lateScripts(out)
	return out
}

func (l *library) mention(names []string) {
	for _, n := range names {
		l.mentioned[n] = true
	}
}

// unit gathers the scripts of a page in the order they run: plain ones, then deferred ones and modules.
func (l *library) unit(p *page) *unit {
	u := &unit{page: p, name: p.path}
	var after []*trace.Script
	for _, t := range p.scripts {
		if !t.code() {
			continue
		}
		s := l.tagScript(u, p, t)
		if s == nil {
			continue
		}
		_, deferred := t.attr("defer")
		if t.module() || deferred && t.has {
			after = append(after, s)
		} else {
			u.scripts = append(u.scripts, s)
		}
	}
	u.scripts = append(u.scripts, after...)
	if len(u.scripts) == 0 || onlyInline(u, p) {
		if entry := l.entryScript(p.path); entry != nil {
			u.scripts = append(u.scripts, entry)
		}
	}
	return u
}

// onlyInline reports whether a page names no script of the site, so that a build adds it.
func onlyInline(u *unit, p *page) bool {
	return !slices.ContainsFunc(u.scripts, func(s *trace.Script) bool { return s.File != p.path })
}

func (l *library) tagScript(u *unit, p *page, t scriptTag) *trace.Script {
	if !t.has {
		s := l.inlineScript(p, t)
		if s == nil && hasTracking(p.text[t.from:t.to]) {
			u.damaged = true
		}
		return s
	}
	name := l.find(p.path, t.src)
	if name == "" {
		if !strings.Contains(t.src, "://") && !strings.HasPrefix(t.src, "//") && t.src != "" {
			u.lost = append(u.lost, t)
		}
		return nil
	}
	l.used[name] = true
	s := l.script(name)
	if s == nil {
		if src := l.read(name); src == nil || hasTracking(src.text) {
			u.damaged = true
		}
		return nil
	}
	if t.module() {
		s.Module = true
	}
	return s
}

// entryScript is where a project begins whose page names no script: the build puts it in.
func (l *library) entryScript(pagePath string) *trace.Script {
	folder := path.Dir(pagePath)
	roots := []string{folder, path.Dir(folder)}
	for _, root := range roots {
		if !slices.ContainsFunc(l.paths, func(p string) bool { return strings.HasPrefix(p, path.Join(root, "src")+"/") }) {
			continue
		}
		for _, name := range []string{"src/main.js", "src/main.ts", "src/main.tsx", "src/main.jsx", "src/index.js", "src/index.ts", "src/index.tsx", "src/index.jsx"} {
			if at := path.Join(root, name); l.scriptFile(at) {
				l.used[at] = true
				return l.script(at)
			}
		}
	}
	return nil
}

// hasTracking reports whether a text has to do with the tracking code at all.
func hasTracking(text []byte) bool {
	return slices.ContainsFunc(trackingSigns, func(sign []byte) bool { return bytes.Contains(text, sign) })
}

// trackingSigns are words that no tracking code does without.
var trackingSigns = [][]byte{
	[]byte("aplus"), []byte("wpkReporter"), []byte("wpkreporter"), []byte("window._wpk"), []byte("wpkgate"), []byte("sendPV"),
	[]byte("setMetaInfo"), []byte("sapp_id"), []byte("zzdpro"),
}

// markEntries says which pages are entered first: the index pages nearest to the root.
func markEntries(units []*unit) {
	depth := -1
	for _, u := range units {
		if d := strings.Count(u.name, "/"); isIndex(u.name) && (depth < 0 || d < depth) {
			depth = d
		}
	}
	for _, u := range units {
		u.entry = isIndex(u.name) && strings.Count(u.name, "/") == depth || len(units) == 1
	}
}

func isIndex(name string) bool {
	base := strings.ToLower(path.Base(name))
	return base == "index.html" || base == "index.htm"
}

// lateScripts gives scripts that no page names, but that hold tracking code, to the page they belong to: the parts that a
// single-page application loads on demand.
func (l *library) lateScripts(units []*unit) {
	for _, name := range l.of(scriptFile, typedFile, tsxFile, vueFile) {
		if l.used[name] {
			continue
		}
		raw, why := l.rawQuiet(name)
		if why != "" || !hasTracking(raw) { // not kept: most of what a package holds has nothing to do with it
			continue
		}
		if u := nearest(units, name); u != nil {
			if s := l.script(name); s != nil {
				u.late = append(u.late, s)
			} else {
				u.damaged = true
			}
		}
	}
}

// nearest is the only page of the innermost folder around a script that has pages at all.
func nearest(units []*unit, name string) *unit {
	for folder := path.Dir(name); ; folder = path.Dir(folder) {
		var here []*unit
		for _, u := range units {
			if path.Dir(u.name) == folder || path.Dir(u.name) == path.Join(folder, "public") {
				here = append(here, u)
			}
		}
		if len(here) == 1 {
			return here[0]
		}
		if len(here) > 1 || folder == "." || folder == "/" {
			return nil
		}
	}
}

// miniUnits are the pages of a mini-program (TRACK-15): app.js runs before each of them.
func (l *library) miniUnits() []*unit {
	var out []*unit
	for _, name := range l.of(dataFile) {
		root := path.Dir(name)
		start := path.Join(root, "app.js")
		if path.Base(name) != "app.json" || !l.scriptFile(start) {
			continue
		}
		for i, p := range l.miniPages(name) {
			u := &unit{name: path.Join(root, p+".js"), mini: true, entry: i == 0}
			for _, file := range []string{start, u.name} {
				l.used[file] = true
				if s := l.script(file); s != nil {
					u.scripts = append(u.scripts, s)
				} else if src := l.read(file); src != nil && hasTracking(src.text) {
					u.damaged = true
				}
			}
			out = append(out, u)
		}
	}
	return out
}

// miniPages reads which pages a mini-program has.
func (l *library) miniPages(name string) []string {
	src := l.read(name)
	if src == nil {
		return nil
	}
	var app struct {
		Pages []string `json:"pages"`
		Packs []struct {
			Root  string   `json:"root"`
			Pages []string `json:"pages"`
		} `json:"subPackages"`
	}
	if json.Unmarshal(src.text, &app) != nil {
		l.leave(name, "不是完好的 JSON")
		return nil
	}
	out := app.Pages
	for _, pack := range app.Packs {
		for _, p := range pack.Pages {
			out = append(out, path.Join(pack.Root, p))
		}
	}
	return out
}

// follow lets the scripts of a unit be followed on every device. Units with the same scripts share the result.
func (l *library) follow(u *unit, agents map[device]string, done map[string]map[device]*trace.Trace) {
	key := u.key()
	if known, ok := done[key]; ok {
		u.traces = known
		return
	}
	u.traces = map[device]*trace.Trace{}
	for _, d := range devices() {
		if d != desktop && !u.traces[desktop].Asked {
			u.traces[d] = u.traces[desktop] // no script asks which device it is
			continue
		}
		opts := trace.Options{Steps: u.steps(), UserAgent: agents[d], Module: l.module, Local: l.local, Late: u.late, Mentioned: l.mentioned}
		u.traces[d] = trace.Run(u.scripts, opts)
	}
	done[key] = u.traces
}

// quietSteps is how far a page is followed whose scripts do not speak of tracking: far enough to see where it sends its reader.
const quietSteps = 50_000

// steps is how far the scripts of a page are followed; 0 is the usual bound. A module may import what has to do with tracking.
func (u *unit) steps() int {
	for _, s := range append(u.scripts[:len(u.scripts):len(u.scripts)], u.late...) {
		if s.Marked() || s.Module || s.Imports() {
			return 0
		}
	}
	return quietSteps
}

// key tells the scripts of a unit apart. Inline scripts count with their place.
func (u *unit) key() string {
	var b strings.Builder
	for _, s := range append(u.scripts[:len(u.scripts):len(u.scripts)], u.late...) {
		fmt.Fprintf(&b, "%p ", s)
	}
	return b.String()
}
