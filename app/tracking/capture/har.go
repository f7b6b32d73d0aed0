package capture

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// readHAR reads the entries of a HAR in one pass and shows those whose request could be read. When the file breaks off or
// is damaged, what stood before has been shown, and the error says where.
func readHAR(r *bufio.Reader, l limits, show func(entry) error) error {
	h := &har{scanner: scanner{r: r, depth: l.Depth, most: l.LineBytes}, show: show}
	err := h.object(func(key string) error {
		if key != "log" {
			return h.skip()
		}
		return h.log()
	})
	switch {
	case err == nil && !h.entries:
		return errNoEntries
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &broken{after: h.count, at: h.at, cause: err}
	case errors.Is(err, errSyntax):
		return &broken{after: h.count, at: h.at, cause: err}
	}
	return err
}

// errNoEntries is returned for JSON that is no HAR.
var errNoEntries = errors.New("no log.entries")

// broken says that a HAR could be read up to a place only.
type broken struct {
	after int   // entries that were read
	at    int64 // byte where it ended
	cause error
}

func (b *broken) Error() string {
	return fmt.Sprintf("HAR ends after %d entries at byte %d: %v", b.after, b.at, b.cause)
}
func (b *broken) Unwrap() error { return b.cause }

// har reads one file.
type har struct {
	scanner
	show    func(entry) error
	entries bool // the list of entries was there
	count   int  // entries read so far
}

func (h *har) log() error {
	return h.object(func(key string) error {
		if key != "entries" {
			return h.skip()
		}
		h.entries = true
		return h.list(h.entry)
	})
}

// entry reads one entry. One that breaks off after its address is shown all the same.
func (h *har) entry() error {
	e := entry{number: h.count + 1, numbered: true}
	err := h.object(func(key string) error {
		switch key {
		case "request":
			return h.request(&e)
		case "response":
			return h.response(&e)
		}
		return h.skip()
	})
	h.count++
	if e.address != "" {
		err = errors.Join(err, h.show(e))
	}
	return err
}

func (h *har) request(e *entry) error {
	return h.object(func(key string) (err error) {
		switch key {
		case "method":
			e.method, err = h.word()
		case "url":
			e.address, err = h.word()
		case "headers":
			err = h.list(func() error { return h.header(e) })
		case "postData":
			err = h.object(func(key string) (err error) {
				if key != "text" {
					return h.skip()
				}
				e.body, err = h.word()
				return err
			})
		default:
			err = h.skip()
		}
		return err
	})
}

func (h *har) header(e *entry) error {
	var name, value string
	err := h.object(func(key string) (err error) {
		switch key {
		case "name":
			name, err = h.word()
		case "value":
			value, err = h.word()
		default:
			err = h.skip()
		}
		return err
	})
	if strings.EqualFold(name, "user-agent") {
		e.agent = value
	}
	return err
}

func (h *har) response(e *entry) error {
	return h.object(func(key string) error {
		if key != "status" {
			return h.skip()
		}
		text, err := h.word()
		if status, bad := strconv.Atoi(text); bad == nil {
			e.status, e.answered = status, true
		}
		return err
	})
}
