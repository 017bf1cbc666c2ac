package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"dedupe/article"
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
	packed string // the kind of compression, for messages; empty when none
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
	if p := r.opt.Progress; p != nil {
		p.files.Add(1)
		in = &countingReader{in, p}
	}
	f := &file{ctx: r.ctx, source: r.opt.Source, path: path, max: r.opt.maxRecord(), folders: r.folders}
	defer func() {
		for _, c := range f.close {
			c()
		}
	}()
	if err := f.unpack(in); err != nil {
		return yield(Raw{}, f.readError(err, 0))
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
	format, why := recognise(head, err == io.EOF, path)
	if format == nil {
		return yield(Raw{}, reject(f.origin(0), "%s", why))
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
		raw.format, raw.reading = format, r.reading
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
	packed := bufio.NewReaderSize(in, 64<<10)
	magic, _ := packed.Peek(4)
	switch {
	case bytes.HasPrefix(magic, []byte("\x1f\x8b")):
		f.packed = "gzip"
		z, err := gzip.NewReader(packed)
		if err != nil {
			return err
		}
		f.r = bufio.NewReaderSize(z, 64<<10)
	case bytes.HasPrefix(magic, []byte("\x28\xb5\x2f\xfd")):
		f.packed = "zstd"
		z, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderMaxMemory(1<<62))
		if err != nil {
			return fmt.Errorf("start: %w", err)
		}
		f.close = append(f.close, z.Close)
		f.r = bufio.NewReaderSize(z, 64<<10)
	default:
		f.r = packed
	}
	return nil
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
