package storage

import (
	"context"
	"iter"

	"dedupe/article"
)

// Outings yields what Appearances does of the clusters that a filter leaves,
// at most limit of them, the newest. About 15 us a cluster.
func (v *View) Outings(ctx context.Context, f Filter, limit int) iter.Seq2[Appearance, error] {
	scan := func(r row) (a Appearance, err error) {
		var at int64
		var reason article.DateReason
		err = r.Scan(&a.Cluster, &a.Outlet, &at, &reason)
		a.At, a.Dated = unix(at), reason == article.Given
		return a, err
	}
	tables, where, args := f.from()
	return stream(ctx, v, "read outings", scan, `
		SELECT cluster, coalesce(o.name, '') AS name, at, reason FROM (
			SELECT m.cluster, m.outlet, min(m.effective) AS at, m.effective_reason AS reason
			FROM (SELECT c.id`+tables+where+` ORDER BY c.last DESC, c.id DESC LIMIT ?) n
			CROSS JOIN article m ON m.cluster = n.id
			GROUP BY m.cluster, m.outlet)
		LEFT JOIN outlet o ON o.id = outlet
		ORDER BY cluster, at, name`, append(args, limit)...)
}
