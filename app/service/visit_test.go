package service

import (
	"testing"
	"time"
)

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

// What the person is asked for names the page, the way there and whose it is; once it was waited for long, that the page may
// have changed (TABLE-3).
func TestAwaitedWord(t *testing.T) {
	now, long := time.Now(), time.Now().Add(-2*lateLimit)
	const changed = "早已打开了的话，可能是平台改了页面上的名称，请停下后到“设置”的“页面规则”核对"
	for _, c := range []struct {
		a     awaited
		since time.Time
		want  string
	}{
		{awaited{what: "应用发布注册"}, now, "等待打开 应用发布注册"},
		{awaited{what: "应用发布注册"}, long, "等待打开 应用发布注册（" + changed + "）"},
		{awaited{what: "列表", way: []string{"工作台", "我的资源"}}, now, "等待打开 列表（依次点“工作台”、“我的资源”）"},
		{awaited{what: "版本", way: []string{"部署发布"}, about: "示例督办（一期）"}, now, "等待打开 版本（在“示例督办（一期）”那一行点“部署发布”）"},
		{awaited{what: "版本", way: []string{"部署发布"}}, long, "等待打开 版本（点“部署发布”；" + changed + "）"},
	} {
		if got := c.a.word(c.since); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
