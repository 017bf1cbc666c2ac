package doctor

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
	"dedupe/storage"
)

func TestShifts(t *testing.T) {
	before := storage.Period{Articles: 1000, Clustered: 400, Short: 10, Words: 300,
		Links: storage.Kinds{similarity.Near: 200, similarity.Rewrite: 50}}
	with := func(change func(p *storage.Period)) storage.Period {
		p := before
		change(&p)
		return p
	}
	tests := []struct {
		name string
		now  storage.Period
		want []string
	}{
		{"the same", before, nil},
		{"a little", with(func(p *storage.Period) { p.Clustered, p.Words = 430, 340 }), nil},
		{"fewer in clusters", with(func(p *storage.Period) { p.Clustered = 200 }),
			[]string{"articles in clusters: 20.0 %, before 40.0 %"}},
		{"much, but of few", storage.Period{Articles: 20, Clustered: 4, Words: 300}, nil},
		{"other links", with(func(p *storage.Period) { p.Links = storage.Kinds{similarity.Near: 100, similarity.Rewrite: 150} }),
			[]string{"links of kind near: 40.0 %, before 80.0 %", "links of kind rewrite: 60.0 %, before 20.0 %"}},
		{"shorter", with(func(p *storage.Period) { p.Words = 100 }), []string{"words an article: 100, before 300"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, shifts(&before, &tt.now)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
