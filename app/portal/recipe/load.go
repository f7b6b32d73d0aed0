package recipe

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"

	"shangjiatong/app/listing"
)

//go:embed data/*.yaml
var embedded embed.FS

const (
	maxFile  = 256 << 10 // bytes; the largest recipe of ours has seven thousand
	neverYML = "data/never.yaml"
	dataHint = "页面规则文件有误，请改正后重新导入；程序自带的文件出错时请重新安装"
)

// Embedded returns the recipes that come with the program, in the order of their IDs.
func Embedded() ([]Recipe, error) {
	names, err := fs.Glob(embedded, "data/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list recipes: %w", err)
	}
	var all []Recipe
	for _, name := range names {
		if name == neverYML {
			continue
		}
		raw, err := embedded.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		r, err := Parse(name, raw)
		if err != nil {
			return nil, err
		}
		all = append(all, *r)
	}
	return all, nil
}

// Parse reads one recipe file and checks it as a whole. name stands in the messages. Errors are *listing.Error with code
// invalid or too_large that name the line or the place.
func Parse(name string, raw []byte) (*Recipe, error) {
	r := &Recipe{}
	if err := decode(name, raw, r); err != nil {
		return nil, err
	}
	if err := validate(name, r); err != nil {
		return nil, err
	}
	return r, nil
}

// Marshal writes a recipe so that Parse accepts it again. It refuses what Parse would.
func Marshal(r Recipe) ([]byte, error) {
	if err := Validate(r); err != nil {
		return nil, err
	}
	raw, err := yaml.MarshalWithOptions(r, yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("write recipe: %w", err)
	}
	if _, err := Parse(r.ID, raw); err != nil {
		return nil, err
	}
	return raw, nil
}

// decode reads exactly one YAML document with no unknown and no repeated key. Anchors, aliases and tags are refused: no
// recipe needs them, and the YAML library has been seen to panic on them. What still panics is an error too.
func decode(name string, raw []byte, into any) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = wrong(name, "", "不是能读的 YAML").Because(fmt.Errorf("yaml: %v", fault))
		}
	}()
	if len(raw) > maxFile {
		return listing.Failf(listing.CodeTooLarge, dataHint, "%s 有 %d 字节，超过上限 %d 字节", name, len(raw), maxFile)
	}
	if err := refuseReferences(name, raw); err != nil {
		return err
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict())
	if err := dec.Decode(into); err != nil {
		return syntax(name, err)
	}
	var rest any
	if err := dec.Decode(&rest); !errors.Is(err, io.EOF) {
		return wrong(name, "", "里面不止一份 YAML 文档")
	}
	return nil
}

func refuseReferences(name string, raw []byte) error {
	for _, t := range lexer.Tokenize(string(raw)) {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType:
			return wrong(name, "", "第 %d 行第 %d 列不能用锚点、引用和类型标记（%s）", t.Position.Line, t.Position.Column, t.Value)
		}
	}
	return nil
}

func syntax(name string, err error) error {
	if errors.Is(err, io.EOF) {
		return wrong(name, "", "文件是空的")
	}
	var positioned yaml.Error
	if errors.As(err, &positioned) && positioned.GetToken() != nil && positioned.GetToken().Position != nil {
		pos := positioned.GetToken().Position
		return wrong(name, "", "第 %d 行第 %d 列读不懂：%s", pos.Line, pos.Column, positioned.GetMessage()).Because(err)
	}
	return wrong(name, "", "不是能读的 YAML").Because(err)
}

// wrong makes the error for a fault at a place (a path of keys) of a recipe.
func wrong(name, place, format string, args ...any) *listing.Error {
	message := fmt.Sprintf(format, args...)
	if place == "" {
		return listing.Failf(listing.CodeInvalid, dataHint, "%s：%s", name, message)
	}
	e := listing.Failf(listing.CodeInvalid, dataHint, "%s 的 %s：%s", name, place, message)
	e.Field = place
	return e
}
