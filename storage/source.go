package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// Source says how a place went that articles come from. Times are zero for never.
type Source struct {
	ID    int64  // 0: not stored yet
	Name  string // in config.yaml; a plain string there is its own name
	Place string // path or address: a list of feeds has one row for each of them

	Checked   time.Time // last looked at
	Succeeded time.Time // last read without an error
	Failing   time.Time // since when it cannot be read; zero: it can
	Failures  int       // so often in a row
	Next      time.Time // it is left alone until then
	Error     string    // why it cannot be read; empty: it can
	Told      string    // the error that was reported last

	Found    int // records when it was read last
	New      int // of these, articles that were stored
	Rejected int // of these, not taken

	Moved    string // where it has moved for good; empty: it has not
	ETag     string // with Modified what the last answer can be asked for again by
	Modified string
	Content  uint64 // hash of the last content
}

// Taken is an item of a feed or a file of an inbox that was taken: Item is the hash of its
// identity within the source, Version that of all else by which a change is told.
type Taken struct{ Item, Version uint64 }

// SourceChange is what a run learned of a source.
type SourceChange struct {
	Source
	Taken []Taken // met, and taken then or before
	Gone  bool    // no list has it any more: it is forgotten, and what was taken of it
}

// forget is after what time items are forgotten that a source has no more.
const forget = 60 * 24 * time.Hour

const sourceColumns = "name, place, checked, succeeded, failing, failures, next, error, told, found, new, rejected, moved, etag, modified, content"

// Sources returns how each place went, in the order in which they were first stored. Damaged
// rows are stepped over: such a place is looked at as if for the first time.
func (s *Store) Sources(ctx context.Context) (list []Source, err error) {
	err = s.rows(ctx, "read sources", func(rows *sql.Rows) error {
		var o Source
		var checked, succeeded, failing, next, content int64
		err := rows.Scan(&o.ID, &o.Name, &o.Place, &checked, &succeeded, &failing, &o.Failures, &next, &o.Error, &o.Told,
			&o.Found, &o.New, &o.Rejected, &o.Moved, &o.ETag, &o.Modified, &content)
		o.Checked, o.Succeeded, o.Failing, o.Next = moment(checked), moment(succeeded), moment(failing), moment(next)
		if err != nil {
			return s.Tell(ctx, unreadable("source", err, o.ID))
		}
		o.Content = uint64(content)
		list = append(list, o)
		return nil
	}, "SELECT id, "+sourceColumns+" FROM source ORDER BY id")
	return list, err
}

// TakenOf returns the items of a source that were taken, with the versions in which they were.
func (s *Store) TakenOf(ctx context.Context, source int64) (map[uint64]uint64, error) {
	taken := map[uint64]uint64{}
	err := s.rows(ctx, "read taken items", func(rows *sql.Rows) error {
		var item, version int64
		if err := rows.Scan(&item, &version); err != nil {
			return s.Tell(ctx, unreadable("taken", err, source, item))
		}
		taken[uint64(item)] = uint64(version)
		return nil
	}, "SELECT item, version FROM taken WHERE source = ?", source)
	return taken, err
}

// SaveSources stores what a run at a time learned of sources, all or nothing. Items that a
// source has not had for 60 days are forgotten.
func (s *Store) SaveSources(ctx context.Context, at time.Time, changes []SourceChange) error {
	return s.transact(ctx, "store sources", asBatch, func(tx *sql.Tx) error {
		for i := range changes {
			if err := saveSource(ctx, tx, at, &changes[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func saveSource(ctx context.Context, tx *sql.Tx, at time.Time, c *SourceChange) error {
	if c.Gone {
		_, err := tx.ExecContext(ctx, "DELETE FROM taken WHERE source = (SELECT id FROM source WHERE name = ? AND place = ?)", c.Name, c.Place)
		if err == nil {
			_, err = tx.ExecContext(ctx, "DELETE FROM source WHERE name = ? AND place = ?", c.Name, c.Place)
		}
		return err
	}
	var id int64
	err := tx.QueryRowContext(ctx, `INSERT INTO source (`+sourceColumns+`) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (name, place) DO UPDATE SET checked = excluded.checked, succeeded = excluded.succeeded, failing = excluded.failing,
			failures = excluded.failures, next = excluded.next, error = excluded.error, told = excluded.told, found = excluded.found,
			new = excluded.new, rejected = excluded.rejected, moved = excluded.moved, etag = excluded.etag, modified = excluded.modified,
			content = excluded.content
		RETURNING id`,
		c.Name, c.Place, seconds(c.Checked), seconds(c.Succeeded), seconds(c.Failing), c.Failures, seconds(c.Next), c.Error, c.Told,
		c.Found, c.New, c.Rejected, c.Moved, c.ETag, c.Modified, int64(c.Content)).Scan(&id)
	if err != nil {
		return err
	}
	for _, t := range c.Taken {
		if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO taken (source, item, version, seen) VALUES (?, ?, ?, ?)",
			id, int64(t.Item), int64(t.Version), at.Unix()); err != nil {
			return err
		}
	}
	if len(c.Taken) == 0 {
		return nil
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM taken WHERE source = ? AND seen < ?", id, at.Add(-forget).Unix())
	return err
}

// Forget lets the next run read places anew, and tell anew why they fail, as if it had never seen them: those of
// a source, or the one place of it that is named. It returns how many there are.
func (s *Store) Forget(ctx context.Context, name, place string) (n int64, err error) {
	const which = "name = ?1 AND (?2 = '' OR place = ?2)"
	err = s.transact(ctx, "forget source", aside.lasting(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM taken WHERE source IN (SELECT id FROM source WHERE "+which+")", name, place)
		if err != nil {
			return err
		}
		done, err := tx.ExecContext(ctx, "UPDATE source SET next = 0, checked = 0, told = '', etag = '', modified = '', content = 0 WHERE "+which, name, place)
		if err != nil {
			return err
		}
		n, err = done.RowsAffected()
		return err
	})
	return n, err
}

func moment(seconds int64) (t time.Time) {
	if seconds == 0 {
		return t
	}
	return unix(seconds)
}

func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// DropRejects deletes the rejects of sources and paths that no run from the given one on has met.
func (s *Store) DropRejects(ctx context.Context, before int64, sources, paths []string) error {
	return s.transact(ctx, "delete rejects", aside, func(tx *sql.Tx) error {
		names, _ := json.Marshal(sources) // strings cannot fail
		files, _ := json.Marshal(paths)
		_, err := tx.ExecContext(ctx, `DELETE FROM reject WHERE run < ? AND
			(source IN (SELECT value FROM json_each(?)) OR source = '' AND path IN (SELECT value FROM json_each(?)))`, before, string(names), string(files))
		return err
	})
}
