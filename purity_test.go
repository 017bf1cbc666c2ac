package dedupe_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// Rules that imports cannot tell are read off the syntax of all files that are
// not tests. The test fails for a name in code only: a comment may speak of
// time.Now.

// clockNames are the names of package time that look at the clock, waitNames
// those that wait, which only pure packages must not.
var (
	clockNames = []string{"Now", "Since", "Until"}
	waitNames  = []string{"Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}
)

// clockReaders may look at the clock: the program's wiring hands it on to all
// others, so that a run can be repeated in a test.
var clockReaders = []string{"cmd/dedupe"}

// seededNames are what may be used of the packages math/rand: everything else
// draws from a generator that all share and nobody seeded.
var seededNames = []string{"New", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "Source", "PCG", "ChaCha8", "Zipf"}

// goroutineOwners may start goroutines.
var goroutineOwners = []string{"engine", "collect"}

// TestSyntax checks the clock, global random numbers and goroutines.
func TestSyntax(t *testing.T) {
	eachPackage(t, func(t *testing.T, p goPackage) {
		for _, name := range slices.Concat(p.GoFiles, p.CgoFiles) {
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range checkSyntax(p.name(), file) {
				t.Errorf("%s:%d: %s", name, files.Position(f.pos).Line, f.message)
			}
		}
	})
}

type finding struct {
	pos     token.Pos
	message string
}

// checkSyntax returns what breaks a rule in a file of the package of that name.
func checkSyntax(pkg string, file *ast.File) (found []finding) {
	report := func(n ast.Node, message string) { found = append(found, finding{n.Pos(), message}) }
	imports := map[string]string{} // local name: path
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		local := filepath.Base(imported)
		if imported == "math/rand/v2" {
			local = "rand"
		}
		if spec.Name != nil {
			local = spec.Name.Name
		}
		if local == "." {
			report(spec, "a dot import hides where names come from: name the package")
		}
		imports[local] = imported
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			if !slices.Contains(goroutineOwners, pkg) {
				report(n, "a go statement: return the values, and let engine or collect, which alone have goroutines, call this from one")
			}
		case *ast.SelectorExpr:
			of, ok := n.X.(*ast.Ident)
			if !ok {
				break
			}
			switch imports[of.Name] {
			case "time":
				if slices.Contains(clockNames, n.Sel.Name) && !slices.Contains(clockReaders, pkg) {
					report(n, "time."+n.Sel.Name+": take the time, or a func() time.Time, as an argument")
				}
				if slices.Contains(waitNames, n.Sel.Name) && slices.Contains(pure, top(pkg)) {
					report(n, "time."+n.Sel.Name+": a pure package does not wait; return, and let the caller come again")
				}
			case "math/rand", "math/rand/v2":
				if !slices.Contains(seededNames, n.Sel.Name) {
					report(n, "rand."+n.Sel.Name+" draws from the global generator: take a seeded *rand.Rand as an argument")
				}
			}
		}
		return true
	})
	return found
}

// TestCheckSyntax holds the check itself to what it must and must not find.
func TestCheckSyntax(t *testing.T) {
	tests := []struct {
		name, pkg, imports, body string
		want                     int
	}{
		{"clock", "text", `"time"`, "time.Now()", 1},
		{"clock as a value", "text", `"time"`, "_ = time.Now", 1},
		{"clock under another name", "text", `t "time"`, "t.Since(x)", 1},
		{"clock in the wiring", "cmd/dedupe", `"time"`, "time.Now()", 0},
		{"waiting", "text", `"time"`, "time.Sleep(1)", 1},
		{"waiting for a file", "storage", `"time"`, "time.Sleep(1)", 0},
		{"duration", "text", `"time"`, "_ = time.Second", 0},
		{"a variable named time", "text", `"fmt"`, "time.Now()", 0},
		{"global random number", "evaluate", `"math/rand/v2"`, "rand.IntN(3)", 1},
		{"seeded random number", "evaluate", `"math/rand/v2"`, "rand.New(rand.NewPCG(1, 2)).IntN(3)", 0},
		{"goroutine", "text", `"fmt"`, "go f()", 1},
		{"goroutine in engine", "engine", `"fmt"`, "go f()", 0},
		{"dot import", "text", `. "time"`, "", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			source := "package p\nimport " + tt.imports + "\nfunc g() {\n" + tt.body + "\n}\n"
			file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			if got := checkSyntax(tt.pkg, file); len(got) != tt.want {
				t.Errorf("%d findings %v, want %d", len(got), got, tt.want)
			}
		})
	}
}
