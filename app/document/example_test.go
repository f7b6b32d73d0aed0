package document_test

import (
	"fmt"

	"shangjiatong/app/document"
)

// A template is a Doc whose texts hold placeholders; a unit may change the .docx in Word and fill that instead.
func ExampleFill() {
	form := &document.Doc{Title: "{{应用名称}}登记表", Blocks: []document.Block{
		document.Table{HeaderRows: 1, Rows: []document.Row{
			{Cells: []document.Cell{document.LabelCell("序号"), document.LabelCell("页面"), document.LabelCell("已核对")}},
			{Cells: []document.Cell{document.TextCell("{{#页面}}{{@n}}"), document.TextCell("{{名称}}"), document.TextCell("{{☐核对}}{{/页面}}")}},
		}},
		document.Para("联系人：{{联系人}}"),
	}}
	template, err := form.Bytes()
	if err != nil {
		fmt.Println(err)
		return
	}
	filled, err := document.Fill(template, document.Values{
		"应用名称": "示例应用",
		"页面":   []document.Values{{"名称": "首页", "核对": true}, {"名称": "详情", "核对": false}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(filled.Unknown)
	preview, err := document.PreviewHTML(filled.Docx)
	fmt.Println(len(preview) > 0, err)
	// Output:
	// [{联系人 {{联系人}} 正文}]
	// true <nil>
}
