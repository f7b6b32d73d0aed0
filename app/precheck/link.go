package precheck

import (
	"net/url"
	"strings"
)

// link is an address as somebody typed it, read the way a browser would, but without resolving anything.
type link struct {
	scheme     string // lower case; empty when none was typed
	host       string // without port; empty for a path
	schemeless bool   // begins with //: the page's own scheme is used
	malformed  bool
}

// readLink takes a typed address apart. What has no scheme is a path when it begins like one, and else is read as if
// it began with a host, so that "localhost:8080/api" is seen for what it means.
func readLink(text string) link {
	switch {
	case strings.HasPrefix(text, "//"):
		l := parseLink("https:" + text)
		l.scheme, l.schemeless = "", true
		return l
	case strings.Contains(text, "://"):
		return parseLink(text)
	case strings.HasPrefix(text, "/") || strings.HasPrefix(text, "./") || strings.HasPrefix(text, "../") || text == "." || text == "..":
		return link{}
	}
	l := parseLink("https://" + text)
	l.scheme = ""
	if l.malformed || !looksLikeHost(l.host, text) {
		return link{}
	}
	return l
}

func parseLink(text string) link {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || strings.ContainsAny(u.Hostname(), " \t\r\n，、；;") {
		return link{malformed: true}
	}
	return link{scheme: strings.ToLower(u.Scheme), host: strings.ToLower(u.Hostname())}
}

// looksLikeHost tells "api.example.com/v1" and "localhost:8080" from the relative path "api/v1".
func looksLikeHost(host, text string) bool {
	first, _, _ := strings.Cut(text, "/")
	return strings.Contains(host, ".") || strings.Contains(first, ":") || host == "localhost"
}
