package material

import (
	"context"
	"slices"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/precheck"
	"shangjiatong/app/procedure"
	"shangjiatong/app/tracking"
)

// The kinds of an Item.
const (
	kindDocx       = "docx"
	kindXlsx       = "xlsx"
	kindHTML       = "html"
	kindText       = "text"
	kindAttachment = "attachment"
)

// The states of an Item.
const (
	stateReady      = "ready"
	stateIncomplete = "incomplete"
	stateMissing    = "missing"
	stateAttached   = "attached"
)

func stateWord(state string) string {
	switch state {
	case stateReady:
		return "已备齐"
	case stateIncomplete:
		return "待补充"
	case stateMissing:
		return "未提供"
	case stateAttached:
		return "已附上"
	}
	return state
}

// The ways of making a material, as data/materials.yaml names them.
const (
	makerIndex       = "index"
	makerForm        = "form"
	makerChecklist   = "checklist"
	makerSelfCheck   = "self-check"
	makerVendorSheet = "vendor-sheet"
	makerTracking    = "tracking"
	makerErrorPage   = "error-page"
	makerLetter      = "letter"
)

// product is one thing of the package with the way to make it. One without a file (Item.FileName is empty) only says
// what is still missing.
type product struct {
	Item
	owner  string
	listed bool // stands in the material list of dossier 5.5
	sealed bool // has to be sealed
	detail bool // belongs to another thing, which stands for it in the checklist
	make   func(ctx context.Context) ([]byte, error)
	kept   *listing.Attachment    // a file of the user's, copied as it is
	front  func() (string, error) // the preview, where it is not that of the kind
}

// workshop holds what the makers of one Input share.
type workshop struct {
	in       Input
	know     *knowledge
	values   *forms.Values
	base     document.Values
	rules    *precheck.Book
	bundles  map[tracking.Stack]tracking.Bundle
	refusal  error // why there is no tracking code
	products []*product
}

func open(in Input) (*workshop, error) {
	k, err := known()
	if err != nil {
		return nil, err
	}
	rules, err := precheck.Default()
	if err != nil {
		return nil, err
	}
	if in.Forms == nil {
		if in.Forms, err = forms.Default(); err != nil {
			return nil, err
		}
	}
	if in.Facts.Version == "" {
		if in.Facts, err = tracking.CurrentFacts(); err != nil {
			return nil, err
		}
	}
	w := &workshop{in: in, know: k, rules: rules, values: in.Forms.ValuesOf(in.Dossier)}
	w.base = w.placeholders()
	w.generateTracking()
	for _, s := range k.Materials {
		if s.Maker == makerTracking {
			w.addTracking(s)
			continue
		}
		if p := w.product(s); p != nil {
			w.products = append(w.products, p)
		}
	}
	w.addSlots()
	return w, nil
}

// furnish opens a workshop and looks at the unit's own templates.
func furnish(in Input) (*workshop, error) {
	w, err := open(in)
	if err != nil {
		return nil, err
	}
	for _, p := range w.products {
		if own, ok := in.Templates[p.ID]; ok && p.Kind == kindDocx {
			p.judgeTemplate(own)
		}
	}
	return w, nil
}

// product makes the entry of a material, or nil when the app does not have it.
func (w *workshop) product(s spec) *product {
	if s.Maker == makerForm && s.Component != "" && !slices.Contains(w.in.Dossier.App.Components, s.Component) {
		return nil
	}
	if s.Maker == makerLetter && w.in.Letter == nil {
		return nil
	}
	p := &product{Item: Item{ID: s.ID, Title: s.Title, FileName: s.File, Kind: s.Kind, State: stateReady, Missing: []string{}, Previewable: true},
		owner: s.Owner, listed: s.Listed}
	switch s.Maker {
	case makerForm:
		w.form(p, s)
	case makerSelfCheck:
		p.make = func(context.Context) ([]byte, error) { return w.fill(s.ID, w.selfCheckValues()) }
		p.Note = "已有依据的项目预先打勾，其余请逐项核对"
	case makerVendorSheet:
		p.make = func(context.Context) ([]byte, error) { return w.fill(s.ID, w.vendorValues()) }
		p.Note = "交给开发商，不含密钥和密码"
	case makerChecklist:
		p.make = func(context.Context) ([]byte, error) { return w.checklist() }
	case makerErrorPage:
		w.errorPage(p, s)
	case makerLetter:
		w.letter(p)
	case makerIndex:
		p.Previewable = false
		p.make = w.indexAlone
	}
	p.StateWord = stateWord(p.State)
	return p
}

// form judges how far a form is filled in.
func (w *workshop) form(p *product, s spec) {
	p.make = func(context.Context) ([]byte, error) {
		return w.fill(s.ID, document.Values{"component.name": s.Component, "component.publisher": s.Publisher})
	}
	for _, section := range w.in.Forms.Form(s.Form).Sections {
		if section.Component != "" && section.Component != s.Component {
			continue
		}
		for _, row := range section.Rows {
			if w.values.Needed(row.Field) && !w.values.Filled(row.Field) {
				p.Missing = append(p.Missing, row.Field)
			}
		}
	}
	if n := len(p.Missing); n > 0 {
		p.State, p.Note = stateIncomplete, "还有 "+itoa(n)+" 个必填项没有填"
	}
}

// find returns a product by ID.
func (w *workshop) find(id string) (*product, error) {
	for _, p := range w.products {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, listing.Failf(listing.CodeNotFound, "请在“材料包”里选择", "这个应用没有材料“%s”", id)
}

// task returns a task of the case, or nil.
func (w *workshop) task(id string) *procedure.TaskView {
	if w.in.Case == nil {
		return nil
	}
	for i := range w.in.Case.Tasks {
		if w.in.Case.Tasks[i].ID == id {
			return &w.in.Case.Tasks[i]
		}
	}
	return nil
}

// concerns tells whether something for only one sort of app is for this one.
func (w *workshop) concerns(only string) bool {
	return procedure.ShapeOf(w.in.Dossier.App.Kind, w.in.Settings.PortalUnhosted).Has(procedure.Only(only))
}

// mark is what every page is marked with.
func (w *workshop) mark() string {
	if w.in.Draft {
		return document.DraftMark
	}
	return ""
}

// appName names the app in titles.
func (w *workshop) appName() string {
	if name := w.in.Dossier.App.Name; name != "" {
		return "“" + name + "”"
	}
	return "未命名应用"
}

// blocking are the findings that allow only a draft.
func (w *workshop) blocking() []listing.Finding {
	return w.rules.ForPackage(precheck.Report{Findings: w.in.Findings})
}

// List returns what the package will hold, in its order, the manifest excepted. Things that are still missing are
// listed too; they have no FileName.
func List(in Input) ([]Item, error) {
	w, err := furnish(in)
	if err != nil {
		return nil, err
	}
	items := make([]Item, len(w.products))
	for i, p := range w.products {
		items[i] = p.Item
	}
	return items, nil
}

// Build makes one material. It fails with listing.CodeNotFound for an ID that List does not have, and with the error of
// the file for an attachment that cannot be read. What a unit's own template does not know stays visible in it.
func Build(ctx context.Context, in Input, id string) ([]byte, error) {
	w, err := furnish(in)
	if err != nil {
		return nil, err
	}
	p, err := w.find(id)
	if err != nil {
		return nil, err
	}
	return w.build(ctx, p)
}

func (w *workshop) build(ctx context.Context, p *product) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, canceled(err)
	}
	switch {
	case p.kept != nil:
		return w.readKept(p.kept)
	case p.make == nil:
		return nil, listing.Failf(listing.CodeNotFound, p.Note, "“%s”还没有提供", p.Title)
	}
	return p.make(ctx)
}

func canceled(cause error) error {
	return listing.Fail(listing.CodeCanceled, "已取消，没有生成文件", "需要时可以重新开始").Because(cause)
}
