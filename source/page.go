package source

import (
	"path/filepath"
	"strings"
	"unicode/utf8"

	"dedupe/article"
)

// decodePage decodes the text of a scraped page:
//
//	Headline | Section | site.example      the page's title
//	Headline                               once more, or twice
//	paragraph ...
//	Related posts                          and other boilerplate
//
// or one of a collection of texts, with a head of its own (see head.go and
// frontmatter.go). The title
// or head gives headline and outlet; what is surely boilerplate by its form (see
// boilerplate.go) is left out; what may be story stays, for what many pages of an
// outlet have in common is learned later. A text without such a title has its
// first line as headline when that is short and stands alone. Its outlet is then
// the folder it lies in.
func decodePage(d *Decoder, r Raw) (article.Article, *Reject) {
	d.begin()
	if at := invalidUTF8(r.Data); at >= 0 {
		return article.Article{}, reject(r.Origin, "invalid UTF-8 at byte %d", at)
	}
	a, lines, ok := top(string(r.Data))
	if !ok {
		return article.Article{}, noStory(&r, "page without words")
	}
	if a.URL == "" {
		a.URL = r.address
	}
	if namesNoOutlet(&a) {
		a.Outlet = folderOf(r.Origin.Path)
	}
	d.shorten(&a)
	lines = dropBoilerplate(lines, a.Headline)
	if len(lines) > 0 && a.Published == "" {
		if _, ok := article.ParseDate(lines[0].text); ok {
			a.Published = lines[0].text
			lines = lines[1:]
		}
	}
	var body strings.Builder
	for _, l := range lines {
		if body.Len() > 0 {
			body.WriteString("\n\n")
		}
		body.WriteString(l.text)
	}
	a.Headline, a.Body = PlainHeadline(a.Headline), PlainText(body.String())
	if a.Headline == "" && a.Body == "" {
		return article.Article{}, noStory(&r, "page without a story: nothing but boilerplate")
	}
	if folder := folderOf(r.Origin.Path); d.outlet != "" {
		// config.yaml names it
	} else if r.unnamed && folder != "" {
		d.remark("nothing in the page names its outlet: the folder %.100q is taken for it, here and in the other such files of this folder", folder)
	} else if r.unnamed {
		d.remark("nothing in the page names its outlet, and its folder has no name: it has none, and so have the other such files of this folder")
	}
	a.Published = d.dated(a.Published)
	return a, d.warning(r.Origin)
}

// shorten cuts the outlet of a page, and leaves out what is too long to be kept beside its text.
func (d *Decoder) shorten(a *article.Article) {
	a.Outlet = d.outletName(a.Outlet)
	for _, f := range []struct {
		name  string
		value *string
	}{{"id", &a.ID}, {"url", &a.URL}, {"published", &a.Published}, {"language", &a.Language}} {
		if len(*f.value) > maxName {
			d.remark("%s of %d bytes: left out, the most is %d", f.name, len(*f.value), maxName)
			*f.value = ""
		}
	}
}

// remarkFolder says of the first page of a folder that names no outlet what is taken for it.
func (d *Decoder) remarkFolder(r *Raw) {
	if folder := folderOf(r.Origin.Path); r.unnamed && folder != "" {
		d.remark("nothing in the page names its outlet: the folder %.100q is taken for it, here and in the other such files of this folder", folder)
	} else if r.unnamed {
		d.remark("nothing in the page names its outlet, and its folder has no name: it has none, and so have the other such files of this folder")
	}
}

// top reads what stands above the story of a page, and returns it with the lines
// of the rest. It is false for a page without words.
func top(text string) (a article.Article, lines []line, ok bool) {
	if head, rest, ok := frontMatter(text); ok {
		a, lines = readFrontMatter(head), pageLines(rest)
	} else {
		if lines = pageLines(text); len(lines) == 0 {
			return a, nil, false
		}
		all := len(lines)
		if a, lines = readHead(lines); len(lines) == 1 && all > 1 {
			return a, lines, true // what follows the head alone is the text
		}
	}
	if a.Headline == "" && len(lines) > 0 {
		lines = readTitle(&a, lines)
	}
	return a, lines, true
}

// readTitle takes the headline, and an outlet beside it, from the first of the lines
// where that is a title, and returns the rest of them.
func readTitle(a *article.Article, lines []line) []line {
	if t, ok := parseTitle(lines); ok {
		a.Headline = t.headline
		if namesNoOutlet(a) {
			a.Outlet = t.outlet
		}
		return lines[1:]
	}
	if first := lines[0]; isHeadline(first.text) && (first.alone || a.URL != "" && looksLikeLink(first)) {
		a.Headline = first.text
		return lines[1:]
	}
	return lines
}

func namesNoOutlet(a *article.Article) bool { return article.OutletOf(a.Outlet, a.URL) == "" }

// folderOf returns the name of the folder that a file lies in; standard input and
// files of the root have none.
func folderOf(path string) string {
	if path == "-" {
		return ""
	}
	switch folder := filepath.Base(dirOf(path)); folder {
	case ".", "..", string(filepath.Separator):
		return ""
	default:
		return folder
	}
}

// dirOf returns the absolute path of the folder that a file lies in, or, where the
// working folder is not known, what its own path says.
func dirOf(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return filepath.Dir(path)
}

// readPage makes the file one record. The first page of each folder that does not
// name its outlet is marked, for it has to be said once whence it is taken.
func readPage(f *file, yield func(Raw, *Reject) bool) bool {
	return readWhole(f, func(raw Raw, rej *Reject) bool {
		if dir := dirOf(f.path); rej == nil && f.path != "-" && !f.folders[dir] {
			if a, _, ok := top(string(raw.Data)); ok && namesNoOutlet(&a) {
				f.folders[dir] = true
				raw.unnamed = true
			}
		}
		return yield(raw, rej)
	})
}

// line is a line of a page with something on it.
type line struct {
	text  string // without white space at its ends
	fold  string // for comparing: see fold
	words int    // separated by spaces
	alone bool   // an empty line follows, or nothing
}

// pageLines returns the lines of a page that have a letter or a digit.
func pageLines(text string) []line {
	var lines []line
	// gap says that an empty line has passed since the last line kept.
	gap := func() {
		if len(lines) > 0 {
			lines[len(lines)-1].alone = true
		}
	}
	for s := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		s = strings.TrimSpace(s)
		if s == "" {
			gap()
			continue
		}
		if f := fold(s); f != "" {
			lines = append(lines, line{text: s, fold: f, words: len(strings.Fields(s))})
		}
	}
	gap()
	return lines
}

// isHeadline reports whether a line can be a headline by its length.
func isHeadline(s string) bool {
	return utf8.RuneCountInString(s) <= 200 && len(strings.Fields(s)) <= 30
}

// titleSeparators stand between headline, section and site in the title of a
// page. Those that also occur inside headlines need more proof.
var titleSeparators = []struct {
	mark   string
	inText bool
}{
	{" | ", false}, {" » ", false}, {" « ", false}, {" :: ", false}, {" • ", false}, {" ‹ ", false}, {" › ", false}, {"｜", false}, {" · ", false},
	{" — ", true}, {" – ", true}, {" - ", true},
}

type title struct{ headline, outlet string }

// parseTitle reads the first line as the title of a page. The headline is the
// part of it, from either end, that the page repeats in its first lines. Where
// none is repeated, a first part is believed to be the headline when the last
// part is a host, or when the separator is one that headlines do not have and
// the last part is short.
func parseTitle(lines []line) (title, bool) {
	for _, sep := range titleSeparators {
		parts := strings.Split(lines[0].text, sep.mark)
		if len(parts) < 2 || len(parts) > 8 {
			continue
		}
		first, last := strings.TrimSpace(parts[0]), strings.TrimSpace(parts[len(parts)-1])
		top := lines[1:min(len(lines), 12)]
		for n := len(parts) - 1; n > 0; n-- {
			if h := strings.Join(parts[:n], sep.mark); repeats(top, h) {
				return title{strings.TrimSpace(h), last}, true
			}
			if h := strings.Join(parts[len(parts)-n:], sep.mark); repeats(top, h) {
				return title{strings.TrimSpace(h), first}, true
			}
		}
		if repeats(top, lines[0].text) {
			return title{}, false // the separator belongs to the headline
		}
		switch {
		case !isHeadline(first) || first == "" || last == "":
		case article.IsHost(last):
			// Sections stand between "|"; between "-" they may be headline.
			if sep.inText {
				first = strings.Join(parts[:len(parts)-1], sep.mark)
			}
			return title{strings.TrimSpace(first), last}, true
		case article.IsHost(first):
			return title{last, first}, true
		case !sep.inText && len(strings.Fields(last)) <= 5 && len(strings.Fields(first)) > 3:
			return title{first, last}, true
		}
	}
	return title{}, false
}

// repeats reports whether one of the lines is the given text.
func repeats(lines []line, text string) bool {
	f := fold(text)
	if f == "" {
		return false
	}
	for _, l := range lines {
		if l.fold == f {
			return true
		}
	}
	return false
}
