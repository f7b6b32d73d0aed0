package tracking

import (
	"net/url"
	"strings"

	"shangjiatong/app/listing"
)

// keyedPage is a page with what the generated code recognises it by: a file path for sites of many files, else a route
// path. Keys start with a slash.
type keyedPage struct {
	listing.Page
	Key string
}

// keyPages finds the key of every page. In a static site two pages with one key could never be told apart, which is
// refused; elsewhere a route, a call or the other end's own code may name the page_id instead.
func keyPages(stack Stack, pages []listing.Page) ([]keyedPage, error) {
	routed := hasRoutes(pages)
	seen := map[string]int{}
	out := make([]keyedPage, 0, len(pages))
	for i, page := range pages {
		key := routeKey(page.PageURL, routed && !(stack.byScreen() && isScreen(page.PageURL)))
		if stack.byFile() {
			key = fileKey(page.PageURL)
		}
		if first, repeated := seen[key]; repeated && stack == StackStatic {
			return nil, sameFile(first, i)
		}
		seen[key] = i
		out = append(out, keyedPage{Page: page, Key: key})
	}
	return out, nil
}

// isScreen reports whether an address is a page as pages.json and app.json name them, such as "pages/index/index": it is
// a route although it carries no "#".
func isScreen(address string) bool {
	return !strings.Contains(address, "://") && !strings.Contains(address, ".htm") && strings.Trim(address, "/") != ""
}

func sameFile(first, second int) error {
	e := listing.Failf(listing.CodeRefused, "每个页面写自己的文件；只有一个文件、用 # 切换的单页应用请选 "+StackVue3.Word(),
		"%s和第 %d 行是同一个文件，静态站点的代码分不开它们", rowName(first), second+1)
	e.Field = "pages"
	return e
}

// hasRoutes reports whether some address carries a hash route, as all of a hash-routed application do but its entry.
func hasRoutes(pages []listing.Page) bool {
	for _, page := range pages {
		if strings.Contains(page.PageURL, "#/") {
			return true
		}
	}
	return false
}

// fileKey is the path of a page without host, query and hash: "/list.html"; a folder means its index.html.
func fileKey(address string) string {
	file := pathOf(address)
	if decoded, err := url.PathUnescape(file); err == nil {
		file = decoded
	}
	if strings.HasSuffix(file, "/") {
		return file + "index.html"
	}
	return file
}

// routeKey is the route of a page: what follows "#", else the path; the document itself is the route "/". routed says
// that the application uses hash routes, so that an address without one is its entry.
func routeKey(address string, routed bool) string {
	if _, route, found := strings.Cut(address, "#/"); found {
		route, _, _ = strings.Cut(route, "?")
		return "/" + strings.Trim(route, "/")
	}
	file := pathOf(address)
	if routed || strings.HasSuffix(file, "/index.html") || strings.HasSuffix(file, "/index.htm") {
		return "/"
	}
	return "/" + strings.Trim(file, "/")
}

func pathOf(address string) string {
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	if _, rest, found := strings.Cut(address, "://"); found {
		_, address, _ = strings.Cut(rest, "/")
	}
	for strings.HasPrefix(address, "./") || strings.HasPrefix(address, "../") {
		_, address, _ = strings.Cut(address, "/")
	}
	return "/" + strings.TrimPrefix(address, "/")
}
