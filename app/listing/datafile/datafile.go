// Package datafile reads the YAML files that carry the program's data, and those that people import in their place.
package datafile

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"

	"shangjiatong/app/listing"
)

// Decode reads exactly one YAML document with no unknown and no repeated key. Anchors, aliases and tags are refused: no
// data of ours need them, and they are where the YAML library has been seen to panic. What still panics is an error too.
// fault makes the error of a message: it says which file is meant, and what to do.
func Decode(raw []byte, into any, fault func(message string) *listing.Error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fault("不是能读的 YAML").Because(fmt.Errorf("yaml: %v", cause))
		}
	}()
	for _, t := range lexer.Tokenize(string(raw)) {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType:
			return fault(fmt.Sprintf("第 %d 行第 %d 列不能用锚点、引用和类型标记（%s）", t.Position.Line, t.Position.Column, t.Value))
		}
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict())
	if err := dec.Decode(into); err != nil {
		return fault(syntax(err)).Because(err)
	}
	var rest any
	if err := dec.Decode(&rest); !errors.Is(err, io.EOF) {
		return fault("里面不止一份 YAML 文档")
	}
	return nil
}

// syntax says what is wrong, and where.
func syntax(err error) string {
	if errors.Is(err, io.EOF) {
		return "文件是空的"
	}
	var positioned yaml.Error
	if errors.As(err, &positioned) && positioned.GetToken() != nil && positioned.GetToken().Position != nil {
		pos := positioned.GetToken().Position
		return fmt.Sprintf("第 %d 行第 %d 列读不懂：%s", pos.Line, pos.Column, positioned.GetMessage())
	}
	return "不是能读的 YAML"
}
