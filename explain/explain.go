// Package explain says in sentences why two articles are linked or not, what a run would make of
// an article that is not stored, and which smallest change of settings would turn a verdict. It
// decides nothing: every figure and every rule is what a run goes by, asked again.
//
//	Compare        the figures of two articles, whether a run ever compared them or not
//	Explainer      the same in sentences, step by step, with what is stored of them
//	  Pair         why two articles are linked or not
//	  Check        what an article that is not stored would be a copy of
//	Texts          texts of a cluster side by side
//
// What comes out is data of package report, which prints it as the command line does:
//
//	x := explain.New(engine, view, explain.Options{})
//	a, err := x.Find(ctx, "courier-88213")
//	b, err := x.Find(ctx, "northwire-0312-17")
//	e, err := x.Pair(ctx, a, b)
//	fmt.Println(e.Verdict)
//	for _, s := range e.Sentences() {
//		fmt.Println(s)
//	}
//
// Cost: an engine reads the places of all articles, 0.1 s for 100,000; each pair or article then
// takes some milliseconds, most of them for the search for candidates.
package explain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/similarity"
	"dedupe/storage"
)

// Explainer explains what an engine makes of articles. It stores nothing, is not safe for
// concurrent use, and its engine takes nothing in meanwhile.
type Explainer struct {
	engine *engine.Engine
	view   *storage.View
	of     engine.Options
	opt    Options
}

// Options of an Explainer. The zero value will do.
type Options struct {
	// Preset names the preset that a setting ("thresholds.near") has its value from, "" where it has
	// it from elsewhere. nil: no setting has.
	Preset func(setting string) string
}

// New returns an Explainer that reads what is stored from a view.
func New(e *engine.Engine, v *storage.View, opt Options) *Explainer {
	if opt.Preset == nil {
		opt.Preset = func(string) string { return "" }
	}
	return &Explainer{engine: e, view: v, of: e.Options(), opt: opt}
}

// Article is one of the two articles of an explanation: a stored one, of Find or Stored, or one
// that is not, of Fresh.
type Article struct {
	storage.Article
	body  string
	fresh *article.Article // nil: it is stored
	file  string           // of one that is not
	fate  string           // what a run would make of it
}

// Find returns the stored article that a person means by its id, outlet:id, URL, #number of arrival,
// or the first digits of its key. The error is storage.ErrNotFound or a storage.AmbiguousError.
func (x *Explainer) Find(ctx context.Context, name string) (Article, error) {
	a, err := x.view.Find(ctx, name)
	if err != nil {
		return Article{}, err
	}
	return x.Stored(ctx, a)
}

// Stored returns a stored article with its text.
func (x *Explainer) Stored(ctx context.Context, a storage.Article) (Article, error) {
	body, err := x.view.Body(ctx, a.Seq)
	return Article{Article: a, body: body}, err
}

// Fresh returns an article that was read from a file, and what a run would make of it. One that
// is stored as it is counts as stored. now is when it was read.
func (x *Explainer) Fresh(ctx context.Context, in *article.Article, file string, now time.Time) (Article, error) {
	read := *in
	read.Outlet = x.of.Outlets.Name(in.Outlet, in.URL)
	key, stored, err := x.engine.Identify(ctx, &read)
	if err != nil {
		return Article{}, err
	}
	if stored > 0 {
		known, err := x.view.Article(ctx, int64(stored))
		if err != nil {
			return Article{}, err
		}
		a, err := x.Stored(ctx, known)
		if err != nil || a.Headline == read.Headline && a.body == read.Body {
			return a, err
		}
	}
	a := Article{fresh: &read, body: read.Body, file: file}
	a.Article = storage.Article{Key: key, External: read.ID, Outlet: cmp.Or(article.SpellOutlet(in.Outlet), read.Outlet), OutletKey: read.Outlet, URL: read.URL, Headline: read.Headline}
	a.Effective, a.Reason = article.EffectiveDate(read.Published, now)
	a.fate, err = x.fate(ctx, &read)
	return a, err
}

// StoredPair explains two stored articles; see Pair.
func (x *Explainer) StoredPair(ctx context.Context, a, b storage.Article) (*Explanation, error) {
	first, err := x.Stored(ctx, a)
	if err != nil {
		return nil, err
	}
	second, err := x.Stored(ctx, b)
	if err != nil {
		return nil, err
	}
	return x.Pair(ctx, first, second)
}

// Explanation is what is to be said of a pair of articles.
type Explanation struct {
	report.Explanation
	Comparison Comparison

	p *pair
}

// Pair explains two articles, in either order. It is an error if they are one, and a storage.Damage
// where a text cannot be read.
func (x *Explainer) Pair(ctx context.Context, a, b Article) (*Explanation, error) {
	if a.Key == b.Key {
		return nil, errors.New("explain: these are one article")
	}
	p := &pair{Explainer: x, a: a, b: b}
	if err := p.compare(ctx); err != nil {
		return nil, err
	}
	stored, err := p.stored(ctx)
	if err != nil {
		return nil, err
	}
	e := &Explanation{Comparison: p.Comparison, p: p, Explanation: report.Explanation{
		A: p.a.side(p.Verdict.Evidence.WordsA), B: p.b.side(p.Verdict.Evidence.WordsB),
		Kind: p.Verdict.Kind.String(), Verdict: p.sentence(), Rule: p.Thresholds.Rule(p.Verdict.Evidence).Name,
		Steps: append(p.steps(), stored, p.person(), p.cluster()), Figures: p.figures(),
	}}
	e.Passages, e.Boilerplate = p.quotes()
	return e, nil
}

// Sentences says the steps from the two articles to the verdict and to what clusters made of it, a
// line each: "length: enough: 212 words are left of the shorter text".
func (e *Explanation) Sentences() (list []string) {
	for _, s := range e.Steps {
		list = append(list, fmt.Sprintf("%s: %s: %s", s.Name, s.Outcome, s.Why))
	}
	return list
}

// Texts adds both texts, cut where what they share and what was left out begins and ends.
func (e *Explanation) Texts() {
	var inA, inB []similarity.Span
	for _, s := range e.Comparison.Passages {
		inA, inB = append(inA, s.A), append(inB, s.B)
	}
	e.TextA = pieces(e.p.a.body, inA, e.Comparison.BoilerplateA)
	e.TextB = pieces(e.p.b.body, inB, e.Comparison.BoilerplateB)
}

// WhyNot adds the smallest changes of one setting each that would turn the verdict, from linked to
// not or back, the smallest first. There are none where a veto decided.
func (e *Explanation) WhyNot() { e.Turns, e.Unread = e.p.turns(), e.p.unread() }

// pair is one call of Pair. a is the earlier article.
type pair struct {
	*Explainer
	Comparison
	a, b Article
}

// compare compares the two, and puts the earlier one first.
func (p *pair) compare(ctx context.Context) (err error) {
	var visitors []*article.Article
	for _, s := range []*Article{&p.a, &p.b} {
		if s.fresh != nil {
			visitors = append(visitors, s.fresh)
		}
	}
	if len(visitors) > 0 {
		next, leave, err := p.engine.Visit(ctx, visitors...)
		defer leave()
		if err != nil {
			return err
		}
		for _, s := range []*Article{&p.a, &p.b} {
			if s.fresh != nil {
				s.Seq = int64(next)
				next++
			}
		}
	}
	if p.Comparison, err = Compare(ctx, p.engine, uint32(p.a.Seq), uint32(p.b.Seq)); err != nil {
		return err
	}
	if int64(p.A) != p.a.Seq {
		p.a, p.b = p.b, p.a
	}
	return nil
}

func (a *Article) side(words int) report.Side {
	return report.Side{
		Article: a.Name(), Outlet: a.Outlet, URL: a.URL, Headline: a.Headline, Date: a.Moment(),
		Words: words, Cluster: a.Cluster, Label: storage.ClusterLabel(a.Cluster), Credit: a.Credit, File: a.file,
	}
}
