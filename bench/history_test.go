package bench

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// measured returns a result of so many articles a second.
func measured(speed float64) Result {
	return Result{
		Date: "2026-03-01T06:00:00Z", Machine: Machine{OS: "linux", Arch: "amd64", Processors: 2},
		Load: LoadInfo{Version: Version, Articles: 20_000, Seed: 1}, Workers: 2, Batch: 8000,
		Seconds: 20_000 / speed, Busy: 5, MoreSeconds: 0.5, PerSecond: speed, Peak: 500 << 20, Database: 50 << 20,
		Pairwise: Score{1, 1, 1}, BCubed: Score{1, 1, 1},
	}
}

func TestCompare(t *testing.T) {
	other := func(change func(*Result)) Result {
		r := measured(1)
		change(&r)
		return r
	}
	history := []Result{
		measured(3000), measured(5000), measured(3500), measured(3700),
		other(func(r *Result) { r.Load.Articles = 1000 }), other(func(r *Result) { r.Load.Seed = 2 }),
		other(func(r *Result) { r.Load.Version++ }), other(func(r *Result) { r.Machine.CPU = "another" }),
		other(func(r *Result) { r.Batch = 1 }), other(func(r *Result) { r.Settings = "looser" }),
	}
	now := measured(2700)
	now.Peak, now.Pairwise.F1 = 300<<20, 0.75
	changes, of := Compare(&now, history)
	want := []Change{
		{"articles a second", 2700, 3600, -0.25, true},
		{"processor seconds", 5, 5, 0, false},
		{"seconds for more", 0.5, 0.5, 0, false},
		{"peak memory", 300 << 20, 500 << 20, 0.6 - 1, false},
		{"database", 50 << 20, 50 << 20, 0, false},
		{"pairwise F1", 0.75, 1, -0.25, true},
		{"B-cubed F1", 1, 1, 0, false},
	}
	if diff := cmp.Diff(want, changes); diff != "" || of != 4 {
		t.Errorf("of %d (-want +got):\n%s", of, diff)
	}
	if changes, of := Compare(&now, history[4:]); changes != nil || of != 0 {
		t.Errorf("compared with %d that do not compare: %v", of, changes)
	}
}

func TestMedian(t *testing.T) {
	for _, tt := range []struct {
		list []float64
		want float64
	}{
		{[]float64{3}, 3}, {[]float64{4, 2}, 3}, {[]float64{9, 1, 2}, 2},
		{[]float64{math.MaxFloat64, math.MaxFloat64}, math.MaxFloat64},
	} {
		if got := median(tt.list); got != tt.want {
			t.Errorf("median of %v is %v, want %v", tt.list, got, tt.want)
		}
	}
}

func TestReadHistory(t *testing.T) {
	line := func(r Result) string {
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(data) + "\n"
	}
	tests := []struct {
		name, in string
		want     []Result
		err      string
	}{
		{"empty", "", nil, ""},
		{"two", line(measured(1)) + "\n" + line(measured(2)), []Result{measured(1), measured(2)}, ""},
		{"last line without an end", strings.TrimSpace(line(measured(1))), []Result{measured(1)}, ""},
		{"no JSON", line(measured(1)) + "articles,seconds\n", nil, "line 2 is not a result"},
		{"other JSON", "{}\n", nil, "line 1 is not a result"},
		{"long line", `{"date":"` + strings.Repeat("x", maxLine) + `"}`, nil, "more than"},
		{"too many lines", strings.Repeat("\n", maxLines+1), nil, "more than"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ReadHistory(strings.NewReader(tt.in))
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("error %v, want %q", err, tt.err)
				}
				return
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

// FuzzReadHistory holds that what is read is written the same, and compares.
func FuzzReadHistory(f *testing.F) {
	data, _ := json.Marshal(measured(3000))
	f.Add(data)
	f.Add([]byte("\n{}\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		list, err := ReadHistory(bytes.NewReader(in))
		if err != nil {
			return
		}
		var out bytes.Buffer
		e := json.NewEncoder(&out)
		for _, r := range list {
			if err := e.Encode(r); err != nil {
				t.Fatal(err)
			}
			changes, of := Compare(&r, list)
			if of == 0 {
				t.Error("a result does not compare with itself")
			}
			if _, err := json.Marshal(changes); err != nil {
				t.Error(err)
			}
		}
		again, err := ReadHistory(&out)
		if diff := cmp.Diff(list, again); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}
