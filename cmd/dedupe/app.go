package main

import (
	"bufio"
	"io"
	"log/slog"
	"os"
	"time"

	"dedupe/config"
	"dedupe/report"
)

// app is what every command is given.
type app struct {
	stdin  io.Reader
	stdout *bufio.Writer // results; flushed when the command ends
	stderr io.Writer     // for progress; messages go through log
	now    func() time.Time

	// These are there once the command itself is reached.
	config *config.Loaded
	log    *slog.Logger

	progress *progress

	damage damage // stored rows that the command stepped over

	started  bool // the command itself was reached
	terminal bool // standard output is a terminal
}

func newApp(stdin io.Reader, stdout, stderr io.Writer) *app {
	a := &app{stdin: stdin, stderr: stderr, now: time.Now, terminal: isTerminal(stdout)}
	a.stdout = bufio.NewWriterSize(results{a, stdout}, 1<<16)
	return a
}

// settings is shorter for the settings in force.
func (a *app) settings() *config.Config { return &a.config.Config }

// color says whether results may be coloured.
func (a *app) color() bool {
	return a.terminal && !a.settings().Output.NoColor && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// isTerminal says whether w is a character device: a terminal, or /dev/null,
// which does not mind.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
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
	a.progress.end()
	e := report.NewJSON(a.stdout)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
