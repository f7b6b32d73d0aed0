package capture

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"
)

// parseCommand reads a command that developer tools copied: cURL (bash or cmd), fetch or PowerShell; several may stand
// behind one another.
func parseCommand(text string) []entry {
	start := strings.TrimLeft(text, " \t$>([;&")
	switch {
	case strings.EqualFold(start[:min(len(start), 4)], "curl"):
		return parseCurl(start)
	case strings.HasPrefix(start, "fetch(") || strings.HasPrefix(start, "await fetch("):
		return parseFetch(start)
	}
	return parsePowerShell(start)
}

// parseCurl reads the words of cURL commands.
func parseCurl(text string) []entry {
	list, _ := words(text)
	c := &curl{words: list}
	for c.next() {
		c.word()
	}
	c.flush()
	return c.out
}

// curl goes through the words of cURL commands.
type curl struct {
	words []string
	at    int // of the word that comes next
	now   string
	e     entry
	out   []entry
}

func (c *curl) next() bool {
	if c.at >= len(c.words) {
		return false
	}
	c.now = c.words[c.at]
	c.at++
	return true
}

// value takes the next word as the value of an option.
func (c *curl) value() string {
	if !c.next() {
		return ""
	}
	return c.now
}

// flush ends a command.
func (c *curl) flush() {
	if c.e.address != "" {
		if c.e.method == "" {
			c.e.method = "GET"
		}
		c.out = append(c.out, c.e)
	}
	c.e = entry{}
}

func (c *curl) word() {
	word := c.now
	switch word {
	case "curl", "curl.exe", ";", "&", "&&":
		c.flush()
	case "--url":
		c.e.address = c.value()
	case "-X", "--request":
		c.e.method = c.value()
	case "-A", "--user-agent":
		c.e.agent = c.value()
	case "-H", "--header":
		c.e.header(c.value())
	default:
		c.other(word)
	}
}

func (c *curl) other(word string) {
	switch {
	case word == "-d" || strings.HasPrefix(word, "--data"):
		if c.e.body = c.value(); c.e.method == "" {
			c.e.method = "POST"
		}
	case takesValue(word):
		c.value()
	case !strings.HasPrefix(word, "-") && c.e.address == "":
		c.e.address = word
	}
}

// takesValue reports whether an option of cURL of no interest is followed by its value.
func takesValue(option string) bool {
	switch option {
	case "-b", "--cookie", "-e", "--referer", "-o", "--output", "-u", "--user", "-x", "--proxy", "-m", "--max-time", "-F", "--form",
		"--resolve", "--connect-timeout", "--cert", "--key", "-w", "--write-out":
		return true
	}
	return false
}

func (e *entry) header(line string) {
	if name, value, found := strings.Cut(line, ":"); found && strings.EqualFold(strings.TrimSpace(name), "user-agent") {
		e.agent = strings.TrimSpace(value)
	}
}

// words splits a command as a shell does: that of bash, or with carets that of Windows. closed is false while a quote is
// open at the end.
func words(text string) (list []string, closed bool) {
	w := &wordReader{text: text}
	if caretPattern().MatchString(text) {
		w.text = uncaret(text)
		w.windows = true
	}
	return w.split()
}

// caretPattern finds the marks of a command for Windows: a quote or the end of a line with a caret.
var caretPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\^"|\^[ \t]*(\r?\n|$)`) })

// uncaret takes the carets out: each makes the character after it plain, and the end of a line nothing.
func uncaret(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '^' {
			b.WriteByte(text[i])
			continue
		}
		i++
		if i < len(text) && text[i] != '\n' {
			b.WriteByte(text[i])
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// wordReader splits a text into words.
type wordReader struct {
	text    string
	windows bool
	at      int
	word    strings.Builder
	inWord  bool
	list    []string
}

func (w *wordReader) split() ([]string, bool) {
	closed := true
	for w.at < len(w.text) {
		c := w.text[w.at]
		w.at++
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			w.end()
		case c == '"':
			closed = w.quoted('"', true)
		case c == '\'' && !w.windows:
			closed = w.quoted('\'', false)
		case c == '$' && !w.windows && strings.HasPrefix(w.text[w.at:], "'"):
			w.at++
			closed = w.ansi()
		case c == '\\' && !w.windows && w.at < len(w.text):
			if w.text[w.at] != '\n' && w.text[w.at] != '\r' {
				w.put(w.text[w.at])
			}
			w.at++
		default:
			w.put(c)
		}
	}
	w.end()
	return w.list, closed
}

func (w *wordReader) put(c byte) {
	w.word.WriteByte(c)
	w.inWord = true
}

func (w *wordReader) end() {
	if w.inWord {
		w.list = append(w.list, w.word.String())
		w.word.Reset()
		w.inWord = false
	}
}

// quoted reads up to the closing quote and reports whether it came.
func (w *wordReader) quoted(quote byte, escapes bool) bool {
	w.inWord = true
	for w.at < len(w.text) {
		c := w.text[w.at]
		w.at++
		switch {
		case c == quote && w.windows && strings.HasPrefix(w.text[w.at:], `"`): // "" is a quote
			w.at++
		case c == quote:
			return true
		case c == '\\' && escapes && w.at < len(w.text) && strings.IndexByte("\"\\$`", w.text[w.at]) >= 0:
			c = w.text[w.at]
			w.at++
		}
		w.put(c)
	}
	return false
}

// ansi reads the inside of $'…', where backslashes mean more.
func (w *wordReader) ansi() bool {
	w.inWord = true
	for w.at < len(w.text) {
		c := w.text[w.at]
		w.at++
		switch {
		case c == '\'':
			return true
		case c == '\\' && w.at < len(w.text):
			r, size := escaped(w.text[w.at:])
			w.word.WriteRune(r)
			w.at += size
		default:
			w.put(c)
		}
	}
	return false
}

// parseFetch reads fetch("address", {…}) calls; the second value is JSON, as the tools write it.
func parseFetch(text string) []entry {
	var out []entry
	for {
		_, after, found := strings.Cut(text, "fetch(")
		if !found {
			return out
		}
		text = after
		d := json.NewDecoder(strings.NewReader(after))
		e := entry{method: "GET"}
		if d.Decode(&e.address) != nil {
			continue
		}
		rest := strings.TrimLeft(after[d.InputOffset():], " \t\r\n,")
		var options struct {
			Method  string            `json:"method"`
			Body    string            `json:"body"`
			Headers map[string]string `json:"headers"`
		}
		if json.NewDecoder(strings.NewReader(rest)).Decode(&options) == nil {
			if e.body = options.Body; options.Method != "" {
				e.method = options.Method
			}
			for name, value := range options.Headers {
				e.header(name + ":" + value)
			}
		}
		out = append(out, e)
	}
}

// powerShell finds the parts of a copied Invoke-WebRequest: a name, then a text in which a backtick makes the next
// character plain.
var powerShell = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("(?i)(-Uri|-Method|-Body|-UserAgent|\"user-agent\"=)\\s*\"((?:[^\"`]|`.)*)\"")
})

func parsePowerShell(text string) []entry {
	var out []entry
	for command := range strings.SplitSeq(text, "Invoke-") {
		e := entry{method: "GET"}
		for _, part := range powerShell().FindAllStringSubmatch(command, -1) {
			value := regexp.MustCompile("(?s)`(.)").ReplaceAllString(part[2], "$1")
			switch strings.ToLower(part[1]) {
			case "-uri":
				e.address = value
			case "-method":
				e.method = value
			case "-body":
				e.body = value
			default:
				e.agent = value
			}
		}
		if e.address != "" {
			out = append(out, e)
		}
	}
	return out
}
