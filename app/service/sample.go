package service

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

//go:embed sample/sample.yaml
var sampleData embed.FS

// sampleFile is the sample unit as data.
type sampleFile struct {
	Version  string              `yaml:"version"`
	Source   string              `yaml:"source"`
	Date     string              `yaml:"date"`
	Operator string              `yaml:"operator"`
	Unit     yaml.MapSlice       `yaml:"unit"`
	Vendors  []sampleVendor      `yaml:"vendors"`
	Common   map[string][]string `yaml:"common"`
	Apps     []sampleApp         `yaml:"apps"`
}

type sampleVendor struct {
	Name     string          `yaml:"name"`
	Code     string          `yaml:"code"`
	Attested bool            `yaml:"attested"`
	Contacts []sampleContact `yaml:"contacts"`
}

type sampleContact struct {
	Name    string `yaml:"name"`
	Phone   string `yaml:"phone"`
	Type    string `yaml:"type"`
	Account string `yaml:"account"`
}

type sampleApp struct {
	Name     string              `yaml:"name"`
	Kind     string              `yaml:"kind"`
	Vendor   string              `yaml:"vendor"`
	Files    []string            `yaml:"files"`
	Password string              `yaml:"password"` // a made-up one, kept in the vault like a real one
	Fields   map[string][]string `yaml:"fields"`
	Pages    []samplePage        `yaml:"pages"`
	Acts     []sampleAct         `yaml:"acts"`
	More     []sampleAct         `yaml:"more"`
	After    map[string][]string `yaml:"after"` // fields as they stand now, after the acts
}

type samplePage struct {
	ID   string `yaml:"page_id"`
	Name string `yaml:"page_name"`
	URL  string `yaml:"page_url"`
}

type sampleAct struct {
	Ago    int             `yaml:"ago"` // days before the loading
	Task   string          `yaml:"task"`
	Act    listing.ActName `yaml:"act"`
	Reason string          `yaml:"reason"`
	Note   string          `yaml:"note"`
}

// LoadSample fills an empty store with the fictional sample unit, by the same acts a person would do. It refuses a
// store that already has a unit or an app.
func (s *System) LoadSample(ctx context.Context) (Info, error) {
	var file sampleFile
	raw, err := sampleData.ReadFile("sample/sample.yaml")
	if err != nil {
		return Info{}, err
	}
	if err := yaml.UnmarshalWithOptions(raw, &file, yaml.Strict()); err != nil {
		return Info{}, listing.Fail(listing.CodeInternal, "示例数据读不出来", "请联系维护人员").Because(err)
	}
	if err := s.emptyStore(ctx); err != nil {
		return Info{}, err
	}
	l := &sampleLoader{ctx: ctx, base: s.core, now: s.now()}
	if err := l.load(&file); err != nil {
		return Info{}, err
	}
	return s.Info(ctx)
}

func (s *System) emptyStore(ctx context.Context) error {
	if err := s.ensure(ctx); err != nil {
		return err
	}
	return s.view(ctx, func(r listing.Reader) error {
		u, err := unit(r)
		if err != nil {
			return err
		}
		apps, err := listing.All[listing.App](r)
		if err != nil {
			return err
		}
		if u.Name != "" || len(apps) > 0 {
			return listing.Fail(listing.CodeRefused, "这里已经有数据，不能再载入示例单位", "请用 --data 换一个空的数据文件夹")
		}
		return nil
	})
}

// sampleLoader plays the sample's acts, each at its own time.
type sampleLoader struct {
	ctx     context.Context
	base    *core
	now     time.Time
	by      string
	vendors map[string]string
}

// at returns the services as they were so many days ago, in the sample operator's name.
func (l *sampleLoader) at(ago int) *core {
	c := *l.base
	c.By, c.backdated = l.by, true
	then := l.now.AddDate(0, 0, -ago)
	if ago > 0 {
		then = time.Date(then.Year(), then.Month(), then.Day(), 10, 0, 0, 0, then.Location())
	}
	c.Clock = func() time.Time { return then }
	return &c
}

// oldest is how many days ago the sample begins.
const oldest = 120

func (l *sampleLoader) load(file *sampleFile) error {
	l.by, l.vendors = file.Operator, map[string]string{}
	c := l.at(oldest)
	values := []FieldValue{{Key: "operator", Values: []string{file.Operator}}, {Key: "role", Values: []string{string(listing.RoleOwner)}}}
	for _, item := range file.Unit {
		key, _ := item.Key.(string)
		value, _ := item.Value.(string)
		values = append(values, FieldValue{Key: key, Values: []string{value}})
	}
	if err := (&System{c}).Enter(l.ctx, values); err != nil {
		return err
	}
	for _, v := range file.Vendors {
		if err := l.vendor(v); err != nil {
			return err
		}
	}
	for _, a := range file.Apps {
		if err := l.app(file, a); err != nil {
			return err
		}
	}
	return nil
}

func (l *sampleLoader) vendor(v sampleVendor) error {
	vendors := &Vendors{l.at(oldest - 5)}
	rec := listing.Vendor{Name: v.Name, CreditCode: v.Code}
	for _, c := range v.Contacts {
		rec.Contacts = append(rec.Contacts, listing.Contact{Name: c.Name, Phone: c.Phone, PersonnelType: c.Type, HasAccount: c.Account})
	}
	rec, err := vendors.Save(l.ctx, rec)
	if err != nil {
		return err
	}
	l.vendors[v.Name] = rec.ID
	if !v.Attested {
		return nil
	}
	for _, c := range rec.Contacts {
		if _, err := vendors.Attest(l.ctx, rec.ID, c.ID, "示例：参保证明已核对"); err != nil {
			return err
		}
	}
	return nil
}

func (l *sampleLoader) app(file *sampleFile, a sampleApp) error {
	c := l.at(oldest - 10)
	apps := &Apps{c}
	made, err := apps.Create(l.ctx, NewApp{Name: a.Name, Kind: listing.AppKind(a.Kind)})
	if err != nil {
		return err
	}
	fields := []FieldValue{{Key: "app.vendor_id", Values: []string{l.vendors[a.Vendor]}}}
	if len(a.Acts) > 0 {
		fields = append(fields, fieldValues(file.Common)...)
	}
	if _, err := apps.Set(l.ctx, made.ID, append(fields, fieldValues(a.Fields)...)); err != nil {
		return err
	}
	if err := l.extras(apps, made.ID, a); err != nil {
		return err
	}
	if len(a.Acts) == 0 {
		return nil
	}
	if _, err := apps.Attest(l.ctx, made.ID, "RULE-2", file.Operator, "示例：在编名册已核对"); err != nil {
		return err
	}
	return l.acts(made.ID, a)
}

func fieldValues(in map[string][]string) []FieldValue {
	var out []FieldValue
	for _, key := range sortedKeys(in) {
		out = append(out, FieldValue{Key: "app." + key, Values: in[key]})
	}
	return out
}

// extras adds pages, files and the test password.
func (l *sampleLoader) extras(apps *Apps, id string, a sampleApp) error {
	pages := []listing.Page{}
	for _, p := range a.Pages {
		pages = append(pages, listing.Page{PageID: p.ID, PageName: p.Name, PageURL: p.URL})
	}
	if _, err := apps.SetPages(l.ctx, id, pages); err != nil {
		return err
	}
	for _, slot := range a.Files {
		if err := l.attach(apps, id, slot, a.Name); err != nil {
			return err
		}
	}
	if a.Password == "" {
		return nil
	}
	_, err := apps.SetSecret(l.ctx, id, "app.test_password", a.Password)
	if listing.CodeOf(err) == listing.CodeMissingTool {
		// No vault on this machine: only the reference is kept, as after a move to another machine. What was handed in
		// then had its password, and a look at it says what is missing.
		return apps.setReference(l.ctx, id, "app.test_password", listing.Secret(secretName(id, "app.test_password")))
	}
	return err
}

// attach makes a small fictional file for a slot and attaches it.
func (l *sampleLoader) attach(apps *Apps, id, slot, name string) error {
	place := apps.forms.Slot(slot)
	var body bytes.Buffer
	fileName := name + place.Title + ".docx"
	var err error
	if slot == "logo" {
		fileName = name + ".png"
		err = png.Encode(&body, sampleLogo())
	} else {
		doc := document.Doc{Title: name + place.Title, Blocks: []document.Block{document.Para("这是虚构的示例文件，仅供演示。")}}
		err = doc.Build(&body)
	}
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "shangjiatong-sample-")
	if err != nil {
		return unwritable(os.TempDir(), err)
	}
	path := filepath.Join(dir, "file")
	if err = os.WriteFile(path, body.Bytes(), 0o600); err == nil {
		_, err = apps.AttachFile(l.ctx, id, slot, fileName, path)
	}
	return errors.Join(err, os.RemoveAll(dir))
}

// sampleLogo draws a plain square of 200 pixels.
func sampleLogo() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 200, 200))
	for y := range 200 {
		for x := range 200 {
			c := color.RGBA{R: 0x1f, G: 0x5f, B: 0xbf, A: 0xff}
			if x > 60 && x < 140 && y > 60 && y < 140 {
				c = color.RGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func (l *sampleLoader) acts(id string, a sampleApp) error {
	acts := append(append([]sampleAct{}, a.Acts...), a.More...)
	if _, err := (&Cases{l.at(acts[0].Ago + 1)}).Start(l.ctx, id, FirstFlow); err != nil {
		return err
	}
	for _, act := range acts {
		request := ActRequest{AppID: id, Task: act.Task, Act: act.Act, Reason: act.Reason, Note: act.Note}
		if act.Task == "STEP-2.4" && listing.AppKind(a.Kind) == listing.KindMini {
			continue
		}
		if _, err := (&Cases{l.at(act.Ago)}).ActWith(l.ctx, request, nil); err != nil {
			return err
		}
	}
	if len(a.After) == 0 {
		return nil
	}
	_, err := (&Apps{l.at(0)}).Set(l.ctx, id, fieldValues(a.After))
	return err
}
