package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dedupe/config"
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
const exitCodes = `Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 another run holds the lock,
4 done but some input was rejected.`

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
// with. An error from before a command's own work began is one of usage.
func (a *app) exit(err error) int {
	if err == nil {
		return exitDone
	}
	code := exitFailed
	if !a.started {
		code = exitUsage
	}
	if c := (coded{}); errors.As(err, &c) {
		code = c.code
	}
	if errors.As(err, new(*config.Error)) {
		code = exitUsage
	}
	if errors.Is(err, context.Canceled) {
		err = errors.New("stopped; what was committed stays, and the next run goes on from there")
	}
	for line := range strings.Lines(err.Error()) {
		if line = strings.TrimSpace(line); line != "" {
			fmt.Fprintf(a.stderr, "dedupe: %s\n", line)
		}
	}
	if code == exitUsage && !a.started {
		fmt.Fprintln(a.stderr, `dedupe: "dedupe --help" lists the commands, "dedupe COMMAND --help" the flags of one`)
	}
	return code
}
