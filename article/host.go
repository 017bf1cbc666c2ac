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
	} else if host = strings.ToLower(strings.Trim(host, ".")); isPlainHost(host) {
		host = stripVariants(host)
	} else {
		labels := strings.Split(host, ".")
		for i, l := range labels {
			l, ok := canonicalLabel(l)
			if !ok {
				return "", false
			}
			labels[i] = l
		}
		host = stripVariants(strings.Join(labels, "."))
	}
	if port != "" {
		host += ":" + port
	}
	return host, true
}

// isPlainHost reports whether a host is what nearly all are: labels of ASCII
// letters and digits, none of them encoded or overlong.
func isPlainHost(s string) bool {
	if s == "" || len(s) > 252 || strings.Contains(s, "xn--") || strings.Contains(s, "..") {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '.' && c != '_' {
			return false
		}
	}
	return true
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
// it is punycode. An encoded label that does not decode to what a name may hold,
// or decodes to an encoded one, stays encoded.
func canonicalLabel(l string) (string, bool) {
	if l == "" || len(l) > 252 || !isLabel(l) {
		return "", false
	}
	if encoded, ok := strings.CutPrefix(l, "xn--"); ok {
		d, ok := decodePunycode(encoded)
		if ok && len(d) <= 252 && isLabel(d) && strings.ToLower(d) == d && !isASCII(d) && !strings.HasPrefix(d, "xn--") {
			return d, true
		}
	}
	return l, true
}

func isLabel(s string) bool {
	last := rune(0)
	for _, r := range s {
		before := last
		last = r
		switch {
		case (r == nonJoiner || r == joiner) && before < firstJoined:
			return false
		case r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z':
		case r < utf8.RuneSelf || r == utf8.RuneError:
			return false
		case !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != nonJoiner && r != joiner && r != '·':
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
