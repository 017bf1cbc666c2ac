package report

import (
	"bufio"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"

	"dedupe/storage"
)

// GraphML is an export format of copyings alone (Brandes et al. 2002).
const GraphML Format = "graphml"

// Copying is an edge of the graph of outlets: what one published first and another
// later.
type Copying struct {
	First   string  `json:"first"`
	Later   string  `json:"later"`
	Stories int     `json:"stories"`
	Dated   int     `json:"dated"`     // of them, where both times are known to the minute
	Lag     float64 `json:"lag_hours"` // mean over the dated; of none, empty in csv
}

func (Copying) columns() []string { return []string{"first", "later", "stories", "dated", "lag_hours"} }

func (c Copying) cells() []string {
	lag := ""
	if c.Dated > 0 {
		lag = hours(c.Lag)
	}
	return []string{cell(c.First), cell(c.Later), strconv.Itoa(c.Stories), strconv.Itoa(c.Dated), lag}
}

// copyings returns the edges, those of the most stories first: of each cluster the outlet
// that published first counts, against every other one of which it is known that it was
// later. A cluster of which it is not known who was first tells nothing.
func copyings(ctx context.Context, v *storage.View) (list []Copying, err error) {
	edges := map[[2]string]*Copying{}
	for story, err := range byStory(v.Appearances(ctx)) {
		if err != nil {
			return nil, err
		}
		first := firstOf(story)
		if first == nil {
			continue
		}
		for i := range story {
			at := &story[i]
			if !first.Before(at) {
				continue
			}
			key := [2]string{first.Outlet, at.Outlet}
			e := edges[key]
			if e == nil {
				e = &Copying{First: first.Outlet, Later: at.Outlet}
				edges[key] = e
			}
			e.Stories++
			if first.Exact() && at.Exact() {
				e.Dated++
				e.Lag += (at.At.Sub(first.At).Hours() - e.Lag) / float64(e.Dated) // running mean
			}
		}
	}
	for _, e := range edges {
		list = append(list, *e)
	}
	slices.SortFunc(list, func(x, y Copying) int {
		return cmp.Or(cmp.Compare(y.Stories, x.Stories), cmp.Compare(x.First, y.First), cmp.Compare(x.Later, y.Later))
	})
	return list, nil
}

func hours(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// WriteGraphML writes the graph of outlets for network programs such as Gephi:
// an arrow from each outlet to those that published its stories later. owner
// tells whose an outlet is.
func WriteGraphML(w io.Writer, edges []Copying, owner func(outlet string) string) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, xml.Header, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
 <key id="name" for="node" attr.name="name" attr.type="string"/>
 <key id="owner" for="node" attr.name="owner" attr.type="string"/>
 <key id="first" for="node" attr.name="first" attr.type="int"/>
 <key id="stories" for="edge" attr.name="stories" attr.type="int"/>
 <key id="weight" for="edge" attr.name="weight" attr.type="double"/>
 <key id="lag" for="edge" attr.name="lag_hours" attr.type="double"/>
 <graph id="copies" edgedefault="directed">
`)
	// Outlets are numbered as they come: a name may be anything, an id may not.
	ids := map[string]int{}
	var names []string
	first := map[string]int{}
	for _, e := range edges {
		first[e.First] += e.Stories
		for _, name := range []string{e.First, e.Later} {
			if _, known := ids[name]; !known {
				ids[name] = len(ids)
				names = append(names, name)
			}
		}
	}
	for i, name := range names {
		fmt.Fprintf(out, `  <node id="n%d"><data key="name">`, i)
		_ = xml.EscapeText(out, []byte(name)) // errors wait for Flush
		fmt.Fprint(out, `</data><data key="owner">`)
		_ = xml.EscapeText(out, []byte(owner(name)))
		fmt.Fprintf(out, "</data><data key=\"first\">%d</data></node>\n", first[name])
	}
	for i, e := range edges {
		fmt.Fprintf(out, `  <edge id="e%d" source="n%d" target="n%d"><data key="stories">%d</data><data key="weight">%d</data>`,
			i, ids[e.First], ids[e.Later], e.Stories, e.Stories)
		if e.Dated > 0 {
			fmt.Fprintf(out, `<data key="lag">%s</data>`, hours(e.Lag))
		}
		fmt.Fprint(out, "</edge>\n")
	}
	fmt.Fprint(out, " </graph>\n</graphml>\n")
	return out.Flush()
}

// Change is something that happened to a cluster.
type Change struct {
	Cursor int64 `json:"cursor"` // where to go on from
	Event
	Cluster int64 `json:"cluster"`
}

func (Change) columns() []string {
	return []string{"cursor", "run", "at", "cluster", "event", "other", "members"}
}

func (c Change) cells() []string {
	return []string{strconv.FormatInt(c.Cursor, 10), strconv.FormatInt(c.Run, 10), csvTime(c.At), id(c.Cluster),
		c.Event.Event, id(c.Other), strconv.Itoa(c.Members)}
}
