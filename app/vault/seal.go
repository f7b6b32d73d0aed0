package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"shangjiatong/app/listing"
)

const (
	schema   = 1
	keepHint = "文件未被改动；请从快照恢复，或移走该文件后重新填写密钥"
)

// content is the decrypted body of the file.
type content struct {
	Schema  int               `json:"schema"`
	Secrets map[string][]byte `json:"secrets"`
}

// seal makes the bytes of a vault file.
func (k *key) seal(secrets map[string][]byte) ([]byte, error) {
	plain, err := json.Marshal(content{Schema: schema, Secrets: secrets})
	if err != nil {
		return nil, internal(err)
	}
	body, err := encrypt(plain, k.identity.Recipient())
	if err != nil {
		return nil, internal(err)
	}
	raw := frame(k.wrapped, body)
	if len(raw) > maxFile {
		return nil, listing.Failf(listing.CodeTooLarge, "请删除不再使用的密钥", "密钥文件将超过上限 %d 字节", maxFile)
	}
	return raw, nil
}

// open reads the bytes of a vault file. The passphrase is needed only when the file's key is not the known one, which
// may be nil.
func (l lock) open(raw []byte, known *key) (map[string][]byte, *key, error) {
	wrapped, body, err := unframe(raw)
	if err != nil {
		return nil, nil, err
	}
	if known == nil || !bytes.Equal(known.wrapped, wrapped) {
		if known, err = l.unlock(wrapped); err != nil {
			return nil, nil, err
		}
	}
	plain, err := decrypt(body, known.identity)
	if err != nil {
		return nil, nil, damaged("密钥文件的内容解不开").Because(err)
	}
	secrets, err := parseContent(plain)
	return secrets, known, err
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

func damaged(format string, args ...any) *listing.Error {
	return listing.Failf(listing.CodeDamaged, keepHint, format, args...)
}

func internal(cause error) error {
	return listing.Fail(listing.CodeInternal, "密钥文件加密时出错", "请重试；仍然不行时，把日志交给维护人员").Because(cause)
}
