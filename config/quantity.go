package config

import (
	"fmt"
	"strconv"
	"strings"
)

// Days is a length of time in whole days. 0 is Unlimited.
type Days int

// Unlimited is a window without end.
const Unlimited Days = 0

// maxDays is a hundred years: longer than any archive of news in digital form,
// and short enough for arithmetic in nanoseconds.
const maxDays = 36500

// String returns the form that config.yaml has: "45d" or "unlimited".
func (d Days) String() string {
	if d == Unlimited {
		return "unlimited"
	}
	return strconv.Itoa(int(d)) + "d"
}

func days() kind[Days] {
	return scalar("days", fmt.Sprintf("days from 1d to %dd, or unlimited", maxDays), parseDays, Days.String)
}

func parseDays(s string) (Days, bool) {
	if s == Unlimited.String() {
		return Unlimited, true
	}
	n, err := strconv.Atoi(strings.TrimSuffix(s, "d"))
	return Days(n), err == nil && 1 <= n && n <= maxDays
}

// units are in the order of their size: the largest which divides a size is
// taken when it is printed.
var units = []struct {
	name  string
	bytes int64
}{
	{"B", 1},
	{"KB", 1e3}, {"KiB", 1 << 10},
	{"MB", 1e6}, {"MiB", 1 << 20},
	{"GB", 1e9}, {"GiB", 1 << 30},
}

// size is a number of bytes with an optional unit.
func size(low, high int64) kind[int64] {
	return scalar("size",
		fmt.Sprintf("a size from %s to %s (units B, KB, MB, GB, KiB, MiB, GiB)", formatSize(low), formatSize(high)),
		func(s string) (int64, bool) {
			n, ok := parseSize(s)
			return n, ok && low <= n && n <= high
		},
		formatSize)
}

func parseSize(s string) (int64, bool) {
	digits := strings.TrimRight(s, "BGKMi")
	factor := int64(1)
	if unit := s[len(digits):]; unit != "" {
		factor = 0
		for _, u := range units {
			if u.name == unit {
				factor = u.bytes
			}
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
	// Beyond 1<<32 of anything the product could overflow; no size that large
	// is allowed anywhere.
	return n * factor, err == nil && factor > 0 && 0 <= n && n < 1<<32
}

func formatSize(n int64) string {
	largest := units[0]
	for _, u := range units {
		if n != 0 && n%u.bytes == 0 {
			largest = u
		}
	}
	return strconv.FormatInt(n/largest.bytes, 10) + largest.name
}
