package explain

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"dedupe/article"
	"dedupe/boilerplate"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/review"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
)

// Bounds of one text on a page, in bytes.
const (
	maxPlaced = 256 << 10 // what is looked through for shared passages
	maxShown  = 4_000
	minShown  = 600
)

// Bounds of a page. A phone opens 8 MB; texts take half of that on a page of 500 clusters, and what
// is said of the clusters and their members most of the rest.
const (
	maxPageMembers = 1_000     // of a cluster that are read
	maxPageTexts   = 4_500_000 // bytes of texts on a page, with what marks them
	passageBytes   = 25        // of the marks of a passage
	verdictBytes   = 450       // of the figures of two texts
)

// Texts reads clusters with some of their texts, to be read side by side. Verdicts are those that
// are stored; only where the passages stand, which is not stored, is found anew. The texts of a
// page have room of 4.5 MB, of which each cluster has an equal share, and what earlier ones left:
// of one cluster that is room for all texts it may have, of 500 for two or three each, of 2,000 for the
// beginnings of two. It is not safe for concurrent use.
type Texts struct {
	view        *storage.View
	agencies    *text.Agencies
	builder     similarity.Builder
	scale       similarity.Scale
	boilerplate *boilerplate.Set
	left        int // bytes that there is room for
	clusters    int // that will have to share them
	columns     int // texts of a cluster that are shown
}

// NewTexts returns a reader of so many clusters, and of up to so many different texts of each, by the
// options that the database was made by.
func NewTexts(ctx context.Context, v *storage.View, opt engine.Options, clusters, columns int) (*Texts, error) {
	t := &Texts{view: v, agencies: opt.Agencies, builder: similarity.Builder{K: opt.Shingle, Notices: opt.Notices},
		scale: similarity.Scale{Metric: opt.Metric}, left: maxPageTexts, clusters: clusters, columns: columns}
	var rows []storage.BoilerplateRow
	for f, err := range v.Boilerplate(ctx) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, f)
	}
	t.boilerplate = engine.Boilerplate(rows)
	return t, nil
}

// Detail reads a cluster, of which s and in are what a report says of it, with the texts that are
// worth reading side by side: the representative and those least like it, in the order of the
// members. Cost: each two of them are compared.
func (t *Texts) Detail(ctx context.Context, c *storage.Cluster, s report.Summarized, in *review.Inside) (*report.Detail, error) {
	d := &report.Detail{Cluster: report.Cluster{Summarized: s}}
	var members []storage.ClusterMember
	for m, err := range t.view.Members(ctx, c.ID) {
		if err != nil {
			return nil, err
		}
		d.Members = append(d.Members, report.NewMember(&m, in))
		members = append(members, m)
		if len(members) == maxPageMembers {
			break
		}
	}
	share := t.left / max(1, t.clusters)
	t.clusters--
	if len(members) < 2 {
		return d, nil
	}
	shown := min(maxShown, max(minShown, share/2))
	columns, err := t.choose(ctx, members, shown, share)
	if err != nil {
		return nil, err
	}
	for i, c := range columns {
		d.Columns = append(d.Columns, report.Column{Member: c.member, Same: c.same})
		if c.chosen == 0 || c.chosen == 1 {
			d.Chosen[c.chosen] = i
		}
	}
	slices.Sort(d.Chosen[:])
	for a := range columns {
		for b := a + 1; b < len(columns); b++ {
			x, err := t.comparison(ctx, columns, a, b)
			if err != nil {
				return nil, err
			}
			d.Comparisons = append(d.Comparisons, x)
			t.left -= verdictBytes
		}
	}
	for i, c := range columns {
		body := c.body[:start(c.body, shown)]
		d.Columns[i].Parts, d.Columns[i].Cut = parts(body, c.shared, c.boilerplate), c.size-len(body)
		t.left -= len(body)
		for _, part := range d.Columns[i].Parts {
			t.left -= passageBytes + len(part.In)
		}
	}
	return d, nil
}

// choose reads the texts that are shown, so many bytes of each: the representative and those least
// like it, at least two, as far as they have room. They stand in the order of the members.
func (t *Texts) choose(ctx context.Context, members []storage.ClusterMember, shown, room int) (list []*column, err error) {
	of := map[uint64]*column{} // by text
	for _, i := range leastAlike(members) {
		m := &members[i]
		if c := of[m.TextHash]; c != nil {
			c.same = append(c.same, i)
			continue
		}
		if len(list) == t.columns || len(list) > 1 && room < shown {
			continue
		}
		c, err := t.column(ctx, m)
		if errors.Is(err, storage.ErrNotFound) { // its text cannot be read
			continue
		}
		if err != nil {
			return nil, err
		}
		const marked = 2 // times the bytes of a text: it and its marks
		room -= marked*min(len(c.body), shown) + verdictBytes*len(list)
		c.member, c.chosen = i, len(list)
		of[m.TextHash] = c
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *column) int { return cmp.Compare(a.member, b.member) })
	return list, nil
}

// leastAlike orders members: the representative, and then those least like it:
// held by others only, then by the smaller share that is contained.
func leastAlike(members []storage.ClusterMember) (list []int) {
	for i := range members {
		list = append(list, i)
	}
	alike := func(i int) float64 {
		m := &members[i]
		switch {
		case m.Representative:
			return -2
		case !m.Linked || m.Kind == similarity.Distinct:
			return -1
		}
		return max(m.InRepresentative, m.OfRepresentative)
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(alike(a), alike(b)) })
	return list
}

// column is a text on its way to a page.
type column struct {
	*storage.ClusterMember
	member      int   // index of the members
	same        []int // other members with the text
	chosen      int   // the how manieth it was chosen, from 0
	body        string
	size        int                 // of the whole body
	words       []text.Word         // those that are compared
	text        *similarity.Text    // the same
	boilerplate []similarity.Span   // of the body
	shared      [][]similarity.Span // with each of the columns
}

func (t *Texts) column(ctx context.Context, m *storage.ClusterMember) (*column, error) {
	body, err := t.view.Body(ctx, m.Seq)
	if err != nil {
		return nil, err
	}
	c := &column{ClusterMember: m, body: body[:start(body, maxPlaced)], size: len(body)}
	var skip []similarity.Span
	for _, f := range t.agencies.Frames(m.Headline, c.body) {
		skip = append(skip, similarity.Span{Start: f.Start, End: f.End})
	}
	c.words = similarity.Visible(text.Words(nil, c.body), skip)
	profile := t.builder.Build(m.OutletKey, m.Headline, c.body, skip)
	c.text = t.boilerplate.Mark(profile, profile.Shingles(nil), nil)
	is := c.text.Boilerplate
	for from := 0; from < len(is); {
		to := from
		for to < len(is) && is[to] {
			to++
		}
		if to > from {
			c.boilerplate = append(c.boilerplate, similarity.SpanOf(c.words, from, to-from))
		}
		from = to + 1
	}
	c.shared = make([][]similarity.Span, t.columns)
	return c, nil
}

// comparison finds what two columns share and reads their verdict.
func (t *Texts) comparison(ctx context.Context, columns []*column, a, b int) (report.Comparison, error) {
	x := report.Comparison{A: a, B: b, Kind: "not judged"}
	first, second := columns[a], columns[b]
	t.scale.Load(first.text)
	e := t.scale.Measure(second.text)
	for _, r := range t.scale.Passages() {
		first.shared[b] = append(first.shared[b], similarity.SpanOf(first.words, r.A, r.Len))
		second.shared[a] = append(second.shared[a], similarity.SpanOf(second.words, r.B, r.Len))
	}
	if a, ok := article.ParseDate(first.Published); ok {
		if b, ok := article.ParseDate(second.Published); ok {
			e.Days = similarity.DaysBetween(a.Unix(), b.Unix())
		}
	}
	kind, stored, err := t.verdict(ctx, first.ClusterMember, second.ClusterMember)
	switch {
	case err == nil:
		e = stored
		x.Kind, x.Judged = kind.String(), true
	case !errors.Is(err, storage.ErrNotFound):
		return x, err
	}
	x.Figures = comparisonFigures(&e, a, b)
	return x, nil
}

// verdict returns the stored verdict on two members, with its evidence in
// their order, or ErrNotFound. That on the representative came with the member.
func (t *Texts) verdict(ctx context.Context, a, b *storage.ClusterMember) (similarity.Kind, similarity.Evidence, error) {
	if a.Representative && b.Linked {
		first, second := a.Seq, b.Seq
		if b.Earlier {
			first, second = second, first
		}
		e, err := t.view.Evidence(ctx, first, second, b.Evidence)
		if b.Earlier {
			e = e.Swap()
		}
		return b.Kind, e, err
	}
	pair, err := t.view.Pair(ctx, a.Seq, b.Seq)
	if err != nil {
		return 0, similarity.Evidence{}, err
	}
	e, err := t.view.Evidence(ctx, pair.A, pair.B, pair.Evidence)
	if pair.A != a.Seq {
		e = e.Swap()
	}
	return pair.Kind, e, err
}

func comparisonFigures(e *similarity.Evidence, a, b int) []report.Figure {
	letter := report.ColumnName
	list := []report.Figure{
		{Name: "resemblance", Value: e.Resemblance},
		{Name: letter(a) + " in " + letter(b), Value: e.ContainmentA},
		{Name: letter(b) + " in " + letter(a), Value: e.ContainmentB},
	}
	if e.Order >= 0 {
		list = append(list, report.Figure{Name: "words in the same order", Value: e.Order})
	}
	list = append(list, report.Figure{Name: "longest shared passage", Value: float64(e.Passage), Unit: "words"})
	if e.HeadlinesKnown {
		list = append(list, report.Figure{Name: "headlines alike", Value: e.Headline})
	}
	return append(list, report.Figure{Name: "apart", Value: e.Days, Unit: "days"})
}
