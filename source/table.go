package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// A row of a table is read as the JSON object that its header makes of it, so that all that is
// said of fields holds for columns:
//
//	Title,Publish Date,Content        {"title": "Ferry aground", "publish_date": "2026-03-05",
//	Ferry aground,2026-03-05,...       "content": "..."}
//
// A column goes by its name; where no field has that, by its name in lower case with "_" for
// blanks and hyphens.

// errTooLong ends the reading of a row.
var errTooLong = errors.New("too long")

// boundedRows ends a row that is longer than the bound: a quote that is never closed makes one of
// the rest of the file.
type boundedRows struct {
	r    io.Reader
	left int
	all  int64 // bytes read
	last byte  // of these that is no end of a line
}

func (b *boundedRows) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	b.all += int64(n)
	if read := bytes.TrimRight(p[:n], "\r\n"); len(read) > 0 {
		b.last = read[len(read)-1]
	}
	return n, err
}

// maxShapeRows is how many rows tell what stands between the columns of a table.
const maxShapeRows = 50

// delimiter returns what stands between the columns of a table that begins with head: that by which
// the header has two columns at least and most rows as many values as it; a comma where nothing does.
func delimiter(head []byte) rune {
	best, most := ',', 0
	for _, between := range ",;\t|^~\x01" {
		rows := csv.NewReader(bytes.NewReader(head))
		rows.Comma, rows.LazyQuotes, rows.FieldsPerRecord, rows.Comment = between, true, -1, '#'
		names, _ := rows.Read()
		alike := 1
		for range maxShapeRows {
			if row, err := rows.Read(); err == nil && len(row) == len(names) {
				alike++
			}
		}
		if len(names) > 1 && alike > most {
			best, most = between, alike
		}
	}
	return best
}

// readTable returns what makes each row of a table with a delimiter a record; 0 is one that the
// first rows tell. The number of a record is that of its line.
func readTable(between rune) func(f *file, yield func(Raw, *Reject) bool) bool {
	return func(f *file, yield func(Raw, *Reject) bool) bool {
		between := between
		if head, _ := f.r.Peek(len("sep=,\n")); bytes.HasPrefix(bytes.ToLower(head), []byte("sep=")) {
			_, _ = f.r.ReadSlice('\n')
		}
		if between == 0 {
			head, _ := f.r.Peek(headSize)
			between = delimiter(head)
		}
		in := &boundedRows{r: f.r, left: f.max + 64<<10}
		rows := csv.NewReader(in)
		rows.Comma, rows.LazyQuotes, rows.FieldsPerRecord, rows.ReuseRecord = between, true, -1, true
		if between != '#' {
			rows.Comment = '#'
		}
		var names [][]byte // the columns' names as JSON
		line := 1
		for {
			row, err := rows.Read()
			if err == io.EOF {
				return true
			}
			if err == nil {
				line, _ = rows.FieldPos(0)
			}
			rows.Comment = 0 // a text may begin with it
			var wrong *csv.ParseError
			switch {
			case errors.Is(err, errTooLong):
				return yield(Raw{}, reject(f.origin(line), "a row behind this line is longer than %d bytes (max_record): a quote may not be closed; the rest of the file is not read", f.max))
			case errors.As(err, &wrong):
				if !yield(Raw{}, reject(f.origin(wrong.StartLine), "broken row: %s", wrong.Err)) {
					return false
				}
				continue
			case err != nil:
				return yield(Raw{}, f.readError(err, line))
			}
			in.left = f.max + 64<<10
			if names == nil {
				names = columnNames(row, f.names.knows)
				continue
			}
			if len(row) > len(names) && strings.TrimSpace(strings.Join(row[len(names):], "")) != "" {
				if !yield(Raw{}, reject(f.origin(line), "%d values, and the header names %d columns: put quotes around a value that has the delimiter in it", len(row), len(names))) {
					return false
				}
				continue
			}
			// A value with an end of a line is in quotes, and this one is the last of the file.
			if strings.Contains(row[len(row)-1], "\n") && in.last != '"' && rows.InputOffset() == in.all {
				return yield(Raw{}, reject(f.origin(line), "a quote in this row is not closed: the rest of the file is not read"))
			}
			data := object(names, row)
			if len(data) > f.max {
				if !yield(Raw{}, tooLong(f.origin(line), int64(len(data)), f.max, data)) {
					return false
				}
				continue
			}
			if !yield(Raw{Origin: f.origin(line), Data: data}, nil) || f.ctx.Err() != nil {
				return false
			}
		}
	}
}

// columnNames returns the names of columns as strings of JSON: empty for one that has none or
// the name of an earlier one.
func columnNames(row []string, known func(string) bool) [][]byte {
	names := make([][]byte, len(row))
	taken := map[string]bool{}
	for i, name := range row {
		name = strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))
		if plain := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(name)); !known(name) && (known(plain) || !slices.Contains(row, plain)) {
			name = plain
		}
		if name == "" || taken[name] {
			continue
		}
		taken[name] = true
		names[i] = quote(nil, name)
	}
	return names
}

// object returns the JSON object of a row. Empty values are left out.
func object(names [][]byte, row []string) []byte {
	size := 2
	for i, value := range row[:min(len(row), len(names))] {
		size += len(names[i]) + len(value) + 8
	}
	data := append(make([]byte, 0, size), '{')
	for i, value := range row[:min(len(row), len(names))] {
		if names[i] == nil || value == "" {
			continue
		}
		if len(data) > 1 {
			data = append(data, ',')
		}
		data = append(append(data, names[i]...), ':')
		data = quote(data, value)
	}
	return append(data, '}')
}

// quote appends a string of JSON. What is no UTF-8 becomes the sign for that.
func quote(data []byte, s string) []byte {
	data, _ = jsontext.AppendQuote(data, strings.ToValidUTF8(s, "\ufffd"))
	return data
}
