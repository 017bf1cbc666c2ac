package source

import (
	"strings"

	"dedupe/article"
)

// Pages of site generators, and exports of content systems, have a head in YAML:
//
//	---
//	title: "Harbour wall to rise"
//	date: 2026-04-06
//	authors:
//	  - Ann Lee
//	---
//
//	The council voted ...
//
// Its keys are read as the labels of a head are. Values are texts in one line or on
// the lines below, in quotes or not, and lists.

// frontMatter parts a text that begins with a head in YAML: the lines of the head,
// and what follows it. A head has a key that is known as a label, and a text below
// that does not begin with one of its keys: that is a YAML file of several records.
func frontMatter(text string) (head []string, rest string, ok bool) {
	first, rest, _ := strings.Cut(strings.TrimLeft(text, " \t\r\n\ufeff"), "\n")
	if strings.TrimRight(first, " \t\r") != "---" {
		return nil, "", false
	}
	keys, known := map[string]bool{}, false
	for rest != "" && len(head) < 10*maxHead {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		line = strings.TrimRight(line, " \t\r")
		name, _, _ := strings.Cut(line, ":")
		switch {
		case line == "---" || line == "...":
			next, _, _ := strings.Cut(strings.TrimLeft(rest, " \t\r\n"), "\n")
			name, _, _ := strings.Cut(next, ":")
			return head, rest, known && strings.TrimSpace(next) != "" && !keys[name]
		case keyLine().MatchString(line):
			_, is := labels()[fold(name)]
			keys[name], known = true, known || is
		case line != "" && !strings.ContainsAny(line[:1], " \t-#"):
			return nil, "", false
		}
		head = append(head, line)
	}
	return nil, "", false
}

// hasPageHead reports whether a file is a page with a head in YAML.
func hasPageHead(h *head) bool {
	_, _, ok := frontMatter(string(h.text))
	return ok
}

// readFrontMatter returns what the lines of a head say.
func readFrontMatter(head []string) (a article.Article) {
	fields := map[int]*string{fieldID: &a.ID, fieldOutlet: &a.Outlet, fieldURL: &a.URL, fieldTitle: &a.Headline, fieldByline: &a.Byline, fieldPublished: &a.Published, fieldLanguage: &a.Language}
	for i := 0; i < len(head); {
		name, value, _ := strings.Cut(head[i], ":")
		isKey := keyLine().MatchString(head[i])
		between := " "
		value = strings.TrimSpace(value)
		if value == "|" || value == ">" || value == "|-" || value == ">-" {
			value = ""
		}
		for i++; i < len(head) && !keyLine().MatchString(head[i]); i++ {
			item, isItem := strings.CutPrefix(strings.TrimSpace(head[i]), "- ")
			item, isName := strings.CutPrefix(item, "name: ")
			if item == "" || strings.HasPrefix(item, "#") || !isName && keyLine().MatchString(item) {
				continue // what else is known of an author
			}
			if isItem {
				between = ", "
			}
			if value != "" {
				value += between
			}
			value += unquoteYAML(item)
		}
		field, known := labels()[fold(name)]
		to := fields[field]
		if !isKey || !known || to == nil || *to != "" {
			continue
		}
		if list, ok := strings.CutPrefix(value, "["); ok && strings.HasSuffix(list, "]") {
			var items []string
			for item := range strings.SplitSeq(strings.TrimSuffix(list, "]"), ",") {
				items = append(items, unquoteYAML(strings.TrimSpace(item)))
			}
			value = strings.Join(items, ", ")
		}
		value = unquoteYAML(value)
		if field == fieldURL && !isURL(value) || field == fieldPublished && !isDate(value) || value == "null" || value == "~" {
			continue // "permalink: /2026/wall", "published: true"
		}
		*to = value
	}
	return a
}

// unquoteYAML returns a value without its quotes or the comment behind it.
func unquoteYAML(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(s[1 : len(s)-1])
	}
	if len(s) >= 2 && s[0] == '\'' && s[len(s)-1] == '\'' {
		return strings.ReplaceAll(s[1:len(s)-1], "''", "'")
	}
	s, _, _ = strings.Cut(s, " #")
	return strings.TrimSpace(s)
}
