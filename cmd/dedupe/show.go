package main

import (
	"context"

	"github.com/spf13/cobra"

	"dedupe/report"
	"dedupe/storage"
)

func newShow(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "show CLUSTER|ARTICLE",
		Short: "Print a cluster with its members in time order",
		Long: `Show prints a cluster: its members in time order, the kind and figures of each one's link to the
representative, and what became of the cluster from run to run. The number of a cluster that went into another leads
to that one.

SURE is the confidence with which a member is held; "dedupe report --help" says what that is. --format html prints the
cluster as a page for a browser, with its timeline and any two of its texts side by side (of the first 40 different ones).

A cluster goes by its label, as in c9, or by its number. An article may be named instead, to see the cluster it is in: by
its id, outlet:id, URL or #number.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format(format, report.Text, report.JSON, report.CSV, report.Markdown, report.HTML)
			if err != nil {
				return err
			}
			return a.job.Read(cmd.Context(), func(v *storage.View) error { return a.show(cmd.Context(), v, args[0], format) })
		},
	}
	cmd.Flags().StringVar(&format, "format", "", "text, markdown, html, json or csv (default text, or json with --json)")
	return cmd
}

func (a *app) show(ctx context.Context, v *storage.View, name string, format report.Format) error {
	asked, err := v.FindCluster(ctx, name)
	if err != nil {
		return err
	}
	id, err := v.Resolve(ctx, asked)
	if err != nil {
		return err
	}
	s, err := a.survey(ctx, v)
	if err != nil {
		return err
	}
	if format == report.HTML {
		r, err := s.One(ctx, id)
		if err != nil {
			return err
		}
		return a.page(ctx, v, s, r)
	}
	c, err := s.Cluster(ctx, id)
	if err != nil {
		return err
	}
	if id != asked {
		c.Asked = asked
	}
	return a.printAs(c, format)
}
