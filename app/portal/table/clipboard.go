package table

import (
	"regexp"
	"strconv"
	"strings"

	"shangjiatong/app/listing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// clipboardHead is a line of what Windows puts before HTML on the clipboard.
var clipboardHead = regexp.MustCompile(`(?m)^(Version|StartHTML|EndHTML|StartFragment|EndFragment|SourceURL):(.*?)\r?$`)

// copyHint says how to copy so that the headers come along.
const copyHint = "回到页面，从表头的第一格开始往下选，连同表头一起复制；仍然不行时，把网页另存为“单个文件（*.mhtml）”再读"

func looksClipboard(text string) bool {
	text = strings.TrimLeft(text, "\ufeff \r\n")
	return strings.HasPrefix(text, "Version:") && strings.Contains(text[:min(len(text), 400)], "StartHTML:") ||
		strings.Contains(text, "<!--StartFragment")
}

// openClipboard reads HTML from the clipboard, with or without the head that Windows puts before it. Its offsets count
// bytes and are often wrong after a program changed line ends, so the marks in the text decide.
func openClipboard(text string, l Limits) (Source, error) {
	var address string
	for _, m := range clipboardHead.FindAllStringSubmatch(text[:min(len(text), 4096)], -1) {
		if m[1] == "SourceURL" {
			address = strings.TrimSpace(m[2])
		}
		if from, err := strconv.Atoi(strings.TrimSpace(m[2])); m[1] == "StartHTML" && err == nil && from > 0 && from < len(text) {
			if at := strings.IndexByte(text[:min(len(text), from+200)], '<'); at >= 0 {
				text = text[at:]
			}
			break
		}
	}
	if from := strings.Index(text, "<!--StartFragment"); from >= 0 {
		text = text[from:]
		if to := strings.LastIndex(text, "<!--EndFragment"); to > 0 {
			text = text[:to]
		}
	}
	s, err := openHTML(text, l)
	if err != nil {
		return Source{}, err
	}
	s.Piece = true
	s.Documents[0].URL = address
	return s, nil
}

// openTabbed reads a table copied as text: a line is a row, tabs part the cells, the first line is the header.
func openTabbed(text string, l Limits) (Source, error) {
	body := element("tbody")
	width := 0
	for n, line := range strings.Split(strings.Trim(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n") {
		cells := strings.Split(line, "\t")
		if width == 0 {
			width = len(cells)
		}
		if len(cells) != width {
			return Source{}, listing.Failf(listing.CodeInvalid, copyHint, "粘贴的文字第 %d 行有 %d 格，与第一行的 %d 格不一致，分不清哪一格是哪一列", n+1, len(cells), width)
		}
		if n > l.Rows || width > l.Columns {
			return Source{}, tooLarge("粘贴的表格超过 %d 行或 %d 列", l.Rows, l.Columns)
		}
		row := element("tr")
		for _, c := range cells {
			cell := element("td")
			cell.AppendChild(&html.Node{Type: html.TextNode, Data: c})
			row.AppendChild(cell)
		}
		body.AppendChild(row)
	}
	root := element("table")
	root.AppendChild(body)
	return Source{Documents: []Document{{Root: root}}, Piece: true}, nil
}

func element(name string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
}
