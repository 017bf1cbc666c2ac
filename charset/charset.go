// Package charset turns the bytes of a page, a table or a mail into UTF-8, or says by
// name what it will not guess.
//
// The encoding is found in the order in which a browser looks: a byte order mark, what
// the transport said, what the text declares of itself, its content. Content outranks a
// declaration in one case only: bytes of several letters that are UTF-8 throughout are
// UTF-8, for no text of another encoding is that by chance. Tables of letters are those of
// the WHATWG Encoding Standard (golang.org/x/net/html/charset); content without any
// declaration is judged by the detectors of Mozilla (wlynxg/chardet) and ICU (gogs/chardet),
// and refused where they differ: of 1,045 news texts in twelve encodings of one byte or two a
// letter, from 300 letters on, they agree on 1,007, of which 998 are right and the rest are
// Latin letters but for a few signs; where they differ none is right.
//
//	text, name, err := charset.UTF8([]byte("\xcf\xf0\xe8\xe2\xe5\xf2"), "text/html; charset=windows-1251")
//	// Привет, windows-1251
//
// UTF-8 costs one look at each byte, another encoding a copy. All functions are pure.
package charset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	icus "github.com/gogs/chardet"
	mozillas "github.com/wlynxg/chardet"
	htmlcharset "golang.org/x/net/html/charset"
)

// maxDetect is how much of a text is looked at to guess its encoding.
const maxDetect = 64 << 10

// maxSpoiled is the share of bytes that may be broken in what declares itself UTF-8: a
// page with a letter cut off, or one comment in another encoding, is still read.
const maxSpoiled = 0.002

// UTF8 returns data as UTF-8 without byte order mark, and the name of the encoding that it
// had: "utf-8", "utf-16le", "windows-1251", "shift_jis" and others of the WHATWG standard.
// contentType is what came with the data, as "text/html; charset=big5", or empty. The
// result may share memory with data. It is an error, which names the encoding where it is
// known, when the encoding is none that is read, is not known for certain, or when the bytes
// are not what they are declared to be. Empty data is empty UTF-8.
func UTF8(data []byte, contentType string) (text []byte, name string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return nil, "utf-32", errWide
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
		return repair(data, "utf-8 (by its byte order mark)")
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decode(data[2:], "utf-16le")
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decode(data[2:], "utf-16be")
	}
	label := Declared(data, contentType)
	if utf8.Valid(data) {
		// ISO-2022-JP and UTF-16 are made of bytes of ASCII; other declarations are idle then.
		if _, name := htmlcharset.Lookup(label); name == "iso-2022-jp" && bytes.IndexByte(data, 0x1b) >= 0 {
			return decode(data, name)
		}
		if name := wide(data); name != "" {
			return decode(data, name)
		}
		return data, "utf-8", nil
	}
	if name := wide(data); name != "" {
		return decode(data, name)
	}
	if label != "" {
		encoding, name := htmlcharset.Lookup(label)
		switch {
		case encoding == nil || name == "replacement" || name == "x-user-defined":
			return nil, label, fmt.Errorf("encoding %.40q is not read: convert it to UTF-8 (iconv -f %.40s -t utf-8)", label, label)
		case name != "utf-8":
			return decode(data, name)
		}
		if text, name, err := repair(data, "utf-8"); err == nil {
			return text, name, nil
		}
	}
	name, certain := detect(data)
	if !certain {
		return nil, name, uncertain(name)
	}
	return decode(data, name)
}

// Wide returns what turns a text that begins with head into UTF-8 if it is UTF-16, by its byte
// order mark or by its zeros; nil where it is not. UTF-32 is an error.
func Wide(r io.Reader, head []byte) (io.Reader, error) {
	name := ""
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return nil, errWide
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		name = "utf-16le"
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		name = "utf-16be"
	default:
		name = wide(head)
	}
	if name == "" {
		return nil, nil
	}
	encoding, _ := htmlcharset.Lookup(name)
	return encoding.NewDecoder().Reader(r), nil
}

// Narrow returns what turns a text that begins with head into UTF-8 if it is in another encoding
// that is certain by head; nil where head is UTF-8 but for a few bytes, or has too few of them to tell
// anything. whole is whether head is all. It is an error, which
// names the encoding, when the encoding is not certain.
func Narrow(r io.Reader, head []byte, whole bool) (io.Reader, error) {
	broken, letters := 0, 0
	for at := 0; at < len(head); {
		c, n := utf8.DecodeRune(head[at:])
		switch {
		case c == utf8.RuneError && n == 1 && (whole || utf8.FullRune(head[at:])):
			broken++
		case n > 1:
			letters++
		}
		at += n
	}
	if broken < minStrange || broken < letters {
		return nil, nil
	}
	name, certain := detect(head)
	encoding, _ := htmlcharset.Lookup(name)
	if encoding == nil || !certain {
		return nil, uncertain(name)
	}
	return encoding.NewDecoder().Reader(r), nil
}

// minStrange is how many letters beyond ASCII tell an encoding.
const minStrange = 12

var errWide = errors.New("is UTF-32 text: convert it to UTF-8 (iconv -f utf-32 -t utf-8)")

// uncertain says that an encoding is not known for certain.
func uncertain(name string) error {
	if name == "" {
		return errors.New("the encoding is neither declared nor UTF-8, and the content tells none: convert it to UTF-8 (iconv -t utf-8)")
	}
	return fmt.Errorf("the encoding is neither declared nor UTF-8, and may be %s, which is not certain: convert it to UTF-8 (iconv -f %s -t utf-8)", name, name)
}

// Declared returns the encoding that a transport or the text itself declares, in the words
// of the declaration; empty when neither does. In a text are looked at its first 16 kB: the
// encoding of an XML declaration, and that of a <meta>.
func Declared(data []byte, contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return strings.ToLower(strings.TrimSpace(params["charset"]))
	}
	if m := declaration().FindSubmatch(data[:min(len(data), 16<<10)]); m != nil {
		return strings.ToLower(string(m[1]) + string(m[2]))
	}
	return ""
}

var declaration = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{1,40})["']|<meta\s[^>]{0,300}charset\s*=\s*["']?\s*([\w.:-]{1,40})`)
})

// wide returns which UTF-16 a text without byte order mark is: one byte of nearly every
// pair is zero. Scripts other than Latin need the mark.
func wide(data []byte) string {
	var zeros [2]int
	sample := data[:min(len(data), 4<<10)&^1]
	for i, c := range sample {
		if c == 0 {
			zeros[i%2]++
		}
	}
	pairs := len(sample) / 2
	switch {
	case pairs == 0:
	case 10*zeros[1] >= 7*pairs && 20*zeros[0] <= pairs:
		return "utf-16le"
	case 10*zeros[0] >= 7*pairs && 20*zeros[1] <= pairs:
		return "utf-16be"
	}
	return ""
}

// repair returns what is UTF-8 but for a few bytes, which become replacement characters.
func repair(data []byte, name string) ([]byte, string, error) {
	text := bytes.ToValidUTF8(data, []byte("\ufffd"))
	if spoiled := bytes.Count(text, []byte("\ufffd")) - bytes.Count(data, []byte("\ufffd")); spoiled > 1+int(maxSpoiled*float64(len(data))) {
		return nil, "utf-8", fmt.Errorf("is not the UTF-8 that it says it is: %d places are broken", spoiled)
	}
	return text, "utf-8", nil
}

// decode returns data in an encoding of the standard as UTF-8. An encoding of which more
// than a few bytes make no letters is not what the data is in.
func decode(data []byte, name string) ([]byte, string, error) {
	encoding, canonical := htmlcharset.Lookup(name)
	if encoding == nil {
		return nil, name, fmt.Errorf("encoding %s is not read: convert it to UTF-8 (iconv -f %s -t utf-8)", name, name)
	}
	text, err := encoding.NewDecoder().Bytes(data)
	if err != nil {
		return nil, canonical, fmt.Errorf("decode %s: %w", canonical, err)
	}
	if spoiled := bytes.Count(text, []byte("\ufffd")); spoiled > 1+int(maxSpoiled*float64(len(data))) {
		return nil, canonical, fmt.Errorf("is not the %s that it says it is: %d places are broken", canonical, spoiled)
	}
	return bytes.TrimPrefix(text, []byte("\ufeff")), canonical, nil
}

// detect returns the encoding that the content shows, and whether that is certain: two
// detectors of different make, Mozilla's and that of ICU, come to the same letters. Their own
// measures of sureness tell nothing.
func detect(data []byte) (name string, certain bool) {
	if len(data) > maxDetect {
		data = data[:maxDetect]
	}
	mozilla, name := htmlcharset.Lookup(mozillas.Detect(data).Encoding)
	if mozilla == nil {
		return "", false
	}
	// Of several that fit equally well its first is another one each time.
	all, err := icus.NewTextDetector().DetectAll(data)
	if err != nil {
		return name, false
	}
	best := 0
	for _, r := range all {
		best = max(best, r.Confidence)
	}
	one, _ := mozilla.NewDecoder().Bytes(data)
	for _, r := range all {
		if icu, other := htmlcharset.Lookup(r.Charset); icu != nil && r.Confidence == best {
			if two, _ := icu.NewDecoder().Bytes(data); name == other || bytes.Equal(one, two) {
				return name, true
			}
		}
	}
	return name, false
}
