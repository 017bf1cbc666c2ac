//go:build man

package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"dedupe/report"
)

// main of the tag man writes the manual pages into a folder, so that dedupe itself need not
// carry what makes them: go run -tags man ./cmd/dedupe FOLDER.
func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "write: go run -tags man ./cmd/dedupe FOLDER")
		os.Exit(exitUsage)
	}
	if err := writeManual(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "dedupe:", err)
		os.Exit(exitFailed)
	}
}

// writeManual writes a page for each command.
func writeManual(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("make folder of manual pages: %w", err)
	}
	root := newRoot(newApp(strings.NewReader(""), io.Discard, io.Discard))
	asMarkdown(root)
	return doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "dedupe " + built().Dedupe, Manual: "dedupe"}, dir)
}

// asMarkdown makes the help of cmd, and of those below it, what doc reads: items keep their
// lines, and no character of the rest is markup.
func asMarkdown(cmd *cobra.Command) {
	markup := strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", `\<`, ">", `\>`, "[", `\[`, "]", `\]`)
	var b strings.Builder
	items := false
	for line := range strings.Lines(report.Fill(cmd.Long, 72)) {
		is := strings.HasPrefix(line, " ")
		if is != items {
			b.WriteString("\n")
		}
		if items = is; is {
			b.WriteString("    " + line)
		} else {
			b.WriteString(markup.Replace(line))
		}
	}
	cmd.Long, cmd.DisableAutoGenTag = b.String(), true // the same pages every day
	for _, c := range cmd.Commands() {
		asMarkdown(c)
	}
}
