package portaltest

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// press is a press of a button as a page tells it.
type press struct {
	Path   string
	Button string
	Form   string
	Row    string // of a list: its number and its key
	Dialog string // title
	Values map[string]any

	at *url.URL
}

// Sent is a form that the person sends from another machine.
type Sent struct {
	Path   string // of the form, or of the page that its dialog opened on
	Dialog string // title
	Button string
	Form   string
	Values map[string]any
}

// Send sends a form from another machine, where the person has filled it in too.
func (p *Portal) Send(s Sent) error {
	at, err := url.Parse(s.Path)
	if err != nil {
		return err
	}
	if said := p.siteAct(press{Path: s.Path, Button: s.Button, Form: s.Form, Dialog: s.Dialog, Values: s.Values, at: at}); said.Type == "error" {
		return errors.New(said.Message)
	}
	return nil
}

// key is the key of the row that was pressed in.
func (a press) key() string {
	_, key, _ := strings.Cut(a.Row, " ")
	return key
}

// text is a value of the form.
func (a press) text(label string) string {
	switch v := a.Values[label].(type) {
	case string:
		return v
	case []any:
		return fmt.Sprint(v...)
	}
	return ""
}

func stamp() string { return time.Now().Format("2006-01-02 15:04:05") }

func sorry(words string) Answer { return Answer{Type: "error", Message: words} }

func (p *Portal) answerAct(r *http.Request) (any, int) {
	var a press
	if !decode(r, &a) {
		return "unreadable", http.StatusBadRequest
	}
	var err error
	if a.at, err = url.Parse(a.Path); err != nil {
		return "unreadable", http.StatusBadRequest
	}
	if a.Button == "退出登录" {
		p.logOut(r)
		return Answer{Go: loginPath(a.at.Path)}, http.StatusOK
	}
	switch first, _, _ := strings.Cut(strings.TrimPrefix(a.at.Path, "/"), "/"); first {
	case "form", "frame", "list":
		return p.plainAct(a), http.StatusOK
	}
	return p.siteAct(a), http.StatusOK
}

// plainAct is a press on a page that is nothing but a form or a list.
func (p *Portal) plainAct(a press) Answer {
	if open := p.dialogOf(a); open != nil {
		return Answer{Open: open}
	}
	out := Answer{Message: a.Button + "成功"}
	if a.Dialog != "" {
		out.Close = 1
		if a.at.Query().Get("dialog") == "2" {
			out.Close = 2
		}
	}
	if a.Form != "" && !leaves(a.Button) {
		p.post(a, "")
	}
	return out
}

// leaves reports whether a button leaves a form without sending it.
func leaves(button string) bool { return button == "取消" || button == "退出注册" }

// post keeps what a form sent, and the files that went with it.
func (p *Portal) post(a press, of string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.posted = append(p.posted, Posted{Form: a.Form, Button: a.Button, Values: a.Values, Of: of})
	for _, v := range a.Values {
		names, ok := v.([]any)
		for i := len(p.uploads) - 1; ok && i >= 0; i-- {
			if slices.Contains(names, any(p.uploads[i].Name)) && !p.uploads[i].Kept {
				p.uploads[i].Kept = true
				names = slices.DeleteFunc(slices.Clone(names), func(n any) bool { return n == any(p.uploads[i].Name) })
			}
		}
	}
}

// siteAct is a press in the portal of a day's work.
func (p *Portal) siteAct(a press) Answer {
	switch a.at.Path {
	case PathReleases:
		return p.releaseAct(a)
	case PathCatalog, PathRegister, PathEdit, PathApprove, PathApply:
		return p.formAct(a)
	case PathDeploy:
		return p.deployAct(a, a.at.Query().Get("id"))
	}
	switch a.Button {
	case "应用发布":
		return Answer{Go: PathRelease + "?" + url.Values{"app": {a.key()}}.Encode()}
	case "部署发布":
		return Answer{Go: PathDeploy + "?" + url.Values{"id": {a.key()}}.Encode()}
	}
	return sorry("暂不支持“" + a.Button + "”")
}

// formAct is a press below a form of the facts.
func (p *Portal) formAct(a press) Answer {
	back := map[string]string{PathCatalog: PathResources, PathApply: PathComponents}[a.at.Path]
	back = orElse(back, PathReleases)
	switch {
	case leaves(a.Button):
		return Answer{Go: back}
	case a.Button == "保存草稿":
		return Answer{Message: "草稿已保存"}
	}
	of := a.at.Query().Get("id")
	switch a.at.Path {
	case PathCatalog:
		of = a.text("应用名称")
		p.insert("TABLE-4", Record{"应用名称": of, "状态": orElse(a.text("应用状态"), "建设中"), "审核状态": "待初审", "是否立项": "否", "负责人": person})
	case PathApply:
		of = a.at.Query().Get("component")
		p.insert(Components, Record{"组件名称": of, "应用标识": a.text("应用标识"), "申请时间": stamp(), "审核状态": "审核中"})
	case PathRegister:
		of = p.register(a.text("治理侧名称"), a.text("应用类型"))
	case PathEdit:
		p.edit("TABLE-1", of, Record{"治理侧名称": a.text("治理侧名称")})
		p.edit("TABLE-2", of, Record{"治理侧名称": a.text("治理侧名称")})
	case PathApprove:
		if !p.submitted(of) {
			return sorry("当前状态不能提交审批")
		}
	}
	p.post(a, of)
	return Answer{Message: a.Button + "成功", Go: back}
}

// register stores a release, as often as it is asked to: a portal need not notice that somebody pressed twice.
func (p *Portal) register(name, kind string) (id string) {
	p.mu.Lock()
	p.registered++
	id = fmt.Sprintf("2002%06d", 900000+p.registered)
	p.mu.Unlock()
	p.insert("TABLE-1", Record{"治理侧名称": name, "应用发布ID": id, "创建时间": stamp(), "更新时间": stamp(), "状态": "部署准备中"})
	p.insert("TABLE-2", Record{"治理侧名称": name, "APPID": id, "创建时间": stamp(), "更新时间": stamp(), "类型": orElse(kind, "浙政钉H5"), "服务接入数": "0"})
	return id
}

// submitted moves a release into its review. Pressing twice is as good as pressing once here, but is kept as two.
func (p *Portal) submitted(id string) bool {
	switch p.rowOf("TABLE-1", id)["状态"] {
	case "待发布审批", "发布审批中":
		p.edit("TABLE-1", id, Record{"状态": "发布审批中"})
	case "待升级审批", "升级审批中":
		p.edit("TABLE-1", id, Record{"状态": "升级审批中"})
	default:
		return false
	}
	return true
}

// insert puts a row at the top of a table, as portals do with what is new.
func (p *Portal) insert(table string, row Record) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rows[table] = slices.Insert(p.rows[table], 0, row)
}

// edit changes cells of the first row with this key.
func (p *Portal) edit(table, key string, cells Record) {
	p.mu.Lock()
	defer p.mu.Unlock()
	cells["更新时间"] = stamp()
	for column, to := range cells {
		p.change(table, keyOf(table), key, column, to)
	}
}

// moves are what the buttons of a release do to its state, once the person has confirmed.
func moves() map[string]map[string]string {
	return map[string]map[string]string{
		"重新部署": {"待发布审批": "发布修改中", "待升级审批": "升级修改中", "升级部署中": "升级部署中"},
		"版本升级": {"已发布": "升级部署中"},
		"信息变更": {"已发布": "变更审批中"},
		"下线":   {"已发布": "下线审批中"},
		"撤回":   {"发布审批中": "发布修改中", "升级审批中": "升级修改中", "变更审批中": "已发布", "下线审批中": "已发布"},
		"撤销升级": {"升级部署中": "已发布"},
	}
}

// releaseAct is a press on the page of TABLE-1.
func (p *Portal) releaseAct(a press) Answer {
	row, id := p.rowOf("TABLE-1", a.key()), url.Values{"id": {a.key()}}.Encode()
	switch {
	case a.Button == "存量应用关联":
		return Answer{Open: p.adopting()}
	case a.Dialog == "存量应用关联":
		p.post(a, p.register(a.text("治理侧名称"), ""))
		return Answer{Message: "关联成功", Close: 1, Reload: true}
	case row == nil:
		return sorry("应用不存在")
	case a.Dialog != "":
		to := moves()[a.Dialog][row["状态"]]
		if to == "" {
			return Answer{Type: "error", Message: "当前状态不能" + a.Dialog, Close: 1}
		}
		p.edit("TABLE-1", a.key(), Record{"状态": to})
		return Answer{Message: a.Dialog + "成功", Close: 1, Reload: true}
	case a.Button == "提交审批":
		return Answer{Go: PathApprove + "?" + id}
	case a.Button == "编辑":
		return Answer{Go: PathEdit + "?" + id}
	case moves()[a.Button] != nil:
		return Answer{Open: p.confirming(a, row["治理侧名称"])}
	case a.Button == "审批进度":
		return Answer{Open: &Dialog{Title: "审批进度", Text: "1. 提交审批：已完成\n2. 大数据局审核：进行中"}}
	case a.Button == "详情":
		return Answer{Open: &Dialog{Title: "详情", Text: "治理侧名称：" + row["治理侧名称"] + "\n应用发布ID：" + row["应用发布ID"] + "\n状态：" + row["状态"]}}
	}
	return Answer{Message: "暂无监控数据", Type: "info"}
}

// confirming asks whether what was pressed is meant.
func (p *Portal) confirming(a press, name string) *Dialog {
	return &Dialog{Title: a.Button, Row: a.Row, Text: "确定要对“" + name + "”" + a.Button + "吗？", Buttons: p.sure(a.Button)}
}

// sure are the two buttons below a dialog.
func (p *Portal) sure(subject string) []Button {
	d := newDice(p.seed, subject)
	yes := d.button("确定", "primary", "act")
	yes.Validate = true
	return []Button{d.button("取消", "plain", "close"), yes}
}

// adopting is the dialog for an application that was listed before there was any hosting.
func (p *Portal) adopting() *Dialog {
	f := &Form{ID: "ADOPT", Steps: []Step{{Groups: []Group{{Fields: []Field{
		{Label: "治理侧名称", Kind: Text, Required: true}, {Label: "原应用地址", Kind: Text, Required: true},
	}}}}}}
	newDice(p.seed, f.ID).dress(f)
	return &Dialog{Title: "存量应用关联", Form: f, Buttons: p.sure(f.ID)}
}

// dialogOf is what opens on a press on a page whose form stands in a dialog, or nil.
func (p *Portal) dialogOf(a press) *Dialog {
	id, q := strings.TrimPrefix(a.at.Path, "/form/"), a.at.Query()
	switch {
	case a.Button == "打开表单" && q.Get("dialog") == "2":
		return &Dialog{Title: "请先确认", Text: "表单在下一个窗口里。", Buttons: []Button{newDice(p.seed, "on").button("继续", "primary", "act")}}
	case a.Button != "打开表单" && a.Button != "继续":
		return nil
	}
	f, title, err := p.form(id, q)
	if err != nil {
		return nil
	}
	d := &Dialog{Title: title, Form: f}
	if buttons := newDice(p.seed, id).formButtons(id, len(f.Steps)); len(f.Steps) > 1 {
		f.Buttons = buttons
	} else {
		d.Buttons = buttons
	}
	return d
}

// answerCheck is what the server says of a field when the person leaves it, or of a step before the next.
func (p *Portal) answerCheck(r *http.Request) (any, int) {
	var asked struct {
		Label string
		Value any
	}
	decode(r, &asked)
	value, _ := asked.Value.(string)
	says := ""
	switch {
	case asked.Label == "应用标识" && strings.ContainsFunc(value, func(c rune) bool { return c > 127 }):
		says = "应用标识不能含有中文"
	case asked.Label == "社会信用编码" && value != "" && len(value) != 18:
		says = "社会信用编码应为 18 位"
	}
	return map[string]any{"error": says}, http.StatusOK
}
