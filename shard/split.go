// Package shard splits input by time into files that are taken in one by one, anywhere, and joins
// databases to one that is as if everything had been taken in at once.
//
// What a run finds out on an article follows from the texts that stand before it in its window, and
// from what all articles together show to be boilerplate. So a shard has, besides its own articles,
// those of one window before them:
//
//	shard 1   |=========================|
//	shard 2              |- - window - -|=========================|
//	shard 3                                         |- - window - -|==================
//
// Joined are any databases, whether they are of shards or not: see Databases. A comparison is taken
// from one only where it has just the articles that the joined database has in that window, and where
// the same words are boilerplate. All else the engine finds out anew.
package shard

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/engine"
	"dedupe/source"
)

// MaxShards bounds how many files are written at once.
const MaxShards = 256

// Shard is a part of the input.
type Shard struct {
	File     string
	From     time.Time // of the first article of its own; zero where none has a date
	Articles int       // records of its own
	More     int       // records that it has from the window before, or because another text came under their id
}

// splitting is one call of Split.
type splitting struct {
	window candidate.Window
	dates  []int64            // of all records that have one
	first  map[uint64]int64   // key -> date of its first record
	others map[uint64][]int64 // key -> all dates, of keys that have several
	starts []int64            // of all shards but the first
}

// Split writes records to a new folder, a file for each of up to n shards that have about the same
// number of records of their own: fewer where the dates are too few. All texts that came under one id
// are in each shard that has one of them, in the order of arrival, so that the same one is the
// current. What cannot be taken, or is with a remark, goes to reject. Either the folder is there in
// the end and whole, or it is not there.
//
// Memory: 30 bytes a record. Disk: once the records besides the shards, until these are written.
func Split(ctx context.Context, opt engine.Options, records engine.Records, in source.Options, dir string, n int, reject func(*source.Reject)) (list []Shard, err error) {
	if opt.Window <= 0 {
		return nil, errors.New("with window: unlimited each article may be a copy of any other: there is no split by time")
	}
	if _, err := os.Lstat(dir); err == nil {
		return nil, fmt.Errorf("%s is there already: name a folder that is not, or remove it", dir)
	}
	part, err := os.MkdirTemp(filepath.Dir(dir), filepath.Base(dir)+".part-*")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(part)) }()
	s := &splitting{window: candidate.Window{Seconds: int64(opt.Window / time.Second)}, first: map[uint64]int64{}, others: map[uint64][]int64{}}
	spool, err := os.CreateTemp(part, "spool")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, spool.Close()) }()
	if err := s.read(ctx, engine.NewFew(opt), records, in, spool, reject); err != nil {
		return nil, err
	}
	s.cut(n)
	if list, err = s.write(ctx, spool, part); err != nil {
		return nil, err
	}
	if err := os.Remove(spool.Name()); err != nil {
		return nil, err
	}
	for i := range list {
		list[i].File = filepath.Join(dir, list[i].File)
	}
	return list, os.Rename(part, dir)
}

// spooled is the head of a record in the spool: its date, the begin of its key, the length of its line.
type spooled struct {
	Date int64
	Key  uint64
	Size uint32
}

// read decodes all records into the spool, and learns their dates.
func (s *splitting) read(ctx context.Context, few *engine.Few, records engine.Records, in source.Options, spool io.Writer, reject func(*source.Reject)) error {
	d, err := source.NewDecoder(in)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(spool, 1<<20)
	for raw, rej := range records {
		var r engine.Received
		if rej == nil {
			r, rej = few.Take(raw, d)
		}
		if rej != nil {
			reject(rej)
		}
		if r.Key == (article.Key{}) {
			continue
		}
		head := spooled{Date: candidate.Undated, Key: binary.BigEndian.Uint64(r.Key[:])}
		if t, ok := article.ParseDate(r.Article.Published); ok {
			head.Date = t.Unix()
			s.dates = append(s.dates, head.Date)
		}
		s.note(head.Key, head.Date)
		r.Article.Outlet = r.Article.Given
		line := append(source.TakenLine(&r.Article), '\n')
		head.Size = uint32(len(line))
		if err := binary.Write(w, binary.LittleEndian, head); err != nil {
			return err
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return errors.Join(ctx.Err(), w.Flush())
}

func (s *splitting) note(key uint64, date int64) {
	first, met := s.first[key]
	switch {
	case !met:
		s.first[key] = date
	case s.others[key] != nil:
		s.others[key] = append(s.others[key], date)
	case date != first:
		s.others[key] = []int64{first, date}
	}
}

// cut finds where the shards begin.
func (s *splitting) cut(n int) {
	slices.Sort(s.dates)
	for i := 1; i < n && len(s.dates) > 0; i++ {
		s.starts = append(s.starts, s.dates[len(s.dates)*i/n])
	}
	s.starts = slices.Compact(s.starts)
	if len(s.starts) > 0 && s.starts[0] == s.dates[0] {
		s.starts = s.starts[1:]
	}
}

// own is the shard of a date; what has none is in the last one, where it stands in canonical order.
func (s *splitting) own(date int64) int {
	i, found := slices.BinarySearch(s.starts, date)
	if found {
		i++
	}
	return i
}

// in marks the shards that have the articles of a date.
func (s *splitting) in(is []bool, date int64) {
	own := s.own(date)
	is[own] = true
	for i := own; i < len(s.starts) && date >= s.window.Start(s.starts[i]); i++ {
		is[i+1] = true
	}
}

// write writes the files of the shards.
func (s *splitting) write(ctx context.Context, spool io.ReadSeeker, dir string) (list []Shard, err error) {
	if _, err := spool.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	n := len(s.starts) + 1
	list = make([]Shard, n)
	files := make([]*os.File, n)
	out := make([]*bufio.Writer, n)
	for i := range list {
		name := fmt.Sprintf("%0*d", len(strconv.Itoa(n)), i+1)
		if len(s.dates) > 0 {
			list[i].From = time.Unix(slices.Concat(s.dates[:1], s.starts)[i], 0).UTC()
			name += list[i].From.Format("-2006-01-02")
		}
		list[i].File = name + ".jsonl"
		if files[i], err = os.OpenFile(filepath.Join(dir, list[i].File), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640); err != nil {
			return nil, err
		}
		defer files[i].Close()
		out[i] = bufio.NewWriterSize(files[i], 1<<18)
	}
	several := map[uint64][]bool{}
	for key, dates := range s.others {
		several[key] = make([]bool, n)
		for _, date := range dates {
			s.in(several[key], date)
		}
	}
	r := bufio.NewReaderSize(spool, 1<<20)
	var line []byte
	for {
		var head spooled
		if err := binary.Read(r, binary.LittleEndian, &head); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		line = slices.Grow(line[:0], int(head.Size))[:head.Size]
		if _, err := io.ReadFull(r, line); err != nil {
			return nil, err
		}
		is := several[head.Key]
		if is == nil {
			is = make([]bool, n)
			s.in(is, head.Date)
		}
		own := s.own(head.Date)
		for i, is := range is {
			if !is {
				continue
			}
			if _, err := out[i].Write(line); err != nil {
				return nil, err
			}
			if i == own {
				list[i].Articles++
			} else {
				list[i].More++
			}
		}
	}
	for i := range out {
		if err := errors.Join(out[i].Flush(), files[i].Sync(), ctx.Err()); err != nil {
			return nil, err
		}
	}
	return list, nil
}
