//go:build desktop

// Command empty is the smallest window Wails can show: one sentence and nothing behind it. It is the measure for the
// start of the real program; see build/bench/start.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
	"testing/fstest"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

const page = `<!doctype html><meta charset="UTF-8"><title>empty</title><div id="app">一句话</div>`

const script = `(async () => {
  while (!document.getElementById('app')?.innerText) await new Promise((resolve) => setTimeout(resolve, 5))
  await window.go.main.Watch.Report(Date.now())
  window.runtime.Quit()
})()`

// Watch takes the time at which the page was there.
type Watch struct{}

// Report writes that time, in milliseconds since 1970, to the file that the benchmark asked for.
func (Watch) Report(shown int64) error {
	raw, err := json.Marshal(map[string]int64{"shown": shown})
	if err != nil {
		return err
	}
	file := os.Getenv("SHANGJIATONG_SMOKE")
	if err := os.WriteFile(file+".part", raw, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".part", file)
}

func main() {
	if err := os.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1"); err != nil {
		log.Fatal(err)
	}
	err := wails.Run(&options.App{
		Title:       "empty",
		Width:       1366,
		Height:      768,
		AssetServer: &assetserver.Options{Assets: fstest.MapFS{"index.html": {Data: []byte(page)}}},
		OnDomReady:  func(ctx context.Context) { runtime.WindowExecJS(ctx, script) },
		Bind:        []any{&Watch{}},
	})
	if err != nil {
		log.Fatal(err)
	}
}
