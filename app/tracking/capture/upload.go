package capture

import (
	"crypto/md5" //nolint:gosec // the signature rule of the upload is MD5 (dossier 4); nothing is protected by it
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strings"
)

// Upload is a decoded upload of the stability SDK.
type Upload struct {
	Host   string            `json:"host"`   // with its scheme
	Header map[string]string `json:"header"` // wpk-header: app, cp, de, seq, tm, ud, ver, type, sver, sign
}

// ErrNoUpload is returned for an address that is no upload, or whose wpk-header cannot be read.
var ErrNoUpload = errors.New("no upload of the stability SDK")

// uploadHeader is the parameter that holds the signed values.
const uploadHeader = "wpk-header"

// ParseUpload decodes the address of a stability upload, with the header encoded once, twice or, in a decoded copy, not
// at all.
func ParseUpload(address string) (Upload, error) {
	where, query, found := strings.Cut(address, "?")
	if !found {
		return Upload{}, ErrNoUpload
	}
	u := Upload{Host: hostOf(where), Header: map[string]string{}}
	_, header, found := strings.Cut(query, uploadHeader+"=")
	if !found {
		return Upload{}, ErrNoUpload
	}
	if strings.Contains(header, "%3D") || strings.Contains(header, "%253D") {
		header, _, _ = strings.Cut(header, "&")
		for range 2 {
			if header = decode(header); strings.Contains(header, "=") {
				break
			}
		}
	}
	for pair := range strings.SplitSeq(header, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name != "" && name != "uc_param_str" {
			u.Header[name] = decode(value)
		}
	}
	if u.Header["app"] == "" {
		return Upload{}, ErrNoUpload
	}
	return u, nil
}

// hostOf returns the scheme and host of an address without its query.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// Sign computes the signature that belongs to the header of an upload (dossier 4): the MD5, in hexadecimal digits, of
// the signed values in the order of their names, each as name=value without anything between, and the signkey.
func (u Upload) Sign(signkey string) (string, error) {
	k, err := embedded()
	if err != nil {
		return "", err
	}
	names := slices.Sorted(slices.Values(k.Upload.Signed))
	text := ""
	for _, name := range names {
		if value, ok := u.Header[name]; ok {
			text += name + "=" + value
		}
	}
	sum := md5.Sum([]byte(text + signkey)) //nolint:gosec // see the import
	return hex.EncodeToString(sum[:]), nil
}
