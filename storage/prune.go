package storage

import (
	"context"
	"database/sql"
	"strconv"
	"time"
)

// What is kept of an article for how long
//
//	                  index     pairs   texts      articles
//	--- judged -------|-- frozen: in its cluster, with ----|
//	                  |   pairs ---|  text ---|   headline |  gone
//
// A frozen article is current and in its cluster, and is never judged again: it is no candidate
// of any other, and its place says so. What it showed to be boilerplate is counted on.

// Bits of article.frozen.
const (
	frozen      = 1 // out of the index
	pairsPruned = 2
	textPruned  = 4
)

// Part of an article that has an age of its own.
type Age uint8

// The parts.
const (
	IndexAge Age = iota
	PairAge
	TextAge
	ArticleAge
)

// metaOldest holds in the table meta from which date on articles are kept, in Unix seconds.
const metaOldest = "oldest"

// Aged returns the stored versions that are older than a date and of which a part is still there, in
// the order of arrival: for IndexAge and PairAge the current ones, else all. That what is as old has left the index before is
// the caller's to see to. Cost: a walk over all articles.
func (s *Store) Aged(ctx context.Context, part Age, before time.Time) ([]uint32, error) {
	var of string
	switch part {
	case IndexAge:
		of = " AND current = 1 AND frozen & 1 = 0"
	case PairAge:
		of = " AND current = 1 AND frozen & 2 = 0"
	case TextAge:
		of = " AND frozen & 4 = 0"
	}
	return s.numbers(ctx, "read dates", "SELECT seq FROM article WHERE effective < ?"+of+" ORDER BY seq", before.Unix())
}

// Prune is one step of pruning: all of it is stored, or nothing.
type Prune struct {
	Frozen []uint32 // from now on
	Pairs  []uint32 // of these the pairs go that are with frozen ones
	Texts  []uint32 // of these the texts go; what they vote for is counted on
	Places []PlaceRow
}

// Prune stores a step.
func (s *Store) Prune(ctx context.Context, p *Prune) error {
	return s.update(ctx, "prune articles", func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		mark := func(seq uint32, bit int) {
			w.exec("UPDATE article SET frozen = frozen | ? WHERE seq = ?", bit, seq)
		}
		for _, seq := range p.Frozen {
			mark(seq, frozen)
		}
		for _, seq := range p.Pairs {
			w.exec("DELETE FROM pair WHERE b = ? AND EXISTS (SELECT 1 FROM article WHERE seq = pair.a AND frozen & 1)", seq)
			w.exec("DELETE FROM pair WHERE a = ? AND EXISTS (SELECT 1 FROM article WHERE seq = pair.b AND frozen & 2)", seq)
			mark(seq, pairsPruned)
		}
		for _, seq := range p.Texts {
			w.exec("UPDATE body SET data = ? WHERE seq = ?", []byte{bodyPruned}, seq)
			w.exec("DELETE FROM vote WHERE article = ?", seq)
			mark(seq, textPruned)
		}
		for _, row := range p.Places {
			w.exec("INSERT OR REPLACE INTO place (first, data) VALUES (?, ?)", row.First, packPlaces(row.Places))
		}
		return w.err
	})
}

// SetOldest notes that articles of before a date are not taken in any more. It never goes back.
func (s *Store) SetOldest(ctx context.Context, oldest time.Time) error {
	return s.update(ctx, "store facts", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value
			WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)`, metaOldest, strconv.FormatInt(oldest.Unix(), 10))
		return err
	})
}

// Oldest is the date before which no articles are taken in, in Unix seconds, and false where there
// is none.
func (s *Store) Oldest(ctx context.Context) (seconds int64, is bool, err error) {
	value, err := s.Meta(ctx, metaOldest)
	if err != nil || value == "" {
		return 0, false, err
	}
	seconds, err = strconv.ParseInt(value, 10, 64)
	return seconds, err == nil, nil
}

// depart takes old articles out of their clusters, whose rows stay true, and ends those of which less than
// two members are left.
func (w *batchWriter) depart(seqs []uint32) {
	if len(seqs) == 0 {
		return
	}
	for _, seq := range seqs {
		w.leave(seq, 0)
		w.exec("DELETE FROM pair WHERE b = ?", seq)
		w.exec("DELETE FROM pair WHERE a = ?", seq)
	}
	const lone = "FROM cluster WHERE successor IS NULL AND outlets < 2 AND size < 2"
	w.exec("INSERT INTO cluster_log (run, cluster, event, members) SELECT (SELECT max(id) FROM run), id, 'dissolved', 0 " + lone)
	w.exec("UPDATE article SET cluster = NULL WHERE cluster IN (SELECT id " + lone + ")")
	w.exec("UPDATE cluster SET successor = 0, size = 0 WHERE id IN (SELECT id " + lone + ")")
}

// PruneHistory deletes what is known of runs that began before a date: what happened to clusters, clusters
// that ended, notes of input that none met since, and the runs themselves, but for those that something
// refers to.
func (s *Store) PruneHistory(ctx context.Context, before time.Time) error {
	var run int64 // the first that stays
	err := s.r.QueryRowContext(ctx, "SELECT coalesce(min(id), 0) FROM run WHERE started >= ?", before.Unix()).Scan(&run)
	if err != nil || run < 2 {
		return fail("read runs", s.path, err)
	}
	// Each deleted run would be looked for in all tables that refer to runs.
	if _, err := s.w.ExecContext(ctx, "PRAGMA foreign_keys = OFF"); err != nil {
		return fail("prune history", s.path, err)
	}
	defer func() { _, _ = s.w.ExecContext(context.WithoutCancel(ctx), "PRAGMA foreign_keys = ON") }()
	return s.update(ctx, "prune history", func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		w.exec("DELETE FROM cluster_log WHERE run < ?", run)
		w.exec(`DELETE FROM cluster WHERE successor IS NOT NULL AND changed < ?1 AND id < (SELECT max(id) FROM cluster)
			AND NOT EXISTS (SELECT 1 FROM cluster_log l WHERE l.cluster = cluster.id)`, run)
		w.exec("DELETE FROM shown WHERE cluster NOT IN (SELECT id FROM cluster WHERE successor IS NULL)")
		w.exec("DELETE FROM reject WHERE run < ?", run)
		w.exec(`DELETE FROM run WHERE id < ?1 AND id NOT IN (SELECT run FROM article UNION SELECT made FROM cluster UNION SELECT changed FROM cluster
			UNION SELECT run FROM boilerplate UNION SELECT run FROM reject UNION SELECT first FROM reject UNION SELECT run FROM cluster_log)`, run)
		return w.err
	})
}

// Rows counts the rows of all tables. Cost: a walk over each of them.
func (s *Store) Rows(ctx context.Context) (n int, err error) {
	rows, err := countRows(ctx, s.r)
	for _, x := range rows {
		n += x
	}
	return n, fail("count rows", s.path, err)
}
