package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode"

	"dedupe/evaluate"
	"dedupe/quality"
)

// Evaluation is how right stored clusters are.
type Evaluation struct{ *quality.Evaluation }

func (e Evaluation) text(p *printer) {
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%d of the %d articles of %s are stored", e.Stored, e.Known, Quoted(e.Gold))
	if e.Stored < e.Known {
		fmt.Fprint(w, "; the others count as alone")
	}
	fmt.Fprint(w, "\n\nFIGURE\tVALUE\t95 %\tOF\n")
	if e.Pairwise != nil {
		of := Count(e.Articles, "article") + " of " + stories(e.Stories)
		printFigures(w, "pairwise", e.Pairwise, of)
		printFigures(w, "B-cubed", e.BCubed, of)
		printEstimate(w, "adjusted Rand", *e.Rand, of)
	}
	if e.Links != nil && e.Links.Of > 0 {
		printEstimate(w, "links of one story", e.Links.Share, Count(e.Links.Of, "link"))
	}
	if c := e.Candidates; c != nil && c.Of > 0 {
		printEstimate(w, "candidate recall", c.Share, Count(c.Of, "pair"))
	}
	if e.Labelled != nil {
		pairs := 0
		for _, k := range e.Kinds {
			pairs += k.Of
		}
		printFigures(w, "labelled", e.Labelled, Count(pairs, "pair"))
	}
	if len(e.Kinds) > 0 {
		fmt.Fprint(w, "\nLABEL\tKIND\tWANTED\tFOUND\tSHARE\t95 %\n")
		for _, k := range e.Kinds {
			fmt.Fprintf(w, "%s\t%s\t%s\t%d of %d\t%.4f\t%s\n", k.Label, Quoted(k.Kind), k.Want, k.Hits, k.Of, k.Share.Share.Value, interval(k.Share.Share))
		}
	}
	e.printLanguages(w)
	_ = w.Flush() // errors wait for that of p.out
	e.printErrors(p.out)
}

func printFigures(w io.Writer, name string, f *evaluate.Figures, of string) {
	printEstimate(w, name+" precision", f.Precision, of)
	printEstimate(w, name+" recall", f.Recall, of)
	printEstimate(w, name+" F1", f.F1, of)
}

func printEstimate(w io.Writer, name string, e evaluate.Estimate, of string) {
	fmt.Fprintf(w, "%s\t%.4f\t%s\t%s\n", name, e.Value, interval(e), of)
}

func interval(e evaluate.Estimate) string { return fmt.Sprintf("%.4f to %.4f", e.Low, e.High) }

func (e Evaluation) printLanguages(w io.Writer) {
	if len(e.Languages) == 0 {
		return
	}
	fmt.Fprint(w, "\nLANGUAGE\tSTORED\tPRECISION\tRECALL\tF1\tOF\n")
	for _, l := range e.Languages {
		name := l.Language
		if name == "" {
			name = "unknown"
		}
		for _, row := range []struct {
			of string
			f  *evaluate.Figures
		}{{"all pairs", l.Pairwise}, {"labelled pairs", l.Labelled}} {
			if row.f != nil {
				fmt.Fprintf(w, "%s\t%d\t%.4f\t%.4f\t%.4f\t%s\n", Quoted(name), l.Stored,
					row.f.Precision.Value, row.f.Recall.Value, row.f.F1.Value, row.of)
			}
		}
	}
}

// printErrors writes the worst errors, each with the command that explains it.
func (e Evaluation) printErrors(out *bufio.Writer) {
	explain := func(x, y string) { fmt.Fprintf(out, "    dedupe explain %s %s\n", Shell(x), Shell(y)) }
	if len(e.Merged) > 0 {
		fmt.Fprint(out, "\nWORST MERGED\n")
	}
	for _, m := range e.Merged {
		fmt.Fprintf(out, "cluster %s: %s of %s, %s too many\n", cmp.Or(m.Label, Quoted(m.Cluster)), Count(m.Articles, "article"), stories(m.Stories), Count(m.Pairs, "pair"))
		explain(m.A, m.B)
	}
	if len(e.Split) > 0 {
		fmt.Fprint(out, "\nWORST SPLIT\n")
	}
	for _, s := range e.Split {
		fmt.Fprintf(out, "story %s: %s in %d pieces, %s missed\n", Quoted(s.Story), Count(s.Articles, "article"), s.Pieces, Count(s.Pairs, "pair"))
		explain(s.A, s.B)
	}
	if len(e.Wrong) > 0 {
		fmt.Fprint(out, "\nLABELLED PAIRS THAT ARE WRONG\n")
	}
	for _, p := range e.Wrong {
		verdict := "not found"
		if p.Apart() {
			verdict = "found"
		}
		fmt.Fprintf(out, "%s, but %s\n", strings.TrimSpace(p.Label+" "+Quoted(p.Kind)), verdict)
		explain(p.A, p.B)
	}
}

func stories(n int) string {
	if n == 1 {
		return "1 story"
	}
	return fmt.Sprintf("%d stories", n)
}

// Quoted quotes text from outside that holds what a terminal may obey, and leaves other text alone.
func Quoted(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return s
}

// Shell quotes an argument for bash where it has to be.
func Shell(s string) string {
	safe := func(r rune) bool {
		return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune("-_./:,@+%=", r)
	}
	if s != "" && s[0] != '-' && !strings.ContainsFunc(s, func(r rune) bool { return !safe(r) }) {
		return s
	}
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		quoted := strconv.QuoteToASCII(s)
		return "$'" + strings.NewReplacer(`\"`, `"`, `'`, `\'`).Replace(quoted[1:len(quoted)-1]) + "'"
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
