package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dedupe/article"
	"dedupe/review"
	"dedupe/storage"
)

// Clusters is a page of the list of clusters.
type Clusters struct {
	Clusters []Summarized `json:"clusters"`
	Offset   int          `json:"offset"`                     // clusters before this page
	Matching int          `json:"matching"`                   // clusters that the filter leaves, on all pages
	Articles int          `json:"matching_articles"`          // in these
	Firsts   []Tally      `json:"first_publishers,omitempty"` // of these clusters, those that an outlet published first; the most
	Credits  []Tally      `json:"agencies,omitempty"`         // of these clusters, those under an agency's credit; the most
	Totals   *Totals      `json:"totals,omitempty"`

	Differ     []string `json:"settings_differ,omitempty"`        // see Rules
	Unfollowed int      `json:"decisions_not_followed,omitempty"` // of people, in the whole database

	// Of a list that a Survey made, for its page.
	query   Query
	single  bool
	stored  []storage.Cluster
	insides []*review.Inside
}

// Summarized is a cluster as a list shows it.
type Summarized struct {
	Cluster        int64          `json:"cluster"`
	Label          string         `json:"label"`    // of the cluster, which every command takes
	Headline       string         `json:"headline"` // of the representative
	Outlets        int            `json:"outlets"`
	Owners         int            `json:"owners,omitempty"` // of the outlets; 0: no owner is known
	Articles       int            `json:"articles"`
	First          article.Moment `json:"first,omitzero"`
	Last           article.Moment `json:"last,omitzero"`
	FirstOutlet    string         `json:"first_outlet"`           // who published first
	FirstUnsure    bool           `json:"first_unsure,omitempty"` // more than one outlet may have: FirstOutlet is ""
	Undated        bool           `json:"undated,omitempty"`      // no article has a date: First and Last are when they were first seen
	Kinds          []KindCount    `json:"kinds,omitempty"`        // most frequent first
	Language       string         `json:"language,omitempty"`
	Credit         string         `json:"credit,omitempty"`           // agency
	Representative string         `json:"representative"`             // article
	Reason         string         `json:"reason"`                     // why that one
	Confidence     float64        `json:"confidence"`                 // of the member that is held least, 0 to 1; see review.Confidence
	Uncertain      []Suspicion    `json:"uncertain,omitempty"`        // the gravest first
	Related        []Relation     `json:"related,omitempty"`          // links that the clustering did not follow, at most maxRelated, the strongest first
	Unlisted       int            `json:"related_unlisted,omitempty"` // as many more clusters and articles
	renamedSummarized
}

// KindCount says how many members are linked to the representative how.
type KindCount struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}

func (c *Clusters) text(p *printer) {
	if len(c.Clusters) == 0 {
		p.line(plain, "no clusters")
	}
	id, outlets := 1, 1
	for i := range c.Clusters {
		x := &c.Clusters[i]
		id = max(id, len(label(x.Cluster)))
		outlets = max(outlets, len(Count(x.Outlets, "outlet")))
	}
	indent := strings.Repeat(" ", id+2)
	limit := 0
	if p.width > 0 {
		limit = max(1, p.width-len(indent))
	}
	facts := c.facts(p, limit)
	for i := range c.Clusters {
		x := &c.Clusters[i]
		p.text(p.bold, fmt.Sprintf("%*s  %*s  ", id, label(x.Cluster), outlets, Count(x.Outlets, "outlet")), orNone(clean(x.Headline)))
		for _, t := range facts {
			if line := t.join(t.rows[i], t.widths(limit)); line != "" {
				p.line(plain, indent+line)
			}
		}
		if reasons := x.uncertain(); reasons != "" {
			p.wrap(indent, "uncertain: "+reasons)
		}
		x.relations(p, indent)
	}
	if n := c.Offset + len(c.Clusters); n < c.Matching {
		p.text(p.dim, "", fmt.Sprintf("%d to %d of %s", c.Offset+1, n, Count(c.Matching, "cluster")))
	}
	if t := c.Totals; t != nil {
		p.line(plain, "")
		p.wrap("", p.totals(t))
		p.wrap("", c.matching())
	}
	p.tallies("published first:", c.Firsts)
	p.tallies("agencies:", c.Credits)
	if len(c.Differ) > 0 {
		p.wrap("", differing(c.Differ))
	}
	if c.Unfollowed > 0 {
		p.wrap("", unfollowed(c.Unfollowed))
	}
}

// matching says how much the filter leaves.
func (c *Clusters) matching() string {
	s := fmt.Sprintf("listed, on all pages: %s, %s", Count(c.Matching, "cluster"), Count(c.Articles, "article"))
	if few := c.Totals.Clusters - c.Totals.Syndicated; c.Matching == 0 && few > 0 && c.query.MinOutlets > 1 {
		s += fmt.Sprintf("; %s of one outlet: dedupe report --min-outlets 1", Count(few, "cluster"))
	}
	return s
}

// maxOutlet keeps one long name from pushing a page out of its width, in columns.
const maxOutlet = 24

// facts are the lines under the headlines, in columns over the whole page: one
// line a cluster where all fits, two where the terminal is narrow.
func (c *Clusters) facts(p *printer, limit int) []*table {
	since := []column{{}, {min: 10}, {right: true}}
	spread := []column{{right: true}, {}, {min: 10}, {}, {min: 8}}
	one := &table{columns: slices.Concat(since, spread)}
	two, three := &table{columns: since}, &table{columns: spread}
	for i := range c.Clusters {
		x := &c.Clusters[i]
		cells := []string{p.moment(x.First), x.firstOutlet(), x.lag(),
			Count(x.Articles, "article"), x.owners(), clean(kindsText(x.Kinds)), "confidence " + figure(x.Confidence),
			truncate(clean(x.Credit), maxOutlet)}
		one.add("", cells...)
		two.add("", cells[:3]...)
		three.add("", cells[3:]...)
	}
	if one.fits(limit) {
		return []*table{one}
	}
	return []*table{two, three}
}

// owners says how many owners the outlets have, where that is fewer.
func (s *Summarized) owners() string {
	if s.Owners == 0 || s.Owners >= s.Outlets {
		return ""
	}
	return Count(s.Owners, "owner")
}

// firstOutlet says who published first.
func (s *Summarized) firstOutlet() string {
	switch {
	case s.Undated:
		return "no date known"
	case s.FirstUnsure:
		return "first not known"
	}
	return truncate(clean(s.FirstOutlet), maxOutlet)
}

// firstKnown says how exactly the first date is known.
func (s *Summarized) firstKnown() string {
	if s.Undated {
		return article.Unknown.String()
	}
	return s.First.Known.String()
}

// lag says how long after the first article the last one came; "" where no date is known.
func (s *Summarized) lag() string {
	if s.Undated {
		return ""
	}
	return between(s.First, s.Last)
}

// totals says in a sentence what the database holds.
func (p *printer) totals(t *Totals) string {
	if t.Articles == 0 {
		return "no articles"
	}
	period := ""
	if !t.First.At.IsZero() {
		period = fmt.Sprintf(", %s to %s", p.moment(t.First), p.moment(t.Last))
	}
	s := fmt.Sprintf("%s of %s%s: %s, %d of two outlets or more; %d articles (%s) are in a cluster",
		Count(t.Articles, "article"), Count(t.Outlets, "outlet"), period,
		Count(t.Clusters, "cluster"), t.Syndicated, t.Clustered, percent(t.Clustered, t.Articles))
	if t.Undated > 0 {
		s += fmt.Sprintf("; %d without a date", t.Undated)
	}
	if t.TooShort > 0 {
		s += fmt.Sprintf("; %d too short to judge", t.TooShort)
	}
	return s
}

func (c *Clusters) csv() (header []string, rows [][]string) {
	header = []string{"cluster", "headline", "outlets", "articles", "first", "last", "first_outlet", "kinds",
		"language", "credit", "representative", "reason", "owners", "confidence", "doubts", "uncertain", "first_known"}
	for _, x := range c.Clusters {
		rows = append(rows, []string{strconv.FormatInt(x.Cluster, 10), sheet(x.Headline), strconv.Itoa(x.Outlets),
			strconv.Itoa(x.Articles), x.First.Text(), x.Last.Text(), sheet(x.FirstOutlet), kindsText(x.Kinds),
			sheet(x.Language), sheet(x.Credit), sheet(x.Representative), sheet(x.Reason), strconv.Itoa(x.Owners),
			figure(x.Confidence), x.uncertain(), x.uncertain(), x.firstKnown()})
	}
	return header, rows
}

func kindsText(kinds []KindCount) string {
	var parts []string
	for _, k := range kinds {
		parts = append(parts, fmt.Sprintf("%d %s", k.Count, k.Kind))
	}
	return strings.Join(parts, ", ")
}

func orNone(headline string) string {
	if headline == "" {
		return "(no headline)"
	}
	return headline
}

// percent of nothing is "0 %".
func percent(part, whole int) string {
	if whole == 0 {
		return "0 %"
	}
	return fmt.Sprintf("%.0f %%", 100*float64(part)/float64(whole))
}
