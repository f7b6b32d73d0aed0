package recipe

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/listing"
	"shangjiatong/app/listing/datafile"
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

// decode reads one file.
func decode(name string, raw []byte, into any) error {
	if len(raw) > maxFile {
		return listing.Failf(listing.CodeTooLarge, dataHint, "%s 有 %d 字节，超过上限 %d 字节", name, len(raw), maxFile)
	}
	return datafile.Decode(raw, into, func(message string) *listing.Error { return wrong(name, "", "%s", message) })
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
