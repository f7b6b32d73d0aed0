package intake

import (
	"fmt"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// Names of the sheets of the template.
const (
	appSheet  = "应用"
	noteSheet = "填写说明"
)

// Template returns the workbook to download and fill in: a sheet with one column for every field a table can bring (a star
// after the labels of fields every application needs, dropdowns for choices of one word), a sheet that explains the columns,
// and the page table, which may stay empty. There is one header row and no row of samples, so that nothing has to be
// deleted before it is read.
func Template() (*document.Workbook, error) {
	c, err := forms.Default()
	if err != nil {
		return nil, err
	}
	h, err := knownHeaders()
	if err != nil {
		return nil, err
	}
	apps := document.Sheet{Name: appSheet}
	notes := document.Sheet{Name: noteSheet, Title: "应用导入表填写说明", Filter: true, Notes: rulesOfTheTable(c),
		Columns: []document.Column{{Header: "栏目", Width: 26}, {Header: "必填", Width: 14}, {Header: "怎么填", Width: 30}, {Header: "可选的内容", Width: 44}, {Header: "说明", Width: 50}, {Header: "样例", Width: 32}}}
	for i := range c.Fields {
		f := &c.Fields[i]
		if !takes(f) {
			continue
		}
		apps.Columns = append(apps.Columns, column(c, f))
		notes.Rows = append(notes.Rows, []any{f.Label, need(c, f), manner(f), strings.Join(words(c, f), "、"), f.Help, f.Sample})
	}
	pages := document.Sheet{Name: PageSheet}
	for _, p := range h.Pages {
		pages.Columns = append(pages.Columns, document.Column{Header: star(p.Header, p.Required), Width: 30})
		notes.Rows = append(notes.Rows, []any{PageSheet + "：" + p.Header, yesNo(p.Required), "文字", "", p.Help, ""})
	}
	return &document.Workbook{Title: "应用导入表", Sheets: []document.Sheet{apps, notes, pages}}, nil
}

func rulesOfTheTable(c *forms.Catalogue) []string {
	return []string{
		fmt.Sprintf("每个应用占“%s”表的一行，最多 %d 行。表头不要合并、不要改名；列可以删减，也可以换顺序。", appSheet, document.MaxRows),
		"新应用至少要写应用名称和应用类型（" + strings.Join(c.Lists["kinds"], "、") + "），其余可以以后再补。",
		"名称与程序里已有应用相同的行，用来更新那个应用；空着的单元格不改动原有内容。要给应用改名，请加一列“应用编号”。",
		"一格里有多个内容的，用顿号、逗号或分号隔开。密码、密钥和附件不在这里填。",
		fmt.Sprintf("“%s”可以不填；填了的应用，其页面表整个换成这里的内容。", PageSheet),
	}
}

func column(c *forms.Catalogue, f *forms.Field) document.Column {
	out := document.Column{Header: star(f.Label, f.Required), Width: 18}
	switch f.Type {
	case forms.Long, forms.URL, forms.URLs:
		out.Width = 34
	case forms.One, forms.YesNo:
		if !f.Free {
			out.Options = words(c, f)
		}
	}
	return out
}

func star(label string, required bool) string {
	if required {
		return label + " *"
	}
	return label
}

func yesNo(b bool) string {
	if b {
		return listing.Yes
	}
	return listing.No
}

// need says when a field has to be filled in.
func need(c *forms.Catalogue, f *forms.Field) string {
	switch {
	case f.Key == keyName || f.Key == keyKind:
		return "导入时必填"
	case f.RequiredWhen != nil && f.RequiredWhen.Has != "":
		return fmt.Sprintf("“%s”选了“%s”时", labelOf(c, f.RequiredWhen.Field), f.RequiredWhen.Has)
	case f.RequiredWhen != nil:
		return fmt.Sprintf("填了“%s”时", labelOf(c, f.RequiredWhen.Field))
	case f.Required:
		return "办理前必填"
	}
	return "选填"
}

// manner says how a field is typed into a cell.
func manner(f *forms.Field) string {
	switch f.Type {
	case forms.One, forms.YesNo:
		if f.Options == "vendors" {
			return "已登记的开发商的名称或社会信用编码"
		}
		if f.Free {
			return "选一个，也可以另写"
		}
		return "选一个"
	case forms.Many:
		return "一个或多个，用顿号隔开"
	case forms.IPs:
		return fmt.Sprintf("IP 地址，最多 %d 个，用顿号隔开", f.Max)
	case forms.URL:
		return "一个完整地址"
	case forms.URLs:
		return "一个或多个完整地址，用顿号隔开"
	case forms.Phone:
		return "一个电话号码，单元格设为文本"
	}
	if f.Max > 0 {
		return fmt.Sprintf("文字，最多 %d 个字", f.Max)
	}
	return "文字"
}

// words returns what a field is chosen from.
func words(c *forms.Catalogue, f *forms.Field) []string {
	if f.Type == forms.YesNo {
		return c.Lists["yesno"]
	}
	return c.Lists[f.Options]
}
