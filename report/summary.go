package report

import (
	"context"
	"fmt"
	"strconv"

	"dedupe/engine"
	"dedupe/source"
	"dedupe/storage"
)

// Summary is what a run or an ingest did.
type Summary struct {
	Read     int `json:"read"`     // records
	New      int `json:"new"`      // articles stored for the first time
	Known    int `json:"known"`    // articles that were there already, unchanged
	Changed  int `json:"changed"`  // articles stored as a new version
	Rejected int `json:"rejected"` // records that could not be taken
	Warnings int `json:"warnings"` // records that were taken with a warning, such as a date that is none
	TooShort int `json:"too_short"`
	Old      int `json:"too_old,omitempty"` // records older than what is kept
	Passed   int `json:"passed_over"`       // pages of web archives without a story, such as those of sections

	Compared int `json:"compared"` // pairs
	Linked   int `json:"linked"`   // pairs

	Made   int `json:"clusters_made"`
	Joined int `json:"clusters_joined"`
	Merged int `json:"clusters_merged"`
	Split  int `json:"clusters_split"`

	Seconds float64 `json:"seconds"`

	Shared int `json:"shared_ids"` // new articles that came under an id which another article has
	renamedSummary
}

// NewSummary reports what an engine did.
func NewSummary(s engine.Summary) *Summary {
	return &Summary{
		Read: s.Read, New: s.New, Known: s.Known, Changed: s.Changed, Rejected: s.Rejected, Warnings: s.Warnings, TooShort: s.TooShort, Passed: s.Passed, Old: s.Old,
		Compared: s.Compared, Linked: s.Linked, Made: s.Made, Joined: s.Joined, Merged: s.Merged, Split: s.Split, Seconds: s.Seconds,
		Shared: s.Shared, renamedSummary: renamedSummary{Doubtful: s.Warnings},
	}
}

func (s *Summary) text(p *printer) {
	p.wrap("articles  ", fmt.Sprintf("%d read: %d new, %d known, %d changed, %d rejected",
		s.Read, s.New, s.Known, s.Changed, s.Rejected))
	if s.Warnings+s.TooShort > 0 {
		p.wrap("          ", fmt.Sprintf("%d taken with a warning, %d too short to judge", s.Warnings, s.TooShort))
	}
	if s.Passed > 0 {
		p.wrap("          ", passedOver(s.Passed))
	}
	if s.Old > 0 {
		p.wrap("          ", fmt.Sprintf("%d older than what is kept (retention.articles), not taken", s.Old))
	}
	if s.Shared > 0 {
		p.wrap("          ", fmt.Sprintf("%d under the id of another article", s.Shared))
	}
	p.wrap("pairs     ", fmt.Sprintf("%d compared, %d linked", s.Compared, s.Linked))
	p.wrap("clusters  ", fmt.Sprintf("%d made, %d joined, %d merged, %d split", s.Made, s.Joined, s.Merged, s.Split))
	seconds := fmt.Sprintf("%.1f seconds", s.Seconds)
	if s.Seconds > 0 && s.Read > 0 {
		seconds += fmt.Sprintf(", %.0f articles a second", float64(s.Read)/s.Seconds)
	}
	p.wrap("time      ", seconds)
}

// passedOver says of pages of web archives that they are no articles.
func passedOver(pages int) string {
	return Count(pages, "page") + " of web archives without a story passed over, such as those of sections"
}

// Rejects is input that could not be taken, or was taken with a warning.
type Rejects struct {
	Rejects []Reject `json:"rejects"`
	More    int      `json:"more"`            // that are not listed
	Known   int      `json:"known,omitempty"` // of these, those that earlier runs met and listed
	Refused int      `json:"-"`               // of all that were added, those that were not taken
}

// ReadRejects lists the first most of the records that a run rejected, or took with a
// warning, of which there are so many in all; news alone leaves out those that the run before
// of the same command met too.
func ReadRejects(ctx context.Context, store *storage.Store, run int64, total, most int, news bool) (*Rejects, error) {
	view, err := store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	list := &Rejects{}
	for r, err := range view.Rejects(ctx, run) {
		switch {
		case err != nil:
			return nil, err
		case news && r.First < run:
			list.Known++
		case len(list.Rejects) < most:
			list.Rejects = append(list.Rejects, r)
		}
	}
	list.More = total - len(list.Rejects)
	return list, nil
}

// News is how many records were rejected, not only taken with a warning, that no run before
// met.
func (r *Rejects) News() (n int) {
	for i := range r.Rejects {
		if !r.Rejects[i].Kept {
			n++
		}
	}
	return n
}

// Add adds a record to the list, or to More where it has as many as most.
func (r *Rejects) Add(j *source.Reject, most int) {
	if !j.Kept {
		r.Refused++
	}
	if len(r.Rejects) == most {
		r.More++
		return
	}
	r.Rejects = append(r.Rejects, Reject{Path: j.Origin.Path, Line: j.Origin.Line, Reason: j.Reason, Kept: j.Kept})
}

// NewRejects lists the lines of a file that were not taken.
func NewRejects(g *source.Given) (list []Reject) {
	all := &Rejects{}
	for _, r := range g.Rejects {
		all.Add(r, len(g.Rejects))
	}
	return all.Rejects
}

// text prints a line a reject. A warning that several records of a file come with is printed at the
// first of them.
func (r *Rejects) text(p *printer) {
	type same struct{ path, reason string }
	times := map[same]int{}
	for _, j := range r.Rejects {
		if j.Kept {
			times[same{j.Path, j.Reason}]++
		}
	}
	for _, j := range r.Rejects {
		s := clean(j.Path)
		if j.Line > 0 {
			s += ":" + strconv.Itoa(j.Line)
		}
		s += ": " + clean(j.Reason)
		if j.Kept {
			key := same{j.Path, j.Reason}
			n := times[key]
			if times[key] = 0; n == 0 {
				continue
			}
			s += " (kept)"
			if n > 1 {
				s += "; the same of " + Count(n-1, "more record") + " of this file"
			}
		}
		p.wrap("", s)
	}
	if more := r.More - r.Known; more > 0 {
		p.line(plain, fmt.Sprintf("and %d more", more))
	}
}

func (r *Rejects) csv() (header []string, rows [][]string) {
	for _, j := range r.Rejects {
		rows = append(rows, []string{sheet(j.Path), strconv.Itoa(j.Line), sheet(j.Reason), strconv.FormatBool(j.Kept)})
	}
	return []string{"path", "line", "reason", "kept"}, rows
}
