package config

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

// StarterField is a field of input.fields with the names that records have for it.
type StarterField struct {
	Key     string   // "headline"
	Names   []string // in the order in which they are tried
	Example string   // a value
	Set     bool     // the names are no default ones: they have to be set
}

// Starter returns a short configuration file to begin with: the database, the sources, and
// the fields that were found in them, of which only those are set that have to be; dates is
// input.dates, if it is not empty. What is not in it has its default.
func Starter(database string, sources []string, fields []StarterField, dates string) []byte {
	var b bytes.Buffer
	b.WriteString("# Settings of dedupe. What is not here has its default: \"dedupe config --defaults\" prints them all.\n")
	fmt.Fprintf(&b, "database:\n  path: %s\n\n", flow(database))
	b.WriteString("# What \"dedupe run\" reads: files, folders, patterns such as feeds/*.jsonl.gz, relative to this file.\n")
	if len(sources) == 0 {
		b.WriteString("sources: []\n")
	} else {
		b.WriteString("sources:\n")
	}
	for _, s := range sources {
		fmt.Fprintf(&b, "  - %s\n", flow(s))
	}
	if len(fields) == 0 {
		return b.Bytes()
	}
	b.WriteString("\n# Fields found in these files. Names behind a # are known; take it away to have these alone.\ninput:\n  fields:\n")
	for _, f := range fields {
		mark := "# "
		if f.Set {
			mark = ""
		}
		example := strings.Map(func(r rune) rune {
			if unicode.IsPrint(r) {
				return r
			}
			return -1
		}, f.Example)
		fmt.Fprintf(&b, "    %s%s: %s # %s\n", mark, f.Key, flow(f.Names), example)
	}
	if dates != "" {
		fmt.Fprintf(&b, "  dates: %s # of dates with two meanings, as 06/04/2026 is\n", dates)
	}
	return b.Bytes()
}
