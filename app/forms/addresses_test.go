package forms

import (
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

func TestReadAddresses(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"YAML": "ADDR-4: http://127.0.0.1:1/login\nADDR-5: \"http://127.0.0.1:2\"\nADDR-5.舟山: ''\n",
		"JSON": "\ufeff" + `{"ADDR-4": " http://127.0.0.1:1/login ", "ADDR-5": "http://127.0.0.1:2", "ADDR-5.舟山": ""}`,
	} {
		got, err := c.ReadAddresses(name, []byte(body))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got["ADDR-4"] != "http://127.0.0.1:1/login" || got["ADDR-5.杭州"] != "http://127.0.0.1:2" {
			t.Errorf("%s: %v", name, got)
		}
		if at, named := got["ADDR-5.舟山"]; !named || at != "" || len(got) != 13 {
			t.Errorf("%s: %d addresses, %q", name, len(got), at)
		}
		if _, named := got["ADDR-5"]; named {
			t.Errorf("%s: the key without a region is an address", name)
		}
	}
}

func TestReadAddressesRefuses(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		body, word string
		code       listing.Code
	}{
		"empty":        {"", "没有地址", listing.CodeInvalid},
		"nothing":      {"{}", "没有地址", listing.CodeInvalid},
		"unknown key":  {"ADDR-99: http://127.0.0.1", "ADDR-99", listing.CodeInvalid},
		"part of one":  {"ADDR: http://127.0.0.1", "ADDR", listing.CodeInvalid},
		"twice":        {"ADDR-4: http://127.0.0.1\nADDR-4: http://127.0.0.1", "读不懂", listing.CodeInvalid},
		"a file":       {"ADDR-4: file:///etc/hostname", "ADDR-4", listing.CodeInvalid},
		"no host":      {"ADDR-4: http:///x", "ADDR-4", listing.CodeInvalid},
		"with a login": {"ADDR-4: http://a:b@127.0.0.1/", "密码", listing.CodeInvalid},
		"a list":       {"- ADDR-4", "读不懂", listing.CodeInvalid},
		"nested":       {"ADDR-4: {url: x}", "读不懂", listing.CodeInvalid},
		"two":          {"ADDR-4: http://127.0.0.1\n---\nADDR-7: http://127.0.0.1", "读不懂", listing.CodeInvalid},
		"no text":      {"\x00\x01", "读不懂", listing.CodeInvalid},
		"too long":     {"ADDR-4: http://127.0.0.1/" + strings.Repeat("x", 600), "500", listing.CodeInvalid},
		"too large":    {strings.Repeat("#", maxAddressFile+1), "KB", listing.CodeTooLarge},
	} {
		_, err := c.ReadAddresses("地址.yaml", []byte(tc.body))
		if listing.CodeOf(err) != tc.code || !strings.Contains(err.Error(), tc.word) || listing.AsError(err).Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadAddresses(f *testing.F) {
	for _, seed := range []string{"ADDR-4: http://127.0.0.1", `{"ADDR-5":""}`, "&a [*a]", "? x", "!!map {}"} {
		f.Add([]byte(seed))
	}
	c, err := Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := c.ReadAddresses("x", raw)
		if (err == nil) == (len(got) == 0) {
			t.Errorf("%v, %v", got, err)
		}
		for key := range got {
			if c.Address(key, nil) == nil {
				t.Errorf("unknown %q", key)
			}
		}
	})
}
