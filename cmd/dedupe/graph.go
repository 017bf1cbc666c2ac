package main

import (
	"cmp"
	"context"
	"slices"
	"time"

	"dedupe/report"
	"dedupe/storage"
)

// exportGraph prints who had first what others published later. Of each
// cluster the outlet that published first counts, against every other one.
func (a *app) exportGraph(ctx context.Context, v *storage.View, format report.Format) error {
	edges, err := copyings(ctx, v)
	if err != nil {
		return err
	}
	if format == report.GraphML {
		known, err := a.settings().Outlets.Table()
		if err != nil {
			return err
		}
		return report.WriteGraphML(a.stdout, edges, known.Owner)
	}
	e, err := report.NewExport[report.Copying](a.stdout, format)
	if err != nil {
		return err
	}
	for _, edge := range edges {
		if err := e.Write(edge); err != nil {
			return err
		}
	}
	return e.Flush()
}

// copyings returns the edges, those of the most stories first. A cluster whose
// first article has no date of its own tells nothing.
func copyings(ctx context.Context, v *storage.View) ([]report.Copying, error) {
	edges := map[[2]string]*report.Copying{}
	var first storage.Appearance
	for at, err := range v.Appearances(ctx) {
		if err != nil {
			return nil, err
		}
		if at.Cluster != first.Cluster {
			first = at
			continue
		}
		if !first.Dated {
			continue
		}
		key := [2]string{first.Outlet, at.Outlet}
		e := edges[key]
		if e == nil {
			e = &report.Copying{First: first.Outlet, Later: at.Outlet}
			edges[key] = e
		}
		e.Stories++
		if at.Dated {
			e.Dated++
			e.Lag += (at.At.Sub(first.At).Seconds()/time.Hour.Seconds() - e.Lag) / float64(e.Dated) // running mean
		}
	}
	var list []report.Copying
	for _, e := range edges {
		list = append(list, *e)
	}
	slices.SortFunc(list, func(x, y report.Copying) int {
		return cmp.Or(cmp.Compare(y.Stories, x.Stories), cmp.Compare(x.First, y.First), cmp.Compare(x.Later, y.Later))
	})
	return list, nil
}

func change(c *storage.Change) report.Change {
	return report.Change{Cursor: c.Cursor, Cluster: c.Cluster,
		Event: report.Event{Run: c.Run, At: c.At, Event: c.Event.Event, Other: c.Other, Members: c.Members}}
}
