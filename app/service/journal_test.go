package service_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

// A line says who changed what, when, from what to what, in the portal's labels.
func TestJournalLines(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	d.set(a.ID, "identifier=old_name", "networks=政务外网")
	d.now = d.now.AddDate(0, 0, 1)
	d.set(a.ID, "identifier=new_name", "networks=政务外网|互联网")
	line := d.lines(a.ID)[0]
	want := []service.FieldChange{
		{Key: "app.identifier", Label: "应用标识", Before: "old_name", After: "new_name"},
		{Key: "app.networks", Label: "网络环境", Before: "政务外网", After: "政务外网；互联网"},
	}
	if line.What != "填写资料" || line.By != "联系人甲" || line.At != "2026-03-03T09:00:00+08:00" || line.KindWord != "应用" || line.ID != a.ID || line.SM3 == "" {
		t.Errorf("%+v", line)
	}
	if !slices.Equal(line.Changes, want) {
		t.Errorf("changes %+v", line.Changes)
	}
}

func TestJournalLabels(t *testing.T) {
	d := sampleDesk(t)
	if _, err := d.Units.Set(d.ctx, fields("unit.", "catalog_account.name=联系人壬")); err != nil {
		t.Fatal(err)
	}
	if c := d.lines("")[0].Changes; len(c) != 1 || c[0].Label != "编目账号持有人" || c[0].Before != "联系人甲" || c[0].After != "联系人壬" {
		t.Errorf("%+v", c)
	}
	catalogue, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range d.lines("") {
		for _, c := range l.Changes {
			if _, name, _ := strings.Cut(c.Key, "."); catalogue.Field(c.Key) == nil && (c.Label == "" || c.Label == name) {
				t.Errorf("%s: %s has no name a person knows", l.What, c.Key)
			}
		}
	}
}

// An act is one line that says what was done and why, not the whole history of the case again.
func TestJournalOfActs(t *testing.T) {
	d, id := readyDesk(t)
	if _, err := d.Cases.Start(d.ctx, id, ""); err != nil {
		t.Fatal(err)
	}
	d.acts(id, "STEP-2.1 submit")
	if _, err := d.act(id, "STEP-2.1", listing.ActReturn, "缺建设依据"); err != nil {
		t.Fatal(err)
	}
	want := []service.FieldChange{{Key: "case.acts", Label: "办理动作", After: "STEP-2.1 登记退回：缺建设依据"}}
	if got := d.lines(id)[0].Changes; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestJournalPages(t *testing.T) {
	d := sampleDesk(t)
	var seen []uint64
	for at := uint64(0); ; {
		page, err := d.Journal.List(d.ctx, service.JournalRequest{Before: at, Limit: 7})
		if err != nil || len(page.Lines) > 7 {
			t.Fatal(len(page.Lines), err)
		}
		for _, l := range page.Lines {
			seen = append(seen, l.Seq)
		}
		if !page.More {
			break
		}
		at = page.Next
	}
	if len(seen) < 60 || seen[len(seen)-1] != 1 || seen[0] != uint64(len(seen)) || !slices.IsSortedFunc(seen, func(a, b uint64) int { return int(b) - int(a) }) {
		t.Errorf("%d lines, from %d to %d", len(seen), seen[0], seen[len(seen)-1])
	}
	_, err := d.Journal.List(d.ctx, service.JournalRequest{AppID: "没有"})
	wants(t, err, listing.CodeNotFound)
	for _, limit := range []int{-1, 0, 100000} {
		page, err := d.Journal.List(d.ctx, service.JournalRequest{Limit: limit})
		if err != nil || len(page.Lines) > 100 {
			t.Errorf("limit %d: %d lines, %v", limit, len(page.Lines), err)
		}
	}
}

func TestJournalOfOneApp(t *testing.T) {
	d := sampleDesk(t)
	id := d.view("示例督办").App.ID
	for _, l := range d.lines("示例督办") {
		if l.Kind == "app" && l.ID != id || !slices.Contains([]string{"app", "case"}, l.Kind) {
			t.Errorf("line %d belongs to %s %s", l.Seq, l.Kind, l.ID)
		}
	}
	book, err := d.Journal.Workbook(d.ctx, "示例督办")
	if err != nil {
		t.Fatal(err)
	}
	if got, least := len(book.Sheets[0].Rows), len(d.lines("示例督办")); got < least {
		t.Errorf("the sheet has %d rows for %d lines", got, least)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil || out.Len() < 1000 {
		t.Errorf("%d bytes, %v", out.Len(), err)
	}
}
