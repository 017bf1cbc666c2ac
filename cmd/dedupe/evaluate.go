package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"dedupe/basis"
	"dedupe/evaluate"
	"dedupe/quality"
	"dedupe/report"
	"dedupe/storage"
)

// evaluateOptions are the flags of dedupe evaluate.
type evaluateOptions struct {
	gold, pairs string
	decisions   bool
	worst       int
}

func newEvaluate(a *app) *cobra.Command {
	var o evaluateOptions
	cmd := &cobra.Command{
		Use:   "evaluate --gold FILE | --decisions",
		Short: "Say how right the stored clusters are, by a file of truth",
		Long: `Evaluate compares the stored clusters and links with the truth about some articles and prints how right they are.

The truth is a table with a header, as tab-separated values or CSV, or JSON lines ("-" is standard input):
  id, cluster [, kind]       articles with one cluster are copies of one story; an article may have several lines;
                             with tabs the header may be left out
  id1, id2, label [, kind]   pairs: copies (dup, partial, rewrite, copy, same, must-link), not copies (different,
                             distinct, same_event, cannot-link) or unclear
A cluster's article of kind "original" or "base" makes pairs with the others of its cluster. An article is called by
its id, or outlet:id, or its URL, a page dump by its path from the truth's folder. Only articles of the truth count;
one that is not stored counts as alone.

With --decisions the truth is what people decided on pairs. Clusters follow decisions, so those are judged that the
stored links alone would make: it says how often dedupe would have been right by itself.

Figures, 0 to 1:
  pairwise    Of the pairs of articles found in one cluster, the share that is of one story (precision); of the pairs
              of one story, the share found in one cluster (recall); F1, their harmonic mean.
  B-cubed     The same for each article, of the cluster and of the story it is in, averaged over articles
              (Bagga and Baldwin 1998; Amigo et al. 2009).
  adjusted    Agreement of all pairs, corrected for chance: 0 is chance, 1 is equal (Hubert and Arabie 1985).
  Rand
  links       Of the links between two of these articles, the share between articles of one story.
  candidates  Of the pairs of one story, or labelled copies, the share found together or at least compared: the rest
              was missed by the search for candidates, not by a threshold.
  labelled    Of the labelled pairs found, the share that are copies (precision); of the copies, the share found
              (recall). Found is: in one cluster, or linked.
Articles that share any of their stories are of one story. Precision is 1 where nothing is found together, recall 1
where nothing belongs together.

The intervals hold 95 %: of clusters from 1,000 draws of whole stories (bootstrap percentiles; Efron 1979), of links
and pairs from the number of them (Wilson 1927).
` + exitCodes,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runEvaluate(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.gold, "gold", "", "the `file` of truth, clusters or pairs")
	f.StringVar(&o.pairs, "pairs", "", "one more `file` of truth")
	f.BoolVar(&o.decisions, "decisions", false, "take what people decided for the truth")
	f.IntVar(&o.worst, "worst", 5, "print so many of the worst errors of each sort")
	return cmd
}

func runEvaluate(ctx context.Context, a *app, o evaluateOptions) error {
	switch {
	case o.gold == "" && !o.decisions:
		return usagef("evaluate: which truth? give --gold FILE or --decisions")
	case o.decisions && (o.gold != "" || o.pairs != ""):
		return usagef("evaluate: --decisions or a file of truth, not both")
	case o.worst < 0:
		return usagef("--worst: %d is not allowed; want a number from 0", o.worst)
	}
	show := func(e *quality.Evaluation, err error) error {
		if err != nil {
			return a.undecided(err)
		}
		return a.print(report.Evaluation{Evaluation: e})
	}
	if o.decisions {
		return a.readEvidence(ctx, func(_ *storage.Store, v *storage.View, e *quality.Evidence) error {
			return show(e.EvaluateDecisions(ctx, v, o.worst))
		})
	}
	return a.job.Read(ctx, func(v *storage.View) error {
		gold, rejects, err := a.truth(ctx, v, o.gold, o.pairs)
		if err != nil {
			return err
		}
		e, err := quality.Evaluate(ctx, v, gold, o.gold, o.worst)
		if err == nil && e.Stored == 0 {
			err = a.errNoneStored(gold, o.gold)
		}
		if err := show(e, err); err != nil {
			return err
		}
		return a.listGiven(rejects)
	})
}

// errNoneStored says that no article of a truth is stored.
func (a *app) errNoneStored(gold *evaluate.Gold, path string) error {
	return fmt.Errorf("none of the %d articles of %s is stored in %s: name them by id, outlet:id or URL, page dumps by their path from its folder",
		len(gold.Articles()), path, a.settings().Database.Path)
}

// undecided says of a database without decisions how to come by some.
func (a *app) undecided(err error) error {
	if errors.Is(err, quality.ErrUndecided) {
		return fmt.Errorf("nobody has decided on articles of %s yet: dedupe tune --sample draws pairs to decide", a.settings().Database.Path)
	}
	return err
}

// truth reads files of truth. It returns the lines that are too long to be read.
func (a *app) truth(ctx context.Context, v *storage.View, paths ...string) (*evaluate.Gold, []report.Reject, error) {
	outlets, err := a.settings().Outlets.Table()
	if err != nil {
		return nil, nil, err
	}
	gold, files, err := quality.ReadTruth(ctx, v, a.job.Input(), outlets, a.stdin, paths...)
	var rejects []report.Reject
	for _, f := range files {
		rejects = append(rejects, report.NewRejects(f)...)
	}
	return gold, rejects, err
}

// readEvidence opens the database for reading and gives f its evidence.
func (a *app) readEvidence(ctx context.Context, f func(*storage.Store, *storage.View, *quality.Evidence) error) error {
	opt, err := basis.Engine(a.settings())
	if err != nil {
		return err
	}
	return a.job.ReadStore(ctx, func(store *storage.Store, view *storage.View) error {
		e, err := quality.Load(ctx, store, view, opt.Overrides, func(done, total int) {
			a.progress.At("reading the pairs", "articles", done, total)
		})
		if err != nil {
			return err
		}
		a.progress.At("scoring", "", 0, 0)
		return f(store, view, e)
	})
}
