package text

import (
	"strings"
)

// maxUnclosed is how many words a quotation may hold that is never closed
// before its paragraph ends. Longer ones come from a stray mark.
const maxUnclosed = 200

// context follows what stands between words: lines, sentence ends, quotation
// marks.
type context struct {
	src  string
	dst  []Word
	base int  // words before it in dst are the caller's
	line bool // no word of this line yet
	stop stop

	open   rune // the quotation mark that is open, or 0
	openAt int  // index in dst of the first word quoted
	nested int  // double marks of other languages that opened since

	next  int  // where in src the last word ended, with what is invisible behind it
	short bool // the last word is an initial, or an acronym with stops

	whole    string // the text that src is a part of, or ""
	blanks   ternary
	cyrillic ternary // of a language that is written in Latin letters as well
}

// stop is what ended the sentence, if anything did.
type stop uint8

const (
	running stop = iota
	maybe        // a full stop: a sentence ends unless it goes on in lower case
	ended
)

// add appends a word. lower says that it begins with a lower-case letter.
func (c *context) add(hash uint64, z size, start, end int, k Kind, lower bool) {
	if c.line {
		k |= Paragraph | Sentence
		c.line = false
	} else if c.stop == ended || c.stop == maybe && !lower {
		k |= Sentence
	}
	c.stop = running
	c.next, c.short = end, z.letters == 1 || z.n == 1 && k&Unspaced == 0
	stem, head := z.stemAndHead()
	c.dst = append(c.dst, Word{Hash: hash, Start: uint32(start), End: uint32(end), Kind: k, Letters: uint8(min(z.letters, 255)), Stem: stem, Head: head})
}

// ideograph appends the Chinese or Japanese character r, simplified.
func (c *context) ideograph(r rune, start, end int) {
	bytes := uint64(0xE0|r>>12) | uint64(0x80|r>>6&0x3F)<<8 | uint64(0x80|r&0x3F)<<16
	var z size
	z.add(r)
	c.add(mix(hashSeed^bytes), z, start, end, Unspaced, false)
}

// mark takes the character r that stands at src[start:end] and is in no word.
func (c *context) mark(r rune, start, end int) {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		c.endLine()
	case '…', '‥':
		if c.stop == running {
			c.stop = maybe
		}
	case '.', '．', '․', '﹒':
		if c.stop == running && !c.abbreviates(start) {
			c.stop = maybe
		}
	case '!', '?', '！', '？', '。', '｡', '؟', '۔', '।', '॥', '።', '፧', '፨', '෴', '။', '។', '៕', '։', '།',
		'‼', '⁇', '⁈', '⁉', '‽', '﹖', '﹗':
		c.stop = ended
	case '"', '“', '”', '„', '‟', '«', '»', '「', '」', '『', '』', '｢', '｣', '〝', '〞', '〟', '＂', '‘', '’', '‚', '‹', '›':
		c.quote(r, start, end)
	}
}

func (c *context) endLine() {
	if c.open != 0 && len(c.dst)-c.openAt <= maxUnclosed {
		c.markQuoted()
	}
	c.line, c.stop, c.open = true, running, 0
}

// abbreviates reports whether the full stop at src[at] follows an initial, an
// acronym with stops or a title rather than the last word of a sentence.
func (c *context) abbreviates(at int) bool {
	if len(c.dst) == c.base {
		return false
	}
	w := c.dst[len(c.dst)-1]
	if c.next != at || w.Kind&Number != 0 {
		return false
	}
	return c.short || w.Letters <= 4 && titles[w.Hash]
}

// titles are words whose full stop is followed by a name.
var titles = func() map[uint64]bool {
	t := map[uint64]bool{}
	for _, w := range strings.Fields("mr mrs ms dr st sen rep gov gen lt col sgt capt rev hon prof no vs jr " +
		"sra dra mme mlle sig fr hr bzw ca nr dott ing г ул им") {
		t[Hash([]byte(w))] = true
	}
	return t
}()

// closers gives for each opening quotation mark those that close it.
var closers = map[rune]string{
	'"': `"”`, '“': `”"“`, '”': `”"`, '„': `“”"‟`, '‟': `”`, '«': `»`, '»': `«»`,
	'「': `」`, '『': `』`, '｢': `｣`, '〝': `〞〟`, '＂': `＂`, '‘': `’`, '‚': `‘’`, '‹': `›`, '›': `‹`,
}

// quote opens or closes a quotation. A mark that can do both closes where
// something stands before it without a space, and none opens where white space
// follows it, but « may, as the French set it. Double marks of other languages close too
// where something stands before them, for texts have them mixed. Nested quotations belong to the
// outer one. ’ is an apostrophe too, so it never opens.
func (c *context) quote(r rune, start, end int) {
	after := start > 0 && !isSpace(c.src[start-1]) // something stands before it
	before := end < len(c.src) && !isSpace(c.src[end])
	if c.open != 0 && (after || r != c.open) && strings.ContainsRune(closers[c.open], r) {
		c.markQuoted()
		c.open = 0
		return
	}
	if c.open != 0 && c.open != r && double(c.open) && double(r) {
		if !after {
			c.nested++
		} else if c.nested--; c.nested < 0 {
			c.markQuoted()
			c.open = 0
		}
		return
	}
	opens := (before || r == '«') && r != '’' && r != '」' && r != '』' && r != '｣' && r != '〞' && r != '〟' && (!after || r != '”')
	if opens && (c.open == 0 || c.open == r) {
		c.open, c.openAt, c.nested = r, len(c.dst), 0
	}
}

// double reports whether a mark is one of those that enclose speech alone.
func double(r rune) bool { return strings.ContainsRune(`"“”„‟«»〝〞〟＂`, r) }

func (c *context) markQuoted() {
	for i := c.openAt; i < len(c.dst); i++ {
		c.dst[i].Kind |= Quoted
	}
}

func isSpace(b byte) bool { return b == ' ' || b >= '\t' && b <= '\r' }
