package report

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dedupe/storage"
)

// Rejected is the input that runs could not take, the last first, each once.
type Rejected struct {
	Rejects []Reject `json:"rejects"`
	More    int      `json:"more"` // that are not listed
	Do      []Remedy `json:"do"`   // the commonest first
}

// Remedy is what to do about rejects.
type Remedy struct {
	Do      string `json:"do"`
	Rejects int    `json:"rejects"` // so many
}

// ReadRejected lists the rejects of a source, or of all where it is empty, at most so many; 0 is
// all. It holds what it counts: 300 bytes each.
func ReadRejected(ctx context.Context, v *storage.View, source string, most int) (*Rejected, error) {
	type same struct {
		source, path, reason, head string
		line                       int
	}
	seen := map[same]int{}
	list := &Rejected{Rejects: []Reject{}, Do: []Remedy{}}
	for r, err := range v.Rejects(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if r.Kept || source != "" && r.Source != source && !strings.HasPrefix(r.Source, source+" ") {
			continue
		}
		key := same{r.Source, r.Path, r.Reason, r.Head, r.Line}
		if i, ok := seen[key]; ok {
			list.Rejects[i] = r
			continue
		}
		seen[key] = len(list.Rejects)
		list.Rejects = append(list.Rejects, r)
	}
	slices.SortStableFunc(list.Rejects, func(a, b Reject) int { return int(b.Run - a.Run) })
	for _, j := range list.Rejects {
		do := remedy(j.Reason)
		if i := slices.IndexFunc(list.Do, func(r Remedy) bool { return r.Do == do }); i >= 0 {
			list.Do[i].Rejects++
		} else if do != "" {
			list.Do = append(list.Do, Remedy{do, 1})
		}
	}
	slices.SortStableFunc(list.Do, func(a, b Remedy) int { return b.Rejects - a.Rejects })
	if most > 0 && len(list.Rejects) > most {
		list.More = len(list.Rejects) - most
		list.Rejects = list.Rejects[:most]
	}
	return list, nil
}

func (r *Rejected) text(p *printer) {
	if len(r.Rejects) == 0 {
		p.line(plain, "nothing was rejected")
	}
	for _, j := range r.Rejects {
		where := clean(j.Path)
		if j.Line > 0 {
			where += ":" + strconv.Itoa(j.Line)
		}
		p.wrap("", where+": "+clean(j.Reason))
		if j.Head != "" {
			p.text(p.dim, "    ", clean(j.Head))
		}
	}
	if r.More > 0 {
		p.line(plain, fmt.Sprintf("and %d more: --limit 0 prints all", r.More))
	}
	if len(r.Do) > 0 {
		p.line(plain, "")
		p.line(plain, "what to do, and then dedupe rejects retry:")
	}
	for _, do := range r.Do {
		p.wrap(fmt.Sprintf("%5d  ", do.Rejects), do.Do)
	}
}

func (r *Rejected) csv() (header []string, rows [][]string) {
	for _, j := range r.Rejects {
		rows = append(rows, []string{sheet(j.Source), sheet(j.Path), strconv.Itoa(j.Line), sheet(j.Reason), sheet(j.Head)})
	}
	return []string{"source", "path", "line", "reason", "head"}, rows
}
