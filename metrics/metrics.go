// Package metrics writes the figures of a run as a file for the textfile collector of
// Prometheus' node_exporter: what the run did, how long it took, when the last one went well,
// what is stored, and how each source went.
//
//	err := metrics.Write("/var/lib/prometheus/node-exporter/dedupe.prom", run.Families())
//
// All figures are gauges: a run from cron is a new process, which has nothing to count on from.
// Times are Unix seconds. The format is the text format of Prometheus, version 0.0.4.
package metrics

import (
	"context"
	"time"

	"dedupe/collect"
	"dedupe/engine"
	"dedupe/storage"
)

// Run is what the figures are made of.
type Run struct {
	Version, Revision string // of the program
	Code              int    // that the command exits with
	Began, Ended      time.Time
	Sum               engine.Summary // zero where nothing was taken in
	Skipped           int            // stored rows that were stepped over
	Sources           []collect.State
	Stored            *Stored // nil: the database could not be read
}

// Stored is what a database says.
type Stored struct {
	Totals storage.Totals
	Good   time.Time // when the last run ended that came to its end; zero: none did
	Bytes  int64     // of its files
	Schema int

	Waiting   int  // events that nobody has taken yet
	Unreached bool // who is told of them did not take the last one
}

// Family is the samples of one name.
type Family struct {
	Name, Help string
	Samples    []Sample
}

// Sample is a value, with at most a few labels.
type Sample struct {
	Labels []Label
	Value  float64
}

// Label is a name with a value, which may be any text.
type Label struct{ Name, Value string }

// Read reads what a database holds: about half a second at 1,000,000 articles.
func Read(ctx context.Context, v *storage.View) (*Stored, error) {
	totals, err := v.Counts(ctx)
	if err != nil {
		return nil, err
	}
	good, err := v.LastGood(ctx)
	if err != nil {
		return nil, err
	}
	_, waiting, err := v.Notifications(ctx, 0)
	if err != nil {
		return nil, err
	}
	unreached, err := v.Store().Unreached(ctx)
	return &Stored{Totals: totals, Good: good, Bytes: v.Store().Bytes(), Schema: storage.SchemaVersion(),
		Waiting: waiting, Unreached: !unreached.Since.IsZero()}, err
}

// Families returns the figures. What a database says is left out where it could not be read, so
// that an alert on its absence holds.
func (r *Run) Families() []Family {
	good := r.Code == 0 || r.Code == 4
	s := &r.Sum
	all := []Family{
		{"dedupe_build_info", "What wrote these figures; the value is always 1.",
			[]Sample{{[]Label{{"version", r.Version}, {"revision", r.Revision}}, 1}}},
		one("dedupe_last_run_success", "Whether the last run did its work (exit code 0 or 4).", flag(good)),
		one("dedupe_last_run_exit_code", "What the last run exited with.", float64(r.Code)),
		one("dedupe_last_run_timestamp_seconds", "When the last run ended.", unix(r.Ended)),
		one("dedupe_last_run_duration_seconds", "How long the last run took.", r.Ended.Sub(r.Began).Seconds()),
		many("dedupe_last_run_records", "Records that the last run read, by what became of them.", "result",
			count{"new", s.New}, count{"known", s.Known}, count{"changed", s.Changed}, count{"rejected", s.Rejected}),
		one("dedupe_last_run_warnings", "Articles that the last run took with a warning.", float64(s.Warnings)),
		one("dedupe_last_run_short_articles", "New articles of the last run with too few words to judge.", float64(s.TooShort)),
		many("dedupe_last_run_pairs", "Pairs of articles in the last run.", "result", count{"compared", s.Compared}, count{"linked", s.Linked}),
		many("dedupe_last_run_cluster_changes", "What the last run did to clusters; joined counts articles.", "change",
			count{"made", s.Made}, count{"joined", s.Joined}, count{"merged", s.Merged}, count{"split", s.Split}),
		one("dedupe_last_run_damaged_rows", "Stored rows that could not be read and were stepped over.", float64(r.Skipped)),
	}
	all = append(all, r.sources()...)
	if r.Stored == nil {
		return all
	}
	if !r.Stored.Good.IsZero() {
		all = append(all, one("dedupe_last_success_timestamp_seconds", "When the last run ended that came to its end; its age is time() minus this.", unix(r.Stored.Good)))
	}
	t := &r.Stored.Totals
	return append(all,
		one("dedupe_articles", "Current articles that are stored.", float64(t.Articles)),
		one("dedupe_outlets", "Outlets that have articles.", float64(t.Outlets)),
		one("dedupe_clusters", "Clusters that are stored.", float64(t.Clusters)),
		one("dedupe_syndicated_clusters", "Clusters of two outlets or more.", float64(t.Syndicated)),
		one("dedupe_clustered_articles", "Articles that are in a cluster.", float64(t.Clustered)),
		one("dedupe_notify_waiting_events", "New clusters that nobody has been told of yet.", float64(r.Stored.Waiting)),
		one("dedupe_notify_failing", "Whether who is told of new clusters did not take the last event.", flag(r.Stored.Unreached)),
		one("dedupe_database_bytes", "Size of the database with its write-ahead log.", float64(r.Stored.Bytes)),
		one("dedupe_database_schema_version", "Version of the schema of the database.", float64(r.Stored.Schema)))
}

// sources says how those of config.yaml went that are not switched off; a list of feeds fails
// where one of its feeds does.
func (r *Run) sources() []Family {
	failing := Family{Name: "dedupe_source_failing_places", Help: "Places of a source that could not be read when they were looked at last: 1 for a file or feed, for a list as many as its feeds."}
	success := Family{Name: "dedupe_source_last_success_timestamp_seconds", Help: "When a source could be read last; of a list the latest of its feeds."}
	sources, failed := 0, 0
	for _, s := range r.Sources {
		if !s.Enabled {
			continue
		}
		sources++
		labels, places, last := []Label{{"source", s.Name}}, 0, time.Time{}
		for i := range s.Places {
			if !s.Places[i].Failing.IsZero() {
				places++
			}
			if at := s.Places[i].Succeeded; at.After(last) {
				last = at
			}
		}
		failed += min(places, 1)
		failing.Samples = append(failing.Samples, Sample{labels, float64(places)})
		if !last.IsZero() {
			success.Samples = append(success.Samples, Sample{labels, unix(last)})
		}
	}
	return []Family{
		one("dedupe_sources", "Sources of config.yaml that are read.", float64(sources)),
		one("dedupe_sources_failing", "Sources that could not be read, or of whose feeds one could not.", float64(failed)),
		failing, success,
	}
}

func one(name, help string, value float64) Family {
	return Family{name, help, []Sample{{Value: value}}}
}

type count struct {
	value string // of the label
	n     int
}

func many(name, help, label string, counts ...count) Family {
	f := Family{Name: name, Help: help}
	for _, c := range counts {
		f.Samples = append(f.Samples, Sample{[]Label{{label, c.value}}, float64(c.n)})
	}
	return f
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func unix(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }
