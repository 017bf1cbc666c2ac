package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of what dedupe is made of",
		Args:  cobra.NoArgs,

		Annotations: map[string]string{anySettings: ""},

		RunE: func(*cobra.Command, []string) error { return runVersion(a) },
	}
}

// versions is what dedupe version prints.
type versions struct {
	Dedupe   string `json:"dedupe"`   // "(devel)" when not built from a tagged version
	Revision string `json:"revision"` // of the source; empty when the build does not know
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func runVersion(a *app) error {
	v := versions{Dedupe: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			v.Dedupe = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Revision = s.Value
			}
		}
	}
	if a.settings().Output.JSON {
		return a.printJSON(v)
	}
	fmt.Fprintf(a.stdout, "dedupe   %s\n", v.Dedupe)
	if v.Revision != "" {
		fmt.Fprintf(a.stdout, "source   %s\n", v.Revision)
	}
	_, err := fmt.Fprintf(a.stdout, "go       %s %s\n", v.Go, v.Platform)
	return err
}
