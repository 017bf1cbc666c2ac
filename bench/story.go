package bench

import (
	"slices"
	"strings"
)

// story is what an outlet takes from another one: an article without its page.
type story struct {
	id     string // of the article that told it first
	name   string
	title  string
	byline string
	paras  []string
	cast   *cast
}

func (w *writer) story(words int) *story {
	c := w.cast()
	s := &story{cast: c, byline: w.person(), paras: w.paragraphs(c, words)}
	s.title = w.headline(s.paras[0])
	return s
}

// headline tells a paragraph in its own words. One in eight is a column's name,
// which tells nothing.
func (w *writer) headline(para string) string {
	if w.chance(0.125) {
		return "The " + w.pick(w.words["adjectives"]) + " " + w.pick(w.words["nouns"])
	}
	list := strings.Fields(para)
	n := min(len(list), 6+w.r.IntN(5))
	from := w.r.IntN(min(len(list), 30) - min(n, 30) + 1)
	return upper(strings.Trim(strings.Join(list[from:from+n], " "), " .,;:“”"))
}

// retitle gives a story another headline: of its first paragraphs, with a word
// in front, or the old one in another order.
func (w *writer) retitle(s *story) string {
	switch u := w.r.Float64(); {
	case u < 0.4:
		return w.headline(s.paras[w.r.IntN(min(3, len(s.paras)))])
	case u < 0.7:
		return w.pick([]string{"Breaking: ", "Report: ", "Watch: ", "Update: "}) + s.title
	}
	list := strings.Fields(s.title)
	w.r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return strings.Join(list[:max(3, len(list)-1)], " ")
}

// edit replaces, drops and inserts words: so many of a hundred.
func (w *writer) edit(paras []string, percent float64) []string {
	out := make([]string, len(paras))
	for i, p := range paras {
		list := strings.Fields(p)
		for range int(float64(len(list))*percent/100 + w.r.Float64()) {
			j := w.r.IntN(len(list))
			switch u := w.r.Float64(); {
			case u < 0.6:
				list[j] = w.common(w.words["nouns"])
			case u < 0.8 && len(list) > 3:
				list = slices.Delete(list, j, j+1)
			default:
				list = slices.Insert(list, j, w.common(w.words["adverbs"]))
			}
		}
		out[i] = strings.Join(list, " ")
	}
	return out
}

// trim keeps the first words of a text: that share of them, and 40 at least.
func trim(paras []string, share float64) (out []string) {
	left := max(40, int(share*float64(count(paras))))
	for _, p := range paras {
		list := strings.Fields(p)
		out = append(out, strings.Join(list[:min(left, len(list))], " "))
		if left -= len(list); left <= 0 {
			break
		}
	}
	return out
}

// reword changes about every seventh word and leaves out one sentence in ten.
func (w *writer) reword(paras []string) (out []string) {
	for _, p := range paras {
		var kept []string
		for _, s := range strings.SplitAfter(p, ". ") {
			if !w.chance(0.1) {
				kept = append(kept, w.edit([]string{strings.TrimSpace(s)}, 14)...)
			}
		}
		if len(kept) > 0 {
			out = append(out, strings.Join(kept, " "))
		}
	}
	if len(out) == 0 {
		return w.edit(paras, 14)
	}
	return out
}

func count(paras []string) (n int) {
	for _, p := range paras {
		n += len(strings.Fields(p))
	}
	return n
}
