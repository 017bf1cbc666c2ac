package report

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"dedupe/article"
	"dedupe/source"
)

// The words of a Decision.
const (
	Same      = "same"
	Different = "different"
)

// MaxNote bounds a note on a decision, in bytes.
const MaxNote = 2000

// GivenLabel is a record of a file of decisions, or of pairs.
type GivenLabel struct {
	Label
	Line int // from 1
}

// ReadLabels reads decisions as JSON lines, or as CSV where the first character
// is no brace. Records that cannot be read are rejected; path is what they call the
// file, which source.Given bounds.
func ReadLabels(r io.Reader, path string) (list []GivenLabel, rejects []Reject, err error) {
	return readPairs(r, path, checkDecision)
}

// ReadPairs is ReadLabels for pairs of articles, with whatever else stands in a file of
// decisions.
func ReadPairs(r io.Reader, path string) (list []GivenLabel, rejects []Reject, err error) {
	return readPairs(r, path, func(*Label) error { return nil })
}

func readPairs(r io.Reader, path string, check func(*Label) error) (list []GivenLabel, rejects []Reject, err error) {
	given := source.NewGiven(r, path)
	in := bufio.NewReader(given)
	blank := 0 // lines before the first
	reject := func(line int, reason error) { given.Reject(blank+line, reason.Error()) }
	take := func(line int, l Label) {
		err := checkPair(&l)
		if err == nil {
			err = check(&l)
		}
		if err != nil {
			reject(line, err)
			return
		}
		list = append(list, GivenLabel{l, blank + line})
	}
	for {
		head, err := in.Peek(1)
		if err == io.EOF {
			return nil, NewRejects(given), nil
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
			return list, NewRejects(given), err
		}
		if head[0] == '\n' {
			blank++
		}
		_, _ = in.Discard(1)
	}
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, source.MaxGivenLine+2) // longer ones do not come
	line := 0
	for scanner.Scan() {
		line++
		data := strings.TrimSpace(scanner.Text())
		if data == "" {
			continue
		}
		var l Label
		if err := json.Unmarshal([]byte(data), &l); err != nil {
			reject(line, err)
			continue
		}
		take(line, l)
	}
	if err := scanner.Err(); err != nil {
		return nil, nil, fmt.Errorf("read %s:%d: %w", path, blank+line+1, err)
	}
	return list, NewRejects(given), nil
}

func readLabelRows(r io.Reader, take func(int, Label), reject func(int, error)) error {
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
				return Uncell(strings.Clone(row[i]))
			}
			return ""
		}
		l := Label{A: get("article_a"), OutletA: get("outlet_a"), B: get("article_b"), OutletB: get("outlet_b"),
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
func checkPair(l *Label) error {
	for _, side := range []struct{ article, key, name string }{{l.A, l.KeyA, "a"}, {l.B, l.KeyB, "b"}} {
		if _, ok := article.ParseKey(side.key); side.key != "" && !ok {
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
func checkDecision(l *Label) error {
	switch {
	case l.Decision != Same && l.Decision != Different:
		return fmt.Errorf("decision %q is not allowed; want same or different", l.Decision)
	case len(l.Note) > MaxNote:
		return fmt.Errorf("the note is longer than %d bytes", MaxNote)
	case !utf8.ValidString(l.A + l.OutletA + l.B + l.OutletB + l.Note):
		return errors.New("not UTF-8")
	case l.Decided.Year() < 0 || l.Decided.Year() > 9999:
		return fmt.Errorf("decided in the year %d", l.Decided.Year())
	}
	l.Decided = l.Decided.UTC().Truncate(time.Second)
	return nil
}
