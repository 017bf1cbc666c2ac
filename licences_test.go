package dedupe_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var updateLicences = flag.Bool("update", false, "write THIRD_PARTY_LICENSES")

const licences = "THIRD_PARTY_LICENSES"

// TestLicences holds the file of licences to what the program is built of. After a change of
// go.mod: go test . -run Licences -update
func TestLicences(t *testing.T) {
	want := licencesOf(t)
	if *updateLicences {
		if err := os.WriteFile(licences, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(licences)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not that of the libraries in go.mod: go test . -run Licences -update", licences)
	}
}

// licenceFile is how files are called that hold a licence, or what it asks to be passed on.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([.-].*)?$`)

// tables are what is made from the data of others and built into the program.
var tables = []struct{ name, dir string }{
	{"Tables of words in text: Unicode Common Locale Data Repository 48.2.0", "cldr"},
	{"Tables of characters in text: OpenCC, and words of notices: @c15t/translations 2.2.1", "opencc"},
	{"Words of notices: klaro 0.7.22", "klaro"},
	{"Words of notices: tarteaucitronjs 1.34.0", "tarteaucitron"},
}

// licencesOf returns the licences of all modules that the program is linked from, Go's, and those of
// tables. Modules of one text share it.
func licencesOf(t *testing.T) []byte {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", "./cmd/dedupe").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatalf("go env: %v", err)
	}
	modules := append(strings.Split(strings.TrimSpace(string(out)), "\n"), "The Go standard library\t"+strings.TrimSpace(string(root)))
	slices.Sort(modules)
	type group struct{ names, text string }
	var groups []group
	for _, module := range slices.Compact(modules) {
		name, dir, ok := strings.Cut(module, "\t")
		if !ok {
			continue
		}
		text := licenceOf(t, dir)
		if text == "" && !strings.HasPrefix(name, "The Go") {
			t.Errorf("%s has no licence in %s: it may not be passed on", name, dir)
		}
		if i := slices.IndexFunc(groups, func(g group) bool { return g.text == text }); i >= 0 {
			groups[i].names += "\n" + name
			continue
		}
		groups = append(groups, group{name, text})
	}
	for _, d := range tables {
		groups = append(groups, group{d.name, licenceOf(t, filepath.Join("packaging", "licences", d.dir))})
	}
	slices.SortFunc(groups, func(a, b group) int { return cmp.Compare(a.names, b.names) })
	var all bytes.Buffer
	all.WriteString("The program dedupe is linked from these libraries, and has tables made from these data.\n")
	for _, g := range groups {
		fmt.Fprintf(&all, "\n%s\n%s\n\n%s", strings.Repeat("=", 80), g.names, g.text)
	}
	return all.Bytes()
}

// licenceOf returns the licence files of a folder, one after the other.
func licenceOf(t *testing.T, dir string) string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, e := range entries {
		if e.Type().IsRegular() && licenceFile.MatchString(e.Name()) {
			text, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			all.WriteString(strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")) + "\n")
		}
	}
	return all.String()
}
