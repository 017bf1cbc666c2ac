package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dedupe/report"
)

// rowsCheck is the finding on damaged rows.
const rowsCheck = "rows"

// rows looks at every stored row.
func (p *patient) rows(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: rowsCheck, Outcome: good, Found: "every stored row can be read"}
	count := map[string]int{}
	mend := map[string][]string{} // what a person can do -> tables
	total := 0
	for d, err := range p.view.Damaged(ctx, p.app.drawnOf("rows")) {
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
	p.app.clearLine()
	if total == 0 {
		return f, nil
	}
	f.Outcome = bad
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
	f.Found = fmt.Sprintf("%s damaged: %s", counted(total, "stored row"), strings.Join(parts, ", "))
	f.Do = strings.Join(todo, "; ")
	return f, nil
}
