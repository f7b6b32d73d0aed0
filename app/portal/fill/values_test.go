package fill

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
)

func TestParseValues(t *testing.T) {
	asks, err := ParseValues([]byte(`{"应用名称":{"text":"示例"},"开发商信息>单位名称":{"choose":"甲"},"a":{"check":[]},"b":{"path":["甲","甲"]},
		"c":{"date":"2026-12-01"},"d":{"switch":false},"e":{"files":["x.pdf"]},"f":{"rows":[{"姓名":"联系人甲"}]},"g":{"text":""}}`))
	if err != nil {
		t.Fatal(err)
	}
	var names, kinds []string
	for _, a := range asks {
		names, kinds = append(names, a.Name()), append(kinds, a.Value.kind())
	}
	if want := []string{"应用名称", "开发商信息>单位名称", "a", "b", "c", "d", "e", "f", "g"}; !reflect.DeepEqual(names, want) {
		t.Errorf("names %v, want the order of the file: %v", names, want)
	}
	if want := []string{"text", "choose", "check", "path", "date", "switch", "files", "rows", "text"}; !reflect.DeepEqual(kinds, want) {
		t.Errorf("kinds %v, want %v", kinds, want)
	}
}

func TestParseValuesRefuses(t *testing.T) {
	for name, c := range map[string]struct{ raw, says string }{
		"no object":        {`[]`, "不是 JSON 对象"},
		"empty":            {`{}`, "一项也没有"},
		"unknown member":   {`{"名称":{"txt":"x"}}`, "不认识"},
		"several members":  {`{"名称":{"text":"x","choose":"y"}}`, "只写一种"},
		"member twice":     {`{"名称":{"text":"x","text":"y"}}`, "只写一种"},
		"no member":        {`{"名称":{}}`, "只写一种"},
		"label twice":      {`{"名称":{"text":"x"},"名称":{"text":"y"}}`, "写了两次"},
		"no label":         {`{"标题>":{"text":"x"}}`, "没有写栏目名称"},
		"null":             {`{"名称":{"text":null}}`, "是空的"},
		"wrong shape":      {`{"名称":{"text":["x"]}}`, "写法不对"},
		"date":             {`{"日期":{"date":"2026/12/1"}}`, "2026-12-01"},
		"no such day":      {`{"日期":{"date":"2026-02-30"}}`, "2026-12-01"},
		"nothing chosen":   {`{"模式":{"choose":" "}}`, "选哪一个"},
		"ticked twice":     {`{"网络":{"check":["a","a"]}}`, "写了两次"},
		"no files":         {`{"材料":{"files":[]}}`, "一个也没有"},
		"empty row":        {`{"联系":{"rows":[{}]}}`, "有一行是空的"},
		"more after it":    {`{"名称":{"text":"x"}} {}`, "多余"},
		"cut off":          {`{"名称":{"text":"x"}`, "不是完整"},
		"not a JSON value": {`{"名称":tru}`, "不是完整"},
	} {
		_, err := ParseValues([]byte(c.raw))
		if listing.CodeOf(err) != listing.CodeInvalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want invalid with %q", name, err, c.says)
		}
	}
}

func FuzzParseValues(f *testing.F) {
	f.Add([]byte(`{"应用名称":{"text":"示例"},"开发商信息>单位名称":{"choose":"甲"}}`))
	f.Add([]byte(`{"联系":{"rows":[{"姓名":"联系人甲"}]},"日期":{"date":"2026-12-01"}}`))
	f.Add([]byte("{\"a\":{\"text\":\"x\",\"text\":\"y\"}}"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		asks, err := ParseValues(raw)
		if (err == nil) == (len(asks) == 0) {
			t.Fatalf("%d asks with error %v", len(asks), err)
		}
		seen := map[string]bool{}
		for _, a := range asks {
			if a.Value.kind() == "" || a.Label == "" || seen[a.Name()] {
				t.Fatalf("taken: %+v", a)
			}
			seen[a.Name()] = true
		}
	})
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name string
		got  bool
		want bool
	}{
		{"brackets", same("其他（请注明）", "其他(请注明)"), true},
		{"set in another order", sameSet([]string{"乙", "甲"}, []string{"甲", "乙"}), true},
		{"one too many", sameSet([]string{"乙", "甲", "丙"}, []string{"甲", "乙"}), false},
		{"path", samePath([]string{"示例市 / 甲区"}, []string{"示例市", "甲区"}), true},
		{"other path", samePath([]string{"示例市 / 乙区"}, []string{"示例市", "甲区"}), false},
		{"date with words", sameDate("2026年3月9日", "2026-03-09"), true},
		{"other date", sameDate("2026-03-19", "2026-03-09"), false},
		{"date with a time", sameDate("2026-03-09 00:00:00", "2026-03-09"), true},
		{"date with a time in words", sameDate("2026年3月9日 8时30分", "2026-03-09"), true},
		{"date with the day of the week", sameDate("2026-03-09 星期一", "2026-03-09"), true},
		{"two dates", sameDate("2026-03-09 ~ 2026-04-01", "2026-03-09"), false},
		{"two dates of one year", sameDate("2026-03-09 至 4月1日", "2026-03-09"), false},
		{"number", sameText("120.00", "120", false), true},
		{"code that begins with 0", sameText("120", "0120", false), false},
		{"phone", sameText("13800000001", "13800000010", false), false},
		{"thousands", sameText("1,234,567.50", "1234567.5", true), true},
		{"thousands of a text", sameText("12,000", "12000", false), true},
		{"marks that are none of thousands", sameText("12,00", "1200", true), false},
		{"zeros of a number", sameText("1.10", "1.1", true), true},
		{"a zero more is another version", sameText("1.10", "1.1", false), false},
		{"a zero less is another version", sameText("1.1", "1.10", true), false},
		{"versions of three parts", sameText("1.2.30", "1.2.3", true), false},
		{"another number", sameText("12000", "120", true), false},
		{"powers", sameText("1000", "1e3", true), false},
		{"hexadecimal", sameText("16", "0x10", true), false},
		{"rows", sameRows([]map[string]string{{"姓名": "甲"}}, []map[string]string{{"姓名": "甲"}}), true},
		{"a row more", sameRows([]map[string]string{{"姓名": "甲"}, {}}, []map[string]string{{"姓名": "甲"}}), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", c.name, c.got)
		}
	}
}

func TestPauseSaysStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := pause(ctx, time.Minute); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("%v, want canceled", err)
	}
}
