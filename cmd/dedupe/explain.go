package main

import (
	"context"

	"github.com/spf13/cobra"

	"dedupe/config"
	"dedupe/engine"
	"dedupe/explain"
	"dedupe/report"
	"dedupe/storage"
)

// explainOptions are the flags of dedupe explain.
type explainOptions struct {
	diff, whyNot bool
}

func newExplain(a *app) *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:   "explain A B",
		Short: "Say step by step how two articles are judged",
		Long: `Explain compares two articles by the settings in force, whether a run ever compared them or not, and says what
came of each step: whether one was a candidate for the other, what was left out as boilerplate, every figure beside
its threshold, what kept them apart, and what their clusters made of it.

An article goes by its id, outlet:id, URL, #number of arrival, or the first digits of its key. What is not stored goes
by the file it stands in, as "ingest" reads it, with the line where that holds more than one: news.jsonl:17; "-" is
standard input. Nothing is stored then, and the cluster is the one that it would join.

Confidence says how far the figure that decides is from its threshold, as "dedupe report --help" defines it.`,
		Args: cobra.ExactArgs(2),
	}
	cmd.Flags().BoolVar(&o.diff, "diff", false, "print both texts too, with what they share and what was left out marked")
	cmd.Flags().BoolVar(&o.whyNot, "why-not", false, "name the smallest changes of settings that would turn the verdict")
	format := a.formatFlag(cmd, report.Text, report.JSON)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, err := format()
		if err != nil {
			return err
		}
		return a.explain(cmd.Context(), args[0], args[1], o, format)
	}
	return cmd
}

func (a *app) explain(ctx context.Context, nameA, nameB string, o explainOptions, format report.Format) error {
	return a.job.ReadTexts(ctx, func(eng *engine.Engine, view *storage.View) error {
		x := explain.New(eng, view, explain.Options{Preset: a.preset})
		first, err := x.Named(ctx, nameA, a.files())
		if err != nil {
			return err
		}
		second, err := x.Named(ctx, nameB, a.files())
		if err != nil {
			return err
		}
		if first.Key == second.Key {
			return usagef("explain: %q and %q are one article", nameA, nameB)
		}
		e, err := x.Pair(ctx, first, second)
		if err == nil {
			_, e.Differ, err = a.judged(ctx, view)
		}
		if err != nil {
			return err
		}
		if o.diff {
			e.Texts()
		}
		if o.whyNot {
			e.WhyNot()
		}
		return a.printAs(&e.Explanation, format)
	})
}

// preset is the preset that a setting has its value from, or "".
func (a *app) preset(key string) string {
	if origin := a.config.Origin(key); origin.Kind == config.FromPreset {
		return origin.String()
	}
	return ""
}
