package storage

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"time"

	"dedupe/article"
)

// Decision is a person's word on two articles, which outranks every verdict. It
// is on keys, so that it holds for later versions too, and for articles that
// are not stored yet.
type Decision struct {
	A, B    article.Key // A < B
	Same    bool        // they belong into one cluster; else: apart
	Decided time.Time
	Note    string
}

// NewDecision returns a decision on two articles in either order.
func NewDecision(a, b article.Key, same bool, at time.Time, note string) Decision {
	if bytes.Compare(a[:], b[:]) > 0 {
		a, b = b, a
	}
	return Decision{A: a, B: b, Same: same, Decided: at, Note: note}
}

// Other is the key of the article of the two that has not the given one.
func (d *Decision) Other(key article.Key) article.Key {
	if d.A == key {
		return d.B
	}
	return d.A
}

// Pin is a person's choice of a cluster's representative.
type Pin struct {
	Key     article.Key
	Decided time.Time
	Note    string
}

// decisions stores a batch's decisions and pins.
func (w *batchWriter) decisions(b *Batch) {
	for _, d := range b.Undecided {
		w.exec("DELETE FROM decision WHERE a = ? AND b = ?", d.A[:], d.B[:])
	}
	for _, d := range b.Decided {
		w.exec("INSERT OR REPLACE INTO decision (a, b, same, decided, note) VALUES (?, ?, ?, ?, ?)",
			d.A[:], d.B[:], d.Same, d.Decided.Unix(), d.Note)
		w.exec(unskip, d.A[:], d.B[:])
	}
	for _, key := range b.Unpinned {
		w.exec("DELETE FROM pin WHERE key = ?", key[:])
	}
	for _, p := range b.Pinned {
		w.exec("INSERT OR REPLACE INTO pin (key, decided, note) VALUES (?, ?, ?)", p.Key[:], p.Decided.Unix(), p.Note)
	}
}

// pins lets pinned members represent the clusters of a batch, whose members are
// stored already.
func (w *batchWriter) pins(b *Batch) {
	if w.err != nil {
		return
	}
	var any bool
	if w.err = w.tx.QueryRowContext(w.ctx, "SELECT EXISTS (SELECT 1 FROM pin)").Scan(&any); w.err != nil || !any {
		return
	}
	for i := range b.Clusters {
		w.exec(`UPDATE cluster SET representative = p.seq, reason = 'pinned' FROM (`+pinnedQuery+`) p WHERE id = ?1`, b.Clusters[i].ID)
	}
}

// pinnedQuery finds the pinned member of cluster ?1.
const pinnedQuery = `SELECT a.seq FROM article a JOIN pin ON pin.key = a.key WHERE a.cluster = ?1
	ORDER BY pin.decided DESC, a.key LIMIT 1`

// Decisions reads all decisions, in the order of their keys.
func (s *Store) Decisions(ctx context.Context) (list []Decision, err error) {
	v, err := s.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	return collect(v.Decisions(ctx))
}

// Decisions yields all decisions, in the order of their keys.
func (v *View) Decisions(ctx context.Context) iter.Seq2[Decision, error] {
	scan := func(r row) (d Decision, err error) {
		var a, b []byte
		var decided int64
		if err = unreadable("decision", r.Scan(&a, &b, &d.Same, &decided, &d.Note), a, b); err == nil {
			err = keysOf("decision", &d.A, a, &d.B, b)
		}
		d.Decided = unix(decided)
		return d, err
	}
	return stream(ctx, v, "read decisions", scan, "SELECT a, b, same, decided, note FROM decision ORDER BY a, b")
}

// noKey is what is wrong with a key of another length.
const noKey = "no key of 16 bytes"

// keyOf reads the key of an article.
func keyOf(to *article.Key, data []byte) bool {
	return copy(to[:], data) == len(data) && len(data) == len(to)
}

// keysOf reads the keys of two articles from a row of a table that has no other key.
func keysOf(table string, toA *article.Key, a []byte, toB *article.Key, b []byte) error {
	if !keyOf(toA, a) || !keyOf(toB, b) {
		return damaged(table, noKey, a, b)
	}
	return nil
}

// Pins yields all pins, in the order of their keys.
func (v *View) Pins(ctx context.Context) iter.Seq2[Pin, error] {
	scan := func(r row) (p Pin, err error) {
		var key []byte
		var decided int64
		if err = unreadable("pin", r.Scan(&key, &decided, &p.Note), key); err == nil && !keyOf(&p.Key, key) {
			err = damaged("pin", noKey, key)
		}
		p.Decided = unix(decided)
		return p, err
	}
	return stream(ctx, v, "read pins", scan, "SELECT key, decided, note FROM pin ORDER BY key")
}

// ByKey returns the current article of a key, or ErrNotFound.
func (v *View) ByKey(ctx context.Context, key article.Key) (Article, error) {
	return only(v.where(ctx, "a.key = ?", key[:]), "article", key)
}

// Keyed is ByKey for an article that need not be stored: of one that is not the key alone is
// known, and Seq is 0.
func (v *View) Keyed(ctx context.Context, key article.Key) (Article, error) {
	a, err := v.ByKey(ctx, key)
	if errors.Is(err, ErrNotFound) {
		return Article{Key: key}, nil
	}
	return a, err
}
