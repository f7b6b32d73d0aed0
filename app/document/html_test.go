package document_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"shangjiatong/app/document"
)

func TestPage(t *testing.T) {
	page := &document.Page{
		Title: "示例<应用>材料", Subtitle: "2026年3月2日", Mark: document.DraftMark, Footer: "示例市数据中心",
		Sections: []document.Section{{
			Heading: "目录", Tone: document.ToneAmber, Paras: []string{"<script>alert(1)</script>"},
			Items: []document.Item{{Text: "登记表", Href: "01 表格/登记表.docx", Note: "12 KB"}, {Text: "坏", Href: "javascript:alert(1)"}},
			Table: &document.PageTable{Caption: "检查", Columns: []string{"项", "果"}, Rows: [][]document.Item{{{Text: "甲"}, {Text: "未核对", Tone: document.ToneAmber}}}},
		}, {}},
	}
	var b, again bytes.Buffer
	if err := page.Write(&b); err != nil {
		t.Fatal(err)
	}
	if err := page.Write(&again); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("bytes differ", err)
	}
	s := b.String()
	for _, want := range []string{
		`<html lang="zh-CN">`, `<title>【草稿】示例&lt;应用&gt;材料</title>`, `<div class="mark" aria-hidden="true"><span>草稿</span></div>`,
		`<section class="amber">`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `<small>12 KB</small>`, `<th scope="col">项</th>`, `<td class="amber">未核对</td>`, `<footer>示例市数据中心</footer>`, `@media print`,
	} {
		if !strings.Contains(s, want) {
			t.Errorf("no %s in\n%s", want, s)
		}
	}
	if strings.Contains(s, "javascript:alert") || strings.Contains(s, "<script") {
		t.Error("something active in the page")
	}
	doc, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if (a.Key == "src" || a.Key == "href") && strings.Contains(a.Val, "//") {
				t.Errorf("outside resource %s", a.Val)
			}
		}
	}
}
