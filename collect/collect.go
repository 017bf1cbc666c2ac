// Package collect reads the sources of config.yaml: files and folders, feeds and lists of feeds,
// folders that files are dropped into. It knows which are due, fetches what is new of them, and
// remembers how each went.
//
//	c, err := collect.New(ctx, store, collect.Options{Sources: settings.Sources, ...})
//	sum, err := engine.Ingest(ctx, "run", hash, c.Records(ctx), in)
//	err = c.Save(ctx, engine.Tally())
//
// Nothing is remembered before it is stored: what a run learned of sources is saved after its
// articles are committed. A run that is killed in between is repeated by the next, to which its
// articles are known.
//
// Feeds are fetched by as many workers as Options.Hosts says, each source by one, and come out in
// the order of the list, so that a run does not depend on who answered first. A host is asked one
// thing at a time whatever the number (package fetch).
package collect

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"dedupe/article"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/fetch"
	"dedupe/source"
	"dedupe/storage"
)

// Options say what is collected, and how.
type Options struct {
	Sources  []config.Source
	Read     source.Options // of files, but for what a source has of its own
	Stdin    io.Reader
	Client   *fetch.Client
	Hosts    int // sources that are fetched at once, 1 or more
	MaxPages int // of a source
	Now      func() time.Time
	Wait     func(ctx context.Context, d time.Duration) error // nil: by a timer
}

// Collector is one run over the sources.
type Collector struct {
	opt    Options
	store  *storage.Store
	states map[place]storage.Source
	jobs   []*job
	gone   []place // feeds that their list has no more
	pages  pages
}

type place struct{ name, place string }

// job is the reading of one place.
type job struct {
	config.Source
	label string         // by which its records are counted: its name, and of a feed of a list its address too
	state storage.Source // before, then after
	read  bool           // it was looked at
	taken []storage.Taken
	out   chan record // of what is fetched
	moves []move      // of an inbox, when all is stored
}

type record struct {
	raw    source.Raw
	reject *source.Reject
}

// New reads how the sources went so far.
func New(ctx context.Context, store *storage.Store, opt Options) (*Collector, error) {
	c := &Collector{opt: opt, store: store, states: map[place]storage.Source{}, pages: pages{client: opt.Client, of: map[string]*fetched{}}}
	if c.opt.Wait == nil {
		c.opt.Wait = fetch.Wait
	}
	states, err := store.Sources(ctx)
	for _, s := range states {
		c.states[place{s.Name, s.Place}] = s
	}
	return c, err
}

func (c *Collector) job(s config.Source) *job {
	j := &job{Source: s, label: s.Name, state: c.states[place{s.Name, s.Place()}]}
	j.state.Name, j.state.Place = s.Name, s.Place()
	return j
}

// named is the path or address as config.yaml has it.
func (j *job) named() string { return cmp.Or(j.URL, j.Path) }

// due reports whether a place is to be read now. Cron is not on time to the second.
func (c *Collector) due(j *job) bool {
	slack := min(j.Every/10, time.Minute)
	return j.Enabled && !j.state.Next.After(c.opt.Now().Add(slack))
}

// remote reports whether a source comes over the network, or may.
func remote(s *config.Source) bool {
	return s.Type == config.SourceFeed || s.Type == config.SourceOPML
}

// Records reads all sources that are due. Sources that fail are a reject, once while they do.
func (c *Collector) Records(ctx context.Context) engine.Records {
	return func(yield func(source.Raw, *source.Reject) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		wanted := true
		pass := func(raw source.Raw, rej *source.Reject) bool {
			wanted = wanted && yield(raw, rej)
			return wanted
		}
		c.list(ctx, pass)
		finished := make(chan struct{})
		go c.dispatch(ctx, finished)
		for _, j := range c.jobs {
			switch {
			case !wanted || ctx.Err() != nil:
			case j.Type == config.SourceOPML: // its feeds follow
			case j.out != nil:
				for r := range j.out {
					if !pass(r.raw, r.reject) {
						cancel()
					}
				}
			case j.Type == config.SourceInbox:
				c.inbox(ctx, j, pass)
			default:
				c.files(ctx, j, pass)
			}
		}
		cancel()
		<-finished
	}
}

// list notes the places that are due: those of config.yaml, and the feeds of lists.
func (c *Collector) list(ctx context.Context, yield func(source.Raw, *source.Reject) bool) {
	for _, s := range c.opt.Sources {
		if s.Type == config.SourceOPML && s.Enabled {
			for _, j := range c.feedsOf(ctx, c.job(s), yield) {
				c.add(j)
			}
			continue
		}
		c.add(c.job(s))
	}
}

func (c *Collector) add(j *job) {
	if !c.due(j) {
		return
	}
	if remote(&j.Source) {
		j.out = make(chan record, 64)
	}
	c.jobs = append(c.jobs, j)
}

// dispatch has the feeds fetched in their order. What a worker finds waits until its source's turn
// has come; the first of those that are not done always has a worker.
func (c *Collector) dispatch(ctx context.Context, finished chan<- struct{}) {
	defer close(finished)
	places := make(chan struct{}, max(c.opt.Hosts, 1))
	for _, j := range c.jobs {
		if j.out == nil {
			continue
		}
		places <- struct{}{}
		go func() {
			defer func() { close(j.out); <-places }()
			c.feed(ctx, j, func(raw source.Raw, rej *source.Reject) bool {
				select {
				case j.out <- record{raw, rej}:
					return true
				case <-ctx.Done():
					return false
				}
			})
		}()
	}
	for range cap(places) {
		places <- struct{}{}
	}
}

// files reads a source of files. It fails when what it names itself cannot be read.
func (c *Collector) files(ctx context.Context, j *job, yield func(source.Raw, *source.Reject) bool) {
	why := ""
	for raw, rej := range source.Read(ctx, []string{j.Path}, c.opt.Stdin, c.reading(j)) {
		if rej != nil && rej.Origin.Path == j.Path && rej.Origin.Line == 0 && !rej.Kept {
			why = rej.Reason
			continue
		}
		if !yield(raw, rej) {
			return
		}
	}
	if ctx.Err() == nil {
		c.done(j, why, time.Time{}, yield)
	}
}

// reading is how the files of a source are read.
func (c *Collector) reading(j *job) source.Options {
	in := c.opt.Read
	in.Source, in.Outlet, in.Language = j.label, j.Outlet, j.Language
	if len(j.Fields) > 0 {
		fields := map[string][]string{}
		for ours, theirs := range in.Fields {
			fields[ours] = theirs
		}
		for ours, theirs := range j.Fields {
			fields[ours] = theirs
		}
		in.Fields = fields
	}
	return in
}

// Bounds of how long a place that fails is left alone: the first, and the longest.
const (
	firstRest = 5 * time.Minute
	maxRest   = 24 * time.Hour
)

// done notes how a place went: why it failed, empty where it did not, and until when it
// wants to be left alone. A failure is told once, until the place has been read again.
func (c *Collector) done(j *job, why string, until time.Time, yield func(source.Raw, *source.Reject) bool) {
	now := c.opt.Now()
	j.read = true
	j.state.Checked = now
	j.state.Next = time.Time{}
	if j.Every > 0 {
		j.state.Next = now.Add(j.Every)
	}
	if why == "" {
		j.state.Succeeded, j.state.Failing, j.state.Failures, j.state.Error, j.state.Told = now, time.Time{}, 0, "", ""
		return
	}
	if j.state.Failing.IsZero() {
		j.state.Failing = now
	}
	j.state.Error = why
	j.state.Failures++
	if remote(&j.Source) && j.URL != "" { // a missing file costs nobody anything
		rest := min(firstRest<<min(j.state.Failures-1, 10), maxRest)
		for _, next := range []time.Time{now.Add(rest), until} {
			if next.After(j.state.Next) {
				j.state.Next = next
			}
		}
	}
	if j.state.Told == "" {
		j.state.Told = why
		yield(source.Raw{}, &source.Reject{Origin: article.Origin{Source: j.label, Path: j.named()}, Reason: why})
	}
}

// Save stores how the sources went, with what the engine counted of each, and then moves the
// files of inboxes that are stored. It is to be called when all articles are committed.
func (c *Collector) Save(ctx context.Context, tally map[string]engine.Tally) error {
	var changes []storage.SourceChange
	var moves []*job
	for _, j := range c.jobs {
		if !j.read {
			continue
		}
		t := tally[j.label]
		j.state.New, j.state.Rejected = t.New, t.Rejected
		if t.Found > 0 {
			j.state.Found = t.Found
		}
		changes = append(changes, storage.SourceChange{Source: j.state, Taken: j.taken})
		if len(j.moves) > 0 {
			moves = append(moves, j)
		}
	}
	for _, at := range c.gone {
		changes = append(changes, storage.SourceChange{Source: storage.Source{Name: at.name, Place: at.place}, Gone: true})
	}
	if err := c.store.SaveSources(ctx, c.opt.Now(), changes); err != nil {
		return err
	}
	for _, j := range moves {
		for _, m := range j.moves {
			if err := m.do(); err != nil {
				return fmt.Errorf("inbox %s: %w", j.Name, err)
			}
		}
	}
	return nil
}

// State is a source of config.yaml with how it went.
type State struct {
	config.Source
	Places []storage.Source // one, of a list of feeds the list and each feed; none: it was never looked at
}

// States joins the sources of config.yaml with what is stored of them, in the order of config.yaml.
func States(sources []config.Source, stored []storage.Source) []State {
	var all []State
	for _, s := range sources {
		st := State{Source: s}
		for _, o := range stored {
			switch {
			case o.Name != s.Name:
			case o.Place == s.Place():
				st.Places = slices.Insert(st.Places, 0, o)
			case s.Type == config.SourceOPML:
				st.Places = append(st.Places, o)
			}
		}
		all = append(all, st)
	}
	return all
}
