package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"dedupe/article"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/explain"
	"dedupe/report"
	"dedupe/source"
	"dedupe/storage"
)

// explainOptions are the flags of dedupe explain.
type explainOptions struct {
	diff, whyNot bool
	format       string
}

func newExplain(a *app) *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:   "explain A B",
		Short: "Say step by step how two articles are judged",
		Long: `Explain compares two articles by the settings in force, whether a run ever compared them or not, and says what
came of each step: whether one was a candidate for the other, what was left out as boilerplate, every figure beside
its threshold, what kept them apart, and what their clusters made of it.

An article goes by its id, outlet:id, URL, #number of arrival, or the first digits of its key. What is not stored goes
by the file it stands in, as "ingest" reads it, with the line where that holds more than one: news.jsonl:17; "-" is
standard input. Nothing is stored then, and the cluster is the one that it would join.

Confidence says how far the figure that decides is from its threshold, as "dedupe report --help" defines it.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format(o.format, report.Text, report.JSON)
			if err != nil {
				return err
			}
			return a.explain(cmd.Context(), args[0], args[1], o, format)
		},
	}
	cmd.Flags().BoolVar(&o.diff, "diff", false, "print both texts too, with what they share and what was left out marked")
	cmd.Flags().BoolVar(&o.whyNot, "why-not", false, "name the smallest changes of settings that would turn the verdict")
	cmd.Flags().StringVar(&o.format, "format", "", "text or json (default text, or json with --json)")
	return cmd
}

func (a *app) explain(ctx context.Context, nameA, nameB string, o explainOptions, format report.Format) error {
	return a.job.ReadTexts(ctx, func(eng *engine.Engine, view *storage.View) error {
		x := explain.New(eng, view, explain.Options{Preset: a.preset})
		first, err := a.subject(ctx, x, nameA)
		if err != nil {
			return err
		}
		second, err := a.subject(ctx, x, nameB)
		if err != nil {
			return err
		}
		if first.Key == second.Key {
			return usagef("explain: %q and %q are one article", nameA, nameB)
		}
		e, err := x.Pair(ctx, first, second)
		if err == nil {
			_, e.Differ, err = a.judged(ctx, view)
		}
		if err != nil {
			return err
		}
		if o.diff {
			e.Texts()
		}
		if o.whyNot {
			e.WhyNot()
		}
		return a.printAs(&e.Explanation, format)
	})
}

// preset is the preset that a setting has its value from, or "".
func (a *app) preset(key string) string {
	if origin := a.config.Origin(key); origin.Kind == config.FromPreset {
		return origin.String()
	}
	return ""
}

// subject finds what a person means: a stored article, or one in a file. An
// article of a file that is stored as it is counts as stored.
func (a *app) subject(ctx context.Context, x *explain.Explainer, name string) (explain.Article, error) {
	found, err := x.Find(ctx, name)
	if !errors.Is(err, storage.ErrNotFound) {
		return found, err
	}
	path, line := fileAndLine(name)
	if path == "" {
		if strings.Contains(name, "://") {
			err = fmt.Errorf("%w; nothing is fetched: save the page and name the file", err)
		}
		return found, err
	}
	in, origin, err := a.readOne(ctx, path, line)
	if err != nil {
		return found, err
	}
	return x.Fresh(ctx, in, place(origin), a.now())
}

// fileAndLine takes a name for that of a file, or of a file with the line on
// which a record begins: news.jsonl:17. The path is "" where there is no such file.
func fileAndLine(name string) (path string, line int) {
	if _, err := os.Stat(name); err == nil || name == "-" {
		return name, 0
	}
	if at := strings.LastIndexByte(name, ':'); at > 0 {
		line, err := strconv.Atoi(name[at+1:])
		if _, none := os.Stat(name[:at]); err == nil && line > 0 && none == nil {
			return name[:at], line
		}
	}
	return "", 0
}

func place(o article.Origin) string {
	if o.Line == 0 {
		return o.Path
	}
	return o.Path + ":" + strconv.Itoa(o.Line)
}

// readOne reads the one article of a file, or that of a line.
func (a *app) readOne(ctx context.Context, path string, line int) (found *article.Article, at article.Origin, err error) {
	in := a.job.Input()
	decoder, err := source.NewDecoder(in)
	if err != nil {
		return nil, at, err
	}
	for raw, reject := range source.Read(ctx, []string{path}, a.stdin, in) {
		switch {
		case reject != nil && (line == 0 || reject.Origin.Line == line):
			return nil, at, reject
		case reject != nil, line > 0 && raw.Origin.Line != line:
			continue
		case found != nil:
			return nil, at, usagef("explain: %q holds more than one article; name one by the line on which it begins, as in %q", path, place(at))
		}
		received, reject := raw.Decode(decoder)
		if reject != nil && !reject.Kept {
			return nil, at, reject
		}
		found, at = &received, raw.Origin
		if line > 0 {
			break
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, at, err
	}
	if found == nil && line > 0 {
		return nil, at, usagef("explain: no article begins on line %d of %q", line, path)
	}
	if found == nil {
		return nil, at, usagef("explain: %q holds no article", path)
	}
	return found, at, nil
}
