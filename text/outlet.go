package text

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// WithoutOutlet returns a headline without the name of its outlet at the end or
// the beginning, as aggregators and page titles write it:
//
//	Tapir found in hotel pool - Corley Times     Corley Times | Tapir found in hotel pool
//	Tapir found in hotel pool (corleytimes.com)  【青瀬新報】蒸気機関車、本線を走る
//
// A separator parts the name from the headline: a dash, slash or tilde between
// blanks, a vertical bar, a bullet, an angle quotation mark, a colon behind a name
// that stands first, or brackets around the name; where the whole name stands there,
// also a dash or low line without blanks and a colon before it. masthead.is says
// which forms of the name count. Several names are taken away one after another. A
// headline that is nothing but the name stays as it is, and so does every one of an
// unknown outlet, which is "". Cost: a pass over the bytes; where there is a separator
// and the name fits, a few microseconds.
func WithoutOutlet(headline, outlet string) string {
	if outlet == "" {
		return headline
	}
	s := headline
	if strings.IndexByte(s, '&') >= 0 { // &#8211; is a dash
		s = html.UnescapeString(s)
	}
	if s = strings.TrimSpace(s); !hasSeparator(s) {
		return headline
	}
	name := mastheadOf(outlet)
	for i := range maxMastheads {
		short := name.trim(s)
		if short == s && i == 0 {
			return headline
		} else if short == s {
			return s
		}
		s = short
	}
	return s
}

// IsOutlet reports whether a piece of text is nothing but an outlet's name, in the
// forms that WithoutOutlet knows; false for an empty name.
func IsOutlet(part, outlet string) bool {
	if outlet == "" || len(part) > maxMastheadBytes {
		return false
	}
	m := mastheadOf(outlet)
	return m.is(part)
}

const (
	maxMastheads     = 4   // names at the ends of one headline
	maxMastheadBytes = 120 // of a name with its separator
	maxMastheadWords = 8   // of a name
)

// parting says how a character parts a name from a headline: never, where blanks stand
// on both sides or the whole name on one, or always.
func parting(r rune) (is, always bool) {
	switch r {
	case '-', '–', '—', '―', '‒', '−', '‐', '‑', '/', '~', '_', '－', 'ー', '／', '～', '＿':
		return true, false
	case '|', '¦', '│', '｜', '·', '•', '∙', '●', '»', '«', '›', '‹', '►', '▸', '▶':
		return true, true
	}
	return false, false
}

const (
	brackets = "()[]【】（）［］「」『』〈〉《》"
	colons   = ":："
)

func hasSeparator(s string) bool {
	for _, r := range s {
		if is, _ := parting(r); is || strings.ContainsRune(brackets+colons, r) {
			return true
		}
	}
	return false
}

// blankBeside reports whether blanks stand on both sides of the n bytes at s[i], or
// more of the same character with blanks beyond them.
func blankBeside(s string, i, n int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	same := string(r)
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:i], same))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[i+n:], same))
	return unicode.IsSpace(before) && unicode.IsSpace(after)
}

// masthead is the name of an outlet in the forms that are looked for. Of a host it is
// nothing but its labels.
type masthead struct {
	words  []string // of the name, in normal form without accents
	labels []string // of a host, without its ending and what every host may have
}

// generic are words that a name has or has not: they tell no outlet from another.
var generic = map[string]bool{
	"the": true, "a": true, "news": true, "online": true, "tv": true, "radio": true, "com": true, "net": true, "org": true,
	"www": true, "m": true, "amp": true, "mobile": true, "edition": true, "website": true, "official": true,
	"der": true, "die": true, "das": true, "le": true, "la": true, "les": true, "el": true, "il": true, "o": true, "de": true,
}

func mastheadOf(outlet string) (m masthead) {
	if !strings.Contains(outlet, " ") && strings.Contains(outlet, ".") {
		for label := range strings.SplitSeq(outlet[:strings.LastIndexByte(outlet, '.')], ".") {
			if label = strings.Join(bareWords(label), ""); label != "" && !generic[label] {
				m.labels = append(m.labels, label)
			}
		}
		return m
	}
	m.words = bareWords(outlet)
	return m
}

// bareWords are the words of s in normal form without accents.
func bareWords(s string) []string {
	return strings.Fields(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) && r < 0x0370 {
			return -1
		}
		return r
	}, norm.NFD.String(Normal(s))))
}

// trim takes one name away, the shortest that fits, or returns s as it is.
func (m *masthead) trim(s string) string {
	type cut struct{ name, rest string }
	best := cut{rest: s}
	try := func(name, rest string, fits func(string) bool) {
		name, rest = strings.TrimFunc(name, edge), strings.TrimFunc(rest, edge)
		if (best.name == "" || len(name) < len(best.name)) && len(name) <= maxMastheadBytes && rest != "" &&
			fits(name) && len(bareWords(rest)) > 0 {
			best = cut{name, rest}
		}
	}
	for i, r := range s {
		n := utf8.RuneLen(r)
		if i > maxMastheadBytes && i < len(s)-maxMastheadBytes {
			continue
		}
		is, always := parting(r)
		switch colon := strings.ContainsRune(colons, r); {
		case is && (always || blankBeside(s, i, n)):
			try(s[i+n:], s[:i], m.is)
			try(s[:i], s[i+n:], m.is)
		case is, colon:
			try(s[i+n:], s[:i], m.whole)
			try(s[:i], s[i+n:], map[bool]func(string) bool{true: m.is, false: m.whole}[colon])
		}
	}
	if first, n := utf8.DecodeRuneInString(s); strings.ContainsRune(brackets, first) {
		if i := strings.IndexAny(s[n:], brackets); i > 0 {
			_, size := utf8.DecodeRuneInString(s[n+i:])
			try(s[n:n+i], s[n+i+size:], m.is)
		}
	}
	if last, n := utf8.DecodeLastRuneInString(s); strings.ContainsRune(brackets, last) {
		end := len(s) - n
		if i := strings.LastIndexAny(s[:end], brackets); i >= 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			try(s[i+size:end], s[:i], m.is)
		}
	}
	return best.rest
}

// edge reports what is left at the end of a headline whose name was taken away.
func edge(r rune) bool {
	is, _ := parting(r)
	return is || unicode.IsSpace(r) || strings.ContainsRune(colons+",;、，", r)
}

// whole reports whether part of a headline is the outlet's whole name, letter for letter.
func (m *masthead) whole(part string) bool {
	name := strings.Join(m.words, "")
	return name != "" && strings.Join(bareWords(part), "") == name
}

// is reports whether part of a headline is the outlet's name:
//
//   - its words, but for generic ones ("BBC News" is bbc, "The Harbour Times" is harbour
//     times, "WKRN News 2" is wkrn), however they are written together;
//   - its initials in capitals ("AP" is associated press);
//   - of a host, words that its label is made of, each by its beginning ("The New York
//     Times" is nytimes.com) or by its initials ("The Sydney Morning Herald" is smh.com.au),
//     or the host itself.
//
// A part of a name is not the name: "Boston" is not boston globe, and "France" not
// france 24.
func (m *masthead) is(part string) bool {
	words := bareWords(part)
	if len(words) == 0 || len(words) > maxMastheadWords {
		return false
	}
	telling := distinct(words)
	if len(m.labels) == 0 {
		name := distinct(m.words)
		joined := strings.Join(telling, "")
		return m.whole(part) || joined != "" && (joined == strings.Join(name, "") || joined == strings.Join(m.words, "")) ||
			len(telling) > 0 && strings.TrimRight(joined, "0123456789") == strings.Join(name, "") ||
			isHostOf(part, strings.Join(m.words, "")) || isUpper(part) && len(m.words) > 1 && initials(m.words) == joined
	}
	for _, label := range m.labels {
		if len(telling) > 0 && (madeOf(label, telling) || madeOf(label, words) || isHostOf(part, label) ||
			strings.TrimRight(strings.Join(telling, ""), "0123456789") == label ||
			len(telling) > 1 && len(label) > 2 && (initials(telling) == label || initials(words) == label) ||
			len(telling) == 2 && len(label) > 3 && telling[0] == label) {
			return true
		}
	}
	return false
}

// distinct are the words of a name that are not generic.
func distinct(words []string) (list []string) {
	for _, w := range words {
		if !generic[w] {
			list = append(list, w)
		}
	}
	return list
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}

// madeOf reports whether a label is made of the beginnings of words, the last one whole.
func madeOf(label string, words []string) bool {
	last := len(words) - 1
	if last < 0 {
		return label == ""
	}
	if last == 0 {
		return label == words[0]
	}
	for n := 1; n <= len(words[0]) && strings.HasPrefix(label, words[0][:n]); n++ {
		if madeOf(label[n:], words[1:]) {
			return true
		}
	}
	return false
}

// isHostOf reports whether part is a host of which a label is the joined name.
func isHostOf(part, name string) bool {
	part = strings.TrimSpace(part)
	if name == "" || strings.ContainsAny(part, " \t") || !strings.Contains(part, ".") {
		return false
	}
	for label := range strings.SplitSeq(part[:strings.LastIndexByte(part, '.')], ".") {
		if strings.Join(bareWords(label), "") == name {
			return true
		}
	}
	return false
}

// isUpper reports whether part has no small letter.
func isUpper(part string) bool {
	return strings.IndexFunc(part, unicode.IsLower) < 0
}
