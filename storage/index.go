package storage

import (
	"context"
	"encoding/binary"
	"fmt"

	"dedupe/candidate"
)

// Segments returns the segments of the index, oldest first, without Load: see
// Loader.
func (s *Store) Segments(ctx context.Context) (list []*candidate.Segment, err error) {
	rows, err := s.r.QueryContext(ctx, "SELECT id, postings, fences, first, last FROM segment ORDER BY id")
	if err != nil {
		return nil, fail("read index", s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		seg := &candidate.Segment{}
		var fences []byte
		if err := rows.Scan(&seg.ID, &seg.Len, &fences, &seg.First, &seg.Last); err != nil {
			return nil, fail("read index", s.path, err)
		}
		for ; len(fences) >= 8; fences = fences[8:] {
			seg.Fences = append(seg.Fences, candidate.Posting(binary.BigEndian.Uint64(fences)))
		}
		list = append(list, seg)
	}
	return list, fail("read index", s.path, rows.Err())
}

// Loader returns a function that reads blocks of a stored segment, for one
// goroutine.
func (s *Store) Loader(ctx context.Context, seg *candidate.Segment) func(int) ([]candidate.Posting, error) {
	var buf []candidate.Posting
	return func(n int) (_ []candidate.Posting, err error) {
		var data []byte
		if err := s.r.QueryRowContext(context.WithoutCancel(ctx), "SELECT data FROM posting WHERE id = ?", postingID(seg.ID, n)).Scan(&data); err != nil {
			return nil, fail(fmt.Sprintf("read index block %d of segment %d", n, seg.ID), s.path, err)
		}
		buf, err = candidate.Decode(buf[:0], candidate.Block{First: seg.Fences[n], Data: data})
		if err != nil {
			return nil, &Error{Op: "read index", Path: s.path, Kind: ErrCorrupt, Err: err, Hint: hintCorrupt}
		}
		return buf, nil
	}
}
