package table

import (
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

// FuzzOpen feeds anything to the reader: it answers with a result whose rows are whole, or with an error for people.
func FuzzOpen(f *testing.F) {
	for _, seed := range []string{
		small, saved("quoted-printable", `<iframe src="cid:frame-2@mhtml.blink">`, small), saved("base64", small, ""),
		"Version:0.9\r\nStartHTML:00000020\r\n<html><!--StartFragment-->" + small + "<!--EndFragment-->", "名称\t状态\t地址\n甲\t已发布\tx",
		`<table><tr><th rowspan=3>名称<th colspan=2>g<tr><th>状态<th>地址<tr><td rowspan=9>甲<td colspan=2>x`,
		`<div role=grid><div role=row><i role=columnheader aria-colindex=2>名称</i></div><div role=row aria-rowindex=1><i role=cell aria-colindex=-1>x</i></div></div>`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := Open(raw)
		if err == nil {
			var res Result
			res, err = Read(s, "irs", people())
			if len(res.Drift) > 0 && len(res.Rows) > 0 || len(res.Rows) != len(res.Links) {
				t.Errorf("rows beside a drift, or without links: %+v", res)
			}
			for _, r := range res.Rows {
				for _, name := range []string{"名称", "状态", "地址"} {
					if text, there := r[name]; !there || strings.ContainsAny(text, "\u202e\x00\n") {
						t.Errorf("%s of %q", name, r)
					}
				}
			}
		}
		if err != nil && (listing.CodeOf(err) == listing.CodeInternal || listing.AsError(err).Hint == "") {
			t.Errorf("not an error for people: %v", err)
		}
	})
}
