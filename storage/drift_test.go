package storage

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
)

func TestPeriod(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	c := harbour()
	c.texts[4].Words = 30
	fill(t, s, c)
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for _, tt := range []struct {
		name  string
		now   time.Time
		want  time.Time
		since time.Time
		until time.Time
		p     Period
	}{
		{"all", day(9, 0), day(4, 11), day(1, 0), day(5, 0),
			Period{Articles: 7, Clustered: 6, Short: 1, Words: 78. / 7, Links: Kinds{similarity.Identical: 1, similarity.Near: 1, similarity.Excerpt: 1, similarity.Rewrite: 1}}},
		{"the end is left out", day(4, 10), day(4, 9), day(2, 9), day(4, 11),
			Period{Articles: 5, Clustered: 4, Short: 1, Words: 62. / 5, Links: Kinds{similarity.Identical: 1, similarity.Near: 1, similarity.Excerpt: 1}}},
		{"none", day(1, 0), time.Time{}, day(6, 0), day(7, 0), Period{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			latest, err := v.Latest(t.Context(), tt.now)
			if err != nil || !latest.Equal(tt.want) {
				t.Errorf("latest %v, %v; want %v", latest, err, tt.want)
			}
			p, err := v.Period(t.Context(), tt.since, tt.until)
			if diff := cmp.Diff(tt.p, p); err != nil || diff != "" {
				t.Errorf("%v (-want +got)\n%s", err, diff)
			}
		})
	}
}

func TestResized(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	c := harbour()
	for i := range c.texts {
		c.texts[i].Words = 100
	}
	c.texts[4].Words = 250 // beta's on day 4, after 100 on day 2
	c.texts[6].Words = 40  // gamma's
	fill(t, s, c)
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	got, err := v.Resized(t.Context(), day(1, 0), day(3, 0), day(5, 0), 1, 9)
	want := []Resized{{"beta.example", 100, 250}, {"gamma.example", 100, 40}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	if got, err := v.Resized(t.Context(), day(1, 0), day(3, 0), day(5, 0), 2, 9); err != nil || len(got) > 0 {
		t.Errorf("%v, %v; want none, for each has one article only", got, err)
	}
}
