package service

import (
	"context"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// addresses returns the addresses that differ from the defaults; see placed. Without a store nobody changed any.
func (c *core) addresses(ctx context.Context) (map[string]string, error) {
	var set listing.Settings
	err := c.maybe(ctx, func(r listing.Reader) (err error) {
		if r != nil {
			set, err = settings(r)
		}
		return err
	})
	return c.placed(set), err
}

// placed returns the addresses in the place of the defaults: those of this run, or those of the settings, led elsewhere
// when the settings say so. An empty address says that there is none.
func (c *core) placed(set listing.Settings) map[string]string {
	if c.Addresses != nil {
		out := map[string]string{}
		for _, a := range c.forms.Addresses {
			out[a.Key] = c.Addresses[a.Key]
		}
		return out
	}
	if set.Elsewhere == "" {
		return set.Addresses
	}
	out := map[string]string{}
	for _, a := range c.forms.Addresses {
		out[a.Key] = elsewhere(c.forms.Address(a.Key, set.Addresses).URL, set.Elsewhere)
	}
	return out
}

// elsewhere leads an address to another place and keeps what follows its host.
func elsewhere(address, place string) string {
	u, err := url.Parse(address)
	if address == "" || err != nil {
		return ""
	}
	u.Scheme, u.Host, u.User = "", "", nil
	return strings.TrimRight(place, "/") + "/" + strings.TrimLeft(u.String(), "/")
}

// ReadAddresses reads the addresses that stand in the place of all others for one run, from a file of this machine.
func ReadAddresses(path string) (map[string]string, error) {
	c, err := forms.Default()
	if err != nil {
		return nil, err
	}
	return addressesOf(c, ProofFile{Name: filepath.Base(path), Path: path})
}

func addressesOf(c *forms.Catalogue, file ProofFile) (map[string]string, error) {
	if _, err := os.Stat(file.Path); err != nil {
		return nil, listing.Failf(listing.CodeInvalid, "请检查路径和权限", "打不开地址文件“%s”", file.Name).Because(err)
	}
	raw, err := readWhole(file, maxAddresses)
	if err != nil {
		return nil, err
	}
	return c.ReadAddresses(file.Name, raw)
}

// maxAddresses is the largest file of addresses read, in bytes.
const maxAddresses = 1 << 20

// ImportAddresses takes an uploaded file of addresses and returns how many it holds. The others stay as they are.
func (s *Networks) ImportAddresses(ctx context.Context, upload string) (int, error) {
	up, err := s.uploads.finished(upload)
	if err != nil {
		return 0, err
	}
	n, err := s.ImportAddressesFile(ctx, ProofFile{Name: up.name, Path: up.path})
	if err == nil {
		s.uploads.drop(upload)
	}
	return n, err
}

// ImportAddressesFile takes a file of addresses of this machine; see ImportAddresses.
func (s *Networks) ImportAddressesFile(ctx context.Context, file ProofFile) (int, error) {
	given, err := addressesOf(s.forms, file)
	if err != nil {
		return 0, err
	}
	return len(given), s.set(ctx, "导入地址", func(set *listing.Settings) {
		all := maps.Clone(set.Addresses)
		maps.Copy(all, given)
		for key, address := range all {
			if s.forms.Address(key, nil).URL == address {
				delete(all, key) // the default needs no entry
			}
		}
		set.Addresses = all
	})
}

// ResetAddresses brings the default addresses back.
func (s *Networks) ResetAddresses(ctx context.Context) error {
	return s.set(ctx, "改回自带的地址", func(set *listing.Settings) { set.Addresses, set.Elsewhere = map[string]string{}, "" })
}

// SetElsewhere leads every address to another place, where its own path is kept: a rehearsal. Empty takes that back.
func (s *Networks) SetElsewhere(ctx context.Context, place string) (NetworksView, error) {
	place = strings.TrimSpace(place)
	if place != "" {
		if err := checkAddress(place); err != nil {
			return NetworksView{}, err
		}
	}
	if err := s.set(ctx, "所有地址改指别处", func(set *listing.Settings) { set.Elsewhere = place }); err != nil {
		return NetworksView{}, err
	}
	return s.Status(ctx)
}

// set changes the settings.
func (s *Networks) set(ctx context.Context, what string, change func(*listing.Settings)) error {
	return s.change(ctx, what, "", func(w listing.Writer) error {
		set, err := settings(w)
		if err != nil {
			return err
		}
		change(&set)
		set.UpdatedAt = s.stamp()
		return w.Put(set)
	})
}
