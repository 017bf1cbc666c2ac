package storage

import (
	"context"
	"iter"
	"slices"
	"time"

	"dedupe/article"
)

// Tally is how often a name occurs.
type Tally struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

func scanTally(r row) (t Tally, err error) { return t, r.Scan(&t.Name, &t.Count) }

// Firsts returns, of the clusters that a filter leaves, the outlets that published
// most of them first (as Cluster.FirstOutlet says; none where that is not known), and the agencies under whose
// credit most of their representatives are. About 0.2 s at 200,000 clusters.
func (v *View) Firsts(ctx context.Context, f Filter, limit int) (outlets, credits []Tally, err error) {
	type found struct {
		Tally
		credit bool
	}
	scan := func(r row) (t found, err error) { return t, r.Scan(&t.credit, &t.Name, &t.Count) }
	where, args := f.conditions()
	for t, err := range stream(ctx, v, "count first publishers", scan, `
		WITH t AS MATERIALIZED (SELECT `+firstOutlet+` AS first, a.credit `+clusterTables+where+`)
		SELECT * FROM (
			SELECT 0, o.spelling, count(*) AS n FROM t JOIN outlet o ON o.id = t.first GROUP BY o.id ORDER BY n DESC, o.name LIMIT ?)
		UNION ALL SELECT * FROM (
			SELECT 1, credit, count(*) AS n FROM t WHERE credit <> '' GROUP BY credit ORDER BY n DESC, credit LIMIT ?)`,
		append(args, limit, limit)...) {
		if err != nil {
			return nil, nil, err
		}
		if t.credit {
			credits = append(credits, t.Tally)
		} else {
			outlets = append(outlets, t.Tally)
		}
	}
	return outlets, credits, nil
}

// Credits returns the agencies with the most articles under their credit.
func (v *View) Credits(ctx context.Context, limit int) ([]Tally, error) {
	return collect(stream(ctx, v, "count credits", scanTally, `
		SELECT credit, count(*) FROM article WHERE current = 1 AND credit <> ''
		GROUP BY credit ORDER BY 2 DESC, 1 LIMIT ?`, limit))
}

// Day is what was published on a day of a zone.
type Day struct {
	Day       time.Time `json:"day"` // the midnight of UTC that begins it
	Articles  int       `json:"articles"`
	Clustered int       `json:"clustered"` // of them in clusters
}

// Days returns the last days of a zone on which anything was published, newest first.
// Articles without a date of their own count on none.
func (v *View) Days(ctx context.Context, limit int, zone *time.Location) (days []Day, err error) {
	scan := func(r row) (d Day, err error) {
		var at int64
		var toDay bool
		err = r.Scan(&at, &toDay, &d.Articles, &d.Clustered)
		m := article.Moment{At: unix(at * quarter), Known: article.ToMinute}
		if toDay {
			m.Known = article.ToDay
		}
		d.Day = m.Day(zone)
		return d, err
	}
	// Days of all zones begin at a quarter of an hour. What is known to the day comes in its
	// middle, so that of days which are counted together none is far from the others. The
	// remainder has the sign of the date, which may lie before 1970.
	count := map[time.Time]*Day{}
	for d, err := range stream(ctx, v, "count days", scan, `
		SELECT (effective - (effective % ?1 + ?1) % ?1) / ?1 AS at, effective_reason = 5 AS to_day, count(*), count(cluster)
		FROM article m WHERE current = 1 AND `+dated+` GROUP BY at, to_day ORDER BY at + 48 * to_day DESC`, quarter) {
		if err != nil {
			return nil, err
		}
		day := count[d.Day]
		if day == nil {
			if len(count) > limit { // a day more than is asked for: those after it are whole
				break
			}
			day = &Day{Day: d.Day}
			count[d.Day] = day
		}
		day.Articles += d.Articles
		day.Clustered += d.Clustered
	}
	for _, d := range count {
		days = append(days, *d)
	}
	slices.SortFunc(days, func(a, b Day) int { return b.Day.Compare(a.Day) })
	return days[:min(len(days), limit)], nil
}

const quarter = 15 * 60 // seconds

// Health is the size of what is stored beside articles and clusters.
type Health struct {
	Segments    int   `json:"segments"`    // of the index of anchors
	Postings    int   `json:"postings"`    // in them
	Boilerplate int   `json:"boilerplate"` // passages
	Decisions   int   `json:"decisions"`
	Bytes       int64 `json:"bytes"` // of the file
	Free        int64 `json:"free"`  // of them, in pages that are not used
}

// Health reads it.
func (v *View) Health(ctx context.Context) (h Health, err error) {
	err = v.tx.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM segment), (SELECT CAST(total(postings) AS INTEGER) FROM segment),
		(SELECT count(*) FROM boilerplate), (SELECT count(*) FROM decision),
		(SELECT page_count FROM pragma_page_count) * s.page_size, (SELECT freelist_count FROM pragma_freelist_count) * s.page_size
		FROM pragma_page_size s`).
		Scan(&h.Segments, &h.Postings, &h.Boilerplate, &h.Decisions, &h.Bytes, &h.Free)
	return h, fail("read sizes", v.s.path, err)
}

// Appearance is the first time that an outlet published the story of a cluster.
type Appearance struct {
	Cluster int64
	Outlet  string
	At      time.Time // the earliest that it may have been; without a date, when it was first seen
	Latest  time.Time // the latest; the same where it is known to the minute
	Dated   bool      // an article of the outlet had a date of its own
}

// Exact reports whether the appearance is known to the minute.
func (a *Appearance) Exact() bool { return a.Dated && a.At.Equal(a.Latest) }

// Before reports whether a was certainly before b.
func (a *Appearance) Before(b *Appearance) bool {
	return a.Dated && b.Dated && a.Latest.Before(b.At)
}

func scanAppearance(r row) (a Appearance, err error) {
	var at, latest int64
	err = r.Scan(&a.Cluster, &a.Outlet, &at, &latest, &a.Dated)
	a.At, a.Latest = unix(at), unix(latest)
	return a, err
}

// appearance is the columns of one, of members m of a cluster and an outlet.
const appearance = `coalesce(min(m.effective) FILTER (WHERE ` + dated + `), min(m.effective)) AS at,
	coalesce(min` + latest + ` FILTER (WHERE ` + dated + `), min(m.effective)) AS latest, max(` + dated + `) AS dated`

// Appearances yields, for each living cluster of two outlets or more, when
// each of its outlets published it first, the earliest one first.
func (v *View) Appearances(ctx context.Context) iter.Seq2[Appearance, error] {
	// Clusters come as the index has them; only the few outlets of one are sorted.
	return stream(ctx, v, "read appearances", scanAppearance, `
		SELECT cluster, coalesce(o.spelling, ''), at, latest, dated FROM (
			SELECT m.cluster, m.outlet, `+appearance+`
			FROM article m JOIN cluster c ON c.id = m.cluster AND c.outlets > 1 AND c.successor IS NULL
			WHERE m.cluster IS NOT NULL GROUP BY m.cluster, m.outlet)
		LEFT JOIN outlet o ON o.id = outlet
		ORDER BY cluster, at, o.name`)
}

// Outings yields what Appearances does of the clusters that a filter leaves,
// at most limit of them, the newest. About 15 us a cluster.
func (v *View) Outings(ctx context.Context, f Filter, limit int) iter.Seq2[Appearance, error] {
	tables, where, args := f.from()
	return stream(ctx, v, "read outings", scanAppearance, `
		SELECT cluster, coalesce(o.spelling, ''), at, latest, dated FROM (
			SELECT m.cluster, m.outlet, `+appearance+`
			FROM (SELECT c.id`+tables+where+` ORDER BY c.last DESC, c.id DESC LIMIT ?) n
			CROSS JOIN article m ON m.cluster = n.id
			GROUP BY m.cluster, m.outlet)
		LEFT JOIN outlet o ON o.id = outlet
		ORDER BY cluster, at, o.name`, append(args, limit)...)
}

// OutletsOf yields the canonical names of the outlets of a cluster's members.
func (v *View) OutletsOf(ctx context.Context, cluster int64) iter.Seq2[string, error] {
	scan := func(r row) (name string, err error) { return name, r.Scan(&name) }
	return stream(ctx, v, "read outlets", scan, `
		SELECT name FROM outlet WHERE id IN (SELECT outlet FROM article WHERE cluster = ?) ORDER BY name`, cluster)
}

// Change is a line of the log of clusters.
type Change struct {
	Cursor int64 // grows from line to line
	Event
}

// Changes yields what happened to clusters after the given cursor, oldest
// first; 0 is before everything.
func (v *View) Changes(ctx context.Context, after int64) iter.Seq2[Change, error] {
	scan := func(r row) (c Change, err error) {
		var at int64
		err = r.Scan(&c.Cursor, &c.Run, &at, &c.Cluster, &c.Event.Event, &c.Other, &c.Members)
		c.At = unix(at)
		return c, err
	}
	return stream(ctx, v, "read changes", scan, `
		SELECT l.id, l.run, r.started, l.cluster, l.event, coalesce(l.other, 0), l.members
		FROM cluster_log l JOIN run r ON r.id = l.run WHERE l.id > ? ORDER BY l.id`, after)
}

// Undated is an outlet many of whose articles have no date of their own.
type Undated struct {
	Outlet   string
	Articles int
	Without  int // a date
}

// Undated returns the outlets of at least 5 articles of which more than half
// have no date, those with the most first.
func (v *View) Undated(ctx context.Context, limit int) ([]Undated, error) {
	scan := func(r row) (u Undated, err error) { return u, r.Scan(&u.Outlet, &u.Articles, &u.Without) }
	return collect(stream(ctx, v, "count dates", scan, `
		SELECT coalesce(o.spelling, ''), count(*), sum(NOT `+dated+`) AS without FROM article m LEFT JOIN outlet o ON o.id = m.outlet
		WHERE m.current = 1 GROUP BY m.outlet HAVING count(*) >= 5 AND without * 2 > count(*)
		ORDER BY without DESC, o.name LIMIT ?`, limit))
}
