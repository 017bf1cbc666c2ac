package report

import (
	"crypto/sha256"
	_ "embed" // the style sheet
	"encoding/base64"
	"fmt"
	"strings"
)

//go:embed page.css
var pageCSS string

// sheetStyle is the one style sheet of a page, and the hash by which the page allows
// it and nothing else: no script, no picture, no font, no form, no frame (W3C,
// Content Security Policy Level 3).
type sheetStyle struct{ css, hash string }

// The style sheets of pages with so many texts a cluster.
var (
	listStyle   = newStyle(MaxColumns)
	singleStyle = newStyle(MaxSingle)
)

func newStyle(columns int) sheetStyle {
	css := strings.Replace(pageCSS, "  /* columns */\n", columnRules(columns), 1)
	sum := sha256.Sum256([]byte(css))
	return sheetStyle{css, "sha256-" + base64.StdEncoding.EncodeToString(sum[:])}
}

// columnRules show the two of n texts that are chosen, the verdict on them, and
// what stands in both.
func columnRules(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  .compare:has(.left%d:checked) .t%[1]d { display: block; order: 1; }\n", i)
		fmt.Fprintf(&b, "  .compare:has(.right%d:checked) .t%[1]d { display: block; order: 2; }\n", i)
		fmt.Fprintf(&b, "  .compare:has(:is(.left%d, .right%[1]d):checked) .text .s%[1]d { background: var(--mark); color: var(--mark-ink); }\n", i)
		for j := i + 1; j < n; j++ {
			fmt.Fprintf(&b, "  .compare:has(.left%d:checked):has(.right%d:checked) .p%[1]d-%[2]d, .compare:has(.left%[2]d:checked):has(.right%[1]d:checked) .p%[1]d-%[2]d { display: block; }\n", i, j)
		}
	}
	return b.String()
}
