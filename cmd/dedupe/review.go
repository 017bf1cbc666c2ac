package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"dedupe/config"
	"dedupe/detect"
	"dedupe/report"
	"dedupe/review"
	"dedupe/storage"
)

// reviewOptions are the flags of dedupe review.
type reviewOptions struct {
	limit, lines int
	note, file   string
	skipped      bool
	cluster      string
}

func newReview(a *app) *cobra.Command {
	var o reviewOptions
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Decide the uncertain pairs, one key each",
		Long: `Review shows two articles side by side, what they share marked, and asks whether they are copies of one story. The
pairs come in the order in which a word helps most: how uncertain the verdict is (near a threshold, links the clusters
do not follow, lone links between two groups, templates, headlines that the body does not mention, quotes), times how many articles follow it.

  s  same        they are copies of one story
  d  different   they are not
  k  skip        ask about it again when all others are decided, or by --skipped
  u  undo        take the last answer of this session back
  q  quit

Each decision is stored at its key and outranks every verdict from then on; "dedupe label list" shows all. What
follows from decisions is not asked. Where standard input is no terminal, each line is one key. With --json what is
shown and asked goes to standard error, and standard output is one JSON document, of what came of it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.limit < 1 || o.limit > 100_000 {
				return usagef("--limit: want 1 to 100000")
			}
			if o.lines < 0 {
				return usagef("--lines: want 0 or more")
			}
			if err := checkNote(o.note); err != nil {
				return err
			}
			return a.write(cmd.Context(), func(store *storage.Store) error { return a.review(cmd.Context(), store, o) })
		},
	}
	cmd.Flags().IntVar(&o.limit, "limit", 50, "pairs to ask about")
	cmd.Flags().IntVar(&o.lines, "lines", 16, "lines of each text to show; 0 is all")
	cmd.Flags().StringVar(&o.file, "pairs", "", "ask about the pairs of this `file` instead: CSV or JSON lines with article_a and article_b")
	cmd.Flags().BoolVar(&o.skipped, "skipped", false, "ask about the pairs that were skipped, in this session or earlier ones")
	cmd.Flags().StringVar(&o.cluster, "cluster", "", "ask about pairs with an article of this cluster alone, by its `number` or an article of it")
	cmd.Flags().StringVar(&o.note, "note", "", "a note on each decision of this session")
	return cmd
}

func (a *app) review(ctx context.Context, store *storage.Store, o reviewOptions) error {
	if err := a.basis(store).CheckShown(ctx); err != nil {
		return err
	}
	if err := a.noteUpdating(ctx, store); err != nil {
		return err
	}
	engine, err := a.engine(ctx, store)
	if err != nil {
		return err
	}
	a.progress.end()
	s := &session{app: a, store: store, engine: engine, reviewOptions: o, keys: newKeys(a.stdin), screen: a.stdout}
	if a.settings().Output.JSON {
		s.screen = bufio.NewWriter(a.stderr)
	}
	var rejects []report.Reject
	if o.file != "" {
		s.pairs, rejects, err = a.askedPairs(ctx, store, o.file, o.limit)
	} else {
		s.pairs, err = s.uncertain(ctx)
	}
	if err != nil {
		return err
	}
	if err := s.walk(ctx); err != nil {
		return err
	}
	if err := s.screen.Flush(); err != nil {
		return err
	}
	if s.run != 0 {
		if err := store.EndRun(ctx, s.run, []byte("{}"), a.now()); err != nil {
			return err
		}
	}
	if err := a.print(&s.out); err != nil {
		return err
	}
	return a.listGiven(rejects)
}

// session is one person's walk through uncertain pairs.
type session struct {
	*app
	reviewOptions
	store  *storage.Store
	engine *detect.Engine // for comparing; it knows nothing of this session's decisions
	keys   *keys
	pairs  []review.Pair
	screen *bufio.Writer // for what is shown and asked

	done []answered
	run  int64 // of this session's decisions; 0: none yet
	out  report.Reviewed
}

// answered is a decision of this session, or a pair that was skipped.
type answered struct {
	at       int // in pairs
	decision storage.Decision
	skip     *storage.Skip
}

// walk asks about one pair after the other.
func (s *session) walk(ctx context.Context) error {
	for i := 0; i < len(s.pairs); {
		shown, x, y, err := s.show(ctx, i)
		if err != nil {
			return err
		}
		if !shown {
			i++
			continue
		}
		i, err = s.answer(ctx, i, x, y)
		if err != nil {
			return err
		}
		if i < 0 {
			return nil
		}
	}
	return nil
}

// answer acts on a key and returns the next pair to show, or -1 to quit.
func (s *session) answer(ctx context.Context, i int, x, y storage.Article) (next int, err error) {
	for {
		fmt.Fprint(s.screen, "same (s), different (d), skip (k), undo (u) or quit (q)? ")
		if err := s.screen.Flush(); err != nil {
			return 0, err
		}
		key, err := s.keys.next(ctx)
		if err != nil {
			return 0, err
		}
		fmt.Fprintf(s.screen, "%s\n\n", keyName(key))
		switch key {
		case 's', 'd':
			d := storage.NewDecision(x.Key, y.Key, key == 's', s.now(), s.note)
			refused, err := s.rule(ctx, detect.Ruling{Decide: []storage.Decision{d}})
			if err != nil {
				return 0, err
			}
			if refused != nil {
				fmt.Fprintf(s.screen, "%v\n\n", refused)
				continue
			}
			s.count(d, 1)
			s.done = append(s.done, answered{at: i, decision: d})
			return i + 1, nil
		case 'k', ' ', '\r', '\n':
			skip := storage.NewSkip(x.Key, y.Key, s.now())
			if err := s.store.Skip(ctx, skip, false); err != nil {
				return 0, err
			}
			s.out.Skipped++
			s.done = append(s.done, answered{at: i, skip: &skip})
			return i + 1, nil
		case 'u':
			if len(s.done) == 0 {
				fmt.Fprint(s.screen, "nothing was answered in this session\n\n")
				continue
			}
			last := s.done[len(s.done)-1]
			if err := s.takeBack(ctx, last); err != nil {
				return 0, err
			}
			s.done = s.done[:len(s.done)-1]
			return last.at, nil
		case quit:
			s.out.Left = len(s.pairs) - i
			return -1, nil
		}
	}
}

func (s *session) takeBack(ctx context.Context, last answered) error {
	if last.skip != nil {
		s.out.Skipped--
		return s.store.Skip(ctx, *last.skip, true)
	}
	s.count(last.decision, -1)
	_, err := s.rule(ctx, detect.Ruling{Retract: []storage.Decision{last.decision}})
	return err
}

func (s *session) count(d storage.Decision, n int) {
	if d.Same {
		s.out.Same += n
	} else {
		s.out.Different += n
	}
}

func keyName(key byte) string {
	switch key {
	case 's':
		return report.Same
	case 'd':
		return report.Different
	case 'u':
		return "undo"
	case quit:
		return "quit"
	case 'k', ' ', '\r', '\n':
		return "skip"
	}
	return "?"
}

// rule stores a decision. refused is what other decisions it contradicts.
func (s *session) rule(ctx context.Context, r detect.Ruling) (refused, err error) {
	lock, err := s.wait(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	// Anew each time: a run may have gone on since the last key.
	if err := s.store.Refresh(ctx); err != nil {
		return nil, err
	}
	engine, err := s.app.engine(ctx, s.store)
	if err != nil {
		return nil, err
	}
	r.Run = s.run
	if r.Run == 0 {
		if r.Run, err = s.store.BeginRun(ctx, "review", s.settings().Hash(config.Links), s.now()); err != nil {
			return nil, err
		}
		s.run = r.Run
	}
	view, err := s.store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	out, err := review.Rule(ctx, engine, "review", "", r)
	if contradicted := new(review.ContradictionError); errors.As(err, &contradicted) {
		return explainContradictions(ctx, view, contradicted), nil
	}
	if err != nil {
		return nil, err
	}
	return nil, s.warnUnmet(ctx, view, out.Unmet)
}

// wait takes the lock, and waits while a run holds it.
func (s *session) wait(ctx context.Context) (*storage.Lock, error) {
	for told := false; ; told = true {
		lock, err := acquire(s.app, "review")
		if !errors.As(err, new(*storage.HeldError)) {
			return lock, err
		}
		if !told {
			s.log.Warn("a run is going on: the decision is stored when it ends")
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Second / 4):
		}
	}
}
