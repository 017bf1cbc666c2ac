package source

import (
	"bytes"
	"fmt"
	"io"
)

// blockSize is how much is read at a time. A record is a slice of its block, so
// that finding it costs no copy and no allocation of its own:
//
//	block  |record\nrecord\nrecord\nrec|
//	next   |rec..ord\nrecord\n ...     |   the cut-off end is moved over
//
// Blocks are not used again: the garbage collector knows when the last record
// of one is done.
const blockSize = 256 << 10

// recordEnd returns where the first record of a line ends: where another object begins with a
// name, with nothing but blanks, a byte order mark or a record separator (RFC 7464) before it, or
// with the line. Some programs write objects without line ends, end lines as old Macs did, or
// join files of which one has no last line end. A string of JSON can hold such a place at
// its very end only, and what follows that is no name.
func recordEnd(line []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(line[at:], '}')
		if i < 0 {
			return len(line)
		}
		at += i + 1
		next, ok := bytes.CutPrefix(trimLeft(line[at:]), []byte(`{"`))
		if ok && len(next) > 0 && !bytes.ContainsRune([]byte(",:]} \t\r"), rune(next[0])) {
			return at
		}
	}
}

// readLines makes each line with something on it a record. A line longer than
// the bound is rejected and read past without being held.
func readLines(f *file, yield func(Raw, *Reject) bool) bool {
	var (
		block   = make([]byte, 0, blockSize)
		start   int // of the line in block
		line    = 1
		skipped int // bytes of a line over the bound already thrown away
		begin   []byte
	)
	emit := func(data []byte) bool {
		n := skipped + len(data)
		skipped = 0
		if n > f.max {
			if n == len(data) {
				begin = data
			}
			return yield(Raw{}, tooLong(f.origin(line), int64(n), f.max, begin))
		}
		for {
			// Files that were joined keep their byte order marks.
			data = trim(data)
			if len(data) == 0 {
				return true
			}
			end := recordEnd(data)
			record := data[:end:end]
			if object, is := bytes.CutSuffix(record, []byte(",")); is && bytes.HasPrefix(object, []byte("{")) { // of a list without brackets
				if object = bytes.TrimSpace(object); bytes.HasSuffix(object, []byte("}")) {
					record = object
				}
			}
			if !yield(Raw{Origin: f.origin(line), Data: record}, nil) {
				return false
			}
			data = data[end:]
		}
	}
	for {
		if f.ctx.Err() != nil {
			return false
		}
		// Make room: the unfinished line goes to the start of a new block,
		// twice as long when it fills this one.
		if len(block) == cap(block) {
			rest := block[start:]
			if skipped > 0 || len(rest) > f.max {
				if skipped == 0 {
					begin = bytes.Clone(rest[:min(len(rest), 2*maxRejectHead)])
				}
				skipped += len(rest)
				rest = nil
			}
			next := make([]byte, len(rest), max(blockSize, 2*len(rest)))
			copy(next, rest)
			block, start = next, 0
		}
		scanned := len(block)
		n, err := f.r.Read(block[len(block):cap(block)])
		block = block[:len(block)+n]
		for {
			i := bytes.IndexByte(block[scanned:], '\n')
			if i < 0 {
				break
			}
			end := scanned + i
			if !emit(block[start:end]) {
				return false
			}
			line++
			start, scanned = end+1, end+1
		}
		if err == io.EOF {
			return start == len(block) && skipped == 0 || emit(block[start:])
		}
		if err != nil {
			return yield(Raw{}, f.readError(err, line))
		}
	}
}

// readWhole makes the file one record.
func readWhole(f *file, yield func(Raw, *Reject) bool) bool {
	data, err := io.ReadAll(io.LimitReader(f.r, int64(f.max)+1))
	switch {
	case err != nil:
		return yield(Raw{}, f.readError(err, 0))
	case len(data) > f.max:
		return yield(Raw{}, &Reject{Origin: f.origin(0), Reason: fmt.Sprintf("page of more than %d bytes (max_record)", f.max), Head: beginningOf(data)})
	}
	return yield(Raw{Origin: f.origin(0), Data: data}, nil)
}
