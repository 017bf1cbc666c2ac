//go:build ignore

// Learn makes learned.txt: words that the translations of consent managers have, for
// languages of words.txt. They say little by themselves (class u).
//
//	npm pack klaro@0.7.22 tarteaucitronjs@1.34.0 @c15t/translations@2.2.1, and unpack each
//	go run learn.go -news 'NEWS/*.jsonl.gz' KLARO TARTEAUCITRON C15T > learned.txt
//
// A word of six letters or more is taken that stands in three strings and in fewer than
// one of 200 news texts; of languages in which there is no news only the first counts.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"dedupe/text"
)

const header = `# Made by learn.go from the translations of klaro 0.7.22 (BSD-3-Clause, Copyright (c) 2019-2020 KIProtect GmbH),
# tarteaucitronjs 1.34.0 (MIT, Copyright (c) 2014 AmauriC) and @c15t/translations 2.2.1 (Apache-2.0): single words.
`

var (
	news   = flag.String("news", "", "news texts: JSON lines with a body, gzipped; a pattern")
	quoted = regexp.MustCompile(`(?s)(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")`)
	markup = regexp.MustCompile(`\{[^}]*\}|<[^>]*>|\\.|https?:\S+`)
	block  = regexp.MustCompile(`(?s)const (?:([a-z]{2})_)?translations = \{(.*?)\n\};`)
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	if flag.NArg() != 3 {
		log.Fatal("want the folders of klaro, tarteaucitronjs and @c15t/translations")
	}
	texts := map[string][]string{} // by language
	add := func(tag, s string) {
		if s = markup.ReplaceAllString(s, " "); strings.Contains(s, " ") {
			texts[tag] = append(texts[tag], s)
		}
	}
	addQuoted := func(tag, s string) {
		for _, m := range quoted.FindAllStringSubmatch(s, -1) {
			add(tag, m[1]+m[2])
		}
	}
	for _, path := range glob(filepath.Join(flag.Arg(0), "src/translations/*.yml")) {
		tag := tagOf(strings.SplitN(filepath.Base(path), ".", 2)[0])
		for line := range strings.Lines(read(path)) {
			if key, value, ok := strings.Cut(line, ":"); ok && !strings.HasSuffix(key, "_en") {
				add(tag, value)
			}
		}
	}
	for _, path := range glob(filepath.Join(flag.Arg(1), "lang/tarteaucitron.??.js")) {
		addQuoted(tagOf(strings.Split(filepath.Base(path), ".")[1]), read(path))
	}
	for _, m := range block.FindAllStringSubmatch(read(filepath.Join(flag.Arg(2), "dist/all.js")), -1) {
		addQuoted(tagOf(m[1]), m[2])
	}
	usual := newsWords(*news)
	fmt.Print(header)
	for _, tag := range languages() {
		in := map[string]int{}
		for _, s := range texts[tag] {
			seen := map[string]bool{}
			for _, w := range text.Words(nil, s) {
				form := text.Normal(s[w.Start:w.End])
				if w.Letters >= 6 && w.Kind&(text.Number|text.Unspaced) == 0 && !strings.ContainsAny(form, "'’_* ") && !seen[form] {
					seen[form] = true
					in[form]++
				}
			}
		}
		maps.DeleteFunc(in, func(form string, n int) bool { return n < 3 || usual[text.Hash(form)] })
		if len(in) > 0 {
			fmt.Printf("[%s]\nu: %s\n", tag, strings.Join(slices.Sorted(maps.Keys(in)), " "))
		}
	}
}

// languages are those of words.txt, in its order.
func languages() (tags []string) {
	for line := range strings.Lines(read("words.txt")) {
		if line[0] == '[' {
			tags = append(tags, strings.Trim(line, "[]\n"))
		}
	}
	return tags
}

// tagOf returns the language that a file's name means.
func tagOf(name string) string {
	switch name {
	case "":
		return "bg" // of the first block, which has no name
	case "cn":
		return "zh"
	case "nb", "nn":
		return "no"
	case "sr", "sr_cyrl":
		return "hr"
	}
	return name
}

// newsWords are the words of one in 200 news texts and more.
func newsWords(pattern string) map[uint64]bool {
	counts, all := map[uint64]int{}, 0
	for _, path := range glob(pattern) {
		f, err := os.Open(path)
		check(err)
		z, err := gzip.NewReader(f)
		check(err)
		lines := bufio.NewScanner(z)
		lines.Buffer(nil, 1<<26)
		for lines.Scan() {
			var a struct{ Body string }
			check(json.Unmarshal(lines.Bytes(), &a))
			all++
			seen := map[uint64]bool{}
			for _, w := range text.Words(nil, a.Body) {
				if !seen[w.Hash] {
					seen[w.Hash] = true
					counts[w.Hash]++
				}
			}
		}
		check(lines.Err())
		check(f.Close())
	}
	usual := map[uint64]bool{}
	for h, n := range counts {
		usual[h] = 200*n >= all
	}
	return usual
}

func glob(pattern string) []string {
	paths, err := filepath.Glob(pattern)
	check(err)
	return paths
}

func read(path string) string {
	data, err := os.ReadFile(path)
	check(err)
	return string(data)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
