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
// how to decode one. One without records is known, but not read: see foreign.
type format struct {
	name string // with its article: "an HTML page"
	// extensions of file names, without compression, in lower case
	extensions []string
	// sniff reports whether a file is of this format by its first bytes; nil where
	// only the name can tell.
	sniff func(h *head) bool
	// records cuts a file into records and hands them to yield; false means
	// stop. It is nil for what is not read.
	records func(f *file, yield func(Raw, *Reject) bool) bool
	decode  func(d *Decoder, r Raw) (article.Article, *Reject)
	// named is whether its records have fields with names, which Options.Fields maps.
	named bool
	// text is whether it may be in an encoding that is told by its content alone.
	text bool
	// advice says how to make a file that is not read into one that is: a
	// command, in which FILE is the file.
	advice string
}

// These are formats that code elsewhere names. formats are tried in order:
// by content what is foreign, then JSON; then all of them by name; what has
// a name of no other kind is a page. init breaks the cycle from the table through
// its functions to the table.
var (
	jsonStream, jsonLines, takenLines, pages, made, htmlPages, zips, tars *format
	formats                                                               []*format
)

func init() {
	jsonStream = &format{name: "JSON", sniff: looksJSON, records: readStream, decode: decodeJSON, named: true, text: true}
	jsonLines = &format{name: "JSON lines", extensions: []string{".jsonl", ".ndjson", ".json"}, sniff: looksJSONL, records: readLines, decode: decodeJSON, named: true, text: true}
	takenLines = &format{name: "lines of dedupe shard", sniff: looksTaken, records: readLines, decode: decodeTaken}
	pages = &format{name: "a page of text", extensions: []string{".txt", ".text", ""}, sniff: hasPageHead, records: readPage, decode: decodePage, text: true}
	htmlPages = find("an HTML page")
	zips, tars = find("a zip archive"), find("a tar archive")
	made = &format{name: "an article", decode: decodeMade}
	formats = append(slices.Clone(foreign), takenLines, jsonStream, jsonLines, pages)
}

// find returns a kind that foreign lists.
func find(name string) *format {
	return foreign[slices.IndexFunc(foreign, func(f *format) bool { return f.name == name })]
}

// headSize is how many bytes of a file are looked at to tell its format: a page
// may begin with a long comment, and a table with a long row.
const headSize = 32 << 10

// head is the beginning of a file.
type head struct {
	data  []byte // at most headSize bytes, without byte order mark
	text  []byte // data without blanks and further marks at its beginning
	whole bool   // there is no more of the file
	ext   string // extension of its name
}

// recognise returns the format of a file by its first bytes and its name, or
// why it is not read.
func recognise(data []byte, whole bool, name string) (*format, string) {
	h := &head{data: data, text: trimLeft(data), whole: whole, ext: extension(name)}
	for _, f := range formats {
		if f.sniff == nil || !f.sniff(h) {
			continue
		}
		if f.records == nil {
			return nil, "is " + f.name + ": " + f.advice
		}
		return f, ""
	}
	if isBinary(data) {
		return nil, "is a binary file"
	}
	for _, f := range formats {
		switch {
		case !slices.Contains(f.extensions, h.ext):
		case f.records == nil:
			return nil, "is " + f.name + " by its name: " + f.advice
		default:
			return f, ""
		}
	}
	if slices.Contains(otherNames, h.ext) {
		return nil, "no format is known for " + h.ext + " files: give JSON lines or plain text"
	}
	return pages, ""
}

// otherNames are the extensions of text files that are no pages of text.
var otherNames = []string{".ini", ".toml", ".log", ".go", ".css"}

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
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1b && c != separator {
			return true
		}
	}
	return false
}

// looksJSONL reports whether a file begins with a JSON object, or has a whole
// line that looks like one: the first line may be broken.
func looksJSONL(h *head) bool {
	if inner, ok := bytes.CutPrefix(h.text, []byte("{")); ok {
		if inner = trimLeft(inner); len(inner) == 0 || inner[0] == '"' || inner[0] == '}' {
			return true // "{Updated} Ferry aground" is a headline
		}
	}
	for line := range bytes.Lines(h.data) {
		if line = bytes.TrimSpace(trimLeft(line)); bytes.HasPrefix(line, []byte(`{"`)) && bytes.HasSuffix(line, []byte("}")) {
			return true
		}
	}
	return false
}

// byteOrderMark begins files, and what were files, of some programs.
var byteOrderMark = []byte("\xef\xbb\xbf")

// separator begins each record of a JSON text sequence (RFC 7464).
const separator = 0x1e

// trimLeft returns b without blanks, separators and byte order marks at its beginning.
func trimLeft(b []byte) []byte {
	for {
		b = bytes.TrimLeft(b, " \t\r\n\x1e")
		if !bytes.HasPrefix(b, byteOrderMark) {
			return b
		}
		b = b[len(byteOrderMark):]
	}
}

// trim returns b without blanks and byte order marks at its ends.
func trim(b []byte) []byte {
	for {
		n := len(b)
		if b = bytes.TrimSuffix(bytes.TrimSpace(trimLeft(b)), byteOrderMark); len(b) == n {
			return b
		}
	}
}

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
