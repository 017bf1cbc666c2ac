package report

import (
	"fmt"
	"time"
)

// Progress says in a line how far work has come: "comparing: 1200 of 5000 articles, 812 a
// second, 5 s left". It began at first and has taken spent since. total is 0 where it is not
// known, unit is the plural of what is counted, "" where nothing is.
func Progress(what, unit string, first, done, total int, spent time.Duration) string {
	line := what + ": "
	switch {
	case unit == "":
		return line + duration(spent)
	case total > 0:
		line += fmt.Sprintf("%d of %d %s", done, total, unit)
	default:
		line += fmt.Sprintf("%d %s", done, unit)
	}
	rate := float64(done-first) / spent.Seconds()
	if spent < time.Second || rate <= 0 {
		return line
	}
	if rate >= 10 {
		line += fmt.Sprintf(", %.0f a second", rate)
	} else {
		line += fmt.Sprintf(", %.1f a second", rate)
	}
	if done < total {
		line += fmt.Sprintf(", %s left", duration(time.Duration(float64(total-done)/rate*float64(time.Second))))
	}
	return line
}

// duration writes how long something takes, as exactly as one wants to know.
func duration(d time.Duration) string {
	switch d = d.Round(time.Second); {
	case d < 2*time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < 2*time.Hour:
		return fmt.Sprintf("%.0f min", d.Minutes())
	}
	return fmt.Sprintf("%.0f h", d.Hours())
}
