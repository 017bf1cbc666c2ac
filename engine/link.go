package engine

import (
	"cmp"
	"context"
	"sync"

	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/storage"
)

// judgement is what came of comparing one article with those before it.
type judgement struct {
	seq   uint32
	pairs []storage.PairRow // with the candidates, this article as B
	words int               // left to compare
	lost  bool              // its text cannot be read: its pairs stay
}

// link compares articles with their candidates and replaces their stored pairs.
func (e *Engine) link(ctx context.Context, b *storage.Batch, seqs []uint32, found found) error {
	seqs = e.living(seqs)
	judged := make([]judgement, len(seqs))
	var had map[uint32][]storage.PairRow
	var sizes map[uint32]int
	var stored [2]error
	var wg sync.WaitGroup
	wg.Go(func() { had, stored[0] = e.pairsOf(ctx, seqs) })
	wg.Go(func() { sizes, stored[1] = e.store.Sizes(ctx, seqs) })
	err := e.judgeAll(ctx, seqs, judged, found)
	wg.Wait()
	if err = cmp.Or(err, stored[0], stored[1]); err != nil {
		return err
	}
	n := 0
	for i := range judged {
		n += len(judged[i].pairs)
	}
	b.Pairs = make([]storage.PairRow, 0, n)
	for _, j := range judged {
		if j.lost {
			continue
		}
		for _, p := range had[j.seq] { // with whom is not judged any more
			if p.A != 0 && e.place(p.A).Frozen {
				j.pairs = append(j.pairs, p)
			}
		}
		e.counts.anew++
		e.sum.Compared += len(j.pairs)
		e.replace(b, j.seq, had[j.seq], j.pairs)
		state := e.state(j.words)
		if state == storage.TooShort && j.seq >= e.began.Seq {
			e.sum.TooShort++
		}
		if sizes[j.seq] != j.words {
			b.Resized = append(b.Resized, storage.Resize{Seq: j.seq, Words: j.words, State: state})
		}
	}
	return nil
}

// judgeAll compares articles with their candidates, but for what was given.
func (e *Engine) judgeAll(ctx context.Context, seqs []uint32, judged []judgement, found found) (err error) {
	var open []uint32
	if e.given != nil {
		if open, err = e.given.judge(ctx, e, seqs, judged); err != nil {
			return err
		}
		if found, err = e.findFor(ctx, open, true, nil, false); err != nil {
			return err
		}
	}
	return e.each(len(seqs), func(w *worker, i int) (err error) {
		if e.given == nil || isIn(open, seqs[i]) {
			judged[i], err = e.judge(ctx, w, seqs[i], found)
		}
		return err
	})
}

// pairsOf returns the stored pairs of articles with earlier ones.
func (e *Engine) pairsOf(ctx context.Context, seqs []uint32) (map[uint32][]storage.PairRow, error) {
	pairs := map[uint32][]storage.PairRow{}
	for _, r := range ranges(seqs) {
		err := e.store.PairsIn(ctx, r[0], r[1], func(p storage.PairRow) error {
			pairs[p.B] = append(pairs[p.B], p)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return pairs, nil
}

// ranges covers articles, which are given in order, by ranges [from, to) in which at least
// one in eight is among them.
func ranges(seqs []uint32) (list [][2]uint32) {
	for _, seq := range seqs {
		if n := len(list); n > 0 && seq < list[n-1][1]+8 {
			list[n-1][1] = seq + 1
			continue
		}
		list = append(list, [2]uint32{seq, seq + 1})
	}
	return list
}

// replace enters the pairs of one article instead of those that it had. The other end of a
// link that goes is grouped anew; the article itself will be.
func (e *Engine) replace(b *storage.Batch, seq uint32, had, pairs []storage.PairRow) {
	before := make(map[uint32]bool, len(had))
	for i := range had {
		if had[i].Verdict.Linked() {
			before[had[i].A] = true
		}
	}
	if seq < e.began.Seq { // others are new and have none, also none that cannot be read
		b.Judged = append(b.Judged, seq)
	}
	b.Pairs = append(b.Pairs, pairs...)
	for i := range pairs {
		switch a := pairs[i].A; {
		case !pairs[i].Verdict.Linked():
		case before[a]:
			delete(before, a)
		default:
			e.sum.Linked++
		}
	}
	e.counts.unlinked += len(before)
	for _, a := range sortedKeys(before) {
		if a != 0 {
			b.Work.Enter(storage.Group, a)
		}
	}
}

// judge compares an article with its candidates, until enough of them are copies.
func (e *Engine) judge(ctx context.Context, w *worker, seq uint32, found found) (judgement, error) {
	return e.judgeAmong(ctx, w, seq, func() ranking { return e.best(seq, found.left(seq), w.count(seq, found), toLink) })
}

// leastMentioned is how much of a headline the other text mentions, for one of the two, where what a
// pair shares is too little for a copy: a rewrite tells what the headlines are about. Of 64,560
// comparisons of 20,000 articles a third is spared, and no link of any labelled set (decision 007);
// with 0.4 briefs lose two.
const leastMentioned = 0.3

// judgeAmong compares an article with these candidates, which are asked for when its text is read.
func (e *Engine) judgeAmong(ctx context.Context, w *worker, seq uint32, candidates func() ranking) (judgement, error) {
	j := judgement{seq: seq}
	t, err := e.text(ctx, w, seq)
	if storage.IsDamage(err) {
		j.lost = true
		return j, e.store.Tell(ctx, err)
	}
	if err != nil {
		return j, err
	}
	j.words = t.WordsLeft
	link := candidates()
	if len(link.list) == 0 {
		return j, nil
	}
	w.scale.Load(t)
	j.pairs = make([]storage.PairRow, 0, len(link.list))
	defer func() { e.against(j.pairs) }()
	settled := 0
	for i, other := range link.list {
		u, err := e.text(ctx, w, other)
		var v similarity.Verdict
		switch {
		case storage.IsDamage(err):
			kept, err := e.kept(ctx, other, seq, err)
			if err != nil {
				return j, err
			}
			j.pairs = append(j.pairs, kept...)
			if len(kept) > 0 {
				v = kept[0].Verdict
			}
		case err != nil:
			return j, err
		case i >= link.likely && w.scale.Mentioned(u) < leastMentioned:
			continue
		default:
			v = e.verdict(w, other, seq, u)
			j.pairs = append(j.pairs, storage.PairRow{A: other, B: seq, Verdict: v})
		}
		if settles(v) {
			if settled++; settled == e.opt.Candidates.Links {
				break
			}
		}
	}
	return j, nil
}

// against judges the pairs of one article beside each other: what other stories have of it
// too says little of any one.
func (e *Engine) against(pairs []storage.PairRow) {
	order, containment := elsewhere(pairs)
	for i, p := range pairs {
		if p.Damaged == nil {
			v := e.beside(p.Verdict.Evidence, p.A, p.B, order, containment)
			pairs[i].Verdict, pairs[i].Figure = v, e.Thresholds(p.A, p.B).Figure(v)
		}
	}
}

// beside judges a pair of which the later article, b, stands so far in other stories too.
func (e *Engine) beside(ev similarity.Evidence, a, b uint32, order, containment float64) similarity.Verdict {
	ev.OrderElsewhere, ev.ContainmentElsewhere = order, containment
	return similarity.Decide(ev, e.Thresholds(a, b))
}

func elsewhere(pairs []storage.PairRow) (order, containment float64) {
	list := make([]similarity.Evidence, 0, len(pairs))
	for _, p := range pairs {
		if p.Damaged == nil {
			list = append(list, p.Verdict.Evidence)
		}
	}
	return similarity.Elsewhere(list)
}

// elsewhere is what other stories have of an article: by its stored pairs, or by the
// candidates of a visitor.
func (e *Engine) elsewhere(ctx context.Context, w *worker, b uint32) (order, containment float64, err error) {
	var pairs []storage.PairRow
	if _, visits := e.visitor(b); visits {
		found, err := e.findFor(ctx, []uint32{b}, true, e.visit.fresh, false)
		if err != nil {
			return 0, 0, err
		}
		j, err := e.judge(ctx, w, b, found)
		if err != nil {
			return 0, 0, err
		}
		pairs = j.pairs
	} else {
		err := e.store.PairsIn(ctx, b, b+1, func(p storage.PairRow) error {
			pairs = append(pairs, p)
			return nil
		})
		if err != nil {
			return 0, 0, err
		}
	}
	order, containment = elsewhere(pairs)
	return order, containment, nil
}

// settles reports whether a link counts among those after which no more candidates
// are looked at. A rewrite does not: it may be of another article's words, and the
// text itself be still to come. Nor does an excerpt that is less than half of the article, B, which may
// hold others.
func settles(v similarity.Verdict) bool {
	return v.Linked() && v.Kind != similarity.Rewrite && (v.Kind != similarity.Excerpt || 2*v.Evidence.ContainmentB >= 1)
}

// verdict judges a pair of which the later article, b, is on the scale.
func (e *Engine) verdict(w *worker, a, b uint32, ta *similarity.Text) similarity.Verdict {
	ev := w.scale.Measure(ta).Swap()
	e.context(&ev, a, b)
	return similarity.Decide(ev, e.Thresholds(a, b))
}

// context adds to the evidence what is not in the texts. a stands before b.
func (e *Engine) context(ev *similarity.Evidence, a, b uint32) {
	pa, pb := e.place(a), e.place(b)
	if pa.Date != candidate.Undated && pb.Date != candidate.Undated {
		ev.Days = similarity.DaysBetween(pa.Date, pb.Date)
	}
	ev.SameOutlet = e.sameOutlet(a, b)
}

func (e *Engine) sameOutlet(a, b uint32) bool {
	o := e.place(a).Outlet
	return o != 0 && o == e.place(b).Outlet
}

// state is that of an article with so many words left.
func (e *Engine) state(words int) storage.State {
	if words < e.opt.Thresholds.MinWords {
		return storage.TooShort
	}
	return storage.Compared
}

// decide judges articles' pairs by their stored figures, where the settings alone have
// changed. An article enters at link instead where the figures do not suffice: one cannot
// be read, or the list of candidates was or would be cut short elsewhere, because other
// pairs are copies now.
func (e *Engine) decide(ctx context.Context, b *storage.Batch, seqs []uint32, _ found) error {
	had, err := e.pairsOf(ctx, seqs)
	if err != nil {
		return err
	}
	for _, seq := range seqs {
		was := had[seq]
		if len(was) == 0 || e.place(seq).Dead {
			continue
		}
		e.counts.pairs += len(was)
		now, suffices := e.redecide(was)
		if !suffices {
			b.Work.Enter(storage.Link, seq)
		} else if now != nil {
			e.replace(b, seq, was, now)
		}
	}
	return nil
}

// redecide judges the pairs of one article by their figures. It returns nil where no
// verdict is another one, nor what one was decided by.
func (e *Engine) redecide(was []storage.PairRow) (now []storage.PairRow, suffices bool) {
	now = make([]storage.PairRow, len(was))
	changed, turned := false, false
	settled := [2]int{} // before, now
	for i, p := range was {
		if p.Damaged != nil || !e.before(p.A, p.B) {
			return nil, false
		}
		t := e.Thresholds(p.A, p.B)
		v := similarity.Decide(p.Verdict.Evidence, t)
		f := t.Figure(v)
		changed = changed || v.Kind != p.Verdict.Kind || f != p.Figure
		before := settles(p.Verdict) || p.Verdict.Veto == similarity.Common // by itself, perhaps
		after := settles(e.beside(p.Verdict.Evidence, p.A, p.B, 0, 0))
		for at, x := range [2]bool{before, after} {
			if x {
				settled[at]++
			}
		}
		turned = turned || before != after
		now[i] = storage.PairRow{A: p.A, B: p.B, Verdict: v, Figure: f}
	}
	if turned && max(settled[0], settled[1]) >= e.opt.Candidates.Links {
		return nil, false
	}
	if !changed {
		return nil, true
	}
	return now, true
}
