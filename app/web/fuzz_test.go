package web

import (
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

func FuzzDecode(f *testing.F) {
	methods, err := methodsOf([]Service{{Name: "Notes", Target: &notes{}}})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{`[]`, `["a",1]`, `[{"title":"x","tags":["a"],"size":1}]`, `[null,null]`, `null`, `{}`, `["a",1e3]`, `[{"title":1}]`, `[[[[`, "\xff", `["AAEC"]`, `[{"Title":"x","title":"y"}]`} {
		for _, name := range []string{"Join", "Save", "Maybe", "Bytes", "Version"} {
			f.Add(name, []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		m, ok := methods["Notes/"+name]
		if !ok {
			return
		}
		args, err := m.decode(body)
		if err != nil {
			if listing.CodeOf(err) != listing.CodeInvalid {
				t.Errorf("%v", err)
			}
			return
		}
		if len(args) != len(m.args) {
			t.Fatalf("%d arguments for %d", len(args), len(m.args))
		}
		for i, arg := range args {
			if arg.Type() != m.args[i] {
				t.Errorf("argument %d is %s, want %s", i, arg.Type(), m.args[i])
			}
		}
	})
}

func FuzzFileID(f *testing.F) {
	for _, seed := range []string{"/file/package/42", "/file/../x", "/file/%2e%2e/x", "/file/a%2fb", "/file/a%5cb", "/file/%00", "/file//", "/file/%zz", "/file/材料"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		id, ok := fileID(path)
		if !ok {
			return
		}
		for segment := range strings.SplitSeq(id, "/") {
			if segment == "" || segment == "." || segment == ".." || strings.ContainsAny(segment, "\\\x00") {
				t.Errorf("%q gives %q", path, id)
			}
		}
	})
}
