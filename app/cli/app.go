package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

type appCommand struct {
	Template appTemplate `cmd:"" help:"打印一份完整样例，app add --file 可以直接读取"`
	Add      appAdd      `cmd:"" help:"新建应用"`
	List     appList     `cmd:"" help:"列出应用"`
	Show     appShow     `cmd:"" help:"查看一个应用的资料"`
	Set      appSet      `cmd:"" help:"填写资料"`
	Rename   appRename   `cmd:"" help:"改名"`
	Archive  appArchive  `cmd:"" help:"归档，或用 --undo 恢复"`
	Attach   appAttach   `cmd:"" help:"上传附件"`
	Secret   appSecret   `cmd:"" help:"把测试密码或 App Secret 存入密码库"`
	Attest   appAttest   `cmd:"" help:"承诺某人是本单位在编人员（RULE-2）"`
	Waive    appWaive    `cmd:"" help:"保留一条提示，或用 --undo 取消"`
	Portal   appPortal   `cmd:"" help:"治理侧列表显示的状态"`
	Bulk     bulkCommand `cmd:"" help:"同时改几个应用，事前留快照"`
}

// chosen names an app: --app or the first argument.
type chosen struct {
	App   string `name:"app" placeholder:"应用" help:"应用编号、标识或名称"`
	Given string `arg:"" optional:"" name:"应用" help:"应用编号、标识或名称"`
}

func (a chosen) name() (string, error) {
	switch {
	case a.App != "":
		return a.App, nil
	case a.Given != "":
		return a.Given, nil
	}
	return "", listing.Fail(listing.CodeInvalid, "没有指定应用", "加上 --app，后面写应用编号、标识或名称")
}

type appTemplate struct {
	Kind string `name:"kind" default:"H5" placeholder:"类型" help:"H5、小程序、小程序+PC 或 H5改革门户"`
}

// Run prints an example; it is JSON with and without --json.
func (t appTemplate) Run(c *call) error {
	s, err := c.services()
	if err != nil {
		return err
	}
	example, err := s.Apps.Example(c.ctx, listing.AppKind(t.Kind))
	if err != nil {
		return err
	}
	return c.out.value(example)
}

type appAdd struct {
	File string `name:"file" placeholder:"文件" help:"JSON 文件（- 表示标准输入），样例见 app template"`
	Name string `name:"name" placeholder:"名称" help:"应用名称；不用文件时填写"`
	Kind string `name:"kind" placeholder:"类型" help:"应用类型；不用文件时填写"`
}

// Run adds an app.
func (a appAdd) Run(c *call) error {
	app := listing.App{}
	if a.File != "" {
		if err := readJSON(a.File, &app); err != nil {
			return err
		}
	}
	if a.Name != "" {
		app.Name = a.Name
	}
	if a.Kind != "" {
		app.Kind = listing.AppKind(a.Kind)
	}
	return c.with(func(s *service.Services) error {
		if err := c.resolveVendor(s, &app); err != nil {
			return err
		}
		added, err := s.Apps.Add(c.ctx, app)
		if err != nil {
			return err
		}
		return c.showApp(s, added.ID)
	})
}

// resolveVendor lets a file name the vendor by name or credit code.
func (c *call) resolveVendor(s *service.Services, a *listing.App) error {
	if a.VendorID == "" {
		return nil
	}
	v, err := s.Vendors.Find(c.ctx, a.VendorID)
	a.VendorID = v.ID
	return err
}

type appList struct {
	Archived bool `name:"archived" help:"只看已归档的"`
}

// Run lists apps.
func (l appList) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		rows, err := s.Apps.List(c.ctx, l.Archived)
		if err != nil {
			return err
		}
		return c.out.show(rows, func(b *strings.Builder) {
			for _, r := range rows {
				fmt.Fprintf(b, "%s  %s（%s，%s）  %d/%d  %s\n", r.ID, r.Name, r.Kind, r.Identifier, r.Settled, r.Total, r.Message)
			}
		})
	})
}

type appShow struct{ chosen }

// Run prints one app.
func (a appShow) Run(c *call) error {
	name, err := a.name()
	if err != nil {
		return err
	}
	return c.with(func(s *service.Services) error { return c.showApp(s, name) })
}

func (c *call) showApp(s *service.Services, name string) error {
	v, err := s.Apps.View(c.ctx, name)
	if err != nil {
		return err
	}
	catalogue, err := forms.Default()
	if err != nil {
		return err
	}
	values := catalogue.ValuesOf(forms.Dossier{Unit: v.Unit, Vendor: v.Vendor, App: v.App})
	return c.out.show(v, func(b *strings.Builder) {
		line(b, "编号", v.App.ID)
		for _, f := range catalogue.Fields {
			if strings.HasPrefix(f.Key, "app.") {
				line(b, f.Label, values.Text(f.Key))
			}
		}
		for _, p := range v.Completeness {
			fmt.Fprintf(b, "%s %s：必填 %d 项，已填 %d 项\n", p.Form, p.Title, p.Needed, p.Filled)
		}
	})
}

type appSet struct {
	App    string   `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称"`
	File   string   `name:"file" placeholder:"文件" help:"JSON 文件，只写要改的键"`
	Fields []string `arg:"" optional:"" name:"字段=值" help:"例如 identifier=sldb_demo；列表写成 networks=政务外网,互联网"`
}

// Run stores the given fields, valid or not: a draft is saved whatever it holds.
func (a appSet) Run(c *call) error {
	given, err := pairs(a.Fields)
	if err != nil {
		return err
	}
	if a.File == "" && len(given) == 0 {
		return listing.Fail(listing.CodeInvalid, "没有给出要填写的内容", "写成 字段=值，或用 --file 指定文件")
	}
	return c.with(func(s *service.Services) error {
		found, err := s.Apps.View(c.ctx, a.App)
		if err != nil {
			return err
		}
		id := found.App.ID // the name may be what changes
		if a.File != "" {
			if err := c.patchApp(s, id, a.File); err != nil {
				return err
			}
		}
		if err := c.setFields(s, id, given); err != nil {
			return err
		}
		return c.showApp(s, id)
	})
}

func (c *call) setFields(s *service.Services, app string, given []service.FieldValue) error {
	if len(given) == 0 {
		return nil
	}
	if err := spellOut(given); err != nil {
		return err
	}
	return c.storeFields(s, app, given)
}

// spellOut turns fields as a command takes them, networks=政务外网,互联网, into the keys and values of the catalogue.
func spellOut(given []service.FieldValue) error {
	catalogue, err := forms.Default()
	if err != nil {
		return err
	}
	for i := range given {
		if !strings.HasPrefix(given[i].Key, "app.") {
			given[i].Key = "app." + given[i].Key
		}
		if f := catalogue.Field(given[i].Key); f != nil && f.Type == forms.Many {
			given[i].Values = strings.FieldsFunc(given[i].Values[0], func(r rune) bool { return strings.ContainsRune(",，、", r) })
		}
	}
	return nil
}

// storeFields stores fields of an app.
func (c *call) storeFields(s *service.Services, app string, given []service.FieldValue) error {
	if err := c.resolveVendors(s, given); err != nil {
		return err
	}
	_, err := s.Apps.Set(c.ctx, app, given)
	return err
}

// resolveVendors lets the vendor among fields be given by name or credit code.
func (c *call) resolveVendors(s *service.Services, given []service.FieldValue) error {
	for i, v := range given {
		if v.Key != "app.vendor_id" || len(v.Values) != 1 || v.Values[0] == "" {
			continue
		}
		vendor, err := s.Vendors.Find(c.ctx, v.Values[0])
		if err != nil {
			return err
		}
		given[i].Values = []string{vendor.ID}
	}
	return nil
}

// patchApp applies a file that holds only what is to change.
func (c *call) patchApp(s *service.Services, app, file string) error {
	var checked listing.App
	if err := readJSON(file, &checked); err != nil {
		return err
	}
	raw, err := readInput(file)
	if err != nil {
		return err
	}
	keys := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &keys); err != nil {
		return badJSON(file, err)
	}
	var given []service.FieldValue
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if key != "pages" {
			given = append(given, service.FieldValue{Key: "app." + key, Values: texts(keys[key])})
		}
	}
	if len(given) > 0 {
		if err := c.storeFields(s, app, given); err != nil {
			return err
		}
	}
	if _, ok := keys["pages"]; ok {
		_, err = s.Apps.SetPages(c.ctx, app, checked.Pages)
	}
	return err
}

// texts reads a JSON text or list of texts.
func texts(raw json.RawMessage) []string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return many
	}
	return []string{string(raw)}
}

type appRename struct {
	App  string `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称"`
	Name string `arg:"" name:"新名称" help:"新的应用名称"`
}

// Run renames an app.
func (a appRename) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		app, err := s.Apps.Rename(c.ctx, a.App, a.Name)
		if err != nil {
			return err
		}
		return c.showApp(s, app.ID)
	})
}

type appArchive struct {
	chosen
	Undo bool `name:"undo" help:"从归档里恢复"`
}

// Run puts an app away or brings it back.
func (a appArchive) Run(c *call) error {
	name, err := a.name()
	if err != nil {
		return err
	}
	return c.with(func(s *service.Services) error {
		app, err := s.Apps.Archive(c.ctx, name, !a.Undo)
		if err != nil {
			return err
		}
		return c.out.show(app, func(b *strings.Builder) {
			if app.Archived {
				line(b, "已归档", app.Name)
			} else {
				line(b, "已恢复", app.Name)
			}
		})
	})
}

type appAttach struct {
	App  string `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称"`
	Slot string `name:"slot" required:"" placeholder:"位置" help:"附件位置，例如 plan（建设方案）、logo（授权LOGO）"`
	File string `name:"file" required:"" placeholder:"文件" help:"要上传的文件"`
}

// Run attaches a file.
func (a appAttach) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		app, err := s.Apps.AttachFile(c.ctx, a.App, a.Slot, filepath.Base(a.File), a.File)
		if err != nil {
			return err
		}
		att := app.Attachments[a.Slot]
		return c.out.show(att, func(b *strings.Builder) {
			fmt.Fprintf(b, "已保存：%s（%s，%d 字节）\nSHA-256：%s\n", att.Name, att.Type, att.Size, att.SHA256)
		})
	})
}

type appSecret struct {
	App  string `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称"`
	Key  string `name:"key" required:"" enum:"test_password,app_secret" placeholder:"test_password|app_secret" help:"哪一个"`
	File string `name:"file" required:"" placeholder:"文件" help:"内容所在的文件（- 表示标准输入）；空文件表示删除"`
}

// Run keeps a secret in the vault.
func (a appSecret) Run(c *call) error {
	raw, err := readInput(a.File)
	if err != nil {
		return err
	}
	return c.with(func(s *service.Services) error {
		saved, err := s.Apps.SetSecret(c.ctx, a.App, "app."+a.Key, strings.TrimRight(string(raw), "\r\n"))
		if err != nil {
			return err
		}
		return c.out.show(map[string]string{"key": a.Key, "saved_at": saved.SavedAt}, func(b *strings.Builder) { line(b, "已存入密码库", a.Key) })
	})
}

type appAttest struct {
	App   string `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称"`
	Rule  string `name:"rule" default:"RULE-2" placeholder:"规则" help:"承诺对应的规则"`
	About string `name:"about" required:"" placeholder:"姓名" help:"承诺所指的人"`
	Note  string `name:"note" placeholder:"说明" help:"依据"`
	Undo  bool   `name:"undo" help:"撤回承诺"`
}

// Run records or takes back the operator's word.
func (a appAttest) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		var app listing.App
		var err error
		if a.Undo {
			app, err = s.Apps.Unattest(c.ctx, a.App, a.Rule, a.About)
		} else {
			app, err = s.Apps.Attest(c.ctx, a.App, a.Rule, a.About, a.Note)
		}
		if err != nil {
			return err
		}
		return c.out.show(app.Attestations, func(b *strings.Builder) {
			for _, t := range app.Attestations {
				fmt.Fprintf(b, "%s %s：%s 于 %s 承诺 %s\n", t.Rule, t.About, t.By, t.On, t.Note)
			}
		})
	})
}

type appWaive struct {
	App    string `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称"`
	Rule   string `name:"rule" required:"" placeholder:"规则" help:"规则编号，例如 RULE-6"`
	Field  string `name:"field" placeholder:"字段" help:"只保留这个字段上的提示"`
	Reason string `name:"reason" placeholder:"理由" help:"保留的理由"`
	Undo   bool   `name:"undo" help:"不再保留"`
}

// Run lets a warning stand, or makes it count again.
func (a appWaive) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		var app listing.App
		var err error
		if a.Undo {
			app, err = s.Apps.Unwaive(c.ctx, a.App, a.Rule, a.Field)
		} else {
			app, err = s.Apps.Waive(c.ctx, a.App, a.Rule, a.Field, a.Reason)
		}
		if err != nil {
			return err
		}
		return c.out.show(app.Waivers, func(b *strings.Builder) {
			for _, w := range app.Waivers {
				fmt.Fprintf(b, "%s %s：%s 于 %s 保留，%s\n", w.Rule, w.Field, w.By, w.On, w.Reason)
			}
		})
	})
}
