package capture

import (
	"cmp"

	"shangjiatong/app/tracking"
)

// page judges page_id, page_name and page_url (TRACK-8, TRACK-9).
func (r *report) page() {
	r.id(r.args["page_id"])
	r.name(r.args["page_name"])
	r.url(r.args["page_url"])
	r.place()
}

func (r *report) id(id string) {
	w := tracking.Words{Value: id, Other: "page_id"}
	switch {
	case id == "":
		r.say(pageIDEmpty, w)
		return
	case r.facts.IsPlaceholder(id):
		r.say(pagePlaceholder, w)
		return
	case hasSpace(id):
		r.say(pageIDSpaces, w)
	}
	if what := r.facts.PersonalIn(id); what != "" {
		r.say(pageIDPersonal, tracking.Words{Value: what})
	}
	if len(r.pages) == 0 || r.onTable != none {
		return
	}
	if i := cmp.Or(r.byURL+1, r.byPlace+1) - 1; i != none {
		w.Want = r.pages[i].page.PageID
		r.say(pageIDWrong, w)
		return
	}
	r.say(pageIDUnknown, w)
}

func (r *report) name(name string) {
	w := tracking.Words{Value: name, Other: "page_name"}
	switch {
	case name == "":
		r.say(pageNameEmpty, w)
		return
	case r.facts.IsPlaceholder(name):
		r.say(pagePlaceholder, w)
		return
	case !tracking.IsCleanText(name): // said of every value
		return
	}
	faults, detail := r.facts.NameFaults(name)
	for _, fault := range faults {
		w := tracking.Words{Value: name, Other: detail}
		switch fault {
		case tracking.NamePersonal:
			r.say(pageNamePersonal, tracking.Words{Value: detail})
		case tracking.NameUnderscore:
			r.say(pageNameUnderscore, w)
		case tracking.NameLetters:
			r.say(pageNameLetters, w)
		case tracking.NameDigits:
			r.say(pageNameDigits, w)
		}
	}
	if len(faults) == 0 && r.onTable != none && name != r.pages[r.onTable].page.PageName {
		w.Want = r.pages[r.onTable].page.PageName
		r.say(pageNameDiffers, w)
	}
}

func (r *report) url(address string) {
	w := tracking.Words{Value: address, Other: "page_url"}
	switch {
	case address == "":
		r.say(pageURLEmpty, w)
		return
	case r.facts.IsPlaceholder(address):
		r.say(pagePlaceholder, w)
		return
	case r.facts.IsLocalAddress(address):
		r.say(pageURLLocal, w)
	case r.facts.IsTestAddress(address):
		r.say(pageURLTest, w)
	}
	if what := r.facts.PersonalIn(address); what != "" {
		r.say(pageURLPersonal, tracking.Words{Value: what})
	}
	if r.onTable == none || r.byURL == r.onTable {
		return
	}
	if r.byURL != none {
		w.Other, w.Want = "“"+r.pages[r.byURL].page.PageName+"”", r.args["page_id"]
		r.say(pageURLOther, w)
		return
	}
	if w.Want = r.pages[r.onTable].page.PageURL; general(address) != general(w.Want) {
		r.say(pageURLDiffers, w)
	}
}

// place compares the page that was reported with the one the report came from.
func (r *report) place() {
	id := r.args["page_id"]
	if id == "" || r.v.Page == "" {
		return
	}
	if r.onTable != none {
		if r.byPlace != none && r.byPlace != r.onTable && !isEntry(r.v.Page) {
			r.say(pageElsewhere, tracking.Words{Value: id, Other: "“" + r.pages[r.byPlace].page.PageName + "”的地址"})
		}
		return
	}
	if isEntry(r.v.Page) {
		return
	}
	here := general(r.v.Page)
	home, known := r.homes[id]
	switch {
	case !known && len(r.homes) < r.Limits.Views:
		r.homes[id] = here
	case known && home != here:
		r.say(pageIDShared, tracking.Words{Value: id, Other: home, Want: here})
	}
}
