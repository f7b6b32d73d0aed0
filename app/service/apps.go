package service

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// Apps is what can be done with the data of applications.
type Apps struct{ *core }

// AppView is one app with what its pages show around it.
type AppView struct {
	App          listing.App          `json:"app"`
	Vendor       *listing.Vendor      `json:"vendor,omitempty"`
	Unit         listing.Unit         `json:"unit"`
	Completeness []forms.Completeness `json:"completeness"`
}

// NewApp is what a new app begins with.
type NewApp struct {
	Name string          `json:"name"`
	Kind listing.AppKind `json:"kind"`
}

// View returns an app, found by ID, identifier or name.
func (s *Apps) View(ctx context.Context, given string) (AppView, error) {
	var out AppView
	err := s.view(ctx, func(r listing.Reader) error {
		d, err := dossier(r, given)
		if err != nil {
			return err
		}
		out = AppView{App: d.App, Vendor: d.Vendor, Unit: d.Unit, Completeness: s.completeness(d)}
		return nil
	})
	return out, err
}

func (c *core) completeness(d forms.Dossier) []forms.Completeness {
	values := c.forms.ValuesOf(d)
	out := []forms.Completeness{}
	for i := range c.forms.Forms {
		out = append(out, values.Complete(&c.forms.Forms[i]))
	}
	return out
}

// Create makes a new app with the defaults of the unit.
func (s *Apps) Create(ctx context.Context, in NewApp) (listing.App, error) {
	a := listing.App{Name: s.tidy("app.name", in.Name), Kind: in.Kind}
	if a.Name == "" {
		return a, needed("app.name", "请填写应用名称")
	}
	return s.add(ctx, a)
}

// Add stores a whole new app, as it comes out of a file. Words outside their lists are refused, and so is what only
// the program itself may write: files, attestations, waivers, secrets.
func (s *Apps) Add(ctx context.Context, a listing.App) (listing.App, error) {
	if err := s.tidyApp(&a); err != nil {
		return a, err
	}
	if a.Name == "" {
		return a, needed("app.name", "文件里没有应用名称（name）")
	}
	if err := s.forms.CheckWords(a); err != nil {
		return a, err
	}
	if a.TestPassword != "" || a.AppSecret != "" {
		return a, listing.Fail(listing.CodeInvalid, "文件里不能带密码或密钥", "请把 test_password 和 app_secret 留空，改用 app secret 命令存入密码库")
	}
	if len(a.Attachments)+len(a.Attestations)+len(a.Waivers) > 0 {
		return a, listing.Fail(listing.CodeInvalid, "文件里不能带附件、承诺或保留的提示（attachments、attestations、waivers）",
			"请去掉这几项；附件用 app attach 上传，承诺和保留由本人用 app attest、app waive 登记")
	}
	a.Archived = false
	return s.add(ctx, a)
}

// tidyApp tidies every field of an app the way drafts are tidied.
func (s *Apps) tidyApp(a *listing.App) error {
	var values []FieldValue
	given := s.forms.ValuesOf(forms.Dossier{App: *a})
	for _, f := range s.forms.Fields {
		if items := given.Raw(f.Key); forms.AppKey(f.Key) != "" && f.Type != forms.Sealed && f.Type != forms.File && len(items) > 0 {
			values = append(values, FieldValue{Key: f.Key, Values: items})
		}
	}
	return s.setFields(a, "app.", values)
}

func needed(field, message string) error {
	e := listing.Fail(listing.CodeInvalid, message, "填写后再试")
	e.Field = field
	return e
}

func (s *Apps) add(ctx context.Context, a listing.App) (listing.App, error) {
	if err := s.checkKind(a.Kind); err != nil {
		return a, err
	}
	a.ID, a.CreatedAt, a.UpdatedAt = uuid.NewString(), s.stamp(), s.stamp()
	err := s.change(ctx, "新建应用", a.ID, func(w listing.Writer) error {
		u, err := unit(w)
		if err != nil {
			return err
		}
		if err := nameFree(w, a.ID, a.Name); err != nil {
			return err
		}
		s.fillDefaults(&a, u)
		whole(&a)
		return w.Put(a)
	})
	return a, err
}

func (s *Apps) checkKind(k listing.AppKind) error {
	if slices.Contains(listing.AppKinds(), k) {
		return nil
	}
	e := listing.Failf(listing.CodeInvalid, "请改为："+strings.Join(s.forms.Lists["kinds"], "、"), "没有“%s”这种应用类型", k)
	e.Field = "app.kind"
	return e
}

// nameFree refuses a name that another app has, archived ones included: people tell apps apart by their names.
func nameFree(r listing.Reader, id, name string) error {
	all, err := listing.All[listing.App](r)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.ID != id && a.Name == name {
			e := listing.Failf(listing.CodeConflict, "请换一个名称；如果是同一个应用，请直接打开它（可能在已归档里）", "已经有一个应用叫“%s”", name)
			e.Field = "app.name"
			return e
		}
	}
	return nil
}

// fillDefaults proposes what the unit already knows and nobody typed yet.
func (s *Apps) fillDefaults(a *listing.App, u listing.Unit) {
	propose := func(into *string, value string) {
		if *into == "" {
			*into = value
		}
	}
	propose(&a.Department, u.Department)
	propose(&a.ProcessRegion, u.ProcessRegion)
	propose(&a.Region, u.Region)
	propose(&a.UsageScope, u.AddressPath)
	propose(&a.ApplicantName, u.CatalogAccount.Name)
	propose(&a.ApplicantPhone, u.CatalogAccount.Phone)
	propose(&a.ReleaseName, a.Name)
	if len(a.Components) == 0 {
		a.Components = slices.Clone(s.forms.Lists["components"])
	}
}

// Rename gives an app another name.
func (s *Apps) Rename(ctx context.Context, id, name string) (listing.App, error) {
	name = s.tidy("app.name", name)
	if name == "" {
		return listing.App{}, needed("app.name", "请填写应用名称")
	}
	return s.edit(ctx, "应用改名", id, func(w listing.Writer, a *listing.App) error {
		a.Name = name
		return nameFree(w, a.ID, name)
	})
}

// Archive puts an app away, or brings it back. Nothing is removed.
func (s *Apps) Archive(ctx context.Context, id string, archived bool) (listing.App, error) {
	what := "归档应用"
	if !archived {
		what = "恢复应用"
	}
	return s.edit(ctx, what, id, func(_ listing.Writer, a *listing.App) error {
		a.Archived = archived
		return nil
	})
}

// CopyFrom makes a new app with the data of another. What belongs to the other alone stays behind: identifiers, issued
// parameters, secrets, files, attestations and waivers.
func (s *Apps) CopyFrom(ctx context.Context, source, name string) (listing.App, error) {
	from, err := s.View(ctx, source)
	if err != nil {
		return listing.App{}, err
	}
	a := from.App
	a.Name, a.ReleaseName, a.ComponentName = s.tidy("app.name", name), "", ""
	if a.Name == "" {
		return listing.App{}, needed("app.name", "请填写新应用的名称")
	}
	a.Archived, a.Identifier, a.AppliedIdentifier, a.MiniVersion = false, "", "", ""
	a.AppKey, a.AppSecret, a.Bid, a.Signkey, a.SappID, a.SappName, a.TestPassword = "", "", "", "", "", "", ""
	a.Pages, a.Attachments, a.Attestations, a.Waivers = nil, nil, nil, nil
	return s.add(ctx, a)
}

// Set stores fields of an app (keys app.*) as typed, valid or not.
func (s *Apps) Set(ctx context.Context, id string, values []FieldValue) (Saved, error) {
	saved := Saved{SavedAt: s.stamp()}
	_, err := s.edit(ctx, "填写资料", id, func(w listing.Writer, a *listing.App) error {
		kind, name := a.Kind, a.Name
		if err := s.setFields(a, "app.", values); err != nil {
			return err
		}
		if err := s.keepIdentity(w, a, kind, name); err != nil {
			return err
		}
		d, err := dossierOf(w, *a)
		if err != nil {
			return err
		}
		saved.Values = stored(s.forms.ValuesOf(d), values)
		saved.Completeness = s.completeness(d)
		return nil
	})
	return saved, err
}

// keepIdentity guards the two fields a draft cannot do without: an app always has a name of its own, and a kind.
func (s *Apps) keepIdentity(r listing.Reader, a *listing.App, kind listing.AppKind, name string) error {
	if a.Kind != kind {
		if err := s.checkKind(a.Kind); err != nil {
			return err
		}
	}
	if a.Name == name {
		return nil
	}
	if a.Name == "" {
		return needed("app.name", "应用名称不能为空")
	}
	return nameFree(r, a.ID, a.Name)
}

func dossierOf(r listing.Reader, a listing.App) (forms.Dossier, error) {
	u, err := unit(r)
	if err != nil {
		return forms.Dossier{}, err
	}
	v, err := vendorOf(r, a)
	return forms.Dossier{Unit: u, Vendor: v, App: a}, err
}

// SetPages stores the page table as typed.
func (s *Apps) SetPages(ctx context.Context, id string, pages []listing.Page) (Saved, error) {
	saved := Saved{SavedAt: s.stamp(), Values: []FieldValue{}, Completeness: []forms.Completeness{}}
	if pages == nil {
		pages = []listing.Page{}
	}
	_, err := s.edit(ctx, "填写页面表", id, func(_ listing.Writer, a *listing.App) error {
		a.Pages = pages
		return nil
	})
	return saved, err
}

// Attest records the operator's word for a fact no program can know (RULE-2).
func (s *Apps) Attest(ctx context.Context, id, rule, about, note string) (listing.App, error) {
	by, err := s.operator(ctx)
	if err != nil {
		return listing.App{}, err
	}
	if about == "" {
		return listing.App{}, listing.Fail(listing.CodeInvalid, "还没有填写承诺所指的人", "请先填写姓名，再作承诺")
	}
	return s.edit(ctx, "作出承诺", id, func(_ listing.Writer, a *listing.App) error {
		a.Attestations = slices.DeleteFunc(a.Attestations, sameAttestation(rule, about))
		a.Attestations = append(a.Attestations, listing.Attestation{Rule: rule, About: about, By: by, On: s.today(), Note: note})
		return nil
	})
}

// Unattest takes the word back.
func (s *Apps) Unattest(ctx context.Context, id, rule, about string) (listing.App, error) {
	return s.edit(ctx, "撤回承诺", id, func(_ listing.Writer, a *listing.App) error {
		a.Attestations = slices.DeleteFunc(a.Attestations, sameAttestation(rule, about))
		return nil
	})
}

func sameAttestation(rule, about string) func(listing.Attestation) bool {
	return func(t listing.Attestation) bool { return t.Rule == rule && t.About == about }
}

// Waive lets a warning stand, with the operator's reason. Package precheck sees to it that errors cannot be waived.
func (s *Apps) Waive(ctx context.Context, id, rule, field, reason string) (listing.App, error) {
	if strings.TrimSpace(reason) == "" {
		return listing.App{}, listing.Fail(listing.CodeInvalid, "请写明保留的理由", "理由会记入记录，供以后查看")
	}
	if err := s.waivable(ctx, id, rule, field); err != nil {
		return listing.App{}, err
	}
	by, err := s.operator(ctx)
	if err != nil {
		return listing.App{}, err
	}
	return s.edit(ctx, "保留检查结果", id, func(_ listing.Writer, a *listing.App) error {
		a.Waivers = slices.DeleteFunc(a.Waivers, sameWaiver(rule, field))
		a.Waivers = append(a.Waivers, listing.Waiver{Rule: rule, Field: field, By: by, On: s.today(), Reason: reason})
		return nil
	})
}

// waivable refuses to waive what is no warning of the last check.
func (s *Apps) waivable(ctx context.Context, id, rule, field string) error {
	report, err := (&Checks{s.core}).Precheck(ctx, id)
	if err != nil {
		return err
	}
	for _, f := range report.Findings {
		if f.Rule != rule || (field != "" && f.Field != field) {
			continue
		}
		if f.Level == listing.LevelWarning {
			return nil
		}
		return listing.Failf(listing.CodeRefused, "请按提示改正", "%s 属于“%s”，不能保留", rule, f.Level.Word())
	}
	return listing.Failf(listing.CodeNotFound, "请重新检查后再看", "现在没有 %s 的提示", rule)
}

// Unwaive makes a warning count again.
func (s *Apps) Unwaive(ctx context.Context, id, rule, field string) (listing.App, error) {
	return s.edit(ctx, "不再保留检查结果", id, func(_ listing.Writer, a *listing.App) error {
		a.Waivers = slices.DeleteFunc(a.Waivers, sameWaiver(rule, field))
		return nil
	})
}

func sameWaiver(rule, field string) func(listing.Waiver) bool {
	return func(w listing.Waiver) bool { return w.Rule == rule && w.Field == field }
}

// edit changes one app inside a journalled transaction. A change that leaves the app as it is leaves no trace.
func (c *core) edit(ctx context.Context, what, given string, change func(listing.Writer, *listing.App) error) (listing.App, error) {
	return c.rewrite(ctx, what, given, func(w listing.Writer, a *listing.App) (bool, error) {
		whole(a)
		before, err := json.Marshal(a)
		if err == nil {
			err = change(w, a)
		}
		if err != nil {
			return false, err
		}
		whole(a)
		after, err := json.Marshal(a)
		return !bytes.Equal(before, after), err
	})
}

// note writes to the journal that something was done to an app which its record does not show, such as a look at a
// secret. It leaves a trace even when the record stays as it is.
func (c *core) note(ctx context.Context, what, given string, change func(*listing.App)) error {
	_, err := c.rewrite(ctx, what, given, func(_ listing.Writer, a *listing.App) (bool, error) {
		change(a)
		whole(a)
		return true, nil
	})
	return err
}

func (c *core) rewrite(ctx context.Context, what, given string, change func(listing.Writer, *listing.App) (bool, error)) (listing.App, error) {
	id, err := c.appID(ctx, given)
	if err != nil {
		return listing.App{}, err
	}
	var a listing.App
	err = c.change(ctx, what, id, func(w listing.Writer) (err error) {
		if a, err = listing.Load[listing.App](w, id); err != nil {
			return err
		}
		changed, err := change(w, &a)
		if err != nil || !changed {
			return err
		}
		a.UpdatedAt = c.after(a.UpdatedAt)
		return w.Put(a)
	})
	return a, err
}

// after returns the present time, or, when that is no later than the time before, a moment after that: the store drops
// a record that is saved again unchanged, and two changes may fall into one second.
func (c *core) after(before string) string {
	now := c.now().Truncate(time.Second)
	if last, err := time.Parse(time.RFC3339, before); err == nil && !now.After(last) {
		now = last.Add(time.Millisecond)
	}
	return now.Format(time.RFC3339Nano)
}

// appID returns the ID of an app given by ID, identifier or name.
func (c *core) appID(ctx context.Context, given string) (string, error) {
	var id string
	err := c.view(ctx, func(r listing.Reader) error {
		a, err := app(r, given)
		id = a.ID
		return err
	})
	return id, err
}

func (c *core) tidy(key, text string) string { return forms.Tidy(c.forms.Field(key), text) }
