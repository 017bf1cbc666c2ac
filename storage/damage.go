package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dedupe/article"
)

// Damage is a stored row that cannot be read, or that says what cannot be. It is an
// error where that row was asked for. A reader of many rows steps over it, and tells
// Options.Damaged.
type Damage struct {
	Table string // of the database
	Row   string // its key: "17", of a pair "17-23"
	What  string // is wrong
	key   []any  // by which the row is found again
}

// ofCluster begins what is wrong with an article whose cluster was lost.
const ofCluster = "of cluster "

// Error names the row and says what is wrong with it.
func (d *Damage) Error() string { return d.Table + " " + d.Row + ": " + d.What }

// Mend says what a person can do about the row.
func (d *Damage) Mend() string {
	if strings.HasPrefix(d.What, ofCluster) {
		return "`dedupe recluster` makes the cluster anew"
	}
	switch d.Table {
	case "pair":
		return "`dedupe recluster` compares the two anew"
	case "cluster":
		return "`dedupe recluster` describes it anew"
	case "vote", "boilerplate", "changed", "work", "segment", "posting", "place":
		return "`dedupe recluster` makes it anew from the texts"
	case "source", "taken":
		return "the next `dedupe run` reads it anew"
	case "decision", "pin", "skip":
		return "restore a backup, or decide again"
	}
	return "restore a backup"
}

// damaged returns what is wrong with a row as an error.
func damaged(table, what string, key ...any) error {
	names := make([]string, len(key))
	for i, k := range key {
		if data, is := k.([]byte); is {
			k = fmt.Sprintf("%x", data[:min(len(data), len(article.Key{}))])
		}
		names[i] = fmt.Sprint(k)
	}
	return &Damage{Table: table, Row: strings.Join(names, "-"), What: what, key: key}
}

// unreadable returns the failure to scan a row as an error that names it: a value was
// none that its column may have. Any other failure stays what it is. The key is
// scanned first, so that it is known.
func unreadable(table string, err error, key ...any) error {
	if err == nil || !strings.HasPrefix(err.Error(), "sql: Scan error") {
		return err
	}
	return damaged(table, strings.TrimPrefix(err.Error(), "sql: "), key...)
}

// skip tells of a row that a reader steps over. What is no damage, and damage that
// nobody wants to be told, is the reader's failure.
func (s *Store) skip(ctx context.Context, op string, err error) error {
	d, is := errors.AsType[*Damage](err)
	if !is {
		if d, is = errors.AsType[*Damage](unreadable("row", err, op)); !is {
			return err
		}
	}
	if d.What == wasPruned {
		return nil
	}
	if s.damaged == nil || ctx.Err() != nil {
		return err
	}
	s.damaged(*d)
	return nil
}

// StepOver tells of a row that a caller found to be damaged and does without. It returns
// the damage where nobody wants to be told.
func (s *Store) StepOver(ctx context.Context, table, what string, key ...any) error {
	return fail("read "+table, s.path, s.skip(ctx, "", damaged(table, what, key...)))
}

// Tell tells of a damaged row that a caller was given as an error and does without. It
// returns the error where it is none of one row, or nobody wants to be told.
func (s *Store) Tell(ctx context.Context, err error) error { return s.skip(ctx, "", err) }

// IsPruned reports whether it is a Damage of a text that was pruned.
func IsPruned(err error) bool {
	d, is := errors.AsType[*Damage](err)
	return is && d.What == wasPruned
}

// IsDamage reports whether a failure is that of one row.
func IsDamage(err error) bool {
	_, is := errors.AsType[*Damage](err)
	return is
}
