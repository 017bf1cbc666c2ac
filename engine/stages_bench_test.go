package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dedupe/article"
	"dedupe/bench"
	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/cluster"
	"dedupe/engine"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

// stages is the load that all stages are measured with, and what each needs of
// those before it. Everything but "whole" and "write" is measured on one
// goroutine.
type stages struct {
	jsonl    []byte
	truth    []bench.Truth
	at       map[string]int // article's id: its place
	raws     []source.Raw
	articles []article.Article
	frames   [][]similarity.Span
	profiles []*similarity.Profile
	places   candidate.Places
	sketches [][]candidate.Posting
}

const stageArticles = 2000

func newStages(b *testing.B) *stages {
	s := &stages{at: map[string]int{}}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	for a, truth := range bench.Load(bench.Options{Articles: stageArticles, Seed: 1}) {
		if err := e.Encode(a); err != nil {
			b.Fatal(err)
		}
		s.at[a.ID] = len(s.truth)
		s.truth = append(s.truth, truth)
	}
	s.jsonl = out.Bytes()
	s.raws = s.read(b)
	s.articles = s.decode(b, s.raws)
	agencies, build := text.DefaultAgencies(), similarity.Builder{K: 4}
	opt := candidate.DefaultOptions()
	for i := range s.articles {
		a := &s.articles[i]
		s.frames = append(s.frames, frames(agencies, a))
		p := build.Build(a.Outlet, a.Headline, a.Body, s.frames[i])
		s.profiles = append(s.profiles, p)
		s.places = append(s.places, candidate.Place{Date: int64(i), Key: uint64(i)})
		anchors := opt.Anchors(nil, p, p.Shingles(nil))
		s.sketches = append(s.sketches, candidate.Sketch(nil, anchors, uint32(i+1)))
	}
	return s
}

func frames(agencies *text.Agencies, a *article.Article) (spans []similarity.Span) {
	for _, f := range agencies.Frames(a.Headline, a.Body) {
		spans = append(spans, similarity.Span{Start: f.Start, End: f.End})
	}
	return spans
}

func (s *stages) read(b *testing.B) (raws []source.Raw) {
	for raw, reject := range source.Read(context.Background(), []string{"-"}, bytes.NewReader(s.jsonl), source.Options{}) {
		if reject != nil {
			b.Fatal(reject)
		}
		raws = append(raws, raw)
	}
	return raws
}

func (s *stages) decode(b *testing.B, raws []source.Raw) (list []article.Article) {
	d, err := source.NewDecoder(source.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, raw := range raws {
		a, reject := raw.Decode(d)
		if reject != nil {
			b.Fatal(reject)
		}
		list = append(list, a)
	}
	return list
}

// boilerplate knows the paragraphs that stand on pages of three outlets or more.
func (s *stages) boilerplate() *boilerplate.Set {
	outlets := map[string]map[string]bool{}
	set := &boilerplate.Set{}
	build := similarity.Builder{K: 4}
	for i := range s.articles {
		a := &s.articles[i]
		for para := range strings.SplitSeq(a.Body, "\n\n") {
			if outlets[para] == nil {
				outlets[para] = map[string]bool{}
			}
			if outlets[para][a.Outlet] = true; len(outlets[para]) >= 3 && s.truth[i].Kind == bench.Own {
				set.Block(build.Build("", "", para, nil).Shingles(nil)...)
			}
		}
	}
	return set
}

// postings are those of a range of articles, sorted.
func (s *stages) postings(from, to int) []candidate.Posting {
	list := slices.Concat(s.sketches[from:to]...)
	candidate.SortPostings(list, s.places)
	return list
}

// BenchmarkStages measures each stage of a run on the same articles. One
// operation is all of them; articles/s and MB/s are of the received text.
func BenchmarkStages(b *testing.B) {
	s := newStages(b)
	stage := func(name string, articles int, once func(b *testing.B)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s.jsonl)) * int64(articles) / stageArticles)
			b.ReportAllocs()
			for b.Loop() {
				once(b)
			}
			b.ReportMetric(float64(articles*b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
	stage("read", stageArticles, func(b *testing.B) { s.read(b) })
	stage("decode", stageArticles, func(b *testing.B) { s.decode(b, s.raws) })
	var words []text.Word
	stage("tokenise", stageArticles, func(*testing.B) {
		for i := range s.articles {
			words = text.Words(words[:0], s.articles[i].Body)
		}
	})
	agencies := text.DefaultAgencies()
	stage("frames", stageArticles, func(*testing.B) {
		for i := range s.articles {
			frames(agencies, &s.articles[i])
		}
	})
	build := similarity.Builder{K: 4}
	stage("profile", stageArticles, func(*testing.B) {
		for i := range s.articles {
			a := &s.articles[i]
			build.Build(a.Outlet, a.Headline, a.Body, s.frames[i])
		}
	})
	var shingles []uint64
	stage("shingle", stageArticles, func(*testing.B) {
		for _, p := range s.profiles {
			shingles = p.Shingles(shingles[:0])
		}
	})
	known := s.boilerplate()
	stage("boilerplate", stageArticles, func(*testing.B) {
		for _, p := range s.profiles {
			shingles = p.Shingles(shingles[:0])
			known.Mark(p, shingles, nil)
		}
	})
	var anchors []candidate.Anchor
	var sketch []candidate.Posting
	opt := candidate.DefaultOptions()
	stage("sketch", stageArticles, func(*testing.B) {
		for i, p := range s.profiles {
			anchors = opt.Anchors(anchors[:0], p, p.Shingles(shingles[:0]))
			sketch = candidate.Sketch(sketch[:0], anchors, uint32(i+1))
		}
	})
	s.candidates(stage)
	s.compare(b, stage)
	s.store(b, stage)
}

type stageFunc func(name string, articles int, once func(*testing.B))

// candidates finds those of the later half in the earlier.
func (s *stages) candidates(stage stageFunc) {
	const half = stageArticles / 2
	stored, fresh := s.postings(0, half), s.postings(half, stageArticles)
	stage("index", half, func(*testing.B) { candidate.Encode(stored) })
	blocks := candidate.Encode(stored)
	seg := &candidate.Segment{ID: 1, Len: len(stored), Load: candidate.FromMemory(blocks)}
	for _, k := range blocks {
		seg.Fences = append(seg.Fences, k.First)
	}
	q := candidate.Query{Fresh: fresh, Segments: []*candidate.Segment{seg}, Places: s.places, Heads: candidate.DefaultOptions().Heads}
	for seq := half + 1; seq <= stageArticles; seq++ {
		q.Asked = append(q.Asked, candidate.Ask{Article: uint32(seq)})
	}
	stage("candidates", half, func(b *testing.B) {
		if _, err := q.Find(); err != nil {
			b.Fatal(err)
		}
	})
}

// compare compares each copy with what it is a copy of and groups what is
// linked.
func (s *stages) compare(b *testing.B, stage stageFunc) {
	type pair struct{ a, b int }
	var pairs []pair
	texts := make([]*similarity.Text, len(s.profiles))
	for i, p := range s.profiles {
		texts[i] = similarity.Plain(p)
		if t := s.truth[i]; t.Kind.Copy() {
			pairs = append(pairs, pair{s.at[t.Of], i})
		}
	}
	metric, err := similarity.NormalMetric("sorensen-dice")
	if err != nil {
		b.Fatal(err)
	}
	scale := similarity.Scale{Metric: metric}
	var links []cluster.Link
	stage("compare", len(pairs), func(*testing.B) {
		links = links[:0]
		for _, p := range pairs {
			scale.Load(texts[p.b])
			v := similarity.Decide(scale.Measure(texts[p.a]), similarity.DefaultThresholds())
			if v.Linked() {
				links = append(links, cluster.Link{A: p.a, B: p.b, Strength: v.Strength(), Whole: v.Whole()})
			}
		}
	})
	stage("cluster", stageArticles, func(*testing.B) { cluster.Group(stageArticles, links, nil) })
}

// store writes what a run writes, and runs the whole.
func (s *stages) store(b *testing.B, stage stageFunc) {
	ctx := b.Context()
	dir := b.TempDir()
	store, err := storage.Open(ctx, filepath.Join(dir, "a.db"), storage.Options{Compress: true})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	var packed []byte
	stage("pack", stageArticles, func(*testing.B) {
		for i := range s.articles {
			packed = store.PackBody(packed[:0], s.articles[i].Body)
		}
	})
	opt := engine.DefaultOptions()
	opt.Agencies = text.DefaultAgencies()
	opt.Metric, _ = similarity.NormalMetric("sorensen-dice")
	whole := func(b *testing.B, store *storage.Store) {
		e, err := engine.New(ctx, store, opt, slog.New(slog.DiscardHandler), time.Now)
		if err != nil {
			b.Fatal(err)
		}
		in := source.Options{}
		records := source.Read(ctx, []string{"-"}, bytes.NewReader(s.jsonl), in)
		if sum, err := e.Ingest(ctx, "bench", "", records, in); err != nil || sum.New != stageArticles {
			b.Fatal(sum, err)
		}
	}
	whole(b, store)
	stage("write", stageArticles, func(b *testing.B) {
		if _, _, err := store.Copy(ctx, filepath.Join(b.TempDir(), "b.db"), opt.Batch, time.Now); err != nil {
			b.Fatal(err)
		}
	})
	stage("whole", stageArticles, func(b *testing.B) {
		store, err := storage.Open(ctx, filepath.Join(b.TempDir(), "c.db"), storage.Options{Compress: true})
		if err != nil {
			b.Fatal(err)
		}
		whole(b, store)
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
	})
}
