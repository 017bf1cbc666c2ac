package main

import (
	"context"
	"fmt"
	"strconv"

	"dedupe/evaluate"
	"dedupe/storage"
)

// evaluateDecisions judges the clusters that stored links would make by
// themselves, by what people decided.
func evaluateDecisions(ctx context.Context, a *app, o evaluateOptions) error {
	return a.readEvidence(ctx, func(_ *storage.Store, v *storage.View, e *evidence) error {
		if len(e.labels) == 0 {
			return a.errUndecided()
		}
		o.gold = "the decisions"
		n := &named{&evaluate.Found{Cluster: map[string]string{}}, map[string]string{}, map[string]int64{}, map[int64][]string{}}
		leader := e.table.ByLinks()
		gold := evaluate.New()
		name := func(number int32) (string, error) {
			seq := int64(e.seqs[number])
			if known := n.names[seq]; known != nil {
				return known[0], nil
			}
			article, err := v.Article(ctx, seq)
			if err != nil {
				return "", err
			}
			name := article.Name()
			if _, twice := n.seq[name]; twice {
				name = fmt.Sprintf("#%d", seq) // as explain takes it
			}
			n.found.Cluster[name] = strconv.Itoa(int(leader[number]))
			n.languages[name] = article.Language
			n.seq[name] = seq
			n.names[seq] = []string{name}
			return name, nil
		}
		for _, l := range e.labels {
			x, err := name(l.A)
			if err != nil {
				return err
			}
			y, err := name(l.B)
			if err != nil {
				return err
			}
			label := "cannot-link"
			if l.Copies {
				label = "must-link"
			}
			if err := gold.AddPair(evaluate.Pair{A: x, B: y, Label: label}); err != nil {
				return err
			}
		}
		if err := n.findLinks(ctx, v); err != nil {
			return err
		}
		return a.printEvaluation(n.evaluate(gold, o))
	})
}
