package procedure

import "shangjiatong/app/listing"

// FlowView is a flow as a list of flows shows it.
type FlowView struct {
	ID       string            `json:"id"`
	Name     string            `json:"name"`
	Version  string            `json:"version"`
	Purpose  string            `json:"purpose"`
	Source   string            `json:"source"`
	Checked  string            `json:"checked"` // date
	Kinds    []listing.AppKind `json:"kinds"`   // those it is for
	Tasks    int               `json:"tasks"`   // of the largest kind
	Inputs   []InputView       `json:"inputs"`
	AnyInput bool              `json:"any_input"`
	Requires []string          `json:"requires"` // what stands against it, in words
	Excludes []string          `json:"excludes"` // names of flows that must not run beside it
}

// View returns the flow as a list of flows shows it; portalUnhosted is the unit's setting about KIND-4.
func (f *Flow) View(portalUnhosted bool) FlowView {
	v := FlowView{ID: f.ID, Name: f.Name, Version: f.Version, Purpose: f.Purpose, Source: f.Source, Checked: f.Checked,
		Kinds: []listing.AppKind{}, Inputs: f.inputViews(nil), AnyInput: f.AnyInput, Requires: []string{}, Excludes: []string{}}
	for _, k := range listing.AppKinds() {
		if f.For(k, portalUnhosted) {
			v.Kinds = append(v.Kinds, k)
			v.Tasks = max(v.Tasks, len(f.Plan(ShapeOf(k, portalUnhosted)).tasks))
		}
	}
	for _, r := range f.Requires {
		v.Requires = append(v.Requires, r.Why)
	}
	for _, x := range f.Excludes {
		v.Excludes = append(v.Excludes, x.Name)
	}
	return v
}
