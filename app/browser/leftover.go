package browser

import (
	"fmt"
	"os"
	"path/filepath"
)

// leftMark is how the temporary folders of browsers are called, before the process that made them and a number. It is
// short, since a browser puts a socket into the folder, whose path has to fit into 107 bytes.
const leftMark = "sjt-"

// tempDir makes a temporary folder for a browser. Those of programs that were killed are removed meanwhile: a temporary
// profile holds what the person was logged in with.
func tempDir() (string, error) {
	sweep(os.TempDir())
	return os.MkdirTemp("", fmt.Sprintf("%s%d-", leftMark, os.Getpid()))
}

// sweep removes the folders whose program is gone. What cannot be removed now is left for the next time.
func sweep(dir string) {
	all, _ := filepath.Glob(filepath.Join(dir, leftMark+"*-*"))
	for _, one := range all {
		pid := 0
		if _, err := fmt.Sscanf(filepath.Base(one), leftMark+"%d-", &pid); err == nil && pid > 0 && !runs(pid) {
			_ = os.RemoveAll(one)
		}
	}
}
