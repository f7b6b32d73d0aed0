package livecheck

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// mistake is one thing wrong with a site that is right otherwise.
type mistake struct {
	name           string
	file, from, to string
	routed         bool // in the application with hash routes instead of the static site
	device         string
	logins         []Login
	rule, says     string // the finding it must give
	verdicts       string // of the pages
}

const (
	pv    = `window.aplus_queue.push({ action: 'aplus.sendPV'`
	block = `window.aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: ['_hold', 'BLOCK'] });`
	start = `window.aplus_queue.push({ action: 'aplus.setMetaInfo', arguments: ['_hold', 'START'] });`
	both  = "fail fail"
	first = "fail pass"
)

func mistakes() []mistake {
	only := func(l ...Login) []Login { return l }
	return []mistake{
		{name: "doubled underscore in bid", file: "index.html", from: "demo_parking_zzdpro", to: "demo__parking_zzdpro", rule: "TRACK-1", says: "bid 是“demo__parking_zzdpro”，应为“demo_parking_zzdpro”", verdicts: first},
		{name: "another gateway", file: "index.html", from: `gateway: "https://wpkgate-emas.ding.zj.gov.cn"`, to: `gateway: "https://wpk-gate.zjzwfw.gov.cn"`, rule: "TRACK-1", says: "gateway 是", verdicts: first},
		{name: "reporter from a retired host", file: "index.html", from: "https://wpkgate-emas.ding.zj.gov.cn/static", to: "https://px.effirst.com/static", rule: "TRACK-1", says: "脚本从 https://px.effirst.com/static/wpk-jssdk.1.0.2/wpkReporter.js 载入", verdicts: first},
		{name: "lost space", file: "index.html", from: "new wpkReporter(", to: "newwpkReporter(", rule: "TRACK-1", says: "没有 new wpkReporter", verdicts: first},
		{name: "not installed", file: "index.html", from: "wpk.installAll();", rule: "TRACK-1", says: "没有调用 installAll", verdicts: first},
		{name: "not kept", file: "index.html", from: "window._wpk = wpk;", rule: "TRACK-1", says: "window._wpk", verdicts: first},
		{name: "no crossorigin", file: "index.html", from: `crossorigin="anonymous"`, rule: "TRACK-1", says: "crossorigin", verdicts: "pass pass"},
		{name: "no reporter at all", file: "index.html", from: "wpkReporter.js", to: "other.js", rule: "TRACK-1", says: "没有载入稳定性监控脚本", verdicts: first},
		{name: "scheme in the host", file: "tracking.js", from: `['aplus-rhost-v', "alog-api`, to: `['aplus-rhost-v', "https://alog-api`, rule: "TRACK-2", says: "aplus-rhost-v 写成了", verdicts: both},
		{name: "retired log host", file: "tracking.js", from: `['aplus-rhost-g', "alog-api.ding.zj.gov.cn"`, to: `['aplus-rhost-g', "alog.zjzwfw.gov.cn"`, rule: "TRACK-2", says: "停用的“alog.zjzwfw.gov.cn”", verdicts: both},
		{name: "no log host", file: "tracking.js", from: "['aplus-rhost-v',", to: "['aplus-rhost-x',", rule: "TRACK-2", says: "没有设置 aplus-rhost-v", verdicts: both},
		{name: "damaged expression for iOS", file: "tracking.js", from: `;( U;)? CPU.+Mac OS X`, to: `;(U;)?CPU.+MacOSX`, device: "ios", rule: "TRACK-2", says: "appId 是“47130293”，应为 28328447", verdicts: both},
		{name: "swapped appId", file: "tracking.js", from: `"28302650"`, to: `"28328447"`, device: "android", rule: "TRACK-2", says: "应为 28302650", verdicts: both},
		{name: "no SDK", file: "tracking.js", from: "appendChild(sdk)", to: "appendChild(document.createElement('i'))", rule: "TRACK-2", says: "没有载入流量分析 SDK", verdicts: both},
		{name: "a copy of the SDK", file: "tracking.js", from: "https://alidt.alicdn.com/alilog/mlog/aplus_cloud.js", to: "https://cdn.example.net/x/aplus_cloud.js", rule: "TRACK-2", says: "从 https://cdn.example.net/x/aplus_cloud.js 载入", verdicts: both},
		{name: "SDK without its id", file: "tracking.js", from: `sdk.id = "beacon-aplus";`, rule: "TRACK-2", says: "没有写 id beacon-aplus", verdicts: "pass pass"},
		{name: "a space in an action", file: "tracking.js", from: "'aplus.setMetaInfo', arguments: ['_user_id'", to: "'aplus. setMetaInfo', arguments: ['_user_id'", rule: "TRACK-2", says: "“aplus. setMetaInfo”不是", verdicts: both},
		{name: "queue assigned anew", file: "tracking.js", from: pv, to: "window.aplus_queue = []; " + pv, rule: "TRACK-2", says: "重新给 window.aplus_queue 赋了值", verdicts: both},
		{name: "queue kept in a variable", file: "tracking.js", from: start, to: "cached.push({ action: 'aplus.setMetaInfo', arguments: ['_hold', 'START'] });", rule: "TRACK-2", says: "存成变量", verdicts: both},
		{name: "watermark in a script", file: "tracking.js", from: "var released = false;", to: "内部资料 请勿外传\nvar released = false;", rule: "TRACK-2", says: "读不懂", verdicts: "missing missing"},
		{name: "no aplus-waiting", file: "tracking.js", from: "['aplus-waiting', 'MAN']", to: "['aplus-waiting', 'AUTO']", rule: "TRACK-3", says: "没有把 aplus-waiting 设为 MAN（现在是 AUTO）", verdicts: both},
		{name: "a space in sendPV", file: "tracking.js", from: "'aplus.sendPV'", to: "'aplus. sendPV'", rule: "TRACK-3", says: "“aplus. sendPV”不起作用", verdicts: both},
		{name: "is_auto as text", file: "tracking.js", from: "{ is_auto: false }", to: "{ is_auto: 'false' }", rule: "TRACK-3", says: "is_auto 没有写成 false", verdicts: both},
		{name: "is_auto left out", file: "tracking.js", from: "{ is_auto: false }", to: "{}", rule: "TRACK-3", says: "第一个参数应为", verdicts: both},
		{name: "sent twice", file: "tracking.js", from: pv, to: "window.aplus_queue.push({ action: 'aplus.sendPV', arguments: [{ is_auto: false }, { sapp_id: SAPP.sapp_id, sapp_name: SAPP.sapp_name, page_id: page.page_id, page_name: page.page_name, page_url: page.page_url }] });\n" + pv, rule: "TRACK-3", says: "上报了 2 次", verdicts: "pass pass"},
		{name: "nested value", file: "tracking.js", from: "page_url: page.page_url\n", to: "page_url: page.page_url, more: { a: '1' }\n", rule: "TRACK-3", says: "more 是对象", verdicts: both},
		{name: "only the first route", routed: true, file: "tracking.js", from: "sendPV(findPage(to, base), to.path);", rule: "TRACK-3", says: "切换路由后没有上报", verdicts: "pass fail fail fail"},
		{name: "no START", file: "tracking.js", from: start, rule: "TRACK-4", says: "没有放行", verdicts: both},
		{name: "START on success only", file: "tracking.js", from: "访问将不带用户上报', e);\n    release();", to: "', e);", logins: only(LoginOK, LoginFail), rule: "TRACK-4", says: "登录失败）扣住了日志，却没有放行", verdicts: both},
		{name: "no BLOCK", file: "tracking.js", from: block, rule: "TRACK-4", says: "上报前没有扣住日志", verdicts: both},
		{name: "a space in a key", file: "tracking.js", from: "['_hold', 'BLOCK']", to: "[' _hold', 'BLOCK']", rule: "TRACK-4", says: "“ _hold”多了空格", verdicts: both},
		{name: "PV before BLOCK", file: "tracking.js", from: block, to: "setTimeout(function () { " + block + " }); ", rule: "TRACK-5", says: "写在 _hold BLOCK 之前", verdicts: "pass pass"},
		{name: "a page without code", file: "pages/p1.html", from: `src="../tracking.js"`, to: `src="../nothing.js"`, rule: "TRACK-6", says: "“页面乙”（电脑）没有埋点代码", verdicts: "pass missing"},
		{name: "number as value", file: "tracking.js", from: "sapp_id: SAPP.sapp_id", to: "sapp_id: Number(SAPP.sapp_id)", rule: "TRACK-7", says: "sapp_id 不是字符串，而是数字 40001", verdicts: both},
		{name: "user as number", file: "tracking.js", from: "['_user_id', id]", to: "['_user_id', Number(id)]", rule: "TRACK-7", says: "_user_id 不是字符串", verdicts: both},
		{name: "another page_id", file: "tracking.js", from: `page_id: "p1"`, to: `page_id: "home"`, rule: "TRACK-8", says: "page_id 是“home”，页面表里是“p1”", verdicts: "pass fail"},
		{name: "misspelt page_name", file: "tracking.js", from: "page_name: page.page_name", to: "paga_name: page.page_name", rule: "TRACK-8", says: "没有 page_name", verdicts: both},
		{name: "user without login", file: "tracking.js", from: "var released = false;", to: "setUser('10086'); var released = false;", logins: only(LoginOK, LoginFail), rule: "TRACK-10", says: "没有登录，却上报了用户“10086”", verdicts: both},
		{name: "hard-coded user", file: "tracking-login.js", from: "d.data.accountId", to: "'GE_1'", rule: "TRACK-10", says: "用户是“GE_1”", verdicts: both},
		{name: "released before a slow login", file: "tracking.js", from: "WAIT_MS = 5000", to: "WAIT_MS = 300", logins: only(LoginSlow), rule: "TRACK-10", says: "登录比放行来得晚", verdicts: "pass pass"},
		{name: "no user", file: "tracking.js", from: "['_user_id', id]", to: "['_user', id]", rule: "TRACK-10", says: "没有带上用户", verdicts: both},
		{name: "another application's sapp_id", file: "tracking.js", from: `sapp_id: "40001"`, to: `sapp_id: "40002"`, rule: "TRACK-11", says: "sapp_id 是“40002”，下发的是“40001”", verdicts: both},
		{name: "no login", file: "tracking-login.js", from: "sjtLoginCode().then(sjtExchange)", to: "Promise.reject(new Error('x'))", rule: "TRACK-17", says: "授权码", verdicts: both},
		{name: "a password field", file: "index.html", from: "<body>", to: "<body><input type=password>", rule: "RULE-1", says: "有密码框", verdicts: "pass pass"},
		{name: "a foreign script", file: "index.html", from: "<body>", to: `<body><script src="https://cdn.example.net/x.js"></script>`, rule: "PKG-10", says: "cdn.example.net/x.js", verdicts: "pass pass"},
		{name: "relative back end", file: "index.html", from: "<body>", to: `<body><script>fetch('/api/list')</script>`, rule: "RULE-15", says: "相对地址访问后端：/api/list", verdicts: "pass pass"},
		{name: "private back end", file: "index.html", from: "<body>", to: `<body><script>fetch('http://192.168.1.5:8080/api').catch(() => 0)</script>`, rule: "RULE-15", says: "http://192.168.1.5:8080/api", verdicts: first},
		{name: "absolute path", file: "index.html", from: "<body>", to: `<body><script src="/static/app.js"></script>`, rule: "PKG-9", says: "/static/app.js", verdicts: "pass pass"},
	}
}

// TestMistakes plays four sites at a time: most of the time is spent waiting.
func TestMistakes(t *testing.T) {
	all := mistakes()
	results, errs := make([]tracking.Result, len(all)), make([]error, len(all))
	turn := make(chan struct{}, 4)
	var running sync.WaitGroup
	for i, m := range all {
		in := m.input(t)
		running.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			results[i], errs[i] = try(t, in)
		})
	}
	running.Wait()
	for i, m := range all {
		t.Run(m.rule+" "+m.name, func(t *testing.T) {
			r := results[i]
			if errs[i] != nil {
				t.Fatal(errs[i])
			}
			if got := verdicts(r); got != m.verdicts {
				t.Errorf("verdicts %s, want %s", got, m.verdicts)
			}
			if !slices.ContainsFunc(r.Findings, func(f listing.Finding) bool { return f.Rule == m.rule && strings.Contains(f.Message, m.says) }) {
				t.Errorf("%s %q is not among\n%s", m.rule, m.says, summary(r))
			}
			if t.Failed() {
				report(t, r)
			}
		})
	}
}

// input is the check of a site with the mistake in it.
func (m mistake) input(t *testing.T) Input {
	t.Helper()
	changed := false
	change := func(name, text string) string {
		switch {
		case m.name == "queue kept in a variable" && name == "tracking.js":
			text = strings.Replace(text, "var released", "var cached = window.aplus_queue; var released", 1)
		case m.name == "START on success only":
			text = strings.Replace(text, "WAIT_MS = 5000", "WAIT_MS = 60000", 1)
		}
		if name != m.file {
			return text
		}
		changed = strings.Contains(text, m.from)
		return strings.Replace(text, m.from, m.to, 1)
	}
	in := Input{Devices: []string{"pc"}, Logins: []Login{LoginOK}, Pages: staticPages(2)}
	if m.device != "" {
		in.Devices = []string{m.device}
	}
	if m.logins != nil {
		in.Logins = m.logins
	}
	if m.routed {
		in.Pages, in.Folder = routedPages(), routedSite(t, change)
	} else {
		in.Folder = staticSite(t, in.Pages, change)
	}
	if !changed {
		t.Fatalf("%s: %s no longer contains %s", m.name, m.file, m.from)
	}
	return in
}

func verdicts(r tracking.Result) string {
	var out []string
	for _, p := range r.Pages {
		out = append(out, string(p.Verdict))
	}
	return strings.Join(out, " ")
}
