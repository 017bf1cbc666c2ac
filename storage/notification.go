package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"
)

// Notification is an event that waits: a cluster that is new.
type Notification struct {
	Cluster int64
	Event   string // its identifier: the same each time it is tried
	Tries   int    // that failed
}

// Facts of the whole file about notifications.
const (
	metaNotified  = "notify.run"       // up to this run clusters are queued
	metaUnreached = "notify.unreached" // Unreached as JSON
)

// QueueNotifications queues the clusters of so many outlets that came about since it was called
// last, each once. The first call queues none: what is there then counts as told. It reads the
// clusters that changed since.
func (s *Store) QueueNotifications(ctx context.Context, outlets int) error {
	return s.transact(ctx, "queue notifications", aside, func(tx *sql.Tx) error {
		var since int64
		err := tx.QueryRowContext(ctx, "SELECT CAST(value AS INTEGER) FROM meta WHERE name = ?", metaNotified).Scan(&since)
		first := errors.Is(err, sql.ErrNoRows)
		if err != nil && !first {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			INSERT OR REPLACE INTO notification (cluster, made, event, tries, told)
			SELECT c.id, c.made, iif(?1, '', lower(hex(randomblob(16)))), 0, ?1 FROM cluster c
			WHERE c.successor IS NULL AND c.outlets >= ?2 AND c.changed > ?3
				AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.cluster = c.id AND n.made = c.made)`, first, outlets, since)
		if err == nil {
			_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta (name, value) SELECT ?, coalesce(max(id), 0) FROM run", metaNotified)
		}
		return err
	})
}

// Notifications returns the first most of those that wait, in the order in which they are to be tried, and how many
// wait in all.
func (v *View) Notifications(ctx context.Context, most int) (list []Notification, waiting int, err error) {
	scan := func(r row) (n Notification, err error) { return n, r.Scan(&n.Cluster, &n.Event, &n.Tries) }
	list, err = collect(stream(ctx, v, "read notifications", scan,
		"SELECT cluster, event, tries FROM notification WHERE told = 0 ORDER BY tries, cluster LIMIT ?", most))
	if err == nil {
		err = v.tx.QueryRowContext(ctx, "SELECT count(*) FROM notification WHERE told = 0").Scan(&waiting)
	}
	return list, waiting, fail("read notifications", v.s.path, err)
}

// Told stores that the receiver was told of a cluster, or that nothing is to be told of it.
func (s *Store) Told(ctx context.Context, cluster int64) error {
	return s.notified(ctx, "UPDATE notification SET told = 1 WHERE cluster = ?", cluster)
}

// NotTold stores that a try failed.
func (s *Store) NotTold(ctx context.Context, cluster int64) error {
	return s.notified(ctx, "UPDATE notification SET tries = tries + 1 WHERE cluster = ?", cluster)
}

// SkipNotifications lets all that wait count as told.
func (s *Store) SkipNotifications(ctx context.Context) error {
	return s.notified(ctx, "UPDATE notification SET told = 1 WHERE told = 0")
}

func (s *Store) notified(ctx context.Context, query string, args ...any) error {
	return s.transact(ctx, "store notifications", aside, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
}

// Unreached is a receiver that did not take what it was told last; the zero value, one that did.
type Unreached struct {
	Since  time.Time `json:"since"`
	Reason string    `json:"reason"`
}

// Unreached returns what is known of the receiver of notifications.
func (s *Store) Unreached(ctx context.Context) (u Unreached, err error) {
	value, err := s.Meta(ctx, metaUnreached)
	if value != "" {
		err = json.Unmarshal([]byte(value), &u)
	}
	return u, err
}

// SetUnreached stores it.
func (s *Store) SetUnreached(ctx context.Context, u Unreached) error {
	value, _ := json.Marshal(u) // a time and a text cannot fail
	return s.SetMark(ctx, metaUnreached, string(value))
}
