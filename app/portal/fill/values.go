package fill

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"shangjiatong/app/listing"
)

// maxValues is the largest file of values taken, in bytes, and maxAsks how many fields it may name.
const (
	maxValues = 1 << 20
	maxAsks   = 500
)

// String is the value as a person would say it.
func (v Value) String() string {
	switch {
	case v.Text != nil:
		return *v.Text
	case v.Choose != nil:
		return *v.Choose
	case v.Check != nil:
		return strings.Join(v.Check, "、")
	case v.Path != nil:
		return strings.Join(v.Path, " / ")
	case v.Date != nil:
		return *v.Date
	case v.Switch != nil:
		return onOff(*v.Switch)
	case v.Files != nil:
		return strings.Join(fileNames(v.Files), "、")
	case v.Rows != nil:
		return rowsText(v.Rows)
	}
	return ""
}

func onOff(on bool) string {
	if on {
		return "开"
	}
	return "关"
}

// ParseValues reads the file of values: a JSON object of labels, or heading>label, each with one value. The order of the
// file is the order of the filling.
func ParseValues(raw []byte) ([]Ask, error) {
	if len(raw) > maxValues {
		return nil, listing.Failf(listing.CodeTooLarge, "只留下要填的栏目", "填写内容的文件太大，最多 %d MB", maxValues>>20)
	}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, badValues("最外层要是 { … }，里面是“栏目名称”: {…}", err)
	}
	var out []Ask
	seen := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, badValues("检查引号和逗号", err)
		}
		name := fmt.Sprint(key)
		a, err := parseAsk(d, name)
		if err != nil {
			return nil, err
		}
		if seen[plain(a.Heading)+">"+plain(a.Label)] {
			return nil, listing.Failf(listing.CodeInvalid, "每一栏只写一次；同名的栏目写成“标题>栏目”", "“%s”写了两次", name)
		}
		seen[plain(a.Heading)+">"+plain(a.Label)] = true
		if out = append(out, a); len(out) > maxAsks {
			return nil, listing.Failf(listing.CodeTooLarge, "分几次填", "一次最多填 %d 栏", maxAsks)
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, badValues("检查最后的括号", err)
	}
	if d.More() {
		return nil, badValues("最外层只能有一个 { … }", nil)
	}
	if len(out) == 0 {
		return nil, badValues("至少写一栏，例如 {\"应用名称\": {\"text\": \"示例督办\"}}", nil)
	}
	return out, nil
}

func badValues(hint string, cause error) error {
	return listing.Fail(listing.CodeInvalid, "看不懂填写内容的文件", hint).Because(cause)
}

func parseAsk(d *json.Decoder, name string) (Ask, error) {
	heading, label, nested := strings.Cut(strings.ReplaceAll(name, "＞", ">"), ">")
	if !nested {
		heading, label = "", heading
	}
	a := Ask{Heading: strings.TrimSpace(heading), Label: strings.TrimSpace(label)}
	if plain(a.Label) == "" || (nested && plain(a.Heading) == "") {
		return a, listing.Failf(listing.CodeInvalid, "写页面上看到的栏目名称", "“%s”不是栏目名称", name)
	}
	var body json.RawMessage
	if err := d.Decode(&body); err != nil {
		return a, badValues("检查“"+name+"”后面的内容", err)
	}
	strict := json.NewDecoder(bytes.NewReader(body))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&a.Value); err != nil {
		return a, listing.Failf(listing.CodeInvalid, "可以写 text、choose、check、path、date、switch、files、rows 中的一种", "“%s”的值看不懂", name).Because(err)
	}
	return a, a.Value.valid(name)
}

// valid reports what is wrong with a value.
func (v Value) valid(name string) error {
	n := 0
	for _, set := range []bool{v.Text != nil, v.Choose != nil, v.Check != nil, v.Path != nil, v.Date != nil, v.Switch != nil, v.Files != nil, v.Rows != nil} {
		if set {
			n++
		}
	}
	if n != 1 {
		return listing.Failf(listing.CodeInvalid, "写 text、choose、check、path、date、switch、files、rows 中的一种", "“%s”要有且只有一种值", name)
	}
	if v.Date != nil {
		if _, err := time.Parse(time.DateOnly, *v.Date); err != nil {
			return listing.Failf(listing.CodeInvalid, "写成 2026-12-01", "“%s”的日期看不懂：%s", name, *v.Date).Because(err)
		}
	}
	if v.Choose != nil && plain(*v.Choose) == "" || v.Path != nil && len(v.Path) == 0 || v.Files != nil && len(v.Files) == 0 {
		return listing.Failf(listing.CodeInvalid, "写要选的内容；不填的栏目不要写", "“%s”的值是空的", name)
	}
	return nil
}
