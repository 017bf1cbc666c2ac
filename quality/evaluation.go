// Package quality says how right what a database holds is, by truth about some of its
// articles, and what other thresholds would make of it. It finds the articles, links and
// decisions that packages evaluate and tune count; these themselves read nothing.
package quality

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dedupe/evaluate"
	"dedupe/storage"
)

// Evaluation is how right stored clusters and links are.
type Evaluation struct {
	Gold   string `json:"gold"`   // what the truth is called
	Known  int    `json:"known"`  // articles of gold
	Stored int    `json:"stored"` // of these
	*evaluate.Result
	Languages []Language `json:"languages,omitempty"` // where there are several, most articles first
}

// Language is how right they are among the articles of one language.
type Language struct {
	Language string `json:"language"` // "" where it is not known
	Stored   int    `json:"stored"`
	*evaluate.Result
}

// Evaluate judges the stored clusters by gold, which is called name, and names so many of
// the worst errors of each sort. It reads all articles and pairs; memory is bounded by gold.
// Two stored articles of one name are an error.
func Evaluate(ctx context.Context, v *storage.View, gold *evaluate.Gold, name string, worst int) (*Evaluation, error) {
	f, err := Find(ctx, v, gold.Articles())
	if err != nil {
		return nil, err
	}
	return f.evaluate(gold, name, worst), nil
}

// Found are the stored articles that gold knows, under gold's names, with the clusters and
// links between them.
type Found struct {
	evaluate.Found
	languages map[string]string
	seq       map[string]int64
	names     map[int64][]string // of each article
}

// Find finds the articles of these names. An article goes by its own name, by outlet:name
// and by its URL; one that is not stored is left out.
func Find(ctx context.Context, v *storage.View, names []string) (*Found, error) {
	f, err := findNames(ctx, v, names)
	if err == nil {
		err = f.findLinks(ctx, v)
	}
	return f, err
}

func newFound() *Found {
	return &Found{evaluate.Found{Cluster: map[string]string{}}, map[string]string{}, map[string]int64{}, map[int64][]string{}}
}

// add takes an article in under a name; cluster is "" for one that is alone.
func (f *Found) add(name, cluster string, article *storage.Article) {
	f.Cluster[name], f.languages[name], f.seq[name] = cluster, article.Language, article.Seq
	f.names[article.Seq] = append(f.names[article.Seq], name)
}

// findNames finds the articles alone.
func findNames(ctx context.Context, v *storage.View, known []string) (*Found, error) {
	wanted := make(map[string]bool, len(known))
	for _, id := range known {
		wanted[id] = true
	}
	f := newFound()
	for article, err := range v.Articles(ctx) {
		if err != nil {
			return nil, err
		}
		names := []string{article.Name(), article.OutletKey + ":" + article.Name(), article.URL, article.Outlet + ":" + article.Name()}
		for _, name := range names {
			if !wanted[name] || slices.Contains(f.names[article.Seq], name) {
				continue
			}
			if _, twice := f.seq[name]; twice {
				return nil, fmt.Errorf("the article %s of the truth is several stored ones: write outlet:id, such as %s", name, names[1])
			}
			cluster := ""
			if article.Cluster > 0 {
				cluster = strconv.FormatInt(article.Cluster, 10)
			}
			f.add(name, cluster, &article)
		}
	}
	return f, nil
}

// findLinks adds the links between the articles, and the pairs of them that were
// compared in vain.
func (f *Found) findLinks(ctx context.Context, v *storage.View) error {
	f.Apart = [][2]string{}
	for _, list := range []struct {
		pairs iter.Seq2[storage.Pair, error]
		to    *[][2]string
	}{{v.Links(ctx), &f.Links}, {v.Apart(ctx), &f.Apart}} {
		for pair, err := range list.pairs {
			if err != nil {
				return err
			}
			for _, x := range f.names[pair.A] {
				for _, y := range f.names[pair.B] {
					*list.to = append(*list.to, [2]string{x, y})
				}
			}
		}
	}
	return nil
}

// evaluate scores what was found, and each language by itself where there are
// several.
func (f *Found) evaluate(gold *evaluate.Gold, name string, worst int) *Evaluation {
	e := &Evaluation{Gold: name, Known: len(gold.Articles()), Stored: len(f.Cluster)}
	e.Result = evaluate.Score(gold, &f.Found, evaluate.Options{Rounds: 1000, Seed: 1, Worst: worst})
	for i := range e.Merged {
		if id, err := strconv.ParseInt(e.Merged[i].Cluster, 10, 64); err == nil {
			e.Merged[i].Label = storage.ClusterLabel(id)
		}
	}
	count := map[string]int{}
	for _, l := range f.languages {
		count[l]++
	}
	if len(count) < 2 {
		return e
	}
	languages := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(count[b]-count[a], strings.Compare(a, b))
	})
	for _, language := range languages {
		part := gold.Restrict(func(id string) bool { l, ok := f.languages[id]; return ok && l == language })
		e.Languages = append(e.Languages, Language{language, count[language], evaluate.Score(part, &f.Found, evaluate.Options{})})
	}
	return e
}
