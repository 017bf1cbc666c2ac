package source

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode"
)

// foreign are the kinds of files that are known and not read, each with one look
// at the first bytes. They are tried in order, so that the narrower kind stands
// before the wider. To read a kind, give its line records and decode.
//
// The name of a file decides only where the bytes say nothing: 12345, article.php
// and page.txt can all be HTML.
var foreign = []*format{

	// archives and compression
	{name: "a Word file", sniff: zipped("word/"), advice: "turn it into text (pandoc -t plain -o FILE.txt FILE)"},
	{name: "a spreadsheet", sniff: zipped("xl/", "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
		advice: "turn it into a table and that into JSON lines (soffice --headless --convert-to csv FILE, then mlr --icsv --ojsonl cat FILE.csv)"},
	{name: "a file of slides", sniff: zipped("ppt/", "mimetypeapplication/vnd.oasis.opendocument.presentation"),
		advice: "turn it into text (soffice --headless --convert-to pdf FILE, then pdftotext FILE.pdf)"},
	{name: "an OpenDocument text", sniff: zipped("mimetypeapplication/vnd.oasis.opendocument"), advice: "turn it into text (pandoc -t plain -o FILE.txt FILE)"},
	{name: "an EPUB book", sniff: zipped("mimetypeapplication/epub+zip"), advice: "turn it into text (pandoc -t plain -o FILE.txt FILE)"},
	{name: "a zip archive", sniff: begins("PK\x03\x04", "PK\x05\x06", "PK\x07\x08"), records: readNothing},
	{name: "a tar archive", sniff: at(257, "ustar"), records: readNothing},
	{name: "a 7z archive", sniff: begins("7z\xbc\xaf\x27\x1c"), advice: "unpack it first (7z x FILE)"},
	{name: "a rar archive", sniff: begins("Rar!\x1a\x07"), advice: "unpack it first (7z x FILE)"},
	{name: "bzip2 data", sniff: isBzip2, advice: "unpack it first (bunzip2 FILE)"},
	{name: "xz data", sniff: begins("\xfd7zXZ\x00", "\x5d\x00\x00\x80\x00", "\x5d\x00\x00\x00\x04"), advice: "unpack it first (unxz FILE)"},
	{name: "lz4 data", sniff: begins("\x04\x22\x4d\x18"), advice: "unpack it first (unlz4 FILE)"},
	{name: "lzip data", sniff: binaryBegins("LZIP"), advice: "unpack it first (lzip -d FILE)"},
	{name: "compress data", sniff: begins("\x1f\x9d", "\x1f\xa0"), advice: "unpack it first (uncompress FILE)"},
	{name: "gzip inside of compression", sniff: begins("\x1f\x8b"), advice: "unpack it once"},
	{name: "zstd inside of compression", sniff: begins("\x28\xb5\x2f\xfd"), advice: "unpack it once"},
	{name: "an archive", sniff: anyOf(begins("MSCF\x00", "\xed\xab\xee\xdb", "xar!\x00"), binaryBegins("!<arch>\n", "070701", "070702", "070707", "\xc7\x71", "hsqs")),
		advice: "unpack it first (7z x FILE)"},

	// documents
	{name: "a PDF file", sniff: textBegins("%PDF-"), advice: "turn it into text first (pdftotext FILE FILE.txt)"},
	{name: "a PostScript file", sniff: begins("%!PS", "\xc5\xd0\xd3\xc6"), advice: "turn it into text first (ps2ascii FILE FILE.txt)"},
	{name: "an old Office file (doc, xls, ppt or msg)", sniff: begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
		advice: "turn it into text (soffice --headless --convert-to txt:Text FILE)"},
	{name: "an RTF file", extensions: []string{".rtf"}, sniff: textBegins(`{\rtf`), advice: "turn it into text (pandoc -t plain -o FILE.txt FILE)"},
	{name: "a DjVu file", sniff: begins("AT&TFORM"), advice: "turn it into text (djvutxt FILE FILE.txt)"},

	// databases and tables of programs
	{name: "an SQLite database", sniff: begins("SQLite format 3\x00"), advice: "export its articles as JSON lines (sqlite3 -json FILE 'select * from TABLE' | jq -c '.[]')"},
	{name: "a Parquet file", sniff: isParquet, advice: "export it as JSON lines (duckdb -c \"copy 'FILE' to 'articles.jsonl' (format json)\")"},
	{name: "an Arrow or Feather file", sniff: binaryBegins("ARROW1", "FEA1"),
		advice: `export it as JSON lines (python3 -c 'import pandas; pandas.read_feather("FILE").to_json("articles.jsonl", orient="records", lines=True, force_ascii=False)')`},
	{name: "a DuckDB database", sniff: at(8, "DUCK"), advice: "export its articles as JSON lines (duckdb FILE -c \"copy TABLE to 'articles.jsonl' (format json)\")"},
	{name: "a file of a program's data",
		sniff:  anyOf(binaryBegins("Obj\x01", "ORC", "\x89HDF", "\x93NUMPY", "RDX2\n", "RDX3\n", "X\n\x00\x00\x00", "bplist00", "\x80\x02", "\x80\x03", "\x80\x04\x95", "\x80\x05\x95")),
		advice: "export its articles as JSON lines, with the program that wrote it"},

	// what has no words to read
	{name: "an image", sniff: anyOf(
		begins("\x89PNG\r\n", "\xff\xd8\xff", "II*\x00", "MM\x00*", "\x00\x00\x01\x00", "8BPS\x00", "\x00\x00\x00\x0cjP  ", "\x00\x00\x00\x0cJXL "),
		isGIF, riff("WEBP"), brand("heic", "heix", "hevc", "mif1", "msf1", "avif", "avis"), isBitmap), advice: "take its words out first (tesseract FILE FILE), or leave it out"},
	{name: "a sound or film", sniff: anyOf(
		binaryBegins("ID3", "FORM", "FLV\x01", "#!AMR\n", "\xff\xfb", "\xff\xf3", "\xff\xf2", "\xff\xf1", "\xff\xf9"), begins("OggS\x00", "fLaC\x00", "\x1a\x45\xdf\xa3", "MThd\x00", "\x30\x26\xb2\x75", "\x00\x00\x01\xba", "\x00\x00\x01\xb3"),
		riff("WAVE", "AVI "), at(4, "ftyp"), at(4, "moov"), isTransportStream),
		advice: "take its words out first (whisper FILE), or leave it out"},
	{name: "a program", sniff: anyOf(
		begins("\x7fELF", "\xfe\xed\xfa\xce", "\xfe\xed\xfa\xcf", "\xce\xfa\xed\xfe", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe", "\x00asm", "dex\n03"), isWindowsProgram), advice: "leave it out"},
	{name: "a font", sniff: binaryBegins("wOFF", "wOF2", "OTTO", "\x00\x01\x00\x00\x00"), advice: "leave it out"},

	// text, by the form of its first lines
	{name: "a pointer to a file (Git LFS or git-annex)", sniff: matches(pointer), advice: "fetch the file that it stands for (git lfs pull, or git annex get FILE)"},
	{name: "JSON in a call of a function (JSONP)", sniff: matches(jsonCall), advice: "take the call off it (sed -E '1s/^[^(]*\\(//; $s/\\);?\\s*$//' FILE > articles.json)"},
	{name: "JSON without an object", sniff: isBareJSON, advice: "give one object an article, with a title or body"},
	{name: "a web archive (WARC or WET)", sniff: isWARC, records: readWARC, decode: decodeHTML},
	{name: "a web archive (ARC)", sniff: begins("filedesc://"), advice: "make it a WARC first (warcio recompress FILE FILE.warc.gz), and that JSON lines"},
	{name: "an index of a web archive (CDX)", sniff: begins(" CDX "), advice: "give the texts that it lists, as JSON lines"},
	{name: "an HTTP response with its head", sniff: isHTTP, records: readHTTP, decode: decodeHTML},
	{name: "a feed (RSS or Atom)", extensions: []string{".rss", ".atom"}, sniff: isFeed, records: readFeed, decode: decodeMade},
	{name: "a list of feeds (OPML)", sniff: root("opml"), advice: "let dedupe run fetch the feeds that it lists (dedupe sources add FILE)"},
	{name: "a sitemap", sniff: root("urlset", "sitemapindex"), advice: "fetch the pages that it lists (trafilatura --sitemap ADDRESS --json)"},
	{name: "an image", sniff: root("svg"), advice: "leave it out"},
	{name: "an HTML page", extensions: []string{".html", ".htm", ".xhtml"}, sniff: isHTML, records: readHTML, decode: decodeHTML},
	{name: "an XML or SGML file", extensions: []string{".xml"}, sniff: isXML, advice: "turn its articles into JSON lines (xq -c '.ROOT.ARTICLE[]' FILE > articles.jsonl)"},
	{name: "a saved page (MHTML)", sniff: isMHTML, records: readHTML, decode: decodeMHTML},
	{name: "a mailbox (mbox)", sniff: isMbox, records: readMbox, decode: decodeMail},
	{name: "an e-mail", extensions: []string{".eml"}, sniff: isMail, records: readWhole, decode: decodeMail},
	{name: "a table (TSV)", extensions: []string{".tsv"}, sniff: table('\t'), records: readTable('\t'), decode: decodeJSON, named: true, text: true},
	{name: "a table (CSV)", sniff: table(','), records: readTable(','), decode: decodeJSON, named: true, text: true},
	{name: "a table (CSV with semicolons)", sniff: table(';'), records: readTable(';'), decode: decodeJSON, named: true, text: true},
	{name: "a table (with bars)", sniff: table('|'), records: readTable('|'), decode: decodeJSON, named: true, text: true},
	{name: "a table (CSV without a header)", sniff: isBareTable, advice: "name its columns, and turn it into JSON lines (mlr --icsv --ojsonl --implicit-csv-header label title,body,date FILE > articles.jsonl)"},
	{name: "a table", extensions: []string{".csv"}, sniff: isOtherTable, records: readTable(0), decode: decodeJSON, named: true, text: true},
	{name: "a list of references (BibTeX)", extensions: []string{".bib"}, sniff: matches(bibTeX), advice: "turn it into JSON and that into JSON lines (pandoc -f bibtex -t csljson FILE | jq -c '.[]' > articles.jsonl)"},
	{name: "a log of a web server", sniff: matches(accessLog), advice: "leave it out"},
	{name: "a program of a web page (ASP)", extensions: []string{".asp", ".aspx", ".jsp"}, sniff: matches(serverPage), advice: "save the page that it makes, and take its text out (trafilatura --json < FILE > articles.jsonl)"},
	{name: "a Markdown page", extensions: []string{".md"}, sniff: hasTOML, advice: "turn it into text (pandoc -t plain -o FILE.txt FILE)"},
	{name: "a LaTeX file", sniff: textBegins(`\documentclass`), advice: "turn it into text (pandoc -f latex -t plain -o FILE.txt FILE)"},
	{name: "a YAML file", extensions: []string{".yaml", ".yml"}, sniff: isYAML, advice: "turn its records into JSON lines (yq -o json -I 0 '.[]' FILE > articles.jsonl)"},
	{name: "subtitles", sniff: isSubtitles, advice: "give their words as plain text, without the times"},
	{name: "a calendar or address card", sniff: begins("BEGIN:VCALENDAR", "BEGIN:VCARD"), advice: "leave it out"},
	{name: "a dump of a database", extensions: []string{".sql"}, sniff: matches(sqlBegin), advice: "load it and export its articles as JSON lines (sqlite3 -json FILE.db 'select * from TABLE' | jq -c '.[]')"},
	{name: "a file of BitTorrent", sniff: begins("d8:announce", "d4:info", "d13:announce-list"), advice: "fetch the files that it names"},
	{name: "a script or style sheet", extensions: []string{".js", ".py", ".sh"}, sniff: isScript, advice: "leave it out"},
	{name: "a key or certificate", sniff: begins("-----BEGIN "), advice: "leave it out"},
}

// begins returns the sniff of files that begin with one of the given bytes.
func begins(magic ...string) func(*head) bool {
	return func(h *head) bool {
		return slices.ContainsFunc(magic, func(m string) bool { return bytes.HasPrefix(h.data, []byte(m)) })
	}
}

// textBegins is begins behind blanks.
func textBegins(magic string) func(*head) bool {
	return func(h *head) bool { return bytes.HasPrefix(h.text, []byte(magic)) }
}

// binaryBegins is begins for bytes with which a text can begin too.
func binaryBegins(magic ...string) func(*head) bool {
	is := begins(magic...)
	return func(h *head) bool { return is(h) && isBinary(h.data) }
}

func at(offset int, magic string) func(*head) bool {
	return func(h *head) bool {
		return len(h.data) >= offset+len(magic) && string(h.data[offset:offset+len(magic)]) == magic && isBinary(h.data)
	}
}

func anyOf(sniffs ...func(*head) bool) func(*head) bool {
	return func(h *head) bool {
		return slices.ContainsFunc(sniffs, func(is func(*head) bool) bool { return is(h) })
	}
}

// zipped returns the sniff of zip archives of which one of the first files has a
// name with one of the given parts. A name stands in front of what it names, so
// that a part that begins with "mimetype" is name and content.
func zipped(parts ...string) func(*head) bool {
	return func(h *head) bool {
		return bytes.HasPrefix(h.data, []byte("PK\x03\x04")) &&
			slices.ContainsFunc(parts, func(p string) bool { return bytes.Contains(h.data, []byte(p)) })
	}
}

func isBzip2(h *head) bool {
	return len(h.data) >= 4 && string(h.data[:3]) == "BZh" && h.data[3] >= '1' && h.data[3] <= '9' && (len(h.data) < 10 || isBinary(h.data))
}

// isParquet looks at what follows the mark: a number of Thrift, no letter.
func isParquet(h *head) bool {
	rest, ok := bytes.CutPrefix(h.data, []byte("PAR1"))
	return ok && (len(rest) == 0 || !unicode.IsLetter(rune(rest[0])) && !unicode.IsDigit(rune(rest[0])) && !unicode.IsSpace(rune(rest[0])))
}

// riff returns the sniff of RIFF files of the given kinds.
func riff(kinds ...string) func(*head) bool {
	return func(h *head) bool {
		return len(h.data) >= 12 && string(h.data[:4]) == "RIFF" && slices.Contains(kinds, string(h.data[8:12]))
	}
}

// brand returns the sniff of ISO media files of the given brands.
func brand(brands ...string) func(*head) bool {
	return func(h *head) bool {
		return len(h.data) >= 12 && string(h.data[4:8]) == "ftyp" && slices.Contains(brands, string(h.data[8:12]))
	}
}

// isBitmap looks at the reserved bytes behind BM and the size.
func isBitmap(h *head) bool {
	return len(h.data) >= 14 && string(h.data[:2]) == "BM" && binary.LittleEndian.Uint32(h.data[6:]) == 0
}

// isGIF looks at the seven bytes behind the mark: sizes and flags, of which one at
// least is no letter.
func isGIF(h *head) bool {
	return begins("GIF87a", "GIF89a")(h) && isBinary(h.data[:min(len(h.data), 13)])
}

func isWindowsProgram(h *head) bool {
	return len(h.data) >= 64 && string(h.data[:2]) == "MZ" && isBinary(h.data)
}

// isTransportStream looks for the mark that stands every 188 bytes.
func isTransportStream(h *head) bool {
	return len(h.data) > 376 && h.data[0] == 'G' && h.data[188] == 'G' && h.data[376] == 'G' && isBinary(h.data)
}
