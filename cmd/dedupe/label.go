package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/storage"
)

func newLabel(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "label",
		Short: "Decide which articles are copies of one story",
		Long: `Label stores what a person decides on two articles: that they are copies of one story, or that they are not. A
decision outranks every verdict, from now on and in every later run, and clusters follow at once. A new decision on
a pair replaces the old one, which is shown. One that contradicts others (A = B and B = C, so A = C) is refused and
shown with them: take one of them back first.

An article goes by its id, outlet:id, URL, #number of arrival, or the first digits of its key.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usagef("label: want one of add, list, remove, export, import")
		},
	}
	cmd.AddCommand(newLabelAdd(a), newLabelList(a), newLabelRemove(a), newLabelExport(a), newLabelImport(a))
	return cmd
}

func newLabelAdd(a *app) *cobra.Command {
	var note string
	cmd := &cobra.Command{
		Use:   "add A B same|different",
		Short: "Decide on two articles",
		Args:  cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[2] != report.Same && args[2] != report.Different {
				return usagef("label add: %q is not allowed; want same or different", args[2])
			}
			if err := checkNote(note); err != nil {
				return err
			}
			return a.rule(cmd.Context(), "label add", func(v *storage.View) (r engine.Ruling, err error) {
				x, y, err := findTwo(cmd.Context(), v, args[0], args[1])
				r.Decide = []storage.Decision{storage.NewDecision(x.Key, y.Key, args[2] == report.Same, a.now(), note)}
				return r, err
			})
		},
	}
	cmd.Flags().StringVar(&note, "note", "", "why")
	return cmd
}

func checkNote(note string) error {
	if len(note) > report.MaxNote {
		return usagef("--note: want at most %d bytes", report.MaxNote)
	}
	return nil
}

func newLabelRemove(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "remove A B",
		Short: "Take a decision back",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.rule(cmd.Context(), "label remove", func(v *storage.View) (r engine.Ruling, err error) {
				x, y, err := findTwo(cmd.Context(), v, args[0], args[1])
				if err != nil {
					return r, err
				}
				want := storage.NewDecision(x.Key, y.Key, false, a.now(), "")
				for d, err := range v.Decisions(cmd.Context()) {
					if err != nil {
						return r, err
					}
					if d.A == want.A && d.B == want.B {
						r.Retract = append(r.Retract, d)
						return r, nil
					}
				}
				return r, fmt.Errorf("find decision on %s and %s: %w", args[0], args[1], storage.ErrNotFound)
			})
		},
	}
}

// findTwo returns the two articles that a person means. One that is not stored
// may be given by its whole key.
func findTwo(ctx context.Context, v *storage.View, nameA, nameB string) (x, y storage.Article, err error) {
	if x, err = findOrKey(ctx, v, nameA); err != nil {
		return x, y, err
	}
	if y, err = findOrKey(ctx, v, nameB); err != nil {
		return x, y, err
	}
	if x.Key == y.Key {
		return x, y, usagef("%s and %s are one article", nameA, nameB)
	}
	return x, y, nil
}

func findOrKey(ctx context.Context, v *storage.View, name string) (storage.Article, error) {
	found, err := v.Find(ctx, name)
	if key, ok := article.ParseKey(name); ok && errors.Is(err, storage.ErrNotFound) {
		return storage.Article{Key: key}, nil
	}
	return found, err
}

func newLabelList(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Print all decisions and whether clusters follow them",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			format, err := a.format(format, report.Text, report.JSON, report.CSV)
			if err != nil {
				return err
			}
			return a.read(cmd.Context(), func(v *storage.View) error { return a.listDecisions(cmd.Context(), v, format) })
		},
	}
	cmd.Flags().StringVar(&format, "format", "", "text, json or csv (default text, or json with --json)")
	return cmd
}

func (a *app) listDecisions(ctx context.Context, v *storage.View, format report.Format) error {
	list := &report.Decisions{Decisions: []report.Decision{}, Pins: []report.Pinned{}}
	for d, err := range v.Decisions(ctx) {
		if err != nil {
			return err
		}
		row, err := decisionReport(ctx, v, d)
		if err != nil {
			return err
		}
		list.Decisions = append(list.Decisions, row)
	}
	for p, err := range v.Pins(ctx) {
		if err != nil {
			return err
		}
		x, err := byKey(ctx, v, p.Key)
		if err != nil {
			return err
		}
		list.Pins = append(list.Pins, report.Pinned{Article: x.Name(), Outlet: x.Outlet, Cluster: x.Cluster, Label: storage.ClusterLabel(x.Cluster), Decided: p.Decided, Note: p.Note})
	}
	return a.printAs(list, format)
}

func newLabelExport(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Print all decisions for another database or a colleague",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			format, err := a.format(format, report.JSONL, report.CSV)
			if err != nil {
				return err
			}
			return a.read(cmd.Context(), func(v *storage.View) error { return a.exportDecisions(cmd.Context(), v, format) })
		},
	}
	cmd.Flags().StringVar(&format, "format", "", "jsonl or csv (default jsonl)")
	return cmd
}

func (a *app) exportDecisions(ctx context.Context, v *storage.View, format report.Format) error {
	e, err := report.NewExport[report.Label](a.stdout, format)
	if err != nil {
		return err
	}
	for d, err := range v.Decisions(ctx) {
		if err != nil {
			return err
		}
		row, err := decisionReport(ctx, v, d)
		if err != nil {
			return err
		}
		if err := e.Write(row.Label); err != nil {
			return err
		}
	}
	return e.Flush()
}

// word is a decision as people write it.
func word(same bool) string {
	if same {
		return report.Same
	}
	return report.Different
}
