package report

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"dedupe/engine"
	"dedupe/review"
	"dedupe/storage"
)

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

// Before is what stood before a ruling.
type Before struct {
	view    *storage.View
	decided map[[2]string]storage.Decision // by the keys of their articles
}

// NewBefore reads what stands. From then on the view is of that moment, which a view is not
// before it is read.
func NewBefore(ctx context.Context, v *storage.View) (*Before, error) {
	b := &Before{v, map[[2]string]storage.Decision{}}
	for d, err := range v.Decisions(ctx) {
		if err != nil {
			return nil, err
		}
		b.decided[[2]string{d.A.String(), d.B.String()}] = d
	}
	return b, nil
}

// Ruled says what a ruling did, by a view of after it.
func (b *Before) Ruled(ctx context.Context, after *storage.View, r engine.Ruling, out review.Ruled) (*Ruled, error) {
	result := &Ruled{Ruling: out.Ruling}
	for _, d := range r.Decide[:min(len(r.Decide), maxEvents)] {
		row, err := readDecision(ctx, after, d)
		if err != nil {
			return nil, err
		}
		if was, known := b.decided[[2]string{row.KeyA, row.KeyB}]; known && was.Same != d.Same {
			old := row.Label
			old.Decision, old.Decided, old.Note = word(was.Same), was.Decided, was.Note
			row.Replaces = &old
		}
		result.Decisions = append(result.Decisions, row)
	}
	var err error
	if result.Events, result.More, err = readEvents(ctx, after, out.Events); err != nil {
		return nil, err
	}
	result.Moved, result.MoreMoved, err = readMoved(ctx, b.view, after, out.Events)
	if err != nil || r.Undoes == 0 {
		return result, err
	}
	undone, err := after.Ruling(ctx, r.Undoes)
	if err != nil {
		return nil, err
	}
	past, err := readRuling(ctx, after, undone)
	result.Undid = &past
	return result, err
}

// Said writes decisions for reading, each as A = B or A ≠ B.
func Said(ctx context.Context, v *storage.View, decisions ...storage.Decision) (list []string, err error) {
	for _, d := range decisions {
		x, err := v.Keyed(ctx, d.A)
		if err != nil {
			return nil, err
		}
		y, err := v.Keyed(ctx, d.B)
		if err != nil {
			return nil, err
		}
		sign := " = "
		if !d.Same {
			sign = " ≠ "
		}
		list = append(list, Quoted(x.Name())+sign+Quoted(y.Name()))
	}
	return list, nil
}

// Contradictions says in lines which decisions contradict which.
func Contradictions(ctx context.Context, v *storage.View, list []review.Contradiction) ([]string, error) {
	lines := []string{"nothing was stored, for decisions contradict each other; take one back by `dedupe label remove A B` or `dedupe undo`:"}
	for _, c := range list[:min(len(list), maxEvents)] {
		said, err := Said(ctx, v, append([]storage.Decision{c.Decision}, c.Chain...)...)
		if err != nil {
			return nil, err
		}
		for i, d := range c.Chain {
			said[i+1] += " (" + strings.TrimSpace(d.Decided.Format("2006-01-02 ")+d.Note) + ")"
		}
		lines = append(lines, "  "+said[0]+" contradicts "+strings.Join(said[1:], ", "))
	}
	if more := len(list) - maxEvents; more > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", more))
	}
	return lines, nil
}

// maxEvents bounds the events that a result lists; all of them are stored.
const maxEvents = 50

// readEvents lists the first of what happened to clusters, and says how many more there are.
func readEvents(ctx context.Context, v *storage.View, events []storage.ClusterEvent) (list []ClusterEvent, more int, err error) {
	list = []ClusterEvent{}
	for _, e := range events[:min(len(events), maxEvents)] {
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
