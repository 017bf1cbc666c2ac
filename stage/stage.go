// Package stage does the work of a run in steps that are filters: each reads JSON lines and
// writes JSON lines, has no database, and keeps no more in memory than the lines of one group. So
// anything that can sort can carry them: sort(1), GNU parallel, Slurm, Apache Spark.
//
//	files        --> Text       --> record    group id         what came, in the order of arrival
//	record       --> Articles   --> article   group at         one a line, in its current version
//	article      --> Anchors    --> posting   group anchor
//	posting      --> Candidates --> hits      group at
//	[article]+hits  --> Rank    --> wanted    group at         which texts an article is to be seen beside
//	article+wanted  --> Fetch   --> beside    group at         those texts
//	article+beside  --> Learn   --> vote                       what is boilerplate
//	  Rank and Fetch again, now that all votes are known
//	article+beside  --> Compare --> judged    group component
//	judged       --> Components --> member    group component
//	member       --> Cluster    --> cluster
//
// A stage that takes lines in groups is given them sorted as bytes (LC_ALL=C sort): every line
// begins with its version, then the key of its group, then what orders the group. Each stage calls
// the functions of a run (engine.Few), and what comes out is what a run stores.
//
// Lines are of one version of their format, of what the program makes of texts, and of the
// settings; others are refused. Cost: a text is carried once for each article that is compared
// with it, about eight times in all.
package stage

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dedupe/engine"
)

// Format is the version of the lines themselves.
const Format = 1

// Stages are all stages, by one set of options. They are for one goroutine.
type Stages struct {
	opt     engine.Options
	version string
	few     *engine.Few
}

// New returns the stages. settings stands for all settings that decide what comes out, such as
// their hash.
func New(opt engine.Options, settings string) *Stages {
	made := fmt.Sprint(engine.WordsVersion, engine.LinksVersion, settings)
	return &Stages{opt: opt, few: engine.NewFew(opt), version: fmt.Sprintf("%d-%08x", Format, crc32.ChecksumIEEE([]byte(made)))}
}

// Version is what each line begins with: {"v":"1-0a1b2c3d",
func (s *Stages) Version() string { return s.version }

// maxLine bounds a line: a record as long as one may be, with all its characters escaped.
const maxLine = 128 << 20

// LineError says which line of the input is wrong.
type LineError struct {
	Line int
	err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.err) }

func (e *LineError) Unwrap() error { return e.err }

// lines reads lines, and refuses those that are of another version.
type lines struct {
	in      *bufio.Reader
	version string
	n       int
	long    []byte
}

func (s *Stages) lines(in io.Reader) *lines {
	return &lines{in: bufio.NewReaderSize(in, 1<<18), version: s.version}
}

func (l *lines) fail(format string, args ...any) error {
	return &LineError{l.n, fmt.Errorf(format, args...)}
}

// next returns the next line without its end; it is valid until the next call. At the end it
// returns io.EOF.
func (l *lines) next() ([]byte, error) {
	for {
		l.n++
		line, err := l.read()
		if err != nil && (err != io.EOF || len(line) == 0) {
			return nil, err
		}
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			continue
		}
		rest, is := bytes.CutPrefix(line, []byte(`{"v":"`))
		at := bytes.IndexByte(rest, '"')
		switch {
		case !is || at < 0:
			return nil, l.fail(`it does not begin with {"v":"%s": it is no line of a stage`, l.version)
		case string(rest[:at]) != l.version:
			return nil, l.fail("it is of version %.40q, which is not %s: other settings or another dedupe made it, run all stages by the same", rest[:at], l.version)
		}
		return line, nil
	}
}

func (l *lines) read() ([]byte, error) {
	line, err := l.in.ReadSlice('\n')
	if err != bufio.ErrBufferFull {
		return line, err
	}
	l.long = append(l.long[:0], line...)
	for err == bufio.ErrBufferFull {
		if len(l.long) > maxLine {
			return nil, l.fail("it is longer than %d MiB", maxLine>>20)
		}
		line, err = l.in.ReadSlice('\n')
		l.long = append(l.long, line...)
	}
	return l.long, err
}

// decode reads a line.
func (l *lines) decode(line []byte, into any) error {
	if p, is := into.(plain); is && p.read(string(line)) {
		return nil
	}
	if err := json.Unmarshal(line, into, jsontext.AllowDuplicateNames(true)); err != nil {
		return l.fail("%w", err)
	}
	return nil
}

// each decodes every line. What do is given is valid until it returns.
func each[T any](l *lines, do func(*T) error) error {
	var x, none T
	for {
		line, err := l.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		x = none
		if err := l.decode(line, &x); err != nil {
			return err
		}
		if err := l.wrap(do(&x)); err != nil {
			return err
		}
	}
}

// wrap says at which line something failed, if it did.
func (l *lines) wrap(err error) error {
	if err == nil || errors.As(err, new(*LineError)) || errors.Is(err, errWrite) {
		return err
	}
	return &LineError{l.n, err}
}

// grouped is a line with the key of its group.
type grouped interface{ group() string }

// eachGroup decodes every line, and has end called after the last line of each group.
func eachGroup[T any, P interface {
	*T
	grouped
}](l *lines, do func(P) error, end func() error) error {
	key, open := "", false
	err := each(l, func(x *T) error {
		switch now := P(x).group(); {
		case now == "":
			return fmt.Errorf("it is no line that this stage takes: it has no key")
		case open && now < key:
			return fmt.Errorf("it stands after one of group %.40q and is of group %.40q: sort the lines as bytes, LC_ALL=C sort", key, now)
		case open && now != key:
			if err := end(); err != nil {
				return err
			}
			fallthrough
		default:
			key, open = now, true
		}
		return do(x)
	})
	if err == nil && open {
		err = l.wrap(end())
	}
	return err
}

var errWrite = errors.New("write lines")

// writer writes lines.
type writer struct {
	out     *bufio.Writer
	encoder *jsontext.Encoder
	version string
	buf     []byte
	err     error
}

func (s *Stages) writer(out io.Writer) *writer {
	w := &writer{out: bufio.NewWriterSize(out, 1<<18), version: s.version}
	w.encoder = jsontext.NewEncoder(w.out, jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	return w
}

// write writes a line.
func (w *writer) write(x any) error {
	if w.err == nil {
		if err := json.MarshalEncode(w.encoder, x); err != nil {
			w.err = fmt.Errorf("%w: %w", errWrite, err)
		}
	}
	return w.err
}

// plain writes a line that is written by hand.
func (w *writer) plain(x appender) {
	w.buf = append(x.appendTo(w.buf[:0]), '\n')
	if _, err := w.out.Write(w.buf); err != nil && w.err == nil {
		w.err = fmt.Errorf("%w: %w", errWrite, err)
	}
}

// flush writes what is left, and returns err or what failed.
func (w *writer) flush(err error) error {
	if flushed := w.out.Flush(); err == nil && flushed != nil {
		err = fmt.Errorf("%w: %w", errWrite, flushed)
	}
	return err
}
