package storage

import (
	"context"

	"dedupe/similarity"
)

// Related is what a link leads to that the clustering did not follow: another cluster, or an
// article that is in none.
type Related struct {
	Cluster int64           // 0: the article is in none
	Seq     uint32          // of the linked article there, of the strongest link
	Article string          // its name
	Outlet  string          // its
	Kind    similarity.Kind // of that link
	Share   float64         // of the shorter text that the other has verbatim, of that link
	Links   int             // between the two
}

// Related returns what the members of a living cluster are linked with outside of it, those that
// share most first. It is empty for nearly every cluster. Cost: two searches a member.
func (v *View) Related(ctx context.Context, cluster int64) ([]Related, error) {
	scan := func(r row) (x Related, err error) {
		var a, b int64
		if err := r.Scan(&a, &b, &x.Seq, &x.Cluster, &x.Article, &x.Outlet, &x.Kind, &x.Share); err != nil {
			return x, unreadable("pair", err, a, b)
		}
		x.Links = 1
		return x, nil
	}
	const columns = `SELECT p.a, p.b, o.seq, coalesce(o.cluster, 0),
		CASE o.external WHEN '' THEN lower(hex(o.key)) ELSE o.external END, coalesce(t.spelling, ''),
		p.kind, min(1.0, max(0.0, p.containment_a, p.containment_b)) AS share
		FROM article m CROSS JOIN pair p ON `
	const rest = ` LEFT JOIN outlet t ON t.id = o.outlet
		WHERE m.cluster = ?1 AND p.kind > 0 AND o.current = 1 AND o.cluster IS NOT ?1`
	var list []Related
	type other struct {
		cluster int64
		seq     uint32 // of an article that is in none
	}
	at := map[other]int{}
	for x, err := range stream(ctx, v, "read links between clusters", scan, columns+
		`p.b = m.seq CROSS JOIN article o ON o.seq = p.a`+rest+` UNION ALL `+columns+
		`p.a = m.seq CROSS JOIN article o ON o.seq = p.b`+rest+` ORDER BY share DESC, 1, 2`, cluster) {
		if err != nil {
			return nil, err
		}
		key := other{cluster: x.Cluster}
		if x.Cluster == 0 {
			key.seq = x.Seq
		}
		if i, seen := at[key]; seen {
			list[i].Links++
			continue
		}
		at[key] = len(list)
		list = append(list, x)
	}
	return list, nil
}
