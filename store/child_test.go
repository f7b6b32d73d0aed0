package store

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
)

func TestVerifyChild(t *testing.T) {
	opts, _ := rich(t)
	rep, err := VerifyChild(t.Context(), os.Args[0], opts.Path())
	if err != nil || !rep.OK || rep.Journal != 4 || rep.Records[listing.KindApp] != 1 {
		t.Errorf("%+v, %v", rep, err)
	}
	must(t, os.Truncate(opts.Path(), 0))
	rep, err = VerifyChild(t.Context(), os.Args[0], opts.Path())
	if err != nil || rep.OK || rep.Problems[0].Code != ProblemFile || !strings.Contains(rep.Problems[0].Message, "是空的") {
		t.Errorf("%+v, %v", rep, err)
	}
}

// TestVerifyChildSurvives: whatever becomes of the checking process, it is reported as damage of the file.
func TestVerifyChildSurvives(t *testing.T) {
	for _, role := range []string{"panic", "killed", "garbage", "both", "liar", "silent"} {
		t.Run(role, func(t *testing.T) {
			t.Setenv(roleVariable, role)
			rep, err := VerifyChild(t.Context(), os.Args[0], "some.db")
			if err != nil || rep.OK || rep.Problems[0].Code != ProblemCrash || !strings.Contains(rep.Problems[0].Message, "崩溃") {
				t.Errorf("%+v, %v", rep, err)
			}
		})
	}
}

func TestVerifyChildStopsWithItsContext(t *testing.T) {
	t.Setenv(roleVariable, "slow")
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := VerifyChild(ctx, os.Args[0], "some.db"); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("got %v", err)
	}
}

func TestVerifyChildWithoutAProgram(t *testing.T) {
	_, err := VerifyChild(t.Context(), "no-such-program", "some.db")
	wantError(t, err, listing.CodeInternal, "无法启动校验进程")
}

func TestChildCheckGuardsSnapshots(t *testing.T) {
	opts := testOptions(t)
	opts.Check = ChildCheck(os.Args[0])
	db := create(t, opts)
	save(t, db, listing.App{ID: "a"})
	if rep, err := db.Verify(t.Context()); err != nil || !rep.OK || rep.File != db.Path() {
		t.Errorf("%+v, %v", rep, err)
	}
	t.Setenv(roleVariable, "panic")
	_, err := db.Snapshots().Take(t.Context(), "manual", "")
	wantError(t, err, listing.CodeDamaged, "崩溃")
}

func FuzzParseAnswer(f *testing.F) {
	f.Add([]byte(`{"report":{"ok":true,"file":"x","schema":1,"records":{},"journal":0,"blobs":0,"problems":[]}}`))
	f.Add([]byte(`{"error":{"code":"locked","message":"x"}}`))
	f.Add([]byte(`{}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		answer, err := parseAnswer(raw)
		if err == nil && (answer.Report == nil) == (answer.Error == nil) {
			t.Errorf("accepted %q", raw)
		}
	})
}
