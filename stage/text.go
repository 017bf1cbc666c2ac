package stage

import (
	"context"
	"fmt"
	"io"
	"iter"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/similarity"
	"dedupe/source"
)

// MaxPart is the largest number of a part of the input.
const MaxPart = 99_999_999

// Text writes a record line for each record, and a line to rejects for what could not be taken
// or was with a remark; it returns how many were not taken. part is the number of these records'
// place among all parts of the input: it orders the versions of one article.
func (s *Stages) Text(ctx context.Context, records iter.Seq2[source.Raw, *source.Reject], in source.Options, part int, out, rejects io.Writer) (rejected int, err error) {
	d, err := source.NewDecoder(in)
	if err != nil {
		return 0, err
	}
	w, refused := s.writer(out), s.writer(rejects)
	defer func() { err = refused.flush(w.flush(err)) }()
	n := 0
	for raw, reject := range records {
		var r engine.Received
		if reject == nil {
			r, reject = s.few.Take(raw, d)
		}
		if reject != nil {
			line := Reject{V: s.version, File: reject.Origin.Path, Line: reject.Origin.Line, Reason: reject.Reason, Kept: reject.Kept, Head: reject.Head}
			if err := refused.write(&line); err != nil {
				return rejected, err
			}
			if !reject.Kept {
				rejected++
				continue
			}
		}
		if r.Key == (article.Key{}) { // a remark on a file, not on a record
			continue
		}
		n++
		a := &r.Article
		if err := w.write(&record{V: s.version, ID: r.Key.String(), Arrival: fmt.Sprintf("%08d%010d", part, n), Record: received{
			a.ID, a.Outlet, a.Given, a.URL, a.Headline, a.Byline, a.Published, a.Language, a.Body, a.Summary,
		}}); err != nil {
			return rejected, err
		}
	}
	return rejected, ctx.Err()
}

// Articles takes record lines, sorted, and writes an article line for each article in its current
// version. Memory: the texts that came under one id.
func (s *Stages) Articles(in io.Reader, out io.Writer) (err error) {
	w := s.writer(out)
	defer func() { err = w.flush(err) }()
	var list []engine.Received
	return eachGroup(s.lines(in), func(r *record) error {
		key, err := readKey(r.ID)
		x := &r.Record
		list = append(list, engine.Received{Key: key, Article: article.Article{
			ID: x.ID, Outlet: x.Outlet, Given: x.Given, URL: x.URL, Headline: x.Headline, Byline: x.Byline,
			Published: x.Published, Language: x.Language, Body: x.Body, Summary: x.Summary,
		}})
		return err
	}, func() error {
		articles, err := s.few.Settle(list)
		list = list[:0]
		for i := range articles {
			if err == nil {
				err = w.write(s.article(&articles[i]))
			}
		}
		return err
	})
}

// articleLine is the line of an article: an about whose article is not packed yet.
type articleLine struct {
	V       string `json:"v"`
	At      string `json:"at"`
	Article member `json:"article"`
}

func (s *Stages) article(r *engine.Received) *articleLine {
	p := s.few.Prepare(r)
	a := &r.Article
	spelt := a.Given
	if spelt == "" {
		spelt = a.Outlet
	}
	return &articleLine{V: s.version, At: atOf(&p.Place), Article: member{
		Key: r.Key.String(), ID: a.ID, Outlet: a.Outlet, Spelt: spelt, URL: a.URL, Title: a.Headline, Published: a.Published,
		Language: p.Language, Agency: p.Agency, Size: p.Place.Size, Text: packText(p.Text),
	}}
}

// loose is a member as the engine takes it.
func (m *member) loose(at string, t *similarity.Text) (engine.Loose, error) {
	p, _, err := readPlace(at)
	p.Size = m.Size
	return engine.Loose{Place: p, Outlet: m.Outlet, Language: m.Language, Text: t}, err
}
