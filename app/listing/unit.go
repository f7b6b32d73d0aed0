package listing

// UnitID is the ID of the one Unit record of a store.
const UnitID = "unit"

// Role says whose half of the work this machine does.
type Role string

// The two roles a machine can have.
const (
	RoleOwner  Role = "owner"  // 应用单位
	RoleVendor Role = "vendor" // 开发商
)

// Person is somebody named in a form.
type Person struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// Unit is the 应用单位 (owner): the one unit whose applications this store holds.
type Unit struct {
	ID             string `json:"id"`
	Name           string `json:"name"`             // full name as on its seal
	CreditCode     string `json:"credit_code"`      // 统一社会信用代码 (dossier 8)
	ProcessRegion  string `json:"process_region"`   // 所属区域 of FORM-3: 省级 or one of eleven cities
	Region         string `json:"region"`           // the city, district or county (RULE-7)
	AddressPath    string `json:"address_path"`     // path in the 浙政钉 address book, parts joined by "/" (RULE-6)
	Department     string `json:"department"`       // default 建设部门
	TenantID       string `json:"tenant_id"`        // the unit's 浙政钉 tenant ID (PARAM-1)
	CatalogAccount Person `json:"catalog_account"`  // ROLE-1: holder of the IRS catalog account
	DepartmentLead Person `json:"department_admin"` // 部门管理员, who changes ROLE-2
	WorkbenchAdmin Person `json:"workbench_admin"`  // ROLE-4
	RegionalAdmin  Person `json:"regional_admin"`   // ROLE-5
	// RegionalOffice is the full name of the regional big-data centre, to which the letter of FLOW-7 goes.
	RegionalOffice string `json:"regional_office,omitempty"`
	UpdatedAt      string `json:"updated_at,omitempty"`
}

// RecordKind implements Record.
func (Unit) RecordKind() RecordKind { return KindUnit }

// RecordID implements Record.
func (u Unit) RecordID() string { return u.ID }

// SettingsID is the ID of the one Settings record of a store.
const SettingsID = "settings"

// Settings are the choices of this machine and unit that are no part of any form.
type Settings struct {
	ID       string `json:"id"`
	Operator string `json:"operator"` // 操作人: who works here; every journal entry carries it
	Role     Role   `json:"role"`
	// Addresses holds the addresses the person changed, by the key of package forms (ADDR-n); absent means default.
	Addresses map[string]string `json:"addresses"`
	// Elsewhere, when set, is where every address leads instead, with its own path behind it: a rehearsal's portals.
	Elsewhere string `json:"elsewhere"`
	// CheckNetworks is every how many minutes the program asks by itself which networks answer; 0 means only when asked.
	CheckNetworks int `json:"check_networks"`
	// Browser is the program file of the browser the person chose; empty lets the program find one.
	Browser string `json:"browser"`
	// Pages holds the addresses at which tables of portals were last read, by portal and table: "irs TABLE-1".
	Pages map[string]string `json:"pages"`
	// Templates holds the unit's own .docx templates by material ID.
	Templates map[string]Attachment `json:"templates"`
	// PortalUnhosted switches off the assumption that H5改革门户 is hosted like H5 (KIND-4).
	PortalUnhosted bool `json:"portal_unhosted"`
	// TakesBuiltOutput marks the unit's city as taking built output (PKG-1).
	TakesBuiltOutput bool `json:"takes_built_output"`
	// RefreshMinutes is how often the states of the 治理侧 list are read quietly; 0 for never.
	RefreshMinutes int    `json:"refresh_minutes,omitempty"`
	UpdatedAt      string `json:"updated_at,omitempty"`
}

// RecordKind implements Record.
func (Settings) RecordKind() RecordKind { return KindSettings }

// RecordID implements Record.
func (s Settings) RecordID() string { return s.ID }
