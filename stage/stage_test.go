package stage_test

import (
	"bytes"
	"context"
	"errors"
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

// skewed yields a story with n copies, n articles of one outlet under one footer, which a third of the
// copies have too, and n others: few keys have most of the lines.
func skewed(t *testing.T, n int) iter.Seq2[bench.Article, int] {
	var list []bench.Article
	for a := range bench.Load(bench.Options{Articles: 2*n + 1, Seed: 9}) {
		list = append(list, a)
	}
	footer := "\n\nReaders who wish to write to the editors may do so by letter to the house beside the old customs station, where somebody answers every weekday until the evening ferry has left the harbour."
	return func(yield func(bench.Article, int) bool) {
		for i := range 3 * n {
			a := list[0]
			switch {
			case i%3 == 0:
				a.ID, a.Outlet, a.URL = fmt.Sprint("copy-", i), fmt.Sprint("Outlet ", i%450), ""
				a.Body = fmt.Sprintf("Edition %d of our town. %s", i, a.Body)
				if i%9 == 0 {
					a.Body += footer
				}
			case i%3 == 1:
				a = list[1+i/3]
				a.Outlet, a.Body = "The Custom House", a.Body+footer
			default:
				a = list[1+n+i/3]
			}
			if !yield(a, i) {
				return
			}
		}
	}
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
		{name: "load", paths: []string{write(t, bench.Load(bench.Options{Articles: 1000, Seed: 7}))}},
		{name: "skewed", paths: []string{write(t, skewed(t, 300))}},
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

// TestLoad holds that a database which is filled by what stages found out is what a run fills.
func TestLoad(t *testing.T) {
	path := write(t, bench.Load(bench.Options{Articles: 1500, Seed: 8}))
	opt := engine.DefaultOptions()
	p := stages(t, opt, path)
	loaded := func(t *testing.T, votes, judged []byte) (*storage.Store, error) {
		t.Helper()
		ctx := context.WithoutCancel(t.Context())
		store, err := storage.Open(ctx, filepath.Join(t.TempDir(), "a.db"), storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		e, err := engine.New(ctx, store, opt, slog.New(slog.DiscardHandler), func() time.Time { return day })
		if err != nil {
			t.Fatal(err)
		}
		given, err := stage.New(opt, "test").Given(bytes.NewReader(votes), bytes.NewReader(judged))
		if err != nil {
			return nil, err
		}
		in := source.Options{FirstSeen: day}
		_, err = e.IngestGiven(ctx, "test", "", source.Read(ctx, []string{path}, nil, in), in, given)
		return store, err
	}
	store, err := loaded(t, p.votes, p.judged)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ingested(t, opt, path), storedContent(t, store)); diff != "" {
		t.Errorf("(-run +loaded):\n%s", cut(diff))
	}
	passages := func(store *storage.Store) (n int) {
		rows, err := store.Boilerplate(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(rows)
	}
	if passages(store) == 0 {
		t.Error("no passage is boilerplate: the test learns nothing")
	}
	first, rest, _ := bytes.Cut(p.judged, []byte("\n"))
	for _, bad := range []struct {
		name          string
		votes, judged []byte
		want          string
	}{
		{"an article is not judged", p.votes, rest, "has no judged line"},
		{"judged twice", p.votes, slices.Concat(p.judged, first), "was judged on a line before"},
		{"votes of others", bytes.ReplaceAll(p.votes, []byte(`"votes":[[`), []byte(`"votes":[[99`)), p.judged, "votes are of other records"},
		{"no lines", []byte("{}\n"), p.judged, "votes: line 1: it does not begin with"},
	} {
		t.Run(bad.name, func(t *testing.T) {
			if _, err := loaded(t, bad.votes, bad.judged); err == nil || !strings.Contains(err.Error(), bad.want) {
				t.Errorf("error %v, want %q in it", err, bad.want)
			}
		})
	}
}

// TestRefused holds that lines which are not what a stage takes are refused, with the line.
func TestRefused(t *testing.T) {
	opt := engine.DefaultOptions()
	p := stages(t, opt, "../testdata/articles/2026-03-week-1.jsonl")
	s := stage.New(opt, "test")
	lines := func(in []byte) [][]byte { return bytes.SplitAfter(bytes.TrimSpace(in), []byte("\n")) }
	both, _ := io.ReadAll(sorted(p.articles, p.beside))
	_, orphaned, _ := bytes.Cut(both, []byte("\n"))
	for bytes.Contains(orphaned[:bytes.IndexByte(orphaned, '\n')], []byte(`"article":`)) {
		_, orphaned, _ = bytes.Cut(orphaned, []byte("\n"))
	}
	other := stage.New(opt, "other settings")
	for _, tt := range []struct {
		name string
		in   []byte
		do   func(in io.Reader, out io.Writer) error
		want string
	}{
		{"no line of a stage", []byte("\n{\"id\": \"x\"}\n"), s.Anchors, "line 2: it does not begin with"},
		{"other settings", p.articles, other.Anchors, "line 1: it is of version"},
		{"cut", lines(p.articles)[0][:900], s.Anchors, "line 1: jsontext"},
		{"a damaged text", bytes.Replace(p.articles, []byte(`"text":"`), []byte(`"text":"AAAA`), 1), s.Anchors, "line 1: the text is damaged"},
		{"not sorted", slices.Concat(lines(p.postings)[5], lines(p.postings)[0]), s.Candidates, "sort the lines as bytes"},
		{"lines of another stage", p.postings, s.Learn, "it has no key"},
		{"no article", orphaned, s.Compare, "sort article lines and beside lines together"},
		{"an article twice", slices.Concat(lines(p.articles)[0], lines(p.articles)[0]), s.Compare, "two articles stand at place"},
		{"no article before hits", p.hits, func(in io.Reader, out io.Writer) error { return s.Rank(sorted(p.hits), out, stage.ToLink) }, "sort article lines and hits together"},
		{"a place that is none", bytes.ReplaceAll(p.postings, []byte(`"place":"`), []byte(`"place":"xx`)), s.Candidates, "is no place"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.do(bytes.NewReader(tt.in), io.Discard)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
	t.Run("output that cannot be written", func(t *testing.T) {
		if err := s.Anchors(bytes.NewReader(p.articles), full{}); !errors.Is(err, errFull) {
			t.Errorf("error %v", err)
		}
	})
}

var errFull = errors.New("the disk is full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

// TestVersions holds what becomes of several texts under one id, of rejects and of remarks.
func TestVersions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in.jsonl")
	body := func(words ...string) string {
		return strings.Repeat(strings.Join(words, " ")+" and the harbour council said nothing more of that. ", 8)
	}
	records := []map[string]string{
		{"id": "1", "outlet": "a.example", "title": "Harbour bridge closed after storm", "body": body("first", "version", "bridge"), "published": "2026-03-01"},
		{"id": "1", "outlet": "A.example", "title": "Harbour bridge closed after storm", "body": body("first", "version", "bridge") + "It opened again.", "published": "2026-03-01"},
		{"id": "1", "outlet": "a.example", "title": "Seven rescued from mountain fire", "body": strings.Repeat("Rescuers took seven hikers from burning slopes above Tarn. ", 8), "published": "2026-03-02"},
		{"id": "2", "outlet": "b.example", "title": "Harbour bridge closed", "body": body("first", "version", "bridge"), "published": "long ago"},
	}
	var out bytes.Buffer
	for _, r := range records {
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	out.WriteString("{\"id\": \"3\"}\nno json\n")
	if err := os.WriteFile(path, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	opt := engine.DefaultOptions()
	p := stages(t, opt, path)
	if diff := cmp.Diff(ingested(t, opt, path), p.content(t)); diff != "" {
		t.Errorf("(-run +stages):\n%s", diff)
	}
	var reasons []string
	each(t, p.rejects, func(r *stage.Reject) { reasons = append(reasons, fmt.Sprint(r.Line, r.Kept)) })
	if diff := cmp.Diff([]string{"4 true", "5 false", "6 false"}, reasons); diff != "" {
		t.Errorf("rejects (-want +got):\n%s\n%s", diff, p.rejects)
	}
}
