package report

import (
	"bufio"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"dedupe/quality"
	"dedupe/tune"
)

// Tuning is what other thresholds would do to stored pairs.
type Tuning struct{ *quality.Tuning }

// chartHeight is the height of a plot in the terminal, in lines.
const chartHeight = 8

func (t Tuning) text(p *printer) {
	b := p.out
	fmt.Fprintf(b, "%s of %s in %s", Count(t.Pairs, "pair"), Count(t.Articles, "article"), Count(t.Clusters, "cluster"))
	if t.By != "" {
		fmt.Fprintf(b, "; scored by %s", Quoted(t.By))
	}
	b.WriteString("\n")
	t.printStrata(b)
	if s := t.Now.Score; s != nil {
		fmt.Fprintf(b, "now: %s\n", scored(s))
	}
	for i := range t.Curves {
		t.printCurve(b, &t.Curves[i])
	}
	for i := range t.Spread {
		printSpread(b, &t.Spread[i])
	}
	if t.Proposal != nil {
		t.printProposal(p)
	}
}

func scored(s *tune.Score) string {
	return fmt.Sprintf("precision %.4f (95 %% lower bound %.4f), recall %.4f, F1 %.4f", s.Precision, s.Low, s.Recall, s.F1)
}

// printStrata says what decisions stand for.
func (t Tuning) printStrata(b *bufio.Writer) {
	if len(t.Strata) == 0 {
		return
	}
	b.WriteString("\nEach decision stands for pairs of two outlets whose figures are as uncertain:\n")
	w := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "FIGURES\tPAIRS\tDECIDED\n")
	for _, s := range t.Strata {
		note := ""
		if s.Labels == 0 {
			note = "\tnothing is known of them: they do not count"
		}
		fmt.Fprintf(w, "%s\t%d\t%d%s\n", s.Name, s.Pairs, s.Labels, note)
	}
	_ = w.Flush() // errors wait for that of b
	b.WriteString("\n")
}

// printCurve writes a line for each value; the present one is marked.
func (t Tuning) printCurve(b *bufio.Writer, c *quality.Curve) {
	fmt.Fprintf(b, "\n%s", c.Key)
	if c.Kind != "" {
		fmt.Fprintf(b, ", which makes links of kind %s", c.Kind)
	}
	b.WriteString("\n")
	w := tabwriter.NewWriter(b, 0, 0, 1, ' ', tabwriter.AlignRight)
	header := "VALUE\tLINKS\t"
	if c.Kind != "" {
		header += strings.ToUpper(c.Kind) + "\t"
	}
	if t.By != "" {
		if c.Kind != "" {
			header += "RIGHT\tFOUND\t"
		}
		header += "PRECISION\tRECALL\tF1\t"
	}
	fmt.Fprint(w, header+"CLUSTERS\tCHANGED\tNEW\t\n")
	for _, p := range c.Points {
		cells := []string{tune.Decimal(p.Value), strconv.Itoa(p.Links)}
		if p.Value == c.Threshold.Get(t.Now.Thresholds) {
			cells[0] = "now " + cells[0]
		}
		if c.Kind != "" {
			cells = append(cells, strconv.Itoa(p.Kinds[c.Kind]))
		}
		if s := p.Score; s != nil {
			if c.Kind != "" {
				for _, share := range []*float64{p.Right, p.Found} {
					cell := ""
					if share != nil {
						cell = fmt.Sprintf("%.3f", *share)
					}
					cells = append(cells, cell)
				}
			}
			cells = append(cells, fmt.Sprintf("%.3f", s.Precision), fmt.Sprintf("%.3f", s.Recall), fmt.Sprintf("%.3f", s.F1))
		}
		cells = append(cells, strconv.Itoa(p.Grouped), strconv.Itoa(p.Changed), strconv.Itoa(p.Made))
		fmt.Fprint(w, strings.Join(cells, "\t")+"\t\n")
	}
	_ = w.Flush() // errors wait for that of b
	if t.By != "" && moves(c) {
		chart := c.Chart()
		chart.Lines = chart.Lines[:2]
		fmt.Fprintf(b, "\n%s", chart.Text(chartHeight))
		fmt.Fprintln(b, "      p precision, r recall, * both")
	}
}

// moves reports whether the threshold makes any difference to what is scored.
func moves(c *quality.Curve) bool {
	for _, p := range c.Points {
		if p.Score.Precision != c.Points[0].Score.Precision || p.Score.Recall != c.Points[0].Score.Recall {
			return true
		}
	}
	return false
}

// printSpread writes how a figure is spread, as bars.
func printSpread(b *bufio.Writer, d *tune.Distribution) {
	most := slices.Max(d.Counts[:])
	if most == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s of pairs of two outlets; %s is %s, ", d.Figure, d.Key, tune.Decimal(d.Now))
	if d.Valley > 0 {
		fmt.Fprintf(b, "the valley is at %.2f\n", d.Valley)
	} else {
		fmt.Fprint(b, "there is no valley\n")
	}
	for i, n := range d.Counts {
		const width = 50
		low := float64(i) / float64(len(d.Counts))
		mark := " "
		if d.Now >= low && d.Now < low+1/float64(len(d.Counts)) {
			mark = ">"
		}
		bar := (n*width + most - 1) / most // whatever there is, is seen
		fmt.Fprintln(b, strings.TrimRight(fmt.Sprintf("%s %.2f %7d %s", mark, low, n, strings.Repeat("#", bar)), " "))
	}
}

func (t Tuning) printProposal(to *printer) {
	b, p := to.out, t.Proposal
	fmt.Fprintf(b, "\nPROPOSAL for %s, of %s\n", p.Aim, Count(t.Looked, "setting"))
	switch {
	case p.Lack != nil:
		t.printLack(to)
		return
	case !p.Reached && len(p.Settings) == 0:
		fmt.Fprint(b, "None reaches it, and the present settings come as near as any.\n")
		return
	case !p.Reached:
		fmt.Fprint(b, "None reaches it. These come nearest:\n")
	case len(p.Settings) == 0:
		fmt.Fprint(b, "The present settings serve it as well as any.\n")
		return
	}
	for _, s := range p.Settings {
		fmt.Fprintf(b, "  %-22s %s -> %s\n", s.Key, s.From, s.To)
	}
	fmt.Fprintf(b, "  %s\n", scored(p.Score))
	fmt.Fprintf(b, "  %d of %s would change, %d would be new\n", p.Changed, Count(t.Clusters, "cluster"), p.Made)
	for _, x := range p.Examples {
		where := "articles that are alone now"
		if len(x.Labels) > 0 {
			where = "cluster " + strings.Join(x.Labels, ", ")
		}
		way := "of"
		if x.Change == "split" {
			way = "into"
		}
		headline := cmp.Or(x.Headline, "(no headline)")
		to.wrap(fmt.Sprintf("  %-6s  ", x.Change), fmt.Sprintf("%s %s %s, %s: %s", Count(x.Articles, "article"), way, Count(x.Parts, "part"), where, Quoted(headline)))
		fmt.Fprintf(b, "          dedupe explain %s %s\n", Shell(x.A), Shell(x.B))
	}
	if p.Diff != "" {
		b.WriteString("\nIn the configuration file (--write writes it):\n")
		for line := range strings.Lines(p.Diff) {
			words := strings.Split(strings.TrimSuffix(line, "\n"), " ") // blanks stay: they mean something in YAML
			for i := range words {
				words[i] = clean(words[i])
			}
			fmt.Fprintf(b, "  %s\n", strings.Join(words, " "))
		}
	}
}

// printLack says how many labels are needed.
func (t Tuning) printLack(p *printer) {
	l := t.Proposal.Lack
	p.wrap("", fmt.Sprintf("Nothing is proposed: there are too few labels. They are as good as %.0f independent ones of articles that are "+
		"found together; %.0f are needed. About %s more would do.", math.Floor(l.Trials), math.Ceil(l.Needed), Count(l.More, "label")))
	if len(t.Strata) > 0 {
		fmt.Fprintf(p.out, "  dedupe tune --sample %d > sample.csv\n  dedupe review --pairs sample.csv --limit %d\n", l.More, l.More)
	}
}
