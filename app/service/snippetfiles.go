package service

import (
	"os"
	"path/filepath"

	"shangjiatong/app/document"
)

// WriteSnippets writes tracking code into a folder and returns the paths.
func WriteSnippets(dir string, view SnippetView) ([]string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, unwritable(dir, err)
	}
	var out []string
	for _, f := range view.Files {
		path := filepath.Join(dir, document.SafeName(f.Name))
		if err := os.WriteFile(path, []byte(f.Body), 0o644); err != nil {
			return out, unwritable(path, err)
		}
		out = append(out, path)
	}
	return out, nil
}
