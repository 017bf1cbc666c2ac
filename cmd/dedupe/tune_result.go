package main

import (
	"context"
	"errors"
	"fmt"

	"dedupe/report"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/tune"
)

// tuning is what dedupe tune prints.
type tuning struct {
	Articles int    `json:"articles"`
	Pairs    int    `json:"pairs"` // stored
	Clusters int    `json:"clusters"`
	By       string `json:"scored_by,omitempty"`
	Known    int    `json:"known,omitempty"` // articles of the file of truth that are stored

	Strata []tune.Stratum `json:"strata,omitempty"` // for which decisions stand

	Now      tunedPoint          `json:"now"` // by the present settings
	Curves   []tunedCurve        `json:"curves"`
	Spread   []tune.Distribution `json:"distributions,omitempty"` // where nothing is known
	Looked   int                 `json:"settings_looked_at"`
	Proposal *proposal           `json:"proposal,omitempty"`

	rejects []report.Reject // lines of the files of truth that are too long
	options tuneOptions
	now     similarity.Thresholds
	seen    []tune.Point // in search of a proposal
}

// tunedCurve is what comes of the values of one threshold.
type tunedCurve struct {
	Key    string       `json:"setting"`
	Kind   string       `json:"kind,omitempty"` // of the links that it makes
	Points []tunedPoint `json:"points"`

	threshold tune.Threshold
	points    []tune.Point
}

// tunedPoint is what comes of one setting.
type tunedPoint struct {
	Value float64        `json:"value,omitempty"` // of the threshold that is swept
	Kinds map[string]int `json:"kinds"`           // links
	Right *float64       `json:"right,omitempty"` // of those of the threshold's kind that are known
	Found *float64       `json:"found,omitempty"` // by them, of the compared copies that no other kind links
	tune.Point
	Score *tune.Score `json:"score,omitempty"` // none where nothing is known
}

// proposal is what an aim asks for.
type proposal struct {
	Aim      string         `json:"aim"`
	Reached  bool           `json:"reached"`
	Settings []tunedSetting `json:"settings"` // that would change
	tunedPoint
	Examples []tunedChange `json:"examples,omitempty"`
}

type tunedSetting struct {
	Key  string `json:"setting"`
	From string `json:"from"`
	To   string `json:"to"`
}

// tunedChange is a cluster that a proposal would make or break.
type tunedChange struct {
	Change   string  `json:"change"` // merged or split
	Clusters []int64 `json:"clusters"`
	Articles int     `json:"articles"`
	Parts    int     `json:"parts"`
	Headline string  `json:"headline"` // of one of the articles
	A        string  `json:"a"`        // two that come together, or apart
	B        string  `json:"b"`
}

// sweep fills in everything that is asked for.
func (t *tuning) sweep(ctx context.Context, view *storage.View, e *evidence, gold *tune.Gold) error {
	s := tune.NewSweeper(e.table, gold)
	t.Now = t.point(s.Point(t.now), nil)
	t.Looked = 1
	swept, err := t.options.swept()
	if err != nil {
		return err
	}
	for _, th := range swept {
		if err := ctx.Err(); err != nil {
			return err
		}
		c := tunedCurve{Key: th.Key, threshold: th, points: s.Curve(th, t.now)}
		if th.Kind != similarity.Distinct {
			c.Kind = th.Kind.String()
		}
		for _, p := range c.points {
			c.Points = append(c.Points, t.point(p, &th))
		}
		t.Looked += len(c.points)
		t.Curves = append(t.Curves, c)
	}
	if gold == nil {
		t.Spread = e.table.Distributions(t.now)
		return nil
	}
	aim, asked := t.options.aim()
	if !asked {
		return nil
	}
	best, reached, seen := s.Search(aim, t.now)
	t.Looked += len(seen)
	t.seen = seen
	t.Proposal = &proposal{Aim: aimWords(aim), Reached: reached, Settings: thresholdChanges(t.now, best.Thresholds), tunedPoint: t.point(best, nil)}
	for _, c := range e.table.Changes(best.Thresholds, t.options.examples) {
		x, err := e.change(ctx, view, c)
		if err != nil {
			return err
		}
		t.Proposal.Examples = append(t.Proposal.Examples, x)
	}
	return nil
}

func aimWords(aim tune.Aim) string {
	switch aim.Goal {
	case tune.SurePrecision:
		return fmt.Sprintf("a precision of at least %g with a certainty of 95 %%", aim.At)
	case tune.MeasuredPrecision:
		return fmt.Sprintf("a measured precision of at least %g", aim.At)
	}
	return "the greatest F1"
}

// point is a point as it is printed; th is the threshold that is swept, if one is.
func (t *tuning) point(p tune.Point, th *tune.Threshold) tunedPoint {
	x := tunedPoint{Point: p, Kinds: map[string]int{}}
	for _, k := range similarity.Kinds() {
		x.Kinds[k.String()] = p.Kinds[k].Links
	}
	if t.By != "" {
		x.Score = &p.Score
	}
	if th != nil {
		x.Value = th.Get(p.Thresholds)
		if share, ok := p.Kinds[th.Kind].Precision(); ok {
			x.Right = &share
		}
		if share, ok := p.Recall(th.Kind); ok && th.Kind != similarity.Distinct {
			x.Found = &share
		}
	}
	return x
}

// change gives the articles of a change their names.
func (e *evidence) change(ctx context.Context, view *storage.View, c tune.Change) (x tunedChange, err error) {
	x = tunedChange{Change: "merged", Clusters: c.Clusters, Articles: c.Articles, Parts: c.Parts}
	if c.Split {
		x.Change = "split"
	}
	for _, side := range []struct {
		number int32
		name   *string
	}{{c.A, &x.A}, {c.B, &x.B}} {
		article, err := view.Article(ctx, int64(e.seqs[side.number]))
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err != nil {
			return x, err
		}
		*side.name = article.Name()
		if x.Headline == "" {
			x.Headline = article.Headline
		}
	}
	return x, nil
}
