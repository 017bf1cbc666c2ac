package engine_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dedupe/similarity"
	"dedupe/storage"
)

// record is an article as an outlet sends it.
type record struct {
	ID        string `json:"id"`
	Outlet    string `json:"outlet"`
	Title     string `json:"title"`
	Published string `json:"published"`
	Body      string `json:"body"`
}

// hour is a date of the fortnight that tests play in.
func hour(n int) string {
	return time.Date(2026, 3, 2, n, 0, 0, 0, time.UTC).Format(time.RFC3339)
}

// jsonl writes records as lines.
func jsonl(t testing.TB, records ...record) (lines []string) {
	t.Helper()
	for _, r := range records {
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(data))
	}
	return lines
}

// prose returns n invented words, other ones for each number.
func prose(number, n int) string {
	r := rand.New(rand.NewPCG(uint64(number), 0))
	words := make([]string, n)
	for i := range words {
		for range 2 + r.IntN(3) {
			words[i] += string("bdfgklmnprstvz"[r.IntN(14)]) + string("aeiou"[r.IntN(5)])
		}
	}
	return strings.Join(words, " ")
}

// told80 is a page with a story of 80 words under a headline that it tells.
func told80(id string, number, at int, more string) record {
	body := prose(number, 80)
	return record{id, id + ".example", strings.Join(strings.Fields(body)[3:9], " "), hour(at), body + ".\n\n" + more}
}

// content is all that is stored, by names: what it says must not depend on how
// it came to be. Each line is an article, a pair, or a cluster.
func content(t *testing.T, store *storage.Store) []string {
	t.Helper()
	return contentBy(t, store, similarity.DefaultThresholds())
}

// contentBy is content of what was judged by other thresholds.
func contentBy(t testing.TB, store *storage.Store, by similarity.Thresholds) (lines []string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	view, err := store.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	places, _, _, err := store.Places(ctx)
	if err != nil {
		t.Fatal(err)
	}
	names := map[uint32]string{}
	for a, err := range view.Articles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		names[uint32(a.Seq)] = a.Name()
		lines = append(lines, fmt.Sprintf("article %s: %d words, %v", a.Name(), a.Words, a.State))
	}
	for seq, name := range names {
		pairs, err := store.PairsWith(ctx, seq)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pairs {
			if p.B != seq {
				continue
			}
			if names[p.A] == "" {
				t.Errorf("%s has a pair with an article that is not current", name)
			}
			frozen := places[p.A-1].Frozen || places[seq-1].Frozen // which is not judged again
			if v := similarity.Decide(p.Verdict.Evidence, by); v.Kind != p.Verdict.Kind && !frozen {
				t.Errorf("%s and %s are stored as %v, their evidence says %v", names[p.A], name, p.Verdict.Kind, v.Kind)
			}
			lines = append(lines, fmt.Sprintf("pair %s %s: %v %x", names[p.A], name, p.Verdict.Kind, p.Verdict.Evidence.Pack(nil)))
		}
	}
	for _, c := range told(t, ctx, view) {
		lines = append(lines, "cluster "+c)
	}
	slices.Sort(lines)
	return lines
}

// whole holds what every database must fulfil: each cluster has its members,
// two at least, and a representative among them, and nobody else has it.
func whole(t testing.TB, store *storage.Store) {
	t.Helper()
	wholeFrom(t, store, 2, similarity.DefaultK)
}

// wholeFrom is whole of clusters that may have fewer members for a while, and of shingles of so
// many words; 0: their length is being changed.
func wholeFrom(t testing.TB, store *storage.Store, least, shingle int) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	view, err := store.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	rows, err := store.Boilerplate(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows { // its words are no more than its shingles: when the index is made anew they are all that is known
		if shingle == 0 {
			break
		}
		shingles := (&similarity.Builder{K: shingle}).Build("", "", row.Passage, nil).Shingles(nil)
		if n := len(shingles); n == 0 || !slices.Contains(row.Shingles, shingles[0]) || !slices.Contains(row.Shingles, shingles[n-1]) {
			t.Errorf("passage %d is shown with words of another: %q", row.ID, row.Passage)
		}
	}
	places, _, _, err := store.Places(ctx)
	if err != nil {
		t.Fatal(err)
	}
	size, chosen := map[int64]int{}, map[int64]int{}
	for a, err := range view.Texts(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		if a.Body == "" && a.Words > 0 && !places[a.Seq-1].Frozen { // whose text may be pruned
			t.Errorf("article %s has no body", a.Name())
		}
		if a.Cluster != 0 {
			size[a.Cluster]++
			if a.Representative {
				chosen[a.Cluster]++
			}
		}
	}
	clusters, _, err := view.CountClusters(ctx, storage.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if clusters != len(size) {
		t.Errorf("%d clusters live, %d have members", clusters, len(size))
	}
	for id, n := range size {
		c, err := view.Cluster(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if n < least || c.Size != n || chosen[id] != 1 {
			t.Errorf("cluster %d of %d has %d members, %d of them representative", id, c.Size, n, chosen[id])
		}
	}
}

// stored takes lines into a database of their own.
func stored(t *testing.T, lines []string, m manner) *storage.Store {
	t.Helper()
	store := openStore(t, t.TempDir()+"/a.db", storage.Options{})
	takeIn(t, store, lines, m)
	whole(t, store)
	return store
}

// openStore opens a database until the end of the test.
func openStore(t testing.TB, path string, opt storage.Options) *storage.Store {
	t.Helper()
	store, err := storage.Open(context.WithoutCancel(t.Context()), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// takeIn takes lines in, in the given manner.
func takeIn(t *testing.T, store *storage.Store, lines []string, m manner) {
	t.Helper()
	lines = slices.Clone(lines)
	if m.shuffle != 0 {
		rand.New(rand.NewPCG(m.shuffle, 0)).Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	}
	if m.reverse {
		slices.Reverse(lines)
	}
	runs := max(1, m.runs)
	for i := range runs {
		path := filepath.Join(t.TempDir(), "in.jsonl")
		part := lines[i*len(lines)/runs : (i+1)*len(lines)/runs]
		if err := os.WriteFile(path, []byte(strings.Join(part, "\n")), 0o666); err != nil {
			t.Fatal(err)
		}
		take(t, store, path, m)
	}
}

// TestManyShortPassages: long pages that share thousands of short passages, as hostile ones
// may, are judged in time about linear in their lengths: ten times as long ones take ten
// times as long, or a hundred times where each passage is looked for among all.
func TestManyShortPassages(t *testing.T) {
	took := func(words int) time.Duration {
		var list []record
		for k, headline := range []string{"Harbour bridge closed after storm", "Mayor resigns over budget dispute", "Seven rescued from mountain fire"} {
			var body strings.Builder
			for i := range words {
				switch {
				case i%9 == 8 && k > 0:
					fmt.Fprintf(&body, "other%dy%d ", i, k)
				case i%300 == 299:
					fmt.Fprintf(&body, "worda%dx\n\n", i)
				default:
					fmt.Fprintf(&body, "worda%dx ", i)
				}
			}
			list = append(list, record{fmt.Sprint(k), "one.example", headline, hour(k), body.String()})
		}
		began := time.Now()
		d := newDesk(t, jsonl(t, list...))
		if n := len(d.clusters()); n != 0 {
			t.Errorf("%d clusters, want none", n)
		}
		return time.Since(began)
	}
	short := min(took(4_000), took(4_000)) // a machine with other work takes its time now and then
	if long := took(40_000); long > 40*short {
		t.Errorf("%v for 120,000 words, and %v for 12,000", long, short)
	}
}
