package storage

import (
	"context"
)

// Check looks for damage in the file and returns what it finds, at most limit
// lines; none is a whole file. It reads all of the file: about a second a
// gigabyte that is in memory.
func (v *View) Check(ctx context.Context, limit int) ([]string, error) {
	text := func(r row) (s string, err error) { return s, r.Scan(&s) }
	found, err := collect(stream(ctx, v, "check database", text, "SELECT quick_check FROM pragma_quick_check LIMIT ?", limit))
	if err != nil {
		return nil, err
	}
	if len(found) == 1 && found[0] == "ok" {
		found = nil
	}
	lost, err := collect(stream(ctx, v, "check database", text, `
		SELECT 'a row of ' || "table" || ' names one of ' || parent || ' that is not there' FROM pragma_foreign_key_check LIMIT ?`, limit))
	return append(found, lost...), err
}

// Undated is an outlet many of whose articles have no date of their own.
type Undated struct {
	Outlet   string
	Articles int
	Without  int // a date
}

// Undated returns the outlets of at least 5 articles of which more than half
// have no date, those with the most first.
func (v *View) Undated(ctx context.Context, limit int) ([]Undated, error) {
	scan := func(r row) (u Undated, err error) { return u, r.Scan(&u.Outlet, &u.Articles, &u.Without) }
	return collect(stream(ctx, v, "count dates", scan, `
		SELECT o.name, count(*), sum(a.effective_reason <> 0) AS without FROM article a JOIN outlet o ON o.id = a.outlet
		WHERE a.current = 1 GROUP BY a.outlet HAVING count(*) >= 5 AND without * 2 > count(*)
		ORDER BY without DESC, o.name LIMIT ?`, limit))
}
