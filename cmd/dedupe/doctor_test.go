package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestDoctorSeesDrift: in the second month one of two outlets yields but a line
// of each article.
func TestDoctorSeesDrift(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var in strings.Builder
	for i := range 600 {
		words := 120
		if i >= 300 && i%2 == 0 {
			words = 8
		}
		fmt.Fprintf(&in, `{"id":"%d","outlet":"outlet %d","published":"%s","title":"t%d","body":"`, i, i%2,
			time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC).Add(time.Duration(i)*60*24*time.Hour/600).Format(time.RFC3339), i)
		for range words {
			fmt.Fprintf(&in, "word%d ", random.IntN(100_000))
		}
		in.WriteString("\"}\n")
	}
	db := filepath.Join(t.TempDir(), "a.db")
	var out, log bytes.Buffer
	if code := run(t.Context(), []string{"--db", db, "--config", "/dev/null", "ingest", "-"}, strings.NewReader(in.String()), &out, &log); code != exitDone {
		t.Fatalf("exit code %d\n%s", code, &log)
	}
	out.Reset()
	if code := run(t.Context(), []string{"--db", db, "--config", "/dev/null", "doctor"}, strings.NewReader(""), &out, &log); code != exitDone {
		t.Fatalf("exit code %d\n%s", code, &log)
	}
	for _, want := range []string{
		"drift        look  the 30 days to 2026-03-02 differ from those before",
		"articles too short to judge: 50.0 %, before 0.0 %",
		"outlet 0: 8 words an article, before 120",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, &out)
		}
	}
	if strings.Contains(out.String(), "outlet 1:") {
		t.Errorf("outlet 1 did not change:\n%s", &out)
	}
}
