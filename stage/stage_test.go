package stage_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/bench"
	"dedupe/engine"
	"dedupe/source"
	"dedupe/stage"
	"dedupe/storage"
)

// day is when the tests take place.
var day = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)

// sorted returns lines sorted as bytes, as sort(1) does.
func sorted(lines ...[]byte) io.Reader {
	list := bytes.SplitAfter(bytes.Join(lines, nil), []byte("\n"))
	slices.SortFunc(list, bytes.Compare)
	return bytes.NewReader(bytes.Join(list, nil))
}

// product is what the stages make of files.
type product struct {
	rejects, articles, postings, hits, beside, votes, judged, clusters []byte
}

// stages runs all stages over files, each of them a part of the input, with sort between them.
func stages(t *testing.T, opt engine.Options, paths ...string) (p product) {
	t.Helper()
	s := stage.New(opt, "test")
	run := func(what string, f func(out io.Writer) error) []byte {
		t.Helper()
		var out bytes.Buffer
		if err := f(&out); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		return out.Bytes()
	}
	in := source.Options{FirstSeen: day}
	var rejects bytes.Buffer
	records := run("text", func(out io.Writer) error {
		for part, path := range paths {
			if _, err := s.Text(t.Context(), source.Read(t.Context(), []string{path}, nil, in), in, part, out, &rejects); err != nil {
				return err
			}
		}
		return nil
	})
	p.rejects = rejects.Bytes()
	p.articles = run("articles", func(out io.Writer) error { return s.Articles(sorted(records), out) })
	p.postings = run("anchors", func(out io.Writer) error { return s.Anchors(bytes.NewReader(p.articles), out) })
	p.hits = run("candidates", func(out io.Writer) error { return s.Candidates(sorted(p.postings), out) })
	wanted := run("rank to learn", func(out io.Writer) error { return s.Rank(sorted(p.hits), out, stage.ToLearn) })
	beside := run("fetch", func(out io.Writer) error { return s.Fetch(sorted(p.articles, wanted), out) })
	p.votes = run("learn", func(out io.Writer) error { return s.Learn(sorted(p.articles, beside), out) })
	if err := s.Know(bytes.NewReader(p.votes)); err != nil {
		t.Fatal(err)
	}
	wanted = run("rank to link", func(out io.Writer) error { return s.Rank(sorted(p.articles, p.hits), out, stage.ToLink) })
	p.beside = run("fetch", func(out io.Writer) error { return s.Fetch(sorted(p.articles, wanted), out) })
	p.judged = run("compare", func(out io.Writer) error { return s.Compare(sorted(p.articles, p.beside), out) })
	members := run("components", func(out io.Writer) error { return s.Components(bytes.NewReader(p.judged), out) })
	p.clusters = run("cluster", func(out io.Writer) error { return s.Cluster(sorted(members), out) })
	return p
}

// each decodes lines.
func each[T any](t *testing.T, lines []byte, do func(*T)) {
	t.Helper()
	for line := range bytes.Lines(lines) {
		var x T
		if err := json.Unmarshal(line, &x); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		do(&x)
	}
}

// content is what the stages made, as ingested has it.
func (p *product) content(t *testing.T) (lines []string) {
	members, represented := map[string][]string{}, map[string]string{}
	each(t, p.clusters, func(c *stage.Clustered) {
		members[c.Cluster] = append(members[c.Cluster], c.Key)
		if c.Representative {
			represented[c.Cluster] = c.Key
		}
	})
	for c, list := range members {
		slices.Sort(list)
		lines = append(lines, fmt.Sprintf("cluster %s for %s", list, represented[c]))
	}
	each(t, p.judged, func(j *stage.Judged) {
		lines = append(lines, fmt.Sprintf("article %s: %d words", j.Key, j.Words))
		for _, x := range j.Pairs {
			lines = append(lines, fmt.Sprintf("pair %s %s: %s %x", x.Key, j.Key, x.Kind, x.Evidence))
		}
	})
	slices.Sort(lines)
	return lines
}

// ingested is what a run stores of files.
func ingested(t *testing.T, opt engine.Options, paths ...string) (lines []string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	store, err := storage.Open(ctx, filepath.Join(t.TempDir(), "a.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	e, err := engine.New(ctx, store, opt, slog.New(slog.DiscardHandler), func() time.Time { return day })
	if err != nil {
		t.Fatal(err)
	}
	in := source.Options{FirstSeen: day}
	if _, err := e.Ingest(ctx, "test", "", source.Read(ctx, paths, nil, in), in); err != nil {
		t.Fatal(err)
	}
	return storedContent(t, store)
}

// storedContent is what is stored: clusters with their representatives, articles, pairs.
func storedContent(t *testing.T, store *storage.Store) (lines []string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	view, err := store.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	keys := map[uint32]article.Key{}
	for a, err := range view.Articles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		keys[uint32(a.Seq)] = a.Key
		lines = append(lines, fmt.Sprintf("article %s: %d words", a.Key, a.Words))
	}
	members := map[int64][]string{}
	err = store.Parts(ctx, func(seq uint32, p storage.Part) error {
		if p.Cluster != 0 {
			members[p.Cluster] = append(members[p.Cluster], p.Key.String())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = store.Clusters(ctx, 0, func(c storage.ClusterRow) error {
		slices.Sort(members[c.ID])
		lines = append(lines, fmt.Sprintf("cluster %s for %s", members[c.ID], keys[c.Representative]))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = store.PairsIn(ctx, 1, 1<<31, func(p storage.PairRow) error {
		lines = append(lines, fmt.Sprintf("pair %s %s: %s %x", keys[p.A], keys[p.B], p.Verdict.Kind, p.Verdict.Evidence.Pack(nil)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return lines
}

// write writes invented articles of dedupe bench.
func write[T any](t *testing.T, articles iter.Seq2[bench.Article, T]) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.jsonl")
	var out bytes.Buffer
	for a := range articles {
		line, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	if err := os.WriteFile(path, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func genre(t *testing.T, name string) string {
	t.Helper()
	list, err := bench.Genre(name, 3000, 5)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, list)
}

// TestEqual holds that stages make what a run stores: articles, boilerplate, pairs with all of
// their figures, clusters and who stands for each.
func TestEqual(t *testing.T) {
	const articles = "../testdata/articles/"
	for _, set := range []struct {
		name  string
		long  bool
		paths []string
	}{
		{name: "testdata", paths: []string{articles + "2026-03-week-1.jsonl", articles + "2026-03-week-2.jsonl", articles + "daily-group.jsonl", articles + "languages.jsonl.gz"}},
		{name: "load", paths: []string{write(t, bench.Load(bench.Options{Articles: 4000, Seed: 7}))}},
		{name: "briefs", long: true, paths: []string{genre(t, "briefs")}},
		{name: "courts", long: true, paths: []string{genre(t, "courts")}},
		{name: "planted-en", long: true, paths: []string{"../../shared/data/planted-en/articles.jsonl.gz"}},
		{name: "scraped-local-news", long: true, paths: []string{"../../shared/data/scraped-local-news/articles.jsonl.gz"}},
	} {
		t.Run(set.name, func(t *testing.T) {
			if set.long && testing.Short() {
				t.Skip("takes seconds")
			}
			if _, err := os.Stat(set.paths[0]); os.IsNotExist(err) {
				t.Skipf("%s is not on this machine", set.paths[0])
			}
			opt := engine.DefaultOptions()
			p := stages(t, opt, set.paths...)
			if diff := cmp.Diff(ingested(t, opt, set.paths...), p.content(t)); diff != "" {
				t.Errorf("(-run +stages):\n%s", cut(diff))
			}
		})
	}
}

// cut is the begin of a long text.
func cut(s string) string { return s[:min(len(s), 6000)] + strings.Repeat("...", min(1, len(s)/6000)) }
