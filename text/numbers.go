package text

import (
	"bytes"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Numbers are words by their value: what one outlet writes as 1,380 another
// writes as 1 380, and one as 23,4 тыс. what another writes as 23400. So when all
// words of a text are found, those of one number are joined to one word, whose
// normal form is the value in plain figures.
//
//	source    23,4 тыс. км   $1.2bn        三千四百人    5km    50 per cent
//	words     23.4 тыс км    1.2bn         三 千 四 百 人   5km    50 per cent
//	split     23.4 тыс км    1.2 bn        三 千 四 百 人   5 km   50 per cent
//	join      23400 км       1200000000    3400 人       5 km   50
//
// What is joined:
//
//   - groups of three digits with one space between them, of any kind, unless
//     other figures stand beside them as in a list, a table, a telephone number;
//   - a unit of value behind figures (thousand, млрд, crore, 억), and smaller
//     figures behind that (3 million 400 thousand);
//   - numerals of Chinese and Japanese, where they are surely a number: two or
//     more with a unit (十五, 三千), three or more without (一九四五), one before
//     what is counted (五人). 千葉, 万博 and 一方 stay;
//   - words for percent, which are left out as the sign % is. Thousandths, ‰, are tenths
//     of them;
//   - a point or a minus sign before figures (.5, -5), and fractions that decimals can
//     tell (1½). A power, 10⁶, is the word 10^6.
//
// One letter behind figures is a unit of length or of value. 5k is five thousand
// where it is glued; 5m and 5b are of value only where money is named or what is
// counted in millions ($5m, 5m euros, 5m people), and otherwise 5m is 5 m, metres. Nothing rests on capitals, for a text may be
// set in capitals.
//
// The cost is linear: a number looks at the few words that it may be made of, and a
// text without figures and numerals is passed over once.
type numberJoiner struct {
	m     *wordset
	src   string
	c     context // of src, for what is folded again
	words []Word
	forms *forms // nil: nobody asks

	japanese ternary // whether src is, where that was asked

	split        []Word   // memory of words, where some are parted
	spans        [][2]int // and of their forms
	raw          []byte   // the word looked at, folded, and where each byte stands in src
	at           []uint32
	cuts         []int // offsets into raw at which the word is parted
	folder       folder
	digits, more figure
	groups       []byte // memory of chain
	form         []byte // of the number found last
}

// forms are the normal forms of words, for Normal.
type forms struct {
	text  []byte
	spans [][2]int // of each word, in text
}

func (f *forms) add(form []byte) [2]int {
	f.text = append(f.text, form...)
	return [2]int{len(f.text) - len(form), len(f.text)}
}

var numberJoiners = sync.Pool{New: func() any { return &numberJoiner{m: meanings()} }}

// maxFigures is how many characters a word may have to be looked at.
const maxFigures = 40

// around is how many words before and behind a number may say what its unit is. It is
// more than a phrase before a number has, or the word for percent would not be found.
const around = 12

// joinNumbers joins the numbers among the words that were found. forms has the
// forms of these words, or is nil.
func (c *context) joinNumbers(forms *forms) {
	dst, first := c.dst, c.base
	var m *wordset
	for ; first < len(dst); first++ {
		k := dst[first].Kind
		if k&Number != 0 {
			break
		}
		if k&Unspaced != 0 {
			if m == nil {
				m = meanings()
			}
			if m.stems[dst[first].Stem] {
				break
			}
		}
	}
	if first == len(dst) {
		return
	}
	first = max(c.base, first-around) // what stands before a number may speak for it
	if forms != nil {
		first = c.base
	}
	j := numberJoiners.Get().(*numberJoiner)
	defer numberJoiners.Put(j)
	j.src, j.words, j.forms = c.src, dst[first:], forms
	j.c = context{src: c.src, whole: c.whole, blanks: c.blanks, cyrillic: c.cyrillic}
	if parted := j.part(); parted {
		c.dst = append(dst[:first], j.words[:j.join()]...)
	} else {
		c.dst = dst[:first+j.join()]
	}
	j.src, j.words, j.forms, j.c, j.japanese = "", nil, nil, context{}, unknown
}

// part parts words of figures and letters at the borders between them, 5km and
// 138만원, and reports whether there were any. j.words is a copy then.
func (j *numberJoiner) part() bool {
	parted := false
	for i := range j.words {
		w := &j.words[i]
		j.cuts = j.cuts[:0]
		switch {
		case w.Kind&Number != 0:
			if w.Letters <= maxFigures && (!plainFigures(j.src[w.Start:w.End]) || j.ofClock(i)) && j.read(w) {
				j.borders()
				j.clock(i)
			}
		case i > 0 && w.Kind&Unspaced == 0 && j.words[i-1].Kind&Number != 0:
			if units := j.koreanUnits(w.Hash); units > 0 && j.gap(j.words, i-1) == gapBlank && j.read(w) {
				j.syllables(0, units)
			}
		}
		if len(j.cuts) > 0 && !parted {
			parted = true
			j.split = append(j.split[:0], j.words[:i]...)
			if j.forms != nil {
				j.spans = append(j.spans[:0], j.forms.spans[:i]...)
			}
		}
		switch {
		case len(j.cuts) > 0:
			j.pieces(w)
		case parted:
			j.split = append(j.split, *w)
			if j.forms != nil {
				j.spans = append(j.spans, j.forms.spans[i])
			}
		}
	}
	if parted {
		j.words = j.split
		if j.forms != nil {
			j.forms.spans = append(j.forms.spans[:0], j.spans...)
		}
	}
	return parted
}

// koreanUnits is how many characters of a Korean word are units, as in 만원.
func (j *numberJoiner) koreanUnits(hash uint64) int {
	if !j.m.known(hash) {
		return 0
	}
	return j.m.korean[hash]
}

// pieces appends the pieces of the word that was read.
func (j *numberJoiner) pieces(w *Word) {
	from := 0
	for n, to := range append(j.cuts, len(j.raw)) {
		end := to
		if j.raw[end-1] == '.' || j.raw[end-1] == ',' { // of a time
			end--
		}
		j.form = appendFigures(j.form[:0], j.raw[from:end])
		z := sizeOf(j.form)
		piece := Word{Hash: Hash(j.form), Start: j.at[from], End: w.End, Letters: uint8(z.letters), Stem: z.stem(), Kind: w.Kind & Quoted}
		if to < len(j.raw) {
			piece.End = j.at[end]
		}
		if n == 0 {
			piece.Kind = w.Kind &^ Number
		} else if r, _ := utf8.DecodeRuneInString(j.src[piece.Start:]); unicode.IsUpper(r) || unicode.IsTitle(r) {
			piece.Kind |= Capital
		}
		if hasDigit(j.form) {
			piece.Kind |= Number
		}
		j.split = append(j.split, piece)
		if j.forms != nil {
			j.spans = append(j.spans, j.forms.add(j.form))
		}
		from = to
	}
}

func hasDigit(form []byte) bool {
	for _, b := range form {
		if asciiDigit(b) {
			return true
		}
	}
	return false
}

// plainFigures reports whether s has nothing but ASCII digits and separators.
func plainFigures(s string) bool {
	for i := range len(s) {
		if b := s[i]; !asciiDigit(b) && b != '.' && b != ',' && b != '\'' {
			return false
		}
	}
	return true
}

// read folds a word's source into raw and at, with the separators between its
// digits. It reports whether that is the word, and not one that was put together
// in another way.
func (j *numberJoiner) read(w *Word) bool {
	j.raw, j.at = j.raw[:0], j.at[:0]
	s := j.src[w.Start:w.End]
	for i := range len(s) {
		b := s[i]
		if b >= utf8.RuneSelf || b == '&' || b == '%' || b == '`' {
			j.readFolded(w)
			break
		}
		if 'A' <= b && b <= 'Z' {
			b |= 0x20
		}
		j.raw = append(j.raw, b)
		j.at = append(j.at, w.Start+uint32(i))
	}
	j.form = appendFigures(j.form[:0], j.raw)
	return Hash(j.form) == w.Hash
}

func (j *numberJoiner) readFolded(w *Word) {
	f := &j.folder
	f.decode(&j.c, int(w.Start), int(w.End))
	f.compose()
	f.fold(&j.c)
	j.raw, j.at = append(j.raw[:0], f.buf...), j.at[:0]
	u := 0
	for i := range f.buf {
		for u+1 < len(f.units) && f.units[u+1].at <= i {
			u++
		}
		j.at = append(j.at, uint32(f.units[u].from))
	}
}

// borders sets cuts between the figures and letters of raw. Scripts without
// capitals have one at each border. In the others letters before or behind figures
// are a name or an ending (A320, 2nd) unless they are in the lists.
func (j *numberJoiner) borders() {
	figures, cased := 0, false // bytes of the first figures; letters with capitals
	from := 0
	for from < len(j.raw) && !asciiDigit(j.raw[from]) {
		from++
	}
	if from == len(j.raw) {
		return
	}
	figures = figuresSize(j.raw[from:])
	for _, r := range string(j.raw) {
		cased = cased || r >= 'a' && hasCapital(r)
	}
	if cased {
		rest := from + figures
		if from > 0 && j.m.marks[Hash(j.raw[:from])]&code == 0 || rest < len(j.raw) && j.m.marks[Hash(j.raw[rest:])]&glued == 0 {
			return
		}
		if from > 0 {
			j.cut(from)
		}
		if rest < len(j.raw) {
			j.cut(rest)
		}
		return
	}
	inFigures := from == 0
	for i := 0; i < len(j.raw); {
		if asciiDigit(j.raw[i]) {
			if i > 0 && !inFigures {
				j.cut(i)
			}
			i += figuresSize(j.raw[i:])
			inFigures = true
			continue
		}
		r, n := utf8.DecodeRune(j.raw[i:])
		if inFigures && i > 0 && unicode.IsLetter(r) {
			j.cut(i)
			j.syllables(i, j.unitsAt(i))
		}
		inFigures = inFigures && !unicode.IsLetter(r)
		i += n
	}
}

// ofClock reports whether a word beside words[i] tells that it is a time: am, Uhr, kl.
func (j *numberJoiner) ofClock(i int) bool {
	return j.beforeClock(i) || i > 0 && j.m.mark(j.words[i-1].Hash)&clockBefore != 0 && besides(j.gap(j.words, i-1))
}

// beforeClock reports whether a word behind words[i] tells that it is a time.
func (j *numberJoiner) beforeClock(i int) bool {
	return i+1 < len(j.words) && j.m.mark(j.words[i+1].Hash)&oClock != 0 && j.gap(j.words, i) <= gapHyphen
}

// besides reports whether a gap lies between a word for the time and the time: kl. 20.
func besides(g gap) bool { return g <= gapBlank || g == gapStop }

// clock sets a cut behind the point of a time, 10.30 am, which is read as 10:30 am is, and
// about its letter: 10h30 is read as 10 h 30 is.
func (j *numberJoiner) clock(i int) {
	end, between := len(j.raw), byte('.')
	switch {
	case len(j.cuts) == 1 && j.m.mark(Hash(j.raw[j.cuts[0]:]))&oClock != 0:
		end = j.cuts[0]
	case len(j.cuts) == 0 && bytes.IndexByte(j.raw, 'h') > 0:
		between = 'h'
	case len(j.cuts) > 0 || !j.ofClock(i):
		return
	case bytes.IndexByte(j.raw, ',') > 0:
		between = ','
	}
	hour, minute, ok := bytes.Cut(j.raw[:end], []byte{between})
	if h, whole := amountOf(hour); !ok || !whole || h.mant > 24 || len(hour) > 2 {
		return
	}
	if m, whole := amountOf(minute); !whole || m.mant > 59 || len(minute) != 2 {
		return
	}
	if between == 'h' {
		j.cuts = append(j.cuts, len(hour))
	}
	j.cuts = append(j.cuts, len(hour)+1)
	slices.Sort(j.cuts)
}

var hourLetter = Hash([]byte("h"))

// fullHour reports whether words[i] is the minutes of a full hour, which many leave out:
// 8:00 pm, kl. 20.00, 20 h 00. words[:o] stands before it.
func (j *numberJoiner) fullHour(i, o int) bool {
	if o == 0 || j.src[j.words[i].Start:j.words[i].End] != "00" {
		return false
	}
	switch between := j.src[j.words[o-1].End:j.words[i].Start]; between {
	case ":", ".", ",":
		if j.words[o-1].Kind&Number == 0 || j.words[o-1].Letters > 2 {
			return false
		}
		return j.beforeClock(i) || o > 1 && j.m.mark(j.words[o-2].Hash)&clockBefore != 0 && besides(j.gapBefore(o-1, j.words[o-1].Start))
	case "", " ":
		w := &j.words[o-1]
		return w.Hash == hourLetter && o > 1 && j.words[o-2].Kind&Number != 0 && j.words[o-2].Letters <= 2 && j.gapBefore(o-1, w.Start) <= gapBlank
	}
	return false
}

// hasCapital reports whether r belongs to a script with capitals.
func hasCapital(r rune) bool {
	return r < 0x0590 || r >= 0x1E00 && r < 0x2000 || r >= 0x2C00 && r < 0x2D00 || r >= 0xA640 && r < 0xA800 || r >= 0x1C80 && r < 0x1D00 ||
		unicode.ToUpper(r) != r
}

// unitsAt counts the Korean units with which raw goes on at i.
func (j *numberJoiner) unitsAt(i int) (n int) {
	for i < len(j.raw) {
		r, size := utf8.DecodeRune(j.raw[i:])
		if r < 0xAC00 || j.m.numeral(Hash(j.raw[i:i+size])).kind == 0 {
			break
		}
		n++
		i += size
	}
	return n
}

// syllables cuts behind each of the first n characters of raw from i on.
func (j *numberJoiner) syllables(i, n int) {
	for ; n > 0; n-- {
		_, size := utf8.DecodeRune(j.raw[i:])
		i += size
		if i < len(j.raw) && !asciiDigit(j.raw[i]) {
			j.cut(i)
		}
	}
}

// cut sets a cut before raw[i], unless one character of the source stands on both sides,
// or one with its mark.
func (j *numberJoiner) cut(i int) {
	if r, _ := utf8.DecodeRune(j.raw[i:]); unicode.IsMark(r) {
		return
	}
	if j.at[i] != j.at[i-1] && (len(j.cuts) == 0 || j.cuts[len(j.cuts)-1] < i) {
		j.cuts = append(j.cuts, i)
	}
}
