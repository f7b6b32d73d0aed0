package fill

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"shangjiatong/app/listing"
)

const valuesHint = `每项写成 "栏目名称": {"text": "…"}，可用 text、choose、check、path、date、switch、files、rows 中的一种`

// ParseValues reads a file of values: an object that maps a label, or heading>label, to one of {"text":…},
// {"choose":…}, {"check":[…]}, {"path":[…]}, {"date":"2026-12-01"}, {"switch":true}, {"files":[…]} and
// {"rows":[{label: text}]}. The order of the file is kept.
func ParseValues(raw []byte) ([]Ask, error) {
	w, err := readWords()
	if err != nil {
		return nil, err
	}
	if len(raw) > w.Limits.MostBytes {
		return nil, listing.Failf(listing.CodeTooLarge, "拆成几个文件", "填写内容超过 %d MB", w.Limits.MostBytes>>20)
	}
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	asks, err := parseAsks(dec, w.Limits.MostValues)
	if err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, invalidValues("填写内容的末尾有多余的文字")
	}
	return asks, nil
}

func parseAsks(dec *json.Decoder, most int) ([]Ask, error) {
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, invalidValues("填写内容不是 JSON 对象")
	}
	var asks []Ask
	seen := map[string]bool{}
	for dec.More() {
		name, err := dec.Token()
		key, isText := name.(string)
		if err != nil || !isText {
			return nil, invalidValues("填写内容不是完整的 JSON")
		}
		ask := splitKey(key)
		if ask.Label == "" {
			return nil, invalidValues("有一项没有写栏目名称")
		}
		if seen[ask.Name()] {
			return nil, invalidValues("“" + ask.Name() + "”写了两次")
		}
		seen[ask.Name()] = true
		var rest json.RawMessage
		if err := dec.Decode(&rest); err != nil {
			return nil, invalidValues("“" + key + "”的内容不是完整的 JSON")
		}
		if ask.Value, err = parseValue(key, rest); err != nil {
			return nil, err
		}
		if asks = append(asks, ask); len(asks) > most {
			return nil, listing.Failf(listing.CodeTooLarge, "分几次填写", "填写内容超过 %d 项", most)
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, invalidValues("填写内容不是完整的 JSON")
	}
	if len(asks) == 0 {
		return nil, invalidValues("填写内容里一项也没有")
	}
	return asks, nil
}

// Name is the label with the heading before it where one is given.
func (a Ask) Name() string {
	if a.Heading == "" {
		return a.Label
	}
	return a.Heading + ">" + a.Label
}

func splitKey(key string) Ask {
	heading, label, both := strings.Cut(key, ">")
	if !both {
		return Ask{Label: strings.TrimSpace(key)}
	}
	return Ask{Heading: strings.TrimSpace(heading), Label: strings.TrimSpace(label)}
}

func parseValue(key string, raw json.RawMessage) (Value, error) {
	var v Value
	members, err := memberNames(raw)
	if err != nil || len(members) != 1 {
		return v, invalidValues("“" + key + "”要写且只写一种内容")
	}
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&v); err != nil {
		return Value{}, invalidValues("“" + key + "”的内容“" + members[0] + "”不认识，或写法不对").Because(err)
	}
	if problem := v.problem(members[0]); problem != "" {
		return Value{}, invalidValues("“" + key + "”" + problem)
	}
	return v, nil
}

// memberNames lists the members of an object in their order, also those written twice.
func memberNames(raw json.RawMessage) ([]string, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, errors.New("no object")
	}
	var names []string
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		text, _ := name.(string)
		names = append(names, text)
		var skipped json.RawMessage
		if err := dec.Decode(&skipped); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// problem says what is wrong with a value that has the right shape, or nothing.
func (v Value) problem(member string) string {
	switch v.kind() {
	case "":
		return "的内容“" + member + "”是空的"
	case "date":
		if _, err := time.Parse(time.DateOnly, *v.Date); err != nil {
			return "的日期要写成 2026-12-01 的样子"
		}
	case "choose":
		if strings.TrimSpace(*v.Choose) == "" {
			return "没有写选哪一个"
		}
	case "path":
		return emptyAmong(v.Path, "的路径")
	case "check":
		return emptyAmong(v.Check, "的选项")
	case "files":
		return emptyAmong(v.Files, "的文件")
	case "rows":
		return rowsProblem(v.Rows)
	}
	return ""
}

func emptyAmong(texts []string, what string) string {
	seen := map[string]bool{}
	for _, t := range texts {
		if strings.TrimSpace(t) == "" {
			return what + "有一个是空的"
		}
		if seen[t] && what != "的路径" {
			return what + "“" + t + "”写了两次"
		}
		seen[t] = true
	}
	if len(texts) == 0 && what != "的选项" {
		return what + "一个也没有"
	}
	return ""
}

func rowsProblem(rows []map[string]string) string {
	if len(rows) == 0 {
		return "一行也没有"
	}
	for _, row := range rows {
		if len(row) == 0 {
			return "有一行是空的"
		}
		for label := range row {
			if strings.TrimSpace(label) == "" {
				return "有一行里没有写栏目名称"
			}
		}
	}
	return ""
}

// kind names the member that is set; empty for none or several.
func (v Value) kind() string {
	kinds := []struct {
		name string
		set  bool
	}{
		{"text", v.Text != nil}, {"choose", v.Choose != nil}, {"check", v.Check != nil}, {"path", v.Path != nil},
		{"date", v.Date != nil}, {"switch", v.Switch != nil}, {"files", v.Files != nil}, {"rows", v.Rows != nil},
	}
	found := ""
	for _, k := range kinds {
		if k.set && found != "" {
			return ""
		}
		if k.set {
			found = k.name
		}
	}
	return found
}

func invalidValues(message string) *listing.Error {
	return listing.Fail(listing.CodeInvalid, message, valuesHint)
}
