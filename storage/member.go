package storage

import (
	"context"
	"iter"

	"dedupe/similarity"
)

// ClusterMember is an article of a cluster with its link to the representative.
type ClusterMember struct {
	Article
	Linked           bool // there is such a link; the representative itself has none
	Kind             similarity.Kind
	Resemblance      float64
	InRepresentative float64           // share of the member's shingles found in the representative
	OfRepresentative float64           // share of the representative's shingles found in the member
	Figure           similarity.Figure // see PairRow
	Evidence         []byte
	Earlier          bool // the member is a of the pair
}

// Members yields the members of a living cluster, earliest first.
func (v *View) Members(ctx context.Context, id int64) iter.Seq2[ClusterMember, error] {
	scan := func(r row) (m ClusterMember, err error) {
		var kind, representative *int64
		var resemblance, a, b *float64
		if err := articleScan(r, &m.Article, &kind, &resemblance, &a, &b, &m.Evidence, &m.Earlier, &representative, &m.Figure.Value, &m.Figure.Needs); err != nil || kind == nil {
			return m, err
		}
		pair := [2]int64{*representative, m.Seq}
		if m.Earlier {
			pair = [2]int64{m.Seq, *representative}
		}
		// The member is there, whatever is known of its link.
		c := pairColumns{kind: *kind, resemblance: *resemblance, containmentA: *a, containmentB: *b}
		if err := c.figures(pair[0], pair[1]); err != nil {
			return m, v.s.skip(ctx, "read members", err)
		}
		m.Linked, m.Kind, m.Resemblance = true, similarity.Kind(*kind), *resemblance
		m.InRepresentative, m.OfRepresentative = *b, *a
		if m.Earlier {
			m.InRepresentative, m.OfRepresentative = *a, *b
		}
		return m, nil
	}
	// A pair stands either way round; at most one of e and l is there.
	return stream(ctx, v, "read members", scan, `SELECT `+articleColumns+`,
		coalesce(l.kind, e.kind), coalesce(l.resemblance, e.resemblance),
		coalesce(l.containment_a, e.containment_a), coalesce(l.containment_b, e.containment_b),
		coalesce(l.evidence, e.evidence), l.a IS NOT NULL, c.representative, iif(coalesce(l.figure, e.figure) BETWEEN 0 AND 1, coalesce(l.figure, e.figure), 0.0),
		iif(coalesce(l.needs, e.needs) BETWEEN 0 AND 1, coalesce(l.needs, e.needs), 0.0)`+articleTables+`
		LEFT JOIN pair e ON e.a = c.representative AND e.b = a.seq
		LEFT JOIN pair l ON l.a = a.seq AND l.b = c.representative
		WHERE a.cluster = ? AND c.successor IS NULL ORDER BY a.effective, a.key`, id)
}
