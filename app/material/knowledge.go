package material

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

//go:embed data
var embedded embed.FS

// spec is one entry of data/materials.yaml.
type spec struct {
	ID        string `yaml:"id"`
	Title     string `yaml:"title"`
	Heading   string `yaml:"heading"` // title inside the document
	File      string `yaml:"file"`
	Kind      string `yaml:"kind"`
	Maker     string `yaml:"maker"`
	Form      string `yaml:"form"`
	Component string `yaml:"component"` // the word of FORM-2 it is for
	Publisher string `yaml:"publisher"` // who publishes the component; empty when not known
	Owner     string `yaml:"owner"`
	Listed    bool   `yaml:"listed"` // stands in the material list of dossier 5.5

	Attachments bool `yaml:"attachments"` // the form ends with the list of attachments
}

type prefixOwner struct {
	Prefix string `yaml:"prefix"`
	Owner  string `yaml:"owner"`
}

type materialFile struct {
	forms.Origin     `yaml:",inline"`
	Materials        []spec            `yaml:"materials"`
	TrackingFolder   string            `yaml:"tracking_folder"`
	AttachmentFolder string            `yaml:"attachment_folder"`
	ScanFolder       string            `yaml:"scan_folder"`
	SlotOwners       map[string]string `yaml:"slot_owners"`
	FieldOwners      []prefixOwner     `yaml:"field_owners"`
	Narrow           []string          `yaml:"narrow"`
}

// knowledge is all the embedded data of this package, checked.
type knowledge struct {
	materialFile
	dimensions []dimension
	skeletons  []skeleton
	letter     letterFile
}

var known = sync.OnceValues(func() (*knowledge, error) {
	return loadKnowledge(func(name string) ([]byte, error) { return embedded.ReadFile("data/" + name) })
})

func loadKnowledge(read func(name string) ([]byte, error)) (*knowledge, error) {
	k := &knowledge{}
	var checks selfCheckFile
	var skeletons skeletonFile
	for _, part := range []struct {
		name string
		into any
		head *forms.Origin
	}{
		{"materials.yaml", &k.materialFile, &k.Origin},
		{"self-check.yaml", &checks, &checks.Origin},
		{"skeletons.yaml", &skeletons, &skeletons.Origin},
		{"letter.yaml", &k.letter, &k.letter.Origin},
	} {
		body, err := read(part.name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", part.name, err)
		}
		if err := decode(part.name, body, part.into, part.head); err != nil {
			return nil, err
		}
	}
	k.dimensions, k.skeletons = checks.Dimensions, skeletons.Skeletons
	catalogue, err := forms.Default()
	if err != nil {
		return nil, fmt.Errorf("read the forms: %w", err)
	}
	return k, k.check(catalogue)
}

const maxDataFile = 1 << 20 // bytes

func decode(name string, body []byte, into any, head *forms.Origin) error {
	if len(body) > maxDataFile {
		return broken("数据文件 %s 太大", name)
	}
	if err := yaml.NewDecoder(bytes.NewReader(body), yaml.Strict()).Decode(into); err != nil {
		return broken("数据文件 %s 格式不对：%v", name, err).Because(err)
	}
	if head.Version == "" || head.Source == "" || head.Date == "" {
		return broken("数据文件 %s 没有写明版本、来源或日期", name)
	}
	return nil
}

func broken(format string, args ...any) *listing.Error {
	return listing.Failf(listing.CodeInvalid, "请改用程序自带的数据", format, args...)
}

func (k *knowledge) check(c *forms.Catalogue) error {
	seen := map[string]bool{}
	for _, s := range k.Materials {
		switch {
		case s.ID == "" || s.Title == "" || s.File == "" || seen[s.ID]:
			return broken("材料 %q 重复，或没有写全", s.ID)
		case !slices.Contains([]string{"docx", "xlsx", "html", "text"}, s.Kind):
			return broken("材料 %s 的种类 %q 不认识", s.ID, s.Kind)
		case !slices.Contains([]string{makerIndex, makerForm, makerChecklist, makerSelfCheck, makerVendorSheet, makerTracking, makerErrorPage, makerLetter}, s.Maker):
			return broken("材料 %s 的做法 %q 不认识", s.ID, s.Maker)
		case s.Maker == makerForm && c.Form(s.Form) == nil:
			return broken("材料 %s 的表 %q 不存在", s.ID, s.Form)
		}
		seen[s.ID] = true
	}
	for _, key := range k.Narrow {
		if c.Field(key) == nil {
			return broken("narrow 里的字段 %s 不存在", key)
		}
	}
	if k.TrackingFolder == "" || k.AttachmentFolder == "" || k.ScanFolder == "" {
		return broken("材料数据没有写全各个文件夹")
	}
	if err := checkDimensions(k.dimensions, c); err != nil {
		return err
	}
	if err := k.letter.check(c); err != nil {
		return err
	}
	return checkSkeletons(k.skeletons, c)
}

// spec returns the entry of a material, or an empty one.
func (k *knowledge) spec(id string) spec {
	for _, s := range k.Materials {
		if s.ID == id {
			return s
		}
	}
	return spec{}
}

func (k *knowledge) fieldOwner(key string) string {
	for _, o := range k.FieldOwners {
		if strings.HasPrefix(key, o.Prefix) {
			return o.Owner
		}
	}
	return ""
}

func (k *knowledge) slotOwner(id string) string {
	if o, ok := k.SlotOwners[id]; ok {
		return o
	}
	return k.fieldOwner("app." + id)
}
