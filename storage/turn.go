package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

// This file keeps two runs apart where the lock does not: its file was deleted, the
// file system has no locks, another host is at work. What a run is about to store
// follows from what it read before. So the database notes who wrote last, and each
// transaction compares that with what its own run knows:
//
//	run A   open ------- batch 1 ------------- batch 2: B wrote since batch 1. A ends
//	run B           open --------- batch 1 --------------- batch 2 -- end
//
// After two runs have begun, the first to write a batch goes on, whichever began
// first; the other one ends at its next batch, of which nothing is stored. All that
// is written under the lock counts as a batch: those of run, ingest and recluster,
// what people decide on articles, clusters and boilerplate, and the notes of settings.
// That a run begins or ends does not count, and neither does what may be stored
// beside a run: skipped pairs and the mark of the last report.

// metaWriter holds the last writer in the table meta, as JSON.
const metaWriter = "writer"

// writer is who wrote last.
type writer struct {
	Token string `json:"token"` // of one open Store
	Count int64  `json:"count"` // batches of all writers until then
	Holder
}

// turn is what an open Store knows of the last writer.
type turn struct {
	mu   sync.Mutex
	me   writer // Count is not kept up to date
	seen string // value of metaWriter: at the beginning, then what was written last
}

func newTurn() *turn {
	host, _ := os.Hostname()
	return &turn{me: writer{Token: rand.Text(), Holder: Holder{PID: os.Getpid(), Host: host}}}
}

// named notes the command, for the message that another run prints.
func (t *turn) named(command string, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.me.Command, t.me.Started = command, at.UTC()
}

// knows reports whether a value of metaWriter is what this Store saw or wrote last.
func (t *turn) knows(value string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return value == t.seen
}

func (t *turn) see(value string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seen = value
}

// last is the value of metaWriter that this Store saw or wrote last.
func (t *turn) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seen
}

// next is the value that the next batch stores.
func (t *turn) next() (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	w := t.me
	w.Count = writerOf(t.seen).Count + 1
	value, err := json.Marshal(w)
	return string(value), err
}

// stranger says what it means that a value of metaWriter is not known: another run
// has written since, or the file holds an older state.
func (t *turn) stranger(op, path, value string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	other := writerOf(value)
	switch {
	case other.Token == t.me.Token:
		return nil
	case other.Count <= writerOf(t.seen).Count:
		return overwritten(op, path)
	}
	return &Error{Op: op, Path: path, Kind: ErrOvertaken, Err: errors.New(other.name() + " has written to it since this one did"),
		Hint: "this one has ended: what it stored before stays and nothing of this batch was stored; run it again when the other is done"}
}

// name is how a message names a writer.
func (w *writer) name() string {
	command := "a command"
	if w.Command != "" {
		command = "`" + printable(w.Command) + "`"
	}
	since := ""
	if !w.Started.IsZero() {
		since = " since " + w.Started.Format(time.RFC3339)
	}
	return fmt.Sprintf("%s, process %d on %s%s,", command, w.PID, printable(w.Host), since)
}

// writerOf reads a value of metaWriter; one that is none is nobody's.
func writerOf(value string) (w writer) {
	if json.Unmarshal([]byte(value), &w) != nil {
		return writer{}
	}
	return w
}

type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func lastWriter(ctx context.Context, q queryer) (value string, err error) {
	err = q.QueryRowContext(ctx, "SELECT value FROM meta WHERE name = ?", metaWriter).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return value, err
}

// Refresh lets the next batch follow from what is read from now on. It is for who
// holds a database open between its turns under the lock; Open does the same.
func (s *Store) Refresh(ctx context.Context) error {
	value, err := lastWriter(ctx, s.w)
	if err != nil {
		return fail("read database", s.path, err)
	}
	s.turn.see(value)
	return nil
}

// Cause returns what explains a failure best: that another run has written since
// this one did or that the file was replaced, either of which can make anything
// fail that is read; else err itself. nil stays nil.
func (s *Store) Cause(ctx context.Context, err error) error {
	if err == nil || s.w == nil || errors.Is(err, ErrOvertaken) || errors.Is(err, ErrReplaced) || errors.Is(err, ErrFull) {
		return err
	}
	const op = "read database"
	ctx = context.WithoutCancel(ctx)
	if replaced := s.identity.check(op, s.path); replaced != nil {
		return s.noteReplaced(replaced)
	}
	value, failed := lastWriter(ctx, s.r)
	if failed != nil || s.turn.knows(value) {
		if replaced := s.identity.checkContent(ctx, op, s.path, s.turn.last()); errors.Is(replaced, ErrReplaced) {
			return s.noteReplaced(replaced)
		}
		return err
	}
	if other := s.turn.stranger(op, s.path, value); other != nil {
		return s.noteReplaced(other)
	}
	return err
}

// manner says how a transaction stands to the turn of its Store, and whether a power cut may take
// it back.
type manner struct{ checked, noted, synced bool }

var (
	asBatch = manner{checked: true, noted: true} // nobody else has written, and from now on we have
	asStart = manner{checked: true}              // nobody else has written
	aside   = manner{}                           // no matter who else writes
)

// lasting is a manner in which what is stored, and all before it, is on the disk when that is
// reported: the end of a run, and what people decided. It costs one wait for the disk.
func (m manner) lasting() manner {
	m.synced = true
	return m
}

// transact runs fn in one writing transaction: all of it is stored, or nothing.
func (s *Store) transact(ctx context.Context, op string, how manner, fn func(*sql.Tx) error) error {
	if s.w == nil {
		return &Error{Op: op, Path: s.path, Kind: ErrReadOnly, Hint: "it was opened for reading"}
	}
	c, err := s.w.Conn(ctx)
	if err != nil {
		return fail(op, s.path, err)
	}
	defer c.Close()
	if how.synced {
		if _, err := c.ExecContext(ctx, "PRAGMA synchronous = FULL"); err != nil {
			return fail(op, s.path, err)
		}
		defer c.ExecContext(context.WithoutCancel(ctx), "PRAGMA synchronous = NORMAL")
	}
	var value string
	err = inTx(ctx, c, func(tx *sql.Tx) error {
		if err := s.identity.check(op, s.path); err != nil {
			return err
		}
		last, err := lastWriter(ctx, tx)
		if err != nil {
			return err
		}
		if s.turn.knows(last) {
			// Nobody can write now, so what the file holds was stored by us or before.
			if err := s.identity.checkContent(ctx, op, s.path, last); err != nil {
				return err
			}
		} else if how.checked {
			if other := s.turn.stranger(op, s.path, last); other != nil {
				return other
			}
		}
		if err := fn(tx); err != nil || !how.noted {
			return err
		}
		if value, err = s.turn.next(); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", metaWriter, value)
		return err
	})
	if err == nil && how.noted {
		s.turn.see(value)
	}
	if err == nil {
		err = s.identity.check(op, s.path)
	}
	return s.noteReplaced(fail(op, s.path, err))
}

// update runs fn in the transaction of a batch.
func (s *Store) update(ctx context.Context, op string, fn func(*sql.Tx) error) error {
	return s.transact(ctx, op, asBatch, fn)
}
