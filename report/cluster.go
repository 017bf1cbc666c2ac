package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dedupe/article"
	"dedupe/similarity"
)

// Cluster is one cluster with its members.
type Cluster struct {
	Summarized
	Asked   int64    `json:"asked,omitempty"` // the id asked for, when this one is its successor
	Members []Member `json:"members"`         // earliest first
	History []Event  `json:"history,omitempty"`
	Differ  []string `json:"settings_differ,omitempty"` // see Rules
}

// Member is an article of a cluster with its link to the representative.
type Member struct {
	Article        string         `json:"article"`
	Outlet         string         `json:"outlet"`
	URL            string         `json:"url,omitempty"`
	Headline       string         `json:"headline"`
	Published      string         `json:"published,omitempty"` // as given
	Date           article.Moment `json:"date"`                // as used; without a date, when it was first seen
	DateKnown      string         `json:"date_known"`          // minute, day or unknown
	DateReason     string         `json:"date_reason,omitempty"`
	Language       string         `json:"language,omitempty"`
	Credit         string         `json:"credit,omitempty"`
	Words          int            `json:"words"` // compared
	Representative bool           `json:"representative"`
	Summary        bool           `json:"summary,omitempty"` // its text is one, of a text that could not be had

	// Of the link; Kind is "" for the representative and for a member that is
	// held by its links to others.
	Kind             string  `json:"kind,omitempty"`
	Resemblance      float64 `json:"resemblance"`
	InRepresentative float64 `json:"in_representative"`    // share of this one's shingles found in the representative
	OfRepresentative float64 `json:"of_representative"`    // share of the representative's shingles found here
	DecidedBy        string  `json:"decided_by,omitempty"` // same text, resemblance, containment or order; "" where what decided was not kept
	Figure           float64 `json:"figure,omitempty"`     // its value
	Needs            float64 `json:"needs,omitempty"`      // what it needed at least

	Confidence float64 `json:"confidence"` // of the best link to any member, 0 to 1; see review.Confidence
}

func (c *Cluster) text(p *printer) {
	if c.Asked != 0 && c.Asked != c.Cluster {
		p.wrap("", fmt.Sprintf("cluster %s went into cluster %s", label(c.Asked), label(c.Cluster)))
	}
	p.text(p.bold, "", orNone(clean(c.Headline)))
	facts := fmt.Sprintf("cluster %s: %s, %s, %s to %s (%s)", label(c.Cluster), Count(c.Outlets, "outlet"),
		Count(c.Articles, "article"), p.moment(c.First), p.moment(c.Last), c.lag())
	if owners := c.owners(); owners != "" {
		facts += ", " + owners
	}
	if c.Credit != "" {
		facts += ", agency " + name(c.Credit)
	}
	p.wrap("", facts+", confidence "+figure(c.Confidence))
	p.wrap("", fmt.Sprintf("representative %s (%s)", short(clean(c.Representative)), clean(c.Reason)))
	if reasons := c.uncertain(); reasons != "" {
		p.wrap("", "uncertain: "+reasons)
	}
	c.relations(p, "")
	if len(c.Differ) > 0 {
		p.wrap("", differing(c.Differ))
	}
	p.line(plain, "")

	t := table{columns: []column{
		{title: "DATE", right: true}, {title: "LAG", right: true}, {title: "OUTLET", min: 8}, {title: "ARTICLE", min: 8},
		{title: "KIND"}, {title: "DECIDED BY"}, {title: "NEEDS", right: true},
		{title: "SURE", right: true},
	}}
	for i := range c.Members {
		m := &c.Members[i]
		kind := m.Kind
		switch {
		case m.Representative:
			kind = "(rep)"
		case kind == "":
			kind = "(others)"
		}
		below := ""
		if m.Headline != c.Headline {
			below = orNone(clean(m.Headline))
		}
		if m.Summary {
			below = strings.TrimSpace(below + " (a summary alone)")
		}
		t.add(below, p.short(m.Date), c.lagOf(m), name(m.Outlet), short(clean(m.Article)),
			clean(kind), m.decided(), m.needs(), m.sure())
	}
	t.print(p)
	if slices.ContainsFunc(c.Members, func(m Member) bool { return c.lagOf(&m) == "seen" }) {
		p.text(p.dim, "", "seen: the article has no date, this is when it was first seen")
	}
	p.text(p.dim, "", "DECIDED BY: what makes it a copy of the representative (rep); NEEDS: at least")
	if slices.ContainsFunc(c.Members, func(m Member) bool { return m.sure() != "" }) {
		p.text(p.dim, "", "SURE: confidence of its best link to any member, where that is not full")
	}
	p.text(p.dim, "", "(others): held by its links to other members")

	if len(c.History) > 0 {
		p.line(plain, "")
		h := table{columns: []column{{title: "RUN", right: true}, {title: "AT"}, {title: "EVENT", min: 6}, {title: "ARTICLES", right: true}}}
		for _, e := range c.History {
			event := clean(e.Event)
			if e.Other != 0 {
				event += " with " + label(e.Other)
			}
			h.add("", strconv.FormatInt(e.Run, 10), p.time(e.At), event, strconv.Itoa(e.Members))
		}
		h.print(p)
	}
}

// lagOf says how long after the first one a member came; "seen" for one that
// has no date of its own and stands under the time when it was first seen.
func (s *Summarized) lagOf(m *Member) string {
	switch {
	case m.DateReason != "" && !strings.HasPrefix(m.DateReason, article.Given.String()):
		return "seen"
	case m.Date == s.First && m.Date.Known == article.ToDay && !s.FirstUnsure && m.Outlet == s.FirstOutlet:
		return "first"
	}
	return between(s.First, m.Date)
}

// decided is the figure that decided a member's link, as "containment 0.71".
func (m *Member) decided() string {
	if m.Kind == similarity.Identical.String() {
		return m.DecidedBy
	}
	return strings.TrimSpace(m.DecidedBy + " " + m.share(m.Figure))
}

// needs is what it needed at least.
func (m *Member) needs() string {
	if m.Kind == similarity.Identical.String() {
		return ""
	}
	return m.share(m.Needs)
}

// share is one of these figures, "" where they were not kept.
func (m *Member) share(x float64) string {
	if m.DecidedBy == "" {
		return ""
	}
	return figure(x)
}

// verdict says both, as "containment 0.71, needs 0.55".
func (m *Member) verdict() string {
	if m.needs() == "" {
		return m.decided()
	}
	return m.decided() + ", needs " + m.needs()
}

// sure is the confidence of a member, where that is not full.
func (m *Member) sure() string {
	if s := figure(m.Confidence); s != "1.00" {
		return s
	}
	return ""
}

func (c *Cluster) csv() (header []string, rows [][]string) {
	header = []string{"cluster", "article", "outlet", "url", "headline", "published", "date", "kind",
		"resemblance", "in_representative", "of_representative", "representative", "confidence", "date_known", "decided_by", "figure", "needs", "summary"}
	for _, m := range c.Members {
		rows = append(rows, []string{strconv.FormatInt(c.Cluster, 10), sheet(m.Article), sheet(m.Outlet), sheet(m.URL), sheet(m.Headline),
			sheet(m.Published), m.Date.Text(), m.Kind, number(m.Resemblance), number(m.InRepresentative),
			number(m.OfRepresentative), strconv.FormatBool(m.Representative), figure(m.Confidence), m.DateKnown, m.DecidedBy, m.share(m.Figure), m.share(m.Needs), strconv.FormatBool(m.Summary)})
	}
	return header, rows
}

// short cuts a key, the name of an article that had none, to what tells it from
// the others; commands take it so.
func short(article string) string {
	const keyDigits, digits = 32, 10
	if len(article) == keyDigits && strings.Trim(article, "0123456789abcdef") == "" {
		return article[:digits]
	}
	return truncate(article, maxID)
}

// figure shows a share from 0 to 1 for reading; number, for programs.
func figure(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }
func number(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }
