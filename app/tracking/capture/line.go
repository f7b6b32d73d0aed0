package capture

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
)

// The places of the fields of a line (dossier 3.3), counted from 0. What stands after the arguments is counted from the
// end, since the arguments may hold the separator themselves.
const (
	fieldMethod   = 1
	fieldAgent    = 2
	fieldAppID    = 4
	fieldDevice   = 6
	fieldNick     = 8
	fieldUser     = 9
	fieldPlatform = 16
	fieldCNA      = 18
	fieldTime     = 19
	fieldPage     = 20
	fieldEvent    = 21
	fieldReferrer = 22
	fieldSession  = 24
	fieldArgs     = 25
	fieldGif      = 26
	fieldVersion  = 28
	fieldCount    = 33
	fieldsAfter   = fieldCount - fieldGif
	separator     = "||"
	separatorCode = "7C" // in every encoding of the separator
	leastFields   = 8    // what has fewer is no line
)

// Line is a decoded line of the traffic log. A field that is empty in the log ("-") is empty here.
type Line struct {
	LogID     string `json:"log_id"`
	Method    string `json:"method"`
	UserAgent string `json:"user_agent"` // newer SDKs leave it out
	AppID     string `json:"app_id"`
	DeviceID  string `json:"device_id"`
	Nick      string `json:"nick"`
	User      string `json:"user"`
	Platform  string `json:"platform"` // as the SDK names it: pc, taobao …
	CNA       string `json:"cna"`      // tells one device from another
	Time      string `json:"time"`     // epoch milliseconds
	Page      string `json:"page"`     // address of the page
	Event     string `json:"event"`    // event code, 2001 for a page view
	Referrer  string `json:"referrer"`
	// Args are the arguments of the event as JSON has them; nil when they cannot be read.
	Args    map[string]any `json:"args"`
	Gif     string         `json:"gif"` // /v.gif, /m.gif, /vx.gif, or the key of a custom event
	Version string         `json:"version"`
	// Cut says that fields are missing: the copy or the log was cut off.
	Cut bool `json:"cut"`
}

// ErrNoLine is returned for text that is no line of the traffic log.
var ErrNoLine = errors.New("no line of the traffic log")

// ParseLine decodes what stands after the question mark of a report's address, in any of the forms it is copied in: as a
// browser sends it, encoded as a whole, or decoded already. Of a line that was cut off it gives what is there.
func ParseLine(text string) (Line, error) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, separator) {
		if !strings.Contains(text, separatorCode) && !strings.Contains(text, strings.ToLower(separatorCode)) {
			return Line{}, ErrNoLine
		}
		text = decodeWhole(text)
	}
	parts := strings.Split(text, separator)
	if len(parts) < leastFields {
		return Line{}, ErrNoLine
	}
	fields, cut, ok := arrange(parts)
	if !ok {
		return Line{}, ErrNoLine
	}
	get := func(i int) string { return plain(fields[i]) }
	l := Line{
		LogID: get(0), Method: get(fieldMethod), UserAgent: get(fieldAgent), AppID: get(fieldAppID), DeviceID: get(fieldDevice),
		Nick: get(fieldNick), User: get(fieldUser), CNA: get(fieldCNA), Time: get(fieldTime), Event: get(fieldEvent),
		Page: decodeAddress(fields[fieldPage]), Referrer: decodeAddress(fields[fieldReferrer]), Gif: get(fieldGif),
		Version: get(fieldVersion), Args: object(fields[fieldArgs]), Cut: cut,
	}
	l.Platform, _ = object(fields[fieldPlatform])["platform_type"].(string)
	mendSwallowed(l.Args)
	return l, nil
}

// decodeWhole undoes the encoding of a line as a whole, once or, after a second tool, twice.
func decodeWhole(text string) string {
	for range 2 {
		decoded := decode(text)
		if strings.Contains(decoded, separator) || decoded == text {
			return decoded
		}
		text = decoded
	}
	return text
}

// arrange puts the parts of a line into their 33 places. A line that begins with its log ID and method is counted from
// the left; one of which only the end was copied, from the right.
func arrange(parts []string) (fields []string, cut, ok bool) {
	fields = make([]string, fieldCount)
	n := len(parts)
	left := isMethod(parts[fieldMethod])
	switch {
	case n >= fieldCount && left:
		copy(fields, parts[:fieldArgs])
		fields[fieldArgs] = strings.Join(parts[fieldArgs:n-fieldsAfter], separator)
		copy(fields[fieldGif:], parts[n-fieldsAfter:])
		return fields, false, true
	case left:
		copy(fields, parts)
		return fields, true, true
	}
	at := argsOfEnd(parts)
	if at < 0 {
		return nil, false, false
	}
	copy(fields[fieldArgs-at:], parts[:at])
	fields[fieldArgs] = strings.Join(parts[at:n-fieldsAfter], separator)
	copy(fields[fieldGif:], parts[n-fieldsAfter:])
	return fields, true, true
}

// argsOfEnd finds where the arguments begin in the end of a line; -1 when there are none before the last fields.
func argsOfEnd(parts []string) int {
	end := len(parts) - fieldsAfter
	for at := min(end-1, fieldArgs); at >= max(0, end-leastFields); at-- {
		if object(strings.Join(parts[at:end], separator)) != nil {
			return at
		}
	}
	return -1
}

func isMethod(s string) bool { return s == "GET" || s == "POST" }

// plain decodes a field of text; "-" is how an empty one is written.
func plain(s string) string {
	s = strings.TrimSpace(decode(s))
	if s == "-" {
		return ""
	}
	return s
}

// decode undoes percent-encoding as far as it is whole; a stray "%" stays. A plus sign stays a plus sign.
func decode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	if out, err := url.PathUnescape(s); err == nil {
		return strings.ToValidUTF8(out, "\uFFFD")
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			r, _ := codePoint(s[i:], 1, 2)
			b.WriteByte(byte(r))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// decodeAddress undoes the encoding of an address, however often it was encoded: until its slashes show.
func decodeAddress(s string) string {
	s = strings.TrimSpace(s)
	for range 3 {
		decoded := decode(s)
		if decoded == s || strings.Contains(s, "/") {
			break
		}
		s = decoded
	}
	if s == "-" {
		return ""
	}
	return s
}

// object reads a field of JSON, encoded or not; nil when it is none.
func object(s string) map[string]any {
	for range 3 {
		var out map[string]any
		if json.Unmarshal([]byte(withoutBreaks(s)), &out) == nil && out != nil {
			return out
		}
		decoded := decode(s)
		if decoded == s {
			return nil
		}
		s = decoded
	}
	return nil
}

// withoutBreaks takes out the line breaks that copying put into a line.
func withoutBreaks(s string) string { return strings.NewReplacer("\r", "", "\n", "").Replace(s) }

// mendSwallowed gives the page's address back the "=" that developer tools show as ": " when they take the line for a
// list of parameters.
func mendSwallowed(args map[string]any) {
	address, _ := args["page_url"].(string)
	if before, query, found := strings.Cut(address, "?"); found {
		args["page_url"] = before + "?" + strings.Replace(query, ": ", "=", 1)
	}
}
