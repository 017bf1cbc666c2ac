package storage

import (
	"database/sql"
	"encoding/binary"
	"flag"
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dedupe/similarity"
)

var (
	articles = flag.Int("articles", 20_000, "stored articles of BenchmarkPage; 1000000 takes a minute to fill")
	keep     = flag.String("keep", "", "a file for the database of BenchmarkPage, which stays there for measuring commands by hand")
)

// BenchmarkPage asks for pages of 20 clusters of a large database: two articles
// of five in clusters, a fifth as many clusters as articles, some of them large.
func BenchmarkPage(b *testing.B) {
	path := *keep
	if path == "" {
		path = filepath.Join(b.TempDir(), "a.db")
	}
	fillLarge(b, path, *articles)
	start := time.Now()
	s := open(b, path, Options{ReadOnly: true})
	v, err := s.View(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer v.Close()
	if _, err := v.Clusters(b.Context(), Filter{MinOutlets: 2}, Largest, 20, 0); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d articles: opened and first page in %v", *articles, time.Since(start).Round(time.Microsecond))
	middle := time.Unix(1772000000, 0).Add(time.Duration(*articles/2) * time.Minute)
	page := func(f Filter, sort Sort, offset int) func() error {
		return func() error { _, err := v.Clusters(b.Context(), f, sort, 20, offset); return err }
	}
	for _, bench := range []struct {
		name string
		run  func() error
	}{
		{"largest", page(Filter{MinOutlets: 2}, Largest, 0)},
		{"newest", page(Filter{MinOutlets: 2}, Newest, 0)},
		{"last page", page(Filter{}, Largest, *articles/5-20)},
		{"since", page(Filter{Since: middle}, Largest, 0)},
		{"until", page(Filter{Until: middle}, Newest, 0)},
		{"outlet", page(Filter{Outlet: "outlet0007.example"}, Largest, 0)},
		{"no such outlet", page(Filter{Outlet: "nobody"}, Largest, 0)},
		{"rare kind", page(Filter{Kind: similarity.Revision}, Largest, 0)},
		{"query", page(Filter{Query: "number 777"}, Newest, 0)},
		{"query without answer", page(Filter{Query: "nothing like it"}, Newest, 0)},
		{"language without answer", page(Filter{Language: "xx"}, Newest, 0)},
		{"count", func() error { _, _, err := v.CountClusters(b.Context(), Filter{MinOutlets: 2}); return err }},
		{"members of the largest", func() error { return drain(v.Members(b.Context(), 1)) }},
		{"totals", func() error { _, err := v.Totals(b.Context()); return err }},
		{"counts", func() error { _, err := v.Counts(b.Context()); return err }},
		{"first publishers", func() error { _, _, err := v.Firsts(b.Context(), Filter{MinOutlets: 2}, 5); return err }},
		{"pairs inside the largest", func() error { return drain(v.Inside(b.Context(), 1, false)) }},
		{"pairs inside of all", func() error { return drain(v.Inside(b.Context(), 0, false)) }},
		{"find id", func() error { _, err := v.Find(b.Context(), "id-000777"); return err }},
		{"find URL", func() error { _, err := v.Find(b.Context(), "https://outlet1064.example/story/777"); return err }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				if err := bench.run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func drain[T any](seq iter.Seq2[T, error]) error {
	for _, err := range seq {
		if err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkTexts walks all articles with their bodies, as an export does.
func BenchmarkTexts(b *testing.B) {
	bodies, size := newsBodies(b)
	c := contents{runs: []Run{{ID: 1}}}
	for i, body := range bodies {
		t := ArticleText{Article: Article{Seq: int64(i + 1), Outlet: "alpha.example", Headline: "A headline", Version: 1, Current: true, Run: 1}, Body: body}
		binary.BigEndian.PutUint64(t.Key[:], uint64(i))
		c.texts = append(c.texts, t)
	}
	s := open(b, filepath.Join(b.TempDir(), "a.db"), Options{Compress: true})
	fill(b, s, c)
	v, err := s.View(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer v.Close()
	b.SetBytes(size)
	for b.Loop() {
		n := 0
		for _, err := range v.Texts(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != len(bodies) {
			b.Fatalf("%d articles of %d", n, len(bodies))
		}
	}
	b.ReportMetric(float64(b.N*len(bodies))/b.Elapsed().Seconds(), "articles/s")
}

// fillLarge makes a database of n articles by SQL alone. Every fifth article
// opens a cluster; the members of another fifth fall thick on the first ones, so
// that the largest has 10,000 of 1,000,000 articles.
func fillLarge(tb testing.TB, path string, n int) {
	tb.Helper()
	s := open(tb, path, Options{Compress: true})
	e := similarity.Evidence{WordsA: 400, WordsB: 390, TotalA: 400, TotalB: 400, LeftA: 397, LeftB: 387, Shared: 300,
		Passage: 120, Numbers: 5, Names: 12, Order: 0.9, Headline: 1, MentionedA: 1, MentionedB: 1, NumbersShared: 5, NamesShared: 12, HeadlinesKnown: true}
	err := s.update(tb.Context(), "fill", func(tx *sql.Tx) error {
		for _, q := range []string{
			`INSERT INTO run VALUES (1, 'ingest', 0, 0, '', '{}')`,
			`WITH RECURSIVE i(i) AS (VALUES (1) UNION ALL SELECT i+1 FROM i WHERE i < 2000)
			 INSERT INTO outlet (id, name, spelling) SELECT i, format('outlet%04d.example', i), format('outlet%04d.example', i) FROM i`,
			fmt.Sprintf(`WITH RECURSIVE i(i) AS (VALUES (1) UNION ALL SELECT i+1 FROM i WHERE i < %d)
			 INSERT INTO article (seq, key, external, outlet, url, headline, byline, published, effective, effective_reason,
				first_seen, language, credit, agency, words, text_hash, version, current, state, run, cluster)
			 SELECT i, randomblob(16), format('id-%%06d', i), (i * 7919) %% 2000 + 1,
				format('https://outlet%%04d.example/story/%%d', (i * 7919) %% 2000 + 1, i),
				format('A headline of the usual length about matter number %%d', i), 'By A Reporter', '2026-03-02T09:00:00Z',
				1772000000 + i * 60, 0, 1772000000 + i * 60, 'en', '', 0, 400, randomblob(8), 1, 1, 0, 1,
				CASE WHEN i %% 5 = 0 THEN i / 5
				     WHEN i %% 5 = 1 THEN 1 + CAST(x * x * x * x * %d / 5 AS INTEGER)
				END FROM (SELECT i, (i * 40503 %% 65536) / 65536.0 AS x FROM i)`, n, n),
			`INSERT INTO cluster SELECT cluster, 1, 1, min(seq), 'earliest', count(*), count(DISTINCT outlet), min(effective), max(effective), NULL
			 FROM article WHERE cluster IS NOT NULL GROUP BY cluster`,
			fmt.Sprintf(`INSERT INTO pair (a, b, kind, resemblance, containment_a, containment_b, evidence) SELECT c.representative, a.seq, 1 + a.seq %% 4, 0.7, 0.8, 0.8, x'%x'
			 FROM article a JOIN cluster c ON c.id = a.cluster WHERE a.seq <> c.representative`, e.Pack(nil)),
		} {
			if _, err := tx.Exec(q); err != nil {
				return fmt.Errorf("%.40s: %w", q, err)
			}
		}
		return fillBodies(tx, s)
	})
	if err != nil {
		tb.Fatal(err)
	}
	if err := s.Close(); err != nil {
		tb.Fatal(err)
	}
}

// fillBodies gives the members of the newest clusters bodies of 400 words, most
// of them the same in one cluster: what a page of these clusters reads.
func fillBodies(tx *sql.Tx, s *Store) error {
	rows, err := tx.Query(`SELECT seq, cluster FROM article WHERE cluster IN (
		SELECT id FROM cluster WHERE outlets > 1 ORDER BY last DESC LIMIT 1000)`)
	if err != nil {
		return err
	}
	defer rows.Close()
	bodies := map[int64][]byte{}
	for rows.Next() {
		var seq, story int64
		if err := rows.Scan(&seq, &story); err != nil {
			return err
		}
		r := rand.New(rand.NewPCG(uint64(story), 1))
		var body strings.Builder
		for i := range 400 {
			if i == 300 { // the rest is its own
				r = rand.New(rand.NewPCG(uint64(seq), 2))
			}
			fmt.Fprintf(&body, "word%d ", r.IntN(20_000))
			if i%40 == 39 {
				body.WriteString("\n\n")
			}
		}
		bodies[seq] = s.PackBody(nil, body.String())
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for seq, data := range bodies {
		if _, err := tx.Exec("INSERT INTO body VALUES (?, ?)", seq, data); err != nil {
			return err
		}
	}
	return nil
}
