package report

import (
	"fmt"
	"slices"
	"strings"

	"dedupe/config"
	"dedupe/source"
)

// Intake is what the fields of records are taken for.
type Intake struct {
	Records int      `json:"records"`     // that could be read
	Bodies  int      `json:"bodies"`      // of these, that have a body
	Fields  []Intook `json:"fields"`      // in the order of config.yaml
	Unused  []Intook `json:"unused"`      // names that are taken for nothing; the most frequent first
	Passed  int      `json:"passed_over"` // pages of web archives without a story
	Cut     int      `json:"cut"`         // records whose body is a summary, or was cut by the service that it came from
	Likely  string   `json:"likely_body,omitempty"`
	Guesses []Intook `json:"likely,omitempty"` // names that look like fields that no record has; Records is 0

	Unclear int    `json:"unclear_dates,omitempty"` // records whose date has two meanings, as 06/04/2026 has
	Dates   string `json:"dates,omitempty"`         // what input.dates is by the other dates; empty where these do not tell

	short bool
	set   bool // Guesses are taken
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
	r := &Intake{Records: s.Records, Bodies: s.Bodies, Passed: s.Passed, Cut: s.Cut, Fields: []Intook{}, Unused: []Intook{}}
	r.Unclear, r.Dates = s.Unclear()
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
	for _, g := range s.Likely() {
		i := slices.IndexFunc(intakeFields, func(f [2]string) bool { return f[0] == g.Field })
		r.Guesses = append(r.Guesses, Intook{Field: intakeFields[i][1], Name: g.Name, Example: g.Example})
	}
	if s.Bodies == 0 {
		r.Likely = s.LikelyBody().Name
	}
	return r
}

// Short returns the result as one to be printed in a few lines of text; set says that its guesses are taken.
func (r *Intake) Short(set bool) *Intake {
	short := *r
	short.short, short.set = true, set
	return &short
}

// maxUnused bounds the names that are listed as not used.
const maxUnused = 40

func (r *Intake) text(p *printer) {
	if r.short {
		r.few(p)
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
	if r.Passed > 0 {
		p.line(plain, "")
		p.wrap("", passedOver(r.Passed))
	}
	if r.Cut > 0 {
		p.line(plain, "")
		p.wrap("", r.abridged())
	}
	if r.Unclear > 0 {
		p.line(plain, "")
		p.wrap("", r.unclear())
	}
	if r.Records > 0 && r.Bodies == 0 && r.Likely == "" {
		p.line(plain, "")
		p.wrap("", "no record has a body, and none of the other fields looks like one: headlines alone are compared")
	}
	if len(r.Guesses) > 0 {
		p.line(plain, "")
		p.wrap("", "no record has "+listed(r.Guesses)+". If these names are meant, write in config.yaml (dedupe init does so):")
		p.line(plain, "input:")
		p.line(plain, "  fields:")
		for _, g := range r.Guesses {
			p.line(plain, "    "+clean(source.FieldLine(g.Field, g.Name)))
		}
	}
}

// few prints what is taken in a few lines.
func (r *Intake) few(p *printer) {
	var taken, pages, unused []string
	for _, f := range r.Fields {
		if f.Name == source.PageName {
			pages = append(pages, f.Field)
		} else {
			taken = append(taken, f.Field+" from "+clean(f.Name))
		}
	}
	rest := slices.Clone(r.Unused)
	if r.set {
		for _, f := range r.Guesses {
			taken = append(taken, f.Field+" from "+clean(f.Name)+" (the likely one)")
			rest = slices.DeleteFunc(rest, func(u Intook) bool { return u.Name == f.Name })
		}
	}
	for _, f := range rest[:min(len(rest), 8)] {
		unused = append(unused, clean(f.Name))
	}
	if more := len(rest) - len(unused); more > 0 {
		unused = append(unused, fmt.Sprintf("%d more", more))
	}
	if len(pages) > 0 {
		taken = append(taken, "of pages and feeds "+strings.Join(pages, ", "))
	}
	if len(taken) > 0 {
		p.wrap("fields    ", strings.Join(taken, ", "))
	}
	if len(unused) > 0 {
		p.wrap("          ", "not used: "+strings.Join(unused, ", ")+"; --dry-run shows examples")
	}
	if r.Cut > 0 {
		p.wrap("          ", r.abridged())
	}
	if r.Unclear > 0 {
		p.wrap("          ", r.unclear())
	}
	if guess := r.Guess(); guess != "" && !r.set {
		p.wrap("          ", guess)
	}
}

// abridged says that texts are not whole.
func (r *Intake) abridged() string {
	return fmt.Sprintf("%d of %d texts are summaries, or were cut by the service that they come from: copies are found by these few words only", r.Cut, r.Records)
}

// unclear says what to do about dates with two meanings.
func (r *Intake) unclear() string {
	s := fmt.Sprintf("%d of %d dates have two meanings, as 06/04/2026 has, and count as none", r.Unclear, r.Records)
	switch {
	case r.Dates == "":
		return s + ": write in config.yaml input: {dates: day_first}, or month_first"
	case r.set:
		return fmt.Sprintf("%d of %d dates have two meanings, as 06/04/2026 has: they are read %s, as the others are", r.Unclear, r.Records, r.Dates)
	}
	return s + ": by the others write in config.yaml input: {dates: " + r.Dates + "} (dedupe init does so)"
}

// Guess says in a sentence which names may be meant where a field is in no record; empty where
// none looks like one.
func (r *Intake) Guess() string {
	if len(r.Guesses) == 0 {
		return ""
	}
	var names []string
	for _, g := range r.Guesses {
		names = append(names, g.Field+" from "+clean(g.Name))
	}
	return "no record has " + listed(r.Guesses) + "; likely are " + strings.Join(names, ", ")
}

// listed is "headline, url or outlet".
func listed(fields []Intook) string {
	var names []string
	for _, f := range fields {
		names = append(names, f.Field)
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " or " + names[last]
	}
	return names[0]
}

// Starter is what a configuration to begin with says of fields: those that were found in records, and the
// likely ones of those that were not.
func (r *Intake) Starter() (fields []config.StarterField) {
	for _, f := range r.Fields {
		last := len(fields) - 1
		switch {
		case f.Name == source.PageName: // has no name
		case last >= 0 && fields[last].Key == f.Field:
			fields[last].Names = append(fields[last].Names, f.Name)
		default:
			fields = append(fields, config.StarterField{Key: f.Field, Names: []string{f.Name}, Example: f.Beginning()})
		}
	}
	for _, f := range r.Guesses {
		fields = append(fields, config.StarterField{Key: f.Field, Names: []string{f.Name}, Example: "likely: " + f.Beginning(), Set: true})
	}
	return fields
}
