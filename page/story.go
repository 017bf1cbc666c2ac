package page

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"dedupe/article"
)

// story returns the main text of a page: paragraphs with an empty line between them, items of
// a list and rows of a table a line each. Empty when the page has none. The tree is spent.
//
// Readability says where the story is. Which blocks of the page belong to it is decided here,
// each for a reason that holds for any site:
//
//	blocks of the page        found by readability, or marked up as those are
//	  - teasers               half of the text is a link, or a heading with nothing below it
//	  - the headline          once more
//	  - what stands outside   short lines before the first and behind the last sentence
//	  + the standfirst        what the page names its description, where a reader sees it
func story(root *html.Node, base *url.URL, f *fields, a *article.Article) (string, error) {
	all := blocksOf(root)
	prune(root, all)
	blocks := blocksOf(root)
	p := parser()
	found, err := p.ParseAndMutate(root, base)
	if err != nil || found.Node == nil {
		return "", nil
	}
	in := shinglesOf(blocksOf(found.Node))
	s := &selection{blocks: blocks, chosen: make([]bool, len(blocks))}
	for i, b := range blocks {
		s.chosen[i] = in.share(b.words) > 0.7
	}
	s.alike()
	s.dropTeasers(a.Headline, f)
	s.trim()
	s.headings()
	s.standfirst(f, all)
	return s.text(), nil
}

// story returns the text that JSON-LD has, if it is more than a line.
func (l *linked) story() string {
	if len(l.body) < 100 || bounded([]byte(l.body)) != nil {
		return ""
	}
	text := l.body
	if strings.Contains(text, "<") {
		root, err := html.Parse(strings.NewReader(text))
		if err != nil {
			return ""
		}
		var blocks []string
		for _, b := range blocksOf(root) {
			blocks = append(blocks, b.text)
		}
		text = strings.Join(blocks, "\n\n")
	}
	return text
}

// selection is which blocks of a page are its story.
type selection struct {
	blocks []block
	chosen []bool
	kind   string // how more than half of the chosen sentences are marked up; empty when none are
	lead   string // the standfirst
}

// alike chooses the sentences that are marked up as most of the chosen ones are. Sites mark
// all paragraphs of a story alike, and readability leaves out some of them.
func (s *selection) alike() {
	kinds, all := map[string]int{}, 0
	for i, b := range s.blocks {
		if s.chosen[i] && b.isSentence() {
			kinds[b.kind] += len(b.text)
			all += len(b.text)
		}
	}
	for kind, size := range kinds {
		if 2*size > all {
			s.kind = kind
		}
	}
	for i, b := range s.blocks {
		if !s.chosen[i] && s.kind != "" && b.kind == s.kind && b.length() >= 4 {
			s.chosen[i] = true
		}
	}
}

// headings chooses the headings within the story.
func (s *selection) headings() {
	last := false
	for i, b := range s.blocks {
		if !s.chosen[i] && last && len(b.tag) == 2 && b.tag[0] == 'h' && b.linked == 0 && i+1 < len(s.blocks) && s.chosen[i+1] {
			s.chosen[i] = true
		}
		last = s.chosen[i]
	}
}

// dropTeasers leaves out links to other pages and the headline.
func (s *selection) dropTeasers(headline string, f *fields) {
	titles := map[string]bool{}
	for _, t := range append([]string{headline, f.title, f.ld.headline, f.first("og:title"), f.first("twitter:title")}, f.headings...) {
		titles[strings.Join(foldWords(t), " ")] = true
	}
	seen := map[string]bool{}
	for i, b := range s.blocks {
		if !s.chosen[i] {
			continue
		}
		line := strings.Join(b.words, " ")
		if b.isLink() || b.tag == "h1" || titles[line] || seen[line] && b.isSentence() {
			s.chosen[i] = false
		}
		seen[line] = true
	}
}

// trim leaves out what stands before the first and behind the last sentence, and headings
// with no text below them.
func (s *selection) trim() {
	first, last := -1, -1
	for i, b := range s.blocks {
		if s.chosen[i] && b.isSentence() {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return
	}
	for i := range s.blocks {
		if i < first || i > last && !(s.blocks[i].kind == s.kind && s.blocks[i].length() >= 4) {
			s.chosen[i] = false
		}
	}
}

// standfirst finds the block that the page gives as its description, where it is not
// chosen yet. It may lie in what was pruned, for it is often named a teaser.
func (s *selection) standfirst(f *fields, all []block) {
	in := shingles{}
	for i, b := range s.blocks {
		if s.chosen[i] {
			in.add(b.words)
		}
	}
	for _, d := range []string{f.first("og:description"), f.first("description"), f.first("twitter:description")} {
		words := foldWords(d)
		if len(words) < 5 || in.share(words) > 0.5 {
			continue
		}
		of := shingles{}
		of.add(words)
		for _, b := range all {
			own := shingles{}
			own.add(b.words)
			if len(b.words) > 4 && 2*b.linked <= len(b.text) && in.share(b.words) < 0.5 && len(b.words) <= 2*len(words)+10 && (of.share(b.words) > 0.7 || own.share(words) > 0.7) {
				s.lead = b.text
				return
			}
		}
	}
}

// text returns what is chosen.
func (s *selection) text() string {
	var out strings.Builder
	out.WriteString(s.lead)
	last := ""
	for i, b := range s.blocks {
		if !s.chosen[i] {
			continue
		}
		switch {
		case out.Len() == 0:
		case b.tag == last && (b.tag == "li" || b.tag == "tr"):
			out.WriteByte('\n')
		default:
			out.WriteString("\n\n")
		}
		last = b.tag
		out.WriteString(b.text)
	}
	return out.String()
}

// isSentence reports whether a block is a text and not a label, a date or a name: it has twenty
// words or the end of a sentence behind five.
func (b *block) isSentence() bool {
	n := b.length()
	return !b.isLink() && (n >= 20 || n >= 5 && endsSentence(b.text))
}

// isLink reports whether a block leads elsewhere: more than half of it is a link, and it is
// no sentence that goes on behind the link to its end.
func (b *block) isLink() bool {
	return 2*b.linked > len(b.text) && !(b.closed && b.length() >= 8 && endsSentence(b.text))
}

// length returns the number of words; two characters of scripts without blanks count one.
func (b *block) length() int {
	wide := 0
	for _, r := range b.text {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
			wide++
		}
	}
	return len(b.words) + wide/2
}

// endsSentence reports whether a text ends as sentences of any script do.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"'”’»«“‘„)]」』）…*")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?。！？．।۔؟።։…:", r)
}

// shingles are runs of three words, as their text.
type shingles map[string]bool

func shinglesOf(blocks []block) shingles {
	in := shingles{}
	for _, b := range blocks {
		in.add(b.words)
	}
	return in
}

// add adds the runs of a block's words; a block of fewer than three is a run of its own.
func (s shingles) add(words []string) {
	if len(words) < 3 {
		s[strings.Join(words, " ")] = true
	}
	for i := 0; i+3 <= len(words); i++ {
		s[words[i]+" "+words[i+1]+" "+words[i+2]] = true
	}
}

// share returns which part of the runs of a block's words is in s, from 0 to 1.
func (s shingles) share(words []string) float64 {
	if len(words) < 3 {
		if s[strings.Join(words, " ")] {
			return 1
		}
		return 0
	}
	n := 0
	for i := 0; i+3 <= len(words); i++ {
		if s[words[i]+" "+words[i+1]+" "+words[i+2]] {
			n++
		}
	}
	return float64(n) / float64(len(words)-2)
}

// foldWords returns the words of a text in lower case, of letters and digits only.
func foldWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// isTeaser reports whether an element belongs to a teaser of another article: an <article>
// in another one, a list, an aside or the navigation.
func isTeaser(n *html.Node) bool {
	articles := 0
	for p := range n.Ancestors() {
		switch p.Data {
		case "aside", "nav", "footer", "li", "a":
			return true
		case "article":
			articles++
		}
	}
	return articles > 1
}
