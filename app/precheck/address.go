package precheck

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"shangjiatong/app/forms"
)

// block is a range of addresses with the name people know it by.
type block struct {
	Block    string `yaml:"block"`
	Name     string `yaml:"name"`
	Loopback bool   `yaml:"loopback"`
	prefix   netip.Prefix
}

type addressBook struct {
	forms.Origin    `yaml:",inline"`
	Special         []block  `yaml:"special"`
	Doubtful        []block  `yaml:"doubtful"`
	LocalNames      []string `yaml:"local_names"`
	PrivateSuffixes []string `yaml:"private_suffixes"`
}

var defaultAddresses = sync.OnceValues(func() (*addressBook, error) {
	raw, err := embedded.ReadFile("data/addresses.yaml")
	if err != nil {
		return nil, fmt.Errorf("read addresses.yaml: %w", err)
	}
	return parseAddresses(raw)
})

func parseAddresses(raw []byte) (*addressBook, error) {
	var a addressBook
	if err := decode("addresses.yaml", raw, &a, &a.Origin); err != nil {
		return nil, err
	}
	for _, blocks := range [][]block{a.Special, a.Doubtful} {
		for i := range blocks {
			p, err := netip.ParsePrefix(blocks[i].Block)
			if err != nil || p != p.Masked() || blocks[i].Name == "" {
				return nil, broken("地址段 %q 写得不对，或没有名称", blocks[i].Block).Because(err)
			}
			blocks[i].prefix = p
		}
		slices.SortStableFunc(blocks, func(x, y block) int { return y.prefix.Bits() - x.prefix.Bits() })
	}
	return &a, nil
}

// SpecialPurpose reports whether an address is nobody's public address by the IANA special-purpose registries or is a
// multicast address, and the Chinese name of the most specific block. IPv4 written as IPv6 counts as IPv4. The zero
// Addr is special.
func SpecialPurpose(addr netip.Addr) (name string, special bool) {
	a, err := defaultAddresses()
	if err != nil {
		return "无法判断的地址", true
	}
	b, special := a.specialBlock(addr)
	return b.Name, special
}

func (a *addressBook) specialBlock(addr netip.Addr) (block, bool) {
	if !addr.IsValid() {
		return block{Name: "无效地址"}, true
	}
	return within(a.Special, addr)
}

func (a *addressBook) doubtfulBlock(addr netip.Addr) (block, bool) { return within(a.Doubtful, addr) }

// within returns the most specific block around an address; blocks are sorted by length, the longest first.
func within(blocks []block, addr netip.Addr) (block, bool) {
	addr = addr.Unmap().WithZone("")
	for _, b := range blocks {
		if b.prefix.Contains(addr) {
			return b, true
		}
	}
	return block{}, false
}

// where says from where a host can be reached, as far as its name or number tells.
type where int

const (
	sitePublic where = iota
	siteLocal
	sitePrivate
	siteBroken
)

// site is a host with what is known about it.
type site struct {
	where where
	host  string
	name  string // of the range, when private
	doubt block  // set when public and yet doubtful
}

// problem is the name of the answer that rules give about such a host; empty for a public one.
func (s site) problem() string {
	switch s.where {
	case siteLocal:
		return "local"
	case sitePrivate:
		return "private"
	case siteBroken:
		return "malformed"
	}
	return ""
}

func (s site) words() []string { return []string{"host", quote(s.host), "range", s.name} }

// locate judges a host by its name or number; nothing is resolved.
func (a *addressBook) locate(host string) site {
	s := site{host: host}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if addr, err := netip.ParseAddr(host); err == nil {
		return a.locateAddr(s, addr)
	}
	last := host[strings.LastIndex(host, ".")+1:]
	switch {
	case slices.Contains(a.LocalNames, host) || strings.HasSuffix(host, ".localhost"):
		s.where = siteLocal
	case host == "" || numeric(last):
		s.where = siteBroken
	case !strings.Contains(host, "."):
		s.where, s.name = sitePrivate, "只在内网里有用的主机名"
	default:
		for _, suffix := range a.PrivateSuffixes {
			if strings.HasSuffix(host, suffix) {
				s.where, s.name = sitePrivate, "内网域名"
			}
		}
	}
	return s
}

func (a *addressBook) locateAddr(s site, addr netip.Addr) site {
	b, special := a.specialBlock(addr)
	switch {
	case special && b.Loopback, addr.Unmap().IsUnspecified():
		s.where = siteLocal
	case special:
		s.where, s.name = sitePrivate, b.Name
	default:
		s.doubt, _ = a.doubtfulBlock(addr)
	}
	return s
}

// numeric reports whether browsers would take a host whose last label is this for an IPv4 address.
func numeric(label string) bool {
	if label == "" {
		return false
	}
	return strings.HasPrefix(label, "0x") || !strings.ContainsFunc(label, func(r rune) bool { return r < '0' || r > '9' })
}
