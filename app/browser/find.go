package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"shangjiatong/app/listing"
)

const missingHint = "请安装 Microsoft Edge、Chrome 或 Chromium，或者在“设置”里指定浏览器的程序文件；也可以改用不需要浏览器的方式"

// Find returns the path of a browser built on Chromium. choice is the program file the person chose, or empty; when it
// is given, no other is taken in its place. CodeMissingTool says that there is none.
func Find(choice string) (path string, err error) {
	return pick(choice, candidates(), exec.LookPath, isProgram)
}

// pick returns the choice, else the first candidate there is. Candidates without a folder are looked up in PATH.
func pick(choice string, from []string, look func(string) (string, error), there func(string) bool) (string, error) {
	if choice != "" {
		if !there(choice) {
			e := listing.Failf(listing.CodeMissingTool, "请在“设置”里重新选择浏览器的程序文件，或者清空，由程序自己找", "指定的浏览器打不开：%s", choice)
			e.Field = "browser"
			return "", e
		}
		return choice, nil
	}
	for _, c := range from {
		if filepath.Base(c) == c {
			if path, err := look(c); err == nil {
				return path, nil
			}
			continue
		}
		if there(c) {
			return c, nil
		}
	}
	return "", listing.Fail(listing.CodeMissingTool, "这台电脑上没有找到可用的浏览器", missingHint)
}

// isProgram reports whether path is a file that can be run.
func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && (runtime.GOOS == "windows" || info.Mode().Perm()&0o111 != 0)
}
