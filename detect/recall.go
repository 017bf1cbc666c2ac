package detect

import (
	"context"
	"slices"

	"dedupe/similarity"
	"dedupe/storage"
)

// Recall is how much of what brute force finds the search for candidates found.
type Recall struct {
	Articles int // looked at
	Pairs    int // compared by brute force
	Copies   int // of them, copies by the thresholds in force
	Together int // of them, in one cluster or linked: what clustering parts was found
	Missed   [][2]uint32
}

// maxMissed bounds the examples.
const maxMissed = 10

// Recall compares all pairs within samples of the stored articles, each of
// which is a stretch of consecutive articles in the order of their dates, where
// copies are. The samples stand evenly over all dates. Cost: samples*size^2/2
// comparisons of some microseconds.
func (e *Engine) Recall(ctx context.Context, samples, size int) (Recall, error) {
	var living []uint32
	for i, p := range e.places {
		if !p.Dead {
			living = append(living, uint32(i+1))
		}
	}
	slices.SortFunc(living, e.compare)
	var r Recall
	for i := range samples {
		room := max(0, len(living)-size)
		from := 0
		if samples > 1 {
			from = room * i / (samples - 1)
		}
		if err := e.recall(ctx, &r, living[from:min(len(living), from+size)]); err != nil {
			return r, err
		}
		if room == 0 { // this was everything
			break
		}
	}
	return r, nil
}

// recall compares all pairs of a list in canonical order.
func (e *Engine) recall(ctx context.Context, r *Recall, list []uint32) error {
	w := e.newWorker()
	var texts []*similarity.Text
	readable := make([]uint32, 0, len(list))
	for _, seq := range list {
		t, err := e.text(ctx, w, seq)
		if storage.IsDamage(err) {
			if err := e.store.Tell(ctx, err); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		texts, readable = append(texts, t), append(readable, seq)
	}
	list = readable
	clusters := make([]int64, len(list))
	for i, seq := range list {
		part, err := e.store.Part(ctx, seq)
		if err != nil {
			return err
		}
		clusters[i] = part.Cluster
	}
	r.Articles += len(list)
	for j := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		w.scale.Load(texts[j])
		var links map[uint32]bool // read when they are needed
		for i := range j {
			if !e.window.Holds(e.place(list[j]).Date, e.place(list[i]).Date) {
				continue
			}
			r.Pairs++
			if !e.verdict(w, list[i], list[j], texts[i]).Linked() {
				continue
			}
			r.Copies++
			found := clusters[i] != 0 && clusters[i] == clusters[j]
			if !found {
				if links == nil {
					var err error
					if links, err = e.linksOf(ctx, list[j]); err != nil {
						return err
					}
				}
				found = links[list[i]]
			}
			switch {
			case found:
				r.Together++
			case len(r.Missed) < maxMissed:
				r.Missed = append(r.Missed, [2]uint32{list[i], list[j]})
			}
		}
	}
	return nil
}

// linksOf returns the earlier articles that the stored links of one are with.
func (e *Engine) linksOf(ctx context.Context, seq uint32) (map[uint32]bool, error) {
	links := map[uint32]bool{}
	return links, e.store.PairsIn(ctx, seq, seq+1, func(p storage.PairRow) error {
		if p.Verdict.Linked() {
			links[p.A] = true
		}
		return nil
	})
}

// Tied compares an article with others and returns how many of them are copies
// of it by the thresholds in force.
func (e *Engine) Tied(ctx context.Context, seq uint32, others []uint32) (n int, err error) {
	w := e.newWorker()
	for _, other := range others {
		a, b := seq, other
		if e.before(b, a) {
			a, b = b, a
		}
		ta, tb, err := e.both(ctx, w, a, b)
		if storage.IsDamage(err) {
			if err := e.store.Tell(ctx, err); err != nil {
				return n, err
			}
			continue
		}
		if err != nil {
			return n, err
		}
		w.scale.Load(tb)
		if e.verdict(w, a, b, ta).Linked() {
			n++
		}
	}
	return n, nil
}
