package similarity

import (
	"math"
	"slices"

	"dedupe/text"
)

// floor is the containment below which two texts are not looked at further:
// shared stock phrases alone reach it.
const floor = 0.02

// weighty is the share of the shorter text, boilerplate included, below which what
// two unrelated pages share cannot tip a verdict and is not called boilerplate:
// at scale every quoted sentence stands in several stories.
const weighty = 0.15

// nearlyAll is four fifths of a text, of its headline or of the order of its words. A text of
// which so much is in the other word by word is no rewrite, so that order is not measured.
const nearlyAll = 0.8

// Run is a passage that stands in both texts: Len words, at word A of the one
// and word B of the other.
type Run struct{ A, B, Len int }

// Scale compares one article with many. Load puts the one on the scale, Measure
// weighs another against it. A Scale reuses its memory and is not safe for
// concurrent use; the zero value is ready.
type Scale struct {
	Metric func(a, b string) float64 // of headlines in normal form, 0 to 1 (see NormalMetric); nil: not measured

	a        *Text
	shingles Table
	index    index // the words of a, made when they are asked for: see words
	weight   int   // of the words of a outside boilerplate, with the index
	indexed  bool
	own, run []uint64 // the shingles of a, and of another
	again    []int    // of own, those that stand before in a, when they were asked for
	asked    bool
	hits     []Run // single shingles, then joined
	inA, inB []bool
	order    []uint32
	names    [2]roll
	named    bool // names[0] are those of a

	part    bool       // others are stretches of longer texts
	inner   *Scale     // for a stretch of the longer text: see local.go
	profile Profile    // of the stretch
	other   Table      // of the shorter text, then of the stretch
	places  [][2]int32 // in the longer text, and in the other
	times   []int32
	inOrder []Run
	aligned []uint8 // a table of align

	caseless bool        // both texts are: see fill
	subjects [2][]uint32 // of both, where they are
}

// Load makes a the article that others are measured against.
func (s *Scale) Load(a *Text) {
	s.a = a
	s.own = a.Profile.Shingles(s.own[:0])
	s.shingles.Reset(s.own)
	s.shingles.hide(s.own, a.Covered)
	s.indexed, s.named, s.asked = false, false, false
}

// Loaded is the profile of the loaded article.
func (s *Scale) Loaded() *Profile { return s.a.Profile }

// words is the index of the loaded article's words. Most articles share too little
// with any other to need one.
func (s *Scale) words() *index {
	if !s.indexed {
		s.index.reset(s.a.Words)
		s.weight = 0
		for i, w := range s.a.Words {
			if !masked(s.a.Boilerplate, i) {
				s.weight += int(w.Weight())
			}
		}
		s.indexed = true
	}
	return &s.index
}

// Measure compares b with the loaded article. The result says nothing of
// outlets and dates, which the caller knows. Cost: one probe a shingle of b,
// and where the two share more than stock phrases a pass over both texts; about
// 2 us for two articles of 500 words that share nothing, 20 us where the order
// of words is measured.
func (s *Scale) Measure(b *Text) Evidence {
	e, more := s.sight(b)
	if !more {
		return e
	}
	if short, part, less := s.stretch(b); less {
		return s.measureStretch(short, part, e)
	}
	if c := e.Containment(); c >= floor && c < nearlyAll {
		e.Order = s.measureOrder(b)
	}
	e.Titled = s.a.Title != "" && b.Title != ""
	linkable := e.Linkable()
	if linkable && !e.HeadlinesKnown {
		s.headlines(b, &e)
	}
	if s.Metric != nil && e.Titled && (linkable || e.HeadlinesKnown) {
		e.Headline = round(clamp(s.Metric(s.a.Title, b.Title)))
	}
	if linkable {
		s.measureVetoes(b, &e)
	}
	return e
}

// measureVetoes measures what may keep the two apart, however much they share.
func (s *Scale) measureVetoes(b *Text, e *Evidence) {
	s.flagShared(b)
	local := max(share(markLocal(s.a.Boilerplate, s.inA), s.a.WordsLeft), share(markLocal(b.Boilerplate, s.inB), b.WordsLeft))
	if e.HeadlinesKnown {
		e.NotLocalA, e.NotLocalB = notLocal(s.a.Profile, s.a.Boilerplate, s.inA), notLocal(b.Profile, b.Boilerplate, s.inB)
	}
	s.details(b, e)
	f := s.fill(b)
	e.NumbersReplaced, e.NumbersKept = f.counted()
	e.NamesReplaced, e.NamesKept = f.names[0], f.names[1]
	if e.Ordered() {
		s.measureNameOnly(b, e, local >= 0.5 || e.scattered())
	}
}

// Sight is the part of Measure that learning boilerplate needs: shingles,
// passages, and Unrelated, with what headlines tell where it was asked.
func (s *Scale) Sight(b *Text) Evidence {
	e, _ := s.sight(b)
	return e
}

// sight returns what Sight does, and whether the two share more than stock phrases.
func (s *Scale) sight(b *Text) (Evidence, bool) {
	a := s.a
	e := Evidence{WordsA: a.WordsLeft, WordsB: b.WordsLeft, TotalA: len(a.Words), TotalB: len(b.Words), Order: -1}
	e.LeftA, e.LeftB = a.Left, b.Left
	raw := s.probe(b, &e)
	e.ratios()
	e.SameText = a.Hash == b.Hash && len(a.Words) == len(b.Words)
	short := min(len(a.Words), len(b.Words)) < 2*a.K
	if float64(raw) < floor*float64(min(a.Count(), b.Count())) && !short && !e.SameText {
		return e, false
	}
	if float64(raw) >= weighty*float64(min(a.Count(), b.Count())) {
		s.headlines(b, &e)
		e.Unrelated = s.unrelated(b, &e)
	}
	return e, true
}

// headlines measures how the two headlines speak for one story, or that of the one text that
// has one.
func (s *Scale) headlines(b *Text, e *Evidence) {
	a := s.a
	tellsA, tellsB := tells(a.Headline), tells(b.Headline)
	if e.HeadlinesKnown = tellsA && tellsB; e.HeadlinesKnown {
		var below []Token // where all words are the same they tell with the headlines
		if e.SameText {
			below = a.Words
		}
		e.HeadlinesTell = distinctive(a.Headline, b.Headline, below)
	}
	if tellsB {
		e.MentionedB = s.words().mentions(b.Headline)
	}
	if tellsA {
		e.MentionedA = mentionedIn(a.Headline, b.Words)
	}
}

// probe counts shared shingles, with boilerplate (the result) and without
// (e.Shared), and leaves the joined passages in s.hits.
func (s *Scale) probe(b *Text, e *Evidence) (raw int) {
	t := &s.shingles
	t.stamp += 2
	met, counted := t.stamp, t.stamp+1
	s.hits = s.hits[:0]
	run := 0 // words of the running passage outside boilerplate
	s.run = b.Profile.Shingles(s.run[:0])
	for i, h := range s.run {
		if !t.may(h) {
			continue
		}
		slot := t.find(h)
		if slot.pos == 0 {
			continue
		}
		at := slot.place()
		if slot.stamp < met {
			slot.stamp = met
			raw++
		}
		joined := false
		if n := len(s.hits); n > 0 {
			last := &s.hits[n-1]
			if last.B+last.Len-s.a.K+1 == i && last.A+last.Len-s.a.K+1 == at {
				last.Len++
				joined = true
			}
		}
		if !joined {
			s.hits = append(s.hits, Run{A: at, B: i, Len: s.a.K})
			run = 0
		}
		if b.Covered != nil && b.Covered[i] {
			run = 0
			continue
		}
		if slot.stamp < counted && slot.pos&hidden == 0 {
			slot.stamp = counted
			e.Shared++
			if spoken(b.Words[i:i+s.a.K]) || spoken(s.a.Words[at:at+s.a.K]) {
				e.Quoted++
			}
		}
		if run == 0 {
			run = s.a.K - 1
		}
		run++
		e.Passage = max(e.Passage, run)
	}
	return raw
}

// spoken reports whether words stand in quotation marks: the first and the last of them do.
func spoken(words []Token) bool {
	return words[0].Kind()&words[len(words)-1].Kind()&text.Quoted != 0
}

// Tells reports whether a passage of the last measured pair tells the headline
// of one of the two: at least half of it, by weight.
func (s *Scale) Tells(b *Text, r Run) bool {
	words := s.a.Words[r.A : r.A+r.Len]
	return mentionedIn(s.a.Headline, words) >= 0.5 || mentionedIn(b.Headline, words) >= 0.5
}

// Mentioned returns how much of the headline of one of the two the other's text mentions, by
// weight: the larger of the two shares, and 1 where one of the headlines says nothing. Cost: a
// pass over b's words, with a bit each for most.
func (s *Scale) Mentioned(b *Text) float64 {
	if !tells(b.Headline) || !tells(s.a.Headline) {
		return 1
	}
	return max(s.words().mentions(b.Headline), mentionedIn(s.a.Headline, b.Words))
}

// Passages returns the passages that the last measured pair shares, boilerplate
// included, in the order of b. They are valid until the next call of Measure.
func (s *Scale) Passages() []Run { return s.hits }

// details counts the numbers and names of the shorter text that face the longer one,
// and how many that has. A number that one text writes so that it may have another value
// (1.380) is in the other by either. Of each text the first maxAsked different ones count,
// which tell enough.
func (s *Scale) details(b *Text, e *Evidence) {
	short, long, local := b, s.a, s.inB
	if len(s.a.Words) < len(b.Words) {
		short, long, local = s.a, b, s.inA
	}
	var list [maxAsked]Token
	var places [maxAsked]int
	var filter uint64 // most words are in none of them
	n := 0
	for i, w := range short.Words {
		if !number(w) && !name(w) || !local[i] {
			continue
		}
		bit := uint64(1) << (w.Hash() & 63)
		if filter&bit != 0 && slices.ContainsFunc(list[:n], func(d Token) bool { return d.Hash() == w.Hash() }) {
			continue
		}
		if n == maxAsked {
			break
		}
		filter |= bit
		list[n], places[n] = w, i
		n++
	}
	var there [maxAsked]bool
	if long == s.a {
		for i, d := range list[:n] {
			there[i] = s.words().has(d.Hash())
		}
	} else {
		there = among(list[:n], long.Words)
	}
	reread(short.Words, places[:n], long.Words, &there)
	inflected(list[:n], short, long, &there)
	for i, d := range list[:n] {
		found := 0
		if there[i] {
			found = 1
		}
		if number(d) {
			e.Numbers++
			e.NumbersShared += found
		} else {
			e.Names++
			e.NamesShared += found
		}
	}
}

// name reports whether a word is capitalised within a sentence, and no small word.
func name(w Token) bool {
	return w.Kind()&(text.Capital|text.Sentence) == text.Capital && w.Weight() > 0
}

// share is a ratio of weights, rounded.
func share(part, whole int) float64 { return round(ratio(part, whole)) }

// round keeps four places, which is what is stored: see Evidence.
func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
