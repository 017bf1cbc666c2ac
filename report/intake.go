package report

import (
	"fmt"
	"strings"

	"dedupe/source"
)

// Intake is what the fields of records are taken for.
type Intake struct {
	Records int      `json:"records"` // that could be read
	Bodies  int      `json:"bodies"`  // of these, that have a body
	Fields  []Intook `json:"fields"`  // in the order of config.yaml
	Unused  []Intook `json:"unused"`  // names that are taken for nothing; the most frequent first
	Likely  string   `json:"likely_body,omitempty"`

	short bool
}

// Intook is a name that records have.
type Intook struct {
	Field   string `json:"field,omitempty"` // of config.yaml: headline, body; empty for what is not used
	Name    string `json:"name"`            // with dots where it leads into objects
	Records int    `json:"records"`         // for which it was taken; where it is not used, that have a value
	Example string `json:"example"`         // the first value, its beginning
}

// Beginning returns as much of the example as a line has room for, fit for a terminal.
func (f Intook) Beginning() string { return Beginning(f.Example) }

// Beginning returns as much of a text as a line has room for, fit for a terminal.
func Beginning(s string) string { return clean(truncate(s, 60)) }

// intakeFields are the fields of articles as config.yaml calls them, by what a Survey does.
var intakeFields = [][2]string{
	{"id", "id"}, {"outlet", "outlet"}, {"url", "url"}, {"title", "headline"}, {"byline", "byline"}, {"published", "published"}, {"language", "language"},
	{"body", "body"},
}

// NewIntake reports a survey.
func NewIntake(s *source.Survey) *Intake {
	r := &Intake{Records: s.Records, Bodies: s.Bodies, Fields: []Intook{}, Unused: []Intook{}}
	names := s.Names()
	for _, f := range intakeFields {
		for _, n := range names {
			if times := n.Taken[f[0]]; times > 0 {
				r.Fields = append(r.Fields, Intook{Field: f[1], Name: n.Name, Records: times, Example: n.Example})
			}
		}
	}
	for _, n := range s.Unused() {
		r.Unused = append(r.Unused, Intook{Name: n.Name, Records: n.Records, Example: n.Example})
	}
	if s.Bodies == 0 {
		r.Likely = s.LikelyBody()
	}
	return r
}

// Short returns the result as one to be printed in a few lines of text.
func (r *Intake) Short() *Intake {
	short := *r
	short.short = true
	return &short
}

// maxUnused bounds the names that are listed as not used.
const maxUnused = 40

func (r *Intake) text(p *printer) {
	if r.short {
		var taken, unused []string
		for _, f := range r.Fields {
			taken = append(taken, f.Field+" from "+clean(f.Name))
		}
		for _, f := range r.Unused[:min(len(r.Unused), 8)] {
			unused = append(unused, clean(f.Name))
		}
		if more := len(r.Unused) - len(unused); more > 0 {
			unused = append(unused, fmt.Sprintf("%d more", more))
		}
		if r.Likely != "" {
			taken = append(taken, "body from "+clean(r.Likely)+" (the likely one)")
		}
		if len(taken) > 0 {
			p.wrap("fields    ", strings.Join(taken, ", "))
		}
		if len(unused) > 0 {
			p.wrap("          ", "not used: "+strings.Join(unused, ", ")+"; --dry-run shows examples")
		}
		return
	}
	p.wrap("", fmt.Sprintf("%d records, %d of them with a body; nothing is stored", r.Records, r.Bodies))
	t := &table{columns: []column{{title: "FIELD"}, {title: "TAKEN FROM", min: 12}, {title: "RECORDS", right: true}, {title: "EXAMPLE", min: 10}}}
	for _, f := range r.Fields {
		t.add("", f.Field, clean(f.Name), fmt.Sprint(f.Records), f.Beginning())
	}
	if len(r.Fields) > 0 {
		p.line(plain, "")
		t.print(p)
	}
	if len(r.Unused) > 0 {
		t := &table{columns: []column{{title: "NOT USED", min: 12}, {title: "RECORDS", right: true}, {title: "EXAMPLE", min: 10}}}
		for _, f := range r.Unused[:min(len(r.Unused), maxUnused)] {
			t.add("", clean(f.Name), fmt.Sprint(f.Records), f.Beginning())
		}
		p.line(plain, "")
		t.print(p)
		if more := len(r.Unused) - maxUnused; more > 0 {
			p.line(plain, fmt.Sprintf("and %d more", more))
		}
	}
	switch {
	case r.Records == 0 || r.Bodies > 0:
	case r.Likely == "":
		p.line(plain, "")
		p.wrap("", "no record has a body, and none of the other fields looks like one: headlines alone are compared")
	default:
		p.line(plain, "")
		p.wrap("", "no record has a body; if "+clean(r.Likely)+" is the text, write in config.yaml:")
		p.line(plain, "  "+clean(source.BodyLine(r.Likely)))
	}
}
