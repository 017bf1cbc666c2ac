package storage

import (
	"context"
	"iter"
	"time"

	"dedupe/article"
)

// Ruling is what a person decided by one command or one key.
type Ruling struct {
	ID      int64 // from 1, in the order of rulings
	Command string
	Decided time.Time
	Undoes  int64 // the ruling that it took back; 0: none
	Undone  bool  // it was taken back, and not restored since
	Changes int   // pairs and pins that it says something of
}

// Said is what a ruling said of two articles, or of one that represents its cluster.
type Said struct {
	A, B     article.Key // A < B; of a pin both are its article
	Pin      bool
	Was, Now *Word // nil: nothing was decided
}

// Word is a decision or pin without its articles.
type Word struct {
	Same    bool // true of a pin
	Decided time.Time
	Note    string
}

// Decision returns a word as the decision on the two articles of what was said.
func (c *Said) Decision(w *Word) Decision {
	return NewDecision(c.A, c.B, w.Same, w.Decided, w.Note)
}

// ruling notes what a batch is about to decide, and what holds before.
func (w *batchWriter) ruling(b *Batch) {
	r := b.Ruling
	if r == nil || w.err != nil {
		return
	}
	const insert = "INSERT INTO ruling (command, decided, undoes, undone) VALUES (?, ?, nullif(?, 0), 0)"
	done, err := w.tx.ExecContext(w.ctx, insert, r.Command, r.Decided.Unix(), r.Undoes)
	if err == nil {
		r.ID, err = done.LastInsertId()
	}
	if w.err = err; err != nil {
		return
	}
	// What took a ruling back is taken back: the ruling stands again.
	w.exec("UPDATE ruling SET undone = 1 - undone WHERE id IN (?1, (SELECT undoes FROM ruling WHERE id = ?1))", r.Undoes)
	const pair = `INSERT INTO ruled (ruling, a, b, pin, was, was_decided, was_note, now, now_decided, now_note)
		SELECT ?1, ?2, ?3, 0, d.same, d.decided, d.note, ?4, ?5, ?6 FROM (SELECT 1) LEFT JOIN decision d ON d.a = ?2 AND d.b = ?3`
	const pin = `INSERT INTO ruled (ruling, a, b, pin, was, was_decided, was_note, now, now_decided, now_note)
		SELECT ?1, ?2, ?2, 1, iif(p.key IS NULL, NULL, 1), p.decided, p.note, ?3, ?4, ?5 FROM (SELECT 1) LEFT JOIN pin p ON p.key = ?2`
	for _, d := range b.Undecided {
		w.exec(pair, r.ID, d.A[:], d.B[:], nil, nil, nil)
	}
	for _, d := range b.Decided {
		w.exec(pair, r.ID, d.A[:], d.B[:], d.Same, d.Decided.Unix(), d.Note)
	}
	for _, key := range b.Unpinned {
		w.exec(pin, r.ID, key[:], nil, nil, nil)
	}
	for _, p := range b.Pinned {
		w.exec(pin, r.ID, p.Key[:], 1, p.Decided.Unix(), p.Note)
	}
}

// Rulings yields the last rulings, newest first. limit below 0 is no limit.
func (v *View) Rulings(ctx context.Context, limit int) iter.Seq2[Ruling, error] {
	return v.rulings(ctx, "ORDER BY id DESC LIMIT ?", limit)
}

// Ruling returns a ruling by its number, or ErrNotFound.
func (v *View) Ruling(ctx context.Context, id int64) (Ruling, error) {
	return only(v.rulings(ctx, "WHERE id = ?", id), "ruling", id)
}

// LastRuling returns the newest ruling that stands and took none back, or ErrNotFound.
func (v *View) LastRuling(ctx context.Context) (Ruling, error) {
	return only(v.rulings(ctx, "WHERE undone = 0 AND undoes IS NULL ORDER BY id DESC LIMIT 1"), "ruling", "that stands")
}

func (v *View) rulings(ctx context.Context, which string, args ...any) iter.Seq2[Ruling, error] {
	scan := func(r row) (x Ruling, err error) {
		var decided int64
		err = r.Scan(&x.ID, &x.Command, &decided, &x.Undoes, &x.Undone, &x.Changes)
		x.Decided = unix(decided)
		return x, err
	}
	return stream(ctx, v, "read rulings", scan, `SELECT id, command, decided, coalesce(undoes, 0), undone,
		(SELECT count(*) FROM ruled WHERE ruling = id) FROM ruling `+which, args...)
}

// Said yields what a ruling said, in its order.
func (v *View) Said(ctx context.Context, ruling int64) iter.Seq2[Said, error] {
	scan := func(r row) (c Said, err error) {
		var a, b []byte
		var same, decided [2]*int64
		var note [2]*string
		err = unreadable("ruled", r.Scan(&a, &b, &c.Pin, &same[0], &decided[0], &note[0], &same[1], &decided[1], &note[1]), a, b)
		if err == nil {
			err = keysOf("ruled", &c.A, a, &c.B, b)
		}
		for i, to := range []**Word{&c.Was, &c.Now} {
			if same[i] != nil && decided[i] != nil && note[i] != nil {
				*to = &Word{*same[i] == 1, unix(*decided[i]), *note[i]}
			}
		}
		return c, err
	}
	return stream(ctx, v, "read ruling", scan, `SELECT a, b, pin, was, was_decided, was_note, now, now_decided, now_note
		FROM ruled WHERE ruling = ? ORDER BY rowid`, ruling)
}

// LaterRuling returns the newest ruling after one that says something of what this one said in c
// does; 0 where there is none.
func (v *View) LaterRuling(ctx context.Context, ruling int64, c Said) (id int64, err error) {
	err = v.tx.QueryRowContext(ctx, "SELECT coalesce(max(ruling), 0) FROM ruled WHERE a = ? AND b = ? AND pin = ? AND ruling > ?",
		c.A[:], c.B[:], c.Pin, ruling).Scan(&id)
	return id, fail("read rulings", v.s.path, err)
}
