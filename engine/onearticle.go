package engine

import (
	"context"
	"slices"

	"dedupe/article"
	"dedupe/similarity"
	"dedupe/storage"
)

// idProfile is what tells whether two texts under one id are of one article.
type idProfile struct {
	headline []similarity.Token
	title    string
	ordered  []uint64 // shingles of the body, as they stand
	sorted   []uint64 // each once
}

const (
	// idShingle is the length of shingles by which versions are known. It is no
	// setting, because keys follow from it.
	idShingle = 4

	// maxIDShingles bounds what is compared of a body: its first 4,000 words.
	maxIDShingles = 4096

	// oneText is the share of the shorter text's shingles from which two texts are
	// versions, wherever they stand. Of planted sets updated versions share 0.98 and
	// more, edited ones 0.62 and more.
	oneText = 0.6

	// oneRest is the same of what is left without the common begin and end, which may
	// be of the page. Heavy rewrites share 0.34 and more of all, of other texts of one
	// outlet 99 of 100 at most 0.17, and 95 of 100 at most 0.06.
	oneRest = 0.3

	// pageWords is how much of a common begin and of a common end is left out, in
	// shingles: as much as a menu or a footer of a page has. What is common beyond it
	// counts as story, or a version that only begins anew would be another article.
	pageWords = 60

	// distinctiveHeadline is the weight from which a headline is no chance: as much as
	// three words of five or six letters. "Letters to the editor" has less.
	distinctiveHeadline = 10
)

// profile returns what tells of a text of an id. One that is lost has its headline alone
// and is joined with the article of its key.
func (c *idCompare) profile(ctx context.Context, i int) (*idProfile, error) {
	t := &c.texts[i]
	if t.profile != nil {
		return t.profile, nil
	}
	var body string
	if t.item > 0 {
		body = c.items[t.item-1].article.Body
	} else {
		words, err := c.e.words(ctx, t.row.Seq)
		if storage.IsDamage(err) {
			t.lost, t.pruned = true, storage.IsPruned(err)
			c.stay(i)
			err = c.e.store.Tell(ctx, err)
		}
		if err != nil {
			return nil, err
		}
		body = words.Body
	}
	c.builder.K = idShingle
	p := c.builder.Build("", t.headline, body, nil)
	ordered := c.builder.Shingles()
	ordered = slices.Clone(ordered[:min(len(ordered), maxIDShingles)])
	if len(ordered) == 0 && len(p.Words) > 0 {
		ordered = append(ordered, p.Whole()) // of up to three words
	}
	sorted := slices.Clone(ordered)
	slices.Sort(sorted)
	t.profile = &idProfile{headline: p.Headline, title: p.Title, ordered: ordered, sorted: slices.Compact(sorted)}
	return t.profile, nil
}

// stay joins a text that is lost with the article of its key: the current text, or where
// it is that itself and all are compared again, its versions. The id's own key tells nothing: see settled.
func (c *idCompare) stay(i int) {
	t := &c.texts[i]
	current, articles := c.currentOf()
	for _, key := range [...]article.Key{t.row.Key, c.base.Other(t.hash)} {
		if j, is := current[key]; is && (key != c.base || articles == 1 || t.current) {
			c.join(i, j)
			break
		}
	}
	for j := range c.texts[:c.stored] {
		if t.current && c.e.unsettled && c.texts[j].row.Key == t.row.Key {
			c.join(j, i)
		}
	}
}

// sameArticle reports whether two texts that came under one id are versions of one
// article: they share most of the shorter text, or much of what is left of it without
// what both begin and end with; or one of them has no body, and the headlines are alike.
// That they stand under one headline which is no chance was asked before.
func sameArticle(a, b *idProfile) bool {
	if len(a.sorted) == 0 || len(b.sorted) == 0 {
		return a.title == b.title || similarity.Alike(a.headline, b.headline) && similarity.SameNumbers(a.headline, b.headline)
	}
	shared, least := common(a.sorted, b.sorted), min(len(a.sorted), len(b.sorted))
	if float64(shared) >= oneText*float64(least) {
		return true
	}
	short := min(len(a.ordered), len(b.ordered))
	start, end := 0, 0
	for start < min(short, pageWords) && a.ordered[start] == b.ordered[start] {
		start++
	}
	for end < min(short-start, pageWords) && a.ordered[len(a.ordered)-1-end] == b.ordered[len(b.ordered)-1-end] {
		end++
	}
	return float64(shared-start-end) >= oneRest*float64(max(1, least-start-end))
}

// common counts what two ascending lists share.
func common(a, b []uint64) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}
