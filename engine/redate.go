package engine

import (
	"context"
	"time"

	"dedupe/article"
	"dedupe/storage"
)

// redate makes the dates that are shown anew, by the clock of now, a batch of articles
// at a time, each one transaction. A run whose clock was wrong took a right date for one
// of the future, and shows the day of that clock; or it believed a date that no article
// can have yet.
//
// When an article was first seen nobody knows better than the clock of that day, but
// it cannot have been later than now: what claims to be is now. One that was first seen
// by a clock which was behind stays so; it is shown where no date was given.
//
// The order of articles and the window do not depend on it: see article.EffectiveDate.
func (r *reclustering) redate(ctx context.Context) error {
	e := r.e
	now := e.now()
	for from := uint32(1); from < e.next.Seq; from += uint32(e.opt.Batch) {
		var changed []storage.Dated
		err := e.store.Dates(ctx, from, min(from+uint32(e.opt.Batch), e.next.Seq), func(d storage.Dated) error {
			if mended := redated(d, now); mended != d {
				changed = append(changed, mended)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if len(changed) == 0 {
			continue
		}
		if err := e.store.Redate(ctx, changed); err != nil {
			return err
		}
	}
	return nil
}

// redated is the dates of an article as they are to be shown at the given time.
func redated(d storage.Dated, now time.Time) storage.Dated {
	d.FirstSeen = min(d.FirstSeen, now.Unix())
	date, reason := article.EffectiveDate(d.Published, now)
	d.Reason = reason
	if d.Effective = d.FirstSeen; reason.Known() != article.Unknown {
		d.Effective = date.Unix()
	}
	return d
}
