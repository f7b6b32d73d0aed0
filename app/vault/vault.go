// Package vault keeps the secrets of the unit: App Secrets, passwords of test accounts, issued keys. The store holds
// only the names under which they lie here.
//
// There are two places. The system keyring (Windows Credential Manager, Secret Service on Linux) needs no passphrase
// of ours. Where there is none, as on a server, a file in the data folder holds all secrets, encrypted under a passphrase.
// [Open] chooses:
//
//  1. a vault file that exists in the data folder, since that is where this folder's secrets are;
//  2. the system keyring, where it answers without asking anybody anything;
//  3. a new vault file, when a passphrase is given;
//  4. otherwise an error with code missing_tool that names --passphrase-file.
//
// The vault file is one line naming format and checksum, so that damage is told from a wrong passphrase, followed by
// two ordinary age files:
//
//	shangjiatong-vault/1 sha256:<64 hex digits of everything after this line>
//	-----BEGIN AGE ENCRYPTED FILE-----
//	(a key, encrypted under the passphrase)
//	-----END AGE ENCRYPTED FILE-----
//	-----BEGIN AGE ENCRYPTED FILE-----
//	(the secrets, encrypted to that key)
//	-----END AGE ENCRYPTED FILE-----
//
// Making passphrases costly to guess takes a second and 256 MB whenever one is used. The key is made with the file and
// stays, so that second is paid when the file is made and when it is opened, and not for each secret.
// Without this program the secrets are rescued by age (https://age-encryption.org), which asks for the passphrase:
//
//	sed -n '2,/^-----END/p' secrets.vault > key.age
//	sed '1,/^-----END/d' secrets.vault > secrets.age
//	age -d -i key.age secrets.age
//
// They come as JSON, each secret in base64. A file that cannot be read is never written over.
//
// Errors are *listing.Error and name the place or the secret's name, never the secret or the passphrase.
package vault

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"shangjiatong/app/listing"
)

// Kinds of vault, as [Vault.Kind] returns them.
const (
	KindKeyring = "keyring" // the system keyring
	KindFile    = "file"    // the vault file in the data folder
)

// Limits of what a vault takes. Windows keeps at most 2,560 bytes in one entry, base64 included.
const (
	MaxName   = 200  // bytes
	MaxSecret = 1800 // bytes
)

// Vault keeps secrets by name. It may be used from several goroutines. A Vault that waits, for instance for a person
// to unlock the keyring, stops waiting when ctx ends.
type Vault interface {
	// Put stores a secret of 1 to MaxSecret bytes, replacing what had the same name.
	Put(ctx context.Context, name string, secret []byte) error
	// Get returns a copy of the secret; code not_found when there is none.
	Get(ctx context.Context, name string) ([]byte, error)
	// Delete removes the secret; removing what is not there is no error.
	Delete(ctx context.Context, name string) error
	// Kind says where the secrets are: KindKeyring or KindFile.
	Kind() string
}

// Options say where [Open] looks.
type Options struct {
	// Dir is the data folder. It must exist.
	Dir string
	// Scope keeps the secrets of data folders apart in the one keyring of a user, for instance the store's ID.
	Scope string
	// Passphrase is asked only when the vault file is to be used. Nil means that nobody can be asked.
	Passphrase func() ([]byte, error)
	// ForceFile leaves the system keyring alone.
	ForceFile bool
}

// Open returns the vault of a data folder, see the package comment for the choice. A passphrase is checked against an
// existing file at once: code invalid and field passphrase when it is wrong, code damaged when the file is.
func Open(ctx context.Context, o Options) (Vault, error) { return open(ctx, o, workFactor) }

func open(ctx context.Context, o Options, factor int) (Vault, error) {
	exists, err := fileExists(o.Dir)
	if err != nil {
		return nil, err
	}
	if !exists && !o.ForceFile && keyringAnswers(ctx) {
		return newKeyring(o.Scope), nil
	}
	if err := ctx.Err(); err != nil {
		return nil, stopped(err)
	}
	if o.Passphrase == nil {
		return nil, noPlace(exists)
	}
	passphrase, err := o.Passphrase()
	if err != nil {
		return nil, err
	}
	return openFile(ctx, o.Dir, passphrase, factor)
}

func noPlace(exists bool) error {
	message := "这台机器上没有可用的系统密钥环，密钥无处存放"
	if exists {
		message = "本数据目录的密钥存放在口令保护的文件里，需要口令才能打开"
	}
	return listing.Fail(listing.CodeMissingTool, message, "请用 --passphrase-file 指定存放口令的文件后重试")
}

func checkName(name string) error {
	bad := name == "" || len(name) > MaxName || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl)
	if bad {
		return listing.Failf(listing.CodeInvalid, "请把密钥名称改短，去掉换行等控制字符",
			"密钥名称应为 1 到 %d 字节的文字", MaxName)
	}
	return nil
}

func checkPut(name string, secret []byte) error {
	if err := checkName(name); err != nil {
		return err
	}
	if len(secret) == 0 {
		return listing.Failf(listing.CodeInvalid, "请填写内容；不再需要时请删除这一项", "密钥“%s”的内容是空的", name)
	}
	if len(secret) > MaxSecret {
		return listing.Failf(listing.CodeTooLarge, "请核对是否粘贴了多余的内容", "密钥“%s”有 %d 字节，超过上限 %d 字节", name, len(secret), MaxSecret)
	}
	return nil
}

func missing(name string) error {
	return listing.Failf(listing.CodeNotFound, "请在设置里重新填写", "没有找到名为“%s”的密钥", name)
}

func stopped(cause error) error {
	return listing.Fail(listing.CodeCanceled, "存取密钥的操作已停止", "需要时请重试").Because(cause)
}
