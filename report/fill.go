package report

import (
	"regexp"
	"strings"
)

var (
	item   = regexp.MustCompile(`^ +\S`)
	spaces = regexp.MustCompile(`\S( {2,})\S`)
	typed  = regexp.MustCompile(`^ +(dedupe|go|git|npm|mkdir|source|echo) `) // a line to be typed
)

// Fill lays out the text of a manual for lines of so many columns. Paragraphs are filled. A
// line that begins with a space is an item: it keeps what stands in front of its last gap of
// two spaces or more in the first two thirds of it, and goes on under what stands behind it.
// A line that is indented as deep goes on with the item. Lines to be typed are left alone.
func Fill(text string, columns int) string {
	var out strings.Builder
	prefix, words := "", []string(nil)
	flush := func() {
		line, width := prefix, 0
		for _, w := range words {
			switch {
			case width > 0 && len([]rune(line))+1+len([]rune(w)) > columns:
				out.WriteString(line + "\n")
				line = strings.Repeat(" ", len([]rune(prefix))) + w
			case width > 0:
				line += " " + w
			default:
				line += w
			}
			width++
		}
		if width > 0 {
			out.WriteString(line + "\n")
		}
		prefix, words = "", nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \n")
		indent := len(line) - len(strings.TrimLeft(line, " "))
		switch {
		case line == "" || typed.MatchString(line):
			flush()
			out.WriteString(line + "\n")
		case item.MatchString(line) && !(len(words) > 0 && strings.TrimSpace(prefix) != "" && indent == len([]rune(prefix))):
			flush()
			at := indent
			for _, g := range spaces.FindAllStringSubmatchIndex(line, -1) {
				if g[3] <= columns*2/3 {
					at = g[3]
				}
			}
			prefix, words = line[:at], strings.Fields(line[at:])
		case indent == 0 && prefix != "":
			flush()
			fallthrough
		default:
			words = append(words, strings.Fields(line)...)
		}
	}
	flush()
	return out.String()
}
