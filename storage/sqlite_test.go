package storage

import (
	"database/sql"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"testing"

	"dedupe/article"
	"dedupe/similarity"
)

func TestSQLiteConforms(t *testing.T) {
	for _, compress := range []bool{false, true} {
		for name, fill := range map[string]func(testing.TB, *Store, contents){"rows": fill, "batches": fillByWrite} {
			t.Run(fmt.Sprintf("%s,compress=%t", name, compress), func(t *testing.T) {
				conformance(t, func(t *testing.T, c contents) reader {
					s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{Compress: compress})
					fill(t, s, c)
					v, err := s.View(t.Context())
					if err != nil {
						t.Fatal(err)
					}
					t.Cleanup(v.Close)
					return v
				})
			})
		}
	}
}

// fillByWrite stores contents as runs do: the first six articles, then the new
// version of the sixth and the last, then what the second run changed.
func fillByWrite(t testing.TB, s *Store, c contents) {
	t.Helper()
	ctx := t.Context()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range c.runs {
		id, err := s.BeginRun(ctx, r.Command, r.Settings, r.Started)
		check(err)
		if id != r.ID {
			t.Fatalf("run %d; want %d", id, r.ID)
		}
		if !r.Finished.IsZero() {
			check(s.EndRun(ctx, id, []byte(r.Summary), r.Finished))
		}
	}
	outlets := map[string]uint32{}
	batches := []*Batch{{Run: 1}, {Run: 1, Superseded: []uint32{6}}, {Run: 2}}
	for _, x := range c.texts {
		b := batches[min(1, (x.Seq-1)/6)]
		if outlets[x.Outlet] == 0 {
			outlets[x.Outlet] = uint32(len(outlets) + 1)
			b.Outlets = append(b.Outlets, OutletRow{ID: outlets[x.Outlet], Name: x.Outlet})
		}
		b.Articles = append(b.Articles, NewArticle{
			Seq: uint32(x.Seq), Key: x.Key, Outlet: outlets[x.Outlet],
			Article:   article.Article{ID: x.External, URL: x.URL, Headline: x.Headline, Byline: x.Byline, Published: x.Published},
			Effective: x.Effective.Unix(), Reason: x.Reason, FirstSeen: x.FirstSeen.Unix(), Language: x.Language,
			Credit: x.Credit, Agency: x.Agency, Words: x.Words, TextHash: x.TextHash, Version: x.Version,
			State: x.State, Cluster: x.Cluster, Packed: s.PackBody(nil, x.Body),
		})
	}
	for _, p := range c.pairs {
		b := batches[1]
		b.Judged = append(b.Judged, uint32(p.B))
		e := similarity.Evidence{Resemblance: p.Resemblance, ContainmentA: p.ContainmentA, ContainmentB: p.ContainmentB}
		b.Pairs = append(b.Pairs, PairRow{A: uint32(p.A), B: uint32(p.B), Verdict: similarity.Verdict{Kind: p.Kind, Evidence: e}})
	}
	batches[1].Ended = map[int64]int64{}
	for _, x := range c.clusters {
		row := ClusterRow{ID: x.ID, New: true, Representative: uint32(x.Representative), Reason: x.Reason,
			Size: x.Size, Outlets: x.Outlets, First: x.First.Unix(), Last: x.Last.Unix()}
		batches[0].Clusters = append(batches[0].Clusters, row)
		if x.successor != nil {
			batches[1].Ended[x.ID] = *x.successor
		}
		if row.New = false; x.Changed == 2 {
			batches[2].Clusters = append(batches[2].Clusters, row)
		}
	}
	for _, e := range c.events {
		b := batches[2*(e.Run-1)]
		b.Events = append(b.Events, ClusterEvent{e.Cluster, e.Event, e.Other, e.Members})
	}
	for _, r := range c.rejects {
		b := batches[2*(r.Run-1)]
		b.Rejects = append(b.Rejects, r)
	}
	for _, b := range batches {
		check(s.Write(ctx, b))
	}
}

// fill stores contents row by row, independently of the write path.
func fill(t testing.TB, s *Store, c contents) {
	t.Helper()
	err := s.update(t.Context(), "fill", func(tx *sql.Tx) error {
		exec := func(query string, args ...any) {
			if _, err := tx.Exec(query, args...); err != nil {
				t.Fatalf("%s: %v", query, err)
			}
		}
		for _, r := range c.runs {
			var finished any
			if !r.Finished.IsZero() {
				finished = r.Finished.Unix()
			}
			exec("INSERT INTO run VALUES (?,?,?,?,?,?)", r.ID, r.Command, r.Started.Unix(), finished, r.Settings, r.Summary)
		}
		for _, x := range c.texts {
			exec("INSERT OR IGNORE INTO outlet (name, spelling) VALUES (?1, ?1)", x.Outlet)
			var cluster any
			if x.Cluster != 0 {
				cluster = x.Cluster
			}
			exec(`INSERT INTO article (seq, key, external, outlet, url, headline, byline, published, effective, effective_reason,
				first_seen, language, credit, agency, words, text_hash, version, current, state, run, cluster)
				VALUES (?,?,?,(SELECT id FROM outlet WHERE name = ?),?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
				x.Seq, x.Key[:], x.External, x.Outlet, x.URL, x.Headline, x.Byline, x.Published, x.Effective.Unix(), x.Reason,
				x.FirstSeen.Unix(), x.Language, x.Credit, x.Agency, x.Words, binary.BigEndian.AppendUint64(nil, x.TextHash),
				x.Version, x.Current, x.State, x.Run, cluster)
			exec("INSERT INTO body VALUES (?,?)", x.Seq, s.PackBody(nil, x.Body))
		}
		for _, p := range c.pairs {
			exec("INSERT INTO pair (a, b, kind, resemblance, containment_a, containment_b, evidence) VALUES (?,?,?,?,?,?,?)", p.A, p.B, p.Kind, p.Resemblance, p.ContainmentA, p.ContainmentB, p.Evidence)
		}
		for _, x := range c.clusters {
			exec("INSERT INTO cluster VALUES (?,?,?,?,?,?,?,?,?,?)", x.ID, x.Made, x.Changed, x.Representative, x.Reason,
				x.Size, x.Outlets, x.First.Unix(), x.Last.Unix(), x.successor)
		}
		for _, e := range c.events {
			var other any
			if e.Other != 0 {
				other = e.Other
			}
			exec("INSERT INTO cluster_log (run, cluster, event, other, members) VALUES (?,?,?,?,?)", e.Run, e.Cluster, e.Event, other, e.Members)
		}
		for _, j := range c.rejects {
			exec("INSERT INTO reject (run, first, path, line, reason, kept) VALUES (?,?,?,?,?,?)", j.Run, j.First, j.Path, j.Line, j.Reason, j.Kept)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
