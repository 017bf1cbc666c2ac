package engine

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dedupe/article"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

// metaRenew tells in the table meta for which version what is stored of articles is
// made anew, and how far that has come.
const metaRenew = "renew"

// renew makes anew what is stored of each article by itself, after an update of the
// program, so that what a fresh ingest would store stands there, and the same input is
// known when it is read again:
//
//	headline, body --> plain text --> hash of the text
//	     |                 `-> language, where the text shows it
//	id, outlet, URL, text --> outlet, key --> which versions are of one article
//	date as given --> place in the canonical order
//
// It goes over the articles in the order of arrival, a batch at a time, each one
// transaction; a call that was stopped is gone on with. Articles that have one key now
// are versions of one article, as if they had come one after the other. What people
// decided goes with its key. Nothing is deleted: what came twice stays as a version
// that does not count.
func (r *reclustering) renew(ctx context.Context) error {
	e := r.e
	if !r.Renew {
		return nil
	}
	var settings string
	from := uint32(1)
	at, err := e.store.Meta(ctx, metaRenew)
	if err != nil {
		return err
	}
	if n, _ := fmt.Sscanf(at, "%s %d", &settings, &from); n != 2 || settings != r.Reindex {
		from = 1
	}
	for from < e.next.Seq {
		list, err := e.receivedIn(ctx, from, min(from+uint32(e.opt.Batch), e.next.Seq))
		if err != nil {
			return err
		}
		if err := r.renewThese(ctx, list); err != nil {
			return err
		}
		from += uint32(len(list))
		r.Progress(Renewing, int(from-1), int(e.next.Seq-1))
	}
	if err := e.store.Respell(ctx, e.opt.Outlets.Spellings()); err != nil {
		return err
	}
	d, err := e.store.Decisions(ctx)
	if err != nil {
		return err
	}
	e.decisions, e.keys = newDecisions(d), filter{}
	e.keys.fill(e.places)
	return e.rulesOf(ctx)
}

// receivedIn reads the stored versions of [from, to), as many as find room in a batch and
// one at least. One whose row is lost has its number alone.
func (e *Engine) receivedIn(ctx context.Context, from, to uint32) ([]storage.ReceivedRow, error) {
	list := make([]storage.ReceivedRow, 0, to-from)
	size := 0
	full := errors.New("full")
	err := e.store.ReceivedIn(ctx, from, to, func(a storage.ReceivedRow) error {
		if size += len(a.Packed); size > maxBatch && len(list) > 0 {
			return full
		}
		for from+uint32(len(list)) < a.Seq {
			list = append(list, storage.ReceivedRow{Seq: from + uint32(len(list))})
		}
		list = append(list, a)
		return nil
	})
	if errors.Is(err, full) {
		return list, nil
	}
	for err == nil && from+uint32(len(list)) < to {
		list = append(list, storage.ReceivedRow{Seq: from + uint32(len(list))})
	}
	return list, err
}

// renewThese makes consecutive articles anew and stores what changed.
func (r *reclustering) renewThese(ctx context.Context, list []storage.ReceivedRow) error {
	e := r.e
	made := make([]renewed, len(list))
	err := e.each(len(list), func(w *worker, i int) error {
		made[i] = e.renewed(w, &list[i])
		return nil
	})
	if err != nil {
		return err
	}
	b := &storage.Batch{} // for outlets that are new
	s := &storage.Renewal{Meta: map[string]string{metaRenew: fmt.Sprintf("%s %d", r.Reindex, int(list[0].Seq)+len(list))}}
	if list[0].Seq == 1 { // an index or links that another version began count for nothing
		s.Meta[metaReindex], s.Meta[metaRecluster] = "", ""
	}
	var moved []uint32 // whose places change
	for i := range made {
		m := &made[i]
		if m.lost {
			continue
		}
		m.row.Outlet = e.outlet(b, m.outlet)
		p := e.place(m.row.Seq)
		before := *p
		p.Date, p.Key = m.date, binary.BigEndian.Uint64(m.row.Key[:])
		if p.Outlet = 0; m.outlet != "" {
			p.Outlet = m.row.Outlet
		}
		if *p != before {
			moved = append(moved, m.row.Seq)
		}
		if m.changed {
			s.Articles = append(s.Articles, m.row)
		}
	}
	s.Outlets = b.Outlets
	turned, err := r.restand(ctx, s, list, made)
	if err != nil {
		return err
	}
	s.Places = e.placeRows(append(moved, turned...))
	return e.store.Renew(ctx, s)
}

// renewed is what a stored version of an article is now.
type renewed struct {
	row     storage.Renewed
	outlet  string
	date    int64 // in canonical order
	changed bool  // row is to be stored
	lost    bool  // its text cannot be read: it stays as it is
}

// renewed makes a stored version anew from what was received.
func (e *Engine) renewed(w *worker, r *storage.ReceivedRow) renewed {
	a := r.Article
	m := renewed{row: storage.Renewed{Seq: r.Seq, Key: r.Key, Headline: a.Headline, Language: a.Language, TextHash: r.TextHash}, outlet: a.Outlet, date: orderDate(a.Published)}
	body, err := e.store.ReceivedBody(r)
	if r.Gone() {
		m.lost = true
		return m
	}
	if err != nil {
		e.log.Warn("the text of an article cannot be read: it stays as it is", "article", r.Seq)
		m.lost = true
		return m
	}
	a.Headline, a.Body = strings.TrimSpace(source.PlainHeadline(a.Headline)), strings.TrimSpace(source.PlainText(body))
	given := a.Given
	if r.Unspelt {
		given = givenOutlet(&a)
	}
	a.Outlet = e.opt.Outlets.Name(given, a.URL)
	m.outlet = a.Outlet
	m.row.Headline, m.row.Key, m.row.TextHash = a.Headline, keyNow(&a, r.Key), textHash(&a)
	if a.Body != body {
		w.packed = e.store.PackBody(w.packed[:0], a.Body)
		m.row.Packed = slices.Clone(w.packed)
	}
	// A language that was given stays: nothing tells it from one that the text showed,
	// but that the text shows it.
	if a.Language == "" || a.Body != body && a.Language == text.LanguageOf(body, text.Words(nil, body)) {
		a.Language = ""
		m.row.Language = language(&a, text.Words(nil, a.Body))
	}
	m.changed = m.row.Packed != nil || m.row.Key != r.Key || m.row.TextHash != r.TextHash || m.row.Headline != r.Article.Headline ||
		m.row.Language != r.Article.Language || m.outlet != r.Article.Outlet
	return m
}

// givenOutlet is the name of an outlet under which an article came that was stored by a version
// which did not keep it, as far as that can be told: none, where the stored one is what an earlier version took from the URL, its host.
func givenOutlet(a *article.Article) string {
	rest := a.URL
	if _, after, absolute := strings.Cut(rest, "://"); absolute {
		rest = after
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	if article.CanonicalOutlet(rest) == a.Outlet {
		return ""
	}
	return a.Outlet
}

// restand finds out which versions count, among those of each key that versions came to
// or left, or of which a text changed, and notes what changes. It returns the articles
// that begin to count or cease to.
func (r *reclustering) restand(ctx context.Context, s *storage.Renewal, list []storage.ReceivedRow, made []renewed) (turned []uint32, err error) {
	first := list[0].Seq
	var keys []article.Key
	for i := range made {
		if k := made[i].row.Key; k != list[i].Key {
			keys = append(keys, k, list[i].Key)
		} else if made[i].row.TextHash != list[i].TextHash {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b article.Key) int { return slices.Compare(a[:], b[:]) })
	keys = slices.Compact(keys)
	stored, err := r.e.store.Standings(ctx, keys)
	if err != nil {
		return nil, err
	}
	was := map[uint32]storage.Standing{}
	now := make(map[article.Key][]storage.Standing, len(stored))
	for _, key := range keys {
		for _, x := range stored[key] {
			was[x.Seq] = x
			to := key
			if x.Seq >= first && int(x.Seq-first) < len(made) {
				m := &made[x.Seq-first].row
				to, x.TextHash = m.Key, m.TextHash
			}
			now[to] = append(now[to], x)
		}
	}
	s.Heirs, s.Moved = map[uint32]uint32{}, map[article.Key]article.Key{}
	for _, key := range keys {
		if len(now[key]) == 0 {
			if i := slices.IndexFunc(stored[key], func(x storage.Standing) bool { return x.Current }); i >= 0 {
				s.Moved[key] = made[stored[key][i].Seq-first].row.Key
			}
			continue
		}
		ranked := rank(now[key])
		counts := ranked[len(ranked)-1].Seq
		for _, x := range ranked {
			before := was[x.Seq]
			came := x.Seq >= first && int(x.Seq-first) < len(made) && list[x.Seq-first].Key != key
			if before.Version == x.Version && before.Current == x.Current && !came {
				continue
			}
			s.Standing = append(s.Standing, x)
			if before.Current == x.Current {
				continue
			}
			turned = append(turned, x.Seq)
			r.e.place(x.Seq).Dead = !x.Current
			if before.Current {
				s.Heirs[x.Seq] = counts
			}
		}
	}
	return turned, nil
}

// rank numbers the versions of one article, given in any order, as if they had come in
// the order of arrival: the last whose text is new counts, and is the last version.
func rank(list []storage.Standing) []storage.Standing {
	slices.SortFunc(list, func(x, y storage.Standing) int { return int(x.Seq) - int(y.Seq) })
	seen := map[uint64]bool{}
	counts := 0
	for i, x := range list {
		if !seen[x.TextHash] {
			counts = i
		}
		seen[x.TextHash] = true
	}
	last := list[counts]
	list = append(slices.Delete(list, counts, counts+1), last)
	for i := range list {
		list[i].Version, list[i].Current = i+1, i == len(list)-1
	}
	return list
}
