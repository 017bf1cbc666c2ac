package storage

import (
	"time"

	"dedupe/article"
)

// This file is what SQL must know of dates. An article whose date is known to the day may
// have appeared in any second of that day; one without a date, at any time.

// dated is a condition on an article m: it has a date of its own.
const dated = "m.effective_reason IN (0, 5)"

// latest is the last second at which an article m with a date may have appeared.
const latest = "(m.effective + CASE m.effective_reason WHEN 5 THEN 86399 ELSE 0 END)"

// firstOutlet is the outlet that published the story of a cluster c first, NULL where more
// than one may have: of each member that may have appeared before all others have for sure,
// the outlet is the same.
const firstOutlet = `(SELECT CASE WHEN min(m.outlet) = max(m.outlet) THEN min(m.outlet) END FROM article m
	WHERE m.cluster = c.id AND ` + dated + ` AND m.effective <=
		(SELECT min` + latest + ` FROM article m WHERE m.cluster = c.id AND ` + dated + `))`

// firstKnown and lastKnown say how exactly the first and the last date of a cluster c are
// known, as article.Known.
const (
	firstKnown = `(SELECT CASE WHEN coalesce(max(m.effective_reason = 5 AND m.effective = c.first), 0) THEN 1 ELSE coalesce(max(2 * (` + dated + `)), 0) END
		FROM article m WHERE m.cluster = c.id)`
	lastKnown = `(SELECT CASE WHEN coalesce(max(m.effective_reason = 5 AND m.effective > c.last - 86400), 0) THEN 1 ELSE coalesce(max(2 * (` + dated + `)), 0) END
		FROM article m WHERE m.cluster = c.id)`
)

// publishedDay is the SQL function published_day(published): the midnight of UTC that begins
// the day, in Unix seconds, of a date without a time of day; NULL for any other.
func publishedDay(published string) any {
	const never = 1 << 40
	if at, reason := article.EffectiveDate(published, time.Unix(never, 0)); reason == article.GivenDay {
		return at.Unix()
	}
	return nil
}

// Moment is when the article was published, as far as it is known.
func (a *Article) Moment() article.Moment {
	return article.Moment{At: a.Effective, Known: a.Reason.Known()}
}

// midnight is the midnight of UTC that begins the calendar day of t in its zone, in Unix
// seconds.
func midnight(t time.Time) int64 {
	return article.Moment{At: t, Known: article.ToMinute}.Day(t.Location()).Unix()
}
