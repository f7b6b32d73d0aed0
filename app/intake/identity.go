package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"shangjiatong/app/listing"
)

// register finds existing apps.
type register struct {
	byID         map[string]*listing.App
	byName       map[string]*listing.App
	byIdentifier map[string]*listing.App // folded
	taken        map[string]*listing.App // folded identifiers, those under which an app was applied for included (RULE-4)
}

func newRegister(apps []listing.App) *register {
	r := &register{byID: map[string]*listing.App{}, byName: map[string]*listing.App{}, byIdentifier: map[string]*listing.App{}, taken: map[string]*listing.App{}}
	for i := range apps {
		a := &apps[i]
		r.byID[a.ID] = a
		enter(r.byName, strings.TrimSpace(a.Name), a)
		enter(r.byIdentifier, fold(a.Identifier), a)
		enter(r.taken, fold(a.Identifier), a)
		enter(r.taken, fold(a.AppliedIdentifier), a)
	}
	return r
}

// enter puts an app into an index, unless another one stands there.
func enter(index map[string]*listing.App, key string, a *listing.App) {
	if key != "" && index[key] == nil {
		index[key] = a
	}
}

// identify finds the app a row is about and what stands against it.
func (k *checker) identify(e *entry) {
	id, name, ident := e.first(keyID), e.first(keyName), fold(e.first(keyIdent))
	named := k.known.byName[name]
	switch {
	case id != "":
		if e.app = k.known.byID[id]; e.app == nil {
			k.tell(e, keyID, k.columnOf(keyID), bad(UnknownApp, "请核对编号；新应用请把编号留空", "没有编号为“%s”的应用", short(id)))
			return
		}
	case named != nil:
		e.app = named
	case name == "" && ident != "" && !e.told[keyName]:
		e.app = k.known.byIdentifier[ident]
	}
	if holder := k.known.taken[ident]; holder != nil && (e.app == nil || holder.ID != e.app.ID) {
		k.tell(e, keyIdent, k.columnOf(keyIdent), bad(DuplicateInStore,
			fmt.Sprintf("是同一个应用的，请把名称写成“%s”；不是的，请换一个标识", holder.Name), "应用标识“%s”已属于现有应用“%s”", e.first(keyIdent), holder.Name))
	}
	if named != nil && named.ID != e.app.ID {
		k.tell(e, keyName, k.columnOf(keyName), bad(NameTaken, "请换一个名称", "已经有另一个应用叫“%s”", name))
	}
	if e.app != nil && e.app.Archived {
		k.tell(e, keyName, k.whereNamed(), bad(ArchivedApp, "请先在应用列表里恢复它，或换一个名称", "应用“%s”已归档，不能通过导入修改", e.app.Name))
	}
	if e.app == nil {
		k.needNew(e)
	}
}

// whereNamed returns the column that tells best which app a row is about.
func (k *checker) whereNamed() int {
	for _, key := range []string{keyName, keyIdent, keyID} {
		if at := k.columnOf(key); at >= 0 {
			return at
		}
	}
	return -1
}

// needNew sees to it that a new app has a name and a kind.
func (k *checker) needNew(e *entry) {
	for _, need := range []struct {
		key  string
		code ProblemCode
		fix  string
	}{
		{keyName, MissingName, "请写上应用名称；整行不要的，请删掉这一行"},
		{keyKind, MissingKind, "请从这几种里选：" + strings.Join(k.words["kinds"], "、")},
	} {
		at, mapped := k.columns[need.key]
		switch {
		case e.first(need.key) != "" || e.told[need.key] || k.covering > 0: // what is merged may hold it
		case !mapped:
			e.failed = true
			if k.lacking[need.key] == 0 {
				k.lacking[need.key] = e.row.Number
			}
		default:
			k.tell(e, need.key, at, bad(need.code, need.fix, "新应用没有填“%s”", labelOf(k.catalogue, need.key)))
		}
	}
}

// compare looks for what an earlier row of the table had already.
func (k *checker) compare(e *entry) {
	row := e.row.Number
	ident := fold(e.first(keyIdent))
	if first := before(k.identifiers, ident, row); first > 0 {
		k.tell(e, keyIdent, k.columnOf(keyIdent), bad(DuplicateInFile, "每个应用的标识各不相同，请改其中一个", "应用标识“%s”与 %s 重复", e.first(keyIdent), place(k.columnOf(keyIdent), first)))
	}
	if first := before(k.names, e.first(keyName), row); first > 0 {
		k.tell(e, keyName, k.columnOf(keyName), bad(DuplicateName, "同一个应用只写一行；不是同一个的，请改名", "应用名称“%s”与 %s 重复", short(e.first(keyName)), place(k.columnOf(keyName), first)))
	}
	if e.app == nil {
		return
	}
	if first := before(k.targets, e.app.ID, row); first > 0 && !e.told[keyName] && !e.told[keyIdent] {
		k.tell(e, keyID, k.whereNamed(), bad(SameApp, "同一个应用只写一行", "与第 %d 行是同一个现有应用“%s”", first, e.app.Name))
	}
}

// before returns the row that had a value first, or 0 when this one is the first.
func before(seen map[string]int, value string, row int) int {
	if value == "" {
		return 0
	}
	first := seen[value]
	if first == 0 {
		seen[value] = row
	}
	return first
}

// tellMissingColumns says once what every new row lacks.
func (k *checker) tellMissingColumns() {
	for _, key := range slices.Sorted(maps.Keys(k.lacking)) {
		label := labelOf(k.catalogue, key)
		k.out.Problems = append(k.out.Problems, Problem{Sheet: k.table.Sheet, Column: -1, Key: key, Label: label, Code: MissingColumn, Level: listing.LevelError,
			Message: fmt.Sprintf("没有一列对应“%s”，新应用（第 %d 行起）不能导入", label, k.lacking[key]), Fix: "请选择哪一列是“" + label + "”，或在表里加上这一列"})
	}
}

// tellFormulas says once for every column whose saved results are taken.
func (k *checker) tellFormulas() {
	byColumn := map[int][]int{}
	for _, f := range k.table.Formulas {
		if f.Saved {
			byColumn[f.Column] = append(byColumn[f.Column], f.Row)
		}
	}
	for _, key := range k.keys {
		column := k.columns[key]
		rows := byColumn[column]
		if len(rows) == 0 {
			continue
		}
		first := slices.Min(rows)
		k.out.Problems = append(k.out.Problems, Problem{Sheet: k.table.Sheet, Cell: place(column, first), Row: first, Column: column, Key: key,
			Label: labelOf(k.catalogue, key), Code: FormulaUsed, Level: listing.LevelInfo,
			Message: fmt.Sprintf("%s 列有 %d 个单元格是公式，取用文件保存时的结果", letter(column), len(rows)), Fix: "请核对结果是否为最新"})
	}
}
