package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"dedupe/collect"
	"dedupe/config"
	"dedupe/report"
	"dedupe/storage"
)

func newSources(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sources",
		Short: "Print how each source of config.yaml went, try them, and add some",
		Long: `Sources prints the sources of config.yaml: when a run looked at each last, what it found, how much of
that was new or rejected, and of those that fail why and since when.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var stored []storage.Source
			err := a.job.ReadStore(cmd.Context(), func(s *storage.Store, _ *storage.View) (err error) {
				stored, err = s.Sources(cmd.Context())
				return err
			})
			if err != nil && !errors.Is(err, fs.ErrNotExist) { // nothing has been run yet
				return err
			}
			return a.print(report.NewSources(collect.States(a.settings().Sources, stored)))
		},
	}
	cmd.AddCommand(newSourcesCheck(a), newSourcesAdd(a))
	return cmd
}

func newSourcesCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "check [NAME...]",
		Short: "Try sources without storing anything",
		Long: `Check reads the sources of config.yaml, or those that are named, and each feed of a list: how many records they have,
with how many whole texts, and whether the first page that is needed can be read. Nothing is stored.
` + exitCodes,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, names []string) error {
			sources := slices.Clone(a.settings().Sources)
			for _, name := range names {
				if !slices.ContainsFunc(sources, func(s config.Source) bool { return s.Name == name }) {
					return usagef("sources check: there is no source %q in config.yaml", name)
				}
			}
			if len(names) > 0 {
				sources = slices.DeleteFunc(sources, func(s config.Source) bool { return !slices.Contains(names, s.Name) })
			}
			client := a.job.Client()
			defer client.Close()
			results, err := collect.Check(cmd.Context(), a.job.Collecting(client, a.job.Input(), sources))
			if err != nil {
				return err
			}
			list := report.NewCheckedSources(results)
			if err := a.print(list); err != nil {
				return err
			}
			if list.Failed > 0 {
				return withCode(exitRejected, fmt.Errorf("%d of %d sources cannot be read", list.Failed, len(list.Sources)))
			}
			return nil
		},
	}
}

// addOptions are the flags of dedupe sources add.
type addOptions struct {
	name, outlet, language string
	every                  time.Duration
	inbox                  bool
}

func newSourcesAdd(a *app) *cobra.Command {
	var o addOptions
	cmd := &cobra.Command{
		Use:   "add URL|FILE|FOLDER",
		Short: "Find out what an address or path is, and write it into config.yaml",
		Long: `Add takes the address of a feed, of a page that names its feed, or of a list of feeds (OPML), or a file or folder.
It looks what it is, and writes an entry to the end of "sources" in config.yaml, which is left as it stands otherwise.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.addSource(cmd.Context(), args[0], o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.name, "name", "", "what it is called (default its host, or its path)")
	f.StringVar(&o.outlet, "outlet", "", "whose its articles are, whatever they say")
	f.StringVar(&o.language, "language", "", "the language of its articles")
	f.DurationVar(&o.every, "every", 0, "how often it is read (default by every run)")
	f.BoolVar(&o.inbox, "inbox", false, "a folder that files are dropped into: each is read once and moved to its folder done")
	return cmd
}

func (a *app) addSource(ctx context.Context, where string, o addOptions) error {
	file := a.config.File
	if file == "" {
		return usagef(`sources add: there is no config.yaml to write it into: "dedupe init" makes one`)
	}
	client := a.job.Client()
	defer client.Close()
	found, err := collect.Find(ctx, client, where, o.inbox)
	if err != nil {
		return err
	}
	s := found.Source
	if s.Path != "" {
		path, err := config.Beside(file, s.Path)
		if err != nil {
			return err
		}
		if path != s.Path {
			s.Path, s.Name = path, path
		}
	}
	if o.name != "" {
		s.Name = o.name
	}
	s.Outlet, s.Language, s.Every = o.outlet, o.language, o.every
	added := []config.Source{s}
	if err := config.AddSources(file, added); err != nil {
		return err
	}
	return a.print(report.NewAdded(file, &found, &added[0]))
}
