//go:build browser && unix

package service_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/portaltest"
	"shangjiatong/app/service"
	"shangjiatong/store"
)

// once checks that the portal has it once, that one receipt tells of it, and that the person alone pressed final buttons.
func (o *outing) once() {
	o.t.Helper()
	if n := o.had(o.portal); n != 1 || len(o.portal.Posted()) != 1 {
		o.t.Errorf("the portal has it %d times, posted %+v", n, o.portal.Posted())
	}
	kept := slices.DeleteFunc(o.portal.Uploads(), func(u portaltest.Upload) bool { return !u.Kept })
	elsewhere := slices.Contains(o.past, blow{"away", "waiting"}) // then the file did not come from here
	if o.kind == listing.ActionUpload && len(kept) != 1 && !elsewhere {
		o.t.Errorf("uploads %+v", o.portal.Uploads())
	}
	if all, err := o.Receipts.List(o.ctx, subject); err != nil || len(all) != 1 {
		o.t.Errorf("%d receipts, %v", len(all), err)
	}
	pressed := o.portal.Pressed()
	maps.DeleteFunc(pressed, func(name string, _ int) bool { return o.portal.Finals()[name] == 0 })
	if !maps.Equal(pressed, o.portal.Finals()) {
		o.t.Errorf("final buttons %v, of the person %v", o.portal.Finals(), pressed)
	}
}

// nothingLost checks that what was typed and frozen stands as it did, that the portal got it as it was asked for, and
// that the data are sound.
func (o *outing) nothingLost(before listing.App, prepared, v service.OutboxView) {
	o.t.Helper()
	after := o.view(subject).App
	after.Portal, after.UpdatedAt = before.Portal, before.UpdatedAt
	if !reflect.DeepEqual(before, after) {
		o.t.Errorf("the app was %+v and is %+v", before, after)
	}
	if !reflect.DeepEqual(prepared.Asks, v.Asks) || !reflect.DeepEqual(prepared.Target, v.Target) || !reflect.DeepEqual(prepared.Code, v.Code) {
		o.t.Errorf("prepared %+v, now %+v", prepared.Action, v.Action)
	}
	posted := o.portal.Posted()[0].Values
	for _, a := range prepared.Asks {
		if got, there := postedAs(posted, a); !there && !a.Optional || there && got != askedAs(a) {
			o.t.Errorf("%s: asked %q, the portal got %q of %v", a.Label, askedAs(a), got, posted)
		}
	}
	o.leave()
	if rep, err := store.Verify(o.ctx, filepath.Join(o.dir, "shangjiatong.db")); err != nil || !rep.OK {
		o.t.Errorf("the data are not sound: %+v %v", rep, err)
	}
	o.come()
}

// askedAs is a value that was asked for, as a text.
func askedAs(a listing.ActionAsk) string {
	switch {
	case a.As == "secret":
		return testPassword
	case a.Rows != nil:
		return fmt.Sprint(a.Rows)
	case a.Files != nil:
		names := []string{}
		for _, f := range a.Files {
			names = append(names, filepath.Base(f.Name))
		}
		return fmt.Sprint(slices.Sorted(slices.Values(names)))
	case a.As == "check":
		return fmt.Sprint(slices.Sorted(slices.Values(a.Values)))
	}
	return strings.Join(a.Values, " ")
}

// postedAs is what a form sent for it, as the same text.
func postedAs(values map[string]any, a listing.ActionAsk) (string, bool) {
	var got any
	there := false
	for _, label := range append([]string{a.Label}, a.Also...) {
		for _, key := range []string{a.Heading + ">" + label, label} {
			if v, ok := values[key]; ok && !there {
				got, there = v, true
			}
		}
	}
	switch got := got.(type) {
	case string:
		return strings.ReplaceAll(got, "\r\n", "\n"), there
	case []any:
		raw, _ := json.Marshal(got)
		var rows []map[string]string
		if json.Unmarshal(raw, &rows) == nil && len(rows) > 0 {
			return fmt.Sprint(rows), there
		}
		var texts []string
		_ = json.Unmarshal(raw, &texts)
		if a.As == "path" {
			return strings.Join(texts, " "), there
		}
		return fmt.Sprint(slices.Sorted(slices.Values(texts))), there
	}
	return fmt.Sprint(got), there
}

// tells checks that the receipt says what happened: what was filled in, how the portal has it, and where it broke off.
func (o *outing) tells(v service.OutboxView) {
	o.t.Helper()
	r := v.Receipt
	want := map[listing.ActionKind]string{listing.ActionUpload: listing.OutcomeCompiled, listing.ActionComponent: listing.OutcomeTold}[o.kind]
	if want == "" {
		want = listing.OutcomeDone
	}
	if r.Outcome != want || len(r.Fields) == 0 || len(r.Pictures) == 0 {
		o.t.Errorf("receipt %+v", r)
	}
	for _, f := range r.Fields {
		left := f.Label == "注册方式" && f.Shown == "" && strings.Contains(f.Message, "没有这一栏") // two buttons of the list decide it
		if !f.OK || f.Asked == "" || f.Shown == "" && !left {
			o.t.Errorf("the receipt says of %s: %+v", f.Label, f)
		}
	}
	for _, a := range v.Asks {
		if !a.Optional && !slices.ContainsFunc(r.Fields, func(f listing.ReceiptField) bool { return f.Label == a.Label || f.Label == a.Heading+">"+a.Label }) {
			o.t.Errorf("the receipt does not tell of %s", a.Label)
		}
	}
	if o.kind != listing.ActionComponent && (len(r.Rows) != 1 || r.Rows[0]["治理侧名称"] != subject || r.State == "") {
		o.t.Errorf("the receipt shows of the portal %v, state %s", r.Rows, r.State)
	}
	o.noted(r.Notes)
}

// reasons are the words for the faults that always stop the work; the others may pass unnoticed.
var reasons = map[string]string{
	"browser": "浏览器意外退出", "lists": "浏览器意外退出", "window": "浏览器窗口已经关闭", "program": "程序中断", "away": "程序中断",
	"quit": "已由您停下", "stop": "已由您停下", "alone": "已由您停下", "left": "已经不在页面上",
}

// noted checks that every stop is told of, none that was not, and what nobody has seen.
func (o *outing) noted(notes []string) {
	o.t.Helper()
	stops := 0
	for _, n := range notes {
		if strings.Contains(n, "时停下：") {
			stops++
		}
	}
	for i, b := range o.past {
		if want := reasons[b.fault]; want != "" && (i >= len(o.stops) || !strings.Contains(o.stops[i], want)) {
			o.t.Errorf("%+v is told as %q", b, o.stops)
		}
	}
	for i, reason := range o.stops {
		if i >= len(notes) || !strings.Contains(notes[i], reason) {
			o.t.Errorf("stop %d was “%s”, the receipt says %q", i+1, reason, notes)
		}
	}
	if stops != len(o.stops) {
		o.t.Errorf("%d stops, %q", len(o.stops), notes)
	}
	unseen := slices.ContainsFunc(o.past, func(b blow) bool { return b.fault == "away" || b.fault == "alone" })
	told := slices.ContainsFunc(notes, func(n string) bool { return strings.Contains(n, "提交的时候程序没有看着") })
	if unseen && !told {
		o.t.Errorf("the receipt does not say that nobody saw it sent: %q", notes)
	}
	o.t.Logf("notes: %q", notes)
}
