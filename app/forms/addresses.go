package forms

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/listing"
)

// Network is one of the networks that addresses are reached on (NET-1 to NET-3).
type Network struct {
	ID   string `yaml:"id" json:"id"`
	Name string `yaml:"name" json:"name"`
}

const (
	maxAddressFile = 64 << 10 // bytes
	maxAddress     = 500      // characters
	addressHint    = "每行写“ADDR-4: \"http://…\"”，或写成同样内容的 JSON；编号见设置的“地址”"
)

// Network returns a network by its ID or its name, or nil.
func (c *Catalogue) Network(given string) *Network {
	for i := range c.Networks {
		if n := &c.Networks[i]; n.ID == given || n.Name == given {
			return n
		}
	}
	return nil
}

// ReadAddresses reads a file of addresses: a map of keys to web addresses, as YAML or JSON. An empty address says that
// there is none. A key without a region (ADDR-5) stands for those of all regions that the file does not name themselves.
// name stands in the messages.
func (c *Catalogue) ReadAddresses(name string, raw []byte) (map[string]string, error) {
	if len(raw) > maxAddressFile {
		return nil, listing.Failf(listing.CodeTooLarge, "请检查是不是选错了文件", "地址文件“%s”超过 %d KB", name, maxAddressFile>>10)
	}
	given, err := addressMap(name, raw)
	if err != nil {
		return nil, err
	}
	if len(given) == 0 {
		return nil, listing.Failf(listing.CodeInvalid, addressHint, "地址文件“%s”里没有地址", name)
	}
	out := map[string]string{}
	for key, address := range given {
		address = strings.TrimSpace(address)
		if err := checkEntry(name, key, address); err != nil {
			return nil, err
		}
		keys := c.keysOf(key)
		if len(keys) == 0 {
			return nil, listing.Failf(listing.CodeInvalid, addressHint, "地址文件“%s”里有不认识的编号“%s”", name, key)
		}
		for _, k := range keys {
			if _, own := given[k]; k == key || !own {
				out[k] = address
			}
		}
	}
	return out, nil
}

// addressMap reads exactly one map. The YAML library has been seen to panic on strange input; that is an error too.
func addressMap(name string, raw []byte) (given map[string]string, err error) {
	wrong := func(cause error) error {
		return listing.Failf(listing.CodeInvalid, addressHint, "地址文件“%s”读不懂", name).Because(cause)
	}
	defer func() {
		if fault := recover(); fault != nil {
			given, err = nil, wrong(fmt.Errorf("yaml: %v", fault))
		}
	}()
	dec := yaml.NewDecoder(strings.NewReader(strings.TrimPrefix(string(raw), "\ufeff")), yaml.Strict())
	if err := dec.Decode(&given); err != nil && !errors.Is(err, io.EOF) {
		return nil, wrong(err)
	}
	var rest any
	if err := dec.Decode(&rest); !errors.Is(err, io.EOF) {
		return nil, wrong(errors.New("more than one document"))
	}
	return given, nil
}

func checkEntry(name, key, address string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	switch {
	case len([]rune(address)) > maxAddress:
		return listing.Failf(listing.CodeInvalid, "请检查这一行", "地址文件“%s”里 %s 的地址超过 %d 个字", name, key, maxAddress)
	case err != nil, u.Host == "", u.Scheme != "http" && u.Scheme != "https":
		return listing.Failf(listing.CodeInvalid, "地址要以 http:// 或 https:// 开头", "地址文件“%s”里 %s 的“%s”不是网页地址", name, key, address)
	case u.User != nil:
		return listing.Failf(listing.CodeInvalid, "去掉 @ 和它前面的部分", "地址文件“%s”里 %s 的地址带有用户名或密码", name, key)
	}
	return nil
}

// keysOf returns the address a key names, or those of all regions.
func (c *Catalogue) keysOf(key string) []string {
	if c.Address(key, nil) != nil {
		return []string{key}
	}
	var keys []string
	for _, a := range c.Addresses {
		if strings.HasPrefix(a.Key, key+".") {
			keys = append(keys, a.Key)
		}
	}
	slices.Sort(keys)
	return keys
}
