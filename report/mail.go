package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
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
	Ended  []Ended  `json:"ended,omitempty"`  // clusters that were there before and are none now, but those of Story.With
	Shrunk []Shrunk `json:"shrunk,omitempty"` // clusters that have lost articles, but those of Stories

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
	State    string     `json:"state"`                   // new or grew
	Articles int        `json:"added_articles"`          // that came into it since the reader saw it
	Outlets  int        `json:"added_outlets"`           // new ones of these
	Lost     int        `json:"lost_articles,omitempty"` // that the reader saw in it and that are not there any more
	Old      bool       `json:"regrouped"`               // none of the articles is new: others are together than before
	With     []string   `json:"with,omitempty"`          // labels of clusters that went into this one
	URL      string     `json:"url,omitempty"`           // of the representative
	Carriers []Carrier  `json:"carriers"`                // an article of each outlet that is new, but for that of URL, the earliest first; at most maxCarriers
	MoreOf   int        `json:"more_outlets"`            // outlets that are new and not in Carriers
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

// Shrunk is a cluster of which articles were taken out, or are grouped otherwise now.
type Shrunk struct {
	Label    string `json:"label"`
	Lost     int    `json:"lost_articles"`
	Articles int    `json:"articles"` // now
}

// Bounds of a mail; what is beyond them is counted, with the command that prints it.
const (
	maxCarriers = 5  // of a story
	maxEnded    = 10 // clusters that ended, and as many that shrank
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
	shrunk, err := s.view.Shrunk(ctx, &cursor, q.MinOutlets)
	if err != nil {
		return nil, err
	}
	for i := range list.Clusters {
		story, err := s.story(ctx, &cursor, q.MinOutlets, &list.stored[i], &list.Clusters[i])
		if err != nil {
			return nil, err
		}
		if at := slices.IndexFunc(shrunk, func(x storage.Shrunk) bool { return x.Cluster == story.Cluster.Cluster }); at >= 0 {
			story.State, story.Lost = StoryGrew, shrunk[at].Lost // also where one outlet is left of those that were seen
			shrunk = slices.Delete(shrunk, at, at+1)
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
	if m.Left == 0 && ask.Chosen == "" {
		for _, x := range shrunk {
			m.Shrunk = append(m.Shrunk, Shrunk{label(x.Cluster), x.Lost, x.Size})
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
	return len(m.Stories)+len(m.Ended)+len(m.Shrunk)+len(m.Missing)+m.Rejected == 0
}

// Seen stores that the reader has seen the mail.
func (m *Mail) Seen(ctx context.Context, store *storage.Store) error {
	shown := make([]int64, len(m.Stories))
	for i := range m.Stories {
		shown[i] = m.Stories[i].Cluster.Cluster
	}
	return store.SaveCursor(ctx, m.place, shown)
}
