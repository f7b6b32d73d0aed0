// Package record is the envelope around every value in the database: which kind of thing it is, the schema it was
// written under, and a checksum over all of it, so that a damaged page can never pass as data.
//
// An envelope is one header line and the body:
//
//	sjt1 <kind> <schema> <checksum>\n
//	<body, compact JSON>
//
// kind is lower-case ASCII, schema a decimal number from 1, checksum the SHA-256 in lower-case hex over kind, schema,
// ID (which is the key, and not stored again) and body, each part with its length in front. A value that turns up
// under another key, or as another kind, is therefore damaged too. For each content there is exactly one envelope:
// Decode accepts nothing that Encode would write differently.
package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// magic opens every envelope; its digit is the version of the envelope itself.
const magic = "sjt1"

// maxHeader is the longest header line Decode looks for, in bytes.
const maxHeader = 160

// maxKind is the longest kind, in bytes.
const maxKind = 32

// The ways in which an envelope can be wrong. Errors of this package wrap one of them.
var (
	ErrForm     = errors.New("no envelope")
	ErrKind     = errors.New("another kind")
	ErrChecksum = errors.New("wrong checksum")
)

// Envelope is a decoded envelope.
type Envelope struct {
	Kind   string
	Schema int
	Body   json.RawMessage // compact JSON
}

// Encode puts a body into an envelope. It fails on a kind that is not 1 to 32 characters a-z, 0-9, "_" or "-", a schema
// below 1, and a body that is not compact JSON.
func Encode(kind, id string, schema int, body []byte) ([]byte, error) {
	if !validKind(kind) || schema < 1 {
		return nil, fmt.Errorf("%w: kind %q, schema %d", ErrForm, kind, schema)
	}
	if !compact(body) {
		return nil, fmt.Errorf("%w: the body is not compact JSON", ErrForm)
	}
	sum := checksum(kind, id, schema, body)
	out := make([]byte, 0, len(body)+maxHeader)
	out = fmt.Appendf(out, "%s %s %d %s\n", magic, kind, schema, sum)
	return append(out, body...), nil
}

// Decode checks an envelope that was found under id and returns what is in it. kind is what the place it was found in
// promises. The body is a copy.
func Decode(kind, id string, raw []byte) (Envelope, error) {
	head, body, ok := cutHeader(raw)
	if !ok {
		return Envelope{}, fmt.Errorf("%w: no header line", ErrForm)
	}
	parts := bytes.Split(head, []byte(" "))
	if len(parts) != 4 || string(parts[0]) != magic || !validKind(string(parts[1])) {
		return Envelope{}, fmt.Errorf("%w: header %.40q", ErrForm, head)
	}
	schema, err := strconv.Atoi(string(parts[2]))
	if err != nil || schema < 1 || strconv.Itoa(schema) != string(parts[2]) {
		return Envelope{}, fmt.Errorf("%w: schema %.20q", ErrForm, parts[2])
	}
	if string(parts[1]) != kind {
		return Envelope{}, fmt.Errorf("%w: %q where %q belongs", ErrKind, parts[1], kind)
	}
	if checksum(kind, id, schema, body) != string(parts[3]) {
		return Envelope{}, ErrChecksum
	}
	if !compact(body) {
		return Envelope{}, fmt.Errorf("%w: the body is not compact JSON", ErrForm)
	}
	return Envelope{Kind: kind, Schema: schema, Body: bytes.Clone(body)}, nil
}

func cutHeader(raw []byte) (head, body []byte, ok bool) {
	end := bytes.IndexByte(raw[:min(len(raw), maxHeader)], '\n')
	if end < 0 {
		return nil, nil, false
	}
	return raw[:end], raw[end+1:], true
}

func checksum(kind, id string, schema int, body []byte) string {
	h := sha256.New()
	for _, part := range [][]byte{[]byte(kind), []byte(strconv.Itoa(schema)), []byte(id), body} {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(part)))
		h.Write(size[:])
		h.Write(part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func validKind(kind string) bool {
	if kind == "" || len(kind) > maxKind {
		return false
	}
	for _, c := range []byte(kind) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

func compact(body []byte) bool {
	var out bytes.Buffer
	out.Grow(len(body))
	return json.Compact(&out, body) == nil && bytes.Equal(out.Bytes(), body)
}
