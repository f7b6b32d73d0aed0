package portaltest

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

func needsLogin(path string, all bool) bool {
	switch first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); first {
	case "login", "assets", "_test", "api", "favicon.ico":
		return false
	case "form", "frame", "list":
		return all
	}
	return path != "/mobile/login"
}

func loginPath(path string) string {
	if strings.HasPrefix(path, "/mobile") {
		return "/mobile/login"
	}
	return "/login"
}

func (p *Portal) wantsLogin(*http.Request) bool { return p.options.Login }

func (p *Portal) sitePage(*Spec, dice, string, url.Values) (*Spec, error) {
	return nil, fmt.Errorf("no page")
}
