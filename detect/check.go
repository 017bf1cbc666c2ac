package detect

import (
	"cmp"
	"context"
	"math"
	"slices"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/storage"
)

// Sighted is what would become of an article that is not stored.
type Sighted struct {
	Key    article.Key
	Known  uint32            // the stored article that it is; 0: it is new
	Words  int               // left to compare
	Copies []storage.PairRow // A is stored, B is the article; the strongest link first
}

// Check looks an article up and compares it with its candidates as a run would,
// and stores nothing. Other than a run it also looks at stored articles that
// appeared later. It is not safe for concurrent use.
func (e *Engine) Check(ctx context.Context, a *article.Article) (Sighted, error) {
	in := *a
	in.Outlet = e.opt.Outlets.Name(a.Outlet, a.URL)
	var s Sighted
	var err error
	if s.Key, s.Known, err = e.Identify(ctx, &in); err != nil {
		return s, err
	}

	// For a while it stands among the stored ones, under the next number.
	seq, leave, err := e.Visit(ctx, a)
	defer leave()
	if err != nil {
		return s, err
	}
	w := e.newWorker()
	t, err := e.text(ctx, w, seq)
	if err != nil {
		return s, err
	}
	s.Words = t.WordsLeft
	own := e.place(seq)

	// An article is judged against those before it; from the end of its window
	// it sees those after it as well, the next ones from a step before that.
	dates := []int64{own.Date}
	if end := e.window.Seconds; end > 0 && own.Date < math.MaxInt64-end {
		dates = append(dates, own.Date+end-e.window.Step(), own.Date+end)
	} else if own.Date != candidate.Undated {
		dates = append(dates, candidate.Undated)
	}
	for _, date := range dates {
		e.move(seq, date)
		found, err := e.findFor(ctx, []uint32{seq}, e.visit.fresh, false)
		if err != nil {
			return s, err
		}
		j, err := e.judge(ctx, w, seq, found, false)
		if err != nil {
			return s, err
		}
		s.add(j.pairs)
	}
	slices.SortStableFunc(s.Copies, func(x, y storage.PairRow) int {
		return cmp.Or(cmp.Compare(y.Verdict.Strength(), x.Verdict.Strength()), cmp.Compare(x.A, y.A))
	})
	return s, nil
}

// add notes links with others than the article itself, each once.
func (s *Sighted) add(pairs []storage.PairRow) {
	for _, p := range pairs {
		twice := slices.ContainsFunc(s.Copies, func(q storage.PairRow) bool { return q.A == p.A })
		if p.Verdict.Linked() && p.A != s.Known && !twice {
			s.Copies = append(s.Copies, p)
		}
	}
}
