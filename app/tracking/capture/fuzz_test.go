package capture

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParseLine decodes any text: a line or ErrNoLine, and what is decoded is text.
func FuzzParseLine(f *testing.F) {
	p := good("list").set("page_name", "左||右")
	for _, text := range []string{p.plain(), strings.SplitN(p.address(), "?", 2)[1], strings.SplitN(p.whole(), "?", 2)[1], p.plain()[:150],
		strings.Join(p.fields()[20:], "||"), "%7c%7C||GET||", "a||GET||%||%2||%zz||||||||||"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := ParseLine(text)
		if err != nil {
			return
		}
		if utf8.ValidString(text) && (!utf8.ValidString(l.Page) || !utf8.ValidString(l.User) || !utf8.ValidString(l.Nick)) {
			t.Fatalf("%+v", l)
		}
	})
}

// FuzzParseUpload decodes any address.
func FuzzParseUpload(f *testing.F) {
	f.Add(goodUpload())
	f.Add("https://wpkgate-emas.ding.zj.gov.cn/api/v1/jssdk/upload?wpk-header=app=a&sign=%zz")
	f.Add("?wpk-header=%253D")
	f.Fuzz(func(t *testing.T, address string) {
		u, err := ParseUpload(address)
		if err != nil {
			return
		}
		if u.Header["app"] == "" {
			t.Fatal("an upload of nobody")
		}
		if _, err := u.Sign("key"); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzScanner reads any bytes as JSON: what encoding/json takes, the scanner takes too, and reads the same text.
func FuzzScanner(f *testing.F) {
	for _, text := range []string{`{"a":[1,-2.5e3,true,null,"x\"\\\u00e9\ud83d\ude00"]}`, `"\\"`, `"\\\""`, `[[[]]]`, `{"a"}`, `{"a":}`, `"`, `[1,]`, `"\ud800"`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		scan := func() *scanner {
			return &scanner{r: bufio.NewReaderSize(bytes.NewReader(raw), 16), depth: 100, most: 1 << 20}
		}
		s := scan()
		err := s.skip()
		if !json.Valid(raw) || bytes.Count(raw, []byte("["))+bytes.Count(raw, []byte("{")) >= 100 {
			return
		}
		if err != nil {
			t.Fatalf("valid JSON: %v", err)
		}
		if _, err := s.next(); err != io.EOF {
			t.Fatalf("%d of %d bytes read: %v", s.at, len(raw), err)
		}
		var want string
		if json.Unmarshal(raw, &want) == nil && bytes.HasPrefix(bytes.TrimSpace(raw), []byte(`"`)) {
			if got, err := scan().text(); err != nil || got != want {
				t.Fatalf("%q, want %q, %v", got, want, err)
			}
		}
	})
}

// FuzzCheck judges any bytes as a capture: a result without a fault of the program, whose sentences have no gaps.
func FuzzCheck(f *testing.F) {
	p := good("list")
	long := harOf(good("home"), p)
	for _, text := range []string{long, long[:len(long)-50], p.address(), p.whole(), p.plain(), "curl '" + p.address() + "' \\\n -H 'User-Agent: x'\n", "curl ^\"" + p.address() + "^\" ^\n",
		`fetch("` + goodUpload() + `", {"headers":{"user-agent":"x"},"body":null});`, "Invoke-WebRequest -Uri \"" + p.address() + "\" `\n-Method \"GET\"",
		`1 - - "GET /v.gif?` + p.plain() + ` HTTP/1.1" 200 43 "-" "Mozilla/5.0"`, "\xff\xfea\x00", goodUpload(), "curl $'\\x", "curl \"a\\"} {
		f.Add([]byte(text))
	}
	facts, err := NewJudge(facts(f), params(), pageList())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := Check(t.Context(), Input{Facts: facts.facts, Params: params(), Pages: pageList(), Sources: []Source{{Name: "x", Body: bytes.NewReader(raw)}}})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Pages) < 3 || r.Bytes != int64(len(raw)) || len(r.Findings) == 0 {
			t.Fatalf("%+v", r)
		}
		for _, one := range r.Findings {
			if one.Rule == "" || one.Message == "" || one.Effect == "" || one.Fix == "" || one.Line > bytes.Count(raw, []byte("\n"))+1 {
				t.Fatalf("%+v", one)
			}
		}
	})
}

// FuzzCommand splits any command: the words of one for bash hold no more than the text.
func FuzzCommand(f *testing.F) {
	for _, text := range []string{`curl 'a b' -H "x: \"y\"" $'\u4e2d\'' \` + "\n --data-raw 'z' ; curl b", `curl ^"a^%^7C^" ^` + "\n -H ^\"x: y^\" & curl c", "curl ''", `fetch("a")`, "Invoke-WebRequest -Uri \"a`\"b\""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, _ := words(text)
		n := 0
		for _, word := range list {
			n += len(word)
		}
		if n > 3*len(text) { // an escaped byte of no UTF-8 becomes three
			t.Fatalf("%d bytes out of %d", n, len(text))
		}
		for _, e := range parseCommand(text) {
			if e.address == "" && e.body == "" && !strings.Contains(text, "fetch(") {
				t.Fatalf("a request for nothing in %q", text)
			}
		}
	})
}
