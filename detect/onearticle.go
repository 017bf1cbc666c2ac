package detect

import (
	"context"
	"slices"

	"dedupe/similarity"
	"dedupe/text"
)

// idTelling is what tells whether two texts under one id are of one article.
type idTelling struct {
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

	// tellingHeadline is the weight from which a headline is no chance: as much as
	// three words of five or six letters. "Letters to the editor" has less.
	tellingHeadline = 10
)

// telling returns what tells of a text of an id.
func (c *idCompare) telling(ctx context.Context, i int) (*idTelling, error) {
	t := &c.texts[i]
	if t.told != nil {
		return t.told, nil
	}
	var body string
	if t.item > 0 {
		body = c.items[t.item-1].article.Body
	} else {
		words, err := c.e.words(ctx, t.row.Seq)
		if err != nil { // one text that cannot be read stops no run: it tells by its headline alone
			if ctx.Err() != nil {
				return nil, err
			}
			c.e.log.Warn("taken as an article without a body", "error", err)
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
	t.told = &idTelling{headline: p.Headline, title: p.Title, ordered: ordered, sorted: slices.Compact(sorted)}
	return t.told, nil
}

// sameArticle reports whether two texts that came under one id are versions of one
// article: they share most of the shorter text, or much of what is left of it without
// what both begin and end with; or one of them has no body, and the headlines are alike.
// That they stand under one headline which is no chance was asked before.
func sameArticle(a, b *idTelling) bool {
	if len(a.sorted) == 0 || len(b.sorted) == 0 {
		return a.title == b.title || similarity.Alike(a.headline, b.headline) && slices.Equal(numbers(a.headline), numbers(b.headline))
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

// numbers are those of a headline.
func numbers(headline []similarity.Token) (list []uint32) {
	for _, t := range headline {
		if t.Kind()&text.Number != 0 {
			list = append(list, t.Hash())
		}
	}
	return list
}

// headlineWeight is how much a headline tells.
func headlineWeight(headline []similarity.Token) (sum int) {
	for _, t := range headline {
		sum += int(t.Weight())
	}
	return sum
}
