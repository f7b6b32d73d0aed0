package precheck

import (
	"slices"
	"strings"

	"shangjiatong/app/listing"
)

// Steps returns the steps that an error of a rule or form holds up: "STEP-3.1" is one step, "STEP-3" all of stage 3.
// It returns nil for an ID that is not of this package.
func (b *Book) Steps(id string) []string {
	if r := b.Rule(id); r != nil {
		return slices.Clone(r.Steps)
	}
	for _, n := range b.forms {
		if n.ID == id {
			return slices.Clone(n.Steps)
		}
	}
	return nil
}

// BlockedBy returns the findings of a report that stand against one step, in the report's order.
func (b *Book) BlockedBy(r Report, step string) []listing.Finding {
	return slices.DeleteFunc(listing.Blocking(r.Findings), func(f listing.Finding) bool {
		return !slices.ContainsFunc(b.Steps(f.Rule), func(s string) bool { return covers(s, step) })
	})
}

// ForPackage returns the findings that allow a package only as a draft: every error but those that concern only what
// comes after the submission (RULE-17). Findings of rules this package does not know count as well.
func (b *Book) ForPackage(r Report) []listing.Finding {
	return slices.DeleteFunc(listing.Blocking(r.Findings), func(f listing.Finding) bool {
		steps := b.Steps(f.Rule)
		return len(steps) > 0 && !slices.ContainsFunc(steps, func(s string) bool { return !b.after(s) })
	})
}

func (b *Book) after(step string) bool {
	return slices.ContainsFunc(b.afterPackage, func(s string) bool { return covers(s, step) })
}

// covers reports whether a step is, or belongs to, what an entry names.
func covers(entry, step string) bool { return entry == step || strings.HasPrefix(step, entry+".") }
