package tracking

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"

	"shangjiatong/app/listing"
)

// routePath is what a file of routes has and a table has not: a member or an attribute path.
var routePath = regexp.MustCompile("\\bpath[\"']?\\s*[:=]\\s*[\"'`]")

// routeDepth is how deep routes may lie in routes.
const routeDepth = 20

// parseRoutes reads the pages out of a file of routes: vue-router and react-router (objects, and <Route> in JSX or
// TypeScript), or the pages.json of uni-app. A name becomes the page_id, else the path does; page_name is a title that
// stands in the route (meta, handle, navigationBarTitleText), and empty when there is none. Routes that only redirect,
// that catch everything, or whose path is no literal are no pages.
func parseRoutes(text string, most int) ([]listing.Page, error) {
	for _, variant := range []string{text, "[" + text + "]", "({" + text + "})"} {
		tree, err := routeTree(variant)
		if err != nil {
			continue
		}
		found := &routes{}
		js.Walk(found, tree)
		switch {
		case len(found.pages) > most:
			return nil, pasteError(listing.CodeTooLarge, "路由有 %d 条，最多 %d 条", "带参数的详情页只需登记一行", len(found.pages), most)
		case len(found.pages) > 0:
			return found.pages, nil
		}
	}
	return nil, pasteError(listing.CodeInvalid, "像是路由，但读不出页面", "粘贴整个路由文件或 pages.json；或改贴 page_id、page_name、page_url 三列")
}

// routeTree parses JavaScript, JSX, TypeScript or JSON with comments. It is guarded against texts that make the parser
// fail in other ways than by an error.
func routeTree(text string) (tree *js.AST, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("the parser gave up")
		}
	}()
	for _, loader := range []api.Loader{api.LoaderTSX, api.LoaderTS} {
		out := api.Transform(text, api.TransformOptions{
			Loader: loader, Target: api.ES2020, Charset: api.CharsetUTF8, JSX: api.JSXTransform, LogLevel: api.LogLevelSilent,
			TsconfigRaw: `{"compilerOptions":{"verbatimModuleSyntax":true}}`,
		})
		if len(out.Errors) == 0 {
			return js.Parse(parse.NewInputBytes(out.Code), js.Options{})
		}
		err = errors.New(out.Errors[0].Text)
	}
	return nil, err
}

// routes collects the pages of a tree.
type routes struct {
	pages []listing.Page
	above string // the path of the route around
	depth int
}

// Enter looks at one node; routes inside a route are read with its path in front of theirs.
func (r *routes) Enter(n js.INode) js.IVisitor {
	switch n := n.(type) {
	case *js.ObjectExpr:
		if root, ok := text(n, "root"); ok && member(n, "pages") != nil { // a subpackage of uni-app
			r.inside(root, member(n, "pages"))
			return nil
		}
		if r.object(n) {
			return nil
		}
	case *js.CallExpr: // <Route path=…> has become a call with the attributes and the routes inside
		if len(n.Args.List) < 2 {
			return r
		}
		attributes, ok := n.Args.List[1].Value.(*js.ObjectExpr)
		if !ok {
			return r
		}
		if path, ok := text(attributes, "path"); ok {
			inner := n.Args.List[2:]
			r.add(attributes, path, len(inner) > 0)
			for _, a := range inner {
				r.inside(path, a.Value)
			}
			return nil
		}
	}
	return r
}

// Exit has nothing to do.
func (r *routes) Exit(js.INode) {}

func (r *routes) object(o *js.ObjectExpr) bool {
	path, ok := text(o, "path")
	if !ok {
		return false
	}
	children := member(o, "children")
	r.add(o, path, children != nil)
	if children != nil {
		r.inside(path, children)
	}
	return true
}

// inside reads what stands inside a route.
func (r *routes) inside(path string, n js.INode) {
	if r.depth >= routeDepth || n == nil {
		return
	}
	inner := &routes{above: joined(r.above, path), depth: r.depth + 1}
	js.Walk(inner, n)
	r.pages = append(r.pages, inner.pages...)
}

func joined(above, path string) string {
	if strings.HasPrefix(path, "/") {
		return path
	}
	return strings.TrimSuffix(above, "/") + "/" + path
}

// add takes a route as a page. A route around others is their frame, not a page, unless it is named.
func (r *routes) add(o *js.ObjectExpr, path string, frame bool) {
	name, named := text(o, "name")
	full := joined(r.above, path)
	switch {
	case member(o, "redirect") != nil, frame && !named, strings.ContainsAny(full, "*"), full == "/404":
		return
	}
	if full != "/" {
		full = strings.TrimSuffix(full, "/")
	}
	if !named || strings.TrimSpace(name) == "" {
		name = pageIDOf(full)
	}
	r.pages = append(r.pages, listing.Page{PageID: name, PageName: titleOf(o), PageURL: "#" + full})
}

// pageIDOf makes a page_id of a path: its fixed parts, without the folder that uni-app gives every page.
func pageIDOf(path string) string {
	var parts []string
	for part := range strings.SplitSeq(strings.TrimPrefix(path, "/pages/"), "/") {
		last := len(parts) - 1
		if part == "" || strings.HasPrefix(part, ":") || last >= 0 && parts[last] == part {
			continue
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return "index"
	}
	return strings.Join(parts, "_")
}

// titleOf is the title of a route, wherever its framework keeps it.
func titleOf(o *js.ObjectExpr) string {
	if t, ok := text(o, "title"); ok {
		return t
	}
	for _, place := range [][2]string{{"meta", "title"}, {"handle", "title"}, {"style", "navigationBarTitleText"}, {"meta", "name"}} {
		if inner, ok := member(o, place[0]).(*js.ObjectExpr); ok {
			if t, ok := text(inner, place[1]); ok {
				return t
			}
		}
	}
	return ""
}

// member is the value of a member of an object; nil when it has none of that name.
func member(o *js.ObjectExpr, name string) js.INode {
	for _, p := range o.List {
		if p.Name == nil || p.Name.IsComputed() || p.Value == nil {
			continue
		}
		if unquoted(p.Name.Literal) == name {
			return p.Value
		}
	}
	return nil
}

// text is the value of a member that is a literal text.
func text(o *js.ObjectExpr, name string) (string, bool) {
	switch v := member(o, name).(type) {
	case *js.LiteralExpr:
		if v.TokenType == js.StringToken {
			return strings.TrimSpace(unquoted(*v)), true
		}
	case *js.TemplateExpr:
		if v.Tag == nil && len(v.List) == 0 {
			return strings.TrimSpace(strings.Trim(string(v.Tail), "`")), true
		}
	}
	return "", false
}

// unquoted is a literal without its quotes.
func unquoted(l js.LiteralExpr) string {
	s := string(l.Data)
	if len(s) < 2 || l.TokenType != js.StringToken {
		return s
	}
	inner := s[1 : len(s)-1]
	if !strings.Contains(inner, `\`) {
		return inner
	}
	if s[0] == '\'' {
		inner = strings.ReplaceAll(strings.ReplaceAll(inner, `\'`, `'`), `"`, `\"`)
	}
	if plain, err := strconv.Unquote(`"` + inner + `"`); err == nil {
		return plain
	}
	return inner
}
