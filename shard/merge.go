package shard

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"time"

	"dedupe/article"
	"dedupe/basis"
	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/source"
	"dedupe/storage"
)

// Databases are those that are joined. They give their articles as records, and what they know of
// these to engine.IngestGiven; Rule takes over what people decided. Memory: 50 bytes for each article.
type Databases struct {
	list   []*database
	window candidate.Window
}

type database struct {
	path        string
	store       *storage.Store
	lock        *storage.Lock
	boilerplate *boilerplate.Set   // nil: nothing of what it knows is used
	places      []engine.At        // by number - 1
	texts       []engine.GivenText // those that count
	stretches   []stretch
	decisions   []storage.Decision
	pins        []storage.Pin
}

// stretch is a part of canonical order in which a database has the same texts as the joined one.
type stretch struct {
	from, to engine.At
	parted   bool // there is a difference before it
	at       int64
}

// Open opens databases to be joined to the one of the settings, and locks them. A file that is no
// database, or has another schema, is refused, and so are databases by other settings or another
// version, and those in which a run was stopped. remark is told of what does not come along.
func Open(ctx context.Context, c *config.Config, opt engine.Options, paths []string, now time.Time, remark func(path, what string)) (_ *Databases, err error) {
	d := &Databases{window: candidate.Window{Seconds: int64(opt.Window / time.Second)}}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Close())
		}
	}()
	var met []os.FileInfo
	for _, path := range append([]string{c.Database.Path}, paths...) {
		info, err := os.Stat(path)
		if err != nil {
			if path == c.Database.Path {
				continue
			}
			return nil, err
		}
		if slices.ContainsFunc(met, func(o os.FileInfo) bool { return os.SameFile(o, info) }) {
			return nil, fmt.Errorf("%s is named twice: databases are joined to another one, each once", path)
		}
		met = append(met, info)
	}
	for _, path := range paths {
		x := &database{path: path}
		d.list = append(d.list, x)
		if x.lock, err = storage.Acquire(path, "merge", now); err != nil {
			return nil, err
		}
		if x.store, err = storage.Open(ctx, path, storage.Options{ReadOnly: true}); err != nil {
			return nil, err
		}
		if err := x.fit(ctx, c); err != nil {
			return nil, err
		}
		if err := x.load(ctx, remark); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// Close closes and unlocks them.
func (d *Databases) Close() (err error) {
	for _, x := range d.list {
		if x.store != nil {
			err = errors.Join(err, x.store.Close())
		}
		if x.lock != nil {
			err = errors.Join(err, x.lock.Release())
		}
	}
	return err
}

// fit refuses a database that cannot be joined.
func (x *database) fit(ctx context.Context, c *config.Config) error {
	own := *c
	own.Database.Path = x.path
	b := basis.Basis{Store: x.store, Config: &own}
	filled, err := b.Filled(ctx)
	if err != nil {
		return err
	}
	if !filled {
		return fmt.Errorf("%s has no articles: take its shard in first, dedupe --db %s ingest FILE", x.path, x.path)
	}
	_, changes, err := b.ChangedAll(ctx)
	if err != nil {
		return err
	}
	if len(changes) > 0 {
		return fmt.Errorf("%s was made otherwise: %s: make it with the same settings and program, dedupe --db %s recluster", x.path, basis.Join(changes), x.path)
	}
	left, err := x.store.WorkLeft(ctx)
	if err != nil {
		return err
	}
	for _, n := range left {
		if n > 0 {
			return fmt.Errorf("a run was stopped in %s: finish it first, by the same command", x.path)
		}
	}
	return nil
}

// load reads which articles a database has, and what is boilerplate in it.
func (x *database) load(ctx context.Context, remark func(path, what string)) error {
	places, _, restored, err := x.store.Places(ctx)
	if err != nil {
		return err
	}
	for i := range places {
		x.places = append(x.places, engine.At{Date: places[i].Date, Key: places[i].Key})
	}
	if x.texts, err = engine.TextsOf(ctx, x.store, places); err != nil {
		return err
	}
	rows, err := x.store.Boilerplate(ctx)
	if err != nil {
		return err
	}
	_, pruned, err := x.store.Oldest(ctx)
	if err != nil {
		return err
	}
	switch {
	case slices.ContainsFunc(rows, func(r storage.BoilerplateRow) bool { return r.State != storage.Learned }):
		remark(x.path, "what people decided on its boilerplate does not come along: all its articles are compared again")
	case pruned || slices.ContainsFunc(places, func(p candidate.Place) bool { return p.Frozen }):
		remark(x.path, "it was pruned: all its articles that have a text are compared again")
	case len(restored) > 0:
		remark(x.path, "it is damaged (dedupe doctor): all its articles are compared again")
	default:
		x.boilerplate = engine.Boilerplate(rows)
	}
	if x.decisions, err = x.store.Decisions(ctx); err != nil {
		return err
	}
	x.pins, err = pinsOf(ctx, x.store)
	return err
}

// Records yields all texts of all databases, in the order of arrival in each.
func (d *Databases) Records(ctx context.Context) engine.Records {
	return func(yield func(source.Raw, *source.Reject) bool) {
		for _, x := range d.list {
			const articles, bytes = 256, 16 << 20 // at once
			for from, to := uint32(1), uint32(0); int(from) <= len(x.places); from = to {
				var rows []storage.ReceivedRow
				size, full := 0, errors.New("full")
				to = from + articles
				err := x.store.ReceivedIn(ctx, from, to, func(r storage.ReceivedRow) error {
					if size += len(r.Packed); size > bytes && len(rows) > 0 {
						to = r.Seq
						return full
					}
					rows = append(rows, r)
					return nil
				})
				if err != nil && !errors.Is(err, full) {
					yield(source.Raw{}, &source.Reject{Origin: article.Origin{Path: x.path}, Reason: err.Error()})
					return
				}
				for i := range rows {
					if rows[i].Key != (article.Key{}) && !yield(x.record(&rows[i])) { // others were taken out
						return
					}
				}
			}
		}
	}
}

// record is a stored version as it came.
func (x *database) record(r *storage.ReceivedRow) (raw source.Raw, rej *source.Reject) {
	o := article.Origin{Path: x.path, Line: int(r.Seq)}
	if r.Gone() {
		return raw, &source.Reject{Origin: o, Reason: "the text of this article was pruned"}
	}
	a := r.Article
	var err error
	if a.Body, err = x.store.ReceivedBody(r); err != nil {
		return raw, &source.Reject{Origin: o, Reason: err.Error()}
	}
	a.ID, _ = article.GivenID(a.ID, r.Key)
	if !r.Unspelt {
		a.Outlet = a.Given
	}
	return source.Taken(o, source.TakenLine(&a)), nil
}

// Begin implements engine.Given: it finds where each database has the texts of the joined one.
func (d *Databases) Begin(all []engine.GivenText) error {
	for _, x := range d.list {
		x.stretches = nil
		open, parted, at := false, false, int64(math.MinInt64)
		i, j := 0, 0
		for i < len(all) || j < len(x.texts) {
			c := 0
			switch {
			case i == len(all):
				c = 1
			case j == len(x.texts):
				c = -1
			default:
				c = all[i].Compare(x.texts[j].At)
			}
			if c == 0 && all[i].Hash == x.texts[j].Hash {
				if !open {
					x.stretches = append(x.stretches, stretch{from: all[i].At, parted: parted, at: at})
				}
				open = true
				x.stretches[len(x.stretches)-1].to = all[i].At
			} else {
				open, parted = false, true
				if c <= 0 {
					at = all[i].Date
				} else {
					at = x.texts[j].Date
				}
			}
			if c <= 0 {
				i++
			}
			if c >= 0 {
				j++
			}
		}
	}
	return nil
}

// knows reports whether a database has what stands before an article in its window, and that.
func (x *database) knows(a engine.At, w candidate.Window) bool {
	i, found := slices.BinarySearchFunc(x.stretches, a, func(s stretch, a engine.At) int { return s.from.Compare(a) })
	if !found {
		i--
	}
	if x.boilerplate == nil || i < 0 || a.Compare(x.stretches[i].to) > 0 {
		return false
	}
	s := &x.stretches[i]
	return !s.parted || s.at < w.Start(a.Date)
}

// number returns that of an article in a database, 0: it has none there.
func (x *database) number(a engine.At) uint32 {
	i, found := slices.BinarySearchFunc(x.texts, a, func(t engine.GivenText, a engine.At) int { return t.Compare(a) })
	if !found {
		return 0
	}
	return x.texts[i].Seq
}

// of returns the database that knows an article; nil: none does.
func (d *Databases) of(a engine.At) *database {
	for _, x := range d.list {
		if x.knows(a, d.window) {
			return x
		}
	}
	return nil
}

// Knows implements engine.Given.
func (d *Databases) Knows(a engine.At) bool { return d.of(a) != nil }

// Learned implements engine.Given.
func (d *Databases) Learned(a engine.At) (sets []*boilerplate.Set) {
	for _, x := range d.list {
		if x.boilerplate != nil && x.number(a) != 0 {
			sets = append(sets, x.boilerplate)
		}
	}
	return sets
}

// Passages implements engine.Given.
func (d *Databases) Passages(ctx context.Context, a engine.At) ([]boilerplate.Passage, error) {
	x := d.of(a)
	seq := x.number(a)
	votes, err := x.store.Votes(ctx, []uint32{seq})
	return votes[seq], err
}

// Pairs implements engine.Given.
func (d *Databases) Pairs(ctx context.Context, a engine.At) (pairs engine.GivenPairs, err error) {
	x := d.of(a)
	seq := x.number(a)
	sizes, err := x.store.Sizes(ctx, []uint32{seq})
	if err != nil {
		return pairs, err
	}
	pairs.Words, pairs.Learned = sizes[seq], x.boilerplate
	err = x.store.PairsIn(ctx, seq, seq+1, func(p storage.PairRow) error {
		if p.A == 0 || p.Damaged != nil {
			return fmt.Errorf("%s: a comparison of article %d is damaged: dedupe --db %s doctor", x.path, seq, x.path)
		}
		pairs.Pairs = append(pairs.Pairs, engine.GivenPair{A: x.places[p.A-1], Evidence: p.Verdict.Evidence})
		return nil
	})
	return pairs, err
}
