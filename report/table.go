package report

import (
	"slices"
	"strings"
)

// column of a table. A flexible one may be cut down to min columns when the
// whole does not fit.
type column struct {
	title string
	right bool
	min   int // 0: never cut
}

// table lays rows out in columns two spaces apart. An empty column is left out.
type table struct {
	columns []column
	rows    [][]string
	below   []string // below[i] is a line under row i, or several, or ""
}

func (t *table) add(below string, cells ...string) {
	t.rows = append(t.rows, cells)
	t.below = append(t.below, below)
}

const gap = 2

// widths returns the width of each column: what the widest cell needs, and less
// for flexible ones, the widest first, until all fit into limit columns. Where
// that is not enough, columns are left out from the right. 0 leaves a column
// out. A limit of 0 is no limit.
func (t *table) widths(limit int) []int {
	ws := make([]int, len(t.columns))
	total := -gap
	for i, c := range t.columns {
		for _, row := range t.rows {
			ws[i] = max(ws[i], width(row[i]))
		}
		if ws[i] > 0 {
			ws[i] = max(ws[i], width(c.title))
			total += ws[i] + gap
		}
	}
	for limit > 0 && total > limit {
		widest := -1
		for i, c := range t.columns {
			if c.min > 0 && ws[i] > c.min && (widest < 0 || ws[i] > ws[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		ws[widest]--
		total--
	}
	for i := len(ws) - 1; i > 0 && limit > 0 && total > limit; i-- {
		if ws[i] > 0 {
			total -= ws[i] + gap
			ws[i] = 0
		}
	}
	return ws
}

// fits reports whether nothing has to be cut.
func (t *table) fits(limit int) bool {
	return limit == 0 || slices.Equal(t.widths(limit), t.widths(0))
}

// print writes the table to p: titles, when there are any, then the rows.
func (t *table) print(p *printer) {
	ws := t.widths(p.width)
	if slices.ContainsFunc(t.columns, func(c column) bool { return c.title != "" }) && len(t.rows) > 0 {
		titles := make([]string, len(t.columns))
		for i, c := range t.columns {
			titles[i] = c.title
		}
		p.line(p.dim, t.join(titles, ws))
	}
	for i, row := range t.rows {
		p.line(plain, t.join(row, ws))
		if t.below[i] != "" {
			for line := range strings.SplitSeq(t.below[i], "\n") {
				p.text(plain, strings.Repeat(" ", 4), line)
			}
		}
	}
}

// join pads cells to their columns. Each cell is isolated by itself, so that
// right-to-left text stays in its column.
func (t *table) join(cells []string, ws []int) string {
	var b strings.Builder
	pending := 0 // spaces due before the next visible cell; none at the end of a line
	for i, cell := range cells {
		if ws[i] == 0 {
			continue
		}
		cell = truncate(cell, ws[i])
		pad := ws[i] - width(cell)
		if t.columns[i].right {
			pending += pad
			pad = 0
		}
		if cell != "" {
			b.WriteString(strings.Repeat(" ", pending))
			b.WriteString(isolate(cell))
			pending = 0
		}
		pending += pad + gap
	}
	return b.String()
}
