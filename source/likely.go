package source

import (
	"slices"
	"strconv"
	"strings"
)

// A Guess is a name that may stand for a field which no record has.
type Guess struct {
	Field   string // id, outlet, url, title, ...
	Name    string // with dots where it leads into objects
	Example string
}

// likelyWords is from how many words on average a value may be the text of an article, and up to how
// many it may be a headline or the name of an outlet.
const (
	likelyWords    = 8
	maxTitleWords  = 40
	maxOutletWords = 8
)

// A hint says by what a name that was taken for nothing is told to be a field's.
type hint struct {
	field int
	parts []string // of names in lower case; what stands first says most
	never []string // of names that look like it and mean something else
	fits  func(n *Name) bool
}

var hints = []hint{
	{fieldOutlet,
		[]string{"outlet", "newspaper", "publisher", "publication", "paper", "media", "source", "site", "portal",
			"zeitung", "quelle", "medium", "journal", "medio", "periódico", "periodico", "diario", "fuente", "jornal", "fonte", "testata", "giornale", "krant", "tidning", "gazeta", "gazete",
			"издание", "источник", "газета", "媒体", "媒體", "来源", "來源", "新聞", "신문", "언론사", "المصدر", "صحيفة"},
		[]string{"domain", "host", "url", "link", "image", "type", "count", "_id", "path", "file"}, namesOutlet},
	{fieldOutlet, []string{"domain", "host"}, nil, namesOutlet},
	{fieldURL,
		[]string{"canonical", "url", "link", "href", "uri", "enlace", "lien", "ссылка", "链接"},
		[]string{"image", "img", "photo", "foto", "thumb", "logo", "icon", "video", "audio", "avatar", "author", "feed", "api", "next", "start", "referer"},
		func(n *Name) bool { return isURL(n.Example) }},
	{fieldTitle,
		[]string{"headline", "title", "heading", "überschrift", "ueberschrift", "titel", "titre", "titulo", "título", "titolo", "rubrik", "titular", "otsikko", "tytu", "nagłówek", "naslov", "başlık", "judul", "заголов", "标题", "標題", "見出し", "タイトル", "제목", "العنوان"},
		[]string{"subtitle", "sub_title", "subheading", "image", "author", "site", "section", "seo"},
		func(n *Name) bool { return n.mean() <= maxTitleWords && !isURL(n.Example) }},
	{fieldPublished,
		[]string{"publi", "pub", "posted", "issued", "date", "datum", "fecha", "data", "dato", "дата", "tarih", "日期", "日付", "날짜", "التاريخ", "erschein", "veröff", "created", "time", "stamp", "day", "ts"},
		[]string{"scrap", "crawl", "fetch", "updat", "modif", "download", "index", "retriev", "expir", "import", "saved", "access"},
		func(n *Name) bool { return isDate(n.Example) || n.order.unclear > 0 }},
}

// in returns which of the parts a name in lower case has; -1: none, or one of what means something else.
func (h *hint) in(name string) int {
	has := func(part string) bool { return strings.Contains(name, part) }
	if slices.ContainsFunc(h.never, has) {
		return -1
	}
	return slices.IndexFunc(h.parts, has)
}

func namesOutlet(n *Name) bool {
	return n.mean() <= maxOutletWords && !isURL(n.Example) && !isDate(n.Example)
}

// mean is how many words a value has on average.
func (n *Name) mean() float64 { return float64(n.words) / float64(n.Records) }

// Likely returns for each field of an article that no record has the name that looks most like it
// among those that were taken for nothing, in the order of our fields. A text is known by its length,
// all else by a part of its name in a dozen languages and by the form of its first value.
func (s *Survey) Likely() (list []Guess) {
	unused := s.Unused()
	for i, h := range hints {
		if s.has(h.field) || i > 0 && len(list) > 0 && list[len(list)-1].Field == fieldNames[h.field] {
			continue
		}
		best, rank := Name{}, len(h.parts)
		for _, n := range unused {
			name := strings.TrimPrefix(strings.ToLower(n.Name), "_source.") // where Elasticsearch has a record
			if at := h.in(name); at >= 0 && at < rank && h.fits(&n) {
				best, rank = n, at
			}
		}
		if best.Name != "" {
			list = append(list, Guess{fieldNames[h.field], best.Name, best.Example})
		}
	}
	if body := s.LikelyBody(); body.Name != "" && s.Bodies == 0 {
		list = append(list, Guess{fieldNames[fieldBody], body.Name, body.Example})
	}
	return list
}

// has reports whether a record has a field.
func (s *Survey) has(field int) bool {
	return slices.ContainsFunc(s.Names(), func(n Name) bool { return n.Taken[fieldNames[field]] > 0 })
}

// LikelyBody returns the name that was taken for nothing and has the longest texts; an empty one
// when none has likelyWords words on average.
func (s *Survey) LikelyBody() (best Name) {
	for _, n := range s.Unused() {
		if n.mean() >= likelyWords && (best.Name == "" || n.mean() > best.mean()) {
			best = n
		}
	}
	return best
}

// FieldLine returns the line of input.fields in config.yaml by which a name is taken for a field.
func FieldLine(field, name string) string {
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") != "" {
		name = strconv.Quote(name)
	}
	return field + ": [" + name + "]"
}

// BodyLine returns the line of config.yaml by which a name is taken for the body.
func BodyLine(name string) string { return "input: {fields: {" + FieldLine("body", name) + "}}" }
