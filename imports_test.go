// The tests in this folder hold the rules of ARCHITECTURE.md about who imports
// what. Every failure says what to do about it.
package dedupe_test

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os/exec"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
)

// module is the path of this module, and the beginning of its packages'.
const module = "dedupe"

// owners says which packages may import a library in what is not a test. One
// package hides each library, so that it can be replaced there.
var owners = map[string][]string{
	"database/sql":                {"storage"},
	"github.com/mattn/go-sqlite3": {"storage", "storage/faultvfs"},

	"github.com/spf13/viper":               {"config"},
	"go.yaml.in/yaml/v3":                   {"config"},
	"github.com/rogpeppe/go-internal/diff": {"config"},
	"github.com/spf13/pflag":               {"config", "cmd/dedupe"}, // flags are registered with their setting
	"github.com/spf13/cobra":               {"cmd/dedupe"},

	"github.com/adrg/strutil":             {"similarity"},
	"golang.org/x/text":                   {"text", "article", "charset"}, // words; names of outlets; encodings in tests
	"github.com/clipperhouse":             {"text"},
	"github.com/go-json-experiment/json":  {"source", "stage"},                   // records; lines between stages, four times as fast as encoding/json
	"golang.org/x/net/html":               {"source", "page", "charset", "feed"}, // bodies and headlines that are markup; pages; names of encodings; links to feeds
	"codeberg.org/readeck/go-readability": {"page"},                              // where the story of a page is
	"github.com/wlynxg/chardet":           {"charset"},                           // encodings that nothing declares
	"github.com/gogs/chardet":             {"charset"},                           // the second opinion on them
	"github.com/mmcdole/gofeed":           {"feed"},
	"github.com/temoto/robotstxt":         {"fetch"},
	"net/http":                            {"fetch"},             // nobody else asks the network
	"github.com/andybalholm/brotli":       {"source"},            // pages of web archives: browsers ask for it
	"github.com/klauspost/compress":       {"source", "storage"}, // zstd input; bodies
	"github.com/mattn/go-runewidth":       {"report"},
	"golang.org/x/image":                  {"plot"}, // letters and lines of PNG

	"unsafe":            {"storage", "storage/faultvfs"}, // spares a copy of each body; what C holds
	"golang.org/x/term": {"terminal"},                    // the width of the terminal
	"golang.org/x/sys":  {"terminal"},                    // a wait for a key or another width
}

// testOwners says the same of libraries that tests alone may import.
var testOwners = map[string][]string{
	"github.com/google/go-cmp":            {"*"},
	"github.com/rogpeppe/go-internal":     {"cmd/dedupe"},
	"pgregory.net/rapid":                  {"engine"}, // state machines
	"codeberg.org/readeck/go-readability": {"engine"}, // its rate alone
	"golang.org/x/net/dns/dnsmessage":     {"fetch"},  // a server of names that changes its mind

	"github.com/prometheus/client_golang/prometheus/testutil/promlint": {"metrics"}, // Prometheus' own parser and conventions
	"net/http/httptest": {"*"},
	"net/http":          {"*"},
}

// pure are the packages that turn values into values. They must also run
// inside the workers of a distributed engine.
var pure = []string{"article", "text", "similarity", "boilerplate", "candidate", "cluster", "evaluate", "tune", "plot", "bench", "notices"}

// readers turn the bytes of one kind of input into values. They open and fetch nothing, as
// pure packages, but bring libraries that those must not: sides and what fetches import them.
var readers = []string{"charset", "page", "feed"}

// sides are the packages at the ends of the data's way. They import pure ones,
// never each other; engine joins them and cmd/dedupe wires.
var sides = []string{"source", "storage", "index", "textcache", "config", "fetch"}

// rooms are the packages above the engine, with what each may import besides pure ones.
var rooms = map[string][]string{
	"basis":   {"config", "engine", "storage"},
	"review":  {"engine", "storage"},
	"quality": {"engine", "review", "source", "storage"},
	"report":  {"collect", "config", "engine", "quality", "review", "shard", "source", "storage"},
	"measure": {"engine", "quality", "source", "storage"},
	"collect": {"config", "engine", "feed", "fetch", "page", "source", "storage"},
	"doctor":  {"engine", "report", "storage"},
	"explain": {"engine", "report", "review", "source", "storage"},
	"metrics": {"collect", "engine", "storage"},
	"shard":   {"basis", "config", "engine", "review", "source", "storage"},
	"stage":   {"engine", "source"},
	"notify":  {"fetch", "report", "storage"},
	"job":     {"basis", "collect", "config", "engine", "fetch", "report", "source", "storage", "terminal"},

	"terminal": {},
}

// testOnly are packages for tests, which the program must not be linked with.
var testOnly = map[string]string{
	"storage/faultvfs": "it lets reads and writes fail",
}

// impure are standard packages that a pure one does not import. Those marked
// deep may not be reached through a library either.
var impure = map[string]struct {
	deep bool
	why  string
}{
	"database/sql":  {true, "return values and let storage keep them"},
	"net":           {true, "there is no network in dedupe but where source asks for it"},
	"net/http":      {true, "there is no network in dedupe but where source asks for it"},
	"os":            {false, "take bytes or an io.Reader; source and storage open files"},
	"os/exec":       {true, "start no programs"},
	"io/fs":         {false, "take bytes or an io.Reader; source opens files"},
	"path/filepath": {false, "take bytes or an io.Reader; source opens files"},
	"log":           {false, "return what there is to say; engine logs"},
	"log/slog":      {false, "return what there is to say; engine logs"},
	"crypto/rand":   {true, "take a seeded *rand.Rand as an argument"},
	"context":       {false, "a pure call is short; engine cancels between calls"},
	"flag":          {false, "take an options struct"},
}

// nowhere are packages that nothing imports.
var nowhere = map[string]string{
	"hash/maphash": "its values differ from one process to the next, and hashes are stored: use a stable hash",
	"plugin":       "there are no plugins",
}

// goPackage is what `go list` says of a package.
type goPackage struct {
	ImportPath, Dir, Name              string
	Standard                           bool
	GoFiles, CgoFiles                  []string
	Imports, TestImports, XTestImports []string
	Deps                               []string
}

// name returns the package's folder: "cmd/dedupe".
func (p goPackage) name() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

// packages returns the packages of the module.
var packages = sync.OnceValues(func() ([]goPackage, error) {
	out, err := exec.Command("go", "list", "-json", "./...").Output()
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		return nil, errors.New(string(exit.Stderr))
	} else if err != nil {
		return nil, err
	}
	var list []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := decoder.Decode(&p); err == io.EOF {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
})

// eachPackage runs a subtest for every package of the module.
func eachPackage(t *testing.T, test func(t *testing.T, p goPackage)) {
	list, err := packages()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for _, p := range list {
		t.Run(p.name(), func(t *testing.T) { test(t, p) })
	}
}

// TestOwners checks that every library is imported by its owners only.
func TestOwners(t *testing.T) {
	eachPackage(t, func(t *testing.T, p goPackage) {
		for _, imported := range p.Imports {
			checkOwner(t, p, imported, owners, nil)
			if why, is := testOnly[strings.TrimPrefix(imported, module+"/")]; is {
				t.Errorf("imports %s, which is for tests: %s", imported, why)
			}
		}
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			checkOwner(t, p, imported, testOwners, owners)
		}
	})
}

func checkOwner(t *testing.T, p goPackage, imported string, tables ...map[string][]string) {
	if why, ok := nowhere[imported]; ok {
		t.Errorf("imports %s: %s", imported, why)
	}
	for _, table := range tables {
		for _, library := range slices.Sorted(maps.Keys(table)) {
			if !within(imported, library) {
				continue
			}
			if allowed := table[library]; !slices.Contains(allowed, p.name()) && !slices.Contains(allowed, "*") {
				t.Errorf("imports %s, which belongs to %s: call a function of that package, or add one to it",
					imported, strings.Join(allowed, " and "))
			}
			return
		}
	}
	if !standard(imported) && !within(imported, module) {
		t.Errorf("imports %s, which has no owner: do without it, or give it one in the table of imports_test.go and say why in its commit", imported)
	}
}

// within says whether an import path is prefix or below it.
func within(imported, prefix string) bool {
	return imported == prefix || strings.HasPrefix(imported, prefix+"/")
}

// standard says whether an import path is of the standard library: its first
// element has no dot. This module's has none either.
func standard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return first != module && !strings.Contains(first, ".")
}

// TestDirection checks which packages of the module import which.
func TestDirection(t *testing.T) {
	eachPackage(t, func(t *testing.T, p goPackage) {
		from := top(p.name())
		for _, imported := range p.Imports {
			if !within(imported, module) {
				continue
			}
			to := top(strings.TrimPrefix(imported, module+"/"))
			switch {
			case from == to || from == "cmd":
			case slices.Contains(pure, to):
			case slices.Contains(pure, from):
				t.Errorf("a pure package imports %s: take the value as an argument, or declare a small interface here", to)
			case slices.Contains(readers, to) && (slices.Contains(readers, from) || slices.Contains(sides, from)):
			case slices.Contains(sides, from):
				t.Errorf("%s imports %s: sides never meet; move what joins them to engine, or what wires them to cmd/dedupe", from, to)
			case slices.Contains(rooms[from], to):
			case from == "engine" && slices.Contains([]string{"source", "storage", "index", "textcache"}, to):
			default:
				t.Errorf("%s imports %s: give it an options struct or a small interface of its own, and fill it in cmd/dedupe", from, to)
			}
		}
	})
}

// top returns the folder at the root of the repository that a package is in.
func top(name string) string {
	first, _, _ := strings.Cut(name, "/")
	return first
}

// TestPure checks what pure packages import, and what that drags in.
func TestPure(t *testing.T) {
	eachPackage(t, func(t *testing.T, p goPackage) {
		if !slices.Contains(pure, top(p.name())) {
			t.Skip("not a pure package")
		}
		for _, name := range slices.Sorted(maps.Keys(impure)) {
			rule := impure[name]
			if slices.Contains(p.Imports, name) {
				t.Errorf("a pure package imports %s: %s", name, rule.why)
			} else if rule.deep && slices.Contains(p.Deps, name) {
				t.Errorf("a pure package reaches %s through a library: leave the library out, or %s", name, rule.why)
			}
		}
	})
}

// TestLight checks that the program is not linked with what costs every start: engines for
// WebAssembly (0.15 s and 55 MB) and readers of columns (4 MB).
func TestLight(t *testing.T) {
	heavy := map[string]string{
		"github.com/tetratelabs/wazero":          "go-trafilatura and go-dateparser bring it: see page/compare",
		"github.com/wasilibs":                    "go-trafilatura and go-dateparser bring it: see page/compare",
		"github.com/parquet-go":                  "refuse the file with the command that converts it",
		"google.golang.org/protobuf/reflect":     "it registers types at every start",
		"github.com/markusmobius/go-trafilatura": "see page/compare",
	}
	eachPackage(t, func(t *testing.T, p goPackage) {
		for library, why := range heavy {
			if slices.ContainsFunc(p.Deps, func(dep string) bool { return within(dep, library) }) {
				t.Errorf("reaches %s: %s", library, why)
			}
		}
	})
}

// TestNames checks that no package is named for nothing in particular.
func TestNames(t *testing.T) {
	vague := []string{"util", "utils", "common", "helper", "helpers", "types", "misc", "pkg", "internal", "lib", "base", "core"}
	eachPackage(t, func(t *testing.T, p goPackage) {
		if slices.Contains(vague, path.Base(p.ImportPath)) {
			t.Errorf("%q says nothing of what is in it: name the package for what it does", path.Base(p.ImportPath))
		}
	})
}
