package precheck

import (
	"strings"

	"shangjiatong/app/listing"
)

const (
	creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // GB 32100: no I, O, S, V, Z
	creditLength   = 18
)

// CheckCreditCode checks a 统一社会信用代码 by GB 32100-2015 (dossier 8): ok says whether its last character is the
// check character, and want is what that should be. A code of wrong length or with characters outside the standard is
// an error of code invalid, and ok and want mean nothing then.
func CheckCreditCode(code string) (ok bool, want byte, err error) {
	const hint = "应为 18 位数字和大写字母，不用 I、O、S、V、Z"
	if runes := []rune(code); len(runes) != creditLength {
		return false, 0, listing.Failf(listing.CodeInvalid, hint, "应为 %d 位，实际 %d 位", creditLength, len(runes))
	}
	sum, weight := 0, 1
	for i, r := range code {
		value := strings.IndexRune(creditAlphabet, r)
		if value < 0 {
			return false, 0, listing.Failf(listing.CodeInvalid, hint, "第 %d 位“%s”不能用", len([]rune(code[:i]))+1, quote(string(r)))
		}
		if i == creditLength-1 {
			break
		}
		sum += value * weight
		weight = weight * 3 % len(creditAlphabet)
	}
	m := len(creditAlphabet)
	want = creditAlphabet[(m-sum%m)%m]
	return code[creditLength-1] == want, want, nil
}
