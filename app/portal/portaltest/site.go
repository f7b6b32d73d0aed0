package portaltest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// The pages of the portal of a day's work. Owner and developer log in apart.
const (
	PathHome       = "/home"
	PathWorkbench  = "/workbench"
	PathResources  = "/workbench/myresource/applicationsystem"
	PathCatalog    = PathResources + "/register"
	PathRelease    = PathResources + "/release"
	PathReleases   = "/workbench/myresource/governance"
	PathRegister   = PathReleases + "/register"
	PathEdit       = PathReleases + "/edit"
	PathApprove    = PathReleases + "/approve"
	PathComponents = "/components"
	PathApply      = PathComponents + "/apply"
	PathConsole    = "/console/home"
	PathMobile     = "/mobile"
	PathHosted     = "/mobile/dev/app/management/governanceList"
	PathDeploy     = "/mobile/dev/app/management/deploy"
)

const person = "联系人甲"

// cookies of the two logins.
const (
	ownerCookie  = "SESSION"
	vendorCookie = "DEVSESSION"
)

func mobile(path string) bool { return path == PathMobile || strings.HasPrefix(path, PathMobile+"/") }

func cookieOf(path string) string {
	if mobile(path) {
		return vendorCookie
	}
	return ownerCookie
}

func needsLogin(path string, all bool) bool {
	switch first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); first {
	case "login", "assets", "_test", "api", "favicon.ico":
		return false
	case "form", "frame", "list":
		return all
	}
	return path != loginPath(path)
}

func loginPath(path string) string {
	if mobile(path) {
		return "/mobile/login"
	}
	return "/login"
}

// pageOf is the path of the page that makes a request.
func pageOf(r *http.Request) string {
	if r.URL.Path == "/api/page" {
		if at, err := url.Parse(r.FormValue("path")); err == nil {
			return at.Path
		}
	}
	at, err := url.Parse(r.Referer())
	if err != nil || r.Referer() == "" {
		return r.URL.Path
	}
	return at.Path
}

func (p *Portal) wantsLogin(r *http.Request) bool { return needsLogin(pageOf(r), p.options.Login) }

// loggedIn reports whether somebody is logged in where the request comes from.
func (p *Portal) loggedIn(r *http.Request) bool {
	path := pageOf(r)
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		path = r.URL.Path
	}
	c, err := r.Cookie(cookieOf(path))
	if err != nil {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sessions[c.Value]
}

// homeOf is where a login leads that was not on the way to anything.
func homeOf(path string) string {
	if mobile(path) {
		return PathMobile
	}
	return PathHome
}

// nav is what every page of a portal leads to.
func nav(path string) []Link {
	switch {
	case mobile(path):
		return []Link{{"首页", PathMobile}, {"治理侧名称列表", PathHosted}}
	case strings.HasPrefix(path, "/console"):
		return []Link{{"用户工作台", "/console/workbench"}}
	case path == "/" || path == PathHome:
		return []Link{{"首页", PathHome}, {"工作台", PathWorkbench}, {"组件申请", PathComponents}}
	}
	return []Link{{"首页", PathHome}, {"工作台", PathWorkbench}, {"我的资源", PathResources}, {"组件申请", PathComponents}}
}

func text(words string) Block { return Block{Text: words, Tag: "div"} }

func heading(words string) Block { return Block{Text: words, Tag: "h2"} }

func goTo(d dice, words, to string) Button {
	b := d.button(words, "plain", "go")
	b.To = to
	return b
}

// sitePage is a page of the portal of a day's work.
func (p *Portal) sitePage(s *Spec, d dice, path string, q url.Values) (*Spec, error) {
	if path == loginPath(path) {
		return loginPage(s, path, q), nil
	}
	s.SPA = newDice(p.seed, "one page").chance(50)
	s.Nav, s.User = nav(path), person
	blocks, err := p.siteBlocks(s, d, path, q)
	if err != nil {
		return nil, err
	}
	s.Blocks = append(blocks, Block{Buttons: []Button{d.button("退出登录", "link", "act")}})
	return s, nil
}

// loginPage asks again and again whether the phone has confirmed.
func loginPage(s *Spec, path string, q url.Values) *Spec {
	s.Title = "登录"
	s.Wait = &Wait{URL: "/api/scan?" + url.Values{"at": {path}, "goto": {q.Get("goto")}}.Encode(), Every: 200}
	s.Blocks = []Block{heading("扫码登录"), {Image: "/_test/qr.svg", Alt: "登录二维码"}, text("请使用浙政钉扫一扫")}
	return s
}

func (p *Portal) siteBlocks(s *Spec, d dice, path string, q url.Values) ([]Block, error) {
	title := func(words string) Block { s.Title = words; return heading(words) }
	switch path {
	case "/", PathHome:
		return []Block{title("首页"), text("欢迎使用")}, nil
	case PathWorkbench:
		return []Block{title("工作台"), text("待办事项 0 件")}, nil
	case PathResources:
		return []Block{title("我的资源"), {Buttons: []Button{goTo(d, "应用注册", PathCatalog)}}, {List: p.list("TABLE-4", q)}}, nil
	case PathRelease:
		return []Block{title("选择发布类型"), text(q.Get("app")), {Buttons: []Button{goTo(d, "治理侧应用发布", PathReleases), d.button("服务侧应用发布", "plain", "act")}}}, nil
	case PathReleases:
		return []Block{title("治理侧应用发布"), {Buttons: []Button{goTo(d, "应用发布注册", PathRegister), d.button("存量应用关联", "plain", "act")}}, {List: p.list("TABLE-1", q)}}, nil
	case PathComponents:
		return []Block{title("组件申请"), {Buttons: p.componentButtons(d)}, text("已申请的组件"), {List: p.list(Components, q)}}, nil
	case PathConsole:
		return []Block{title("管理后台")}, nil
	case "/console/workbench":
		return []Block{title("工作台列表"), {List: p.list("TABLE-5", q)}}, nil
	case PathMobile:
		return []Block{title("开发商工作台")}, nil
	case PathHosted:
		return []Block{title("治理侧名称列表"), {List: p.list("TABLE-2", q)}}, nil
	case PathDeploy:
		return p.deployBlocks(s, d, q)
	}
	return p.siteForm(s, d, path, q)
}

func (p *Portal) componentButtons(d dice) []Button {
	var out []Button
	for _, name := range p.catalogue.Lists["components"] {
		out = append(out, goTo(d, name, PathApply+"?"+url.Values{"component": {name}}.Encode()))
	}
	return out
}

// deployBlocks is TABLE-3 of one app.
func (p *Portal) deployBlocks(s *Spec, d dice, q url.Values) ([]Block, error) {
	row := p.rowOf("TABLE-2", q.Get("id"))
	if row == nil {
		return nil, fmt.Errorf("no app %q", q.Get("id"))
	}
	s.Title = "部署发布"
	blocks := []Block{heading(s.Title), text(row["治理侧名称"]), text("APPID：" + row["APPID"]), {Buttons: []Button{d.button("上传代码", "primary", "act")}}}
	for _, part := range Parts("TABLE-3") {
		blocks = append(blocks, Block{List: p.list(part+"@"+row["APPID"], q)})
	}
	return blocks, nil
}

// siteForm is a page with a form of the facts.
func (p *Portal) siteForm(s *Spec, d dice, path string, q url.Values) ([]Block, error) {
	id := map[string]string{PathCatalog: "FORM-1", PathApply: "FORM-2", PathRegister: "FORM-3", PathEdit: "FORM-3", PathApprove: "FORM-4"}[path]
	f, title, err := p.form(id, q)
	if err != nil {
		return nil, fmt.Errorf("no page %q: %w", path, err)
	}
	if id == "FORM-3" {
		relabel(f, map[string]string{"注册方式": ""}) // two buttons of the list decide it
	}
	f.Buttons = d.formButtons(id, len(f.Steps))
	s.Title = title
	blocks := []Block{heading(title)}
	if path == PathApply {
		s.Title = "组件申请"
		blocks = []Block{heading(s.Title), text(q.Get("component"))}
	}
	if path == PathEdit || path == PathApprove {
		row := p.rowOf("TABLE-1", q.Get("id"))
		if row == nil {
			return nil, fmt.Errorf("no release %q", q.Get("id"))
		}
		blocks = append(blocks, text("治理侧名称："+row["治理侧名称"]), text("应用发布ID："+row["应用发布ID"]))
		preset(f, row)
	}
	return append(blocks, Block{Form: f}), nil
}

// preset puts what the row knows into the fields of the same label.
func preset(f *Form, row Record) {
	f.each(func(_ *Group, x *Field) {
		if known := row[x.Label]; known != "" && x.Kind == Text {
			x.Value = known
		}
	})
}

// keyOf is the column that tells the rows of a table apart.
func keyOf(table string) string {
	base, _, _ := strings.Cut(table, "@")
	return map[string]string{"TABLE-1": "应用发布ID", "TABLE-2": "APPID", "TABLE-3/线上环境": "版本号", "TABLE-3/测试环境": "版本号", "TABLE-4": "应用名称", "TABLE-5": "工作台名称", Components: "组件名称"}[base]
}

// rowOf is the row of a table with this key, nil when there is none.
func (p *Portal) rowOf(table, key string) Record {
	at := slices.IndexFunc(p.Rows(table), func(r Record) bool { return r[keyOf(table)] == key })
	if at < 0 {
		return nil
	}
	return p.Rows(table)[at]
}
