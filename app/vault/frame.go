package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"filippo.io/age/armor"
)

const (
	frameName    = "shangjiatong-vault/"
	frameVersion = "1"
	maxFrame     = 128 // bytes of the first line
)

// frame makes a vault file of its two age files: the wrapped key and the secrets.
func frame(wrapped, body []byte) []byte {
	sum := sha256.New()
	sum.Write(wrapped)
	sum.Write(body)
	head := fmt.Sprintf("%s%s sha256:%x\n", frameName, frameVersion, sum.Sum(nil))
	return bytes.Join([][]byte{[]byte(head), wrapped, body}, nil)
}

// unframe checks the first line and returns the two age files after it.
func unframe(raw []byte) (wrapped, body []byte, err error) {
	if len(raw) == 0 {
		return nil, nil, damaged("密钥文件是空的")
	}
	line, rest, found := bytes.Cut(raw, []byte("\n"))
	head, named := strings.CutPrefix(string(line), frameName)
	if !found || !named || len(line) > maxFrame {
		return nil, nil, damaged("密钥文件的开头不对，不是本程序写的")
	}
	version, sum, _ := strings.Cut(head, " ")
	if version != frameVersion {
		return nil, nil, damaged("密钥文件的格式版本是 %q，本程序只认 %s，可能由更新的版本写成", version, frameVersion)
	}
	actual := sha256.Sum256(rest)
	if sum != "sha256:"+hex.EncodeToString(actual[:]) {
		return nil, nil, damaged("密钥文件的校验和对不上，文件已损坏")
	}
	return split(rest)
}

// split parts the two age files at the first one's last line.
func split(both []byte) (wrapped, body []byte, err error) {
	last := []byte("\n" + armor.Footer + "\n")
	at := bytes.Index(both, last)
	if at < 0 {
		return nil, nil, damaged("密钥文件里缺少用口令加密的部分，不是本程序写的")
	}
	at += len(last)
	return both[:at:at], both[at:], nil
}
