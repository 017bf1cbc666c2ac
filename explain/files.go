package explain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"dedupe/article"
	"dedupe/report"
	"dedupe/source"
	"dedupe/storage"
)

// Files is where articles that are not stored are read.
type Files struct {
	Read  source.Options
	Stdin io.Reader // what "-" means
	Now   time.Time // when they are read
}

// Named returns what a person means: a stored article by one of its names, as Find has it, or
// one that is not stored by the file it stands in, with the line on which it begins where the file
// holds several: news.jsonl:17. An article of a file that is stored as it is counts as stored. It is
// a *storage.NameError where a file has not one such article, and a *source.Reject where that
// cannot be read.
func (x *Explainer) Named(ctx context.Context, name string, files Files) (Article, error) {
	found, err := x.Find(ctx, name)
	if !errors.Is(err, storage.ErrNotFound) {
		return found, err
	}
	path, line := fileAndLine(name)
	if path == "" {
		if strings.Contains(name, "://") {
			err = fmt.Errorf("%w; nothing is fetched: save the page and name the file", err)
		}
		return found, err
	}
	in, origin, err := files.one(ctx, path, line)
	if err != nil {
		return found, err
	}
	return x.Fresh(ctx, in, place(origin), files.Now)
}

// fileAndLine takes a name for that of a file, or of a file with the line on which a record
// begins. The path is "" where there is no such file.
func fileAndLine(name string) (path string, line int) {
	if _, err := os.Stat(name); err == nil || name == "-" {
		return name, 0
	}
	if at := strings.LastIndexByte(name, ':'); at > 0 {
		line, err := strconv.Atoi(name[at+1:])
		if _, none := os.Stat(name[:at]); err == nil && line > 0 && none == nil {
			return name[:at], line
		}
	}
	return "", 0
}

func place(o article.Origin) string {
	if o.Line == 0 {
		return o.Path
	}
	return o.Path + ":" + strconv.Itoa(o.Line)
}

// one reads the one article of a file, or that of a line.
func (f Files) one(ctx context.Context, path string, line int) (found *article.Article, at article.Origin, err error) {
	decoder, err := source.NewDecoder(f.Read)
	if err != nil {
		return nil, at, err
	}
	for raw, reject := range source.Read(ctx, []string{path}, f.Stdin, f.Read) {
		switch {
		case reject != nil && (line == 0 || reject.Origin.Line == line):
			return nil, at, reject
		case reject != nil, line > 0 && raw.Origin.Line != line:
			continue
		case found != nil:
			return nil, at, storage.Misnamed("explain: %q holds more than one article; name one by the line on which it begins, as in %q", path, place(at))
		}
		received, reject := raw.Decode(decoder)
		if reject != nil && !reject.Kept {
			return nil, at, reject
		}
		found, at = &received, raw.Origin
		if line > 0 {
			break
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, at, err
	}
	if found == nil && line > 0 {
		return nil, at, storage.Misnamed("explain: no article begins on line %d of %q", line, path)
	}
	if found == nil {
		return nil, at, storage.Misnamed("explain: %q holds no article", path)
	}
	return found, at, nil
}

// MaxChecked bounds how many articles are checked at once: their results are printed as one.
const MaxChecked = 1000

// CheckAll checks stored articles and all of files and folders, each by its name. What is no file
// and the name of a stored article means that. Of the records that are rejected it lists the first.
func (x *Explainer) CheckAll(ctx context.Context, names []string, files Files, listed int) (*report.Checks, *report.Rejects, error) {
	result, rejects := &report.Checks{Articles: []report.Checked{}}, &report.Rejects{}
	check := func(a *article.Article) error {
		checked, err := x.Check(ctx, a)
		result.Articles = append(result.Articles, checked)
		return err
	}
	decoder, err := source.NewDecoder(files.Read)
	if err != nil {
		return nil, nil, err
	}
	paths, stored, err := x.part(ctx, names)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range stored {
		body, err := x.view.Body(ctx, s.Seq)
		if err == nil {
			err = check(&article.Article{ID: s.External, Outlet: s.Outlet, URL: s.URL, Headline: s.Headline, Byline: s.Byline,
				Published: s.Published, Language: s.Language, Body: body})
		}
		if err != nil {
			return nil, nil, err
		}
	}
	for raw, reject := range source.Read(ctx, paths, files.Stdin, files.Read) {
		var received article.Article
		if reject == nil {
			received, reject = raw.Decode(decoder)
		}
		if reject != nil && !reject.Kept {
			rejects.Add(reject, listed)
			continue
		}
		if len(result.Articles) == MaxChecked {
			return nil, nil, storage.Misnamed("check: more than %d articles; use `dedupe ingest` into a database of their own", MaxChecked)
		}
		if err := check(&received); err != nil {
			return nil, nil, err
		}
	}
	return result, rejects, ctx.Err()
}

// part parts names of stored articles from those of files.
func (x *Explainer) part(ctx context.Context, names []string) (files []string, stored []storage.Article, err error) {
	for _, name := range names {
		if _, none := os.Lstat(name); none == nil || name == "-" || len(stored) == MaxChecked {
			files = append(files, name)
			continue
		}
		found, err := x.view.Find(ctx, name)
		switch {
		case errors.Is(err, storage.ErrNotFound):
			files = append(files, name)
		case err != nil:
			return nil, nil, err
		default:
			stored = append(stored, found)
		}
	}
	return files, stored, nil
}
