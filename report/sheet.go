package report

import (
	"strings"
	"unicode/utf8"
)

// Programs for tables take a cell for a formula that begins with one of these
// (OWASP, CSV Injection), in full width too; some strip what stands before.
const formulas = "=+-@\t\r＝＋－＠"

// sheet makes text from outside fit for a cell of a result: clean, and no
// formula.
func sheet(s string) string { return unformula(clean(s)) }

// cell makes text from outside fit for a cell of an export, which programs read
// as well: it is as it came, but for what is not seen (see reveal), and for formulas.
func cell(s string) string { return unformula(reveal(s)) }

// unformula puts an apostrophe before a formula, and before one that such an
// apostrophe stands before already, so that Uncell can tell them apart.
func unformula(s string) string {
	if bare := strings.TrimLeft(s, "'"); bare != "" && strings.ContainsRune(formulas, firstRune(bare)) {
		return "'" + s
	}
	return s
}

// Uncell takes an apostrophe away that stands before a formula, for what reads
// the cells of exports.
func Uncell(s string) string {
	if bare := strings.TrimLeft(s, "'"); bare != "" && len(bare) < len(s) && strings.ContainsRune(formulas, firstRune(bare)) {
		return s[1:]
	}
	return s
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
