package quality

import (
	"context"
	"errors"
	"fmt"

	"dedupe/evaluate"
	"dedupe/plot"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/tune"
)

// Tuning is what other thresholds would do to stored pairs.
type Tuning struct {
	Articles int    `json:"articles"`
	Pairs    int    `json:"pairs"` // stored
	Clusters int    `json:"clusters"`
	By       string `json:"scored_by,omitempty"`
	Known    int    `json:"known,omitempty"` // articles of the file of truth that are stored

	Strata []tune.Stratum `json:"strata,omitempty"` // for which decisions stand

	Now      Point               `json:"now"` // by the present settings
	Curves   []Curve             `json:"curves"`
	Spread   []tune.Distribution `json:"distributions,omitempty"` // where nothing is known
	Looked   int                 `json:"settings_looked_at"`
	Proposal *Proposal           `json:"proposal,omitempty"`

	seen []tune.Point // in search of a proposal
}

// Curve is what comes of the values of one threshold.
type Curve struct {
	Threshold tune.Threshold `json:"-"`

	Key    string  `json:"setting"`
	Kind   string  `json:"kind,omitempty"` // of the links that it makes
	Points []Point `json:"points"`
}

// Point is what comes of one setting.
type Point struct {
	Value float64        `json:"value,omitempty"` // of the threshold that is swept
	Kinds map[string]int `json:"kinds"`           // links
	Right *float64       `json:"right,omitempty"` // of those of the threshold's kind that are known
	Found *float64       `json:"found,omitempty"` // by them, of the compared copies that no other kind links
	tune.Point
	Score *tune.Score `json:"score,omitempty"` // none where nothing is known
}

// Proposal is what an aim asks for.
type Proposal struct {
	Aim      string     `json:"aim"`
	Reached  bool       `json:"reached"`
	Lack     *tune.Lack `json:"lack,omitempty"` // labels are too few: nothing is proposed
	Settings []Setting  `json:"settings"`       // that would change
	Point
	Examples []Change `json:"examples,omitempty"`
	Diff     string   `json:"diff,omitempty"` // of the configuration file, where there is one
}

// Setting is one that would change. Values are as config.yaml has them.
type Setting struct {
	Key  string `json:"setting"`
	From string `json:"from"`
	To   string `json:"to"`
}

// Change is a cluster that a proposal would make or break.
type Change struct {
	Change   string   `json:"change"` // merged or split
	Clusters []int64  `json:"clusters"`
	Labels   []string `json:"labels"` // of these
	Articles int      `json:"articles"`
	Parts    int      `json:"parts"`
	Headline string   `json:"headline"` // of one of the articles
	A        string   `json:"a"`        // two that come together, or apart
	B        string   `json:"b"`
}

// Sweep says what Tune looks at.
type Sweep struct {
	Now        similarity.Thresholds
	Thresholds []tune.Threshold // whose curves are drawn, and which a proposal may change
	Gold       *evaluate.Gold   // what settings are scored by; nil: Decisions, or nothing is known
	Name       string           // what the truth is called
	Decisions  bool             // settings are scored by what people decided
	Aim        *tune.Aim        // of the proposal; nil: none is made
	Progress   func(done int)   // hears how many settings have been judged; may be nil
	Examples   int              // clusters that are named which a proposal would merge, and split
}

// Tune judges the pairs by other thresholds, one threshold at a time, and by many of them
// together where a proposal is asked for. It stores nothing. The error is ErrUndecided where
// there are no decisions; where no article of gold is stored nothing is swept and Known is 0.
func (e *Evidence) Tune(ctx context.Context, view *storage.View, o Sweep) (*Tuning, error) {
	t := &Tuning{Articles: e.table.Articles(), Pairs: len(e.table.Pairs()), Clusters: e.table.Clusters()}
	var gold *tune.Gold
	switch {
	case o.Decisions && len(e.labels) == 0:
		return nil, ErrUndecided
	case o.Decisions:
		gold = &tune.Gold{Labels: e.labels}
		t.Strata = e.table.Weigh(e.labels, o.Now)
		t.By = "1 decision"
		if n := len(e.labels); n > 1 {
			t.By = fmt.Sprintf("%d decisions", n)
		}
	case o.Gold != nil:
		var err error
		if gold, t.Known, err = e.gold(ctx, view, o.Gold); err != nil || t.Known == 0 {
			return t, err
		}
		t.By = "1 article of " + o.Name
		if t.Known > 1 {
			t.By = fmt.Sprintf("%d articles of %s", t.Known, o.Name)
		}
	}
	s := tune.NewSweeper(e.table, gold)
	if judged := 0; o.Progress != nil {
		s.Each = func() { judged++; o.Progress(judged) }
	}
	t.Now = t.point(s.Point(o.Now), nil)
	t.Looked = 1
	for _, th := range o.Thresholds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := Curve{Key: th.Key, Threshold: th}
		if th.Kind != similarity.Distinct {
			c.Kind = th.Kind.String()
		}
		for _, p := range s.Curve(th, o.Now) {
			c.Points = append(c.Points, t.point(p, &th))
		}
		t.Looked += len(c.Points)
		t.Curves = append(t.Curves, c)
	}
	if gold == nil {
		t.Spread = e.table.Distributions(o.Now)
	}
	if gold == nil || o.Aim == nil {
		return t, nil
	}
	best, reached, seen := s.Search(*o.Aim, o.Now, o.Thresholds)
	t.Looked += len(seen)
	t.seen = seen
	t.Proposal = &Proposal{Aim: o.Aim.String(), Reached: reached, Point: t.point(best, nil), Settings: []Setting{}}
	labels := len(gold.Labels)
	if len(gold.Stories) > 0 {
		labels = 0
	}
	if t.Proposal.Lack = o.Aim.Lack(&best.Score, labels); t.Proposal.Lack != nil {
		t.Proposal.Reached, t.Proposal.Point = false, t.Now
		return t, nil
	}
	for _, th := range tune.Thresholds() {
		if x, y := th.Get(o.Now), th.Get(best.Thresholds); x != y {
			t.Proposal.Settings = append(t.Proposal.Settings, Setting{th.Key, tune.Decimal(x), tune.Decimal(y)})
		}
	}
	for _, c := range e.table.Changes(best.Thresholds, o.Examples) {
		x, err := e.change(ctx, view, c)
		if err != nil {
			return nil, err
		}
		t.Proposal.Examples = append(t.Proposal.Examples, x)
	}
	return t, nil
}

// point is a point with its figures by name; th is the threshold that is swept, if one is.
func (t *Tuning) point(p tune.Point, th *tune.Threshold) Point {
	x := Point{Point: p, Kinds: map[string]int{}}
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
func (e *Evidence) change(ctx context.Context, view *storage.View, c tune.Change) (x Change, err error) {
	x = Change{Change: "merged", Clusters: c.Clusters, Articles: c.Articles, Parts: c.Parts, Labels: []string{}}
	if c.Split {
		x.Change = "split"
	}
	for _, id := range c.Clusters {
		x.Labels = append(x.Labels, storage.ClusterLabel(id))
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

// points are those of the curve, as package tune draws them.
func (c *Curve) points() (list []tune.Point) {
	for i := range c.Points {
		list = append(list, c.Points[i].Point)
	}
	return list
}

// Chart is the curve as a chart: precision and recall by the threshold.
func (c *Curve) Chart(marks ...plot.Mark) plot.Chart {
	return tune.CurveChart(c.Threshold, c.points(), marks...)
}

// Charts are the curves, and precision over recall of all settings looked at. They are of
// what is known: there must be a score.
func (t *Tuning) Charts() (charts []plot.Chart) {
	marks := func(at bool, value func(*Point) (x, y float64)) []plot.Mark {
		x, y := value(&t.Now)
		list := []plot.Mark{{Name: "now", X: x, Y: y, At: at}}
		if t.Proposal != nil {
			x, y = value(&t.Proposal.Point)
			list = append(list, plot.Mark{Name: "proposed", X: x, Y: y, At: at})
		}
		return list
	}
	all := append([]tune.Point{}, t.seen...)
	for i := range t.Curves {
		c := &t.Curves[i]
		if c.Threshold.Figure != "" {
			charts = append(charts, c.Chart(marks(false, func(p *Point) (float64, float64) { return c.Threshold.Get(p.Thresholds), 0 })...))
		}
		all = append(all, c.points()...)
	}
	return append(charts, tune.PlaneChart(all, marks(true, func(p *Point) (float64, float64) { return p.Score.Recall, p.Score.Precision })...))
}
