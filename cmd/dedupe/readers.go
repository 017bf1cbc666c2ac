package main

import (
	"github.com/spf13/cobra"

	"dedupe/report"
	"dedupe/storage"
)

func newReaders(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "readers",
		Short: "Print who reads the mail of report --since-last, and how far each is",
		Long: `Readers prints the readers of "dedupe report --since-last", each with the choice of clusters that has a place of its own,
and the run up to which all was shown.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.job.Read(cmd.Context(), func(v *storage.View) error {
				list, err := v.Readers(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(&report.Readers{Readers: list})
			})
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "forget READER",
		Short: "Forget how far a reader is",
		Long:  `Forget forgets all places of a reader. Its next mail is a first one.`,
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.job.Write(cmd.Context(), func(s *storage.Store) error {
				gone, err := s.ForgetReader(cmd.Context(), args[0])
				if err == nil && gone == 0 {
					return usagef("readers forget: there is no reader %q: dedupe readers lists them", args[0])
				}
				if err != nil {
					return err
				}
				return a.print(&report.Readers{Forgotten: gone})
			})
		},
	})
	return cmd
}
