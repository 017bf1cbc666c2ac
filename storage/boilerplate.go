package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"dedupe/boilerplate"
	"dedupe/candidate"
)

// Boilerplate yields all boilerplate, oldest first, damaged rows included.
func (v *View) Boilerplate(ctx context.Context) iter.Seq2[BoilerplateRow, error] {
	return stream(ctx, v, "read boilerplate", func(r row) (BoilerplateRow, error) { return v.s.scanBoilerplate(ctx, r) }, boilerplateQuery)
}

// Boilerplate reads all boilerplate, oldest first, damaged rows included.
func (s *Store) Boilerplate(ctx context.Context) ([]BoilerplateRow, error) {
	v, err := s.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	return collect(v.Boilerplate(ctx))
}

const boilerplateQuery = "SELECT id, state, run, example, passage, shingles, votes FROM boilerplate ORDER BY id"

func (s *Store) scanBoilerplate(ctx context.Context, r row) (f BoilerplateRow, err error) {
	var shingles, votes []byte
	var state, example int64
	if err := r.Scan(&f.ID, &state, &f.Run, &example, &f.Passage, &shingles, &votes); err != nil {
		return f, unreadable("boilerplate", err, f.ID)
	}
	f.State, f.Example = BoilerplateState(state), uint32(example)
	if err = f.unpack(state, shingles, votes); err != nil {
		f.Damaged = true
		err = s.skip(ctx, "read boilerplate", err)
	}
	return f, err
}

// unpack reads the blobs of a row.
func (f *BoilerplateRow) unpack(state int64, shingles, votes []byte) (err error) {
	if state < 0 || state > int64(Blocked) {
		f.State = Learned
		return damaged("boilerplate", fmt.Sprintf("there is no state %d", state), f.ID)
	}
	if len(shingles)%8 != 0 || len(shingles) == 0 {
		return damaged("boilerplate", fmt.Sprintf("%d bytes of shingles, not 8 each", len(shingles)), f.ID)
	}
	f.Shingles = unpackHashes(shingles)
	if f.State == Blocked {
		return nil
	}
	n := len(f.Shingles)
	is := false
	if f.Votes, is = unpackVotes(votes, n); !is {
		f.Votes, _ = unpackVotes(nil, n)
		return damaged("boilerplate", "votes cannot be read", f.ID)
	}
	return nil
}

// unpackVotes returns the votes for each of n shingles. Without any stored, as older
// programs did, each has one, and none has any where what is stored is empty. It
// reports whether there is a number for each.
func unpackVotes(data []byte, n int) ([]uint32, bool) {
	votes := make([]uint32, n)
	if data == nil {
		for i := range votes {
			votes[i] = 1
		}
		return votes, true
	}
	for i := 0; i < n && len(data) > 0; i++ {
		v, size := binary.Uvarint(data)
		if size <= 0 || v > candidate.MaxArticle {
			return votes, false
		}
		if votes[i], data = uint32(v), data[size:]; len(data) == 0 {
			return votes, i == n-1
		}
	}
	return votes, len(data) == 0
}

func packVotes(votes []uint32) []byte {
	data := []byte{}
	for _, v := range votes {
		data = binary.AppendUvarint(data, uint64(v))
	}
	return data
}

// Votes reads the votes of articles; those that have none are left out, and damaged ones.
func (s *Store) Votes(ctx context.Context, articles []uint32) (map[uint32][]boilerplate.Passage, error) {
	found := map[uint32][]boilerplate.Passage{}
	stmt, err := s.r.PrepareContext(ctx, "SELECT passages FROM vote WHERE article = ?")
	if err != nil {
		return nil, fail("read votes", s.path, err)
	}
	defer stmt.Close()
	for _, seq := range articles {
		var data []byte
		switch err := stmt.QueryRowContext(context.WithoutCancel(ctx), seq).Scan(&data); {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return nil, fail("read votes", s.path, err)
		default:
			if found[seq], err = unpackPassages(int64(seq), data); err != nil {
				if err := s.skip(ctx, "read votes", err); err != nil {
					return nil, fail("read votes", s.path, err)
				}
				delete(found, seq)
			}
		}
	}
	return found, nil
}

func packPassages(passages []boilerplate.Passage) (data []byte) {
	end := 0
	for _, p := range passages {
		data = binary.AppendUvarint(data, uint64(p.Start-end))
		data = binary.AppendUvarint(data, uint64(p.Len))
		end = p.Start + p.Len
	}
	return data
}

// unpackPassages reads what packPassages wrote. No text has more words than maxWords.
func unpackPassages(seq int64, data []byte) (passages []boilerplate.Passage, err error) {
	const maxWords = 1 << 30
	end := uint64(0)
	for len(data) > 0 {
		gap, n := binary.Uvarint(data)
		length, m := binary.Uvarint(data[max(0, n):])
		if n <= 0 || m <= 0 || length == 0 || gap > maxWords || length > maxWords || end+gap+length > maxWords {
			return nil, damaged("vote", "passages cannot be read", seq)
		}
		passages = append(passages, boilerplate.Passage{Start: int(end + gap), Len: int(length)})
		end, data = end+gap+length, data[n+m:]
	}
	return passages, nil
}

// Changed reads what runs that were broken off have left to be judged again.
func (s *Store) Changed(ctx context.Context) ([]Changed, error) {
	v, err := s.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	return collect(stream(ctx, v, "read what has changed", func(r row) (x Changed, err error) {
		var shingles, keys []byte
		var id, first int64
		if err := r.Scan(&id, &first, &shingles, &keys); err != nil {
			return x, unreadable("changed", err, id)
		}
		x.First, x.Shingles, x.Keys = uint32(first), unpackHashes(shingles), unpackHashes(keys)
		return x, changedDamage(id, first, shingles, keys)
	}, "SELECT id, first, shingles, keys FROM changed ORDER BY id"))
}

// changedDamage returns what is wrong with a row of changed.
func changedDamage(id, first int64, shingles, keys []byte) error {
	if first < 1 || first > candidate.MaxArticle+1 || len(shingles)%8 != 0 || len(keys)%8 != 0 {
		return damaged("changed", "shingles and keys cannot be read", id)
	}
	return nil
}

func (w *batchWriter) boilerplate(b *Batch) {
	if b.Unlearn {
		w.exec("DELETE FROM changed")
	}
	if b.Rejudged { // but of what cannot be read: that is not re-judged
		w.exec("DELETE FROM changed WHERE length(shingles) % 8 = 0 AND length(keys) % 8 = 0 AND first BETWEEN 1 AND ?", candidate.MaxArticle+1)
	}
	if x := b.Changed; x != nil {
		w.exec("INSERT INTO changed (first, shingles, keys) VALUES (?, ?, ?)", x.First, packHashes(x.Shingles), packHashes(x.Keys))
	}
	if b.Unlearn {
		w.exec("DELETE FROM vote")
		w.exec("DELETE FROM boilerplate WHERE state NOT IN (?, ?)", Allowed, Blocked) // who decided is not known: nobody
		w.exec("UPDATE boilerplate SET votes = x'' WHERE state = ?", Allowed)
	}
	for _, v := range b.Votes {
		if len(v.Passages) == 0 {
			w.exec("DELETE FROM vote WHERE article = ?", v.Article)
			continue
		}
		w.exec("INSERT OR REPLACE INTO vote (article, passages) VALUES (?, ?)", v.Article, packPassages(v.Passages))
	}
	for _, f := range b.Learned {
		w.exec("INSERT INTO boilerplate (id, state, run, example, passage, shingles, votes) VALUES (?, ?, ?, ?, ?, ?, ?)",
			f.ID, f.State, f.Run, f.Example, f.Passage, packHashes(f.Shingles), packVotes(f.Votes))
	}
	for _, p := range b.Polled {
		w.exec("UPDATE boilerplate SET votes = ? WHERE id = ?", packVotes(p.Votes), p.ID)
	}
	for _, id := range b.Unlearned {
		w.exec("DELETE FROM boilerplate WHERE id = ? AND state = ?", id, Learned)
	}
}

// A person's decisions on boilerplate. They are made under the lock: a run holds
// in memory what it has read.

// Block stores a passage that a person holds to be boilerplate and returns its
// number. The database must have seen a run, to which the decision is added.
func (s *Store) Block(ctx context.Context, passage string, shingles []uint64) (id int64, err error) {
	err = s.transact(ctx, "store boilerplate", asBatch.lasting(), func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, `INSERT INTO boilerplate (state, run, example, passage, shingles)
			SELECT ?, max(id), 0, ?, ? FROM run HAVING max(id) IS NOT NULL`, Blocked, passage, packHashes(shingles))
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return notFound("run", "in an empty database")
		}
		id, err = r.LastInsertId()
		return err
	})
	return id, err
}

// AllowBoilerplate notes that a person holds a passage to be text of the article. For one
// that only a person held to be boilerplate no article has voted. It returns ErrNotFound
// when there is no such passage.
func (s *Store) AllowBoilerplate(ctx context.Context, id int64) error {
	return s.boilerplate(ctx, id, "UPDATE boilerplate SET state = ?2, votes = CASE state WHEN ?3 THEN x'' ELSE votes END WHERE id = ?1",
		id, Allowed, Blocked)
}

// ForgetBoilerplate takes back what a person decided on a passage: a blocked one is
// gone, an allowed one is what the articles say of it, and gone if they say nothing. It
// returns ErrNotFound when nobody decided anything.
func (s *Store) ForgetBoilerplate(ctx context.Context, id int64) error {
	err := s.boilerplate(ctx, id, "DELETE FROM boilerplate WHERE id = ?1 AND (state = ?2 OR state = ?3 AND votes = x'')", id, Blocked, Allowed)
	if errors.Is(err, ErrNotFound) {
		err = s.boilerplate(ctx, id, "UPDATE boilerplate SET state = ?3 WHERE id = ?1 AND state = ?2", id, Allowed, Learned)
	}
	if errors.Is(err, ErrNotFound) {
		return notFound("decision on boilerplate", id)
	}
	return err
}

// boilerplate runs a statement that changes one row.
func (s *Store) boilerplate(ctx context.Context, id int64, query string, args ...any) error {
	return s.transact(ctx, "store boilerplate", asBatch.lasting(), func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return notFound("boilerplate", id)
		}
		return nil
	})
}
