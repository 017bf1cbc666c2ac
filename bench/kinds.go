package bench

import "slices"

// Kind is what an article is to the one it was made from.
type Kind string

// Own is a story that no other article told before.
const Own Kind = "own"

// Copies of a story.
const (
	Exact   Kind = "exact"   // nothing changed but the page around it
	Byline  Kind = "byline"  // another author, dateline and credit
	Retitle Kind = "retitle" // another headline
	Edit    Kind = "edit"    // 3 to 8 of 100 words changed
	Update  Kind = "update"  // a paragraph or two added, one gone, words changed
	Trim    Kind = "trim"    // the first 30 to 70 of 100 words
	Wrap    Kind = "wrap"    // whole, within as much local text of its own or less
	Heavy   Kind = "heavy"   // every seventh word changed, a tenth of the sentences left out, another headline
)

// Traps: not copies of what they were made from.
const (
	Quote       Kind = "quote"       // a story of its own that quotes the longest paragraph
	Event       Kind = "event"       // people, places, numbers and theme of another story, in sentences of its own
	Template    Kind = "template"    // another story's sentences with other names and numbers
	Boilerplate Kind = "boilerplate" // a short text of its own on a page with the same boilerplate
)

// Kinds are the copies, Traps the traps.
var (
	Kinds = []Kind{Exact, Byline, Retitle, Edit, Update, Trim, Wrap, Heavy}
	Traps = []Kind{Quote, Event, Template, Boilerplate}
)

// Copy reports whether articles of the kind are copies.
func (k Kind) Copy() bool { return slices.Contains(Kinds, k) }

// copied are the kinds of copies, each as often as it is made of 20.
var copied = []Kind{
	Exact, Exact, Exact, Exact, Byline, Byline, Retitle, Retitle, Edit, Edit, Edit, Edit,
	Update, Update, Trim, Trim, Wrap, Wrap, Heavy, Heavy,
}

// copy makes a copy of a story.
func (w *writer) copy(s *story, kind Kind) *story {
	c := *s
	switch kind {
	case Byline:
		c.byline = w.person() + " and " + w.person()
		c.paras = slices.Clone(s.paras)
		c.paras[0] = w.dateline() + c.paras[0]
		c.paras = append(c.paras, "(Reporting by "+w.person()+"; editing by "+w.person()+")")
	case Retitle:
		c.title = w.retitle(s)
	case Edit:
		c.paras = w.edit(s.paras, 3+5*w.r.Float64())
	case Update:
		c.title = "UPDATE 1-" + s.title
		c.paras = w.edit(s.paras, 1)
		if n := len(c.paras); n > 4 {
			c.paras = slices.Delete(c.paras, n-2, n-1)
		}
		c.paras = slices.Insert(c.paras, 1, w.paragraphs(s.cast, 40)...)
	case Trim:
		c.paras = trim(s.paras, 0.3+0.4*w.r.Float64())
	case Wrap:
		own := w.cast()
		room := count(s.paras) / 2
		before, after := w.paragraphs(own, 20+w.r.IntN(room+1)), w.paragraphs(own, 20+w.r.IntN(room+1))
		c.paras = slices.Concat(before, s.paras, after)
		if w.chance(0.5) {
			c.title = w.headline(before[0])
		}
	case Heavy:
		c.paras = w.reword(s.paras)
		c.title = w.headline(c.paras[0])
	}
	if kind != Exact && kind != Byline && w.chance(0.3) {
		c.title = w.retitle(&c)
	}
	return &c
}

// dateline is what stands before a text that an agency's desk has passed.
func (w *writer) dateline() string { return w.place() + ", " + w.pick(weekdays) + " (Reuters) - " }

// trap makes a story of its own that is like another one.
func (w *writer) trap(s *story, kind Kind) *story {
	switch kind {
	case Quote:
		t := w.story(250 + w.r.IntN(200))
		quoted := slices.MaxFunc(s.paras, func(a, b string) int { return len(a) - len(b) })
		t.paras = slices.Insert(t.paras, len(t.paras)/2, "“"+quoted+"”")
		return t
	case Event:
		t := &story{cast: s.cast, byline: w.person()}
		t.paras = w.paragraphs(s.cast, max(100, count(s.paras)/2))
		t.title = w.headline(t.paras[0])
		return t
	}
	return w.story(60 + w.r.IntN(40)) // Boilerplate: the page makes the likeness
}

// series is a story that can be told of any cast.
type series struct {
	title form
	lines []form
}

// series settles 8 to 12 forms.
func (w *writer) series() *series {
	c := w.cast()
	s := &series{title: w.settle(w.forms[w.r.IntN(len(w.forms))], c)}
	for _, i := range w.r.Perm(len(w.forms))[:8+w.r.IntN(5)] {
		s.lines = append(s.lines, w.settle(w.forms[i], c))
	}
	return s
}

// tell fills a series in.
func (w *writer) tell(s *series) *story {
	c := w.cast()
	t := &story{cast: c, byline: w.person(), title: w.sentence(s.title, c)}
	for _, f := range s.lines {
		t.paras = append(t.paras, w.sentence(f, c))
	}
	return t
}
