package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"dedupe/bench"
)

// benchHistory is the file of --history; without one it holds nothing.
type benchHistory struct {
	file    *os.File
	results []bench.Result
	cut     bool // the last line has no end
}

// openHistory reads the file and keeps it open to append to; it makes one where
// there is none.
func openHistory(path string) (*benchHistory, error) {
	h := &benchHistory{}
	if path == "" {
		return h, nil
	}
	var err error
	if h.file, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o666); err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	last := &lastByte{}
	if h.results, err = bench.ReadHistory(io.TeeReader(h.file, last)); err != nil {
		_ = h.file.Close()
		return nil, fmt.Errorf("read history %s: %w; name another file, or take the line out", path, err)
	}
	h.cut = last.any && last.b != '\n'
	return h, nil
}

// append adds a result as one line.
func (h *benchHistory) append(r *bench.Result) error {
	if h.file == nil {
		return nil
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if h.cut {
		line = append([]byte{'\n'}, line...)
	}
	if _, err := h.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	return nil
}

func (h *benchHistory) close() error {
	if h.file == nil {
		return nil
	}
	return h.file.Close()
}

// lastByte keeps the last byte that was written to it.
type lastByte struct {
	b   byte
	any bool
}

func (l *lastByte) Write(p []byte) (int, error) {
	if len(p) > 0 {
		l.b, l.any = p[len(p)-1], true
	}
	return len(p), nil
}
