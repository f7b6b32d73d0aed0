package service

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// sighting is one row of one list: an application as a portal shows it.
type sighting struct {
	key    string // stands for the row in choices: TABLE-1/2002000001
	spec   *forms.Table
	cells  map[string]string
	name   string
	number string
	app    *listing.App // matched; nil when none, or several
	how    string
	maybe  []SyncCandidate
	notes  []string
}

// plain is a name as it is compared: without spaces, in one width, in lower case.
func plain(name string) string {
	name = norm.NFKC.String(name)
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' || r == '\u00a0' || r == '\u200b' || r == '\ufeff' || r == '\u3000' {
			return -1
		}
		return r
	}, name))
}

// sightings lists the rows of the lists a plan was read from; the pages of single apps (TABLE-3) are not among them.
func (c *core) sightings(rec listing.SyncPlan) []*sighting {
	out := []*sighting{}
	seen := map[string]int{}
	for i := range rec.Tables {
		t := &rec.Tables[i]
		spec := c.forms.Table(t.Table)
		if spec == nil || spec.Name == "" {
			continue
		}
		for _, cells := range t.Rows {
			s := &sighting{spec: spec, cells: cells, how: MatchNone}
			s.name, s.number = c.forms.Cell(cells[spec.Name]), c.forms.Cell(cells[spec.Number])
			if s.name == "" && s.number == "" {
				continue
			}
			s.key = spec.ID + "/" + s.number
			if s.number == "" {
				s.key += plain(s.name)
			}
			if seen[s.key]++; seen[s.key] > 1 {
				s.key += fmt.Sprintf("#%d", seen[s.key])
			}
			out = append(out, s)
		}
	}
	return out
}

// match finds for every row the app it is about: the person's choice first, then the number, then the name.
func (c *core) match(all []*sighting, apps []listing.App, choices map[string]string) {
	for _, s := range all {
		c.matchOne(s, apps, choices[s.key])
	}
	for i, s := range all {
		if s.how != MatchName {
			continue
		}
		for _, other := range all[i+1:] {
			if other.spec == s.spec && other.how == MatchName && other.app.ID == s.app.ID {
				twice(s, other)
			}
		}
	}
	for _, s := range all { // a row matched by its name gives way to one matched by its number
		if s.how == MatchName && slices.ContainsFunc(all, func(o *sighting) bool {
			return o != s && o.spec == s.spec && (o.how == MatchNumber || o.how == MatchChosen) && o.app.ID == s.app.ID
		}) {
			twice(s, s)
		}
	}
}

// twice takes back the match of two rows of one list that both bear the name of one app.
func twice(rows ...*sighting) {
	for _, s := range rows {
		if s.app == nil {
			continue
		}
		s.maybe = []SyncCandidate{candidate(s.app, "名称相同，列表里还有一行也是这个名称")}
		s.how, s.app = MatchAmbiguous, nil
	}
}

func (c *core) matchOne(s *sighting, apps []listing.App, choice string) {
	if choice == listing.SyncNew {
		return
	}
	for i := range apps {
		if choice != "" && apps[i].ID == choice {
			s.app, s.how = &apps[i], MatchChosen
			return
		}
	}
	if found := byNumber(s, apps); len(found) > 0 {
		s.settle(found, MatchNumber, "编号相同")
		return
	}
	for _, key := range []string{s.spec.By, otherName(s.spec.By)} {
		if found := byName(s, apps, key); len(found) > 0 {
			s.settle(found, MatchName, "名称相同")
			return
		}
	}
	for i := range apps {
		a, have := &apps[i], plain(apps[i].Name)
		if name := plain(s.name); have != "" && name != "" && (strings.Contains(have, name) || strings.Contains(name, have)) {
			s.maybe = append(s.maybe, candidate(a, "名称相近"))
		}
	}
}

func otherName(key string) string {
	if key == "app.name" {
		return "app.release_name"
	}
	return "app.name"
}

func byNumber(s *sighting, apps []listing.App) (found []*listing.App) {
	for i := range apps {
		if s.number != "" && localOf(&apps[i], s.spec.NumberKey) == s.number {
			found = append(found, &apps[i])
		}
	}
	return found
}

// byName finds apps by their name, those put away left out. An app with another number is another app.
func byName(s *sighting, apps []listing.App, key string) (found []*listing.App) {
	for i := range apps {
		a := &apps[i]
		have := plain(localOf(a, key))
		known := localOf(a, s.spec.NumberKey)
		if a.Archived || have == "" || have != plain(s.name) || (s.number != "" && known != "" && known != s.number) {
			continue
		}
		found = append(found, a)
	}
	return found
}

func (s *sighting) settle(found []*listing.App, how, why string) {
	if len(found) == 1 {
		s.app, s.how = found[0], how
		return
	}
	s.how = MatchAmbiguous
	for _, a := range found {
		s.maybe = append(s.maybe, candidate(a, why))
	}
}

func candidate(a *listing.App, why string) SyncCandidate {
	return SyncCandidate{AppID: a.ID, Name: a.Name, Identifier: a.Identifier, Why: why}
}

// localOf reads what stands here under a key of package forms, or of the portal's row (app.portal.*).
func localOf(a *listing.App, key string) string {
	if at := localAt(a, key); at != nil {
		return *at
	}
	return string(a.Kind) // app.kind is the one key with a type of its own
}

// localAt returns where a fact that lists tell of stands in an app; nil for app.kind.
func localAt(a *listing.App, key string) *string {
	switch key {
	case "app.portal.release_id":
		return &a.Portal.ReleaseID
	case "app.portal.state":
		return &a.Portal.State
	case "app.portal.hosting_id":
		return &a.Portal.HostingID
	case "app.portal.catalog_state":
		return &a.Portal.CatalogState
	case "app.portal.catalog_review":
		return &a.Portal.CatalogReview
	case "app.name":
		return &a.Name
	case "app.release_name":
		return &a.ReleaseName
	case "app.mobile_url":
		return &a.MobileURL
	case "app.pc_url":
		return &a.PCURL
	case "app.catalog_state":
		return &a.CatalogState
	case "app.responsible_name":
		return &a.ResponsibleName
	case "app.kind":
		return nil
	}
	return new(string) // a list without numbers names no key
}

// group puts the rows of several lists together that are about one application.
func group(all []*sighting) [][]*sighting {
	var out [][]*sighting
	at := map[string]int{}
	for _, s := range all {
		key := "name:" + plain(s.name) + "/" + s.how
		if s.app != nil {
			key = "app:" + s.app.ID
		}
		i, ok := at[key]
		if !ok || (s.app == nil && slices.ContainsFunc(out[i], func(o *sighting) bool { return o.spec == s.spec })) {
			i = len(out)
			at[key] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], s)
	}
	return out
}

// rowID is a short, stable name of a row of a plan.
func rowID(first *sighting) string {
	sum := sha256.Sum256([]byte(first.key))
	return "r" + hex.EncodeToString(sum[:4])
}
