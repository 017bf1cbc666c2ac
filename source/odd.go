package source

import (
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// A field often holds no string: content systems, crawlers and exports of
// databases have lists and objects where our record has a name:
//
//	"authors": [{"name": "Ann Lee"}, null]      JSON Feed
//	"headline": {"main": "Ferry aground"}       NYT
//	"title": {"rendered": "Ferry aground"}      WordPress
//	"published": {"$date": "2026-04-06"}        MongoDB
//
// What can be read of such a value is read. The rest is left out with a remark,
// and never costs the record.

// inObjects are, for each field, the names under which objects hold what is
// wanted. The first one with a value counts. Those of anyObject come after them.
var inObjects = [numFields]map[string]int{
	fieldID:        ranks("$oid id @id uri guid"),
	fieldOutlet:    ranks("name title legalName displayName alternateName domain host hostname url href @id id"),
	fieldURL:       ranks("url href canonical link loc @id id uri"),
	fieldTitle:     ranks("main basic headline title default full long short name"),
	fieldByline:    ranks("original name display_name displayName full_name fullName byline person authors"),
	fieldPublished: ranks("$date iso iso8601 datetime dateTime date published utc timestamp seconds _seconds unix $numberLong date-parts"),
	fieldLanguage:  ranks("code tag iso locale language alternateName name id"),
	fieldBody:      ranks("articleBody body html plain paragraphs root blocks children data items"),
}

const anyObject = "@value #text _ $t _text __text #cdata $ rendered raw value text content $numberInt $numberDouble " +
	"@list @set node nodes edges items data attributes fields"

func ranks(names string) map[string]int {
	m := map[string]int{}
	for name := range strings.FieldsSeq(names + " " + anyObject) {
		m[name] = len(m) + 1
	}
	return m
}

// partsOfName are what objects have for the name of a person in parts.
var partsOfName = [2]map[string]bool{
	nameSet("given givenName given_name first firstName firstname first_name"),
	nameSet("family familyName family_name last lastName lastname last_name surname"),
}

// between is put between the values of a list. The other fields take the first.
var between = [numFields]string{fieldTitle: " ", fieldByline: ", ", fieldBody: "\n\n"}

// numeric are the fields in which a number is as good as a string.
var numeric = [numFields]bool{fieldID: true, fieldOutlet: true, fieldTitle: true, fieldPublished: true}

// texts are the fields that objects can have in several languages.
var texts = [numFields]bool{fieldOutlet: true, fieldTitle: true, fieldBody: true}

// isLanguage reports whether s is a language's tag: en, pt-BR. Of the names that
// look so, "id" is Indonesian and hardly ever means it.
func isLanguage(s string) bool {
	lower := func(c byte) bool { return c >= 'a' && c <= 'z' }
	return len(s) >= 2 && lower(s[0]) && lower(s[1]) && (len(s) == 2 || len(s) == 5 && (s[2] == '-' || s[2] == '_')) && s != "id"
}

func isIndex(s string) bool {
	return s != "" && len(s) < 6 && strings.Trim(s, "0123456789") == ""
}

// odd reads a value of any kind for a field; it is empty when nothing can be
// read.
func (d *Decoder) odd(field int) (string, error) {
	if d.json.StackDepth() >= maxNesting {
		return "", errTooDeep
	}
	switch kind := d.json.PeekKind(); {
	case kind == '"':
		return d.text()
	case kind == '[':
		return d.oddList(field)
	case kind == '{':
		return d.oddObject(field)
	case kind == '0' && numeric[field]:
		number, err := d.json.ReadValue()
		return string(number), err
	default:
		err := d.json.SkipValue()
		if err == nil && kind != 'n' {
			d.leaveOut(kindNames[kind])
		}
		return "", err
	}
}

var kindNames = map[jsontext.Kind]string{'{': "an object without a text that is known", 't': "true", 'f': "false", '0': "a number"}

// leaveOut notes that the value that was just read could not be used.
func (d *Decoder) leaveOut(what string) {
	if len(d.remarks) > maxRemarks {
		return // its place need not be told
	}
	d.remark("field %s is %s: left out", d.place(), what)
}

// place returns the names that lead to the value just read: "authors.0.name".
func (d *Decoder) place() string {
	return shorten(strings.ReplaceAll(string(d.json.StackPointer()[1:]), "/", "."), 100)
}

// oddList reads the values of a list.
func (d *Decoder) oddList(field int) (string, error) {
	if _, err := d.json.ReadToken(); err != nil {
		return "", err
	}
	var all []byte
	var clock [6]string // of a date that is a list of numbers
	values, numbers := 0, 0
	for d.json.PeekKind() != ']' {
		number := field == fieldPublished && d.json.PeekKind() == '0'
		s, err := d.odd(field)
		if err != nil {
			return "", err
		}
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if number && numbers == values {
			if numbers < len(clock) {
				clock[numbers] = s
			}
			numbers++
		}
		if values++; values > 1 && between[field] == "" {
			continue
		}
		if values > 1 {
			all = append(all, between[field]...)
		}
		all = append(all, s...)
	}
	_, err := d.json.ReadToken()
	if numbers == values && numbers > 2 && len(clock[0]) == 4 {
		return dateOf(clock), err
	}
	if values > 1 && between[field] == "" {
		d.remark("field %s has %d values: the first is taken", d.place(), values)
	}
	return string(all), err
}

// dateOf writes a date that is a list of numbers, as Java and Python have it: year, month,
// day, and the time of day if there is one.
func dateOf(n [6]string) string {
	for i := range n {
		if i > 0 && len(n[i]) < 2 {
			n[i] = ("00" + n[i])[len(n[i]):]
		}
	}
	return n[0] + "-" + n[1] + "-" + n[2] + "T" + n[3] + ":" + n[4] + ":" + n[5]
}

// oddObject reads the value of an object that says most of what is wanted.
func (d *Decoder) oddObject(field int) (string, error) {
	if _, err := d.json.ReadToken(); err != nil {
		return "", err
	}
	best, rank, empty := "", 0, true
	var parts [2]string // of a person's name
	var numbered []byte // the values of a list that was written as an object
	known := len(d.remarks)
	for d.json.PeekKind() == '"' {
		quoted, err := d.json.ReadValue()
		if err != nil {
			return "", err
		}
		empty = false
		name := string(unquote(nil, quoted))
		r := inObjects[field][name]
		part := -1
		if field == fieldByline {
			for i, names := range partsOfName {
				if names[name] && d.json.PeekKind() == '"' {
					part = i
				}
			}
		}
		if r == 0 && texts[field] && isLanguage(name) {
			r = len(inObjects[field]) + 1 // {"en": "Ferry aground"}; the first of several
		}
		switch {
		case part >= 0:
			parts[part], err = d.text()
		case isIndex(name):
			s, e := d.odd(field)
			if err = e; strings.TrimSpace(s) != "" && (len(numbered) == 0 || between[field] != "") {
				if len(numbered) > 0 {
					numbered = append(numbered, between[field]...)
				}
				numbered = append(numbered, s...)
			}
		case r > 0 && (rank == 0 || r < rank):
			s, e := d.odd(field)
			if err = e; strings.TrimSpace(s) != "" {
				best, rank = s, r
			}
		default:
			err = d.skip()
		}
		if err != nil {
			return "", err
		}
	}
	if _, err := d.json.ReadToken(); err != nil {
		return "", err
	}
	if best == "" {
		best = string(numbered)
	}
	if best == "" {
		best = strings.TrimSpace(parts[0] + " " + parts[1])
	}
	switch {
	case best != "":
		d.remarks = d.remarks[:known] // a name that did not fit was not needed
	case !empty && len(d.remarks) == known:
		d.leaveOut(kindNames['{'])
	}
	return best, nil
}

// maxRemarks bounds the remarks on a record.
const maxRemarks = 5

// remark notes what is to be said of a record that is taken all the same.
func (d *Decoder) remark(format string, args ...any) {
	switch len(d.remarks) {
	case maxRemarks:
		d.remarks = append(d.remarks, "and more like this")
	case maxRemarks + 1:
	default:
		d.remarks = append(d.remarks, fmt.Sprintf(format, args...))
	}
}
