package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"dedupe/article"
	"dedupe/review"
	"dedupe/storage"
)

// decision makes a decision of a record, of the time at where the record has none, or says why
// it is none.
func (l *GivenLabel) decision(ctx context.Context, v *storage.View, at time.Time) (d storage.Decision, reject string, err error) {
	var keys [2]article.Key
	for i, side := range [][3]string{{l.KeyA, l.OutletA, l.A}, {l.KeyB, l.OutletB, l.B}} {
		if key, ok := article.ParseKey(side[0]); ok {
			keys[i] = key
			continue
		}
		name := side[2]
		if side[1] != "" {
			name = side[1] + ":" + name
		}
		x, err := v.FindOrKey(ctx, name)
		if errors.Is(err, storage.ErrNotFound) || errors.As(err, new(*storage.AmbiguousError)) {
			return d, err.Error(), nil
		}
		if err != nil {
			return d, "", err
		}
		keys[i] = x.Key
	}
	if keys[0] == keys[1] {
		return d, "both sides are one article", nil
	}
	if !l.Decided.IsZero() {
		at = l.Decided
	}
	return storage.NewDecision(keys[0], keys[1], l.Decision == Same, at, l.Note), "", nil
}

// Import is what a file of decisions brings.
type Import struct {
	Decide  []storage.Decision // that are new
	Rejects []Reject           // records that name no two articles
	Opposed []string           // which records contradict what stands, or others of the file; then nothing is to be stored
}

// ImportLabels holds the records of a file, which path is the name of, against the decisions
// that stand. With replace they may contradict those; never each other.
func ImportLabels(ctx context.Context, v *storage.View, labels []GivenLabel, path string, replace bool, at time.Time) (in Import, err error) {
	stands, taken := map[[2]article.Key]storage.Decision{}, map[[2]article.Key]bool{}
	for d, err := range v.Decisions(ctx) {
		if err != nil {
			return in, err
		}
		stands[[2]article.Key{d.A, d.B}] = d
	}
	for _, l := range labels {
		d, reject, err := l.decision(ctx, v, at)
		if err != nil {
			return in, err
		}
		if reject != "" {
			in.Rejects = append(in.Rejects, Reject{Path: path, Line: l.Line, Reason: reject})
			continue
		}
		pair := [2]article.Key{d.A, d.B}
		was, known := stands[pair]
		switch {
		case known && was.Same == d.Same:
			continue
		case known && (!replace || taken[pair]):
			in.Opposed = append(in.Opposed, fmt.Sprintf("%s:%d: %s and %s are %s, and were %s before",
				path, l.Line, cmp.Or(l.A, l.KeyA), cmp.Or(l.B, l.KeyB), word(d.Same), word(was.Same)))
			continue
		}
		in.Decide = append(in.Decide, d)
		stands[pair], taken[pair] = d, true
	}
	return in, nil
}

// AskedPairs makes pairs to ask about of the records of a file, which path is the name of, and
// rejects those that name no two stored articles.
func AskedPairs(ctx context.Context, v *storage.View, labels []GivenLabel, path string) (list []review.Pair, rejects []Reject, err error) {
	for _, l := range labels {
		d, reject, err := l.decision(ctx, v, time.Time{})
		if err != nil {
			return nil, nil, err
		}
		x, err := v.Keyed(ctx, d.A)
		if err != nil {
			return nil, nil, err
		}
		y, err := v.Keyed(ctx, d.B)
		if err != nil {
			return nil, nil, err
		}
		if reject == "" && (x.Seq == 0 || y.Seq == 0) {
			reject = "not stored"
		}
		if reject != "" {
			rejects = append(rejects, Reject{Path: path, Line: l.Line, Reason: reject})
			continue
		}
		list = append(list, review.Pair{A: uint32(x.Seq), B: uint32(y.Seq), Reason: review.Asked, Uncertain: 1, Articles: 1})
	}
	return list, rejects, nil
}
