package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"shangjiatong/app/listing"
)

// maxInput is the largest JSON file a command takes, in bytes.
const maxInput = 8 << 20

// readJSON reads a JSON file (- for standard input) into a pointer and refuses keys the shape does not have.
func readJSON(file string, into any) error {
	raw, err := readInput(file)
	if err != nil {
		return err
	}
	return parseJSON(file, raw, into)
}

// parseJSON reads what readJSON read from a file.
func parseJSON(file string, raw []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return badJSON(file, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return listing.Failf(listing.CodeInvalid, "一个文件只写一项", "文件“%s”在结尾之后还有内容", file)
	}
	return nil
}

func readInput(file string) ([]byte, error) {
	from := io.Reader(os.Stdin)
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, listing.Failf(listing.CodeInvalid, "请检查路径和权限", "打不开文件“%s”", file).Because(err)
		}
		defer func() { _ = f.Close() }()
		from = f
	}
	raw, err := io.ReadAll(io.LimitReader(from, maxInput+1))
	if err != nil {
		return nil, listing.Failf(listing.CodeUnreadable, "请检查文件", "读不了文件“%s”", file).Because(err)
	}
	if len(raw) > maxInput {
		return nil, listing.Failf(listing.CodeTooLarge, "请检查是不是选错了文件", "文件“%s”超过 %d MB", file, maxInput>>20)
	}
	return raw, nil
}

func badJSON(file string, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	hint := "键名见对应的 template 或 show --json"
	switch {
	case errors.As(err, &syntax):
		return listing.Failf(listing.CodeInvalid, "请检查引号、逗号和括号", "文件“%s”第 %d 个字节处不是正确的 JSON", file, syntax.Offset).Because(err)
	case errors.As(err, &kind) && kind.Field == "":
		return listing.Failf(listing.CodeInvalid, hint, "文件“%s”应当是一个 JSON 对象，不能是%s", file, jsonWord(kind.Value)).Because(err)
	case errors.As(err, &kind):
		return listing.Failf(listing.CodeInvalid, hint, "文件“%s”里“%s”的值不能是%s", file, kind.Field, jsonWord(kind.Value)).Because(err)
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		return listing.Failf(listing.CodeInvalid, hint, "文件“%s”里有不认识的键 %s", file, strings.TrimPrefix(err.Error(), "json: unknown field ")).Because(err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return listing.Failf(listing.CodeInvalid, "请检查文件是否完整", "文件“%s”不是完整的 JSON", file).Because(err)
	}
	return listing.Fail(listing.CodeInvalid, fmt.Sprintf("文件“%s”读不懂", file), hint).Because(err)
}

// jsonWord names a kind of JSON value; encoding/json may put the value behind it.
func jsonWord(kind string) string {
	name, _, _ := strings.Cut(kind, " ")
	switch name {
	case "string":
		return "文字"
	case "number":
		return "数字"
	case "bool":
		return "是非值"
	case "array":
		return "列表"
	case "object":
		return "对象"
	}
	return "这种值"
}
