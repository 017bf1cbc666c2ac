package main

import (
	"cmp"
	"context"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"dedupe/engine"
	"dedupe/report"
	"dedupe/review"
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
	cmd.AddCommand(newLabelAdd(a), newLabelList(a), newLabelExport(a), newLabelImport(a), a.newRuling(&cobra.Command{
		Use:   "remove A B",
		Short: "Take a decision back",
		Args:  cobra.ExactArgs(2),
	}, false, func(ctx context.Context, p review.Person, args []string) (engine.Ruling, error) {
		return p.Remove(ctx, args[0], args[1])
	}))
	return cmd
}

func newLabelAdd(a *app) *cobra.Command {
	cmd := a.newRuling(&cobra.Command{
		Use:   "add A B same|different",
		Short: "Decide on two articles",
		Args:  cobra.ExactArgs(3),
	}, true, func(ctx context.Context, p review.Person, args []string) (engine.Ruling, error) {
		return p.Label(ctx, args[0], args[1], args[2] == report.Same)
	})
	cmd.PreRunE = func(_ *cobra.Command, args []string) error {
		if args[2] != report.Same && args[2] != report.Different {
			return usagef("label add: %q is not allowed; want same or different", args[2])
		}
		return nil
	}
	return cmd
}

func newLabelList(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Print all decisions and whether clusters follow them",
		Args:  cobra.NoArgs,
	}
	format := a.formatFlag(cmd, report.Text, report.JSON, report.CSV)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		format, err := format()
		if err != nil {
			return err
		}
		return a.job.Read(cmd.Context(), func(v *storage.View) error {
			list, err := report.ReadDecisions(cmd.Context(), v)
			if err != nil {
				return err
			}
			return a.printAs(list, format)
		})
	}
	return cmd
}

func newLabelExport(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Print all decisions for another database or a colleague",
		Args:  cobra.NoArgs,
	}
	format := a.formatFlag(cmd, report.JSONL, report.CSV)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		format, err := format()
		if err != nil {
			return err
		}
		return a.job.Read(cmd.Context(), func(v *storage.View) error { return report.WriteLabels(cmd.Context(), a.stdout, v, format) })
	}
	return cmd
}

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
	var labels []report.GivenLabel
	var rejects []report.Reject
	err := a.given(path, func(in io.Reader) (err error) {
		labels, rejects, err = report.ReadLabels(in, path)
		return err
	})
	if err != nil {
		return err
	}
	err = a.rule(ctx, "label import", func(v *storage.View) (r engine.Ruling, err error) {
		in, err := report.ImportLabels(ctx, v, labels, path, replace, a.now())
		if len(in.Opposed) > 0 {
			return r, append(list{"nothing was stored, for decisions contradict each other; --replace lets those of the file outrank stored ones"}, in.Opposed...)
		}
		rejects, r.Decide = append(rejects, in.Rejects...), in.Decide
		return r, err
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(rejects, func(x, y report.Reject) int { return cmp.Compare(x.Line, y.Line) })
	return a.listGiven(rejects)
}
