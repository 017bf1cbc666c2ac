package source

import (
	"bytes"
	"encoding/csv"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// The kinds of text that a page could be taken for are told by what their first
// lines must have, and a page of a story has not.

var warcVersion = pattern(`^WARC/\d\.\d+\s*\r?\n`)

func isWARC(h *head) bool { return warcVersion().Match(h.text[:min(len(h.text), 64)]) }

var httpStatus = pattern(`^HTTP/[123](\.\d)? \d{3}[^\n]*\n[!-9;-~]+:`)

func isHTTP(h *head) bool { return httpStatus().Match(h.text[:min(len(h.text), 1<<10)]) }

// behindProlog returns what follows the declaration, comments and document type
// of an XML or HTML text, and the name of the type.
func behindProlog(text []byte) (rest []byte, doctype string) {
	for {
		text = trimLeft(text)
		var end string
		switch lower := bytes.ToLower(text[:min(len(text), 64)]); {
		case bytes.HasPrefix(lower, []byte("<!--")):
			end = "-->"
		case xmlDeclaration().Match(text):
			end = "?>"
		case bytes.HasPrefix(lower, []byte("<!doctype")):
			if f := bytes.FieldsFunc(lower[len("<!doctype"):], func(r rune) bool { return r == '>' || r == '[' || unicode.IsSpace(r) }); len(f) > 0 {
				doctype = string(f[0])
			}
			end = ">"
			if open := bytes.IndexByte(text, '['); open >= 0 && open < bytes.IndexByte(text, '>') {
				end = "]>"
			}
		default:
			return text, doctype
		}
		i := bytes.Index(text, []byte(end))
		if i < 0 {
			return nil, doctype // it is longer than what is looked at
		}
		text = text[i+len(end):]
	}
}

// rootName returns the name of the first element of text, in lower case.
func rootName(text []byte) string {
	name, ok := bytes.CutPrefix(text[:min(len(text), 100)], []byte("<"))
	if !ok {
		return ""
	}
	end := bytes.IndexAny(name, " \t\r\n/>")
	if end <= 0 || !unicode.IsLetter(rune(name[0])) {
		return ""
	}
	return strings.ToLower(string(name[:end]))
}

// root returns the sniff of XML files with one of the given root elements.
func root(names ...string) func(*head) bool {
	return func(h *head) bool {
		if !bytes.HasPrefix(h.text, []byte("<")) {
			return false
		}
		rest, _ := behindProlog(h.text)
		return slices.Contains(names, rootName(rest)) && bytes.IndexByte(rest, '>') > 0
	}
}

// isHTML reports whether a text begins with HTML, behind declarations and
// comments. A page that begins with the name of a tag is none.
func isHTML(h *head) bool {
	if !bytes.HasPrefix(h.text, []byte("<")) {
		return false
	}
	rest, doctype := behindProlog(h.text)
	if doctype != "" {
		return doctype == "html"
	}
	if len(rest) == 0 {
		return rest == nil && !h.whole // a comment without an end in sight
	}
	name, closing, size := tagName(strings.TrimPrefix(string(rest[:min(len(rest), 64)]), "<"))
	if name == "" || rest[0] != '<' || closing {
		return false
	}
	right := string(rest[1+size:])
	switch name {
	case "html", "head", "body", "script", "style", "meta", "base", "title":
		if _, after, ok := strings.Cut(right, ">"); ok && !isMention("", after) {
			return true
		}
	}
	// Inline elements can stand in a page of text.
	return isMarkup(string(rest)) && (elements[name] != inline || lineEndsOf(string(rest)) != verbatim)
}

// isXML reports whether a text begins with a declaration or with an element that
// has an end, or holds others that have.
func isXML(h *head) bool {
	if !bytes.HasPrefix(h.text, []byte("<")) {
		return false
	}
	rest, doctype := behindProlog(h.text)
	declared := xmlDeclaration().Match(h.text) || doctype != ""
	if name := rootName(rest); name != "" && !declared {
		if html, _, _ := tagName(name + ">"); html != "" {
			return false
		}
		return endTag().Match(rest) && bytes.IndexByte(rest, '>') > 0
	}
	return declared
}

// xmlDeclaration is where an XML file begins, or a style sheet stands there alone.
var xmlDeclaration = pattern(`^<\?xml(\s[^>]*version\s*=|-stylesheet\s)[^>]*\?>`)

var endTag = pattern(`</[A-Za-z][\w:.-]*\s*>`)

var headerLine = pattern(`^[A-Za-z][A-Za-z0-9-]*:`)

// mboxLine is the first line of a message in a mailbox: From, the sender, and the
// day and time as ctime writes them.
var mboxLine = pattern(`^From \S+ .*\b\d{1,2}:\d{2}(:\d{2})?\b.*\b(19|20)\d\d\b|^From \S+ .*\b(19|20)\d\d\b.*\b\d{1,2}:\d{2}(:\d{2})?\b`)

func isMbox(h *head) bool {
	first, rest, ok := bytes.Cut(h.text, []byte("\n"))
	rest = bytes.TrimPrefix(rest, []byte(">"))
	return ok && len(first) < 500 && mboxLine().Match(first) && headerLine().Match(rest)
}

// headers returns the names of the header of a mail and their values, in lower
// case: nil when the text does not begin with one.
func (h *head) headers() map[string]string {
	m := map[string]string{}
	last := ""
	for line := range bytes.Lines(h.text) {
		if len(bytes.TrimSpace(line)) == 0 {
			return m
		}
		if line[0] == ' ' || line[0] == '\t' {
			if last == "" {
				return nil
			}
			continue
		}
		if !headerLine().Match(line) {
			return nil
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		last = strings.ToLower(string(name))
		m[last] += strings.ToLower(strings.TrimSpace(string(value)))
	}
	return m
}

// isMail reports whether a text begins with the header of a mail: with what mail
// programs write, or with addresses of sender and receiver. A post of a newsgroup
// and a press notice with From and Subject have neither.
func isMail(h *head) bool {
	m := h.headers()
	if len(m) < 3 {
		return false
	}
	for _, name := range []string{"received", "return-path", "delivered-to", "mime-version", "dkim-signature", "content-transfer-encoding", "x-mailer", "x-original-to", "envelope-to", "arc-seal", "content-type"} {
		if _, is := m[name]; is {
			return m["newsgroups"] == ""
		}
	}
	return m["subject"] != "" && strings.Contains(m["from"], "@") && strings.Contains(m["to"], "@")
}

func isMHTML(h *head) bool {
	m := h.headers()
	return strings.HasPrefix(m["content-type"], "multipart/related") && (m["snapshot-content-location"] != "" || m["mime-version"] != "" && m["to"] == "")
}

// columns are the names that columns of tables of articles have, as fold returns
// them.
var columns = foldedSet("id", "article id", "articleid", "doc id", "guid", "uuid", "url", "link", "links", "href", "permalink", "source url", "title", "titles", "headline", "headlines", "headline text", "subject",
	"body", "text", "content", "contents", "article", "article text", "full text", "fulltext", "maintext", "main text", "story", "description", "desc", "summary", "highlights", "abstract", "lead", "snippet",
	"date", "published", "publish date", "published at", "publishedat", "published date", "pub date", "pubdate", "publication date", "date publish", "datetime", "timestamp", "time", "created at", "created",
	"author", "authors", "byline", "source", "sources", "source name", "outlet", "publisher", "publication", "newspaper", "site", "domain", "media", "journal", "category", "categories", "section", "topic", "tags", "keywords",
	"language", "lang", "country", "label", "sentiment", "class", "short description", "image", "image url", "name",
	"titel", "überschrift", "inhalt", "datum", "autor", "quelle", "titre", "texte", "contenu", "auteur", "lien", "título", "titulo", "texto", "contenido", "conteúdo", "fecha", "fuente", "enlace", "data", "fonte",
	"titolo", "testo", "autore", "заголовок", "текст", "дата", "автор", "источник", "ссылка", "başlık", "metin", "içerik", "tarih", "yazar", "tytuł", "treść", "źródło",
	"标题", "標題", "正文", "内容", "內容", "日期", "时间", "发布时间", "作者", "来源", "链接", "タイトル", "本文", "日付", "제목", "본문", "내용", "날짜", "العنوان", "النص", "التاريخ")

// table returns the sniff of tables with the given character between columns:
// the first row names columns, two of them as articles have them, and the second
// has as many values.
func table(between rune) func(*head) bool {
	return func(h *head) bool {
		first, rest, ok := bytes.Cut(h.text, []byte("\n"))
		for ok && (bytes.HasPrefix(first, []byte("#")) || bytes.HasPrefix(first, []byte("sep="))) {
			first, rest, ok = bytes.Cut(rest, []byte("\n")) // what spreadsheets and statisticians put above
		}
		if !ok && !h.whole || len(first) > 4<<10 || !bytes.ContainsRune(first, between) {
			return false
		}
		names, _ := tableRow(first, between)
		known := 0
		for _, name := range names {
			if len(name) > 60 || strings.ContainsAny(name, "{}<>") {
				return false
			}
			if columns[fold(name)] {
				known++
			}
		}
		if known < 2 || 3*known < len(names) && known < 4 {
			return false
		}
		if bytes.Contains(first, []byte(string(between)+" ")) && (known < 3 || known < len(names)) {
			return false // it is a headline that counts things up
		}
		second, _, _ := bytes.Cut(rest, []byte("\n"))
		if len(bytes.TrimSpace(second)) == 0 {
			// A story has an empty line below its headline. A table without rows is
			// told by names without blanks.
			return len(bytes.TrimSpace(rest)) == 0 && !bytes.ContainsAny(first, " ") && len(names) > 2
		}
		row, cutOff := tableRow(rest, between)
		return len(row) >= len(names) || cutOff && !h.whole
	}
}

// tableRow returns the values of the first row, which quotes can lead over several
// lines, and whether it ends where data ends.
func tableRow(data []byte, between rune) (row []string, cutOff bool) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = between, true, -1
	row, err := r.Read()
	return row, err == nil && r.InputOffset() == int64(len(data))
}

// isBareTable reports whether a text is a strict table whose first row names no columns.
func isBareTable(h *head) bool {
	rows := strictRows(h)
	return len(rows) > 1 && !namesColumns(rows)
}

// isOtherTable reports whether a text is a table whose columns have names that are not known: one of
// which the file's name says so, or a strict one.
func isOtherTable(h *head) bool {
	return h.ext == ".csv" || namesColumns(strictRows(h))
}

// namesColumns reports whether the first of the rows of a table names its columns: with a few words
// each, where one of the columns has texts.
func namesColumns(rows [][]string) bool {
	if len(rows) < 2 {
		return false
	}
	texts := false
	for i, name := range rows[0] {
		if words := len(strings.Fields(name)); words > 4 || len(name) > 60 || words > 0 && strings.Trim(name, "0123456789.:/- ") == "" {
			return false
		}
		words := 0
		for _, row := range rows[1:] {
			words += len(strings.Fields(row[i]))
		}
		texts = texts || words >= likelyWords*(len(rows)-1)
	}
	return texts
}

// strictRows returns the rows of a table, three values each at least, that is written as strict CSV with
// a value in quotes right behind a comma; none where a text is no such table.
func strictRows(h *head) (rows [][]string) {
	if len(h.text) == 0 || !bytes.Contains(h.text[:min(len(h.text), 64<<10)], []byte(`,"`)) {
		return nil
	}
	data := h.text
	if !h.whole {
		data = data[:bytes.LastIndexByte(data, '\n')+1] // the last line may be cut off
	}
	r := csv.NewReader(bytes.NewReader(data))
	for {
		row, err := r.Read() // as many values as in the first row
		switch {
		case err == io.EOF:
			return rows
		case err != nil && len(rows) > 20 && !h.whole: // a body that is cut off
			return rows
		case err != nil || len(row) < 3:
			return nil
		}
		rows = append(rows, row)
	}
}

// isBareJSON reports whether a whole file is a value of JSON that holds no article: a number, a
// word, a string, a list of such.
func isBareJSON(h *head) bool {
	text := trim(h.text)
	if !h.whole || len(text) == 0 || text[0] == '{' || bytes.Contains(text, []byte("{")) || string(text) == "[]" {
		return false
	}
	return jsontext.Value(text).IsValid()
}

var (
	pointer  = pattern(`^(version https://git-lfs\.github\.com/spec/|(\.\./)*(\.git)?/annex/objects/)`)
	jsonCall = pattern(`^(/\*\*/\s*)?[A-Za-z_$][\w$.]*\(\s*\[\s*\{\s*"[^"\n]{1,60}"\s*:`)

	bibTeX     = pattern(`^(%[^\n]*\n\s*)*@(?i:article|book|booklet|conference|inbook|incollection|inproceedings|manual|mastersthesis|misc|online|phdthesis|proceedings|report|string|techreport|unpublished)\s*\{\s*[\w:./+-]+\s*[,=]`)
	accessLog  = pattern(`^\S+ \S+ \S+ \[\d{1,2}/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "[A-Z-]+[ "]`)
	serverPage = pattern(`^<%(@|--|=|\s|!)[^>]*%>`)
)

var keyLine = pattern(`^[A-Za-z_][\w-]*:(\s|$)`)

// yamlKeys returns how many keys follow the line --- that a text begins with.
func (h *head) yamlKeys() (keys int) {
	first := true
	for line := range bytes.Lines(h.text) {
		line = bytes.TrimRight(line, " \t\r\n")
		switch {
		case first:
			if string(line) != "---" {
				return 0
			}
			first = false
		case string(line) == "---" || string(line) == "...":
			return keys
		case keyLine().Match(line):
			keys++
		case len(line) > 0 && line[0] != ' ' && line[0] != '-' && line[0] != '#' && line[0] != '\t':
			return keys
		}
	}
	return keys
}

// hasTOML reports whether a text begins with a head in TOML, as pages of some site
// generators do.
func hasTOML(h *head) bool {
	return bytes.HasPrefix(h.text, []byte("+++\n")) && bytes.Contains(h.text, []byte("\n+++"))
}

func isYAML(h *head) bool {
	if hasPageHead(h) {
		return false
	}
	return h.yamlKeys() > 1 || bytes.HasPrefix(h.text, []byte("%YAML ")) || yamlBegin().Match(h.text[:min(len(h.text), 4<<10)])
}

// yamlBegin is a list of records, or keys of which one has a text over several lines.
var yamlBegin = pattern(`^(- [\w-]+: [^\n]*\n  [\w-]+: |([\w-]+: [^\n]*\n)*[\w-]+: [|>][+-]?\r?\n +\S)`)

var subtitle = pattern(`^(WEBVTT\b[^\n]*\r?\n|1\r?\n\d{2}:\d{2}:\d{2},\d{3} --> )`)

func isSubtitles(h *head) bool { return subtitle().Match(h.text[:min(len(h.text), 200)]) }

// matches returns the sniff of texts of which the beginning matches.
func matches(re func() *regexp.Regexp) func(*head) bool {
	return func(h *head) bool { return re().Match(h.text[:min(len(h.text), 1<<10)]) }
}

// pattern returns a regular expression that is made when it is needed: programs that read no files
// start without them, in half the time.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// isScript reports whether a text begins as a program does. Stories mostly begin with
// a capital, and programs never.
func isScript(h *head) bool {
	return len(h.text) > 0 && h.text[0] < utf8.RuneSelf && !unicode.IsUpper(rune(h.text[0])) && !unicode.IsDigit(rune(h.text[0])) && matches(scriptBegin)(h)
}

var (
	sqlBegin = pattern(`^(-- (MySQL|MariaDB|PostgreSQL|SQLite|phpMyAdmin)[^\n]*\n|--\r?\n-- PostgreSQL|PRAGMA foreign_keys|BEGIN TRANSACTION;|CREATE (TABLE|DATABASE|SCHEMA) [^\n]*[(;]|INSERT INTO \S+ )|^DROP TABLE `)

	// scriptBegin are ways in which programs begin, and stories do not.
	scriptBegin = pattern(`^(?:/\*[^*]*\*+(?:[^/*][^*]*\*+)*/\s*|//[^\n]*\n\s*)*(` + strings.Join([]string{
		`#!\s*/`, `<\?(php|=)`, `["']use strict["']`, `[!;(+-]*\(?(async )?function\s*\w*\s*\(`, `[!;(]+\s*\(?\)?\s*=>`,
		`(var|let|const)\s+[\w$]+\s*(=|;)`, `(export|import)\s+[{*\w$][^\n]*\s(from\s+["']|=|\{)`, `import\s+["']`, `(window|document|module|exports)\.\w+\s*[=(.]`,
		`define\(["'[]`, `(jQuery|\$)\((document|function|["'(])`, `[\w$.]+\s*=\s*(function|window|\{|\[)`, `[\w$.]+\(\{"`, `((from\s+[\w.]+\s+)?import\s+[\w., ]+\r?\n\s*){2}`,
		`def \w+\(`, `package ([\w.]+;|main\r?\n)`, `@charset "`, `@import (url|")`, `[\w.#*:,\s-]{1,100}\{\s*[a-z-]+\s*:[^}\n]*[;}]`,
	}, "|") + `)`)
)
