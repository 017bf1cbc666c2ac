package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dedupe/basis"
	"dedupe/config"
	"dedupe/plot"
	"dedupe/quality"
	"dedupe/report"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/tune"
)

// tuneOptions are the flags of dedupe tune.
type tuneOptions struct {
	gold, pairs string
	decisions   bool

	precision, measured float64 // of an aim; 0: not this aim
	margin              float64 // of one by measured figures
	f1                  bool

	thresholds []string
	examples   int
	sample     int
	seed       uint64
	plot       string
	write      bool
}

func newTune(a *app) *cobra.Command {
	var o tuneOptions
	cmd := &cobra.Command{
		Use:   "tune",
		Short: "Say what other thresholds would do, and propose some",
		Long: `Tune judges the stored pairs by other thresholds and prints what would come of it: links, clusters, how many of the
clusters there are now would change, and, by what is known of articles, precision and recall. Nothing is read again and
nothing stored. A threshold is swept while the others stay as they are.

What is known is a file of truth (--gold and --pairs, as "dedupe evaluate --help" has them) or what people decided
(--decisions). Scores are of the clusters that links alone make: decisions do not judge themselves. Reviewers are shown
uncertain pairs, so each decided pair counts for as many stored ones as there are for it among those whose figures are
as uncertain (poststratified estimates; Holt and Smith 1979).

  precision   of the pairs found in one cluster, the share that is of one story
  recall      of the pairs of one story, the share found in one cluster; labelled pairs are found when linked, too
  right       precision of a kind: of its links of which anything is known, those of one story
  found       recall of a kind: of the compared pairs of one story that no other kind links, those that it links

An aim asks for a proposal: the settings nearest to the present ones that serve it as well as any. Only the thresholds
that --thresholds names are changed.
  --target-precision P          the most recall where the 95 % lower bound of the precision is at least P
  --max-recall-at-precision P   the most recall where the measured precision is at least P
  --max-f1                      the greatest harmonic mean of precision and recall
Where labels are too few nothing is proposed, and tune says about how many more it needs: for --target-precision, so
many that the lower bound reaches P; for the other two, that it lies at most --margin below what is measured. The bound
is that of Wilson (1927), of as many trials as weights leave (Kish 1965). It is that of one setting; of the best of many
it is a little less.

What would change in the configuration file is shown as a diff; --write writes it, and all else of the file stays.
"dedupe recluster" applies it.

Where nothing is known it prints how the figures of the pairs are spread, and where the valley between copies and
others is, if there is one. --sample N prints N pairs to label, most of them where labels teach most:

  dedupe tune --sample 100 > sample.csv
  dedupe review --pairs sample.csv --limit 100
  dedupe tune --decisions --target-precision 0.98

Stored figures lack pairs that share too little to be compared, and of articles with many copies those that were not;
"dedupe recluster --dry-run" reads the texts of these.
` + exitCodes,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(cmd.Flags().Changed); err != nil {
				return err
			}
			return a.tune(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.gold, "gold", "", "score by this `file` of truth")
	f.StringVar(&o.pairs, "pairs", "", "one more `file` of truth")
	f.BoolVar(&o.decisions, "decisions", false, "score by what people decided")
	f.Float64Var(&o.precision, "target-precision", 0, "propose settings that surely reach this precision")
	f.Float64Var(&o.measured, "max-recall-at-precision", 0, "propose settings whose measured precision is this")
	f.BoolVar(&o.f1, "max-f1", false, "propose settings of the greatest F1")
	f.Float64Var(&o.margin, "margin", 0.1, "by how much precision may be less than measured, for the two aims by measured figures")
	f.StringSliceVar(&o.thresholds, "thresholds", []string{"excerpt", "rewrite", "near"}, "which to sweep, and no others are proposed; or all")
	f.IntVar(&o.examples, "examples", 5, "clusters to name that a proposal would merge, and split")
	f.IntVar(&o.sample, "sample", 0, "print so many pairs to label instead, as CSV")
	f.Uint64Var(&o.seed, "seed", 1, "of the sample: the same seed draws the same pairs")
	f.StringVar(&o.plot, "plot", "", "draw the curves into this `file`, SVG or PNG by its name")
	f.BoolVar(&o.write, "write", false, "put what is proposed into the configuration file")
	return cmd
}

// check says what is wrong with the flags.
func (o *tuneOptions) check(given func(flag string) bool) error {
	aims := 0
	for _, flag := range []string{"target-precision", "max-recall-at-precision"} {
		if !given(flag) {
			continue
		}
		aims++
		if p := o.precision + o.measured; !(p > 0 && p <= 1) {
			return usagef("--%s: want a number above 0, at most 1", flag)
		}
	}
	if o.f1 {
		aims++
	}
	known := o.decisions || o.gold != "" || o.pairs != ""
	switch {
	case o.decisions && (o.gold != "" || o.pairs != ""):
		return usagef("tune: --decisions or a file of truth, not both")
	case aims > 1:
		return usagef("tune: one aim at a time")
	case aims == 1 && !known:
		return usagef("tune: by what is the aim measured? give --gold FILE or --decisions; --sample draws pairs to label")
	case o.write && aims == 0:
		return usagef("--write: what is to be written? give an aim, such as --target-precision 0.98")
	case o.sample < 0 || o.sample > 100_000:
		return usagef("--sample: want 1 to 100000")
	case o.sample > 0 && (known || o.plot != "" || o.write):
		return usagef("--sample prints pairs and nothing else: leave the other flags out")
	case !(o.margin > 0 && o.margin <= 1):
		return usagef("--margin: want a number above 0, at most 1")
	case o.examples < 0:
		return usagef("--examples: want 0 or more")
	case o.plot != "" && !known:
		return usagef("--plot draws precision and recall: give --gold FILE or --decisions")
	}
	if o.plot != "" {
		if _, err := plot.Named(o.plot); err != nil {
			return usagef("--plot: %w", err)
		}
	}
	if _, err := tune.Named(o.thresholds, config.Present); err != nil {
		return usagef("--thresholds: %w", err)
	}
	return nil
}

// aim returns what is asked for, if anything is.
func (o *tuneOptions) aim() (aim tune.Aim, asked bool) {
	switch {
	case o.precision > 0:
		return tune.Aim{Goal: tune.SurePrecision, At: o.precision}, true
	case o.measured > 0:
		return tune.Aim{Goal: tune.MeasuredPrecision, At: o.measured, Margin: o.margin}, true
	}
	return tune.Aim{Goal: tune.BestF1, Margin: o.margin}, o.f1
}

func (a *app) tune(ctx context.Context, o tuneOptions) error {
	opt, err := basis.Engine(a.settings())
	if err != nil {
		return err
	}
	return a.readEvidence(ctx, func(store *storage.Store, view *storage.View, e *quality.Evidence) error {
		if err := a.checkEvidence(ctx, store); err != nil {
			return err
		}
		if o.sample == 0 {
			return a.tuneBy(ctx, view, e, opt.Thresholds, o)
		}
		format := report.CSV
		if a.settings().Output.JSON {
			format = report.JSONL
		}
		return report.WriteSample(a.written(), format, e.Sample(ctx, view, o.sample, opt.Thresholds, o.seed))
	})
}

// checkEvidence says so when stored figures are those of other settings than are
// in force, thresholds aside.
func (a *app) checkEvidence(ctx context.Context, store *storage.Store) error {
	if err := a.job.Basis(store).CheckTexts(ctx); err != nil {
		return err
	}
	changes, err := a.job.Basis(store).Changed(ctx, basis.Links)
	if err == nil && basis.NeedTexts(changes) {
		a.log.Warn("stored figures are those of other settings; dedupe recluster makes them anew", "changed", basis.Join(changes))
	}
	return err
}

func (a *app) tuneBy(ctx context.Context, view *storage.View, e *quality.Evidence, now similarity.Thresholds, o tuneOptions) (err error) {
	sweep := quality.Sweep{Now: now, Decisions: o.decisions, Name: cmp.Or(o.gold, o.pairs), Examples: o.examples,
		Progress: func(done int) { a.progress.At("judging by other settings", "settings", done, 0) }}
	if aim, asked := o.aim(); asked {
		sweep.Aim = &aim
	}
	if sweep.Thresholds, err = tune.Named(o.thresholds, config.Present); err != nil {
		return err
	}
	var rejects []report.Reject
	if sweep.Name != "" {
		if sweep.Gold, rejects, err = a.truth(ctx, view, o.gold, o.pairs); err != nil {
			return err
		}
	}
	t, err := e.Tune(ctx, view, sweep)
	switch {
	case err != nil:
		return a.undecided(err)
	case sweep.Gold != nil && t.Known == 0:
		return a.errNoneStored(sweep.Gold, sweep.Name)
	}
	if o.plot != "" {
		draw, err := plot.Named(o.plot)
		if err == nil {
			err = config.WriteFile(o.plot, func(w io.Writer) error { return draw(w, "Precision and recall by threshold", t.Charts()) })
		}
		if err != nil {
			return fmt.Errorf("draw curves into %s: %w", o.plot, err)
		}
	}
	if t.Proposal != nil && len(t.Proposal.Settings) > 0 && a.config.File != "" {
		if t.Proposal.Diff, err = config.Diff(a.config.File, changes(t.Proposal)); err != nil {
			return err
		}
	}
	if err := a.print(report.Tuning{Tuning: t}); err != nil {
		return err
	}
	if o.write {
		if err := a.writeProposal(t.Proposal); err != nil {
			return err
		}
	}
	return a.listGiven(rejects)
}

// writeProposal changes the configuration file.
func (a *app) writeProposal(p *quality.Proposal) error {
	switch {
	case p.Lack != nil:
		return errors.New("nothing was written: labels are too few")
	case !p.Reached:
		return errors.New("nothing was written: no settings reach the aim")
	case len(p.Settings) == 0:
		a.log.Info("nothing to write: the present settings serve the aim as well as any")
		return nil
	case a.config.File == "":
		return usagef("--write: there is no configuration file; begin one: dedupe config --defaults > config.yaml")
	}
	if err := config.Write(a.config.File, changes(p)); err != nil {
		return err
	}
	for _, s := range p.Settings {
		if from := a.config.Origin(s.Key); from.Kind == config.FromEnvironment || from.Kind == config.FromFlag {
			a.log.Warn("written, but something outranks the file", "setting", s.Key, "by", from.String())
		}
	}
	a.log.Info("written; judge the stored links by it: dedupe recluster", "file", a.config.File)
	return nil
}

// changes are the settings that a proposal would write.
func changes(p *quality.Proposal) (list []config.Change) {
	for _, s := range p.Settings {
		list = append(list, config.Change{Key: s.Key, Value: s.To})
	}
	return list
}
