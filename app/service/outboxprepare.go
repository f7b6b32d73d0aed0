package service

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
)

// The facts of a recipe that are no keys of package forms.
const (
	factVersion = "upload.version"
	factRemark  = "upload.remark"
	factFile    = "upload.file"
	factListed  = "slots.listed"
	slotFact    = "slots."
	asSecret    = "secret"
)

// keptWarnings is how many warnings an action remembers.
const keptWarnings = 50

// Prepare freezes the data of an action and fixes its target. What blocks the task blocks the action.
func (s *Outbox) Prepare(ctx context.Context, in OutboxPrepare) (OutboxView, error) {
	var file *ProofFile
	if in.Kind == listing.ActionUpload {
		up, err := s.uploads.finished(in.Upload)
		if err != nil {
			return OutboxView{}, err
		}
		file = &ProofFile{Name: up.name, Path: up.path}
	}
	return s.PrepareFile(ctx, in, file)
}

// PrepareFile is Prepare with a code package that is a file of this machine, or none.
func (s *Outbox) PrepareFile(ctx context.Context, in OutboxPrepare, file *ProofFile) (OutboxView, error) {
	ctx, _, end := s.jobs.begin(ctx, in.Job)
	defer end()
	a, err := s.begin(ctx, in)
	if err != nil {
		return OutboxView{}, err
	}
	if in.Kind == listing.ActionUpload {
		if a.Code, a.Warnings, err = s.code(ctx, a.AppID, in, file); err != nil {
			return OutboxView{}, err
		}
	}
	err = s.change(ctx, "准备"+a.Kind.Word(), a.AppID, func(w listing.Writer) error {
		if err := s.freeze(w, &a); err != nil {
			return err
		}
		if err := s.alone(w, a); err != nil {
			return err
		}
		return w.Put(a)
	})
	if err != nil {
		return OutboxView{}, err
	}
	s.uploads.drop(in.Upload)
	return s.Show(ctx, a.ID)
}

func (s *Outbox) begin(ctx context.Context, in OutboxPrepare) (listing.Action, error) {
	a := listing.Action{ID: uuid.NewString(), Kind: in.Kind, Component: strings.TrimSpace(in.Component), State: listing.ActionPrepared, CreatedAt: s.stamp(), ChangedAt: s.stamp()}
	if !slices.Contains(listing.ActionKinds(), in.Kind) {
		return a, listing.Failf(listing.CodeInvalid, "可以准备：catalog、component、register、upload、approval", "没有“%s”这种办理", in.Kind)
	}
	if a.Kind == listing.ActionComponent && a.Component == "" {
		return a, listing.Fail(listing.CodeInvalid, "组件申请一个组件一份，没有说是哪个组件", "请选择："+strings.Join(s.forms.Lists["components"], "、"))
	}
	if a.Kind == listing.ActionComponent && !slices.Contains(s.forms.Lists["components"], a.Component) {
		return a, listing.Failf(listing.CodeInvalid, "请选择："+strings.Join(s.forms.Lists["components"], "、"), "没有组件“%s”", a.Component)
	}
	if a.Kind != listing.ActionComponent {
		a.Component = ""
	}
	var err error
	if a.AppID, err = s.appID(ctx, in.AppID); err == nil {
		a.CreatedBy, err = s.operator(ctx)
	}
	return a, err
}

// alone refuses a second action for the same thing while one is open.
func (s *Outbox) alone(r listing.Reader, a listing.Action) error {
	all, err := listing.All[listing.Action](r)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.AppID == a.AppID && o.Kind == a.Kind && o.Component == a.Component && !o.State.Over() && o.ID != a.ID {
			return listing.Failf(listing.CodeConflict, "请接着办理那一份，或先作废它", "“%s”已经准备过一份，还没有办妥", a.Kind.Word())
		}
	}
	return nil
}

// code checks a code package and keeps it.
func (s *Outbox) code(ctx context.Context, appID string, in OutboxPrepare, file *ProofFile) (*listing.ActionCode, []listing.Finding, error) {
	out := &listing.ActionCode{Version: strings.TrimSpace(in.Version), Remark: strings.TrimSpace(in.Remark)}
	switch {
	case file == nil:
		return nil, nil, listing.Fail(listing.CodeInvalid, "没有选择代码包", "请选择要上传的压缩包（zip）")
	case out.Version == "" || utf8.RuneCountInString(out.Version) > maxState || strings.ContainsAny(out.Version, "\r\n"):
		return nil, nil, listing.Failf(listing.CodeInvalid, "例如 1.0.1", "请填写版本号，不超过 %d 个字", maxState)
	}
	if err := s.newVersion(ctx, appID, out.Version); err != nil {
		return nil, nil, err
	}
	var err error
	if out.File, err = s.keep(ctx, nil, file.Name, file.Path); err != nil {
		return nil, nil, err
	}
	if out.File.Type != "zip" {
		return nil, nil, listing.Failf(listing.CodeInvalid, "托管平台只收 zip 压缩包", "“%s”不是压缩包", out.File.Name)
	}
	view, err := (&Tracking{s.core}).CheckCode(ctx, CodeRequest{AppID: appID, Path: file.Path})
	if err != nil {
		return nil, nil, err
	}
	if blocking := listing.Blocking(view.Result.Findings); len(blocking) > 0 {
		return nil, nil, Refusal("代码包还不能上传", blocking)
	}
	out.CheckID = view.ID
	warnings := view.Result.Findings[:min(len(view.Result.Findings), keptWarnings)]
	if spec := s.forms.Table("TABLE-3"); spec != nil && spec.MB > 0 && out.File.Size > spec.MB<<20 {
		warnings = append([]listing.Finding{{Rule: "PKG-7", Code: listing.FindingViolated, Level: listing.LevelWarning,
			Message: fmt.Sprintf("代码包有 %d MB，超过 %d MB", out.File.Size>>20, spec.MB), Effect: "托管平台可能不收", Fix: "去掉不需要的文件后重新压缩"}}, warnings...)
	}
	return out, warnings, nil
}

// newVersion refuses a version that the hosting platform is known to have.
func (s *Outbox) newVersion(ctx context.Context, appID, version string) error {
	return s.view(ctx, func(r listing.Reader) error {
		_, err := listing.Load[listing.CodeVersion](r, versionID(appID, version))
		switch listing.CodeOf(err) {
		case listing.CodeNotFound:
			return nil
		case "":
			return listing.Failf(listing.CodeConflict, "请换一个版本号", "托管平台上已经有版本“%s”", version)
		}
		return err
	})
}

// freeze takes the values of an action over as they stand now, and fixes what it is done to.
func (s *Outbox) freeze(r listing.Reader, a *listing.Action) error {
	run, err := s.running(r, a.AppID)
	if err != nil {
		return err
	}
	if blocking := s.against(run, a.Kind); len(blocking) > 0 {
		return Refusal("还不能准备“"+a.Kind.Word()+"”", blocking)
	}
	if a.Kind == listing.ActionUpload && !run.dossier.App.Kind.Hosted(run.settings.PortalUnhosted) {
		return listing.Fail(listing.CodeRefused, "这类应用不经过代码托管", "小程序的代码从小程序 IDE 上传")
	}
	if a.Target, err = s.target(run, a.Kind); err != nil {
		return err
	}
	a.Asks, err = s.asks(run, *a)
	return err
}

// target is what an action is done to.
func (s *Outbox) target(run *running, kind listing.ActionKind) (listing.ActionTarget, error) {
	app := run.dossier.App
	rec, err := s.recipeOf(formOf(kind))
	if err != nil {
		return listing.ActionTarget{}, err
	}
	t := listing.ActionTarget{Portal: rec.ID, Form: formOf(kind), Table: listOf(kind), Name: app.Name, ReleaseName: cmp.Or(app.ReleaseName, app.Name),
		Identifier: app.Identifier, ReleaseID: app.Portal.ReleaseID, HostingID: app.Portal.HostingID, State: app.Portal.State}
	if kind == listing.ActionUpload {
		t.Region = cmp.Or(app.ProcessRegion, run.dossier.Unit.ProcessRegion)
	}
	return t, nil
}

// recipeOf returns the recipe that describes a form.
func (c *core) recipeOf(form string) (*recipe.Recipe, error) {
	all, err := c.recipes()
	if err != nil {
		return nil, err
	}
	if r := recipe.Holding(all, form); r != nil {
		return r, nil
	}
	var known []string
	for _, r := range all {
		for _, f := range r.Forms {
			known = append(known, f.ID)
		}
	}
	slices.Sort(known)
	return nil, listing.Failf(listing.CodeInvalid, "可以填："+strings.Join(known, "、"), "页面规则里没有表单“%s”", form)
}

// asks are the fields to fill in, by the recipe of the form.
func (s *Outbox) asks(run *running, a listing.Action) ([]listing.ActionAsk, error) {
	rec, err := s.recipeOf(formOf(a.Kind))
	if err != nil {
		return nil, err
	}
	form := rec.Form(formOf(a.Kind))
	values := s.forms.ValuesOf(run.dossier)
	out := []listing.ActionAsk{}
	for _, f := range form.Fields {
		if s.elsewhere(f.Fact, a) || !shownWhen(form, f, values) {
			continue
		}
		ask := listing.ActionAsk{Key: f.Fact, Heading: f.Heading, Label: f.Label, Also: f.Also, As: f.As, Optional: f.Optional}
		s.put(&ask, f, run.dossier, values, a)
		if ask.Text != "" {
			out = append(out, ask)
		}
	}
	return out, nil
}

// elsewhere reports whether a fact belongs to the form of another component (FORM-2).
func (s *Outbox) elsewhere(fact string, a listing.Action) bool {
	form := s.forms.Form("FORM-2")
	if a.Kind != listing.ActionComponent || form == nil {
		return false
	}
	for _, section := range form.Sections {
		if section.Component == "" || section.Component == a.Component {
			continue
		}
		if slices.ContainsFunc(section.Rows, func(r forms.Row) bool { return r.Field == fact }) {
			return true
		}
	}
	return false
}

// shownWhen reports whether a field that depends on another is there to be filled in.
func shownWhen(form *recipe.Form, f recipe.Field, values *forms.Values) bool {
	label, word, ok := strings.Cut(f.When, "=")
	if !ok {
		return true
	}
	other := form.Field(label)
	return other != nil && slices.Contains(values.Items(other.Fact), word)
}

// put fills in the value of a field.
func (s *Outbox) put(ask *listing.ActionAsk, f recipe.Field, d forms.Dossier, values *forms.Values, a listing.Action) {
	switch {
	case a.Code != nil && f.Fact == factVersion:
		ask.Values = []string{a.Code.Version}
	case a.Code != nil && f.Fact == factRemark && a.Code.Remark != "":
		ask.Values = []string{a.Code.Remark}
	case a.Code != nil && f.Fact == factFile:
		ask.Files = []listing.Attachment{a.Code.File}
	case f.As == "files":
		ask.Files = s.filesFor(f.Fact, d.App)
	case f.As == "rows":
		for _, c := range d.Contacts() {
			row := map[string]string{}
			for _, cell := range f.Rows {
				row[cell.Label] = map[string]string{"name": c.Name, "phone": c.Phone}[cell.Part]
			}
			ask.Rows = append(ask.Rows, row)
		}
		ask.Text = values.Text(f.Fact)
		return
	default:
		s.putValues(ask, f, values)
		return
	}
	names := slices.Clone(ask.Values)
	for _, file := range ask.Files {
		names = append(names, file.Name)
	}
	ask.Text = strings.Join(names, "、")
}

func (s *Outbox) putValues(ask *listing.ActionAsk, f recipe.Field, values *forms.Values) {
	ask.Text = values.Text(f.Fact)
	if field := s.forms.Field(f.Fact); field != nil && field.Type == forms.Sealed {
		ask.As = asSecret
		return
	}
	ask.Values = values.Items(f.Fact)
	if f.As == "text" && len(ask.Values) > 0 {
		ask.Values = []string{strings.Join(ask.Values, cmp.Or(f.Join, "、"))}
	}
}

// filesFor returns the attachments that a field of files takes.
func (s *Outbox) filesFor(fact string, a listing.App) []listing.Attachment {
	var out []listing.Attachment
	slot, isSlot := strings.CutPrefix(fact, slotFact)
	for _, place := range s.forms.Slots {
		att, there := a.Attachments[place.ID]
		field := s.forms.Field(fact)
		takes := fact == factListed && place.Listed || isSlot && place.ID == slot || field != nil && field.Slot == place.ID
		if there && takes {
			out = append(out, att)
		}
	}
	return out
}

// drifted lists what an action froze and now reads otherwise.
func (s *Outbox) drifted(run *running, a listing.Action) ([]FieldChange, error) {
	now, err := s.asks(run, a)
	if err != nil {
		return nil, err
	}
	out := []FieldChange{}
	text := func(all []listing.ActionAsk, key, label string) string {
		for _, k := range all {
			if k.Key == key && k.Label == label {
				files := ""
				for _, f := range k.Files {
					files += " " + f.SHA256[:min(12, len(f.SHA256))]
				}
				return k.Text + files
			}
		}
		return ""
	}
	for _, k := range append(slices.Clone(a.Asks), now...) {
		was, is := text(a.Asks, k.Key, k.Label), text(now, k.Key, k.Label)
		if was != is && !slices.ContainsFunc(out, func(c FieldChange) bool { return c.Key == k.Key && c.Label == k.Label }) {
			out = append(out, FieldChange{Key: k.Key, Label: k.Label, Before: was, After: is})
		}
	}
	t, err := s.target(run, a.Kind)
	for _, pair := range [][3]string{{"应用名称", a.Target.Name, t.Name}, {"治理侧名称", a.Target.ReleaseName, t.ReleaseName}, {"应用标识", a.Target.Identifier, t.Identifier},
		{"应用发布ID", a.Target.ReleaseID, t.ReleaseID}, {"APPID", a.Target.HostingID, t.HostingID}} {
		if pair[1] != pair[2] && !slices.ContainsFunc(out, func(c FieldChange) bool { return c.Label == pair[0] }) {
			out = append(out, FieldChange{Key: "target", Label: pair[0], Before: pair[1], After: pair[2]})
		}
	}
	return out, err
}

// Renew freezes the data of an action anew, as they stand now. Its steps so far stay on record.
func (s *Outbox) Renew(ctx context.Context, id string) (OutboxView, error) {
	return s.rework(ctx, id, "重新准备", func(r listing.Reader, a *listing.Action) error {
		if err := s.freeze(r, a); err != nil {
			return err
		}
		if !waited(*a) { // what was filled in may have been sent: then the next run asks first
			a.State, a.Reason, a.Hint = listing.ActionPrepared, "", ""
			a.Filled = nil
		}
		return nil
	})
}
