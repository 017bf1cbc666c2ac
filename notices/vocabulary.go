package notices

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"dedupe/text"
)

// Kind is what a notice is about.
type Kind uint8

const (
	Consent    Kind = 1 + iota // cookies, personal data
	Account                    // subscription, paywall, sign-in
	Newsletter                 // letters and alerts by e-mail
	Robot                      // a check that the reader is no program
	Gift                       // an appeal for gifts
	Region                     // not shown where the reader is
	Blocker                    // a plea to switch an ad blocker off
	Script                     // JavaScript or another browser is needed
	Share                      // follow us, share this
	Own                        // a phrase of the user's
)

var kindNames = [...]string{
	Consent: "consent", Account: "subscription", Newsletter: "newsletter", Robot: "robot check", Gift: "appeal for gifts",
	Region: "region block", Blocker: "ad blocker", Script: "JavaScript", Share: "sharing", Own: "configured",
}

func (k Kind) String() string { return kindNames[k] }

// kindOf is the letter of a kind in words.txt.
var kindOf = map[byte]Kind{'c': Consent, 's': Account, 'n': Newsletter, 'r': Robot, 'g': Gift, 'x': Region, 'b': Blocker, 'j': Script, 'h': Share}

// class is what an entry says of the sentence that has it.
type class uint8

const (
	useful  class = iota // notices have it besides: page, browser, settings
	person               // we and you
	asking               // asks the reader to do something
	topic                // what a notice is about
	formula              // hardly stands but in a notice
	owned                // the user's: its sentence is a notice
)

// weights say how much of a sentence a letter of an entry stands for.
var weights = [...]float32{useful: 1.5, person: 2, asking: 2.5, topic: 3, formula: 4, owned: 4}

// entry is a word or phrase.
type entry struct {
	lang  uint8
	class class
	kind  Kind
	first uint64 // the hash of its first word; 0: all that begin so
	terms []term
}

// term is a word of an entry: one word, or all that begin so.
type term struct {
	hash   uint64
	prefix string // "": the word of this hash
}

// Vocabulary knows the words of notices. Any number of goroutines may use it. It is made
// when it is first asked, which takes about 10 ms and 3 MB.
type Vocabulary struct {
	known   bool
	phrases []string
	once    sync.Once

	entries map[uint32][]entry              // by the head of the first word, the longest first
	tells   [3]map[uint64][]tell            // topics and formulas, by a word or two of them: see byPair
	heads   [1 << filterBits / 64]uint64    // a bit for each key of entries
	gate    [1 << filterBits / 64]uint64    // a bit for the head of each word by which one of tells is found
	filter  [3][1 << filterBits / 64]uint64 // two bits for each key of tells
	tags    []string                        // of languages
}

// tell is a topic or formula, and which of its words has the key by which it is found.
type tell struct {
	terms []term
	at    int
}

// A topic or formula is found by its first two words, which together are rare where "your"
// and "sign" are not; by its word, if it has but one; or by how a word begins.
const (
	byPair = iota
	byWord
	byStem
)

const (
	filterBits = 16 // 8 KiB each
	filterMask = 1<<filterBits/64 - 1
)

func pairKey(a, b uint64) uint64 { return a + b<<7 + b>>9 }

//go:embed words.txt
var ownWords string

//go:embed learned.txt
var learnedWords string

var standard = &Vocabulary{known: true}

// Default returns the vocabulary that the program has.
func Default() *Vocabulary { return standard }

// New returns the vocabulary that the program has, if known says so, and phrases by which
// a sentence is a notice whatever else it says. Phrases without a word are left out.
func New(known bool, phrases []string) *Vocabulary {
	if known && len(phrases) == 0 {
		return Default()
	}
	return &Vocabulary{known: known, phrases: phrases}
}

// made makes the vocabulary, unless it is there, and returns it.
func (v *Vocabulary) made() *Vocabulary {
	v.once.Do(func() {
		v.entries, v.tags = map[uint32][]entry{}, []string{""}
		for i := range v.tells {
			v.tells[i] = map[uint64][]tell{}
		}
		if v.known {
			v.read(ownWords)
			v.read(learnedWords)
		}
		for _, p := range v.phrases {
			v.add(entry{class: owned, kind: Own}, p)
		}
		for _, list := range v.entries {
			slices.SortStableFunc(list, func(a, b entry) int {
				if n := len(b.terms) - len(a.terms); n != 0 {
					return n
				}
				return int(b.class) - int(a.class)
			})
		}
	})
	return v
}

// Languages returns the tags of its languages.
func (v *Vocabulary) Languages() []string { return v.made().tags[1:] }

// read adds the entries of a file; words.txt says what is in it.
func (v *Vocabulary) read(file string) {
	lang := uint8(0)
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
			continue
		case line[0] == '[':
			lang = v.language(strings.Trim(line, "[]"))
			continue
		}
		e := entry{lang: lang, kind: kindOf[line[0]|0x20]}
		switch c := line[0]; {
		case c == 'u', c == 'h': // the names of networks are in every second story
			e.class = useful
		case c == 'p':
			e.class = person
		case c == 'a':
			e.class = asking
		case c >= 'a':
			e.class = topic
		default:
			e.class = formula
		}
		for word := range strings.FieldsSeq(line[2:]) {
			word = strings.ReplaceAll(word, "_", " ")
			bare, joined := strings.CutPrefix(word, "~")
			v.add(e, bare)
			if joined {
				for _, p := range clitics[v.tags[lang]] {
					v.add(e, p+bare)
				}
			}
		}
	}
}

// clitics are the articles, prepositions and conjunctions that are written before a word.
var clitics = map[string][]string{
	"ar": {"ال", "و", "وال", "ب", "بال", "لل", "ل", "ف"},
	"he": {"ה", "ו", "ב", "ל", "מ", "ש", "וה", "מה", "לה"},
}

// language returns the number of a language.
func (v *Vocabulary) language(tag string) uint8 {
	if i := slices.Index(v.tags, tag); i >= 0 {
		return uint8(i)
	}
	v.tags = append(v.tags, tag)
	return uint8(len(v.tags) - 1)
}

// add adds the entry of a phrase. A star after a word means all that begin so.
func (v *Vocabulary) add(e entry, phrase string) {
	words := text.Words(nil, phrase)
	if len(words) == 0 {
		return
	}
	for _, w := range words {
		t := term{hash: w.Hash}
		if int(w.End) < len(phrase) && phrase[w.End] == '*' && e.class != owned {
			t.prefix = text.Normal(phrase[w.Start:w.End])
		}
		e.terms = append(e.terms, t)
	}
	if e.terms[0].prefix == "" {
		e.first = e.terms[0].hash
	}
	v.entries[words[0].Head] = append(v.entries[words[0].Head], e)
	v.heads[words[0].Head>>6&filterMask] |= 1 << (words[0].Head & 63)
	if e.class < topic {
		return
	}
	at, by, key := 0, byWord, words[0].Hash
	if len(words) > 1 {
		by, key = byPair, pairKey(words[0].Hash, words[1].Hash)
	}
	for i, t := range e.terms[:min(2, len(e.terms))] {
		if t.prefix != "" {
			at, by, key = i, byStem, uint64(words[i].Head)
		}
	}
	v.tells[by][key] = append(v.tells[by][key], tell{e.terms, at})
	v.filter[by][key>>6&filterMask] |= bits(key)
	v.gate[words[at].Head>>6&filterMask] |= 1 << (words[at].Head & 63)
}

// told appends the numbers of those words by which a topic or formula is found.
func (v *Vocabulary) told(dst []int, body string, words []text.Word) []int {
	for i := range words {
		w := &words[i]
		if v.gate[w.Head>>6&filterMask]&(1<<(w.Head&63)) == 0 {
			continue
		}
		next := uint64(0)
		if i+1 < len(words) {
			next = words[i+1].Hash
		}
		pair := pairKey(w.Hash, next)
		if v.passes(byPair, pair) && v.stands(byPair, pair, body, words, i) ||
			v.passes(byWord, w.Hash) && v.stands(byWord, w.Hash, body, words, i) ||
			v.passes(byStem, uint64(w.Head)) && v.stands(byStem, uint64(w.Head), body, words, i) {
			dst = append(dst, i)
		}
	}
	return dst
}

// passes reports whether a key may be one of tells.
func (v *Vocabulary) passes(by int, key uint64) bool {
	return bits(key)&^v.filter[by][key>>6&filterMask] == 0
}

// bits are the two of a key in its word of a filter.
func bits(key uint64) uint64 { return 1<<(key&63) | 1<<(key>>26&63) }

func (v *Vocabulary) stands(by int, key uint64, body string, words []text.Word, i int) bool {
	for _, t := range v.tells[by][key] {
		if i >= t.at && match(t.terms, body, words[i-t.at:]) {
			return true
		}
	}
	return false
}

// match reports whether terms stand at words[0] of a body.
func match(terms []term, body string, words []text.Word) bool {
	if len(terms) > len(words) {
		return false
	}
	for i := range terms {
		if t := &terms[i]; t.prefix == "" && t.hash != words[i].Hash {
			return false
		}
	}
	for i := range terms {
		if t := &terms[i]; t.prefix != "" && !t.begins(body, &words[i]) {
			return false
		}
	}
	return true
}

// spelled is how much of a body says whether its Cyrillic is read as Latin, in bytes.
const spelled = 2048

// begins reports whether the normal form of a word begins with the prefix.
func (t *term) begins(body string, w *text.Word) bool {
	if int(w.Letters) < utf8.RuneCountInString(t.prefix) {
		return false
	}
	s := body[w.Start:w.End]
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || c == '&' || c == '%' {
			return strings.HasPrefix(text.NormalOf(s, body[:min(len(body), spelled)]), t.prefix)
		}
		if i == len(t.prefix) {
			return true
		}
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != t.prefix[i] {
			return false
		}
	}
	return len(s) == len(t.prefix)
}
