package record

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

func encode(t *testing.T, kind, id string, schema int, body string) []byte {
	t.Helper()
	raw, err := Encode(kind, id, schema, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestForm pins the envelope down byte by byte: databases in the field are written like this.
func TestForm(t *testing.T) {
	const want = "sjt1 app 1 29e38b4becaadf189ea6e8c1913d0014d30a7e42367f445dcb649572ca6c3487\n" + `{"id":"a"}`
	if got := encode(t, "app", "a", 1, `{"id":"a"}`); string(got) != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestDecodeGivesBack(t *testing.T) {
	for _, body := range []string{`{}`, `{"a":"<示例>\u2028"}`, `null`, `[1,2]`, `"x"`, strings.Repeat("1", 5000)} {
		env, err := Decode("journal", "7", encode(t, "journal", "7", 12, body))
		if err != nil || env.Kind != "journal" || env.Schema != 12 || string(env.Body) != body {
			t.Errorf("%.20s: %+v, %v", body, env, err)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		kind   string
		schema int
		body   string
	}{
		"no kind":          {"", 1, "{}"},
		"kind in capitals": {"App", 1, "{}"},
		"kind with space":  {"a b", 1, "{}"},
		"long kind":        {strings.Repeat("a", 33), 1, "{}"},
		"schema 0":         {"app", 0, "{}"},
		"no body":          {"app", 1, ""},
		"spaces":           {"app", 1, `{"a": 1}`},
		"two values":       {"app", 1, `{}{}`},
		"no JSON":          {"app", 1, `{`},
	} {
		if _, err := Encode(c.kind, "a", c.schema, []byte(c.body)); !errors.Is(err, ErrForm) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	good := encode(t, "app", "a", 1, `{"id":"a"}`)
	for name, c := range map[string]struct {
		kind, id string
		raw      string
		want     error
	}{
		"nothing":             {"app", "a", "", ErrForm},
		"another kind":        {"case", "a", string(good), ErrKind},
		"under another ID":    {"app", "b", string(good), ErrChecksum},
		"another schema":      {"app", "a", strings.Replace(string(good), "app 1", "app 2", 1), ErrChecksum},
		"changed body":        {"app", "a", strings.Replace(string(good), `"a"`, `"b"`, 1), ErrChecksum},
		"longer body":         {"app", "a", string(good) + " ", ErrChecksum},
		"schema with a plus":  {"app", "a", strings.Replace(string(good), "app 1", "app +1", 1), ErrForm},
		"schema with a zero":  {"app", "a", strings.Replace(string(good), "app 1", "app 01", 1), ErrForm},
		"another version":     {"app", "a", strings.Replace(string(good), "sjt1", "sjt2", 1), ErrForm},
		"plain JSON":          {"app", "a", `{"id":"a"}`, ErrForm},
		"header without end":  {"app", "a", strings.Repeat("x", 500), ErrForm},
		"checksum in capital": {"app", "a", strings.ToUpper(string(good)), ErrForm},
	} {
		if _, err := Decode(c.kind, c.id, []byte(c.raw)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestEveryBitCounts flips each bit of an envelope: none may go unnoticed.
func TestEveryBitCounts(t *testing.T) {
	good := encode(t, "app", "a", 1, `{"id":"a","name":"示例"}`)
	for bit := range len(good) * 8 {
		bad := bytes.Clone(good)
		bad[bit/8] ^= 1 << (bit % 8)
		if _, err := Decode("app", "a", bad); err == nil {
			t.Errorf("bit %d of byte %d goes unnoticed", bit%8, bit/8)
		}
	}
}

func FuzzDecode(f *testing.F) {
	good, err := Encode("app", "a", 1, []byte(`{"id":"a"}`))
	if err != nil {
		f.Fatal(err)
	}
	f.Add("app", "a", good)
	f.Add("app", "a", good[:len(good)-1])
	f.Add("journal", "1", []byte("sjt1 journal 1 \n{}"))
	f.Add("", "", []byte("\n"))
	f.Add("app", "a", []byte("sjt1 app 9223372036854775808 x\nnull"))
	f.Fuzz(func(t *testing.T, kind, id string, raw []byte) {
		env, err := Decode(kind, id, raw)
		if err != nil {
			return
		}
		again, err := Encode(env.Kind, id, env.Schema, env.Body)
		if err != nil || !bytes.Equal(again, raw) {
			t.Errorf("accepted %q, would write %q, %v", raw, again, err)
		}
	})
}

func FuzzEncode(f *testing.F) {
	f.Add("app", "a", 1, []byte(`{"id":"a"}`))
	f.Add("head", "", 3, []byte(`"<>&\u2028"`))
	f.Fuzz(func(t *testing.T, kind, id string, schema int, body []byte) {
		raw, err := Encode(kind, id, schema, body)
		if err != nil {
			return
		}
		env, err := Decode(kind, id, raw)
		if err != nil || !bytes.Equal(env.Body, body) || env.Schema != schema {
			t.Errorf("%q does not come back: %+v, %v", raw, env, err)
		}
	})
}

func TestUnmarshalKeepsNothingBack(t *testing.T) {
	type known struct {
		ID   string `json:"id"`
		Deep []struct {
			Name string `json:"name"`
		} `json:"deep"`
	}
	for body, ok := range map[string]bool{
		`{"id":"a","deep":[{"name":"b"}]}`:         true,
		`{"id":"a"}`:                               true,
		`{"id":"a","new":1}`:                       false,
		`{"id":"a","deep":[{"name":"b","new":1}]}`: false,
		`{"id":1}`:                                 false,
		`{"id":"a"}{}`:                             false,
		`{"id":"a"`:                                false,
	} {
		if err := Unmarshal([]byte(body), &known{}); (err == nil) != ok {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestEveryKindHasAWord(t *testing.T) {
	for _, kind := range listing.RecordKinds() {
		if kind.Word() == "" || !validKind(string(kind)) {
			t.Errorf("kind %q has no word, or cannot be stored", kind)
		}
	}
}

func TestErrorsNameTheRecord(t *testing.T) {
	for _, err := range []error{
		NotFound(listing.KindApp, "甲一"), Damaged(listing.KindApp, "甲一", ErrChecksum),
		Read(listing.KindApp, "甲一", []byte(`{"new":1}`), &struct{}{}),
	} {
		e := listing.AsError(err)
		if !strings.Contains(e.Message, "应用“甲一”") || e.Hint == "" {
			t.Errorf("%+v", e)
		}
	}
}
