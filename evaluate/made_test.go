package evaluate_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"dedupe/bench"
	"dedupe/evaluate"
)

// Sets of texts in stock phrases: police briefs and three genres more, by package bench, and
// briefs by another maker where that is there. Two articles belong together if they share an
// incident. And texts of one template, filled in twice.

const (
	briefsMaker = "../../shared/load/briefs.py"
	faults      = "../../shared/faults"
	madeSize    = 3000 // articles a seed
)

var madeSeeds = []int{5, 6, 7}

func madeSets() (list []dataset) {
	figures := []figure{
		{"links of one incident", ">=0.99", linksRight},
		{"pairs of one incident", ">=0.985", precision},
		{"dup found", ">=0.98", dupTogether},
		{"largest cluster", "<=12", largest},
		{"comparisons an article", "<=8", comparisons},
	}
	for _, kind := range []string{"identical", "near", "excerpt", "rewrite"} {
		figures = append(figures, figure{kind + " of one incident", "", rightOf(kind)})
	}
	figures = append(figures, figure{"own reports found", "", share("same_event")})
	for _, name := range bench.Genres() {
		list = append(list, dataset{"made-" + name, slices.Concat(figures, []figure{{"brute-force copies found", ">=0.995", candidates}, {"of these of one incident", ">=0.995", rightCandidates}}), made, nil})
	}
	return append(list,
		dataset{"templates", []figure{{"different linked", "<=0", share("different")}, {"of these at one outlet", "<=0", share("one outlet")}, {"dup found", ">=1", share("dup")}}, templates, byTemplate},
		dataset{"briefs.py", figures, briefs, nil},
		dataset{"faults-03-04", []figure{{"different linked", "<=0", share("different")}}, faulty, nil})
}

// dupTogether is the share of the copies that are in one cluster; a link alone does not do.
func dupTogether(j *judged) float64 {
	hits, of := 0, 0
	for _, p := range j.gold.Labelled() {
		if p.Copies() {
			of++
			hits += number(j.found.Cluster[p.A] != "" && j.found.Cluster[p.A] == j.found.Cluster[p.B])
		}
	}
	return float64(hits) / float64(of)
}

func largest(j *judged) float64 {
	size := map[string]int{"": 0}
	most := 0
	for _, c := range j.found.Cluster {
		if c != "" {
			size[c]++
			most = max(most, size[c])
		}
	}
	return float64(most)
}

func comparisons(j *judged) float64 { return float64(j.sum.Compared) / float64(j.sum.New) }

// rightOf is the share of the links of a kind that join one incident; of none, 1.
func rightOf(kind string) func(j *judged) float64 {
	return func(j *judged) float64 {
		hits, of := 0, 0
		for _, l := range j.found.Links {
			if j.kinds[l] == kind {
				of++
				hits += number(one(j.gold.Stories(l[0]), j.gold.Stories(l[1])) != "")
			}
		}
		if of == 0 {
			return 1
		}
		return float64(hits) / float64(of)
	}
}

// made measures a genre: each seed is a store of its own, and the figures are of all together.
func made(t *testing.T, s dataset) *judged {
	genre := s.name[len("made-"):]
	return eachSeed(t, func(t *testing.T, seed int, gold *evaluate.Gold) *taken {
		articles, err := bench.Genre(genre, madeSize, uint64(seed))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "made.jsonl")
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		e := json.NewEncoder(file)
		copies, own := map[string][]string{}, map[string][]string{} // by incident
		for a, telling := range articles {
			id := seeded(seed, a.ID)
			err = errors.Join(err, e.Encode(a), tells(gold, id, telling.Incidents, seed))
			switch kind := telling.Kind; {
			case kind == bench.Own || kind.Copy():
				incident := telling.Incidents[0]
				for _, b := range copies[incident] {
					err = errors.Join(err, gold.AddPair(evaluate.Pair{A: b, B: id, Label: "dup", Kind: string(kind)}))
				}
				for _, b := range own[incident] {
					err = errors.Join(err, gold.AddPair(evaluate.Pair{A: b, B: id, Label: "same_event"}))
				}
				copies[incident] = append(copies[incident], id)
			case kind == bench.Event:
				incident := telling.Incidents[0]
				for _, b := range copies[incident] {
					err = errors.Join(err, gold.AddPair(evaluate.Pair{A: b, B: id, Label: "same_event"}))
				}
				own[incident] = append(own[incident], id)
			}
		}
		if err := errors.Join(err, file.Close()); err != nil {
			t.Fatal(err)
		}
		brute := 0
		if seed == madeSeeds[0] {
			brute = 1_000_000
		}
		return take(t, "", brute, path)
	})
}

// briefs measures what the maker beside the repository makes.
func briefs(t *testing.T, _ dataset) *judged {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to make briefs with")
	}
	if _, err := os.Stat(briefsMaker); err != nil {
		t.Skipf("no maker of briefs beside the repository: %v", err)
	}
	return eachSeed(t, func(t *testing.T, seed int, gold *evaluate.Gold) *taken {
		dir := t.TempDir()
		if out, err := exec.Command(python, briefsMaker, strconv.Itoa(madeSize), dir, strconv.Itoa(seed)).CombinedOutput(); err != nil {
			t.Fatalf("make briefs: %v\n%s", err, out)
		}
		in := take(t, "", 0, filepath.Join(dir, "articles.jsonl"))
		incidents := map[string][]string{}
		for _, row := range rows(t, filepath.Join(dir, "incidents.tsv")) {
			incidents[row["id"]] = append(incidents[row["id"]], row["incident"])
		}
		var err error
		for id := range in.articles {
			err = errors.Join(err, tells(gold, seeded(seed, id), incidents[id], seed))
		}
		for _, row := range rows(t, filepath.Join(dir, "pairs.tsv")) {
			if row["label"] != "different" { // the incidents say that of all pairs
				err = errors.Join(err, gold.AddPair(evaluate.Pair{A: seeded(seed, row["id1"]), B: seeded(seed, row["id2"]), Label: row["label"]}))
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		return in
	})
}

func seeded(seed int, name string) string { return fmt.Sprintf("%d:%s", seed, name) }

// tells adds what an article tells to gold; one that shares nothing with others is a story of its own.
func tells(gold *evaluate.Gold, id string, incidents []string, seed int) (err error) {
	if incidents == nil {
		return gold.Add(id, "alone: "+id)
	}
	for _, i := range incidents {
		err = errors.Join(err, gold.Add(id, seeded(seed, i)))
	}
	return err
}

// eachSeed puts what is found in each seed's articles into one.
func eachSeed(t *testing.T, one func(t *testing.T, seed int, gold *evaluate.Gold) *taken) *judged {
	gold := evaluate.New()
	all := &taken{found: &evaluate.Found{Cluster: map[string]string{}}, kinds: map[[2]string]string{}, copies: map[[2]string]bool{}}
	for _, seed := range madeSeeds {
		in := one(t, seed, gold)
		for id, c := range in.found.Cluster {
			if c != "" {
				c = seeded(seed, c)
			}
			all.found.Cluster[seeded(seed, id)] = c
		}
		for link, kind := range in.kinds {
			l := [2]string{seeded(seed, link[0]), seeded(seed, link[1])}
			all.found.Links, all.kinds[l] = append(all.found.Links, l), kind
		}
		all.sum.Compared, all.sum.New = all.sum.Compared+in.sum.Compared, all.sum.New+in.sum.New
		for pair, has := range in.copies {
			all.copies[[2]string{seeded(seed, pair[0]), seeded(seed, pair[1])}] = has
		}
	}
	j := all.judge(gold, 3)
	for _, k := range j.Kinds {
		t.Logf("%s %s: %d of %d found", k.Label, k.Kind, k.Hits, k.Of)
	}
	return j
}

// faulty measures pairs of articles that were filled into one template: each file of two faults.
func faulty(t *testing.T, _ dataset) *judged {
	var paths []string
	for _, fault := range []string{"03*", "04*"} {
		list, err := filepath.Glob(filepath.Join(faults, fault, "*.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, list...)
	}
	if paths == nil {
		t.Skip("no faults beside the repository")
	}
	gold := evaluate.New()
	all := &taken{found: &evaluate.Found{Cluster: map[string]string{}}}
	for i, path := range paths {
		in := take(t, "", 0, path)
		for _, l := range in.found.Links {
			all.found.Links = append(all.found.Links, [2]string{seeded(i, l[0]), seeded(i, l[1])})
			t.Logf("linked as %s: %s and %s of %s", in.kinds[l], l[0], l[1], path)
		}
		if err := gold.AddPair(evaluate.Pair{A: seeded(i, "a"), B: seeded(i, "b"), Label: "different"}); err != nil {
			t.Fatal(err)
		}
	}
	return all.judge(gold, 10)
}
