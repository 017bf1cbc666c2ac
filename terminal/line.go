package terminal

import (
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// Line says on a terminal how far work has come. It is drawn five times a second, also while
// nothing is heard of the work. Where nothing is to be drawn it is nil, which takes all calls.
type Line struct {
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

// NewLine returns a line that is drawn on out, at most columns wide.
func NewLine(out io.Writer, now func() time.Time, columns int) *Line {
	return &Line{out: out, now: now, width: columns}
}

// At notes how far work has come. The first note of a kind of work says where it goes on from.
func (l *Line) At(what, unit string, done, total int) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.what != what {
		l.what, l.began, l.first, l.asked = what, l.now(), done, nil
	}
	l.unit, l.done, l.total = unit, done, total
	if l.timer == nil {
		l.timer = time.AfterFunc(pause, l.draw)
	}
}

// Count notes a kind of work that counts by itself.
func (l *Line) Count(what, unit string, asked func() (done, total int)) {
	if l == nil {
		return
	}
	l.At(what, unit, 0, 0)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked = asked
}

// Written returns where a long result goes that is written to w: the line says how much it is.
func (l *Line) Written(w io.Writer) io.Writer {
	if l == nil {
		return w
	}
	c := &counted{w: w}
	l.Count("writing", "KiB", func() (done, total int) { return int(c.n.Load() / 1024), 0 })
	return c
}

type counted struct {
	w io.Writer
	n atomic.Int64
}

func (c *counted) Write(text []byte) (int, error) {
	c.n.Add(int64(len(text)))
	return c.w.Write(text)
}

// pause is how long a drawing of the line stays.
const pause = time.Second / 5

func (l *Line) draw() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer == nil {
		return
	}
	l.timer.Reset(pause)
	spent := l.now().Sub(l.began)
	if spent < time.Second/2 {
		return
	}
	if l.asked != nil {
		l.done, l.total = l.asked()
	}
	text := said(l.what, l.unit, l.first, l.done, l.total, spent)
	fmt.Fprint(l.out, "\r\x1b[K", text[:min(len(text), l.width-1)])
	l.drawn = true
}

// End takes the line away: the work is done.
func (l *Line) End() {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer != nil {
		l.timer.Stop()
	}
	l.timer, l.what = nil, ""
	l.clear()
}

func (l *Line) clear() {
	if l.drawn {
		fmt.Fprint(l.out, "\r\x1b[K")
		l.drawn = false
	}
}

// Over returns where messages go to w that may come while the line is drawn.
func (l *Line) Over(w io.Writer) io.Writer {
	if l == nil {
		return w
	}
	return over{l, w}
}

type over struct {
	l *Line
	w io.Writer
}

func (o over) Write(text []byte) (int, error) {
	o.l.mu.Lock()
	defer o.l.mu.Unlock()
	o.l.clear()
	return o.w.Write(text)
}

// said says in a line how far work has come: "comparing: 1200 of 5000 articles, 812 a
// second, 5 s left". It began at first and has taken spent since. total is 0 where it is not
// known, unit is the plural of what is counted, "" where nothing is.
func said(what, unit string, first, done, total int, spent time.Duration) string {
	line := what + ": "
	switch {
	case unit == "":
		return line + duration(spent)
	case total > 0:
		line += fmt.Sprintf("%d of %d %s", done, total, unit)
	default:
		line += fmt.Sprintf("%d %s", done, unit)
	}
	rate := float64(done-first) / spent.Seconds()
	if spent < time.Second || rate <= 0 {
		return line
	}
	if rate >= 10 {
		line += fmt.Sprintf(", %.0f a second", rate)
	} else {
		line += fmt.Sprintf(", %.1f a second", rate)
	}
	if done < total {
		line += fmt.Sprintf(", %s left", duration(time.Duration(float64(total-done)/rate*float64(time.Second))))
	}
	return line
}

// duration writes how long something takes, as exactly as one wants to know.
func duration(d time.Duration) string {
	switch d = d.Round(time.Second); {
	case d < 2*time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < 2*time.Hour:
		return fmt.Sprintf("%.0f min", d.Minutes())
	}
	return fmt.Sprintf("%.0f h", d.Hours())
}
