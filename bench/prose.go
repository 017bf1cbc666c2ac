package bench

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cast is who and what a story is about.
type cast struct {
	people  []string // first and last names
	places  []string
	groups  []string
	numbers []string
	theme   map[string][]string // list: words of it that the story uses most
}

// writer makes sentences. What it makes depends on its generator alone.
type writer struct {
	*vocabulary
	r *rand.Rand
}

func newWriter(seed uint64) *writer {
	return &writer{words(), rand.New(rand.NewPCG(seed, 0x6465647570))}
}

func (w *writer) pick(list []string) string { return list[w.r.IntN(len(list))] }

// chance is true with probability p.
func (w *writer) chance(p float64) bool { return w.r.Float64() < p }

// common draws from a list whose first words are the common ones: a word's
// share falls with the square root of its rank.
func (w *writer) common(list []string) string {
	u := w.r.Float64()
	return list[int(u*u*float64(len(list)))]
}

func (w *writer) cast() *cast {
	c := &cast{theme: map[string][]string{}}
	for range 4 {
		c.people = append(c.people, w.person())
		c.numbers = append(c.numbers, w.number())
	}
	for range 3 {
		c.places = append(c.places, w.place())
	}
	for range 2 {
		c.groups = append(c.groups, w.group())
	}
	for _, t := range []struct {
		list string
		n    int
	}{{"nouns", 30}, {"verbs", 16}, {"adjectives", 16}, {"adverbs", 8}} {
		for range t.n {
			c.theme[t.list] = append(c.theme[t.list], w.common(w.words[t.list]))
		}
	}
	return c
}

func (w *writer) name() string {
	return upper(w.pick(w.words["syllables"]) + w.pick(w.words["syllables"]))
}

// upper makes the first letter a capital, behind an opening quote too.
func upper(s string) string {
	rest := strings.TrimPrefix(s, "“")
	first, n := utf8.DecodeRuneInString(rest)
	return s[:len(s)-len(rest)] + string(unicode.ToUpper(first)) + rest[n:]
}

func (w *writer) person() string { return w.pick(w.words["firstnames"]) + " " + w.name() }
func (w *writer) place() string  { return w.name() + w.pick(w.words["endings"]) }
func (w *writer) group() string  { return w.name() + " " + w.pick(w.words["organisations"]) }

// number draws from 2 to 10,000, small ones more often.
func (w *writer) number() string {
	return strconv.Itoa(2 + int(math.Pow(10, 4*w.r.Float64())))
}

var weekdays = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

// fill fills a slot for a story.
func (w *writer) fill(slot string, c *cast) string {
	switch slot {
	case "F":
		return w.pick(c.people)
	case "L":
		_, last, _ := strings.Cut(w.pick(c.people), " ")
		return last
	case "P":
		return w.pick(c.places)
	case "G":
		return w.pick(c.groups)
	case "y":
		return w.pick(weekdays)
	case "d":
		if w.chance(0.4) {
			return w.pick(c.numbers)
		}
		return w.number()
	}
	list := slots[slot]
	word := func() string {
		if w.chance(0.55) {
			return w.pick(c.theme[list])
		}
		return w.common(w.words[list])
	}
	s := word()
	if list == "nouns" && w.chance(0.25) {
		s = word() + " " + s
	}
	if slot == "ns" {
		s = plural(s)
	}
	return s
}

// plural is right for most words, as a load needs it.
func plural(s string) string {
	switch last := s[len(s)-1]; {
	case last == 's' || last == 'x' || strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "sh"):
		return s + "es"
	case last == 'y' && !strings.ContainsRune("aeo", rune(s[len(s)-2])):
		return s[:len(s)-1] + "ies"
	}
	return s + "s"
}

// isName says whether a slot takes what tells one case from the next: names,
// numbers and days.
func isName(slot string) bool { return slot != "" && slots[slot] == "" }

// sentence fills a form.
func (w *writer) sentence(f form, c *cast) string {
	var b strings.Builder
	for _, p := range f {
		b.WriteString(p.text)
		if p.slot == "" {
			continue
		}
		s := w.fill(p.slot, c)
		if before := b.String(); (before == "A " || strings.HasSuffix(before, " a ")) && strings.ContainsRune("aeiou", rune(s[0])) {
			b.Reset()
			b.WriteString(strings.TrimSuffix(before, " ") + "n ")
		}
		b.WriteString(s)
	}
	return upper(b.String())
}

// settle fills the slots of a form that do not tell cases apart, so that the
// rest of it can be filled several times.
func (w *writer) settle(f form, c *cast) form {
	out := form{{}}
	for _, p := range f {
		last := &out[len(out)-1]
		last.text += p.text
		if isName(p.slot) {
			last.slot = p.slot
			out = append(out, part{})
		} else if p.slot != "" {
			last.text += w.fill(p.slot, c)
		}
	}
	return out
}

// paragraphs writes about that many words about a cast.
func (w *writer) paragraphs(c *cast, words int) (paras []string) {
	for n := 0; n < words; {
		var b strings.Builder
		for i := range 1 + w.r.IntN(3) {
			if i > 0 {
				b.WriteByte(' ')
			}
			s := w.sentence(w.sentences[w.r.IntN(len(w.sentences))], c)
			b.WriteString(s)
			n += 1 + strings.Count(s, " ")
		}
		paras = append(paras, b.String())
	}
	return paras
}
