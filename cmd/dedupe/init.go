package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"dedupe/config"
	"dedupe/report"
)

func newInit(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "init [PATH...]",
		Short: "Write a config.yaml to begin with, for these files",
		Long: `Init writes a short config.yaml: the database, the given files, folders and patterns as sources, and the fields that were
found in them. It is written to the file that --config or DEDUPE_CONFIG names, otherwise to ./config.yaml, and never over
one that is there. Nothing is stored: "dedupe run" does that.
` + exitCodes,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{anySettings: ""},
		RunE: func(cmd *cobra.Command, args []string) error {
			named, err := cmd.Flags().GetString("config")
			if err != nil {
				return err
			}
			return a.init(cmd.Context(), cmp.Or(named, os.Getenv(config.Prefix+"CONFIG"), "config.yaml"), args)
		},
	}
}

func (a *app) init(ctx context.Context, file string, paths []string) error {
	if _, err := os.Lstat(file); err == nil {
		return usagef("init: %s is there already and is not written over: change it, or name another file by --config", file)
	}
	intake, rejects, err := a.job.Look(ctx, paths, maxListed)
	if err != nil {
		return err
	}
	var listed error
	if intake.Likely == "" { // which the file that is written answers
		listed = a.listRejects(rejects, "rejected or taken with a warning")
	}
	if len(paths) > 0 && intake.Records == 0 {
		return errors.New("init: these files have no record that can be read: nothing is written")
	}
	var sources []string
	for _, path := range paths {
		if path == "-" {
			return usagef("init: standard input cannot be a source: name files, folders or patterns")
		}
		path, err := config.Beside(file, path)
		if err != nil {
			return err
		}
		sources = append(sources, path)
	}
	data := config.Starter(config.Default().Database.Path, sources, intake.Starter(), intake.Dates)
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	next := "dedupe run"
	if file != "config.yaml" {
		next = "dedupe --config " + report.Quoted(file) + " run"
	}
	if len(paths) == 0 {
		next = "list your files under sources, then: " + next
	}
	if a.settings().Output.JSON {
		return errors.Join(a.printJSON(struct {
			File   string         `json:"file"`
			Next   string         `json:"next"`
			Intake *report.Intake `json:"intake"`
		}{file, next, intake}), listed)
	}
	fmt.Fprintf(a.stdout, "wrote     %s\n", report.Quoted(file))
	if err := a.print(intake.Short(true)); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "next      %s\n", next)
	// What was rejected is listed, and does not undo what is written.
	return listed
}
