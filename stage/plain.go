package stage

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Postings and hits are most of the lines, and all that is in them is digits: they are written by
// hand. They and the lines with articles are read by hand where they stand as stages write them;
// what else is JSON goes to the library.

// appender is a line that is written by hand.
type appender interface{ appendTo(b []byte) []byte }

// plain is a line that is read by hand. read reports false, and leaves it alone, where it is written
// in another way.
type plain interface{ read(line string) bool }

// fields takes a line apart that has its names in order, no white space, and no escapes.
type fields struct {
	rest   string
	failed bool
}

// text takes a string; begin is all that stands before it.
func (f *fields) text(begin string) string {
	rest, begins := strings.CutPrefix(f.rest, begin)
	value, rest, ends := strings.Cut(rest, `"`)
	f.rest, f.failed = rest, f.failed || !begins || !ends || strings.Contains(value, `\`)
	return value
}

// has takes what the line may have.
func (f *fields) has(what string) (has bool) {
	f.rest, has = strings.CutPrefix(f.rest, what)
	return has
}

// value takes an object, which is the last one; begin is all that stands before it.
func (f *fields) value(begin string) jsontext.Value {
	rest, begins := strings.CutPrefix(f.rest, begin)
	value, ends := strings.CutSuffix(rest, "}")
	f.rest, f.failed = "}", f.failed || !begins || !ends
	return jsontext.Value(value)
}

// end reports whether the line was taken apart to its end.
func (f *fields) end() bool { return !f.failed && f.rest == "}" }

func appendText(b []byte, begin string, texts ...string) []byte {
	b = append(b, begin...)
	for _, t := range texts {
		b = append(b, t...)
	}
	return append(b, '"')
}

func appendFlag(b []byte, flag string, is bool) []byte {
	if is {
		b = append(b, flag...)
	}
	return b
}

const (
	beginV    = `{"v":"`
	flagWhole = `,"whole":true`
	flagRare  = `,"rare":true`
)

func (p *posting) appendTo(b []byte) []byte {
	b = appendText(appendText(appendText(b, beginV, p.V), `,"anchor":"`, p.Anchor), `,"place":"`, p.Place)
	return append(appendFlag(b, flagWhole, p.Whole), '}')
}

func (p *posting) read(line string) bool {
	f := fields{rest: line}
	x := posting{V: f.text(beginV), Anchor: f.text(`,"anchor":"`), Place: f.text(`,"place":"`), Whole: f.has(flagWhole)}
	if f.end() {
		*p = x
	}
	return f.end()
}

// hitsLine is an about line that says what an article shares, as it is written.
type hitsLine struct {
	V, At, Key, Own string
	Whole, Rare     bool
	Shared          []string
}

func (h *hitsLine) appendTo(b []byte) []byte {
	b = appendText(appendText(appendText(b, beginV, h.V), `,"at":"`, h.At), `,"hits":"`, h.Key)
	b = appendFlag(appendFlag(appendText(b, `,"own":"`, h.Own), flagWhole, h.Whole), flagRare, h.Rare)
	return append(appendText(b, `,"shared":"`, h.Shared...), '}')
}

func (a *about) read(line string) bool {
	f := fields{rest: line}
	x := about{V: f.text(beginV), At: f.text(`,"at":"`)}
	switch {
	case strings.HasPrefix(f.rest, `,"hits":`):
		x.Hits, x.Own, x.Whole, x.Rare, x.Shared = f.text(`,"hits":"`), f.text(`,"own":"`), f.has(flagWhole), f.has(flagRare), f.text(`,"shared":"`)
	case strings.HasPrefix(f.rest, `,"beside":`):
		x.Beside, x.Of, x.Text = f.text(`,"beside":"`), f.text(`,"of":"`), f.value(`,"text":`)
	default:
		x.Article = f.value(`,"article":`)
	}
	if f.end() {
		*a = x
	}
	return f.end()
}
