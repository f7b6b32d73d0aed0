package cli

import (
	"fmt"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

type unitCommand struct {
	Show unitShow `cmd:"" help:"查看单位和本机设置"`
	Set  unitSet  `cmd:"" help:"填写单位；数据文件夹为空时会新建"`
}

type unitShow struct{}

// Run prints the unit.
func (unitShow) Run(c *call) error {
	return c.with(func(s *service.Services) error { return c.showUnit(s) })
}

func (c *call) showUnit(s *service.Services) error {
	v, err := s.Units.Get(c.ctx)
	if err != nil {
		return err
	}
	return c.out.show(v, func(b *strings.Builder) {
		u := v.Unit
		line(b, "单位名称", u.Name)
		line(b, "统一社会信用代码", u.CreditCode)
		line(b, "所属区域", u.ProcessRegion)
		line(b, "单位所在区域", u.Region)
		line(b, "通讯录路径", u.AddressPath)
		line(b, "编目账号持有人", strings.TrimSpace(u.CatalogAccount.Name+" "+u.CatalogAccount.Phone))
		line(b, "操作人", v.Settings.Operator)
		line(b, "本机角色", string(v.Settings.Role))
	})
}

type unitSet struct {
	File   string   `name:"file" placeholder:"文件" help:"JSON 文件，键与 unit show --json 的 unit 相同"`
	Fields []string `arg:"" optional:"" name:"字段=值" help:"例如 name=示例市数据中心 catalog_account.name=联系人甲 operator=联系人甲 role=owner"`
}

// Run stores the given fields; operator and role belong to the settings.
func (u unitSet) Run(c *call) error {
	given, err := pairs(u.Fields)
	if err != nil {
		return err
	}
	if u.File != "" {
		fromFile, err := readUnit(u.File)
		if err != nil {
			return err
		}
		given = append(fromFile, given...)
	}
	if len(given) == 0 {
		return listing.Fail(listing.CodeInvalid, "没有给出要填写的内容", "写成 字段=值，或用 --file 指定文件")
	}
	return c.with(func(s *service.Services) error {
		if err := s.System.Enter(c.ctx, given); err != nil {
			return err
		}
		return c.showUnit(s)
	})
}

// pairs reads key=value words; several values of a list are given as key=a,b.
func pairs(words []string) ([]service.FieldValue, error) {
	var out []service.FieldValue
	for _, w := range words {
		key, value, ok := strings.Cut(w, "=")
		if !ok || key == "" {
			return nil, listing.Failf(listing.CodeInvalid, "写成 字段=值，例如 name=示例督办", "看不懂“%s”", w)
		}
		out = append(out, service.FieldValue{Key: key, Values: []string{value}})
	}
	return out, nil
}

func readUnit(file string) ([]service.FieldValue, error) {
	var u listing.Unit
	if err := readJSON(file, &u); err != nil {
		return nil, err
	}
	out := []service.FieldValue{}
	add := func(key, value string) {
		if value != "" {
			out = append(out, service.FieldValue{Key: key, Values: []string{value}})
		}
	}
	add("name", u.Name)
	add("credit_code", u.CreditCode)
	add("process_region", u.ProcessRegion)
	add("region", u.Region)
	add("address_path", u.AddressPath)
	add("department", u.Department)
	add("tenant_id", u.TenantID)
	add("regional_office", u.RegionalOffice)
	people := []struct {
		key string
		p   listing.Person
	}{{"catalog_account", u.CatalogAccount}, {"department_admin", u.DepartmentLead}, {"workbench_admin", u.WorkbenchAdmin}, {"regional_admin", u.RegionalAdmin}}
	for _, person := range people {
		add(person.key+".name", person.p.Name)
		add(person.key+".phone", person.p.Phone)
	}
	return out, nil
}

type vendorCommand struct {
	Add    vendorAdd    `cmd:"" help:"登记开发商"`
	List   vendorList   `cmd:"" help:"列出开发商"`
	Show   vendorShow   `cmd:"" help:"查看一个开发商"`
	Set    vendorSet    `cmd:"" help:"修改开发商"`
	Remove vendorRemove `cmd:"" help:"删除没有应用使用的开发商"`
	Attest vendorAttest `cmd:"" help:"承诺联系人由该公司参保且人员类型属实（RULE-9）"`
}

type vendorFields struct {
	Name     string   `name:"name" placeholder:"名称" help:"开发商名称"`
	Code     string   `name:"code" placeholder:"代码" help:"统一社会信用代码"`
	Contacts []string `name:"contact" sep:"none" placeholder:"姓名,手机[,人员类型[,是否浙政钉账号]]" help:"联系人，可重复"`
	File     string   `name:"file" placeholder:"文件" help:"JSON 文件，形状同 vendor show --json"`
}

// into writes what was given over a vendor.
func (f vendorFields) into(v *listing.Vendor) error {
	if f.File != "" {
		if err := readJSON(f.File, v); err != nil {
			return err
		}
	}
	if f.Name != "" {
		v.Name = f.Name
	}
	if f.Code != "" {
		v.CreditCode = f.Code
	}
	for _, text := range f.Contacts {
		c, err := contact(text)
		if err != nil {
			return err
		}
		v.Contacts = append(v.Contacts, c)
	}
	return nil
}

func contact(text string) (listing.Contact, error) {
	parts := strings.Split(strings.NewReplacer("，", ",").Replace(text), ",")
	if len(parts) < 2 || len(parts) > 4 || parts[0] == "" {
		return listing.Contact{}, listing.Failf(listing.CodeInvalid, "写成 姓名,手机，例如 联系人己,13800000006", "看不懂联系人“%s”", text)
	}
	parts = append(parts, "", "")
	return listing.Contact{Name: parts[0], Phone: parts[1], PersonnelType: parts[2], HasAccount: parts[3]}, nil
}

type vendorAdd struct{ vendorFields }

// Run adds a vendor.
func (a vendorAdd) Run(c *call) error {
	v := listing.Vendor{}
	if err := a.into(&v); err != nil {
		return err
	}
	if v.Name == "" {
		return listing.Fail(listing.CodeInvalid, "没有写开发商名称", "加上 --name，或在文件里写 name")
	}
	v.ID = ""
	return c.with(func(s *service.Services) error { return c.saveVendor(s, v) })
}

func (c *call) saveVendor(s *service.Services, v listing.Vendor) error {
	v, err := s.Vendors.Save(c.ctx, v)
	if err != nil {
		return err
	}
	return c.showVendor(v)
}

func (c *call) showVendor(v listing.Vendor) error {
	return c.out.show(v, func(b *strings.Builder) {
		line(b, "编号", v.ID)
		line(b, "开发商名称", v.Name)
		line(b, "社会信用编码", v.CreditCode)
		for _, p := range v.Contacts {
			insured := "未承诺参保"
			if p.Insured != nil {
				insured = "已承诺参保（" + p.Insured.By + "，" + p.Insured.On + "）"
			}
			line(b, "联系人", strings.Join([]string{p.Name, p.Phone, p.PersonnelType, insured}, " "))
		}
	})
}

type vendorList struct{}

// Run lists the vendors.
func (vendorList) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		all, err := s.Vendors.List(c.ctx)
		if err != nil {
			return err
		}
		return c.out.show(all, func(b *strings.Builder) {
			for _, v := range all {
				fmt.Fprintf(b, "%s  %s  %s  联系人 %d 名\n", v.ID, v.Name, v.CreditCode, len(v.Contacts))
			}
		})
	})
}

type vendorShow struct {
	Vendor string `arg:"" name:"开发商" help:"编号、名称或信用代码"`
}

// Run prints one vendor.
func (v vendorShow) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		found, err := s.Vendors.Find(c.ctx, v.Vendor)
		if err != nil {
			return err
		}
		return c.showVendor(found)
	})
}

type vendorSet struct {
	Vendor string `arg:"" name:"开发商" help:"编号、名称或信用代码"`
	vendorFields
}

// Run changes a vendor.
func (v vendorSet) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		found, err := s.Vendors.Find(c.ctx, v.Vendor)
		if err != nil {
			return err
		}
		id := found.ID
		if err := v.into(&found); err != nil {
			return err
		}
		found.ID = id
		return c.saveVendor(s, found)
	})
}

type vendorRemove struct {
	Vendor string `arg:"" name:"开发商" help:"编号、名称或信用代码"`
}

// Run removes a vendor.
func (v vendorRemove) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		found, err := s.Vendors.Find(c.ctx, v.Vendor)
		if err != nil {
			return err
		}
		if err := s.Vendors.Remove(c.ctx, found.ID); err != nil {
			return err
		}
		return c.out.show(map[string]string{"removed": found.ID}, func(b *strings.Builder) { line(b, "已删除", found.Name) })
	})
}

type vendorAttest struct {
	Vendor  string `arg:"" name:"开发商" help:"编号、名称或信用代码"`
	Contact string `name:"contact" required:"" placeholder:"姓名" help:"联系人姓名或编号"`
	Note    string `name:"note" placeholder:"说明" help:"依据，例如参保证明的编号"`
}

// Run records the operator's word.
func (v vendorAttest) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		found, err := s.Vendors.Find(c.ctx, v.Vendor)
		if err != nil {
			return err
		}
		for _, p := range found.Contacts {
			if p.ID != v.Contact && p.Name != v.Contact {
				continue
			}
			found, err = s.Vendors.Attest(c.ctx, found.ID, p.ID, v.Note)
			if err != nil {
				return err
			}
			return c.showVendor(found)
		}
		return listing.Failf(listing.CodeNotFound, "请先用 vendor set 加上联系人", "开发商“%s”没有联系人“%s”", found.Name, v.Contact)
	})
}
