package bench

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
)

// grammar makes the texts of a genre. Its file has sections of lines:
//
//	[street]    a list: each time that {street} stands in a line, one of the lines is drawn
//	[*street]   a fact: one line is drawn for an incident and stands in everything that is told of it.
//	            Its fields are parted by " | ": {who} is the first of them, {who.2} the second
//	[+brief]    a text: all lines in order, each a sentence; "40% " before one leaves it in so often
//
// Lines may refer to any section. {2-30} is a number drawn from that range, {00-59} the same with
// leading zeros. {mday} is the day of the month of the incident; of the lists weekday and month
// (in that order, from Sunday and January) the line of the incident's date is taken.
type grammar struct {
	sections map[string]section
}

type section struct {
	sort  byte // '*', '+' or 0
	lines []string
}

// parseGrammar reads a grammar and checks that what it refers to is there.
func parseGrammar(s string) (*grammar, error) {
	g := &grammar{sections: map[string]section{}}
	name := ""
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			name = strings.Trim(line, "[]")
			sec := section{}
			if name != "" && (name[0] == '*' || name[0] == '+') {
				sec.sort, name = name[0], name[1:]
			}
			if _, twice := g.sections[name]; twice {
				return nil, fmt.Errorf("two sections %s", name)
			}
			g.sections[name] = sec
		default:
			sec, ok := g.sections[name]
			if !ok {
				return nil, fmt.Errorf("%q before any section", line)
			}
			sec.lines = append(sec.lines, line)
			g.sections[name] = sec
		}
	}
	return g, g.check()
}

// needed are the sections that making a genre asks for.
var needed = []string{
	"outlet", "archive", "signature", "credit", "edit", "brief", "own", "title",
	"roundup-title", "roundup-intro", "listing-title", "listing-intro", "entry", "weekday", "month",
}

func (g *grammar) check() error {
	for _, name := range needed {
		if len(g.sections[name].lines) == 0 {
			return fmt.Errorf("no section %s", name)
		}
	}
	var errs []error
	for name, sec := range g.sections {
		for _, line := range sec.lines {
			for _, slot := range slotsOf(line) {
				if _, _, ok := numbers(slot); ok || slot == "mday" {
					continue
				}
				of, field := splitField(slot)
				ref, ok := g.sections[of]
				if !ok || ref.sort == '+' || slices.ContainsFunc(ref.lines, func(l string) bool { return len(fields(l)) < field }) {
					errs = append(errs, fmt.Errorf("section %s: no {%s}", name, slot))
				}
			}
		}
	}
	return errors.Join(errs...)
}

// slotsOf returns what stands between braces.
func slotsOf(line string) (list []string) {
	for {
		_, rest, ok := strings.Cut(line, "{")
		slot, rest, closed := strings.Cut(rest, "}")
		if !ok {
			return list
		}
		if !closed {
			return append(list, "?")
		}
		list, line = append(list, slot), rest
	}
}

func fields(line string) []string {
	list := strings.Split(line, "|")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// splitField returns name and field, from 1, of "who.2".
func splitField(slot string) (name string, field int) {
	if name, number, ok := strings.Cut(slot, "."); ok {
		if n, err := strconv.Atoi(number); err == nil {
			return name, n
		}
	}
	return slot, 1
}

// numbers returns the ends of a range.
func numbers(slot string) (low, high int, ok bool) {
	a, b, ok := strings.Cut(slot, "-")
	low, err := strconv.Atoi(a)
	high, err2 := strconv.Atoi(b)
	return low, high, ok && err == nil && err2 == nil && low <= high
}

// incident is what is told: a date, and facts as they are drawn.
type incident struct {
	*grammar
	r    *rand.Rand
	date time.Time
	row  map[string]string // of each fact, its line
	fact map[string]string // by slot
}

func (g *grammar) incident(r *rand.Rand, date time.Time) *incident {
	return &incident{g, r, date, map[string]string{}, map[string]string{}}
}

// one draws a line of a list, or takes that of a fact, and fills it.
func (i *incident) one(slot string) string {
	name, field := splitField(slot)
	sec := i.sections[name]
	switch {
	case name == "mday":
		return strconv.Itoa(i.date.Day())
	case name == "weekday":
		return sec.lines[i.date.Weekday()]
	case name == "month":
		return sec.lines[i.date.Month()-1]
	case sec.sort == '*':
		if s, ok := i.fact[slot]; ok {
			return s
		}
		row, ok := i.row[name]
		if !ok {
			row = sec.lines[i.r.IntN(len(sec.lines))]
			i.row[name] = row
		}
		s := i.fill(fields(row)[field-1])
		i.fact[slot] = s
		return s
	}
	if low, high, ok := numbers(slot); ok {
		s := strconv.Itoa(low + i.r.IntN(high-low+1))
		width, _, _ := strings.Cut(slot, "-")
		if width[0] == '0' {
			s = strings.Repeat("0", max(0, len(width)-len(s))) + s
		}
		return s
	}
	return i.fill(sec.lines[i.r.IntN(len(sec.lines))])
}

// fill fills the slots of a line.
func (i *incident) fill(line string) string {
	var b strings.Builder
	for {
		text, rest, ok := strings.Cut(line, "{")
		b.WriteString(text)
		if !ok {
			return b.String()
		}
		slot, rest, _ := strings.Cut(rest, "}")
		b.WriteString(i.one(slot))
		line = rest
	}
}

// text returns the sentences of a text.
func (i *incident) text(name string) (sentences []string) {
	for _, line := range i.sections[name].lines {
		if share, rest, ok := strings.Cut(line, "% "); ok && len(share) <= 2 {
			n, _ := strconv.Atoi(share)
			if line = rest; i.r.IntN(100) >= n {
				continue
			}
		}
		if s := i.fill(line); s != "" {
			sentences = append(sentences, upper(s))
		}
	}
	return sentences
}
