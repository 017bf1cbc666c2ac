package source

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"
)

// Files in archives are read as those in folders are, each by its content, one after the other
// and never written to the disk. Their names are shown, and are nothing else: a file named
// ../../etc/passwd is a text of that name.
//
//	dump.zip/pages/ferry.html        dump.tar.gz/2026/03/05.jsonl

// Bounds of archives.
const (
	maxArchives = 3       // in one another
	maxFiles    = 200_000 // of one archive
	maxFileName = 300     // bytes that are shown
)

// readNothing stands for the reader of archives in the table of formats: readArchive needs what
// knows of all formats.
func readNothing(*file, func(Raw, *Reject) bool) bool { return true }

// readArchive reads the files of an archive.
func (r *reader) readArchive(f *file, kind *format, yield func(Raw, *Reject) bool) bool {
	if f.depth == maxArchives {
		return yield(Raw{}, reject(f.origin(0), "archives in archives deeper than %d", maxArchives))
	}
	files := 0
	entry := func(name string, in io.Reader) (more bool) {
		if files++; files > maxFiles {
			yield(Raw{}, reject(f.origin(0), "more than %d files: the rest is not read", maxFiles))
			return false
		}
		for part := range strings.SplitSeq(name, "/") {
			if strings.HasPrefix(part, ".") && part != ".." && part != "." || part == "__MACOSX" {
				return true
			}
		}
		inner := &file{ctx: r.ctx, source: f.source, path: f.path + "/" + shownName(name), max: f.max, folders: f.folders, names: f.names, depth: f.depth + 1}
		return r.readStream(inner, in, yield) && r.ctx.Err() == nil
	}
	if kind == tars {
		return r.readTar(f, entry, yield)
	}
	return r.readZip(f, entry, yield)
}

// shownName returns the name of a file in an archive without what leads out of it or is no
// letter, and cut.
func shownName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(name, "?"))
	return shorten(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"), maxFileName)
}

// readTar reads a tar as it comes.
func (r *reader) readTar(f *file, entry func(string, io.Reader) bool, yield func(Raw, *Reject) bool) bool {
	for t := tar.NewReader(f.r); ; {
		head, err := t.Next()
		switch {
		case err == io.EOF:
			return true
		case err != nil:
			return yield(Raw{}, f.readError(fmt.Errorf("tar: %w", err), 0))
		case head.Typeflag == tar.TypeReg:
			if !entry(head.Name, t) {
				return false
			}
		}
	}
}

// readZip reads a zip by the directory at its end: from the disk, or from memory where it comes
// through a pipe or lies in another archive.
func (r *reader) readZip(f *file, entry func(string, io.Reader) bool, yield func(Raw, *Reject) bool) bool {
	var at io.ReaderAt = f.disk
	size := int64(0)
	if f.disk != nil && f.packed == "" {
		info, err := f.disk.Stat()
		if err != nil {
			return yield(Raw{}, reject(f.origin(0), "open: %s", reason(err)))
		}
		size = info.Size()
	}
	if size == 0 {
		data, err := io.ReadAll(io.LimitReader(f.r, int64(f.max)+1))
		switch {
		case err != nil:
			return yield(Raw{}, f.readError(err, 0))
		case len(data) > f.max:
			return yield(Raw{}, reject(f.origin(0), "zip of more than %d bytes (max_record) in an archive or a pipe: give the zip file itself", f.max))
		}
		at, size = bytes.NewReader(data), int64(len(data))
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return yield(Raw{}, reject(f.origin(0), "zip: %s", reason(err)))
	}
	for _, e := range z.File {
		if !e.Mode().IsRegular() {
			continue
		}
		origin := f.origin(0)
		origin.Path += "/" + shownName(e.Name)
		if e.Flags&1 != 0 {
			if !yield(Raw{}, reject(origin, "is encrypted: unpack the archive with its password")) {
				return false
			}
			continue
		}
		in, err := e.Open()
		if err != nil {
			if !yield(Raw{}, reject(origin, "zip: %s", reason(err))) {
				return false
			}
			continue
		}
		more := entry(e.Name, &meter{r: in, packed: func() int64 { return int64(min(e.CompressedSize64, 1<<40)) }})
		in.Close()
		if !more {
			return false
		}
	}
	return true
}
