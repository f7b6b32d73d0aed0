package material

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

func itoa(n int) string { return strconv.Itoa(n) }

// slotPrefix stands before the slot's ID in the ID of the material that belongs to it: slot-deployment.
const slotPrefix = "slot-"

// Templates lists the materials that are made from a docx template, in the order of the package.
func Templates() []TemplateRef {
	k, err := known()
	if err != nil {
		return nil // the embedded data is tested; every other call reports the error
	}
	var out []TemplateRef
	for _, s := range k.Materials {
		if s.Kind == kindDocx && s.Maker != makerLetter {
			out = append(out, TemplateRef{ID: s.ID, Title: s.Title})
		}
	}
	for _, s := range k.skeletons {
		out = append(out, TemplateRef{ID: slotPrefix + s.Slot, Title: s.Title})
	}
	return out
}

// DefaultTemplate returns the program's own template of a material, to be changed and given back. It fails with
// listing.CodeNotFound for a material that is not made from a template.
func DefaultTemplate(id string) ([]byte, error) {
	doc, err := defaultDoc(id)
	if err != nil {
		return nil, err
	}
	return doc.Bytes()
}

func defaultDoc(id string) (*document.Doc, error) {
	k, err := known()
	if err != nil {
		return nil, err
	}
	c, err := forms.Default()
	if err != nil {
		return nil, err
	}
	if slot, ok := strings.CutPrefix(id, slotPrefix); ok {
		if s := k.skeleton(slot); s != nil {
			return s.template(), nil
		}
	}
	s := k.spec(id)
	switch s.Maker {
	case makerForm:
		return k.formTemplate(c, s), nil
	case makerSelfCheck:
		return k.selfCheckTemplate(s), nil
	case makerVendorSheet:
		return vendorTemplate(s), nil
	}
	return nil, listing.Failf(listing.CodeNotFound, "请在设置的“模板”里选择", "没有模板“%s”", id)
}

// shop keeps the compiled templates of the program itself.
type shop struct{ plain, draft map[string]*document.Template }

var ownTemplates = sync.OnceValues(func() (*shop, error) {
	s := &shop{plain: map[string]*document.Template{}, draft: map[string]*document.Template{}}
	for _, ref := range Templates() {
		for mark, into := range map[string]map[string]*document.Template{"": s.plain, document.DraftMark: s.draft} {
			doc, err := defaultDoc(ref.ID)
			if err != nil {
				return nil, err
			}
			doc.Mark = mark
			body, err := doc.Bytes()
			if err != nil {
				return nil, err
			}
			if into[ref.ID], err = document.OpenTemplate(bytes.NewReader(body), int64(len(body))); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
})

// fill makes a docx from the unit's own template, else from the program's.
func (w *workshop) fill(id string, more document.Values) ([]byte, error) {
	values := with(w.base, more)
	if own, ok := w.in.Templates[id]; ok {
		return w.fillOwn(id, own, values)
	}
	all, err := ownTemplates()
	if err != nil {
		return nil, err
	}
	t := all.plain[id]
	if w.in.Draft {
		t = all.draft[id]
	}
	res, err := t.Fill(values)
	if err != nil {
		return nil, err
	}
	return res.Docx, nil
}

func (w *workshop) fillOwn(id string, own []byte, values document.Values) ([]byte, error) {
	res, err := document.Fill(own, values)
	if err != nil {
		return nil, templateError(id, err)
	}
	if !w.in.Draft {
		return res.Docx, nil
	}
	return document.MarkDraft(res.Docx, document.DraftMark)
}

// templateError puts a fault of a unit's template into words: a loop used as a text is a fault of the template.
func templateError(id string, err error) error {
	var e *listing.Error
	if errors.As(err, &e) && e.Code != listing.CodeInternal {
		return err
	}
	return listing.Failf(listing.CodeInvalid, "成组的内容要写成 {{#名称}}…{{/名称}}，请照程序自带的模板修改", "“%s”的模板里有一处不能这样用", templateTitle(id)).Because(err)
}

func templateTitle(id string) string {
	for _, t := range Templates() {
		if t.ID == id {
			return t.Title
		}
	}
	return id
}

// CheckTemplate reads a unit's own template and returns the placeholders that mean nothing to the program, sorted, each
// once. Errors: listing.CodeNotFound for a material without template, those of document.OpenTemplate for a file that
// cannot be read or whose tags do not pair.
func CheckTemplate(id string, docx []byte) (unknown []string, err error) {
	if _, err := defaultDoc(id); err != nil {
		return nil, err
	}
	t, err := document.OpenTemplate(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		return nil, err
	}
	return unknownIn(id, t)
}

func unknownIn(id string, t *document.Template) ([]string, error) {
	w, err := probe()
	if err != nil {
		return nil, err
	}
	return w.unknown(id, t)
}

// unknown compares the keys of a template with those the program has values for. Filling once finds keys that stand
// outside of the loop they belong to.
func (w *workshop) unknown(id string, t *document.Template) ([]string, error) {
	values := with(w.base, w.moreFor(id))
	have := map[string]bool{}
	collect(have, values)
	out := []string{}
	for _, key := range t.Keys() {
		if !have[key] {
			out = append(out, key)
		}
	}
	res, err := t.Fill(values)
	if err != nil {
		return nil, templateError(id, err)
	}
	for _, p := range res.Unknown {
		out = append(out, p.Key)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// collect lists the keys of values and of the rows of their loops.
func collect(into map[string]bool, v document.Values) {
	for key, value := range v {
		into[key] = true
		if rows, ok := value.([]document.Values); ok {
			for _, r := range rows {
				collect(into, r)
			}
		}
	}
}

// moreFor is what one material's template can use beside the placeholders of all.
func (w *workshop) moreFor(id string) document.Values {
	s := w.know.spec(id)
	switch s.Maker {
	case makerForm:
		return document.Values{"component.name": s.Component, "component.publisher": s.Publisher}
	case makerSelfCheck:
		return w.selfCheckValues()
	case makerVendorSheet:
		return w.vendorValues()
	}
	return nil
}

// probe is what templates are compared with; it is only read.
var probe = sync.OnceValues(func() (*workshop, error) { return open(sampleInput()) })

// sampleInput has one row for every loop, so that a look at a template sees what is inside.
func sampleInput() Input {
	return Input{Case: &procedure.CaseView{Tasks: []procedure.TaskView{{Party: vendorParty}}}, Dossier: forms.Dossier{
		Vendor: &listing.Vendor{Contacts: []listing.Contact{{Name: "联系人甲"}}},
		App:    listing.App{Kind: listing.KindMiniPC, Pages: []listing.Page{{PageID: "page"}}},
	}}
}

// judgeTemplate says on an Item what is wrong with the unit's own template.
func (p *product) judgeTemplate(own []byte) {
	p.OwnTemplate = true
	unknown, err := unknownOf(p.ID, own)
	switch {
	case err != nil:
		p.State, p.Note = stateIncomplete, "自备模板不能用："+listing.AsError(err).Message
	case len(unknown) > 0:
		p.State, p.Note = stateIncomplete, "自备模板里有不认识的占位符："+strings.Join(unknown, "、")
	}
	p.StateWord = stateWord(p.State)
}

func unknownOf(id string, own []byte) ([]string, error) {
	t, err := document.OpenTemplate(bytes.NewReader(own), int64(len(own)))
	if err != nil {
		return nil, err
	}
	return unknownIn(id, t)
}

// checkTemplates refuses to make a package for submission from templates with unknown placeholders.
func (w *workshop) checkTemplates() error {
	for _, p := range w.products {
		own, ok := w.in.Templates[p.ID]
		if !ok || p.Kind != kindDocx || w.in.Draft {
			continue
		}
		unknown, err := unknownOf(p.ID, own)
		if err != nil {
			return err
		}
		if len(unknown) > 0 {
			return listing.Failf(listing.CodeInvalid, "请在设置的“模板”里更换模板，或恢复自带模板", "“%s”的自备模板里有不认识的占位符：%s", p.Title, strings.Join(unknown, "、"))
		}
	}
	return nil
}
