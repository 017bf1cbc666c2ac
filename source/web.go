package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"dedupe/article"
	webpage "dedupe/page"
)

// Pages of HTML come as files, as responses of a server with their head, and in web archives:
//
//	WARC/1.0                                    of a crawl; WARC-Type says of what kind
//	WARC-Type: response
//	WARC-Target-URI: https://harbour.example/ferry
//	Content-Length: 5120
//
//	HTTP/1.1 200 OK                             the response as it came
//	Content-Type: text/html; charset=utf-8
//
//	<!doctype html>...
//
// Of a web archive are read the pages that a server gave (response), that were stored as they
// are (resource), and the texts of WET files (conversion). Other records, pictures and answers
// other than 200 are no articles, and are passed over. The date of a crawl is not that of an
// article: a page that has none is undated.
//
// nlnwa/gowarc reads such archives too. It holds a header of any length in memory and writes
// long records to the disk before they are looked at; here a record is held once, if it is
// within the bound.

// maxHeader bounds the header of a record, and the head of a response.
const maxHeader = 64 << 10

// decodeHTML decodes a page of HTML.
func decodeHTML(d *Decoder, r Raw) (article.Article, *Reject) {
	d.begin()
	data, err := unpackBody(r.Data, r.packed)
	if err != nil {
		return article.Article{}, reject(r.Origin, "%s", err)
	}
	a, err := webpage.Read(data, r.contentType, r.address)
	if errors.Is(err, webpage.ErrNoStory) {
		return article.Article{}, noStory(&r, err.Error())
	}
	if err != nil {
		return article.Article{}, reject(r.Origin, "%s", err)
	}
	if namesNoOutlet(&a) && r.address == "" {
		a.Outlet = folderOf(r.Origin.Path)
		d.remarkFolder(&r)
	}
	d.shorten(&a)
	a.Published = d.dated(a.Published)
	return a, d.warning(r.Origin)
}

// readHTML makes the file one record, a page.
func readHTML(f *file, yield func(Raw, *Reject) bool) bool {
	return readWhole(f, func(raw Raw, rej *Reject) bool {
		if dir := dirOf(f.path); rej == nil && f.path != "-" && !f.folders[dir] && !namesSite().Match(raw.Data) {
			f.folders[dir], raw.unnamed = true, true
		}
		return yield(raw, rej)
	})
}

// namesSite is what a page has that names its site.
var namesSite = pattern(`(?i)og:site_name|og:url|rel=["']?canonical|"publisher"|<title[^<]{1,300}( [|»•] |｜)`)

// readHTTP makes a response with its head a record.
func readHTTP(f *file, yield func(Raw, *Reject) bool) bool {
	return readWhole(f, func(raw Raw, rej *Reject) bool {
		if rej != nil {
			return yield(raw, rej)
		}
		status, err := response(&raw)
		switch {
		case err != nil:
			return yield(Raw{}, reject(raw.Origin, "%s", err))
		case status != 200 || !isPage(raw.contentType):
			return yield(Raw{}, reject(raw.Origin, "is an answer of a server, and no page: status %d, %.100q", status, raw.contentType))
		}
		return yield(raw, nil)
	})
}

// isPage reports whether a media type is that of HTML; empty is not known, and may be.
func isPage(contentType string) bool {
	kind, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	kind = strings.TrimSpace(kind)
	return kind == "" || kind == "text/html" || kind == "application/xhtml+xml"
}

// response takes the head off a record that is an answer of a server, and returns its status.
func response(raw *Raw) (status int, err error) {
	in := bufio.NewReader(bytes.NewReader(raw.Data[:min(len(raw.Data), maxHeader)]))
	line, err := in.ReadString('\n')
	fields := strings.Fields(line)
	if err != nil || len(fields) < 2 || !strings.HasPrefix(fields[0], "HTTP/") {
		return 0, errors.New("is no answer of a server: no status in its first line")
	}
	if status, err = strconv.Atoi(fields[1]); err != nil {
		return 0, fmt.Errorf("is no answer of a server: status %.20q", fields[1])
	}
	end, gap := bytes.Index(raw.Data, []byte("\r\n\r\n")), 4
	if short := bytes.Index(raw.Data, []byte("\n\n")); short >= 0 && (end < 0 || short < end) {
		end, gap = short, 2
	}
	if end < 0 || end > maxHeader {
		return status, fmt.Errorf("the head of the answer has no end within %d bytes", maxHeader)
	}
	head, _ := textproto.NewReader(in).ReadMIMEHeader() // what can be read of a broken one
	raw.contentType = head.Get("Content-Type")
	raw.packed = nil
	for _, list := range []string{head.Get("Content-Encoding"), head.Get("Transfer-Encoding")} {
		for name := range strings.SplitSeq(strings.ToLower(list), ",") {
			if name = strings.TrimSpace(name); name != "" && name != "identity" {
				raw.packed = append(raw.packed, name)
			}
		}
	}
	raw.Data = raw.Data[end+gap:]
	return status, nil
}

// maxBody bounds a page that is unpacked.
const maxBody = webpage.MaxSize

// unpackBody returns a body without the encodings of its transport, the last one first. Archives
// often keep the head of what they have unpacked: a body that is not packed is taken as it is.
func unpackBody(data []byte, packed []string) ([]byte, error) {
	for i := len(packed) - 1; i >= 0; i-- {
		var in io.Reader = bytes.NewReader(data)
		var err error
		switch name := packed[i]; {
		case name == "chunked":
			if whole, ok := joinChunks(data); ok {
				data = whole
			}
			continue
		case name == "gzip" || name == "x-gzip":
			if !bytes.HasPrefix(data, []byte("\x1f\x8b")) {
				continue
			}
			in, err = gzip.NewReader(in)
		case bytes.HasPrefix(bytes.TrimSpace(data), []byte("<")):
			continue
		case name == "deflate":
			if in, err = zlib.NewReader(in); err != nil { // some servers leave its head out
				in, err = flate.NewReader(bytes.NewReader(data)), nil
			}
		case name == "br":
			in = brotli.NewReader(in)
		case name == "zstd":
			if !bytes.HasPrefix(data, []byte("\x28\xb5\x2f\xfd")) {
				continue
			}
			var z *zstd.Decoder
			z, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
			if err == nil {
				defer z.Close()
				in = z
			}
		default:
			return nil, fmt.Errorf("packed as %.20q, which is not read", name)
		}
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", packed[i], err)
		}
		all, err := io.ReadAll(io.LimitReader(in, maxBody+1))
		switch {
		case len(all) > maxBody:
			return nil, fmt.Errorf("page that unpacks to more than %d bytes", maxBody)
		case err != nil && len(all) == 0:
			return nil, fmt.Errorf("unpack %s: %w", packed[i], err)
		}
		data = all // what there is of a body that is cut off
	}
	return data, nil
}

// joinChunks returns a body that was sent in chunks, each behind a line with its length, as far as
// it goes; false when it begins with no such line.
func joinChunks(data []byte) (whole []byte, ok bool) {
	for {
		line, _, found := bytes.Cut(data[:min(len(data), 256)], []byte("\n"))
		length, _, _ := bytes.Cut(bytes.TrimSpace(line), []byte(";"))
		size, err := strconv.ParseUint(string(length), 16, 31)
		if !found || err != nil || size == 0 {
			return whole, ok
		}
		rest := data[len(line)+1:]
		end := min(int(size), len(rest))
		whole, ok = append(whole, rest[:end]...), true
		data = bytes.TrimPrefix(bytes.TrimPrefix(rest[end:], []byte("\r")), []byte("\n"))
	}
}

// readWARC makes the pages of a web archive records; the number of one is that of its place
// among all records of the archive.
func readWARC(f *file, yield func(Raw, *Reject) bool) bool {
	for n := 1; ; n++ {
		head, err := warcHeader(f)
		if err == io.EOF {
			return true
		}
		if err != nil {
			var read *brokenRecord
			if !errors.As(err, &read) {
				return yield(Raw{}, f.readError(err, n))
			}
			if !yield(Raw{}, reject(f.origin(n), "%s: looking for the next record", err)) || !f.nextRecord() {
				return false
			}
			continue
		}
		size, err := strconv.ParseInt(head.Get("Content-Length"), 10, 64)
		if err != nil || size < 0 {
			if !yield(Raw{}, reject(f.origin(n), "web archive: length %.40q of the record: looking for the next one", head.Get("Content-Length"))) || !f.nextRecord() {
				return false
			}
			continue
		}
		raw, skip, rej := f.warcRecord(n, head, size)
		if rej != nil && !yield(Raw{}, rej) || raw.Data != nil && !yield(raw, nil) || f.ctx.Err() != nil {
			return false
		}
		if _, err := io.CopyN(io.Discard, f.r, skip); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			if f.packed == "" && err == io.ErrUnexpectedEOF {
				return yield(Raw{}, reject(f.origin(n), "the file ends within this record"))
			}
			return yield(Raw{}, f.readError(err, n))
		}
	}
}

// brokenRecord is what keeps a record from being read, but not those behind it.
type brokenRecord struct{ why string }

func (b *brokenRecord) Error() string { return "web archive: " + b.why }

// warcHeader reads the header of the record that comes next. io.EOF is the end of the archive.
func warcHeader(f *file) (textproto.MIMEHeader, error) {
	var header []byte
	for {
		line, err := f.r.ReadSlice('\n')
		switch {
		case err == io.EOF && len(header) == 0 && len(bytes.TrimSpace(line)) == 0:
			return nil, io.EOF
		case err == bufio.ErrBufferFull || len(header)+len(line) > maxHeader:
			return nil, &brokenRecord{fmt.Sprintf("a header of more than %d bytes", maxHeader)}
		case err == io.EOF:
			return nil, io.ErrUnexpectedEOF
		case err != nil:
			return nil, err
		}
		blank := len(bytes.TrimSpace(line)) == 0
		switch {
		case len(header) == 0 && blank: // between records
		case len(header) == 0 && !bytes.HasPrefix(line, []byte("WARC/")):
			return nil, &brokenRecord{"no record begins where one should"}
		case blank:
			_, fields, _ := bytes.Cut(header, []byte("\n"))
			head, _ := textproto.NewReader(bufio.NewReader(bytes.NewReader(append(fields, "\r\n"...)))).ReadMIMEHeader()
			return head, nil
		default:
			header = append(header, line...)
		}
	}
}

// nextRecord passes over lines up to one that begins a record.
func (f *file) nextRecord() bool {
	for {
		if begin, _ := f.r.Peek(7); string(begin) == "WARC/1." {
			return true
		}
		if _, err := f.r.ReadSlice('\n'); err != nil && err != bufio.ErrBufferFull || f.ctx.Err() != nil {
			return err == io.EOF // the end is found where the next record is looked for
		}
	}
}

// warcRecord reads a record of so many bytes if it is wanted, and returns how many of them were
// left unread. Raw has no data when the record is no article.
func (f *file) warcRecord(n int, head textproto.MIMEHeader, size int64) (raw Raw, unread int64, rej *Reject) {
	kind := strings.ToLower(head.Get("WARC-Type"))
	contentType := strings.ToLower(head.Get("Content-Type"))
	switch {
	case kind == "response" && strings.HasPrefix(contentType, "application/http"):
	case kind == "resource" && isPage(contentType) && contentType != "":
	case kind == "conversion" && strings.HasPrefix(contentType, "text/plain"):
	default:
		return raw, size, nil
	}
	if kind == "response" {
		// A film need not be held to be passed over.
		begin, _ := f.r.Peek(int(min(size, 4<<10)))
		peek := Raw{Data: begin}
		if status, err := response(&peek); err == nil && (status != 200 || !isPage(peek.contentType)) {
			return raw, size, nil
		}
	}
	if size > int64(f.max) {
		begin, _ := f.r.Peek(int(min(size, 4<<10)))
		return raw, size, tooLong(f.origin(n), size, f.max, begin)
	}
	raw = Raw{Origin: f.origin(n), Data: make([]byte, size), address: strings.Trim(head.Get("WARC-Target-URI"), "<> "), format: htmlPages, archive: true}
	got, err := io.ReadFull(f.r, raw.Data)
	if err != nil {
		return Raw{}, size - int64(got), nil // the caller meets the end again
	}
	switch kind {
	case "response":
		status, err := response(&raw)
		if err != nil {
			return Raw{}, 0, reject(f.origin(n), "%s", err)
		}
		if status != 200 || !isPage(raw.contentType) {
			return Raw{}, 0, nil
		}
	case "resource":
		raw.contentType = head.Get("Content-Type")
	default:
		raw.format = pages
	}
	return raw, 0, nil
}
