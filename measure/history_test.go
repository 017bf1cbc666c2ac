package measure

import (
	"os"
	"testing"
)

// TestHistoryOfCutLine appends to a file whose last line has no end.
func TestHistoryOfCutLine(t *testing.T) {
	path := t.TempDir() + "/speed.jsonl"
	const line = `{"load":{"articles":1},"articles_per_second":1}`
	if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	for want := 1; want <= 3; want++ {
		h, err := OpenHistory(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(h.Results) != want {
			t.Errorf("%d results, want %d", len(h.Results), want)
		}
		if err := h.Append(&h.Results[0]); err != nil {
			t.Fatal(err)
		}
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
