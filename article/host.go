package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// variants are first labels under which a site serves the same pages.
var variants = []string{"www.", "m.", "mobile.", "amp."}

// canonicalHost returns the host of a URL's authority: no user, no default
// port, lower case, punycode decoded, without the labels in variants. It is
// false when there is no host, or one that holds characters no host has.
func canonicalHost(authority string) (string, bool) {
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		authority = authority[i+1:]
	}
	host, port := authority, ""
	if i := strings.LastIndexByte(authority, ':'); i >= 0 && i > strings.LastIndexByte(authority, ']') {
		host, port = authority[:i], authority[i+1:]
	}
	for i := range len(port) {
		if port[i] < '0' || port[i] > '9' {
			return "", false
		}
	}
	if port = strings.TrimLeft(port, "0"); port == "80" || port == "443" || len(port) > 5 {
		port = ""
	}
	if strings.HasPrefix(host, "[") { // IPv6
		if !isIPv6(host) {
			return "", false
		}
		host = strings.ToLower(host)
	} else {
		labels := strings.Split(strings.ToLower(strings.Trim(host, ".")), ".")
		for i, l := range labels {
			if l, ok := canonicalLabel(l); ok {
				labels[i] = l
			} else {
				return "", false
			}
		}
		host = stripVariants(strings.Join(labels, "."))
	}
	if port != "" {
		host += ":" + port
	}
	return host, true
}

// stripVariants takes leading variant labels away while two labels remain, so
// that m.com keeps its name.
func stripVariants(host string) string {
	for again := true; again; {
		again = false
		for _, v := range variants {
			if rest, ok := strings.CutPrefix(host, v); ok && strings.Contains(rest, ".") {
				host, again = rest, true
			}
		}
	}
	return host
}

func isIPv6(s string) bool {
	if len(s) < 4 || s[len(s)-1] != ']' {
		return false
	}
	for i := 1; i < len(s)-1; i++ {
		c := s[i]
		if c != ':' && c != '.' && unhex(c) < 0 {
			return false
		}
	}
	return true
}

// canonicalLabel checks one label of a host, in lower case, and decodes it when
// it is punycode. An encoded label that does not decode to what a name may hold
// stays encoded.
func canonicalLabel(l string) (string, bool) {
	if l == "" || len(l) > 252 || !isLabel(l) {
		return "", false
	}
	if encoded, ok := strings.CutPrefix(l, "xn--"); ok {
		d, ok := decodePunycode(encoded)
		if ok && len(d) <= 252 && isLabel(d) && strings.ToLower(d) == d && !isASCII(d) {
			return d, true
		}
	}
	return l, true
}

func isLabel(s string) bool {
	for _, r := range s {
		switch {
		case r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z':
		case r < utf8.RuneSelf || r == utf8.RuneError:
			return false
		case !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '\u200c' && r != '\u200d' && r != '·':
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

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
