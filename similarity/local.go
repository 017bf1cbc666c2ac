package similarity

// What two texts share must stand together. A page of 16,000 words has any stock phrase in
// it somewhere, and any few words in some order. So of a text that is much longer than the
// other only the best stretch is compared: that with most different shingles of the
// shorter one, in
//
//	room    twice the words of the shorter text and a paragraph; of texts of more than 120
//	        words up to three times as many
//
// which is where a story stands that was cut, wrapped in another text, or interleaved with
// teasers. Briefs in stock phrases need the narrow one: with three times their words 72 links
// of 1,100 are wrong, not 42. Partial copies of reports need the wide one.
const paragraph = 30

func room(short int) int { return max(2*short+paragraph, 3*(short-paragraph)) }

// stretch returns the part of the longer of two texts that is compared with the other, and
// whether that is less than all of it.
func (s *Scale) stretch(b *Text) (short, part *Text, less bool) {
	a := s.a
	short, long := a, b
	if len(b.Words) < len(a.Words) {
		short, long = b, a
	}
	size := room(len(short.Words))
	if len(long.Words) <= size {
		return short, long, false
	}
	if short == a {
		s.places = s.places[:0]
		for _, r := range s.hits {
			for i := range r.Len - a.K + 1 {
				if !covered(a, r.A+i) && !covered(b, r.B+i) {
					s.places = append(s.places, [2]int32{int32(r.B + i), int32(r.A + i)})
				}
			}
		}
	} else {
		s.run = b.Profile.Shingles(s.run[:0])
		s.other.Reset(s.run)
		s.places = s.places[:0]
		for i, h := range s.own {
			if covered(a, i) || !s.other.may(h) { // most are not there
				continue
			}
			if slot := s.other.find(h); slot.pos != 0 && !covered(b, slot.place()) {
				s.places = append(s.places, [2]int32{int32(i), int32(slot.place())})
			}
		}
	}
	from := best(s.places, size-a.K+1, max(short.Count(), 1), &s.times)
	from = min(from, len(long.Words)-size) // it is never shorter than the other text
	return short, s.cutOut(long, from, from+size), true
}

func covered(t *Text, i int) bool { return t.Covered != nil && t.Covered[i] }

// best returns where the stretch of the given size begins that has most different shingles.
// hits are places in order, each with the number of a shingle below n.
func best(hits [][2]int32, size, n int, times *[]int32) (from int) {
	if cap(*times) < n {
		*times = make([]int32, n)
	}
	count := (*times)[:n]
	clear(count)
	different, most, lo := 0, -1, 0
	for _, h := range hits {
		if count[h[1]]++; count[h[1]] == 1 {
			different++
		}
		for int(h[0]-hits[lo][0]) >= size {
			if count[hits[lo][1]]--; count[hits[lo][1]] == 0 {
				different--
			}
			lo++
		}
		if different > most {
			most, from = different, int(hits[lo][0])
		}
	}
	return from
}

// cutOut is the text of some of a text's words, under the same headline, until the next call.
func (s *Scale) cutOut(t *Text, from, to int) *Text {
	p := &s.profile
	*p = *t.Profile
	p.Words, p.Hash = t.Words[from:to], 0
	s.run = p.Shingles(s.run[:0])
	if t.Boilerplate != nil {
		return NewText(p, t.Boilerplate[from:to], s.run)
	}
	s.other.Reset(s.run)
	p.Distinct = s.other.Len()
	return Plain(p)
}

// measureStretch is Measure where only a stretch of the longer text is compared. Of that
// text itself the evidence has all words and shingles.
func (s *Scale) measureStretch(short, part *Text, e Evidence) Evidence {
	if s.inner == nil {
		s.inner = &Scale{Metric: s.Metric, part: true}
	}
	if s.inner.a != short { // it is compared with many
		s.inner.Load(short)
	}
	x := s.inner.Measure(part)
	if short != s.a {
		x = x.Swap()
		x.WordsA, x.TotalA, x.LeftA = e.WordsA, e.TotalA, e.LeftA
	} else {
		x.WordsB, x.TotalB, x.LeftB = e.WordsB, e.TotalB, e.LeftB
	}
	x.ratios()
	x.Unrelated = e.Unrelated
	return x
}
