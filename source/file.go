package source

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"dedupe/article"
	"dedupe/charset"
)

// maxWindow bounds the memory for unpacking zstd: the largest window that its
// command line makes without being told (--long).
const maxWindow = 128 << 20

// file is an input being read: unpacked, without byte order mark.
type file struct {
	ctx    context.Context
	source string // Options.Source
	path   string
	max    int // Options.MaxRecord
	r      *bufio.Reader
	packed string   // the kind of compression, for messages; empty when none
	disk   *os.File // the input itself, where that is a file
	depth  int      // archives that it lies in
	names  *reading // what fields may be called
	close  []func()

	folders map[string]bool // reader.folders
}

func (f *file) origin(line int) article.Origin {
	return article.Origin{Source: f.source, Path: f.path, Line: line}
}

// readError returns the reject for an error in the midst of a file.
func (f *file) readError(err error, line int) *Reject {
	if f.packed != "" {
		if err == io.ErrUnexpectedEOF {
			return reject(f.origin(line), "%s data is cut off here", f.packed)
		}
		return reject(f.origin(line), "unpack %s: %s", f.packed, reason(err))
	}
	return reject(f.origin(line), "read: %s", reason(err))
}

// readFile reads the input at path: all of its records and rejects go to
// yield. It is false when the caller wants no more.
func (r *reader) readFile(path string, yield func(Raw, *Reject) bool) bool {
	in := r.stdin
	if path != "-" {
		opened, err := openRegular(path)
		if err != nil {
			return yield(Raw{}, reject(r.origin(path), "open: %s", reason(err)))
		}
		defer opened.Close()
		in = opened
	}
	if in == nil {
		return yield(Raw{}, reject(r.origin(path), "open: there is no standard input"))
	}
	f := &file{ctx: r.ctx, source: r.opt.Source, path: path, max: r.opt.maxRecord(), folders: r.folders, names: r.names}
	f.disk, _ = in.(*os.File)
	if p := r.opt.Progress; p != nil {
		p.files.Add(1)
		in = &countingReader{in, p}
	}
	return r.readStream(f, in, yield)
}

// readStream reads the input in as the content of f, which may lie in an archive.
func (r *reader) readStream(f *file, in io.Reader, yield func(Raw, *Reject) bool) bool {
	defer func() {
		for _, c := range f.close {
			c()
		}
	}()
	if err := f.unpack(in); err != nil {
		return yield(Raw{}, f.readError(err, 0))
	}
	if err := f.widen(); err != nil {
		return yield(Raw{}, reject(f.origin(0), "%s", err))
	}
	head, err := f.r.Peek(headSize)
	if bytes.HasPrefix(head, byteOrderMark) {
		f.r.Discard(len(byteOrderMark))
		head = head[len(byteOrderMark):]
	}
	if len(head) == 0 {
		if err != nil && err != io.EOF {
			return yield(Raw{}, f.readError(err, 0))
		}
		return true // an empty file holds no articles
	}
	format, why := recognise(head, err == io.EOF, f.path)
	if format == nil {
		return yield(Raw{}, reject(f.origin(0), "%s", why))
	}
	if format == zips || format == tars {
		return r.readArchive(f, format, yield)
	}
	if format.text {
		if err := f.recode(head, err == io.EOF); err != nil {
			return yield(Raw{}, reject(f.origin(0), "%s", err))
		}
	}
	wanted := true // more records
	screen := &screen{f: f, refused: r.opt.Refused, yield: func(raw Raw, rej *Reject) bool {
		wanted = yield(raw, rej)
		return wanted
	}}
	if format.named {
		screen.survey, _ = NewSurvey(r.opt) // what is wrong with the options the caller's own decoder says
	}
	format.records(f, func(raw Raw, rej *Reject) bool {
		raw.format, raw.reading = cmp.Or(raw.format, format), r.reading
		return screen.take(raw, rej)
	})
	if wanted {
		screen.end()
	}
	return wanted
}

// notRegular is what is said of pipes, sockets and devices.
const notRegular = `is no regular file: give what it holds on standard input, as "-"`

// openRegular opens a regular file. A pipe that was put in its place since it
// was looked at is not waited for.
func openRegular(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New(notRegular)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// unpack sets f.r to the content of in, whose compression is told by its first
// bytes.
func (f *file) unpack(in io.Reader) error {
	read := &meter{r: in}
	packed := bufio.NewReaderSize(read, 64<<10)
	magic, _ := packed.Peek(4)
	var unpacked io.Reader
	switch {
	case bytes.HasPrefix(magic, []byte("\x1f\x8b")):
		f.packed = "gzip"
		z, err := gzip.NewReader(packed)
		if err != nil {
			return err
		}
		unpacked = z
	case bytes.HasPrefix(magic, []byte("\x28\xb5\x2f\xfd")):
		f.packed = "zstd"
		z, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderMaxMemory(1<<62))
		if err != nil {
			return fmt.Errorf("start: %w", err)
		}
		f.close = append(f.close, z.Close)
		unpacked = z
	default:
		f.r = packed
		return nil
	}
	f.r = bufio.NewReaderSize(&meter{r: unpacked, packed: func() int64 { return read.n }}, 64<<10)
	return nil
}

// A file that unpacks to more than maxRatio times its size beyond the first freeSize bytes is no
// news but made to take all time: JSON lines and pages come to 50 times at most.
const (
	maxRatio = 300
	freeSize = 256 << 20
)

// meter counts what is read, and ends where that is too much for what it was unpacked from.
type meter struct {
	r      io.Reader
	n      int64
	packed func() int64 // bytes that were unpacked so far; nil when nothing is
}

func (m *meter) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	m.n += int64(n)
	if m.packed != nil && m.n > freeSize+maxRatio*m.packed() {
		return 0, fmt.Errorf("it unpacks to more than %d times its size, which no articles do", maxRatio)
	}
	return n, err
}

// widen makes the content UTF-8 where it is UTF-16.
func (f *file) widen() error {
	head, _ := f.r.Peek(4 << 10)
	r, err := charset.Wide(f.r, head)
	if r != nil {
		f.r = bufio.NewReaderSize(r, 64<<10)
	}
	return err
}

// recode makes the content UTF-8 where it is a text in another encoding, and gives it ends of lines
// where it has those of old Macintoshes, by its beginning.
func (f *file) recode(head []byte, whole bool) error {
	r, err := charset.Narrow(f.r, head, whole)
	if r != nil {
		f.r = bufio.NewReaderSize(r, 64<<10)
	}
	if bytes.IndexByte(head, '\r') >= 0 && bytes.IndexByte(head, '\n') < 0 {
		f.r = bufio.NewReaderSize(lines{f.r}, 64<<10)
	}
	return err
}

// lines makes carriage returns ends of lines.
type lines struct{ r io.Reader }

func (l lines) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	for i, c := range b[:n] {
		if c == '\r' {
			b[i] = '\n'
		}
	}
	return n, err
}

type countingReader struct {
	r io.Reader
	p *Progress
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.p.bytes.Add(int64(n))
	return n, err
}
