package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dedupe/config"
	"dedupe/storage"
)

// Names in the database's table meta.
const (
	metaTexts  = "settings.texts"  // hash of the settings that change what is stored of a text
	metaLinks  = "settings.links"  // hash of those that change verdicts
	metaValues = "settings.values" // the latter themselves, a line each
)

// several stands in the database for a setting that has had more than one value
// since all links were judged by the same.
const several = "*"

// searchSettings are those settings of links on which stored evidence rests, or
// which pairs there are: after a change of them only the texts say what is linked.
var searchSettings = []string{"window", "candidates.max_heads", "headline.metric", "boilerplate.min_stories"}

// settingChange is a setting that differs from what stored links were judged by.
type settingChange struct {
	key, before, now string // before is "" where it is not known
}

func (c settingChange) String() string {
	switch c.before {
	case "", several:
		return c.key + " to " + c.now
	}
	return c.key + " from " + c.before + " to " + c.now
}

// changedSettings compares the settings of links in force with those that the
// database's links were judged by.
func (a *app) changedSettings(ctx context.Context, store *storage.Store) (list []settingChange, err error) {
	c := a.settings()
	links, err := store.Meta(ctx, metaLinks)
	if err != nil || links == c.Hash(config.Links) || links == "" {
		return nil, err
	}
	values, err := store.Meta(ctx, metaValues)
	if err != nil {
		return nil, err
	}
	before := map[string]string{}
	for line := range strings.Lines(values) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		before[key] = value
	}
	for _, s := range config.Settings() {
		was, known := before[s.Key]
		if !known && values != "" && s.Type == config.Map {
			was = "{}" // from before there was this setting
		}
		if now := c.Value(s.Key); s.Touches == config.Links && was != now {
			list = append(list, settingChange{s.Key, was, now})
		}
	}
	return list, nil
}

// needTexts reports whether changes ask for more than stored evidence.
func needTexts(changes []settingChange) bool {
	return slices.ContainsFunc(changes, func(c settingChange) bool {
		return c.before == "" || slices.Contains(searchSettings, c.key)
	})
}

// linkFacts are the facts of a database all of whose links were judged by the
// settings in force.
func (a *app) linkFacts() map[string]string {
	c := a.settings()
	var values strings.Builder
	for _, s := range config.Settings() {
		if s.Touches == config.Links {
			fmt.Fprintf(&values, "%s: %s\n", s.Key, c.Value(s.Key))
		}
	}
	return map[string]string{metaLinks: c.Hash(config.Links), metaValues: values.String()}
}

// checkSettings compares the settings in force with those that the database was
// filled with. Other settings of texts cannot be mixed; other thresholds are
// treated as on_change says.
func (a *app) checkSettings(ctx context.Context, store *storage.Store) error {
	c := a.settings()
	texts, err := store.Meta(ctx, metaTexts)
	if err != nil {
		return err
	}
	if texts == "" { // a new database
		facts := a.linkFacts()
		facts[metaTexts] = c.Hash(config.Texts)
		return store.SetMeta(ctx, facts)
	}
	if err := a.checkTexts(texts); err != nil {
		return err
	}
	changes, err := a.changedSettings(ctx, store)
	if err != nil {
		return err
	}
	if c.OnChange == config.ChangeRecluster {
		return a.reclusterFirst(ctx, store, changes)
	}
	if len(changes) == 0 {
		return nil
	}
	if c.OnChange == config.ChangeRefuse {
		return usagef(`the thresholds are not those that %s was filled with, and on_change is "refuse": set them back, or judge the stored links again by "dedupe recluster"`, c.Database.Path)
	}
	a.log.Warn(`the thresholds have changed: stored links keep the verdicts of the old ones until "dedupe recluster"`,
		"database", c.Database.Path, "changed", joinChanges(changes))
	return store.SetMeta(ctx, a.mixedFacts(changes))
}

func joinChanges(changes []settingChange) string {
	var list []string
	for _, c := range changes {
		list = append(list, c.String())
	}
	return strings.Join(list, ", ")
}

// mixedFacts are the facts of a database some of whose links were judged by
// other settings than those in force.
func (a *app) mixedFacts(changes []settingChange) map[string]string {
	facts := a.linkFacts()
	facts[metaLinks] = several
	for _, c := range changes {
		facts[metaValues] = strings.Replace(facts[metaValues], c.key+": "+c.now+"\n", c.key+": "+several+"\n", 1)
	}
	return facts
}

// checkTexts compares the settings of texts in force with those of the given
// hash, that of the database.
func (a *app) checkTexts(before string) error {
	c := a.settings()
	if before != c.Hash(config.Texts) {
		return usagef("%s was filled with other values of text.shingle_size, candidates.sample or the like: set them back, or begin a new database", c.Database.Path)
	}
	return nil
}
