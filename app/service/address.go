package service

import (
	"cmp"
	"maps"
	"net/url"
	"slices"

	"shangjiatong/app/listing"
)

// checkAddress lets only web addresses through: nothing else is ever handed to a browser.
func checkAddress(raw string) error {
	if raw == "" {
		return listing.Fail(listing.CodeRefused, "这个地址还没有填写", "请在设置的“地址”里填写")
	}
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return listing.Failf(listing.CodeInvalid, "地址要以 http:// 或 https:// 开头", "“%s”不是网页地址", raw)
	}
	return nil
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
