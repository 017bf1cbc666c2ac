package source

import (
	"bytes"
	"encoding/json"

	"dedupe/article"
	"dedupe/feed"
)

// Made returns the record of an article that was made of something else than a record, as of an
// item of a feed. Its texts may be markup.
func Made(o article.Origin, a article.Article) Raw {
	data, _ := json.Marshal(&a) // strings cannot fail
	return Raw{Origin: o, Data: data, format: made}
}

// decodeMade decodes what Made has made.
func decodeMade(d *Decoder, r Raw) (article.Article, *Reject) {
	d.begin()
	var a article.Article
	if err := json.Unmarshal(r.Data, &a); err != nil {
		return a, reject(r.Origin, "%s", err)
	}
	for field, text := range [numFields]string{a.ID, a.Outlet, a.URL, a.Headline, a.Byline, a.Published, a.Language, a.Body} {
		d.values[field].text = text
	}
	out, rej := d.finish(r.Origin)
	out.Summary = (a.Summary || out.Summary) && out.Body != ""
	return out, rej
}

func isFeed(h *head) bool {
	if !bytes.HasPrefix(h.text, []byte("<")) {
		return false // a JSON Feed is read as JSON
	}
	kind := feed.KindOf(h.text)
	return kind == feed.RSS || kind == feed.Atom
}

// readFeed makes each item of a feed a record, its number that of the line.
func readFeed(f *file, yield func(Raw, *Reject) bool) bool {
	return readWhole(f, func(raw Raw, rej *Reject) bool {
		if rej != nil {
			return yield(raw, rej)
		}
		in, err := feed.Read(raw.Data, "", "")
		if err != nil {
			return yield(Raw{}, reject(f.origin(0), "%s", err))
		}
		for i := range in.Items {
			if !yield(Made(f.origin(i+1), in.Items[i].Article()), nil) {
				return false
			}
		}
		return in.Broken == nil || yield(Raw{}, reject(f.origin(0), "after item %d %s", len(in.Items), in.Broken))
	})
}
