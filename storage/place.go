package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"dedupe/article"
	"dedupe/candidate"
)

// Places reads the places of all articles; index 0 stands for article 1. firsts
// are the numbers with which the stored rows begin. Places that cannot be read are
// made anew from their articles, all but Size; restored are their numbers.
func (s *Store) Places(ctx context.Context) (places []candidate.Place, firsts, restored []uint32, err error) {
	v, err := s.View(ctx) // a run may store more meanwhile
	if err != nil {
		return nil, nil, nil, err
	}
	defer v.Close()
	places, firsts, restored, err = v.places(ctx, func(err error) error { return s.skip(ctx, "read places", err) })
	for _, seq := range restored {
		if err == nil {
			places[seq-1], err = v.placeOf(ctx, seq)
		}
	}
	return places, firsts, restored, fail("read places", s.path, err)
}

// places reads the places and tells of damaged rows. restored are the articles, in order, whose
// places are lacking or cannot be trusted.
func (v *View) places(ctx context.Context, tell func(error) error) (places []candidate.Place, firsts, restored []uint32, err error) {
	last, err := lastArticle(ctx, v.tx)
	if err != nil {
		return nil, nil, nil, err
	}
	var stored int64
	if err := v.tx.QueryRowContext(ctx, "SELECT coalesce(sum(length(data)), 0) / ? FROM place", placeLen).Scan(&stored); err != nil {
		return nil, nil, nil, err
	}
	places = make([]candidate.Place, 0, stored+stored/8) // and for those that come
	rows, err := v.tx.QueryContext(ctx, "SELECT first, data FROM place ORDER BY first")
	if err != nil {
		return nil, nil, nil, err
	}
	defer rows.Close()
	gone, err := goneRanges(ctx, v.tx)
	if err != nil {
		return nil, nil, nil, err
	}
	// What was taken out has no row where nothing else stands in that.
	passGone := func(to int64) {
		for ; len(gone) > 0 && gone[0].first <= int64(len(places))+1; gone = gone[1:] {
			if n := min(gone[0].last, to); n > int64(len(places)) {
				firsts = append(firsts, uint32(len(places)+1))
				for int64(len(places)) < n {
					places = append(places, candidate.Place{Dead: true})
				}
			}
			if gone[0].last > to {
				return
			}
		}
	}
	lacking := func(to int64) {
		for len(places) < int(to) {
			if len(firsts) == 0 {
				firsts = append(firsts, 1)
			}
			places = append(places, candidate.Place{})
			restored = append(restored, uint32(len(places)))
		}
	}
	for rows.Next() {
		var first int64
		var data sql.RawBytes
		if err := rows.Scan(&first, &data); err != nil {
			return nil, nil, nil, err
		}
		passGone(first - 1)
		if err := placeDamage(first, int64(len(places))+1, last, data); err != nil {
			if err := tell(err); err != nil {
				return nil, nil, nil, err
			}
			if first < 1 || first > last {
				continue
			}
			if first <= int64(len(places)) { // the row before is too long
				places = places[:first-1]
			}
			restored = append(restored, uint32(first))
		}
		lacking(first - 1)
		firsts = append(firsts, uint32(first))
		places = unpackPlaces(places, data[:min(int64(len(data)), placeLen*(last-first+1))])
	}
	if err := rows.Err(); err != nil {
		return nil, nil, nil, err
	}
	passGone(last)
	if n := int64(len(places)); n < last {
		if err := tell(damaged("place", fmt.Sprintf("none of articles %d to %d", n+1, last), n+1)); err != nil {
			return nil, nil, nil, err
		}
		lacking(last)
	}
	slices.Sort(restored)
	return places, firsts, slices.Compact(restored), nil
}

// placeDamage returns what is wrong with a row that should begin with article next.
func placeDamage(first, next, last int64, data []byte) error {
	switch {
	case first != next:
		return damaged("place", fmt.Sprintf("it begins with article %d, not %d", first, next), first)
	case len(data)%placeLen != 0 || len(data) == 0:
		return damaged("place", fmt.Sprintf("%d bytes, not %d an article", len(data), placeLen), first)
	case first-1+int64(len(data)/placeLen) > last:
		return damaged("place", fmt.Sprintf("articles up to %d, which are not stored", first-1+int64(len(data)/placeLen)), first)
	}
	return nil
}

// placeOf makes a place from what is stored of its article, all but Size.
func (v *View) placeOf(ctx context.Context, seq uint32) (p candidate.Place, err error) {
	var key []byte
	var published string
	var number, current, pruned int64
	var named bool // or its name was lost
	err = v.tx.QueryRowContext(ctx, `SELECT a.key, a.published, a.outlet, coalesce(o.name <> '', 1), a.current, a.frozen
		FROM article a LEFT JOIN outlet o ON o.id = a.outlet WHERE a.seq = ?`, seq).Scan(&key, &published, &number, &named, &current, &pruned)
	if errors.Is(err, sql.ErrNoRows) {
		return candidate.Place{Date: candidate.Undated, Dead: true}, nil
	}
	p = candidate.Place{Date: candidate.Undated, Dead: current == 0, Key: binary.BigEndian.Uint64(append(key, make([]byte, 8)...))}
	if current != 0 && pruned&frozen != 0 {
		p.Dead, p.Frozen = true, true
	}
	if t, ok := article.ParseDate(published); ok {
		p.Date = t.Unix()
	}
	if named {
		p.Outlet = uint32(number) &^ (dead | isFrozen)
	}
	return p, err
}

// RenewPlaces makes those places anew that cannot be read or are not those of their articles, all
// but Sampled, and stores them.
func (s *Store) RenewPlaces(ctx context.Context) error {
	v, err := s.View(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	places, firsts, wrong, err := v.places(ctx, func(error) error { return nil })
	if err != nil {
		return fail("read places", s.path, err)
	}
	for seq, err := range v.misplaced(ctx, places) {
		if err != nil {
			return err
		}
		wrong = append(wrong, seq)
	}
	for _, seq := range wrong {
		size := places[seq-1].Size
		if places[seq-1], err = v.placeOf(ctx, seq); err != nil {
			return fail("read places", s.path, err)
		}
		places[seq-1].Size = size
	}
	v.Close()
	return s.RestorePlaces(ctx, places, firsts)
}

// RestorePlaces stores the places of all articles, instead of those that are stored. firsts
// are the numbers with which rows begin.
func (s *Store) RestorePlaces(ctx context.Context, places []candidate.Place, firsts []uint32) error {
	return s.update(ctx, "store places", func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		w.exec("DELETE FROM place")
		for i, first := range firsts {
			end := len(places)
			if i+1 < len(firsts) {
				end = int(firsts[i+1]) - 1
			}
			w.exec("INSERT INTO place (first, data) VALUES (?, ?)", first, packPlaces(places[first-1:end]))
		}
		return w.err
	})
}

// A place is stored in placeLen bytes, big-endian: date, key, size, and the
// outlet, whose highest bit is set for the dead. They keep their dates, by which lists are
// in order.
const (
	placeLen = 22
	dead     = 1 << 31
	isFrozen = 1 << 30 // and dead
)

func packPlaces(places []candidate.Place) []byte {
	data := make([]byte, 0, placeLen*len(places))
	for _, p := range places {
		outlet := p.Outlet
		if p.Dead {
			outlet |= dead
		}
		if p.Frozen {
			outlet |= isFrozen
		}
		data = binary.BigEndian.AppendUint64(data, uint64(p.Date))
		data = binary.BigEndian.AppendUint64(data, p.Key)
		data = binary.BigEndian.AppendUint16(data, uint16(p.Size))
		data = binary.BigEndian.AppendUint32(data, outlet)
	}
	return data
}

func unpackPlaces(dst []candidate.Place, data []byte) []candidate.Place {
	for ; len(data) >= placeLen; data = data[placeLen:] {
		outlet := binary.BigEndian.Uint32(data[18:])
		dst = append(dst, candidate.Place{
			Date:   int64(binary.BigEndian.Uint64(data)),
			Key:    binary.BigEndian.Uint64(data[8:]),
			Size:   candidate.Size(binary.BigEndian.Uint16(data[16:])),
			Outlet: outlet &^ (dead | isFrozen),
			Dead:   outlet&dead != 0,
			Frozen: outlet&isFrozen != 0,
		})
	}
	return dst
}
