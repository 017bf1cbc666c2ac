package report

import (
	"bufio"
	"cmp"
	_ "embed" // the template
	"fmt"
	"html/template"
	"io"
	"iter"
	"strings"
	"sync"
	"time"

	"dedupe/article"
)

// HTML is a format of pages alone: see WriteHTML.
const HTML Format = "html"

// maxListed is how many members of a cluster a page lists.
const maxListed = 50

//go:embed page.tmpl
var pageTemplate string

var pages = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"line":      clean,
		"title":     func(s string) string { return orNone(clean(s)) },
		"outlet":    outletName,
		"short":     func(s string) string { return short(clean(s)) },
		"web":       webAddress,
		"count":     Count,
		"figure":    figure,
		"percent":   percent,
		"iso":       csvTime,
		"moment":    article.Moment.Text,
		"shade":     shade,
		"inc":       func(i int) int { return i + 1 },
		"share":     func(x float64) string { return fmt.Sprintf("%.0f\u00a0%%", 100*x) },
		"letter":    ColumnName,
		"label":     label,
		"differing": differing,
		"marked":    marked,
		"value":     func(f Figure) string { return strings.TrimSpace(f.show(f.Value) + " " + f.Unit) },
		"sides":     func() []string { return []string{"left", "right"} },
	}).Parse(pageTemplate))
})

// WriteHTML writes a page: one file that needs nothing else and shows on any width,
// by day and night. Its script searches, filters and sorts the clusters and goes
// from passage to passage; the page is whole without it. All text from outside is
// escaped by html/template and cleaned as on a terminal. Clusters are written as they
// come, so that the memory does not grow with the page.
func WriteHTML(w io.Writer, p *Page, details iter.Seq2[*Detail, error], opt Options) error {
	out := bufio.NewWriterSize(w, 1<<16)
	zone := opt.Zone
	if zone == nil {
		zone = time.UTC
	}
	style := listStyle()
	if p.Single {
		style = singleStyle()
	}
	head := headView{Page: p, clock: clock{zone}, Style: style, Script: pageScript, Plots: p.Spread.plots()}
	for _, row := range p.Spread.Matrix {
		for _, n := range row {
			head.Most = max(head.Most, n)
		}
	}
	if err := pages().ExecuteTemplate(out, "head", &head); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	for d, err := range details {
		if err != nil {
			return err
		}
		if err := pages().ExecuteTemplate(out, "cluster", viewDetail(d, zone, p)); err != nil {
			return fmt.Errorf("write cluster %s: %w", label(d.Cluster.Cluster), err)
		}
	}
	if err := pages().ExecuteTemplate(out, "foot", &head); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return out.Flush()
}

// Uncertain says why the cluster should be looked at, or is "".
func (v *detailView) Uncertain() string { return v.uncertain() }

func (v *detailView) Relations() []string { return v.related() }

// clock tells times to templates.
type clock struct{ zone *time.Location }

// When is a time to the minute.
func (c clock) When(t time.Time) string { return t.In(c.zone).Format("2006-01-02 15:04") }

// At is a moment: to the minute, or a day where no more is known.
func (c clock) At(m article.Moment) string { return show(m, c.zone, "2006-01-02", " 15:04") }

// Zone is its name.
func (c clock) Zone() string { return c.zone.String() }

// headView is a page as its template takes it.
type headView struct {
	*Page
	clock
	Style  styleSheet
	Script script
	Plots  []plot
	Most   int // of the matrix
}

// Last is the place of the last cluster of the page among all.
func (h *headView) Last() int { return h.Offset + h.Clusters }

// detailView is a cluster as its template takes it.
type detailView struct {
	*Detail
	clock
	Open    bool
	Reading bool // the texts are open
	Kinds   string
	Within  string // how long the story spread, in words; "" where that is not known
	Dots    []dot
	Top     float64 // of the timeline, above its highest dot
	High    float64 // from there to its end
	Rows    []memberView
	More    int      // members that are not listed
	Others  []string // outlets of those that are of no listed member
	Texts   []columnView
	Shown   int // members whose text is there
}

// OwnersKnown says how many owners the outlets have, where that is fewer.
func (v *detailView) OwnersKnown() string { return v.owners() }

// IsChosen reports whether a side shows a column first.
func (v *detailView) IsChosen(side string, column int) bool {
	return side == "left" && column == v.Chosen[0] || side == "right" && column == v.Chosen[1]
}

// within says how long after the first article the last one came; "" for a single one, and
// where it is not known.
func (s *Summarized) within() string {
	switch span := s.lag(); {
	case s.Articles < 2 || span == "":
		return ""
	case span == "same day":
		return "on one day"
	default:
		return "within " + strings.TrimPrefix(span, "+")
	}
}

type memberView struct {
	*Member
	Letter   string // of its text; "" where that is not on the page
	Lag      string
	Headline string // "" where it is the cluster's
}

// Verdict is the figure that decided the link, and what it needed.
func (v memberView) Verdict() string { return v.verdict() }

// Sure is the confidence with which the member is held, where that is not full.
func (v memberView) Sure() string { return v.sure() }

type columnView struct {
	*Member
	Index      int
	Same       string // who else has the text
	Paragraphs [][]Part
	Cut        string
}

func viewDetail(d *Detail, zone *time.Location, p *Page) *detailView {
	v := &detailView{Detail: d, clock: clock{zone}, Open: p.Clusters == 1, Reading: p.Single, Kinds: kindsText(d.Summarized.Kinds),
		Within: d.within(), Dots: d.timeline()}
	v.Top = lineBase - lineStep
	for _, dot := range v.Dots {
		v.Top = min(v.Top, dot.Y-lineStep)
	}
	v.High = lineBase + lineMargin - v.Top
	letters, listed := d.letters(), map[string]bool{}
	for i := range d.Members {
		m := &d.Members[i]
		if len(v.Rows) == maxListed {
			if !listed[m.Outlet] {
				v.Others = append(v.Others, m.Outlet)
			}
			listed[m.Outlet] = true
			continue
		}
		listed[m.Outlet] = true
		row := memberView{Member: m, Lag: d.lagOf(m), Letter: letters[i]}
		if m.Headline != d.Headline {
			row.Headline = m.Headline
		}
		v.Rows = append(v.Rows, row)
	}
	v.More = d.Articles - len(v.Rows)
	for i := range d.Columns {
		c := &d.Columns[i]
		column := columnView{Member: &d.Members[c.Member], Index: i, Paragraphs: c.paragraphs()}
		if c.Cut > 0 {
			column.Cut = size(int64(c.Cut))
		}
		column.Same = d.same(c)
		v.Texts = append(v.Texts, column)
		v.Shown += 1 + len(c.Same)
	}
	return v
}

// letters are those of the members' texts, by the index of the member.
func (d *Detail) letters() map[int]string {
	letters := map[int]string{}
	for i, c := range d.Columns {
		for _, m := range append(c.Same[:len(c.Same):len(c.Same)], c.Member) {
			letters[m] = ColumnName(i)
		}
	}
	return letters
}

// same names the other members that have the text of a column.
func (d *Detail) same(c *Column) string {
	const most = 3
	var names []string
	for _, m := range c.Same[:min(len(c.Same), most)] {
		names = append(names, outletName(d.Members[m].Outlet))
	}
	if more := len(c.Same) - most; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

// marks are the characters that stand for columns in the classes of marks: "bd" is
// "stands in columns 1 and 3". A page has tens of thousands of them.
const marks = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// marked is a paragraph with its shared parts marked. It is written by hand, for each
// step of a template costs a microsecond. All text goes through the escaper.
func marked(paragraph []Part) template.HTML {
	var b strings.Builder
	for _, part := range paragraph {
		end := ""
		switch {
		case part.Boilerplate:
			b.WriteString(`<span class="boilerplate">`)
			end = "</span>"
		case len(part.In) > 0:
			b.WriteString(`<mark class="`)
			for _, column := range part.In {
				b.WriteByte(marks[column])
			}
			b.WriteString(`">`)
			end = "</mark>"
		}
		b.WriteString(template.HTMLEscapeString(part.Text))
		b.WriteString(end)
	}
	return template.HTML(b.String())
}

// webAddress returns the address of a page of the web, and "" for any other,
// which is not linked.
func webAddress(url string) string {
	lower := strings.ToLower(url)
	if clean(url) != url || !strings.HasPrefix(lower, "https://") && !strings.HasPrefix(lower, "http://") {
		return ""
	}
	return url
}

func outletName(s string) string { return cmp.Or(clean(s), "(no outlet)") }
