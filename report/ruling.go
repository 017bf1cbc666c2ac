package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"dedupe/article"
	"dedupe/storage"
)

// PastRulings are what people decided, command by command, the newest first.
type PastRulings struct {
	Rulings []PastRuling `json:"rulings"`
}

// PastRuling is what one command or key decided.
type PastRuling struct {
	Ruling  int64     `json:"ruling"`
	Decided time.Time `json:"decided"`
	Command string    `json:"command"`
	First   string    `json:"first"`            // of what it decided: A = B, A ≠ B, or an article that represents its cluster
	Changes int       `json:"changes"`          // pairs and representatives
	Undoes  int64     `json:"undoes,omitempty"` // the ruling that it took back
	Undone  bool      `json:"undone,omitempty"` // it was taken back
}

// readRuling describes a stored ruling.
func readRuling(ctx context.Context, v *storage.View, r storage.Ruling) (PastRuling, error) {
	x := PastRuling{Ruling: r.ID, Decided: r.Decided, Command: r.Command, Changes: r.Changes, Undoes: r.Undoes, Undone: r.Undone}
	for c, err := range v.Said(ctx, r.ID) {
		if err != nil {
			return x, err
		}
		a, err := nameOf(ctx, v, c.A)
		if err != nil {
			return x, err
		}
		if x.First = a; c.Pin {
			return x, nil
		}
		b, err := nameOf(ctx, v, c.B)
		if err != nil {
			return x, err
		}
		sign := " ≠ "
		if word := c.Now; word != nil && word.Same || word == nil && c.Was != nil && c.Was.Same {
			sign = " = "
		}
		x.First = a + sign + b
		return x, nil
	}
	return x, nil
}

// ReadRulings describes the last most rulings, the newest first.
func ReadRulings(ctx context.Context, v *storage.View, most int) (*PastRulings, error) {
	all := &PastRulings{Rulings: []PastRuling{}}
	for r, err := range v.Rulings(ctx, most) {
		if err != nil {
			return nil, err
		}
		x, err := readRuling(ctx, v, r)
		if err != nil {
			return nil, err
		}
		all.Rulings = append(all.Rulings, x)
	}
	return all, nil
}

// nameOf is what the article of a key is called; one that is not stored goes by its key.
func nameOf(ctx context.Context, v *storage.View, key article.Key) (string, error) {
	x, err := v.ByKey(ctx, key)
	if errors.Is(err, storage.ErrNotFound) {
		return short(key.String()), nil
	}
	return Quoted(x.Name()), err
}

// says is what a ruling decided, in a few words.
func (r *PastRuling) says() string {
	s := clean(r.First)
	if r.Changes > 1 {
		s += fmt.Sprintf(" and %d more", r.Changes-1)
	}
	return s
}

func (r *PastRulings) text(p *printer) {
	if len(r.Rulings) == 0 {
		p.line(plain, "nobody has decided anything")
		return
	}
	t := table{columns: []column{{title: "RULING", right: true}, {title: "DECIDED"}, {title: "COMMAND"}, {title: "OF", min: 20}, {}}}
	for i := range r.Rulings {
		x := &r.Rulings[i]
		var state []string
		if x.Undoes != 0 {
			state = append(state, fmt.Sprintf("took back %d", x.Undoes))
		}
		if x.Undone {
			state = append(state, "taken back")
		}
		t.add("", strconv.FormatInt(x.Ruling, 10), p.time(x.Decided), clean(x.Command), x.says(), strings.Join(state, ", "))
	}
	t.print(p)
}

// Moved is an article that changed its cluster.
type Moved struct {
	Article string `json:"article"`
	Outlet  string `json:"outlet"`
	From    int64  `json:"from,omitempty"` // cluster; 0: it was alone
	To      int64  `json:"to,omitempty"`   // 0: it is alone
}

// readMoved lists the first of the articles that changed their clusters between two views, where
// that was by the events between them, and says how many more there are. Clusters that went into
// others as they were are left out: the events say so.
func readMoved(ctx context.Context, before, after *storage.View, events []storage.ClusterEvent) (list []Moved, more int, err error) {
	var ids []int64
	into, seen := map[int64]int64{}, map[int64]bool{}
	for _, e := range events {
		for _, id := range []int64{e.Cluster, e.Other} {
			if id != 0 && !seen[id] {
				ids, seen[id] = append(ids, id), true
			}
		}
		if e.Other != 0 {
			into[e.Cluster] = e.Other
		}
	}
	was, is := map[int64]int64{}, map[int64]int64{} // article -> cluster
	var order []storage.ClusterMember
	read := func(v *storage.View, to map[int64]int64) error {
		for _, id := range ids {
			for m, err := range v.Members(ctx, id) {
				if err != nil {
					return err
				}
				to[m.Seq] = id
				order = append(order, m)
			}
		}
		return nil
	}
	if err := read(before, was); err != nil {
		return nil, 0, err
	}
	if err := read(after, is); err != nil {
		return nil, 0, err
	}
	listed := map[int64]bool{}
	for _, m := range order {
		from, to := was[m.Seq], is[m.Seq]
		if from == to || listed[m.Seq] || to != 0 && into[from] == to {
			continue
		}
		listed[m.Seq] = true
		if len(list) == maxEvents {
			more++
			continue
		}
		list = append(list, Moved{Article: m.Name(), Outlet: m.Outlet, From: from, To: to})
	}
	return list, more, nil
}

// printMoved prints which articles changed their clusters, a paragraph for those that went one way.
func printMoved(p *printer, list []Moved, more int) {
	for len(list) > 0 {
		from, to := list[0].From, list[0].To
		var names []string
		var others []Moved
		for _, m := range list {
			if m.From == from && m.To == to {
				names = append(names, fmt.Sprintf("%s (%s)", short(clean(m.Article)), cmp.Or(name(m.Outlet), "no outlet")))
			} else {
				others = append(others, m)
			}
		}
		way := "from " + label(from) + " to " + label(to)
		switch {
		case from == 0:
			way = "alone before, now in " + label(to)
		case to == 0:
			way = "out of " + label(from) + ", alone now"
		}
		p.wrap("", way+": "+strings.Join(names, ", "))
		list = others
	}
	if more > 0 {
		p.line(plain, "and "+Count(more, "more article"))
	}
}
