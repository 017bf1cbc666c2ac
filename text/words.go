package text

import "math"

// Kind is a set of properties of a word.
type Kind uint8

const (
	Number    Kind = 1 << iota // holds a digit
	Capital                    // begins with an upper-case letter
	Sentence                   // first word of a sentence
	Paragraph                  // first word of a line, and so of a sentence
	Quoted                     // stands between quotation marks
)

// Word is one word of a text.
type Word struct {
	Hash       uint64 // of the normal form, see Hash; stable for ever
	Start, End uint32 // byte offsets into the text, at rune borders
	Kind       Kind
}

// Words appends the words of s to dst in the order of the text. Words do not
// overlap and are not empty. Bytes that are not UTF-8 part words. What stands
// behind the first 4 GiB is not read.
//
// Plain ASCII, a run of letters and digits with white space or a hard
// separator behind it, is folded and hashed eight bytes at a time; everything
// else goes through the folder, in chunks. Both give the same words for ASCII.
func Words(dst []Word, s string) []Word {
	if uint64(len(s)) > math.MaxUint32 {
		s = s[:math.MaxUint32]
	}
	c := context{src: s, dst: dst, base: len(dst), line: true}
	var f *folder
	for i := 0; i < len(s); {
		switch class[s[i]] {
		case blank, soft:
			i++
		case sign:
			c.mark(rune(s[i]), i, i+1)
			i++
		case letter:
			if n := c.ascii(i); n > 0 {
				i += n
				break
			}
			fallthrough
		default:
			if n := punctuation(s[i:]); n > 0 {
				c.mark(0x2000|rune(s[i+2]&0x3F), i, i+n)
				i += n
				break
			}
			if f == nil {
				f = folders.Get().(*folder)
				defer folders.Put(f)
			}
			end := chunk(s, i)
			f.words(&c, i, end)
			i = end
		}
	}
	c.endLine()
	return c.dst
}

// Classes of bytes, by what the scanner does with them.
const (
	blank  = iota // parts words always, means nothing
	soft          // . , ' and `: part words unless a letter or digit is on both sides
	sign          // parts words always, means something to context
	letter        // ASCII letter or digit
	other         // not ASCII, or an ampersand: for the folder
)

var class = func() (t [256]uint8) {
	for b := range t {
		switch c := byte(b); {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
			t[b] = letter
		case c == '.', c == '!', c == '?', c == '"', c >= '\n' && c <= '\r':
			t[b] = sign
		case c == ',', c == '\'', c == '`':
			t[b] = soft
		case c == '&', c >= 0x80:
			t[b] = other
		}
	}
	return t
}()

// joins reports whether an ASCII byte between two words may join them.
func joins(b byte) bool { return b == '.' || class[b] == soft }

// ascii appends the word at src[i] and returns its length, or returns 0 if its
// end does not show that it is a plain word.
func (c *context) ascii(i int) int {
	s := c.src[i:]
	h, n, digits := uint64(hashSeed), 0, false
	for {
		var x uint64
		if n+8 <= len(s) {
			x = load8(s[n : n+8])
		} else {
			x = loadTail(s[n:])
		}
		run, lower, d := alnum8(x)
		digits = digits || d
		n += run
		if run > 0 {
			h = mix(h ^ lower)
		}
		if run < 8 {
			break
		}
	}
	if n < len(s) && s[n] != ' ' {
		next := s[n]
		if class[next] == other && punctuation(s[n:]) == 0 {
			return 0
		}
		if joins(next) && n+1 < len(s) && class[s[n+1]] >= letter && punctuation(s[n+1:]) == 0 {
			return 0
		}
	}
	var k Kind
	if digits {
		k = Number
	}
	if s[0] >= 'A' && s[0] <= 'Z' {
		k |= Capital
	}
	c.add(h, i, i+n, k, s[0] >= 'a')
	return n
}

// punctuation returns the length of the punctuation mark at the start of s
// that parts words always and is too common in English text to be left to the
// folder: – — “ ” and the ellipsis, E2 80 xx in UTF-8; or 0.
func punctuation(s string) int {
	if len(s) >= 3 && s[0] == 0xE2 && s[1] == 0x80 {
		switch s[2] {
		case 0x93, 0x94, 0x9C, 0x9D, 0xA6:
			return 3
		}
	}
	return 0
}
