package evaluate_test

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// teased measures a set of the shared data on pages like those that are scraped, with
// teasers of other stories around each. What is a copy of what stays as it was.
func teased(set string, pages func(*rand.Rand, []map[string]string)) func(t *testing.T, s dataset) *judged {
	return func(t *testing.T, _ dataset) *judged {
		articles := readArticles(t, filepath.Join(sharedData, set, "articles.jsonl.gz"))
		pages(rand.New(rand.NewPCG(7, 1)), articles)
		path := filepath.Join(t.TempDir(), "articles.jsonl")
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		w := json.NewEncoder(file)
		for _, a := range articles {
			err = errors.Join(err, w.Encode(a))
		}
		if err := errors.Join(err, file.Close()); err != nil {
			t.Fatal(err)
		}
		in := ingest(t, "", path)
		return in.judge(sharedGold(t, set, in.found, in.articles), 40)
	}
}

// anyTeasers puts teasers of any stories below half of all articles, one within a fifth
// of them, and some above a few: others on each page, so that they cannot be learned.
func anyTeasers(r *rand.Rand, articles []map[string]string) {
	others := make([]map[string]string, len(articles))
	for i, a := range articles {
		others[i] = maps.Clone(a)
	}
	for _, a := range articles {
		a["body"] = page(r, a["body"], others)
	}
}

// latestTeasers puts teasers of the ten latest stories of its outlet below each article.
func latestTeasers(r *rand.Rand, articles []map[string]string) {
	slices.SortFunc(articles, func(a, b map[string]string) int {
		return cmp.Or(cmp.Compare(a["published"], b["published"]), cmp.Compare(a["id"], b["id"]))
	})
	latest := map[string][]string{} // by outlet
	for _, a := range articles {
		list := latest[a["outlet"]]
		latest[a["outlet"]] = append(list[max(0, len(list)-9):], teaser(r, a))
		a["body"] = strings.Join(slices.Concat([]string{a["body"], "More from " + a["outlet"]}, list), "\n\n")
	}
}

// readArticles reads records as they are, or skips the test where there are none.
func readArticles(t *testing.T, path string) (list []map[string]string) {
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("no real data beside the repository: %v", err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var a map[string]string
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		list = append(list, a)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// page puts teasers of others around a story.
func page(r *rand.Rand, body string, others []map[string]string) string {
	teasers := func(n int) []string {
		list := make([]string, n)
		for i := range list {
			list[i] = teaser(r, others[r.IntN(len(others))])
		}
		return list
	}
	paragraphs := strings.Split(body, "\n")
	if r.Float64() < 0.2 {
		paragraphs = slices.Insert(paragraphs, r.IntN(len(paragraphs)+1), teasers(1)...)
	}
	if r.Float64() < 0.5 {
		paragraphs = slices.Concat(paragraphs, []string{"Read more"}, teasers(4+r.IntN(17)))
	}
	if r.Float64() < 0.15 {
		paragraphs = slices.Concat(teasers(2+r.IntN(5)), paragraphs)
	}
	return strings.Join(paragraphs, "\n\n")
}

// teaser is the headline of a story, half of the time with how its second paragraph
// begins.
func teaser(r *rand.Rand, a map[string]string) string {
	paragraphs := strings.Split(a["body"], "\n")
	words := strings.Fields(paragraphs[min(1, len(paragraphs)-1)])
	if r.Float64() < 0.5 {
		return a["title"]
	}
	return a["title"] + "\n" + strings.Join(words[:min(len(words), 12+r.IntN(28))], " ") + "…"
}
