package material

import (
	"slices"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// otherSuffix marks the placeholder of what was typed in where a list allows it: app.mode_other.
const otherSuffix = "_other"

// attachedPrefix stands before a slot's ID in the placeholder that says whether its file is there: attached.deployment.
const attachedPrefix = "attached."

const passwordField = "app.test_password"

// placeholders are the values every docx template can use: each field under its key, the loops vendor.contacts (name,
// phone) and pages (page_id, page_name, page_url), and vendor.people, the contacts as one text. A secret reads 另行提供;
// only the test password is printed, and only when Input holds it.
func (w *workshop) placeholders() document.Values {
	out := document.Values{"pages": pageRows(w.in.Dossier.App.Pages), "vendor.contacts": contactRows(w.in.Dossier.Contacts()),
		"vendor.people": w.values.Text("vendor.contacts")}
	for i := range w.in.Forms.Fields {
		f := &w.in.Forms.Fields[i]
		switch {
		case f.Type == forms.People:
		case f.Key == passwordField && w.in.Password != "":
			out[f.Key] = w.in.Password
		case f.Type == forms.Many || f.Type == forms.IPs || f.Type == forms.URLs:
			out[f.Key] = w.values.Items(f.Key)
		default:
			out[f.Key] = w.values.Text(f.Key)
		}
		if f.Free {
			out[f.Key+otherSuffix] = w.typedIn(f)
		}
	}
	for _, slot := range w.in.Forms.Slots {
		_, there := w.in.Dossier.App.Attachments[slot.ID]
		out[attachedPrefix+slot.ID] = there
	}
	return out
}

// typedIn returns what stands in a field beside the words of its list.
func (w *workshop) typedIn(f *forms.Field) string {
	text := w.values.Text(f.Key)
	if slices.Contains(w.in.Forms.Lists[f.Options], text) {
		return ""
	}
	return text
}

func contactRows(contacts []listing.Contact) []document.Values {
	rows := make([]document.Values, len(contacts))
	for i, c := range contacts {
		rows[i] = document.Values{"name": c.Name, "phone": c.Phone}
	}
	return rows
}

func pageRows(pages []listing.Page) []document.Values {
	rows := make([]document.Values, len(pages))
	for i, p := range pages {
		rows[i] = document.Values{"page_id": p.PageID, "page_name": p.PageName, "page_url": p.PageURL}
	}
	return rows
}

// with adds what one material has beside.
func with(base document.Values, more document.Values) document.Values {
	out := make(document.Values, len(base)+len(more))
	for k, v := range base {
		out[k] = v
	}
	for k, v := range more {
		out[k] = v
	}
	return out
}
