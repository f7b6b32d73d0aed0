package fill

import (
	"fmt"
	"strings"
	"sync"

	"shangjiatong/app/browser"
)

// witness gathers what a page does of its own accord while it is filled, for the notes.
type witness struct {
	mu    sync.Mutex
	order []string
	times map[string]int
	moved string // where the page went last
}

const mostNotes = 20

// hear is called by the page's goroutine.
func (w *witness) hear(e browser.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	note := ""
	switch e.Kind {
	case browser.EventDialog:
		note = "页面弹出了对话框“" + short(e.Text) + "”，没有应允"
	case browser.EventDownload:
		note = "页面要下载文件“" + short(e.Text) + "”，没有下载"
	case browser.EventWindow:
		note = "页面要打开新窗口：" + short(e.URL)
	case browser.EventCrash:
		note = "页面崩溃了"
	case browser.EventMoved:
		w.moved = e.URL
	}
	if note == "" || len(w.order) >= mostNotes && w.times[note] == 0 {
		return
	}
	if w.times == nil {
		w.times = map[string]int{}
	}
	if w.times[note]++; w.times[note] == 1 {
		w.order = append(w.order, note)
	}
}

// place is where the page went last.
func (w *witness) place() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return short(w.moved)
}

// notes are what was seen, each once, with how often.
func (w *witness) notes() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []string
	for _, note := range w.order {
		if n := w.times[note]; n > 1 {
			note += fmt.Sprintf("（%d 次）", n)
		}
		out = append(out, note)
	}
	return out
}

// short is a text of the page on one line, as long as can be shown.
func short(s string) string {
	const most = 80
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}
