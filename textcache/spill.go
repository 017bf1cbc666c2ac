package textcache

import (
	"os"

	"dedupe/similarity"
)

// spill keeps what a cache has no room for in a file without a name, which goes with
// the process however that ends. To read it there takes a thirtieth of what making a text
// anew takes. Where no such file can be made or written, nothing is kept.
//
// Its methods need the lock of the cache, but for what get returns.
type spill struct {
	dir  string // where the file is made; "": nothing is kept
	file *os.File
	tail []byte   // not written yet
	end  int64    // of what is written
	at   []uint64 // by article: length of its text << offsetBits | where it begins; 0: not there
}

const (
	offsetBits = 40
	spillBlock = 1 << 20 // bytes of a write
	maxSpill   = 8 << 30 // bytes of the file; for 2,000,000 articles
)

// put keeps the text of an article, in the place of an older one.
func (s *spill) put(seq uint32, t *similarity.Text) {
	if s.dir == "" || s.file == nil && !s.open() {
		return
	}
	if int(seq) >= len(s.at) {
		s.at = append(s.at, make([]uint64, int(seq)+1-len(s.at))...)
	}
	begin := len(s.tail)
	s.tail = t.Append(s.tail)
	s.at[seq] = uint64(len(s.tail)-begin)<<offsetBits | uint64(s.end+int64(begin))
	if len(s.tail) < spillBlock {
		return
	}
	_, err := s.file.WriteAt(s.tail, s.end)
	s.end += int64(len(s.tail))
	s.tail = s.tail[:0]
	if err != nil || s.end > maxSpill {
		s.close()
	}
}

// get returns a function that reads the data of an article, or gives nil.
func (s *spill) get(seq uint32) func() []byte {
	if int(seq) >= len(s.at) || s.at[seq] == 0 {
		return func() []byte { return nil }
	}
	n, at := int(s.at[seq]>>offsetBits), int64(s.at[seq]&(1<<offsetBits-1))
	data := make([]byte, n)
	if at >= s.end {
		copy(data, s.tail[at-s.end:])
		return func() []byte { return data }
	}
	file := s.file
	return func() []byte {
		if _, err := file.ReadAt(data, at); err != nil {
			return nil
		}
		return data
	}
}

// drop forgets the data of an article.
func (s *spill) drop(seq uint32) {
	if int(seq) < len(s.at) {
		s.at[seq] = 0
	}
}

// open makes the file. A system that does not let go of the name of an open file has
// none.
func (s *spill) open() bool {
	if f, err := os.CreateTemp(s.dir, "dedupe-*"); err == nil {
		if os.Remove(f.Name()) == nil {
			s.file = f
			return true
		}
		f.Close()
	}
	s.dir = ""
	return false
}

func (s *spill) close() {
	s.file.Close()
	*s = spill{}
}
