package snapshot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shangjiatong/store/disk"
	"shangjiatong/store/disk/disktest"
)

// fake is a Source whose database is a text.
type fake struct {
	text string
	bad  error
}

func (f fake) WriteTo(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, f.text)
	return err
}

func (f fake) Check(context.Context, string) (Summary, error) {
	return Summary{Schema: 1, Records: 2, Journal: 3}, f.bad
}

func noon(day int) time.Time {
	return time.Date(2026, 3, day, 12, 0, 0, 0, time.FixedZone("CST", 8*60*60))
}

func testRing(t *testing.T, now *time.Time) Ring {
	t.Helper()
	return Ring{Dir: filepath.Join(t.TempDir(), "snapshots"), FS: disk.OS(), Clock: func() time.Time { return *now }}
}

func take(t *testing.T, r Ring, why Reason) Info {
	t.Helper()
	info, err := r.Take(t.Context(), fake{text: "data"}, why, "")
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func list(t *testing.T, r Ring) []Info {
	t.Helper()
	all, err := r.List()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTake(t *testing.T) {
	now := noon(2)
	r := testRing(t, &now)
	if got := list(t, r); len(got) != 0 {
		t.Errorf("a new ring has %v", got)
	}
	got, err := r.Take(t.Context(), fake{text: "abc"}, Manual, "导入前的样子")
	want := Info{
		ID: "20260302-120000-manual", At: "2026-03-02T12:00:00+08:00", Reason: Manual, Note: "导入前的样子", Size: 3,
		SHA256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		SM3:    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
		Schema: 1, Records: 2, Journal: 3,
	}
	if err != nil || got != want {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
	second := take(t, r, Manual)
	if all := list(t, r); len(all) != 2 || all[1] != want || second.ID != want.ID+"-2" {
		t.Errorf("listed %+v", all)
	}
}

func TestRingMakesRoom(t *testing.T) {
	now := noon(1)
	r := testRing(t, &now)
	for day := range 20 {
		now = noon(1 + day)
		take(t, r, Daily)
		take(t, r, Manual)
		take(t, r, Migrate)
		take(t, r, Bulk)
	}
	left := map[Reason]int{}
	for _, info := range list(t, r) {
		left[info.Reason]++
	}
	if want := (map[Reason]int{Daily: 14, Bulk: 10, Manual: 20, Migrate: 20}); fmt.Sprint(left) != fmt.Sprint(want) {
		t.Errorf("left %v, want %v", left, want)
	}
	if files, err := os.ReadDir(r.Dir); err != nil || len(files) != 2*(14+10+20+20) {
		t.Errorf("%d files, %v", len(files), err)
	}
	if _, err := r.Get("20260301-120000-daily"); !errors.Is(err, ErrNone) {
		t.Errorf("the oldest daily one: %v", err)
	}
}

func TestDailyDue(t *testing.T) {
	now := noon(2)
	r := testRing(t, &now)
	due := func(at time.Time) bool {
		t.Helper()
		d, err := r.DailyDue(at)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	take(t, r, Manual)
	if !due(now) {
		t.Error("a manual one is no daily one")
	}
	info := take(t, r, Daily)
	if due(now.Add(11*time.Hour)) || !due(now.Add(12*time.Hour)) || due(now.UTC()) {
		t.Error("due by the date of the given clock")
	}
	if err := os.Truncate(r.Path(info.ID), 1); err != nil {
		t.Fatal(err)
	}
	if !due(now) {
		t.Error("a damaged daily one does not count")
	}
}

func TestListSaysWhatIsWrong(t *testing.T) {
	now := noon(2)
	r := testRing(t, &now)
	for name, c := range map[string]struct {
		spoil   func(id string) error
		problem string
		there   bool
	}{
		"shorter":          {func(id string) error { return os.Truncate(r.Path(id), 1) }, "大小", true},
		"copy gone":        {func(id string) error { return os.Remove(r.Path(id)) }, "不见了", false},
		"manifest gone":    {func(id string) error { return os.Remove(r.manifest(id)) }, "缺少清单", true},
		"manifest damaged": {func(id string) error { return os.WriteFile(r.manifest(id), []byte("{"), 0o600) }, "清单文件已损坏", true},
		"another's manifest": {func(id string) error {
			return os.WriteFile(r.manifest(id), []byte(`{"id":"x","at":"2026-03-02T12:00:00+08:00"}`), 0o600)
		}, "清单文件已损坏", true},
	} {
		t.Run(name, func(t *testing.T) {
			now = now.Add(time.Minute)
			id := take(t, r, Manual).ID
			if err := c.spoil(id); err != nil {
				t.Fatal(err)
			}
			all := list(t, r)
			if all[0].ID != id || !strings.Contains(all[0].Problem, c.problem) {
				t.Errorf("listed %+v", all[0])
			}
			if _, err := r.Get(id); (err == nil) != c.there {
				t.Errorf("Get: %v", err)
			}
		})
	}
}

func TestTakeFailsWholeAtEveryStep(t *testing.T) {
	now := noon(2)
	for step := 1; ; step++ {
		r := testRing(t, &now)
		for range Bulk.Keep() {
			take(t, r, Bulk)
		}
		before := list(t, r)
		now = now.Add(time.Minute)
		faulty := &disktest.Faulty{FS: disk.OS(), FailAt: step}
		r.FS = faulty
		info, err := r.Take(t.Context(), fake{text: "new"}, Bulk, "")
		after := list(t, r)
		if faulty.Failed() == "" {
			if err != nil || step < 10 || after[0] != info || len(after) != len(before) {
				t.Errorf("after %d steps: %+v, %v", step, info, err)
			}
			return
		}
		if !disk.Full(err) {
			t.Errorf("%s: error %v", faulty.Failed(), err)
		}
		if faulty.FailedRemove() {
			continue // making room failed: the new one is there, see Take
		}
		if len(after) != len(before) || after[0] != before[0] {
			t.Errorf("%s: left %d snapshots, newest %+v", faulty.Failed(), len(after), after[0])
		}
		if err := disk.Sweep(disk.OS(), r.Dir); err != nil {
			t.Error(err)
		}
	}
}

func TestTakeKeepsNothingThatFailsTheCheck(t *testing.T) {
	now := noon(2)
	r := testRing(t, &now)
	bad := errors.New("bad")
	if _, err := r.Take(t.Context(), fake{text: "data", bad: bad}, Manual, ""); !errors.Is(err, bad) {
		t.Errorf("error %v", err)
	}
	if files, err := os.ReadDir(r.Dir); err != nil || len(files) != 0 {
		t.Errorf("left %v, %v", files, err)
	}
}

func FuzzParseInfo(f *testing.F) {
	f.Add([]byte(`{"id":"20260302-120000-manual","at":"2026-03-02T12:00:00+08:00","reason":"manual","size":3,"schema":1}`))
	f.Add([]byte(`{"id":"x","at":"yesterday"}`))
	f.Add([]byte(`{"id":"x","at":"2026-03-02T12:00:00Z","size":-1}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		info, err := ParseInfo(raw)
		if err == nil && (info.ID == "" || info.Size < 0 || info.Problem != "") {
			t.Errorf("accepted %+v", info)
		}
	})
}
