// Package config holds the settings of dedupe: what each is called, its
// default, what it may be, and where the value in force came from.
//
// One table, in table.go, describes every setting. The defaults, the checks,
// the flags, the environment variables, the comments in config.yaml and the
// listing of `dedupe config` are all read off it, so that none can drift from
// another; a test holds the table and the Config struct to each other.
//
// A value is taken from the first of these that gives one:
//
//	flag          --db news.db
//	environment   DEDUPE_DATABASE_PATH=news.db
//	file          database: {path: news.db}
//	preset        (some thresholds)
//	default       dedupe.db
//
// The file is the one named by --config or DEDUPE_CONFIG, otherwise
// ./config.yaml, otherwise $XDG_CONFIG_HOME/dedupe/config.yaml. Mistakes are
// reported all at once, each with its place and what would be right.
//
// Viper decides which of them applies. The file is read by a YAML parser
// here, not by viper, because viper folds the case of keys (the outlets' names
// are keys), accepts unknown ones, and forgets line numbers.
//
//	loaded, err := config.Load("", nil)
//	if err != nil { ... }
//	fmt.Println(loaded.Config.Thresholds.Near)
package config

import (
	"io/fs"
	"net/netip"
	"time"
	_ "time/tzdata" // where the machine has none

	"dedupe/similarity"
)

// Config is every setting, by section. The zero value is not usable: begin
// with Default or Load.
type Config struct {
	Database    Database
	Sources     []Source
	Fetch       Fetch
	Input       Input
	Window      Days
	Text        Text
	Candidates  Candidates
	Preset      string // a name of Presets
	Thresholds  Thresholds
	Overrides   Overrides
	Headline    Headline
	Boilerplate Boilerplate
	Outlets     Outlets
	Wire        Wire
	Cluster     Cluster
	OnChange    string // one of ChangeRecluster, ChangeWarn, ChangeRefuse
	Workers     int    // 0 is one for each processor
	Batch       int    // articles a transaction
	Storage     Storage
	Retention   Retention
	Report      Report
	Notify      Notify
	Log         Log
	Metrics     Metrics
	Output      Output
}

// What a run does when the settings are not those the database was filled with.
const (
	ChangeRecluster = "recluster" // judge the stored links again first
	ChangeWarn      = "warn"      // say so and go on
	ChangeRefuse    = "refuse"    // stop
)

// Database says where everything is stored.
type Database struct {
	Path string
	Mode fs.FileMode // of a new file, before the umask

	KeepBeforeUpdate bool // a copy of an older one, before its schema is brought up to date
}

// Fetch says how feeds and pages are fetched.
type Fetch struct {
	UserAgent string
	Allow     []netip.Prefix // may be fetched from though they are not public
	Delay     time.Duration  // between two requests to a host
	Timeout   time.Duration  // of a request with its answer
	MaxSize   int64          // bytes of an answer, unpacked
	Hosts     int            // sources that are read at once
	MaxPages  int            // of a source and run; the rest follows with the next
}

// Input says how records are read.
type Input struct {
	Fields    Fields
	Dates     string // one of certain, source.DayFirst and source.MonthFirst
	MaxRecord int64  // bytes
}

// Fields lists, for each field of an article, the names under which an input
// record may hold it; the first that is there is taken.
type Fields struct {
	ID, Outlet, URL, Headline, Byline, Published, Language, Body []string
}

// Text says what is compared of a text.
type Text struct {
	ShingleSize int // words
}

// Candidates says how finely stored articles are searched.
type Candidates struct {
	Sample   int // one anchor in so many is kept for the index
	MaxHeads int // representatives compared with one article
}

// Thresholds are the figures from which two articles are linked. Shares are
// from 0 to 1.
type Thresholds struct {
	Near      float64
	Excerpt   float64
	Rewrite   float64
	Headline  float64
	Mentioned float64
	MinWords  int // words
}

// Overrides are thresholds that some articles have of their own. A pair is judged
// by the stricter of each two.
type Overrides struct {
	Outlets   map[string]similarity.Override // by any name of the outlet; they outrank those of languages
	Languages map[string]similarity.Override // by tag; "pt" holds for "pt-BR" too
}

// Headline says how headlines are compared.
type Headline struct {
	Metric string
}

// Boilerplate says when a shingle is the page's and not the story's.
type Boilerplate struct {
	MinStories   int
	KnownNotices bool     // those that the program knows in advance are, too
	Notices      []string // phrases by which a sentence is one
}

// Outlets says which outlets are one, and whose they are.
type Outlets struct {
	Aliases map[string][]string // outlet: its other names and hosts
	Owners  map[string][]string // owner: its outlets
}

// Wire adds to the agencies known by name.
type Wire struct {
	Agencies map[string][]string // agency: the credits it appears under
}

// Cluster says how clusters are presented.
type Cluster struct {
	Preferred      []string // outlets, for the rule preferred; the best first
	Representative []string // rules in the order they are tried
}

// Retention says for how long each part of an article is kept; Unlimited is for ever.
type Retention struct {
	Articles, Texts, Pairs, Index Days
}

// Storage says how articles are kept.
type Storage struct {
	Compress bool
}

// Report says what a report shows unless told otherwise.
type Report struct {
	MinOutlets int
	Limit      int // clusters; 0 is all
	Sort       string
	Timezone   string // an IANA name
}

// Zone is that of the times that reports show and of the dates that they are asked for by.
func (r *Report) Zone() *time.Location {
	zone, err := time.LoadLocation(r.Timezone)
	if err != nil { // of no setting that was read
		return time.UTC
	}
	return zone
}

// Notify says who is told of clusters that are new. At most one of Command and URL is set.
type Notify struct {
	Command    []string // a program with its arguments
	URL        string
	Timeout    time.Duration // of all that a run tells
	MinOutlets int
	Texts      bool // the text of the representative is told too
}

// On reports whether somebody is told.
func (n *Notify) On() bool { return len(n.Command) > 0 || n.URL != "" }

// Log says how messages are written on standard error.
type Log struct {
	Format string // LogText or LogJSON
}

// Formats of messages.
const (
	LogText = "text"
	LogJSON = "json"
)

// Metrics says where the figures of a run are written.
type Metrics struct {
	File string // empty: nowhere
}

// Output says what is printed, and how.
type Output struct {
	JSON    bool
	Quiet   bool
	Verbose bool
	NoColor bool
}

// Default returns the settings in force when nothing sets any. Relative paths
// are relative to the working directory.
func Default() Config {
	var c Config
	for _, s := range table {
		s.reset(&c)
	}
	return c
}
