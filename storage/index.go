package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"

	"dedupe/candidate"
)

// Segments returns the segments of the index, oldest first, without Load: see
// Loader. Of a damaged one there are the blocks that can be told apart; broken has
// its number.
func (s *Store) Segments(ctx context.Context) (list []*candidate.Segment, broken map[int64]bool, err error) {
	rows, err := s.r.QueryContext(ctx, "SELECT "+segmentColumns+" FROM segment ORDER BY id")
	if err != nil {
		return nil, nil, fail("read index", s.path, err)
	}
	defer rows.Close()
	broken = map[int64]bool{}
	for rows.Next() {
		seg, err := s.segment(ctx, rows)
		if err != nil {
			if err := s.skip(ctx, "read index", err); err != nil {
				return nil, nil, fail("read index", s.path, err)
			}
			broken[seg.ID] = true
		}
		list = append(list, seg)
	}
	return list, broken, fail("read index", s.path, rows.Err())
}

const segmentColumns = "id, postings, fences, first, last"

// segment reads a row of segmentColumns, of a damaged one what can be used.
func (s *Store) segment(ctx context.Context, r row) (*candidate.Segment, error) {
	seg := &candidate.Segment{}
	var fences []byte
	var first, last, n int64
	if err := r.Scan(&seg.ID, &n, &fences, &first, &last); err != nil {
		return seg, unreadable("segment", err, seg.ID)
	}
	seg.Fences = make([]candidate.Posting, 0, len(fences)/8)
	for rest := fences; len(rest) >= 8; rest = rest[8:] {
		f := candidate.Posting(binary.BigEndian.Uint64(rest))
		if k := len(seg.Fences); k > 0 && f.Key() < seg.Fences[k-1].Key() {
			return seg, damaged("segment", fmt.Sprintf("block %d begins before the one before it", k), seg.ID)
		}
		seg.Fences = append(seg.Fences, f)
	}
	given, err := s.given(ctx, last)
	switch k := int64(len(seg.Fences)); {
	case err != nil:
		return seg, err
	case len(fences)%8 != 0 || n < k || n > k*candidate.MaxBlock:
		seg.Len = int(k * candidate.BlockLen)
		return seg, damaged("segment", fmt.Sprintf("%d bytes of fences for %d postings", len(fences), n), seg.ID)
	case !given || first > last || first < 0:
		seg.Len = int(n)
		return seg, damaged("segment", fmt.Sprintf("articles %d to %d, numbers that were not given", first, last), seg.ID)
	}
	seg.Len, seg.First, seg.Last = int(n), uint32(first), uint32(last)
	return seg, nil
}

// Loader returns a function that reads blocks of a stored segment, for one
// goroutine. A block that cannot be read is a Damage.
func (s *Store) Loader(ctx context.Context, seg *candidate.Segment) func(int) ([]candidate.Posting, error) {
	var buf []candidate.Posting
	ahead := ahead{store: s, seg: seg}
	return func(n int) (_ []candidate.Posting, err error) {
		data, err := ahead.read(ctx, n)
		if err != nil {
			return nil, fail(fmt.Sprintf("read index block %d of segment %d", n, seg.ID), s.path, err)
		}
		last := int64(s.last.Load())
		if buf, err = block(buf[:0], seg, n, data, last); err != nil { // perhaps of articles that were stored since
			if _, err := s.stored(ctx, last+1); err != nil {
				return nil, err
			}
			buf, err = block(buf[:0], seg, n, data, int64(s.last.Load()))
		}
		return buf, err
	}
}

// ahead reads blocks of a segment that are asked for in ascending order. A query for one block
// takes as long as ten more rows of it, so while those asked for stand close together it reads on:
// twice as many blocks each time.
type ahead struct {
	store    *Store
	seg      *candidate.Segment
	from, to int      // blocks that were read
	data     []byte   // of all of them
	end      []uint32 // where each ends in data; one that is not there is empty
}

const (
	mostAhead = 64 // blocks of a query, 35 kB
	near      = 8  // so many blocks that nobody asks for cost less than a query
)

// read returns the data of a block, valid until the next call: none where it is not there.
func (a *ahead) read(ctx context.Context, n int) ([]byte, error) {
	if n < a.from || n >= a.to {
		most := 1
		if a.to > a.from && n >= a.to && n < a.to+near {
			most = min(2*(a.to-a.from), mostAhead)
		}
		if err := a.fill(ctx, n, min(n+most, len(a.seg.Fences))); err != nil {
			a.from, a.to = 0, 0
			return nil, err
		}
	}
	begin := uint32(0)
	if n > a.from {
		begin = a.end[n-a.from-1]
	}
	if end := a.end[n-a.from]; end > begin {
		return a.data[begin:end], nil
	}
	return nil, nil
}

// fill reads blocks from the one to the other, without that.
func (a *ahead) fill(ctx context.Context, from, to int) error {
	first := postingID(a.seg.ID, from)
	rows, err := a.store.r.QueryContext(context.WithoutCancel(ctx), "SELECT id, data FROM posting WHERE id >= ? AND id < ? ORDER BY id", first, first+int64(to-from))
	if err != nil {
		return err
	}
	defer rows.Close()
	a.from, a.to, a.data, a.end = from, to, a.data[:0], a.end[:0]
	var id int64
	var data sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&id, &data); err != nil {
			return err
		}
		for int64(len(a.end)) < id-first { // those before it are not there
			a.end = append(a.end, uint32(len(a.data)))
		}
		a.data = append(a.data, data...)
		a.end = append(a.end, uint32(len(a.data)))
	}
	for len(a.end) < to-from {
		a.end = append(a.end, uint32(len(a.data)))
	}
	return rows.Err()
}

// SearchLoader is Loader for a search, which goes on without the blocks that cannot be
// read.
func (s *Store) SearchLoader(ctx context.Context, seg *candidate.Segment) func(int) ([]candidate.Posting, error) {
	load := s.Loader(ctx, seg)
	return func(n int) ([]candidate.Posting, error) {
		postings, err := load(n)
		if err != nil {
			return nil, fail("read index", s.path, s.skip(ctx, "read index", err))
		}
		return postings, nil
	}
}

// block decodes a block of a segment, whose articles are numbered up to last.
func block(dst []candidate.Posting, seg *candidate.Segment, n int, data []byte, last int64) ([]candidate.Posting, error) {
	fail := func(what string) ([]candidate.Posting, error) {
		return dst[:0], damaged("posting", fmt.Sprintf("block %d of segment %d: %s", n, seg.ID, what), postingID(seg.ID, n))
	}
	if data == nil {
		return fail("it is not there")
	}
	list, err := candidate.Decode(dst, candidate.Block{First: seg.Fences[n], Data: data})
	if err != nil {
		return fail(err.Error())
	}
	for _, p := range list {
		if a := int64(p.Article()); a < 1 || a > last {
			return fail(fmt.Sprintf("article %d is not stored", a))
		}
	}
	if n+1 < len(seg.Fences) && len(list) > 0 && list[len(list)-1].Key() > seg.Fences[n+1].Key() {
		return fail("it goes beyond the next one")
	}
	return list, nil
}
