package evaluate_test

import (
	"crypto/sha256"
	"slices"
	"strings"
	"testing"

	"dedupe/evaluate"
)

// Every set with enough labels is split in two. Constants may be chosen on one half, and the
// other says how good they are.

// reportedHalf says in which half a name is: of a story, an outlet, a writer or a group. It is
// stable for ever; half of all names are in each.
func reportedHalf(name string) bool { return sha256.Sum256([]byte(name))[0]&1 == 1 }

// What a set is split by. An article without a name is in both halves.

func byStory(j *judged, id string) string {
	if stories := j.gold.Stories(id); len(stories) > 0 {
		return stories[0]
	}
	return id
}

func byOutlet(j *judged, id string) string { return j.articles[id].Outlet }

// byGroup is for notices: articles that labels tie together, by the first of them.
func byGroup(j *judged, id string) string {
	first := map[string]string{}
	var root func(id string) string
	root = func(id string) string {
		if of, ok := first[id]; ok {
			return root(of)
		}
		return id
	}
	for _, p := range j.gold.Labelled() {
		if a, b := root(p.A), root(p.B); a != b {
			first[max(a, b)] = min(a, b)
		}
	}
	return root(id)
}

// byWriter is for rewrites: "g0pA_taska", of "orig_taska".
func byWriter(_ *judged, id string) string {
	if writer, _, _ := strings.Cut(id, "_"); writer != "orig" {
		return writer
	}
	return ""
}

// halves judges the pairs of each half: both nil where the set is not split.
func (s dataset) halves(j *judged) (chosen, reported *judged) {
	if s.split == nil {
		return nil, nil
	}
	known := map[string]bool{}
	in := func(id string) bool {
		is, ok := known[id]
		if !ok {
			name := s.split(j, id)
			is = name != "" && reportedHalf(name)
			known[id] = is
		}
		return is
	}
	return j.part(func(a, b string) bool { return !in(a) && !in(b) }),
		j.part(func(a, b string) bool { return in(a) || in(b) })
}

// half is a figure of a half.
func (f figure) half(j *judged) float64 {
	if j == nil {
		return none
	}
	return f.of(j)
}

// part judges those pairs alone that are taken. It has no B-cubed figures, and no candidates.
func (j *judged) part(take func(a, b string) bool) *judged {
	labelled := evaluate.New()
	for _, p := range j.gold.Labelled() {
		if take(p.A, p.B) {
			if err := labelled.AddPair(p); err != nil {
				panic(err) // it was added before
			}
		}
	}
	r := evaluate.Score(labelled, j.found, evaluate.Options{})
	var links, together, stories evaluate.Share
	for _, l := range j.found.Links {
		if a, b := j.gold.Stories(l[0]), j.gold.Stories(l[1]); a != nil && b != nil && take(l[0], l[1]) {
			links.Of++
			links.Hits += number(one(a, b) != "")
		}
	}
	byCluster, byStory := map[string][]string{}, map[string][]string{}
	for _, id := range j.gold.Articles() {
		list := j.gold.Stories(id)
		if c := j.found.Cluster[id]; c != "" && list != nil {
			byCluster[c] = append(byCluster[c], id)
		}
		for _, story := range list {
			byStory[story] = append(byStory[story], id)
		}
	}
	for _, ids := range byCluster {
		for a, b := range pairsOf(ids) {
			if take(a, b) {
				together.Of++
				together.Hits += number(one(j.gold.Stories(a), j.gold.Stories(b)) != "")
			}
		}
	}
	for story, ids := range byStory {
		for a, b := range pairsOf(ids) {
			if take(a, b) && one(j.gold.Stories(a), j.gold.Stories(b)) == story { // of two stories in common once
				stories.Of++
			}
		}
	}
	ratio := func(hits, of int) evaluate.Estimate {
		if of == 0 {
			return evaluate.Estimate{Value: none}
		}
		return evaluate.Estimate{Value: float64(hits) / float64(of)}
	}
	links.Share = ratio(links.Hits, links.Of)
	r.Links = &links
	r.Pairwise = &evaluate.Figures{
		Precision: ratio(together.Hits, together.Of), Recall: ratio(together.Hits, stories.Of), F1: ratio(2*together.Hits, together.Of+stories.Of),
	}
	return &judged{Result: r, gold: labelled}
}

// one returns the first story that two lists share, or "".
func one(a, b []string) string {
	for _, s := range a {
		if slices.Contains(b, s) {
			return s
		}
	}
	return ""
}

func number(is bool) int {
	if is {
		return 1
	}
	return 0
}

// pairsOf yields all pairs of a list.
func pairsOf(ids []string) func(yield func(a, b string) bool) {
	return func(yield func(a, b string) bool) {
		for i, a := range ids {
			for _, b := range ids[i+1:] {
				if !yield(a, b) {
					return
				}
			}
		}
	}
}

// TestHalves holds that the halves are two, and that the pairs of both are all pairs.
func TestHalves(t *testing.T) {
	gold := clusters(t, "a b c|d e|f g")
	for _, p := range []evaluate.Pair{{A: "a", B: "b", Label: "dup"}, {A: "d", B: "e", Label: "dup"}, {A: "c", B: "d", Label: "different"}} {
		if err := gold.AddPair(p); err != nil {
			t.Fatal(err)
		}
	}
	f := found("a b|c d e|f|g")
	f.Links = [][2]string{{"a", "b"}, {"c", "d"}, {"d", "e"}}
	j := (&taken{found: f}).judge(gold, 0)
	set := dataset{split: func(_ *judged, id string) string { // d and e are reported
		if strings.Contains("de", id) {
			return "e"
		}
		return "a"
	}}
	if reportedHalf("a") || !reportedHalf("e") {
		t.Fatal("the halves have moved")
	}
	chosen, reported := set.halves(j)
	for _, tt := range []struct {
		name                          string
		j                             *judged
		dup, different, links, within float64
	}{
		{"all", j, 1, 1, 2.0 / 3, 2.0 / 4},
		{"chosen", chosen, 1, none, 1, 1},
		{"reported", reported, 1, 1, 1.0 / 2, 1.0 / 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := [4]float64{share("dup")(tt.j), share("different")(tt.j), linksRight(tt.j), precision(tt.j)}
			if want := [4]float64{tt.dup, tt.different, tt.links, tt.within}; got != want {
				t.Errorf("dup, different, links, within clusters %v, want %v", got, want)
			}
		})
	}
	if r := recall(reported); r != 1 {
		t.Errorf("recall %v of the reported half, want 1", r)
	}
	if r := recall(chosen); r != 1.0/4 {
		t.Errorf("recall %v of the chosen half, want 1 of 4", r)
	}
}
