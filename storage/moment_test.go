package storage

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
)

// days is clusters of two or three outlets: what each published when, and who was first.
var days = []struct {
	name        string
	members     []string // of outlets a, b, c: dates as given
	first       string   // the outlet; "" is not known
	from, to    string
	known       article.Known
	appearances int // that are exact
}{
	{"minutes", []string{"2026-03-02T09:00:00Z", "2026-03-02T08:00:00Z"}, "b", "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z", article.ToMinute, 2},
	{"one moment", []string{"2026-03-02T09:00:00Z", "2026-03-02T10:00:00+01:00"}, "", "2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z", article.ToMinute, 2},
	{"one day", []string{"2026-03-02", "2 March 2026"}, "", "2026-03-02", "2026-03-02", article.ToDay, 0},
	{"two days", []string{"2026-03-03", "2026-03-02"}, "b", "2026-03-02", "2026-03-03", article.ToDay, 0},
	{"a day and a minute of it", []string{"2026-03-02", "2026-03-02T09:00:00Z"}, "", "2026-03-02", "2026-03-02", article.ToDay, 1},
	{"a minute before a day", []string{"2026-03-02", "2026-03-01T23:59:00Z"}, "b", "2026-03-01T23:59:00Z", "2026-03-02", article.ToMinute, 1},
	{"a minute after a day", []string{"2026-03-02", "2026-03-03T00:00:01Z"}, "a", "2026-03-02", "2026-03-03T00:00:01Z", article.ToDay, 1},
	{"midnight in a zone", []string{"2026-03-02T00:00:00-05:00", "2026-03-02T04:30:00Z"}, "", "2026-03-02", "2026-03-02", article.ToDay, 1},
	{"none and a minute", []string{"", "2026-03-02T09:00:00Z"}, "b", "2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z", article.ToMinute, 1},
	{"none at all", []string{"", "soon"}, "", "2026-03-10T06:00:00Z", "2026-03-10T06:00:00Z", article.Unknown, 0},
}

func fillDays(t *testing.T) *Store {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	seen := day(10, 6)
	run, err := s.BeginRun(t.Context(), "run", "", seen)
	b := &Batch{Run: run, Outlets: []OutletRow{{ID: 1, Name: "a"}, {ID: 2, Name: "b"}, {ID: 3, Name: "c"}}}
	for i, d := range days {
		row := ClusterRow{ID: int64(i + 1), New: true, Reason: "earliest", Size: len(d.members), Outlets: len(d.members)}
		known := false
		for j, published := range d.members {
			seq := uint32(len(b.Articles) + 1)
			at, reason := article.EffectiveDate(published, seen)
			in := article.Article{ID: d.name, Outlet: string(rune('a' + j)), Published: published}
			b.Articles = append(b.Articles, NewArticle{Seq: seq, Key: in.Key(), Article: in, Outlet: uint32(j + 1), Effective: at.Unix(),
				Reason: reason, FirstSeen: seen.Unix(), Version: 1, Cluster: row.ID, Packed: s.PackBody(nil, "text")})
			is := reason.Known() != article.Unknown
			if row.Representative == 0 || is && !known {
				row.Representative, row.First, row.Last = seq, at.Unix(), at.Unix()
			} else if is {
				row.First, row.Last = min(row.First, at.Unix()), max(row.Last, at.Unix())
			}
			known = known || is
		}
		b.Clusters = append(b.Clusters, row)
	}
	must(t, err, s.Write(t.Context(), b))
	return s
}

func TestWhoPublishedFirst(t *testing.T) {
	s := fillDays(t)
	v, err := s.View(t.Context())
	must(t, err)
	defer v.Close()
	exact := map[int64]int{}
	for a, err := range v.Appearances(t.Context()) {
		must(t, err)
		if a.Exact() {
			exact[a.Cluster]++
		}
	}
	firsts := map[string]int{}
	for i, d := range days {
		c, err := v.Cluster(t.Context(), int64(i+1))
		from, to := article.Moment{At: c.First, Known: c.FirstKnown}, article.Moment{At: c.Last, Known: c.LastKnown}
		if err != nil || c.FirstOutlet != d.first || c.FirstUnsure != (d.first == "") || from.Text() != d.from || to.Text() != d.to || c.FirstKnown != d.known {
			t.Errorf("%s: %q first (unsure: %v), from %s to %s, known: %v, %v; want %q, %s, %s, %v", d.name, c.FirstOutlet, c.FirstUnsure,
				from.Text(), to.Text(), c.FirstKnown, err, d.first, d.from, d.to, d.known)
		}
		if exact[int64(i+1)] != d.appearances {
			t.Errorf("%s: %d appearances are exact, want %d", d.name, exact[int64(i+1)], d.appearances)
		}
		var first, firstKnown string
		var outlet *string
		must(t, s.r.QueryRow("SELECT first, first_known, first_outlet FROM clusters WHERE cluster = ?", i+1).Scan(&first, &firstKnown, &outlet))
		if first != d.from || firstKnown != d.known.String() || (outlet == nil) != (d.first == "") || outlet != nil && *outlet != d.first {
			t.Errorf("%s: the view has %s, %s, %v", d.name, first, firstKnown, outlet)
		}
		if d.first != "" {
			firsts[d.first]++
		}
	}
	tallies, _, err := v.Firsts(t.Context(), Filter{}, 9)
	got := map[string]int{}
	for _, x := range tallies {
		got[x.Name] = x.Count
	}
	if diff := cmp.Diff(firsts, got); err != nil || diff != "" {
		t.Errorf("Firsts: %v (-want +got):\n%s", err, diff)
	}
	totals, err := v.Totals(t.Context())
	if err != nil || totals.First.Text() != "2026-03-01T23:59:00Z" || totals.Last.Text() != "2026-03-03" || totals.Undated != 3 {
		t.Errorf("from %s to %s, %d without a date, %v; want from the 1st to the 3rd, 3", totals.First.Text(), totals.Last.Text(), totals.Undated, err)
	}
}

// A date without a time of day is that day for every reader; a time is on the day of the
// reader's zone.
func TestDaysOfZone(t *testing.T) {
	v, err := fillDays(t).View(t.Context())
	must(t, err)
	defer v.Close()
	auckland, err := time.LoadLocation("Pacific/Auckland") // 13 hours ahead in March
	must(t, err)
	for _, zone := range []*time.Location{time.UTC, auckland} {
		got, err := v.Days(t.Context(), 9, zone)
		want := []Day{{day(3, 0), 2, 2}, {day(2, 0), 14, 14}, {day(1, 0), 1, 1}}
		if zone == auckland { // 23:59 of the 1st is on the 2nd there
			want = []Day{{day(3, 0), 2, 2}, {day(2, 0), 15, 15}}
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("Days in %v: %v (-want +got):\n%s", zone, err, diff)
		}
	}
	for _, tt := range []struct {
		since, until time.Time
		clusters     int
	}{
		{time.Date(2026, 3, 3, 0, 0, 0, 0, auckland), time.Time{}, 3}, // two of the 3rd; all without a date, seen on the 10th
		{time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC), time.Time{}, 3},
		{time.Time{}, time.Date(2026, 3, 1, 23, 59, 59, 0, auckland), 0},
		{time.Time{}, time.Date(2026, 3, 1, 23, 59, 59, 0, time.UTC), 1},
		{time.Time{}, time.Date(2026, 3, 2, 0, 0, 0, 0, auckland), 6}, // days count as a whole
	} {
		n, _, err := v.CountClusters(t.Context(), Filter{Since: tt.since, Until: tt.until})
		if err != nil || n != tt.clusters {
			t.Errorf("since %v until %v: %d clusters, %v; want %d", tt.since, tt.until, n, err, tt.clusters)
		}
	}
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// What an older schema took for midnight is known to the day from then on.
func TestDaysOfOlderSchemas(t *testing.T) {
	path := readReleased(t, 7)
	old := sql.OpenDB(newConnector(path, nil, "rw", "immediate"))
	_, err := old.Exec(`UPDATE article SET published = '2026-03-02', effective = 1772409600 WHERE external = 's1';
		UPDATE article SET published = 'Mon, 02 Mar 2026 00:00:00 -0500', effective = 1772427600 WHERE external = 'b7'`)
	must(t, err, old.Close())
	s := open(t, path, Options{})
	var got string
	must(t, s.r.QueryRow("SELECT group_concat(article || ' ' || date || ' ' || date_known, ', ' ORDER BY seq) FROM articles WHERE cluster = 1").Scan(&got))
	if want := "s1 2026-03-02 day, b7 2026-03-02 day, "; !strings.HasPrefix(got, want) || strings.Count(got, "minute") != 2 {
		t.Errorf("articles %s; want %s and two that are known to the minute", got, want)
	}
	must(t, s.r.QueryRow("SELECT first || ' ' || last || ' ' || coalesce(first_outlet, 'nobody knows') FROM clusters WHERE cluster = 1").Scan(&got))
	if got != "2026-03-02 2026-03-02 nobody knows" {
		t.Errorf("the cluster is %s; want one day, and nobody first", got)
	}
}
