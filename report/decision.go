package report

import (
	"context"
	"io"
	"time"

	"dedupe/storage"
)

// Label is a person's decision on two articles, as it is exported and imported.
type Label struct {
	A        string    `json:"article_a"` // the input's own id, or the key; "" when the article is not stored
	OutletA  string    `json:"outlet_a"`
	B        string    `json:"article_b"`
	OutletB  string    `json:"outlet_b"`
	Decision string    `json:"decision"` // same or different
	Decided  time.Time `json:"decided"`
	Note     string    `json:"note"`
	KeyA     string    `json:"key_a"` // of the article, in hexadecimal: the same in every database
	KeyB     string    `json:"key_b"`
}

func (Label) columns() []string {
	return []string{"article_a", "outlet_a", "article_b", "outlet_b", "decision", "decided", "note", "key_a", "key_b"}
}

func (l Label) cells() []string {
	return []string{cell(l.A), cell(l.OutletA), cell(l.B), cell(l.OutletB), l.Decision, csvTime(l.Decided), cell(l.Note), l.KeyA, l.KeyB}
}

// Decisions is what people decided on pairs, and on representatives.
type Decisions struct {
	Decisions []Decision `json:"decisions"`
	Pins      []Pinned   `json:"pins"`
}

// Decision is a person's word on two articles.
type Decision struct {
	Label
	Effect string `json:"effect"` // followed, not followed, or not stored

	Replaces *Label `json:"replaces,omitempty"` // the opposite, which was decided before
}

// readDecision says of a decision what its articles are called, and whether their clusters
// follow it.
func readDecision(ctx context.Context, v *storage.View, d storage.Decision) (row Decision, err error) {
	x, err := v.Keyed(ctx, d.A)
	if err != nil {
		return row, err
	}
	y, err := v.Keyed(ctx, d.B)
	if err != nil {
		return row, err
	}
	row.Label = Label{Decision: word(d.Same), Decided: d.Decided, Note: d.Note, KeyA: d.A.String(), KeyB: d.B.String()}
	row.Effect = "not stored"
	if x.Seq != 0 {
		row.A, row.OutletA = x.Name(), x.Outlet
	}
	if y.Seq != 0 {
		row.B, row.OutletB = y.Name(), y.Outlet
	}
	if together := x.Cluster != 0 && x.Cluster == y.Cluster; x.Seq != 0 && y.Seq != 0 {
		row.Effect = "followed"
		if together != d.Same {
			row.Effect = "not followed"
		}
	}
	return row, nil
}

// word is a decision as people write it.
func word(same bool) string {
	if same {
		return Same
	}
	return Different
}

// ReadDecisions reads all that stand.
func ReadDecisions(ctx context.Context, v *storage.View) (*Decisions, error) {
	list := &Decisions{Decisions: []Decision{}, Pins: []Pinned{}}
	for d, err := range v.Decisions(ctx) {
		if err != nil {
			return nil, err
		}
		row, err := readDecision(ctx, v, d)
		if err != nil {
			return nil, err
		}
		list.Decisions = append(list.Decisions, row)
	}
	for p, err := range v.Pins(ctx) {
		if err != nil {
			return nil, err
		}
		x, err := v.Keyed(ctx, p.Key)
		if err != nil {
			return nil, err
		}
		list.Pins = append(list.Pins, Pinned{Article: x.Name(), Outlet: x.Outlet, Cluster: x.Cluster, Label: storage.ClusterLabel(x.Cluster), Decided: p.Decided, Note: p.Note})
	}
	return list, nil
}

// WriteLabels writes the decisions that stand as JSONL or CSV, each as ReadLabels takes it.
func WriteLabels(ctx context.Context, w io.Writer, v *storage.View, format Format) error {
	e, err := NewExport[Label](w, format)
	if err != nil {
		return err
	}
	for d, err := range v.Decisions(ctx) {
		if err != nil {
			return err
		}
		row, err := readDecision(ctx, v, d)
		if err != nil {
			return err
		}
		if err := e.Write(row.Label); err != nil {
			return err
		}
	}
	return e.Flush()
}

// Pinned is an article that a person chose to represent its cluster.
type Pinned struct {
	Article string    `json:"article"`
	Outlet  string    `json:"outlet"`
	Cluster int64     `json:"cluster,omitempty"` // 0: alone
	Label   string    `json:"label,omitempty"`   // of the cluster
	Decided time.Time `json:"decided"`
	Note    string    `json:"note,omitempty"`
}

func (d *Decisions) text(p *printer) {
	if len(d.Decisions)+len(d.Pins) == 0 {
		p.line(plain, "nobody has decided anything")
		return
	}
	if len(d.Decisions) > 0 {
		t := table{columns: []column{{title: "DECIDED"}, {title: "A", min: 6}, {}, {title: "B", min: 6}, {title: "EFFECT", min: 6}, {title: "OUTLETS", min: 6}, {min: 6}}}
		for _, x := range d.Decisions {
			t.add(clean(x.Note), x.Decided.In(p.zone).Format(time.DateOnly), short(clean(named(x.A, x.KeyA))), x.sign(),
				short(clean(named(x.B, x.KeyB))), x.Effect, name(x.OutletA), name(x.OutletB))
		}
		t.print(p)
	}
	if len(d.Pins) > 0 {
		if len(d.Decisions) > 0 {
			p.line(plain, "")
		}
		t := table{columns: []column{{title: "PINNED"}, {title: "ARTICLE", min: 6}, {min: 6}, {title: "CLUSTER", right: true}}}
		for _, x := range d.Pins {
			t.add(clean(x.Note), x.Decided.In(p.zone).Format(time.DateOnly), short(clean(x.Article)), name(x.Outlet), label(x.Cluster))
		}
		t.print(p)
	}
}

// sign is a decision in one character.
func (l *Label) sign() string {
	if l.Decision == "same" {
		return "="
	}
	return "≠"
}

// named prefers the id of an article to its key.
func named(article, key string) string {
	if article == "" {
		return key
	}
	return article
}

func (d *Decisions) csv() (header []string, rows [][]string) {
	for _, x := range d.Decisions {
		rows = append(rows, append(x.cells(), x.Effect))
	}
	return append(Label{}.columns(), "effect"), rows
}
