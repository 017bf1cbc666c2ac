package quality

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dedupe/article"
	"dedupe/evaluate"
	"dedupe/source"
	"dedupe/storage"
)

// ReadTruth reads files of truth into one; "-" is stdin, "" no file. Lines that are too long to be
// read stand in the rejects of their file.
func ReadTruth(ctx context.Context, v *storage.View, in source.Options, outlets *article.Outlets, stdin io.Reader, paths ...string) (gold *evaluate.Gold, files []*source.Given, err error) {
	gold = evaluate.New()
	for _, path := range paths {
		if path == "" {
			continue
		}
		if gold.Name, err = pageNames(ctx, v, path, in, outlets); err != nil {
			return nil, nil, err
		}
		r := stdin
		if path != "-" {
			f, err := os.Open(path)
			if err != nil {
				return nil, nil, fmt.Errorf("read gold: %w", err)
			}
			defer f.Close()
			r = f
		}
		given := source.NewGiven(r, path)
		if err := gold.Read(given); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		files = append(files, given)
	}
	return gold, files, nil
}

// pageNames returns a function that gives the page dumps that a file of truth
// names by their path from its folder, such as pages/story.txt, the name that
// they are stored by: pages have no id of their own and go by their key. Other
// names stay. Only files below the folder are looked at, as in says. It is for
// evaluate.Gold.Name.
func pageNames(ctx context.Context, v *storage.View, truth string, in source.Options, outlets *article.Outlets) (func(name string) string, error) {
	decoder, err := source.NewDecoder(in)
	if err != nil {
		return nil, err
	}
	return func(name string) string {
		if filepath.Ext(name) != ".txt" || !filepath.IsLocal(name) || strings.ContainsAny(name, "*?[") {
			return name
		}
		for raw, reject := range source.Read(ctx, []string{filepath.Join(filepath.Dir(truth), name)}, nil, in) {
			if reject != nil {
				return name
			}
			page, reject := raw.Decode(decoder)
			if reject != nil && !reject.Kept {
				return name
			}
			page.Outlet = outlets.Name(page.Outlet, page.URL)
			if stored, err := v.ByKey(ctx, page.Key()); err == nil {
				return stored.Name()
			}
			break
		}
		return name
	}, nil
}
