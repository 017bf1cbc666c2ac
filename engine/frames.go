package engine

import (
	"strings"

	"dedupe/article"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
)

// build makes the profile of an article.
func (e *Engine) build(w *worker, outlet, headline, body string) *similarity.Profile {
	return w.builder.Build(outlet, headline, body, spans(e.opt.Agencies.Frames(headline, body)))
}

// profiled makes the profile of an article as it was received, and returns the agency that it credits.
func (e *Engine) profiled(w *worker, a *article.Article) (*similarity.Profile, string) {
	frames, credit := e.opt.Agencies.Read(a.Headline, a.Byline, a.Body)
	return w.builder.Build(a.Outlet, a.Headline, a.Body, spans(frames)), credit
}

// spans are the parts of a body that are not compared.
func spans(frames []text.Frame) (list []similarity.Span) {
	for _, f := range frames {
		list = append(list, similarity.Span{Start: f.Start, End: f.End})
	}
	return list
}

// isAgency reports whether an outlet is the agency whose credit an article has.
func isAgency(credit, outlet string) bool {
	return credit != "" && strings.Contains(strings.ToLower(outlet), strings.ToLower(credit))
}

// outlet returns the number of an outlet, which the batch stores when it is
// new. The unknown outlet, of empty name, has a number too: see placeOf.
func (e *Engine) outlet(b *storage.Batch, name string) uint32 {
	id, known := e.outlets[name]
	if !known {
		id = e.nextOutlet
		e.nextOutlet++
		e.outlets[name] = id
		b.Outlets = append(b.Outlets, storage.OutletRow{ID: id, Name: name, Spelling: e.opt.Outlets.Spelling(name)})
	}
	return id
}

// language returns the language that was given, or else what the body shows, of which
// these are the words.
func language(a *article.Article, body []text.Word) string {
	if a.Language != "" {
		return a.Language
	}
	return text.LanguageOf(a.Body, body)
}
