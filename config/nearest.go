package config

import "dedupe/similarity"

// Nearest returns the name that somebody meant who wrote another one, "" where none is like
// it: one with a Jaro-Winkler similarity of 0.84 or more, which a slip of a letter or two leaves.
func Nearest(written string, names []string) (nearest string) {
	alike, err := similarity.NormalMetric("jaro-winkler")
	if err != nil {
		panic(err) // it is built in
	}
	best := 0.84
	for _, name := range names {
		if a := alike(written, name); a >= best {
			nearest, best = name, a
		}
	}
	return nearest
}

// meant joins what is wrong with a name to what would be right, with a question where one of
// several names is like it.
func meant(written string, names []string) string {
	if name := Nearest(written, names); name != "" && len(names) > 1 {
		return "; did you mean " + name + "? "
	}
	return "; "
}
