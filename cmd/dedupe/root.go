package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dedupe/config"
)

// run executes one command line and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := newApp(stdin, stdout, stderr)
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(a.stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if flushErr := a.stdout.Flush(); err == nil && flushErr != nil {
		a.started = true
		err = fmt.Errorf("write results: %w", flushErr)
	}
	return a.exit(err)
}

// newRoot returns the command dedupe with all others below it. A command is a
// file of this folder with a function like newConfig; to add one, add its line
// here and in doc.go.
func newRoot(a *app) *cobra.Command {
	var file string
	root := &cobra.Command{
		Use:   "dedupe",
		Short: "Find the copies of one news story that many outlets publish",
		Long: `Dedupe finds the copies of one news story that many outlets publish: articles come in from files and
folders, are compared with those stored, and are grouped into clusters in one SQLite file.

Results go to standard output, everything else to standard error.
` + exitCodes,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return a.start(cmd, file)
		},
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.started = false
			fmt.Fprintln(a.stderr, cmd.UsageString())
			return usagef("a command is missing")
		},
		Version: a.job.Program,
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetHelpFunc(a.help)
	root.SetFlagErrorFunc(flagError)
	flags := root.PersistentFlags()
	flags.StringVar(&file, "config", "", "the configuration `file` (default ./config.yaml, then $XDG_CONFIG_HOME/dedupe/config.yaml)")
	config.Flag(flags, "database.path", "db", "")
	config.Flag(flags, "output.json", "json", "")
	config.Flag(flags, "output.quiet", "quiet", "q")
	config.Flag(flags, "output.verbose", "verbose", "v")
	config.Flag(flags, "output.no_color", "no-color", "")
	config.Flag(flags, "log.format", "log-format", "")
	root.AddCommand(
		newInit(a),
		newRun(a),
		newIngest(a),
		newSources(a),
		newRejects(a),
		newCheck(a),
		newReport(a),
		newReaders(a),
		newShow(a),
		newExplain(a),
		newExport(a),
		newStats(a),
		newNotify(a),
		newReview(a),
		newLabel(a),
		newUndo(a),
		newCluster(a),
		newRecluster(a),
		newBoilerplate(a),
		newForget(a),
		newPrune(a),
		newBackup(a),
		newRestore(a),
		newDoctor(a),
		newEvaluate(a),
		newTune(a),
		newBench(a),
		newStage(a),
		newShard(a),
		newMerge(a),
		newConfig(a),
		newVersion(a),
	)
	checked(root)
	return root
}

// anySettings marks a command that also works under wrong settings, with the
// defaults.
const anySettings = "any settings"

// start loads the settings for a command whose flags and arguments are right.
func (a *app) start(cmd *cobra.Command, file string) error {
	a.started = true
	var err error
	if a.config, err = config.Load(file, cmd.Flags()); err != nil {
		if _, ok := cmd.Annotations[anySettings]; !ok {
			return err
		}
		a.config = &config.Loaded{Config: config.Default()}
	}
	a.progress = a.newProgress()
	a.log = newLogger(a.progress.Over(a.stderr), a.settings().Output, a.settings().Log.Format)
	a.job.Config, a.job.Log, a.job.Progress = a.settings(), a.log, a.progress
	if a.config.File != "" {
		a.log.Debug("read configuration", "file", a.config.File)
	}
	return nil
}
