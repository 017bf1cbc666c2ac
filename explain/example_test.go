package explain_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"os"
	"path/filepath"

	"dedupe/article"
	"dedupe/basis"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/explain"
	"dedupe/source"
	"dedupe/storage"
)

// explainer takes in the articles of testdata by the default settings, as "dedupe ingest" does, and
// returns what explains them.
func explainer(ctx context.Context) (x *explain.Explainer, done func() error, err error) {
	folder, err := os.MkdirTemp("", "explain")
	if err != nil {
		return nil, nil, err
	}
	store, err := storage.Open(ctx, filepath.Join(folder, "news.db"), storage.Options{})
	if err != nil {
		return nil, nil, err
	}
	settings := config.Default()
	options, err := basis.Engine(&settings)
	if err != nil {
		return nil, nil, err
	}
	eng, err := engine.New(ctx, store, options, slog.New(slog.DiscardHandler), now)
	if err != nil {
		return nil, nil, err
	}
	in := source.Options{FirstSeen: now()}
	files := []string{"../testdata/articles/2026-03-week-1.jsonl", "../testdata/articles/2026-03-week-2.jsonl"}
	if _, err := eng.Ingest(ctx, "example", "", source.Read(ctx, files, nil, in), in); err != nil {
		return nil, nil, err
	}
	view, err := store.View(ctx)
	if err != nil {
		return nil, nil, err
	}
	done = func() error {
		view.Close()
		return errors.Join(store.Close(), os.RemoveAll(folder))
	}
	return explain.New(eng, view, explain.Options{}), done, nil
}

// What `dedupe explain northwire-0312-17 meridian-9f31c --why-not` says.
func Example() {
	ctx := context.Background()
	x, done, err := explainer(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer done()
	a, err := x.Find(ctx, "northwire-0312-17")
	if err != nil {
		log.Fatal(err)
	}
	b, err := x.Find(ctx, "meridian-9f31c")
	if err != nil {
		log.Fatal(err)
	}
	e, err := x.Pair(ctx, a, b)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s: %s\n", e.Kind, e.Verdict)
	for _, s := range e.Sentences() {
		fmt.Println(s)
	}
	for _, f := range e.Figures[1:6] {
		fmt.Printf("%s %.2f\n", f.Name, f.Value)
	}
	e.WhyNot()
	for _, t := range e.Turns {
		fmt.Printf("%s %s instead of %s makes it %s\n", t.Setting, t.Needed, t.Now, t.Kind)
	}
	// Output:
	// rewrite: One retells the other: 56 % of the shorter text's words are in the other in the same order, 4 % word by word.
	// candidate: yes: they share 23 sampled anchors outside boilerplate, of 9 needed
	// boilerplate: none: no word of either is known to be the page's
	// length: enough: 369 words are left of the shorter text: thresholds stand as configured, that of a rewrite by length
	// headlines: mentioned: 35 % alike, and 69 % of the one is mentioned in the other's text
	// texts: rewrite: containment 0.04 is below 0.50, but 0.56 of the words stand in the same order, of 0.38 needed
	// veto: none: 14 names and 1 numbers of the shorter were looked for in the other: 100 % and 100 % are there
	// outlet: two: two outlets published them
	// stored: rewrite: a run came to the same verdict
	// person: none: nobody has decided on them
	// cluster: together: both are in cluster c6
	// containment of A in B 0.03
	// containment of B in A 0.04
	// containment, the larger 0.04
	// resemblance 0.02
	// words in the same order 0.56
	// thresholds.rewrite 0.7 instead of 0.5 makes it distinct
	// thresholds.min_words 370 instead of 12 makes it distinct
}

// What `dedupe check` says of a text.
func ExampleExplainer_Check() {
	ctx := context.Background()
	x, done, err := explainer(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer done()
	c, err := x.Check(ctx, &article.Article{
		Outlet: "Stanbury Mail", Headline: "Fire at former Ansell mill", Published: "2026-03-10T23:30:00Z",
		Body: "About sixty firefighters are tackling a blaze at the former Ansell woollen mill in Lower Calder, the fire service said. " +
			"The alarm was raised at 8.50 p.m. by a bus driver who saw flames behind the windows of the third floor. " +
			"The five-storey building has stood empty since 2011 and was to be turned into flats.",
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d words, would join cluster %d\n", c.Words, c.Joins)
	for _, y := range c.Copies {
		fmt.Printf("%s of %s (%s): %.2f of it stands there\n", y.Kind, y.Article, y.Outlet, y.InStored)
	}
	// Output:
	// 58 words, would join cluster 4
	// excerpt of calder-mill-1 (Calder Broadcasting): 0.95 of it stands there
	// excerpt of calder-mill-2 (Calder Broadcasting): 0.73 of it stands there
}
