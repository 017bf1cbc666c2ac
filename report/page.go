package report

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"dedupe/storage"
)

// Page is an HTML report but for its clusters, which WriteHTML takes one by one.
type Page struct {
	Title      string    `json:"title"`
	Made       time.Time `json:"made"`
	Filter     []string  `json:"filter,omitempty"` // what the clusters were chosen by, in words
	Totals     *Totals   `json:"totals,omitempty"`
	Offset     int       `json:"offset"`                    // clusters before this page
	Clusters   int       `json:"clusters"`                  // on this page
	Single     bool      `json:"single,omitempty"`          // of one cluster that was asked for: no overview, its texts open
	Matching   int       `json:"matching"`                  // clusters that the filter leaves, on all pages
	Contents   []Entry   `json:"contents,omitempty"`        // the clusters of this page, in their order
	Differ     []string  `json:"settings_differ,omitempty"` // see Rules
	Unfollowed int       `json:"decisions_not_followed,omitempty"`
	Firsts     []Tally   `json:"first_publishers,omitempty"`
	Credits    []Tally   `json:"agencies,omitempty"`
	Spread     Spread    `json:"spread"`
}

// Entry is a cluster in the contents of a page.
type Entry struct {
	Cluster  int64  `json:"cluster"`
	Headline string `json:"headline"`
	Outlets  int    `json:"outlets"`
}

// Bounds of a page, which a phone must be able to open.
const (
	MaxPage    = 2_000 // clusters
	maxPlotted = 4_000 // clusters that the plots are made of, the newest
)

// Page begins the page of a list that the survey made, at most MaxPage long: what
// stands on it beside the clusters. made is the time that it shows.
func (s *Survey) Page(ctx context.Context, c *Clusters, made time.Time) (*Page, error) {
	p := &Page{
		Title: "Copied stories", Made: made.UTC().Truncate(time.Second), Single: c.single,
		Totals: c.Totals, Offset: c.Offset, Clusters: len(c.Clusters), Matching: c.Matching,
		Unfollowed: c.Unfollowed, Differ: c.Differ, Firsts: c.Firsts, Credits: c.Credits,
	}
	if c.single {
		p.Title = cmp.Or(c.Clusters[0].Headline, "Cluster "+label(c.Clusters[0].Cluster))
		return p, nil
	}
	for _, x := range c.Clusters {
		p.Contents = append(p.Contents, Entry{x.Cluster, x.Headline, x.Outlets})
	}
	var err error
	if names := c.query.Outlets; len(names) > 0 {
		if c.query.outlet, err = s.view.Spelling(ctx, names[0]); err != nil {
			return nil, err
		}
	}
	p.Filter = c.query.words()
	p.Spread, err = s.spread(ctx, c.query.Filter)
	return p, err
}

// spread reads how the newest of the clusters that a filter leaves spread.
func (s *Survey) spread(ctx context.Context, f storage.Filter) (Spread, error) {
	to := Spreader{Zone: s.rules.Zone}
	for story, err := range byStory(s.view.Outings(ctx, f, maxPlotted)) {
		if err != nil {
			return Spread{}, err
		}
		to.Add(story)
	}
	return to.Spread(), nil
}

// words says what a query asks for.
func (q *Query) words() (words []string) {
	add := func(asked bool, format string, args ...any) {
		if asked {
			words = append(words, fmt.Sprintf(format, args...))
		}
	}
	add(q.MinOutlets > 1, "%d outlets or more", q.MinOutlets)
	add(!q.Since.IsZero(), "since %s", q.Since.Format("2006-01-02 15:04"))
	add(!q.Until.IsZero(), "until %s", q.Until.Format("2006-01-02 15:04"))
	if len(q.Outlets) > 0 {
		more := ""
		if n := len(q.Outlets) - 1; n > 0 {
			more = fmt.Sprintf(" or %d others of the owner", n)
		}
		add(true, "in %s%s", cmp.Or(q.outlet, q.Outlets[0]), more)
	}
	add(q.Kind > 0, "with a copy of kind %s", q.Kind)
	add(q.Language != "", "in language %s", q.Language)
	add(q.Query != "", "headline holds “%s”", q.Query)
	add(q.MadeSince > 0, "new since run %d", q.MadeSince)
	add(q.ChangedSince > 0, "new or changed since run %d", q.ChangedSince)
	add(q.Suspicious, "uncertain")
	return words
}

// Detail is a cluster of a page.
type Detail struct {
	Cluster
	Columns     []Column     `json:"columns,omitempty"`     // texts to read side by side, at most MaxColumns, in the order of Members
	Chosen      [2]int       `json:"chosen"`                // those shown first: the representative's, and the one least like it
	Comparisons []Comparison `json:"comparisons,omitempty"` // of any two of them
}

// MaxColumns is how many different texts of a cluster stand on a page at most: any two of
// them can be read side by side, so their comparisons grow by the square. Few
// clusters have more; those of which 1,000 outlets print one text have few.
const MaxColumns = 12

// MaxSingle is as many on the page of one cluster.
const MaxSingle = 40

// Column is a text, and the member that has it.
type Column struct {
	Member int    `json:"member"`         // index of Members
	Same   []int  `json:"same,omitempty"` // other members with the same headline and text
	Parts  []Part `json:"parts"`
	Cut    int    `json:"cut,omitempty"` // bytes that are left out at the end
}

// ColumnName is how a page calls a column: A to Z, then AA and so on.
func ColumnName(i int) string {
	name := string(rune('A' + i%26))
	if i >= 26 {
		name = ColumnName(i/26-1) + name
	}
	return name
}

// Part of a text. The parts of a Column in order are its text.
type Part struct {
	Text        string `json:"text"`
	In          []int  `json:"in,omitempty"` // the other columns that share it
	Boilerplate bool   `json:"boilerplate,omitempty"`
}

// Comparison is what is known of two columns.
type Comparison struct {
	A       int      `json:"a"` // indexes of Columns, A the lower
	B       int      `json:"b"`
	Kind    string   `json:"kind"`   // of the stored verdict, or distinct
	Judged  bool     `json:"judged"` // a run compared the two and kept the verdict
	Figures []Figure `json:"figures"`
}

// paragraphs cuts the text of a column at the ends of its lines; those that
// show nothing are dropped. Text is clean then.
func (c *Column) paragraphs() (list [][]Part) {
	var now []Part
	visible := false
	flush := func() {
		if visible {
			list = append(list, now)
		}
		now, visible = nil, false
	}
	for _, part := range c.Parts {
		for line := range strings.Lines(part.Text) {
			if text := cleanInner(line); text != "" {
				visible = visible || text != " "
				now = append(now, Part{Text: text, In: part.In, Boilerplate: part.Boilerplate})
			}
			if strings.HasSuffix(line, "\n") {
				flush()
			}
		}
	}
	flush()
	return list
}

// cleanInner is clean for a part of a line: space at an end stays, as one.
func cleanInner(s string) string {
	const space = " \t\r\n"
	text := clean(strings.Trim(s, space)) // most is plain but for its ends
	switch {
	case s == "":
		return ""
	case text == "":
		return " "
	}
	if strings.IndexAny(s, space) == 0 {
		text = " " + text
	}
	if strings.LastIndexAny(s, space) == len(s)-1 {
		text += " "
	}
	return text
}
