package report

import (
	"fmt"
	"io"
	"text/tabwriter"

	"dedupe/bench"
)

// Benchmark is a measurement of speed, memory and quality beside earlier ones.
type Benchmark struct {
	bench.Result
	Earlier int            `json:"earlier"` // results of the history that it is compared with
	Changes []bench.Change `json:"changes,omitempty"`
}

func (b *Benchmark) text(p *printer) {
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	cpu := ""
	if b.Machine.CPU != "" {
		cpu = ", " + Quoted(b.Machine.CPU)
	}
	fmt.Fprintf(w, "%s, %s, seed %d, load version %d\n", Count(b.Load.Articles, "article"), megabytes(b.Load.Bytes), b.Load.Seed, b.Load.Version)
	fmt.Fprintf(w, "%s%s, %s/%s, %s; %s, batches of %d\n\n", Count(b.Machine.Processors, "processor"), cpu, b.Machine.OS, b.Machine.Arch, b.Go,
		Count(b.Workers, "worker"), b.Batch)

	fmt.Fprintf(w, "FIGURE\tVALUE\n")
	fmt.Fprintf(w, "time\t%.2f s\n", b.Seconds)
	if b.Busy > 0 {
		fmt.Fprintf(w, "processor time\t%.2f s\n", b.Busy)
	}
	fmt.Fprintf(w, "articles\t%.0f a second\n", b.PerSecond)
	fmt.Fprintf(w, "input\t%.1f MB a second\n", b.BytesSecond/1e6)
	if b.Peak > 0 {
		fmt.Fprintf(w, "peak memory\t%s\n", megabytes(b.Peak))
	}
	fmt.Fprintf(w, "database\t%s, %.2f of the input\n", megabytes(b.Database), float64(b.Database)/float64(b.Load.Bytes))
	alone := func(name string, seconds float64) {
		fmt.Fprintf(w, "%s alone\t%.2f s; the job takes %.1f times as long\n", name, seconds, b.Seconds/seconds)
	}
	alone("reading and decoding", b.ReadSeconds)
	alone("writing the same rows", b.WriteSeconds)
	fmt.Fprintf(w, "%d more\t%.2f s\n", b.More, b.MoreSeconds)

	b.printStages(w)
	fmt.Fprint(w, "\nCLUSTERS\tPRECISION\tRECALL\tF1\n")
	for _, row := range []struct {
		name string
		s    bench.Score
	}{{"pairwise", b.Pairwise}, {"B-cubed", b.BCubed}} {
		fmt.Fprintf(w, "%s\t%.4f\t%.4f\t%.4f\n", row.name, row.s.Precision, row.s.Recall, row.s.F1)
	}
	if len(b.Kinds) > 0 {
		fmt.Fprint(w, "\nKIND\tFOUND\tSHARE\tWANTED\n")
	}
	for _, k := range b.Kinds {
		wanted := "none"
		if k.Copy {
			wanted = "all"
		}
		fmt.Fprintf(w, "%s\t%d of %d\t%.4f\t%s\n", k.Kind, k.Found, k.Of, float64(k.Found)/float64(k.Of), wanted)
	}
	b.printChanges(w)
	_ = w.Flush() // errors wait for that of p.out
}

func (b *Benchmark) printStages(w io.Writer) {
	if len(b.Stages) == 0 {
		return
	}
	fmt.Fprint(w, "\nSTAGE\tTIME\tOF THE JOB\n")
	for _, s := range b.Stages {
		beside := ""
		if s.Beside {
			beside = ", beside the others"
		}
		fmt.Fprintf(w, "%s\t%.2f s\t%.0f %%%s\n", s.Name, s.Seconds, 100*s.Seconds/b.Seconds, beside)
	}
}

func (b *Benchmark) printChanges(w io.Writer) {
	if b.Earlier == 0 {
		return
	}
	fmt.Fprintf(w, "\nAGAINST %d EARLIER\tNOW\tMEDIAN\tCHANGE\n", b.Earlier)
	for _, c := range b.Changes {
		worse := ""
		if c.Worse {
			worse = "  worse"
		}
		fmt.Fprintf(w, "%s\t%.5g\t%.5g\t%+.1f %%%s\n", c.Figure, c.Now, c.Median, 100*c.Change, worse)
	}
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
