package basis

import (
	"time"

	"dedupe/config"
	"dedupe/engine"
)

// Prune says what is too old by the settings in force at a time, and false where nothing ever is. Where
// no age of the index is set, it is that of what goes first, without the window, so that all copies of an
// article have come before a part of it goes; in a shorter one than the window, it goes with that.
func Prune(c *config.Config, now time.Time) (p engine.Prune, is bool) {
	r := c.Retention
	first := config.Unlimited
	for _, age := range []config.Days{r.Articles, r.Texts, r.Pairs} {
		if age != config.Unlimited && (first == config.Unlimited || age < first) {
			first = age
		}
	}
	if r.Index == config.Unlimited {
		if r.Index = first; first > c.Window && c.Window != config.Unlimited {
			r.Index = first - c.Window
		}
	}
	before := func(age config.Days) time.Time {
		if age == config.Unlimited {
			return time.Time{}
		}
		return now.AddDate(0, 0, -int(age))
	}
	return engine.Prune{Index: before(r.Index), Pairs: before(r.Pairs), Texts: before(r.Texts), Articles: before(r.Articles)},
		r.Index != config.Unlimited
}
