//go:build (desktop || bindings) && !browser

package bind

import (
	"context"
	"sync"

	wails_runtime "github.com/wailsapp/wails/v2/pkg/runtime"
)

// The sizes of the window: as it opens, and as the narrow strip beside a portal's page (逐项复制).
const (
	windowWidth, windowHeight = 1366, 768
	leastWidth, leastHeight   = 1024, 680
	stripWidth, stripHeight   = 440, 720
	stripLeast                = 360
)

// Strip makes the window a narrow one above all others, for filling in a portal's page by hand, and gives it back its
// size. Both do nothing when the window is so already.
type Strip struct {
	ctx  func() context.Context // of the running window; nil before it runs
	mu   sync.Mutex
	on   bool
	max  bool
	w, h int
}

// Begin makes the window narrow and keeps it above the others.
func (s *Strip) Begin() {
	ctx := s.ctx()
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx == nil || s.on {
		return
	}
	s.on, s.max = true, wails_runtime.WindowIsMaximised(ctx)
	if s.max {
		wails_runtime.WindowUnmaximise(ctx)
	}
	s.w, s.h = wails_runtime.WindowGetSize(ctx)
	wails_runtime.WindowSetMinSize(ctx, stripLeast, stripLeast)
	wails_runtime.WindowSetSize(ctx, stripWidth, stripHeight)
	wails_runtime.WindowSetAlwaysOnTop(ctx, true)
}

// End gives the window back its size.
func (s *Strip) End() {
	ctx := s.ctx()
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx == nil || !s.on {
		return
	}
	s.on = false
	wails_runtime.WindowSetAlwaysOnTop(ctx, false)
	wails_runtime.WindowSetMinSize(ctx, leastWidth, leastHeight)
	wails_runtime.WindowSetSize(ctx, s.w, s.h)
	if s.max {
		wails_runtime.WindowMaximise(ctx)
	}
}
