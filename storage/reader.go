package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"
)

// Cursor says how much of the clusters a reader has seen.
type Cursor struct {
	Reader string // whose it is
	Chosen string // what of the clusters was asked for, in flags; each choice has a place of its own
	Run    int64  // all up to this run was shown
	Noted  int64  // what is said of sources, up to this run
}

// Cursor returns that of a reader and a choice, and false where there is none.
func (v *View) Cursor(ctx context.Context, reader, chosen string) (c Cursor, known bool, err error) {
	c.Reader, c.Chosen = reader, chosen
	err = v.tx.QueryRowContext(ctx, "SELECT run, noted FROM reader WHERE name = ? AND chosen = ?", reader, chosen).Scan(&c.Run, &c.Noted)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	return c, err == nil, fail("read reader", v.s.path, err)
}

// SaveCursor stores how much a reader has seen, also while a run is at work: all up to
// c.Run, and of the shown clusters what there was of them up to c.Noted.
func (s *Store) SaveCursor(ctx context.Context, c Cursor, shown []int64) error {
	return s.transact(ctx, "store reader", aside.lasting(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO reader (name, chosen, run, noted) VALUES (?, ?, ?, ?)", c.Reader, c.Chosen, c.Run, c.Noted)
		if err != nil {
			return err
		}
		ids, _ := json.Marshal(shown) // plain numbers cannot fail
		_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO shown (name, chosen, cluster, run) SELECT ?, ?, value, ? FROM json_each(?)",
			c.Reader, c.Chosen, c.Noted, string(ids))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM shown WHERE name = ? AND chosen = ? AND run <= ?", c.Reader, c.Chosen, c.Run)
		return err
	})
}

// Reader is a place of a reader.
type Reader struct {
	Name   string    `json:"reader"`
	Chosen string    `json:"choice"`      // flags; "" is none
	Run    int64     `json:"run"`         // all up to it was shown
	At     time.Time `json:"at,omitzero"` // its start; zero where there was none
}

// Readers returns the places of all readers, by name and choice.
func (v *View) Readers(ctx context.Context) ([]Reader, error) {
	scan := func(r row) (x Reader, err error) {
		var at int64
		err = r.Scan(&x.Name, &x.Chosen, &x.Run, &at)
		if at > 0 {
			x.At = unix(at)
		}
		return x, err
	}
	list, err := collect(stream(ctx, v, "read readers", scan, `
		SELECT d.name, d.chosen, d.run, coalesce(r.started, 0) FROM reader d LEFT JOIN run r ON r.id = d.run ORDER BY d.name, d.chosen`))
	if list == nil {
		list = []Reader{}
	}
	return list, err
}

// ForgetReader forgets all places of a reader, and returns how many there were.
func (s *Store) ForgetReader(ctx context.Context, name string) (places int, err error) {
	err = s.transact(ctx, "forget reader", aside.lasting(), func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "DELETE FROM reader WHERE name = ?", name)
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if err != nil {
			return err
		}
		places = int(n)
		_, err = tx.ExecContext(ctx, "DELETE FROM shown WHERE name = ?", name)
		return err
	})
	return places, err
}

// shownUntil is the run up to which a reader has seen a cluster c. It takes the reader, the
// choice and the run of the cursor.
const shownUntil = "coalesce((SELECT run FROM shown WHERE name = ? AND chosen = ? AND cluster = c.id), ?)"

func (c *Cursor) args() []any { return []any{c.Reader, c.Chosen, c.Run} }

// Growth is what a cluster has got since a reader saw it.
type Growth struct {
	Seen    int     // outlets that it had then
	Outlets int     // that it has got since
	Joined  []int64 // articles that came into it since, the earliest first
	Fresh   int     // of these, those that were stored since
}

// Growth reads it.
func (v *View) Growth(ctx context.Context, cursor *Cursor, cluster int64) (g Growth, err error) {
	type member struct {
		seq, outlet   int64
		joined, fresh bool
	}
	scan := func(r row) (m member, err error) { return m, r.Scan(&m.seq, &m.outlet, &m.joined, &m.fresh) }
	seen, got := map[int64]bool{}, map[int64]bool{}
	for m, err := range stream(ctx, v, "read members", scan, `
		SELECT m.seq, m.outlet, m.joined > until, m.run > until
		FROM (SELECT c.id, `+shownUntil+` AS until FROM cluster c WHERE c.id = ?) c JOIN article m ON m.cluster = c.id
		ORDER BY m.effective, m.key`, append(cursor.args(), cluster)...) {
		switch {
		case err != nil:
			return g, err
		case !m.joined:
			seen[m.outlet] = true
			continue
		case m.fresh:
			g.Fresh++
		}
		got[m.outlet] = true
		g.Joined = append(g.Joined, m.seq)
	}
	for outlet := range got {
		if !seen[outlet] {
			g.Outlets++
		}
	}
	g.Seen = len(seen)
	return g, nil
}

// Ended is a cluster that is none any more.
type Ended struct {
	Cluster   int64
	Successor int64 // the living one that most of its members went to; 0: none
}

// Ended yields the clusters of so many outlets that were there at a run and ended since, the
// newest first.
func (v *View) Ended(ctx context.Context, run int64, outlets int) (list []Ended, err error) {
	scan := func(r row) (e Ended, err error) { return e, r.Scan(&e.Cluster) }
	list, err = collect(stream(ctx, v, "read clusters", scan,
		"SELECT id FROM cluster WHERE successor IS NOT NULL AND changed > ?1 AND made <= ?1 AND outlets >= ?2 ORDER BY id DESC", run, outlets))
	if err != nil {
		return nil, err
	}
	for i := range list {
		e := &list[i]
		if e.Successor, err = v.Resolve(ctx, e.Cluster); err != nil && !errors.Is(err, ErrDissolved) && !errors.Is(err, ErrCorrupt) {
			return nil, err
		}
	}
	return list, nil
}

// Shrunk is a living cluster that has lost members.
type Shrunk struct {
	Cluster int64
	Lost    int // members that a reader saw in it and that are not there any more
	Size    int // members now
}

// Shrunk yields the clusters of so many outlets, now or then, that have lost members since a
// reader saw them, the newest first. Cost: a pass over the log of clusters.
func (v *View) Shrunk(ctx context.Context, cursor *Cursor, outlets int) ([]Shrunk, error) {
	scan := func(r row) (x Shrunk, err error) { return x, r.Scan(&x.Cluster, &x.Lost, &x.Size) }
	return collect(stream(ctx, v, "read clusters", scan, `
		SELECT id, lost, size FROM (
			SELECT c.id, c.size, c.outlets, was.members AS had,
				was.members - (SELECT count(*) FROM article m WHERE m.cluster = c.id AND m.joined <= c.until) AS lost
			FROM (SELECT c.id, c.size, c.outlets, `+shownUntil+` AS until FROM cluster c
				WHERE c.successor IS NULL AND c.id IN (SELECT cluster FROM cluster_log WHERE event IN ('split', 'shrank') AND run > ?)) c
			JOIN cluster_log was ON was.id = (SELECT max(id) FROM cluster_log WHERE cluster = c.id AND run <= c.until))
		WHERE lost > 0 AND max(outlets, had) >= ? ORDER BY id DESC`, append(cursor.args(), cursor.Run, outlets)...))
}

// Missing is a file or address that could not be read at all.
type Missing struct {
	Place  string    `json:"place"`
	Reason string    `json:"reason"`
	Since  time.Time `json:"since"` // start of the run that met it first
}

// Missing returns what cannot be read, where that began after the given run: sources of
// config.yaml, and files of the last run that took articles in; and how many records were
// rejected for the first time since.
func (v *View) Missing(ctx context.Context, after int64) (list []Missing, records int, err error) {
	const last = "(SELECT max(id) FROM run WHERE command IN ('run', 'ingest') AND finished IS NOT NULL)"
	scan := func(r row) (m Missing, err error) {
		var since int64
		err = r.Scan(&m.Place, &m.Reason, &since)
		m.Since = unix(since)
		return m, err
	}
	list, err = collect(stream(ctx, v, "read sources", scan, `
		SELECT iif(substr(place, -length(name)) = name, name, name || ', ' || place), error, failing FROM source
		WHERE failing > 0 AND failing >= (SELECT started FROM run WHERE id > ?1 ORDER BY id LIMIT 1)
		UNION ALL
		SELECT j.path, j.reason, r.started FROM reject j JOIN run r ON r.id = j.first
		WHERE j.line = 0 AND NOT j.kept AND j.source = '' AND j.first > ?1 AND j.run >= `+last+` ORDER BY 3, 1`, after))
	if err == nil {
		err = v.tx.QueryRowContext(ctx, "SELECT count(*) FROM reject WHERE line > 0 AND NOT kept AND first > ?", after).Scan(&records)
	}
	return list, records, fail("read rejects", v.s.path, err)
}
