package config

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// Loaded is the settings in force and where each came from.
type Loaded struct {
	Config Config
	File   string // the file read; "" when there was none

	// Warnings say what the file has that works and means something else than it did, or
	// less than it could.
	Warnings []string

	origins map[string]Origin
}

// Origin says where a value came from.
type Origin struct {
	Kind OriginKind
	Name string // "preset strict", "config.yaml:12", "DEDUPE_WORKERS", "--workers"; "" for a default
}

// OriginKind is one of the sources of settings.
type OriginKind string

// The sources of settings, the weakest first.
const (
	FromDefault     OriginKind = "default"
	FromPreset      OriginKind = "preset"
	FromFile        OriginKind = "file"
	FromEnvironment OriginKind = "environment"
	FromFlag        OriginKind = "flag"
)

// String returns the name where there is one, which is unlike for each kind.
func (o Origin) String() string {
	if o.Name == "" {
		return string(o.Kind)
	}
	return o.Name
}

// Problem is one mistake in the settings.
type Problem struct {
	Where   string // file and line, variable or flag; "" when the message says
	Key     string // the setting; "" when no single one is meant
	Message string
}

// String returns the problem as one line, in which names that would steer a
// terminal are quoted.
func (p Problem) String() string {
	line := p.Message
	if p.Key != "" {
		line = printable(p.Key) + ": " + line
	}
	if p.Where != "" {
		line = printable(p.Where) + ": " + line
	}
	return line
}

func printable(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return s
	}
	return strconv.Quote(s)
}

// Error is everything that is wrong with the settings.
type Error struct {
	Problems []Problem // at least one, in the order of the sources
}

// maxLines bounds what is printed of the problems: a file that is something
// else altogether has one in every line.
const maxLines = 50

// Error returns a line for each problem.
func (e *Error) Error() string {
	var lines []string
	for i, p := range e.Problems {
		if i == maxLines {
			lines = append(lines, fmt.Sprintf("and %d more", len(e.Problems)-maxLines))
			break
		}
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

// Load returns the settings from the file at path, the environment and those
// flags that were registered by Flag and given. An empty path stands for the
// usual places (see the package comment); no file there is no error. A nil set
// of flags stands for none. The error, if any, is an *Error.
func Load(path string, flags *pflag.FlagSet) (*Loaded, error) {
	v := viper.New()
	l := &Loaded{Config: Default(), origins: map[string]Origin{}}
	defaults := l.Config
	for _, s := range table {
		v.SetDefault(s.Key, s.raw(&defaults))
		l.origins[s.Key] = Origin{Kind: FromDefault}
	}

	var problems []Problem
	file, err := locate(path, os.Stat)
	if err != nil {
		problems = append(problems, Problem{Message: err.Error()})
	} else if file != "" {
		l.File = file
		problems = append(problems, l.fromFile(v, file)...)
	}
	problems = append(problems, l.fromEnvironment(v)...)
	problems = append(problems, l.fromFlags(v, flags)...)
	l.fromPreset(v)

	for _, s := range table {
		raw := v.Get(s.Key)
		if err := s.set(&l.Config, raw); err != nil {
			problems = append(problems, l.refuse(s, raw, err))
		} else if strings.HasPrefix(s.Key, "overrides.") && formerOverride.MatchString(flow(raw)) {
			l.warnFormer(l.origins[s.Key].String(), "told", "mentioned")
		}
	}
	if _, err := l.Config.Outlets.Table(); err != nil { // what no setting alone can tell
		s, _ := find("outlets.owners")
		problems = append(problems, l.refuse(s, l.Config.Outlets.Owners, err))
	}
	if key, err := l.Config.checkPreferred(); err != nil {
		s, _ := find(key)
		problems = append(problems, l.refuse(s, s.raw(&l.Config), err))
	}
	if n := l.Config.Notify; len(n.Command) > 0 && n.URL != "" {
		problems = append(problems, Problem{Key: "notify.url", Message: "cannot be had together with notify.command"})
	}
	if o := l.Config.Output; o.Quiet && o.Verbose {
		problems = append(problems, Problem{Key: "output.quiet", Message: "cannot be had together with output.verbose"})
	}
	if len(problems) > 0 {
		return nil, &Error{problems}
	}
	l.resolve()
	l.compare()
	return l, nil
}

// fromFile gives the file's settings to viper, as raw values in nested maps.
func (l *Loaded) fromFile(v *viper.Viper, file string) []Problem {
	entries, problems := readFile(file)
	nested := map[string]any{}
	for key, e := range entries {
		if withdrawn[key] != "" {
			l.warnWithdrawn(fmt.Sprintf("%s:%d", file, e.line), key)
			continue
		}
		path := strings.Split(key, ".")
		last := len(path) - 1
		m := nested
		for _, name := range path[:last] {
			if _, ok := m[name]; !ok {
				m[name] = map[string]any{}
			}
			m = m[name].(map[string]any)
		}
		m[path[last]] = e.raw
		l.origins[key] = Origin{FromFile, fmt.Sprintf("%s:%d", file, e.line)}
		if e.former != "" {
			l.warnFormer(l.origins[key].Name, e.former, key)
		}
	}
	if err := v.MergeConfigMap(nested); err != nil {
		problems = append(problems, Problem{Where: file, Message: err.Error()})
	}
	return problems
}

// fromPreset lets the values of the preset stand in for defaults. One that there
// is not is refused with all other values.
func (l *Loaded) fromPreset(v *viper.Viper) {
	chosen := Config{Preset: strings.TrimSpace(v.GetString("preset"))}
	for _, s := range table {
		if value, ok := chosen.presetValue(s.Key); ok {
			v.SetDefault(s.Key, value)
			if l.origins[s.Key].Kind == FromDefault && chosen.Preset != balanced {
				l.origins[s.Key] = Origin{FromPreset, "preset " + chosen.Preset}
			}
		}
	}
}

// fromEnvironment binds every variable and refuses those that set nothing. An
// empty variable counts as not set.
func (l *Loaded) fromEnvironment(v *viper.Viper) []Problem {
	known := []string{Prefix + "CONFIG"}
	for _, s := range table {
		names := []string{s.Env()}
		if was := formerly(s.Key); was != "" {
			names = append(names, variable(was))
		}
		known = append(known, names...)
		if i := slices.IndexFunc(names, func(name string) bool { return os.Getenv(name) != "" }); i >= 0 {
			l.origins[s.Key] = Origin{FromEnvironment, names[i]}
			if i > 0 {
				l.warnFormer(names[i], formerly(s.Key), s.Key)
			}
		}
		if err := v.BindEnv(append([]string{s.Key}, names...)...); err != nil {
			panic(err) // only for a call without a key
		}
	}
	for key := range withdrawn {
		known = append(known, variable(key))
		if os.Getenv(variable(key)) != "" {
			l.warnWithdrawn(variable(key), key)
		}
	}
	var problems []Problem
	for _, pair := range os.Environ() {
		name, value, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, Prefix) && value != "" && !slices.Contains(known, name) {
			problems = append(problems, Problem{Where: name,
				Message: "sets nothing" + meant(name, known) + "`dedupe config --json` lists the variables there are"})
		}
	}
	slices.SortFunc(problems, func(a, b Problem) int { return strings.Compare(a.Where, b.Where) })
	return problems
}

// refuse describes a value that its setting does not allow.
func (l *Loaded) refuse(s Setting, raw any, err error) Problem {
	return Problem{Where: l.origins[s.Key].String(), Key: s.Key, Message: notAllowed(flow(raw), err, s.Allowed)}
}

// notAllowed names a value, what is wrong with it, and what is right.
func notAllowed(value string, err error, allowed string) string {
	const shown = 200 // bytes
	if len(value) > shown {
		value = strings.ToValidUTF8(value[:shown], "") + "..."
	}
	if err != errNotAllowed {
		return fmt.Sprintf("%s is not allowed: %v; want %s", value, err, allowed)
	}
	return fmt.Sprintf("%s is not allowed; want %s", value, allowed)
}

// resolve makes relative paths that the file gives relative to its folder, so
// that cron may start anywhere.
func (l *Loaded) resolve() {
	folder := filepath.Dir(l.File)
	inFolder := func(path string) string {
		if filepath.IsAbs(path) {
			return path
		}
		return filepath.Join(folder, path)
	}
	if l.origins["database.path"].Kind == FromFile {
		l.Config.Database.Path = inFolder(l.Config.Database.Path)
	}
	if file := &l.Config.Metrics.File; *file != "" && l.origins["metrics.file"].Kind == FromFile {
		*file = inFolder(*file)
	}
	if argv := l.Config.Notify.Command; len(argv) > 0 && filepath.Base(argv[0]) != argv[0] && l.origins["notify.command"].Kind == FromFile {
		if abs, err := filepath.Abs(inFolder(argv[0])); err == nil { // with a slash, or it would be looked for in PATH
			argv[0] = abs
		}
	}
	if l.origins["sources"].Kind == FromFile {
		for i := range l.Config.Sources {
			if s := &l.Config.Sources[i]; s.Path != "" {
				s.Path = inFolder(s.Path)
			}
		}
	}
}

// lastNames are the defaults of input.fields in the last version, which a file made by it has
// as a whole.
var lastNames = map[string]string{
	"input.fields.outlet": "[outlet]", "input.fields.url": "[url]", "input.fields.byline": "[byline, author, authors]",
	"input.fields.published": "[published, date]", "input.fields.language": "[language, lang]", "input.fields.body": "[body, text]",
}

// compare warns of what a file of the last version has fixed and would better not.
func (l *Loaded) compare() {
	var lines []string
	for _, s := range table {
		if last := lastNames[s.Key]; last != "" && l.origins[s.Key].Kind == FromFile && l.Config.Value(s.Key) == last {
			lines = append(lines, strings.TrimPrefix(s.Key, "input.fields."))
		}
	}
	if len(lines) > 0 {
		l.Warnings = append(l.Warnings, fmt.Sprintf("%s: input.fields has the default names of the last version for %s: take these lines away, and the names that news services use are known too",
			l.File, strings.Join(lines, ", ")))
	}
}

// Origin returns where the value of the setting of that key came from.
func (l *Loaded) Origin(key string) Origin { return l.origins[key] }

// InForce is a setting with where its value came from.
type InForce struct {
	Key         string `json:"key"`
	Value       string `json:"value"` // as yaml has it
	From        string `json:"from"`  // default, preset, file, environment or flag
	Name        string `json:"name"`  // preset, file and line, variable or flag; empty for a default
	Allowed     string `json:"allowed"`
	Environment string `json:"environment"`
}

// InForce lists all settings.
func (l *Loaded) InForce() (list []InForce) {
	for _, s := range Settings() {
		from := l.Origin(s.Key)
		list = append(list, InForce{
			Key: s.Key, Value: l.Config.Value(s.Key),
			From: string(from.Kind), Name: from.Name,
			Allowed: s.Allowed, Environment: s.Env(),
		})
	}
	return list
}
