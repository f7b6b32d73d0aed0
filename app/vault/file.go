package vault

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"shangjiatong/app/listing"
)

// FileName is the name of the vault file inside the data folder.
const FileName = "secrets.vault"

const maxFile = 4 << 20 // bytes, more than a thousand of the largest secrets

// fileVault is the vault file. The key is kept as long as the file keeps its own, since unlocking it costs a second by
// design; the decrypted content is kept as long as the file's bytes stay the same.
type fileVault struct {
	path string
	lock lock

	mu      sync.Mutex
	key     *key              // nil as long as there is no file
	sum     [sha256.Size]byte // digest of the bytes that secrets came from
	secrets map[string][]byte
}

func fileExists(dir string) (bool, error) {
	_, err := os.Lstat(filepath.Join(dir, FileName))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, unreadable(dir, err)
	}
	return true, nil
}

// openFile checks the passphrase against the file, if there is one. A missing file is an empty vault; the first Put
// creates it.
func openFile(ctx context.Context, dir string, passphrase []byte, factor int) (*fileVault, error) {
	if len(passphrase) == 0 {
		return nil, wrongPassphrase("口令是空的", "请输入口令")
	}
	v := &fileVault{path: filepath.Join(dir, FileName), lock: lock{string(passphrase), factor}}
	if _, err := v.load(ctx); err != nil {
		return nil, err
	}
	return v, nil
}

func (*fileVault) Kind() string { return KindFile }

// String and GoString keep the passphrase and the secrets out of logs that print the vault.
func (v *fileVault) String() string   { return KindFile + " " + v.path }
func (v *fileVault) GoString() string { return v.String() }

func (v *fileVault) Get(ctx context.Context, name string) ([]byte, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	secrets, err := v.load(ctx)
	if err != nil {
		return nil, err
	}
	secret, ok := secrets[name]
	if !ok {
		return nil, missing(name)
	}
	return slices.Clone(secret), nil
}

func (v *fileVault) Put(ctx context.Context, name string, secret []byte) error {
	if err := checkPut(name, secret); err != nil {
		return err
	}
	secret = slices.Clone(secret)
	return v.change(ctx, func(secrets map[string][]byte) bool {
		same := bytes.Equal(secrets[name], secret)
		secrets[name] = secret
		return !same
	})
}

func (v *fileVault) Delete(ctx context.Context, name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	return v.change(ctx, func(secrets map[string][]byte) bool {
		_, there := secrets[name]
		delete(secrets, name)
		return there
	})
}

// change edits the newest content of the file and writes it back. What another process wrote while this one was
// encrypting is taken in and the edit made again.
func (v *fileVault) change(ctx context.Context, edit func(map[string][]byte) bool) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	for {
		current, err := v.load(ctx)
		if err != nil {
			return err
		}
		before := v.sum
		secrets := maps.Clone(current)
		if !edit(secrets) {
			return nil
		}
		raw, err := v.seal(secrets)
		if err != nil {
			return err
		}
		now, err := readFile(v.path)
		if err != nil {
			return err
		}
		if digest(now) != before {
			continue
		}
		return v.replace(ctx, raw, secrets)
	}
}

// seal makes the file's new bytes, and a key when this is the first secret.
func (v *fileVault) seal(secrets map[string][]byte) ([]byte, error) {
	if v.key == nil {
		made, err := v.lock.newKey()
		if err != nil {
			return nil, err
		}
		v.key = made
	}
	return v.key.seal(secrets)
}

func (v *fileVault) replace(ctx context.Context, raw []byte, secrets map[string][]byte) error {
	if err := ctx.Err(); err != nil {
		return stopped(err)
	}
	if err := writeFile(v.path, raw); err != nil {
		return err
	}
	v.sum, v.secrets = digest(raw), secrets
	return nil
}

// load returns the content of the file, decrypting it only when its bytes have changed. A missing file is empty.
func (v *fileVault) load(ctx context.Context) (map[string][]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, stopped(err)
	}
	raw, err := readFile(v.path)
	if err != nil {
		return nil, err
	}
	sum := digest(raw)
	if v.secrets != nil && sum == v.sum {
		return v.secrets, nil
	}
	secrets, opened := map[string][]byte{}, (*key)(nil)
	if raw != nil {
		if secrets, opened, err = v.lock.open(raw, v.key); err != nil {
			return nil, err
		}
	}
	v.key, v.sum, v.secrets = opened, sum, secrets
	return secrets, nil
}

// digest tells one state of the file from another; a missing file (nil) differs from an empty one.
func digest(raw []byte) [sha256.Size]byte {
	if raw == nil {
		return [sha256.Size]byte{}
	}
	return sha256.Sum256(raw)
}

// readFile returns the bytes of the vault file, nil when it does not exist.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, unreadable(path, err)
	}
	if len(raw) > maxFile {
		return nil, damaged("密钥文件超过 %d 字节，不是本程序写的", maxFile)
	}
	return raw, nil
}

// writeFile puts raw in the place of the file at once or not at all: temporary file (which only the user may read),
// sync, rename, sync of the folder.
func writeFile(path string, raw []byte) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+FileName+"-*")
	if err != nil {
		return unwritable(path, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, werr := f.Write(raw)
	if err := errors.Join(werr, f.Sync(), f.Close()); err != nil {
		return unwritable(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return unwritable(path, err)
	}
	syncFolder(dir)
	return nil
}

// syncFolder makes the rename last through a power cut where the system allows it; Windows has no such call.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

func unreadable(path string, cause error) error {
	return listing.Failf(listing.CodeUnreadable, "请检查路径和读取权限；文件未被改动", "密钥文件读不出来：%s", path).Because(cause)
}

func unwritable(path string, cause error) error {
	return listing.Failf(listing.CodeUnwritable, "请检查磁盘空间和写入权限；原有密钥未被改动", "密钥文件写不进去：%s", path).Because(cause)
}
