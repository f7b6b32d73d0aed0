package precheck

import (
	"net/netip"
	"strings"
	"testing"
	"unicode/utf8"

	"shangjiatong/app/listing"
)

// A code is wrong in its last character, or right once that is put in its place.
func FuzzCreditCode(f *testing.F) {
	for _, s := range []string{"91350100M000100Y43", "91350100M000100Y4Z", "91330199MA0000000R", "", "９１", "\xff\xff", strings.Repeat("一", 18)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, code string) {
		ok, want, err := CheckCreditCode(code)
		if err != nil {
			if ok || listing.CodeOf(err) != listing.CodeInvalid {
				t.Fatalf("%q: %v with %v", code, ok, err)
			}
			return
		}
		if ok != (code[17] == want) {
			t.Fatalf("%q: ok %v, want %c", code, ok, want)
		}
		if again, _, err := CheckCreditCode(code[:17] + string(want)); err != nil || !again {
			t.Fatalf("%q with %c: %v, %v", code, want, again, err)
		}
	})
}

// Whatever is typed as an egress address: no special address stays without an error, and messages stay readable.
func FuzzEgressAddress(f *testing.F) {
	for _, s := range []string{"8.8.8.8", "10.0.0.1", "::ffff:127.0.0.1", "fe80::1%eth0", "59.202.0.1", "8.8.8.8:80", "", " 1.1.1.1 ", "\x00", "２００１::"} {
		f.Add(s)
	}
	b := book(f)
	f.Fuzz(func(t *testing.T, text string) {
		s := sound()
		s.App.EgressIPs = []string{text}
		found := of(b.Check(*s).Findings, "RULE-5")
		addr, err := netip.ParseAddr(strings.TrimSpace(text))
		_, special := SpecialPurpose(addr)
		if (err != nil || special || addr.Zone() != "") != (len(listing.Blocking(found)) > 0) {
			t.Fatalf("%q: %+v", text, found)
		}
		for _, x := range found {
			if !utf8.ValidString(x.Message) || strings.Contains(x.Message, "\n") {
				t.Fatalf("unreadable message %q", x.Message)
			}
		}
	})
}

// Whatever is typed as an address of the app: an address of this machine or a private network never passes.
func FuzzLinks(f *testing.F) {
	for _, s := range []string{"https://api.example.com", "//a", "localhost:1", "http://[::1]/", "http://127.1", "/api", "ftp://x.y", "http://10.0.0.1", "https://%zz", ":", "http://user@localhost:80/"} {
		f.Add(s)
	}
	b := book(f)
	f.Fuzz(func(t *testing.T, text string) {
		s := sound()
		s.App.APIBases, s.App.HealthURL = []string{text}, text
		r := b.Check(*s)
		host := readLink(strings.TrimSpace(text)).host
		addr, err := netip.ParseAddr(host)
		if err != nil {
			return
		}
		if _, special := SpecialPurpose(addr); special && (len(of(r.Findings, "RULE-15")) == 0 || len(of(r.Findings, "RULE-19")) == 0) {
			t.Fatalf("%q passes: %+v", text, r.Findings)
		}
	})
}

// Any file either is refused or makes a book that can be asked.
func FuzzRules(f *testing.F) {
	raw, err := embedded.ReadFile("data/rules.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(raw))
	f.Add(strings.Replace(string(raw), "RULE-20", "RULE-2", 1))
	f.Add("version: \"1\"\nsource: s\ndate: d\nrules: [{id: RULE-1, answers: {a: {}}}]\n")
	f.Add("a: &a [*a]\n")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := parse(text)
		if err != nil {
			if listing.CodeOf(err) != listing.CodeInvalid {
				t.Fatalf("%v", err)
			}
			return
		}
		if r := b.Check(Subject{}); r.Passed() {
			t.Fatal("an empty app passes")
		}
	})
}
