package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// WithoutOutlet returns a headline without the name of its outlet at the end or
// the beginning, as aggregators and page titles write it:
//
//	Tapir found in hotel pool - Corley Times     Corley Times | Tapir found in hotel pool
//	Tapir found in hotel pool (corleytimes.com)  【青瀬新報】蒸気機関車、本線を走る
//
// A separator parts the name from the headline: a dash or hyphen between blanks,
// a vertical bar, a bullet, an angle quotation mark, a slash or tilde between
// blanks, a colon behind a name that stands first, or brackets around the name.
// The name may be written with "The" or "News", as a host, or by its initials; see
// sameOutlet. Several names are taken away one after another. A headline that is
// nothing but the name stays as it is, and so does every one of an unknown outlet,
// which is "". Cost: a pass over the bytes; where there is a separator and the name
// fits, a few microseconds.
func WithoutOutlet(headline, outlet string) string {
	s := strings.TrimSpace(headline)
	if outlet == "" || !hasSeparator(s) {
		return headline
	}
	name := mastheadOf(outlet)
	for range maxMastheads {
		short := name.trim(s)
		if short == s {
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
)

// parting reports whether a character parts a name from a headline. One that
// stands within words and names too needs a blank on both sides.
func parting(r rune) (is, blanks bool) {
	switch r {
	case '-', '–', '—', '―', '−', '‐', '‑', '/', '~', '－', 'ー', '／', '～':
		return true, true
	case '|', '¦', '│', '｜', '·', '•', '∙', '●', '»', '«', '›', '‹', '►', '▸', '▶':
		return true, false
	}
	return false, false
}

const (
	brackets = "()[]【】（）［］「」『』〈〉《》"
	colons   = ":："
)

func hasSeparator(s string) bool {
	for i, r := range s {
		if is, blanks := parting(r); is && (!blanks || blankBeside(s, i, utf8.RuneLen(r))) {
			return true
		}
		if strings.ContainsRune(brackets, r) || strings.ContainsRune(colons, r) {
			return true
		}
	}
	return false
}

// blankBeside reports whether blanks stand on both sides of the n bytes at s[i].
func blankBeside(s string, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	return unicode.IsSpace(before) && unicode.IsSpace(after)
}

// masthead is the name of an outlet in the forms that are looked for, each
// nothing but letters and digits of the normal form.
type masthead struct {
	name     string
	initials string // of a name of three words and more
	host     string // the telling label of a host
}

func mastheadOf(outlet string) masthead {
	words := strings.Fields(Normal(outlet))
	m := masthead{name: strings.Join(words, "")}
	if !strings.ContainsAny(outlet, " ") && strings.Contains(outlet, ".") {
		for _, label := range strings.Split(outlet[:strings.LastIndexByte(outlet, '.')], ".") {
			if label != "www" && len(label) > len(m.host) {
				m.host = label
			}
		}
		m.host = joined(m.host)
		return m
	}
	if len(words) >= 3 {
		for _, w := range words {
			r, _ := utf8.DecodeRuneInString(w)
			m.initials += string(r)
		}
	}
	return m
}

// joined is the normal form of s without blanks.
func joined(s string) string { return strings.ReplaceAll(Normal(s), " ", "") }

// trim takes one name away, the shortest that fits, or returns s as it is.
func (m *masthead) trim(s string) string {
	type cut struct{ name, rest string }
	best := cut{rest: s}
	try := func(name, rest string) {
		name, rest = strings.TrimSpace(name), strings.TrimFunc(rest, edge)
		if (best.name == "" || len(name) < len(best.name)) && len(name) <= maxMastheadBytes && rest != "" && m.is(name) && joined(rest) != "" {
			best = cut{name, rest}
		}
	}
	for i, r := range s {
		n := utf8.RuneLen(r)
		if i > maxMastheadBytes && i < len(s)-maxMastheadBytes {
			continue
		}
		is, blanks := parting(r)
		switch {
		case is && (!blanks || blankBeside(s, i, n)):
			try(s[i+n:], s[:i])
			try(s[:i], s[i+n:])
		case strings.ContainsRune(colons, r):
			try(s[:i], s[i+n:])
		}
	}
	if first, n := utf8.DecodeRuneInString(s); strings.ContainsRune(brackets, first) {
		if i := strings.IndexAny(s[n:], brackets); i > 0 {
			_, size := utf8.DecodeRuneInString(s[n+i:])
			try(s[n:n+i], s[n+i+size:])
		}
	}
	if last, n := utf8.DecodeLastRuneInString(s); strings.ContainsRune(brackets, last) {
		end := len(s) - n
		if i := strings.LastIndexAny(s[:end], brackets); i >= 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			try(s[i+size:end], s[:i])
		}
	}
	return best.rest
}

// edge reports what is left at the end of a headline whose name was taken away.
func edge(r rune) bool {
	is, _ := parting(r)
	return is || unicode.IsSpace(r) || strings.ContainsRune(colons+",;、，", r)
}

// is reports whether part of a headline is the outlet's name: its letters, its
// initials, or one of the two within the other at its beginning or end, so that
// "BBC News" is bbc, "The Harbour Times" is harbour times and "WKRN News 2" is
// wkrn.com. Of the longer the shorter must be two fifths, and its two letters
// at least.
func (m *masthead) is(part string) bool {
	l := joined(part)
	if l == "" || len(strings.Fields(part)) > 8 {
		return false
	}
	for _, name := range [...]string{m.name, m.host, m.initials} {
		if name == "" {
			continue
		}
		short, long := l, name
		if len(short) > len(long) {
			short, long = long, short
		}
		if utf8.RuneCountInString(short) >= 2 && 5*len(short) >= 2*len(long) &&
			(strings.HasPrefix(long, short) || strings.HasSuffix(long, short)) {
			return true
		}
	}
	return false
}
