package evaluate

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

func (t *taker) lines(r io.Reader, take func(line []byte) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 1<<16), maxLine)
	n := 0
	for s.Scan() {
		n++
		line := bytes.TrimSuffix(s.Bytes(), []byte("\r"))
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := take(line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		t.number(n)
	}
	if err := s.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("line %d: longer than %d bytes", n+1, maxLine)
	} else if err != nil {
		return fmt.Errorf("line %d: %w", n+1, err)
	}
	return nil
}

// number notes the line of what was just taken.
func (t *taker) number(line int) {
	if n := len(t.copies); n > 0 && t.copies[n-1].line == 0 {
		t.copies[n-1].line = line
	}
}

func (t *taker) tabs(line []byte) error {
	t.tabbed = true
	return t.fields(strings.Split(string(line), "\t"))
}

func (t *taker) csv(r io.Reader) error {
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	for {
		fields, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err // names the line
		}
		line, _ := c.FieldPos(0)
		if err := t.fields(fields); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		t.number(line)
	}
}

// fields takes a row of a table; the first is the header.
func (t *taker) fields(values []string) error {
	var r row
	if t.header == nil {
		t.header = slices.Repeat([]int{-1}, len(values))
		for i, name := range values {
			name = strings.ToLower(strings.TrimSpace(name))
			for c, column := range columns {
				if slices.Contains(column, name) && !slices.Contains(t.header, c) {
					t.header[i] = c
					r[c] = name
				}
			}
		}
		switch {
		case r.form() != 0:
			return nil
		case !t.bare(values):
			return fmt.Errorf("the header has %q: want id and cluster, or id1, id2 and label", values)
		}
		t.header, r = []int{colArticle, colStory, colKind}[:len(values)], row{}
	}
	for i, c := range t.header {
		if c < 0 {
			continue
		}
		if i >= len(values) {
			return fmt.Errorf("%d fields, but the header has %d", len(values), len(t.header))
		}
		r[c] = strings.Clone(strings.TrimSpace(values[i]))
	}
	return t.take(r)
}

// bare reports whether the first line of a table is a row already: tabs part an
// article and its cluster, and perhaps a kind, and nothing in it is the name of
// a column or a label of pairs.
func (t *taker) bare(values []string) bool {
	return t.tabbed && (len(values) == 2 || len(values) == 3 && labels[values[2]] == unknown) &&
		!slices.ContainsFunc(t.header, func(c int) bool { return c >= 0 })
}

func (t *taker) json(line []byte) error {
	var values map[string]any
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber() // an id of many digits keeps them
	if err := decoder.Decode(&values); err != nil {
		return fmt.Errorf("no JSON record: %w", err)
	}
	var r row
	for c, names := range columns {
		at := slices.IndexFunc(names, func(name string) bool { return values[name] != nil })
		if at < 0 {
			continue
		}
		switch v := values[names[at]].(type) {
		case string:
			r[c] = strings.TrimSpace(v)
		case json.Number:
			r[c] = v.String()
		default:
			return fmt.Errorf("%s is neither a string nor a number", names[at])
		}
	}
	_, known := values["cluster"]
	if r.form() == 0 && !(known && r[colArticle] != "") {
		return errors.New("want id and cluster, or id1, id2 and label")
	}
	return t.take(r)
}
