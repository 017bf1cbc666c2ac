package evaluate_test

import (
	"encoding/json"
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

// writtenFooters measures those of the written articles for whose language there is a footer, with that below
// each, as a group of papers has it: pages that have half of their text in common.
func writtenFooters(t *testing.T, _ dataset) *judged {
	data, err := os.ReadFile(filepath.Join(writtenDir, "footers.json"))
	if err != nil {
		t.Fatal(err)
	}
	var footers map[string]string
	if err := json.Unmarshal(data, &footers); err != nil {
		t.Fatal(err)
	}
	footer := func(id string) string {
		language, _, _ := strings.Cut(id, "-")
		return footers[language]
	}
	gold, list := evaluate.New(), []string{}
	for _, name := range []string{"european", "other"} {
		file, err := os.ReadFile(filepath.Join(writtenDir, name+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(file)) {
			var a map[string]string
			if err := json.Unmarshal([]byte(line), &a); err != nil {
				t.Fatal(err)
			}
			if f := footer(a["id"]); f != "" {
				a["body"] += "\n\n" + f
				line, _ := json.Marshal(a)
				list = append(list, string(line))
			}
		}
		for _, row := range rows(t, filepath.Join(writtenDir, name+"-pairs.tsv")) {
			if footer(row["id1"]) != "" {
				if err := gold.AddPair(evaluate.Pair{A: row["id1"], B: row["id2"], Label: row["label"], Kind: row["kind"]}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	path := filepath.Join(t.TempDir(), "articles.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(list, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	in := ingest(t, "", path)
	return in.judge(gold, 20)
}
