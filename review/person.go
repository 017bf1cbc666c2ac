package review

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/storage"
)

// Person makes rulings of what somebody says of articles and clusters by their names. Its
// methods look names up and store nothing; Rule does. A name that means nothing is
// storage.ErrNotFound, one that means several articles a *storage.AmbiguousError, and names
// that do not go together a *storage.NameError.
type Person struct {
	View *storage.View
	At   time.Time // of what is said
	Note string    // why; may be ""
}

func (p Person) decide(a, b article.Key, same bool) storage.Decision {
	return storage.NewDecision(a, b, same, p.At, p.Note)
}

// Label decides that two articles are the same or not. One that is not stored may be given by
// its whole key.
func (p Person) Label(ctx context.Context, a, b string, same bool) (r engine.Ruling, err error) {
	x, y, err := p.two(ctx, a, b)
	r.Decide = []storage.Decision{p.decide(x.Key, y.Key, same)}
	return r, err
}

// Remove takes back what was decided on two articles.
func (p Person) Remove(ctx context.Context, a, b string) (r engine.Ruling, err error) {
	x, y, err := p.two(ctx, a, b)
	if err != nil {
		return r, err
	}
	want := p.decide(x.Key, y.Key, false)
	for d, err := range p.View.Decisions(ctx) {
		if err != nil {
			return r, err
		}
		if d.A == want.A && d.B == want.B {
			r.Retract = append(r.Retract, d)
			return r, nil
		}
	}
	return r, fmt.Errorf("find decision on %s and %s: %w", a, b, storage.ErrNotFound)
}

func (p Person) two(ctx context.Context, nameA, nameB string) (a, b storage.Article, err error) {
	if a, err = p.View.FindOrKey(ctx, nameA); err == nil {
		b, err = p.View.FindOrKey(ctx, nameB)
	}
	if err == nil && a.Key == b.Key {
		err = storage.Misnamed("%s and %s are one article", nameA, nameB)
	}
	return a, b, err
}

// Merge decides that clusters are one story: the representative of the first is the same as
// that of each other one. A cluster may be named by an article of it, and an article that is
// alone counts as a cluster.
func (p Person) Merge(ctx context.Context, clusters []string) (r engine.Ruling, err error) {
	var keys []article.Key
	for _, name := range clusters {
		x, err := p.representative(ctx, name)
		if err != nil {
			return r, err
		}
		if !slices.Contains(keys, x.Key) {
			keys = append(keys, x.Key)
		}
	}
	if len(keys) < 2 {
		return r, storage.Misnamed("cluster merge: these are one cluster")
	}
	for _, key := range keys[1:] {
		r.Decide = append(r.Decide, p.decide(keys[0], key, true))
	}
	return r, nil
}

// representative is that of the cluster which a name means, or the article itself where it is
// alone.
func (p Person) representative(ctx context.Context, name string) (x storage.Article, err error) {
	id, err := p.View.FindLiving(ctx, name)
	if err != nil {
		if x, alone := p.View.Find(ctx, name); alone == nil && x.Cluster == 0 {
			return x, nil
		}
		return x, err
	}
	c, err := p.View.Cluster(ctx, id)
	if err != nil {
		return x, err
	}
	return p.View.Article(ctx, c.Representative)
}

// maxApart bounds the decisions that one split makes.
const maxApart = 10_000

// Split decides that each of the articles is another story than each of those that stay in the
// cluster.
func (p Person) Split(ctx context.Context, cluster string, articles []string) (r engine.Ruling, err error) {
	id, err := p.View.FindLiving(ctx, cluster)
	if err != nil {
		return r, err
	}
	leaving := map[article.Key]bool{}
	var order, staying []article.Key
	for _, name := range articles {
		x, err := p.View.Find(ctx, name)
		switch {
		case err != nil:
			return r, err
		case x.Cluster != id:
			return r, storage.Misnamed("cluster split: %s is not in cluster %s", name, storage.ClusterLabel(id))
		case !leaving[x.Key]:
			leaving[x.Key] = true
			order = append(order, x.Key)
		}
	}
	for m, err := range p.View.Members(ctx, id) {
		if err != nil {
			return r, err
		}
		if !leaving[m.Key] {
			staying = append(staying, m.Key)
		}
	}
	switch n := len(order) * len(staying); {
	case n == 0:
		return r, storage.Misnamed("cluster split: no article would stay in cluster %s", storage.ClusterLabel(id))
	case n > maxApart:
		return r, storage.Misnamed("cluster split: that makes %d decisions on pairs, want at most %d: name fewer articles", n, maxApart)
	}
	for _, x := range order {
		for _, y := range staying {
			r.Decide = append(r.Decide, p.decide(x, y, false))
		}
	}
	return r, nil
}

// Pin lets an article represent whatever cluster it is in.
func (p Person) Pin(ctx context.Context, name string) (r engine.Ruling, err error) {
	x, err := p.View.Find(ctx, name)
	r.Pin = []storage.Pin{{Key: x.Key, Decided: p.At, Note: p.Note}}
	return r, err
}

// Unpin takes a pin back.
func (p Person) Unpin(ctx context.Context, name string) (r engine.Ruling, err error) {
	x, err := p.View.FindOrKey(ctx, name)
	r.Unpin = []article.Key{x.Key}
	return r, err
}
