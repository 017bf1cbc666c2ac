package storage

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"dedupe/article"
)

// Spellings of outlets
//
//	spelling   a name that came with articles, as people write it, its canonical form, and how
//	           many stored versions came under it
//	article    given: the name that came with this version; 0 where an older program kept none
//	outlet     name: the canonical one, by which outlets are told apart; spelling: what is shown,
//	           that of a person (alias = 1), or else the most frequent name of this canonical
//	           form, of several the first in the order of bytes, or the canonical form

// outlets stores new outlets.
func (w *batchWriter) outlets(list []OutletRow) {
	for _, o := range list {
		w.exec("INSERT INTO outlet (id, name, spelling, alias) VALUES (?1, ?2, coalesce(nullif(?3, ''), ?2), ?3 <> '')", o.ID, o.Name, o.Spelling)
	}
}

const given = "(SELECT id FROM spelling WHERE name = ?)"

// spellings stores the names under which articles came, and shows outlets by the most frequent.
func (w *batchWriter) spellings(b *Batch) {
	came := map[string]int{}
	for i := range b.Articles {
		came[b.Articles[i].Article.Given]++
	}
	for _, seq := range slices.Sorted(maps.Keys(b.Respelt)) {
		came[b.Respelt[seq]]++
		w.exec("UPDATE spelling SET articles = articles - 1 WHERE id = (SELECT given FROM article WHERE seq = ?)", seq)
	}
	for _, name := range slices.Sorted(maps.Keys(came)) {
		outlet := article.CanonicalOutlet(name)
		w.exec("INSERT INTO spelling (name, outlet, articles) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET articles = articles + excluded.articles", name, outlet, came[name])
		w.exec(showSpellings+" AND name = ?", outlet)
	}
	for _, seq := range slices.Sorted(maps.Keys(b.Respelt)) {
		w.exec("UPDATE article SET given = "+given+" WHERE seq = ?", b.Respelt[seq], seq)
	}
}

const showSpellings = `UPDATE outlet SET spelling = coalesce((SELECT s.name FROM spelling s WHERE s.outlet = outlet.name ORDER BY s.articles DESC, s.name LIMIT 1), name)
	WHERE alias = 0`

// Respell shows outlets as people write them: those given, by their canonical names, so, and all
// others by the most frequent name that came. Outlets that no version has any more go.
func (s *Store) Respell(ctx context.Context, spelt map[string]string) error {
	return s.update(ctx, "store outlets", func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		w.exec("DELETE FROM outlet WHERE id NOT IN (SELECT outlet FROM article)")
		w.exec("UPDATE outlet SET alias = 0")
		for _, name := range slices.Sorted(maps.Keys(spelt)) {
			w.exec("UPDATE outlet SET spelling = ?, alias = 1 WHERE name = ?", spelt[name], name)
		}
		w.exec(showSpellings)
		return w.err
	})
}

// Spelling is how the outlet of a canonical name is shown: the name itself where none is stored.
func (v *View) Spelling(ctx context.Context, name string) (string, error) {
	spelt := name
	err := v.tx.QueryRowContext(ctx, "SELECT coalesce(max(spelling), ?1) FROM outlet WHERE name = ?1", name).Scan(&spelt)
	return spelt, fail("read outlets", v.s.path, err)
}
