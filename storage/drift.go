package storage

import (
	"context"
	"time"
)

// Period is what was published in a stretch of time, as it was judged.
type Period struct {
	Articles  int
	Clustered int     // of them in clusters
	Short     int     // too short to judge
	Words     float64 // compared, of one article on average
	Links     Kinds   // whose later article is of the period
}

// Latest returns the newest date of an article that has one of its own, not
// after now; the zero time where there is none.
func (v *View) Latest(ctx context.Context, now time.Time) (time.Time, error) {
	var at *int64
	err := v.tx.QueryRowContext(ctx, "SELECT max(effective) FROM article m WHERE current = 1 AND "+dated+" AND effective <= ?",
		now.Unix()).Scan(&at)
	if err != nil || at == nil {
		return time.Time{}, fail("read dates", v.s.path, err)
	}
	return unix(*at), nil
}

// Period reads what has a date of its own from since on and before until. It
// walks over all articles.
func (v *View) Period(ctx context.Context, since, until time.Time) (p Period, err error) {
	err = v.tx.QueryRowContext(ctx, `SELECT count(*), count(cluster), coalesce(sum(state = 1), 0), coalesce(avg(words), 0)
		FROM article m WHERE current = 1 AND `+dated+` AND effective >= ?1 AND effective < ?2`,
		since.Unix(), until.Unix()).Scan(&p.Articles, &p.Clustered, &p.Short, &p.Words)
	if err != nil {
		return p, fail("count articles", v.s.path, err)
	}
	type count struct{ kind, n int }
	scan := func(r row) (c count, err error) { return c, r.Scan(&c.kind, &c.n) }
	for c, err := range stream(ctx, v, "count links", scan, `SELECT p.kind, count(*) FROM article m CROSS JOIN pair p ON p.b = m.seq
		WHERE m.current = 1 AND `+dated+` AND m.effective >= ?1 AND m.effective < ?2 AND p.kind > 0 GROUP BY p.kind`,
		since.Unix(), until.Unix()) {
		if err != nil {
			return p, err
		}
		if 0 <= c.kind && c.kind < len(p.Links) {
			p.Links[c.kind] = c.n
		}
	}
	return p, nil
}

// Resized is an outlet whose articles are of another length than before.
type Resized struct {
	Outlet      string
	Before, Now float64 // words compared of one article, on average
}

// Resized returns the outlets whose articles from middle on have less than half
// of the words that those before it have, or more than twice as many, the
// greatest change first; of outlets with at least the given number of articles
// on both sides.
func (v *View) Resized(ctx context.Context, since, middle, until time.Time, articles, limit int) ([]Resized, error) {
	scan := func(r row) (x Resized, err error) { return x, r.Scan(&x.Outlet, &x.Before, &x.Now) }
	return collect(stream(ctx, v, "compare outlets", scan, `
		SELECT o.spelling, before, now FROM (
			SELECT outlet, avg(words) FILTER (WHERE effective < ?2) AS before, avg(words) FILTER (WHERE effective >= ?2) AS now,
				count(*) FILTER (WHERE effective < ?2) AS earlier, count(*) FILTER (WHERE effective >= ?2) AS later
			FROM article m WHERE current = 1 AND `+dated+` AND effective >= ?1 AND effective < ?3 GROUP BY outlet)
		JOIN outlet o ON o.id = outlet
		WHERE earlier >= ?4 AND later >= ?4 AND (now > 2 * before OR before > 2 * now)
		ORDER BY max(now, 1) / max(before, 1) + max(before, 1) / max(now, 1) DESC, o.name LIMIT ?5`,
		since.Unix(), middle.Unix(), until.Unix(), articles, limit))
}
