package service

import "testing"

// The marks of a portal's pages (ADDR-4, ADDR-5) are parts of the place, not of what is handed along.
func TestLeadsTo(t *testing.T) {
	for _, c := range []struct {
		address, part string
		want          bool
	}{
		{"http://127.0.0.1:8080/login", "/login", true},
		{"http://127.0.0.1:8080/home?from=/login", "/login", false},
		{"http://127.0.0.1:8080/mobile/login?goto=/mobile/dev/app", "/mobile/dev/", false},
		{"http://127.0.0.1:8080/index.html#/login?next=%2Fhome", "/login", true},
		{"http://127.0.0.1:8080/index.html#/home?from=/login", "/login", false},
		{"http://127.0.0.1:8080/workbench/myresource", "/workbench", true},
	} {
		if got := leadsTo(c.address, c.part); got != c.want {
			t.Errorf("leadsTo(%q, %q) = %v", c.address, c.part, got)
		}
	}
}
