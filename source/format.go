package source

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"dedupe/article"
)

// A format is a kind of file: how to recognise it, how to cut it into records,
// how to decode one.
type format struct {
	// extensions of file names, without compression, in lower case
	extensions []string
	// sniff reports whether head, the first bytes of a file without byte order
	// mark, is of this format.
	sniff func(head []byte) bool
	// records cuts a file into records and hands them to yield; false means
	// stop.
	records func(f *file, yield func(Raw, *Reject) bool) bool
	decode  func(d *Decoder, r Raw) (article.Article, *Reject)
}

// formats are tried in order: content first, then name, and plain text, the
// last, for what has no name of another kind. init breaks the cycle from the
// table through its functions to the table.
var formats []*format

func init() {
	formats = []*format{
		{[]string{".jsonl", ".ndjson", ".json"}, looksJSONL, readLines, decodeJSON},
		{[]string{".txt", ".text", ""}, nil, readWhole, decodePage},
	}
}

// headSize is how many bytes of a file are looked at to tell its format.
const headSize = 4 << 10

// foreign are the extensions of text files that are no pages of text.
var foreign = []string{
	".csv", ".tsv", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".md", ".yaml", ".yml", ".toml", ".ini", ".sql", ".log",
	".py", ".go", ".js", ".css", ".sh", ".rtf", ".eml",
}

// binaries are the first bytes of files that people may hand over by mistake.
var binaries = []struct{ magic, name, hint string }{
	{"\xff\xfe\x00\x00", "UTF-32 text", "convert it to UTF-8 (iconv -f utf-32 -t utf-8)"},
	{"\xff\xfe", "UTF-16 text", "convert it to UTF-8 (iconv -f utf-16 -t utf-8)"},
	{"\xfe\xff", "UTF-16 text", "convert it to UTF-8 (iconv -f utf-16 -t utf-8)"},
	{"{\x00", "UTF-16 text", "convert it to UTF-8 (iconv -f utf-16le -t utf-8)"},
	{"\x00{", "UTF-16 text", "convert it to UTF-8 (iconv -f utf-16be -t utf-8)"},
	{"PK\x03\x04", "a zip archive", "unpack it first"},
	{"%PDF", "a PDF file", "turn it into text first"},
	{"SQLite format 3\x00", "an SQLite database", "export its articles as JSON lines"},
	{"PAR1", "a Parquet file", "export it as JSON lines"},
	{"BZh", "bzip2 data", "unpack it first"},
	{"\xfd7zXZ\x00", "xz data", "unpack it first"},
	{"\x1f\x8b", "gzip inside of compression", "unpack it once"},
	{"\x28\xb5\x2f\xfd", "zstd inside of compression", "unpack it once"},
}

// recognise returns the format of a file by its first bytes and its name, or
// why there is none.
func recognise(head []byte, name string) (*format, string) {
	for _, b := range binaries {
		if bytes.HasPrefix(head, []byte(b.magic)) {
			return nil, "is " + b.name + ": " + b.hint
		}
	}
	ext := extension(name)
	if why := wholeJSON(head, ext == ".jsonl" || ext == ".ndjson"); why != "" {
		return nil, why
	}
	for _, f := range formats {
		if f.sniff != nil && f.sniff(head) {
			return f, ""
		}
	}
	switch {
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return nil, "is a tar archive: unpack it first"
	case isBinary(head):
		return nil, "is a binary file"
	}
	for _, f := range formats {
		if slices.Contains(f.extensions, ext) {
			return f, ""
		}
	}
	if slices.Contains(foreign, ext) {
		return nil, "no format is known for " + ext + " files: give JSON lines or plain text"
	}
	return formats[len(formats)-1], ""
}

// extension returns the extension of a file name in lower case, without that
// of compression.
func extension(name string) string {
	name = strings.ToLower(filepath.Base(name))
	for _, c := range []string{".gz", ".gzip", ".zst", ".zstd"} {
		name = strings.TrimSuffix(name, c)
	}
	return filepath.Ext(name)
}

// isBinary reports whether head has bytes that no text in UTF-8 or a Latin
// code page has. Text in another code page is text, which is then rejected
// record by record for not being UTF-8.
func isBinary(head []byte) bool {
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1b {
			return true
		}
	}
	return false
}

// looksJSONL reports whether a file begins with a JSON object, or has a whole
// line that looks like one: the first line may be broken.
func looksJSONL(head []byte) bool {
	if bytes.HasPrefix(trimLeft(head), []byte("{")) {
		return true
	}
	for line := range bytes.Lines(head) {
		if line = bytes.TrimSpace(line); bytes.HasPrefix(line, []byte(`{"`)) && bytes.HasSuffix(line, []byte("}")) {
			return true
		}
	}
	return false
}

// wholeJSON returns what to do with a file that is one JSON value written over
// several lines, or one array of records; empty when head does not look so. In
// lines, a file whose name says JSON lines, the first may be broken, so that the
// second has to agree.
func wholeJSON(head []byte, lines bool) string {
	head = trimLeft(head)
	first, rest, several := bytes.Cut(head, []byte("\n"))
	first, rest = bytes.TrimSpace(first), trimLeft(rest)
	inner, isList := bytes.CutPrefix(head, []byte("["))
	switch {
	case isList && bytes.HasPrefix(trimLeft(inner), []byte("{")) && (!lines || string(first) == "["):
		return "is a JSON array: write one record a line (jq -c '.[]')"
	case several && string(first) == "{" && (bytes.HasPrefix(rest, []byte(`"`)) || !lines && !bytes.HasPrefix(rest, []byte("{"))):
		return "is a JSON object over several lines: write one record a line (jq -c .)"
	}
	return ""
}

func trimLeft(b []byte) []byte { return bytes.TrimLeft(b, " \t\r\n") }

// invalidUTF8 returns the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}
