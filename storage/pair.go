package storage

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"math"

	"dedupe/similarity"
)

// Pair is two current articles that were compared, A before B by date, undated ones
// last, then by key. A pair of kind above 0 is a link.
type Pair struct {
	A, B         int64           // article.seq
	NameA, NameB string          // as Article.Name
	Kind         similarity.Kind // 0: distinct
	Resemblance  float64
	ContainmentA float64           // share of A's shingles found in B
	ContainmentB float64           // share of B's shingles found in A
	Figure       similarity.Figure // see PairRow
	Evidence     []byte            // packed by package similarity
	SameCluster  bool
}

const pairQuery = `SELECT p.a, p.b,
	CASE a.external WHEN '' THEN lower(hex(a.key)) ELSE a.external END,
	CASE b.external WHEN '' THEN lower(hex(b.key)) ELSE b.external END,
	p.kind, p.resemblance, p.containment_a, p.containment_b, p.evidence, coalesce(a.cluster = b.cluster, 0)` + figureColumns + `
	FROM pair p CROSS JOIN article a ON a.seq = p.a CROSS JOIN article b ON b.seq = p.b
	WHERE a.current = 1 AND b.current = 1 `

func scanPair(r row) (p Pair, err error) {
	var c pairColumns
	err = unreadable("pair", r.Scan(&p.A, &p.B, &p.NameA, &p.NameB, &c.kind, &c.resemblance,
		&c.containmentA, &c.containmentB, &p.Evidence, &p.SameCluster, &p.Figure.Value, &p.Figure.Needs), p.A, p.B)
	if err == nil {
		err = c.figures(p.A, p.B)
	}
	p.Kind, p.Resemblance, p.ContainmentA, p.ContainmentB = similarity.Kind(c.kind), c.resemblance, c.containmentA, c.containmentB
	return p, err
}

// pairColumns are the figures of a pair as they are stored.
type pairColumns struct {
	kind                                    int64
	resemblance, containmentA, containmentB float64
	evidence                                sql.RawBytes
}

const pairRowColumns = "a, b, kind, resemblance, containment_a, containment_b, evidence"

// figureColumns are the rest of PairRow. What is damaged there is as what is not known.
const figureColumns = ", iif(figure BETWEEN 0 AND 1, figure, 0.0), iif(needs BETWEEN 0 AND 1, needs, 0.0)"

// strayPair is what is wrong with a pair that damage made.
const strayPair = "an article of it is not stored"

// Stray reports whether there are pairs of which the later article is not stored: that of which
// they are lacking is not known.
func (v *View) Stray(ctx context.Context) (is bool, err error) {
	err = v.tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pair WHERE NOT EXISTS (SELECT 1 FROM article WHERE seq = b))").Scan(&is)
	return is, fail("read pairs", v.s.path, err)
}

// figures returns what is wrong with the columns but for the evidence: a kind that there
// is not, or a share that is none.
func (c *pairColumns) figures(a, b int64) error {
	if c.kind < 0 || c.kind > int64(similarity.Revision) {
		return damaged("pair", fmt.Sprintf("there is no kind %d", c.kind), a, b)
	}
	for _, x := range [...]float64{c.resemblance, c.containmentA, c.containmentB} {
		if !(x >= 0 && x <= 1) {
			return damaged("pair", fmt.Sprintf("a share of %g, not of 0 to 1", x), a, b)
		}
	}
	return nil
}

func (c *pairColumns) unpack(a, b int64) (similarity.Evidence, error) {
	e, err := similarity.Unpack(c.evidence)
	if err != nil {
		err = damaged("pair", err.Error(), a, b)
	}
	return e, err
}

// verify returns the evidence, or what is wrong with it and the columns, which follow from
// its counts.
func (c *pairColumns) verify(a, b int64) (similarity.Evidence, error) {
	e, err := c.unpack(a, b)
	if err != nil {
		return e, err
	}
	if err := c.figures(a, b); err != nil {
		return e, err
	}
	const rounded = 1e-9
	for _, x := range [...][2]float64{{c.resemblance, e.Resemblance}, {c.containmentA, e.ContainmentA}, {c.containmentB, e.ContainmentB}} {
		if math.Abs(x[0]-x[1]) > rounded {
			return e, damaged("pair", fmt.Sprintf("a share of %g, and %g by its counts", x[0], x[1]), a, b)
		}
	}
	return e, nil
}

// Pair returns what is stored of two articles, in either order; ErrNotFound
// when they were never compared or it was not worth remembering.
func (v *View) Pair(ctx context.Context, seq, other int64) (Pair, error) {
	return one(ctx, v, "read pair", scanPair, "pair", [2]int64{seq, other},
		pairQuery+"AND ((p.a = ?1 AND p.b = ?2) OR (p.a = ?2 AND p.b = ?1))", seq, other)
}

// Evidence unpacks the evidence of a pair that was read. What cannot be read is a Damage, of which
// it tells and which counts as not found.
func (v *View) Evidence(ctx context.Context, a, b int64, data []byte) (similarity.Evidence, error) {
	c := pairColumns{evidence: data}
	e, err := c.unpack(a, b)
	return e, v.missing(ctx, "read pair", "pair", [2]int64{a, b}, err)
}

// Links yields every link between current articles.
func (v *View) Links(ctx context.Context) iter.Seq2[Pair, error] {
	return stream(ctx, v, "read links", scanPair, pairQuery+"AND p.kind > 0 ORDER BY p.b, p.a")
}

// Apart yields every stored pair of current articles that is no link.
func (v *View) Apart(ctx context.Context) iter.Seq2[Pair, error] {
	return stream(ctx, v, "read pairs", scanPair, pairQuery+"AND p.kind = 0 ORDER BY p.b, p.a")
}
