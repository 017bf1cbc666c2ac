package report

import (
	"fmt"
	"strconv"
)

// Checks says what articles that are not stored would be copies of.
type Checks struct {
	Articles []Checked `json:"articles"`
}

// Checked is one of them.
type Checked struct {
	Article  string `json:"article,omitempty"` // the input's own id
	Outlet   string `json:"outlet"`
	Headline string `json:"headline"`
	Known    bool   `json:"known"`           // it is stored already
	Words    int    `json:"words"`           // left to compare
	Joins    int64  `json:"joins,omitempty"` // the cluster that it would join; 0: none
	Label    string `json:"joins_label,omitempty"`
	Copies   []Copy `json:"copies"` // the surest first
}

// Copy is a stored article that one is a copy of.
type Copy struct {
	Article     string  `json:"article"`
	Outlet      string  `json:"outlet"`
	Headline    string  `json:"headline"`
	Cluster     int64   `json:"cluster,omitempty"` // 0: alone
	Label       string  `json:"label,omitempty"`   // of the cluster
	Kind        string  `json:"kind"`
	Resemblance float64 `json:"resemblance"`
	InStored    float64 `json:"in_stored"` // share of the checked one's shingles found in the stored one
	OfStored    float64 `json:"of_stored"` // share of the stored one's shingles found in the checked one
}

func (c *Checks) text(p *printer) {
	if len(c.Articles) == 0 {
		p.line(plain, "no articles")
	}
	for i, x := range c.Articles {
		if i > 0 {
			p.line(plain, "")
		}
		p.text(p.bold, "", orNone(clean(x.Headline)))
		s := fmt.Sprintf("%s, %s to compare", orUnknown(name(x.Outlet)), Count(x.Words, "word"))
		if x.Known {
			s += ", stored already"
		}
		switch {
		case len(x.Copies) == 0:
			s += ": no copy of it is stored"
		case x.Known:
		case x.Joins != 0:
			s += ": it would join cluster " + label(x.Joins)
		default:
			s += ": it would make a cluster with " + short(clean(x.Copies[0].Article))
		}
		p.wrap("", s)
		if len(x.Copies) == 0 {
			continue
		}
		t := table{columns: []column{{title: "CLUSTER", right: true}, {title: "KIND"}, {title: "ALIKE", right: true}, {title: "OF IT", right: true},
			{title: "OF STORED", right: true}, {title: "OUTLET", min: 10}, {title: "ARTICLE", min: 10}}}
		for _, y := range x.Copies {
			below := ""
			if y.Headline != x.Headline {
				below = orNone(clean(y.Headline))
			}
			t.add(below, label(y.Cluster), y.Kind, figure(y.Resemblance), figure(y.InStored), figure(y.OfStored), name(y.Outlet), short(clean(y.Article)))
		}
		t.print(p)
	}
}

func orUnknown(outlet string) string {
	if outlet == "" {
		return "unknown outlet"
	}
	return outlet
}

func (c *Checks) csv() (header []string, rows [][]string) {
	for _, x := range c.Articles {
		for _, y := range x.Copies {
			rows = append(rows, []string{sheet(x.Article), sheet(x.Outlet), sheet(x.Headline), id(y.Cluster), y.Kind,
				number(y.Resemblance), number(y.InStored), number(y.OfStored), sheet(y.Outlet), sheet(y.Article), strconv.FormatBool(x.Known)})
		}
	}
	return []string{"article", "outlet", "headline", "cluster", "kind", "resemblance", "in_stored", "of_stored", "stored_outlet", "stored_article", "known"}, rows
}
