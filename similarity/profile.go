package similarity

import (
	"slices"
	"strings"

	"dedupe/notices"
	"dedupe/text"
)

// Token is one word of the compared part of a text. Of a script without spaces
// a token is a character together with the next word, of a script of letters with the next three, because single
// characters recur in every text. What stands between the two is nothing: such scripts are
// copied with blanks, line ends and other marks than they came with.
//
// It takes 6 bytes, because profiles are most of what a run keeps in memory.
type Token struct {
	low, high uint16 // of the hash
	tag       uint8  // kind, and the weight from bit 5 on
	stem      uint8  // of a capitalised word, a number, or a word of a headline: see text.Word; 0: of another word
}

const weightShift = 5 // kinds but text.Unspaced are five

// NewToken makes a token of the hash of a word, its kind, and its weight from 0 to 7.
func NewToken(hash uint32, kind text.Kind, weight uint8) Token {
	return Token{low: uint16(hash), high: uint16(hash >> 16), tag: uint8(kind)&(1<<weightShift-1) | weight<<weightShift}
}

// Hash is of the word in normal form.
func (t Token) Hash() uint32 { return uint32(t.low) | uint32(t.high)<<16 }

// Kind is what the word is.
func (t Token) Kind() text.Kind { return text.Kind(t.tag & (1<<weightShift - 1)) }

// Weight is how much the word tells, from 0 to 6 (see weigh).
func (t Token) Weight() uint8 { return t.tag >> weightShift }

// Profile is an article in the form that is compared: its words without byline,
// dateline and agency credit. Its shingles are made when they are needed, which
// is quicker than fetching them from memory. A Profile is read only and may be
// shared between goroutines. It takes 6 bytes a word.
type Profile struct {
	K        int
	Words    []Token
	Distinct int // different shingles
	Headline []Token
	Label    int       // so many words of Headline are a label before a colon ("Obituary:"), and others follow
	Notices  []Stretch // of Words: notices of the page, in order and apart
	Title    string    // the headline in normal form, for string metrics
	Hash     uint64    // of all words in order: equal for equal texts
}

// Stretch is the words From to To of a text, without To.
type Stretch struct{ From, To uint32 }

// maxWords bounds what is compared of one article: 200,000 words is a long book.
const maxWords = 200_000

// maxHeadlineWords bounds a headline; a longer one is a paragraph in the wrong field.
const maxHeadlineWords = 64

// maxOutletWords is how many words the name of an outlet may have.
const maxOutletWords = 8

// maxHeadlineBytes is what is read of a headline: that of any script ends far before.
const maxHeadlineBytes = 8 << 10

// weigh says how much a word tells of its story without looking at any other
// article: nothing below four letters (mostly function words), then a step a
// letter up to six; a number counts as a word a letter longer; a character
// of a script without spaces counts 1. It follows from the normal form, so a word
// weighs the same however it is spelled.
//
// Weights from document frequencies separate rewrites from independent reports
// no better (docs/decisions has the figures) and would make a verdict depend on
// what else is stored, and so on the order of arrival.
func weigh(w text.Word) uint8 {
	if w.Kind&text.Unspaced != 0 {
		return 1
	}
	n := int(w.Letters)
	if w.Kind&text.Number != 0 {
		n++
	}
	if n < 4 {
		return 0
	}
	return uint8(min(6, n-2))
}

// Span is a part of a body: bytes Start to End.
type Span struct{ Start, End uint32 }

// Builder makes profiles and holds the memory that doing so reuses. It is not
// safe for use by several goroutines. A Builder with K set is ready for use.
type Builder struct {
	K       int                 // words a shingle, from 1
	Notices *notices.Vocabulary // by which notices of the page are known; nil: none are

	words    []text.Word
	outlet   []text.Word // of its name
	shingles []uint64
	set      Table
	finder   notices.Finder
	found    []notices.Notice
}

// labelOf counts the words of a headline that stand before its first colon with a blank behind it, where
// there are others after it.
func labelOf(headline string, words []text.Word) int {
	colon := strings.Index(headline, ": ")
	n := 0
	for n < len(words) && int(words[n].End) <= colon {
		n++
	}
	if n == len(words) {
		return 0
	}
	return n
}

// Build makes the profile of an article. skip lists spans of the body that are
// not compared, ascending and apart. The outlet's name at the end or the beginning
// of the headline is no part of it (see [text.WithoutOutlet]), and words of it that
// stand elsewhere in the headline tell nothing of the story ("Police on Twitter").
// Cost: linear in the text, three allocations.
func (b *Builder) Build(outlet, headline, body string, skip []Span) *Profile {
	headline = text.WithoutOutlet(headline[:min(len(headline), maxHeadlineBytes)], outlet)
	p := &Profile{K: b.K, Title: cut(text.NormalOf(headline, body))}
	b.words = text.WordsOf(b.words[:0], headline, body)
	b.words = b.words[:min(len(b.words), maxHeadlineWords)]
	p.Headline, p.Label = b.tokens(nil), labelOf(headline, b.words)
	b.outlet = text.Words(b.outlet[:0], outlet)
	for i, w := range b.words {
		t := &p.Headline[i]
		t.stem = w.Stem
		if w.Kind&text.Unspaced == 0 && slices.ContainsFunc(b.outlet, func(o text.Word) bool { return o.Hash == w.Hash }) {
			t.tag = uint8(t.Kind()) // no weight
		}
		if left := len(b.words) - i; w.Kind&text.Stacked != 0 && left < grams && i > 0 {
			t.tag = uint8(t.Kind()) // its word is cut off, and stands nowhere like that
		}
	}
	b.words = text.Words(b.words[:0], body)
	if len(b.words) > maxWords {
		b.words = b.words[:maxWords]
	}
	if p.Words = b.tokens(skip); b.repeats(outlet, body, p) {
		p.Words = nil
	}
	p.Hash = uint64(len(p.Words))
	if p.Words != nil {
		p.Notices = b.notices(body, skip)
	}
	for _, w := range p.Words {
		p.Hash = mix(p.Hash ^ uint64(w.Hash()))
	}
	b.shingles = p.Shingles(b.shingles[:0])
	b.set.Reset(b.shingles)
	p.Distinct = b.set.Len()
	return p
}

// notices returns the notices of a body, of which b.words are the words.
func (b *Builder) notices(body string, skip []Span) (list []Stretch) {
	b.finder.Vocabulary = b.Notices
	b.found = b.finder.Find(b.found[:0], body, b.words)
	at, n := 0, uint32(0) // words of the body, and those of them that are compared
	until := func(end uint32) uint32 {
		for at < len(b.words) && b.words[at].Start < end {
			for len(skip) > 0 && skip[0].End <= b.words[at].Start {
				skip = skip[1:]
			}
			if len(skip) == 0 || b.words[at].Start < skip[0].Start {
				n++
			}
			at++
		}
		return n
	}
	for _, found := range b.found {
		if s := (Stretch{until(found.Start), until(found.End)}); s.From < s.To {
			list = append(list, s)
		}
	}
	return list
}

// repeats reports whether the body of p is its headline once more, alone or with the
// outlet's name behind it, as feeds without a text have it.
func (b *Builder) repeats(outlet, body string, p *Profile) bool {
	n := len(p.Headline)
	if n == 0 || len(p.Words) != len(b.words) || len(p.Words) < n || len(p.Words) > n+maxOutletWords {
		return false
	}
	for i, w := range p.Headline {
		if w.Hash() != p.Words[i].Hash() && i+1 < n { // the last one may be half of a pair of characters
			return false
		}
	}
	if len(p.Words) == n {
		return p.Words[n-1].Hash() == p.Headline[n-1].Hash()
	}
	return text.IsOutlet(body[b.words[n].Start:], outlet)
}

// Shingles returns the shingles of the profile that was built last; they are
// valid until the next one is built.
func (b *Builder) Shingles() []uint64 { return b.shingles }

// Body returns the words of the body whose profile was built last, skipped spans
// included; they are valid until the next one is built.
func (b *Builder) Body() []text.Word { return b.words }

// Shingles appends the shingles of the text to dst; the i-th covers
// Words[i:i+K].
func (p *Profile) Shingles(dst []uint64) []uint64 { return AppendShingles(dst, p.Words, p.K) }

// Count is the number of shingles: none when there are fewer than K words.
func (p *Profile) Count() int { return max(0, len(p.Words)-p.K+1) }

// tokens turns b.words into tokens.
func (b *Builder) tokens(skip []Span) []Token {
	out := make([]Token, 0, len(b.words))
	for i, w := range b.words {
		for len(skip) > 0 && skip[0].End <= w.Start {
			skip = skip[1:]
		}
		if len(skip) > 0 && w.Start >= skip[0].Start {
			continue
		}
		t := NewToken(b.gram(i, skip), w.Kind, weigh(w))
		if w.Kind&(text.Capital|text.Value) != 0 {
			t.stem = w.Stem
		}
		out = append(out, t)
	}
	return out
}

// grams is as how many letters of a script of letters without spaces are looked at together.
const grams = 4

// gram returns the hash of a word. A character of a script without spaces stands for itself and those that follow
// it, as many as a word has of them: for one character, and of a script of letters two, most texts have.
func (b *Builder) gram(i int, skip []Span) uint32 {
	more := 0
	switch kind := b.words[i].Kind; {
	case kind&text.Stacked != 0:
		more = grams - 1
	case kind&text.Unspaced != 0:
		more = 1
	}
	h := b.words[i].Hash
	for _, w := range b.words[i+1:] {
		if more == 0 {
			break
		}
		for len(skip) > 0 && skip[0].End <= w.Start {
			skip = skip[1:]
		}
		if len(skip) == 0 || w.Start < skip[0].Start {
			h = mix(h + base*w.Hash)
			more--
		}
	}
	return uint32(h)
}

// Len is the number of words compared, boilerplate included.
func (p *Profile) Len() int { return len(p.Words) }

// Whole is a hash of all words, or of the headline where there are none, for
// finding equal texts that are too short for anchors.
func (p *Profile) Whole() uint64 {
	h := mix(p.Hash)
	if len(p.Words) == 0 {
		for _, w := range p.Headline {
			h = mix(h ^ uint64(w.Hash()))
		}
	}
	return h
}

// Visible returns the words outside the skipped spans: those that a Profile has.
func Visible(words []text.Word, skip []Span) []text.Word {
	out := words[:0:0]
	for _, w := range words {
		for len(skip) > 0 && skip[0].End <= w.Start {
			skip = skip[1:]
		}
		if len(skip) == 0 || w.Start < skip[0].Start {
			out = append(out, w)
		}
	}
	return out
}

// SpanOf returns the part of a body that n of its words from the given one take up, from the
// first byte of the one to the last of the other.
func SpanOf(words []text.Word, from, n int) Span {
	return Span{Start: words[from].Start, End: words[from+n-1].End}
}
