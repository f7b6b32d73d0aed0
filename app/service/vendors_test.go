package service_test

import (
	"testing"

	"shangjiatong/app/listing"
)

func (d *desk) vendor(name, code string, contacts ...listing.Contact) listing.Vendor {
	d.t.Helper()
	v, err := d.Vendors.Save(d.ctx, listing.Vendor{Name: name, CreditCode: code, Contacts: contacts})
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

func TestVendorsAreTidied(t *testing.T) {
	d := openDesk(t)
	v := d.vendor(" 开发商名称：示例科技有限公司 ", "９１３３０１９９ＭＡ０００００００Ｒ", listing.Contact{Name: " 联系人己 ", Phone: "１３９０００００００１"})
	if v.ID == "" || v.Name != "示例科技有限公司" || v.CreditCode != "91330199MA0000000R" || v.Contacts[0].ID == "" ||
		v.Contacts[0].Name != "联系人己" || v.Contacts[0].Phone != "13900000001" {
		t.Errorf("%+v", v)
	}
	empty := d.vendor("", "") // a draft, too
	if empty.Contacts == nil {
		t.Error("contacts would be null")
	}
}

// RULE-9: the word was given for this person, of this type, insured by this company.
func TestAttestationGoesWithWhatItWasAbout(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*listing.Vendor)
		stays  bool
	}{
		"nothing":         {func(*listing.Vendor) {}, true},
		"phone":           {func(v *listing.Vendor) { v.Contacts[0].Phone = "13900000009" }, true},
		"company name":    {func(v *listing.Vendor) { v.Name = "示例科技" }, true},
		"another contact": {func(v *listing.Vendor) { v.Contacts = append(v.Contacts, listing.Contact{Name: "联系人庚"}) }, true},
		"person":          {func(v *listing.Vendor) { v.Contacts[0].Name = "联系人庚" }, false},
		"type":            {func(v *listing.Vendor) { v.Contacts[0].PersonnelType = "其他" }, false},
		"credit code":     {func(v *listing.Vendor) { v.CreditCode = "91330199MA00000019" }, false},
		"new contact ID":  {func(v *listing.Vendor) { v.Contacts[0].ID = "" }, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := openDesk(t)
			v := d.vendor("示例科技有限公司", "91330199MA0000000R", listing.Contact{Name: "联系人己", Phone: "13900000001", PersonnelType: "开发人员"})
			v, err := d.Vendors.Attest(d.ctx, v.ID, v.Contacts[0].ID, "参保证明 2 月")
			if err != nil {
				t.Fatal(err)
			}
			word := v.Contacts[0].Insured
			if word == nil || word.By != "联系人甲" || word.On != "2026-03-02" || word.Rule != "RULE-9" || word.Note != "参保证明 2 月" {
				t.Fatalf("%+v", word)
			}
			tc.change(&v)
			v, err = d.Vendors.Save(d.ctx, v)
			if err != nil {
				t.Fatal(err)
			}
			if got := v.Contacts[0].Insured != nil; got != tc.stays {
				t.Errorf("attested: %v, want %v", got, tc.stays)
			}
		})
	}
}

// A page or a file cannot give the word in somebody's place.
func TestAttestationIsNotTakenFromWhatIsSaved(t *testing.T) {
	d := openDesk(t)
	v := d.vendor("示例科技有限公司", "", listing.Contact{Name: "联系人己", Insured: &listing.Attestation{By: "别人"}})
	if v.Contacts[0].Insured != nil {
		t.Error("taken as given")
	}
}

func TestAttestRefuses(t *testing.T) {
	d := openDesk(t)
	v := d.vendor("示例科技有限公司", "", listing.Contact{Name: "联系人己"})
	_, err := d.Vendors.Attest(d.ctx, v.ID, v.Contacts[0].ID, "")
	wants(t, err, listing.CodeRefused, "联系人己", "人员类型")
	_, err = d.Vendors.Attest(d.ctx, v.ID, "nobody", "")
	wants(t, err, listing.CodeNotFound, "联系人")
	_, err = d.Vendors.Attest(d.ctx, "nobody", v.Contacts[0].ID, "")
	wants(t, err, listing.CodeNotFound)
}

func TestUnattest(t *testing.T) {
	d := openDesk(t)
	v := d.vendor("示例科技有限公司", "", listing.Contact{Name: "联系人己", PersonnelType: "其他"})
	if _, err := d.Vendors.Attest(d.ctx, v.ID, v.Contacts[0].ID, ""); err != nil {
		t.Fatal(err)
	}
	v, err := d.Vendors.Unattest(d.ctx, v.ID, v.Contacts[0].ID)
	if err != nil || v.Contacts[0].Insured != nil {
		t.Errorf("%+v, %v", v.Contacts, err)
	}
}

func TestRemoveVendor(t *testing.T) {
	d := openDesk(t)
	v := d.vendor("示例科技有限公司", "91330199MA0000000R")
	a := d.app("示例督办", listing.KindH5)
	d.set(a.ID, "vendor_id="+v.ID)
	if _, err := d.Apps.Archive(d.ctx, a.ID, true); err != nil {
		t.Fatal(err)
	}
	wants(t, d.Vendors.Remove(d.ctx, v.ID), listing.CodeRefused, "示例督办", "示例科技有限公司")
	d.set(a.ID, "vendor_id=")
	if err := d.Vendors.Remove(d.ctx, v.ID); err != nil {
		t.Fatal(err)
	}
	wants(t, d.Vendors.Remove(d.ctx, v.ID), listing.CodeNotFound)
	_, err := d.Vendors.Save(d.ctx, v) // a page that was still open does not bring it back
	wants(t, err, listing.CodeNotFound)
}

func TestFindVendor(t *testing.T) {
	d := openDesk(t)
	v := d.vendor("示例科技有限公司", "91330199MA0000000R")
	d.vendor("", "")
	for _, given := range []string{v.ID, "示例科技有限公司", "91330199MA0000000R"} {
		found, err := d.Vendors.Find(d.ctx, given)
		if err != nil || found.ID != v.ID {
			t.Errorf("%q: %v", given, err)
		}
	}
	for _, given := range []string{"", "没有"} {
		_, err := d.Vendors.Find(d.ctx, given)
		wants(t, err, listing.CodeNotFound)
	}
	d.vendor("示例科技有限公司", "")
	_, err := d.Vendors.Find(d.ctx, "示例科技有限公司")
	wants(t, err, listing.CodeInvalid, "2", "编号")
}
