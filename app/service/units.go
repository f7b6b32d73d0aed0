package service

import (
	"context"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// Units is what can be done with the unit and the settings.
type Units struct{ *core }

// UnitView is the unit with the settings of this machine.
type UnitView struct {
	Unit     listing.Unit     `json:"unit"`
	Settings listing.Settings `json:"settings"`
}

// Saved says when a draft was stored, and what of it.
type Saved struct {
	SavedAt      string               `json:"saved_at"`
	Values       []FieldValue         `json:"values"`
	Completeness []forms.Completeness `json:"completeness"`
}

// Get returns the unit and the settings.
func (s *Units) Get(ctx context.Context) (UnitView, error) {
	var out UnitView
	err := s.view(ctx, func(r listing.Reader) (err error) {
		if out.Unit, err = unit(r); err != nil {
			return err
		}
		out.Settings, err = settings(r)
		return err
	})
	return out, err
}

// Set stores fields of the unit (keys unit.*) as typed.
func (s *Units) Set(ctx context.Context, values []FieldValue) (Saved, error) {
	saved := Saved{SavedAt: s.stamp(), Completeness: []forms.Completeness{}}
	err := s.change(ctx, "填写单位信息", "", func(w listing.Writer) error {
		u, err := unit(w)
		if err != nil {
			return err
		}
		before := u
		if err := s.setFields(&u, "unit.", values); err != nil {
			return err
		}
		saved.Values = stored(s.forms.ValuesOf(forms.Dossier{Unit: u}), values)
		if u == before {
			return nil
		}
		u.UpdatedAt = saved.SavedAt
		return w.Put(u)
	})
	return saved, err
}

// SettingsChange is what a person can set about this machine.
type SettingsChange struct {
	Operator         string       `json:"operator"`
	Role             listing.Role `json:"role"`
	PortalUnhosted   bool         `json:"portal_unhosted"`
	TakesBuiltOutput bool         `json:"takes_built_output"`
}

// SetSettings stores the settings.
func (s *Units) SetSettings(ctx context.Context, in SettingsChange) (listing.Settings, error) {
	var out listing.Settings
	in.Operator = strings.TrimSpace(in.Operator)
	if err := checkOperator(in.Operator, in.Role); err != nil {
		return out, err
	}
	return s.saveSettings(ctx, in)
}

func (s *Units) saveSettings(ctx context.Context, in SettingsChange) (listing.Settings, error) {
	var out listing.Settings
	err := s.change(ctx, "修改设置", "", func(w listing.Writer) (err error) {
		if out, err = settings(w); err != nil {
			return err
		}
		out.Operator, out.Role = in.Operator, in.Role
		out.PortalUnhosted, out.TakesBuiltOutput = in.PortalUnhosted, in.TakesBuiltOutput
		out.UpdatedAt = s.stamp()
		return w.Put(out)
	})
	return out, err
}

func checkOperator(name string, role listing.Role) error {
	if name == "" {
		e := listing.Fail(listing.CodeInvalid, "请填写操作人", "填写在这台机器上办事的人的姓名")
		e.Field = "operator"
		return e
	}
	if role != listing.RoleOwner && role != listing.RoleVendor {
		e := listing.Failf(listing.CodeInvalid, "请选择“应用单位”或“开发商”", "不认识的角色“%s”", role)
		e.Field = "role"
		return e
	}
	return nil
}

// Enter stores fields of the unit (with or without the prefix unit.), operator and role, and makes the store of a data
// folder that has none. It is the command line's first run.
func (s *System) Enter(ctx context.Context, values []FieldValue) error {
	settingsKeys, unitKeys := sortOut(values)
	if err := s.checkUnitKeys(unitKeys); err != nil {
		return err
	}
	if err := checkGiven(settingsKeys); err != nil {
		return err
	}
	if err := s.ensure(ctx); err != nil {
		return err
	}
	units := &Units{s.core}
	if len(settingsKeys) > 0 {
		if err := units.enterSettings(ctx, settingsKeys); err != nil {
			return err
		}
	}
	if len(unitKeys) == 0 {
		return nil
	}
	_, err := units.Set(ctx, unitKeys)
	return err
}

// sortOut tells settings from fields of the unit and completes the keys of these.
func sortOut(values []FieldValue) (set map[string]string, fields []FieldValue) {
	set = map[string]string{}
	for _, v := range values {
		if v.Key == "operator" || v.Key == "role" {
			set[v.Key] = strings.Join(v.Values, "")
			continue
		}
		if !strings.HasPrefix(v.Key, "unit.") {
			v.Key = "unit." + v.Key
		}
		fields = append(fields, v)
	}
	return set, fields
}

// checkUnitKeys refuses unknown keys before a store is made for them.
func (s *System) checkUnitKeys(values []FieldValue) error {
	var scratch listing.Unit
	return s.setFields(&scratch, "unit.", values)
}

// checkGiven refuses settings that mean nothing before a store is made for them; what is not given is not asked for.
func checkGiven(given map[string]string) error {
	operator, role := "-", listing.RoleOwner
	if name, ok := given["operator"]; ok {
		operator = strings.TrimSpace(name)
	}
	if word, ok := given["role"]; ok {
		role = listing.Role(word)
	}
	return checkOperator(operator, role)
}

func (s *Units) enterSettings(ctx context.Context, given map[string]string) error {
	view, err := s.Get(ctx)
	if err != nil {
		return err
	}
	in := SettingsChange{Operator: view.Settings.Operator, Role: view.Settings.Role,
		PortalUnhosted: view.Settings.PortalUnhosted, TakesBuiltOutput: view.Settings.TakesBuiltOutput}
	if name, ok := given["operator"]; ok {
		in.Operator = strings.TrimSpace(name)
	}
	if role, ok := given["role"]; ok {
		in.Role = listing.Role(role)
	}
	if in.Operator == "" {
		in.Operator = s.By
	}
	_, err = s.saveSettings(ctx, in)
	return err
}
