package service

import (
	"context"

	"github.com/google/uuid"

	"shangjiatong/app/listing"
)

// Vendors is what can be done with the unit's vendors.
type Vendors struct{ *core }

// List returns all vendors.
func (s *Vendors) List(ctx context.Context) ([]listing.Vendor, error) {
	out := []listing.Vendor{}
	err := s.view(ctx, func(r listing.Reader) (err error) {
		out, err = listing.All[listing.Vendor](r)
		return err
	})
	return out, err
}

// Find returns a vendor by ID, name or credit code.
func (s *Vendors) Find(ctx context.Context, given string) (listing.Vendor, error) {
	all, err := s.List(ctx)
	if err != nil {
		return listing.Vendor{}, err
	}
	var found []listing.Vendor
	for _, v := range all {
		switch {
		case given == "":
		case v.ID == given:
			return v, nil
		case v.Name == given || v.CreditCode == given:
			found = append(found, v)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return listing.Vendor{}, listing.Failf(listing.CodeNotFound, "请先在设置里登记开发商", "没有找到开发商“%s”", given)
	}
	return listing.Vendor{}, listing.Failf(listing.CodeInvalid, "请改用编号指定，编号见 vendor list", "有 %d 个开发商都叫“%s”", len(found), given)
}

// Save stores a vendor as typed; an empty ID makes a new one. Attestations are kept from the stored record: they are
// made by Attest alone. An attestation goes when the person's name or the company's code changes, since it was about
// these.
func (s *Vendors) Save(ctx context.Context, v listing.Vendor) (listing.Vendor, error) {
	what, isNew := "修改开发商", v.ID == ""
	if isNew {
		v.ID, what = uuid.NewString(), "登记开发商"
	}
	s.tidyVendor(&v)
	err := s.change(ctx, what, "", func(w listing.Writer) error {
		old, err := listing.Load[listing.Vendor](w, v.ID)
		if err != nil && (!isNew || listing.CodeOf(err) != listing.CodeNotFound) {
			return err
		}
		keepAttestations(&v, &old)
		v.UpdatedAt = s.stamp()
		return w.Put(v)
	})
	return v, err
}

func (s *Vendors) tidyVendor(v *listing.Vendor) {
	v.Name = s.tidy("vendor.name", v.Name)
	v.CreditCode = s.tidy("vendor.credit_code", v.CreditCode)
	if v.Contacts == nil {
		v.Contacts = []listing.Contact{}
	}
	for i := range v.Contacts {
		c := &v.Contacts[i]
		if c.ID == "" {
			c.ID = uuid.NewString()
		}
		c.Name = s.tidy("app.applicant_name", c.Name)
		c.Phone = s.tidy("app.applicant_phone", c.Phone)
	}
}

func keepAttestations(v, old *listing.Vendor) {
	for i := range v.Contacts {
		c := &v.Contacts[i]
		c.Insured = nil
		before := old.Contact(c.ID)
		if before != nil && before.Name == c.Name && before.PersonnelType == c.PersonnelType && old.CreditCode == v.CreditCode {
			c.Insured = before.Insured
		}
	}
}

// Remove removes a vendor that no app uses.
func (s *Vendors) Remove(ctx context.Context, id string) error {
	return s.change(ctx, "删除开发商", "", func(w listing.Writer) error {
		v, err := listing.Load[listing.Vendor](w, id)
		if err != nil {
			return err
		}
		apps, err := listing.All[listing.App](w)
		if err != nil {
			return err
		}
		for _, a := range apps {
			if a.VendorID == id {
				return listing.Failf(listing.CodeRefused, "请先给该应用换一个开发商", "应用“%s”还在使用开发商“%s”", a.Name, v.Name)
			}
		}
		return w.Delete(listing.KindVendor, id)
	})
}

// Attest records the operator's word that a contact is insured by the vendor, with the true personnel type (RULE-9).
func (s *Vendors) Attest(ctx context.Context, vendorID, contactID, note string) (listing.Vendor, error) {
	by, err := s.operator(ctx)
	if err != nil {
		return listing.Vendor{}, err
	}
	return s.editContact(ctx, "承诺参保情况", vendorID, contactID, func(c *listing.Contact) error {
		if c.PersonnelType == "" {
			return listing.Failf(listing.CodeRefused, "请先选择真实的人员类型，再作承诺", "“%s”还没有填写人员类型", c.Name)
		}
		c.Insured = &listing.Attestation{Rule: "RULE-9", About: c.Name, By: by, On: s.today(), Note: note}
		return nil
	})
}

// Unattest takes the word back.
func (s *Vendors) Unattest(ctx context.Context, vendorID, contactID string) (listing.Vendor, error) {
	return s.editContact(ctx, "撤回参保承诺", vendorID, contactID, func(c *listing.Contact) error {
		c.Insured = nil
		return nil
	})
}

func (s *Vendors) editContact(ctx context.Context, what, vendorID, contactID string, edit func(*listing.Contact) error) (listing.Vendor, error) {
	var v listing.Vendor
	err := s.change(ctx, what, "", func(w listing.Writer) (err error) {
		if v, err = listing.Load[listing.Vendor](w, vendorID); err != nil {
			return err
		}
		c := v.Contact(contactID)
		if c == nil {
			return listing.Failf(listing.CodeNotFound, "请刷新后再试", "开发商“%s”没有这个联系人", v.Name)
		}
		if err := edit(c); err != nil {
			return err
		}
		v.UpdatedAt = s.stamp()
		return w.Put(v)
	})
	return v, err
}
