package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever a person types, Find answers with an article that goes by this name,
// or says that there is none or more than one.
func FuzzFind(f *testing.F) {
	s := open(f, filepath.Join(f.TempDir(), "a.db"), Options{})
	c := harbour()
	fill(f, s, c)
	v, err := s.View(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(v.Close)
	for _, x := range c.texts {
		f.Add(x.External)
		f.Add(x.Outlet + ":" + x.External)
		f.Add(x.URL)
		f.Add(x.Key.String())
	}
	f.Add("#3")
	f.Add(c.texts[0].Outlet + ":" + c.texts[0].External[:2] + "…")
	f.Add("7")
	f.Fuzz(func(t *testing.T, name string) {
		a, err := v.Find(t.Context(), name)
		if _, several := errors.AsType[*AmbiguousError](err); several || errors.Is(err, ErrNotFound) {
			return
		}
		if err != nil {
			t.Fatalf("Find(%q): %v", name, err)
		}
		byNumber := strings.Trim(name, "#+0123456789") == ""
		cut := strings.TrimSuffix(strings.TrimSuffix(name, "…"), "...")
		begins := func(part string) bool {
			return strings.HasPrefix(a.Name(), part) || strings.HasPrefix(a.Key.String(), strings.ToLower(part))
		}
		if _, part, _ := strings.Cut(cut, ":"); cut != name && (begins(cut) || begins(part)) {
			return
		}
		byKey := strings.HasPrefix(a.Key.String(), strings.ToLower(name))
		if !byNumber && !byKey && !strings.HasSuffix(name, a.Name()) && !strings.Contains(name, "://") {
			t.Errorf("Find(%q) = %s of %s", name, a.Name(), a.Outlet)
		}
	})
}

// Whoever names an article by its id alone is answered by one look-up, however many
// outlets there are: the engine's own plan says so.
func TestFindByIndex(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	for _, condition := range []string{hasExternal, hasExternal + " AND o.name = ?2", "a.key = ?"} {
		var plan strings.Builder
		rows, err := s.r.Query("EXPLAIN QUERY PLAN SELECT a.seq"+articleTables+"WHERE a.current = 1 AND "+condition, "x", "y")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			plan.WriteString(detail + "\n")
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(plan.String(), "SEARCH a USING INDEX article_") || strings.Contains(plan.String(), "SCAN") {
			t.Errorf("%s is answered by\n%s", condition, &plan)
		}
	}
}

// An id that many outlets use is a question back with a few of them, and is found in
// each of them; one without an id goes by its key.
func TestFindAmongManyOutlets(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	const n = 3000
	err := s.update(t.Context(), "fill", func(tx *sql.Tx) error {
		_, err := tx.Exec(fmt.Sprintf(`INSERT INTO run VALUES (1, 'ingest', 0, 0, '', '{}');
			WITH RECURSIVE i(i) AS (VALUES (1) UNION ALL SELECT i+1 FROM i WHERE i < %d)
			INSERT INTO outlet (id, name, spelling) SELECT i, format('outlet%%04d.example', i), format('outlet%%04d.example', i) FROM i;
			INSERT INTO article (seq, key, external, outlet, url, headline, byline, published, effective, effective_reason,
				first_seen, language, credit, agency, words, text_hash, version, current, state, run, cluster)
			SELECT id, randomblob(16), CASE id %% 3 WHEN 0 THEN 'shared' WHEN 1 THEN format('own-%%d', id) ELSE '' END, id, '', '', '', '', 0, 0, 0, '', '', 0, 1,
				randomblob(8), 1, 1, 0, 1, NULL FROM outlet`, n))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	_, err = v.Find(t.Context(), "shared")
	several, ok := errors.AsType[*AmbiguousError](err)
	if !ok || len(several.Choices) != maxChoices || several.Choices[0].Name != "outlet0003.example:shared" || !several.More {
		t.Errorf("Find(shared) = %v; want %d choices, the first outlets by name", err, maxChoices)
	}
	keyed, err := v.Article(t.Context(), 2999)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int64{
		"outlet2997.example:shared": 2997, "own-1": 1, "own-2998": 2998, "OUTLET2998.example:own-2998": 2998,
		"outlet2999.example:" + keyed.Key.String(): 2999, keyed.Key.String()[:12]: 2999,
		keyed.Key.String()[:9] + "…": 2999, "own-299…": -1, "own-2998…": 2998, "outlet2998.example:own-…": 2998, "own-2998...": 2998,
	} {
		a, err := v.Find(t.Context(), name)
		if several, ok := errors.AsType[*AmbiguousError](err); ok && want < 0 && len(several.Choices) > 1 {
			continue
		}
		if err != nil || a.Seq != want {
			t.Errorf("Find(%s) = article %d, %v; want %d", name, a.Seq, err, want)
		}
	}
	for _, name := range []string{"outlet0001.example:shared", "outlet0001.example:" + keyed.Key.String(), "own-2", "nothing"} {
		if _, err := v.Find(t.Context(), name); !errors.Is(err, ErrNotFound) {
			t.Errorf("Find(%s) = %v; want %v", name, err, ErrNotFound)
		}
	}
}
