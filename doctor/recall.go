package doctor

import (
	"context"

	"dedupe/engine"
	"dedupe/storage"
)

// recall is how much of what brute force finds the search for candidates found.
type recall struct {
	articles int // looked at
	copies   int // pairs of them, copies by the thresholds in force
	together int // of them, in one cluster or linked: what clustering parts was found
	missed   [][2]uint32
}

// measure compares all pairs within samples of the stored articles, each of
// which is a stretch of consecutive articles in the order of their dates, where
// copies are. The samples stand evenly over all dates. Cost: samples*size^2/2
// comparisons of some microseconds.
func (p *patient) measure(ctx context.Context) (recall, error) {
	living := p.o.Engine.Living()
	var r recall
	samples, size := p.o.Samples, p.o.Size
	for i := range samples {
		room := max(0, len(living)-size)
		from := 0
		if samples > 1 {
			from = room * i / (samples - 1)
		}
		if err := p.sample(ctx, &r, living[from:min(len(living), from+size)]); err != nil {
			return r, err
		}
		if room == 0 { // this was everything
			break
		}
	}
	return r, nil
}

// sample compares all pairs of a list in canonical order.
func (p *patient) sample(ctx context.Context, r *recall, list []uint32) error {
	j := p.o.Engine.NewJudge()
	list, err := p.readable(ctx, j, list)
	if err != nil {
		return err
	}
	clusters := make([]int64, len(list))
	for i, seq := range list {
		part, err := p.o.Engine.Store().Part(ctx, seq)
		if err != nil {
			return err
		}
		clusters[i] = part.Cluster
	}
	r.articles += len(list)
	for at, b := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := j.Load(ctx, b); err != nil {
			return err
		}
		var links map[uint32]bool // read when they are needed
		for i, a := range list[:at] {
			if !p.o.Engine.InWindow(a, b) {
				continue
			}
			v, err := j.Verdict(ctx, a)
			if err != nil {
				return err
			}
			if !v.Linked() {
				continue
			}
			r.copies++
			found := clusters[i] != 0 && clusters[i] == clusters[at]
			if !found {
				if links == nil {
					if links, err = p.linksOf(ctx, b); err != nil {
						return err
					}
				}
				found = links[a]
			}
			switch {
			case found:
				r.together++
			case len(r.missed) < maxExamples:
				r.missed = append(r.missed, [2]uint32{a, b})
			}
		}
	}
	return nil
}

// readable returns the articles of a list whose text can be read.
func (p *patient) readable(ctx context.Context, j *engine.Judge, list []uint32) ([]uint32, error) {
	out := make([]uint32, 0, len(list))
	for _, seq := range list {
		_, err := j.Text(ctx, seq)
		if storage.IsDamage(err) {
			if err := p.o.Engine.Store().Tell(ctx, err); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, seq)
	}
	return out, nil
}

// linksOf returns the earlier articles that the stored links of one are with.
func (p *patient) linksOf(ctx context.Context, seq uint32) (map[uint32]bool, error) {
	links := map[uint32]bool{}
	return links, p.o.Engine.Store().PairsIn(ctx, seq, seq+1, func(p storage.PairRow) error {
		if p.Verdict.Linked() {
			links[p.A] = true
		}
		return nil
	})
}

// tied compares an article with others and returns how many of them are copies
// of it by the thresholds in force.
func (p *patient) tied(ctx context.Context, seq uint32, others []uint32) (n int, err error) {
	j := p.o.Engine.NewJudge()
	others, err = p.readable(ctx, j, others)
	if err != nil {
		return 0, err
	}
	for _, other := range others {
		a, b, err := p.o.Engine.InOrder(seq, other)
		if err != nil {
			return n, err
		}
		if err := j.Load(ctx, b); err != nil {
			return n, err
		}
		v, err := j.Verdict(ctx, a)
		if err != nil {
			return n, err
		}
		if v.Linked() {
			n++
		}
	}
	return n, nil
}
