package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"dedupe/evaluate"
	"dedupe/storage"
)

// evaluateOptions are the flags of dedupe evaluate.
type evaluateOptions struct {
	gold, pairs string
	worst       int
}

func newEvaluate(a *app) *cobra.Command {
	var o evaluateOptions
	cmd := &cobra.Command{
		Use:   "evaluate --gold FILE",
		Short: "Say how right the stored clusters are, by a file of truth",
		Long: `Evaluate compares the stored clusters and links with the truth about some articles and prints how right they are.

The truth is a table with a header, as tab-separated values or CSV, or JSON lines ("-" is standard input):
  id, cluster [, kind]       articles with one cluster are copies of one story; an article may have several lines
  id1, id2, label [, kind]   pairs: copies (dup, partial, rewrite, copy, same, must-link), not copies (different,
                             distinct, same_event, cannot-link) or unclear
A cluster's article of kind "original" or "base" makes pairs with the others of its cluster. An article is called by
its id, or outlet:id, or its URL. Only articles of the truth count; one that is not stored counts as alone.

Figures, 0 to 1:
  pairwise    Of the pairs of articles found in one cluster, the share that is of one story (precision); of the pairs
              of one story, the share found in one cluster (recall); F1, their harmonic mean.
  B-cubed     The same for each article, of the cluster and of the story it is in, averaged over articles
              (Bagga and Baldwin 1998; Amigo et al. 2009).
  adjusted    Agreement of all pairs, corrected for chance: 0 is chance, 1 is equal (Hubert and Arabie 1985).
  Rand
  links       Of the links between two of these articles, the share between articles of one story.
  labelled    Of the labelled pairs found, the share that are copies (precision); of the copies, the share found
              (recall). Found is: in one cluster, or linked.
Articles that share any of their stories are of one story. Precision is 1 where nothing is found together, recall 1
where nothing belongs together.

The intervals hold 95 %: of clusters from 1,000 draws of whole stories (bootstrap percentiles; Efron 1979), of links
and pairs from the number of them (Wilson 1927).
` + exitCodes,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runEvaluate(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.gold, "gold", "", "the `file` of truth, clusters or pairs")
	f.StringVar(&o.pairs, "pairs", "", "one more `file` of truth")
	f.IntVar(&o.worst, "worst", 5, "print so many of the worst errors of each sort")
	return cmd
}

func runEvaluate(ctx context.Context, a *app, o evaluateOptions) error {
	switch {
	case o.gold == "":
		return usagef("evaluate: which truth? give --gold FILE")
	case o.worst < 0:
		return usagef("--worst: %d is not allowed; want a number from 0", o.worst)
	}
	gold := evaluate.New()
	for _, path := range []string{o.gold, o.pairs} {
		if err := a.readGold(gold, path); err != nil {
			return err
		}
	}
	return a.read(ctx, func(v *storage.View) error {
		e, err := evaluateStored(ctx, v, gold, o)
		if err != nil {
			return err
		}
		if e.Stored == 0 {
			return fmt.Errorf("none of the %d articles of %s is stored in %s: name them by id, outlet:id or URL", e.Known, o.gold, a.settings().Database.Path)
		}
		if a.settings().Output.JSON {
			return a.printJSON(e)
		}
		return e.print(a.stdout)
	})
}

// readGold adds a file to gold; "-" is standard input, "" no file.
func (a *app) readGold(gold *evaluate.Gold, path string) error {
	var r io.Reader = a.stdin
	switch path {
	case "":
		return nil
	case "-":
	default:
		f, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("read gold: %w", err)
		}
		defer f.Close()
		r = f
	}
	if err := gold.Read(r); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// evaluation is what dedupe evaluate prints.
type evaluation struct {
	Gold   string `json:"gold"`
	Known  int    `json:"known"`  // articles of gold
	Stored int    `json:"stored"` // of these
	*evaluate.Result
	Languages []languageResult `json:"languages,omitempty"` // where there are several, most articles first
}

type languageResult struct {
	Language string `json:"language"` // "" where it is not known
	Stored   int    `json:"stored"`
	*evaluate.Result
}

func evaluateStored(ctx context.Context, v *storage.View, gold *evaluate.Gold, o evaluateOptions) (*evaluation, error) {
	known := gold.Articles()
	found, languages, err := findGold(ctx, v, known)
	if err != nil {
		return nil, err
	}
	e := &evaluation{Gold: o.gold, Known: len(known), Stored: len(found.Cluster)}
	e.Result = evaluate.Score(gold, found, evaluate.Options{Rounds: 1000, Seed: 1, Worst: o.worst})
	count := map[string]int{}
	for _, l := range languages {
		count[l]++
	}
	names := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(count[b]-count[a], strings.Compare(a, b))
	})
	if len(names) < 2 {
		return e, nil
	}
	for _, name := range names {
		part := gold.Restrict(func(id string) bool { l, ok := languages[id]; return ok && l == name })
		e.Languages = append(e.Languages, languageResult{name, count[name], evaluate.Score(part, found, evaluate.Options{})})
	}
	return e, nil
}

// findGold returns clusters and links of the stored articles that gold knows,
// under gold's names, and their languages. Memory is bounded by gold.
func findGold(ctx context.Context, v *storage.View, known []string) (*evaluate.Found, map[string]string, error) {
	wanted := make(map[string]bool, len(known))
	for _, id := range known {
		wanted[id] = true
	}
	found := &evaluate.Found{Cluster: map[string]string{}}
	languages := map[string]string{}
	bySeq := map[int64][]string{}
	for article, err := range v.Articles(ctx) {
		if err != nil {
			return nil, nil, err
		}
		names := []string{article.Name(), article.Outlet + ":" + article.Name(), article.URL}
		for _, name := range names {
			if !wanted[name] || slices.Contains(bySeq[article.Seq], name) {
				continue
			}
			if _, twice := found.Cluster[name]; twice {
				return nil, nil, fmt.Errorf("the article %s of the truth is several stored ones: write outlet:id, such as %s", plain(name), plain(names[1]))
			}
			found.Cluster[name] = ""
			if article.Cluster > 0 {
				found.Cluster[name] = strconv.FormatInt(article.Cluster, 10)
			}
			languages[name] = article.Language
			bySeq[article.Seq] = append(bySeq[article.Seq], name)
		}
	}
	for link, err := range v.Links(ctx) {
		if err != nil {
			return nil, nil, err
		}
		for _, x := range bySeq[link.A] {
			for _, y := range bySeq[link.B] {
				found.Links = append(found.Links, [2]string{x, y})
			}
		}
	}
	return found, languages, nil
}
