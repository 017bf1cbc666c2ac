package main

import (
	"fmt"
	"time"

	"dedupe/detect"
	"dedupe/source"
)

// drawing returns a function that draws a line of progress on a terminal, at most five times a
// second; nil where none is wanted.
func (a *app) drawing() func(line func() string) {
	if !isTerminal(a.stderr) || a.settings().Output.Quiet {
		return nil
	}
	last := a.now()
	return func(line func() string) {
		if now := a.now(); now.Sub(last) >= time.Second/5 {
			last = now
			fmt.Fprint(a.stderr, "\r\x1b[K", line())
		}
	}
}

// clearLine takes the line away.
func (a *app) clearLine() {
	if a.drawing() != nil {
		fmt.Fprint(a.stderr, "\r\x1b[K")
	}
}

// drawnRecords passes records on and draws how far it has come.
func (a *app) drawnRecords(paths []string, in source.Options, records detect.Records) detect.Records {
	draw := a.drawing()
	if draw == nil {
		return records
	}
	total, complete := source.Size(paths, in)
	const mib = 1 << 20
	line := func() string {
		if p := in.Progress; complete && total > 0 {
			return fmt.Sprintf("%d files, %d of %d MiB", p.Files(), p.Bytes()/mib, total/mib)
		}
		return fmt.Sprintf("%d files, %d MiB", in.Progress.Files(), in.Progress.Bytes()/mib)
	}
	return func(yield func(source.Raw, *source.Reject) bool) {
		for raw, reject := range records {
			draw(line)
			if !yield(raw, reject) {
				break
			}
		}
		a.clearLine()
	}
}

// drawnSteps returns a function that draws how far work has come, and how fast it goes.
func (a *app) drawnSteps() func(step detect.Step, done, total int) {
	draw := a.drawing()
	if draw == nil {
		return nil
	}
	var step detect.Step
	var began time.Time
	first := 0
	return func(now detect.Step, done, total int) {
		if now != step { // the first report of a step tells where it goes on from
			step, began, first = now, a.now(), done
		}
		draw(func() string {
			line := fmt.Sprintf("%s: %d of %d articles", step, done, total)
			if spent := a.now().Sub(began).Seconds(); spent > 1 {
				line += fmt.Sprintf(", %.0f a second", float64(done-first)/spent)
			}
			return line
		})
	}
}

// drawnRows returns a function that draws how many rows have been looked at.
func (a *app) drawnRows() func(done, total int) {
	draw := a.drawing()
	if draw == nil {
		return nil
	}
	return func(done, total int) {
		draw(func() string { return fmt.Sprintf("%d of %d rows", done, total) })
	}
}
