package text

import (
	"bytes"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/unicode/norm"
)

// A folder finds the words of any text, in steps that keep the source offsets:
//
//	source    Caf&eacute; d’E\u0301tat
//	decode    Café d'É tat            character references, URL escapes, ignorables, quotes
//	compose   Café d'État             NFKC, only where the text is not yet
//	fold      café d'état             case, marks, digits (see fold.go); then composed again
//	segment   café | d'état           UAX 29
//	word      tailored: acronyms, numbers, scripts without spaces
//
// Each step works on buf and units: a unit is a piece of buf with the source
// that it stands for.
type folder struct {
	buf, next []byte
	units     []unit
	more      []unit
	iter      words.Iterator[[]byte]
	form      []byte
	marked    []rune            // marks of one letter
	script    []byte            // a word in one script
	u         int               // unit last looked at; tokens come in ascending order
	end       int               // of what is folded, in the source
	half      int               // where a half-space ended that stands behind the last unit, or 0
	forms     func(form []byte) // is given every normal form, if set
}

// unit says that buf from at to the next unit's at stands for src[from:to].
type unit struct {
	at       int
	from, to int
	r        rune // first character as written, for its case or punctuation
}

var folders = sync.Pool{New: func() any { return &folder{iter: *words.FromBytes(nil)} }}

// words appends the words of src[from:to] to c.
func (f *folder) words(c *context, from, to int) {
	f.decode(c, from, to)
	f.compose()
	if f.fold(c) {
		f.compose() // some small letters compose with a mark that their capitals do not compose with
	}
	f.iter.SetText(f.buf)
	f.u = 0
	for f.iter.Next() {
		start, end := f.iter.Start(), f.iter.End()
		r, _ := utf8.DecodeRune(f.buf[start:])
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			f.token(c, start, end)
			continue
		}
		f.marks(c, start, end)
	}
}

// marks hands to c what stands at buf[start:end], which is in no word.
func (f *folder) marks(c *context, start, end int) {
	f.seek(start)
	u := f.u
	if f.units[u].at < start { // seen already: one character that became several tokens
		u++
	}
	for ; u < len(f.units) && f.units[u].at < end; u++ {
		f.u = u
		m := &f.units[u]
		to := m.to // of a character reference; else of the character without marks
		if r, n := utf8.DecodeRuneInString(c.src[m.from:]); r == m.r {
			to = m.from + n
		}
		c.mark(m.r, m.from, to)
	}
}

// decode fills buf with the characters of src[from:to].
func (f *folder) decode(c *context, from, to int) {
	f.buf, f.units, f.half, f.end = f.buf[:0], f.units[:0], 0, to
	src := c.src
	for i := from; i < to; {
		r, n := rune(src[i]), 1
		switch {
		case r == '&', r == '%':
			chars, size := escaped(src[i:])
			for _, r := range chars {
				f.put(c, r, i, i+size)
			}
			if size > 0 {
				i += size
				continue
			}
		case r >= utf8.RuneSelf:
			r, n = utf8.DecodeRuneInString(src[i:])
		}
		f.put(c, r, i, i+n)
		i += n
	}
}

func (f *folder) put(c *context, r rune, from, to int) {
	if r >= utf8.RuneSelf {
		switch {
		case ignorable(r):
			f.unseen(c, r, from, to)
			return
		case isolated(r), f.half == 0 && f.respell(r, to):
			return
		}
		if f.half == 0 && r < 0x1800 && r >= 0x0900 {
			r = f.reorder(r, from)
		}
		if f.half > 0 {
			f.partHalf(r, f.half)
		}
		if hangs(r) {
			f.unbreak(from)
		}
	}
	f.half = 0
	form := plain(r)
	if (r == '“' || r == '”') && len(f.units) > 0 && hebrew(f.units[len(f.units)-1].r) {
		form = '"' // perhaps of an acronym
	}
	f.units = append(f.units, unit{len(f.buf), from, to, r})
	f.buf = utf8.AppendRune(f.buf, form)
}

// compose brings buf into NFKC.
func (f *folder) compose() {
	if norm.NFKC.IsNormal(f.buf) {
		return
	}
	f.next, f.more = f.next[:0], f.more[:0]
	u := 0
	for i := 0; i < len(f.buf); {
		at := len(f.next)
		for ; f.empty(u); u++ {
			f.units[u].at = at
			f.more = append(f.more, f.units[u])
		}
		from, end := i, u+1
		for end < len(f.units) && !f.begins(f.units[end].at) {
			end++
		}
		if i = len(f.buf); end < len(f.units) {
			i = f.units[end].at
		}
		f.next = norm.NFKC.Append(f.next, f.buf[from:i]...)
		if bytes.Equal(f.next[at:], f.buf[from:i]) {
			for ; u < end; u++ {
				f.units[u].at += at - from
				f.more = append(f.more, f.units[u])
			}
			continue
		}
		first, last := f.units[u], f.units[end-1]
		first.at = at
		_, n := utf8.DecodeRune(f.next[at:])
		if u+1 < end && at+n < len(f.next) && !unicode.IsLetter(first.r) && !unicode.IsNumber(first.r) {
			// A space with something that combines, but not with it.
			f.more = append(f.more, first)
			first = f.units[u+1]
			first.at = at + n
		}
		first.to = last.to
		f.more = append(f.more, first)
		u = end
	}
	for ; u < len(f.units); u++ { // of which nothing is left
		f.units[u].at = len(f.next)
		f.more = append(f.more, f.units[u])
	}
	f.buf, f.next, f.units, f.more = f.next, f.buf, f.more, f.units
}

// begins reports whether nothing before buf[at] composes with what stands there. A vowel or a
// last consonant of Hangul composes with what is before it in a syllable only.
func (f *folder) begins(at int) bool {
	if at == len(f.buf) || norm.NFKC.Properties(f.buf[at:]).BoundaryBefore() {
		return true
	}
	r, _ := utf8.DecodeRune(f.buf[at:])
	last, _ := utf8.DecodeLastRune(f.buf[:at])
	return r >= 0x1161 && r <= 0x11C2 && (last < 0x1100 || last > 0x1112) && (last < 0x1161 || last > 0x1175) && (last < 0xAC00 || last > 0xD7A3)
}

// fold replaces the runes of buf by their foldings. It reports whether one is a mark that
// may compose with what it now stands on.
func (f *folder) fold(c *context) (marked bool) {
	f.next = f.next[:0]
	var last, base rune // base: what a mark stands on, perhaps with others
	am := false         // the first half of an am is written
	for u := range f.units {
		end := len(f.buf)
		if u+1 < len(f.units) {
			end = f.units[u+1].at
		}
		at := len(f.next)
		for i := f.units[u].at; i < end; {
			r, n := utf8.DecodeRune(f.buf[i:end])
			i += n
			r = fold(r)
			if r == 0x0301 && (last == 'с' || last == 'з') && c.latin() { // letters of Montenegro
				f.next = append(f.next[:len(f.next)-1], sharp[last]...)
				last = r
				continue
			}
			if r == 0 || droppedAfter(base, r) {
				continue
			}
			if am && (r == 0x0E32 || r == 0x0EB2) { // the second half of an am
				continue
			}
			am = r == 0x0E4D || r == 0x0ECD || am && hangs(r)
			if r == 'վ' && last == 'ե' { // in capitals, of և
				r = 'ւ'
			}
			if two := twofold(r); two != "" {
				f.next = append(f.next, two...)
			} else if latin := romanised(r); latin != "" && c.latin() {
				f.next = append(f.next, latin...)
			} else {
				f.next = utf8.AppendRune(f.next, r)
			}
			marked = marked || r >= 0x0300 && r <= 0x036F || r == 0x0D57 // the right half of ൌ
			if last = r; !unicode.IsMark(r) {
				base = r
			}
		}
		f.units[u].at = at
	}
	f.buf, f.next = f.next, f.buf
	return marked
}

// seek moves to the unit in which buf[at] stands.
func (f *folder) seek(at int) {
	for f.u+1 < len(f.units) && f.units[f.u+1].at <= at {
		f.u++
	}
}

// empty reports whether nothing is left of unit u.
func (f *folder) empty(u int) bool {
	if u+1 < len(f.units) {
		return f.units[u+1].at == f.units[u].at
	}
	return len(f.buf) == f.units[u].at
}

// add appends the word with the given normal form that stands at
// buf[start:end]. One source character may stand for several words (U+FDFA for
// four); only the first is kept, so that words never overlap.
func (f *folder) add(c *context, form []byte, start, end int) {
	form = f.lastTone(f.oneScript(form))
	f.seek(start)
	first := &f.units[f.u]
	f.seek(end - 1)
	// Marks that were dropped behind the last rune belong to it.
	last := f.u
	for last+1 < len(f.units) && f.units[last+1].at == end && f.empty(last+1) {
		last++
	}
	if n := len(c.dst); n > c.base && int(c.dst[n-1].End) > first.from {
		return
	}
	written := first.r
	if written >= utf8.RuneSelf && !unicode.IsLetter(written) { // Ⅳ, ①
		written, _ = utf8.DecodeRuneInString(norm.NFKC.String(string(written)))
	}
	var k Kind
	for _, b := range form {
		if b >= '0' && b <= '9' {
			k |= Number
			break
		}
	}
	if unicode.IsUpper(written) || unicode.IsTitle(written) {
		k |= Capital
	}
	if r, _ := utf8.DecodeRune(form); stacks(r) {
		k |= Unspaced | Stacked
	} else if alone(r) {
		k |= Unspaced
	}
	c.add(Hash(form), sizeOf(form), first.from, f.units[last].to, k, unicode.IsLower(written))
	if last+1 < len(f.units) {
		c.next = f.units[last+1].from
	} else {
		c.next = f.end
	}
	if f.forms != nil {
		f.forms(form)
	}
}
