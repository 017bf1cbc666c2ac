package detect

import (
	"context"
	"slices"

	"dedupe/candidate"
	"dedupe/storage"
)

// former returns the pairs of an article with earlier ones as they were judged last,
// or false where they are not at hand.
type former func(ctx context.Context, seq uint32) ([]storage.PairRow, bool, error)

// judgeHealed judges articles again in which other words are furniture now, those in
// held, and those that were compared with one of them.
//
// The candidates of the latter are what they were, for an article chooses them by its
// own furniture. So it is enough to judge the pairs with held ones, unless some of
// these begin to settle it or cease to: after enough that do no more candidates are
// compared.
func (e *Engine) judgeHealed(ctx context.Context, seqs, held []uint32, former former, fresh []candidate.Posting) ([]judgement, error) {
	judged := make([]judgement, len(seqs))
	measured := make([]int, len(seqs))
	err := e.each(len(seqs), func(w *worker, i int) (err error) {
		if !isIn(held, seqs[i]) {
			judged[i], measured[i], err = e.follow(ctx, w, seqs[i], held, former)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var anew []uint32
	for i, seq := range seqs {
		if e.sum.Compared += measured[i]; measured[i] == 0 {
			anew = append(anew, seq)
		}
	}
	anewJudged, err := e.judgeEach(ctx, anew, anew, nil, fresh, false)
	if err != nil {
		return nil, err
	}
	for i := range seqs {
		if measured[i] == 0 {
			judged[i], anewJudged = anewJudged[0], anewJudged[1:]
		}
	}
	return whole(judged), nil
}

// follow judges again the pairs of an article with held ones and others of whose words
// not as many are left as then, and returns how many these are: 0 when the article
// must be judged as a whole.
func (e *Engine) follow(ctx context.Context, w *worker, seq uint32, held []uint32, former former) (j judgement, n int, err error) {
	pairs, known, err := former(ctx, seq)
	if err != nil || !known {
		return j, 0, err
	}
	t, err := e.text(ctx, w, seq)
	if storage.IsDamage(err) {
		return j, 0, nil
	}
	if err != nil {
		return j, 0, err
	}
	w.scale.Load(t)
	pairs = slices.Clone(pairs)
	for i := range pairs {
		p := &pairs[i]
		u, err := e.text(ctx, w, p.A)
		if storage.IsDamage(err) {
			continue
		}
		if err != nil {
			return j, 0, err
		}
		was := &p.Verdict.Evidence
		if was.WordsB != t.WordsLeft || was.LeftB != t.Left {
			return j, 0, nil
		}
		if was.WordsA == u.WordsLeft && was.LeftA == u.Left && !isIn(held, p.A) {
			continue
		}
		v := e.verdict(w, p.A, seq, u)
		if settles(v) != settles(p.Verdict) {
			return j, 0, nil
		}
		p.Verdict = v
		n++
	}
	return judgement{seq: seq, pairs: pairs}, n, nil
}

// stored returns the pairs of an article from the store, where those of its last
// judgement are there.
func (e *Engine) stored(ctx context.Context, seq uint32) (pairs []storage.PairRow, known bool, err error) {
	if e.unstored != nil || isIn(e.flight[1].judged, seq) {
		return nil, false, nil
	}
	known = true
	err = e.store.PairsIn(ctx, seq, seq+1, func(p storage.PairRow) error {
		pairs = append(pairs, p)
		known = known && p.Damaged == nil
		return nil
	})
	return pairs, known, err
}
