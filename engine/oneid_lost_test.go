package engine_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/engine"
	"dedupe/storage"
)

// frail is a desk that is told of damage.
type frail struct {
	*desk
	told []string
}

func newFrail(t *testing.T, records ...record) *frail {
	d := &frail{desk: &desk{TB: t, folder: t.TempDir()}}
	var err error
	d.store, err = storage.Open(t.Context(), filepath.Join(d.folder, "a.db"), storage.Options{Damaged: func(x storage.Damage) {
		if row := x.Table + " " + x.Row; !slices.Contains(d.told, row) {
			d.told = append(d.told, row)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.store.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, r := range records {
		d.take(jsonl(t, r))
	}
	return d
}

// change stores some versions otherwise, with their places.
func (d *frail) change(how func(*storage.Renewed, *storage.Standing)) {
	d.Helper()
	places, firsts, _, err := d.store.Places(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	outlets, err := d.store.Outlets(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	r := &storage.Renewal{}
	err = d.store.ReceivedIn(d.Context(), 1, uint32(len(places)+1), func(a storage.ReceivedRow) error {
		now := storage.Renewed{Seq: a.Seq, Key: a.Key, Outlet: outlets[a.Article.Outlet], Headline: a.Article.Headline, Language: a.Article.Language, TextHash: a.TextHash}
		stands := storage.Standing{Seq: a.Seq}
		how(&now, &stands)
		r.Articles = append(r.Articles, now)
		p := &places[a.Seq-1]
		p.Key = binary.BigEndian.Uint64(now.Key[:])
		if stands.Version > 0 {
			r.Standing = append(r.Standing, stands)
			p.Dead = !stands.Current
		}
		return nil
	})
	if err != nil {
		d.Fatal(err)
	}
	for i, first := range firsts {
		end := len(places)
		if i+1 < len(firsts) {
			end = int(firsts[i+1]) - 1
		}
		r.Places = append(r.Places, storage.PlaceRow{First: first, Places: places[first-1 : end]})
	}
	if err := d.store.Renew(d.Context(), r); err != nil {
		d.Fatal(err)
	}
}

// lose makes the text of a stored version unreadable.
func (d *frail) lose(seq uint32) {
	d.Helper()
	d.change(func(now *storage.Renewed, _ *storage.Standing) {
		if now.Seq == seq {
			now.Packed = []byte{0xff}
		}
	})
}

// rows returns all stored versions of an id: what they are numbered, called, and whether
// they count.
func (d *frail) rows() (list []string) {
	d.Helper()
	view, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	for a, err := range view.Articles(d.Context()) {
		if err != nil {
			d.Fatal(err)
		}
		list = append(list, fmt.Sprintf("%d %s %s", a.Seq, strings.Fields(a.Headline)[0], strings.Repeat("other", strings.Count(a.External, "~"))))
	}
	slices.Sort(list)
	return list
}

// TestLostTextOfAnID: a text that cannot be read parts nothing that is stored, is told of,
// and makes no row without a text.
func TestLostTextOfAnID(t *testing.T) {
	under := func(at int, name string, number int, more string) record {
		return record{"0", "One", name + " " + prose(900+number, 6), hour(at), prose(number, 70) + more}
	}
	for _, c := range []struct {
		name   string
		stored []record
		lost   uint32
		comes  []record
		want   []string // number, begin of the headline, whether another article keeps the id
		told   bool
	}{
		{"a new text of an article that is lost", []record{under(30, "First", 1, "")}, 1, []record{under(31, "Next", 2, "")}, []string{"2 Next "}, true},
		{"an earlier one", []record{under(30, "First", 1, "")}, 1, []record{under(20, "Next", 2, "")}, []string{"2 Next "}, true},
		{"two of them", []record{under(30, "First", 1, "")}, 1, []record{under(31, "Next", 2, ""), under(32, "Last", 3, "")}, []string{"3 Last "}, true},
		{"an id of several, a stranger", []record{under(30, "First", 1, ""), under(31, "Second", 2, "")}, 2, []record{under(32, "Next", 3, "")}, []string{"1 First ", "2 Second other", "3 Next other"}, true},
		{"an id of several, an earlier stranger", []record{under(30, "First", 1, ""), under(31, "Second", 2, "")}, 1, []record{under(20, "Next", 3, "")}, []string{"1 First ", "2 Second other", "3 Next other"}, true},
		{"an id of several, the other is lost", []record{under(30, "First", 1, ""), under(31, "Second", 2, "")}, 2, []record{under(20, "Next", 3, "")}, []string{"2 Second other", "3 Next ", "4 First other"}, true},
		{"an id of several, under the lost headline", []record{under(30, "First", 1, ""), under(31, "Second", 2, "")}, 2, []record{under(32, "Second", 2, " "+prose(5, 20))}, []string{"1 First ", "3 Second other"}, false},
		{"an old version, which nobody needs", []record{under(30, "First", 1, ""), under(31, "Second", 1, " "+prose(5, 9)), under(32, "Third", 1, " "+prose(6, 9))}, 1,
			[]record{under(33, "Fourth", 1, " "+prose(7, 9))}, []string{"4 Fourth "}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newFrail(t, c.stored...)
			d.lose(c.lost)
			d.told = nil
			d.take(jsonl(t, c.comes...))
			if diff := cmp.Diff(c.want, d.rows()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if told := slices.Contains(d.told, fmt.Sprint("body ", c.lost)); told != c.told {
				t.Errorf("told of %v, want the lost text among it: %v", d.told, c.told)
			}
			before := d.rows()
			d.take(jsonl(t, slices.Concat(c.comes, c.stored)...))
			if diff := cmp.Diff(before, d.rows()); diff != "" {
				t.Errorf("the same again (-before +after):\n%s", diff)
			}
			next, err := d.store.Counters(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for seq := uint32(1); seq < next.Seq; seq++ {
				if words, err := d.store.Words(t.Context(), seq); seq != c.lost && (err != nil || words.Body == "") {
					t.Errorf("text %d is %q, %v", seq, words.Body, err)
				}
			}
		})
	}
}

// TestSettleIDsWithoutALostText: what an earlier version took for versions of one article
// is parted, though the text of some cannot be read.
func TestSettleIDsWithoutALostText(t *testing.T) {
	under := func(id string, at, number int, name string) record {
		return record{id, "One", name + " " + prose(900+number, 6), hour(at), prose(number, 70)}
	}
	for _, c := range []struct {
		name string
		lost uint32
		want []string
	}{
		{"current", 2, []string{"2 Second ", "5 Third ", "6 Fourth "}},
		{"old", 1, []string{"2 Second ", "5 Third ", "6 Fourth "}},
		{"none", 9, []string{"5 First ", "6 Second ", "7 Third ", "8 Fourth "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newFrail(t)
			for _, line := range jsonl(t, under("a", 1, 1, "First"), under("a", 2, 2, "Second"), under("b", 3, 3, "Third"), under("b", 4, 4, "Fourth")) {
				d.take([]string{strings.Replace(line, `"id":"`, `"url":"https://one.example/news/`, 1)})
			}
			keys := map[bool][16]byte{}
			d.change(func(now *storage.Renewed, stands *storage.Standing) {
				a := now.Seq <= 2
				if now.Seq%2 == 1 {
					keys[a] = now.Key
				}
				now.Key = keys[a]
				stands.Version, stands.Current = 2-int(now.Seq%2), now.Seq%2 == 0
			})
			d.lose(c.lost)
			d.told = nil
			sum, err := d.engine(func(o *engine.Options) { o.Batch = 1 }).SettleIDs(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			if anew := len(c.want) - strings.Count(strings.Join(c.want, "\n"), "2 Second"); sum.Changed != anew {
				t.Errorf("%d texts are stored anew, want %d", sum.Changed, anew)
			}
			if diff := cmp.Diff(c.want, d.rows()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if told := slices.Contains(d.told, fmt.Sprint("body ", c.lost)); told != (c.lost < 9) {
				t.Errorf("told of %v", d.told)
			}
			before := d.rows()
			if sum, err := d.engine(nil).SettleIDs(t.Context(), ""); err != nil || sum.Changed != 0 {
				t.Errorf("again: %d stored anew, %v", sum.Changed, err)
			}
			if diff := cmp.Diff(before, d.rows()); diff != "" {
				t.Errorf("again (-before +after):\n%s", diff)
			}
		})
	}
}

// TestSettleIDsIsOvertaken: what another run wrote meanwhile stops it at once.
func TestSettleIDsIsOvertaken(t *testing.T) {
	d := newFrail(t)
	for i := range 6 {
		d.take(jsonl(t, record{fmt.Sprint(i / 2), "One", prose(900+i/2, 6), hour(i), prose(i/2, 70+i)}))
	}
	other, err := storage.Open(t.Context(), filepath.Join(d.folder, "a.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	var calls atomic.Int32 // several goroutines of the engine ask
	clock := func() time.Time {
		if calls.Add(1) == 2 { // the run has begun
			run, err := other.BeginRun(t.Context(), "other", "", deskTime())
			if err == nil {
				err = other.Write(t.Context(), &storage.Batch{Run: run})
			}
			if err != nil {
				t.Error(err)
			}
		}
		return deskTime()
	}
	_, err = d.engineAt(func(o *engine.Options) { o.Batch = 1 }, clock).SettleIDs(t.Context(), "")
	if !errors.Is(err, storage.ErrOvertaken) {
		t.Errorf("%v, want %v", err, storage.ErrOvertaken)
	}
	if n := calls.Load(); n > 15 { // a batch asks it ten times: it went on with the next
		t.Errorf("the clock was asked %d times", n)
	}
}

// TestRemarksInOrder: remarks are listed in the order of the records, whatever ids these
// have.
func TestRemarksInOrder(t *testing.T) {
	d := emptyDesk(t)
	var records []record
	for i, id := range []string{"a", "b", "a", "c", "b"} {
		records = append(records, record{id, "One", prose(900+i, 6), "no date", prose(i, 40)})
	}
	d.take(jsonl(t, records...))
	view, err := d.store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	var lines []int64
	for r, err := range view.Rejects(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, int64(r.Line))
	}
	if diff := cmp.Diff([]int64{1, 2, 3, 4, 5}, lines); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
