package intake

import (
	"context"
	"slices"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// Check compares a table with the lists, with itself and with the apps there are, and says what applying it would do.
// An existing app is found by its ID, else by its name, else, where the row has no name, by its identifier; all other
// rows are new apps. Empty cells change nothing. The same input gives the same answer.
//
// Errors are *listing.Error: CodeInvalid for a mapping that cannot be, CodeCanceled. What is wrong with the cells is no
// error but a Problem.
func Check(ctx context.Context, t *Table, m Mapping, known Known) (*Preview, error) {
	c := known.Catalogue
	if c == nil {
		var err error
		if c, err = forms.Default(); err != nil {
			return nil, err
		}
	}
	columns, err := m.check(t, c)
	if err != nil {
		return nil, err
	}
	k := newChecker(t, c, columns, known)
	for i := range t.Rows {
		if err := ctx.Err(); err != nil {
			return nil, listing.Fail(listing.CodeCanceled, "已取消，什么也没有导入", "需要时请重新选择文件").Because(err)
		}
		k.row(&t.Rows[i])
	}
	k.tellFormulas()
	k.tellMissingColumns()
	k.pages()
	k.out.sum(t.Sheet)
	return k.out, nil
}

// checker goes through a table row by row and remembers what it saw.
type checker struct {
	*reader
	table     *Table
	catalogue *forms.Catalogue
	columns   map[string]int
	keys      []string // mapped fields, by column
	known     *register
	formulas  map[[2]int]Formula    // by row, column
	merged    map[int][]MergedCells // by the row that reports them
	spread    map[int]int           // by row: how many merged blocks begin there, less how many ended above
	covering  int                   // merged blocks over the row at work
	at        int                   // the last row spread was read for
	out       *Preview

	names, identifiers, targets map[string]int // the row that had it first
	lacking                     map[string]int // columns that new apps need and are not there: first row
	values                      map[string]*forms.Values
}

func newChecker(t *Table, c *forms.Catalogue, columns map[string]int, known Known) *checker {
	k := &checker{reader: newReader(c, known.Vendors), table: t, catalogue: c, columns: columns, known: newRegister(known.Existing),
		formulas: map[[2]int]Formula{}, merged: map[int][]MergedCells{}, spread: map[int]int{}, at: t.Header,
		out:   &Preview{Rows: []RowPlan{}, Problems: []Problem{}},
		names: map[string]int{}, identifiers: map[string]int{}, targets: map[string]int{}, lacking: map[string]int{}, values: map[string]*forms.Values{}}
	for key := range columns {
		k.keys = append(k.keys, key)
	}
	slices.SortFunc(k.keys, func(a, b string) int { return columns[a] - columns[b] })
	for _, f := range t.Formulas {
		k.formulas[[2]int{f.Row, f.Column}] = f
	}
	for _, m := range t.Merged {
		k.spread[m.FirstRow]++
		k.spread[m.LastRow+1]--
		from := t.rowFrom(m.FirstRow)
		k.merged[from] = append(k.merged[from], m)
	}
	return k
}

// rowFrom returns the number of the first row at or below a number that holds anything, or 0.
func (t *Table) rowFrom(number int) int {
	i, _ := slices.BinarySearchFunc(t.Rows, number, func(r Row, n int) int { return r.Number - n })
	if i < len(t.Rows) {
		return t.Rows[i].Number
	}
	return 0
}

// entry is one row at work.
type entry struct {
	row    *Row
	values map[string][]string
	told   map[string]bool // fields that have a problem already
	failed bool
	app    *listing.App // the app to update
}

func (e *entry) first(key string) string {
	if v := e.values[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func (k *checker) row(row *Row) {
	e := &entry{row: row, values: map[string][]string{}, told: map[string]bool{}}
	k.tellMerged(e)
	empty := true
	for _, key := range k.keys {
		k.cell(e, key)
		empty = empty && strings.TrimSpace(row.cell(k.columns[key])) == "" && !e.told[key]
	}
	if empty && !e.failed {
		return // nothing but columns that were left out
	}
	k.identify(e)
	k.compare(e)
	k.out.Rows = append(k.out.Rows, k.plan(e))
}

// tellMerged reports merged cells once, in the first row of theirs that holds anything; every row they touch is kept from
// being applied.
func (k *checker) tellMerged(e *entry) {
	for ; k.at < e.row.Number; k.at++ {
		k.covering += k.spread[k.at+1]
	}
	e.failed = k.covering > 0
	for _, m := range k.merged[e.row.Number] {
		k.tell(e, "", m.FirstColumn, bad(MergedData, "请取消合并，在每个单元格里都写上内容", "%s 是合并单元格，分不清内容属于哪一行、哪一列", m.Ref))
	}
}

func (k *checker) cell(e *entry, key string) {
	column := k.columns[key]
	raw := e.row.cell(column)
	f, isFormula := k.formulas[[2]int{e.row.Number, column}]
	if isFormula && !f.Saved && strings.TrimSpace(raw) == "" {
		k.tell(e, key, column, bad(FormulaUnsaved, "请用 Excel 或 WPS 打开文件并保存一次，或直接写上内容", "单元格里是公式，文件里没有保存它的结果"))
		return
	}
	var values []string
	var t *trouble
	if key == keyID {
		if id := strings.TrimSpace(raw); id != "" {
			values = []string{id}
		}
	} else {
		values, t = k.read(k.catalogue.Field(key), raw)
	}
	if t != nil {
		k.tell(e, key, column, t)
	}
	if len(values) > 0 {
		e.values[key] = values
	}
}

// tell reports a problem of a cell; an error keeps the row from being applied.
func (k *checker) tell(e *entry, key string, column int, t *trouble) {
	level := t.level
	if level == "" {
		level = listing.LevelError
		e.failed = true
	}
	e.told[key] = true
	p := Problem{Sheet: k.table.Sheet, Cell: place(column, e.row.Number), Row: e.row.Number, Column: column, Key: key,
		Value: short(e.row.cell(column)), Code: t.code, Level: level, Message: t.message, Fix: t.fix}
	if key != "" {
		p.Label = labelOf(k.catalogue, key)
	}
	k.out.Problems = append(k.out.Problems, p)
}

func (k *checker) columnOf(key string) int {
	if at, ok := k.columns[key]; ok {
		return at
	}
	return -1
}

// unchanged is why a row is skipped that says nothing new.
const unchanged = "与现有资料相同"

// plan says what is to be done with a row.
func (k *checker) plan(e *entry) RowPlan {
	p := RowPlan{Sheet: k.table.Sheet, Row: e.row.Number, Action: Add, Name: e.first(keyName), Values: []FieldChange{}}
	var before *forms.Values
	if e.app != nil {
		p.Action, p.AppID = Update, e.app.ID
		if p.Name == "" {
			p.Name = e.app.Name
		}
		before = k.valuesOf(e.app)
	}
	if e.failed {
		p.Action, p.Reason = Skip, "这一行有须改正的地方"
		return p
	}
	for _, key := range k.keys {
		if c, differs := k.change(key, e.values[key], before); differs {
			p.Values = append(p.Values, c)
		}
	}
	if p.Action == Update && len(p.Values) == 0 {
		p.Action, p.Reason = Skip, unchanged
	}
	return p
}

func (k *checker) valuesOf(a *listing.App) *forms.Values {
	if k.values[a.ID] == nil {
		k.values[a.ID] = k.catalogue.ValuesOf(forms.Dossier{App: *a})
	}
	return k.values[a.ID]
}

func (k *checker) change(key string, values []string, before *forms.Values) (FieldChange, bool) {
	if key == keyID || len(values) == 0 {
		return FieldChange{}, false
	}
	c := FieldChange{Key: key, Label: labelOf(k.catalogue, key), Values: values, Before: []string{}}
	if before != nil {
		c.Before = append(c.Before, before.Raw(key)...)
	}
	c.Shown, c.Was = k.shown(key, c.Values), k.shown(key, c.Before)
	return c, !slices.Equal(c.Values, c.Before)
}

func (k *checker) shown(key string, values []string) string {
	out := slices.Clone(values)
	for i := range out {
		if key == keyVendor {
			out[i] = k.vendorName(out[i])
		}
	}
	return strings.Join(out, "、")
}
