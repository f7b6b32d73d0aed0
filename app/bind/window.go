//go:build (desktop || bindings) && !browser

package bind

import (
	"context"
	_ "embed" // for smokeScript
	"errors"
	"io/fs"
	"net/http"
	"os"
	"runtime"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	wails_runtime "github.com/wailsapp/wails/v2/pkg/runtime"

	"shangjiatong/app/listing"
)

// smokeScript runs inside the window during a smoke test; see Smoke.
//
//go:embed smoke.js
var smokeScript string

// instanceID names the program to a second instance of it.
const instanceID = "cn.shangjiatong.desktop"

// ErrNoWebview says that this machine cannot show a window: there is no display, or no usable webview runtime.
var ErrNoWebview = errors.New("no webview on this machine")

// Window is everything the window needs. Only Title and Pages must be set.
type Window struct {
	Title   string
	Pages   fs.FS                       // the built front end, index.html at its root
	Files   http.Handler                // answers GET requests for what Pages lacks, such as previews; may be nil
	Facades []any                       // pointers to the bound facades
	Start   func(context.Context) error // opens the store and so on, once the window exists; an error is shown and ends the program
	Stop    func(context.Context)       // closes what Start opened
	Smoke   *Smoke                      // see Smoke; may be nil
}

// Open shows the window and returns when it is closed. It returns an error that is ErrNoWebview when the machine
// cannot show one, and the error of Start when that failed. It must be called on the main goroutine.
func (w Window) Open() error {
	if err := prepareMachine(); err != nil {
		return err
	}
	var started error
	err := wails.Run(w.options(&started))
	if started != nil {
		return started
	}
	if err != nil && runtime.GOOS == "windows" {
		return errors.Join(ErrNoWebview, err)
	}
	return err
}

// options describes the window to Wails. The error of Start is left in started.
func (w Window) options(started *error) *options.App {
	var ctx context.Context // of the running window; set before any callback that reads it
	facades := append(w.Facades[:len(w.Facades):len(w.Facades)], &Strip{ctx: func() context.Context { return ctx }})
	if w.Smoke != nil {
		facades = append(facades, w.Smoke)
	}
	return &options.App{
		Title:            w.Title,
		Width:            windowWidth,
		Height:           windowHeight,
		MinWidth:         leastWidth,
		MinHeight:        leastHeight,
		BackgroundColour: options.NewRGB(255, 255, 255),
		AssetServer:      &assetserver.Options{Assets: w.Pages, Handler: w.Files},
		LogLevel:         logger.ERROR,
		Bind:             facades,
		ErrorFormatter:   func(err error) any { return listing.AsError(err) },
		OnStartup: func(c context.Context) {
			ctx = c
			if w.Start == nil {
				return
			}
			if *started = w.Start(c); *started != nil {
				giveUp(c, w.Title, *started)
			}
		},
		OnDomReady: func(c context.Context) {
			if w.Smoke.asked() {
				wails_runtime.WindowExecJS(c, smokeScript)
			}
		},
		OnShutdown: func(c context.Context) {
			if w.Stop != nil {
				w.Stop(c)
			}
		},
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId:               instanceID,
			OnSecondInstanceLaunch: func(options.SecondInstanceData) { bringToFront(ctx) },
		},
		Windows: &windows.Options{Messages: messages(w.Title)},
		Linux:   &linux.Options{ProgramName: "shangjiatong", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	}
}

// asked tells whether a test wants to look into the window.
func (s *Smoke) asked() bool { return s != nil && s.file != "" }

// prepareMachine sets what WebKitGTK needs to paint on machines without a GPU, and refuses where there is no display,
// since GTK would end the process.
func prepareMachine() error {
	if runtime.GOOS != "linux" {
		return nil
	}
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.Join(ErrNoWebview, errors.New("neither DISPLAY nor WAYLAND_DISPLAY is set"))
	}
	if _, set := os.LookupEnv("WEBKIT_DISABLE_DMABUF_RENDERER"); set {
		return nil
	}
	return os.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
}

// giveUp shows why the program cannot start, in the user's words, and closes the window.
func giveUp(ctx context.Context, title string, err error) {
	_, _ = wails_runtime.MessageDialog(ctx, wails_runtime.MessageDialogOptions{
		Type:    wails_runtime.ErrorDialog,
		Title:   title,
		Message: listing.AsError(err).Error(),
	})
	wails_runtime.Quit(ctx)
}

// bringToFront shows the window of the running instance when a second one was started.
func bringToFront(ctx context.Context) {
	if ctx == nil {
		return
	}
	wails_runtime.WindowUnminimise(ctx)
	wails_runtime.Show(ctx)
}

// messages are what Windows users read when the WebView2 runtime is missing, too old or broken.
func messages(title string) *windows.Messages {
	const browser = "点“确定”后改用浏览器打开，数据相同、功能相同；以后也可以运行 shangjiatong.exe serve。"
	const missing = "本机没有可用的 WebView2 运行时（需要 94 或更高版本），不能打开窗口。"
	return &windows.Messages{
		InstallationRequired: missing + browser,
		UpdateRequired:       "本机的 WebView2 运行时版本过低（需要 94 或更高版本），不能打开窗口。" + browser,
		MissingRequirements:  title,
		Webview2NotInstalled: missing,
		Error:                title,
		FailedToInstall:      "WebView2 运行时没有装好。" + browser,
		DownloadPage:         missing + "最低版本：",
		PressOKToInstall:     browser,
		ContactAdmin:         missing + browser + "需要窗口时，请管理员用离线安装包安装 WebView2 运行时。",
		InvalidFixedWebview2: "指定的 WebView2 文件夹不可用，请检查路径和版本（94 或更高，不能在网络路径上）。",
		WebView2ProcessCrash: "WebView2 意外退出，请重新打开程序。已保存的内容不会丢失。",
	}
}
