package main

import (
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"dedupe/config"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/source"
)

// progress draws a line on a terminal that says how far work has come, five times a second,
// also while nothing is heard of the work. Where nothing is to be drawn it is nil, which takes
// all calls.
type progress struct {
	mu    sync.Mutex
	out   io.Writer
	now   func() time.Time
	width int

	what, unit         string
	first, done, total int
	began              time.Time
	asked              func() (done, total int) // each time the line is drawn, if it is not nil
	drawn              bool
	timer              *time.Timer // of the next drawing; nil: nothing is drawn
}

// newProgress returns nil where standard error is no terminal, quiet is asked for, or messages are for programs.
func (a *app) newProgress() *progress {
	if !isTerminal(a.stderr) || a.settings().Output.Quiet || a.settings().Log.Format == config.LogJSON {
		return nil
	}
	return &progress{out: a.stderr, now: a.now, width: helpWidth}
}

// at notes how far work has come. The first note of a kind of work says where it goes on from.
func (p *progress) at(what, unit string, done, total int) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.what != what {
		p.what, p.began, p.first, p.asked = what, p.now(), done, nil
	}
	p.unit, p.done, p.total = unit, done, total
	if p.timer == nil {
		p.timer = time.AfterFunc(pause, p.draw)
	}
}

// counting notes a kind of work that counts by itself.
func (p *progress) counting(what, unit string, asked func() (done, total int)) {
	if p == nil {
		return
	}
	p.at(what, unit, 0, 0)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = asked
}

// pause is how long a drawing of the line stays.
const pause = time.Second / 5

func (p *progress) draw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer == nil {
		return
	}
	p.timer.Reset(pause)
	spent := p.now().Sub(p.began)
	if spent < time.Second/2 {
		return
	}
	if p.asked != nil {
		p.done, p.total = p.asked()
	}
	line := report.Progress(p.what, p.unit, p.first, p.done, p.total, spent)
	fmt.Fprint(p.out, "\r\x1b[K", line[:min(len(line), p.width-1)])
	p.drawn = true
}

// end takes the line away: the work is done.
func (p *progress) end() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
	}
	p.timer, p.what = nil, ""
	p.clear()
}

func (p *progress) clear() {
	if p.drawn {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.drawn = false
	}
}

// overLine is where messages go that may come while a line is drawn.
type overLine struct {
	p *progress
	w io.Writer
}

func (m overLine) Write(text []byte) (int, error) {
	if m.p != nil {
		m.p.mu.Lock()
		defer m.p.mu.Unlock()
		m.p.clear()
	}
	return m.w.Write(text)
}

// results is standard output. On a terminal no progress is drawn over what was printed.
type results struct {
	a *app
	w io.Writer
}

func (r results) Write(text []byte) (int, error) {
	if r.a.terminal {
		r.a.progress.end()
	}
	return r.w.Write(text)
}

// stepped draws the steps of an engine.
func (p *progress) stepped() engine.Progress {
	if p == nil {
		return nil
	}
	return func(step engine.Step, done, total int) { p.at(string(step), "articles", done, total) }
}

// drawnRecords passes records on and draws how much has been read.
func (a *app) drawnRecords(paths []string, in source.Options, records engine.Records) engine.Records {
	if a.progress == nil {
		return records
	}
	size, complete := source.Size(paths, in)
	if !complete {
		size = 0
	}
	const mib = 1 << 20
	return func(yield func(source.Raw, *source.Reject) bool) {
		a.progress.counting("reading", "MiB", func() (done, total int) { return int(in.Progress.Bytes() / mib), int(size / mib) })
		records(yield)
		a.progress.at("storing", "", 0, 0)
	}
}

// written is where a long result goes, whose size is drawn while it is written. On a terminal
// the result itself says enough.
func (a *app) written() io.Writer {
	if a.terminal || a.progress == nil {
		a.progress.end()
		return a.stdout
	}
	w := &counted{w: a.stdout}
	a.progress.counting("writing", "KiB", func() (done, total int) { return int(w.n.Load() / 1024), 0 })
	return w
}

type counted struct {
	w io.Writer
	n atomic.Int64
}

func (c *counted) Write(text []byte) (int, error) {
	c.n.Add(int64(len(text)))
	return c.w.Write(text)
}
