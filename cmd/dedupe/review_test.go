package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReviewOfFiftyPairs reviews what 30 notes on earnings, cut from one form,
// leave uncertain: every pair takes one key, and then nothing is asked again.
func TestReviewOfFiftyPairs(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "a.db")
	input := filepath.Join(folder, "a.jsonl")
	if err := os.WriteFile(input, forms(30), 0o666); err != nil {
		t.Fatal(err)
	}
	call := func(stdin string, args ...string) string {
		t.Helper()
		var stdout, stderr bytes.Buffer
		args = append([]string{"--db", db, "--config", os.DevNull}, args...)
		if code := run(t.Context(), args, strings.NewReader(stdin), &stdout, &stderr); code != exitDone {
			t.Fatalf("dedupe %s: exit code %d\n%s", strings.Join(args, " "), code, stderr.String())
		}
		return stdout.String()
	}
	call("", "ingest", "--quiet", input)

	const pairs = 50
	var out struct{ Same, Different, Skipped, Left int }
	review := func(keys string) {
		t.Helper()
		if err := json.Unmarshal([]byte(call(keys, "review", "--json", "--limit", fmt.Sprint(pairs))), &out); err != nil {
			t.Fatal(err)
		}
	}
	review("")
	if out.Left != pairs {
		t.Fatalf("%d pairs are uncertain, want at least %d", out.Left, pairs)
	}
	review(strings.Repeat("d\n", pairs))
	if out.Different != pairs || out.Left != 0 {
		t.Errorf("after %d keys: %+v", pairs, out)
	}
	var decided struct{ Decisions []json.RawMessage }
	if err := json.Unmarshal([]byte(call("", "label", "list", "--json")), &decided); err != nil {
		t.Fatal(err)
	}
	if len(decided.Decisions) != pairs {
		t.Errorf("%d decisions are stored, want %d", len(decided.Decisions), pairs)
	}
}

// forms writes n articles of as many outlets, each the same form with other
// names and numbers.
func forms(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ba dor fen gul kir lom mer nas pol rin sut tav wex yul zan hed")
	name := func() string {
		s := syllables[r.IntN(len(syllables))] + syllables[r.IntN(len(syllables))] + syllables[r.IntN(len(syllables))]
		return strings.ToUpper(s[:1]) + s[1:]
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	for i := range n {
		body := fmt.Sprintf(`%s Holdings on Wednesday reported fiscal fourth-quarter net income of $%d.%d million, or %d cents a share, compared with $%d.%d million in the same quarter of the previous year, when the %s-based company took a charge for closing its plant in %s. The results beat the expectations of analysts surveyed by %s Research, who had on average forecast earnings of %d cents a share. Chief executive %s %s said that demand in %s had been strong, and that the company would go on cutting costs. In the final minutes of trading on Wednesday its shares stood at $%d.%d, a rise of %d percent since the beginning of the year.`,
			name(), r.IntN(900), r.IntN(10), r.IntN(90)+10, r.IntN(900), r.IntN(10), name(), name(), name(), r.IntN(90)+10, name(), name(), name(), r.IntN(200), r.IntN(100), r.IntN(60))
		_ = e.Encode(map[string]string{"id": fmt.Sprint("form-", i), "outlet": fmt.Sprintf("outlet%d.example", i),
			"title": name() + " Holdings: fourth-quarter earnings", "published": fmt.Sprintf("2026-03-%02dT08:00:00Z", i%28+1), "body": body})
	}
	return out.Bytes()
}
