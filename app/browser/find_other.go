//go:build !windows

package browser

// candidates lists the browsers of Linux systems, of UOS and Kylin too, all built on Chromium; then those of macOS.
func candidates() []string {
	return []string{
		"/usr/bin/microsoft-edge-stable", "/usr/bin/microsoft-edge", "/opt/microsoft/msedge/msedge",
		"/usr/bin/google-chrome-stable", "/usr/bin/google-chrome", "/opt/google/chrome/chrome",
		"/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/lib/chromium/chromium", "/usr/lib64/chromium-browser/chromium-browser",
		"/usr/bin/uos-browser-stable", "/usr/bin/uos-browser", "/usr/bin/browser", "/opt/apps/org.deepin.browser/files/org.deepin.browser",
		"/usr/bin/org.deepin.browser", "/usr/bin/qaxbrowser-safe-stable", "/usr/bin/qaxbrowser-safe", "/opt/qaxbrowser-safe/qaxbrowser-safe",
		"/usr/bin/360browser-cn", "/usr/bin/browser360-cn-stable", "/opt/browser360/browser360-cn", "/usr/bin/lbrowser", "/usr/bin/kylin-browser",
		"microsoft-edge", "google-chrome", "chromium", "chromium-browser", "uos-browser", "qaxbrowser-safe",
		"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	}
}
