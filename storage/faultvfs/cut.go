//go:build darwin || freebsd || linux

package faultvfs

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
)

// ends are what the names of files end in that Notes are of, in the order of fault_notes.
var ends = [...]string{"", "-wal", "-journal"}

// sector is how many bytes of a write land together, or not at all.
const sector = 512

// change is one thing that was done to a file.
type change struct {
	what byte // as fault_notes has it
	file int
	at   int64
	data []byte
}

// Notes are what was written, in order.
type Notes struct{ list []change }

func parse(data []byte) (n Notes) {
	const head = 18
	for len(data) > 0 {
		size := binary.NativeEndian.Uint64(data[10:])
		n.list = append(n.list, change{data[0], int(data[1]), int64(binary.NativeEndian.Uint64(data[2:])), data[head : head+size]})
		data = data[head+size:]
	}
	return n
}

// Len is how many changes and marks there are.
func (n Notes) Len() int { return len(n.list) }

// Marks is how many marks there are among the first so many.
func (n Notes) Marks(first int) (marks int) {
	for _, c := range n.list[:first] {
		if c.what == 'm' {
			marks++
		}
	}
	return marks
}

// Commits returns after how many changes each transaction is committed: when the frame of the write-ahead log
// is written that ends it.
func (n Notes) Commits() (after []int) {
	const header, ofPages = 24, 4 // bytes of a frame's header; where it has the pages of the file, 0 but for the last frame
	for i, c := range n.list {
		if c.what == 'w' && ends[c.file] == "-wal" && len(c.data) == header && binary.BigEndian.Uint32(c.data[ofPages:]) != 0 {
			after = append(after, i+2) // its page follows
		}
	}
	return after
}

// Kill writes the database at path, of which notes were taken from its present state on, as it is when
// the process is killed after the first so many changes: all of them are there.
func (n Notes) Kill(path string, first int) error {
	files, err := read(path)
	if err != nil {
		return err
	}
	for _, c := range n.list[:first] {
		c.do(files)
	}
	return write(path, files)
}

// Cut writes the database at path, of which notes were taken from its present state on, as a
// disk may hold it when the power is cut after the first so many changes. What a file held when
// it was last synced is there. Of later changes each sector is there or not, as r has it: none, all,
// or some, so that later ones may be there without earlier ones.
func (n Notes) Cut(path string, first int, r *rand.Rand) error {
	files, err := read(path)
	if err != nil {
		return err
	}
	synced := [len(ends)]int{}
	for i, c := range n.list[:first] {
		if c.what == 's' || c.what == 'd' && c.at != 0 {
			synced[c.file] = i + 1
		}
	}
	odds := []float64{0, 1, r.Float64()}[r.IntN(3)]
	for i, c := range n.list[:first] {
		if c.what == 'w' && i >= synced[c.file] {
			for at := 0; at < len(c.data); at += sector {
				if r.Float64() < odds {
					part := change{'w', c.file, c.at + int64(at), c.data[at:min(at+sector, len(c.data))]}
					part.do(files)
				}
			}
		} else if i < synced[c.file] || r.Float64() < odds {
			c.do(files)
		}
	}
	return write(path, files)
}

// read returns the files of a database that exist.
func read(path string) (files map[int][]byte, err error) {
	files = map[int][]byte{}
	for i, end := range ends {
		data, err := os.ReadFile(path + end)
		switch {
		case err == nil:
			files[i] = data
		case !os.IsNotExist(err):
			return nil, err
		}
	}
	return files, nil
}

// write makes these the files of a database.
func write(path string, files map[int][]byte) error {
	for i, end := range ends {
		if err := os.Remove(path + end); err != nil && !os.IsNotExist(err) {
			return err
		}
		if data, is := files[i]; is {
			if err := os.WriteFile(path+end, data, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}

// do changes files as c did.
func (c *change) do(files map[int][]byte) {
	data := files[c.file]
	end := c.at + int64(len(c.data))
	switch c.what {
	case 'd':
		delete(files, c.file)
	case 'w':
		if more := end - int64(len(data)); more > 0 {
			data = append(data, make([]byte, more)...)
		}
		copy(data[c.at:], c.data)
		files[c.file] = data
	case 't':
		files[c.file] = data[:min(c.at, int64(len(data)))]
	}
}
