package evaluate_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dedupe/evaluate"
)

const writtenDir = ownData + "/written"

// written measures articles that were written for it, all in one store; see its README. The story
// of an article is what its id has before the slash.
func written(t *testing.T, _ dataset) *judged {
	articles, err := filepath.Glob(filepath.Join(writtenDir, "*.jsonl"))
	if err != nil || len(articles) == 0 {
		t.Fatalf("no written articles: %v", err)
	}
	gold := evaluate.New()
	for _, path := range articles {
		pairs, err := os.Open(strings.TrimSuffix(path, ".jsonl") + "-pairs.tsv")
		if err != nil {
			t.Fatal(err)
		}
		defer pairs.Close()
		if err := gold.Read(pairs); err != nil {
			t.Fatalf("%s: %v", pairs.Name(), err)
		}
	}
	in := ingest(t, "", articles...)
	if in.sum.New != len(in.articles) {
		t.Errorf("%d articles have %d ids: two have the same", in.sum.New, len(in.articles))
	}
	paired := map[string]bool{}
	for _, p := range gold.Labelled() {
		for _, id := range []string{p.A, p.B} {
			if paired[id] = true; in.articles[id].Seq == 0 {
				t.Errorf("a pair is labelled of %q, which is no article", id)
			}
		}
	}
	for id := range in.articles {
		story, version, _ := strings.Cut(id, "/")
		if version == "" || !paired[id] {
			t.Errorf("article %q is in no labelled pair, or its id is not a story and a version: dairy-fire/wire", id)
		}
		if err := gold.Add(id, story); err != nil {
			t.Fatal(err)
		}
	}
	return in.judge(gold, 100)
}
