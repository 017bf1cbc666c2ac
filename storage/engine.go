package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"dedupe/article"
	"dedupe/similarity"
)

// This file is what the engine that groups articles reads: by number, many at a
// time, without joins. People's questions are answered by View. A look-up is over
// before it could be broken off, and watching for that costs a goroutine each: so
// what is read by number is read without.

// Stored is what tells whether a received article is known.
type Stored struct {
	Seq      uint32
	TextHash uint64
	Version  int
	Older    []uint64 // text hashes of the versions before it, of the last 64
}

// maxOlder is of how many versions of an article before the current one it is known
// that they were stored.
const maxOlder = 64

// Known returns the current version of each of the keys that is stored.
func (s *Store) Known(ctx context.Context, keys []article.Key) (map[article.Key]Stored, error) {
	found := map[article.Key]Stored{}
	stmt, err := s.r.PrepareContext(ctx, `SELECT seq, text_hash, version,
		(SELECT group_concat(hex(o.text_hash), '') FROM article o WHERE o.key = a.key AND o.version BETWEEN a.version - ? AND a.version - 1)
		FROM article a WHERE key = ? ORDER BY version DESC LIMIT 1`)
	if err != nil {
		return nil, fail("look up articles", s.path, err)
	}
	defer stmt.Close()
	for _, k := range keys {
		var v Stored
		var hash []byte
		var older sql.NullString
		switch err := stmt.QueryRowContext(context.WithoutCancel(ctx), maxOlder, k[:]).Scan(&v.Seq, &hash, &v.Version, &older); {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return nil, fail("look up articles", s.path, err)
		case s.foreign(v.Seq):
		default:
			v.TextHash = binary.BigEndian.Uint64(append(hash, make([]byte, 8)...))
			if all, err := hex.DecodeString(older.String); err == nil {
				v.Older = unpackHashes(all)
			}
			found[k] = v
		}
	}
	return found, nil
}

// Words is the text of a stored article, as it was received.
type Words struct {
	Outlet, Headline, Byline, Body string
}

// Words reads an article's text.
func (s *Store) Words(ctx context.Context, seq uint32) (t Words, err error) {
	var data []byte
	err = s.r.QueryRowContext(context.WithoutCancel(ctx), "SELECT o.name, a.headline, a.byline, b.data FROM article a JOIN outlet o ON o.id = a.outlet JOIN body b ON b.seq = a.seq WHERE a.seq = ?", seq).
		Scan(&t.Outlet, &t.Headline, &t.Byline, &data)
	if err == nil {
		t.Body, err = s.codec.unpack(data)
	}
	return t, fail(fmt.Sprintf("read article %d", seq), s.path, err)
}

// Part is what clusters need to know of an article.
type Part struct {
	Cluster   int64 // 0: alone
	Outlet    uint32
	Effective int64
	Words     int
	Agency    bool // the wire agency itself published it
	Key       article.Key
}

// Part reads an article's part in its cluster.
func (s *Store) Part(ctx context.Context, seq uint32) (m Part, err error) {
	var key []byte
	var cluster *int64
	err = s.r.QueryRowContext(context.WithoutCancel(ctx), `SELECT cluster, outlet, effective, words, agency, key FROM article WHERE seq = ?`, seq).
		Scan(&cluster, &m.Outlet, &m.Effective, &m.Words, &m.Agency, &key)
	copy(m.Key[:], key)
	if cluster != nil {
		m.Cluster = *cluster
	}
	return m, fail(fmt.Sprintf("read article %d", seq), s.path, err)
}

// ClusterMembers returns the articles of a cluster in the order of arrival.
func (s *Store) ClusterMembers(ctx context.Context, cluster int64) ([]uint32, error) {
	return s.numbers(ctx, "read members", "SELECT seq FROM article WHERE cluster = ? ORDER BY seq", cluster)
}

// PairsWith returns the stored pairs of an article, distinct ones included.
func (s *Store) PairsWith(ctx context.Context, seq uint32) (pairs []PairRow, err error) {
	rows, err := s.r.QueryContext(context.WithoutCancel(ctx), `SELECT a, b, kind, evidence FROM pair WHERE b = ?1
		UNION ALL SELECT a, b, kind, evidence FROM pair WHERE a = ?1`, seq)
	if err != nil {
		return nil, fail("read pairs", s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var p PairRow
		var evidence []byte
		if err := rows.Scan(&p.A, &p.B, &p.Verdict.Kind, &evidence); err != nil {
			return nil, fail("read pairs", s.path, err)
		}
		if p.Verdict.Evidence, err = similarity.Unpack(evidence); err != nil {
			return nil, fail(fmt.Sprintf("read pair %d-%d", p.A, p.B), s.path, err)
		}
		if !s.foreign(max(p.A, p.B)) {
			pairs = append(pairs, p)
		}
	}
	return pairs, fail("read pairs", s.path, rows.Err())
}

// PairedWith returns the later articles of stored pairs whose earlier one is
// given, some of them more than once.
func (s *Store) PairedWith(ctx context.Context, articles []uint32) (list []uint32, err error) {
	for _, seq := range articles {
		later, err := s.numbers(ctx, "read pairs", "SELECT b FROM pair WHERE a = ?", seq)
		if err != nil {
			return nil, err
		}
		list = append(list, later...)
	}
	return list, nil
}

func (s *Store) numbers(ctx context.Context, op, query string, args ...any) (list []uint32, err error) {
	rows, err := s.r.QueryContext(context.WithoutCancel(ctx), query, args...)
	if err != nil {
		return nil, fail(op, s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var n uint32
		if err := rows.Scan(&n); err != nil {
			return nil, fail(op, s.path, err)
		}
		if !s.foreign(n) {
			list = append(list, n)
		}
	}
	return list, fail(op, s.path, rows.Err())
}

// Counters are the next free numbers.
type Counters struct {
	Seq                         uint32
	Cluster, Segment, Furniture int64
}

// Counters reads them. An engine begins with it, and knows nothing of what others
// store later: functions that read by number leave such articles out.
func (s *Store) Counters(ctx context.Context) (c Counters, err error) {
	err = s.r.QueryRowContext(ctx, `SELECT
		(SELECT coalesce(max(seq), 0) + 1 FROM article), (SELECT coalesce(max(id), 0) + 1 FROM cluster),
		(SELECT coalesce(max(id), 0) + 1 FROM segment), (SELECT coalesce(max(id), 0) + 1 FROM furniture)`).
		Scan(&c.Seq, &c.Cluster, &c.Segment, &c.Furniture)
	s.bound.Store(c.Seq)
	return c, fail("read counters", s.path, err)
}

// foreign reports whether an article was stored by another run since Counters was
// called.
func (s *Store) foreign(seq uint32) bool {
	bound := s.bound.Load()
	return bound > 0 && seq >= bound
}

func packHashes(hashes []uint64) []byte {
	data := make([]byte, 0, 8*len(hashes))
	for _, h := range hashes {
		data = binary.BigEndian.AppendUint64(data, h)
	}
	return data
}

func unpackHashes(data []byte) (hashes []uint64) {
	for ; len(data) >= 8; data = data[8:] {
		hashes = append(hashes, binary.BigEndian.Uint64(data))
	}
	return hashes
}

// Outlets reads the numbers of all outlets.
func (s *Store) Outlets(ctx context.Context) (map[string]uint32, error) {
	rows, err := s.r.QueryContext(ctx, "SELECT id, name FROM outlet")
	if err != nil {
		return nil, fail("read outlets", s.path, err)
	}
	defer rows.Close()
	outlets := map[string]uint32{}
	for rows.Next() {
		var id uint32
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, fail("read outlets", s.path, err)
		}
		outlets[name] = id
	}
	return outlets, fail("read outlets", s.path, rows.Err())
}
