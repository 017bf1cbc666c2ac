package report

import (
	"fmt"
	"strconv"
	"time"

	"dedupe/collect"
	"dedupe/config"
	"dedupe/storage"
)

// Sources is how the sources of config.yaml went.
type Sources struct {
	Sources []SourceRow `json:"sources"`
}

// SourceRow is one of them, or a feed of a list.
type SourceRow struct {
	Name     string    `json:"name"`
	Type     string    `json:"type"`
	Place    string    `json:"place"`             // path or address
	State    string    `json:"state"`             // ok, failing, never read, off
	Checked  time.Time `json:"last_run,omitzero"` // that looked at it
	Found    int       `json:"found"`             // records when it was read last
	New      int       `json:"new"`               // articles that the last run stored of it
	Rejected int       `json:"rejected"`          // records that the last run did not take of it
	Failing  time.Time `json:"failing_since,omitzero"`
	Failures int       `json:"failures,omitempty"` // in a row
	Next     time.Time `json:"next,omitzero"`      // it is left alone until then
	Error    string    `json:"error,omitempty"`
	Do       string    `json:"do,omitempty"`    // about the error
	Moved    string    `json:"moved,omitempty"` // where it has moved for good
	Feed     bool      `json:"feed_of_list,omitempty"`
}

// NewSources reports on sources, a row each and one for each feed of a list.
func NewSources(states []collect.State) *Sources {
	list := &Sources{Sources: []SourceRow{}}
	for _, s := range states {
		row := SourceRow{Name: s.Name, Type: s.Type, Place: s.Place(), State: "never read"}
		if len(s.Places) > 0 && s.Places[0].Place == row.Place {
			row.fill(&s.Places[0])
			s.Places = s.Places[1:]
		}
		if !s.Enabled {
			row.State = "off"
		}
		list.Sources = append(list.Sources, row)
		for i := range s.Places {
			o := &s.Places[i]
			of := SourceRow{Name: o.Place, Type: config.SourceFeed, Place: o.Place, Feed: true}
			of.fill(o)
			list.Sources = append(list.Sources, of)
		}
	}
	return list
}

func (r *SourceRow) fill(o *storage.Source) {
	r.State = "ok"
	if !o.Failing.IsZero() {
		r.State = "failing"
	}
	r.Checked, r.Found, r.New, r.Rejected = o.Checked, o.Found, o.New, o.Rejected
	r.Failing, r.Failures, r.Next, r.Error, r.Moved = o.Failing, o.Failures, o.Next, o.Error, o.Moved
	r.Do = remedy(o.Error)
}

func (s *Sources) text(p *printer) {
	if len(s.Sources) == 0 {
		p.line(plain, "no sources: list them in config.yaml, or add one by dedupe sources add")
		return
	}
	t := table{columns: []column{{title: "SOURCE", min: 16}, {title: "TYPE"}, {title: "STATE"}, {title: "LAST RUN"},
		{title: "FOUND", right: true}, {title: "NEW", right: true}, {title: "REJECTED", right: true}}}
	when := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return at.In(p.zone).Format("2006-01-02 15:04")
	}
	for _, r := range s.Sources {
		below := ""
		if r.Error != "" {
			below = fmt.Sprintf("since %s, %s in a row: %s", when(r.Failing), Count(r.Failures, "time"), clean(r.Error))
		}
		if !r.Next.IsZero() && r.Error != "" {
			below += "; again after " + when(r.Next)
		}
		if r.Do != "" {
			below += "\nto do: " + r.Do
		}
		if r.Moved != "" {
			below = "has moved to " + clean(r.Moved) + ": write that into config.yaml"
		}
		name := clean(r.Name)
		if r.Feed {
			name = "  " + name
		}
		t.add(below, name, r.Type, r.State, when(r.Checked), strconv.Itoa(r.Found), strconv.Itoa(r.New), strconv.Itoa(r.Rejected))
	}
	t.print(p)
}

// CheckedSources is what came of trying sources.
type CheckedSources struct {
	Sources []CheckedSource `json:"sources"`
	Failed  int             `json:"failed"` // that cannot be read
}

// CheckedSource is one of them.
type CheckedSource struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Place    string `json:"place"`
	Found    int    `json:"found"`    // records; feeds of a list
	Full     int    `json:"full"`     // of these, with a whole text
	Rejected int    `json:"rejected"` // records that cannot be taken
	Example  string `json:"example,omitempty"`
	Page     string `json:"page,omitempty"`
	Error    string `json:"error,omitempty"`
	Failed   bool   `json:"failed"`
}

// NewCheckedSources reports on sources that were tried.
func NewCheckedSources(results []collect.Checked) *CheckedSources {
	list := &CheckedSources{Sources: []CheckedSource{}}
	for _, r := range results {
		list.Sources = append(list.Sources, CheckedSource(r))
		if r.Failed {
			list.Failed++
		}
	}
	return list
}

func (s *CheckedSources) text(p *printer) {
	for _, r := range s.Sources {
		what := Count(r.Found, "record")
		switch r.Type {
		case config.SourceOPML:
			what = Count(r.Found, "feed")
		case config.SourceFeed:
			what = fmt.Sprintf("%s, %d with the whole text", Count(r.Found, "item"), r.Full)
		}
		if r.Rejected > 0 {
			what += fmt.Sprintf(", %d rejected", r.Rejected)
		}
		if r.Failed {
			what = "cannot be read"
		}
		p.wrap("", clean(r.Name)+": "+what)
		for _, more := range []struct{ label, text string }{{"error     ", Remedied(r.Error)}, {"page      ", r.Page}, {"example   ", r.Example}} {
			if more.text != "" {
				p.wrap("    "+more.label, clean(more.text))
			}
		}
	}
}

// Added is a source that was written into a configuration file.
type Added struct {
	File  string   `json:"file"`
	Entry string   `json:"entry"` // on one line
	Type  string   `json:"type"`
	Title string   `json:"title,omitempty"` // of the feed
	Items int      `json:"items"`           // of the feed, or feeds of the list
	Also  []string `json:"also,omitempty"`  // feeds that the page names besides
}

// NewAdded reports on a source that was found and written as s.
func NewAdded(file string, found *collect.Found, s *config.Source) *Added {
	return &Added{File: file, Entry: s.String(), Type: s.Type, Title: found.Title, Items: found.Items, Also: found.Also}
}

func (a *Added) text(p *printer) {
	p.wrap("wrote     ", Quoted(a.File))
	p.wrap("entry     ", clean(a.Entry))
	switch a.Type {
	case config.SourceFeed:
		p.wrap("feed      ", fmt.Sprintf("%s, %s", orNone(clean(a.Title)), Count(a.Items, "item")))
	case config.SourceOPML:
		p.wrap("list      ", Count(a.Items, "feed"))
	}
	for _, address := range a.Also {
		p.wrap("also      ", clean(address)+", which the page names too")
	}
	p.wrap("next      ", "dedupe sources check, then dedupe run")
}
