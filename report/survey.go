package report

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/review"
	"dedupe/similarity"
	"dedupe/storage"
)

// Rules are what a Survey finds uncertain clusters by.
type Rules struct {
	Thresholds similarity.Thresholds
	Overrides  engine.Overrides
	Differ     []string                   // settings that differ from those of the stored links, such as "window from 45d to 10d"
	Owner      func(outlet string) string // whose an outlet is; nil: no owner is known
	Zone       *time.Location             // of the days that stories are counted on; nil is UTC
}

// Survey reads clusters out of a database, with what is uncertain in them.
type Survey struct {
	view       *storage.View
	rules      Rules
	decided    map[int64][]storage.DecidedPair // by cluster
	unfollowed int                             // decisions
}

// NewSurvey begins a survey of a view, which reads all decisions. The view must stay
// open as long as the survey is used.
func NewSurvey(ctx context.Context, v *storage.View, rules Rules) (*Survey, error) {
	s := &Survey{view: v, rules: rules, decided: map[int64][]storage.DecidedPair{}}
	for d, err := range v.DecidedPairs(ctx) {
		if err != nil {
			return nil, err
		}
		if !d.Followed() {
			s.unfollowed++
		}
		for _, id := range slices.Compact([]int64{d.ClusterA, d.ClusterB}) {
			if id != 0 {
				s.decided[id] = append(s.decided[id], d)
			}
		}
	}
	return s, nil
}

// Query says which clusters a list holds.
type Query struct {
	storage.Filter
	Sort       storage.Sort
	Suspicious bool // only clusters that a person should look at
	Gravest    bool // of suspicious ones the gravest first, whatever Sort says
	Limit      int  // clusters a page; 0: all
	Page       int  // from 1

	outlet string // the first of Outlets, as people write it
}

// List returns a page of the clusters that a query asks for, and what it leaves on all
// pages. Suspicious clusters are found by reading all pairs inside of clusters.
func (s *Survey) List(ctx context.Context, q Query) (*Clusters, error) {
	r := &Clusters{Differ: s.rules.Differ, Unfollowed: s.unfollowed, query: q, Clusters: []Summarized{}}
	f, limit := &r.query.Filter, cmp.Or(q.Limit, -1)
	r.Offset = (q.Page - 1) * q.Limit
	var err error
	if q.Suspicious {
		if f.Among, err = s.suspicious(ctx); err != nil {
			return nil, err
		}
		if q.Gravest {
			q.Sort = storage.Listed
		}
	}
	if r.stored, err = s.view.Clusters(ctx, *f, q.Sort, limit, r.Offset); err != nil {
		return nil, err
	}
	if err := s.describe(ctx, r); err != nil {
		return nil, err
	}
	if r.Matching, r.Articles, err = s.view.CountClusters(ctx, *f); err != nil {
		return nil, err
	}
	if r.Firsts, r.Credits, err = s.view.Firsts(ctx, *f, topTallies); err != nil {
		return nil, err
	}
	totals, err := s.view.Counts(ctx)
	r.Totals = &totals
	return r, err
}

// topTallies is how many outlets and agencies a list of clusters names.
const topTallies = 5

// One returns a list of one cluster, for its page.
func (s *Survey) One(ctx context.Context, id int64) (*Clusters, error) {
	stored, err := s.view.Cluster(ctx, id)
	if err != nil {
		return nil, err
	}
	r := &Clusters{Differ: s.rules.Differ, Matching: 1, stored: []storage.Cluster{stored}, query: Query{Filter: storage.Filter{Among: []int64{id}}}, single: true}
	return r, s.describe(ctx, r)
}

// describe summarizes the stored clusters of a list.
func (s *Survey) describe(ctx context.Context, r *Clusters) error {
	for i := range r.stored {
		x, in, err := s.summarize(ctx, &r.stored[i])
		if err != nil {
			return err
		}
		r.Clusters, r.insides = append(r.Clusters, x), append(r.insides, in)
	}
	return nil
}

// Cluster reads a cluster that there is, with its members and history. The error
// is storage.ErrNotFound where there is none of that number.
func (s *Survey) Cluster(ctx context.Context, id int64) (*Cluster, error) {
	stored, err := s.view.Cluster(ctx, id)
	if err != nil {
		return nil, err
	}
	c := &Cluster{Differ: s.rules.Differ}
	var in *review.Inside
	if c.Summarized, in, err = s.summarize(ctx, &stored); err != nil {
		return nil, err
	}
	for m, err := range s.view.Members(ctx, id) {
		if err != nil {
			return nil, err
		}
		c.Members = append(c.Members, NewMember(&m, in))
	}
	for e, err := range s.view.History(ctx, id) {
		if err != nil {
			return nil, err
		}
		c.History = append(c.History, e)
	}
	return c, nil
}

// NewMember describes a stored member; in is what is known inside its cluster.
func NewMember(m *storage.ClusterMember, in *review.Inside) Member {
	r := Member{
		Article: m.Name(), Outlet: m.Outlet, URL: m.URL, Headline: m.Headline, Published: m.Published,
		Date: m.Moment(), DateReason: m.Reason.String(), DateKnown: m.Reason.Known().String(), Language: m.Language, Credit: m.Credit, Words: m.Words, Summary: m.Summary,
		Representative: m.Representative, Confidence: in.Member(uint32(m.Seq)),
	}
	if m.Linked && m.Kind != similarity.Distinct {
		r.Kind = m.Kind.String()
		r.DecidedBy, r.Figure, r.Needs = decidedBy(m.Kind, m.Figure), m.Figure.Value, m.Figure.Needs
		r.Resemblance, r.InRepresentative, r.OfRepresentative = m.Resemblance, m.InRepresentative, m.OfRepresentative
	}
	return r
}

// summarize describes a cluster, and returns what is known of the pairs inside.
func (s *Survey) summarize(ctx context.Context, c *storage.Cluster) (r Summarized, in *review.Inside, err error) {
	representative, err := s.view.Article(ctx, c.Representative)
	if err != nil {
		return r, nil, err
	}
	in = s.inside(c.ID)
	for p, err := range s.view.Inside(ctx, c.ID, !s.rules.Overrides.None()) {
		if err != nil {
			return r, nil, err
		}
		s.add(in, &p)
	}
	r = Summarized{
		Cluster: c.ID, Label: label(c.ID), Headline: c.Headline, Outlets: c.Outlets, Articles: c.Size,
		First: article.Moment{At: c.First, Known: c.FirstKnown}, Last: article.Moment{At: c.Last, Known: c.LastKnown},
		FirstOutlet: c.FirstOutlet, FirstUnsure: c.FirstUnsure, Undated: c.FirstKnown == article.Unknown, Kinds: kindCounts(c.Kinds),
		Language: c.Language, Credit: c.Credit, Representative: representative.Name(), Reason: c.Reason,
		Confidence: in.Confidence(),
	}
	for i, n := range in.Suspicions(c.Size) {
		if n > 0 {
			r.Uncertain = append(r.Uncertain, Suspicion{Reason: reasons[i], Count: n})
		}
	}
	r.Doubts = r.Uncertain
	related, err := s.view.Related(ctx, c.ID)
	if err != nil {
		return r, nil, err
	}
	related = slices.DeleteFunc(related, func(x storage.Related) bool { return s.apart(c.ID, &x) })
	for _, x := range related[:min(len(related), maxRelated)] {
		r.Related = append(r.Related, newRelation(x))
	}
	r.Unlisted = len(related) - len(r.Related)
	if s.rules.Owner == nil {
		return r, in, nil
	}
	owners := map[string]bool{}
	for outlet, err := range s.view.OutletsOf(ctx, c.ID) {
		if err != nil {
			return r, nil, err
		}
		owners[s.rules.Owner(outlet)] = true
	}
	r.Owners = len(owners)
	return r, in, nil
}

// apart reports whether a person said that a cluster and what it is related to are two stories.
func (s *Survey) apart(cluster int64, x *storage.Related) bool {
	return slices.ContainsFunc(s.decided[cluster], func(d storage.DecidedPair) bool {
		switch {
		case d.Same:
			return false
		case x.Cluster == 0:
			return d.A == x.Seq || d.B == x.Seq
		}
		return d.ClusterA == x.Cluster || d.ClusterB == x.Cluster
	})
}

// inside begins to gather what is known inside a cluster, with what people decided.
func (s *Survey) inside(cluster int64) *review.Inside {
	in := review.NewInside()
	for _, d := range s.decided[cluster] {
		in.Decided(d.A, d.B, d.Same, d.Same == d.Followed())
	}
	return in
}

// add takes in a pair, by the thresholds that a run judges it by.
func (s *Survey) add(in *review.Inside, p *storage.InsidePair) {
	t := s.rules.Thresholds
	if o := &s.rules.Overrides; !o.None() {
		t = t.Between(o.Of(p.OutletA, p.LanguageA), o.Of(p.OutletB, p.LanguageB))
	}
	in.Add(p.A, p.B, p.Kind, p.Evidence, t)
}

// suspected is a cluster that a person should look at, and how gravely.
type suspected struct {
	id           int64
	contradicted int     // decisions not followed
	confidence   float64 // of the member that is held least
	size         int
}

// gravest orders suspected clusters: those most against what people said, then
// those held least, then those of most articles.
func gravest(a, b suspected) int {
	return cmp.Or(cmp.Compare(b.contradicted, a.contradicted), cmp.Compare(a.confidence, b.confidence),
		cmp.Compare(b.size, a.size), cmp.Compare(b.id, a.id))
}

// suspicious returns the clusters that a person should look at, the gravest
// first. It reads all pairs inside of clusters.
func (s *Survey) suspicious(ctx context.Context) ([]int64, error) {
	sizes, err := s.view.Sizes(ctx)
	if err != nil {
		return nil, err
	}
	var list []suspected
	look := func(id int64, in *review.Inside) {
		if id == 0 {
			return
		}
		if counts := in.Suspicions(sizes[id]); counts != [review.Suspicions]int{} {
			list = append(list, suspected{id, counts[review.Contradicted], in.Confidence(), sizes[id]})
		}
		delete(sizes, id)
	}
	var at int64
	var in *review.Inside
	for p, err := range s.view.Inside(ctx, 0, !s.rules.Overrides.None()) {
		if err != nil {
			return nil, err
		}
		if p.Cluster != at {
			look(at, in)
			at, in = p.Cluster, s.inside(p.Cluster)
		}
		s.add(in, &p)
	}
	look(at, in)
	for id := range sizes { // of which no pair is stored
		look(id, s.inside(id))
	}
	slices.SortFunc(list, gravest)
	ids := make([]int64, len(list)) // not nil, which would be any
	for i := range list {
		ids[i] = list[i].id
	}
	return ids, nil
}

// kindCounts lists the kinds there are, the most frequent first.
func kindCounts(kinds storage.Kinds) (list []KindCount) {
	for _, k := range similarity.Kinds() {
		if n := kinds[k]; n > 0 {
			list = append(list, KindCount{Kind: k.String(), Count: n})
		}
	}
	slices.SortStableFunc(list, func(a, b KindCount) int { return cmp.Compare(b.Count, a.Count) })
	return list
}

// Details reads the clusters of a list as read does, one after the other, for WriteHTML.
func (c *Clusters) Details(read func(*storage.Cluster, Summarized, *review.Inside) (*Detail, error)) iter.Seq2[*Detail, error] {
	return func(yield func(*Detail, error) bool) {
		for i := range c.stored {
			d, err := read(&c.stored[i], c.Clusters[i], c.insides[i])
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

// LastIntake returns the number of the newest run that took articles in, 0 when
// there was none: what people decide counts as a run too.
func LastIntake(ctx context.Context, v *storage.View) (int64, error) {
	const most = 10_000 // decisions since
	runs, err := v.Runs(ctx, most)
	if err != nil || len(runs) == 0 {
		return 0, err
	}
	for _, r := range runs {
		if r.Command == "run" || r.Command == "ingest" {
			return r.ID, nil
		}
	}
	return runs[len(runs)-1].ID, nil
}
