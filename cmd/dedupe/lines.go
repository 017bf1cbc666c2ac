package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"dedupe/report"
)

// Bounds of the files that people give: decisions, pairs, truth.
const (
	maxGiven = 1 << 30 // bytes; a million decisions are 250 MB
	maxLine  = 1<<20 - 1
)

// givenFile reads a file that a person gives. A line that is longer than maxLine
// bytes comes as an empty one and is rejected, so that the lines after it keep their
// numbers, and no reader needs the memory of a line of any length. Reading fails
// beyond maxGiven bytes, long lines not counted.
type givenFile struct {
	path    string
	rejects []report.Reject

	in   *bufio.Reader
	rest []byte // of the line that is given out
	line int    // its number
	size int64
}

func newGivenFile(r io.Reader, path string) *givenFile {
	return &givenFile{in: bufio.NewReaderSize(r, maxLine+1), path: path}
}

// Read implements io.Reader.
func (g *givenFile) Read(p []byte) (int, error) {
	if len(g.rest) == 0 {
		line, err := g.in.ReadSlice('\n')
		if len(line) == 0 && err != nil {
			return 0, err // the end, and whatever else it is after the last line
		}
		g.line++
		g.rest = line
		if err == bufio.ErrBufferFull {
			g.rest = []byte("\n")
			g.reject(g.line, fmt.Sprintf("the line is longer than %d bytes", maxLine))
			for err == bufio.ErrBufferFull {
				_, err = g.in.ReadSlice('\n')
			}
		} else if g.size += int64(len(line)); g.size > maxGiven {
			return 0, fmt.Errorf("more than %d bytes; divide the file", int64(maxGiven))
		}
		if g.line == 1 {
			g.rest = bytes.TrimPrefix(g.rest, []byte("\ufeff"))
		}
	}
	n := copy(p, g.rest)
	g.rest = g.rest[n:]
	return n, nil
}

func (g *givenFile) reject(line int, reason string) {
	g.rejects = append(g.rejects, report.Reject{Path: g.path, Line: line, Reason: reason})
}

// listGiven lists rejected lines of files that people gave on standard error, the
// first of them, and returns the error to end with: nil where there are none.
func (a *app) listGiven(rejects []report.Reject) error {
	if len(rejects) == 0 {
		return nil
	}
	list := &report.Rejects{Rejects: rejects[:min(len(rejects), maxListed)], More: max(0, len(rejects)-maxListed)}
	if err := report.Write(a.stderr, list, report.Options{}); err != nil {
		return err
	}
	return withCode(exitRejected, fmt.Errorf("%d of the records were not taken", len(rejects)))
}
