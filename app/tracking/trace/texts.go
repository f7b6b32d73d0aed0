package trace

import (
	"strings"
	"time"

	"github.com/dlclark/regexp2"
)

// regexOf reads a regular expression literal.
func regexOf(lit string, at Mark) *Value {
	end := strings.LastIndexByte(lit, '/')
	if end <= 0 {
		return unknown("")
	}
	return &Value{Kind: Regex, Text: lit[1:end], flags: lit[end+1:], At: at}
}

const regexTime = 50 * time.Millisecond

// Match tells whether a pattern of JavaScript finds something in s; an error means that it cannot be told.
func Match(pattern, flags, s string) (bool, error) {
	opts := regexp2.RegexOptions(regexp2.ECMAScript)
	if strings.Contains(flags, "i") {
		opts |= regexp2.IgnoreCase
	}
	re, err := regexp2.Compile(pattern, opts)
	if err != nil {
		return false, err
	}
	re.MatchTimeout = regexTime
	return re.MatchString(s)
}

func matches(re, s *Value) *Value {
	if s.Kind != String {
		return unknown("")
	}
	yes, err := Match(re.Text, re.flags, s.Text)
	if err != nil {
		return unknown("")
	}
	return boolean(yes)
}

// found is what match and exec give: a list, or null.
func found(matched *Value) *Value {
	yes, known := matched.truth()
	switch {
	case !known:
		return unknown("")
	case yes:
		return newOpenArray()
	}
	return &Value{Kind: Null}
}

// stringMethod is a call on a known text.
func stringMethod(this *Value, name string, args []*Value) *Value {
	arg := ""
	known := len(args) > 0 && args[0].Kind == String
	if known {
		arg = args[0].Text
	}
	switch name {
	case "toLowerCase", "toLocaleLowerCase":
		return text(strings.ToLower(this.Text), this.At)
	case "toUpperCase", "toLocaleUpperCase":
		return text(strings.ToUpper(this.Text), this.At)
	case "trim":
		return text(strings.TrimSpace(this.Text), this.At)
	case "toString", "valueOf":
		return this
	case "match":
		if len(args) > 0 && args[0].Kind == Regex {
			return found(matches(args[0], this))
		}
	case "search":
		if len(args) > 0 && args[0].Kind == Regex {
			return searched(matches(args[0], this))
		}
	case "split":
		return &Value{Kind: Array, object: &object{props: map[string]*Value{}, open: true}}
	}
	if known {
		return stringSearch(this, name, arg)
	}
	return &Value{Textual: true}
}

func searched(matched *Value) *Value {
	yes, known := matched.truth()
	switch {
	case !known:
		return unknown("")
	case yes:
		return number(0, Mark{})
	}
	return number(-1, Mark{})
}

func stringSearch(this *Value, name, arg string) *Value {
	switch name {
	case "indexOf":
		return number(float64(strings.Index(this.Text, arg)), this.At)
	case "includes":
		return boolean(strings.Contains(this.Text, arg))
	case "startsWith":
		return boolean(strings.HasPrefix(this.Text, arg))
	case "endsWith":
		return boolean(strings.HasSuffix(this.Text, arg))
	case "concat":
		return text(this.Text+arg, this.At)
	}
	return &Value{Textual: true}
}
