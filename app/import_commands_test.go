package app

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"shangjiatong/app/service"
)

// filledTable is the program's own template with 200 rows that are all right, and the column of every header.
func (c *terminal) filledTable() (*excelize.File, map[string]string) {
	c.t.Helper()
	dir := c.t.TempDir()
	plain(c.t, "import", "template", "--out", dir, "--json").wants(0)
	book, err := excelize.OpenFile(filepath.Join(dir, "应用导入表.xlsx"))
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = book.Close() })
	rows, err := book.GetRows("应用")
	if err != nil || len(rows) != 1 {
		c.t.Fatal(len(rows), err)
	}
	columns := map[string]string{}
	for i, header := range rows[0] {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			c.t.Fatal(err)
		}
		columns[strings.TrimSuffix(header, " *")] = letter
	}
	kinds := []string{"H5", "小程序", "小程序+PC", "H5改革门户"}
	for i := range 200 {
		put(c.t, book, columns["应用名称"], i+2, fmt.Sprintf("示例应用%03d", i+1))
		put(c.t, book, columns["应用类型"], i+2, kinds[i%4])
		put(c.t, book, columns["应用标识"], i+2, fmt.Sprintf("slyy_%03d", i+1))
		put(c.t, book, columns["开发商"], i+2, "示例科技有限公司")
	}
	return book, columns
}

func put(t *testing.T, book *excelize.File, column string, row int, text string) {
	t.Helper()
	if column == "" {
		t.Fatalf("no column for %s", text)
	}
	if err := book.SetCellStr("应用", fmt.Sprint(column, row), text); err != nil {
		t.Fatal(err)
	}
}

func saved(t *testing.T, book *excelize.File) string {
	t.Helper()
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "应用.xlsx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Of 200 rows with 12 mistakes exactly these 12 are told, by cell; nothing is written until they are gone or left out.
func TestImportOfTwoHundredRowsByCommand(t *testing.T) {
	c := sampleTerminal(t)
	book, columns := c.filledTable()
	mistakes := []struct {
		row          int
		header, text string
	}{
		{5, "应用名称", ""}, {17, "应用类型", "安卓"}, {33, "应用标识", "slyy_001"}, {48, "应用名称", "示例应用009"}, {61, "建设层级", "地级"},
		{77, "服务器出口IP", "8.8.8.8、内网"}, {90, "服务器出口IP", "8.8.8.8、8.8.4.4、1.1.1.1、1.0.0.1"}, {111, "开发商", "没有登记的公司"},
		{135, "是否统建应用", "也许"}, {150, "应用标识", "sldb_demo"}, {171, "应用类型", ""}, {199, "应用状态", "建设中、运行中"},
	}
	want := []string{}
	for _, m := range mistakes {
		put(t, book, columns[m.header], m.row, m.text)
		want = append(want, fmt.Sprint(columns[m.header], m.row))
	}
	file := saved(t, book)
	var out service.ImportResult
	c.run("import", "apps", file, "--json").wants(1).json(&out)
	got := []string{}
	for _, p := range out.Problems {
		if p.Level != "info" {
			got = append(got, p.Cell)
		}
	}
	if !slices.Equal(got, want) || out.Written || out.Counts.Rows != 200 {
		t.Fatalf("got  %q\nwant %q\n%+v", got, want, out.Counts)
	}
	said := c.run("import", "apps", file).wants(1, "什么也没有写入").out
	for _, cell := range want {
		if strings.Count(said, " "+cell+" ") != 1 {
			t.Errorf("%s is not told once:\n%s", cell, said)
		}
	}
	c.run("import", "apps", file, "--dry-run").wants(1, "错误 12")
	if n := c.apps(); n != 6 {
		t.Fatalf("%d apps: something was written", n)
	}
	c.ok("import", "apps", file, "--skip-errors", "--json").json(&out)
	if !out.Written || out.Added != 188 || out.Skipped != 12 || out.Snapshot == "" || c.apps() != 194 {
		t.Errorf("%+v, %d apps", out.Counts, c.apps())
	}
	c.ok("store", "verify")
}

func (c *terminal) apps() int {
	c.t.Helper()
	var rows []service.AppSummary
	c.ok("app", "list", "--json").json(&rows)
	return len(rows)
}

// Columns with headers of one's own are paired by a file.
func TestImportWithAMappingByCommand(t *testing.T) {
	c := sampleTerminal(t)
	book := excelize.NewFile()
	for cell, text := range map[string]string{"A1": "叫什么", "B1": "种类", "C1": "备注", "A2": "示例新应用", "B2": "H5", "C2": "x"} {
		if err := book.SetCellStr("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	file := saved(t, book)
	c.run("import", "apps", file).wants(2, "叫什么")
	c.ok("import", "apps", file, "--dry-run").wants(0, "--mapping")
	wrong := write(t, filepath.Join(t.TempDir(), "m.json"), `{"没有这列":"app.name"}`)
	c.run("import", "apps", file, "--mapping", wrong).wants(2, "没有这列")
	m := write(t, filepath.Join(t.TempDir(), "m.json"), `{"叫什么":"app.name","B":"app.kind"}`)
	c.ok("import", "apps", file, "--mapping", m).wants(0, "新增 1")
	c.ok("app", "show", "示例新应用")
}
