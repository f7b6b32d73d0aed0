package livecheck

import (
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// stop is one page of the check: where to go, and how.
type stop struct {
	page    listing.Page
	index   int    // its place in the page table
	address string // to be opened
	doc     string // address without the part after "#"
	file    string // of the folder, when it is one
}

// within reports whether b can be reached from a by a change of route.
func within(a, b stop) bool { return a.doc == b.doc }

// site knows where the pages of the page table are found.
type site struct {
	base  string // address of the application's root folder, with a slash at its end
	entry string // address of the entry
	root  string // the root folder as the page table writes it, "/web/demo/reserved/", or ""
	hash  bool   // some page is a route after "#", so that the others without a file are too
	files *host  // when a folder is served
}

// newSite finds the root of an application at an address or in a served folder.
func newSite(k *knowledge, in Input, files *host) (site, error) {
	root := tableRoot(k, in.Pages)
	hash := slices.ContainsFunc(in.Pages, func(p listing.Page) bool { return tracking.HasRoute(p.PageURL) })
	if files != nil {
		base := files.origin + files.prefix
		return site{base: base, entry: base, root: root, hash: hash, files: files}, nil
	}
	u, err := url.Parse(in.Address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		e := listing.Failf(listing.CodeInvalid, "写完整的网址，以 http:// 或 https:// 开头", "不是网址：%s", in.Address)
		e.Field = "address"
		return site{}, e
	}
	folder := u.Path
	if !strings.HasSuffix(folder, "/") {
		folder = path.Dir("/" + strings.TrimPrefix(folder, "/"))
	}
	if !strings.HasSuffix(folder, "/") {
		folder += "/"
	}
	return site{base: u.Scheme + "://" + u.Host + folder, entry: in.Address, root: root, hash: hash}, nil
}

// tableRoot is the folder all full addresses of the page table have in common: up to a folder the hosting platform is
// known for, else the longest.
func tableRoot(k *knowledge, pages []listing.Page) string {
	var common []string
	first := true
	for _, p := range pages {
		u, err := url.Parse(p.PageURL)
		if err != nil || u.Host == "" {
			continue
		}
		for _, mark := range k.Hosting.Roots {
			if i := strings.Index(u.Path, mark); i >= 0 {
				return u.Path[:i+len(mark)]
			}
		}
		folders := strings.Split(strings.Trim(path.Dir(u.Path+"x"), "/"), "/")
		if first {
			common, first = folders, false
			continue
		}
		n := 0
		for n < min(len(common), len(folders)) && common[n] == folders[n] {
			n++
		}
		common = common[:n]
	}
	if joined := strings.Join(common, "/"); joined != "" {
		return "/" + joined + "/"
	}
	return ""
}

// parameters of a route, :id or {id} or *, get a value.
func filled(address string) string {
	parts := strings.Split(address, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") || strings.HasPrefix(part, "{") || strings.HasPrefix(part, "*") {
			parts[i] = "1"
		}
	}
	return strings.Join(parts, "/")
}

// stopAt finds the place of a page.
func (s site) stopAt(index int, p listing.Page) stop {
	given, route, hashed := strings.Cut(p.PageURL, "#")
	given, query, asked := strings.Cut(given, "?")
	if u, err := url.Parse(given); err == nil && u.Host != "" {
		given = u.Path
	}
	if name := s.inside(given); !hashed && s.isRoute(given, name) {
		given, route, hashed = "", "/"+name, true
	}
	address := s.place(filled(given))
	if asked && query != "" {
		address += "?" + query
	}
	out := stop{page: p, index: index, doc: address}
	if hashed {
		address += "#" + filled(route)
	}
	out.address = address
	if s.files != nil {
		if u, err := url.Parse(out.doc); err == nil {
			out.file, _ = s.files.file(u.Path)
		}
	}
	return out
}

// inside is a path of the page table within the root of the application.
func (s site) inside(given string) string {
	inside := strings.TrimPrefix(given, "/")
	if s.root != "" && strings.HasPrefix(given, s.root) {
		inside = given[len(s.root):]
	}
	for strings.HasPrefix(inside, "./") || strings.HasPrefix(inside, "../") {
		_, inside, _ = strings.Cut(inside, "/")
	}
	return inside
}

// isRoute reports whether a path without "#" is a route after "#" all the same: "pages/list/list" as uni-app writes it, or
// any path that is no file while others have a "#".
func (s site) isRoute(given, inside string) bool {
	if inside == "" || path.Ext(inside) != "" || strings.HasSuffix(inside, "/") || !s.hash && strings.HasPrefix(given, "/") {
		return false
	}
	if s.files == nil {
		return true
	}
	_, there := s.files.file(s.files.prefix + inside)
	return !there
}

// apart is the entry, when it is a document that is no page of the page table: one that only sends on, say.
func (s site) apart(groups [][]stop) (stop, bool) {
	at := stop{address: s.entry, doc: s.entryDoc()}
	for _, group := range groups {
		if group[0].doc == at.doc {
			return at, false
		}
	}
	if s.files != nil {
		var there bool
		if at.file, there = s.files.file(s.files.prefix); !there {
			return at, false
		}
	}
	at.page.PageName = "入口"
	return at, len(groups) > 0
}

// place turns a path of the page table into an address of the site.
func (s site) place(given string) string {
	inside := s.inside(given)
	if s.files == nil {
		if inside == "" {
			return s.entryDoc()
		}
		return s.base + inside
	}
	if inside == "" {
		return s.base
	}
	// The page table may write more folders in front than the package has: the longest end that is a file counts.
	for rest := inside; rest != ""; {
		if name, there := s.files.file(s.files.prefix + rest); there {
			if name == "index.html" {
				return s.base // the entry has one address only, so that its routes are of one document
			}
			return s.base + rest
		}
		var found bool
		if _, rest, found = strings.Cut(rest, "/"); !found {
			break
		}
	}
	return s.base + inside
}

func (s site) entryDoc() string {
	doc, _, _ := strings.Cut(s.entry, "#")
	return doc
}

// historyRoute reports whether a page is no file of the served folder, so that only its entry can show it.
func (s site) historyRoute(at stop) bool {
	if s.files == nil {
		return false
	}
	u, err := url.Parse(at.doc)
	if err != nil {
		return false
	}
	_, there := s.files.file(u.Path)
	return !there && path.Ext(u.Path) == ""
}

// stops are the pages in the order they are visited: the page table's, with the routes of one document together.
func (s site) stops(pages []listing.Page) [][]stop {
	var groups [][]stop
	for i, p := range pages {
		at := s.stopAt(i, p)
		if s.historyRoute(at) {
			at.doc = s.base
		}
		g := slices.IndexFunc(groups, func(group []stop) bool { return within(group[0], at) })
		if g < 0 {
			groups = append(groups, []stop{at})
			continue
		}
		groups[g] = append(groups[g], at)
	}
	return groups
}

// builtFolder is the part of a folder that is served: where the built output is, else the folder itself. The error says
// that there is no page in it.
func builtFolder(k *knowledge, files fs.FS) (fs.FS, error) {
	has := func(name string) bool { _, err := fs.Stat(files, name); return err == nil }
	places := append([]string{"."}, k.Hosting.Built...)
	if has("package.json") {
		places = append(slices.Clone(k.Hosting.Built), ".")
	}
	for _, at := range places {
		if has(path.Join(at, "index.html")) {
			return sub(files, at)
		}
	}
	only, err := fs.ReadDir(files, ".")
	if err == nil && len(only) == 1 && only[0].IsDir() { // a zip with one folder in it
		inner, err := sub(files, only[0].Name())
		if err != nil {
			return nil, err
		}
		return builtFolder(k, inner)
	}
	if pages, err := htmlFiles(files, 1); err == nil && len(pages) > 0 {
		return files, nil
	}
	return nil, listing.Fail(listing.CodeNotFound, "文件夹里没有能打开的页面（.html）", "给出打包后的文件夹，例如 dist 或 build；源码要先打包（npm run build）")
}

func sub(files fs.FS, at string) (fs.FS, error) {
	inner, err := fs.Sub(files, at)
	if err != nil {
		return nil, listing.Fail(listing.CodeUnreadable, "文件夹读不出来："+at, "检查文件夹，然后重试").Because(err)
	}
	return inner, nil
}

// htmlFiles lists at most so many pages of a folder.
func htmlFiles(files fs.FS, most int) ([]string, error) {
	var out []string
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return fs.SkipDir
		case d.Type().IsRegular() && (path.Ext(name) == ".html" || path.Ext(name) == ".htm"):
			out = append(out, name)
		}
		if len(out) >= most {
			return fs.SkipAll
		}
		return nil
	})
	return out, err
}

// ownPages stands in for a page table that is empty: the pages of the folder, or the address alone.
func ownPages(k *knowledge, files *host) ([]listing.Page, error) {
	if files == nil {
		return []listing.Page{{}}, nil
	}
	names, err := htmlFiles(files.files, k.Limits.Pages)
	if err != nil {
		return nil, listing.Fail(listing.CodeUnreadable, "文件夹读不出来", "检查文件夹，然后重试").Because(err)
	}
	var out []listing.Page
	for _, name := range names {
		out = append(out, listing.Page{PageURL: name})
	}
	return out, nil
}

// observedProblems judges pages that are in no page table by what they reported themselves.
func observedProblems(facts tracking.Facts, p tracking.Params, seen []listing.Page) []listing.Finding {
	var out []listing.Finding
	for _, f := range facts.CheckInputs(p, seen) {
		if strings.HasPrefix(f.Field, "pages[") {
			f.Field = ""
			out = append(out, f)
		}
	}
	return out
}
