package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"shangjiatong/app/listing"
)

// maxID is the longest ID of a record, in bytes.
const maxID = 200

// Marshal encodes a value the one way this store writes JSON: compact, and <, > and & as they are.
func Marshal(v any) (json.RawMessage, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// Unmarshal decodes a body and refuses members the target has no place for: they would be lost with the next write.
func Unmarshal(body []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("decode: more than one value")
	}
	return nil
}

// Body encodes a record for a Put. CodeInternal when it has no usable kind or ID, or cannot be encoded.
func Body(rec listing.Record) (json.RawMessage, error) {
	if err := CheckKey(rec.RecordKind(), rec.RecordID()); err != nil {
		return nil, err
	}
	body, err := Marshal(rec)
	if err != nil {
		return nil, listing.Failf(listing.CodeInternal, "请把日志交给维护人员", "%s无法写成数据", Name(rec.RecordKind(), rec.RecordID())).Because(err)
	}
	return body, nil
}

// CheckKey refuses, with CodeInternal, kinds nobody declared and IDs no record can have: empty, longer than 200 bytes,
// not UTF-8, or with control characters.
func CheckKey(kind listing.RecordKind, id string) error {
	if kind.Word() == "" {
		return listing.Failf(listing.CodeInternal, "请把日志交给维护人员", "没有“%s”这一类数据", kind)
	}
	if id == "" || len(id) > maxID || !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl) {
		return listing.Failf(listing.CodeInternal, "请把日志交给维护人员", "%s的编号不合规：%.40q", kind.Word(), id)
	}
	return nil
}

// Name names a record in a Chinese sentence.
func Name(kind listing.RecordKind, id string) string {
	word := kind.Word()
	if word == "" {
		word = string(kind)
	}
	return fmt.Sprintf("%s“%s”", word, id)
}

// NotFound is the error for a record that does not exist.
func NotFound(kind listing.RecordKind, id string) error {
	return listing.Failf(listing.CodeNotFound, "请核对编号，或从列表中重新选择", "没有找到%s", Name(kind, id))
}

// Damaged is the error for a record whose envelope or content is not what was written.
func Damaged(kind listing.RecordKind, id string, cause error) error {
	return listing.Failf(listing.CodeDamaged,
		"请先不要修改数据；用 shangjiatong store verify 查看损坏范围，再用 shangjiatong store restore 恢复到最近的快照",
		"%s的数据已损坏，校验不符", Name(kind, id)).Because(cause)
}

// Read decodes a sound body into a record. A member or type this program does not know is CodeDamaged: writing the
// record back would lose it.
func Read(kind listing.RecordKind, id string, body []byte, into any) error {
	if err := Unmarshal(body, into); err != nil {
		return listing.Failf(listing.CodeDamaged,
			"数据可能由较新的版本写成，请换用写入它的版本打开，以免丢失内容",
			"%s含有本程序不认识的内容", Name(kind, id)).Because(err)
	}
	return nil
}
