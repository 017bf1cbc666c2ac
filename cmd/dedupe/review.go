package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dedupe/config"
	"dedupe/engine"
	"dedupe/explain"
	"dedupe/report"
	"dedupe/review"
	"dedupe/storage"
	"dedupe/terminal"
)

// reviewOptions are the flags of dedupe review.
type reviewOptions struct {
	limit, lines int
	fit          bool // as many lines as the terminal has, instead of lines
	note, file   string
	skipped      bool
	cluster      string
}

// reviewKeys explains the keys.
const reviewKeys = `  s  same        they are copies of one story
  d  different   they are not
  k  skip        ask again when all others are decided
  m  more        the next lines of both texts
  u  undo        take back the last answer of this session
  ?  help        explain the keys
  q  quit        what was decided is stored
Text that both have is marked ⟦so⟧.
`

func newReview(a *app) *cobra.Command {
	var o reviewOptions
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Decide the uncertain pairs, one key each",
		Long: `Review shows two articles side by side, what they share marked, and asks whether they are copies of one story. The
pairs come in the order in which a word helps most: how uncertain the verdict is (near a threshold, links the clusters
do not follow, lone links between two groups, templates, headlines not mentioned, quotes), times how many articles
follow it. What an answer changed is printed above the next pair.

` + reviewKeys + `
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
			o.fit = a.terminal && !cmd.Flags().Changed("lines")
			return a.job.Write(cmd.Context(), func(store *storage.Store) error { return a.review(cmd.Context(), store, o) })
		},
	}
	cmd.Flags().IntVar(&o.limit, "limit", 50, "pairs to ask about")
	cmd.Flags().IntVar(&o.lines, "lines", 16, "lines of each text to show; 0 is all; on a terminal, if not given, as many as fit")
	cmd.Flags().StringVar(&o.file, "pairs", "", "ask about the pairs of this `file` instead: CSV or JSON lines with article_a and article_b")
	cmd.Flags().BoolVar(&o.skipped, "skipped", false, "ask about the pairs that were skipped, in this session or earlier ones")
	cmd.Flags().StringVar(&o.cluster, "cluster", "", "ask about pairs with an article of this cluster alone, by its `number` or an article of it")
	cmd.Flags().StringVar(&o.note, "note", "", "a note on each decision of this session")
	return cmd
}

func (a *app) review(ctx context.Context, store *storage.Store, o reviewOptions) error {
	if err := a.job.Basis(store).CheckShown(ctx); err != nil {
		return err
	}
	if err := a.job.NoteUpdating(ctx, store); err != nil {
		return err
	}
	eng, err := a.job.Engine(ctx, store)
	if err != nil {
		return err
	}
	a.progress.End()
	s := &session{app: a, store: store, engine: eng, reviewOptions: o, keys: terminal.NewKeys(a.stdin, func() { os.Exit(exitFailed) }), screen: a.stdout}
	if a.settings().Output.JSON {
		s.screen = bufio.NewWriter(a.stderr)
	}
	rejects, err := s.find(ctx)
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
	engine *engine.Engine // for comparing; it knows nothing of this session's decisions
	keys   *terminal.Keys
	pairs  []review.Pair
	screen *bufio.Writer // for what is shown and asked

	said bytes.Buffer // what came of the last answer, which stands above the next pair
	part int          // of the texts that is shown
	done []answered
	run  int64 // of this session's decisions; 0: none yet
	out  report.Reviewed
}

// answered is a decision of this session, or a pair that was skipped.
type answered struct {
	at     int   // in pairs
	ruling int64 // of a decision
	same   bool
	skip   *storage.Skip
}

// find finds the pairs to ask about: those of a file, such as a sample drawn for labelling, of
// which it returns the records that are none; or uncertain ones.
func (s *session) find(ctx context.Context) (rejects []report.Reject, err error) {
	view, err := s.store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	if s.file == "" {
		s.pairs, s.out.Earlier, err = review.Ask{Limit: s.limit, Skipped: s.skipped, Cluster: s.cluster}.Find(ctx, s.engine, view)
		return nil, err
	}
	file, err := os.Open(s.file)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	given, rejects, err := report.ReadPairs(file, s.file)
	if err != nil {
		return nil, err
	}
	pairs, others, err := report.AskedPairs(ctx, view, given[:min(len(given), s.limit)], s.file)
	s.pairs = pairs
	return append(rejects, others...), err
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
		next, err := s.answer(ctx, i, x, y)
		if err != nil {
			return err
		}
		if next < 0 {
			break
		}
		if next != i {
			s.part = 0
		}
		i = next
	}
	_, err := s.said.WriteTo(s.screen)
	return err
}

// clearScreen empties a terminal and goes to its upper left corner (ECMA-48, ED and CUP).
const clearScreen = "\x1b[2J\x1b[H"

// show prints a pair, unless meanwhile there is nothing to ask.
func (s *session) show(ctx context.Context, i int) (shown bool, a, b storage.Article, err error) {
	pair := s.pairs[i]
	view, err := s.store.View(ctx)
	if err != nil {
		return false, a, b, err
	}
	defer view.Close()
	open, a, b, err := pair.Open(ctx, view)
	if err != nil || !open {
		return false, a, b, err
	}
	e, err := explain.New(s.engine, view, explain.Options{}).StoredPair(ctx, a, b)
	if err != nil {
		return false, a, b, err
	}
	e.Texts()
	height := 0
	if s.fit {
		const prompt = 2 // lines
		height = max(1, terminal.Lines()-prompt-bytes.Count(s.said.Bytes(), []byte("\n")))
		fmt.Fprintf(s.screen, "%s%s", clearScreen, s.said.Bytes())
	} else if _, err := s.said.WriteTo(s.screen); err != nil {
		return false, a, b, err
	}
	return true, a, b, report.Write(s.screen, &report.Question{
		Number: i + 1, Of: len(s.pairs), A: e.A, B: e.B, Kind: e.Kind, Verdict: e.Verdict, Why: pair.Why(),
		TextA: e.TextA, TextB: e.TextB, Lines: s.lines, Height: height, Part: s.part,
	}, report.Options{Color: s.color() && s.screen == s.stdout, Width: s.width()})
}

// answer acts on a key and returns the next pair to show, or -1 to quit.
func (s *session) answer(ctx context.Context, i int, x, y storage.Article) (next int, err error) {
	for {
		key, err := s.ask(ctx)
		if err != nil {
			return 0, err
		}
		if strings.IndexByte("m?", key) < 0 && key != terminal.Resized {
			s.said.Reset()
		}
		switch key {
		case 's', 'd':
			d := storage.NewDecision(x.Key, y.Key, key == 's', s.now(), s.note)
			out, err := s.rule(ctx, func(*storage.View) (engine.Ruling, error) {
				return engine.Ruling{Decide: []storage.Decision{d}}, nil
			})
			if contradicted := list(nil); errors.As(err, &contradicted) {
				fmt.Fprintf(s.screen, "%v\n\n", contradicted)
				continue
			}
			if err != nil {
				return 0, err
			}
			s.count(d.Same, 1)
			s.done = append(s.done, answered{at: i, ruling: out.Ruling, same: d.Same})
			return i + 1, s.say(out)
		case 'k', ' ', '\r', '\n':
			skip := storage.NewSkip(x.Key, y.Key, s.now())
			if err := s.store.Skip(ctx, skip, false); err != nil {
				return 0, err
			}
			s.out.Skipped++
			s.done = append(s.done, answered{at: i, skip: &skip})
			return i + 1, nil
		case 'm':
			s.part++
			return i, nil
		case terminal.Resized:
			return i, nil
		case 'u':
			if len(s.done) == 0 {
				fmt.Fprint(s.screen, "nothing was answered in this session; dedupe undo takes back what was decided earlier\n\n")
				continue
			}
			last := s.done[len(s.done)-1]
			s.done = s.done[:len(s.done)-1]
			return last.at, s.takeBack(ctx, last)
		case terminal.Quit:
			s.out.Left = len(s.pairs) - i
			return -1, nil
		case '?':
			fmt.Fprint(s.screen, reviewKeys+"\n")
		default:
			fmt.Fprint(s.screen, "no such key; ? explains them\n\n")
		}
	}
}

// ask waits for a key.
func (s *session) ask(ctx context.Context) (byte, error) {
	prompt := "same (s), different (d), skip (k), more (m), undo (u), quit (q), help (?)? "
	for _, shorter := range [...]string{"s same, d different, k skip, m more, u undo, q quit, ? help: ", "s d k m u q, or ? for help: "} {
		if w := s.width(); w > 0 && w < len(prompt)+len("different") {
			prompt = shorter
		}
	}
	fmt.Fprint(s.screen, prompt)
	if err := s.screen.Flush(); err != nil {
		return 0, err
	}
	key, err := s.keys.Next(ctx)
	if err == nil {
		fmt.Fprintf(s.screen, "%s\n\n", keyName(key))
	}
	return key, err
}

// say keeps what came of a key until the next pair is shown.
func (s *session) say(out *report.Ruled) error {
	out.Ruling = 0 // here a key takes it back
	if err := report.Write(&s.said, out, report.Options{Color: s.color() && s.screen == s.stdout, Width: s.width()}); err != nil {
		return err
	}
	return s.said.WriteByte('\n')
}

func (s *session) takeBack(ctx context.Context, last answered) error {
	if last.skip != nil {
		s.out.Skipped--
		return s.store.Skip(ctx, *last.skip, true)
	}
	out, err := s.rule(ctx, func(v *storage.View) (engine.Ruling, error) { return review.Undo(ctx, v, last.ruling) })
	if err != nil {
		return err
	}
	s.count(last.same, -1)
	return s.say(out)
}

func (s *session) count(same bool, n int) {
	if same {
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
	case 'm':
		return "more"
	case terminal.Resized:
		return ""
	case terminal.Quit:
		return "quit"
	case 'k', ' ', '\r', '\n':
		return "skip"
	}
	return "?"
}

// rule stores a ruling, and says what it did.
func (s *session) rule(ctx context.Context, ruling func(*storage.View) (engine.Ruling, error)) (out *report.Ruled, err error) {
	lock, err := s.wait(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	// Anew each time: a run may have gone on since the last key.
	if err := s.store.Refresh(ctx); err != nil {
		return nil, err
	}
	if s.run == 0 {
		if s.run, err = s.store.BeginRun(ctx, "review", s.settings().Hash(config.Links), s.now()); err != nil {
			return nil, err
		}
	}
	return s.ruleIn(ctx, s.store, "review", func(v *storage.View) (engine.Ruling, error) {
		r, err := ruling(v)
		r.Run = s.run
		return r, err
	})
}

// wait takes the lock, and waits while a run holds it.
func (s *session) wait(ctx context.Context) (*storage.Lock, error) {
	for told := false; ; told = true {
		lock, err := s.job.Acquire("review")
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
