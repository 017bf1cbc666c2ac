package text

import (
	"unicode"
	"unicode/utf8"
)

// Where words end without the folder being asked. Each rule holds for some
// characters only and says no for all others; a test puts every character to
// the folder and to these rules.

// parts reports whether r, which is not ASCII, parts words always and stays
// apart from what follows. A test asks the folder about each.
func parts(r rune) bool {
	switch {
	case r >= 0x2010 && r <= 0x2015, r >= 0x201C && r <= 0x201E, // dashes, quotation marks
		r >= 0x3000 && r <= 0x3002, r >= 0x3008 && r <= 0x3011, // CJK punctuation
		r >= 0x1361 && r <= 0x1368: // Ethiopic punctuation
		return true
	}
	switch r {
	case 0xA0, '«', '»', '•', '…', '‹', '›', '؟', '؛', '۔', '।', '॥', '！', '？', '（', '）', '：', '；':
		return true
	}
	return false
}

// partsLetters is parts for commas that part all but digits.
func partsLetters(r rune) bool { return r == '،' || r == '，' }

// joinsLetters reports whether s begins with an apostrophe between letters,
// last being what stands before it.
func joinsLetters(s string, last uint32) bool {
	n := 1
	switch {
	case last&roles != letterRole:
		return false
	case s[0] == '\'', s[0] == '`':
	case len(s) >= 3 && s[:3] == "’":
		n = 3
	default:
		return false
	}
	r, _ := decode(s[n:])
	return lookup(r)&roles == letterRole
}

// ends reports whether a word whose last letter or digit is last surely ends
// at src[j].
func (c *context) ends(j int, last uint32) bool {
	s := c.src[j:]
	if s == "" {
		return true
	}
	if b := s[0]; b < utf8.RuneSelf {
		switch {
		case b == '"':
			return len(s) == 1 || s[1] < utf8.RuneSelf && s[1] != '&' && s[1] != '%' // Hebrew joins by it
		case b == '%':
			_, size := percent(s)
			return size == 0
		case joins(b):
			if len(s) == 1 || class[s[1]] < escape {
				return true
			}
			r, _ := decode(s[1:])
			return parts(r)
		}
		return class[b] < letter
	}
	r, n := decode(s)
	if r == halfSpace {
		return arabic(rune(last&0xFFFF)) && plainArabic(s[n:])
	}
	if r == '“' || r == '”' {
		return !hebrew(rune(last & 0xFFFF))
	}
	return parts(r) || partsLetters(r) && last&roles == letterRole || ideograph(r)
}

// plainArabic reports whether s begins with an Arabic letter that needs no folder.
func plainArabic(s string) bool {
	r, _ := decode(s)
	return lookup(r)&roles == letterRole && arabic(r)
}

// ideograph reports whether r is a Chinese or Japanese character that is a
// word of its own and needs no folding.
func ideograph(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF ||
		r >= 0x3041 && r <= 0x3096 || r >= 0x30A1 && r <= 0x30FA || r >= 0x3005 && r <= 0x3007 || r == 'ー'
}

// standsAlone reports whether no mark follows the ideograph before src[j].
func (c *context) standsAlone(j int) bool {
	s := c.src[j:]
	if s == "" || s[0] < utf8.RuneSelf {
		return s == "" || s[0] != '&' && s[0] != '%'
	}
	r, _ := decode(s)
	if ideograph(r) || parts(r) || partsLetters(r) {
		return true
	}
	role := lookup(r) & roles
	return role == letterRole || role == digitRole
}

// decode is utf8.DecodeRuneInString with short ways for two and three bytes.
func decode(s string) (rune, int) {
	if len(s) >= 2 && s[0] >= 0xC2 && s[0] < 0xE0 && s[1]&0xC0 == 0x80 {
		return rune(s[0]&0x1F)<<6 | rune(s[1]&0x3F), 2
	}
	if len(s) >= 3 && s[0] > 0xE0 && s[0] < 0xED && s[1]&0xC0 == 0x80 && s[2]&0xC0 == 0x80 {
		return rune(s[0]&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(s)
}

// maxChunk bounds the buffers of a folder.
const maxChunk = 4096

// chunk returns the end of the stretch to fold that begins at s[i]: the first
// separator at which no word can go on. A longer stretch is cut at a place
// that parts words, if it has one.
func chunk(s string, i int) int {
	cut := 0
	for j := i; j < len(s); {
		if j-i >= maxChunk {
			if cut > i {
				return cut
			}
			return j
		}
		switch b := s[j]; {
		case b == '&':
			_, n := entity(s[j:])
			j += max(n, 1)
		case b == '%':
			_, n := percent(s[j:])
			if n == 0 {
				return j
			}
			j += n
		case b < utf8.RuneSelf:
			// The quotation mark stands inside Hebrew acronyms.
			if class[b] <= sign && !joins(b) && b != '"' {
				at := resume(s, j)
				if at == 0 {
					return j
				}
				j = at
				continue
			}
			j++
		default:
			r, n := decode(s[j:])
			if j > i && parts(r) && !((r == '“' || r == '”') && j > i+1 && s[j-2]|1 == 0xD7) { // behind Hebrew
				at := resume(s, j)
				if at == 0 {
					return j
				}
				j = at
				continue
			}
			if filler(r) || alone(r) && unicode.IsLetter(r) {
				cut = j
			}
			j += n
		}
	}
	return len(s)
}
