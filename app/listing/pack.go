package listing

// PackageRecord remembers one package (材料包) that was made.
type PackageRecord struct {
	ID           string            `json:"id"`
	AppID        string            `json:"app_id"`
	Number       int               `json:"number"` // 1, 2, … per app
	Draft        bool              `json:"draft"`
	WithPassword bool              `json:"with_password"` // the test password was printed because the person ticked it
	MadeAt       string            `json:"made_at"`
	MadeBy       string            `json:"made_by"`
	FileName     string            `json:"file_name"`
	Size         int64             `json:"size"`
	SHA256       string            `json:"sha256"` // of the zip
	SM3          string            `json:"sm3"`
	FlowVersion  string            `json:"flow_version"`
	RulesVersion string            `json:"rules_version"`
	Files        []PackagedFile    `json:"files"`
	Values       map[string]string `json:"values"` // the data it was made from: field key to text, without secrets
	Blocking     []Finding         `json:"blocking,omitempty"`
	SubmittedTo  []string          `json:"submitted_to,omitempty"` // where it was handed in, as noted by the person
}

// PackagedFile is one file of a package, as its manifest lists it.
type PackagedFile struct {
	Name   string `json:"name"` // path inside the zip, "/" between parts
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	SM3    string `json:"sm3"`
}

// RecordKind implements Record.
func (PackageRecord) RecordKind() RecordKind { return KindPackage }

// RecordID implements Record.
func (p PackageRecord) RecordID() string { return p.ID }
