package basis

import (
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"dedupe/article"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/notices"
	"dedupe/similarity"
	"dedupe/text"
)

// Engine turns settings into the options of the engine.
func Engine(c *config.Config) (engine.Options, error) {
	opt := engine.DefaultOptions()
	opt.Spill = spillFolder()
	opt.Shingle = c.Text.ShingleSize
	opt.Window = time.Duration(c.Window) * 24 * time.Hour
	opt.Candidates.Sample = c.Candidates.Sample
	opt.Candidates.Heads = c.Candidates.MaxHeads
	t := &opt.Thresholds
	t.Near, t.Excerpt, t.Rewrite = c.Thresholds.Near, c.Thresholds.Excerpt, c.Thresholds.Rewrite
	t.Headline, t.Mentioned = c.Thresholds.Headline, c.Thresholds.Mentioned
	t.MinWords = c.Thresholds.MinWords
	opt.Stories = c.Boilerplate.MinStories
	opt.Notices = notices.New(c.Boilerplate.KnownNotices, c.Boilerplate.Notices)
	opt.Representative = c.Cluster.Representative
	opt.Workers, opt.Batch = c.Workers, c.Batch
	opt.Agencies = text.NewAgencies(c.Wire.Agencies)
	var err error
	if opt.Metric, err = similarity.NormalMetric(c.Headline.Metric); err != nil {
		return opt, err
	}
	if opt.Outlets, err = c.Outlets.Table(); err != nil {
		return opt, err
	}
	for _, name := range c.Cluster.Preferred {
		opt.Preferred = append(opt.Preferred, opt.Outlets.Name(name, ""))
	}
	opt.Overrides, err = overridesOf(c, opt.Outlets)
	return opt, err
}

// overridesOf gives the settings' overrides the names that articles have.
func overridesOf(c *config.Config, outlets *article.Outlets) (engine.Overrides, error) {
	o := engine.Overrides{Outlets: map[string]similarity.Override{}, Languages: map[string]similarity.Override{}}
	from := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(c.Overrides.Outlets)) {
		outlet := outlets.Name(name, "")
		if other, twice := from[outlet]; twice {
			return o, refusef("overrides.outlets: %q and %q are one outlet", other, name)
		}
		from[outlet] = name
		o.Outlets[outlet] = c.Overrides.Outlets[name]
	}
	for tag, x := range c.Overrides.Languages {
		o.Languages[strings.ToLower(tag)] = x
	}
	return o, nil
}

// spillFolder is where SQLite makes its own temporary files: unlike the usual folder
// for these it is seldom in memory.
func spillFolder() string {
	for _, dir := range []string{os.Getenv("SQLITE_TMPDIR"), os.Getenv("TMPDIR"), "/var/tmp", os.TempDir()} {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
	}
	return ""
}
