package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"

	"dedupe/candidate"
)

// checkPlaces holds the places against the articles.
func (v *View) checkPlaces(ctx context.Context, tell func(error) error) error {
	places, firsts, lacking, err := v.places(ctx, tell)
	if err != nil {
		return err
	}
	told := uint32(0) // of which row something was told
	for seq, err := range v.misplaced(ctx, places) {
		if err != nil {
			return err
		}
		if _, is := slices.BinarySearch(lacking, seq); is {
			continue
		}
		if is, err := v.s.stored(ctx, int64(seq)); err != nil {
			return err
		} else if !is {
			if err := tell(damaged("article", noArticle, int64(seq))); err != nil {
				return err
			}
		}
		row, found := slices.BinarySearch(firsts, seq)
		if !found {
			row--
		}
		if first := firsts[row]; first != told {
			told = first
			if err := tell(damaged("place", fmt.Sprintf("that of article %d is another article's", seq), int64(first))); err != nil {
				return err
			}
		}
	}
	return nil
}

// misplaced yields the articles whose places are not theirs: of another key or outlet, or of a
// superseded one and not; and those with a place that were lost.
func (v *View) misplaced(ctx context.Context, places []candidate.Place) iter.Seq2[uint32, error] {
	next, lost := int64(1), []uint32(nil)
	scan := func(r row) (uint32, error) {
		var seq, outlet, current, pruned int64
		var named *bool
		var key sql.RawBytes
		if err := r.Scan(&seq, &key, &outlet, &named, &current, &pruned); err != nil {
			return 0, err
		}
		for ; next < min(seq, int64(len(places))+1); next++ {
			if !places[next-1].Dead {
				lost = append(lost, uint32(next))
			}
		}
		next = seq + 1
		if seq > int64(len(places)) || len(key) < 8 {
			return 0, nil
		}
		p := &places[seq-1]
		if named != nil && !*named {
			outlet = 0
		}
		if p.Key == binary.BigEndian.Uint64(key) && int64(p.Outlet) == outlet&^(dead|isFrozen) && p.Dead == (current == 0 || p.Frozen) && p.Frozen == (current != 0 && pruned&frozen != 0) {
			return 0, nil
		}
		return uint32(seq), nil
	}
	return func(yield func(uint32, error) bool) {
		for seq, err := range stream(ctx, v, "check places", scan,
			`SELECT a.seq, a.key, a.outlet, o.name <> '', a.current, a.frozen FROM article a LEFT JOIN outlet o ON o.id = a.outlet ORDER BY a.seq`) {
			for _, gone := range lost {
				if !yield(gone, nil) {
					return
				}
			}
			lost = lost[:0]
			if (seq != 0 || err != nil) && !yield(seq, err) {
				return
			}
		}
	}
}

// checkIndex decodes all blocks of the index.
func (v *View) checkIndex(ctx context.Context, tell func(error) error) error {
	stray := func(r row) (d [2]int64, err error) { return d, r.Scan(&d[0], &d[1]) }
	for of, err := range stream(ctx, v, "check index", stray, `SELECT min(id), id >> ?1 FROM posting
		WHERE id >> ?1 NOT IN (SELECT id FROM segment) GROUP BY id >> ?1`, segmentShift) {
		if err != nil {
			return err
		}
		if err := tell(damaged("posting", fmt.Sprintf("of segment %d, which is not there", of[1]), of[0])); err != nil {
			return err
		}
	}
	rows, err := v.tx.QueryContext(ctx, "SELECT "+segmentColumns+" FROM segment ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		seg, err := v.s.segment(ctx, rows)
		whole := err == nil
		if err != nil {
			if err := tell(err); err != nil {
				return err
			}
		}
		postings := 0
		err = v.blocks(ctx, seg, func(n int, err error) error {
			postings += n
			if err != nil {
				whole = false
				return tell(err)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if whole && postings != seg.Len {
			if err := tell(damaged("segment", fmt.Sprintf("%d postings, and there are %d", seg.Len, postings), seg.ID)); err != nil {
				return err
			}
		}
	}
	return rows.Err()
}

// blocks decodes the blocks of a segment, the lacking ones too, and passes on how many
// postings each has or what is wrong with it.
func (v *View) blocks(ctx context.Context, seg *candidate.Segment, each func(int, error) error) error {
	rows, err := v.tx.QueryContext(ctx, "SELECT id, data FROM posting WHERE id >= ? AND id < ? ORDER BY id", postingID(seg.ID, 0), postingID(seg.ID+1, 0))
	if err != nil {
		return err
	}
	defer rows.Close()
	var buf []candidate.Posting
	n := 0
	look := func(data []byte) error {
		var err error
		buf, err = block(buf[:0], seg, n, data, int64(v.s.last.Load()))
		n++
		return each(len(buf), err)
	}
	for rows.Next() {
		var id int64
		var data sql.RawBytes
		if err := rows.Scan(&id, &data); err != nil {
			return err
		}
		for at := int(id - postingID(seg.ID, 0)); n < at && n < len(seg.Fences); {
			if err := look(nil); err != nil {
				return err
			}
		}
		if n < len(seg.Fences) {
			if err := look(data); err != nil {
				return err
			}
		}
	}
	for n < len(seg.Fences) {
		if err := look(nil); err != nil {
			return err
		}
	}
	return rows.Err()
}
