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
	"slices"
	"strings"
	"sync"
	"unicode"
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
	if bytes.Contains(data, japanese) {
		return decode(data, "iso-2022-jp")
	}
	if name := wide(data); name != "" {
		return decode(data, name)
	}
	labels := declared(data, contentType)
	if utf8.Valid(data) {
		// ISO-2022-JP is made of bytes of ASCII; other declarations are idle then.
		if bytes.IndexByte(data, 0x1b) >= 0 && slices.Contains(labels, "iso-2022-jp") {
			return decode(data, "iso-2022-jp")
		}
		return data, "utf-8", nil
	}
	var first error // why it is not what is declared
	for _, label := range labels {
		text, of, e := as(data, label)
		if e == nil {
			return text, of, nil
		}
		if first == nil {
			first, name = e, of
		}
	}
	found, certain := detect(data)
	switch {
	case certain:
		return decode(data, found)
	case first != nil && found != "":
		return nil, name, fmt.Errorf("%w; it may be %s (iconv -f %s -t utf-8)", first, found, found)
	case first != nil:
		return nil, name, first
	}
	return nil, found, uncertain(found)
}

// japanese is how ISO-2022-JP, which is made of bytes of ASCII, goes over to its two bytes a letter.
var japanese = []byte("\x1b$B")

// as returns data that is declared to be in an encoding as UTF-8.
func as(data []byte, label string) (text []byte, name string, err error) {
	encoding, name := htmlcharset.Lookup(label)
	switch {
	case encoding == nil || name == "replacement" || name == "x-user-defined":
		return nil, label, fmt.Errorf("encoding %.40q is not read: convert it to UTF-8 (iconv -f %.40s -t utf-8)", label, label)
	case name == "utf-8":
		return repair(data, name)
	case strings.HasPrefix(name, "utf-16"): // of which wide has found nothing
		return nil, name, fmt.Errorf("is not the %s that it says it is", name)
	case name == latin && noLatin(data):
		return nil, name, fmt.Errorf("is not the %s that it says it is: its letters beyond ASCII stand in rows", name)
	}
	return decode(data, name)
}

// latin is what many servers call every page that says nothing else.
const latin = "windows-1252"

// noLatin reports whether most letters beyond ASCII stand in rows of three and more, as they do in no
// language that is written in Latin letters.
func noLatin(data []byte) bool {
	all, rows, row := 0, 0, 0
	for _, c := range data {
		switch row++; {
		case c < 0xa1 || c == 0xb7 || c == 0xbb: // also quotes, dashes and dots, which make lines
			row = 0
			continue
		case row == 3:
			rows += 3
		case row > 3:
			rows++
		}
		all++
	}
	return rows >= minStrange && 2*rows > all
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
	name, certain := "iso-2022-jp", true
	switch {
	case bytes.Contains(head, japanese):
	case broken < minStrange || broken < letters:
		return nil, nil
	default:
		name, certain = detect(head)
	}
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

// declared returns the encodings that a transport and the text itself declare, that of the transport
// first. Where that is Latin, as servers say of everything, the text knows better. In a text are looked at its
// first 16 kB: the encoding of an XML declaration, and that of a <meta>.
func declared(data []byte, contentType string) (labels []string) {
	add := func(label string) {
		if label = strings.ToLower(strings.TrimSpace(label)); label != "" && !slices.Contains(labels, label) {
			labels = append(labels, label)
		}
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		add(params["charset"])
	}
	if m := declaration().FindSubmatch(data[:min(len(data), 16<<10)]); m != nil {
		add(string(m[1]) + string(m[2]))
	}
	if len(labels) == 2 {
		if _, outer := htmlcharset.Lookup(labels[0]); outer == latin {
			slices.Reverse(labels)
		}
	}
	return labels
}

var declaration = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{1,40})["']|<meta\s[^>]{0,300}charset\s*=\s*["']?\s*([\w.:-]{1,40})`)
})

// wide returns which UTF-16 a text without byte order mark is: most letters are of ASCII, or eight and one
// of twenty, as blanks and markup are; and none is a control or means nothing.
func wide(data []byte) string {
	sample := data[:min(len(data), 4<<10)&^1]
	var zeros [2]int
	for i, c := range sample {
		if c == 0 {
			zeros[i%2]++
		}
	}
	pairs := len(sample) / 2
	for i, name := range []string{"utf-16be", "utf-16le"} {
		if pairs == 0 || 20*zeros[1-i] > pairs || 10*zeros[i] < 7*pairs && (zeros[i] < 8 || 20*zeros[i] < pairs) {
			continue
		}
		text, _, err := decode(sample, name)
		if err == nil && bytes.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || !assigned(r) }) < 0 {
			return name
		}
	}
	return ""
}

// assigned reports whether a character means something to all.
func assigned(r rune) bool { return unicode.IsGraphic(r) || unicode.In(r, unicode.Cc, unicode.Cf) }

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
	// Of several that fit equally well its first is another one each time.
	all, err := icus.NewTextDetector().DetectAll(data)
	if err != nil {
		return "", false
	}
	best := 0
	for _, r := range all {
		best = max(best, r.Confidence)
	}
	for _, r := range all {
		if _, other := htmlcharset.Lookup(r.Charset); r.Confidence == best && other != "" && (name == "" || other < name) {
			name = other
		}
	}
	guess := mozillas.Detect(data).Encoding
	// Its small letters are those of windows-1251 but for the last one, of which no text has more capitals.
	if guess == "MacCyrillic" && bytes.Count(data, []byte{0xff}) > bytes.Count(data, []byte{0xdf}) {
		guess = "windows-1251"
	}
	mozilla, other := htmlcharset.Lookup(guess)
	if mozilla == nil {
		return name, false
	}
	name = other
	one, _ := mozilla.NewDecoder().Bytes(data)
	for _, r := range all {
		if icu, other := htmlcharset.Lookup(r.Charset); icu != nil && r.Confidence == best {
			if two, _ := icu.NewDecoder().Bytes(data); name != other && !bytes.Equal(one, two) {
				continue
			}
			if name == "koi8-r" { // the same with four letters of Ukrainian instead of lines for tables
				name = "koi8-u"
			}
			return name, true
		}
	}
	return name, false
}
