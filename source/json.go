package source

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"dedupe/article"
)

// maxNesting bounds how deep the values of a record are nested.
const maxNesting = 128

// input is what a jsontext.Decoder reads: it takes the bytes of a bytes.Buffer
// as they are, without a copy.
type input = bytes.Buffer

// errTooDeep stops the decoding of a record.
var errTooDeep = errors.New("nested too deep")

// decodeJSON decodes a record that is one JSON object.
func decodeJSON(d *Decoder, r Raw) (article.Article, *Reject) {
	d.begin()
	// The buffer only lends its bytes; nothing is written to it.
	d.input = *bytes.NewBuffer(r.Data)
	d.json.Reset(&d.input)
	if !bytes.HasPrefix(r.Data, []byte("{")) {
		return article.Article{}, reject(r.Origin, "is no JSON object")
	}
	err := d.object(d.root)
	if err == nil {
		if _, err = d.json.ReadToken(); err == io.EOF {
			return d.finish(r.Origin)
		}
		if err == nil {
			return article.Article{}, reject(r.Origin, "more text follows the JSON object")
		}
	}
	return article.Article{}, d.explain(r, err)
}

// object reads an object of which n names the fields that are wanted.
func (d *Decoder) object(n *nameNode) error {
	if _, err := d.json.ReadToken(); err != nil {
		return err
	}
	for d.json.PeekKind() == '"' {
		name, err := d.json.ReadValue()
		if err != nil {
			return err
		}
		d.scratch = unquote(d.scratch[:0], name)
		child := n.children[string(d.scratch)]
		if child == nil {
			err = d.skip()
		} else {
			err = d.field(child)
		}
		if err != nil {
			return err
		}
	}
	_, err := d.json.ReadToken() // the closing brace, or what is wrong
	return err
}

// field reads the value of a wanted name.
func (d *Decoder) field(n *nameNode) error {
	kind := d.json.PeekKind()
	switch {
	case kind == '{' && n.children != nil:
		return d.object(n)
	case len(n.uses) == 0 || kind == 'n' || kind == 0:
		return d.skip()
	case kind == '"':
		s, err := d.text()
		d.set(n, s)
		return err
	}
	s, err := d.odd(n.uses[0].field)
	d.set(n, s)
	return err
}

// text reads a string. It is the one allocation of a field.
func (d *Decoder) text() (string, error) {
	quoted, err := d.json.ReadValue()
	if err != nil {
		return "", err
	}
	if bytes.IndexByte(quoted, '\\') < 0 {
		return string(quoted[1 : len(quoted)-1]), nil
	}
	d.scratch = unquote(d.scratch[:0], quoted)
	return string(d.scratch), nil
}

// skip reads a value that is not wanted.
func (d *Decoder) skip() error {
	if k := d.json.PeekKind(); k != '{' && k != '[' {
		return d.json.SkipValue()
	}
	depth := d.json.StackDepth()
	for {
		if _, err := d.json.ReadToken(); err != nil {
			return err
		}
		switch now := d.json.StackDepth(); {
		case now > maxNesting:
			return errTooDeep
		case now <= depth:
			return nil
		}
	}
}

// explain turns an error of decoding into a reject that says where it is.
func (d *Decoder) explain(r Raw, err error) *Reject {
	d.begin()
	var syntax *jsontext.SyntacticError
	at := invalidUTF8(r.Data)
	switch {
	case errors.Is(err, errTooDeep):
		return reject(r.Origin, "nested deeper than %d at byte %d", maxNesting, d.json.InputOffset())
	case errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &syntax):
		return reject(r.Origin, "duplicate key %q at byte %d", syntax.JSONPointer.LastToken(), syntax.ByteOffset)
	case at >= 0:
		return reject(r.Origin, "invalid UTF-8 at byte %d", at)
	case errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF:
		return reject(r.Origin, "broken JSON: the record is cut off at byte %d", len(r.Data))
	case errors.As(err, &syntax):
		where := ""
		if syntax.JSONPointer != "" {
			where = " in " + string(syntax.JSONPointer)
		}
		if word := noJSON(r.Data, int(syntax.ByteOffset)); word != "" {
			return reject(r.Origin, "broken JSON at byte %d%s: %s is no value of JSON: write null, or leave the field out", syntax.ByteOffset, where, word)
		}
		return reject(r.Origin, "broken JSON at byte %d%s: %s", syntax.ByteOffset, where, syntax.Err)
	}
	return reject(r.Origin, "broken JSON: %s", err)
}

// noJSON returns the word at data[at:], or empty when it is none of those that
// programs write for a value that JSON does not have.
func noJSON(data []byte, at int) string {
	sign := ""
	if at > 0 && at < len(data) && data[at-1] == '-' {
		sign = "-" // the fault is behind it
	}
	if at > 0 && at < len(data) && data[at-1] == 'n' && data[at] == 'a' {
		at-- // nan begins as null does
	}
	for _, word := range []string{"NaN", "Infinity", "-Infinity", "nan", "NAN", "inf", "-inf", "undefined", "None", "True", "False"} {
		if at <= len(data) && bytes.HasPrefix(data[at:], []byte(word)) {
			return sign + word
		}
	}
	return ""
}
