package quality

import (
	"context"
	"path/filepath"
	"strings"

	"dedupe/article"
	"dedupe/source"
	"dedupe/storage"
)

// PageNames returns a function that gives the page dumps that a file of truth
// names by their path from its folder, such as pages/story.txt, the name that
// they are stored by: pages have no id of their own and go by their key. Other
// names stay. Only files below the folder are looked at, as in says. It is for
// evaluate.Gold.Name.
func PageNames(ctx context.Context, v *storage.View, truth string, in source.Options, outlets *article.Outlets) (func(name string) string, error) {
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
