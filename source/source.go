// Package source reads articles from files: it finds the files, tells their
// format by their content, cuts them into records and decodes the records.
//
// Reading and decoding are apart. Read is sequential, as disks and
// decompression are, and only finds where a record begins and ends: over
// 1 GB/s. Decoding is the costly part, needs nothing but the record, and is
// done by as many goroutines as the caller has, each with its own Decoder:
//
//	dec, err := source.NewDecoder(opt)
//	for raw, reject := range source.Read(ctx, paths, os.Stdin, opt) {
//		if reject != nil { ... }            // a record or file that cannot be read
//		a, reject := raw.Decode(dec)        // may run elsewhere
//		if reject != nil && !reject.Kept { ... }
//	}
//
// Nothing is dropped silently: whatever does not become an article comes out as
// a Reject that says where and why, and reading goes on.
//
// JSON is read by jsontext, the coming encoding/json/v2, because it alone of the
// fast libraries refuses duplicate keys, bounds the depth, and tells the offset
// of an error: 6 us for an article of 3.4 kB, where encoding/json takes 25 us and
// sees no duplicates, and goccy/go-json and fastjson 2 us without such checks.
//
// All input is hostile. No file is held beyond one record, whatever it unpacks to:
// memory is bounded by twice MaxRecord and a block of 256 kB a record in use. Depth of
// JSON is bounded by maxNesting, that of folders by maxDepth.
//
// JSON is read line by line where each has a record, otherwise value by value (stream.go). The
// records of a JSON file are held back until one has a body, so that a file in which none has is
// one reject that says what to do; a Survey says what the names of fields are taken for (survey.go).
//
// A format is one file here, with a line in formats. Files of other kinds are known by
// their content too, with a line each in foreign; those that have no reader are refused with the
// command that converts them.
//
// What is stored is plain text: see PlainText. What is odd in a record, and does not
// keep it from being read, is a remark: see Reject.Kept.
package source

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"strings"
	"sync/atomic"
	"time"

	"dedupe/article"
)

// Options say how input is read. The zero value reads the record of the README.
type Options struct {
	// Fields maps our names of fields (id, outlet, url, title, byline,
	// published, language, body) to the names they have in JSON input. The
	// names are tried in order and the first one with a value is taken. A name
	// with dots leads into nested objects: "source.name". Fields that are not
	// named here keep their names in DefaultFields.
	Fields map[string][]string

	// Dates is how a date is read that can be read two ways, as 06/04/2026 can: DayFirst or
	// MonthFirst; with all else it counts as none.
	Dates string

	// Source is the name that config.yaml has for where the records come from; Outlet and Language
	// are those of all its records, whatever they say. With an empty Source all three are not used,
	// and records are read as the Decoder's own Options say.
	Source, Outlet, Language string

	// MaxRecord is the most bytes that one record, or one page, may have; 0
	// means DefaultMaxRecord. A longer one is rejected without being held.
	MaxRecord int

	// FirstSeen is the time of this run. Dates more than a day later are
	// reported. The zero time reports none.
	FirstSeen time.Time

	// Own are paths of files that are no input though they may lie in a folder of
	// it, as a database does. They are read only where they are named themselves.
	Own []string

	// Refused, if not nil, is called with what a file has that is refused because none of its
	// records has a body.
	Refused func(*Survey)

	// Progress, if not nil, counts while Read runs.
	Progress *Progress
}

// DefaultMaxRecord is Options.MaxRecord where that is 0.
const DefaultMaxRecord = 16 << 20

func (o *Options) maxRecord() int {
	if o.MaxRecord <= 0 {
		return DefaultMaxRecord
	}
	return o.MaxRecord
}

// Progress counts what has been read. It may be looked at from another
// goroutine. See Size for the total.
type Progress struct {
	files, bytes atomic.Int64
}

// Files returns the number of files opened so far.
func (p *Progress) Files() int64 { return p.files.Load() }

// Bytes returns the number of bytes read so far, as they lie on the disk.
func (p *Progress) Bytes() int64 { return p.bytes.Load() }

// Reject says what could not be taken as an article, and why.
type Reject struct {
	Origin article.Origin
	Reason string // what is wrong, and where it helps what to do
	Kept   bool   // a warning: the article was taken all the same
	Passed bool   // a page of a web archive without a story, such as that of a section: nothing is wrong with it
	Head   string // the beginning of the record; empty where there is none
}

// Error returns "path:line: reason".
func (r *Reject) Error() string {
	if r.Origin.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", r.Origin.Path, r.Origin.Line, r.Reason)
	}
	return r.Origin.Path + ": " + r.Reason
}

// noStory rejects a page that has none.
func noStory(r *Raw, reason string) *Reject {
	return &Reject{Origin: r.Origin, Reason: reason, Passed: r.archive}
}

func reject(o article.Origin, format string, args ...any) *Reject {
	return &Reject{Origin: o, Reason: fmt.Sprintf(format, args...)}
}

// tooLong rejects a record, of which the beginning is there, for its size.
func tooLong(o article.Origin, size int64, most int, begin []byte) *Reject {
	return &Reject{Origin: o, Reason: fmt.Sprintf("record of %d bytes: the most is %d (max_record)", size, most), Head: beginningOf(begin)}
}

// beginningOf returns Reject.Head of a record.
func beginningOf(data []byte) string {
	return shorten(strings.ToValidUTF8(string(bytes.TrimSpace(data[:min(len(data), 2*maxRejectHead)])), "\ufffd"), maxRejectHead)
}

// reason returns what went wrong without the path, which Origin has already.
func reason(err error) string {
	if p, ok := err.(*fs.PathError); ok {
		err = p.Err
	}
	return err.Error()
}

// maxRejectHead bounds Reject.Head in bytes.
const maxRejectHead = 400

// Raw is one record, found but not decoded yet.
type Raw struct {
	Origin article.Origin
	// Data is the record. It is never written again, but shares a block of
	// 256 kB with its neighbours: a Raw that is kept keeps them.
	Data    []byte
	format  *format
	reading *reading // nil: the decoder's own
	unnamed bool     // the first page of its folder that names no outlet: it is said once
	archive bool     // it was found in a web archive

	address, contentType string   // where a page was, and what its server said that it is; may be empty
	packed               []string // how its server packed it, the last one outermost
}

// Size returns how many bytes of a batch the record takes: its own, and for a page of HTML four
// times as many, for the tree that is made of it and what is left behind.
func (r *Raw) Size() int {
	if r.format == htmlPages || r.contentType != "" {
		return 4 * len(r.Data)
	}
	return len(r.Data)
}

// Decode decodes the record, to be called with a Decoder that no other
// goroutine uses at the time. The article shares no memory with the record,
// and each of its strings is its own, so that keeping an ID keeps no body. A
// reject with Kept is a warning about an article that is good.
func (r Raw) Decode(d *Decoder) (article.Article, *Reject) {
	d.reading = cmp.Or(r.reading, d.own)
	a, reject := r.format.decode(d, r)
	if reject != nil {
		reject.Head = beginningOf(r.Data)
	}
	a.Outlet, a.Language = cmp.Or(d.outlet, a.Outlet), cmp.Or(d.language, a.Language)
	return a, reject
}
