package source

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"dedupe/article"
)

// Bounds of a Given file.
const (
	maxGiven     = 1 << 30   // bytes; a million decisions are 250 MB
	MaxGivenLine = 1<<20 - 1 // bytes
)

// Given reads a file that a person gives: decisions, pairs, truth. A line that is longer than MaxGivenLine
// bytes comes as an empty one and is rejected, so that the lines after it keep their
// numbers, and no reader needs the memory of a line of any length. Reading fails
// beyond maxGiven bytes, long lines not counted.
type Given struct {
	Rejects []*Reject // lines that were not given out, and whatever Reject was told

	path string

	in   *bufio.Reader
	rest []byte // of the line that is given out
	line int    // its number
	size int64
}

func NewGiven(r io.Reader, path string) *Given {
	return &Given{in: bufio.NewReaderSize(r, MaxGivenLine+1), path: path}
}

// Read implements io.Reader.
func (g *Given) Read(p []byte) (int, error) {
	if len(g.rest) == 0 {
		line, err := g.in.ReadSlice('\n')
		if len(line) == 0 && err != nil {
			return 0, err // the end, and whatever else it is after the last line
		}
		g.line++
		g.rest = line
		if err == bufio.ErrBufferFull {
			g.rest = []byte("\n")
			g.Reject(g.line, fmt.Sprintf("the line is longer than %d bytes", MaxGivenLine))
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

// Reject notes that a line was not taken.
func (g *Given) Reject(line int, reason string) {
	g.Rejects = append(g.Rejects, &Reject{Origin: article.Origin{Path: g.path, Line: line}, Reason: reason})
}
