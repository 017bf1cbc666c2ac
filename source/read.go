package source

import (
	"context"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dedupe/article"
)

// maxDepth bounds how deep folders are entered.
const maxDepth = 64

// reader is one call of Read.
type reader struct {
	ctx   context.Context
	stdin io.Reader
	opt   Options
	own   []fs.FileInfo   // of Options.Own
	seen  map[string]bool // folders entered, by their real path

	reading *reading // nil: that of the decoder
	names   *reading // what fields may be called

	folders map[string]bool // those of which it was said that their name is an outlet's
}

func newReader(ctx context.Context, stdin io.Reader, opt Options) *reader {
	r := &reader{ctx: ctx, stdin: stdin, opt: opt, seen: map[string]bool{}, folders: map[string]bool{}}
	r.names, _ = newReading(&opt) // what is wrong with the options the caller's own decoder says
	if opt.Source != "" {
		r.reading = r.names
	}
	for _, path := range opt.Own {
		if info, err := os.Stat(path); err == nil {
			r.own = append(r.own, info)
		}
	}
	return r
}

func (r *reader) origin(path string) article.Origin {
	return article.Origin{Source: r.opt.Source, Path: path}
}

// Read returns the records found at the given paths, each either a Raw or a
// Reject:
//
//   - a regular file is read; "-" is stdin
//   - a folder is walked, entries by name in byte order, folders where their name
//     stands; names that begin with "." and Options.Own are left out
//   - a path with *, ? or [ that is no file is a pattern (path/filepath.Match);
//     its matches are taken by name
//
// Paths are taken in the order given, so that the same input always comes in the
// same order. Symbolic links are followed; a folder that is reached twice is read
// once, so that loops end. What cannot be opened is a Reject, and reading goes
// on. When ctx is cancelled the sequence ends early; the caller has to look at
// ctx.Err.
func Read(ctx context.Context, paths []string, stdin io.Reader, opt Options) iter.Seq2[Raw, *Reject] {
	return func(yield func(Raw, *Reject) bool) {
		r := newReader(ctx, stdin, opt)
		r.walk(paths, yield, func(path string, _ fs.FileInfo) bool {
			return r.readFile(path, yield)
		})
	}
}

// Size returns the bytes on disk of what Read would read at paths, and whether
// that is all: standard input and folders without rights have no size.
func Size(paths []string, opt Options) (total int64, complete bool) {
	r := newReader(context.Background(), nil, opt)
	complete = true
	r.walk(paths, func(Raw, *Reject) bool {
		complete = false
		return true
	}, func(_ string, info fs.FileInfo) bool {
		if info == nil {
			complete = false
		} else {
			total += info.Size()
		}
		return true
	})
	return total, complete
}

// walk calls visit for every file at paths, and fail with what is none. Either
// stops it by returning false.
func (r *reader) walk(paths []string, fail func(Raw, *Reject) bool, visit func(string, fs.FileInfo) bool) {
	for _, path := range paths {
		if path == "-" {
			if !visit(path, nil) {
				return
			}
			continue
		}
		found := []string{path}
		if _, err := os.Lstat(path); err != nil && strings.ContainsAny(path, "*?[") {
			var err error
			switch found, err = filepath.Glob(path); {
			case err != nil:
				if !fail(Raw{}, reject(r.origin(path), "%s", err)) {
					return
				}
			case len(found) == 0:
				if !fail(Raw{}, reject(r.origin(path), "no file matches this pattern")) {
					return
				}
			}
			slices.Sort(found)
		}
		for _, p := range found {
			if !r.enter(p, 0, fail, visit) {
				return
			}
		}
	}
}

// enter visits a file, or what a folder holds.
func (r *reader) enter(path string, depth int, fail func(Raw, *Reject) bool, visit func(string, fs.FileInfo) bool) bool {
	if r.ctx.Err() != nil {
		return false
	}
	info, err := os.Stat(path)
	if err != nil {
		return fail(Raw{}, reject(r.origin(path), "open: %s", reason(err)))
	}
	if !info.IsDir() {
		// A pipe could block for ever, and a device never end.
		if !info.Mode().IsRegular() {
			return fail(Raw{}, reject(r.origin(path), "%s", notRegular))
		}
		if depth > 0 && slices.ContainsFunc(r.own, func(own fs.FileInfo) bool { return os.SameFile(own, info) }) {
			return true
		}
		return visit(path, info)
	}
	if depth > maxDepth {
		return fail(Raw{}, reject(r.origin(path), "folders nested deeper than %d", maxDepth))
	}
	real, err := filepath.EvalSymlinks(path)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return fail(Raw{}, reject(r.origin(path), "open: %s", reason(err)))
	}
	if r.seen[real] {
		return true
	}
	r.seen[real] = true
	entries, err := os.ReadDir(path)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || e.IsDir() && savedWith(e.Name(), entries) {
			continue
		}
		if !r.enter(filepath.Join(path, e.Name()), depth+1, fail, visit) {
			return false
		}
	}
	if err != nil {
		return fail(Raw{}, reject(r.origin(path), "open: %s", reason(err)))
	}
	return true
}

// savedWith reports whether a folder holds what a browser saved with a page beside it: scripts, pictures, and
// frames, which are pages of advertisements. Its name is that of the page with one of a few endings.
func savedWith(folder string, beside []fs.DirEntry) bool {
	at := strings.LastIndexAny(folder, "_-")
	return at > 0 && savedEndings[strings.ToLower(folder[at+1:])] && slices.ContainsFunc(beside, func(e fs.DirEntry) bool {
		name := e.Name()
		ext := filepath.Ext(name)
		return strings.EqualFold(ext[:min(4, len(ext))], ".htm") && strings.TrimSuffix(name, ext) == folder[:at]
	})
}

// savedEndings are those by which browsers and Windows know such a folder, by the language they speak.
var savedEndings = func() map[string]bool {
	is := map[string]bool{}
	for _, e := range strings.Fields("files archivos dateien fichiers bestanden file tiedostot pliki soubory elemei ficheiros arquivos " +
		"dosyalar datoteke fitxers failid fails bylos fajlovi fitxategiak filer") {
		is[e] = true
	}
	return is
}()
