package bench

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed words.txt
var wordsFile string

// vocabulary is words.txt.
type vocabulary struct {
	words     map[string][]string // lists of words by name
	sentences []form              // of every story
	forms     []form              // of stories that are filled in again
	heads     []string            // boilerplate above a text
	feet      []string            // boilerplate below it
}

// form is a sentence with slots.
type form []part

// part is what stands before a slot, and what the slot takes; the last part of
// a form has none.
type part struct {
	text string
	slot string
}

var words = sync.OnceValue(func() *vocabulary {
	v, err := parseWords(wordsFile)
	if err != nil {
		panic("bench: words.txt: " + err.Error()) // it is part of the program, and a test reads it
	}
	return v
})

// slots are what may stand between braces, with the list it is drawn from where
// it is one.
var slots = map[string]string{
	"n": "nouns", "ns": "nouns", "v": "verbs", "a": "adjectives", "r": "adverbs",
	"F": "", "L": "", "P": "", "G": "", "d": "", "y": "",
}

func parseWords(s string) (*vocabulary, error) {
	v := &vocabulary{words: map[string][]string{}}
	name := ""
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			name = strings.Trim(line, "[]")
			continue
		}
		switch name {
		case "sentences", "forms":
			f, err := parseForm(line)
			if err != nil {
				return nil, err
			}
			if name == "forms" {
				v.forms = append(v.forms, f)
			} else {
				v.sentences = append(v.sentences, f)
			}
		case "heads":
			v.heads = append(v.heads, line)
		case "feet":
			v.feet = append(v.feet, line)
		default:
			v.words[name] = append(v.words[name], strings.Fields(line)...)
		}
	}
	for _, list := range []string{"nouns", "verbs", "adjectives", "adverbs", "syllables", "endings", "firstnames", "organisations", "papers"} {
		if len(v.words[list]) == 0 {
			return nil, fmt.Errorf("no list %s", list)
		}
	}
	if len(v.sentences) == 0 || len(v.forms) == 0 || len(v.heads) == 0 || len(v.feet) < 4 {
		return nil, fmt.Errorf("too few sentences")
	}
	return v, nil
}

func parseForm(line string) (f form, err error) {
	for {
		text, rest, found := strings.Cut(line, "{")
		if !found {
			return append(f, part{text: text}), nil
		}
		slot, rest, found := strings.Cut(rest, "}")
		if _, known := slots[slot]; !found || !known {
			return nil, fmt.Errorf("unknown slot in %q", line)
		}
		f = append(f, part{text, slot})
		line = rest
	}
}
