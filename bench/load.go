package bench

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"sort"
	"strings"
	"time"
)

// Version is that of the load: measurements of different ones do not compare.
// It rises with every change of what Load makes.
const Version = 1

// MaxArticles bounds a load.
const MaxArticles = 1_000_000

// Options of Load.
type Options struct {
	Articles int // 1 to MaxArticles
	More     int // so many follow that the others do not depend on
	Seed     uint64
}

// Article is one record of the input, as `dedupe ingest` reads it.
type Article struct {
	ID        string `json:"id"`
	Outlet    string `json:"outlet"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Byline    string `json:"byline"`
	Published string `json:"published"`
	Body      string `json:"body"`
}

// Truth is what is known of an article.
type Truth struct {
	Story string // equal for copies of one story
	Kind  Kind
	Of    string // id of the article that it is a copy of, or a trap with; "" of its own
}

const (
	shareCopies = 0.38 // of recent stories
	shareBig    = 0.02 // of the big one
	shareTraps  = 0.05
	maxRecent   = 4000 // stories that may still be copied; twice as many are kept
)

// start is when the first article appeared; one follows the other by 40 s, give
// or take an hour.
var start = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// loader is the state of a load that is made.
type loader struct {
	*writer
	opt     Options
	outlets []outlet
	paged   int // the first so many outlets have boilerplate

	big    *story
	recent []*story
	weight []float64 // running sums of how often each of recent is copied
	series []*series // that are told now
	last   map[*series]string
	page   map[string]*story // the last story by outlet, of those with boilerplate
}

// Load makes the articles of a load in order of arrival, each with the truth
// about it. The same options give the same articles. What an article is made
// from came before it.
func Load(opt Options) iter.Seq2[Article, Truth] {
	return func(yield func(Article, Truth) bool) {
		l := &loader{writer: newWriter(opt.Seed), opt: opt, last: map[*series]string{}, page: map[string]*story{}}
		l.outlets, l.paged = l.makeOutlets()
		for i := range opt.Articles + opt.More {
			if !yield(l.next(i)) {
				return
			}
		}
	}
}

// next makes the i-th article.
func (l *loader) next(i int) (Article, Truth) {
	id := fmt.Sprintf("b%07d", i)
	u := l.r.Float64()
	switch {
	case i < 20:
		u = 1
	case i == max(20, l.opt.Articles/50):
		s := l.own(id)
		l.big, l.recent, l.weight = s, l.recent[:len(l.recent)-1], l.weight[:len(l.weight)-1]
		return l.publish(i, id, s, l.anyOutlet()), Truth{s.name, Own, ""}
	}
	if u -= shareBig; u < 0 && l.big != nil {
		return l.copyOf(i, id, l.big)
	}
	if u -= shareCopies; u < 0 {
		at := sort.SearchFloat64s(l.weight, l.r.Float64()*l.weight[len(l.weight)-1])
		return l.copyOf(i, id, l.recent[at])
	}
	if u -= shareTraps; u < 0 {
		return l.trapWith(i, id)
	}
	s := l.own(id)
	return l.publish(i, id, s, l.anyOutlet()), Truth{s.name, Own, ""}
}

func (l *loader) anyOutlet() *outlet { return &l.outlets[l.r.IntN(len(l.outlets))] }

// own makes a story that may be copied.
func (l *loader) own(id string) *story {
	s := l.story(170 + l.r.IntN(510))
	s.id, s.name = id, "s"+id[1:]
	sum := 0.0
	if len(l.weight) > 0 {
		sum = l.weight[len(l.weight)-1]
	}
	l.recent = append(l.recent, s)
	l.weight = append(l.weight, sum+math.Pow(1-l.r.Float64(), -0.8))
	if room := max(100, min(maxRecent, l.opt.Articles/20)); len(l.recent) > 2*room {
		base := l.weight[len(l.weight)-room-1]
		l.recent = slices.Clone(l.recent[len(l.recent)-room:])
		l.weight = slices.Clone(l.weight[len(l.weight)-room:])
		for i := range l.weight {
			l.weight[i] -= base
		}
	}
	return s
}

func (l *loader) copyOf(i int, id string, s *story) (Article, Truth) {
	kind := copied[l.r.IntN(len(copied))]
	return l.publish(i, id, l.copy(s, kind), l.anyOutlet()), Truth{s.name, kind, s.id}
}

// trapWith makes a trap of any kind. The first of a series has no other to be
// taken for.
func (l *loader) trapWith(i int, id string) (Article, Truth) {
	name := "s" + id[1:]
	switch kind := Traps[l.r.IntN(len(Traps))]; kind {
	case Template:
		if len(l.series) == 0 || l.chance(0.25) { // told four times on average, then gone
			l.series = []*series{l.writer.series()}
			clear(l.last)
		}
		s := l.series[0]
		of := l.last[s]
		l.last[s] = id
		if of == "" {
			kind = Own
		}
		return l.publish(i, id, l.tell(s), l.anyOutlet()), Truth{name, kind, of}
	case Boilerplate:
		o := &l.outlets[l.r.IntN(l.paged)]
		before := l.page[o.name]
		if before == nil {
			s := l.own(id)
			return l.publish(i, id, s, o), Truth{s.name, Own, ""}
		}
		return l.publish(i, id, l.trap(nil, kind), o), Truth{name, kind, before.id}
	default:
		s := l.recent[l.r.IntN(len(l.recent))]
		return l.publish(i, id, l.trap(s, kind), l.anyOutlet()), Truth{name, kind, s.id}
	}
}

// publish puts a story on an outlet's page.
func (l *loader) publish(i int, id string, s *story, o *outlet) Article {
	if o.paged {
		l.page[o.name] = &story{id: id}
	}
	at := start.Add(time.Duration(i*40+l.r.IntN(3600)) * time.Second)
	return Article{
		ID: id, Outlet: o.name, URL: "https://" + o.host + "/" + id + "/" + slug(s.title),
		Title: s.title, Byline: s.byline, Published: at.Format(time.RFC3339),
		Body: strings.Join(slices.Concat(o.head, s.paras, o.foot), "\n\n"),
	}
}
