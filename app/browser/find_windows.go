package browser

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows/registry"
)

// candidates lists where Edge, Chrome and Chromium are on Windows: App Paths of the registry, then the usual folders.
func candidates() []string {
	var out []string
	for _, name := range []string{"msedge.exe", "chrome.exe", "chromium.exe"} {
		for _, root := range []registry.Key{registry.CURRENT_USER, registry.LOCAL_MACHINE} {
			if path := appPath(root, name); path != "" {
				out = append(out, path)
			}
		}
	}
	places := []string{`Microsoft\Edge\Application\msedge.exe`, `Google\Chrome\Application\chrome.exe`, `Chromium\Application\chrome.exe`}
	for _, place := range places {
		for _, folder := range []string{"ProgramFiles(x86)", "ProgramFiles", "ProgramW6432", "LocalAppData"} {
			if base := os.Getenv(folder); base != "" {
				out = append(out, filepath.Join(base, place))
			}
		}
	}
	return out
}

// appPath reads what the registry says of a program, or returns an empty text.
func appPath(root registry.Key, name string) string {
	key, err := registry.OpenKey(root, `SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\`+name, registry.QUERY_VALUE)
	if err != nil {
		return ""
	}
	defer key.Close()
	path, _, err := key.GetStringValue("")
	if err != nil {
		return ""
	}
	return strings.Trim(path, `"`)
}
