package report

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"

	"dedupe/article"
	"dedupe/similarity"
	"dedupe/storage"
)

// Row is one of Assignment, Link and Record: what exports are made of. Their
// columns are read by other programs: they may be added to at the end, and
// never change.
type Row interface {
	columns() []string
	cells() []string
}

// Assignment says in which cluster an article is.
type Assignment struct {
	Article        string         `json:"article"`
	Cluster        int64          `json:"cluster,omitempty"` // 0: alone; an empty cell in csv
	Outlet         string         `json:"outlet"`
	URL            string         `json:"url"`
	Title          string         `json:"title"`
	Published      string         `json:"published"` // as given
	Representative bool           `json:"representative"`
	Date           article.Moment `json:"date"`       // as used; a day where it is known to the day
	DateKnown      string         `json:"date_known"` // minute, day, or unknown: then Date is when it was first seen
	OutletKey      string         `json:"outlet_key"` // the outlet's canonical name, by which outlets are told apart
}

func (Assignment) columns() []string {
	return []string{"article", "cluster", "outlet", "url", "title", "published", "representative", "date", "date_known", "outlet_key"}
}

func (a Assignment) cells() []string {
	return []string{cell(a.Article), id(a.Cluster), cell(a.Outlet), cell(a.URL), cell(a.Title), cell(a.Published),
		strconv.FormatBool(a.Representative), a.Date.Text(), a.DateKnown, cell(a.OutletKey)}
}

// Link is two articles that are linked, A the earlier one.
type Link struct {
	A            string  `json:"article_a"`
	B            string  `json:"article_b"`
	Kind         string  `json:"kind"`
	Resemblance  float64 `json:"resemblance"`
	ContainmentA float64 `json:"containment_a"` // share of A's shingles found in B
	ContainmentB float64 `json:"containment_b"`
	DecidedBy    string  `json:"decided_by,omitempty"` // same text, resemblance, containment or order; "" where what decided was not kept
	Figure       float64 `json:"figure,omitempty"`     // its value
	Needs        float64 `json:"needs,omitempty"`      // what it needed at least
}

func (Link) columns() []string {
	return []string{"article_a", "article_b", "kind", "resemblance", "containment_a", "containment_b", "decided_by", "figure", "needs"}
}

func (l Link) cells() []string {
	return []string{cell(l.A), cell(l.B), l.Kind, number(l.Resemblance), number(l.ContainmentA), number(l.ContainmentB),
		l.DecidedBy, decided(l.DecidedBy, l.Figure), decided(l.DecidedBy, l.Needs)}
}

// Record is an article with its body and what was learned of it.
type Record struct {
	Article        string         `json:"article"`
	Outlet         string         `json:"outlet"`
	URL            string         `json:"url"`
	Title          string         `json:"title"`
	Published      string         `json:"published"` // as given
	Body           string         `json:"body"`
	Byline         string         `json:"byline"`
	Date           article.Moment `json:"date"` // as used; a day where it is known to the day
	Language       string         `json:"language"`
	Credit         string         `json:"credit"`
	Representative bool           `json:"representative"`
	Cluster        int64          `json:"cluster,omitempty"` // 0: alone
	DateKnown      string         `json:"date_known"`        // minute, day, or unknown: then Date is when it was first seen
	OutletKey      string         `json:"outlet_key"`        // see Assignment
	Summary        bool           `json:"summary,omitempty"` // the body is one, of a text that could not be had
}

func (Record) columns() []string {
	return []string{"article", "outlet", "url", "title", "published", "body", "byline", "date", "language",
		"credit", "representative", "cluster", "date_known", "outlet_key", "summary"}
}

func (r Record) cells() []string {
	return []string{cell(r.Article), cell(r.Outlet), cell(r.URL), cell(r.Title), cell(r.Published), cell(r.Body), cell(r.Byline),
		r.Date.Text(), cell(r.Language), cell(r.Credit), strconv.FormatBool(r.Representative), id(r.Cluster), r.DateKnown, cell(r.OutletKey),
		strconv.FormatBool(r.Summary)}
}

// decided is a figure by which a link was decided, "" where that was not kept.
func decided(by string, x float64) string {
	if by == "" {
		return ""
	}
	return number(x)
}

func id(cluster int64) string {
	if cluster == 0 {
		return ""
	}
	return strconv.FormatInt(cluster, 10)
}

// label is what people call a cluster by; "" for 0, which is none.
func label(cluster int64) string { return storage.ClusterLabel(cluster) }

// Export writes rows of one kind as they come, in the memory of one.
type Export[R Row] struct {
	out  *bufio.Writer
	csv  *csv.Writer // one of csv and json is set
	json *json.Encoder
}

// NewExport begins an export in CSV, with a header, or JSONL.
func NewExport[R Row](w io.Writer, format Format) (*Export[R], error) {
	e := &Export[R]{out: bufio.NewWriterSize(w, 64<<10)}
	switch format {
	case CSV:
		var r R
		e.csv = csv.NewWriter(e.out)
		return e, e.csv.Write(r.columns())
	case JSONL:
		e.json = NewJSON(e.out)
		return e, nil
	}
	return nil, fmt.Errorf("%w: %s (use csv or jsonl)", ErrFormat, format)
}

// Write adds a row.
func (e *Export[R]) Write(r R) error {
	if e.csv != nil {
		return e.csv.Write(r.cells())
	}
	return e.json.Encode(r)
}

// Flush writes out what is buffered. Call it once at the end.
func (e *Export[R]) Flush() error {
	var err error
	if e.csv != nil {
		e.csv.Flush()
		err = e.csv.Error()
	}
	return errors.Join(err, e.out.Flush())
}

// decidedBy names the figure by which a link was decided, "" where it was not kept.
func decidedBy(k similarity.Kind, f similarity.Figure) string {
	if f.Needs == 0 {
		return ""
	}
	return k.DecidedBy()
}

// Exports are what WriteExport knows.
var Exports = []string{"clusters", "pairs", "articles", "graph", "changes"}

// Exported says what an export has; the zero value, all.
type Exported struct {
	Articles storage.Selection          // of an export of articles
	After    int64                      // the cursor after which changes begin
	Owner    func(outlet string) string // whose an outlet is, of a graph in GraphML
}

// WriteExport writes what is stored of one kind, one of Exports: one row an article,
// link, edge or change, in the order of arrival, in CSV or JSONL; the graph in GraphML too.
func WriteExport(ctx context.Context, w io.Writer, v *storage.View, what string, format Format, of Exported) error {
	switch what {
	case "graph":
		edges, err := copyings(ctx, v)
		if err != nil {
			return err
		}
		if format == GraphML {
			return WriteGraphML(w, edges, of.Owner)
		}
		return export(w, format, each(edges), func(e *Copying) Copying { return *e })
	case "changes":
		return export(w, format, v.Changes(ctx, of.After), func(c *storage.Change) Change {
			return Change{Cursor: c.Cursor, Event: c.Event, Cluster: c.Cluster}
		})
	case "clusters":
		return export(w, format, v.Articles(ctx), func(t *storage.Article) Assignment {
			return Assignment{Article: t.Name(), Cluster: t.Cluster, Outlet: t.Outlet, URL: t.URL, Title: t.Headline,
				Published: t.Published, Representative: t.Representative, Date: t.Moment(), DateKnown: t.Reason.Known().String(),
				OutletKey: t.OutletKey}
		})
	case "pairs":
		return export(w, format, v.Links(ctx), func(p *storage.Pair) Link {
			return Link{A: p.NameA, B: p.NameB, Kind: p.Kind.String(),
				Resemblance: p.Resemblance, ContainmentA: p.ContainmentA, ContainmentB: p.ContainmentB,
				DecidedBy: decidedBy(p.Kind, p.Figure), Figure: p.Figure.Value, Needs: p.Figure.Needs}
		})
	}
	return export(w, format, v.SelectedTexts(ctx, of.Articles), func(t *storage.ArticleText) Record {
		return Record{Article: t.Name(), Outlet: t.Outlet, URL: t.URL, Title: t.Headline, Published: t.Published, Body: t.Body,
			Byline: t.Byline, Date: t.Moment(), DateKnown: t.Reason.Known().String(), Language: t.Language, Credit: t.Credit,
			Representative: t.Representative, Cluster: t.Cluster, OutletKey: t.OutletKey, Summary: t.Summary}
	})
}

// export writes the rows of a stream as they come.
func export[T any, R Row](w io.Writer, format Format, rows iter.Seq2[T, error], row func(*T) R) error {
	e, err := NewExport[R](w, format)
	if err != nil {
		return err
	}
	for t, err := range rows {
		if err != nil {
			return err
		}
		if err := e.Write(row(&t)); err != nil {
			return err
		}
	}
	return e.Flush()
}

// each yields the elements of a list.
func each[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, t := range list {
			if !yield(t, nil) {
				return
			}
		}
	}
}
