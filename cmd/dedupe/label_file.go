package main

import (
	"bufio"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"dedupe/article"
	"dedupe/report"
)

// label is a decision in a file.
type label struct {
	report.Label
	line int
}

func (l *label) nameA() string { return firstOf(l.A, l.KeyA) }
func (l *label) nameB() string { return firstOf(l.B, l.KeyB) }

func firstOf(names ...string) string {
	for _, name := range names {
		if name != "" {
			return name
		}
	}
	return ""
}

// readLabels reads decisions as JSON lines, or as CSV where the first character
// is no brace. Records that cannot be read are rejected.
func readLabels(r io.Reader, path string) (list []label, rejects []report.Reject, err error) {
	return readPairs(r, path, checkDecision)
}

// readPairs reads pairs of articles, with whatever else stands in a file of
// decisions; check says what is wrong with that.
func readPairs(r io.Reader, path string, check func(*report.Label) error) (list []label, rejects []report.Reject, err error) {
	given := newGivenFile(r, path)
	in := bufio.NewReader(given)
	blank := 0 // lines before the first
	reject := func(line int, reason error) { given.reject(blank+line, reason.Error()) }
	take := func(line int, l report.Label) {
		err := checkPair(&l)
		if err == nil {
			err = check(&l)
		}
		if err != nil {
			reject(line, err)
			return
		}
		list = append(list, label{l, blank + line})
	}
	for {
		head, err := in.Peek(1)
		if err == io.EOF {
			return nil, given.rejects, nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", path, err)
		}
		if head[0] == '{' {
			break
		}
		if !strings.ContainsRune(" \t\r\n", rune(head[0])) {
			err := readLabelRows(in, take, reject)
			if err != nil {
				err = fmt.Errorf("read %s: %w", path, err)
			}
			return list, given.rejects, err
		}
		if head[0] == '\n' {
			blank++
		}
		_, _ = in.Discard(1)
	}
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, maxLine+2) // longer ones do not come
	line := 0
	for scanner.Scan() {
		line++
		data := strings.TrimSpace(scanner.Text())
		if data == "" {
			continue
		}
		var l report.Label
		if err := json.Unmarshal([]byte(data), &l); err != nil {
			reject(line, err)
			continue
		}
		take(line, l)
	}
	if err := scanner.Err(); err != nil {
		return nil, nil, fmt.Errorf("read %s:%d: %w", path, blank+line+1, err)
	}
	return list, given.rejects, nil
}

func readLabelRows(r io.Reader, take func(int, report.Label), reject func(int, error)) error {
	c := csv.NewReader(r)
	c.ReuseRecord = true
	header, err := c.Read()
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, name := range header {
		at[strings.TrimPrefix(name, "\ufeff")] = i
	}
	_, articles := at["article_a"]
	if _, keys := at["key_a"]; !articles && !keys {
		return errors.New(`want JSON lines, or CSV with the columns "decision", and "article_a" and "article_b" or "key_a" and "key_b"`)
	}
	c.FieldsPerRecord = len(header)
	for {
		row, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if bad := new(csv.ParseError); errors.As(err, &bad) {
			if errors.Is(err, csv.ErrFieldCount) {
				reject(bad.Line, bad.Err)
				continue
			}
			// What follows a broken quote is anybody's guess.
			reject(bad.StartLine, fmt.Errorf("%w; this record and all that follows was not read", bad.Err))
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := c.FieldPos(0)
		get := func(name string) string {
			if i, ok := at[name]; ok {
				return report.Uncell(strings.Clone(row[i]))
			}
			return ""
		}
		l := report.Label{A: get("article_a"), OutletA: get("outlet_a"), B: get("article_b"), OutletB: get("outlet_b"),
			Decision: get("decision"), Note: get("note"), KeyA: get("key_a"), KeyB: get("key_b")}
		if s := get("decided"); s != "" {
			if l.Decided, err = time.Parse(time.RFC3339, s); err != nil {
				reject(line, fmt.Errorf("decided %q is no time like 2026-03-02T08:00:00Z", s))
				continue
			}
		}
		take(line, l)
	}
}

// checkPair says what is wrong with the two articles of a record.
func checkPair(l *report.Label) error {
	for _, side := range []struct{ article, key, name string }{{l.A, l.KeyA, "a"}, {l.B, l.KeyB, "b"}} {
		if _, ok := parseKey(side.key); side.key != "" && !ok {
			return fmt.Errorf("key_%s %q is not 32 hexadecimal digits", side.name, side.key)
		}
		if side.key == "" && side.article == "" {
			return fmt.Errorf("article_%s and key_%s are empty", side.name, side.name)
		}
	}
	return nil
}

// checkDecision says what is wrong with the rest of a record, or brings it into
// the form that is stored.
func checkDecision(l *report.Label) error {
	switch {
	case l.Decision != labelSame && l.Decision != labelDifferent:
		return fmt.Errorf("decision %q is not allowed; want same or different", l.Decision)
	case len(l.Note) > maxNote:
		return fmt.Errorf("the note is longer than %d bytes", maxNote)
	case !utf8.ValidString(l.A + l.OutletA + l.B + l.OutletB + l.Note):
		return errors.New("not UTF-8")
	case l.Decided.Year() < 0 || l.Decided.Year() > 9999:
		return fmt.Errorf("decided in the year %d", l.Decided.Year())
	}
	l.Decided = l.Decided.UTC().Truncate(time.Second)
	return nil
}

// parseKey reads the key of an article as its String writes it.
func parseKey(s string) (key article.Key, ok bool) {
	if len(s) != 2*len(key) {
		return key, false
	}
	_, err := hex.Decode(key[:], []byte(s))
	return key, err == nil
}
