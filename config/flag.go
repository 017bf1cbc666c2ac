package config

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// keyAnnotation names, on a flag, the setting it gives.
const keyAnnotation = "dedupe_setting"

// Flag registers a flag that gives the setting of that key, with the setting's
// default and description, and binds it: Load called with the same set takes
// the flag's value if it was given. It panics when there is no such setting.
//
//	config.Flag(cmd.Flags(), "report.limit", "limit", "n")
func Flag(flags *pflag.FlagSet, key, name, shorthand string) {
	s, ok := find(key)
	if !ok {
		panic("config: no setting " + key)
	}
	c := Default()
	doc, _, _ := strings.Cut(s.Doc, ". ")
	doc = strings.TrimSuffix(doc, ".")
	doc = strings.ToLower(doc[:1]) + strings.ReplaceAll(doc[1:], "`", "'")
	usage := fmt.Sprintf("%s [%s]", doc, key)
	f := flags.VarPF(&flagValue{raw: flow(s.raw(&c)), kind: s.Type}, name, shorthand, usage)
	f.Annotations = map[string][]string{keyAnnotation: {key}}
	if s.Type == boolean().name {
		f.NoOptDefVal = "true"
	}
}

// flagValue holds a flag's value as given; Load checks it, so that mistakes in
// flags are reported together with all others.
type flagValue struct{ raw, kind string }

func (f *flagValue) Set(s string) error { f.raw = s; return nil }
func (f *flagValue) String() string     { return f.raw }
func (f *flagValue) Type() string       { return f.kind }

// boundFlag gives viper a flag. Viper's own view of a flag turns a bad boolean
// into false without a word, for which reason the type is not told.
type boundFlag struct{ flag *pflag.Flag }

func (b boundFlag) HasChanged() bool    { return b.flag.Changed }
func (b boundFlag) Name() string        { return b.flag.Name }
func (b boundFlag) ValueString() string { return b.flag.Value.String() }
func (b boundFlag) ValueType() string   { return "raw" }

func (l *Loaded) fromFlags(v *viper.Viper, flags *pflag.FlagSet) (problems []Problem) {
	if flags == nil {
		return nil
	}
	flags.VisitAll(func(f *pflag.Flag) {
		keys := f.Annotations[keyAnnotation]
		if len(keys) != 1 || !f.Changed {
			return
		}
		l.origins[keys[0]] = Origin{FromFlag, "--" + f.Name}
		if err := v.BindFlagValue(keys[0], boundFlag{f}); err != nil {
			problems = append(problems, Problem{Where: "--" + f.Name, Message: err.Error()})
		}
	})
	return problems
}
