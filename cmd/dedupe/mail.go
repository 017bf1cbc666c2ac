package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dedupe/report"
	"dedupe/storage"
)

// defaultReader is the reader of --since-last alone; switchedOff is what --since-last=false
// says, which was a switch once.
const (
	defaultReader = "default"
	switchedOff   = "false"
)

// choosing are the flags that choose clusters: each choice has a place of its own.
var choosing = []string{"since", "until", "outlet", "owner", "kind", "language", "query", "new", "suspicious", "min-outlets"}

// mail prints what a reader has not seen, then notes how far it came: what could not be
// written comes again. It prints nothing where there is nothing.
func mail(cmd *cobra.Command, a *app, o reportOptions) error {
	format, err := a.format(o.format, report.Text, report.JSON, report.CSV, report.Markdown, report.HTML)
	if err != nil {
		return err
	}
	filter, err := o.filter(a)
	if err != nil {
		return err
	}
	const maxReader = 100 // bytes
	reader := strings.TrimSpace(o.sinceLast)
	switch {
	case reader == "" || len(reader) > maxReader || visible(reader) != reader:
		return usagef("--since-last: %q is no reader; want a name of 1 to %d letters, as in --since-last=anna", o.sinceLast, maxReader)
	case cmd.Flags().Changed("page"):
		return usagef("--page does not go with --since-last: the next mail has what this one leaves")
	case reader == "true":
		reader = defaultReader
	}
	ask := report.Asked{Reader: reader, Chosen: commandLine(cmd, func(name string) bool { return slices.Contains(choosing, name) }),
		New: o.fresh, More: "dedupe report" + commandLine(cmd, func(name string) bool { return name != "limit" && name != "dry-run" }) + " --limit 0", Now: a.now(),
		Query: report.Query{Filter: filter, Suspicious: o.suspicious, Sort: storage.Newest, Limit: a.settings().Report.Limit}}
	if o.sorted && a.settings().Report.Sort == "largest" {
		ask.Query.Sort = storage.Largest
	}
	return a.job.Write(cmd.Context(), func(store *storage.Store) error {
		m, err := a.printMail(cmd.Context(), store, ask, format)
		if err != nil || o.dry {
			return err
		}
		if err := a.stdout.Flush(); err != nil {
			return fmt.Errorf("write results: %w", err)
		}
		return m.Seen(cmd.Context(), store)
	})
}

func (a *app) printMail(ctx context.Context, store *storage.Store, ask report.Asked, format report.Format) (*report.Mail, error) {
	view, err := store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	s, err := a.survey(ctx, view)
	if err != nil {
		return nil, err
	}
	m, err := s.Mail(ctx, ask)
	switch {
	case err != nil || m.Empty():
		return m, err
	case format == report.HTML:
		return m, report.WriteMail(a.stdout, m, report.Options{Zone: a.settings().Report.Zone()})
	case format == report.CSV && m.Left > 0: // which has no room for it
		a.log.Warn("not all that is new is in this table; the next one has the rest", "left", m.Left, "all", m.More)
	}
	return m, a.printAs(m, format)
}

// commandLine writes those of a command's flags that are given and asked for, each after a
// space, as a shell takes them.
func commandLine(cmd *cobra.Command, asked func(name string) bool) string {
	var b strings.Builder
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if !asked(f.Name) {
			return
		}
		b.WriteString(" --" + f.Name)
		if value := f.Value.String(); value != f.NoOptDefVal {
			b.WriteString("=" + report.Shell(value))
		}
	})
	return b.String()
}
