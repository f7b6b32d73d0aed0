package capture

import (
	"bufio"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// textReader reads lines: copied addresses, copied commands, logs.
type textReader struct {
	*knowledge
	r       *bufio.Reader
	show    func(entry) error
	number  int    // of the current line
	agent   string // a user agent that the copied PowerShell names before its requests
	long    int    // lines that were longer than the limit
	command []string
	size    int
	first   int    // line at which the command began
	carry   string // a line of the log that seems to go on
	carried int    // line at which it began
}

// readText reads lines of any kind and shows the requests in them. It returns how many lines were longer than the limit
// and were read up to it.
func (k *knowledge) readText(r *bufio.Reader, show func(entry) error) (long int, err error) {
	t := &textReader{knowledge: k, r: r, show: show}
	for {
		line, err := t.line()
		if err != nil && !errors.Is(err, io.EOF) {
			return t.long, err
		}
		last := err != nil
		if !last || line != "" {
			if err := t.take(line); err != nil {
				return t.long, err
			}
		}
		if last {
			return t.long, errors.Join(t.endCommand(), t.endCarry())
		}
	}
}

// line reads a line, of a long one the beginning.
func (t *textReader) line() (string, error) {
	t.number++
	var out []byte
	cut := false
	for {
		piece, err := t.r.ReadSlice('\n')
		room := t.Limits.LineBytes - len(out)
		cut = cut || len(piece) > room+2
		out = append(out, piece[:min(len(piece), room)]...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if cut {
			t.long++
		}
		return strings.TrimRight(strings.ToValidUTF8(string(out), "\uFFFD"), "\r\n"), err
	}
}

func (t *textReader) take(line string) error {
	switch {
	case len(t.command) > 0:
		return t.more(line)
	case startsCommand(line):
		if err := t.endCarry(); err != nil {
			return err
		}
		t.first = t.number
		return t.more(line)
	}
	if found := agentPattern().FindStringSubmatch(line); found != nil {
		t.agent = found[1]
	}
	return t.scan(line)
}

// startsCommand reports whether a line begins what developer tools copy as a command.
func startsCommand(line string) bool {
	line = strings.TrimLeft(line, " \t$>([;&")
	for _, word := range []string{"curl ", "curl.exe ", "fetch(", "await fetch(", "Invoke-WebRequest ", "Invoke-RestMethod "} {
		if len(line) >= len(word) && strings.EqualFold(line[:len(word)], word) {
			return true
		}
	}
	return false
}

// more adds a line to the command and ends it where no line follows. What runs on too long is no command.
func (t *textReader) more(line string) error {
	t.command = append(t.command, line)
	if t.size += len(line); t.size > t.Limits.CommandBytes || len(t.command) > t.Limits.CommandLines {
		return t.again()
	}
	text := strings.TrimRight(line, " \t")
	if strings.HasSuffix(text, `\`) || strings.HasSuffix(text, "^") || strings.HasSuffix(text, "`") {
		return nil
	}
	if openCommand(strings.Join(t.command, "\n")) {
		return nil
	}
	return t.endCommand()
}

// openCommand reports whether the braces of a copied fetch or PowerShell are still open, or the quotes of a cURL.
func openCommand(text string) bool {
	text = strings.TrimLeft(text, " \t$>([;&")
	if strings.EqualFold(text[:min(len(text), 4)], "curl") {
		_, closed := words(text)
		return !closed
	}
	return strings.Count(text, "{") > strings.Count(text, "}") || strings.Count(text, "(") > strings.Count(text, ")")
}

// endCommand shows the requests of the command. What only looked like one is read again as lines.
func (t *textReader) endCommand() error {
	if len(t.command) == 0 {
		return nil
	}
	text := strings.Join(t.command, "\n")
	found := parseCommand(text)
	if len(found) == 0 || openCommand(text) {
		return t.again()
	}
	t.command, t.size = nil, 0
	for _, e := range found {
		e.number = t.first
		if e.agent == "" {
			e.agent = t.agent
		}
		if err := t.show(e); err != nil {
			return err
		}
	}
	return nil
}

// again reads the lines of what is no command one by one.
func (t *textReader) again() error {
	lines, now := t.command, t.number
	t.command, t.size = nil, 0
	defer func() { t.number = now }()
	for i, line := range lines {
		t.number = t.first + i
		if err := t.scan(line); err != nil {
			return err
		}
	}
	return nil
}

// scan finds the reports and uploads that a line names, whatever stands around them.
func (t *textReader) scan(line string) error {
	line = unescapeJSON(line)
	if t.carry != "" {
		joined := t.carry + "&" + line
		if l, err := ParseLine(joined); err == nil && !l.Cut {
			t.carry = ""
			return t.shown(entry{address: "?" + joined, number: t.carried})
		}
		if err := t.endCarry(); err != nil {
			return err
		}
	}
	places := t.gifText.FindAllStringIndex(line, -1)
	if len(places) == 0 && !strings.Contains(line, uploadHeader) {
		return t.bare(line)
	}
	places = apart(line, places)
	for i, place := range places {
		end := len(line)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		from := place[0]
		if err := t.shown(around(line, entry{address: addressEnd(line[from:end], place[1]-from)})); err != nil {
			return err
		}
	}
	return t.uploads(line)
}

func (t *textReader) shown(e entry) error {
	if e.number == 0 {
		e.number = t.number
	}
	return t.show(e)
}

// bare takes a line that is the line of the log itself, without an address, as developer tools show it.
func (t *textReader) bare(line string) error {
	l, err := ParseLine(line)
	if err == nil && l.Cut && l.Method != "" {
		t.carry, t.carried = line, t.number
	} else if err == nil {
		return t.shown(around(line, entry{address: bareAddress(line)}))
	}
	return nil
}

// bareAddress is what stands for the address of a line of the log: its own, when one stands before it.
func bareAddress(line string) string {
	before := line
	for _, mark := range []string{separator, separatorCode + "%" + separatorCode} {
		before, _, _ = strings.Cut(before, mark)
	}
	if query := strings.LastIndex(before, "?"); query >= 0 {
		from := addressStart(line, query)
		return addressEnd(line[from:], query+1-from)
	}
	return "?" + strings.Trim(line, "\"'`, \t")
}

// unescapeJSON undoes the escapes of an address inside JSON, as logs of programs write it.
func unescapeJSON(line string) string {
	line = strings.ReplaceAll(line, `\/`, "/")
	if strings.Contains(line, `{\"`) {
		line = strings.ReplaceAll(line, `\"`, `"`)
	}
	return line
}

func (t *textReader) endCarry() error {
	if t.carry == "" {
		return nil
	}
	line := t.carry
	t.carry = ""
	return t.shown(entry{address: "?" + line, number: t.carried})
}

// delimiters end an address in running text.
const delimiters = " \t\"'`<>"

// apart moves the beginning of each place to where its address begins, and drops those within the address before.
func apart(line string, places [][]int) [][]int {
	var out [][]int
	searched := 0 // what stands before has no further beginning
	for _, place := range places {
		if at := strings.LastIndexAny(line[searched:place[0]], delimiters); at >= 0 || len(out) == 0 {
			out = append(out, []int{searched + at + 1, place[1]})
			searched = place[1]
			continue
		}
		searched = place[1]
	}
	return out
}

// addressStart goes back from the name of the log file to where its address begins.
func addressStart(line string, at int) int { return strings.LastIndexAny(line[:at], delimiters) + 1 }

// addressEnd cuts an address out of the text it begins. One that was decoded holds spaces and quotes itself: then the
// rest of the line belongs to it. query is where its query begins.
func addressEnd(text string, query int) string {
	end := strings.IndexAny(text[query:], delimiters)
	if end < 0 {
		return text
	}
	short := text[:query+end]
	if l, err := ParseLine(short[query:]); err == nil && !l.Cut {
		return short
	}
	if l, err := ParseLine(text[query:]); err == nil && !l.Cut {
		return strings.TrimRight(text, delimiters+",;")
	}
	return short
}

// around reads what an access log says about the request: the answer, and the user agent as the last quoted text.
func around(line string, e entry) entry {
	if found := statusPattern().FindStringSubmatch(line); found != nil {
		e.status, _ = strconv.Atoi(found[1]) // three digits
		e.answered = true
		if quoted := quotedPattern().FindAllStringSubmatch(line, -1); len(quoted) > 0 {
			if last := quoted[len(quoted)-1][1]; strings.Contains(last, "Mozilla/") {
				e.agent = last
			}
		}
	}
	return e
}

var (
	agentPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\$session\.UserAgent\s*=\s*"([^"]*)"`)
	})
	statusPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(` HTTP/[0-9.]+"? ([1-5][0-9]{2})\b`) })
	quotedPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"([^"]*)"`) })
)

// uploads finds the stability uploads that a line names.
func (t *textReader) uploads(line string) error {
	rest, from := line, 0
	for {
		i := strings.Index(rest[from:], uploadHeader+"=")
		if i < 0 {
			return nil
		}
		at := from + i
		start := addressStart(rest, at)
		end := len(rest)
		if n := strings.IndexAny(rest[at:], delimiters); n >= 0 {
			end = at + n
		}
		if err := t.shown(around(line, entry{address: rest[start:end]})); err != nil {
			return err
		}
		from = end
	}
}
