package tracking

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"shangjiatong/app/listing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// The members of a page, in the order a table without titles must have.
const (
	columnID = iota
	columnName
	columnURL
	columnCount
)

// ParsePages reads a pasted page table: cells separated by tabs (a spreadsheet), commas, or bars (Markdown), with or
// without a row of titles, which may be Chinese, in any order, among columns of no interest. Without titles there must
// be exactly three columns, the third of which looks like addresses; otherwise nothing is guessed. Text that is no
// UTF-8 is read as GB18030. A pasted file of routes is read as one, see parseRoutes. Values are kept as typed, but for spaces around them; CheckInputs judges them.
// The error is a *listing.Error for the field "pages". It goes by the facts this build carries; Facts.ParsePages goes by
// any.
func ParsePages(text string) ([]listing.Page, error) {
	f, err := embedded()
	if err != nil {
		return nil, err
	}
	return f.ParsePages(text)
}

// ParsePages is the function ParsePages by the facts f, which must come from ParseFacts.
func (f Facts) ParsePages(text string) ([]listing.Page, error) {
	if len(text) > f.Limits.PasteBytes {
		return nil, pasteError(listing.CodeTooLarge, "粘贴的内容太大，最多 %d 字节", "分几次粘贴", f.Limits.PasteBytes)
	}
	text = decodeText(text)
	if routePath.MatchString(text) {
		return parseRoutes(text, f.Limits.Pages)
	}
	rows, err := readCells(text)
	if err != nil {
		return nil, pasteError(listing.CodeInvalid, "表格读不出来：引号没有成对", "检查引号，或从电子表格里重新复制").Because(err)
	}
	if len(rows) == 0 {
		return nil, pasteError(listing.CodeInvalid, "粘贴的内容里没有表格", "复制 page_id、page_name、page_url 三列后再粘贴")
	}
	columns, titled, err := findColumns(rows, f.Columns)
	if err != nil {
		return nil, err
	}
	if titled {
		rows = rows[1:]
	}
	return takePages(rows, columns, f.Limits.Pages)
}

func pasteError(code listing.Code, format, hint string, args ...any) *listing.Error {
	e := listing.Failf(code, hint, format, args...)
	e.Field = "pages"
	return e
}

func decodeText(text string) string {
	if !utf8.ValidString(text) {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().String(text); err == nil {
			text = decoded
		}
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// readCells splits text into rows of trimmed cells and drops rows without any text.
func readCells(text string) ([][]string, error) {
	text = strings.Trim(text, "\n")
	first, _, _ := strings.Cut(text, "\n")
	var rows [][]string
	var err error
	switch {
	case strings.Contains(first, "\t"):
		rows, err = readDelimited(text, '\t')
	case strings.HasPrefix(strings.TrimSpace(first), "|"):
		rows = readBars(text)
	case !strings.Contains(first, ",") && strings.Contains(first, "，"):
		rows, err = readDelimited(text, '，')
	default:
		rows, err = readDelimited(text, ',')
	}
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
	}
	return slices.DeleteFunc(rows, func(row []string) bool { return strings.Join(row, "") == "" }), nil
}

func readDelimited(text string, comma rune) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	var rows [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("page table: %w", err)
		}
		rows = append(rows, row)
	}
}

// readBars reads a Markdown table; the line of dashes under the titles is left out.
func readBars(text string) [][]string {
	var rows [][]string
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.Trim(line, "|:- ") == "" {
			continue
		}
		rows = append(rows, strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|"), "|"))
	}
	return rows
}

// findColumns says which column holds what, and whether the first row holds titles.
func findColumns(rows [][]string, titles Columns) (columns [columnCount]int, titled bool, err error) {
	columns = [columnCount]int{-1, -1, -1}
	known := [columnCount][]string{columnID: titles.PageID, columnName: titles.PageName, columnURL: titles.PageURL}
	for i, cell := range rows[0] {
		for column, words := range known {
			if !slices.Contains(words, titleKey(cell)) {
				continue
			}
			if columns[column] >= 0 {
				return columns, false, pasteError(listing.CodeInvalid, "表头“%s”出现了两次", "只保留一列", cell)
			}
			columns[column], titled = i, true
		}
	}
	if !titled {
		return untitled(rows)
	}
	for column, name := range []string{"page_id（页面编号）", "page_name（页面名称）", "page_url（页面地址）"} {
		if columns[column] < 0 {
			return columns, true, pasteError(listing.CodeInvalid, "表头里没有 %s", "补上这一列，或改用认得的列名", name)
		}
	}
	return columns, true, nil
}

func untitled(rows [][]string) ([columnCount]int, bool, error) {
	order := [columnCount]int{0, 1, 2}
	for i, row := range rows {
		if len(row) != columnCount || !strings.ContainsAny(row[columnURL], "/.#") {
			return order, false, pasteError(listing.CodeInvalid, "没有表头，第 %d 行也不像 page_id、page_name、page_url 三列",
				"在第一行加上列名 page_id、page_name、page_url", i+1)
		}
	}
	return order, false, nil
}

// titleKey makes a column title comparable: no spaces, underscores, stars and colons, lower case, plain width.
func titleKey(s string) string {
	return strings.NewReplacer(" ", "", "\u3000", "", "_", "", "-", "", "*", "", ":", "").Replace(strings.ToLower(narrow(s)))
}

func takePages(rows [][]string, columns [columnCount]int, most int) ([]listing.Page, error) {
	if len(rows) > most {
		return nil, pasteError(listing.CodeTooLarge, "表格有 %d 行，最多 %d 行", "带参数的详情页只需登记一行", len(rows), most)
	}
	pages := make([]listing.Page, 0, len(rows))
	for _, row := range rows {
		cell := func(column int) string {
			if i := columns[column]; i < len(row) {
				return strings.ToValidUTF8(row[i], "\uFFFD")
			}
			return ""
		}
		page := listing.Page{PageID: cell(columnID), PageName: cell(columnName), PageURL: cell(columnURL)}
		if page != (listing.Page{}) {
			pages = append(pages, page)
		}
	}
	if len(pages) == 0 {
		return nil, pasteError(listing.CodeInvalid, "表格里只有表头", "在表头下面逐行填写页面")
	}
	return pages, nil
}
