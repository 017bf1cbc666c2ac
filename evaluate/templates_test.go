package evaluate_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dedupe/bench"
	"dedupe/evaluate"
)

const templatesDir = ownData + "/templates"

// templateCase is a text in two versions; see testdata/templates/README.md.
type templateCase struct {
	name     string
	apart    bool
	versions [2]bench.Article
}

var version = regexp.MustCompile(`\{([^{}|]*)\|([^{}|]*)\}`)

// readTemplates reads all cases.
func readTemplates(t *testing.T) (list []templateCase) {
	t.Helper()
	paths, err := filepath.Glob(templatesDir + "/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	seen := map[string]bool{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for block := range strings.SplitSeq("\n"+string(data), "\n== ") {
			if strings.TrimSpace(block) == "" {
				continue
			}
			head, text, _ := strings.Cut(block, "\n")
			name, want, ok := strings.Cut(head, ": ")
			title, body, both := strings.Cut(text, "\n\n")
			if !ok || !both || want != "apart" && want != "together" || seen[name] {
				t.Fatalf("%s: no case, or one that is there before: %q", path, head)
			}
			seen[name] = true
			c := templateCase{name: name, apart: want == "apart"}
			for i := range c.versions {
				fill := func(s string) string {
					s = version.ReplaceAllString(s, fmt.Sprintf("${%d}", i+1))
					if strings.ContainsAny(s, "{}|") {
						t.Fatalf("%s: %s: a version is not closed", path, name)
					}
					return strings.TrimSpace(s)
				}
				c.versions[i] = bench.Article{
					ID: fmt.Sprintf("%s-%d", name, i+1), Outlet: [...]string{"first.example", "second.example"}[i], Title: fill(title), Body: fill(body),
					Published: [...]string{"2026-03-03T08:00:00Z", "2026-03-04T07:00:00Z"}[i],
				}
			}
			list = append(list, c)
		}
	}
	return list
}

// templates measures each case alone in a store, where nothing can be learned of it: at two
// outlets, and those that are to stay apart at one outlet too.
func templates(t *testing.T, _ dataset) *judged {
	gold := evaluate.New()
	all := &taken{found: &evaluate.Found{}}
	cases := readTemplates(t)
	held := map[bool]int{}
	of := map[bool]int{}
	for _, c := range cases {
		kinds := []string{linkOf(t, c.versions)}
		label := "dup"
		if c.apart {
			label = "different"
			c.versions[1].Outlet = c.versions[0].Outlet
			kinds = append(kinds, linkOf(t, c.versions))
		}
		of[c.apart]++
		if (strings.Join(kinds, "") == "") == c.apart {
			held[c.apart]++
		} else {
			t.Logf("%s: to be %s; at two outlets %q, at one %q", c.name, label, kinds[0], kinds[len(kinds)-1])
		}
		for i, kind := range kinds {
			a, b := seeded(i, c.versions[0].ID), seeded(i, c.versions[1].ID)
			if err := gold.AddPair(evaluate.Pair{A: a, B: b, Label: label, Kind: [...]string{"two outlets", "one outlet"}[i]}); err != nil {
				t.Fatal(err)
			}
			if kind != "" {
				all.found.Links = append(all.found.Links, [2]string{a, b})
			}
		}
	}
	t.Logf("%d of %d cases are apart as they should be, %d of %d together", held[true], of[true], held[false], of[false])
	return all.judge(gold, 0)
}

// byTemplate is for templates: "0:de-wetter-1".
func byTemplate(_ *judged, id string) string {
	_, name, _ := strings.Cut(id, ":")
	return name[:strings.LastIndexByte(name, '-')]
}

// linkOf stores two articles and returns how they are linked, "" where they are not.
func linkOf(t *testing.T, articles [2]bench.Article) string {
	t.Helper()
	var lines []byte
	for _, a := range articles {
		data, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(append(lines, data...), '\n')
	}
	path := filepath.Join(t.TempDir(), "two.jsonl")
	if err := os.WriteFile(path, lines, 0o666); err != nil {
		t.Fatal(err)
	}
	in := take(t, "", 0, path)
	for _, kind := range in.kinds {
		return kind
	}
	return ""
}
