// Package engine finds out which articles are copies of one story. It is the only package
// with goroutines.
//
//	intake   records --> known? --> words, profile, anchors --> stored, on the table work
//	work     reach, learn, link, group: one step for all articles before the next
//
// Intake stores what comes, a batch at a time. Then each article on the table of work goes
// through the steps, and so do stored ones of which something changed: whose candidates are
// others, or of which other text is boilerplate. A recluster puts all articles on the table.
//
// The words of this package:
//
//	work         the table of articles with something left to do, and the step of each
//	place        where an article stands: date, key, outlet; canonical order is by date, then key
//	anchor       two distinctive words that follow each other; what candidates are found by
//	candidate    an article before another one that shares anchors with it
//	reach        which stored articles have other candidates now
//	vote         what an article shows to be boilerplate, by what it shares with unrelated ones
//	boilerplate  shingles that articles vote for, because unrelated articles have them
//	changed      shingles that changed since those who have them were linked
//	judgement    the pairs of one article with its candidates
//	given        judgements that were made elsewhere: by stages, or in other databases
//	component    articles that links and decisions connect
//	ruling       what a person decided at once
//	one id       several articles that came under one id, and are kept apart
//	visit        an article that is not stored and is compared as if it were
//	forget       to take articles out, so that nothing of them is left
//	prune        to take out what is older than is to be kept
//
// To read it from the way in to the end: ingest.go, decode.go and admit.go take articles in.
// work.go has the steps; reach.go, learn.go, link.go and group.go are one each. find.go, rank.go
// and compare.go say what learn and link compare, and changed.go what is linked again. recluster.go,
// reindex.go and renew.go do all of it again. What is left stands beside that: decisions, ids that
// several articles share, visits, and what is taken out.
//
// What is stored in the end is a function of the articles and the settings, whatever the
// order of arrival, the batches, the number of workers, kills and restarts; only clusters get
// their numbers as they are made.
package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"dedupe/article"
	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/index"
	"dedupe/notices"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
	"dedupe/textcache"
)

// Options of an Engine. DefaultOptions gives those that were measured.
type Options struct {
	Shingle        int           // words a shingle
	Window         time.Duration // articles further apart are not compared; 0: unlimited
	Candidates     candidate.Options
	Thresholds     similarity.Thresholds
	Overrides      Overrides                 // of the thresholds
	Metric         func(a, b string) float64 // of headlines
	Stories        int                       // unrelated stories that make a passage boilerplate
	Representative []string                  // rules in order: pinned, preferred, agency, earliest, latest, longest, shortest
	Preferred      []string                  // canonical names of the outlets of the rule preferred, the best first
	Outlets        *article.Outlets
	Agencies       *text.Agencies
	Notices        *notices.Vocabulary // of the page, known in advance; nil: none
	Workers        int                 // 0: one a processor
	Batch          int                 // articles a transaction
	Cache          int                 // bytes of memory for texts, about 6 a word
	Spill          string              // folder for a file of those that find no room there, which has no name; "": none
}

// DefaultOptions returns the options that were measured best: those of the settings that
// nobody has changed.
func DefaultOptions() Options {
	metric, _ := similarity.NormalMetric(similarity.DefaultMetric)
	return Options{
		Shingle: similarity.DefaultK, Window: candidate.DefaultWindow, Candidates: candidate.DefaultOptions(),
		Thresholds: similarity.DefaultThresholds(), Metric: metric, Agencies: text.DefaultAgencies(),
		Stories: boilerplate.DefaultStories, Representative: []string{"pinned", "agency", "earliest", "longest"},
		Notices: notices.Default(), Batch: 4000, Cache: 96 << 20,
	}
}

// Summary counts what a run did.
type Summary struct {
	Read        int     `json:"read"`        // records met
	New         int     `json:"new"`         // articles stored for the first time
	Known       int     `json:"known"`       // stored before, unchanged
	Changed     int     `json:"changed"`     // stored before with another text
	Rejected    int     `json:"rejected"`    // records that could not be taken
	Passed      int     `json:"passed"`      // pages of web archives without a story, such as those of sections
	Warnings    int     `json:"warnings"`    // articles taken with a remark, such as an unreadable date
	TooShort    int     `json:"too_short"`   // new articles with too few words to judge
	Compared    int     `json:"compared"`    // pairs
	Linked      int     `json:"linked"`      // pairs
	Made        int     `json:"made"`        // clusters
	Joined      int     `json:"joined"`      // articles that joined a cluster that was there
	Merged      int     `json:"merged"`      // clusters that went into another
	Split       int     `json:"split"`       // clusters from which members left
	Boilerplate int     `json:"boilerplate"` // passages learned
	Seconds     float64 `json:"seconds"`
	Shared      int     `json:"shared_ids"`        // new articles that came under an id which another article has
	Old         int     `json:"too_old,omitempty"` // records older than what is kept, see Prune: not taken
}

// Engine groups articles in one store. It is for one run at a time.
type Engine struct {
	opt   Options
	store *storage.Store
	log   *slog.Logger
	now   func() time.Time

	progress Progress // may be nil

	window      candidate.Window
	next        storage.Counters
	places      candidate.Places // by article - 1
	firsts      []uint32         // rows of places
	index       *index.Index
	scratch     []candidate.Scratch // of the goroutines that look candidates up
	searched    searched
	keys        filter
	forgotten   map[storage.Hash]storage.Forgotten // what may not come back
	oldest      int64                              // Unix seconds: what is older was pruned
	prunes      bool                               // there is such a date
	erased      storage.Erased                     // by this run
	rules       rules
	outlets     map[string]uint32
	nextOutlet  uint32
	writes      writes
	writing     map[article.Key]bool // of the batch that was taken in last
	visit       visit
	given       *given // nil: a run finds all out itself
	boilerplate *learned
	decisions   decisions
	changed     changed
	cache       *textcache.Cache
	graph       *graph
	run         int64
	began       storage.Counters  // as they were before the run
	unsettled   bool              // known texts are looked at, too: see SettleIDs
	mended      []storage.PairRow // damaged pairs that were judged anew, to be stored
	restored    bool              // places were made anew and are not stored yet
	events      []storage.ClusterEvent
	counts      counts
	sum         Summary
	shared      *SharedID        // the first of this run, nil: none
	tally       map[string]Tally // of the sources of this run
	warned      map[string]int   // of this run, by file
	spent       Stages           // each by the one goroutine that is at work there
	idle        sync.Pool        // workers
	answers     sync.Map         // pairs of articles -> whether they are unrelated; while a batch learns
}

// New returns an engine over a store.
func New(ctx context.Context, store *storage.Store, opt Options, log *slog.Logger, now func() time.Time) (*Engine, error) {
	if opt.Workers <= 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	e := &Engine{opt: opt, store: store, log: log, now: now}
	e.window = candidate.Window{Seconds: int64(opt.Window / time.Second)}
	e.cache = textcache.New(opt.Cache, opt.Spill)
	e.scratch = make([]candidate.Scratch, opt.Workers)
	e.graph = e.newGraph()
	// The index comes first: should another run store something meanwhile, it holds no
	// article that the rest does not know.
	stored, broken, err := store.Segments(ctx)
	if err != nil {
		return nil, err
	}
	if e.next, err = store.Counters(ctx); err != nil {
		return nil, err
	}
	var restored []uint32
	if e.places, e.firsts, restored, err = store.Places(ctx); err != nil {
		return nil, err
	}
	if n := int(e.next.Seq) - 1; n < len(e.places) { // another run has stored more since
		e.places = e.places[:n:n]
		e.firsts = slices.DeleteFunc(e.firsts, func(first uint32) bool { return first >= e.next.Seq })
		restored = slices.DeleteFunc(restored, func(seq uint32) bool { return seq >= e.next.Seq })
	}
	if err := e.restore(ctx, restored); err != nil {
		return nil, err
	}
	e.keys.fill(e.places)
	if e.forgotten, err = store.Forgotten(ctx); err != nil {
		return nil, err
	}
	if e.oldest, e.prunes, err = store.Oldest(ctx); err != nil {
		return nil, err
	}
	e.index = index.New(store, stored, broken, e.places)
	if e.outlets, err = store.Outlets(ctx); err != nil {
		return nil, err
	}
	e.nextOutlet = freeOutlet(e.outlets, e.places)
	if err := e.rulesOf(ctx); err != nil {
		return nil, err
	}
	rows, err := store.Boilerplate(ctx)
	if err != nil {
		return nil, err
	}
	e.boilerplate = newLearned(rows)
	left, err := store.Changed(ctx)
	if err != nil {
		return nil, err
	}
	for i := range left {
		e.changed.add(&left[i])
	}
	d, err := store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	e.decisions = newDecisions(d)
	return e, nil
}

// Articles is how many articles the engine knows: they have the numbers from 1 on. What
// another engine stores later is not among them.
func (e *Engine) Articles() uint32 { return e.next.Seq - 1 }

func (e *Engine) place(seq uint32) *candidate.Place { return e.places.At(seq) }

// compare compares articles by canonical order.
func (e *Engine) compare(a, b uint32) int {
	return cmp.Or(e.place(a).Compare(e.place(b)), cmp.Compare(a, b))
}

// before reports whether article a stands before b in canonical order.
func (e *Engine) before(a, b uint32) bool { return e.compare(a, b) < 0 }

func (s *Summary) json() []byte {
	data, _ := json.Marshal(s) // plain numbers cannot fail
	return data
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// Run is the number of the last run.
func (e *Engine) Run() int64 { return e.run }

// Watch lets progress hear how far later runs have come.
func (e *Engine) Watch(progress Progress) { e.progress = progress }

// Tally counts what came of each source of the last run that has a name in config.yaml.
func (e *Engine) Tally() map[string]Tally { return e.tally }

// SharedID is the first id of the last run under which several articles came, nil when
// there was none.
func (e *Engine) SharedID() *SharedID { return e.shared }
