package measure

import (
	"encoding/json"
	"fmt"
	"os"

	"dedupe/bench"
)

// History is a file of results, a line of JSON each.
type History struct {
	Results []bench.Result // that were there

	file *os.File
	cut  bool // the last line has no end
}

// OpenHistory reads a file and keeps it open to append to; it makes one where there is
// none. Without a name there is no file: it holds nothing, and what is appended is lost.
func OpenHistory(path string) (*History, error) {
	h := &History{}
	if path == "" {
		return h, nil
	}
	var err error
	if h.file, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o666); err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	if h.Results, err = bench.ReadHistory(h.file); err != nil {
		_ = h.file.Close()
		return nil, fmt.Errorf("read history %s: %w; name another file, or take the line out", path, err)
	}
	var last [1]byte
	if info, err := h.file.Stat(); err == nil && info.Size() > 0 {
		_, err := h.file.ReadAt(last[:], info.Size()-1)
		h.cut = err == nil && last[0] != '\n'
	}
	return h, nil
}

// Append adds a result as one line.
func (h *History) Append(r *bench.Result) error {
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

// Close closes the file.
func (h *History) Close() error {
	if h.file == nil {
		return nil
	}
	return h.file.Close()
}
