package source

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"dedupe/article"
	"dedupe/charset"
)

// A mail is an article: a newsletter, a release of an agency. Its sender is the outlet, its
// subject the headline. Of a mail with its text in several forms the plain one is read, unless
// it is far shorter than the other, as in newsletters that only say "see the web version".

// Bounds of a mail.
const (
	maxParts  = 100 // of one mail
	maxInner  = 8   // parts in parts
	mailShare = 4   // the plain text must have one byte for so many of the text of HTML
)

// readMbox makes each mail of a mailbox a record, its number that of its line.
func readMbox(f *file, yield func(Raw, *Reject) bool) bool {
	var mail []byte
	start, line, size := 1, 0, 0
	emit := func() bool {
		defer func() { mail, size = nil, 0 }()
		switch {
		case size == 0:
			return true
		case size > f.max:
			return yield(Raw{}, &Reject{Origin: f.origin(start), Reason: fmt.Sprintf("mail of %d bytes: the most is %d (max_record)", size, f.max), Head: beginningOf(mail)})
		}
		return yield(Raw{Origin: f.origin(start), Data: mail}, nil)
	}
	blank, long := true, false // the line before is empty; this one goes on from a full buffer
	for {
		part, err := f.r.ReadSlice('\n')
		if !long {
			line++
		}
		switch {
		case !long && blank && bytes.HasPrefix(part, []byte("From ")):
			if !emit() || f.ctx.Err() != nil {
				return false
			}
			start = line
		default:
			if !long && bytes.HasPrefix(bytes.TrimLeft(part, ">"), []byte("From ")) {
				part = bytes.TrimPrefix(part, []byte(">"))
			}
			if size += len(part); size <= f.max {
				mail = append(mail, part...)
			}
		}
		blank = !long && len(bytes.TrimSpace(part)) == 0
		long = len(part) > 0 && part[len(part)-1] != '\n'
		switch err {
		case nil:
		case io.EOF:
			return emit()
		default:
			if len(part) == 0 {
				return yield(Raw{}, f.readError(err, line))
			}
		}
	}
}

// decodeMail decodes a mail.
func decodeMail(d *Decoder, r Raw) (article.Article, *Reject) {
	d.begin()
	m, err := mail.ReadMessage(bytes.NewReader(r.Data))
	if err != nil {
		return article.Article{}, reject(r.Origin, "mail: %s", err)
	}
	parts := &mailParts{}
	parts.read(mailHeader(m.Header), m.Body, 0)
	body := parts.plain
	if html := PlainText(parts.html); body == "" || len(body)*mailShare < len(html) {
		body = html
	}
	if body == "" && parts.err != nil {
		return article.Article{}, reject(r.Origin, "mail: %s", parts.err)
	}
	outlet, address := header(m, "From"), ""
	if from, err := (&mail.AddressParser{WordDecoder: words}).Parse(m.Header.Get("From")); err == nil {
		_, address, _ = strings.Cut(from.Address, "@")
		if outlet = from.Name; outlet == "" {
			outlet = address
		}
	}
	for field, value := range map[int]string{
		fieldID: strings.Trim(header(m, "Message-Id"), "<> "), fieldOutlet: outlet, fieldTitle: header(m, "Subject"),
		fieldPublished: header(m, "Date"), fieldLanguage: header(m, "Content-Language"), fieldBody: body,
	} {
		d.values[field].text = value
	}
	return d.finish(r.Origin)
}

// words decodes the words of headers that are not ASCII.
var words = &mime.WordDecoder{CharsetReader: func(name string, in io.Reader) (io.Reader, error) {
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	text, _, err := charset.UTF8(data, "text/plain; charset="+name)
	return bytes.NewReader(text), err
}}

// header returns the first value of a header as UTF-8.
func header(m *mail.Message, name string) string {
	value := m.Header.Get(name)
	if text, err := words.DecodeHeader(value); err == nil {
		value = text
	}
	text, _, err := charset.UTF8([]byte(value), "")
	if err != nil {
		return strings.ToValidUTF8(value, "\ufffd")
	}
	return string(text)
}

// mailHeader is what mails and their parts have in common.
type mailHeader map[string][]string

func (h mailHeader) get(name string) string {
	if v := h[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// mailParts are the first texts of a mail.
type mailParts struct {
	plain, html string
	page        []byte // the bytes of html
	pageType    string
	parts       int
	err         error // the first that kept a text from being read
}

// read takes the texts from a part and from those that lie in it.
func (p *mailParts) read(h mailHeader, in io.Reader, depth int) {
	if p.parts++; p.parts > maxParts || depth > maxInner {
		return
	}
	kind, params, err := mime.ParseMediaType(h.get("Content-Type"))
	if err != nil {
		kind = "text/plain" // a mail of old, or one that is spoiled
	}
	if strings.HasPrefix(kind, "multipart/") {
		for r := multipart.NewReader(in, params["boundary"]); ; {
			part, err := r.NextRawPart()
			if err != nil {
				if err != io.EOF && p.err == nil {
					p.err = err
				}
				return
			}
			if disposition, _, _ := mime.ParseMediaType(part.Header.Get("Content-Disposition")); disposition != "attachment" {
				p.read(mailHeader(part.Header), part, depth+1)
			}
			if p.parts > maxParts {
				return
			}
		}
	}
	if kind == "message/rfc822" { // forwarded
		if m, err := mail.ReadMessage(in); err == nil {
			p.read(mailHeader(m.Header), m.Body, depth+1)
		}
		return
	}
	if kind != "text/plain" && kind != "text/html" || kind == "text/plain" && p.plain != "" || kind == "text/html" && p.html != "" {
		return
	}
	switch strings.ToLower(strings.TrimSpace(h.get("Content-Transfer-Encoding"))) {
	case "base64":
		in = base64.NewDecoder(base64.StdEncoding, in)
	case "quoted-printable":
		in = quotedprintable.NewReader(in)
	}
	data, err := io.ReadAll(in)
	if err != nil && len(data) == 0 {
		p.err = fmt.Errorf("part %d: %w", p.parts, err)
		return
	}
	text, _, err := charset.UTF8(data, h.get("Content-Type"))
	switch {
	case err != nil:
		p.err = err
	case kind == "text/html":
		p.html, p.page, p.pageType = string(text), data, h.get("Content-Type")
	default:
		p.plain = strings.ReplaceAll(string(text), "\r\n", "\n")
	}
}

// decodeMHTML decodes a page that a browser saved with its pictures, as a mail.
func decodeMHTML(d *Decoder, r Raw) (article.Article, *Reject) {
	m, err := mail.ReadMessage(bytes.NewReader(r.Data))
	if err != nil {
		return article.Article{}, reject(r.Origin, "saved page: %s", err)
	}
	parts := &mailParts{}
	parts.read(mailHeader(m.Header), m.Body, 0)
	if parts.page == nil {
		return article.Article{}, reject(r.Origin, "saved page without HTML")
	}
	r.Data, r.contentType, r.address = parts.page, parts.pageType, m.Header.Get("Snapshot-Content-Location")
	return decodeHTML(d, r)
}
