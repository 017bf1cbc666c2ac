package quality_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dedupe/engine"
	"dedupe/evaluate"
	"dedupe/quality"
	"dedupe/review"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
	"dedupe/tune"
)

func options() engine.Options {
	opt := engine.DefaultOptions()
	opt.Agencies = text.DefaultAgencies()
	opt.Metric, _ = similarity.NormalMetric("sorensen-dice")
	return opt
}

// filled returns a database in a folder that holds what testdata/articles has.
func filled(ctx context.Context, dir string) (*storage.Store, *engine.Engine, error) {
	store, err := storage.Open(ctx, filepath.Join(dir, "a.db"), storage.Options{})
	if err != nil {
		return nil, nil, err
	}
	now := func() time.Time { return time.Date(2026, 3, 21, 6, 0, 0, 0, time.UTC) }
	eng, err := engine.New(ctx, store, options(), slog.New(slog.DiscardHandler), now)
	if err != nil {
		return nil, nil, err
	}
	in := source.Options{FirstSeen: now()}
	_, err = eng.Ingest(ctx, "test", "", source.Read(ctx, []string{"../testdata/articles"}, nil, in), in)
	return store, eng, err
}

// database is one that a test asks.
type database struct {
	*testing.T
	store  *storage.Store
	engine *engine.Engine
	view   *storage.View
}

func open(t *testing.T) *database {
	store, eng, err := filled(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d := &database{T: t, store: store, engine: eng}
	d.look()
	t.Cleanup(func() {
		d.view.Close()
		_ = store.Close()
	})
	return d
}

// look takes a view of the database as it is now.
func (d *database) look() {
	if d.view != nil {
		d.view.Close()
	}
	var err error
	if d.view, err = d.store.View(d.Context()); err != nil {
		d.Fatal(err)
	}
}

func (d *database) evidence() *quality.Evidence {
	e, err := quality.Load(d.Context(), d.store, d.view, engine.Overrides{}, nil)
	if err != nil {
		d.Fatal(err)
	}
	return e
}

func (d *database) tune(o quality.Sweep) *quality.Tuning {
	o.Now = options().Thresholds
	t, err := d.evidence().Tune(d.Context(), d.view, o)
	if err != nil {
		d.Fatal(err)
	}
	return t
}

func gold(t testing.TB, truth string) *evaluate.Gold {
	g := evaluate.New()
	if err := g.Read(strings.NewReader(truth)); err != nil {
		t.Fatal(err)
	}
	return g
}

// The present thresholds make the clusters that are stored, and each curve has its
// threshold's present value among those that are tried.
func TestTuneKnowsThePresent(t *testing.T) {
	d := open(t)
	got := d.tune(quality.Sweep{Thresholds: tune.Thresholds()})
	if got.Pairs == 0 || got.Now.Changed+got.Now.Made > 0 {
		t.Errorf("of %d pairs present thresholds change %d clusters and make %d", got.Pairs, got.Now.Changed, got.Now.Made)
	}
	if got.Now.Score != nil || got.Proposal != nil || len(got.Spread) == 0 {
		t.Errorf("without truth there are figures and no score: %+v", got)
	}
	for _, c := range got.Curves {
		now := c.Threshold.Get(options().Thresholds)
		if !slices.ContainsFunc(c.Points, func(p quality.Point) bool { return p.Value == now && p.Links == got.Now.Links }) {
			t.Errorf("%s: the present value %g is not on the curve", c.Key, now)
		}
	}
}

// A truth of which nothing is stored scores nothing; without decisions there is
// nothing to score by.
func TestNothingKnown(t *testing.T) {
	d := open(t)
	strangers := gold(t, "id,cluster\nx,1\ny,1\n")
	if got := d.tune(quality.Sweep{Gold: strangers, Thresholds: tune.Thresholds()}); got.Known != 0 || got.Curves != nil {
		t.Errorf("%d articles are known, %d curves drawn", got.Known, len(got.Curves))
	}
	e, err := quality.Evaluate(t.Context(), d.view, strangers, "strangers", 0)
	if err != nil || e.Known != 2 || e.Stored != 0 {
		t.Errorf("evaluation %+v, %v", e, err)
	}
	if _, err := d.evidence().EvaluateDecisions(t.Context(), d.view, 0); !errors.Is(err, quality.ErrUndecided) {
		t.Errorf("error %v without decisions", err)
	}
	if _, err := d.evidence().Tune(t.Context(), d.view, quality.Sweep{Decisions: true}); !errors.Is(err, quality.ErrUndecided) {
		t.Errorf("error %v without decisions", err)
	}
}

// TestDecisions decides the pairs of a sample: they are not drawn again, and are what
// links are judged by.
func TestDecisions(t *testing.T) {
	d := open(t)
	th := options().Thresholds
	pairs := d.sample(5, th)
	if len(pairs) != 5 {
		t.Fatalf("%d pairs are drawn", len(pairs))
	}
	if again := d.sample(5, th); !slices.Equal(names(pairs), names(again)) {
		t.Errorf("the same seed draws %v and %v", names(pairs), names(again))
	}
	var r engine.Ruling
	for _, p := range pairs {
		r.Decide = append(r.Decide, storage.NewDecision(p.A.Key, p.B.Key, p.A.Cluster != 0 && p.A.Cluster == p.B.Cluster, time.Unix(0, 0), ""))
	}
	if _, err := review.Rule(t.Context(), d.engine, "test", "", r); err != nil {
		t.Fatal(err)
	}
	d.look()
	rest := d.sample(1000, th)
	if len(rest) == 0 {
		t.Fatal("no pairs are left")
	}
	for _, name := range names(rest) {
		if slices.Contains(names(pairs), name) {
			t.Errorf("%s is decided and drawn again", name)
		}
	}
	e, err := d.evidence().EvaluateDecisions(t.Context(), d.view, 0)
	if err != nil || e.Labelled == nil || e.Stored == 0 {
		t.Errorf("decisions judge nothing: %+v, %v", e, err)
	}
	if got := d.tune(quality.Sweep{Decisions: true, Aim: &tune.Aim{Goal: tune.BestF1}}); got.By != "5 decisions" || got.Proposal == nil {
		t.Errorf("tuned by %q, proposal %v", got.By, got.Proposal)
	}
}

func (d *database) sample(n int, th similarity.Thresholds) (list []quality.Sampled) {
	for s, err := range d.evidence().Sample(d.Context(), d.view, n, th, 1) {
		if err != nil {
			d.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

func names(pairs []quality.Sampled) (list []string) {
	for _, p := range pairs {
		list = append(list, fmt.Sprint(p.A.Seq, " ", p.B.Seq))
	}
	return list
}

// ExampleEvaluate says how right a database is by the truth about its articles.
func ExampleEvaluate() {
	ctx := context.Background()
	dir, _ := os.MkdirTemp("", "example")
	defer os.RemoveAll(dir)
	store, _, err := filled(ctx, dir)
	if err != nil {
		panic(err)
	}
	defer store.Close()
	view, err := store.View(ctx)
	if err != nil {
		panic(err)
	}
	defer view.Close()
	truth, err := os.Open("../testdata/gold.tsv")
	if err != nil {
		panic(err)
	}
	defer truth.Close()
	gold := evaluate.New()
	if err := gold.Read(truth); err != nil {
		panic(err)
	}
	e, err := quality.Evaluate(ctx, view, gold, "gold.tsv", 0)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%d of %d articles; pairwise precision %.2f, recall %.2f\n", e.Stored, e.Known, e.Pairwise.Precision.Value, e.Pairwise.Recall.Value)
	// Five articles of the truth are page dumps, which were not taken in: they count as alone.

	// Output: 65 of 70 articles; pairwise precision 1.00, recall 0.72
}
