// Package intake reads what was typed elsewhere: tables of apps (.xlsx) and earlier packages. It decides nothing for good
// and writes nothing; its answer is a Preview that the person confirms and the caller then stores in one transaction.
//
// The way of a table: Template gives the workbook to fill in; Read turns a person's workbook into a Table; Guess pairs
// its columns with field keys and the person corrects the Mapping; Check compares every cell with the lists, the other
// rows and the apps there are, and returns a Preview: a RowPlan for every row, a Problem for every cell that is wrong. A
// row with an error is never applied; Preview.Plan returns the rows that may be.
//
// FromManifest opens an earlier package; its Table goes the same way, so that a package is checked like a row.
//
// Files may be hostile: workbooks are opened within the limits of package document, packages within those of manifest.go.
// The headers people use besides the portals' own labels stand in data/headers.yaml.
package intake
