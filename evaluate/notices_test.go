package evaluate_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dedupe/evaluate"
)

// unknownNotices measures 600 pairs of short pages of different stories. The two of a pair have
// one to three passages in common above and below their text, and no other page has these, so
// that they cannot be learned: it is what the first two pages with a new notice look like.
func unknownNotices(t *testing.T, _ dataset) *judged {
	const pairs = 600
	r := rand.New(rand.NewPCG(5, 1))
	var stories, passages []string
	told := map[string]bool{} // clusters
	cluster := map[string]string{}
	for _, row := range rows(t, filepath.Join(sharedData, "planted-en", "clusters.tsv")) {
		cluster[row["id"]] = row["cluster"]
	}
	headline := map[string]string{}
	for _, a := range readArticles(t, filepath.Join(sharedData, "planted-en", "articles.jsonl.gz")) {
		if c := cluster[a["id"]]; len(stories) < 2*pairs && !told[c] {
			told[c] = true
			words := strings.Fields(a["body"])
			body := strings.Join(words[:min(len(words), 40+r.IntN(160))], " ")
			stories = append(stories, body)
			headline[body] = a["title"]
		}
	}
	for _, a := range readArticles(t, filepath.Join(sharedData, "event-coverage", "articles.jsonl.gz")) {
		for words := range slices.Chunk(strings.Fields(a["body"]), 120) {
			passages = append(passages, strings.Join(words[:min(len(words), 25+r.IntN(65))], " "))
		}
	}
	r.Shuffle(len(stories), func(i, j int) { stories[i], stories[j] = stories[j], stories[i] })
	r.Shuffle(len(passages), func(i, j int) { passages[i], passages[j] = passages[j], passages[i] })

	path := filepath.Join(t.TempDir(), "pages.jsonl")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := json.NewEncoder(file)
	gold := evaluate.New()
	for i := range pairs {
		n := 1 + r.IntN(3)
		above, below := passages[:n/2], passages[n/2:n]
		passages = passages[n:]
		ids := [2]string{fmt.Sprintf("%d-1", i), fmt.Sprintf("%d-2", i)}
		for j, id := range ids {
			body := stories[2*i+j]
			if err := w.Encode(map[string]string{
				"id": id, "outlet": fmt.Sprintf("outlet%d.example", r.IntN(400)), "title": headline[body], "published": "2026-03-03T08:00:00Z",
				"body": strings.Join(slices.Concat(above, []string{body}, below), "\n\n"),
			}); err != nil {
				t.Fatal(err)
			}
		}
		if err := gold.AddPair(evaluate.Pair{A: ids[0], B: ids[1], Label: "different"}); err != nil {
			t.Fatal(err)
		}
	}
	return ingest(t, "", path).judge(gold, 0)
}

// byPair is for unknownNotices: "17-1".
func byPair(_ *judged, id string) string {
	pair, _, _ := strings.Cut(id, "-")
	return pair
}
