// Package notices knows, before it has seen any page, which stretches of a body are
// notices of the page and not story: consent notes, paywalls, robot checks, appeals for
// gifts, region blocks, newsletter boxes, pleas to switch an ad blocker off, demands for
// JavaScript, prompts to share.
//
// A notice speaks to its reader about the page: "We use cookies. Accept all." A story
// about cookies, paywalls or donations tells of others. So a sentence is a notice when
// enough of it is of the vocabulary of notices in one language, and that is of two
// sorts: what notices are about, and "we", "you" or a request. Sentences beside it are
// notices on weaker evidence.
//
//	story story story | We use cookies. | Read more in our privacy policy. | Accept all
//	                    sure              weaker                             weaker
//
// What counts is words of package text, so that spelling does not matter. The vocabulary
// is words.txt, by the authors (137 KB, 43 languages), and learned.txt, words of the
// translations of consent managers (12 KB), made by learn.go. Nothing here depends on
// other texts.
//
// Cost: a bit test a word, 6 ns, an eighth of what cutting the text into words costs;
// sentences that have a word of what notices are about are looked at, which of stories
// are few. Linear in the text.
package notices

import (
	"slices"

	"dedupe/text"
)

// Notice is a stretch of a body that is no story.
type Notice struct {
	Start, End uint32 // bytes of the body
	Kind       Kind   // what most of it is about
	Language   string // of the vocabulary that it was found by; "" of phrases of the user's
}

// Of the letters of a sentence, each counted with the weight of its entry: what share
// makes a notice. Half of 54,000 sentences of news have 0, and 99 of 100 up to 0.47,
// what notices they have included. Sentences of stories about the same subjects have
// 0.41 (median) and 0.95 (90 %), those of held-out notices 0.30 (10 %) and 1.27 (median).
const (
	enough   = 1.0 // with a formula, or with a topic and a person or request
	clearly  = 1.3 // with a topic and a person or request, but no formula
	usual    = 0.4 // what a story has now and then
	above    = 20  // letters above usual that make a run a notice
	around   = 5
	whole    = 0.6 // of all sentences of a paragraph that has a notice: from the first to the last that say anything of one
	some     = 0.6 // beside a notice
	slightly = 0.3 // between two
)

// Bounds of a sentence, in words; characters of scripts without spaces count a third.
const (
	longest  = 40  // a longer one is cut where a sign stands
	shortest = 12  // of the pieces
	alone    = 20  // of one that has but one topic or formula: a longer one is no notice
	between  = 30  // of a sentence between two notices that says nothing of one
	closing  = 120 // of a paragraph that may be taken whole
)

// sentence is a piece of a body, and what it says of notices.
type sentence struct {
	from, to  int // words
	size      int // words, see longest
	paragraph bool
	looked    bool
	score     float32
	kind      Kind
	lang      uint8
	letters   int
	topics    int // and formulas
	asks      int // and formulas
	calls     int // persons, requests and formulas
	sure      bool
	marked    bool
}

// String is the kind and the language: "consent, de".
func (n Notice) String() string {
	if n.Language == "" {
		return n.Kind.String()
	}
	return n.Kind.String() + ", " + n.Language
}

// In returns the notices of a body; see Finder for many bodies.
func (v *Vocabulary) In(body string) []Notice {
	f := Finder{Vocabulary: v}
	return f.Find(nil, body, text.Words(nil, body))
}

// Finder finds notices and holds the memory that doing so reuses. It is not safe for
// use by several goroutines.
type Finder struct {
	Vocabulary *Vocabulary // nil: none

	hits      []int // words of topics and formulas
	sentences []sentence
	tally     [maxLanguages]tally
}

// maxLanguages is how many languages a vocabulary has room for.
const maxLanguages = 64

// tally is what a sentence has of one language's vocabulary.
type tally struct {
	sum              float32
	until            int
	topics, formulas int
	persons, asks    int
	owned            bool
	kinds            [Own + 1]float32
}

// Find appends the notices of a body, of which these are all words, to dst, in order.
func (f *Finder) Find(dst []Notice, body string, words []text.Word) []Notice {
	v := f.Vocabulary
	if v == nil {
		return dst
	}
	f.hits = v.made().told(f.hits[:0], body, words)
	if len(f.hits) == 0 {
		return dst
	}
	f.cut(body, words)
	any, at := false, 0
	for i := range f.sentences {
		s := &f.sentences[i]
		from := at
		for at < len(f.hits) && f.hits[at] < s.to {
			at++
		}
		if at > from {
			f.look(s, body, words)
			any = any || s.sure || f.run(i, body, words)
		}
	}
	if !any {
		return dst
	}
	f.spread(body, words)
	return f.collect(dst, words)
}

// cut cuts the words of a body into sentences.
func (f *Finder) cut(body string, words []text.Word) {
	f.sentences = f.sentences[:0]
	for from := 0; from < len(words); {
		to := from + 1
		for to < len(words) && words[to].Kind&text.Sentence == 0 {
			to++
		}
		weight := 3
		if words[from].Kind&text.Unspaced != 0 {
			weight = 1
		}
		s := sentence{from: from, paragraph: words[from].Kind&text.Paragraph != 0}
		if weight*(to-from) >= 3*2*shortest {
			for i := from + 1; i < to; i++ {
				n := weight * (i - s.from) / 3
				if n >= shortest && parts(body[words[i-1].End:words[i].Start], n, weight == 1) {
					s.to, s.size = i, n
					f.sentences = append(f.sentences, s)
					s = sentence{from: i}
				}
			}
		}
		s.to, s.size = to, (weight*(to-s.from)+2)/3
		f.sentences = append(f.sentences, s)
		from = to
	}
}

// parts reports whether a piece of n words may end at what stands between two words:
// where it is long at any sign, in scripts without spaces at any blank.
func parts(between string, n int, unspaced bool) bool {
	if n < longest && !unspaced {
		return false
	}
	for _, r := range between {
		switch r {
		case ',', ';', ':', '،', '؛', '、', '，', '；', '|', '•', '·', '–', '—':
			return n >= longest
		case ' ', '　':
			if unspaced {
				return true
			}
		}
	}
	return false
}

// look finds what a sentence says of notices.
func (f *Finder) look(s *sentence, body string, words []text.Word) {
	v := f.Vocabulary
	s.looked = true
	clear(f.tally[:len(v.tags)])
	total := 0
	for i := s.from; i < s.to; i++ {
		total += int(words[i].Letters)
		if words[i].Kind&text.Quoted != 0 {
			continue // what somebody is quoted with speaks to somebody else
		}
		if v.heads[words[i].Head>>6&filterMask]&(1<<(words[i].Head&63)) == 0 {
			continue
		}
		list := v.entries[words[i].Head]
		for k := range list {
			e := &list[k]
			if e.first != 0 && e.first != words[i].Hash { // most are of other words
				continue
			}
			t := &f.tally[e.lang]
			if i < t.until || !match(e.terms, body, words[i:s.to]) {
				continue
			}
			t.until = i + len(e.terms)
			letters := 0
			for j := i; j < t.until; j++ {
				letters += int(words[j].Letters)
			}
			weight := weights[e.class] * float32(letters)
			t.sum += weight
			switch e.class {
			case person:
				t.persons++
			case asking:
				t.asks++
			case topic:
				t.topics++
				t.kinds[e.kind] += weight
			case formula:
				t.formulas++
				t.kinds[e.kind] += weight
			case owned:
				t.owned = true
				t.kinds[Own] += 1e6
			}
		}
	}
	best := 0
	for i := range v.tags {
		if t := &f.tally[i]; t.owned || t.sum > f.tally[best].sum && !f.tally[best].owned {
			best = i
		}
	}
	t := &f.tally[best]
	s.score = t.sum / float32(max(total, 1))
	s.lang = uint8(best)
	for k, sum := range t.kinds {
		if sum > t.kinds[s.kind] {
			s.kind = Kind(k)
		}
	}
	s.letters, s.topics, s.asks, s.calls = total, t.topics+t.formulas, t.asks+t.formulas, t.persons+t.asks+t.formulas
	s.sure = t.owned || t.formulas > 0 && s.topics+t.persons+t.asks > 1 && s.score >= enough ||
		t.topics > 0 && s.calls > 0 && s.score >= clearly ||
		t.formulas > 0 && s.score >= weights[formula]/2
	s.marked = s.sure
}

// run looks for a run of sentences around sentence i that together are a notice, though
// perhaps none is by itself, and marks it as sure. Each counts by how far its score is
// above that of a story, and the run of the largest sum is taken (Bentley 1984).
func (f *Finder) run(i int, body string, words []text.Word) bool {
	list := f.sentences
	if list[i].marked || list[i].gain() <= 0 {
		return list[i].marked
	}
	var reach [2]int // the last sentence before and behind that is in
	var sum [2]float32
	for side, step := range [...]int{-1, 1} {
		reach[side] = i
		gain := float32(0)
		for j := i + step; j >= 0 && j < len(list) && (j-i)*step <= around; j += step {
			s := &list[j]
			if !s.looked {
				f.look(s, body, words)
			}
			if gain += s.gain(); gain < -2*above {
				break
			}
			if gain > sum[side] {
				sum[side], reach[side] = gain, j
			}
		}
	}
	from, to := reach[0], reach[1]
	topics, asks, calls := 0, 0, 0
	for _, s := range list[from : to+1] {
		topics, asks, calls = topics+s.topics, asks+s.asks, calls+s.calls
	}
	if topics == 0 || asks == 0 || topics+calls < 3 || sum[0]+sum[1]+list[i].gain() < above {
		return false
	}
	for j := from; j <= to; j++ {
		list[j].sure, list[j].marked = true, true
	}
	return true
}

// gain is how much more a sentence says of notices than one of a story.
func (s *sentence) gain() float32 { return float32(s.letters) * (s.score - usual) }

// spread marks what belongs to the notices beside it.
func (f *Finder) spread(body string, words []text.Word) {
	list := f.sentences
	for i := range list {
		if !list[i].sure {
			continue
		}
		for _, step := range [...]int{-1, 1} {
			f.follow(i, step, body, words)
		}
	}
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && !list[to].paragraph {
			to++
		}
		size, sum := 0, float32(0)
		for i := from; i < to; i++ {
			size += list[i].size
		}
		if size <= closing && slices.ContainsFunc(list[from:to], func(s sentence) bool { return s.sure }) {
			for i := from; i < to; i++ {
				if s := &list[i]; !s.looked {
					f.look(s, body, words)
				}
				sum += list[i].score * float32(list[i].size)
			}
			if sum >= whole*float32(size) {
				first, last := from, to-1
				for list[first].score < slightly {
					first++
				}
				for list[last].score < slightly {
					last--
				}
				for i := first; i <= last; i++ {
					list[i].marked = true
				}
			}
		}
		from = to
	}
}

// follow marks what belongs to a notice on one side of sentence i.
func (f *Finder) follow(i, step int, body string, words []text.Word) {
	list := f.sentences
	gap := -1 // a sentence that counts if the one behind it does
	for j := i + step; j >= 0 && j < len(list); j += step {
		s := &list[j]
		if s.sure {
			break
		}
		if !s.looked {
			f.look(s, body, words)
		}
		switch {
		case s.score >= some && s.topics+s.calls > 0:
			s.marked = true
			if gap >= 0 {
				list[gap].marked = true
				gap = -1
			}
		case gap < 0 && s.size <= between && (s.score >= slightly || s.size <= shortest && !list[max(j, j-step)].paragraph):
			gap = j
		default:
			return
		}
	}
	if gap >= 0 && gap+step >= 0 && gap+step < len(list) && list[gap+step].sure {
		list[gap].marked = true
	}
}

// collect appends the runs of marked sentences.
func (f *Finder) collect(dst []Notice, words []text.Word) []Notice {
	open := false
	best := float32(0)
	for i := range f.sentences {
		s := &f.sentences[i]
		if !s.marked {
			open = false
			continue
		}
		if !open {
			dst = append(dst, Notice{Start: words[s.from].Start})
			open, best = true, 0
		}
		n := &dst[len(dst)-1]
		n.End = words[s.to-1].End
		if weight := s.score * float32(s.size); s.sure && weight > best {
			best = weight
			n.Kind, n.Language = s.kind, f.Vocabulary.tags[s.lang]
		}
	}
	return dst
}
