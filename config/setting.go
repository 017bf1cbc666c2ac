package config

import (
	"fmt"
	"slices"
	"strings"
)

// Prefix begins the name of every environment variable that is read.
const Prefix = "DEDUPE_"

// Setting describes one setting.
type Setting struct {
	Key     string  // section and name, such as "thresholds.near"
	Doc     string  // sentences for people
	Type    string  // one word, such as "number"
	Allowed string  // completes "want ..."
	Touches Touches // what a change of the setting makes out of date

	reset func(*Config)            // puts the default into the struct
	set   func(*Config, any) error // parses a raw value into the struct
	raw   func(*Config) any        // the struct's value as a raw one
}

// Touches says what in the database rests on a setting.
type Touches int

const (
	Nothing Touches = iota // nothing stored
	Links                  // links and clusters; stored evidence suffices to make them anew
	Texts                  // what is kept of every text; articles must be read again
)

// Env returns the environment variable that gives the setting:
// "thresholds.near" is DEDUPE_THRESHOLDS_NEAR.
func (s Setting) Env() string { return variable(s.Key) }

func variable(key string) string { return Prefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_")) }

// Absent is the value by which a setting of links does what was done before there was one: that
// of a map, and of a list that came later, without anything in it; "" where there is none.
func (s Setting) Absent() string {
	switch {
	case s.Type == Map:
		return "{}"
	case s.Key == preferred:
		return "[]"
	}
	return ""
}

// Set gives the setting of that key a value, as Value writes it.
func (c *Config) Set(key, value string) error {
	s, ok := find(key)
	if !ok {
		return fmt.Errorf("set %s: there is no such setting", key)
	}
	return s.set(c, value)
}

// Settings returns every setting in the order of config.yaml.
func Settings() []Setting { return slices.Clone(table) }

// find returns the setting of that key.
func find(key string) (Setting, bool) {
	i := slices.IndexFunc(table, func(s Setting) bool { return s.Key == key })
	if i < 0 {
		return Setting{}, false
	}
	return table[i], true
}

// setting makes a row of the table: the field it fills, what the field may
// hold, and the default, which must be allowed (a test checks).
func setting[T any](key string, field func(*Config) *T, k kind[T], preset T, touches Touches, doc string) Setting {
	return Setting{
		Key: key, Doc: doc, Type: k.name, Allowed: k.allowed, Touches: touches,
		// The preset goes through its raw form so that no two Configs share
		// a list or a map.
		reset: func(c *Config) { *field(c), _ = k.parse(k.raw(preset)) },
		raw:   func(c *Config) any { return k.raw(*field(c)) },
		set: func(c *Config, raw any) error {
			v, err := k.parse(raw)
			if err == nil {
				*field(c) = v
			}
			return err
		},
	}
}
