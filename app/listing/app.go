package listing

// AppKind is the application type chosen at release registration (KIND-1 to KIND-4). The values are the portal's words.
type AppKind string

// The four kinds.
const (
	KindH5     AppKind = "H5"     // KIND-1: needs code hosting
	KindMini   AppKind = "小程序"    // KIND-2: never enters code hosting
	KindMiniPC AppKind = "小程序+PC" // KIND-3: the PC part is hosted, the mini-program part goes through the IDE
	KindPortal AppKind = "H5改革门户" // KIND-4: hosted like H5 (assumed)
)

// AppKinds lists the kinds in the guide's order.
func AppKinds() []AppKind { return []AppKind{KindH5, KindMini, KindMiniPC, KindPortal} }

// Yes and No are the words of the portal's 是/否 questions; an empty string means not answered.
const (
	Yes = "是"
	No  = "否"
)

// App is one application (应用) of the unit with all its form data; every fact stands here once, whichever forms use
// it. The JSON names are the field keys of package forms, which knows label, options and forms of each.
type App struct {
	ID        string `json:"id"`
	Archived  bool   `json:"archived"`
	CreatedAt string `json:"created_at,omitempty"`
	UpdatedAt string `json:"updated_at,omitempty"`

	// Basics
	Name             string  `json:"name"`
	Kind             AppKind `json:"kind"`
	Identifier       string  `json:"identifier"` // 应用标识 (RULE-3, RULE-4)
	Description      string  `json:"description"`
	ResponsibleName  string  `json:"responsible_name"` // 应用负责人 (ROLE-7)
	ResponsiblePhone string  `json:"responsible_phone"`
	VendorID         string  `json:"vendor_id"`

	// FORM-1 应用注册
	CatalogState  string   `json:"catalog_state"`
	Networks      []string `json:"networks"`
	Domains       []string `json:"domains"`
	Level         string   `json:"level"`
	Unified       string   `json:"unified"`
	Mode          string   `json:"mode"`
	Basis         []string `json:"basis"`
	BasisOther    string   `json:"basis_other"`
	Department    string   `json:"department"`
	Administrator string   `json:"administrator"` // 应用管理员 (ROLE-2)
	Collaborative string   `json:"collaborative"`
	MajorTask     string   `json:"major_task"`
	CoreBusiness  string   `json:"core_business"`
	MultiCross    string   `json:"multi_cross"`
	Systemic      string   `json:"systemic"`

	// FORM-2 组件申请
	Components    []string `json:"components"`
	ComponentName string   `json:"component_name"` // at most 10 characters (dossier 7)
	EgressIPs     []string `json:"egress_ips"`     // 服务器出口IP, 1 to 3 (RULE-5)
	UsageScope    string   `json:"usage_scope"`    // 应用使用范围 (RULE-6)
	Region        string   `json:"region"`         // 应用所属区域 (RULE-7)
	CallbackURL   string   `json:"callback_url"`
	// AppliedIdentifier is the identifier that stood on the interface application, when it was filed under another
	// one; empty means Identifier (RULE-4).
	AppliedIdentifier string `json:"applied_identifier"`

	// FORM-3 应用发布注册
	ReleaseName     string   `json:"release_name"` // 治理侧名称
	HealthURL       string   `json:"health_url"`   // 健康地址 (RULE-19)
	DeveloperSource string   `json:"developer_source"`
	ContactIDs      []string `json:"contact_ids"` // contacts of the vendor named in the form; empty means all
	ProcessRegion   string   `json:"process_region"`
	LegacyYida      string   `json:"legacy_yida"`  // 是: listed before through a 宜搭 link (RULE-10)
	Registration    string   `json:"registration"` // 发布注册 or 存量关联 (RULE-10)

	// FORM-4 IRS 申请表
	ReleaseTargets  []string `json:"release_targets"`
	ReleaseType     string   `json:"release_type"`
	ListingContents []string `json:"listing_contents"`
	ApplicantName   string   `json:"applicant_name"`
	ApplicantPhone  string   `json:"applicant_phone"`
	TestEnvironment string   `json:"test_environment"`
	TestAccount     string   `json:"test_account"`
	TestPassword    Secret   `json:"test_password"`
	TestData        string   `json:"test_data"`
	TestOnWorkbench string   `json:"test_on_workbench"`

	// What reviewers try out (RULE-1, RULE-15, RULE-17, RULE-18)
	LoginFree       string   `json:"login_free"`
	AsksPassword    string   `json:"asks_password"`
	ReauthOtherApp  string   `json:"reauth_other_app"`
	MobileURL       string   `json:"mobile_url"`
	PCURL           string   `json:"pc_url"`
	SplitByLogin    string   `json:"split_by_login"` // PC and mobile page told apart by the 免登 return value
	APIBases        []string `json:"api_bases"`
	MiniVersion     string   `json:"mini_version"` // a published version of the mini-program
	ErrorPageReady  string   `json:"error_page_ready"`
	ErrorPagePerson string   `json:"error_page_person"`
	ErrorPagePhone  string   `json:"error_page_phone"`

	// PARAM-1, as issued after the interface review
	AppKey           string `json:"app_key"`
	AppSecret        Secret `json:"app_secret"`
	ProductionDomain string `json:"production_domain"`
	Bid              string `json:"bid"`
	Signkey          string `json:"signkey"`
	SappID           string `json:"sapp_id"`
	SappName         string `json:"sapp_name"`

	// What finished flows and the portal made of the app
	ReleasedVersion string    `json:"released_version,omitempty"` // by FLOW-3
	Retired         bool      `json:"retired,omitempty"`          // 已下线, by FLOW-5
	Portal          PortalRow `json:"portal,omitzero"`
	// Tracked is the check that shows the tracking code to be right (STEP-3.2, RULE-14), and what code was seen since.
	Tracked TrackingProof `json:"tracked,omitzero"`

	Pages        []Page                `json:"pages"` // the page table (TRACK-8, TRACK-9)
	Attachments  map[string]Attachment `json:"attachments"`
	Attestations []Attestation         `json:"attestations"`
	Waivers      []Waiver              `json:"waivers"`
}

// TrackingProof ties an app to the check whose report proves its tracking code. A digest stands for one state of the code.
type TrackingProof struct {
	CheckID string `json:"check_id,omitempty"` // empty: nothing proves it
	Digest  string `json:"digest,omitempty"`   // of the code that was checked
	Report  string `json:"report,omitempty"`   // SHA-256 of the report that was attached
	At      string `json:"at,omitempty"`       // RFC 3339
	By      string `json:"by,omitempty"`
	Seen    string `json:"seen,omitempty"` // digest of the code that was last seen
	SeenAt  string `json:"seen_at,omitempty"`
}

// Stale reports whether the code was changed since the check that proves it.
func (p TrackingProof) Stale() bool {
	return p.CheckID != "" && p.Digest != "" && p.Seen != "" && p.Seen != p.Digest
}

// PortalRow is what the 治理侧 list (TABLE-1) was last seen to say of an app. The state is kept as it reads there and
// never mixed with our own statuses (dossier 5.3).
type PortalRow struct {
	ReleaseID string `json:"release_id,omitempty"` // 应用发布ID
	State     string `json:"state,omitempty"`
	SeenAt    string `json:"seen_at,omitempty"` // RFC 3339
	SeenBy    string `json:"seen_by,omitempty"`
	HostingID string `json:"hosting_id,omitempty"` // APPID of the hosting platform (TABLE-2)
	// CatalogState and CatalogReview are 状态 and 审核状态 of 我的资源 (TABLE-4), as they read there.
	CatalogState  string `json:"catalog_state,omitempty"`
	CatalogReview string `json:"catalog_review,omitempty"`
}

// RecordKind implements Record.
func (App) RecordKind() RecordKind { return KindApp }

// RecordID implements Record.
func (a App) RecordID() string { return a.ID }

// Hosted reports whether some part of an app of this kind goes through code hosting; portalUnhosted is the unit's
// setting that switches off the assumption about KIND-4.
func (k AppKind) Hosted(portalUnhosted bool) bool {
	switch k {
	case KindH5, KindMiniPC:
		return true
	case KindPortal:
		return !portalUnhosted
	default:
		return false
	}
}

// HasMini reports whether an app of this kind has a mini-program part (KIND-2, KIND-3).
func (k AppKind) HasMini() bool { return k == KindMini || k == KindMiniPC }

// Page is one row of the page table: what one page sends with its PV (TRACK-3, TRACK-8).
type Page struct {
	PageID   string `json:"page_id"`
	PageName string `json:"page_name"`
	PageURL  string `json:"page_url"`
}

// Secret is a reference to a secret kept in the vault, never the secret itself; empty means none is kept.
type Secret string

// Attachment is a file of the user's, kept by content beside the database.
type Attachment struct {
	Slot    string `json:"slot"` // what it is for; see package forms
	Name    string `json:"name"` // file name as given
	Size    int64  `json:"size"` // bytes
	Type    string `json:"type"` // by content: doc, docx, pdf, xlsx, xls, png, jpg, zip, html, text or unknown
	SHA256  string `json:"sha256"`
	SM3     string `json:"sm3"`
	AddedBy string `json:"added_by"`
	AddedAt string `json:"added_at"` // RFC 3339
}

// Attestation is a person's word for a fact no program can know (RULE-2, RULE-9).
type Attestation struct {
	Rule  string `json:"rule"`
	About string `json:"about"` // whom or what it is about; a change of that makes the attestation stale
	By    string `json:"by"`
	On    string `json:"on"` // date, 2006-01-02
	Note  string `json:"note,omitempty"`
}

// Waiver is a person's decision to let a warning stand. Errors cannot be waived.
type Waiver struct {
	Rule   string `json:"rule"`
	Field  string `json:"field,omitempty"` // empty: the whole rule
	By     string `json:"by"`
	On     string `json:"on"`
	Reason string `json:"reason"`
}

// Attested returns the attestation for a rule about someone or something, or nil.
func (a *App) Attested(rule, about string) *Attestation {
	for i := range a.Attestations {
		if a.Attestations[i].Rule == rule && a.Attestations[i].About == about {
			return &a.Attestations[i]
		}
	}
	return nil
}
