// Package material makes the trade's documents out of the data of one app: the portals' forms as docx, the listing
// checklist, the self-check, the vendor's task sheet, the error pages, the tracking folder, and the package (材料包), one
// zip of all of them with a manifest. Same data, same bytes: nothing here reads a clock.
package material

import (
	"io"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/tracking"
)

// Input is everything the materials of one app are made from.
type Input struct {
	Dossier      forms.Dossier
	Settings     listing.Settings
	Forms        *forms.Catalogue
	Case         *procedure.CaseView // nil while nothing was started
	Findings     []listing.Finding   // of the precheck
	FlowVersion  string
	RulesVersion string
	Facts        tracking.Facts // of the tracking code; without a version those of the program
	Draft        bool           // every page is marked 草稿
	Password     string         // of the test account; printed in FORM-4 when given, else it reads 另行提供
	OpenBlob     func(sha256 string) (io.ReadCloser, error)
	Templates    map[string][]byte // the unit's own .docx by material ID
	Letter       *Letter           // of the app's running case of FLOW-7; nil without one
}

// Item is one thing of the package, made or attached.
type Item struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	FileName    string   `json:"file_name"` // path inside the zip
	Kind        string   `json:"kind"`      // docx, xlsx, html, text or attachment
	State       string   `json:"state"`     // ready, incomplete, missing or attached
	StateWord   string   `json:"state_word"`
	Note        string   `json:"note"`
	Missing     []string `json:"missing"` // keys of the fields it still lacks
	Slot        string   `json:"slot"`    // for attachments
	Previewable bool     `json:"previewable"`
	OwnTemplate bool     `json:"own_template"`
}

// Manifest is manifest.json of a package: every file but itself, and no time of making.
type Manifest struct {
	App          ManifestApp            `json:"app"`
	FlowVersion  string                 `json:"flow_version"`
	RulesVersion string                 `json:"rules_version"`
	Files        []listing.PackagedFile `json:"files"`
}

// ManifestApp names the app of a package. The ID of its record is left out: it differs from store to store, and the same
// data shall give the same bytes.
type ManifestApp struct {
	Name       string          `json:"name"`
	Identifier string          `json:"identifier"`
	Kind       listing.AppKind `json:"kind"`
}

// TemplateRef names a material that is made from a docx template.
type TemplateRef struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Diff is the difference between two packages.
type Diff struct {
	Fields []FieldDiff `json:"fields"`
	Files  []FileDiff  `json:"files"`
}

// FieldDiff is one field whose text differs.
type FieldDiff struct {
	Key    string `json:"key"`
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// FileDiff is one file that was added, removed or changed.
type FileDiff struct {
	Name       string `json:"name"`
	Change     string `json:"change"` // added, removed or changed
	ChangeWord string `json:"change_word"`
}
