package text

// Chinese is written in simplified and in traditional characters, and in Hong Kong
// and Taiwan in variants of these. All are folded to one, mostly the simplified one. Where one
// simplified character stands for several (后 for 后 and 後), they become one, and
// so do traditional ones that have two simplified forms: texts are compared and
// never shown. Japanese uses some of both kinds and is folded alike on both sides.
// Characters beyond U+9FFF, which news has none of, stay as they are.

//go:generate go run simplified_gen.go

// simple holds the folding of every rune from U+3400 on, less U+3400; 0: itself.
var simple = func() (t [0xA000 - 0x3400]uint16) {
	to := rune(0)
	for _, r := range simplifications {
		switch {
		case r == ' ':
			to = 0
		case to == 0:
			to = r
		default:
			t[r-0x3400] = uint16(to)
		}
	}
	return t
}()

// simplified is the folding of a Chinese character, and r itself if it is none.
func simplified(r rune) rune {
	if r >= 0x3400 && r < 0xA000 {
		if to := simple[r-0x3400]; to != 0 {
			return rune(to)
		}
	}
	return r
}
