package storage

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata/schema-N.db.gz of the present schema N anew; never after its release")

// A database of every released schema is kept, filled with harbour. Each still
// opens, comes out with the schema of a new file, and answers as a new one.
func TestReleasedSchemas(t *testing.T) {
	if *update {
		writeReleased(t, schemaVersion)
	}
	fresh := schemaOf(t, open(t, filepath.Join(t.TempDir(), "new.db"), Options{}))
	for version := 1; version <= schemaVersion; version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			path := readReleased(t, version)
			if version < schemaVersion {
				if _, err := Open(t.Context(), path, Options{ReadOnly: true}); !errors.Is(err, ErrOlder) {
					t.Errorf("Open to read = %v; want %v", err, ErrOlder)
				}
			}
			s := open(t, path, Options{})
			if diff := cmp.Diff(fresh, schemaOf(t, s)); diff != "" {
				t.Fatalf("an old file migrated differs from a new one (-new +old):\n%s\n"+
					"Write the change as a new migration; or, as long as schema %d is not released, run\n"+
					"\tgo test ./storage -run TestReleasedSchemas -update", diff, version)
			}
			conformance(t, func(t *testing.T, _ contents) reader {
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

// schemaOf lists the statements that made the tables, indexes and views.
func schemaOf(t *testing.T, s *Store) map[string]string {
	t.Helper()
	rows, err := s.r.Query("SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	schema := map[string]string{}
	for rows.Next() {
		var name, statement string
		if err := rows.Scan(&name, &statement); err != nil {
			t.Fatal(err)
		}
		schema[name] = statement
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return schema
}

func releasedName(version int) string {
	return filepath.Join("testdata", fmt.Sprintf("schema-%d.db.gz", version))
}

func readReleased(t *testing.T, version int) (path string) {
	t.Helper()
	packed, err := os.Open(releasedName(version))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "old.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func writeReleased(t *testing.T, version int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path, Options{Compress: true})
	fill(t, s, harbour())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(releasedName(version), packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A step that fails leaves the file at the schema before it, whole.
func TestMigrationThatFails(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	steps := append(migrations[:len(migrations):len(migrations)],
		"CREATE TABLE half (x); INSERT INTO no_such_table VALUES (1)")
	if err := migrate(t.Context(), s.w, steps); err == nil {
		t.Fatal("migrate succeeded")
	}
	var version, half int
	err := s.w.QueryRow(`SELECT user_version, (SELECT count(*) FROM sqlite_schema WHERE name = 'half')
		FROM pragma_user_version`).Scan(&version, &half)
	if err != nil || version != schemaVersion || half != 0 {
		t.Errorf("version %d, half made tables %d, %v; want %d, 0", version, half, err, schemaVersion)
	}
}

// Two programs that open a new file at once both get a whole database.
func TestOpenTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	const n = 6
	errs := make(chan error, n)
	for range n {
		go func() {
			s, err := Open(t.Context(), path, Options{})
			if err == nil {
				err = s.Close()
			}
			errs <- err
		}()
	}
	for range n {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

// The views are a promise to people who bring their own SQL.
func TestViews(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	tests := []struct{ query, want string }{
		{"SELECT group_concat(article ORDER BY seq) FROM articles WHERE cluster = 1 AND key <> article", "s1,b7,d:1"},
		{"SELECT article FROM articles WHERE representative AND cluster = 2", "x1"},
		{"SELECT date || ' ' || state || ' ' || outlet FROM articles WHERE article = 'x1' AND cluster IS NULL",
			"2026-03-03T09:00:00Z too short alpha.example"},
		{"SELECT count(*) FROM articles", "7"},
		{"SELECT group_concat(cluster || ' ' || headline || ' ' || outlets || ' ' || first, '; ') FROM clusters",
			"1 Storm closes harbour 4 2026-03-02T08:00:00Z; 2 Mayor opens bridge 2 2026-03-04T09:00:00Z"},
		{"SELECT first_known || ' ' || first_outlet FROM clusters WHERE cluster = 2", "minute beta.example"},
		{"SELECT date_known FROM articles WHERE article = 's1'", "minute"},
		{"SELECT group_concat(article_b || ' ' || kind || ' ' || containment_a || ' ' || same_cluster, '; ') FROM links WHERE article_a = 's1'",
			"b7 near 0.9 1"},
		{"SELECT count(*) FROM links", "4"},
	}
	for _, test := range tests {
		var got sql.NullString
		if err := s.r.QueryRow(test.query).Scan(&got); err != nil || got.String != test.want {
			t.Errorf("%s = %q, %v; want %q", test.query, got.String, err, test.want)
		}
	}
}
