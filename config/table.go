package config

import (
	"io/fs"
	"net/netip"
	"strings"
	"time"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
)

// sections say what the settings of each section are for, above them in
// config.yaml.
var sections = map[string]string{
	"database":    "Where everything is stored.",
	"fetch":       "How feeds and pages are fetched.",
	"input":       "How records are read.",
	"text":        "What is compared of a text.",
	"candidates":  "Which stored articles an article is compared with.",
	"thresholds":  "From which figures two articles are linked. Shares are from 0 (nothing) to 1 (all).",
	"overrides":   "Thresholds that some articles have of their own. Two articles are judged by the stricter of each two. min_words holds for all: which articles are too short to judge does not depend on what they are compared with.",
	"headline":    "How headlines are compared.",
	"boilerplate": "What counts as the page's text and not the story's: sign-in prompts, cookie notes, footers.",
	"outlets":     "Which outlets are one, and whose they are.",
	"wire":        "News agencies.",
	"cluster":     "How clusters are presented.",
	"storage":     "How articles are kept.",
	"retention":   "For how long parts of an article are kept, by its date; docs/retention.md says what goes. `dedupe prune` takes out what is older, and so does `dedupe run` at its end, once a day.",
	"report":      "What `dedupe report` shows unless told otherwise.",
	"log":         "Messages on standard error.",
	"notify":      "Who is told of each cluster that is new: a program, or an address.",
	"metrics":     "Figures of each run, for Prometheus.",
	"output":      "What is printed. These are meant to be flags; here they hold for every command.",
}

// What a library has a default of has it there.
var (
	thresholds = similarity.DefaultThresholds()
	search     = candidate.DefaultOptions()
)

// representatives are the rules by which a cluster's representative is chosen.
var (
	representatives = []string{"pinned", "preferred", "agency", "earliest", "latest", "longest", "shortest"}
	representative  = []string{"pinned", "agency", "earliest", "longest"}
)

// preferred is the list that the rule of that name needs.
const preferred = "cluster.preferred"

// table has every setting, in the order of config.yaml. To change a default,
// change it here or where it points to; to add a setting, add its field to Config
// and a row here. `go test ./config -update` then writes config.yaml anew.
var table = []Setting{
	setting("database.path", func(c *Config) *string { return &c.Database.Path },
		text("file"), "dedupe.db", Nothing,
		"The SQLite file; it is made when it is not there. A relative path in this file is relative to this file's folder."),
	setting("database.mode", func(c *Config) *fs.FileMode { return &c.Database.Mode },
		mode(), 0o640, Nothing,
		"Who may read a new database, as chmod takes it; the umask still takes away. SQLite's files and the lock beside it have the rights of the database."),
	setting("database.keep_before_update", func(c *Config) *bool { return &c.Database.KeepBeforeUpdate },
		boolean(), true, Nothing,
		"Whether a database of an older schema is copied to FILE.before-schema-N before an update of dedupe changes it. The copy is there until the next such update."),

	setting("sources", func(c *Config) *[]Source { return &c.Sources },
		sources(), nil, Nothing,
		"What `dedupe run` reads: files, folders (with all below them), patterns such as feeds/*.jsonl.gz, and entries such as {type: feed, url: \"https://harbour.example/feed\"}. "+
			"`dedupe sources add` writes entries; docs/sources.md says what they may have. A relative path in this file is relative to this file's folder."),

	field("id", func(f *Fields) *[]string { return &f.ID }, "id"),
	field("outlet", func(f *Fields) *[]string { return &f.Outlet }, "outlet", "source.name", "source.title", "media_name", "publisher", "publication",
		"site_name", "sitename", "siteName", "meta_site_name", "source-hostname", "source", "source.domain", "source.uri", "source_name", "source_domain",
		"domain", "hostname", "media_url"),
	field("url", func(f *Fields) *[]string { return &f.URL }, "url", "link", "canonical_url", "canonical_link", "source"),
	field("headline", func(f *Fields) *[]string { return &f.Headline }, "title", "headline"),
	field("byline", func(f *Fields) *[]string { return &f.Byline }, "byline", "author", "authors", "creator"),
	field("published", func(f *Fields) *[]string { return &f.Published }, "published", "publishedAt", "published_at", "date_published", "datePublished",
		"publish_date", "published_date", "publication_date", "date_publish", "dateTimePub", "pubDate", "pub_date", "dateTime", "date", "seendate"),
	field("language", func(f *Fields) *[]string { return &f.Language }, "language", "lang", "meta_lang", "inLanguage"),
	field("body", func(f *Fields) *[]string { return &f.Body }, "body", "text", "content", "content_text", "content_html", "articleBody", "article_body",
		"full_text", "fulltext", "maintext", "main_text", "article_text", "body_text", "story_text"),
	setting("input.dates", func(c *Config) *string { return &c.Input.Dates },
		choice("certain", "day_first", "month_first"), "certain", Nothing,
		"How a date is read that has two meanings: 06/04/2026 is 6 April with day_first, 4 June with month_first, and counts as no date with certain. Dates with one meaning are read in any case. It holds for articles that are taken in from then on."),
	setting("input.max_record", func(c *Config) *int64 { return &c.Input.MaxRecord },
		size(1<<10, 1<<30), 16<<20, Nothing,
		"A longer record is rejected without being read into memory."),

	setting("window", func(c *Config) *Days { return &c.Window },
		days(), Days(candidate.DefaultWindow/(24*time.Hour)), Links,
		"Only articles that appeared within so many days of each other are compared."),

	setting("text.shingle_size", func(c *Config) *int { return &c.Text.ShingleSize },
		integer(4, 8), similarity.DefaultK, Texts, // boilerplate joins gaps of up to 4 words, and is learned in passages of 8
		"Words a shingle. Shorter ones survive heavier editing, and are shared more often by chance."),

	setting("candidates.sample", func(c *Config) *int { return &c.Candidates.Sample },
		integer(1, 64), search.Sample, Texts,
		"One pair of telling words in so many is kept for the index, and each name. Fewer make a smaller and faster database; more find shorter copied passages."),
	setting("candidates.max_heads", func(c *Config) *int { return &c.Candidates.MaxHeads },
		integer(1, 64), search.Heads, Links,
		"Of the articles that share a pair of telling words so many are candidates: half of them the first in the window, half the last."),

	setting("preset", func(c *Config) *string { return &c.Preset },
		choice(presetNames()...), balanced, Nothing,
		"The values of settings that nothing else sets: strict (fewer false links, and more rewrites missed), balanced, or loose (more "+
			"rewrites found, and more independent reports linked). In the list below they are commented out: take the # away to set one yourself."),

	setting("thresholds.near", func(c *Config) *float64 { return &c.Thresholds.Near },
		number(0, 1), thresholds.Near, Links,
		"Near: resemblance, the shingles that both texts have among all that either has."),
	setting("thresholds.excerpt", func(c *Config) *float64 { return &c.Thresholds.Excerpt },
		number(0, 1), thresholds.Excerpt, Links,
		"Excerpt: containment, the share of the one text's shingles that the other also has, for a text of 80 words or more. A shorter one needs more."),
	setting("thresholds.rewrite", func(c *Config) *float64 { return &c.Thresholds.Rewrite },
		number(0, 1), thresholds.Rewrite, Links,
		"Rewrite: the share of the shorter text's words, weighted by length, that are in the other in the same order, for a text of 80 words. A shorter text needs more and a longer one less, as far beyond what chance puts in order."),
	setting("thresholds.headline", func(c *Config) *float64 { return &c.Thresholds.Headline },
		number(0, 1), thresholds.Headline, Links,
		"From this likeness on two headlines are the same one. Under one that says much, half of excerpt is enough, where more than a sentence is shared in one piece; a quarter, where that is the story of both."),
	setting("thresholds.mentioned", func(c *Config) *float64 { return &c.Thresholds.Mentioned },
		number(0, 1), thresholds.Mentioned, Links,
		"The share of a headline that must be mentioned in the other's body; a link in which neither is needs more proof."),
	setting("thresholds.min_words", func(c *Config) *int { return &c.Thresholds.MinWords },
		integer(0, 1000), thresholds.MinWords, Links,
		"An article with fewer words left after its boilerplate is too short to judge: only an identical text under the same headline links it."),

	setting("overrides.outlets", func(c *Config) *map[string]similarity.Override { return &c.Overrides.Outlets },
		overrides("outlet", foldOutlet), nil, Links,
		"Of outlets, such as {Harbour Times: [excerpt=0.7, rewrite=0.6]}. They outrank those of languages."),
	setting("overrides.languages", func(c *Config) *map[string]similarity.Override { return &c.Overrides.Languages },
		overrides("language", foldLanguage), nil, Links,
		"Of languages by their tags, such as {de: [rewrite=0.5]}; pt holds for pt-BR too."),

	setting("headline.metric", func(c *Config) *string { return &c.Headline.Metric },
		choice(similarity.MetricNames()...), similarity.DefaultMetric, Links,
		"The measure of how alike two headlines are; thresholds.headline is on its scale."),

	setting("boilerplate.min_stories", func(c *Config) *int { return &c.Boilerplate.MinStories },
		integer(3, 100), boilerplate.DefaultStories, Links,
		"A passage is boilerplate when it stands in so many stories that are not copies of each other."),
	setting("boilerplate.known_notices", func(c *Config) *bool { return &c.Boilerplate.KnownNotices },
		boolean(), true, Links,
		"Whether notices that dedupe knows in advance are boilerplate: consent notes, paywalls, robot checks, appeals for gifts, region blocks, newsletter boxes, pleas of ad blockers, in 43 languages."),
	setting("boilerplate.notices", func(c *Config) *[]string { return &c.Boilerplate.Notices },
		phrases(), nil, Links,
		"Phrases of other notices, such as [read this in our app]: a sentence that has one is boilerplate. A phrase has 8 letters or more."),

	setting("outlets.aliases", func(c *Config) *map[string][]string { return &c.Outlets.Aliases },
		groups("outlet", "other name", foldOutlet, true), nil, Texts,
		"Names and hosts of one outlet, such as {Harbour Times: [harbourtimes.example, Harbour Times Online]}."),
	setting("outlets.owners", func(c *Config) *map[string][]string { return &c.Outlets.Owners },
		groups("owner", "outlet", foldOutlet, false), nil, Nothing,
		"Outlets of one owner, such as {Coast Media: [Harbour Times, Bay Courier]}; reports count owners as well."),
	setting("wire.agencies", func(c *Config) *map[string][]string { return &c.Wire.Agencies },
		groups("agency", "credit", strings.ToLower, false), nil, Texts,
		"Agencies besides those known, with the credits they appear under, such as {Northern Press: [NP, Northern Press Agency]}."),

	setting("cluster.representative", func(c *Config) *[]string { return &c.Cluster.Representative },
		list("rules", representatives...), representative, Links,
		"How a cluster's representative is chosen: by the first rule that finds one. preferred is of the first outlet in the list below; agency is of the wire agency itself; latest and earliest go by date; longest and shortest by the words compared. Of several the earliest is taken. An article that a person pinned comes first in any case."),
	setting(preferred, func(c *Config) *[]string { return &c.Cluster.Preferred },
		optional(list("outlets")), nil, Links,
		"The outlets of the rule preferred, the best first, by name or host, such as [Northwire, harbourtimes.example]."),

	setting("on_change", func(c *Config) *string { return &c.OnChange },
		choice(ChangeRecluster, ChangeWarn, ChangeRefuse), ChangeWarn, Nothing,
		"What a run does when settings have changed since the stored links were judged. What changes what is kept of a text, such as text.shingle_size, is refused unless this is recluster. After an update of dedupe itself a run brings everything up to date first, whatever stands here."),
	setting("workers", func(c *Config) *int { return &c.Workers },
		integer(0, 256), 0, Nothing,
		"How many articles are worked on at once; 0 is one for each processor. The result is the same for any number."),
	setting("batch", func(c *Config) *int { return &c.Batch },
		integer(1, 1000000), 4000, Nothing,
		"Articles a transaction. More is faster and takes more memory; the result is the same for any number."),

	setting("storage.compress", func(c *Config) *bool { return &c.Storage.Compress },
		boolean(), true, Nothing,
		"Whether bodies are stored compressed."),

	setting("retention.articles", func(c *Config) *Days { return &c.Retention.Articles },
		days(), Unlimited, Nothing,
		"The article as a whole, with what is known of runs of before. What is as old is not taken in any more."),
	setting("retention.texts", func(c *Config) *Days { return &c.Retention.Texts },
		days(), Unlimited, Nothing,
		"Its text. Headline, cluster and links stay."),
	setting("retention.pairs", func(c *Config) *Days { return &c.Retention.Pairs },
		days(), Unlimited, Nothing,
		"The figures of the articles that it was compared with, as far as they are not compared any more either."),
	setting("retention.index", func(c *Config) *Days { return &c.Retention.Index },
		days(), Unlimited, Nothing,
		"Its place in the index. Without it an article stays in its cluster and is not compared any more. Where this is unlimited and another is not, it is the shortest of them without the window."),

	setting("fetch.user_agent", func(c *Config) *string { return &c.Fetch.UserAgent },
		text("program that asks, with an address where you can be reached"), "dedupe (reads feeds to find copies of news)", Nothing,
		"Who asks: put an address of yours in, so that a site can write before it shuts you out. Its first word is the name that robots.txt knows."),
	setting("fetch.allow", func(c *Config) *[]netip.Prefix { return &c.Fetch.Allow },
		networks(), nil, Nothing,
		"Addresses of your own network that may be fetched from. All others that are not public are refused, also when a redirect or a name leads to them."),
	setting("fetch.delay", func(c *Config) *time.Duration { return &c.Fetch.Delay },
		length(0, time.Hour), time.Second, Nothing,
		"The time between two requests to one host, which is asked one thing at a time."),
	setting("fetch.timeout", func(c *Config) *time.Duration { return &c.Fetch.Timeout },
		length(time.Second, time.Hour), 30*time.Second, Nothing,
		"How long a request with its answer may take."),
	setting("fetch.max_size", func(c *Config) *int64 { return &c.Fetch.MaxSize },
		size(1<<10, 1<<30), 16<<20, Nothing,
		"A longer answer, after unpacking, is refused."),
	setting("fetch.hosts", func(c *Config) *int { return &c.Fetch.Hosts },
		integer(1, 256), 8, Nothing,
		"How many sources are fetched at once."),
	setting("fetch.max_pages", func(c *Config) *int { return &c.Fetch.MaxPages },
		integer(1, 100000), 100, Nothing,
		"The most pages that a run fetches of one source; the next run goes on."),

	setting("report.min_outlets", func(c *Config) *int { return &c.Report.MinOutlets },
		integer(1, 1000000), 2, Nothing,
		"The least number of outlets of a cluster that is shown; 1 shows one outlet's own versions too."),
	setting("report.limit", func(c *Config) *int { return &c.Report.Limit },
		integer(0, 1000000), 20, Nothing,
		"Clusters shown; 0 is all."),
	setting("report.sort", func(c *Config) *string { return &c.Report.Sort },
		choice("largest", "newest"), "largest", Nothing,
		"Which clusters come first."),
	setting("report.timezone", func(c *Config) *string { return &c.Report.Timezone },
		zone(), "UTC", Nothing,
		"The zone of the times that are shown, and of the dates that --since and --until are given, by its IANA name such as Europe/Berlin."),

	setting("notify.command", func(c *Config) *[]string { return &c.Notify.Command },
		program(), nil, Nothing,
		"A program with its arguments, such as [/usr/local/bin/tell-desk, --new]: it is started for each new cluster, by no shell, with the event as JSON on standard input, and has taken it when it ends with 0. A relative path in this file is relative to this file's folder."),
	setting("notify.url", func(c *Config) *string { return &c.Notify.URL },
		orNone(web()), "", Nothing,
		"An address that gets each event by POST, as JSON, and has taken it when it answers 200 to 299."),
	setting("notify.timeout", func(c *Config) *time.Duration { return &c.Notify.Timeout },
		length(time.Second, 10*time.Minute), 10*time.Second, Nothing,
		"How long a run tells what is new, when all is stored. What is left waits for the next run."),
	setting("notify.min_outlets", func(c *Config) *int { return &c.Notify.MinOutlets },
		integer(1, 1000000), 2, Nothing,
		"The least number of outlets of a cluster that is told."),
	setting("notify.texts", func(c *Config) *bool { return &c.Notify.Texts },
		boolean(), false, Nothing,
		"Whether an event has the text of the article that stands for the cluster."),

	setting("log.format", func(c *Config) *string { return &c.Log.Format },
		choice(LogText, LogJSON), LogText, Nothing,
		"How messages are written on standard error: text for people, or json with one object a line. Results go to standard output in any case."),
	setting("metrics.file", func(c *Config) *string { return &c.Metrics.File },
		orNone(text("file")), "", Nothing,
		"Where run and ingest write their figures for the textfile collector of Prometheus. A relative path in this file is relative to this file's folder."),

	setting("output.json", func(c *Config) *bool { return &c.Output.JSON },
		boolean(), false, Nothing, "Print results as JSON."),
	setting("output.quiet", func(c *Config) *bool { return &c.Output.Quiet },
		boolean(), false, Nothing, "Print warnings and errors only, besides results."),
	setting("output.verbose", func(c *Config) *bool { return &c.Output.Verbose },
		boolean(), false, Nothing, "Print what is done, step by step."),
	setting("output.no_color", func(c *Config) *bool { return &c.Output.NoColor },
		boolean(), false, Nothing, "Never print colours. Without this they are printed on a terminal unless NO_COLOR is set."),
}

// field makes the row of one name in input.fields.
func field(name string, of func(*Fields) *[]string, names ...string) Setting {
	return setting("input.fields."+name, func(c *Config) *[]string { return of(&c.Input.Fields) },
		list("field names"), names, Nothing, fieldDocs[name])
}

var fieldDocs = map[string]string{
	"id":        "The record's field with the input's own identifier. Here and below: names tried in order, the first with a value is taken; a name with dots leads into objects; a list given here replaces the default one of its field.",
	"outlet":    "Who published it.",
	"url":       "Where it stood. Of a name that is here and among those of the outlet an address is taken for this, all else for the outlet.",
	"headline":  "Its headline.",
	"byline":    "Its author line.",
	"published": "When it appeared.",
	"language":  "Its language, a tag such as en or pt-BR.",
	"body":      "Its text.",
}
