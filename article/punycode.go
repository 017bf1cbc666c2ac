package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// decodePunycode decodes the part of a label after "xn--": RFC 3492 section
// 6.2. It is false for what no encoder writes.
func decodePunycode(s string) (string, bool) {
	const (
		base, tmin, tmax = 36, 1, 26
		skew, damp       = 38, 700
		limit            = 63 // a DNS label, in bytes
	)
	if len(s) > limit {
		return "", false
	}
	var out []rune
	if i := strings.LastIndexByte(s, '-'); i >= 0 {
		out, s = []rune(s[:i]), s[i+1:]
	}
	n, bias, i := 128, 72, 0
	for pos := 0; pos < len(s); {
		old, weight := i, 1
		for k := base; ; k += base {
			if pos == len(s) {
				return "", false
			}
			digit := punycodeDigit(s[pos])
			pos++
			if digit < 0 {
				return "", false
			}
			i += digit * weight
			t := min(max(k-bias, tmin), tmax)
			if digit < t {
				break
			}
			if weight *= base - t; i > unicode.MaxRune*(limit+1) || weight > unicode.MaxRune*(limit+1) {
				return "", false
			}
		}
		delta := i - old
		if old == 0 {
			delta /= damp
		} else {
			delta /= 2
		}
		count := len(out) + 1
		delta += delta / count
		bias = 0
		for delta > (base-tmin)*tmax/2 {
			delta /= base - tmin
			bias += base
		}
		bias += (base - tmin + 1) * delta / (delta + skew)
		n += i / count
		i %= count
		if !utf8.ValidRune(rune(n)) || n > unicode.MaxRune {
			return "", false
		}
		out = append(out, 0)
		copy(out[i+1:], out[i:])
		out[i] = rune(n)
		i++
	}
	return string(out), true
}

func punycodeDigit(c byte) int {
	switch {
	case 'a' <= c && c <= 'z':
		return int(c - 'a')
	case '0' <= c && c <= '9':
		return int(c-'0') + 26
	}
	return -1
}
