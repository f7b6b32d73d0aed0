package journal

import (
	"errors"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
)

func testEntry(what string) listing.JournalEntry {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("CST", 8*60*60))
	return Entry(listing.Change{By: "联系人甲", What: what, AppID: "a"}, at, listing.KindApp, "a", nil, []byte(`{"id":"a","name":"<示例>"}`))
}

// TestForm pins an entry down byte by byte: journals in the field are written like this.
func TestForm(t *testing.T) {
	const want = `{"seq":1,"at":"2026-03-02T09:00:00+08:00","by":"联系人甲","what":"新建","app_id":"a","kind":"app","id":"a",` +
		`"after":{"id":"a","name":"<示例>"},"prev":"","sm3":"SM3"}`
	e, raw, head, err := Seal(Head{}, testEntry("新建"))
	if err != nil || head != (Head{Seq: 1, SM3: e.SM3}) {
		t.Fatalf("%+v, %v", head, err)
	}
	if got := strings.Replace(string(raw), e.SM3, "SM3", 1); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if e.SM3 != "e9b5c8ef5d6d5481e5bc2ca12742b2d8679f98aef68aa313be0180c07be1ad9a" { // as openssl dgst -sm3 says
		t.Errorf("SM3 %s", e.SM3)
	}
}

func TestChain(t *testing.T) {
	var raws [][]byte
	head := Head{}
	for _, what := range []string{"一", "二", "三\xff"} {
		_, raw, next, err := Seal(head, testEntry(what))
		if err != nil {
			t.Fatal(err)
		}
		raws, head = append(raws, raw), next
	}
	follow := Head{}
	for _, raw := range raws {
		e, err := Open(raw)
		if err != nil {
			t.Fatal(err)
		}
		if follow, err = Follow(follow, e); err != nil {
			t.Fatal(err)
		}
	}
	if follow != head {
		t.Errorf("followed to %+v, want %+v", follow, head)
	}
	third, err := Open(raws[2])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Follow(Head{Seq: 1, SM3: third.Prev}, third); !errors.Is(err, ErrBroken) {
		t.Errorf("a dropped entry goes unnoticed: %v", err)
	}
	if _, err := Follow(Head{Seq: 2}, third); !errors.Is(err, ErrBroken) {
		t.Errorf("a changed entry before goes unnoticed: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	_, raw, _, err := Seal(Head{}, testEntry("新建"))
	if err != nil {
		t.Fatal(err)
	}
	good := string(raw)
	for name, bad := range map[string]string{
		"nothing":        "",
		"another person": strings.Replace(good, "联系人甲", "联系人乙", 1),
		"another number": strings.Replace(good, `"seq":1`, `"seq":2`, 1),
		"more members":   strings.Replace(good, `{"seq"`, `{"new":1,"seq"`, 1),
		"other spacing":  strings.Replace(good, `{"seq"`, `{ "seq"`, 1),
		"other order":    strings.Replace(good, `"seq":1,`, "", 1),
		"no SM3":         good[:strings.Index(good, `,"sm3"`)] + "}",
	} {
		if _, err := Open([]byte(bad)); !errors.Is(err, ErrEntry) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	_, raw, _, err := Seal(Head{}, testEntry("新建"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte(`{"seq":1}`))
	f.Add([]byte(`{"seq":18446744073709551615,"before":null,"after":[],"sm3":""}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, err := Open(raw)
		if err != nil {
			return
		}
		sealed, again, _, err := Seal(Head{Seq: e.Seq - 1, SM3: e.Prev}, e)
		if err != nil || sealed.SM3 != e.SM3 || string(again) != string(raw) {
			t.Errorf("accepted %s, would write %s, %v", raw, again, err)
		}
	})
}
