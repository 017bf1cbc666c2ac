package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	words "dedupe/text"
)

// A raw value is what a source of settings gives before its kind is known: a
// string, a []string or a map[string][]string. Flags and environment variables
// give strings only, so every kind parses strings; lists and maps may also be
// written in them as in YAML.

// kind is what values of a setting look like. parse(raw(v)) is v.
type kind[T any] struct {
	name    string
	allowed string // completes "want ..."
	parse   func(raw any) (T, error)
	raw     func(T) any
}

// errNotAllowed says that a value is not among the allowed ones, which the
// report of it lists anyway.
var errNotAllowed = errors.New("not allowed")

// scalar is a kind written as one string.
func scalar[T any](name, allowed string, parse func(string) (T, bool), format func(T) string) kind[T] {
	return kind[T]{
		name: name, allowed: allowed,
		parse: func(raw any) (v T, err error) {
			s, isString := raw.(string)
			v, ok := parse(strings.TrimSpace(s))
			if !isString || !ok {
				return v, errNotAllowed
			}
			return v, nil
		},
		raw: func(v T) any { return format(v) },
	}
}

func text(what string) kind[string] {
	return scalar(what, "the name of a "+what,
		func(s string) (string, bool) { return s, s != "" && !strings.ContainsRune(s, 0) },
		func(s string) string { return s })
}

// orNone is text that may be missing, which is written "none" and is "" in the struct.
func orNone(k kind[string]) kind[string] {
	return scalar(k.name, k.allowed+", or none",
		func(s string) (string, bool) {
			if s == "" || s == "none" {
				return "", true
			}
			v, err := k.parse(s)
			return v, err == nil
		},
		func(s string) string { return cmp.Or(s, "none") })
}

// web is an address that is asked by HTTP.
func web() kind[string] {
	return scalar("address", "an address of http or https",
		func(s string) (string, bool) { return s, isWeb(s) },
		func(s string) string { return s })
}

// program is a program with its arguments, or nothing. As one string without brackets it is a program
// alone.
func program() kind[[]string] {
	return kind[[]string]{
		name: "list", allowed: "a list of a program and its arguments, such as [/usr/local/bin/tell-desk, --new]",
		parse: func(raw any) ([]string, error) {
			if s, ok := raw.(string); ok && !strings.HasPrefix(strings.TrimSpace(s), "[") {
				raw = []string{s}
			}
			l, err := toList(raw)
			if err != nil || len(l) > 0 && l[0] == "" || strings.ContainsRune(strings.Join(l, ""), 0) {
				return nil, errNotAllowed
			}
			return append([]string(nil), l...), nil // nil where it is empty
		},
		raw: func(l []string) any { return slices.Clone(l) },
	}
}

// mode is the rights of a file that its owner reads and writes, in octal digits.
func mode() kind[fs.FileMode] {
	return scalar("mode", "rights of a file that its owner may read and write, such as 0600, 0640 or 0660",
		func(s string) (fs.FileMode, bool) {
			n, err := strconv.ParseUint(s, 8, 32)
			return fs.FileMode(n), err == nil && n&^0o066 == 0o600
		},
		func(m fs.FileMode) string { return fmt.Sprintf("0%o", m) })
}

// zone is an IANA name: not "Local", which would mean another zone on each machine.
func zone() kind[string] {
	return scalar("time zone", "the IANA name of a time zone, such as Europe/Berlin, America/New_York or UTC",
		func(s string) (string, bool) {
			_, err := time.LoadLocation(s)
			return s, err == nil && s != "" && s != "Local"
		},
		func(s string) string { return s })
}

func boolean() kind[bool] {
	return scalar("bool", "true or false",
		func(s string) (bool, bool) { return s == "true", s == "true" || s == "false" },
		strconv.FormatBool)
}

func integer(low, high int) kind[int] {
	return scalar("int", fmt.Sprintf("a whole number from %d to %d", low, high),
		func(s string) (int, bool) {
			n, err := strconv.Atoi(s)
			return n, err == nil && low <= n && n <= high
		},
		strconv.Itoa)
}

func number(low, high float64) kind[float64] {
	return scalar("number", fmt.Sprintf("a number from %g to %g", low, high),
		func(s string) (float64, bool) {
			f, err := strconv.ParseFloat(s, 64)
			return f, err == nil && low <= f && f <= high // false for NaN
		},
		decimal)
}

// decimal is the shortest way to write a number.
func decimal(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

func choice(values ...string) kind[string] {
	return scalar("name", oneOf(values),
		func(s string) (string, bool) { return s, slices.Contains(values, s) },
		func(s string) string { return s })
}

func oneOf(values []string) string {
	last := len(values) - 1
	return strings.Join(values[:last], ", ") + " or " + values[last]
}

// list is one or more strings, none twice. With values given, each is one of
// them. As one string it is separated by commas.
func list(what string, values ...string) kind[[]string] {
	allowed := "a list of " + what
	if len(values) > 0 {
		allowed += ", each " + oneOf(values)
	}
	return kind[[]string]{
		name: "list", allowed: allowed,
		parse: func(raw any) ([]string, error) {
			l, err := toList(raw)
			if err != nil {
				return nil, err
			}
			for i, s := range l {
				if slices.Contains(l[:i], s) {
					return nil, fmt.Errorf("%q stands there twice", s)
				}
				if s == "" || len(values) > 0 && !slices.Contains(values, s) {
					return nil, errNotAllowed
				}
			}
			if len(l) == 0 {
				return nil, errNotAllowed
			}
			return l, nil
		},
		raw: func(l []string) any { return slices.Clone(l) },
	}
}

// minPhrase is how many letters a phrase has at least; syllables and characters count two.
const minPhrase = 8

// phrases is any number of phrases, none twice.
func phrases() kind[[]string] {
	k := list(fmt.Sprintf("phrases of %d letters or more", minPhrase))
	parse := k.parse
	k.parse = func(raw any) ([]string, error) {
		l, err := parse(raw)
		for _, s := range l {
			letters := 0
			for _, w := range words.Words(nil, s) {
				letters += int(w.Letters)
			}
			if letters < minPhrase {
				return nil, fmt.Errorf("%q is too short to tell a notice", s)
			}
		}
		return l, err
	}
	return optional(k)
}

// optional is a list that may be empty.
func optional(k kind[[]string]) kind[[]string] {
	parse := k.parse
	k.parse = func(raw any) ([]string, error) {
		if l, err := toList(raw); err == nil && len(l) == 0 {
			return nil, nil
		}
		return parse(raw)
	}
	return k
}

func toList(raw any) ([]string, error) {
	switch raw := raw.(type) {
	case []string:
		return slices.Clone(raw), nil
	case string:
		if strings.HasPrefix(strings.TrimSpace(raw), "[") {
			inner, err := fromYAML(raw)
			if l, ok := inner.([]string); err == nil && ok {
				return l, nil
			}
			return nil, errNotAllowed
		}
		l := strings.Split(raw, ",")
		for i := range l {
			l[i] = strings.TrimSpace(l[i])
		}
		return l, nil
	}
	return nil, errNotAllowed
}

// Map is the type of the settings whose values are maps.
const Map = "map"

// groups is names, each with its members. None may be in two groups: it would
// not be known whose it is; fold gives names that mean the same one form, ""
// to what is no name. With own, the name of a group is a member of it, so that
// no group has another's name: aliases do not lead on to aliases. The empty map
// is allowed.
func groups(what, members string, fold func(string) string, own bool) kind[map[string][]string] {
	return kind[map[string][]string]{
		name: Map, allowed: fmt.Sprintf("{%s: [%s, ...], ...}", what, members),
		parse: func(raw any) (map[string][]string, error) {
			m, err := toGroups(raw)
			if err != nil {
				return nil, err
			}
			names := slices.Sorted(maps.Keys(m))
			of := map[string]string{}
			for _, name := range names {
				folded := fold(name)
				switch other, ok := of[folded]; {
				case folded == "" || strings.HasPrefix(name, subdomains):
					return nil, fmt.Errorf("%q is no name", name)
				case len(m[name]) == 0:
					return nil, fmt.Errorf("%q has no %s", name, members)
				case own && ok:
					return nil, fmt.Errorf("%q and %q are one %s", other, name, what)
				case own:
					of[folded] = name
				}
			}
			for _, name := range names {
				for _, member := range m[name] {
					folded := fold(member)
					if folded == "" {
						return nil, fmt.Errorf("%q is no name", member)
					}
					other, ok := of[folded]
					if ok && other != name && fold(other) == folded {
						return nil, fmt.Errorf("%q is a name of its own and given to %q", member, name)
					}
					if ok && other != name {
						return nil, fmt.Errorf("%q is given to %q and to %q", member, other, name)
					}
					of[folded] = name
				}
			}
			return copyGroups(m), nil
		},
		raw: func(m map[string][]string) any { return copyGroups(m) },
	}
}

func toGroups(raw any) (map[string][]string, error) {
	if s, ok := raw.(string); ok {
		inner, err := fromYAML(s)
		if err != nil {
			return nil, errNotAllowed
		}
		raw = inner
	}
	m, ok := raw.(map[string][]string)
	if !ok {
		return nil, errNotAllowed
	}
	return m, nil
}

func copyGroups(m map[string][]string) map[string][]string {
	c := make(map[string][]string, len(m))
	for name, members := range m {
		c[name] = slices.Clone(members)
	}
	return c
}

// fromYAML reads a raw value written as YAML.
func fromYAML(s string) (any, error) {
	if len(s) > maxFile {
		return nil, errNotAllowed
	}
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(s), &n); err != nil || len(n.Content) != 1 {
		return nil, errNotAllowed
	}
	return rawValue(n.Content[0])
}
