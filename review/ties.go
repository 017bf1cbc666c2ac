package review

import (
	"slices"

	"dedupe/article"
	"dedupe/storage"
)

// Ties are what people's decisions say when they are taken together: what is
// the same as one article is the same as all that are, and what is apart from
// one is apart from all.
//
//	A = B, B = C  so  A = C
//	A = B, B ≠ D  so  A ≠ D
//
// Cost: a question walks over the articles that are the same as one, at worst all decisions.
type Ties struct {
	of map[article.Key][]storage.Decision
}

// NewTies joins decisions.
func NewTies(list []storage.Decision) *Ties {
	t := &Ties{of: map[article.Key][]storage.Decision{}}
	for _, d := range list {
		t.Add(d)
	}
	return t
}

// Add joins one more.
func (t *Ties) Add(d storage.Decision) {
	t.of[d.A] = append(t.of[d.A], d)
	t.of[d.B] = append(t.of[d.B], d)
}

// Known reports what follows for two articles, if anything does. Where decisions
// contradict each other both follow, and Known says that they are the same.
func (t *Ties) Known(a, b article.Key) (same, known bool) {
	if len(t.of[a]) == 0 || len(t.of[b]) == 0 {
		return false, false
	}
	if t.chain(a, b) != nil {
		return true, true
	}
	return false, t.apart(a, b) != nil
}

// Contradicted returns the decisions from which the opposite of d follows, from
// the one article to the other, or nil.
func (t *Ties) Contradicted(d storage.Decision) []storage.Decision {
	if d.Same {
		return t.apart(d.A, d.B)
	}
	return t.chain(d.A, d.B)
}

// reached is how an article was found to be the same as another one.
type reached struct {
	from article.Key
	by   storage.Decision
}

// reach returns the articles that are the same as one, the nearest first.
func (t *Ties) reach(a article.Key) (order []article.Key, how map[article.Key]reached) {
	how = map[article.Key]reached{a: {}}
	order = []article.Key{a}
	for i := 0; i < len(order); i++ {
		at := order[i]
		for _, d := range t.of[at] {
			other := d.Other(at)
			if _, seen := how[other]; d.Same && !seen {
				how[other] = reached{at, d}
				order = append(order, other)
			}
		}
	}
	return order, how
}

// chain returns a shortest chain of decisions by which a is the same as b.
func (t *Ties) chain(a, b article.Key) []storage.Decision {
	_, how := t.reach(a)
	return back(how, a, b)
}

func back(how map[article.Key]reached, a, b article.Key) (chain []storage.Decision) {
	if _, ok := how[b]; !ok {
		return nil
	}
	for at := b; at != a; at = how[at].from {
		chain = append(chain, how[at].by)
	}
	slices.Reverse(chain)
	return chain
}

// apart returns a chain of decisions, one of which keeps apart, by which a is
// apart from b.
func (t *Ties) apart(a, b article.Key) []storage.Decision {
	order, fromA := t.reach(a)
	_, fromB := t.reach(b)
	for _, x := range order {
		for _, d := range t.of[x] {
			y := d.Other(x)
			if _, ok := fromB[y]; d.Same || !ok {
				continue
			}
			onwards := back(fromB, b, y)
			slices.Reverse(onwards)
			return slices.Concat(back(fromA, a, x), []storage.Decision{d}, onwards)
		}
	}
	return nil
}
