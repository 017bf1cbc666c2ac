package report

import (
	"context"
	"errors"
	"fmt"
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

// Ruled is what a decision did to the clusters.
type Ruled struct {
	Decisions []Decision     `json:"decisions,omitempty"` // with their effect
	Events    []ClusterEvent `json:"events"`
	More      int            `json:"more,omitempty"` // events that are not listed
	Moved     []Moved        `json:"moved,omitempty"`
	MoreMoved int            `json:"more_moved,omitempty"`

	Ruling int64       `json:"ruling,omitempty"` // by which "dedupe undo" takes it back
	Undid  *PastRuling `json:"undid,omitempty"`  // what it took back
}

// MaxEvents bounds the events that a result lists; all of them are stored.
const MaxEvents = 50

// ReadEvents lists the first of what happened to clusters, and says how many more there are.
func ReadEvents(ctx context.Context, v *storage.View, events []storage.ClusterEvent) (list []ClusterEvent, more int, err error) {
	list = []ClusterEvent{}
	for _, e := range events[:min(len(events), MaxEvents)] {
		x := ClusterEvent{ClusterEvent: e, Label: label(e.Cluster)}
		if e.Other != 0 {
			x.OtherLabel = label(e.Other)
		}
		if e.Members > 0 {
			c, err := v.Cluster(ctx, e.Cluster)
			if err != nil && !errors.Is(err, storage.ErrNotFound) {
				return nil, 0, err
			}
			x.Headline = c.Headline
		}
		list = append(list, x)
	}
	return list, len(events) - len(list), nil
}

// ClusterEvent is what happened to one cluster.
type ClusterEvent struct {
	storage.ClusterEvent
	Label      string `json:"label"`                 // of the cluster
	OtherLabel string `json:"other_label,omitempty"` // of the cluster it went into
	Headline   string `json:"headline,omitempty"`    // of the representative
}

// fewDecisions are listed one by one; of more only those that need a look.
const fewDecisions = 4

func (r *Ruled) text(p *printer) {
	if u := r.Undid; u != nil {
		p.wrap("", fmt.Sprintf("took back ruling %d of %s: %s, %s", u.Ruling, p.time(u.Decided), clean(u.Command), u.says()))
	}
	plainly := 0 // followed, and opposed to nothing
	for _, x := range r.Decisions {
		if len(r.Decisions) > fewDecisions && x.Effect == "followed" && x.Replaces == nil {
			plainly++
			continue
		}
		line := fmt.Sprintf("%s %s %s", short(clean(named(x.A, x.KeyA))), x.sign(), short(clean(named(x.B, x.KeyB))))
		if x.Effect != "" {
			line += ": " + x.Effect
		}
		if r := x.Replaces; r != nil {
			line += fmt.Sprintf("; it replaces that they are %s, decided %s", clean(r.Decision), r.Decided.In(p.zone).Format(time.DateOnly))
			if r.Note != "" {
				line += " (" + clean(r.Note) + ")"
			}
		}
		p.wrap("", line)
	}
	if plainly > 0 {
		p.line(plain, fmt.Sprintf("%s decided: followed", Count(plainly, "pair")))
	}
	if len(r.Events) == 0 {
		p.line(plain, "no cluster changed")
	}
	changes(p, r.Events, r.More)
	printMoved(p, r.Moved, r.MoreMoved)
	if r.Ruling != 0 {
		p.text(p.dim, "", fmt.Sprintf("ruling %d; to take it back: dedupe undo %[1]d", r.Ruling))
	}
}

// changes prints what happened to clusters, a line each.
func changes(p *printer, list []ClusterEvent, more int) {
	t := table{columns: []column{{right: true}, {}, {}, {min: 10}}}
	for _, x := range list {
		what := Count(x.Members, "article")
		switch {
		case x.Other != 0:
			what = "into " + label(x.Other)
		case x.Members == 0:
			what = ""
		}
		t.add("", label(x.Cluster), x.Event, what, clean(x.Headline))
	}
	t.print(p)
	if more > 0 {
		p.line(plain, fmt.Sprintf("and %d more", more))
	}
}
