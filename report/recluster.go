package report

import (
	"context"
	"fmt"

	"dedupe/engine"
	"dedupe/storage"
)

// Reclustered is what came of judging everything stored again.
type Reclustered struct {
	DryRun   bool     `json:"dry_run"` // nothing was stored
	Changed  []string `json:"changed"` // settings: "window from 45d to 10d"
	Articles int      `json:"articles"`
	Pairs    int      `json:"pairs"`         // judged by their stored figures
	Anew     int      `json:"compared_anew"` // articles, from their texts
	Linked   int      `json:"linked"`        // pairs that were not
	Unlinked int      `json:"unlinked"`

	Made      int `json:"clusters_made"`
	Joined    int `json:"articles_joined"`
	Merged    int `json:"clusters_merged"`
	Split     int `json:"clusters_split"`
	Dissolved int `json:"clusters_dissolved"`

	Unfollowed int `json:"decisions_not_followed,omitempty"` // because others speak against them

	Events  []ClusterEvent `json:"events"`
	More    int            `json:"more,omitempty"` // events that are not listed
	Seconds float64        `json:"seconds"`
}

// NewReclustered reports what an engine did, or in a dry run would do; v shows the database after
// it. What was Changed the caller knows.
func NewReclustered(ctx context.Context, v *storage.View, out engine.Reclustered, dryRun bool) (r *Reclustered, err error) {
	s := out.Summary
	r = &Reclustered{
		DryRun: dryRun, Changed: []string{}, Articles: out.Articles, Pairs: out.Pairs, Anew: out.Anew,
		Linked: out.Linked, Unlinked: out.Unlinked, Made: s.Made, Joined: s.Joined, Merged: s.Merged, Split: s.Split, Seconds: s.Seconds,
	}
	for _, e := range out.Events {
		if e.Event == "dissolved" {
			r.Dissolved++
		}
	}
	for d, err := range v.DecidedPairs(ctx) {
		if err != nil {
			return r, err
		}
		if !d.Followed() && !dryRun {
			r.Unfollowed++
		}
	}
	r.Events, r.More, err = readEvents(ctx, v, out.Events)
	return r, err
}

func (r *Reclustered) text(p *printer) {
	if r.DryRun {
		p.text(p.bold, "", "dry run: nothing was stored")
	}
	for i, c := range r.Changed {
		p.wrap(map[bool]string{true: "settings  ", false: "          "}[i == 0], clean(c))
	}
	p.wrap("articles  ", fmt.Sprintf("%d, of them %d compared anew from their texts", r.Articles, r.Anew))
	p.wrap("pairs     ", fmt.Sprintf("%d judged by their stored figures; %d linked now, %d no more", r.Pairs, r.Linked, r.Unlinked))
	p.wrap("clusters  ", fmt.Sprintf("%d made, %s joined, %d merged, %d split, %d dissolved", r.Made, Count(r.Joined, "article"), r.Merged, r.Split, r.Dissolved))
	if r.Unfollowed > 0 {
		p.wrap("decisions ", unfollowed(r.Unfollowed))
	}
	p.wrap("time      ", fmt.Sprintf("%.1f seconds", r.Seconds))
	if len(r.Events) > 0 {
		p.line(plain, "")
		changes(p, r.Events, r.More)
	}
}
