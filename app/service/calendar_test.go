package service_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

const year2027 = `version: 1
year: 2027
source: 虚构的放假通知
date: "2026-11-20"
holidays:
  - name: 元旦
    from: "2027-01-01"
    to: "2027-01-03"
`

func yearFile(t *testing.T, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "2027.yaml")
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func sumOf(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

// WAIT-5 and the others are counted over 2027 only after its holidays were published; until then they are estimated.
func TestHolidaysOfALaterYear(t *testing.T) {
	d := openDesk(t)
	before, err := d.Calendar.Add(t.Context(), "2026-12-31", 1)
	if err != nil || !before.Estimated || before.Date != "2027-01-01" {
		t.Fatalf("before: %+v, %v", before, err)
	}
	if _, err := d.Calendar.ImportFile(t.Context(), yearFile(t, year2027+"# sha256: "+sumOf(year2027)+"\n"), ""); err != nil {
		t.Fatal(err)
	}
	after, err := d.Calendar.Add(t.Context(), "2026-12-31", 1)
	if err != nil || after.Estimated || after.Date != "2027-01-04" {
		t.Errorf("after: %+v, %v", after, err)
	}
	if err := d.Calendar.Remove(t.Context(), 2027); err != nil {
		t.Fatal(err)
	}
	if again, err := d.Calendar.Add(t.Context(), "2026-12-31", 1); err != nil || again != before {
		t.Errorf("removed: %+v, %v", again, err)
	}
}

func TestHolidayFilesRefused(t *testing.T) {
	overlap := strings.Replace(year2027, "holidays:\n", "holidays:\n  - name: 重叠\n    from: \"2027-01-02\"\n    to: \"2027-01-05\"\n", 1)
	for name, k := range map[string]struct {
		body, sum string
		code      listing.Code
		says      string
	}{
		"no checksum":    {year2027, "", listing.CodeRefused, sumOf(year2027)},
		"wrong checksum": {year2027, strings.Repeat("0", 64), listing.CodeInvalid, "校验码不符"},
		"overlap":        {overlap, sumOf(overlap), listing.CodeInvalid, "重叠"},
		"no YAML":        {"{", sumOf("{"), listing.CodeInvalid, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := openDesk(t)
			_, err := d.Calendar.ImportFile(t.Context(), yearFile(t, k.body), k.sum)
			if listing.CodeOf(err) != k.code || !strings.Contains(err.Error(), k.says) {
				t.Fatalf("err = %v", err)
			}
			years, err := d.Calendar.Show(t.Context())
			if err != nil || len(years) != 2 {
				t.Errorf("years: %+v, %v", years, err)
			}
		})
	}
}

func TestTypedYear(t *testing.T) {
	d := openDesk(t)
	in := service.TypedYear{Year: 2027, Source: "虚构的放假通知", Date: "2026-11-20", Holidays: []service.TypedHoliday{
		{Name: "元旦", From: "2027-01-01", To: "2027-01-03", Work: []string{"2027-01-09"}}}}
	if _, err := d.Calendar.Type(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	span, err := d.Calendar.Between(t.Context(), "2026-12-31", "2027-01-10")
	if err != nil || span.Days != 6 || span.Estimated {
		t.Errorf("span: %+v, %v", span, err)
	}
}
