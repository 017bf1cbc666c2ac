package storage

import (
	"context"
	"iter"

	"dedupe/similarity"
)

// Pair is two current articles that were compared, A before B by date, undated ones
// last, then by key. A pair of kind above 0 is a link.
type Pair struct {
	A, B         int64           // article.seq
	NameA, NameB string          // as Article.Name
	Kind         similarity.Kind // 0: distinct
	Resemblance  float64
	ContainmentA float64 // share of A's shingles found in B
	ContainmentB float64 // share of B's shingles found in A
	Evidence     []byte  // packed by package similarity
	SameCluster  bool
}

const pairQuery = `SELECT p.a, p.b,
	CASE a.external WHEN '' THEN lower(hex(a.key)) ELSE a.external END,
	CASE b.external WHEN '' THEN lower(hex(b.key)) ELSE b.external END,
	p.kind, p.resemblance, p.containment_a, p.containment_b, p.evidence, coalesce(a.cluster = b.cluster, 0)
	FROM pair p CROSS JOIN article a ON a.seq = p.a CROSS JOIN article b ON b.seq = p.b
	WHERE a.current = 1 AND b.current = 1 `

func scanPair(r row) (p Pair, err error) {
	return p, r.Scan(&p.A, &p.B, &p.NameA, &p.NameB, &p.Kind, &p.Resemblance,
		&p.ContainmentA, &p.ContainmentB, &p.Evidence, &p.SameCluster)
}

// Pair returns what is stored of two articles, in either order; ErrNotFound
// when they were never compared or it was not worth remembering.
func (v *View) Pair(ctx context.Context, seq, other int64) (Pair, error) {
	return only(stream(ctx, v, "read pair", scanPair,
		pairQuery+"AND ((p.a = ?1 AND p.b = ?2) OR (p.a = ?2 AND p.b = ?1))", seq, other), "pair", [2]int64{seq, other})
}

// Links yields every link between current articles.
func (v *View) Links(ctx context.Context) iter.Seq2[Pair, error] {
	return stream(ctx, v, "read links", scanPair, pairQuery+"AND p.kind > 0 ORDER BY p.b, p.a")
}

// Apart yields every stored pair of current articles that is no link.
func (v *View) Apart(ctx context.Context) iter.Seq2[Pair, error] {
	return stream(ctx, v, "read pairs", scanPair, pairQuery+"AND p.kind = 0 ORDER BY p.b, p.a")
}
