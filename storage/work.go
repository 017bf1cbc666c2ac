package storage

import (
	"context"
	"database/sql"
	"encoding/json"
)

// Step is what a run has to do next with an article. Articles go through the steps in
// their order; where one enters depends on what happened to it.
type Step uint8

// The steps. Their numbers are stored.
const (
	Reach  Step = iota // find the stored articles whose candidates it changes
	Learn              // learn which of its text is boilerplate
	Decide             // decide its pairs by the figures that are stored
	Link               // compare it with its candidates
	Group              // group it with what it is linked with
	Done               // it leaves the table
)

// Work is what a batch changes on the table of work: first all articles of the step From
// in [First, Last] go on to the step To, then those of Add enter. One that is on the table
// already stays at the earlier of its two steps.
type Work struct {
	From, To    Step
	First, Last uint32 // Last 0: nobody goes on
	Add         map[Step][]uint32
	All         Step // but for Reach: all current articles enter at it, before all else
}

// Enter lets articles enter at a step.
func (x *Work) Enter(step Step, articles ...uint32) {
	if x.Add == nil {
		x.Add = map[Step][]uint32{}
	}
	x.Add[step] = append(x.Add[step], articles...)
}

// isStored leaves out articles that were lost.
const isStored = "EXISTS (SELECT 1 FROM article WHERE seq = work.article)"

// WorkAt returns the articles at a step with numbers above the given one, ascending, at
// most limit of them.
func (s *Store) WorkAt(ctx context.Context, step Step, above uint32, limit int) ([]uint32, error) {
	return s.numbers(ctx, "read work", "SELECT article FROM work WHERE step = ? AND article > ? AND "+isStored+" ORDER BY article LIMIT ?", step, above, limit)
}

// WorkLeft counts the articles at each step.
func (s *Store) WorkLeft(ctx context.Context) (left [Done]int, err error) {
	err = s.rows(ctx, "read work", func(rows *sql.Rows) error {
		var step, n int
		if err := rows.Scan(&step, &n); err != nil {
			return err
		}
		if 0 <= step && step < len(left) {
			left[step] = n
		}
		return nil
	}, "SELECT step, count(*) FROM work WHERE "+isStored+" GROUP BY step")
	return left, err
}

// Sizes returns how many words of articles, given in order, are left to compare by what is
// stored.
func (s *Store) Sizes(ctx context.Context, articles []uint32) (map[uint32]int, error) {
	sizes := make(map[uint32]int, len(articles))
	if len(articles) == 0 {
		return sizes, nil
	}
	list, _ := json.Marshal(articles) // plain numbers cannot fail
	err := s.rows(ctx, "read articles", func(rows *sql.Rows) error {
		var seq uint32
		var words int
		if err := rows.Scan(&seq, &words); err != nil {
			return err
		}
		sizes[seq] = words
		return nil
	}, "SELECT a.seq, a.words FROM json_each(?) n CROSS JOIN article a ON a.seq = n.value", string(list))
	return sizes, err
}

func (w *batchWriter) work(b *Batch) {
	x := &b.Work
	if len(b.Articles) > 0 {
		w.exec("INSERT INTO work (article, step) SELECT seq, ? FROM article WHERE seq BETWEEN ? AND ? AND current = 1 AND frozen = 0",
			Reach, b.Articles[0].Seq, b.Articles[len(b.Articles)-1].Seq)
	}
	const enter = " ON CONFLICT DO UPDATE SET step = min(step, excluded.step)"
	if x.All != Reach {
		w.exec("DELETE FROM work WHERE step NOT BETWEEN ? AND ? OR NOT EXISTS (SELECT 1 FROM article WHERE seq = work.article)", Reach, Done-1)
		w.exec("INSERT INTO work (article, step) SELECT seq, ? FROM article WHERE current = 1 AND frozen & 1 = 0"+enter, x.All)
	}
	switch {
	case x.Last == 0:
	case x.To == Done:
		w.exec("DELETE FROM work WHERE step = ? AND article BETWEEN ? AND ?", x.From, x.First, x.Last)
	default:
		w.exec("UPDATE work SET step = ? WHERE step = ? AND article BETWEEN ? AND ?", x.To, x.From, x.First, x.Last)
	}
	for _, seq := range b.Superseded { // others may be candidates in its place, if it ever was one
		w.exec("INSERT INTO work (article, step) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET step = iif(step = ?2, ?3, ?2)", seq, Reach, Done)
		w.exec("DELETE FROM work WHERE article = ? AND step = ?", seq, Done)
	}
	for step := Reach; step < Done; step++ {
		for _, seq := range x.Add[step] {
			w.exec("INSERT INTO work (article, step) VALUES (?, ?)"+enter, seq, step)
		}
	}
}

func checkWork(_ *View, r row) error {
	var article, step int64
	var stored bool
	switch err := r.Scan(&article, &step, &stored); {
	case err != nil:
		return unreadable("work", err, article)
	case step < 0 || step >= int64(Done):
		return damaged("work", "there is no such step", article)
	case !stored:
		return damaged("work", "its article is not stored", article)
	}
	return nil
}
