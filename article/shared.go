package article

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
)

// Several articles may come under one id: a feed may give its own address to all
// of its items. One of them keeps the key that Key makes of the id, each other has
// one of its own in which the id can still be seen:
//
//	bytes  0 1 2 | 3 4 5 6 7 | 8 ... 15
//	       id    | text      | id
//
// So those of one id stand near each other in the order of keys, and can be looked
// up without an index of their own, while their first eight bytes, which break ties
// of canonical order, still differ.
const (
	tagStart = 3
	tagEnd   = 8
)

// Other returns the key of another article under the id of k, of whose texts the
// first has this hash. The highest 40 bits of the hash are in it: two of 100,000
// articles under one id have the same with a probability of 0.5 %, and count as one.
func (k Key) Other(text uint64) Key {
	for i := tagStart; i < tagEnd; i++ {
		k[i] = byte(text >> (56 - 8*(i-tagStart)))
	}
	return k
}

// Text is a hash of which the same part is in the key: k.Other(k.Text()) is k.
func (k Key) Text() uint64 { return binary.BigEndian.Uint64(k[tagStart:]) }

// OneID reports whether two keys are of articles that came under one id; a key is
// so with itself.
func (k Key) OneID(o Key) bool { return k.Other(0) == o.Other(0) }

// OneIDSpan returns the least and the largest key that those under the id of k can
// have. Keys of other ids may lie between: one in 16 million.
func (k Key) OneIDSpan() (low, high Key) {
	low, high = k, k
	for i := tagStart; i < len(k); i++ {
		low[i], high[i] = 0, 0xff
	}
	return low, high
}

// OtherID is what an article is called that came under an id which another one
// keeps, and has the key k: the id, "~", and the part of its text's hash that is in the
// key, ten hexadecimal digits. The tilde may stand plain in addresses (RFC 3986), in
// CSV, and within a word of a shell. Without an id it is "": such an article is
// called by its key.
func OtherID(id string, k Key) string {
	if id == "" {
		return ""
	}
	return id + tag(k)
}

// GivenID is the inverse of OtherID: the id under which an article came that is called
// id and has the key k, and whether another article keeps it.
func GivenID(id string, k Key) (given string, other bool) { return strings.CutSuffix(id, tag(k)) }

func tag(k Key) string { return "~" + hex.EncodeToString(k[tagStart:tagEnd]) }
