package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"dedupe/article"
	"dedupe/similarity"
)

// Kinds counts by kind: Kinds[k] is the number of kind k.
type Kinds [similarity.Revision + 1]int

// Cluster is a living cluster as a list shows it.
type Cluster struct {
	ID             int64
	Headline       string // of the representative
	Representative int64
	Reason         string // why that member
	Language       string // of the representative
	Credit         string // of the representative
	Size           int    // members
	Outlets        int    // distinct outlets of the members
	First, Last    time.Time
	FirstOutlet    string // who published first
	FirstUnsure    bool   // more than one outlet may have, or no member has a date: FirstOutlet is ""
	Made, Changed  int64  // runs
	Kinds          Kinds  // members by the kind of their link to the representative

	FirstKnown, LastKnown article.Known // how exact First and Last are; unknown: no member has a date
}

// Sort is the order of a list of clusters.
type Sort uint8

// Orders. Both are total, so that pages neither repeat nor skip clusters.
const (
	Largest Sort = iota // most outlets, then most members, then the newest
	Newest              // latest member, then the youngest cluster
	Listed              // as Filter.Among lists them, each once
)

// Filter says which clusters are meant; its zero value, all.
type Filter struct {
	Since, Until time.Time // a member at or after Since, one at or before Until; what is known to the day counts by their calendar days
	Outlet       string    // a member of this outlet (canonical name)
	Outlets      []string  // a member of one of these; none: any
	MinOutlets   int
	Kind         similarity.Kind // a member linked to the representative by this kind; 0: any
	Language     string          // of the representative
	Query        string          // words that the representative's headline holds, letter case aside
	MadeSince    int64           // made by this run or a later one
	ChangedSince int64           // changed by this run or a later one
	Among        []int64         // one of these clusters; nil: any
	Unread       *Cursor         // with an article that came into it since its reader saw it; nil: any
}

// conditions returns the filter as SQL over clusterTables. Cheap ones first:
// the engine stops at the first that fails.
func (f *Filter) conditions() (where string, args []any) {
	conditions := []string{"c.successor IS NULL"}
	add := func(condition string, values ...any) {
		conditions = append(conditions, condition)
		args = append(args, values...)
	}
	if f.Among != nil {
		ids, _ := json.Marshal(f.Among) // plain numbers cannot fail
		add("c.id IN (SELECT value FROM json_each(?))", string(ids))
	}
	if f.MinOutlets > 0 {
		add("c.outlets >= ?", f.MinOutlets)
	}
	// What is known to the day has no zone: it is held against the reader's day.
	if !f.Since.IsZero() {
		day := midnight(f.Since)
		add("c.last >= ?", min(f.Since.Unix(), day))
		add("EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id AND m.effective <= c.last AND m.effective >= CASE m.effective_reason WHEN 5 THEN ? ELSE ? END)",
			day, f.Since.Unix())
	}
	if !f.Until.IsZero() {
		day := midnight(f.Until)
		add("c.first <= ?", max(f.Until.Unix(), day))
		add("EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id AND m.effective >= c.first AND m.effective <= CASE m.effective_reason WHEN 5 THEN ? ELSE ? END)",
			day, f.Until.Unix())
	}
	if f.MadeSince > 0 {
		add("c.made >= ?", f.MadeSince)
	}
	if f.ChangedSince > 0 {
		add("c.changed >= ?", f.ChangedSince)
	}
	if f.Unread != nil {
		add("c.changed > ?", f.Unread.Run)
		add("EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id AND m.joined > "+shownUntil+")", f.Unread.args()...)
	}
	if f.Language != "" {
		add("a.language = ?", f.Language)
	}
	if f.Query != "" {
		add("contains_folded(a.headline, ?)", strings.ToLower(f.Query))
	}
	if f.Outlet != "" {
		add(`EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id
			AND m.outlet = (SELECT id FROM outlet WHERE name = ?))`, f.Outlet)
	}
	if len(f.Outlets) > 0 {
		names := make([]any, len(f.Outlets))
		for i, name := range f.Outlets {
			names[i] = name
		}
		add(`EXISTS (SELECT 1 FROM article m WHERE m.cluster = c.id
			AND m.outlet IN (SELECT id FROM outlet WHERE name IN (?`+strings.Repeat(", ?", len(names)-1)+`)))`, names...)
	}
	if f.Kind > 0 {
		add(`(EXISTS (SELECT 1 FROM pair p JOIN article m ON m.seq = p.b
				WHERE p.a = c.representative AND p.kind = ? AND m.cluster = c.id)
			OR EXISTS (SELECT 1 FROM pair p JOIN article m ON m.seq = p.a
				WHERE p.b = c.representative AND p.kind = ? AND m.cluster = c.id))`, f.Kind, f.Kind)
	}
	return " WHERE " + strings.Join(conditions, " AND "), args
}

// from returns the filter as SQL with no more tables than it needs.
func (f *Filter) from() (tables, where string, args []any) {
	tables = " FROM cluster c"
	if f.Language != "" || f.Query != "" {
		tables = clusterTables
	}
	where, args = f.conditions()
	return tables, where, args
}

// The join keeps the engine walking clusters in the order of an index, and a cluster whose
// representative is not stored.
const clusterTables = ` FROM cluster c LEFT JOIN article a ON a.seq = c.representative`

const clusterColumns = `c.id, a.headline, c.representative, c.reason, a.language, a.credit, c.size, c.outlets,
	c.first, c.last, c.made, c.changed,
	(SELECT spelling FROM outlet WHERE id = ` + firstOutlet + `), ` + firstKnown + `, ` + lastKnown

func scanCluster(r row) (c Cluster, err error) {
	var first, last int64
	var outlet *string
	err = unreadable("cluster", r.Scan(&c.ID, &c.Headline, &c.Representative, &c.Reason, &c.Language, &c.Credit, &c.Size, &c.Outlets,
		&first, &last, &c.Made, &c.Changed, &outlet, &c.FirstKnown, &c.LastKnown), c.ID)
	c.First, c.Last = unix(first), unix(last)
	if c.FirstUnsure = outlet == nil; outlet != nil {
		c.FirstOutlet = *outlet
	}
	return c, err
}

// Clusters returns limit living clusters from the given offset. limit below 0
// is no limit. A page costs the walk over offset+limit matching clusters.
func (v *View) Clusters(ctx context.Context, f Filter, sort Sort, limit, offset int) ([]Cluster, error) {
	order := " ORDER BY c.outlets DESC, c.size DESC, c.last DESC, c.id DESC"
	if sort == Newest {
		order = " ORDER BY c.last DESC, c.id DESC"
	}
	where, args := f.conditions()
	tables := clusterTables
	if sort == Listed {
		ids, _ := json.Marshal(f.Among) // plain numbers cannot fail
		tables = " FROM json_each(?) l CROSS JOIN cluster c ON c.id = l.value LEFT JOIN article a ON a.seq = c.representative"
		order = " ORDER BY l.key"
		args = append([]any{string(ids)}, args...)
	}
	page, err := collect(stream(ctx, v, "read clusters", scanCluster,
		"SELECT "+clusterColumns+tables+where+order+" LIMIT ? OFFSET ?", append(args, limit, offset)...))
	if err != nil {
		return nil, err
	}
	for i := range page {
		if page[i].Kinds, err = v.kinds(ctx, &page[i]); err != nil {
			return nil, err
		}
	}
	return page, nil
}

// CountClusters returns how many living clusters the filter leaves, and the
// sum of their members.
func (v *View) CountClusters(ctx context.Context, f Filter) (clusters, members int, err error) {
	tables, where, args := f.from()
	err = v.tx.QueryRowContext(ctx, "SELECT count(*), CAST(total(c.size) AS INTEGER)"+tables+where, args...).Scan(&clusters, &members)
	return clusters, members, fail("count clusters", v.s.path, err)
}

// Cluster returns a living cluster, or ErrNotFound. See Resolve.
func (v *View) Cluster(ctx context.Context, id int64) (Cluster, error) {
	c, err := one(ctx, v, "read cluster", scanCluster, "cluster", id,
		"SELECT "+clusterColumns+clusterTables+" WHERE c.successor IS NULL AND c.id = ?", id)
	if err != nil {
		return c, err
	}
	c.Kinds, err = v.kinds(ctx, &c)
	return c, err
}

// ErrDissolved says that the members of a cluster are alone now.
var ErrDissolved = errors.New("the cluster was dissolved")

// Resolve follows a cluster's successors to the one that lives: id itself, or
// the one that most of its members went to. It returns ErrNotFound for an id
// that never was and ErrDissolved where the trail ends.
func (v *View) Resolve(ctx context.Context, id int64) (int64, error) {
	seen := map[int64]bool{}
	for at := id; !seen[at]; {
		seen[at] = true
		scan := func(r row) (next *int64, err error) { return next, unreadable("cluster", r.Scan(&next), at) }
		next, err := one(ctx, v, "find cluster", scan, "cluster", id, "SELECT successor FROM cluster WHERE id = ?", at)
		switch {
		case err != nil:
			return 0, err
		case next == nil:
			return at, nil
		case *next == 0:
			return 0, fmt.Errorf("find cluster %s: %w", ClusterLabel(id), ErrDissolved)
		}
		at = *next
	}
	return 0, fmt.Errorf("find cluster %s: successors go in a circle: %w", ClusterLabel(id), ErrCorrupt)
}

// kinds counts the members of c by the kind of their link to the representative.
func (v *View) kinds(ctx context.Context, c *Cluster) (counts Kinds, err error) {
	type count struct {
		kind int64
		n    int
	}
	scan := func(r row) (c count, err error) { return c, r.Scan(&c.kind, &c.n) }
	for c, err := range stream(ctx, v, "read kinds", scan, `
		SELECT kind, count(*) FROM (
			SELECT b AS other, kind FROM pair WHERE a = ?1 AND kind > 0
			UNION ALL
			SELECT a, kind FROM pair WHERE b = ?1 AND kind > 0)
		CROSS JOIN article m ON m.seq = other
		WHERE m.cluster = ?2 GROUP BY kind`, c.Representative, c.ID) {
		if err != nil {
			return counts, err
		}
		if 0 <= c.kind && c.kind < int64(len(counts)) {
			counts[c.kind] = c.n
		}
	}
	return counts, nil
}
