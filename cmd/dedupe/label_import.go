package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/storage"
)

func newLabelImport(a *app) *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use:   "import FILE|-",
		Short: "Take in decisions that were exported or written by hand",
		Long: `Import takes in decisions as JSON lines or as CSV with a header, as "dedupe label export" prints them: decision
(same or different), and each article by key_a and key_b, or by article_a and article_b (with outlet_a and outlet_b
where several outlets use an id). Decided and note may be left out.

Records that cannot be read are listed and the rest is taken. When some contradict each other or what is stored,
all contradictions are listed and nothing is taken.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.importLabels(cmd.Context(), args[0], replace) },
	}
	cmd.Flags().BoolVar(&replace, "replace", false, "let what comes in replace stored decisions on the same pairs")
	return cmd
}

func (a *app) importLabels(ctx context.Context, path string, replace bool) error {
	in := a.stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	labels, rejects, err := report.ReadLabels(in, path)
	if err != nil {
		return err
	}
	err = a.rule(ctx, "label import", func(v *storage.View) (r engine.Ruling, err error) {
		stored, taken := map[[2]article.Key]storage.Decision{}, map[[2]article.Key]bool{}
		for d, err := range v.Decisions(ctx) {
			if err != nil {
				return r, err
			}
			stored[[2]article.Key{d.A, d.B}] = d
		}
		var opposed []string
		for _, l := range labels {
			d, reject, err := a.labelled(ctx, v, l)
			if err != nil {
				return r, err
			}
			if reject != "" {
				rejects = append(rejects, report.Reject{Path: path, Line: l.Line, Reason: reject})
				continue
			}
			pair := [2]article.Key{d.A, d.B}
			was, known := stored[pair]
			switch {
			case known && was.Same == d.Same:
				continue
			case known && (!replace || taken[pair]):
				opposed = append(opposed, fmt.Sprintf("%s:%d: %s and %s are %s, and were %s before", path, l.Line, cmp.Or(l.A, l.KeyA), cmp.Or(l.B, l.KeyB), word(d.Same), word(was.Same)))
				continue
			}
			r.Decide = append(r.Decide, d)
			stored[pair], taken[pair] = d, true
		}
		if len(opposed) > 0 {
			return r, append(list{"nothing was stored, for decisions contradict each other; --replace lets those of the file outrank stored ones"}, opposed...)
		}
		return r, nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(rejects, func(x, y report.Reject) int { return cmp.Compare(x.Line, y.Line) })
	return a.listGiven(rejects)
}

// labelled turns a record into a decision, or says why it is none.
func (a *app) labelled(ctx context.Context, v *storage.View, l report.GivenLabel) (d storage.Decision, reject string, err error) {
	var keys [2]article.Key
	for i, side := range [][3]string{{l.KeyA, l.OutletA, l.A}, {l.KeyB, l.OutletB, l.B}} {
		if key, ok := article.ParseKey(side[0]); ok {
			keys[i] = key
			continue
		}
		name := side[2]
		if side[1] != "" {
			name = side[1] + ":" + name
		}
		x, err := findOrKey(ctx, v, name)
		if ambiguous := new(*storage.AmbiguousError); errors.Is(err, storage.ErrNotFound) || errors.As(err, ambiguous) {
			return d, err.Error(), nil
		}
		if err != nil {
			return d, "", err
		}
		keys[i] = x.Key
	}
	if keys[0] == keys[1] {
		return d, "both sides are one article", nil
	}
	at := l.Decided
	if at.IsZero() {
		at = a.now()
	}
	return storage.NewDecision(keys[0], keys[1], l.Decision == report.Same, at, l.Note), "", nil
}
