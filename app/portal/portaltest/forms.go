package portaltest

import (
	"fmt"
	"net/url"
	"strconv"

	"shangjiatong/app/forms"
)

// FormIDs are the forms every portal has at /form/ID.
func FormIDs() []string { return []string{"FORM-1", "FORM-2", "FORM-3", "FORM-4", "FORM-25"} }

// form returns a form as the seed dresses it. The query may ask for steps=N, frame=1, shadow=1 and relabel=OLD:NEW.
func (p *Portal) form(id string, q url.Values) (*Form, string, error) {
	f, title, err := p.plainForm(id, q)
	if err != nil {
		return nil, "", err
	}
	relabel(f, p.fault().Labels)
	d := newDice(p.seed, id)
	d.dress(f)
	twice(f, p.fault().Twice, d)
	place(f, q)
	spread(f, q)
	if part := q.Get("part"); part != "" {
		return p.part(f, part), title, nil
	}
	return f, title, nil
}

func (p *Portal) plainForm(id string, q url.Values) (*Form, string, error) {
	if id == "FORM-25" {
		return form25(), "综合表单", nil
	}
	known := p.catalogue.Form(id)
	if known == nil {
		return nil, "", fmt.Errorf("no form %q", id)
	}
	f := &Form{ID: id, Steps: []Step{{Title: "填写"}}}
	component := q.Get("component")
	if component == "" {
		component = "扫码登录"
	}
	for _, section := range known.Sections {
		if section.Component != "" && section.Component != component {
			continue
		}
		g := Group{Heading: section.Heading}
		for _, row := range section.Rows {
			g.Fields = append(g.Fields, p.field(row))
		}
		f.Steps[0].Groups = append(f.Steps[0].Groups, g)
	}
	return f, known.Title, nil
}

// field is a row of the facts as a field; how it is shown where several kinds would do is the seed's choice.
func (p *Portal) field(row forms.Row) Field {
	fact, d := p.catalogue.Field(row.Field), newDice(p.seed, row.Label)
	out := Field{Label: row.Label, Kind: Text, Required: row.Required}
	if fact == nil {
		return out
	}
	options := words(p.catalogue.Lists[fact.Options]...)
	switch fact.Type {
	case forms.Long:
		out.Kind = Long
	case forms.One:
		out.Kind, out.Options, out.Verb, out.Free = d.one(Radio, Select), options, "请选择", fact.Free
		if fact.Free {
			out.Kind = Select
		}
	case forms.Many:
		out.Kind, out.Options, out.Verb = d.one(Check, Multiple), options, "请选择"
	case forms.YesNo:
		out.Kind, out.Options, out.Verb = Radio, words("是", "否"), "请选择"
	case forms.File:
		out.Kind, out.Verb, out.Collect = Files, "请上传", d.chance(50)
	case forms.People:
		out.Kind, out.Add = Rows, "+ 新增联系方式"
		out.Cells = []Field{{Label: "姓名", Required: true}, {Label: "电话", Required: true}}
	case forms.Phone:
		out.Pattern, out.Message = `^1\d{10}$`, "请输入正确的手机号码"
	case forms.URL:
		out.Pattern, out.Message = `^https?://`, "请输入以 http 开头的地址"
	}
	if row.Field == "app.identifier" || row.Field == "app.release_name" {
		out.Server = true
	}
	if row.Field == "app.release_type" { // the facts have no list of its words
		out.Kind, out.Options, out.Verb = d.one(Radio, Select), words("首次发布", "再次发布"), "请选择"
	}
	if row.Field == "app.basis_other" {
		out.When = &When{Label: "建设依据", Has: "其他"}
	}
	return out
}

// place puts a group into a frame, and one into a shadow root, when the query asks for it.
func place(f *Form, q url.Values) {
	groups := f.Steps[0].Groups
	if q.Get("frame") == "1" {
		at := len(groups) - 1
		for i, g := range groups {
			if g.Heading == "开发商信息" {
				at = i
			}
		}
		groups[at].Place = "frame"
		groups[at].Source = fmt.Sprintf("/frame/%s?part=%d", f.ID, at)
	}
	if q.Get("shadow") == "1" {
		at := 0
		for i, g := range groups {
			if g.Heading == "业主单位" {
				at = i
			}
		}
		groups[at].Place = "shadow"
	}
}

// part is the group that stands in a frame, as a form of its own.
func (p *Portal) part(f *Form, part string) *Form {
	at, err := strconv.Atoi(part)
	if err != nil || at < 0 || at >= len(f.Steps[0].Groups) {
		return f
	}
	return &Form{ID: f.ID, Part: &at, Steps: []Step{{Groups: []Group{f.Steps[0].Groups[at]}}}}
}

// spread deals the groups of a form over as many steps as the query asks for.
func spread(f *Form, q url.Values) {
	n, err := strconv.Atoi(q.Get("steps"))
	groups := f.Steps[0].Groups
	if err != nil || n < 2 || q.Get("part") != "" {
		return
	}
	n = min(n, len(groups))
	steps := make([]Step, n)
	for i, g := range groups {
		at := i * n / len(groups)
		steps[at].Groups = append(steps[at].Groups, g)
		steps[at].Title = fmt.Sprintf("第%d步", at+1)
	}
	f.Steps = steps
}

// buttons are what stands below a form: the last ones of the facts, in many disguises.
func (d dice) formButtons(id string, steps int) []Button {
	final := func(text string) Button {
		b := d.button(text, d.one("primary", "primary", "div", "a", "input"), "act")
		b.Validate = true
		return b
	}
	var out []Button
	if steps > 1 {
		back, next := d.button("上一步", "plain", "back"), d.button("下一步", "primary", "next")
		next.Validate = true
		for n := range steps {
			if n > 0 {
				back.Steps = append(back.Steps, n)
			}
			if n < steps-1 {
				next.Steps = append(next.Steps, n)
			}
		}
		out = append(out, back, next)
	}
	last := []int{steps - 1}
	add := func(b Button) { b.Steps = last; out = append(out, b) }
	switch id {
	case "FORM-1":
		out = append(out, d.button("保存草稿", d.one("plain", "div"), "act"), d.button("取消", "plain", "act"))
		add(final("保存"))
	case "FORM-3":
		add(final("提交"))
		out = append(out, d.button("退出注册", d.one("plain", "a"), "act"))
	case "FORM-4":
		add(final("提交审批"))
		out = append(out, d.button("取消", "plain", "act"))
	default:
		add(final("提交"))
		out = append(out, d.button("保存草稿", "plain", "act"), d.button("确定", "icon", "act"))
	}
	return out
}
