package main

import (
	"bufio"
	"io"
	"log/slog"
	"os"
	"time"

	"dedupe/config"
	"dedupe/job"
	"dedupe/report"
	"dedupe/terminal"
)

// app is what every command is given.
type app struct {
	stdin  io.Reader
	stdout *bufio.Writer // results; flushed when the command ends
	stderr io.Writer     // for progress; messages go through log
	now    func() time.Time

	// These are there once the command itself is reached.
	config   *config.Loaded
	log      *slog.Logger
	progress *terminal.Line // nil: nothing is drawn
	job      *job.Job
	started  bool // the command itself was reached
	terminal bool // standard output is a terminal
}

func newApp(stdin io.Reader, stdout, stderr io.Writer) *app {
	a := &app{stdin: stdin, stderr: stderr, now: time.Now, terminal: terminal.Is(stdout), job: &job.Job{Now: time.Now, Stdin: stdin, Program: built().line()}}
	a.stdout = bufio.NewWriterSize(results{a, stdout}, 1<<16)
	return a
}

// settings is shorter for the settings in force.
func (a *app) settings() *config.Config { return &a.config.Config }

// color says whether results may be coloured.
func (a *app) color() bool {
	return a.terminal && !a.settings().Output.NoColor && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// newProgress returns nil where standard error is no terminal, quiet is asked for, or messages are for programs.
func (a *app) newProgress() *terminal.Line {
	if !terminal.Is(a.stderr) || a.settings().Output.Quiet || a.settings().Log.Format == config.LogJSON {
		return nil
	}
	return terminal.NewLine(a.stderr, a.now, helpWidth)
}

// results is standard output. On a terminal no progress is drawn over what was printed.
type results struct {
	a *app
	w io.Writer
}

func (r results) Write(text []byte) (int, error) {
	if r.a.terminal {
		r.a.progress.End()
	}
	return r.w.Write(text)
}

// written is where a long result goes. On a terminal the result itself says how far it is.
func (a *app) written() io.Writer {
	if a.terminal {
		a.progress.End()
		return a.stdout
	}
	return a.progress.Written(a.stdout)
}

// logsJSON says whether messages are JSON. Mistakes in the settings are text, for they are met
// before it is known.
func (a *app) logsJSON() bool { return a.log != nil && a.settings().Log.Format == config.LogJSON }

// newLogger returns the logger of every command, on standard error. Of text, times are left
// out unless everything is wanted; cron and journald add their own.
func newLogger(w io.Writer, o config.Output, format string) *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.LevelInfo}
	switch {
	case o.Quiet:
		options.Level = slog.LevelWarn
	case o.Verbose:
		options.Level = slog.LevelDebug
	}
	if format == config.LogJSON {
		return slog.New(slog.NewJSONHandler(report.EscapeJSON(w), options))
	}
	options.ReplaceAttr = func(groups []string, attr slog.Attr) slog.Attr {
		if len(groups) == 0 && attr.Key == slog.TimeKey && !o.Verbose {
			return slog.Attr{}
		}
		return attr
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// printJSON prints one result as JSON.
func (a *app) printJSON(v any) error {
	a.progress.End()
	e := report.NewJSON(a.stdout)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
