package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"

	"shangjiatong/app/listing"
)

const (
	frameName    = "shangjiatong-vault/"
	frameVersion = "1"
	maxFrame     = 128     // bytes of the first line
	maxContent   = maxFile // bytes decrypted
	schema       = 1
	workFactor   = 18 // scrypt, log2 of N: about one second and 256 MB
	keepHint     = "文件未被改动；请从快照恢复，或移走该文件后重新填写密钥"
)

// content is the decrypted file.
type content struct {
	Schema  int               `json:"schema"`
	Secrets map[string][]byte `json:"secrets"`
}

// lock turns secrets into the bytes of a vault file and back. factor bounds what a foreign file may make us compute.
type lock struct {
	passphrase string
	factor     int
}

func (l lock) seal(secrets map[string][]byte) ([]byte, error) {
	plain, err := json.Marshal(content{Schema: schema, Secrets: secrets})
	if err != nil {
		return nil, internal(err)
	}
	raw, err := l.encrypt(plain)
	if err != nil {
		return nil, internal(err)
	}
	if len(raw) > maxFile {
		return nil, listing.Failf(listing.CodeTooLarge, "请删除不再使用的密钥", "密钥文件将超过上限 %d 字节", maxFile)
	}
	return raw, nil
}

func (l lock) encrypt(plain []byte) ([]byte, error) {
	recipient, err := age.NewScryptRecipient(l.passphrase)
	if err != nil {
		return nil, err
	}
	recipient.SetWorkFactor(l.factor)
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, recipient)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return frame(sealed.Bytes()), nil
}

func (l lock) open(raw []byte) (map[string][]byte, error) {
	sealed, err := unframe(raw)
	if err != nil {
		return nil, err
	}
	identity, err := age.NewScryptIdentity(l.passphrase)
	if err != nil {
		return nil, internal(err)
	}
	identity.SetMaxWorkFactor(l.factor)
	r, err := age.Decrypt(bytes.NewReader(sealed), identity)
	if err != nil {
		return nil, decryptError(err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxContent+1))
	if err != nil {
		return nil, damaged("密钥文件的内容解不开").Because(err)
	}
	return parseContent(plain)
}

func decryptError(err error) error {
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return wrongPassphrase("密钥文件的口令不对", "请输入设置密钥文件时用的口令；注意大小写和全角半角").Because(err)
	}
	return damaged("密钥文件的加密部分不完整，或不是本程序写的").Because(err)
}

// parseContent reads the decrypted JSON. Its errors never carry a piece of the text.
func parseContent(plain []byte) (map[string][]byte, error) {
	var c content
	dec := json.NewDecoder(bytes.NewReader(plain))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		return nil, damaged("密钥文件解密后的内容读不懂")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, damaged("密钥文件解密后有多余的内容")
	}
	if c.Schema != schema {
		return nil, damaged("密钥文件的内容版本是 %d，本程序只认 %d", c.Schema, schema)
	}
	for name, secret := range c.Secrets {
		if checkPut(name, secret) != nil {
			return nil, damaged("密钥文件里有名称或长度不对的条目")
		}
	}
	if c.Secrets == nil {
		c.Secrets = map[string][]byte{}
	}
	return c.Secrets, nil
}

func frame(sealed []byte) []byte {
	head := fmt.Sprintf("%s%s sha256:%x\n", frameName, frameVersion, sha256.Sum256(sealed))
	return append([]byte(head), sealed...)
}

// unframe checks the first line and returns the age file after it.
func unframe(raw []byte) ([]byte, error) {
	line, sealed, found := bytes.Cut(raw, []byte("\n"))
	head, named := strings.CutPrefix(string(line), frameName)
	if len(raw) == 0 {
		return nil, damaged("密钥文件是空的")
	}
	if !found || !named || len(line) > maxFrame {
		return nil, damaged("密钥文件的开头不对，不是本程序写的")
	}
	version, sum, _ := strings.Cut(head, " ")
	if version != frameVersion {
		return nil, damaged("密钥文件的格式版本是 %q，本程序只认 %s，可能由更新的版本写成", version, frameVersion)
	}
	actual := sha256.Sum256(sealed)
	if sum != "sha256:"+hex.EncodeToString(actual[:]) {
		return nil, damaged("密钥文件的校验和对不上，文件已损坏")
	}
	return sealed, nil
}

func damaged(format string, args ...any) *listing.Error {
	return listing.Failf(listing.CodeDamaged, keepHint, format, args...)
}

func wrongPassphrase(message, hint string) *listing.Error {
	e := listing.Fail(listing.CodeInvalid, message, hint)
	e.Field = "passphrase"
	return e
}

func internal(cause error) error {
	return listing.Fail(listing.CodeInternal, "密钥文件加密时出错", "请重试；仍然不行时，把日志交给维护人员").Because(cause)
}
