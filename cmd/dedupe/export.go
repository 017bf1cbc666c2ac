package main

import (
	"github.com/spf13/cobra"

	"dedupe/report"
	"dedupe/storage"
)

func newExport(a *app) *cobra.Command {
	var format string
	var of report.Exported
	cmd := &cobra.Command{
		Use:   "export clusters|pairs|articles|graph|changes",
		Short: "Print everything for other programs, as CSV or JSON lines",
		Long: `Export prints all that is stored of one kind to standard output, in the order of arrival:

  clusters  article, cluster, outlet, url, title, published, representative, date, date_known,
            outlet_key
            one row an article; of one that is alone the cluster is empty
  pairs     article_a, article_b, kind, resemblance, containment_a, containment_b,
            decided_by, figure, needs
            one row a link, the earlier article as a; the figure by which it was decided, and
            what that needed at least
  articles  article, outlet, url, title, published, body, byline, date, language, credit,
            representative, cluster, date_known, outlet_key
            one row an article, with what was learned of it
  graph     first, later, stories, dated, lag_hours
            the outlets as a network: what one published first and another later, how often and how late;
            as GraphML for network programs unless told otherwise
  changes   cursor, run, at, cluster, event, other, members
            what happened to clusters; --after CURSOR goes on from where a program has come to

An outlet is spelt as most of its articles do, or as its alias in config.yaml; outlet_key is its name folded, by which outlets
are told apart. An article goes by the input's own id, or by its key where it had none. Published is as the input gave it, date is the
one that was used, in RFC 3339. Columns are only ever added, at the end.

JSON lines hold all text as it is stored. In CSV an apostrophe stands before text that a spreadsheet would take for a formula
(it begins with = + - @ or a tab), and control characters are shown by their pictures. What is not seen and steers text
or has no width is shown as its number, as in ⟨U+202E⟩, but for joiners and the like where the script is spelt with them.`,
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: report.Exports,
		RunE: func(cmd *cobra.Command, args []string) error {
			allowed := []report.Format{report.CSV, report.JSONL}
			if args[0] == "graph" {
				allowed = []report.Format{report.GraphML, report.CSV, report.JSONL}
			}
			if format == "" && a.settings().Output.JSON {
				format = string(report.JSONL)
			}
			format, err := a.format(format, allowed...)
			if err != nil {
				return err
			}
			if of.Articles != (storage.Selection{}) && args[0] != "articles" {
				return usagef("--unique and --syndicated are for export articles")
			}
			outlets, err := a.settings().Outlets.Table()
			if err != nil {
				return err
			}
			of.Owner = outlets.Owner
			return a.job.Read(cmd.Context(), func(v *storage.View) error {
				return report.WriteExport(cmd.Context(), a.written(), v, args[0], format, of)
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "", "csv or jsonl, for graph also graphml (default csv, or jsonl with --json)")
	cmd.Flags().BoolVar(&of.Articles.Unique, "unique", false, "of articles, one a cluster (its representative) and all that are alone")
	cmd.Flags().BoolVar(&of.Articles.Syndicated, "syndicated", false, "of articles, those in clusters of more than one outlet")
	cmd.Flags().Int64Var(&of.After, "after", 0, "changes after this `cursor`")
	return cmd
}
