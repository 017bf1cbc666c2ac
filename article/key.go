package article

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Key identifies an article from one run to the next. It is a truncated
// SHA-256, so that it is the same on every machine and in every version, and
// nobody can make two articles collide on purpose.
type Key [16]byte

// String returns the key as 32 hexadecimal digits.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// ParseKey reads a key as String writes it; in capitals too. ok is false for anything else.
func ParseKey(s string) (key Key, ok bool) {
	if len(s) != 2*len(key) {
		return key, false
	}
	_, err := hex.Decode(key[:], []byte(s))
	return key, err == nil
}

// Key returns what makes a the same article when it is met again. It is made
// of the first of these that the article has:
//
//  1. its ID with its outlet (CanonicalOutlet of Outlet, or of the host of URL
//     when Outlet is empty): two outlets may use the same ID. An ID that is how a
//     program writes that there is none, such as "null" and "NaN", is none;
//  2. its CanonicalURL, unless that is a site's front page;
//  3. the words of its headline and body, without regard to white space.
//
// An article whose ID or URL is known keeps its key when its text changes: that
// is a new version of it.
func (a *Article) Key() Key {
	buf := make([]byte, 0, 256)
	if !isNoID(a.ID) {
		buf = append(buf, "id\x00"...)
		buf = append(buf, OutletOf(a.Outlet, a.URL)...)
		buf = append(buf, 0)
		buf = append(buf, a.ID...)
		return sum(buf)
	}
	if u, err := CanonicalURL(a.URL); err == nil && !isFrontPage(u) {
		buf = append(buf, "url\x00"...)
		buf = append(buf, u...)
		return sum(buf)
	}
	buf = append(buf, "text\x00"...)
	buf = appendWords(buf, a.Headline)
	buf = append(buf, 0)
	buf = appendWords(buf, a.Body)
	return sum(buf)
}

// isNoID reports whether an ID is empty, or what a program writes for a value
// that is not there. "0" may be the first of a list.
func isNoID(id string) bool {
	switch strings.ToLower(strings.TrimSpace(id)) {
	case "", "null", "nil", "none", "undefined", "nan", "n/a", "-":
		return true
	}
	return false
}

// isFrontPage reports whether a canonical URL is a host alone, or its index.
// Sloppy feeds give it to each of their articles.
func isFrontPage(u string) bool {
	_, path, _ := strings.Cut(u[len("https://"):], "/")
	switch path {
	case "", "index.html", "index.htm", "index.php":
		return true
	}
	return false
}

func sum(b []byte) (k Key) {
	h := sha256.Sum256(b)
	copy(k[:], h[:])
	return k
}

// appendWords appends s with each run of white space made one space, and none
// at its ends.
func appendWords(dst []byte, s string) []byte {
	start, pending := len(dst), false
	for i := 0; i < len(s); {
		c, n := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(s[i:])
		}
		if unicode.IsSpace(c) {
			pending = len(dst) > start
		} else {
			if pending {
				dst, pending = append(dst, ' '), false
			}
			dst = append(dst, s[i:i+n]...)
		}
		i += n
	}
	return dst
}
