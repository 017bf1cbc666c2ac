package terminal

import (
	"testing"
	"time"
)

func TestProgress(t *testing.T) {
	for _, tt := range []struct {
		want               string
		unit               string
		first, done, total int
		spent              time.Duration
	}{
		{"w: 3 s", "", 0, 0, 0, 3 * time.Second},
		{"w: 0 of 5000 articles", "articles", 0, 0, 5000, 3 * time.Second},
		{"w: 10 of 5000 articles", "articles", 0, 10, 5000, time.Second / 2},
		{"w: 1200 of 5000 articles, 600 a second, 6 s left", "articles", 0, 1200, 5000, 2 * time.Second},
		{"w: 1200 of 5000 articles, 100 a second, 38 s left", "articles", 1000, 1200, 5000, 2 * time.Second},
		{"w: 5000 of 5000 articles, 2500 a second", "articles", 0, 5000, 5000, 2 * time.Second},
		{"w: 30 of 500 MiB, 1.5 a second, 5 min left", "MiB", 0, 30, 500, 20 * time.Second},
		{"w: 30 of 50000 MiB, 1.5 a second, 9 h left", "MiB", 0, 30, 50000, 20 * time.Second},
		{"w: 30 rows, 15 a second", "rows", 0, 30, 0, 2 * time.Second},
	} {
		if got := said("w", tt.unit, tt.first, tt.done, tt.total, tt.spent); got != tt.want {
			t.Errorf("said = %q, want %q", got, tt.want)
		}
	}
}
