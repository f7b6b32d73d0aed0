package datafile

import (
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

func TestDecode(t *testing.T) {
	for name, c := range map[string]struct{ raw, says string }{
		"fine":           {"name: 甲\nlist: [1, 2]\n", ""},
		"empty":          {"", "文件是空的"},
		"unknown key":    {"name: 甲\nother: 1\n", "第 2 行第 1 列读不懂"},
		"key twice":      {"name: 甲\nname: 乙\n", "第 2 行第 1 列读不懂"},
		"wrong type":     {"list: 甲\n", "读不懂"},
		"broken":         {"name: [", "读不懂"},
		"two documents":  {"name: 甲\n---\nname: 乙\n", "不止一份"},
		"an anchor":      {"name: &a 甲\n", "第 1 行第 7 列不能用锚点"},
		"an alias":       {"name: *a\n", "不能用锚点"},
		"a tag":          {"name: !!str 甲\n", "不能用锚点"},
		"merged":         {"<<: {name: 甲}\n", "不能用锚点"},
		"no YAML at all": {"\x00\x01", "读不懂"},
	} {
		t.Run(name, func(t *testing.T) {
			var into struct {
				Name string `yaml:"name"`
				List []int  `yaml:"list"`
			}
			err := Decode([]byte(c.raw), &into, func(m string) *listing.Error { return listing.Fail(listing.CodeInvalid, "示例："+m, "") })
			if (err != nil) != (c.says != "") || err != nil && (!strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "示例：")) {
				t.Errorf("%v, want %q", err, c.says)
			}
			if err == nil && (into.Name != "甲" || len(into.List) != 2) {
				t.Errorf("%+v", into)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"a: 1", "? [", "- !!x &y", "a:\n\t- b", "<<: *a"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(_ *testing.T, raw []byte) {
		var into map[string]any
		_ = Decode(raw, &into, func(m string) *listing.Error { return listing.Fail(listing.CodeInvalid, m, "") })
	})
}
