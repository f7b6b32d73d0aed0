package procedure

import (
	"fmt"
	"slices"
	"strings"

	"shangjiatong/app/listing"
)

const (
	patternKey    = `[a-z]+(_[a-z0-9]+)*`
	patternField  = `(app|unit|vendor)(\.[a-z]+(_[a-z0-9]+)*)+`
	patternEffect = `(app|unit)(\.[a-z]+(_[a-z0-9]+)*)+`
)

// ownerOf returns the flow whose tasks are numbered so: STEP-n.m belongs to FLOW-1, Fn-m to FLOW-n.
func ownerOf(task string) string {
	if strings.HasPrefix(task, "STEP-") {
		return "FLOW-1"
	}
	number, _, _ := strings.Cut(strings.TrimPrefix(task, "F"), "-")
	return "FLOW-" + number
}

// start checks what is looked at when a case is begun, and what a finished one changes.
func (c *checker) start(f *Flow) {
	for i, k := range f.Kinds {
		if !slices.Contains(listing.AppKinds(), k) || slices.Contains(f.Kinds[:i], k) {
			c.fault(fmt.Sprintf("kinds[%d]", i), "没有应用类型“%s”，或写了两次", k)
		}
	}
	c.oneOf("only", string(f.Only), "", string(OnlyHosted), string(OnlyUnhosted), string(OnlyMini))
	for i := range f.Requires {
		c.requirement(fmt.Sprintf("requires[%d]", i), &f.Requires[i])
	}
	for i, x := range f.Excludes {
		at := fmt.Sprintf("excludes[%d]", i)
		c.id(at+".flow", x.Flow, patternFlow)
		c.text(at+".name", x.Name)
		c.text(at+".why", x.Why)
		if x.Flow == f.ID {
			c.fault(at+".flow", "同一个流程不用写，本来就只能有一个在办")
		}
		if x.Until != "" {
			c.milestone(at+".until", Milestone{Flow: x.Flow, Task: x.Until})
		}
	}
	var keys []string
	for i := range f.Inputs {
		c.input(fmt.Sprintf("inputs[%d]", i), &f.Inputs[i])
		keys = append(keys, f.Inputs[i].Key)
	}
	c.unique("inputs", keys)
	if f.AnyInput && len(keys) == 0 {
		c.fault("any_input", "一项可填的也没有")
	}
	c.effects(f)
}

func (c *checker) milestone(at string, m Milestone) {
	c.id(at, m.Task, patternTask)
	if owner := ownerOf(m.Task); owner != m.Flow {
		c.fault(at, "事项 %s 属于流程 %s，不是 %s", m.Task, owner, m.Flow)
	}
}

func (c *checker) requirement(at string, r *Requirement) {
	c.oneOf(at+".is", r.Is, RequireListed, RequireNotListed, RequireActive, RequirePortal, RequireField)
	c.text(at+".why", r.Why)
	c.text(at+".hint", r.Hint)
	c.id(at+".source", r.Source, patternSource)
	switch r.Is {
	case RequireListed, RequireNotListed:
		for i, m := range r.By {
			c.milestone(fmt.Sprintf("%s.by[%d]", at, i), m)
		}
		c.texts(at+".states", r.States)
	case RequirePortal:
		c.texts(at+".states", r.States)
	case RequireField:
		c.id(at+".field", r.Field, patternField)
		c.texts(at+".values", r.Values)
	}
}

func (c *checker) input(at string, in *Input) {
	c.id(at+".key", in.Key, patternKey)
	c.text(at+".label", in.Label)
	c.oneOf(at+".type", in.Type, InputText, InputPhone, InputDate, InputURL, InputVersion, InputOne)
	if in.Field != "" {
		c.id(at+".field", in.Field, patternField)
	}
	if (in.Type == InputOne) != (len(in.Options) > 0 || in.List != "") {
		c.fault(at+".options", "种类 %s 与选项不相配", in.Type)
	}
}

func (c *checker) effects(f *Flow) {
	for i, e := range f.Effects {
		at := fmt.Sprintf("effects[%d]", i)
		c.id(at+".key", e.Key, patternEffect)
		c.only(at, e.Only)
		if (e.From == "") == (e.Value == "") {
			c.fault(at, "from 和 value 要写一个，也只能写一个")
		}
		if e.From != "" && f.Input(e.From) == nil {
			c.fault(at+".from", "没有可填的项 %s", e.From)
		}
	}
}

// portalOf checks what a task says of the portal. The states themselves are only words here: an imported flow may know
// newer ones.
func (c *checker) portalOf(at string, t *Task) {
	for key, states := range map[string][]string{"before": t.Portal.Before, "during": t.Portal.During, "after": t.Portal.After} {
		for i, s := range states {
			c.text(fmt.Sprintf("%s.portal.%s[%d]", at, key, i), s)
		}
	}
	if len(t.Portal.During) > 0 && !t.Reviewed() {
		c.fault(at+".portal.during", "不经审核的事项没有审核中的状态")
	}
	if w := t.Withdraw; w != nil {
		c.text(at+".withdraw.word", w.Word)
		c.text(at+".withdraw.path", w.Path)
		c.texts(at+".withdraw.states", w.States)
		c.id(at+".withdraw.source", w.Source, patternSource)
	}
}
