package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// heading says how much the mail has.
func (m *Mail) heading(p *printer) string {
	count := map[string]int{}
	for i := range m.Stories {
		count[m.Stories[i].State]++
	}
	var parts []string
	for _, state := range []string{StoryNew, StoryGrew} {
		if n := count[state]; n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+state)
		}
	}
	if parts == nil {
		parts = []string{"no story"}
	}
	s := strings.Join(parts, ", ")
	if !m.Since.IsZero() {
		s += " since " + p.time(m.Since)
	}
	if m.First {
		s += ", the first mail of this reader; all that is stored: dedupe report"
	}
	return s + fmt.Sprintf(" (times: %s)", m.Times)
}

// mark is how a story is marked: "NEW", "GREW +3 of 2 new outlets".
func (x *Story) mark() string {
	if x.State == StoryNew {
		return "NEW"
	}
	s := fmt.Sprintf("GREW +%d", x.Articles)
	if x.Outlets > 0 {
		s += " of " + Count(x.Outlets, "new outlet")
	}
	return s
}

// maxHeadline bounds a headline, in columns: no honest one is longer.
const maxHeadline = 400

func (x *Story) headline() string { return truncate(orNone(clean(x.Cluster.Headline)), maxHeadline) }

func asItIs(name string) string { return name }

// facts says in a line what the cluster is; name is how names stand in it.
func (x *Story) facts(p *printer, name func(string) string) string {
	c := &x.Cluster
	s := fmt.Sprintf("%s, %s", Count(c.Outlets, "outlet"), Count(c.Articles, "article"))
	if owners := c.owners(); owners != "" {
		s += " of " + owners
	}
	switch {
	case c.Undated:
		s += "; no date is known"
	case c.FirstUnsure:
		s += "; " + p.moment(c.First) + ", who was first is not known"
	default:
		s += "; first " + name(outletName(c.FirstOutlet)) + ", " + p.moment(c.First)
	}
	if within := c.within(); within != "" {
		s += ", " + within
	}
	if c.Credit != "" {
		s += "; agency " + name(clean(c.Credit))
	}
	return s
}

// remark says what else a reader needs to know; "" for nothing.
func (x *Story) remark() string {
	var parts []string
	if x.With != nil {
		parts = append(parts, "with "+strings.Join(x.With, ", ")+" of earlier mails")
	}
	if x.Lost > 0 {
		parts = append(parts, Count(x.Lost, "article")+" of earlier mails not in it any more")
	}
	if x.Old {
		parts = append(parts, "no article is new: they are grouped otherwise than before")
	}
	if s := x.Cluster.uncertain(); s != "" {
		parts = append(parts, "uncertain: "+s)
	}
	return strings.Join(parts, "; ")
}

// more says how many outlets are not listed.
func (x *Story) more() string {
	return fmt.Sprintf("and %s; all: dedupe show %s", Count(x.MoreOf, "more outlet"), x.Cluster.Label)
}

// left says how much is not shown.
func (m *Mail) left() string {
	return fmt.Sprintf("%d of %d shown, the rest:", len(m.Stories), len(m.Stories)+m.Left)
}

// notes says what else there is to say, a line each.
func (m *Mail) notes(p *printer) (lines []string) {
	for _, e := range m.Ended[:min(len(m.Ended), maxEnded)] {
		if e.Into == "" {
			lines = append(lines, e.Label+" of an earlier mail is no cluster any more: its articles stand alone")
		} else {
			lines = append(lines, e.Label+" of an earlier mail is in "+e.Into+" now")
		}
	}
	if more := len(m.Ended) - maxEnded; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more; all: dedupe export changes", more))
	}
	for _, x := range m.Shrunk[:min(len(m.Shrunk), maxEnded)] {
		lines = append(lines, fmt.Sprintf("%s has lost %s, taken out or grouped otherwise; left: %d", x.Label, Count(x.Lost, "article"), x.Articles))
	}
	if more := len(m.Shrunk) - maxEnded; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more that lost articles; all: dedupe export changes", more))
	}
	for _, x := range m.Missing[:min(len(m.Missing), maxPlaces)] {
		lines = append(lines, missing(&x, p.time(x.Since)))
	}
	if more := len(m.Missing) - maxPlaces; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more that cannot be read; all: dedupe doctor", more))
	}
	if m.Rejected > 0 {
		lines = append(lines, Count(m.Rejected, "record")+" rejected for the first time; which: dedupe rejects")
	}
	return lines
}

// mailWidth is the width of a mail's lines: 72 to 78 columns are what a mail program shows
// whole, also in an answer.
const mailWidth = 78

func (m *Mail) text(p *printer) {
	if p.width == 0 || p.width > mailWidth {
		p.width = mailWidth
	}
	p.fold("", m.heading(p))
	for i := range m.Stories {
		x := &m.Stories[i]
		p.line(plain, "")
		p.fold("", x.mark()+"  "+x.Cluster.Label+"  "+x.headline())
		p.fold("  ", x.facts(p, asItIs))
		if remark := x.remark(); remark != "" {
			p.fold("  ", remark)
		}
		p.address("  ", x.URL)
		for _, c := range x.Carriers {
			p.fold("  ", c.Lag+"  "+outletName(c.Outlet))
			p.address("    ", c.URL)
		}
		if x.MoreOf > 0 {
			p.fold("  ", x.more())
		}
	}
	if m.Left > 0 {
		p.line(plain, "")
		p.fold("", m.left())
		p.line(plain, "  "+clean(m.More))
	}
	for i, line := range m.notes(p) {
		if i == 0 {
			p.line(plain, "")
		}
		p.fold("", line)
	}
}

// address prints an address on a line of its own, whole, however long it is: broken, nobody
// could follow it. Of what is no address of the web, nothing.
func (p *printer) address(indent, url string) {
	if url = webAddress(url); url != "" {
		p.line(plain, indent+url)
	}
}

// fold writes s on as many lines as it takes, and cuts nothing: a word that is wider than a
// line goes on in the next one. All lines but the first have two more spaces.
func (p *printer) fold(indent, s string) {
	const least = 10 // columns of text, however narrow the terminal is
	line := ""
	flush := func(more string) {
		p.line(plain, indent+isolate(strings.TrimRight(line, " ")))
		indent, line = more, ""
	}
	hanging := indent + "  "
	for word := range strings.SplitSeq(s, " ") {
		if line != "" && width(indent+line)+1+width(word) > p.width {
			flush(hanging)
		}
		if line != "" {
			line += " "
		}
		for line == "" {
			room := max(least, p.width-width(indent))
			if width(word) <= room {
				break
			}
			line = measure.Truncate(word, room, "")
			word = word[len(line):]
			flush(hanging)
		}
		line += word
	}
	flush(hanging)
}

func (m *Mail) csv() (header []string, rows [][]string) {
	header = []string{"state", "added_articles", "added_outlets", "url"}
	list := &Clusters{}
	for i := range m.Stories {
		list.Clusters = append(list.Clusters, m.Stories[i].Cluster)
	}
	of, cells := list.csv()
	for i := range m.Stories {
		x := &m.Stories[i]
		rows = append(rows, slices.Concat([]string{x.State, strconv.Itoa(x.Articles), strconv.Itoa(x.Outlets), sheet(x.URL)}, cells[i]))
	}
	return slices.Concat(header, of), rows
}

func (m *Mail) markdown(p *printer) {
	p.line(plain, markdown(m.heading(p))+".")
	for i := range m.Stories {
		x := &m.Stories[i]
		p.line(plain, "")
		p.line(plain, "**"+x.mark()+"** "+x.Cluster.Label+" "+markdownLink(x.headline(), x.URL)+"  ")
		p.line(plain, markdown(x.facts(p, asItIs))+".")
		if remark := x.remark(); remark != "" {
			p.line(plain, strings.ToUpper(remark[:1])+markdown(remark[1:])+".")
		}
		p.line(plain, "")
		for _, c := range x.Carriers {
			p.line(plain, "- "+c.Lag+" "+markdownLink(outletName(c.Outlet), c.URL))
		}
		if x.MoreOf > 0 {
			p.line(plain, "- "+x.more())
		}
	}
	if m.Left > 0 {
		p.line(plain, "")
		p.line(plain, m.left())
		p.line(plain, "")
		p.line(plain, "    "+clean(m.More))
	}
	for _, line := range m.notes(p) {
		p.line(plain, "")
		p.line(plain, markdown(line)+".")
	}
}
