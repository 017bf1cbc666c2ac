package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"maps"
	"math"
	"slices"

	"dedupe/article"
)

// This file is what bringing stored articles up to date with another version of the
// program reads and writes.

// ReceivedRow is a stored version of an article as it was received, and what was made
// of it when it was stored.
type ReceivedRow struct {
	Seq      uint32
	Key      article.Key
	Article  article.Article // but for the body; the outlet by its canonical name
	Unspelt  bool            // as what the outlet came is not known
	Packed   []byte          // the body, for ReceivedBody; nil where it is lost
	TextHash uint64
}

// ReceivedIn yields the stored versions of [from, to) in the order of arrival, older
// ones included. The body's bytes are for the caller.
func (s *Store) ReceivedIn(ctx context.Context, from, to uint32, yield func(ReceivedRow) error) error {
	return s.rows(ctx, "read articles", func(rows *sql.Rows) error {
		var r ReceivedRow
		var key, hash sql.RawBytes
		a := &r.Article
		if err := rows.Scan(&r.Seq, &key, &a.ID, &a.Outlet, &a.Given, &r.Unspelt, &a.URL, &a.Headline, &a.Byline, &a.Published, &a.Language, &a.Summary, &hash, &r.Packed); err != nil {
			return err
		}
		copy(r.Key[:], key)
		r.TextHash = textHash(hash)
		return yield(r)
	}, `SELECT a.seq, a.key, a.external, coalesce(o.name, ''), coalesce(s.name, ''), s.id IS NULL, a.url, a.headline, a.byline, a.published, a.language, a.summary, a.text_hash, b.data
		FROM article a LEFT JOIN outlet o ON o.id = a.outlet LEFT JOIN spelling s ON s.id = a.given LEFT JOIN body b ON b.seq = a.seq WHERE a.seq >= ? AND a.seq < ? ORDER BY a.seq`, from, to)
}

// ContentHashes yields a hash of the text, the outlet and the language of each article's current
// version, in the order of arrival: all on which its comparisons depend but its place.
func (s *Store) ContentHashes(ctx context.Context, yield func(seq uint32, hash uint64)) error {
	return s.rows(ctx, "read articles", func(rows *sql.Rows) error {
		var seq uint32
		var hash sql.RawBytes
		var outlet, language string
		if err := rows.Scan(&seq, &hash, &outlet, &language); err != nil {
			return err
		}
		if !s.foreign(seq) {
			yield(seq, textHash(hash)^TextHash(outlet, language))
		}
		return nil
	}, `SELECT a.seq, a.text_hash, coalesce(o.name, ''), a.language FROM article a LEFT JOIN outlet o ON o.id = a.outlet
		WHERE a.current = 1 ORDER BY a.seq`)
}

// ReceivedBody is the body of a stored version; damage of one row where it cannot be read.
func (s *Store) ReceivedBody(r *ReceivedRow) (string, error) {
	return s.codec.kept(int64(r.Seq), r.Packed)
}

// Gone reports whether there is nothing that could be lost: the version was taken out, or its text pruned.
func (r *ReceivedRow) Gone() bool { return r.Key == article.Key{} || isPruned(r.Packed) }

// textHash reads a stored hash; of one that is damaged, what is there.
func textHash(data []byte) uint64 {
	var hash [8]byte
	copy(hash[:], data)
	return binary.BigEndian.Uint64(hash[:])
}

// Standing is where a stored version stands among those of its key.
type Standing struct {
	Seq      uint32
	TextHash uint64
	Version  int  // from 1
	Current  bool // the one that counts
}

// Standings returns the stored versions of each key, in the order of arrival; of one
// that is not stored, none.
func (s *Store) Standings(ctx context.Context, keys []article.Key) (map[article.Key][]Standing, error) {
	found := make(map[article.Key][]Standing, len(keys))
	stmt, err := s.r.PrepareContext(ctx, "SELECT seq, text_hash, version, current FROM article WHERE key = ? ORDER BY seq")
	if err != nil {
		return nil, fail("look up articles", s.path, err)
	}
	defer stmt.Close()
	for _, k := range keys {
		list, err := standings(context.WithoutCancel(ctx), stmt, k)
		if err != nil {
			return nil, fail("look up articles", s.path, err)
		}
		list = slices.DeleteFunc(list, func(x Standing) bool { return s.foreign(x.Seq) })
		if len(list) > 0 {
			found[k] = list
		}
	}
	return found, nil
}

func standings(ctx context.Context, stmt *sql.Stmt, key article.Key) (list []Standing, err error) {
	rows, err := stmt.QueryContext(ctx, key[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var x Standing
		var hash sql.RawBytes
		if err := rows.Scan(&x.Seq, &hash, &x.Version, &x.Current); err != nil {
			return nil, err
		}
		x.TextHash = textHash(hash)
		list = append(list, x)
	}
	return list, rows.Err()
}

// Renewed is a stored version of which something is made otherwise now.
type Renewed struct {
	Seq      uint32
	Key      article.Key
	Outlet   uint32 // of an OutletRow, or stored
	Headline string
	Language string
	TextHash uint64
	Packed   []byte // another body; nil: the same
}

// Renewal is one step of bringing stored articles up to date: all of it is stored, or
// nothing.
type Renewal struct {
	Outlets  []OutletRow
	Articles []Renewed
	Standing []Standing                  // those that stand otherwise than before; text hashes are not read
	Heirs    map[uint32]uint32           // a version that no longer counts -> the one that counts instead, which takes its place in a cluster
	Moved    map[article.Key]article.Key // keys that no version has any more -> those of their articles now
	Places   []PlaceRow
	Meta     map[string]string
}

// Renew stores a step. What people decided on keys that moved goes with them; of two
// words on what is one pair now the last one holds, and one on versions of one article
// goes. Versions that no longer count leave their clusters, whose rows stay true, and
// their pairs go.
func (s *Store) Renew(ctx context.Context, r *Renewal) error {
	return s.update(ctx, "store articles", func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		w.outlets(r.Outlets)
		// A key has each version once: what moves stands aside until all have moved.
		for i := range r.Standing {
			w.exec("UPDATE article SET version = -seq WHERE seq = ?", r.Standing[i].Seq)
		}
		for i := range r.Articles {
			a := &r.Articles[i]
			w.exec("UPDATE article SET key = ?, outlet = ?, headline = ?, language = ?, text_hash = ? WHERE seq = ?",
				a.Key[:], a.Outlet, a.Headline, a.Language, binary.BigEndian.AppendUint64(nil, a.TextHash), a.Seq)
			if a.Packed != nil {
				w.exec("UPDATE body SET data = ? WHERE seq = ?", a.Packed, a.Seq)
			}
		}
		w.stand(r)
		w.moveKeys(r.Moved)
		for _, p := range r.Places {
			w.exec("INSERT OR REPLACE INTO place (first, data) VALUES (?, ?)", p.First, packPlaces(p.Places))
		}
		for _, name := range slices.Sorted(maps.Keys(r.Meta)) {
			w.exec("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, r.Meta[name])
		}
		return w.err
	})
}

// stand stores which versions count, and what follows for clusters and pairs.
func (w *batchWriter) stand(r *Renewal) {
	for i := range r.Standing {
		x := &r.Standing[i]
		w.exec("UPDATE article SET version = ?, current = ? WHERE seq = ?", x.Version, x.Current, x.Seq)
		if x.Current {
			continue
		}
		w.leave(x.Seq, r.Heirs[x.Seq])
		w.exec("DELETE FROM pair WHERE b = ?", x.Seq)
		w.exec("DELETE FROM pair WHERE a = ?", x.Seq)
	}
}

// leave takes a version that no longer counts out of its cluster, whose row stays true. Its
// heir, 0 for none, takes its place there if it has none of its own.
func (w *batchWriter) leave(seq, heir uint32) {
	if heir != 0 {
		w.exec("UPDATE article SET cluster = (SELECT cluster FROM article WHERE seq = ?1) WHERE seq = ?2 AND cluster IS NULL", seq, heir)
		w.exec(`UPDATE article SET joined = was.joined FROM (SELECT cluster, joined FROM article WHERE seq = ?1) was
			WHERE seq = ?2 AND article.cluster = was.cluster`, seq, heir)
	}
	w.exec(`UPDATE cluster SET size = n.size, outlets = n.outlets,
		representative = CASE WHEN representative = ?1 THEN coalesce(n.first, representative) ELSE representative END,
		reason = CASE WHEN representative = ?1 THEN 'earliest' ELSE reason END
		FROM (SELECT count(*) AS size, count(DISTINCT outlet) AS outlets,
			(SELECT seq FROM article WHERE cluster = c AND seq <> ?1 ORDER BY effective, key LIMIT 1) AS first
			FROM (SELECT cluster AS c FROM article WHERE seq = ?1) JOIN article ON cluster = c WHERE seq <> ?1) n
		WHERE id = (SELECT cluster FROM article WHERE seq = ?1)`, seq)
	w.exec(`UPDATE cluster SET representative = p.seq, reason = 'pinned' FROM (SELECT a.seq FROM article a JOIN pin ON pin.key = a.key
			WHERE a.cluster = (SELECT cluster FROM article WHERE seq = ?1) AND a.seq <> ?1 ORDER BY pin.decided DESC, a.key LIMIT 1) p
		WHERE id = (SELECT cluster FROM article WHERE seq = ?1)`, seq)
	// A cluster of nobody but this one goes into that of the heir.
	const alone = ` FROM (SELECT cluster AS id FROM article WHERE seq = ?1) was LEFT JOIN article h ON h.seq = ?2
		WHERE was.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM article WHERE cluster = was.id AND seq <> ?1)`
	w.exec(`INSERT INTO cluster_log (run, cluster, event, other, members)
		SELECT (SELECT max(id) FROM run), was.id, iif(h.cluster IS NULL, 'dissolved', 'merged'), h.cluster, 0`+alone, seq, heir)
	w.exec(`UPDATE cluster SET successor = s.successor, size = 0 FROM (SELECT was.id AS was, coalesce(h.cluster, 0) AS successor`+alone+`) s WHERE id = s.was`, seq, heir)
	w.exec("UPDATE article SET current = 0, cluster = NULL WHERE seq = ?", seq)
}

// moveKeys writes what people decided, chose and skipped under the keys of now, of all
// articles at once. Of two words on what is one pair now the later one holds, a skip of a
// decided pair goes, and so does what is said of one article alone. Rows are moved as they
// are: one that is damaged stays so.
func (w *batchWriter) moveKeys(moved map[article.Key]article.Key) {
	if len(moved) == 0 {
		return
	}
	const gone = "IN (SELECT was FROM temp.moved)"
	w.exec("CREATE TEMP TABLE moved (was BLOB PRIMARY KEY, now BLOB NOT NULL) WITHOUT ROWID")
	for was, now := range moved {
		w.exec("INSERT INTO temp.moved (was, now) VALUES (?, ?)", was[:], now[:])
	}
	const (
		first  = "min(coalesce(m.now, x.a), coalesce(n.now, x.b))"
		second = "max(coalesce(m.now, x.a), coalesce(n.now, x.b))"
		from   = " x LEFT JOIN temp.moved m ON m.was = x.a LEFT JOIN temp.moved n ON n.was = x.b WHERE m.now IS NOT NULL OR n.now IS NOT NULL"
	)
	w.exec("CREATE TEMP TABLE moving AS SELECT " + first + " AS a, " + second + " AS b, x.same, x.decided, x.note FROM decision" + from)
	w.exec("DELETE FROM decision WHERE a " + gone + " OR b " + gone)
	w.exec(`INSERT INTO decision (a, b, same, decided, note) SELECT a, b, same, decided, note FROM temp.moving WHERE a <> b ON CONFLICT DO UPDATE
		SET same = excluded.same, decided = excluded.decided, note = excluded.note WHERE excluded.decided >= decided`)
	w.exec("CREATE TEMP TABLE skipping AS SELECT " + first + " AS a, " + second + " AS b, x.skipped FROM skip" + from)
	w.exec("DELETE FROM skip WHERE a " + gone + " OR b " + gone)
	w.exec("INSERT OR IGNORE INTO skip (a, b, skipped) SELECT a, b, skipped FROM temp.skipping WHERE a <> b")
	w.exec("DELETE FROM skip WHERE EXISTS (SELECT 1 FROM decision d WHERE d.a = skip.a AND d.b = skip.b)")
	w.exec("CREATE TEMP TABLE pinning AS SELECT m.now AS key, p.decided, p.note FROM pin p JOIN temp.moved m ON m.was = p.key")
	w.exec("DELETE FROM pin WHERE key " + gone)
	w.exec(`INSERT INTO pin (key, decided, note) SELECT key, decided, note FROM temp.pinning WHERE true ON CONFLICT DO UPDATE
		SET decided = excluded.decided, note = excluded.note WHERE excluded.decided >= decided`)
	w.exec("CREATE TEMP TABLE ruling AS SELECT x.rowid AS id, " + first + " AS a, " + second + " AS b FROM ruled" + from)
	w.exec("UPDATE ruled SET a = m.a, b = m.b FROM temp.ruling m WHERE ruled.rowid = m.id")
	for _, table := range []string{"moved", "moving", "skipping", "pinning", "ruling"} {
		w.exec("DROP TABLE temp." + table)
	}
}

// Versioned returns the articles that count and have older versions, in the order of
// arrival.
func (s *Store) Versioned(ctx context.Context) ([]uint32, error) {
	return s.numbers(ctx, "read articles", "SELECT seq FROM article WHERE current = 1 AND version > 1 ORDER BY seq")
}

// Dated is the dates of a stored version.
type Dated struct {
	Seq       uint32
	Published string // as given
	Effective int64  // Unix seconds: the date used
	Reason    article.DateReason
	FirstSeen int64
}

// Dates yields the dates of the stored versions of [from, to).
func (s *Store) Dates(ctx context.Context, from, to uint32, yield func(Dated) error) error {
	return s.rows(ctx, "read dates", func(rows *sql.Rows) error {
		var d Dated
		var reason int64 // of a damaged row any number
		if err := rows.Scan(&d.Seq, &d.Published, &d.Effective, &reason, &d.FirstSeen); err != nil {
			return err
		}
		d.Reason = article.DateReason(max(0, min(reason, math.MaxUint8)))
		return yield(d)
	}, "SELECT seq, published, effective, effective_reason, first_seen FROM article WHERE seq >= ? AND seq < ? ORDER BY seq", from, to)
}

// Redate stores other dates of versions; what they were given as stays.
func (s *Store) Redate(ctx context.Context, list []Dated) error {
	return s.update(ctx, "store dates", func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		for _, d := range list {
			w.exec("UPDATE article SET effective = ?, effective_reason = ?, first_seen = ? WHERE seq = ?", d.Effective, d.Reason, d.FirstSeen, d.Seq)
		}
		return w.err
	})
}
