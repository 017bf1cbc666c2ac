package storage

import (
	"database/sql"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"testing"
)

func TestSQLiteConforms(t *testing.T) {
	for _, compress := range []bool{false, true} {
		t.Run(fmt.Sprintf("compress=%t", compress), func(t *testing.T) {
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
			exec("INSERT OR IGNORE INTO outlet (name) VALUES (?)", x.Outlet)
			var cluster any
			if x.Cluster != 0 {
				cluster = x.Cluster
			}
			exec("INSERT INTO article VALUES (?,?,?,(SELECT id FROM outlet WHERE name = ?),?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
				x.Seq, x.Key[:], x.External, x.Outlet, x.URL, x.Headline, x.Byline, x.Published, x.Effective.Unix(), x.Reason,
				x.FirstSeen.Unix(), x.Language, x.Credit, x.Words, binary.BigEndian.AppendUint64(nil, x.TextHash),
				x.Version, x.Current, x.State, x.Run, cluster)
			exec("INSERT INTO body VALUES (?,?)", x.Seq, s.PackBody(nil, x.Body))
		}
		for _, p := range c.pairs {
			exec("INSERT INTO pair VALUES (?,?,?,?,?,?,?)", p.A, p.B, p.Kind, p.Resemblance, p.ContainmentA, p.ContainmentB, p.Evidence)
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
			exec("INSERT INTO reject (run, path, line, reason, kept) VALUES (?,?,?,?,?)", j.Run, j.Path, j.Line, j.Reason, j.Kept)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
