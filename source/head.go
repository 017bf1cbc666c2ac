package source

import (
	"strings"
	"sync"

	"dedupe/article"
)

// Collections of texts, as researchers publish them, have what they know of a text
// on its first lines, with labels or without:
//
//	http://news.example/article/68            URL: https://news.example/68
//	2013-03-01T10:00:00+0900                  Title: Harbour wall to rise
//	Harbour wall to rise                      Date: March 1, 2013
//	The council voted ...
//	                                          The council voted ...

// maxHead is the most lines that a head has.
const maxHead = 40

// fieldIgnored is the field of labels that tell nothing that an article has.
const fieldIgnored = -1

// labels are the words before the colon, as fold returns them, by their field.
// Those of an organisation count for the outlet where no other does.
var labels = sync.OnceValue(func() map[string]int {
	labels := map[string]int{}
	for field, words := range map[int]string{
		fieldID: "id|article id|doc id|docid|docno|document id|newid|guid|message-id",
		fieldURL: "url|link|address|permalink|source url|article url|web address|canonical url|uri|adresse|enlace|lien|endereço|адрес|ссылка|" +
			"链接|网址|原文链接|網址|連結|リンク|記事url|링크|주소|bağlantı|رابط|الرابط|پیوند",
		fieldTitle: "title|headline|subject|heading|article title|titel|überschrift|betreff|titre|título|titulo|titolo|заголовок|название|tytuł|başlık|otsikko|rubrik|" +
			"标题|標題|题目|タイトル|題名|見出し|件名|제목|العنوان|عنوان|शीर्षक|tiêu đề|judul|τίτλος|titulek|nadpis|název|cím|titlu|titel på artikeln|naslov|antraštė|virsraksts|pealkiri|כותרת|หัวข้อ|หัวข้อข่าว|ชื่อเรื่อง|শিরোনাম|தலைப்பு|سرخی",
		fieldByline: "author|authors|by|byline|from|writer|reporter|autor|autorin|autoren|auteur|auteurs|autore|autores|автор|авторы|yazar|作者|记者|記者|著者|筆者|기자|저자|" +
			"الكاتب|نویسنده|tác giả|penulis|auteurs|συντάκτης|szerző|författare|forfatter|skribent|kirjoittaja|автори|כותב|מאת|ผู้เขียน",
		fieldPublished: "date|published|publication date|publish date|pub date|pubdate|publish_date|publication_date|date published|published at|posted|posted on|date posted|time|datetime|timestamp|" +
			"datum|veröffentlicht|veröffentlicht am|fecha|fecha de publicación|data|data de publicação|date de publication|publié le|дата|опубликовано|дата публикации|tarih|" +
			"日期|时间|時間|发布时间|發布時間|发布日期|日付|日時|公開日|날짜|입력|작성일|التاريخ|تاریخ|दिनांक|ngày|tanggal|päivämäärä|ημερομηνία|dátum|päiväys|datums|kuupäev|תאריך|วันที่|วันที่เผยแพร่|তারিখ|release date",
		fieldOutlet: "source|outlet|publisher|publication|newspaper|site|website|source name|news source|quelle|zeitung|medium|fuente|medio|periódico|fonte|jornal|giornale|journal|источник|издание|" +
			"źródło|kaynak|gazete|来源|來源|媒体|媒體|出典|新聞社|媒体名|출처|언론사|매체|المصدر|منبع|स्रोत|nguồn|sumber|bron|krant|kilde|källa|tidning|avis|lähde|πηγή|zdroj|forrás|sursa|izvor|vir|šaltinis|avots|allikas|джерело|видання|מקור|แหล่งที่มา|ที่มา|সূত্র|publication title|publication name",
		fieldLanguage: "language|lang|sprache|idioma|langue|lingua|язык|dil|语言|語言|言語|언어|اللغة|زبان|språk|sprog|kieli|taal|język|jazyk|nyelv|мова|ภาษา",
		fieldBody: "body|text|content|article|story|full text|fulltext|article text|articletext|texto|cuerpo|texte|contenu|testo|inhalt|текст|treść|metin|içerik|" +
			"正文|内容|內容|本文|본문|내용|النص|متن",
		fieldIgnored: "lines|newsgroups|keywords|category|categories|section|tags|tag|topic|topics|places|people|distribution|nntp-posting-host|reply-to|sender|xref|path|references|in-reply-to|" +
			"followup-to|summary|abstract|description|expires|approved|x-newsreader|news-software|article-id|copyright|country|region|word count|words|wordcount|length|page|edition|label|class|grade|accessed|retrieved|publication info|links|" +
			"to|cc|mime-version|content-type|rubrik|ressort|catégorie|categoría|категория|类别|分类|栏目|カテゴリ|분류",
	} {
		for word := range strings.SplitSeq(words, "|") {
			if _, taken := labels[fold(word)]; !taken || field != fieldIgnored {
				labels[fold(word)] = field
			}
		}
	}
	return labels
})

// organisation is the label of newsgroups and agencies for where a text is from.
const organisation = "organization"

// readHead reads the head of one of a collection of texts, and returns what it
// says with the lines that follow it. A page without one is returned whole.
func readHead(lines []line) (article.Article, []line) {
	if a, rest, ok := labelled(lines); ok {
		return a, rest
	}
	if a, rest, ok := unlabelled(lines); ok {
		return a, rest
	}
	return article.Article{}, lines
}

// labelled reads a head of labels. Two are needed, for a headline too can have a
// colon after its first word, and of dates and outlets those alone count that look
// so; an address, and a title on the first line, say enough by themselves. The
// headline may stand above them.
func labelled(lines []line) (a article.Article, rest []line, ok bool) {
	var (
		v          [numFields]string
		from       string // the organisation
		i, n, sure int    // of lines, labels that tell something, and those that need no other
	)
	if _, _, is := label(lines[0]); !is && lines[0].alone && len(lines) > 1 && isHeadline(lines[0].text) {
		v[fieldTitle] = lines[0].text
		i = 1
	}
	below := i == 1
	for ; i < min(len(lines), maxHead); i++ {
		field, value, is := label(lines[i])
		if !is && n > 0 && i+1 < len(lines) && unknownLabel(lines[i].text) {
			if next, _, known := label(lines[i+1]); known && next != fieldIgnored { // one that is not known stands between two that are
				continue
			}
		}
		if !is {
			break
		}
		switch {
		case field == fieldIgnored:
			continue
		case field == numFields:
			from = value
			continue
		case field == fieldBody:
			if value != "" {
				lines = append([]line{{text: value, fold: fold(value), words: len(strings.Fields(value)), alone: lines[i].alone}}, lines[i+1:]...)
				i = -1
			}
			n++
		case v[field] == "":
			v[field] = value
			if field != fieldPublished && field != fieldOutlet || field == fieldPublished && isDate(value) || field == fieldOutlet && isOutlet(value) {
				n++
			}
		}
		if field == fieldURL || field == fieldTitle && i == 0 {
			sure++
		}
		if field == fieldBody {
			i++
			break
		}
	}
	if n < 2 && sure == 0 || below && n < 2 {
		return a, nil, false
	}
	if v[fieldOutlet] == "" && v[fieldURL] == "" {
		v[fieldOutlet] = from
	}
	return article.Article{
		ID: v[fieldID], Outlet: v[fieldOutlet], URL: v[fieldURL], Headline: v[fieldTitle], Byline: v[fieldByline],
		Published: v[fieldPublished], Language: v[fieldLanguage],
	}, lines[i:], true
}

// isOutlet reports whether a value can name an outlet by its length.
func isOutlet(s string) bool { return len(strings.Fields(s)) <= 5 || article.IsHost(s) }

// unknownLabel reports whether a line has up to three words before a colon.
func unknownLabel(s string) bool {
	name, _, ok := strings.Cut(s, ":")
	return ok && len(name) < 40 && len(strings.Fields(name)) < 4 && !strings.ContainsAny(name, ".!?,")
}

// tagged is a label as the element around its value, or in brackets before it; numbered
// one with a number before it.
var (
	tagged   = pattern(`^(?:<([\pL_-]{2,20})>\s*(.*?)\s*</[\pL_-]{2,20}>|\[([\pL ]{2,20})\]\s+(.*))$`)
	numbered = pattern(`^\d{1,2}[.)]\s+`)
)

// label reads a line as one of a head. What parts the label from its value is a colon, a
// tab, or = and | between blanks. Its field is numFields for the organisation.
func label(l line) (field int, value string, ok bool) {
	const longest = 60 // bytes of a label, of which none is longer
	if strings.HasPrefix(l.text, "{") {
		return 0, "", false
	}
	if m := tagged().FindStringSubmatch(l.text[:min(len(l.text), 1<<10)]); m != nil {
		l.text = m[1] + m[3] + ":" + m[2] + m[4]
	}
	l.text = l.text[len(numbered().FindString(l.text)):]
	i := strings.IndexAny(l.text[:min(len(l.text), longest)], ":：\t")
	for _, sep := range []string{" = ", " | "} {
		if j := strings.Index(l.text[:min(len(l.text), longest)], sep); j > 0 && (i < 0 || j < i) {
			l.text = l.text[:j] + ":" + strings.Trim(l.text[j+len(sep):], `"`)
			i = j
		}
	}
	if i <= 0 {
		return 0, "", false
	}
	name := fold(strings.Trim(l.text[:i], "*_#[]【】 "))
	value = strings.Trim(strings.TrimLeft(l.text[i:], ":：\t"), "*_ \t\u3000")
	if name == organisation {
		return numFields, value, true
	}
	if strings.HasPrefix(name, "x-") {
		return fieldIgnored, "", true
	}
	field, ok = labels()[name]
	switch {
	case !ok:
		return 0, "", false
	case value == "" && field != fieldBody:
		return fieldIgnored, "", true
	case field == fieldURL && !isURL(value), field == fieldTitle && !isHeadline(value):
		return 0, "", false
	}
	return field, value, true
}

// unlabelled reads a head of bare values: an address, and a date and a title in any
// order beside it; or a date above the title. A byline may stand between them. What
// comes last on a page is no title: it is the text.
func unlabelled(lines []line) (a article.Article, rest []line, ok bool) {
	i := 0
	for ; i < min(len(lines), 4); i++ {
		l, next := lines[i], lines[i+1:]
		switch {
		case a.URL == "" && isURL(l.text):
			a.URL = l.text
		case a.Published == "" && isDate(l.text):
			a.Published = l.text
		case a.Byline == "" && i > 0 && len(next) > 0 && bylineOf(l.text) != "" && (a.Headline != "" || !endsSentence(next[0].text)):
			a.Byline = bylineOf(l.text)
		case a.Headline == "" && len(next) > 0 && isHeadline(l.text) && (a.Published != "" || a.URL != "" && len(next) > 0 && isDate(next[0].text) ||
			len(next) > 0 && isURL(next[0].text) || len(next) > 1 && isDate(next[0].text) && isURL(next[1].text)):
			if _, names := parseTitle(lines[i:]); names {
				return a, lines[i:], i > 0 // a page's title says more
			}
			a.Headline = l.text
		default:
			return a, lines[i:], i > 0
		}
	}
	return a, lines[i:], true
}

// byline is a line that names who wrote a text: at most eight words, of which those
// that do not join names begin with a capital, and a house or a place behind a bar or dash.
var byline = pattern(`^(?i:by|von|par|por|di|door|av|yazan|автор)(?::\s*|\s+)(\p{Lu}[\p{L}\p{M}.'’-]*(?:,?\s+(?:\p{Lu}[\p{L}\p{M}.'’-]*|and|und|et|y|e|og|en|ve|и|de|da|van|von|der|den|del|al|bin|&)){0,7})(?:\s+[|–—]\s.{1,60})?$`)

// bylineOf returns the names of a byline, empty when s is none.
func bylineOf(s string) string {
	if m := byline().FindStringSubmatch(s); m != nil && !endsSentence(s) {
		return m[1]
	}
	return ""
}

func endsSentence(s string) bool { return s != "" && strings.ContainsAny(s[len(s)-1:], ".!?") }

func isDate(s string) bool {
	_, ok := article.ParseDate(s)
	return ok
}

// isURL reports whether s is the address of a page and nothing else.
func isURL(s string) bool {
	lower := strings.ToLower(s[:min(len(s), 8)])
	if !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") && !strings.HasPrefix(lower, "www.") {
		return false
	}
	return !strings.ContainsAny(s, " \t<>\"") && article.OutletOf("", s) != ""
}
