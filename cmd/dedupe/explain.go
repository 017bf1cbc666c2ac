package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"dedupe/article"
	"dedupe/basis"
	"dedupe/config"
	"dedupe/detect"
	"dedupe/report"
	"dedupe/review"
	"dedupe/similarity"
	"dedupe/storage"
)

// explainOptions are the flags of dedupe explain.
type explainOptions struct {
	diff, whyNot bool
	format       string
}

func newExplain(a *app) *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:   "explain A B",
		Short: "Say step by step how two articles are judged",
		Long: `Explain compares two articles by the settings in force, whether a run ever compared them or not, and says what
came of each step: whether one was a candidate for the other, what was left out as boilerplate, every figure beside
its threshold, what kept them apart, and what their clusters made of it.

An article goes by its id, outlet:id, URL, #number of arrival, or the first digits of its key. What is not stored goes
by the file it stands in, as "ingest" reads it, with the line where that holds more than one: news.jsonl:17; "-" is
standard input. Nothing is stored then, and the cluster is the one that it would join.

Confidence says how far the figure that decides is from its threshold, as "dedupe report --help" defines it.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format(o.format, report.Text, report.JSON)
			if err != nil {
				return err
			}
			return a.explain(cmd.Context(), args[0], args[1], o, format)
		},
	}
	cmd.Flags().BoolVar(&o.diff, "diff", false, "print both texts too, with what they share and what was left out marked")
	cmd.Flags().BoolVar(&o.whyNot, "why-not", false, "name the smallest changes of settings that would turn the verdict")
	cmd.Flags().StringVar(&o.format, "format", "", "text or json (default text, or json with --json)")
	return cmd
}

func (a *app) explain(ctx context.Context, nameA, nameB string, o explainOptions, format report.Format) (err error) {
	c := a.settings()
	opt, err := basis.Engine(c)
	if err != nil {
		return err
	}
	store, err := storage.Open(ctx, c.Database.Path, a.stepping(storage.Options{ReadOnly: true}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := a.basis(store).CheckTexts(ctx); err != nil {
		return err
	}
	view, err := store.View(ctx)
	if err != nil {
		return err
	}
	defer view.Close()
	engine, err := detect.New(ctx, store, opt, a.log, a.now)
	if err != nil {
		return err
	}
	first, err := a.subject(ctx, view, engine, nameA)
	if err != nil {
		return err
	}
	second, err := a.subject(ctx, view, engine, nameB)
	if err != nil {
		return err
	}
	if first.Key == second.Key {
		return usagef("explain: %q and %q are one article", nameA, nameB)
	}
	x := explainer{view: view, window: opt.Window, a: first, b: second, all: opt.Thresholds, overrides: opt.Overrides, origin: a.config.Origin}
	if err := x.compare(ctx, engine); err != nil {
		return err
	}
	e, err := x.explanation(ctx, o)
	if err != nil {
		return err
	}
	return a.printAs(e, format)
}

// explainer turns a comparison into sentences. a is the earlier article.
type explainer struct {
	detect.Comparison
	view       *storage.View
	a, b       subject
	thresholds similarity.Thresholds
	window     time.Duration

	all       similarity.Thresholds // of articles that have none of their own
	overrides detect.Overrides
	origin    func(key string) config.Origin
}

// compare compares the two, and puts the earlier one first.
func (x *explainer) compare(ctx context.Context, engine *detect.Engine) (err error) {
	var visitors []*article.Article
	for _, s := range []*subject{&x.a, &x.b} {
		if s.read != nil {
			visitors = append(visitors, s.read)
		}
	}
	if len(visitors) > 0 {
		next, leave, err := engine.Visit(ctx, visitors...)
		defer leave()
		if err != nil {
			return err
		}
		for _, s := range []*subject{&x.a, &x.b} {
			if s.read != nil {
				s.Seq = int64(next)
				next++
			}
		}
	}
	if x.Comparison, err = engine.Compare(ctx, uint32(x.a.Seq), uint32(x.b.Seq)); err != nil {
		return err
	}
	x.thresholds = x.Thresholds
	if int64(x.A) != x.a.Seq {
		x.a, x.b = x.b, x.a
	}
	return nil
}

func (x *explainer) explanation(ctx context.Context, o explainOptions) (*report.Explanation, error) {
	e := &report.Explanation{
		A: side(&x.a, x.Verdict.Evidence.WordsA), B: side(&x.b, x.Verdict.Evidence.WordsB),
		Kind: x.Verdict.Kind.String(), Verdict: x.sentence(), Rule: x.thresholds.Rule(x.Verdict.Evidence).Name, Figures: x.figures(),
	}
	stored, err := x.stored(ctx)
	if err != nil {
		return nil, err
	}
	e.Steps = append(x.steps(), stored, x.person(), x.cluster())
	bodyA, bodyB := x.a.body, x.b.body
	e.Passages, e.Boilerplate = x.quotes(bodyA, bodyB)
	if o.diff {
		e.TextA = pieces(bodyA, x.spans(func(s detect.Shared) similarity.Span { return s.A }), x.FurnitureA)
		e.TextB = pieces(bodyB, x.spans(func(s detect.Shared) similarity.Span { return s.B }), x.FurnitureB)
	}
	if o.whyNot {
		e.Turns, e.Unread = x.turns(), x.unread()
	}
	return e, nil
}

func side(a *subject, words int) report.Side {
	return report.Side{
		Article: a.Name(), Outlet: a.Outlet, URL: a.URL, Headline: a.Headline, Date: a.Effective,
		Words: words, Cluster: a.Cluster, Credit: a.Credit, File: a.file,
	}
}

// sentence is the outcome in one sentence.
func (x *explainer) sentence() string {
	said := x.thresholds.Rule(x.Verdict.Evidence).Sentence(x.Verdict.Evidence)
	if x.Verdict.Linked() {
		said += x.apart()
	}
	return said
}

// apart says of copies that they are too far apart in time to be compared.
func (x *explainer) apart() string {
	if x.Candidacy.Outcome != detect.TooFar {
		return ""
	}
	return " But they are further apart than the window is searched, so no run compares them."
}

// figures lists what was measured beside what this pair needs.
func (x *explainer) figures() []report.Figure {
	e, t := &x.Verdict.Evidence, x.thresholds
	n := t.Needs(*e)
	bound := func(v float64) *float64 { return &v }
	list := []report.Figure{
		{Name: "words left of the shorter", Value: float64(e.Words()), Unit: "words", Threshold: bound(float64(t.MinWords)), For: "any"},
		{Name: "containment of A in B", Value: e.ContainmentA},
		{Name: "containment of B in A", Value: e.ContainmentB},
		{Name: "containment, the larger", Value: e.Containment(), Threshold: &n.Excerpt, For: "excerpt, near"},
		{Name: "resemblance", Value: e.Resemblance, Threshold: &n.Near, For: "near"},
	}
	if e.Order >= 0 {
		list = append(list, report.Figure{Name: "words in the same order", Value: e.Order, Threshold: &n.Rewrite, For: "rewrite"})
	}
	list = append(list,
		report.Figure{Name: "longest shared passage", Value: float64(e.Passage), Unit: "words"},
		report.Figure{Name: "shared shingles", Value: float64(e.Shared), Unit: "shingles"})
	if e.HeadlinesKnown {
		list = append(list,
			report.Figure{Name: "headlines alike", Value: e.Headline, Threshold: bound(t.Headline), For: "one headline"},
			report.Figure{Name: "headline told by the other", Value: e.Told(), Threshold: bound(t.Told), For: "one subject"})
	}
	if e.Linkable() {
		list = append(list,
			report.Figure{Name: "names of the shorter in both", Value: e.NameShare},
			report.Figure{Name: "numbers of the shorter in both", Value: e.NumberShare})
	}
	if e.Ordered() {
		list = append(list,
			report.Figure{Name: "A's most frequent name not in B", Value: float64(e.OwnA), Unit: "times"},
			report.Figure{Name: "B's most frequent name not in A", Value: float64(e.OwnB), Unit: "times"})
	}
	days := report.Figure{Name: "days apart", Value: e.Days, Unit: "days", For: "any"}
	if x.window > 0 {
		days.Threshold, days.AtMost = bound(x.window.Hours()/24), true
	}
	return append(list, days, report.Figure{Name: "confidence", Value: review.Confidence(&x.Verdict, x.thresholds)})
}

func percent(x float64) string { return fmt.Sprintf("%.0f %%", 100*x) }
