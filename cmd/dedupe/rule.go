package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"dedupe/config"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/review"
	"dedupe/storage"
)

// newRuling returns a command by which a person decides something, with a note where it takes one.
func (a *app) newRuling(cmd *cobra.Command, noted bool, decide func(ctx context.Context, p review.Person, args []string) (engine.Ruling, error)) *cobra.Command {
	var note string
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkNote(note); err != nil {
			return err
		}
		return a.rule(cmd.Context(), subcommand(cmd), func(v *storage.View) (engine.Ruling, error) {
			return decide(cmd.Context(), review.Person{View: v, At: a.now(), Note: note}, args)
		})
	}
	if noted {
		cmd.Flags().StringVar(&note, "note", "", "why")
	}
	return cmd
}

// subcommand is what a command is called after the name of the program: "label add".
func subcommand(cmd *cobra.Command) string {
	return strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
}

func checkNote(note string) error {
	if len(note) > report.MaxNote {
		return usagef("--note: want at most %d bytes", report.MaxNote)
	}
	return nil
}

// rule stores what a person decides, under the lock, and prints what it did.
func (a *app) rule(ctx context.Context, command string, ruling func(*storage.View) (engine.Ruling, error)) error {
	return a.job.Change(ctx, command, func(store *storage.Store) error {
		out, err := a.ruleIn(ctx, store, command, ruling)
		if err != nil || out == nil {
			return err
		}
		return a.print(out)
	})
}

// ruleIn stores what a person decides. It returns nil when that is nothing.
func (a *app) ruleIn(ctx context.Context, store *storage.Store, command string, ruling func(*storage.View) (engine.Ruling, error)) (*report.Ruled, error) {
	view, err := store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	before, err := report.NewBefore(ctx, view)
	if err != nil {
		return nil, err
	}
	r, err := ruling(view)
	if err != nil || len(r.Decide)+len(r.Retract)+len(r.Pin)+len(r.Unpin) == 0 {
		return nil, err
	}
	engine, err := a.job.Engine(ctx, store)
	if err != nil {
		return nil, err
	}
	out, err := review.Rule(ctx, engine, command, a.settings().Hash(config.Links), r)
	if contradicted := new(review.ContradictionError); errors.As(err, &contradicted) {
		lines, err := report.Contradictions(ctx, view, contradicted.List)
		if err != nil {
			return nil, err
		}
		return nil, list(lines)
	}
	if err != nil {
		return nil, err
	}
	for _, u := range out.Unmet {
		said, err := report.Said(ctx, view, append([]storage.Decision{u.Decision}, u.By...)...)
		if err != nil {
			return nil, err
		}
		a.log.Warn("stored, but the two clusters stay apart: other decisions keep members of them apart", "decision", said[0], "others", strings.Join(said[1:], ", "))
	}
	after, err := store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer after.Close()
	return before.Ruled(ctx, after, r, out)
}
