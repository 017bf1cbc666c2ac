package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dedupe/basis"
	"dedupe/config"
	"dedupe/report"
	"dedupe/storage"
)

// Exit codes, as the manual has them.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitLocked   = 3
	exitRejected = 4
)

// exitCodes is the part of every help that says what the codes mean.
const exitCodes = `
Exit codes:
  0  done
  1  failed
  2  wrong usage or configuration
  3  another run holds the lock or has begun
  4  done, but some input was rejected or stored rows were skipped`

// coded is an error that asks for an exit code of its own.
type coded struct {
	code int
	err  error
}

func (c coded) Error() string { return c.err.Error() }
func (c coded) Unwrap() error { return c.err }

// withCode gives err an exit code. A command that is done but rejected input
// returns withCode(exitRejected, ...) with what is to be said last.
func withCode(code int, err error) error { return coded{code, err} }

// usagef returns an error in the use of a command: exit code 2.
func usagef(format string, args ...any) error {
	return withCode(exitUsage, fmt.Errorf(format, args...))
}

// exit prints err, if any, to standard error and returns the code to exit
// with. An error from before a command's own work began is one of usage. Stored rows that
// were skipped, be it the one that was asked for, make a failure of nothing.
func (a *app) exit(err error) int {
	a.progress.End()
	if skipped := a.tellDamage(); skipped != "" {
		switch c := (coded{}); {
		case err == nil:
			err = withCode(exitRejected, errors.New(skipped))
		case errors.Is(err, storage.ErrNotFound), errors.As(err, &c) && c.code == exitRejected:
			err = withCode(exitRejected, list{err.Error(), skipped})
		}
	}
	code := a.code(err)
	if err == nil {
		return code
	}
	if errors.Is(err, context.Canceled) {
		err = errors.New("stopped; what was committed stays, and the next run goes on from there")
	}
	lines := messages(err, !a.started)
	if code == exitUsage && !a.started {
		lines = append(lines, `"dedupe --help" lists the commands, "dedupe COMMAND --help" the flags of one`)
	}
	for _, line := range lines {
		if a.logsJSON() {
			a.log.Error(line, "exit_code", code)
		} else {
			fmt.Fprintf(a.stderr, "dedupe: %s\n", visible(line))
		}
	}
	return code
}

const maxNamed = 10 // damaged rows that are named

// tellDamage names the rows that were stepped over on standard error. It returns what is to be
// said of them last, or "" where there are none.
func (a *app) tellDamage() string {
	list, more := a.job.Damage.List()
	if len(list) == 0 {
		return ""
	}
	for _, d := range list[:min(len(list), maxNamed)] {
		a.log.Warn("a stored row is damaged and was left out", "row", d.Table+" "+d.Row, "damage", d.What, "mend", d.Mend())
	}
	if n := len(list) - maxNamed; n > 0 {
		a.log.Warn("more stored rows are damaged and were left out", "rows", n)
	}
	many := ""
	if more {
		many = "more than "
	}
	return fmt.Sprintf("%s%s damaged and left out; dedupe doctor lists what is damaged and says what mends it", many, report.Count(len(list), "stored row"))
}

// code is what to exit with after err.
func (a *app) code(err error) int {
	c := coded{}
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, storage.ErrOvertaken), errors.As(err, new(*storage.HeldError)):
		return exitLocked
	case errors.As(err, new(*config.Error)), errors.As(err, new(*basis.Refused)), errors.As(err, new(*storage.NameError)):
		return exitUsage
	case errors.As(err, &c):
		return c.code
	case !a.started:
		return exitUsage
	}
	return exitFailed
}

// list is an error of several lines.
type list []string

func (l list) Error() string { return strings.Join(l, "\n") }

// messages returns what is to be said of err, a line each. Only errors that are
// made of several have several: a line break in the name of a file would look
// like one. Those of the command line quote what they name.
func messages(err error, usage bool) []string {
	joined, isJoined := err.(interface{ Unwrap() []error })
	wrong, several, ambiguous := new(config.Error), list(nil), new(storage.AmbiguousError)
	switch {
	case errors.As(err, &wrong):
		return strings.Split(wrong.Error(), "\n")
	case errors.As(err, &several):
		return several
	case errors.As(err, &ambiguous):
		lines := []string{fmt.Sprintf("find article %s: it may be any of these; give the whole name of one:", ambiguous.Name)}
		for _, c := range ambiguous.Choices {
			lines = append(lines, "  "+c.Name+"  "+report.Beginning(c.Headline))
		}
		if ambiguous.More {
			lines = append(lines, "  and others")
		}
		return lines
	case isJoined && strings.Contains(err.Error(), "\n"):
		var all []string
		for _, e := range joined.Unwrap() {
			all = append(all, messages(e, usage)...)
		}
		return all
	case !usage:
		return []string{err.Error()}
	}
	var all []string
	for line := range strings.Lines(err.Error()) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// visible writes what a terminal may obey as Go escapes: messages hold names of
// files and articles, and arguments.
func visible(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return b.String()
}

// kinds says what the values of flags of a type look like, where they are no
// settings: those are checked by config.
var kinds = map[string]string{
	"int": "a whole number", "int64": "a whole number", "float64": "a number such as 0.98", "bool": "true or false",
	"duration": "a length of time such as 90s or 36h",
}

// flagError says what a flag may be instead of how reading it failed.
func flagError(cmd *cobra.Command, err error) error {
	if unknown := new(pflag.NotExistError); errors.As(err, &unknown) {
		return unknownFlag(cmd, unknown)
	}
	invalid := new(pflag.InvalidValueError)
	if !errors.As(err, &invalid) {
		return errors.New(visible(err.Error()))
	}
	flag := invalid.GetFlag()
	want, known := kinds[flag.Value.Type()]
	if !known {
		return fmt.Errorf("--%s: %q is not allowed: %w", flag.Name, invalid.GetValue(), invalid.Unwrap())
	}
	return fmt.Errorf("--%s: %q is not allowed; want %s", flag.Name, invalid.GetValue(), want)
}
