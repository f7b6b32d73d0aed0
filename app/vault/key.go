package vault

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"

	"shangjiatong/app/listing"
)

const (
	workFactor = 18      // scrypt, log2 of N: about one second and 256 MB
	maxWrapped = 4 << 10 // bytes of the wrapped key, some ten times what it takes
)

// key is what the secrets are encrypted to. It is made with the file and stays as long as the file does.
type key struct {
	identity *age.X25519Identity
	wrapped  []byte // the armored age file that holds the identity under the passphrase
}

// lock makes and unlocks keys; each costs one scrypt. factor bounds what a foreign file may make us compute.
type lock struct {
	passphrase string
	factor     int
}

func (l lock) newKey() (*key, error) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, internal(err)
	}
	wrapped, err := l.wrap([]byte(identity.String() + "\n"))
	if err != nil {
		return nil, internal(err)
	}
	return &key{identity, wrapped}, nil
}

// wrap encrypts under the passphrase.
func (l lock) wrap(plain []byte) ([]byte, error) {
	recipient, err := age.NewScryptRecipient(l.passphrase)
	if err != nil {
		return nil, err
	}
	recipient.SetWorkFactor(l.factor)
	return encrypt(plain, recipient)
}

// unlock gets the key out of its wrapping: code invalid when the passphrase is wrong.
func (l lock) unlock(wrapped []byte) (*key, error) {
	if len(wrapped) > maxWrapped {
		return nil, damaged("密钥文件里用口令加密的部分过长，不是本程序写的")
	}
	door, err := age.NewScryptIdentity(l.passphrase)
	if err != nil {
		return nil, internal(err)
	}
	door.SetMaxWorkFactor(l.factor)
	plain, err := decrypt(wrapped, door)
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return nil, wrongPassphrase("密钥文件的口令不对", "请输入设置密钥文件时用的口令；注意大小写和全角半角").Because(err)
	}
	if err != nil {
		return nil, damaged("密钥文件里用口令加密的部分不完整，或不是本程序写的").Because(err)
	}
	identity, err := age.ParseX25519Identity(strings.TrimSuffix(string(plain), "\n"))
	if err != nil { // whose text would show a piece of the key
		return nil, damaged("密钥文件里用口令加密的部分读不懂")
	}
	return &key{identity, bytes.Clone(wrapped)}, nil
}

// encrypt makes an armored age file.
func encrypt(plain []byte, to age.Recipient) ([]byte, error) {
	var text bytes.Buffer
	outer := armor.NewWriter(&text)
	inner, err := age.Encrypt(outer, to)
	if err != nil {
		return nil, err
	}
	if _, err := inner.Write(plain); err != nil {
		return nil, err
	}
	if err := errors.Join(inner.Close(), outer.Close()); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// decrypt reads an armored age file to its end, which is where age notices that something was cut off or added.
func decrypt(text []byte, with age.Identity) ([]byte, error) {
	r, err := age.Decrypt(armor.NewReader(bytes.NewReader(text)), with)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r) // never longer than text
}

func wrongPassphrase(message, hint string) *listing.Error {
	e := listing.Fail(listing.CodeInvalid, message, hint)
	e.Field = "passphrase"
	return e
}
