package engine

import (
	"context"
	"strings"

	"dedupe/similarity"
)

// Overrides are the thresholds that articles of some outlets and languages have
// of their own.
type Overrides struct {
	Outlets   map[string]similarity.Override // by canonical name; they outrank those of languages
	Languages map[string]similarity.Override // by tag in lower case; "pt" holds for "pt-br" too
}

// None reports whether there are no overrides.
func (o *Overrides) None() bool { return len(o.Outlets) == 0 && len(o.Languages) == 0 }

// Of returns the override for the articles of an outlet in a language.
func (o *Overrides) Of(outlet, language string) similarity.Override {
	language = strings.ToLower(language)
	under, known := o.Languages[language]
	if primary, _, more := strings.Cut(language, "-"); more && !known {
		under = o.Languages[primary]
	}
	return o.Outlets[outlet].Over(under)
}

// rules say by which thresholds each article is judged. Without overrides there
// is nothing in them.
type rules struct {
	number map[similarity.Override]uint16
	sets   []similarity.Override // by number
	of     []uint16              // by article - 1
}

// rulesOf reads the outlets and languages of all articles where there are overrides.
func (e *Engine) rulesOf(ctx context.Context) error {
	if e.opt.Overrides.None() {
		return nil
	}
	e.rules = rules{number: map[similarity.Override]uint16{}, of: make([]uint16, len(e.places))}
	e.ruleNumber("", "") // number 0 is that of articles without an override, in most cases
	return e.store.Sorts(ctx, func(seq uint32, outlet, language string) error {
		if int(seq) <= len(e.rules.of) {
			e.rules.of[seq-1] = e.ruleNumber(outlet, language)
		}
		return nil
	})
}

// ruleNumber returns the number of the override for an outlet and a language.
func (e *Engine) ruleNumber(outlet, language string) uint16 {
	r := &e.rules
	o := e.opt.Overrides.Of(outlet, language)
	n, known := r.number[o]
	if !known {
		n = uint16(len(r.sets)) // a configuration of 1 MiB has no 65,536 of them
		r.number[o] = n
		r.sets = append(r.sets, o)
	}
	return n
}

// add enters the next article.
func (r *rules) add(e *Engine, outlet, language string) {
	if r.of != nil {
		r.of = append(r.of, e.ruleNumber(outlet, language))
	}
}

// drop takes the last one out again.
func (r *rules) drop() {
	if r.of != nil {
		r.of = r.of[:len(r.of)-1]
	}
}

// Thresholds returns those by which two articles are judged. a and b are numbers of
// articles, from 1 to Articles.
func (e *Engine) Thresholds(a, b uint32) similarity.Thresholds {
	r := &e.rules
	if r.of == nil {
		return e.opt.Thresholds
	}
	return e.opt.Thresholds.Between(r.sets[r.of[a-1]], r.sets[r.of[b-1]])
}
