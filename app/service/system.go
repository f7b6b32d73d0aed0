package service

import (
	"context"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// System tells about the program itself and about the data every page draws on.
type System struct{ *core }

// Info is what the frame of every page shows.
type Info struct {
	Version  string       `json:"version"`
	DataDir  string       `json:"data_dir"`
	FirstRun bool         `json:"first_run"` // nobody entered a unit yet
	Role     listing.Role `json:"role"`
	Operator string       `json:"operator"`
	UnitName string       `json:"unit_name"`
	Face     string       `json:"face"` // window, browser or command
	// Network names the networks that answered and when they were asked; 离线 before that: the program starts offline.
	Network string `json:"network"`
	Today   string `json:"today"`
	// ClockBehind is the time of the newest journal entry when this machine's clock stands before it; else empty.
	ClockBehind string `json:"clock_behind"`
}

// Info returns what the frame shows.
func (s *System) Info(ctx context.Context) (Info, error) {
	out := Info{Version: s.Version, DataDir: s.DataDir, Face: s.Face, Network: s.sighted.line(), Today: s.today(), Role: listing.RoleOwner}
	err := s.view(ctx, func(r listing.Reader) error {
		u, err := unit(r)
		if err != nil {
			return err
		}
		set, err := settings(r)
		if err != nil {
			return err
		}
		out.UnitName, out.FirstRun = u.Name, u.Name == ""
		out.Role, out.Operator = set.Role, set.Operator
		return nil
	})
	if listing.CodeOf(err) == listing.CodeNotFound {
		out.FirstRun = true
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.ClockBehind, err = s.ahead(ctx)
	return out, err
}

// FieldInfo is a field with the forms that use it.
type FieldInfo struct {
	forms.Field
	UsedBy []string `json:"used_by"`
}

// WordList is one list of the portals' words.
type WordList struct {
	Name    string   `json:"name"`
	Words   []string `json:"words"`
	Assumed []string `json:"assumed"` // words that are not in any picture of the guide
}

// AddressInfo is one address with the person's change applied.
type AddressInfo struct {
	Key        string `json:"key"`
	Title      string `json:"title"`
	Network    string `json:"network"`
	URL        string `json:"url"`
	DefaultURL string `json:"default_url"`
	Changed    bool   `json:"changed"`
}

// CatalogueView is the data of package forms for the front end.
type CatalogueView struct {
	Version   string          `json:"version"`
	Subjects  []forms.Subject `json:"subjects"`
	Fields    []FieldInfo     `json:"fields"`
	Lists     []WordList      `json:"lists"`
	Forms     []forms.Form    `json:"forms"`
	Slots     []forms.Slot    `json:"slots"`
	Addresses []AddressInfo   `json:"addresses"`
}

// Catalogue returns labels, lists, forms, slots and addresses.
func (s *System) Catalogue(ctx context.Context) (CatalogueView, error) {
	c := s.forms
	out := CatalogueView{Version: c.Version, Subjects: c.Subjects, Forms: c.Forms, Slots: c.Slots,
		Fields: []FieldInfo{}, Lists: []WordList{}, Addresses: []AddressInfo{}}
	for _, f := range c.Fields {
		used := c.UsedBy(f.Key)
		if used == nil {
			used = []string{}
		}
		out.Fields = append(out.Fields, FieldInfo{Field: f, UsedBy: used})
	}
	for _, name := range sortedKeys(c.Lists) {
		out.Lists = append(out.Lists, WordList{Name: name, Words: c.Lists[name], Assumed: c.Assumed[name]})
	}
	changed, err := s.addresses(ctx)
	if err != nil {
		return out, err
	}
	for _, a := range c.Addresses {
		now := c.Address(a.Key, changed)
		_, own := changed[a.Key]
		out.Addresses = append(out.Addresses, AddressInfo{Key: a.Key, Title: a.Title, Network: a.Network, URL: now.URL, DefaultURL: a.URL, Changed: own})
	}
	return out, nil
}

// StartRequest holds the answers of the first run.
type StartRequest struct {
	UnitName      string       `json:"unit_name"`
	ProcessRegion string       `json:"process_region"`
	Region        string       `json:"region"`
	Role          listing.Role `json:"role"`
	Operator      string       `json:"operator"`
}

// Start answers the first run: it makes the store where there is none, and enters the unit.
func (s *System) Start(ctx context.Context, in StartRequest) (Info, error) {
	if in.UnitName = s.tidy("unit.name", in.UnitName); in.UnitName == "" {
		return Info{}, needed("unit.name", "请填写单位名称")
	}
	in.Operator = strings.TrimSpace(in.Operator)
	if err := checkOperator(in.Operator, in.Role); err != nil {
		return Info{}, err
	}
	if err := s.ensure(ctx); err != nil {
		return Info{}, err
	}
	self := *s.core
	self.By = in.Operator
	err := self.change(ctx, "首次设置", "", func(w listing.Writer) error {
		u, err := unit(w)
		if err != nil {
			return err
		}
		if u.Name != "" {
			return listing.Failf(listing.CodeConflict, "要修改请到“设置”里改", "这里已经登记了单位“%s”", u.Name)
		}
		u.Name, u.ProcessRegion, u.Region, u.UpdatedAt = in.UnitName, in.ProcessRegion, in.Region, s.stamp()
		if err := w.Put(u); err != nil {
			return err
		}
		set, err := settings(w)
		if err != nil {
			return err
		}
		set.Operator, set.Role, set.UpdatedAt = in.Operator, in.Role, s.stamp()
		return w.Put(set)
	})
	if err != nil {
		return Info{}, err
	}
	return s.Info(ctx)
}

// ensure makes the store when the data folder has none.
func (c *core) ensure(ctx context.Context) error {
	_, err := c.Workplace.Store()
	if listing.CodeOf(err) == listing.CodeNotFound {
		return c.Workplace.Create(ctx)
	}
	return err
}

// OpenAddress opens one of the known addresses in the user's own browser. It does so only when the person asks.
func (s *System) OpenAddress(ctx context.Context, key string) error {
	changed, err := s.addresses(ctx)
	if err != nil {
		return err
	}
	a := s.forms.Address(key, changed)
	if a == nil {
		return listing.Failf(listing.CodeNotFound, "请在设置里查看地址", "没有地址“%s”", key)
	}
	if err := checkAddress(a.URL); err != nil {
		return err
	}
	if err := s.Browse(a.URL); err != nil {
		return listing.Fail(listing.CodeMissingTool, "没能打开浏览器", "请复制地址，自行粘贴到浏览器里").Because(err)
	}
	return nil
}

// SetAddress changes an address; an empty one brings the default back.
func (s *System) SetAddress(ctx context.Context, key, url string) error {
	if s.forms.Address(key, nil) == nil {
		return listing.Failf(listing.CodeNotFound, "请在设置里查看地址", "没有地址“%s”", key)
	}
	if url != "" {
		if err := checkAddress(url); err != nil {
			return err
		}
	}
	return s.change(ctx, "修改地址", "", func(w listing.Writer) error {
		set, err := settings(w)
		if err != nil {
			return err
		}
		if set.Addresses == nil {
			set.Addresses = map[string]string{}
		}
		set.Addresses[key] = url
		if url == "" {
			delete(set.Addresses, key)
		}
		set.UpdatedAt = s.stamp()
		return w.Put(set)
	})
}
