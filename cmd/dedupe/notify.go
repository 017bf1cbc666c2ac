package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"dedupe/notify"
	"dedupe/report"
	"dedupe/storage"
)

func newNotify(a *app) *cobra.Command {
	var test, dry, skip bool
	cmd := &cobra.Command{
		Use:   "notify",
		Short: "Tell what is new now, or try who is told of it",
		Long: `Notify tells the program or address that stands under "notify" in config.yaml of the clusters that are new and that it has
not taken yet; a run does so at its end. --test sends an event of a cluster that there is not, to try it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch o := a.notifying(); {
			case !a.settings().Notify.On():
				return usagef("notify: nobody is to be told: set notify.command or notify.url in config.yaml")
			case test:
				return a.testNotify(cmd.Context(), o)
			case dry:
				return a.job.Read(cmd.Context(), func(v *storage.View) error { return a.printEvents(cmd.Context(), v, o) })
			case skip:
				return a.job.Write(cmd.Context(), func(s *storage.Store) error { return s.SkipNotifications(cmd.Context()) })
			}
			return a.job.Write(cmd.Context(), func(s *storage.Store) error {
				r, err := a.deliver(cmd.Context(), s)
				if err == nil {
					err = a.print(&report.Notified{Told: r.Told, Waiting: r.Waiting})
				}
				if err == nil && r.Failed != nil {
					err = fmt.Errorf("tell what is new: %w", r.Failed)
				}
				return err
			})
		},
	}
	f := cmd.Flags()
	f.BoolVar(&test, "test", false, "send an event of a cluster that there is not")
	f.BoolVar(&dry, "dry-run", false, "print the events that wait, one a line, and send none")
	f.BoolVar(&skip, "skip", false, "let all that waits count as told")
	cmd.MarkFlagsMutuallyExclusive("test", "dry-run", "skip")
	return cmd
}

// notifying says who is told by the settings in force.
func (a *app) notifying() notify.Options {
	n := a.settings().Notify
	return notify.Options{Command: n.Command, URL: n.URL, Agent: a.settings().Fetch.UserAgent, Timeout: n.Timeout, Texts: n.Texts, Now: a.now}
}

func (a *app) testNotify(ctx context.Context, o notify.Options) error {
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	if err := o.Test(ctx); err != nil {
		return fmt.Errorf("send a test: %w", err)
	}
	a.log.Info("the test was taken")
	return nil
}

func (a *app) printEvents(ctx context.Context, v *storage.View, o notify.Options) error {
	s, err := a.survey(ctx, v)
	if err != nil {
		return err
	}
	return notify.Preview(ctx, a.stdout, v, s, o.Texts)
}

// deliver queues what is new and tells it.
func (a *app) deliver(ctx context.Context, store *storage.Store) (r notify.Result, err error) {
	if err := store.QueueNotifications(ctx, a.settings().Notify.MinOutlets); err != nil {
		return r, err
	}
	view, err := store.View(ctx)
	if err != nil {
		return r, err
	}
	defer view.Close()
	s, err := a.survey(ctx, view)
	if err != nil {
		return r, err
	}
	return notify.Deliver(ctx, store, view, s, a.notifying())
}

// tell tells at the end of a run what is new, where somebody is to be told. That fails no run:
// what could not be told waits for the next one. It is said once while the receiver fails.
func (a *app) tell(ctx context.Context, store *storage.Store) {
	if !a.settings().Notify.On() {
		return
	}
	_ = a.stdout.Flush() // nobody waits for results meanwhile; a failure is met again at the end
	r, err := a.deliver(ctx, store)
	switch {
	case errors.Is(err, context.Canceled): // the run is stopped, and all is stored
	case err != nil:
		a.log.Warn("what is new was not told; the next run tries again", "reason", err)
	case r.Failed != nil && r.Before.IsZero():
		a.log.Warn("what is new was not told; each run tries again", "waiting", r.Waiting, "reason", r.Failed)
	case r.Told > 0 && !r.Before.IsZero():
		a.log.Info("what is new is told again", "told", r.Told, "failed since", r.Before.Format(time.RFC3339))
	}
}
