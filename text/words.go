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
	Unspaced                   // one character of a script that is written without spaces
	Value                      // figures and nothing else, with at most one point: Stem is what reading gives
	Stacked                    // Unspaced, of a script of letters, of which a word has several: Thai, Lao, Khmer, Burmese, Tibetan and their like
)

// Word is one word of a text. Hash, Letters and Stem follow from its normal form
// alone, so they are the same however the word is spelled; but the Stem of a number
// tells whether it was written so that it may have another value.
type Word struct {
	Hash       uint64 // of the normal form, see Hash; stable for ever
	Start, End uint32 // byte offsets into the text, at rune borders
	Kind       Kind
	Letters    uint8  // characters of the normal form, up to 255; those from U+0800 on, of which most are syllables, count two
	Stem       uint8  // a hash of the first four characters, from 1: Russia, Russian and Russia's have one, and so have most cases of a name
	Head       uint32 // a longer hash of the first four characters, or of two from U+0800 on; 0 of a number
}

// Words appends the words of s to dst in the order of the text. Words do not
// overlap and are not empty. Bytes that are not UTF-8 part words. A word of more
// than 4096 bytes is cut, so that the cost is linear in the text, whatever it
// holds. What stands behind the first 4 GiB is not read.
//
// A number is one word by its value, however it is written; see numberJoiner.
//
// There are three ways, each for what the one before leaves, and all give the
// same words: plain ASCII is folded and hashed eight bytes at a time, plain
// letters of other alphabets by a table, everything else goes through the
// folder in chunks.
func Words(dst []Word, s string) []Word { return WordsOf(dst, s, "") }

// WordsOf is Words of a text that is a part of whole, as a headline is of an
// article: whole tells better in which language it is, where that matters.
func WordsOf(dst []Word, s, whole string) []Word {
	if uint64(len(s)) > math.MaxUint32 {
		s = s[:math.MaxUint32]
	}
	c := context{src: s, whole: whole, dst: dst, base: len(dst), line: true}
	c.scan()
	c.joinNumbers(nil)
	return c.dst
}

// scan finds the words of c.src; numbers are not joined yet.
func (c *context) scan() {
	s := c.src
	var f *folder
	for i := 0; i < len(s); {
		n := 0
		switch class[s[i]] {
		case blank, soft:
			i++
			continue
		case sign:
			c.mark(rune(s[i]), i, i+1)
			i++
			continue
		case escape:
			if _, size := percent(s[i:]); size == 0 {
				i++
				continue
			}
		case letter:
			if n = c.ascii(i); n == 0 {
				n = c.word(i)
			}
		case other:
			n = c.other(i)
		}
		if n == 0 {
			if f == nil {
				f = folders.Get().(*folder)
			}
			n = chunk(s, i) - i
			f.words(c, i, i+n)
		}
		i += n
	}
	if f != nil {
		folders.Put(f)
	}
	c.endLine()
}

// Normal returns the normal forms of the words of s with a space between them:
// a headline for comparison by letters, or for showing what was compared.
// Equal hashes of Words mean equal words of Normal.
func Normal(s string) string { return NormalOf(s, "") }

// NormalOf is Normal of a text that is a part of whole, see WordsOf.
func NormalOf(s, whole string) string {
	words := wordBuffers.Get().(*[]Word)
	defer wordBuffers.Put(words)
	c := context{src: s, whole: whole, dst: (*words)[:0]}
	var f *folder
	all := forms{text: make([]byte, 0, len(s))}
	add := func(form []byte) { all.spans = append(all.spans, all.add(form)) }
	for i := 0; i < len(s); {
		n := 0
		switch class[s[i]] {
		case blank, soft, sign:
			i++
			continue
		case letter:
			n = c.ascii(i)
		}
		if n > 0 {
			from := len(all.text)
			all.text = append(all.text, s[i:i+n]...)
			lower(all.text[from:])
			all.spans = append(all.spans, [2]int{from, len(all.text)})
		} else {
			if f == nil {
				f = folders.Get().(*folder)
				f.forms = add
			}
			n = max(chunk(s, i), i+1) - i
			f.words(&c, i, i+n)
		}
		i += n
	}
	if f != nil {
		f.forms = nil
		folders.Put(f)
	}
	c.joinNumbers(&all)
	*words = c.dst
	out := make([]byte, 0, len(all.text)+len(all.spans))
	for i, span := range all.spans {
		if i > 0 {
			out = append(out, ' ')
		}
		out = append(out, all.text[span[0]:span[1]]...)
	}
	return string(out)
}

// lower makes the ASCII letters among b lower-case.
func lower(b []byte) {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
}

// other takes what is at src[i], not ASCII, and returns its length, or returns
// 0 if it is for the folder.
func (c *context) other(i int) int {
	r, n := decode(c.src[i:])
	switch e := lookup(r); {
	case e&roles == letterRole, e&roles == digitRole:
		return c.word(i)
	case ideograph(r):
		if !c.standsAlone(i + n) {
			return 0
		}
		c.ideograph(simplified(r), i, i+n)
	case r == halfSpace && plainArabic(c.src[i+n:]): // the word before it has ended
	case parts(r), partsLetters(r):
		c.mark(r, i, i+n)
	default:
		return 0
	}
	return n
}

// Classes of bytes, by what the scanner does with them.
const (
	blank  = iota // parts words always, means nothing
	soft          // . , ' and `: part words unless a letter or digit is on both sides
	sign          // parts words always, means something to context
	escape        // a percent sign: begins a character of a URL, or parts words always
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
		case c == '%':
			t[b] = escape
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
	h, n, digits := uint64(hashSeed), 0, uint64(0)
	var z size
	for {
		var x uint64
		if n+8 <= len(s) {
			x = load8(s[n : n+8])
		} else {
			x = loadTail(s[n:])
		}
		free, lower, d := alnum8(x)
		if n == 0 {
			z.begin(lower, free>>3)
		}
		digits |= d
		n += free >> 3
		if free > 0 {
			h = mix(h ^ lower)
		}
		if free < 64 || n >= maxChunk {
			break
		}
	}
	if n < len(s) && s[n] != ' ' && n < maxChunk && !c.ends(i+n, 0) {
		return 0
	}
	var k Kind
	if digits != 0 {
		k = Number
	}
	if s[0] >= 'A' && s[0] <= 'Z' {
		k |= Capital
	}
	z.letters = n
	c.add(h, z, i, i+n, k, s[0] >= 'a')
	return n
}
