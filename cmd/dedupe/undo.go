package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"dedupe/engine"
	"dedupe/report"
	"dedupe/review"
	"dedupe/storage"
)

func newUndo(a *app) *cobra.Command {
	var listed bool
	cmd := &cobra.Command{
		Use:   "undo [RULING]",
		Short: "Take back what was decided last, or a ruling by its number",
		Long: `Undo takes a ruling back: all that one command of "label" or "cluster", or one key of "review", decided on pairs
and representatives. Without a number that is the last one that stands, so that undo twice takes the last two
back. What held before the ruling holds again, and clusters follow at once. Each command prints the number of its
ruling; --list shows the last 50.

To take back an undo, name its number: what it took back stands again. A ruling whose pairs were decided anew by a
later one is refused: take that back first.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if listed {
				return a.job.Read(cmd.Context(), func(v *storage.View) error {
					all, err := report.ReadRulings(cmd.Context(), v, 50)
					if err != nil {
						return err
					}
					return a.print(all)
				})
			}
			var id int64
			if len(args) > 0 {
				var err error
				if id, err = strconv.ParseInt(args[0], 10, 64); err != nil || id < 1 {
					return usagef("undo: %q is no number of a ruling; dedupe undo --list shows them", args[0])
				}
			}
			return a.rule(cmd.Context(), "undo", func(v *storage.View) (engine.Ruling, error) {
				return review.Undo(cmd.Context(), v, id)
			})
		},
	}
	cmd.Flags().BoolVar(&listed, "list", false, "print the last 50 rulings, the newest first, and take nothing back")
	return cmd
}
