// Package doctor says what made a database, looks for what is wrong with it and says what to do: damage of the
// file and of stored rows, the last run, settings, what the search for candidates misses, chained
// clusters, boilerplate that is rather story, dates, ids, and what drifted. It changes nothing.
//
// Every row is read and decoded, 60 us an article; brute force over samples costs the square of
// their size. A finding is good, one to look at, or bad: only damage and settings that do not fit
// are bad.
package doctor

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"dedupe/engine"
	"dedupe/report"
	"dedupe/storage"
)

// Options are what is looked at.
type Options struct {
	View    *storage.View
	Engine  *engine.Engine // compares texts; nil, where the settings do not fit: then nothing is compared
	Refused error          // why the settings in force do not fit what is stored; nil: they do
	Changed string         // the settings by which stored links were not judged, in words; "": none
	Noted   []string       // settings by which what is stored was made, where they are not the defaults
	Shingle int            // words
	Samples int            // of consecutive articles, in which everything is compared with everything
	Size    int            // articles a sample
	Now     time.Time
	// Progress hears what is looked at, and how many of it are done; it may be nil.
	Progress func(what, unit string, done, total int)
}

// Rows is the check of stored rows. All else steps over damaged ones.
const Rows = "rows"

// Look makes all checks.
func Look(ctx context.Context, o Options) (*report.Checkup, error) {
	if o.Progress == nil {
		o.Progress = func(string, string, int, int) {}
	}
	p := &patient{o}
	result := &report.Checkup{}
	checks := []func(context.Context) (report.Finding, error){
		p.file, p.rows, p.made, p.lastRun, p.sources, p.settings, p.candidates, p.chains, p.boilerplate, p.dates, p.drift, p.ids,
	}
	for i, check := range checks {
		o.Progress(fmt.Sprintf("check %d of %d", i+1, len(checks)), "", 0, 0)
		f, err := check(ctx)
		if err != nil {
			return nil, err
		}
		result.Findings = append(result.Findings, f)
	}
	unreached, err := o.View.Store().Unreached(ctx)
	if err == nil && !unreached.Since.IsZero() {
		result.Findings = append(result.Findings, report.Finding{Check: "notify", Outcome: report.Look,
			Found: fmt.Sprintf("who is told of new clusters takes nothing since %s: %s", unreached.Since.Format(time.RFC3339), unreached.Reason),
			Do:    "try it: dedupe notify --test; each run tries again"})
	}
	return result, err
}

// patient is the database that the checks look at.
type patient struct{ o Options }

// maxExamples bounds what is named of one kind.
const maxExamples = 5

func (p *patient) file(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "file", Outcome: report.Good, Found: "no damage found"}
	damage, err := p.o.View.Check(ctx, maxExamples)
	if len(damage) > 0 {
		f.Outcome, f.Found, f.See = report.Bad, "the file is damaged", damage
		f.Do = "restore a backup, or save what can be read by `sqlite3 FILE .recover`"
	}
	return f, err
}

// made says which versions of the program and which settings made what is stored.
func (p *patient) made(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "made", Outcome: report.Good}
	first, last, err := p.o.View.Store().Makers(ctx)
	const older = "a version of dedupe that did not note itself"
	by := "the default settings"
	if f.See = p.o.Noted; len(f.See) > 0 {
		by = "settings that are not the defaults:"
	}
	f.Found = fmt.Sprintf("begun by %s; last run by %s; by %s", cmp.Or(first, older), cmp.Or(last, older), by)
	if first == last {
		f.Found = fmt.Sprintf("begun and last run by %s; by %s", cmp.Or(first, older), by)
	}
	return f, err
}

func (p *patient) lastRun(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "last run", Outcome: report.Good, Found: "there was none"}
	runs, err := p.o.View.Runs(ctx, 1)
	if err != nil || len(runs) == 0 {
		return f, err
	}
	r := runs[0]
	if r.Finished.IsZero() {
		f.Outcome = report.Look
		f.Found = fmt.Sprintf("run %d (%s), begun %s, has not come to its end", r.ID, r.Command, r.Started.Format(time.RFC3339))
		f.Do = "when it is not running any more, run again: it goes on from what was committed"
		return f, nil
	}
	rejects := 0
	for _, err := range p.o.View.Rejects(ctx, r.ID) {
		if err != nil {
			return f, err
		}
		rejects++
	}
	f.Found = fmt.Sprintf("run %d (%s) ended %s", r.ID, r.Command, r.Finished.Format(time.RFC3339))
	if rejects > 0 {
		f.Outcome = report.Look
		f.Found += fmt.Sprintf(" and rejected %d records or took them with a warning", rejects)
		f.Do = "dedupe rejects prints what was rejected, why and what to do; warnings are in the table reject of the database"
	}
	return f, nil
}

// sources looks for what cannot be read. A run says it once, and this until it is gone.
func (p *patient) sources(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "sources", Outcome: report.Good, Found: "all that was looked at last could be read"}
	list, _, err := p.o.View.Missing(ctx, 0)
	if len(list) == 0 {
		return f, err
	}
	f.Outcome, f.Found = report.Look, report.Count(len(list), "place")+" cannot be read"
	f.Do = "what stands behind each; the next run reads them again, dedupe sources check tries them now"
	for _, x := range list[:min(len(list), maxExamples)] {
		f.See = append(f.See, fmt.Sprintf("since %s: %s: %s", x.Since.Format(time.RFC3339), x.Place, report.Remedied(x.Reason)))
	}
	if more := len(list) - maxExamples; more > 0 {
		f.See = append(f.See, fmt.Sprintf("and %d more", more))
	}
	return f, nil
}

func (p *patient) settings(context.Context) (report.Finding, error) {
	f := report.Finding{Check: "settings", Outcome: report.Good, Found: "those that the database was filled with"}
	switch {
	case p.o.Refused != nil:
		f.Outcome, f.Found = report.Bad, p.o.Refused.Error()
	case p.o.Changed != "":
		f.Outcome, f.Found = report.Look, "stored links were judged by others: "+p.o.Changed
		f.Do = "judge them again: dedupe recluster"
	}
	return f, nil
}

func (p *patient) dates(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "dates", Outcome: report.Good, Found: "no outlet lacks most of its dates"}
	undated, err := p.o.View.Undated(ctx, maxExamples)
	if len(undated) > 0 {
		f.Outcome, f.Found = report.Look, "outlets most of whose articles have no date that can be used"
		f.Do = "see which field of their records holds the date, and name it in input.fields.published"
		for _, u := range undated {
			f.See = append(f.See, fmt.Sprintf("%s: %d of %d without", u.Outlet, u.Without, u.Articles))
		}
	}
	return f, err
}

// rows looks at every stored row.
func (p *patient) rows(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: Rows, Outcome: report.Good, Found: "every stored row can be read"}
	count := map[string]int{}
	mend := map[string][]string{} // what a person can do -> tables
	total := 0
	for d, err := range p.o.View.Damaged(ctx, func(done, total int) { p.o.Progress("reading all rows", "rows", done, total) }) {
		if err != nil {
			return f, err
		}
		total++
		if count[d.Table]++; count[d.Table] == 1 {
			mend[d.Mend()] = append(mend[d.Mend()], d.Table)
		}
		if count[d.Table] <= maxExamples {
			f.See = append(f.See, d.Error())
		}
	}
	if total == 0 {
		return f, nil
	}
	f.Outcome = report.Bad
	var parts, todo []string
	for _, table := range slices.Sorted(maps.Keys(count)) {
		parts = append(parts, fmt.Sprintf("%d of %s", count[table], table))
		if more := count[table] - maxExamples; more > 0 {
			f.See = append(f.See, fmt.Sprintf("%s: and %d more", table, more))
		}
	}
	for _, what := range slices.Sorted(maps.Keys(mend)) {
		todo = append(todo, strings.Join(mend[what], ", ")+": "+what)
	}
	f.Found = fmt.Sprintf("%s damaged: %s", report.Count(total, "stored row"), strings.Join(parts, ", "))
	f.Do = strings.Join(todo, "; ")
	return f, nil
}

// ids looks for ids under which several articles came.
func (p *patient) ids(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "ids", Outcome: report.Good, Found: "no two articles of an outlet have one id"}
	count, most, err := p.o.View.SharedIDs(ctx, maxExamples)
	if count > 0 {
		f.Outcome = report.Look
		f.Found = fmt.Sprintf("%d ids are shared by several articles, the commonest by %d; each article is kept apart", count, most[0].Articles)
		if count == 1 {
			f.Found = fmt.Sprintf("one id is shared by %d articles; each is kept apart", most[0].Articles)
		}
		f.Do = "see which field of their records tells them apart, and name it in input.fields.id"
		for _, s := range most {
			id := s.Keeper.External
			if id == "" {
				id = s.Keeper.URL
			}
			f.See = append(f.See, fmt.Sprintf("%s of %s: %d articles, such as %q and %q", id, s.Keeper.Outlet, s.Articles, s.Keeper.Headline, s.Other.Headline))
		}
	}
	return f, err
}
