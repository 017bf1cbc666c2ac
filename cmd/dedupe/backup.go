package main

import "github.com/spf13/cobra"

func newBackup(a *app) *cobra.Command {
	var overwrite bool
	cmd := &cobra.Command{
		Use:   "backup FILE|-",
		Short: "Copy the database into a file, also while a run is at work, and verify the copy",
		Long: `Backup copies the database as it is at this moment into a file, or to standard output for "-", while runs go on. The
copy is read whole and its rows are counted before it gets its name; one that is not as good as the database is not kept.
A file that is there is left alone unless --overwrite is given; then it is replaced at once when the new one is whole.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			copied, err := a.job.Backup(cmd.Context(), args[0], overwrite, a.stdout)
			if err != nil || copied == nil {
				return err
			}
			return a.print(copied)
		},
	}
	cmd.Flags().BoolVar(&overwrite, "overwrite", false, "replace FILE where it is there")
	return cmd
}

func newRestore(a *app) *cobra.Command {
	var overwrite bool
	cmd := &cobra.Command{
		Use:   "restore FILE|-",
		Short: "Put a backup in the place of the database",
		Long: `Restore puts a copy of a backup, or of standard input for "-", in the place of the database that --db or config.yaml
names. The backup is read whole first: only a database of dedupe is taken, of this version or an earlier one, which the
next run brings up to date. While a run is at work nothing is done (exit code 3). A database that is there is left alone
unless --overwrite is given. At any moment either the old database is there or the new one. Rows that were damaged in
the backup are named at the end (exit code 4).`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			copied, err := a.job.Restore(cmd.Context(), args[0], overwrite)
			if err != nil {
				return err
			}
			return a.print(copied)
		},
	}
	cmd.Flags().BoolVar(&overwrite, "overwrite", false, "replace the database where it is there")
	return cmd
}
