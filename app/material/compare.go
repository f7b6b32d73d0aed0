package material

import (
	"maps"
	"slices"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// The changes of a file.
const (
	changeAdded   = "added"
	changeRemoved = "removed"
	changeChanged = "changed"
)

// Compare returns the difference between two packages of an app: fields in the order of the catalogue, files by what
// the later package has, then those it no longer has. A zero before is a package without anything.
func Compare(before, after listing.PackageRecord, f *forms.Catalogue) Diff {
	return Diff{Fields: compareFields(before.Values, after.Values, f), Files: compareFiles(before.Files, after.Files)}
}

func compareFields(before, after map[string]string, f *forms.Catalogue) []FieldDiff {
	out := []FieldDiff{}
	seen := map[string]bool{}
	add := func(key, label string) {
		if !seen[key] && before[key] != after[key] {
			out = append(out, FieldDiff{Key: key, Label: label, Before: before[key], After: after[key]})
		}
		seen[key] = true
	}
	if f != nil {
		for _, field := range f.Fields {
			add(field.Key, field.Label)
		}
	}
	rest := slices.Concat(slices.Collect(maps.Keys(before)), slices.Collect(maps.Keys(after)))
	slices.Sort(rest)
	for _, key := range rest {
		add(key, key)
	}
	return out
}

func compareFiles(before, after []listing.PackagedFile) []FileDiff {
	out := []FileDiff{}
	old := map[string]listing.PackagedFile{}
	for _, f := range before {
		old[f.Name] = f
	}
	now := map[string]bool{}
	for _, f := range after {
		now[f.Name] = true
		was, ok := old[f.Name]
		switch {
		case !ok:
			out = append(out, FileDiff{Name: f.Name, Change: changeAdded, ChangeWord: "新增"})
		case was.SHA256 != f.SHA256:
			out = append(out, FileDiff{Name: f.Name, Change: changeChanged, ChangeWord: "有改动"})
		}
	}
	for _, f := range before {
		if !now[f.Name] {
			out = append(out, FileDiff{Name: f.Name, Change: changeRemoved, ChangeWord: "已去掉"})
		}
	}
	return out
}
