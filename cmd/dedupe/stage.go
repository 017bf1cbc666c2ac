package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"dedupe/basis"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/source"
	"dedupe/stage"
)

// stageOptions are the flags of the stages.
type stageOptions struct {
	part           int
	rejects, votes string
	purpose        string
	judged         string
}

func newStage(a *app) *cobra.Command {
	var o stageOptions
	stages := &cobra.Command{
		Use:   "stage",
		Short: "Do one step of a run as a filter, for other engines",
		Long: `Stages do the work of a run in steps that are filters of JSON lines, without a database and in little memory. What
can sort can carry them: sort(1), GNU parallel, Slurm, Apache Spark. All lines are of one version and one config.yaml. What
takes lines in groups wants them sorted as bytes (LC_ALL=C sort). docs/spark.md has the whole way and the formats.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			a.started = false
			return usagef("stage: which one is missing")
		},
	}
	filter := func(name, short string, do func(s *stage.Stages, out io.Writer) error) *cobra.Command {
		cmd := &cobra.Command{Use: name, Short: short, Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
			s, err := a.stages()
			if err != nil {
				return err
			}
			if o.votes != "" {
				if err := reading(o.votes, func(f *os.File) error { return s.Know(f) }); err != nil {
					return err
				}
			}
			return do(s, a.stdout)
		}}
		stages.AddCommand(cmd)
		return cmd
	}
	votesFlag := func(cmd *cobra.Command) {
		cmd.Flags().StringVar(&o.votes, "votes", "", "the `file` of all lines that learn wrote")
	}
	text := &cobra.Command{Use: "text PATH...|-", Short: "Files to record lines, read as ingest reads them", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return stageText(cmd.Context(), a, args, o) }}
	text.Flags().IntVar(&o.part, "part", 0, "the number of these paths among all parts of the input: it orders versions")
	text.Flags().StringVar(&o.rejects, "rejects", "", "write what was rejected or taken with a warning to this `file` (default standard error)")
	stages.AddCommand(text)
	filter("articles", "Sorted record lines to article lines, one for each current version", func(s *stage.Stages, out io.Writer) error { return s.Articles(a.stdin, out) })
	filter("anchors", "Article lines to posting lines", func(s *stage.Stages, out io.Writer) error { return s.Anchors(a.stdin, out) })
	filter("candidates", "Sorted posting lines to hits lines", func(s *stage.Stages, out io.Writer) error { return s.Candidates(a.stdin, out) })
	rank := filter("rank", "Sorted hits lines to wanted lines: which texts to look at", func(s *stage.Stages, out io.Writer) error {
		switch o.purpose {
		case "learn":
			return s.Rank(a.stdin, out, stage.ToLearn)
		case "link":
			return s.Rank(a.stdin, out, stage.ToLink)
		}
		return usagef("--for: %q is not allowed; want learn or link", o.purpose)
	})
	rank.Flags().StringVar(&o.purpose, "for", "", "learn, or link: with --votes, and article lines sorted among the hits")
	votesFlag(rank)
	filter("fetch", "Article and wanted lines, sorted together, to beside lines: the texts", func(s *stage.Stages, out io.Writer) error { return s.Fetch(a.stdin, out) })
	filter("learn", "Article and beside lines, sorted together, to vote lines: what is boilerplate", func(s *stage.Stages, out io.Writer) error { return s.Learn(a.stdin, out) })
	votesFlag(filter("compare", "Article and beside lines, sorted together, to judged lines", func(s *stage.Stages, out io.Writer) error { return s.Compare(a.stdin, out) }))
	stages.AddCommand(&cobra.Command{Use: "components FILE", Short: "Judged lines to those of linked articles, with their components", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := a.stages()
			if err != nil {
				return err
			}
			return reading(args[0], func(f *os.File) error { return s.Components(f, a.stdout) })
		}})
	filter("cluster", "Sorted lines of components to cluster lines", func(s *stage.Stages, out io.Writer) error { return s.Cluster(a.stdin, out) })
	load := &cobra.Command{Use: "load PATH...", Short: "Files into a new database by the votes and judged lines of stages", Args: cobra.MinimumNArgs(1),
		Long: `Load takes files into a new database as ingest does, and compares nothing: the votes and judged lines of stages, which
were given the same files in the same order by the same config.yaml, say what came of that. What is stored is what ingest stores,
and later runs go on from there.`,
		RunE: func(cmd *cobra.Command, args []string) error { return stageLoad(cmd.Context(), a, args, o) }}
	load.Flags().StringVar(&o.judged, "judged", "", "the `file` of all lines that compare wrote")
	votesFlag(load)
	stages.AddCommand(load)
	return stages
}

// stages returns the stages by the settings in force.
func (a *app) stages() (*stage.Stages, error) {
	opt, err := basis.Engine(a.settings())
	if err != nil {
		return nil, err
	}
	return stage.New(opt, a.settings().Hash(config.Texts)+a.settings().Hash(config.Links)), nil
}

// reading opens a file.
func reading(path string, do func(*os.File) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := do(f); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func stageText(ctx context.Context, a *app, paths []string, o stageOptions) (err error) {
	if o.part < 0 || o.part > stage.MaxPart {
		return usagef("--part: %d is not between 0 and %d", o.part, stage.MaxPart)
	}
	s, err := a.stages()
	if err != nil {
		return err
	}
	rejects := a.stderr
	if o.rejects != "" {
		f, err := os.Create(o.rejects)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		rejects = f
	}
	in := a.job.Input()
	rejected, err := s.Text(ctx, source.Read(ctx, paths, a.stdin, in), in, o.part, a.stdout, rejects)
	if err == nil && rejected > 0 {
		return withCode(exitRejected, fmt.Errorf("%d rejected", rejected))
	}
	return err
}

func stageLoad(ctx context.Context, a *app, paths []string, o stageOptions) error {
	if o.judged == "" || o.votes == "" {
		return usagef("stage load: --judged and --votes say what the stages found out")
	}
	s, err := a.stages()
	if err != nil {
		return err
	}
	return reading(o.votes, func(votes *os.File) error {
		return reading(o.judged, func(judged *os.File) error {
			given, err := s.Given(votes, judged)
			if err != nil {
				return err
			}
			return a.takeGiven(ctx, "stage load", func(e *engine.Engine) (engine.Summary, error) {
				if e.Articles() > 0 {
					return engine.Summary{}, errors.New("given comparisons fill a new database, and this one has articles")
				}
				in := a.job.Input()
				return e.IngestGiven(ctx, "stage load", a.settings().Hash(config.Links), source.Read(ctx, paths, a.stdin, in), in, given)
			})
		})
	})
}
