package material

import (
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/procedure"
)

// vendorParty is the party of package procedure whose tasks the sheet lists.
const vendorParty = "vendor"

// vendorTemplate is the sheet for the vendor: what it has to do, with what, and where.
func vendorTemplate(s spec) *document.Doc {
	label := document.LabelCell
	value := func(key string) document.Cell { return document.TextCell("{{" + key + "}}" + orBlank(key, blank)) }
	task := func(title, key string, before ...document.Cell) document.Row {
		return document.Row{Cells: append(before, label(title), document.TextCell("{{"+key+"}}"))}
	}
	head := document.LabelCell("{{id}}\n{{title}}\n（{{status}}）").Tall(5)
	return &document.Doc{Title: s.Heading, Blocks: []document.Block{
		document.Table{Widths: []float64{20, 30, 20, 30}, Rows: []document.Row{
			formRow(label("应用名称"), value("app.name"), label("应用标识"), value("app.identifier")),
			formRow(label("应用类型"), value("app.kind"), label("应用单位"), value("unit.name")),
			formRow(label("应用负责人"), value("app.responsible_name"), label("联系电话"), value("app.responsible_phone")),
			formRow(label("开发商"), value("vendor.name"), label("开发商联系人"), value("vendor.people")),
		}},
		document.Heading{Level: 1, Text: "一、要办的事项"},
		document.Table{Size: 10.5, Widths: []float64{20, 14, 66}, Rows: []document.Row{
			{Cells: []document.Cell{document.TextCell("{{#tasks}}").Wide(3)}},
			task("在哪里办", "where", head), task("要准备", "prepare"), task("怎么做", "steps"), task("注意", "cautions"), task("要留证明", "proof"),
			{Cells: []document.Cell{document.TextCell("{{/tasks}}").Wide(3)}},
			{Cells: []document.Cell{document.TextCell("{{^tasks}}"), document.TextCell("办件还没有开始，事项从“办理”页开始后列出{{/tasks}}").Wide(2)}},
		}},
		document.Heading{Level: 1, Text: "二、已下发的参数"},
		document.Table{Size: 10.5, Widths: []float64{30, 70}, Rows: []document.Row{
			{Cells: []document.Cell{label("App Key"), value("app.app_key")}}, {Cells: []document.Cell{label("生产环境域名"), value("app.production_domain")}},
			{Cells: []document.Cell{label("浙政钉租户 ID"), value("unit.tenant_id")}}, {Cells: []document.Cell{label("bid"), value("app.bid")}},
			{Cells: []document.Cell{label("signkey"), value("app.signkey")}}, {Cells: []document.Cell{label("sapp_id"), value("app.sapp_id")}},
			{Cells: []document.Cell{label("sapp_name"), value("app.sapp_name")}},
		}},
		document.Table{Size: 10.5, Borderless: true, Rows: []document.Row{{Cells: []document.Cell{document.TextCell(
			"注：参数照抄，不要自编，也不要借用别的应用的。App Secret 和测试密码不写在本单上，由应用单位另行交付，只保存在后端。")}}}},
		document.Heading{Level: 1, Text: "三、页面清单"},
		document.Table{Size: 10.5, HeaderRows: 1, Widths: []float64{10, 22, 24, 44}, Rows: []document.Row{
			{Cells: []document.Cell{label("序号"), label("页面编号"), label("页面名称"), label("页面地址")}},
			{Cells: []document.Cell{aligned(document.TextCell("{{#pages}}{{@n}}"), document.AlignCenter), document.TextCell("{{page_id}}"), document.TextCell("{{page_name}}"), document.TextCell("{{page_url}}{{/pages}}")}},
			{Cells: []document.Cell{document.TextCell("{{^pages}}"), document.TextCell("（页面清单还没有填写，请开发商提供）{{/pages}}").Wide(3)}},
		}},
	}}
}

// vendorValues lists the tasks of the vendor.
func (w *workshop) vendorValues() document.Values {
	rows := []document.Values{}
	if w.in.Case == nil {
		return document.Values{"tasks": rows}
	}
	for i := range w.in.Case.Tasks {
		if t := &w.in.Case.Tasks[i]; t.Party == vendorParty {
			rows = append(rows, taskRow(t, w.where(t)))
		}
	}
	return document.Values{"tasks": rows}
}

func taskRow(t *procedure.TaskView, where string) document.Values {
	var cautions []string
	for _, c := range t.Cautions {
		cautions = append(cautions, c.Text)
	}
	return document.Values{"id": t.ID, "title": t.Title, "status": t.StatusWord, "where": where, "prepare": strings.Join(t.Prepare, "；"),
		"steps": numbered(t.Steps), "cautions": numbered(cautions), "proof": t.ProofWhat}
}

func numbered(lines []string) string {
	if len(lines) == 1 {
		return lines[0]
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = itoa(i+1) + ". " + l
	}
	return strings.Join(out, "\n")
}

// where names the network, the places with their addresses, and the way from there.
func (w *workshop) where(t *procedure.TaskView) string {
	lines := []string{}
	if t.NetworkName != "" {
		lines = append(lines, "网络："+t.NetworkName)
	}
	for _, p := range t.Places {
		key := p.Address
		if p.PerRegion {
			key += "." + w.in.Dossier.App.ProcessRegion
		}
		line := p.Path
		if a := w.in.Forms.Address(key, w.in.Settings.Addresses); a != nil {
			line = strings.TrimSuffix(a.Title+"："+a.URL, "：") + "\n　" + p.Path
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
