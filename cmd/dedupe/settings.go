package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dedupe/config"
	"dedupe/detect"
	"dedupe/storage"
)

// A database notes what its contents were made by: a hash of the settings, the
// settings themselves, a line each, to name those that have changed, and the version
// of what this program does with them.
var (
	madeTexts = made{config.Texts, metaTexts, "settings.texts.values", "version of words", detect.WordsVersion}  // what is stored of a text
	madeLinks = made{config.Links, "settings.links", "settings.values", "version of links", detect.LinksVersion} // verdicts
)

// made is what some contents are made by, and where that stands in the table meta.
type made struct {
	touches      config.Touches
	hash, values string
	version      string // 1 where it does not stand there
	now          int    // the version of this program
}

// by stands for the settings in force and the version of this program.
func (m made) by(c *config.Config) string { return fmt.Sprintf("%s.%d", c.Hash(m.touches), m.now) }

// metaTexts is not there in a database that is new.
const metaTexts = "settings.texts"

// several stands in the database for a setting that has had more than one value
// since all links were judged by the same.
const several = "*"

// searchSettings are those settings of links on which stored evidence rests, or
// which pairs there are: after a change of them only the texts say what is linked.
var searchSettings = []string{"window", "candidates.max_heads", "headline.metric", "boilerplate.min_stories", madeLinks.version}

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

// update reports whether it is the program that has changed, and no setting.
func (c settingChange) update() bool { return c.key == madeTexts.version || c.key == madeLinks.version }

// updates are those changes that are of the program.
func updates(changes []settingChange) (list []settingChange) {
	for _, c := range changes {
		if c.update() {
			list = append(list, c)
		}
	}
	return list
}

// changed lists the settings in force that are others than those by which the
// database was made, and the version of what makes it where that is another.
func (a *app) changed(ctx context.Context, store *storage.Store, m made) (list []settingChange, err error) {
	c := a.settings()
	hash, err := store.Meta(ctx, m.hash)
	if err != nil || hash == "" {
		return nil, err
	}
	version, err := store.Meta(ctx, m.version)
	if err != nil {
		return nil, err
	}
	if now := strconv.Itoa(m.now); cmp.Or(version, "1") != now {
		list = append(list, settingChange{m.version, cmp.Or(version, "1"), now})
	}
	if hash == c.Hash(m.touches) {
		return list, nil
	}
	values, err := store.Meta(ctx, m.values)
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
		if now := c.Value(s.Key); s.Touches == m.touches && was != now {
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

// facts are those of a database all of which was made by the settings in force.
func (a *app) facts(m made) map[string]string {
	c := a.settings()
	var values strings.Builder
	for _, s := range config.Settings() {
		if s.Touches == m.touches {
			fmt.Fprintf(&values, "%s: %s\n", s.Key, c.Value(s.Key))
		}
	}
	return map[string]string{m.hash: c.Hash(m.touches), m.values: values.String(), m.version: strconv.Itoa(m.now)}
}

// mixedFacts are those of a database some of which was made by other settings.
func (a *app) mixedFacts(m made, changes []settingChange) map[string]string {
	facts := a.facts(m)
	facts[m.hash] = several
	for _, c := range changes {
		if c.key == m.version {
			facts[m.version] = several
		}
		facts[m.values] = strings.Replace(facts[m.values], c.key+": "+c.now+"\n", c.key+": "+several+"\n", 1)
	}
	return facts
}

// checkSettings compares the settings in force, and this version of the program, with
// those that the database was filled by. Other settings of texts cannot be mixed; other
// thresholds are treated as on_change says. After an update of the program all is brought
// up to date first, whatever on_change says: that is about settings.
func (a *app) checkSettings(ctx context.Context, store *storage.Store) error {
	c := a.settings()
	if err := a.noteTexts(ctx, store); err != nil {
		return err
	}
	if err := a.settleIDs(ctx, store); err != nil {
		return err
	}
	if c.OnChange == config.ChangeRecluster {
		return a.reclusterFirst(ctx, store)
	}
	texts, err := a.changedTexts(ctx, store)
	if err != nil {
		return err
	}
	changes, err := a.changed(ctx, store, madeLinks)
	if err != nil {
		return err
	}
	updated := len(updates(texts))+len(updates(changes)) > 0
	if texts = slices.DeleteFunc(texts, settingChange.update); len(texts) > 0 {
		return a.otherTexts(texts)
	}
	changes = slices.DeleteFunc(changes, settingChange.update)
	switch {
	case len(changes) > 0 && c.OnChange == config.ChangeRefuse:
		return usagef(`%s was filled with other settings (%s), and on_change is "refuse": set them back, or judge the stored links again by "dedupe recluster"`,
			c.Database.Path, joinChanges(changes))
	case updated:
		return a.reclusterFirst(ctx, store)
	case len(changes) == 0:
		return nil
	}
	a.log.Warn(`what links are judged by has changed: stored ones keep their verdicts until "dedupe recluster"`,
		"database", c.Database.Path, "changed", joinChanges(changes))
	return store.SetMeta(ctx, a.mixedFacts(madeLinks, changes))
}

// noteTexts notes the settings in force in a new database, and the values of
// those of texts in one of an earlier version, which noted their hash alone.
func (a *app) noteTexts(ctx context.Context, store *storage.Store) error {
	hash, err := store.Meta(ctx, madeTexts.hash)
	if err != nil {
		return err
	}
	facts := a.facts(madeTexts)
	if hash == "" { // new
		maps.Copy(facts, a.facts(madeLinks))
		return store.SetMeta(ctx, facts)
	}
	values, err := store.Meta(ctx, madeTexts.values)
	if err != nil || values != "" || hash != facts[madeTexts.hash] {
		return err
	}
	delete(facts, madeTexts.version)
	return store.SetMeta(ctx, facts)
}

func joinChanges(changes []settingChange) string {
	var list []string
	for _, c := range changes {
		list = append(list, c.String())
	}
	return strings.Join(list, ", ")
}

// indexSettings are those settings of texts by which the index is made, and
// what is left out of texts: a recluster can make these anew. Other outlets would
// be other articles.
var indexSettings = []string{"text.shingle_size", "candidates.sample", "wire.agencies", madeTexts.version}

// changedTexts lists the changed settings of texts. It refuses those that only a
// new database can have.
func (a *app) changedTexts(ctx context.Context, store *storage.Store) ([]settingChange, error) {
	path := a.settings().Database.Path
	changes, err := a.changed(ctx, store, madeTexts)
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		switch {
		case c.before == "":
			return nil, usagef("%s was filled by an earlier version with other values of text.shingle_size, candidates.sample, wire.agencies or outlets.aliases: set them back for one run, which notes them, or begin a new database", path)
		case !slices.Contains(indexSettings, c.key):
			return nil, usagef("%s was filled with another %s, by which articles are told apart: set it back, or begin a new database", path, c.key)
		}
	}
	return changes, nil
}

// checkTexts refuses a database that was filled with other settings of texts, or by
// another version of the program.
func (a *app) checkTexts(ctx context.Context, store *storage.Store) error {
	changes, err := a.changedTexts(ctx, store)
	if err != nil || len(changes) == 0 {
		return err
	}
	if len(updates(changes)) == len(changes) {
		return usagef(`%s was filled by another version of dedupe (%s): the next "dedupe run", "ingest" or "recluster" brings it up to date`,
			a.settings().Database.Path, joinChanges(changes))
	}
	return a.otherTexts(changes)
}

// checkShown is checkTexts for what shows stored figures beside texts: after an update
// of the program it goes on.
func (a *app) checkShown(ctx context.Context, store *storage.Store) error {
	changes, err := a.changedTexts(ctx, store)
	if err != nil {
		return err
	}
	if changes = slices.DeleteFunc(changes, settingChange.update); len(changes) > 0 {
		return a.otherTexts(changes)
	}
	return a.noteUpdating(ctx, store)
}

func (a *app) otherTexts(changes []settingChange) error {
	return usagef(`%s was filled with other settings of texts (%s): set them back, or make the index and all links anew by "dedupe recluster"`,
		a.settings().Database.Path, joinChanges(changes))
}

// metaUpdating is there while a database is brought up to date with another version of
// the program, and says what is still to be done.
const (
	metaUpdating = "updating"
	updatingAll  = "all"
	updatingIDs  = "ids" // only which versions are of one article: see detect.Engine.SettleIDs
)

// noteUpdating says so when a database is half brought up to date.
func (a *app) noteUpdating(ctx context.Context, store *storage.Store) error {
	updating, err := store.Meta(ctx, metaUpdating)
	if err == nil && updating != "" {
		a.log.Warn("the database is being brought up to date with this version of dedupe: this is what is stored so far; the next run goes on with it",
			"database", a.settings().Database.Path)
	}
	return err
}
