package queue

import (
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"
)

// present is what JavaScript takes for true.
func present(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	case float64:
		return v != 0 && v == v
	case int:
		return v != 0
	}
	return true
}

// text is what JavaScript writes for a value.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case Unknown:
		return string(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case map[string]any:
		return "[object Object]"
	case []any:
		parts := make([]string, len(v))
		for i, one := range v {
			parts[i] = text(one)
		}
		return strings.Join(parts, ",")
	}
	return fmt.Sprint(v)
}

// orDash is how the line writes a value.
func orDash(v any) string {
	if !present(v) {
		return "-"
	}
	return text(v)
}

// orEmpty keeps a value, whatever its type, and makes an absent one the empty text.
func orEmpty(v any) any {
	if !present(v) {
		return ""
	}
	return v
}

// assign copies the members of a value into a map as Object.assign does: those of an object, and the letters of a text.
func assign(into map[string]any, v any) {
	switch v := v.(type) {
	case map[string]any:
		maps.Copy(into, v)
	case []any:
		for i, one := range v {
			into[strconv.Itoa(i)] = one
		}
	case string:
		for i, letter := range []rune(v) {
			into[strconv.Itoa(i)] = string(letter)
		}
	}
}

// assignEach is assign, but for a list it copies the members of each element.
func assignEach(into map[string]any, v any) {
	list, ok := v.([]any)
	if !ok {
		assign(into, v)
		return
	}
	for _, one := range list {
		assign(into, one)
	}
}

// parameters reads "a=1&b=2"; anything but text is returned as it is.
func parameters(v any) any {
	s, ok := v.(string)
	if !ok {
		return v
	}
	out := map[string]any{}
	for pair := range strings.SplitSeq(s, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if decoded, err := url.PathUnescape(value); err == nil {
			value = decoded
		}
		if name != "" {
			out[name] = value
		}
	}
	return out
}
