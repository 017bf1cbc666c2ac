package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"dedupe/article"
	"dedupe/detect"
	"dedupe/source"
	"dedupe/storage"
)

// subject is one of the two articles of an explanation.
type subject struct {
	storage.Article
	body string

	// Of one that was read from a file and is not stored.
	read *article.Article
	file string
	fate string // what a run would make of it
}

// subject finds what a person means: a stored article, or one in a file. An
// article of a file that is stored as it is counts as stored.
func (a *app) subject(ctx context.Context, v *storage.View, engine *detect.Engine, name string) (s subject, err error) {
	if s.Article, err = v.Find(ctx, name); err == nil {
		s.body, err = v.Body(ctx, s.Seq)
		return s, err
	}
	path, line := fileAndLine(name)
	if !errors.Is(err, storage.ErrNotFound) || path == "" {
		if errors.Is(err, storage.ErrNotFound) && strings.Contains(name, "://") {
			err = fmt.Errorf("%w; nothing is fetched: save the page and name the file", err)
		}
		return s, err
	}
	known, err := a.settings().Outlets.Table()
	if err != nil {
		return s, err
	}
	in, origin, err := a.readOne(ctx, path, line)
	if err != nil {
		return s, err
	}
	in.Outlet = known.Name(in.Outlet, in.URL)
	key, stored, err := engine.Identify(ctx, in)
	if err != nil {
		return s, err
	}
	if stored > 0 {
		if s.Article, err = v.Article(ctx, int64(stored)); err != nil {
			return s, err
		}
		if s.body, err = v.Body(ctx, s.Seq); err != nil {
			return s, err
		}
		if s.Headline == in.Headline && s.body == in.Body {
			return s, nil
		}
	}
	s = subject{read: in, body: in.Body, file: place(origin)}
	s.Article = storage.Article{Key: key, External: in.ID, Outlet: in.Outlet, URL: in.URL, Headline: in.Headline}
	s.Effective, s.Reason = article.EffectiveDate(in.Published, a.now())
	s.fate, err = fate(ctx, v, engine, in)
	return s, err
}

// fileAndLine takes a name for that of a file, or of a file with the line on
// which a record begins: news.jsonl:17. The path is "" where there is no such file.
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

// readOne reads the one article of a file, or that of a line.
func (a *app) readOne(ctx context.Context, path string, line int) (found *article.Article, at article.Origin, err error) {
	in := a.input()
	decoder, err := source.NewDecoder(in)
	if err != nil {
		return nil, at, err
	}
	for raw, reject := range source.Read(ctx, []string{path}, a.stdin, in) {
		switch {
		case reject != nil && (line == 0 || reject.Origin.Line == line):
			return nil, at, reject
		case reject != nil, line > 0 && raw.Origin.Line != line:
			continue
		case found != nil:
			return nil, at, usagef("explain: %q holds more than one article; name one by the line on which it begins, as in %q", path, place(at))
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
		return nil, at, usagef("explain: no article begins on line %d of %q", line, path)
	}
	if found == nil {
		return nil, at, usagef("explain: %q holds no article", path)
	}
	return found, at, nil
}

// fate says what a run would make of an article that is not stored.
func fate(ctx context.Context, v *storage.View, engine *detect.Engine, in *article.Article) (string, error) {
	found, err := engine.Check(ctx, in)
	if err != nil {
		return "", err
	}
	if len(found.Copies) == 0 {
		return "not stored, and would be alone", nil
	}
	best, err := v.Article(ctx, int64(found.Copies[0].A))
	if err != nil {
		return "", err
	}
	if best.Cluster == 0 {
		return fmt.Sprintf("not stored, and would make a cluster with %s", best.Name()), nil
	}
	return fmt.Sprintf("not stored, and would join cluster %d as a copy of %s", best.Cluster, best.Name()), nil
}
