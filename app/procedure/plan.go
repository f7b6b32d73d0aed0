package procedure

import (
	"slices"

	"shangjiatong/app/listing"
)

// Shape is what of an application's kind decides which tasks it has.
type Shape struct {
	Hosted bool // some part goes through code hosting
	Mini   bool // there is a mini-program part
}

// ShapeOf returns the shape of a kind (KIND-1 to KIND-4); portalUnhosted is the unit's setting about KIND-4. While the
// kind is not chosen, or unknown, every task is shown rather than some hidden.
func ShapeOf(kind listing.AppKind, portalUnhosted bool) Shape {
	if !slices.Contains(listing.AppKinds(), kind) {
		return Shape{Hosted: true, Mini: true}
	}
	return Shape{Hosted: kind.Hosted(portalUnhosted), Mini: kind.HasMini()}
}

// Has reports whether something with this condition is for applications of the shape.
func (s Shape) Has(only Only) bool {
	switch only {
	case OnlyHosted:
		return s.Hosted
	case OnlyUnhosted:
		return !s.Hosted
	case OnlyMini:
		return s.Mini
	}
	return true
}

// Plan is a flow for one shape of application: its tasks in order, and what each needs. It never changes.
type Plan struct {
	Flow  *Flow
	Shape Shape
	tasks []*Task
	stage map[string]*Stage   // by task
	needs map[string][]string // by task, in the order of the file; only tasks of this plan
}

// Plan leaves out what applications of the shape do not have. A need on a task left out drops out; the needs of a stage
// are added to those of each of its tasks.
func (f *Flow) Plan(shape Shape) *Plan {
	p := &Plan{Flow: f, Shape: shape, stage: map[string]*Stage{}, needs: map[string][]string{}}
	for i := range f.Stages {
		s := &f.Stages[i]
		for j := range s.Tasks {
			if t := &s.Tasks[j]; shape.Has(t.Only) {
				p.tasks = append(p.tasks, t)
				p.stage[t.ID] = s
			}
		}
	}
	for _, t := range p.tasks {
		p.needs[t.ID] = p.needsOf(t)
	}
	return p
}

// Tasks lists the tasks in order.
func (p *Plan) Tasks() []*Task { return slices.Clone(p.tasks) }

// Has reports whether the plan has the task.
func (p *Plan) Has(task string) bool { return p.stage[task] != nil }

// Needs lists the tasks that must be settled before the given one, in order.
func (p *Plan) Needs(task string) []string { return slices.Clone(p.needs[task]) }

// Dependents lists the tasks that need the given one directly, in order.
func (p *Plan) Dependents(task string) []string {
	var out []string
	for _, t := range p.tasks {
		if slices.Contains(p.needs[t.ID], task) {
			out = append(out, t.ID)
		}
	}
	return out
}

func (p *Plan) needsOf(t *Task) []string {
	var out []string
	for _, n := range t.Needs {
		if p.Has(n.Task) && p.Shape.Has(n.Only) {
			out = append(out, n.Task)
		}
	}
	for _, n := range p.stage[t.ID].Needs {
		if p.Has(n) && !slices.Contains(out, n) && !p.behind(out)[n] {
			out = append(out, n)
		}
	}
	return out
}

// behind returns everything the given tasks need, directly or not. It relies on tasks standing after what they need,
// which checking ensures.
func (p *Plan) behind(tasks []string) map[string]bool {
	seen := map[string]bool{}
	for queue := slices.Clone(tasks); len(queue) > 0; {
		id := queue[0]
		queue = queue[1:]
		for _, need := range p.needs[id] {
			if !seen[need] {
				seen[need] = true
				queue = append(queue, need)
			}
		}
	}
	return seen
}
