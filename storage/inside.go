package storage

import (
	"context"
	"iter"

	"dedupe/similarity"
)

// InsidePair is a stored pair both of whose articles are in one cluster.
type InsidePair struct {
	Cluster  int64
	A, B     uint32 // A before B
	Kind     similarity.Kind
	Evidence similarity.Evidence

	OutletA, LanguageA, OutletB, LanguageB string // where they were asked for
}

// Inside yields the stored pairs, distinct ones too, of members of one cluster;
// of cluster 0, those of all clusters, one cluster after the other. Pairs of which
// the evidence cannot be read are stepped over. About 6 us
// a pair; outlets and languages cost as much again, and are read with sorts.
func (v *View) Inside(ctx context.Context, cluster int64, sorts bool) iter.Seq2[InsidePair, error] {
	columns, tables := "", ""
	if sorts {
		columns = ", coalesce(x.name, ''), o.language, coalesce(y.name, ''), m.language"
		tables = " LEFT JOIN outlet x ON x.id = o.outlet LEFT JOIN outlet y ON y.id = m.outlet"
	}
	scan := func(r row) (p InsidePair, err error) {
		var a, b int64
		var c pairColumns
		dest := []any{&a, &b, &p.Cluster, &c.kind, &c.evidence}
		if sorts {
			dest = append(dest, &p.OutletA, &p.LanguageA, &p.OutletB, &p.LanguageB)
		}
		if err := r.Scan(dest...); err != nil {
			return p, unreadable("pair", err, a, b)
		}
		p.A, p.B, p.Kind = uint32(a), uint32(b), similarity.Kind(c.kind) // of articles that there are
		if p.Evidence, err = c.unpack(a, b); err == nil {
			err = c.figures(a, b)
		}
		return p, err
	}
	which, args := "m.cluster IS NOT NULL", []any(nil)
	if cluster != 0 {
		which, args = "m.cluster = ?", []any{cluster}
	}
	return stream(ctx, v, "read pairs", scan, `
		SELECT p.a, p.b, m.cluster, p.kind, p.evidence`+columns+`
		FROM article m CROSS JOIN pair p ON p.b = m.seq CROSS JOIN article o ON o.seq = p.a AND o.cluster = m.cluster`+tables+`
		WHERE `+which+` ORDER BY m.cluster`, args...)
}

// DecidedPair is a person's decision on two articles that are stored.
type DecidedPair struct {
	A, B               uint32
	ClusterA, ClusterB int64 // 0: alone
	Same               bool
}

// Followed reports whether the clusters are as it was decided.
func (d *DecidedPair) Followed() bool {
	return d.Same == (d.ClusterA != 0 && d.ClusterA == d.ClusterB)
}

// DecidedPairs yields the decisions on articles both of which are stored.
func (v *View) DecidedPairs(ctx context.Context) iter.Seq2[DecidedPair, error] {
	scan := func(r row) (d DecidedPair, err error) {
		var a, b []byte
		err = r.Scan(&a, &b, &d.A, &d.B, &d.ClusterA, &d.ClusterB, &d.Same)
		return d, unreadable("decision", err, a, b)
	}
	return stream(ctx, v, "read decisions", scan, `
		SELECT d.a, d.b, a.seq, b.seq, coalesce(a.cluster, 0), coalesce(b.cluster, 0), d.same
		FROM decision d CROSS JOIN article a ON a.key = d.a AND a.current = 1
		CROSS JOIN article b ON b.key = d.b AND b.current = 1 ORDER BY d.a, d.b`)
}

// Sizes returns how many members each living cluster has.
func (v *View) Sizes(ctx context.Context) (map[int64]int, error) {
	type size struct {
		id int64
		n  int
	}
	scan := func(r row) (s size, err error) { return s, r.Scan(&s.id, &s.n) }
	sizes := map[int64]int{}
	for s, err := range stream(ctx, v, "read clusters", scan, "SELECT id, size FROM cluster WHERE successor IS NULL") {
		if err != nil {
			return nil, err
		}
		sizes[s.id] = s.n
	}
	return sizes, nil
}
