package source

import (
	"bytes"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dedupe/article"
)

// takenLine is an article as it was read once: reading it again makes nothing else of it. The
// outlet is as it was given.
type takenLine struct {
	Taken     int    `json:"taken"` // version of the format
	ID        string `json:"id,omitempty"`
	Outlet    string `json:"outlet,omitempty"`
	URL       string `json:"url,omitempty"`
	Headline  string `json:"title,omitempty"`
	Byline    string `json:"byline,omitempty"`
	Published string `json:"published,omitempty"`
	Language  string `json:"language,omitempty"`
	Body      string `json:"body,omitempty"`
	Summary   bool   `json:"summary,omitzero"`
}

// takenBegin begins each line, and so tells the format.
var takenBegin = []byte(`{"taken":1,`)

// TakenLine returns an article, which was read before, as a line that Read takes as it is, without
// the line's end. The outlet is to be as it was given.
func TakenLine(a *article.Article) []byte {
	line, _ := json.Marshal(&takenLine{1, a.ID, a.Outlet, a.URL, a.Headline, a.Byline, a.Published, a.Language, a.Body, a.Summary},
		jsontext.AllowInvalidUTF8(true)) // nothing else can fail
	return line
}

// Taken returns the record of a TakenLine.
func Taken(o article.Origin, line []byte) Raw { return Raw{Origin: o, Data: line, format: takenLines} }

func looksTaken(h *head) bool { return bytes.HasPrefix(h.text, takenBegin) }

// decodeTaken decodes a line of TakenLine. Its fields have the bounds of all others.
func decodeTaken(d *Decoder, r Raw) (article.Article, *Reject) {
	d.begin()
	var l takenLine
	if err := json.Unmarshal(r.Data, &l, json.RejectUnknownMembers(true)); err != nil {
		return article.Article{}, d.explain(r, err)
	}
	if l.Taken != 1 {
		return article.Article{}, reject(r.Origin, "is no line that dedupe shard wrote, as those before it are")
	}
	return d.bounded(r.Origin, article.Article{ID: l.ID, Outlet: d.outletName(l.Outlet), URL: l.URL, Headline: l.Headline, Byline: l.Byline,
		Published: l.Published, Language: l.Language, Body: l.Body, Summary: l.Summary})
}
