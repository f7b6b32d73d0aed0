package vault

import (
	"bytes"
	"io"
	"os"

	"shangjiatong/app/listing"
)

const maxPassphrase = 4096 // bytes

// PassphraseFile returns an Options.Passphrase that reads the passphrase from the file at path, without the line end
// at its end. Errors have code unreadable, invalid or too_large.
func PassphraseFile(path string) func() ([]byte, error) {
	return func() ([]byte, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, unreadablePassphrase(path, err)
		}
		defer f.Close()
		raw, err := io.ReadAll(io.LimitReader(f, maxPassphrase+1))
		if err != nil {
			return nil, unreadablePassphrase(path, err)
		}
		return trimPassphrase(path, raw)
	}
}

func trimPassphrase(path string, raw []byte) ([]byte, error) {
	if len(raw) > maxPassphrase {
		return nil, listing.Failf(listing.CodeTooLarge, "请确认 --passphrase-file 指的是口令文件", "口令文件 %s 超过 %d 字节", path, maxPassphrase)
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")) // Notepad's mark
	raw = bytes.TrimSuffix(bytes.TrimSuffix(raw, []byte("\n")), []byte("\r"))
	if len(raw) == 0 {
		return nil, listing.Failf(listing.CodeInvalid, "请在文件第一行写上口令", "口令文件 %s 是空的", path)
	}
	if bytes.ContainsAny(raw, "\r\n") {
		return nil, listing.Failf(listing.CodeInvalid, "请只保留一行", "口令文件 %s 不止一行", path)
	}
	return raw, nil
}

func unreadablePassphrase(path string, cause error) error {
	return listing.Failf(listing.CodeUnreadable, "请检查路径和读取权限", "口令文件 %s 读不出来", path).Because(cause)
}
