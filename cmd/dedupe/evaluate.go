package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"dedupe/evaluate"
	"dedupe/report"
	"dedupe/storage"
)

// evaluateOptions are the flags of dedupe evaluate.
type evaluateOptions struct {
	gold, pairs string
	decisions   bool
	worst       int
}

func newEvaluate(a *app) *cobra.Command {
	var o evaluateOptions
	cmd := &cobra.Command{
		Use:   "evaluate --gold FILE | --decisions",
		Short: "Say how right the stored clusters are, by a file of truth",
		Long: `Evaluate compares the stored clusters and links with the truth about some articles and prints how right they are.

The truth is a table with a header, as tab-separated values or CSV, or JSON lines ("-" is standard input):
  id, cluster [, kind]       articles with one cluster are copies of one story; an article may have several lines;
                             with tabs the header may be left out
  id1, id2, label [, kind]   pairs: copies (dup, partial, rewrite, copy, same, must-link), not copies (different,
                             distinct, same_event, cannot-link) or unclear
A cluster's article of kind "original" or "base" makes pairs with the others of its cluster. An article is called by
its id, or outlet:id, or its URL, a page dump by its path from the truth's folder. Only articles of the truth count;
one that is not stored counts as alone.

With --decisions the truth is what people decided on pairs. Clusters follow decisions, so those are judged that the
stored links alone would make: it says how often dedupe would have been right by itself.

Figures, 0 to 1:
  pairwise    Of the pairs of articles found in one cluster, the share that is of one story (precision); of the pairs
              of one story, the share found in one cluster (recall); F1, their harmonic mean.
  B-cubed     The same for each article, of the cluster and of the story it is in, averaged over articles
              (Bagga and Baldwin 1998; Amigo et al. 2009).
  adjusted    Agreement of all pairs, corrected for chance: 0 is chance, 1 is equal (Hubert and Arabie 1985).
  Rand
  links       Of the links between two of these articles, the share between articles of one story.
  candidates  Of the pairs of one story, or labelled copies, the share found together or at least compared: the rest
              was missed by the search for candidates, not by a threshold.
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
	f.BoolVar(&o.decisions, "decisions", false, "take what people decided for the truth")
	f.IntVar(&o.worst, "worst", 5, "print so many of the worst errors of each sort")
	return cmd
}

func runEvaluate(ctx context.Context, a *app, o evaluateOptions) error {
	switch {
	case o.gold == "" && !o.decisions:
		return usagef("evaluate: which truth? give --gold FILE or --decisions")
	case o.decisions && (o.gold != "" || o.pairs != ""):
		return usagef("evaluate: --decisions or a file of truth, not both")
	case o.worst < 0:
		return usagef("--worst: %d is not allowed; want a number from 0", o.worst)
	}
	if o.decisions {
		return evaluateDecisions(ctx, a, o)
	}
	return a.read(ctx, func(v *storage.View) error {
		gold := evaluate.New()
		var rejects []report.Reject
		for _, path := range []string{o.gold, o.pairs} {
			more, err := a.readGold(ctx, v, gold, path)
			if err != nil {
				return err
			}
			rejects = append(rejects, more...)
		}
		e, err := evaluateStored(ctx, v, gold, o)
		if err != nil {
			return err
		}
		if e.Stored == 0 {
			return fmt.Errorf("none of the %d articles of %s is stored in %s: name them by id, outlet:id or URL, page dumps by their path from its folder", e.Known, o.gold, a.settings().Database.Path)
		}
		if err := a.printEvaluation(e); err != nil {
			return err
		}
		return a.listGiven(rejects)
	})
}

func (a *app) printEvaluation(e *evaluation) error {
	if a.settings().Output.JSON {
		return a.printJSON(e)
	}
	return e.print(a.stdout)
}

// readGold adds a file to gold; "-" is standard input, "" no file. It returns the
// lines that are too long to be read.
func (a *app) readGold(ctx context.Context, v *storage.View, gold *evaluate.Gold, path string) (rejects []report.Reject, err error) {
	if gold.Name, err = a.pageNames(ctx, v, path); err != nil {
		return nil, err
	}
	var r io.Reader = a.stdin
	switch path {
	case "":
		return nil, nil
	case "-":
	default:
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("read gold: %w", err)
		}
		defer f.Close()
		r = f
	}
	given := newGivenFile(r, path)
	if err := gold.Read(given); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return given.rejects, nil
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
	n, err := findGold(ctx, v, gold.Articles())
	if err != nil {
		return nil, err
	}
	return n.evaluate(gold, o), nil
}

// evaluate scores what was found, and each language by itself where there are
// several.
func (n *named) evaluate(gold *evaluate.Gold, o evaluateOptions) *evaluation {
	e := &evaluation{Gold: o.gold, Known: len(gold.Articles()), Stored: len(n.found.Cluster)}
	e.Result = evaluate.Score(gold, n.found, evaluate.Options{Rounds: 1000, Seed: 1, Worst: o.worst})
	count := map[string]int{}
	for _, l := range n.languages {
		count[l]++
	}
	names := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(count[b]-count[a], strings.Compare(a, b))
	})
	if len(names) < 2 {
		return e
	}
	for _, name := range names {
		part := gold.Restrict(func(id string) bool { l, ok := n.languages[id]; return ok && l == name })
		e.Languages = append(e.Languages, languageResult{name, count[name], evaluate.Score(part, n.found, evaluate.Options{})})
	}
	return e
}

// named are the stored articles that gold knows, under gold's names.
type named struct {
	found     *evaluate.Found
	languages map[string]string
	seq       map[string]int64
	names     map[int64][]string // of each article
}

// findGold finds the articles of gold, their clusters and links. Memory is
// bounded by gold.
func findGold(ctx context.Context, v *storage.View, known []string) (*named, error) {
	n, err := findNames(ctx, v, known)
	if err == nil {
		err = n.findLinks(ctx, v)
	}
	return n, err
}

// findNames finds the articles alone.
func findNames(ctx context.Context, v *storage.View, known []string) (*named, error) {
	wanted := make(map[string]bool, len(known))
	for _, id := range known {
		wanted[id] = true
	}
	n := &named{&evaluate.Found{Cluster: map[string]string{}}, map[string]string{}, map[string]int64{}, map[int64][]string{}}
	for article, err := range v.Articles(ctx) {
		if err != nil {
			return nil, err
		}
		names := []string{article.Name(), article.Outlet + ":" + article.Name(), article.URL}
		for _, name := range names {
			if !wanted[name] || slices.Contains(n.names[article.Seq], name) {
				continue
			}
			if _, twice := n.seq[name]; twice {
				return nil, fmt.Errorf("the article %s of the truth is several stored ones: write outlet:id, such as %s", plain(name), plain(names[1]))
			}
			n.found.Cluster[name] = ""
			if article.Cluster > 0 {
				n.found.Cluster[name] = strconv.FormatInt(article.Cluster, 10)
			}
			n.languages[name] = article.Language
			n.seq[name] = article.Seq
			n.names[article.Seq] = append(n.names[article.Seq], name)
		}
	}
	return n, nil
}

// findLinks adds the links between the articles, and the pairs of them that were
// compared in vain.
func (n *named) findLinks(ctx context.Context, v *storage.View) error {
	n.found.Apart = [][2]string{}
	for _, list := range []struct {
		pairs iter.Seq2[storage.Pair, error]
		to    *[][2]string
	}{{v.Links(ctx), &n.found.Links}, {v.Apart(ctx), &n.found.Apart}} {
		for pair, err := range list.pairs {
			if err != nil {
				return err
			}
			for _, x := range n.names[pair.A] {
				for _, y := range n.names[pair.B] {
					*list.to = append(*list.to, [2]string{x, y})
				}
			}
		}
	}
	return nil
}
