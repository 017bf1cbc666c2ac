package report

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"dedupe/article"
)

// Format is how a result is rendered.
type Format string

// The formats.
const (
	Text  Format = "text"
	JSON  Format = "json"
	CSV   Format = "csv"
	JSONL Format = "jsonl" // exports only

	Markdown Format = "markdown" // lists of clusters, and single ones
)

// Options of Write. The zero value is plain text of any width in UTC.
type Options struct {
	Format Format         // "" is Text
	Width  int            // columns of the terminal; 0 is no limit
	Color  bool           // text may hold colour sequences
	Zone   *time.Location // of the times in text; nil is UTC
}

// Result is one of Benchmark, Checks, Checkup, Clusters, Cluster, Copied, Decisions, Evaluation, Explanation, Boilerplate, Forgotten, Mail, Pruned,
// Intake, PastRulings, Reclustered, Rejects, Ruled, Stats, Summary and Tuning.
type Result interface {
	text(*printer)
}

// tabular is a result that has rows.
type tabular interface {
	csv() (header []string, rows [][]string)
}

// ErrFormat says that a result has no rendering in the format asked for.
var ErrFormat = errors.New("no such format")

// Write renders a result.
func Write(w io.Writer, r Result, opt Options) error {
	switch opt.Format {
	case Text, "":
		p := newPrinter(w, opt)
		r.text(p)
		return p.out.Flush()
	case JSON:
		e := NewJSON(w)
		e.SetIndent("", "  ")
		return e.Encode(r)
	case Markdown:
		d, ok := r.(document)
		if !ok {
			return fmt.Errorf("%w: markdown (use text or json)", ErrFormat)
		}
		p := newPrinter(w, Options{Zone: opt.Zone})
		d.markdown(p)
		return p.out.Flush()
	case CSV:
		t, ok := r.(tabular)
		if !ok {
			return fmt.Errorf("%w: csv (use text or json)", ErrFormat)
		}
		header, rows := t.csv()
		c := csv.NewWriter(w)
		if err := c.Write(header); err != nil {
			return err
		}
		return c.WriteAll(rows)
	}
	return fmt.Errorf("%w: %s (use text, json, csv or markdown)", ErrFormat, opt.Format)
}

// style is a colour sequence; plain is none.
type style string

const (
	plain style = ""
	reset style = "\x1b[0m"
)

// printer writes lines of text.
type printer struct {
	out       *bufio.Writer
	width     int
	bold, dim style // plain when no colour is asked for
	zone      *time.Location
}

func newPrinter(w io.Writer, opt Options) *printer {
	p := &printer{out: bufio.NewWriter(w), width: opt.Width, zone: opt.Zone}
	if p.zone == nil {
		p.zone = time.UTC
	}
	if opt.Color {
		p.bold, p.dim = "\x1b[1m", "\x1b[2m"
	}
	return p
}

// line writes a line that is clean and cut already. Errors wait for Flush.
func (p *printer) line(st style, s string) {
	if st != plain && s != "" {
		s = string(st + style(s) + reset)
	}
	p.out.WriteString(s)
	p.out.WriteByte('\n')
}

// text writes indent and s, cut to the width.
func (p *printer) text(st style, indent, s string) {
	if p.width > 0 {
		s = truncate(s, p.width-width(indent))
	}
	p.out.WriteString(indent)
	p.line(st, isolate(s))
}

// wrap writes s on as many lines as it takes, broken at spaces. The first has
// the prefix, the others as much space.
func (p *printer) wrap(prefix, s string) {
	room := max(1, p.width-width(prefix))
	line := ""
	for word := range strings.FieldsSeq(s) {
		switch {
		case line == "":
			line = word
		case p.width > 0 && width(line)+1+width(word) > room:
			p.text(plain, prefix, line)
			prefix, line = strings.Repeat(" ", width(prefix)), word
		default:
			line += " " + word
		}
	}
	p.text(plain, prefix, line)
}

func (p *printer) time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(p.zone).Format("2006-01-02 15:04")
}

// moment is a time to the minute, or a day where no more is known; of a Moment that is
// unknown when it was first seen.
func (p *printer) moment(m article.Moment) string { return show(m, p.zone, "2006-01-02", " 15:04") }

// short is moment without the year.
func (p *printer) short(m article.Moment) string { return show(m, p.zone, "2 Jan", " 15:04") }

func show(m article.Moment, zone *time.Location, day, clock string) string {
	switch {
	case m.IsZero():
		return ""
	case m.Known == article.ToDay:
		return m.At.UTC().Format(day)
	}
	return m.At.In(zone).Format(day + clock)
}

// between is the lag from one moment to another, in days where either is known to the day:
// "same day" where it is one, for then nobody knows the order.
func between(first, last article.Moment) string {
	if first.Known != article.ToDay && last.Known != article.ToDay {
		return lag(last.At.Sub(first.At))
	}
	days := int(last.Day(time.UTC).Sub(first.Day(time.UTC)) / (24 * time.Hour))
	if days == 0 {
		return "same day"
	}
	return fmt.Sprintf("%+dd", days)
}

// lag is a duration in its largest unit, with a sign: "+35m", "+7h", "-3d".
func lag(d time.Duration) string {
	sign := "+"
	if d < 0 {
		sign, d = "-", -d
	}
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%s%dm", sign, d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%s%dh", sign, d/time.Hour)
	}
	return fmt.Sprintf("%s%dd", sign, d/(24*time.Hour))
}

// Count is a number with its noun: "1 outlet", "2 outlets".
func Count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

func csvTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
