package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"dedupe/boilerplate"
	"dedupe/notices"
	"dedupe/report"
	"dedupe/similarity"
	"dedupe/storage"
)

func newBoilerplate(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "boilerplate",
		Short: "List and decide what is the page's text and not the story's",
		Long: `Boilerplate is what stands on pages and belongs to no story: sign-in prompts, cookie notes, footers. Dedupe
learns it from passages that unrelated stories share, and leaves it out when it compares. These commands show what it
has learned and let a person overrule it.

Notices that dedupe knows in advance are left out wherever they stand: consent notes, paywalls, robot checks, appeals
for gifts. The list says "known notice" of a passage that has one; "boilerplate allow" makes it story again. The settings
boilerplate.known_notices and boilerplate.notices switch them off and add others.

A decision holds from the next article on. Links that are stored are judged again by the next "dedupe recluster".`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usagef("boilerplate: want one of list, allow, block, forget")
		},
	}
	cmd.AddCommand(newBoilerplateList(a), newBoilerplateBlock(a),
		a.newDecision("allow", "Hold a learned passage to be story after all",
			`Allow takes passages, by their numbers in "dedupe boilerplate list", out of what is left out: they are compared
like any other text, and never learned again.`,
			func(ctx context.Context, s *storage.Store, id int64) error { return s.AllowBoilerplate(ctx, id) }),
		a.newDecision("forget", "Take back what a person decided on a passage",
			`Forget takes back decisions on passages, by their numbers in "dedupe boilerplate list": one that was blocked is
gone, and one that was allowed is again what the stored articles say of it.`,
			func(ctx context.Context, s *storage.Store, id int64) error { return a.job.Basis(s).Forget(ctx, id) }))
	return cmd
}

func newBoilerplateList(a *app) *cobra.Command {
	var state string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Print every passage with an article that has it",
		Args:  cobra.NoArgs,
	}
	format := a.formatFlag(cmd, report.Text, report.JSON, report.CSV)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		format, err := format()
		if err != nil {
			return err
		}
		if state != "" && state != report.KnownNotice && !slices.Contains(storage.BoilerplateStates, state) {
			return usagef("--state: %q is not allowed; want learned, allowed, blocked or known", state)
		}
		c := a.settings()
		known := notices.New(c.Boilerplate.KnownNotices, c.Boilerplate.Notices)
		return a.job.Read(cmd.Context(), func(v *storage.View) (err error) {
			var list *report.Boilerplate
			if state == report.KnownNotice {
				list, err = report.ReadNotices(cmd.Context(), v, known)
			} else {
				list, err = report.ReadBoilerplate(cmd.Context(), v, state, c.Text.ShingleSize, known)
			}
			if err != nil {
				return err
			}
			return a.printAs(list, format)
		})
	}
	cmd.Flags().StringVar(&state, "state", "", "only passages that are learned, allowed or blocked; or known: reads all articles for notices that are known in advance")
	return cmd
}

func newBoilerplateBlock(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "block TEXT|-",
		Short: "Hold a passage to be boilerplate",
		Long: fmt.Sprintf(`Block leaves a passage out of every comparison from now on, as if it had been learned. Give its text as it
stands on the page, or "-" to read it from standard input; at least %d words, for a shorter one would be a phrase of
the language.`, boilerplate.MinPassage),
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.blockBoilerplate(cmd.Context(), args[0]) },
	}
}

// maxBlocked bounds a passage given by a person, in bytes.
const maxBlocked = 64 << 10

func (a *app) blockBoilerplate(ctx context.Context, passage string) error {
	if passage == "-" {
		data, err := io.ReadAll(io.LimitReader(a.stdin, maxBlocked+1))
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
		passage = string(data)
	}
	passage = strings.TrimSpace(passage)
	if len(passage) > maxBlocked || !utf8.ValidString(passage) {
		return usagef("boilerplate block: want UTF-8 text of at most %d bytes", maxBlocked)
	}
	builder := similarity.Builder{K: a.settings().Text.ShingleSize}
	profile := builder.Build("", "", passage, nil)
	if words := profile.Len(); words < boilerplate.MinPassage || profile.Count() == 0 {
		return usagef("boilerplate block: the text has %d words; want at least %d", words, max(boilerplate.MinPassage, builder.K))
	}
	return a.job.Change(ctx, "boilerplate block", func(s *storage.Store) error {
		if err := a.job.Basis(s).CheckTexts(ctx); err != nil { // another shingle size would make other shingles
			return err
		}
		id, err := s.Block(ctx, passage, profile.Shingles(nil))
		if err != nil {
			return err
		}
		a.decided("block", id)
		return nil
	})
}

// newDecision returns a command that does something to each of the passages of the given numbers.
func (a *app) newDecision(verb, short, long string, do func(context.Context, *storage.Store, int64) error) *cobra.Command {
	return &cobra.Command{
		Use: verb + " ID...", Short: short, Long: long,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var ids []int64
			for _, arg := range args {
				id, err := strconv.ParseInt(arg, 10, 64)
				if err != nil {
					return usagef("boilerplate %s: %q is no number of a passage; `dedupe boilerplate list` shows them", verb, arg)
				}
				ids = append(ids, id)
			}
			return a.job.Change(cmd.Context(), "boilerplate "+verb, func(s *storage.Store) error {
				for _, id := range ids {
					if err := do(cmd.Context(), s, id); err != nil {
						return err
					}
					a.decided(verb, id)
				}
				return nil
			})
		},
	}
}

// decided says what a decision on a passage does from now on.
func (a *app) decided(verb string, id int64) {
	a.log.Info("stored; links that are there are judged again by the next `dedupe recluster`", "boilerplate", verb, "passage", id)
}
