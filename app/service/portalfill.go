package service

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/portal/table"
)

// PortalFill says which page is filled in with what: the values of an app by the recipe of a form, or values by label.
type PortalFill struct {
	URL       string `json:"url"`
	Form      string `json:"form"`      // FORM-n; with Values it may be empty
	AppID     string `json:"app_id"`    // or Values
	Component string `json:"component"` // of FORM-2, which is one form for each; empty: the first the app applies for
	Values    string `json:"values"`    // JSON; see fill.ParseValues
	Headless  bool   `json:"headless"`
	YesUpload bool   `json:"yes_upload"` // agrees beforehand to uploads that start when a file is chosen
	Job       string `json:"job"`        // name under which the work can be watched, asked and canceled; may be empty
}

// PortalFilled is what came of it. Nothing was sent: no final button is ever pressed.
type PortalFilled struct {
	fill.Result
	URL     string `json:"url"`
	Picture string `json:"picture"` // of the page afterwards; see the download picture
	// Drift are the fields that the page does not show as the recipe of the form says.
	Drift []table.Drift `json:"drift,omitempty"`
}

// work is what a page is filled in with.
type fillWork struct {
	asks    []fill.Ask
	secrets []string
	form    *recipe.Form   // nil for values by label alone
	rules   *recipe.Recipe // that hold the form
	notes   []string       // what was chosen for the person
	done    func()         // removes the files that were laid out
}

// Fill opens a page in the user's own browser, waits for the person to log in and to open the form, fills it in and reads
// it back.
func (s *Portals) Fill(ctx context.Context, in PortalFill) (PortalFilled, error) {
	ctx, progress, end := s.jobs.begin(ctx, in.Job)
	defer end()
	work, err := s.fillWork(ctx, in)
	if err != nil {
		return PortalFilled{}, err
	}
	defer work.done()
	v, err := s.visitTo(ctx, in.URL, in.Headless)
	if err != nil {
		return PortalFilled{}, err
	}
	defer v.close()
	if err := v.toFill(ctx, work); err != nil {
		return PortalFilled{}, err
	}
	v.say(ctx, "正在填写 "+work.title())
	out := PortalFilled{}
	out.Result, err = v.fill(ctx, work.asks, s.fillOptions(ctx, in, v.rules, work, progress))
	out.Notes = append(work.notes, out.Notes...)
	for i, f := range out.Fields {
		out.Fields[i] = veil(f, work.secrets)
	}
	if err != nil {
		return out, v.explain(ctx, err)
	}
	out.Picture = s.pictureOf(ctx, v.page)
	out.URL = v.address(ctx)
	out.Drift = s.formDrift(in.Form, work.asks, out.Result, out.Picture)
	return out, nil
}

// toFill waits for the page to fill in. A form has to stand there, for a list may have a column or a search box of the same
// name as one field. Its own recipe holds, also at a host that no recipe knows.
func (v *visit) toFill(ctx context.Context, work fillWork) error {
	if work.form == nil {
		return v.await(ctx, awaited{what: work.title(), texts: work.labels(), enough: 1})
	}
	v.rules = work.rules
	return v.until(ctx, work.form)
}

func (w fillWork) title() string {
	if w.form != nil {
		return w.form.Title
	}
	return "要填的页面"
}

// labels are the texts of which one at least stands on the page that is waited for.
func (w fillWork) labels() []string {
	var out []string
	for _, a := range w.asks {
		out = append(append(out, a.Label), a.Also...)
	}
	return out
}

func (s *Portals) fillOptions(ctx context.Context, in PortalFill, rules *recipe.Recipe, work fillWork, progress func(done, total int64)) fill.Options {
	form := in.Form
	o := fill.Options{
		Next: rules.Buttons("next", form), Add: rules.Buttons("add", form), Never: rules.NeverWords(),
		Progress: func(done, total int) { progress(int64(done), int64(total)) },
	}
	if work.form != nil {
		o.Labels = work.form.Labels()
	}
	o.Upload = func(label string, files []string) bool {
		if in.YesUpload {
			return true
		}
		if in.Job == "" {
			return false
		}
		var names []string
		for _, f := range files {
			names = append(names, filepath.Base(f))
		}
		return s.questions.ask(ctx, in.Job, PortalQuestion{Yes: "上传", No: "不上传", Files: names,
			Text: "选定文件后会马上上传到平台：“" + label + "” " + strings.Join(names, "、") + "。现在上传吗？"})
	}
	return o
}

// fillWork gathers what is filled in.
func (s *Portals) fillWork(ctx context.Context, in PortalFill) (fillWork, error) {
	none := func() {}
	switch {
	case (in.AppID == "") == (in.Values == ""):
		return fillWork{done: none}, listing.Fail(listing.CodeInvalid, "没有说填什么，或者说了两样", "填应用的资料，或给出填写内容，选一样")
	case in.Component != "" && (in.Form != formOf(listing.ActionComponent) || in.AppID == ""):
		return fillWork{done: none}, listing.Fail(listing.CodeInvalid, "只有填应用的组件申请（FORM-2）才要写组件", "去掉组件，或改填 FORM-2")
	case in.AppID != "" && in.Form == "":
		return fillWork{done: none}, listing.Fail(listing.CodeInvalid, "没有说填哪张表", "写上 FORM-1 至 FORM-4 中的一张")
	}
	work := fillWork{done: none}
	if in.Form != "" {
		rules, err := s.recipeOf(in.Form)
		if err != nil {
			return work, err
		}
		work.rules, work.form = rules, rules.Form(in.Form)
	}
	if in.AppID != "" {
		return s.appWork(ctx, in, work)
	}
	var err error
	if work.asks, err = fill.ParseValues([]byte(in.Values)); err != nil {
		return work, err
	}
	return work, checkFiles(work.asks)
}

// checkFiles makes the names of files whole and refuses what is not there.
func checkFiles(asks []fill.Ask) error {
	for _, a := range asks {
		for i, name := range a.Value.Files {
			path, err := filepath.Abs(name)
			if err == nil {
				_, err = os.Stat(path)
			}
			if err != nil {
				return listing.Failf(listing.CodeInvalid, "请检查路径和权限", "“%s”要用的文件打不开：%s", a.Label, name).Because(err)
			}
			a.Value.Files[i] = path
		}
	}
	return nil
}

// appWork takes the values of an app, with its files laid out under their own names.
func (s *Portals) appWork(ctx context.Context, in PortalFill, work fillWork) (fillWork, error) {
	kind, err := actionOf(in.Form)
	if err != nil {
		return work, err
	}
	outbox := &Outbox{s.core}
	a := listing.Action{Kind: kind}
	err = s.view(ctx, func(r listing.Reader) error {
		run, err := s.running(r, in.AppID)
		if err != nil {
			return err
		}
		a.AppID = run.dossier.App.ID
		if kind == listing.ActionComponent {
			if a.Component, work.notes, err = s.componentOf(run.dossier.App, in.Component); err != nil {
				return err
			}
		}
		a.Asks, err = outbox.asks(run, a)
		return err
	})
	if err != nil {
		return work, err
	}
	dir, err := os.MkdirTemp("", "shangjiatong-fill-")
	if err != nil {
		return work, unwritable(os.TempDir(), err)
	}
	work.done = func() { _ = os.RemoveAll(dir) } // a left-over in the folder of temporary files
	r := &runner{Outbox: outbox, a: a, files: dir}
	if work.asks, work.secrets, err = r.values(ctx); err != nil {
		work.done()
		work.done = func() {}
	}
	return work, err
}

// componentOf is the component whose form is filled in: the one named, or the first the app applies for, which is told.
func (c *core) componentOf(a listing.App, named string) (string, []string, error) {
	known := c.forms.Lists["components"]
	if named = strings.TrimSpace(named); named != "" {
		if !slices.Contains(known, named) {
			return "", nil, listing.Failf(listing.CodeInvalid, "请选择："+strings.Join(known, "、"), "没有组件“%s”", named)
		}
		return named, nil, nil
	}
	if len(a.Components) == 0 {
		return "", nil, listing.Fail(listing.CodeInvalid, "写明组件："+strings.Join(known, "、")+"；或在应用的资料里选择要申请的组件", "组件申请一个组件一张表，没有说是哪个组件")
	}
	first := a.Components[0]
	if len(a.Components) == 1 {
		return first, []string{"填的是组件“" + first + "”的申请"}, nil
	}
	return first, []string{fmt.Sprintf("组件申请一个组件一张表，填的是“%s”；还要申请：%s", first, strings.Join(a.Components[1:], "、"))}, nil
}

// actionOf returns the kind of action that a form belongs to.
func actionOf(form string) (listing.ActionKind, error) {
	kinds := listing.ActionKinds()
	i := slices.IndexFunc(kinds, func(k listing.ActionKind) bool { return formOf(k) == form && k != listing.ActionUpload })
	if i < 0 {
		return "", listing.Failf(listing.CodeInvalid, "可以填：FORM-1、FORM-2、FORM-3、FORM-4", "应用的资料不能填到“%s”", form)
	}
	return kinds[i], nil
}
