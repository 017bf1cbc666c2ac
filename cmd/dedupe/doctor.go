package main

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"dedupe/basis"
	"dedupe/doctor"
	"dedupe/report"
	"dedupe/storage"
)

// doctorOptions are the flags of dedupe doctor.
type doctorOptions struct {
	samples, size int
	format        string
}

func newDoctor(a *app) *cobra.Command {
	var o doctorOptions
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look for what is wrong with the database and say what to do",
		Long: `Doctor looks at the file, every stored row (each text is held against its hash, all that is packed is decoded, and the
figures of each pair are checked), which version and settings made it, the last run, the settings, the recall of candidate search (measured against comparing
everything with everything in samples of consecutive articles), boilerplate that looks like story, clusters that look
chained, outlets without dates, ids that several articles share, and what drifted in the last 30 days of articles
against the 30 before. It changes nothing. Each finding is good, one to look at, or bad, for which the exit code is 1;
for damaged rows alone, which all else steps over, it is 4.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			format, err := a.format(o.format, report.Text, report.JSON)
			if err != nil {
				return err
			}
			if o.samples < 1 || o.samples > 1000 || o.size < 2 || o.size > 10000 {
				return usagef("--samples: want a number from 1 to 1000, --size from 2 to 10000")
			}
			return a.doctor(cmd.Context(), o, format)
		},
	}
	cmd.Flags().IntVar(&o.samples, "samples", 5, "how many samples candidate search is measured on")
	cmd.Flags().IntVar(&o.size, "size", 400, "articles a sample")
	cmd.Flags().StringVar(&o.format, "format", "", "text or json (default text, or json with --json)")
	return cmd
}

func (a *app) doctor(ctx context.Context, o doctorOptions, format report.Format) error {
	return a.job.ReadStore(ctx, func(store *storage.Store, view *storage.View) error {
		noted, err := a.job.Basis(store).Noted(ctx)
		if err != nil {
			return err
		}
		look := doctor.Options{View: view, Noted: noted, Samples: o.samples, Size: o.size, Shingle: a.settings().Text.ShingleSize, Now: a.now(), Progress: a.progress.At}
		if look.Refused = a.job.Basis(store).CheckTexts(ctx); look.Refused == nil {
			changes, err := a.job.Basis(store).Changed(ctx, basis.Links)
			if err != nil {
				return err
			}
			look.Changed = basis.Join(changes)
			if look.Engine, err = a.job.Engine(ctx, store); err != nil {
				return err
			}
		}
		result, err := doctor.Look(ctx, look)
		a.progress.End()
		if err != nil {
			return err
		}
		a.job.Damage.Forget() // all of them are in the finding
		if err := a.printAs(result, format); err != nil {
			return err
		}
		switch bad := result.Bad(); {
		case slices.Equal(bad, []string{doctor.Rows}):
			return withCode(exitRejected, errors.New("stored rows are damaged: see above"))
		case len(bad) > 0:
			return errors.New("something is wrong: see above")
		}
		return nil
	})
}
