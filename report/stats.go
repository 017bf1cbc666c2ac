package report

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"dedupe/storage"
)

// What the database counts is shown as it comes.
type (
	Tally  = storage.Tally
	Day    = storage.Day
	Run    = storage.Run
	Totals = storage.Totals
	Event  = storage.Event
	Reject = storage.Reject
)

// Stats says what the database holds.
type Stats struct {
	Totals  Totals      `json:"totals"`
	Links   []KindCount `json:"links"`            // most frequent first
	Firsts  []Tally     `json:"first_publishers"` // clusters of two outlets or more that an outlet published first
	Credits []Tally     `json:"agencies"`         // articles under an agency's credit
	Days    []Day       `json:"days"`             // newest first
	Runs    []Run       `json:"runs"`             // newest first
	Health  Health      `json:"health"`
	Differ  []string    `json:"settings_differ,omitempty"` // see Rules
}

// ReadStats counts what a database holds: of the last days so many, and of outlets,
// agencies and runs so many of each, the first ones. Days are those of a zone.
func ReadStats(ctx context.Context, v *storage.View, days, top int, zone *time.Location) (*Stats, error) {
	s := &Stats{}
	var err error
	if s.Totals, err = v.Totals(ctx); err != nil {
		return nil, err
	}
	s.Links = kindCounts(s.Totals.Links)
	if s.Firsts, _, err = v.Firsts(ctx, storage.Filter{MinOutlets: 2}, top); err != nil {
		return nil, err
	}
	if s.Credits, err = v.Credits(ctx, top); err != nil {
		return nil, err
	}
	if s.Days, err = v.Days(ctx, days, zone); err != nil {
		return nil, err
	}
	if s.Runs, err = v.Runs(ctx, top); err != nil {
		return nil, err
	}
	if s.Health.Health, err = v.Health(ctx); err != nil {
		return nil, err
	}
	s.Health.rename()
	return s, nil
}

func (s *Stats) text(p *printer) {
	p.wrap("", p.totals(&s.Totals))
	if len(s.Links) > 0 {
		p.wrap("", "links: "+kindsText(s.Links))
	}
	if len(s.Differ) > 0 {
		p.wrap("", differing(s.Differ))
	}
	tallies := func(title, what string, list []Tally) {
		if len(list) == 0 {
			return
		}
		t := &table{columns: []column{{title: title, min: 12}, {title: what, right: true}}}
		for _, x := range list {
			t.add("", name(x.Name), strconv.Itoa(x.Count))
		}
		p.line(plain, "")
		t.print(p)
	}
	tallies("PUBLISHED FIRST", "CLUSTERS", s.Firsts)
	tallies("AGENCY", "ARTICLES", s.Credits)
	s.days(p)
	if len(s.Runs) > 0 {
		t := &table{columns: []column{{title: "RUN", right: true}, {title: "COMMAND", min: 8}, {title: "STARTED"}, {title: "TOOK", right: true}}}
		for _, r := range s.Runs {
			took := "not ended"
			if !r.Finished.IsZero() {
				took = r.Finished.Sub(r.Started).String()
			}
			t.add("", strconv.FormatInt(r.ID, 10), clean(r.Command), p.time(r.Started), took)
		}
		p.line(plain, "")
		t.print(p)
	}
	p.line(plain, "")
	h := &s.Health
	p.wrap("", fmt.Sprintf("index: %s in %s; boilerplate: %s; decisions: %d; file: %s, %s of it free",
		Count(h.Postings, "posting"), Count(h.Segments, "segment"), Count(h.Boilerplate, "passage"), h.Decisions,
		size(h.Bytes), percent(int(h.Free), int(h.Bytes))))
}

// days draws a bar a day: what was syndicated, and the rest.
func (s *Stats) days(p *printer) {
	if len(s.Days) == 0 {
		return
	}
	const bar = 30
	most := 1
	for _, d := range s.Days {
		most = max(most, d.Articles)
	}
	t := &table{columns: []column{{title: "DAY"}, {title: "ARTICLES", right: true}, {title: "SYNDICATED", right: true}, {right: true}, {min: 1}}}
	for _, d := range s.Days {
		copies := d.Clustered * bar / most
		t.add("", d.Day.UTC().Format(time.DateOnly), strconv.Itoa(d.Articles), strconv.Itoa(d.Clustered), percent(d.Clustered, d.Articles),
			strings.Repeat("█", copies)+strings.Repeat("░", d.Articles*bar/most-copies))
	}
	p.line(plain, "")
	t.print(p)
}

func (s *Stats) csv() (header []string, rows [][]string) {
	for _, d := range s.Days {
		rows = append(rows, []string{d.Day.UTC().Format(time.DateOnly), strconv.Itoa(d.Articles), strconv.Itoa(d.Clustered)})
	}
	return []string{"day", "articles", "clustered"}, rows
}

// size is a number of bytes in its unit: "3.4 MiB".
func size(n int64) string {
	const unit = 1024
	if n < unit {
		return fmt.Sprintf("%d B", n)
	}
	x, i := float64(n)/unit, 0
	for ; x >= unit && i < 3; i++ {
		x /= unit
	}
	return fmt.Sprintf("%.1f %ciB", x, "KMGT"[i])
}
