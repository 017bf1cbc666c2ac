package report

import (
	"context"
	"strings"

	"dedupe/engine"
	"dedupe/storage"
)

// Forgotten says what of forgotten articles was removed, or would be.
type Forgotten struct {
	DryRun      bool           `json:"dry_run,omitempty"`
	Articles    int            `json:"articles"`
	Versions    int            `json:"versions"`          // of them, with their texts
	Pairs       int            `json:"pairs"`             // compared ones
	Clusters    int            `json:"clusters"`          // that had one of them
	Decisions   int            `json:"decisions"`         // of people; of a dry run not counted, as the next two
	Rejects     int            `json:"rejects"`           // notes of rejected input that held a part of a text
	Boilerplate int            `json:"boilerplate"`       // passages whose example was one of them
	Rejected    bool           `json:"rejected_from_now"` // they are rejected when they come again
	Events      []ClusterEvent `json:"events"`            // what happened to clusters
	More        int            `json:"more,omitempty"`    // events that are not listed
}

// NewForgotten reads what happened to the clusters that are listed. rejected says whether hashes were
// kept.
func NewForgotten(ctx context.Context, v *storage.View, out engine.Forgotten, dryRun, rejected bool) (*Forgotten, error) {
	f := &Forgotten{DryRun: dryRun, Articles: out.Articles, Versions: out.Versions, Pairs: out.Pairs, Clusters: out.Clusters,
		Decisions: out.Decisions, Rejects: out.Rejects, Boilerplate: out.Boilerplate, Rejected: rejected}
	var err error
	f.Events, f.More, err = readEvents(ctx, v, out.Events)
	return f, err
}

func (f *Forgotten) text(p *printer) {
	verb := "forgot "
	if f.DryRun {
		verb = "would forget "
	}
	parts := []string{verb + Count(f.Articles, "article") + " in " + Count(f.Versions, "version")}
	for _, x := range []struct {
		n    int
		what string
	}{
		{f.Pairs, "compared pair"}, {f.Decisions, "decision"}, {f.Rejects, "input note"}, {f.Boilerplate, "boilerplate example"},
	} {
		if x.n > 0 {
			parts = append(parts, Count(x.n, x.what))
		}
	}
	if f.Clusters > 0 {
		parts = append(parts, Count(f.Clusters, "cluster")+" without them")
	}
	p.wrap("", strings.Join(parts, ", "))
	changes(p, f.Events, f.More)
	switch {
	case f.DryRun:
	case f.Rejected:
		p.line(p.dim, "rejected when they come again")
	default:
		p.line(p.dim, "taken again when they come again")
	}
}
