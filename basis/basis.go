// Package basis says what a database was made by: which settings, and which version of what this
// program does with them. It notes that in the database, finds what has changed since, and refuses
// settings that do not fit what is stored. It also turns settings into the options of the engine.
//
// Settings of texts (shingles, the index, agencies, outlets) cannot be mixed in one database;
// verdicts by other settings of links can, and the database notes which are mixed.
package basis

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dedupe/config"
	"dedupe/engine"
	"dedupe/storage"
)

// Basis compares a database with the settings in force.
type Basis struct {
	Store  *storage.Store
	Config *config.Config
}

// Refused says why settings, or an older database, cannot be worked with.
type Refused struct{ reason string }

func (r *Refused) Error() string { return r.reason }

func refusef(format string, args ...any) error { return &Refused{fmt.Sprintf(format, args...)} }

// A database notes what its contents were made by: a hash of the settings, the
// settings themselves, a line each, to name those that have changed, and the version
// of what this program does with them.
var (
	// Texts are what is stored of a text. Nothing is noted of them in a new database.
	Texts = &Contents{config.Texts, "settings.texts", "settings.texts.values", "version of words", engine.WordsVersion}
	// Links are verdicts.
	Links = &Contents{config.Links, "settings.links", "settings.values", "version of links", engine.LinksVersion}
)

// Contents are made by some of the settings, and where that stands in the table meta.
type Contents struct {
	touches      config.Touches
	hash, values string
	version      string // 1 where it does not stand there
	now          int    // the version of this program
}

// By stands for settings and the version of this program.
func (m *Contents) By(c *config.Config) string { return fmt.Sprintf("%s.%d", c.Hash(m.touches), m.now) }

// Remade is the change after which all of the contents are made anew.
func (m *Contents) Remade() Change { return Change{m.version, several, strconv.Itoa(m.now)} }

// several stands in the database for a setting that has had more than one value
// since all links were judged by the same.
const several = "*"

// searchSettings are those settings of links on which stored evidence rests, or
// which pairs there are: after a change of them only the texts say what is linked.
var searchSettings = []string{"window", "candidates.max_heads", "headline.metric", "boilerplate.min_stories", "boilerplate.known_notices", "boilerplate.notices", Links.version}

// Change is a setting that differs from what the contents of a database were made by, or the
// version of the program that does.
type Change struct {
	Key, Before, Now string // Before is "" where it is not known
}

func (c Change) String() string {
	switch c.Before {
	case "", several:
		return c.Key + " to " + c.Now
	}
	return c.Key + " from " + c.Before + " to " + c.Now
}

// Update reports whether it is the program that has changed, and no setting.
func (c Change) Update() bool { return c.Key == Texts.version || c.Key == Links.version }

// Updates are those changes that are of the program.
func Updates(changes []Change) (list []Change) {
	for _, c := range changes {
		if c.Update() {
			list = append(list, c)
		}
	}
	return list
}

// Changed lists the settings in force that are others than those by which the
// database was made, and the version of what makes it where that is another.
func (b Basis) Changed(ctx context.Context, m *Contents) (list []Change, err error) {
	c := b.Config
	hash, err := b.Store.Meta(ctx, m.hash)
	if err != nil || hash == "" {
		return nil, err
	}
	version, err := b.Store.Meta(ctx, m.version)
	if err != nil {
		return nil, err
	}
	if now := strconv.Itoa(m.now); cmp.Or(version, "1") != now {
		list = append(list, Change{m.version, cmp.Or(version, "1"), now})
	}
	if hash == c.Hash(m.touches) {
		return list, nil
	}
	values, err := b.Store.Meta(ctx, m.values)
	if err != nil || values == "" && hash == formerly(c).Hash(m.touches) {
		return list, err
	}
	before := parse(values)
	for _, s := range config.Settings() {
		was, known := before[config.Noted(s.Key)]
		if !known && values != "" {
			was = s.Absent() // from before there was this setting
		}
		if then := *c; was != "" && was != several && then.Set(s.Key, was) == nil {
			was = then.Value(s.Key) // written as this version does
		}
		if now := c.Value(s.Key); s.Touches == m.touches && was != now {
			list = append(list, Change{s.Key, was, now})
		}
	}
	return list, nil
}

// parse reads noted settings, by their keys of then.
func parse(values string) map[string]string {
	by := map[string]string{}
	for line := range strings.Lines(values) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		by[key] = value
	}
	return by
}

// Noted lists the settings by which what is stored was made, those of texts and then those of links, where they are not the
// defaults: "thresholds.near: 0.4". Of a setting with several values it says so. A database of before they were noted has none.
func (b Basis) Noted(ctx context.Context) (list []string, err error) {
	for _, m := range []*Contents{Texts, Links} {
		values, err := b.Store.Meta(ctx, m.values)
		if err != nil {
			return nil, err
		}
		by := parse(values)
		for _, s := range config.Settings() {
			was, normal := by[config.Noted(s.Key)], config.Default()
			then := normal
			switch {
			case was == several:
				list = append(list, s.Key+": several values, one after the other")
			case s.Touches == m.touches && was != "" && (then.Set(s.Key, was) != nil || then.Value(s.Key) != normal.Value(s.Key)):
				list = append(list, s.Key+": "+was)
			}
		}
	}
	return list, nil
}

// formerly are the settings in force with what was the default of one when databases noted a hash of them
// and no values. Nobody has changed that one: its new default is part of the update of the program.
func formerly(c *config.Config) *config.Config {
	former := *c
	former.Candidates.Sample = 8
	return &former
}

// Judged returns the settings in force with those of links as the stored links were judged by, as
// far as that is known, and all changes since that a recluster applies. What shows stored links goes
// by it, so that a change of settings judges nothing anew until then.
func (b Basis) Judged(ctx context.Context) (*config.Config, []Change, error) {
	links, err := b.Changed(ctx, Links)
	if err != nil {
		return nil, nil, err
	}
	texts, err := b.Changed(ctx, Texts)
	if err != nil {
		return nil, nil, err
	}
	c := *b.Config
	for _, x := range links {
		if x.Before == "" || x.Before == several || x.Update() {
			continue
		}
		_ = c.Set(x.Key, x.Before) // what is no longer allowed is as it is now
	}
	return &c, slices.DeleteFunc(slices.Concat(texts, links), Change.Update), nil
}

// NeedTexts reports whether changes ask for more than stored evidence.
func NeedTexts(changes []Change) bool {
	return slices.ContainsFunc(changes, func(c Change) bool {
		return c.Before == "" || slices.Contains(searchSettings, c.Key)
	})
}

// facts are those of a database all of which was made by the settings in force.
func (b Basis) facts(m *Contents) map[string]string {
	c := b.Config
	var values strings.Builder
	for _, s := range config.Settings() {
		if s.Touches == m.touches {
			fmt.Fprintf(&values, "%s: %s\n", config.Noted(s.Key), c.Value(s.Key))
		}
	}
	return map[string]string{m.hash: c.Hash(m.touches), m.values: values.String(), m.version: strconv.Itoa(m.now)}
}

// Made is what a database notes all of which was made by the settings in force and by what people
// decided on boilerplate, and of which so much is still to be done of an update.
func (b Basis) Made(ctx context.Context, todo string) (facts map[string]string, err error) {
	facts = b.facts(Links)
	maps.Copy(facts, b.facts(Texts))
	facts[metaUpdating] = todo
	facts[metaDecided], err = b.decisions(ctx)
	return facts, err
}

// NoteMixed notes that some of the contents are still made by other settings.
func (b Basis) NoteMixed(ctx context.Context, m *Contents, changes []Change) error {
	facts := b.facts(m)
	facts[m.hash] = several
	for _, c := range changes {
		if c.Key == m.version {
			facts[m.version] = several
		}
		facts[m.values] = strings.Replace(facts[m.values], config.Noted(c.Key)+": "+c.Now+"\n", config.Noted(c.Key)+": "+several+"\n", 1)
	}
	return b.Store.SetMeta(ctx, facts)
}

// Fit compares the settings in force, and this version of the program, with those that the
// database was filled by, before something is taken in. Other settings of texts cannot be mixed;
// other settings of links are treated as on_change says: refused, or noted and returned, and stored
// links keep their verdicts. After an update of the program all is to be brought up to date first,
// whatever on_change says: that is about settings. So is a recluster that was stopped to be
// finished first, by the settings in force now.
func (b Basis) Fit(ctx context.Context) (recluster bool, mixed []Change, err error) {
	halfway, _, err := engine.Halfway(ctx, b.Store)
	if err != nil {
		return false, nil, err
	}
	if halfway || b.Config.OnChange == config.ChangeRecluster {
		return true, nil, nil
	}
	if err := b.CheckShown(ctx); err != nil {
		return false, nil, err
	}
	_, changes, err := b.ChangedAll(ctx)
	if err != nil {
		return false, nil, err
	}
	updated := len(Updates(changes)) > 0
	changes = slices.DeleteFunc(changes, Change.Update) // of texts only these are left
	switch {
	case len(changes) > 0 && b.Config.OnChange == config.ChangeRefuse:
		return false, nil, refusef(`%s was filled with other settings (%s), and on_change is "refuse": set them back, or judge the stored links again by "dedupe recluster"`,
			b.Config.Database.Path, Join(changes))
	case updated || len(changes) == 0:
		return updated, nil, nil
	}
	return false, changes, b.NoteMixed(ctx, Links, changes)
}

// Filled reports whether anything was taken in ever.
func (b Basis) Filled(ctx context.Context) (bool, error) {
	hash, err := b.Store.Meta(ctx, Texts.hash)
	return hash != "", err
}

// Note notes the settings in force in a new database, and the values of
// those of texts in one of an earlier version, which noted their hash alone.
func (b Basis) Note(ctx context.Context) error {
	hash, err := b.Store.Meta(ctx, Texts.hash)
	if err != nil {
		return err
	}
	facts := b.facts(Texts)
	if hash == "" { // new
		maps.Copy(facts, b.facts(Links))
		return b.Store.SetMeta(ctx, facts)
	}
	values, err := b.Store.Meta(ctx, Texts.values)
	if err != nil || values != "" || hash != facts[Texts.hash] {
		return err
	}
	delete(facts, Texts.version)
	return b.Store.SetMeta(ctx, facts)
}

// Join names changes, as "window from 45d to 10d, thresholds.near to 0.7".
func Join(changes []Change) string {
	var list []string
	for _, c := range changes {
		list = append(list, c.String())
	}
	return strings.Join(list, ", ")
}

const aliases = "outlets.aliases"

// Renews reports whether changes of texts ask for making the articles themselves anew, and not
// the index alone.
func Renews(texts []Change) bool {
	return slices.ContainsFunc(texts, func(c Change) bool { return c.Update() || c.Key == aliases })
}

// changedTexts lists the changed settings of texts. It refuses those of which it
// is not known what they were.
func (b Basis) changedTexts(ctx context.Context) ([]Change, error) {
	path := b.Config.Database.Path
	changes, err := b.Changed(ctx, Texts)
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		if c.Before == "" {
			return nil, refusef("%s was filled by an earlier version with other values of text.shingle_size, candidates.sample, wire.agencies or outlets.aliases: set them back for one run, which notes them, or begin a new database", path)
		}
	}
	return changes, nil
}

// ChangedAll lists the changed settings of texts, and these with those of links.
func (b Basis) ChangedAll(ctx context.Context) (texts, all []Change, err error) {
	if texts, err = b.changedTexts(ctx); err != nil {
		return nil, nil, err
	}
	links, err := b.Changed(ctx, Links)
	return texts, slices.Concat(texts, links), err
}

// CheckTexts refuses a database that was filled with other settings of texts, or by
// another version of the program.
func (b Basis) CheckTexts(ctx context.Context) error {
	changes, err := b.changedTexts(ctx)
	if err == nil && len(changes) > 0 && len(Updates(changes)) == len(changes) {
		return refusef(`%s was filled by another version of dedupe (%s): the next "dedupe run", "ingest" or "recluster" brings it up to date`,
			b.Config.Database.Path, Join(changes))
	}
	return b.CheckShown(ctx) // which meets the same error
}

// CheckShown is CheckTexts for what shows stored figures beside texts: after an update
// of the program it goes on.
func (b Basis) CheckShown(ctx context.Context) error {
	changes, err := b.changedTexts(ctx)
	if changes = slices.DeleteFunc(changes, Change.Update); err == nil && len(changes) > 0 {
		return b.otherTexts(changes)
	}
	return err
}

func (b Basis) otherTexts(changes []Change) error {
	return refusef(`%s was filled with other settings of texts (%s): set them back, or make the index and all links anew by "dedupe recluster"`,
		b.Config.Database.Path, Join(changes))
}

// metaUpdating is there while a database is brought up to date with another version of
// the program, and says what is still to be done.
const metaUpdating = "updating"

// What is still to be done of an update.
const (
	UpdateAll = "all"
	UpdateIDs = "ids" // only which versions are of one article: see engine.Engine.SettleIDs
)

// Updating says what is still to be done while a database is brought up to date with this
// version of the program; "" where nothing is.
func (b Basis) Updating(ctx context.Context) (string, error) { return b.Store.Meta(ctx, metaUpdating) }

// NoteUpdating notes that.
func (b Basis) NoteUpdating(ctx context.Context, todo string) error {
	return b.Store.SetMeta(ctx, map[string]string{metaUpdating: todo})
}
