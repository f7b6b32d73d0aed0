package listing

// Vendor is a 开发商: the company that develops applications for the unit.
type Vendor struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	CreditCode string    `json:"credit_code"` // 统一社会信用代码; its check character is RULE-9's business
	Contacts   []Contact `json:"contacts"`
	UpdatedAt  string    `json:"updated_at,omitempty"`
}

// Contact is a person of a vendor (ROLE-3).
type Contact struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Phone         string `json:"phone"`          // must be that of a 浙政钉 account (RULE-11)
	HasAccount    string `json:"has_account"`    // 是 or 否: the phone belongs to a 浙政钉 account (RULE-11)
	PersonnelType string `json:"personnel_type"` // 人员类型 in ISV管理 (RULE-9)
	// Insured attests that the person is insured by the vendor (RULE-9); nil while nobody attested it.
	Insured *Attestation `json:"insured,omitempty"`
}

// RecordKind implements Record.
func (Vendor) RecordKind() RecordKind { return KindVendor }

// RecordID implements Record.
func (v Vendor) RecordID() string { return v.ID }

// Contact returns the contact with the given ID, or nil.
func (v *Vendor) Contact(id string) *Contact {
	for i := range v.Contacts {
		if v.Contacts[i].ID == id {
			return &v.Contacts[i]
		}
	}
	return nil
}
