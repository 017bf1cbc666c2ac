package main

import (
	"context"

	"dedupe/config"
	"dedupe/storage"
)

// Names in the database's table meta.
const (
	metaTexts = "settings.texts" // hash of the settings that change what is stored of a text
	metaLinks = "settings.links" // hash of those that change verdicts
)

// checkSettings compares the settings in force with those that the database was
// filled with. Other settings of texts cannot be mixed; other thresholds are
// treated as on_change says.
func (a *app) checkSettings(ctx context.Context, store *storage.Store) error {
	c := a.settings()
	texts, links := c.Hash(config.Texts), c.Hash(config.Links)
	before, err := store.Meta(ctx, metaTexts)
	if err != nil {
		return err
	}
	if before == "" { // a new database
		return store.SetMeta(ctx, map[string]string{metaTexts: texts, metaLinks: links})
	}
	if err := a.checkTexts(before); err != nil {
		return err
	}
	if before, err = store.Meta(ctx, metaLinks); err != nil || before == links {
		return err
	}
	if c.OnChange == config.ChangeRefuse {
		return usagef(`the thresholds are not those that %s was filled with, and on_change is "refuse": set them back, or set on_change to "warn"`, c.Database.Path)
	}
	a.log.Warn("the thresholds have changed: stored links keep the verdicts of the old ones", "database", c.Database.Path)
	return store.SetMeta(ctx, map[string]string{metaLinks: links})
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
