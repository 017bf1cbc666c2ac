package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"dedupe/article"
	"dedupe/review"
	"dedupe/storage"
)

// Mail is what a reader has not seen yet: clusters that are new or have grown, the newest
// first.
type Mail struct {
	Reader  string    `json:"reader"`
	Since   time.Time `json:"since,omitzero"`  // start of the first run that the reader has not seen
	First   bool      `json:"first,omitempty"` // the reader has no place yet: what the runs of a day brought
	Stories []Story   `json:"stories"`
	Left    int       `json:"left"`           // stories that are not on this page, and come next time
	More    string    `json:"more,omitempty"` // the command that prints them
	Times   string    `json:"times"`          // the zone of the times of text and HTML

	// What is said when no story is left.
	Ended []Ended `json:"ended,omitempty"` // clusters that were there before and are none now, but those of Story.With

	Missing  []Missing `json:"missing,omitempty"`  // what cannot be read, since it was last said
	Rejected int       `json:"rejected,omitempty"` // records that were rejected for the first time since

	place storage.Cursor // of the reader, when all of this was shown
}

// Missing is a file or address that cannot be read at all.
type Missing = storage.Missing

// missing says in a line what cannot be read, since when and why. Reasons of files may begin
// with the path, which is said already.
func missing(x *Missing, since string) string {
	why := clean(x.Reason)
	if _, after, ok := strings.Cut(why, clean(x.Place)+": "); ok {
		why = after
	}
	return fmt.Sprintf("cannot be read since %s: %s: %s", since, clean(x.Place), why)
}

// Story is a cluster of a Mail.
type Story struct {
	State    string     `json:"state"`          // new or grew
	Articles int        `json:"added_articles"` // that came into it since the reader saw it
	Outlets  int        `json:"added_outlets"`  // new ones of these
	Old      bool       `json:"regrouped"`      // none of the articles is new: others are together than before
	With     []string   `json:"with,omitempty"` // labels of clusters that went into this one
	URL      string     `json:"url,omitempty"`  // of the representative
	Carriers []Carrier  `json:"carriers"`       // an article of each outlet that is new, but for that of URL, the earliest first; at most maxCarriers
	MoreOf   int        `json:"more_outlets"`   // outlets that are new and not in Carriers
	Cluster  Summarized `json:"cluster"`
}

// States of a Story.
const (
	StoryNew  = "new"
	StoryGrew = "grew"
)

// Carrier is an outlet that is new in a Story, and its first article there.
type Carrier struct {
	Outlet string         `json:"outlet"`
	Date   article.Moment `json:"date"`
	Lag    string         `json:"lag"` // after the first article of the cluster
	URL    string         `json:"url,omitempty"`
}

// Ended is a cluster that is none any more.
type Ended struct {
	Label string `json:"label"`
	Into  string `json:"into,omitempty"` // the cluster that most of its articles are in; "": none
}

// Bounds of a mail; what is beyond them is counted, with the command that prints it.
const (
	maxCarriers = 5  // of a story
	maxEnded    = 10 // clusters
	maxPlaces   = 10 // that cannot be read
)

// Asked is what a mail is asked for by.
type Asked struct {
	Query  Query  // which clusters, and how many
	Reader string // whose mail
	Chosen string // the flags that choose clusters; each choice has a place of its own
	New    bool   // only clusters that were made since
	More   string // the command that prints all that is left
	Now    time.Time
}

// Mail reads what a reader has not seen. The mail changes nothing: Seen does.
func (s *Survey) Mail(ctx context.Context, ask Asked) (*Mail, error) {
	cursor, known, err := s.view.Cursor(ctx, ask.Reader, ask.Chosen)
	if err != nil {
		return nil, err
	}
	runs, err := s.view.Runs(ctx, maxRuns)
	if err != nil {
		return nil, err
	}
	m := &Mail{Reader: ask.Reader, Times: cmp.Or(s.rules.Zone, time.UTC).String(), place: cursor, Stories: []Story{}}
	last := lastEnded(runs)
	if !known || cursor.Run > last { // of another database
		m.First = true
		cursor.Run = firstOf24h(runs, ask.Now) - 1
		cursor.Noted = cursor.Run
	}
	for _, r := range runs {
		if r.ID > cursor.Run {
			m.Since = r.Started
		}
	}
	q := ask.Query
	q.Unread = &cursor
	q.Page = 1
	if ask.New {
		q.MadeSince = cursor.Run + 1
	}
	list, err := s.List(ctx, q)
	if err != nil {
		return nil, err
	}
	if m.Left = list.Matching - len(list.Clusters); m.Left > 0 {
		m.More = ask.More
	}
	into, ended, err := s.ended(ctx, &cursor, q.MinOutlets, m.Left == 0 && ask.Chosen == "")
	if err != nil {
		return nil, err
	}
	for i := range list.Clusters {
		story, err := s.story(ctx, &cursor, q.MinOutlets, &list.stored[i], &list.Clusters[i])
		if err != nil {
			return nil, err
		}
		story.With = into[story.Cluster.Cluster]
		delete(into, story.Cluster.Cluster)
		m.Stories = append(m.Stories, *story)
	}
	for _, e := range ended {
		if into[e.Successor] != nil || e.Successor == 0 {
			x := Ended{Label: label(e.Cluster)}
			if e.Successor != 0 {
				x.Into = label(e.Successor)
			}
			m.Ended = append(m.Ended, x)
		}
	}
	if ask.Chosen == "" {
		if m.Missing, m.Rejected, err = s.view.Missing(ctx, cursor.Noted); err != nil {
			return nil, err
		}
	}
	m.place.Noted = last
	if m.place.Run = cursor.Run; m.Left == 0 {
		m.place.Run = last
	}
	return m, nil
}

// ended reads which clusters ended since a reader saw them, and what of them is in which
// cluster now; nothing where it is not asked for.
func (s *Survey) ended(ctx context.Context, cursor *storage.Cursor, outlets int, asked bool) (into map[int64][]string, list []storage.Ended, err error) {
	into = map[int64][]string{}
	if !asked {
		return into, nil, nil
	}
	list, err = s.view.Ended(ctx, cursor.Run, outlets)
	for _, e := range list {
		if e.Successor != 0 {
			into[e.Successor] = append(into[e.Successor], label(e.Cluster))
		}
	}
	return into, list, err
}

// story reads what is new of a cluster for a reader, to whom clusters of fewer outlets than
// given are not shown.
func (s *Survey) story(ctx context.Context, cursor *storage.Cursor, outlets int, c *storage.Cluster, is *Summarized) (*Story, error) {
	g, err := s.view.Growth(ctx, cursor, c.ID)
	if err != nil {
		return nil, err
	}
	x := &Story{State: StoryGrew, Articles: len(g.Joined), Outlets: g.Outlets, Old: g.Fresh == 0, Cluster: *is}
	if g.Seen == 0 || g.Seen < outlets {
		x.State = StoryNew
	}
	representative, err := s.view.Article(ctx, c.Representative)
	if err != nil {
		return nil, err
	}
	x.URL = representative.URL
	listed := map[string]bool{representative.Outlet: true}
	for member, err := range s.view.Members(ctx, c.ID) {
		if err != nil {
			return nil, err
		}
		if x.State == StoryGrew && !slices.Contains(g.Joined, member.Seq) || listed[member.Outlet] {
			continue
		}
		listed[member.Outlet] = true
		if len(x.Carriers) == maxCarriers {
			x.MoreOf++
			continue
		}
		plain := NewMember(&member, review.NewInside())
		x.Carriers = append(x.Carriers, Carrier{Outlet: member.Outlet, Date: plain.Date, Lag: is.lagOf(&plain), URL: member.URL})
	}
	return x, nil
}

// News reads a cluster as a story that is new to everybody. The error is storage.ErrNotFound
// where it is none any more.
func (s *Survey) News(ctx context.Context, cluster int64) (*Story, error) {
	one, err := s.One(ctx, cluster)
	if err != nil {
		return nil, err
	}
	return s.story(ctx, &storage.Cursor{Run: -1}, 0, &one.stored[0], &one.Clusters[0])
}

// maxRuns is how many runs are looked at for the time of a reader's place.
const maxRuns = 10_000

// firstOf24h returns the first run of the 24 hours before now, or the newest that took
// articles in where there was none.
func firstOf24h(runs []Run, now time.Time) (first int64) {
	for _, r := range runs {
		if r.Started.After(now.Add(-24 * time.Hour)) {
			first = r.ID
		}
	}
	for _, r := range runs {
		if first == 0 && (r.Command == "run" || r.Command == "ingest") {
			first = r.ID
		}
	}
	return max(1, first)
}

// lastEnded returns the run up to which nothing will change any more: the newest one, or
// the one before when that has not come to its end.
func lastEnded(runs []Run) int64 {
	switch {
	case len(runs) == 0:
		return 0
	case runs[0].Finished.IsZero():
		return runs[0].ID - 1
	}
	return runs[0].ID
}

// Empty reports whether there is nothing to say.
func (m *Mail) Empty() bool {
	return len(m.Stories)+len(m.Ended)+len(m.Missing)+m.Rejected == 0
}

// Seen stores that the reader has seen the mail.
func (m *Mail) Seen(ctx context.Context, store *storage.Store) error {
	shown := make([]int64, len(m.Stories))
	for i := range m.Stories {
		shown[i] = m.Stories[i].Cluster.Cluster
	}
	return store.SaveCursor(ctx, m.place, shown)
}

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

// facts says in a line what the cluster is.
func (x *Story) facts(p *printer) string {
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
		s += "; first " + outletName(c.FirstOutlet) + ", " + p.moment(c.First)
	}
	if within := c.within(); within != "" {
		s += ", " + within
	}
	if c.Credit != "" {
		s += "; agency " + clean(c.Credit)
	}
	return s
}

// remark says what else a reader needs to know; "" for nothing.
func (x *Story) remark() string {
	var parts []string
	if x.With != nil {
		parts = append(parts, "with "+strings.Join(x.With, ", ")+" of earlier mails")
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
		p.fold("  ", x.facts(p))
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
		p.line(plain, markdown(x.facts(p))+".")
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
