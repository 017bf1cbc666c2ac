package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"dedupe/detect"
	"dedupe/report"
	"dedupe/storage"
)

// doctorOptions are the flags of dedupe doctor.
type doctorOptions struct {
	samples, size int
	format        string
}

func newDoctor(a *app) *cobra.Command {
	var o doctorOptions
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look for what is wrong with the database and say what to do",
		Long: `Doctor looks at the file, every stored row (each text is held against its hash, all that is packed is decoded, and the
figures of each pair are checked), the last run, the settings, the recall of candidate search (measured against comparing
everything with everything in samples of consecutive articles), boilerplate that looks like story, clusters that look
chained, outlets without dates, ids that several articles share, and what drifted in the last 30 days of articles
against the 30 before. It changes nothing. Each finding is good, one to look at, or bad, for which the exit code is 1;
for damaged rows alone, which all else steps over, it is 4.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			format, err := a.format(o.format, report.Text, report.JSON)
			if err != nil {
				return err
			}
			if o.samples < 1 || o.samples > 1000 || o.size < 2 || o.size > 10000 {
				return usagef("--samples: want a number from 1 to 1000, --size from 2 to 10000")
			}
			return a.doctor(cmd.Context(), o, format)
		},
	}
	cmd.Flags().IntVar(&o.samples, "samples", 5, "how many samples candidate search is measured on")
	cmd.Flags().IntVar(&o.size, "size", 400, "articles a sample")
	cmd.Flags().StringVar(&o.format, "format", "", "text or json (default text, or json with --json)")
	return cmd
}

// The outcomes of checks.
const (
	good = "good"
	look = "look"
	bad  = "bad"
)

// patient is the database that the checks look at.
type patient struct {
	app    *app
	store  *storage.Store
	view   *storage.View
	engine *detect.Engine // nil when there is none for these settings
	o      doctorOptions
}

func (a *app) doctor(ctx context.Context, o doctorOptions, format report.Format) (err error) {
	c := a.settings()
	store, err := storage.Open(ctx, c.Database.Path, a.stepping(storage.Options{ReadOnly: true}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	view, err := store.View(ctx)
	if err != nil {
		return err
	}
	defer view.Close()
	if err := a.noteUpdating(ctx, store); err != nil {
		return err
	}
	p := &patient{app: a, store: store, view: view, o: o}
	result := &report.Checkup{}
	worst, damaged := good, false
	for _, check := range []func(context.Context) (report.Finding, error){
		p.file, p.rows, p.lastRun, p.settings, p.candidates, p.chains, p.furniture, p.dates, p.drift, p.ids,
	} {
		f, err := check(ctx)
		if err != nil {
			return err
		}
		result.Findings = append(result.Findings, f)
		switch {
		case f.Outcome == bad && f.Check == rowsCheck:
			damaged = true
		case f.Outcome == bad:
			worst = bad
		}
	}
	a.damage.rows = nil // all of them are in the finding
	if err := a.printAs(result, format); err != nil {
		return err
	}
	if worst == bad {
		return errors.New("something is wrong: see above")
	}
	if damaged {
		return withCode(exitRejected, errors.New("stored rows are damaged: see above"))
	}
	return nil
}

// maxExamples bounds what is named of one kind.
const maxExamples = 5

func (p *patient) file(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "file", Outcome: good, Found: "no damage found"}
	damage, err := p.view.Check(ctx, maxExamples)
	if len(damage) > 0 {
		f.Outcome, f.Found, f.See = bad, "the file is damaged", damage
		f.Do = "restore a backup, or save what can be read by `sqlite3 FILE .recover`"
	}
	return f, err
}

func (p *patient) lastRun(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "last run", Outcome: good, Found: "there was none"}
	runs, err := p.view.Runs(ctx, 1)
	if err != nil || len(runs) == 0 {
		return f, err
	}
	r := runs[0]
	if r.Finished.IsZero() {
		f.Outcome = look
		f.Found = fmt.Sprintf("run %d (%s), begun %s, has not come to its end", r.ID, r.Command, r.Started.Format(time.RFC3339))
		f.Do = "when it is not running any more, run again: it goes on from what was committed"
		return f, nil
	}
	rejects := 0
	for _, err := range p.view.Rejects(ctx, r.ID) {
		if err != nil {
			return f, err
		}
		rejects++
	}
	f.Found = fmt.Sprintf("run %d (%s) ended %s", r.ID, r.Command, r.Finished.Format(time.RFC3339))
	if rejects > 0 {
		f.Outcome = look
		f.Found += fmt.Sprintf(" and rejected or doubted %d records", rejects)
		f.Do = fmt.Sprintf("look at them: select path, line, reason from reject where run = %d", r.ID)
	}
	return f, nil
}

func (p *patient) settings(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "settings", Outcome: good, Found: "those that the database was filled with"}
	if err := p.app.checkTexts(ctx, p.store); err != nil {
		f.Outcome, f.Found = bad, err.Error()
		return f, nil
	}
	changes, err := p.app.changed(ctx, p.store, madeLinks)
	if err != nil {
		return f, err
	}
	if len(changes) > 0 {
		f.Outcome, f.Found = look, "stored links were judged by others: "+joinChanges(changes)
		f.Do = "judge them again: dedupe recluster"
	}
	opt, err := engineOptions(p.app.settings())
	if err == nil {
		p.engine, err = detect.New(ctx, p.store, opt, p.app.log, p.app.now)
	}
	return f, err
}

func (p *patient) dates(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "dates", Outcome: good, Found: "no outlet lacks most of its dates"}
	undated, err := p.view.Undated(ctx, maxExamples)
	if len(undated) > 0 {
		f.Outcome, f.Found = look, "outlets most of whose articles have no date that can be used"
		f.Do = "see which field of their records holds the date, and name it in input.fields.published"
		for _, u := range undated {
			f.See = append(f.See, fmt.Sprintf("%s: %d of %d without", u.Outlet, u.Without, u.Articles))
		}
	}
	return f, err
}
