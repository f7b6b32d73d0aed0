package document

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// sheetWriter writes one sheet from the top down.
type sheetWriter struct {
	*xlsxWriter
	sheet  *Sheet
	name   string
	row    int // last row written
	header int // the header row
}

func (s *sheetWriter) write() error {
	for _, step := range []func() error{s.top, s.columns, s.rows, s.dropdowns, s.colours, s.print} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (s *sheetWriter) width() int { return max(len(s.sheet.Columns), 1) }

// top writes the mark, the title and the notes, each over the whole width.
func (s *sheetWriter) top() error {
	if s.mark != "" {
		if err := s.wide("【"+s.mark+"】", "mark", &excelize.Style{Font: &excelize.Font{Bold: true, Size: 14, Color: "C00000", Family: fontSong}, Alignment: &excelize.Alignment{Vertical: "center"}}, 22); err != nil {
			return err
		}
	}
	if s.sheet.Title != "" {
		if err := s.wide(s.sheet.Title, "title", &excelize.Style{Font: &excelize.Font{Bold: true, Size: 16, Family: fontSong}, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}, 30); err != nil {
			return err
		}
	}
	for _, note := range s.sheet.Notes {
		st := &excelize.Style{Font: &excelize.Font{Size: 10, Family: fontSong, Color: "595959"}, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}
		if err := s.wide(note, "note", st, s.noteHeight(note)); err != nil {
			return err
		}
	}
	return nil
}

// noteHeight estimates the height of wrapped text, since merged cells do not grow by themselves.
func (s *sheetWriter) noteHeight(note string) float64 {
	room := 0.0
	for _, c := range s.sheet.Columns {
		room += columnWidth(c)
	}
	return min(float64(wrapped(note, max(room, defaultWidth)))*15+3, 400)
}

// wrapped estimates the lines a text takes in a width given in Latin characters; others are twice as wide.
func wrapped(text string, width float64) int {
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		wide := 0.0
		for _, r := range line {
			if wide++; r > 0x2e7f {
				wide++
			}
		}
		lines += max(int(math.Ceil(wide/max(width-1, 1))), 1)
	}
	return lines
}

func (s *sheetWriter) wide(text, key string, st *excelize.Style, height float64) error {
	s.row++
	id, err := s.style(key, st)
	if err != nil {
		return err
	}
	first, last := s.at(1, s.row), s.at(s.width(), s.row)
	if s.width() > 1 {
		if err := s.file.MergeCell(s.name, first, last); err != nil {
			return fmt.Errorf("merge: %w", err)
		}
	}
	if err := s.file.SetCellStyle(s.name, first, last, id); err != nil {
		return fmt.Errorf("style: %w", err)
	}
	if err := s.file.SetRowHeight(s.name, s.row, height); err != nil {
		return fmt.Errorf("height: %w", err)
	}
	return s.text(1, text)
}

func (s *sheetWriter) text(col int, text string) error {
	if err := s.file.SetCellStr(s.name, s.at(col, s.row), cleanCell(text)); err != nil {
		return fmt.Errorf("cell: %w", err)
	}
	return nil
}

// at returns a cell's reference; the columns of a sheet are far fewer than Excel allows.
func (s *sheetWriter) at(col, row int) string {
	ref, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return "A1"
	}
	return ref
}

func columnWidth(c Column) float64 {
	if c.Width <= 0 {
		return defaultWidth
	}
	return min(c.Width, 120)
}

func borders() []excelize.Border {
	out := make([]excelize.Border, 0, 4)
	for _, side := range []string{"left", "top", "right", "bottom"} {
		out = append(out, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	return out
}

// columns writes the header row and the widths.
func (s *sheetWriter) columns() error {
	if len(s.sheet.Columns) == 0 {
		return nil
	}
	s.row++
	s.header = s.row
	id, err := s.style("header", &excelize.Style{
		Font: &excelize.Font{Bold: true, Size: 11, Family: fontSong}, Border: borders(),
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	})
	if err != nil {
		return err
	}
	for i, c := range s.sheet.Columns {
		if err := s.text(i+1, c.Header); err != nil {
			return err
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return fmt.Errorf("column: %w", err)
		}
		if err := s.file.SetColWidth(s.name, name, name, columnWidth(c)); err != nil {
			return fmt.Errorf("width: %w", err)
		}
	}
	if err := s.file.SetCellStyle(s.name, s.at(1, s.row), s.at(s.width(), s.row), id); err != nil {
		return fmt.Errorf("style: %w", err)
	}
	return nil
}

func (s *sheetWriter) rows() error {
	first := s.row + 1
	for _, row := range s.sheet.Rows {
		s.row++
		lines := 1
		for i, v := range row {
			if err := s.value(i+1, v); err != nil {
				return err
			}
			if text, ok := v.(string); ok && i < len(s.sheet.Columns) && !s.sheet.Columns[i].NoWrap {
				lines = max(lines, wrapped(text, columnWidth(s.sheet.Columns[i])))
			}
		}
		if err := s.file.SetRowHeight(s.name, s.row, min(float64(lines)*15+3, 400)); err != nil {
			return fmt.Errorf("height: %w", err)
		}
	}
	if s.row < first {
		return nil
	}
	for i, c := range s.sheet.Columns {
		id, err := s.style(fmt.Sprintf("cell %s %v", c.Align, c.NoWrap), &excelize.Style{
			Font: &excelize.Font{Size: 11, Family: fontSong}, Border: borders(),
			Alignment: &excelize.Alignment{Horizontal: string(c.Align), Vertical: "center", WrapText: !c.NoWrap},
		})
		if err != nil {
			return err
		}
		if err := s.file.SetCellStyle(s.name, s.at(i+1, first), s.at(i+1, s.row), id); err != nil {
			return fmt.Errorf("style: %w", err)
		}
	}
	return nil
}

func (s *sheetWriter) value(col int, v any) error {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return s.text(col, v)
	case bool:
		if v {
			return s.text(col, "是")
		}
		return s.text(col, "否")
	case int, int64, float64:
		if err := s.file.SetCellValue(s.name, s.at(col, s.row), v); err != nil {
			return fmt.Errorf("cell: %w", err)
		}
		return nil
	}
	return fmt.Errorf("cell %s of type %T", s.at(col, s.row), v)
}

// below returns the reference of a column's cells under the header, with some to spare.
func (s *sheetWriter) below(first, last int) string {
	return s.at(first, s.header+1) + ":" + s.at(last, s.row+spareRows)
}

func (s *sheetWriter) dropdowns() error {
	for i, c := range s.sheet.Columns {
		if len(c.Options) == 0 {
			continue
		}
		dv := excelize.NewDataValidation(true)
		dv.Sqref = s.below(i+1, i+1)
		dv.SetError(excelize.DataValidationErrorStyleStop, "不是可选的值", "请从下拉列表中选择")
		if err := s.options(dv, c.Options); err != nil {
			return err
		}
		if err := s.file.AddDataValidation(s.name, dv); err != nil {
			return fmt.Errorf("dropdown: %w", err)
		}
	}
	return nil
}

// options puts a list into the validation itself, or on a hidden sheet when it is long or has commas.
func (s *sheetWriter) options(dv *excelize.DataValidation, options []string) error {
	joined := strings.Join(options, ",")
	if utf8.RuneCountInString(joined) <= listLimit && strings.Count(joined, ",") == len(options)-1 && !strings.Contains(joined, `"`) {
		if err := dv.SetDropList(options); err != nil {
			return fmt.Errorf("dropdown: %w", err)
		}
		return nil
	}
	ref, err := s.hiddenList(options)
	if err != nil {
		return err
	}
	dv.SetSqrefDropList(ref)
	return nil
}

func (x *xlsxWriter) hiddenList(options []string) (string, error) {
	if x.lists == 0 {
		if _, err := x.file.NewSheet(optionsSheet); err != nil {
			return "", fmt.Errorf("options sheet: %w", err)
		}
		if err := x.file.SetSheetVisible(optionsSheet, false); err != nil {
			return "", fmt.Errorf("options sheet: %w", err)
		}
	}
	x.lists++
	col, err := excelize.ColumnNumberToName(x.lists)
	if err != nil {
		return "", fmt.Errorf("options sheet: %w", err)
	}
	for i, o := range options {
		if err := x.file.SetCellStr(optionsSheet, fmt.Sprintf("%s%d", col, i+1), cleanCell(o)); err != nil {
			return "", fmt.Errorf("options sheet: %w", err)
		}
	}
	return fmt.Sprintf("'%s'!$%s$1:$%s$%d", optionsSheet, col, col, len(options)), nil
}

// toneColours returns background and text colour.
func toneColours(t Tone) (string, string) {
	switch t {
	case ToneGreen:
		return "E2F0D9", "275317"
	case ToneAmber:
		return "FFF2CC", "7F6000"
	case ToneRed:
		return "F8CBAD", "9C0006"
	case ToneBlue:
		return "DDEBF7", "1F4E79"
	case ToneGrey:
		return "EDEDED", "595959"
	}
	return "FFFFFF", "000000"
}

func (s *sheetWriter) colours() error {
	for _, rule := range s.sheet.Colours {
		first, last := rule.Column+1, rule.Column+1
		if rule.Column < 0 {
			first, last = 1, s.width()
		}
		fill, font := toneColours(rule.Tone)
		id, err := s.file.NewConditionalStyle(&excelize.Style{
			Font: &excelize.Font{Color: font}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}},
		})
		if err != nil {
			return fmt.Errorf("colour: %w", err)
		}
		err = s.file.SetConditionalFormat(s.name, s.below(first, last), []excelize.ConditionalFormatOptions{{
			Type: "cell", Criteria: "==", Format: &id, Value: `"` + strings.ReplaceAll(cleanCell(rule.Text), `"`, `""`) + `"`,
		}})
		if err != nil {
			return fmt.Errorf("colour: %w", err)
		}
	}
	return nil
}

// print freezes the header and sets the page up.
func (s *sheetWriter) print() error {
	if s.header > 0 {
		if err := s.freeze(); err != nil {
			return err
		}
	}
	paper, wide, high, fit, turn := 9, 1, 0, true, "landscape"
	if s.sheet.Portrait {
		turn = "portrait"
	}
	if err := s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	if err := s.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &turn, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	if err := s.file.SetSheetDimension(s.name, "A1:"+s.at(s.width(), max(s.row, 1))); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	head := &excelize.HeaderFooterOptions{OddFooter: "&C— &P —"}
	if s.mark != "" {
		head.OddHeader = `&C&"` + fontHei + `,Bold"&24&KC00000` + cutUTF16(strings.ReplaceAll(cleanCell(s.mark), "&", "&&"), 60)
	}
	if err := s.file.SetHeaderFooter(s.name, head); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return nil
}

func (s *sheetWriter) freeze() error {
	err := s.file.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: s.header, TopLeftCell: s.at(1, s.header+1), ActivePane: "bottomLeft"})
	if err != nil {
		return fmt.Errorf("freeze: %w", err)
	}
	quoted := "'" + strings.ReplaceAll(s.name, "'", "''") + "'"
	err = s.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted, s.header, s.header)})
	if err != nil {
		return fmt.Errorf("print titles: %w", err)
	}
	if !s.sheet.Filter {
		return nil
	}
	if err := s.file.AutoFilter(s.name, s.at(1, s.header)+":"+s.at(s.width(), max(s.row, s.header+1)), nil); err != nil {
		return fmt.Errorf("filter: %w", err)
	}
	return nil
}
