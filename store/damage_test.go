package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

// damageRounds is how many damaged copies TestDamage looks at, each in processes of their own.
const damageRounds = 24

// crowded makes a closed store whose trees have several levels, and returns it with its digest.
func crowded(t *testing.T) (Options, string) {
	t.Helper()
	opts := testOptions(t)
	db := create(t, opts)
	for round := range 3 {
		must(t, db.Change(t.Context(), listing.Change{By: "联系人甲", What: "保存", AppID: "a1"}, func(w listing.Writer) error {
			for i := range 60 {
				app := listing.App{ID: fmt.Sprintf("a%d", i), Name: fmt.Sprint("示例", round), Description: strings.Repeat("长", i*7)}
				if err := w.Put(app); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	must(t, db.Close())
	sum, err := digestAll(opts.Dir)
	must(t, err)
	return opts, sum
}

// TestDamage spoils copies of a database at random places. Reading one gives the right data or CodeDamaged, and never
// wrong data; what a check in a child process calls sound reads right.
func TestDamage(t *testing.T) {
	opts, want := crowded(t)
	good, err := os.ReadFile(opts.Path())
	must(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	tally := map[string]int{}
	for round := range damageRounds {
		dir := t.TempDir()
		bad := spoil(random, good, round)
		must(t, os.WriteFile(filepath.Join(dir, DatabaseName), bad, 0o600))
		rep, err := VerifyChild(t.Context(), os.Args[0], filepath.Join(dir, DatabaseName))
		must(t, err)
		out, crashed := part(t, "read", dir).Output()
		said := strings.TrimSpace(string(out))
		switch {
		case said == "ok "+want:
			tally["reads right"]++
		case rep.OK:
			t.Errorf("round %d: the check calls it sound, reading says %q", round, said)
		case said == string(listing.CodeDamaged):
			tally["refused"]++
		case strings.HasPrefix(said, "ok "):
			t.Errorf("round %d: reads wrong data, with problems %+v", round, rep.Problems)
		default:
			t.Logf("round %d: reading ended with %q, %v", round, said, crashed)
			tally["crashed"]++
		}
		if !rep.OK {
			tally["found by the check"]++
		}
		if len(rep.Problems) > 0 && rep.Problems[0].Code == ProblemCrash {
			tally["crashed the check"]++
		}
	}
	t.Log(tally)
	if tally["found by the check"] == 0 || tally["refused"] == 0 {
		t.Errorf("no damage hit anything, so nothing was shown: %v", tally)
	}
}

// spoil returns a copy with one byte, one block of 512 bytes, or the end of it damaged.
func spoil(random *rand.Rand, good []byte, round int) []byte {
	bad := append([]byte{}, good...)
	at := random.IntN(len(bad))
	switch round % 4 {
	case 0:
		bad[at] ^= byte(1 + random.IntN(255))
	case 1, 2:
		at = at / 512 * 512
		for i := range bad[at:min(at+512, len(bad))] {
			bad[at+i] = byte(random.IntN(256))
		}
	case 3: // one page takes the place of another
		from := random.IntN(len(bad)/pageSize) * pageSize
		copy(bad[at/pageSize*pageSize:], good[from:from+pageSize])
	}
	return bad
}
