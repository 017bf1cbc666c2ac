package storage

import (
	"context"
	"iter"
	"os"
	"time"

	"dedupe/article"
)

// Run is one execution of run, ingest or recluster, or a ruling of a person.
type Run struct {
	ID       int64     `json:"run"`
	Command  string    `json:"command"`
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished,omitzero"` // zero: still running, or died
	Settings string    `json:"-"`                 // hash
	Summary  string    `json:"-"`                 // JSON of counters
}

// Runs returns the last runs, newest first. limit below 0 is no limit.
func (v *View) Runs(ctx context.Context, limit int) ([]Run, error) {
	scan := func(r row) (run Run, err error) {
		var started int64
		var finished *int64
		err = r.Scan(&run.ID, &run.Command, &started, &finished, &run.Settings, &run.Summary)
		run.Started = unix(started)
		if finished != nil {
			run.Finished = unix(*finished)
		}
		return run, err
	}
	return collect(stream(ctx, v, "read runs", scan,
		"SELECT id, command, started, finished, settings, summary FROM run ORDER BY id DESC LIMIT ?", limit))
}

// Reject is input that a run could not take, or took with a warning.
type Reject struct {
	Run    int64  `json:"-"`    // that met it last
	First  int64  `json:"-"`    // that met it first, and so did each run of its command since
	Path   string `json:"path"` // as named by the user
	Line   int    `json:"line"` // from 1; 0: the file as a whole
	Reason string `json:"reason"`
	Kept   bool   `json:"kept"`             // the article was stored nevertheless
	Source string `json:"source,omitempty"` // its name in config.yaml; empty: none
	Head   string `json:"head,omitempty"`   // the beginning of what was rejected
}

// Rejects yields the rejects that a run met last in the order they were first met; of every
// run when run is 0.
func (v *View) Rejects(ctx context.Context, run int64) iter.Seq2[Reject, error] {
	scan := func(r row) (j Reject, err error) {
		return j, r.Scan(&j.Run, &j.First, &j.Path, &j.Line, &j.Reason, &j.Kept, &j.Source, &j.Head)
	}
	if run == 0 {
		return stream(ctx, v, "read rejects", scan, "SELECT run, first, path, line, reason, kept, source, head FROM reject ORDER BY id")
	}
	return stream(ctx, v, "read rejects", scan,
		"SELECT run, first, path, line, reason, kept, source, head FROM reject WHERE run = ? ORDER BY id", run)
}

// Event is a line of a cluster's history.
type Event struct {
	Run     int64     `json:"run"`
	At      time.Time `json:"at"` // start of the run
	Cluster int64     `json:"-"`
	Event   string    `json:"event"`           // made, joined, merged, split, shrank (by articles that were taken out), dissolved
	Other   int64     `json:"other,omitempty"` // the other cluster of a merge; 0: none
	Members int       `json:"members"`         // size after the event

	OtherLabel string `json:"other_label,omitempty"` // of Other
}

// History yields what happened to a cluster, oldest first.
func (v *View) History(ctx context.Context, cluster int64) iter.Seq2[Event, error] {
	scan := func(r row) (e Event, err error) {
		var at int64
		err = r.Scan(&e.Run, &at, &e.Cluster, &e.Event, &e.Other, &e.Members)
		e.At = unix(at)
		if e.Other != 0 {
			e.OtherLabel = ClusterLabel(e.Other)
		}
		return e, err
	}
	return stream(ctx, v, "read history", scan, `
		SELECT l.run, r.started, l.cluster, l.event, coalesce(l.other, 0), l.members
		FROM cluster_log l JOIN run r ON r.id = l.run WHERE l.cluster = ? ORDER BY l.id`, cluster)
}

// Totals of the database. Counts are of current articles and living clusters.
type Totals struct {
	Articles   int   `json:"articles"` // current
	Versions   int   `json:"-"`        // of all articles together
	Outlets    int   `json:"outlets"`
	Clusters   int   `json:"clusters"`
	Syndicated int   `json:"syndicated"` // clusters of two outlets or more
	Clustered  int   `json:"clustered"`  // articles in clusters
	TooShort   int   `json:"too_short"`  // too short to judge
	Links      Kinds `json:"-"`
	Undated    int   `json:"undated"` // without a date that can be used

	First article.Moment `json:"first,omitzero"` // of the articles that have a date; zero when there is none
	Last  article.Moment `json:"last,omitzero"`
}

// Totals counts everything once through, about half a second at 1,000,000
// articles.
func (v *View) Totals(ctx context.Context) (t Totals, err error) {
	if t, err = v.Counts(ctx); err != nil {
		return t, err
	}
	type count struct {
		kind int64
		n    int
	}
	scan := func(r row) (c count, err error) { return c, r.Scan(&c.kind, &c.n) }
	for c, err := range stream(ctx, v, "count links", scan, "SELECT kind, count(*) FROM pair GROUP BY kind") {
		if err != nil {
			return t, err
		}
		if 0 <= c.kind && c.kind < int64(len(t.Links)) {
			t.Links[c.kind] = c.n
		}
	}
	return t, nil
}

// Counts is Totals without Links, in two thirds of the time.
func (v *View) Counts(ctx context.Context) (t Totals, err error) {
	var first, firstDay, last, lastDay *int64
	err = v.tx.QueryRowContext(ctx, `
		SELECT count(*), CAST(total(current) AS INTEGER), coalesce(sum(current AND state = 1), 0),
			coalesce(sum(current AND NOT `+dated+`), 0),
			min(effective) FILTER (WHERE current AND effective_reason = 0 AND typeof(effective) = 'integer'),
			min(effective) FILTER (WHERE current AND effective_reason = 5 AND typeof(effective) = 'integer'),
			max(effective) FILTER (WHERE current AND effective_reason = 0 AND typeof(effective) = 'integer'),
			max(effective) FILTER (WHERE current AND effective_reason = 5 AND typeof(effective) = 'integer')
		FROM article m`).Scan(&t.Versions, &t.Articles, &t.TooShort, &t.Undated, &first, &firstDay, &last, &lastDay)
	if err != nil {
		return t, fail("count articles", v.s.path, err)
	}
	t.First, t.Last = momentOf(first, article.ToMinute), momentOf(last, article.ToMinute)
	if day := momentOf(firstDay, article.ToDay); t.First.IsZero() || !day.IsZero() && !t.First.Before(day) {
		t.First = day
	}
	if day := momentOf(lastDay, article.ToDay); t.Last.IsZero() || !day.IsZero() && !day.Before(t.Last) {
		t.Last = day
	}
	err = v.tx.QueryRowContext(ctx, `
		SELECT count(*), CAST(total(size) AS INTEGER), coalesce(sum(outlets > 1), 0), (SELECT count(*) FROM outlet)
		FROM cluster WHERE successor IS NULL`).Scan(&t.Clusters, &t.Clustered, &t.Syndicated, &t.Outlets)
	if err != nil {
		return t, fail("count clusters", v.s.path, err)
	}
	return t, nil
}

// momentOf is that of Unix seconds, none for nil.
func momentOf(seconds *int64, known article.Known) (m article.Moment) {
	if seconds != nil {
		m = article.Moment{At: unix(*seconds), Known: known}
	}
	return m
}

// LastGood returns when the last run ended that took articles in and came to its end; zero when
// none did.
func (v *View) LastGood(ctx context.Context) (time.Time, error) {
	var at int64
	err := v.tx.QueryRowContext(ctx, "SELECT coalesce(max(finished), 0) FROM run WHERE command IN ('run', 'ingest', 'retry')").Scan(&at)
	return moment(at), fail("read runs", v.s.path, err)
}

// Bytes is the size of the database's files, SQLite's log among them.
func (s *Store) Bytes() (n int64) {
	for _, name := range Files(s.path) {
		if info, err := os.Stat(name); err == nil {
			n += info.Size()
		}
	}
	return n
}
