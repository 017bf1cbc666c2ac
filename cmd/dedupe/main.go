//go:build !man

package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

// The heap is mostly what the run keeps at hand; collecting when garbage has come to half
// of that, and not to as much again, costs a few percent of time and takes a quarter
// less memory. GOGC and GOMEMLIMIT still have the last word.
func init() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}

// grace is how long a command may go on after a signal: several batches.
const grace = 15 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() {
		stop() // a second signal ends the process at once
		// So does patience with what cannot be told to stop, such as the wait for
		// somebody to write to a pipe. What is committed is whole all the same.
		time.Sleep(grace)
		os.Exit(exitFailed)
	})
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
