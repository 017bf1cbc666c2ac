package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dedupe/report"
	"dedupe/terminal"
)

// print writes a result to standard output, as JSON where --json asks for it.
func (a *app) print(r report.Result) error {
	format, err := a.format("", report.Text, report.JSON)
	if err != nil {
		return err
	}
	return a.printAs(r, format)
}

func (a *app) printAs(r report.Result, format report.Format) error {
	a.progress.End()
	return report.Write(a.stdout, r, report.Options{Format: format, Color: a.color(), Width: a.width(), Zone: a.settings().Report.Zone()})
}

// format returns the format that --format names, which is one of those allowed.
// Where it names none it is JSON under --json, otherwise the first allowed.
func (a *app) format(name string, allowed ...report.Format) (report.Format, error) {
	var names []string
	for _, f := range allowed {
		names = append(names, string(f))
	}
	switch {
	case name == "" && a.settings().Output.JSON && slices.Contains(allowed, report.JSON):
		return report.JSON, nil
	case name == "":
		return allowed[0], nil
	case slices.Contains(allowed, report.Format(name)):
		return report.Format(name), nil
	}
	return "", usagef("--format: %q is not allowed; want %s", name, strings.Join(names, ", "))
}

// formatFlag gives a command the flag --format, whose values are those allowed, and returns what
// reads it.
func (a *app) formatFlag(cmd *cobra.Command, allowed ...report.Format) func() (report.Format, error) {
	name := cmd.Flags().String("format", "", formatHelp(allowed))
	return func() (report.Format, error) { return a.format(*name, allowed...) }
}

// formatHelp says what a format may be: "text, json or csv (default text, or json with --json)".
func formatHelp(allowed []report.Format) string {
	var names []string
	for _, f := range allowed {
		names = append(names, string(f))
	}
	last := len(names) - 1
	help := strings.Join(names[:last], ", ") + " or " + names[last] + " (default " + names[0]
	if slices.Contains(allowed, report.JSON) {
		help += ", or json with --json"
	}
	return help + ")"
}

// given opens a file that a person names, which is standard input for "-".
func (a *app) given(path string, read func(io.Reader) error) error {
	if path == "-" {
		return read(a.stdin)
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return read(file)
}

// width returns the columns that results are laid out for; 0 is no limit.
func (a *app) width() int {
	if !a.terminal && os.Getenv("COLUMNS") == "" {
		return 0
	}
	return terminal.Columns()
}

// listGiven lists rejected lines of files that people gave on standard error, the
// first of them, and returns the error to end with: nil where there are none.
func (a *app) listGiven(rejects []report.Reject) error {
	if len(rejects) == 0 {
		return nil
	}
	list := &report.Rejects{Rejects: rejects[:min(len(rejects), maxListed)], More: max(0, len(rejects)-maxListed)}
	if err := a.logRejects(list); err != nil {
		return err
	}
	return withCode(exitRejected, fmt.Errorf("%d of the records were not taken", len(rejects)))
}

// logRejects lists rejected records on standard error.
func (a *app) logRejects(list *report.Rejects) error {
	if !a.logsJSON() {
		return report.Write(a.stderr, list, report.Options{})
	}
	for _, r := range list.Rejects {
		a.log.Warn("rejected", "path", r.Path, "line", r.Line, "reason", r.Reason, "kept", r.Kept)
	}
	if more := list.More - list.Known; more > 0 {
		a.log.Warn("more were rejected or taken with a warning", "records", more)
	}
	return nil
}
