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

// Furniture yields all furniture, oldest first, damaged rows included.
func (v *View) Furniture(ctx context.Context) iter.Seq2[FurnitureRow, error] {
	return stream(ctx, v, "read furniture", func(r row) (FurnitureRow, error) { return v.s.scanFurniture(ctx, r) }, furnitureQuery)
}

// Furniture reads all furniture, oldest first, damaged rows included.
func (s *Store) Furniture(ctx context.Context) ([]FurnitureRow, error) {
	v, err := s.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	return collect(v.Furniture(ctx))
}

const furnitureQuery = "SELECT id, state, run, example, passage, shingles, votes FROM furniture ORDER BY id"

func (s *Store) scanFurniture(ctx context.Context, r row) (f FurnitureRow, err error) {
	var shingles, votes []byte
	var state, example int64
	if err := r.Scan(&f.ID, &state, &f.Run, &example, &f.Passage, &shingles, &votes); err != nil {
		return f, unreadable("furniture", err, f.ID)
	}
	f.State, f.Example = FurnitureState(state), uint32(example)
	if err = f.unpack(state, shingles, votes); err != nil {
		f.Damaged = true
		err = s.skip(ctx, "read furniture", err)
	}
	return f, err
}

// unpack reads the blobs of a row.
func (f *FurnitureRow) unpack(state int64, shingles, votes []byte) (err error) {
	if state < 0 || state > int64(Blocked) {
		f.State = Learned
		return damaged("furniture", fmt.Sprintf("there is no state %d", state), f.ID)
	}
	if len(shingles)%8 != 0 || len(shingles) == 0 {
		return damaged("furniture", fmt.Sprintf("%d bytes of shingles, not 8 each", len(shingles)), f.ID)
	}
	f.Shingles = unpackHashes(shingles)
	if f.State == Blocked {
		return nil
	}
	n := len(f.Shingles)
	is := false
	if f.Votes, is = unpackVotes(votes, n); !is {
		f.Votes, _ = unpackVotes(nil, n)
		return damaged("furniture", "votes cannot be read", f.ID)
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

// Stale reads what runs that were broken off have left to be judged again.
func (s *Store) Stale(ctx context.Context) ([]Stale, error) {
	v, err := s.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	return collect(stream(ctx, v, "read what is stale", func(r row) (x Stale, err error) {
		var shingles, keys []byte
		var id, first int64
		if err := r.Scan(&id, &first, &shingles, &keys); err != nil {
			return x, unreadable("stale", err, id)
		}
		x.First, x.Shingles, x.Keys = uint32(first), unpackHashes(shingles), unpackHashes(keys)
		return x, staleDamage(id, first, shingles, keys)
	}, "SELECT id, first, shingles, keys FROM stale ORDER BY id"))
}

// staleDamage returns what is wrong with a row of stale.
func staleDamage(id, first int64, shingles, keys []byte) error {
	if first < 1 || first > candidate.MaxArticle+1 || len(shingles)%8 != 0 || len(keys)%8 != 0 {
		return damaged("stale", "shingles and keys cannot be read", id)
	}
	return nil
}

func (w *batchWriter) furniture(b *Batch) {
	if b.Unlearn {
		w.exec("DELETE FROM stale")
	}
	if b.Healed { // but of what cannot be read: that is not healed
		w.exec("DELETE FROM stale WHERE length(shingles) % 8 = 0 AND length(keys) % 8 = 0 AND first BETWEEN 1 AND ?", candidate.MaxArticle+1)
	}
	if x := b.Stale; x != nil {
		w.exec("INSERT INTO stale (first, shingles, keys) VALUES (?, ?, ?)", x.First, packHashes(x.Shingles), packHashes(x.Keys))
	}
	if b.Unlearn {
		w.exec("DELETE FROM vote")
		w.exec("DELETE FROM furniture WHERE state NOT IN (?, ?)", Allowed, Blocked) // who decided is not known: nobody
		w.exec("UPDATE furniture SET votes = x'' WHERE state = ?", Allowed)
	}
	for _, v := range b.Votes {
		if len(v.Passages) == 0 {
			w.exec("DELETE FROM vote WHERE article = ?", v.Article)
			continue
		}
		w.exec("INSERT OR REPLACE INTO vote (article, passages) VALUES (?, ?)", v.Article, packPassages(v.Passages))
	}
	for _, f := range b.Learned {
		w.exec("INSERT INTO furniture (id, state, run, example, passage, shingles, votes) VALUES (?, ?, ?, ?, ?, ?, ?)",
			f.ID, f.State, f.Run, f.Example, f.Passage, packHashes(f.Shingles), packVotes(f.Votes))
	}
	for _, p := range b.Polled {
		w.exec("UPDATE furniture SET votes = ? WHERE id = ?", packVotes(p.Votes), p.ID)
	}
	for _, id := range b.Unlearned {
		w.exec("DELETE FROM furniture WHERE id = ? AND state = ?", id, Learned)
	}
}

// A person's decisions on furniture. They are made under the lock: a run holds
// in memory what it has read.

// Block stores a passage that a person holds to be furniture and returns its
// number. The database must have seen a run, to which the decision is added.
func (s *Store) Block(ctx context.Context, passage string, shingles []uint64) (id int64, err error) {
	err = s.update(ctx, "store furniture", func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, `INSERT INTO furniture (state, run, example, passage, shingles)
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

// AllowFurniture notes that a person holds a passage to be text of the article. For one
// that only a person held to be furniture no article has voted. It returns ErrNotFound
// when there is no such passage.
func (s *Store) AllowFurniture(ctx context.Context, id int64) error {
	return s.furniture(ctx, id, "UPDATE furniture SET state = ?2, votes = CASE state WHEN ?3 THEN x'' ELSE votes END WHERE id = ?1",
		id, Allowed, Blocked)
}

// ForgetFurniture takes back what a person decided on a passage: a blocked one is
// gone, an allowed one is what the articles say of it, and gone if they say nothing. It
// returns ErrNotFound when nobody decided anything.
func (s *Store) ForgetFurniture(ctx context.Context, id int64) error {
	err := s.furniture(ctx, id, "DELETE FROM furniture WHERE id = ?1 AND (state = ?2 OR state = ?3 AND votes = x'')", id, Blocked, Allowed)
	if errors.Is(err, ErrNotFound) {
		err = s.furniture(ctx, id, "UPDATE furniture SET state = ?3 WHERE id = ?1 AND state = ?2", id, Allowed, Learned)
	}
	if errors.Is(err, ErrNotFound) {
		return notFound("decision on furniture", id)
	}
	return err
}

// furniture runs a statement that changes one row.
func (s *Store) furniture(ctx context.Context, id int64, query string, args ...any) error {
	return s.update(ctx, "store furniture", func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return notFound("furniture", id)
		}
		return nil
	})
}
