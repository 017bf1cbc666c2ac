package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"dedupe/storage"
)

// sqliteModule is the driver, which carries SQLite's own source.
const sqliteModule = "github.com/mattn/go-sqlite3"

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of what dedupe is made of",
		Args:  cobra.NoArgs,

		Annotations: map[string]string{anySettings: ""},
		RunE:        func(*cobra.Command, []string) error { return runVersion(a) },
	}
}

// release and revision are those of a release, set by the linker: -X main.release=v1.2.3. Empty: what Go
// knows of the source.
var release, revision string

// versions is what dedupe version prints.
type versions struct {
	Dedupe        string `json:"dedupe"`   // "(devel)" when not built from a tagged version
	Revision      string `json:"revision"` // of the source; empty when the build does not know
	Go            string `json:"go"`
	Platform      string `json:"platform"`
	SQLite        string `json:"sqlite"`         // the driver's version; empty when the build does not know
	Schema        int    `json:"schema"`         // of the databases that are written
	SQLiteVersion string `json:"sqlite_version"` // of SQLite itself
}

// built returns what this program was built of.
func built() versions {
	v := versions{
		Dedupe: "(devel)", Revision: revision, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Schema: storage.SchemaVersion(), SQLiteVersion: storage.SQLiteVersion(),
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		v.Dedupe = cmp.Or(release, info.Main.Version, v.Dedupe)
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Revision = s.Value
			}
		}
		for _, dep := range info.Deps {
			if dep.Path == sqliteModule {
				v.SQLite = dep.Version
			}
		}
	}
	return v
}

// line is what dedupe --version prints.
func (v versions) line() string {
	return strings.TrimSpace(fmt.Sprintf("dedupe %s %s", v.Dedupe, v.Revision))
}

func runVersion(a *app) error {
	v := built()
	if a.settings().Output.JSON {
		return a.printJSON(v)
	}
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(a.stdout, "%-8s %s\n", name, value)
		}
	}
	line("dedupe", v.Dedupe)
	line("source", v.Revision)
	line("go", v.Go+" "+v.Platform)
	line("sqlite", strings.TrimSpace(v.SQLiteVersion+" of "+sqliteModule+" "+v.SQLite))
	line("schema", strconv.Itoa(v.Schema))
	return nil
}
