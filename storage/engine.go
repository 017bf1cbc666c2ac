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
	Outlet   string   // canonical name
	Given    *string  // see article.Article; nil: it is not known
	Older    []uint64 // text hashes of the versions before it, of the last 64
}

// maxOlder is of how many versions of an article before the current one it is known
// that they were stored.
const maxOlder = 64

// Known returns the current version of each of the keys that is stored.
func (s *Store) Known(ctx context.Context, keys []article.Key) (map[article.Key]Stored, error) {
	found := map[article.Key]Stored{}
	stmt, err := s.r.PrepareContext(ctx, `SELECT a.seq, a.text_hash, a.version, coalesce(t.name, ''), s.name,
		(SELECT group_concat(hex(o.text_hash), '') FROM article o WHERE o.key = a.key AND o.version BETWEEN a.version - ? AND a.version - 1)
		FROM article a LEFT JOIN outlet t ON t.id = a.outlet LEFT JOIN spelling s ON s.id = a.given WHERE key = ? ORDER BY version DESC LIMIT 1`)
	if err != nil {
		return nil, fail("look up articles", s.path, err)
	}
	defer stmt.Close()
	for _, k := range keys {
		var v Stored
		var hash []byte
		var older sql.NullString
		switch err := stmt.QueryRowContext(context.WithoutCancel(ctx), maxOlder, k[:]).Scan(&v.Seq, &hash, &v.Version, &v.Outlet, &v.Given, &older); {
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

// Words reads an article's text: a Damage where it cannot be read.
func (s *Store) Words(ctx context.Context, seq uint32) (t Words, err error) {
	var data []byte
	err = s.r.QueryRowContext(context.WithoutCancel(ctx), "SELECT coalesce(o.name, ''), a.headline, a.byline, b.data FROM article a LEFT JOIN outlet o ON o.id = a.outlet LEFT JOIN body b ON b.seq = a.seq WHERE a.seq = ?", seq).
		Scan(&t.Outlet, &t.Headline, &t.Byline, &data)
	if err == nil {
		t.Body, err = s.codec.kept(int64(seq), data)
	}
	err = lostArticle(err, seq)
	return t, fail(fmt.Sprintf("read article %d", seq), s.path, err)
}

// noArticle is what is wrong with an article that was lost.
const noArticle = "it is not there"

// lostArticle names an article that should be there.
func lostArticle(err error, seq uint32) error {
	if errors.Is(err, sql.ErrNoRows) {
		return damaged("article", noArticle, int64(seq))
	}
	return err
}

// Part is what clusters need to know of an article.
type Part struct {
	Cluster   int64 // 0: alone
	Outlet    uint32
	Effective int64
	Dated     bool // it has a date of its own
	Words     int
	Agency    bool // the wire agency itself published it
	Key       article.Key
}

const partColumns = "coalesce(cluster, 0), outlet, effective, effective_reason IN (0, 5), words, agency, key"

// scan reads partColumns. Damaged ones are taken as they are: an article without its
// part could not be grouped at all.
func (m *Part) scan(r row, more ...any) error {
	var outlet, agency int64
	var key []byte
	if err := r.Scan(append(more, &m.Cluster, &outlet, &m.Effective, &m.Dated, &m.Words, &agency, &key)...); err != nil {
		return err
	}
	m.Outlet, m.Agency = uint32(outlet), agency != 0
	copy(m.Key[:], key)
	return nil
}

// Part reads an article's part in its cluster.
func (s *Store) Part(ctx context.Context, seq uint32) (m Part, err error) {
	err = lostArticle(m.scan(s.r.QueryRowContext(context.WithoutCancel(ctx), `SELECT `+partColumns+` FROM article WHERE seq = ?`, seq)), seq)
	return m, fail(fmt.Sprintf("read article %d", seq), s.path, err)
}

// ClusterMembers returns the articles of a cluster in the order of arrival.
func (s *Store) ClusterMembers(ctx context.Context, cluster int64) ([]uint32, error) {
	return s.numbers(ctx, "read members", "SELECT seq FROM article WHERE cluster = ? ORDER BY seq", cluster)
}

// MembersOf returns the articles of some clusters in the order of arrival.
func (s *Store) MembersOf(ctx context.Context, clusters []int64) ([]uint32, error) {
	return s.numbers(ctx, "read members", "SELECT seq FROM article WHERE cluster IN (SELECT value FROM json_each(?)) ORDER BY seq", list(clusters))
}

// PairsWith returns the stored pairs of an article, distinct and damaged ones included.
func (s *Store) PairsWith(ctx context.Context, seq uint32) (pairs []PairRow, err error) {
	rows, err := s.r.QueryContext(context.WithoutCancel(ctx), `SELECT `+pairRowColumns+figureColumns+` FROM pair WHERE b = ?1
		UNION ALL SELECT `+pairRowColumns+figureColumns+` FROM pair WHERE a = ?1`, seq)
	if err != nil {
		return nil, fail("read pairs", s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		p, err := s.pairRow(ctx, rows)
		if err != nil {
			if err = s.skip(ctx, "read pairs", err); err == nil {
				continue
			}
			return nil, fail("read pairs", s.path, err)
		}
		if !s.foreign(max(p.A, p.B)) {
			pairs = append(pairs, p)
		}
	}
	return pairs, fail("read pairs", s.path, rows.Err())
}

// pairRow reads a row of PairsWith or PairsIn. Of a damaged one, of which it tells, it
// returns what is known: A is 0 where the earlier article is not stored. Without the later one
// it is a Damage.
func (s *Store) pairRow(ctx context.Context, rows *sql.Rows) (p PairRow, err error) {
	var a, b int64
	var c pairColumns
	if err := rows.Scan(&a, &b, &c.kind, &c.resemblance, &c.containmentA, &c.containmentB, &c.evidence, &p.Figure.Value, &p.Figure.Needs); err != nil {
		return p, unreadable("pair", err, a, b)
	}
	stored, err := s.stored(ctx, a, b)
	if err != nil {
		return p, err
	}
	if !stored { // of which others may be lacking
		p.Damaged = []byte{}
		if is, err := s.stored(ctx, b); err != nil || is {
			p.B = uint32(b)
			return p, errors.Join(err, s.skip(ctx, "read pairs", damaged("pair", strayPair, a, b)))
		}
		return p, damaged("pair", strayPair, a, b)
	}
	p.A, p.B = uint32(a), uint32(b)
	if p.Verdict.Evidence, err = c.verify(a, b); err == nil {
		p.Verdict.Kind = similarity.Kind(c.kind)
		return p, nil
	}
	if err := s.skip(ctx, "read pairs", err); err != nil {
		return p, err
	}
	p.Damaged = append([]byte{}, c.evidence...)
	if c.figures(a, b) == nil {
		p.Verdict = similarity.Verdict{Kind: similarity.Kind(c.kind),
			Evidence: similarity.Evidence{Resemblance: c.resemblance, ContainmentA: c.containmentA, ContainmentB: c.containmentB}}
	}
	return p, nil
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

// numbers reads articles' numbers, those left out that cannot be any.
func (s *Store) numbers(ctx context.Context, op, query string, args ...any) (list []uint32, err error) {
	rows, err := s.r.QueryContext(context.WithoutCancel(ctx), query, args...)
	if err != nil {
		return nil, fail(op, s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, fail(op, s.path, err)
		}
		if is, err := s.stored(ctx, n); err != nil {
			return nil, fail(op, s.path, err)
		} else if is && !s.foreign(uint32(n)) {
			list = append(list, uint32(n))
		}
	}
	return list, fail(op, s.path, rows.Err())
}

// Counters are the next free numbers.
type Counters struct {
	Seq                           uint32
	Cluster, Segment, Boilerplate int64
}

// Counters reads them. An engine begins with it, and knows nothing of what others
// store later: functions that read by number leave such articles out.
func (s *Store) Counters(ctx context.Context) (c Counters, err error) {
	err = s.r.QueryRowContext(ctx, `SELECT
		max((SELECT coalesce(max(id), 0) FROM cluster), (SELECT coalesce(max(cluster), 0) FROM article WHERE cluster IS NOT NULL)) + 1,
		max(0, (SELECT coalesce(max(id), 0) FROM segment), (SELECT coalesce(max(id) >> ?, 0) FROM posting)) + 1, (SELECT coalesce(max(id), 0) + 1 FROM boilerplate)`, segmentShift).
		Scan(&c.Cluster, &c.Segment, &c.Boilerplate)
	if err == nil {
		var last int64
		last, err = lastArticle(ctx, s.r)
		c.Seq = uint32(last) + 1
	}
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
