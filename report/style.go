package report

import (
	"crypto/sha256"
	_ "embed" // the style sheet and the script
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"
	"sync"
)

//go:embed page.css
var pageCSS string

//go:embed page.js
var pageJS string

// styleSheet is the one style sheet of a page, and script its one script, with the hashes by
// which the page allows them and nothing else: no other script, no picture, no font, no form, no
// frame (W3C, Content Security Policy Level 3).
type (
	styleSheet struct {
		CSS  template.CSS
		Hash string
	}
	script struct {
		JS   template.JS
		Hash string
	}
)

// The style sheets of pages with so many texts a cluster, and the script of all.
var (
	listStyle   = sync.OnceValue(func() styleSheet { return newStyle(MaxColumns) })
	singleStyle = sync.OnceValue(func() styleSheet { return newStyle(MaxSingle) })
	pageScript  = script{template.JS(pageJS), policyHash(pageJS)}
)

func newStyle(columns int) styleSheet {
	css := strings.Replace(pageCSS, "  /* columns */\n", columnRules(columns), 1)
	return styleSheet{template.CSS(css), policyHash(css)}
}

// policyHash is what a policy calls the text of an element.
func policyHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// columnRules show the two of n texts that are chosen, the verdict on them, and
// what stands in both.
func columnRules(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  .compare:has(.left%d:checked) .t%[1]d { display: block; order: 1; }\n", i)
		fmt.Fprintf(&b, "  .compare:has(.right%d:checked) .t%[1]d { display: block; order: 2; }\n", i)
		fmt.Fprintf(&b, "  .compare:has(:is(.left%d, .right%[1]d):checked) mark[class*=%[2]c] { background: var(--mark); color: var(--mark-ink); text-decoration-line: underline; }\n", i, marks[i])
		for j := i + 1; j < n; j++ {
			fmt.Fprintf(&b, "  .compare:has(.left%d:checked):has(.right%d:checked) .p%[1]d-%[2]d, .compare:has(.left%[2]d:checked):has(.right%[1]d:checked) .p%[1]d-%[2]d { display: block; }\n", i, j)
		}
	}
	return b.String()
}
