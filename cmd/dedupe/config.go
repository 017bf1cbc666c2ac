package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"dedupe/config"
	"dedupe/report"
)

// configOptions are the flags of dedupe config.
type configOptions struct {
	defaults bool
}

func newConfig(a *app) *cobra.Command {
	var o configOptions
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Print the settings in force and where each came from",
		Long: `Config prints every setting with its value in force and where the value came from: "default", a preset, a file
and line, an environment variable, or a flag. Long values are cut; with --json they are whole, and it also gives what the setting may be, and its variable.

To begin a configuration file of your own: dedupe config --defaults > config.yaml`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return runConfig(a, o) },
	}
	cmd.AddCommand(newConfigPresets(a))
	cmd.Flags().BoolVar(&o.defaults, "defaults", false, "print a config.yaml with every setting at its default instead")
	return cmd
}

func runConfig(a *app, o configOptions) error {
	switch {
	case o.defaults:
		_, err := a.stdout.Write(config.Default().YAML())
		return err
	case a.settings().Output.JSON:
		return a.printJSON(a.config.InForce())
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SETTING\tVALUE\tFROM")
	for _, s := range a.config.InForce() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", s.Key, report.Beginning(s.Value), report.Quoted(a.config.Origin(s.Key).String()))
	}
	return w.Flush()
}

func newConfigPresets(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "presets",
		Short: "Print what the presets strict, balanced and loose set, and how well each does",
		Long: `Presets prints the values that each preset gives to settings which nothing else sets, and how many labelled pairs it
finds on each set of data: copies, and others, which it should leave apart, reports of one event included. To choose
one: preset: strict in config.yaml, or DEDUPE_PRESET=strict; "dedupe recluster" applies it to what is stored, and
"dedupe tune" says what it would do there.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if a.settings().Output.JSON {
				return a.printJSON(struct {
					Presets []config.Preset       `json:"presets"`
					Figures []config.PresetFigure `json:"figures"`
				}{config.Presets(), config.PresetFigures()})
			}
			for _, p := range config.Presets() {
				mark := " "
				if p.Name == a.settings().Preset {
					mark = "*"
				}
				fmt.Fprintf(a.stdout, "%s %-8s  %s\n", mark, p.Name, p.Doc)
			}
			_, err := fmt.Fprintf(a.stdout, "\n%s", config.PresetTable())
			return err
		},
	}
}
