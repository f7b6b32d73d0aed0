package document

import (
	"encoding/binary"
	"slices"
)

// codeRange is a run of characters the font has, both ends included.
type codeRange struct{ from, to uint16 }

// pdfFontHas returns what says whether our font has a character. It reads the table cmap in format 4, the one the PDF
// library reads too: what is not there would come out as an empty box.
func pdfFontHas() func(rune) bool {
	ranges := cmapRanges(pdfFont)
	return func(r rune) bool {
		if r < ' ' || r >= 0xffff {
			return false
		}
		_, found := slices.BinarySearchFunc(ranges, uint16(r), func(c codeRange, r uint16) int {
			switch {
			case c.to < r:
				return -1
			case c.from > r:
				return 1
			}
			return 0
		})
		return found
	}
}

// cmapRanges lists the characters of a TrueType font of our own making, in ascending order.
func cmapRanges(font []byte) []codeRange {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(font[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(font[at:])) }
	var out []codeRange
	for i := range u16(4) {
		record := 12 + 16*i
		if string(font[record:record+4]) != "cmap" {
			continue
		}
		cmap := u32(record + 8)
		for j := range u16(cmap + 2) {
			if sub := cmap + u32(cmap+4+8*j+4); u16(sub) == 4 {
				n := u16(sub+6) / 2
				for k := range n {
					out = append(out, codeRange{from: uint16(u16(sub + 16 + 2*n + 2*k)), to: uint16(u16(sub + 14 + 2*k))})
				}
				return out
			}
		}
	}
	return out
}
