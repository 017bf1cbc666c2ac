package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dedupe/notices"
	"dedupe/storage"
	"dedupe/text"
)

// Boilerplate is the passages that are no part of any story.
type Boilerplate struct {
	Passages []BoilerplatePassage `json:"passages"`
}

// BoilerplatePassage is one of them.
type BoilerplatePassage struct {
	ID      int64  `json:"id"`
	State   string `json:"state"`   // learned, allowed, blocked, or known: a notice that is known in advance
	Words   int    `json:"words"`   // shingles and the words around them
	Passage string `json:"passage"` // as it stands in the example

	// An article that has it; none where a person gave the text.
	Article string `json:"article,omitempty"`
	Outlet  string `json:"outlet,omitempty"`

	Notice   string `json:"notice,omitempty"`   // what is known of it in advance: its kind and language
	Articles int    `json:"articles,omitempty"` // of the state known: how many have such a notice
}

// ReadBoilerplate lists the passages in a state, one of storage.BoilerplateStates; "" is any. A
// shingle is so many words long. Of a passage that has a notice of the vocabulary it says so.
func ReadBoilerplate(ctx context.Context, v *storage.View, state string, shingle int, known *notices.Vocabulary) (*Boilerplate, error) {
	list := &Boilerplate{Passages: []BoilerplatePassage{}}
	for f, err := range v.Boilerplate(ctx) {
		if err != nil {
			return nil, err
		}
		if state != "" && state != f.State.String() {
			continue
		}
		p := BoilerplatePassage{ID: f.ID, State: f.State.String(), Passage: f.Passage, Words: len(f.Shingles) + shingle - 1}
		if found := known.In(f.Passage); len(found) > 0 {
			p.Notice = found[0].String()
		}
		if f.Example != 0 {
			example, err := v.Article(ctx, int64(f.Example))
			if err != nil && !errors.Is(err, storage.ErrNotFound) {
				return nil, err
			}
			if err == nil {
				p.Article, p.Outlet = example.Name(), example.Outlet
			}
		}
		list.Passages = append(list.Passages, p)
	}
	return list, nil
}

// KnownNotice is the state of passages that ReadNotices lists.
const KnownNotice = "known"

// ReadNotices lists the notices of the vocabulary that stored articles have: one for each kind and
// language, the most frequent first. Cost: all articles are read.
func ReadNotices(ctx context.Context, v *storage.View, known *notices.Vocabulary) (*Boilerplate, error) {
	list := &Boilerplate{Passages: []BoilerplatePassage{}}
	at := map[string]int{}
	finder := notices.Finder{Vocabulary: known}
	var words []text.Word
	for t, err := range v.Texts(ctx) {
		if err != nil {
			return nil, err
		}
		words = text.Words(words[:0], t.Body)
		counted := map[string]bool{}
		for _, n := range finder.Find(nil, t.Body, words) {
			notice := n.String()
			if counted[notice] {
				continue
			}
			counted[notice] = true
			i, there := at[notice]
			if !there {
				i, at[notice] = len(list.Passages), len(list.Passages)
				passage := t.Body[n.Start:n.End]
				list.Passages = append(list.Passages, BoilerplatePassage{State: KnownNotice, Words: len(text.Words(nil, passage)),
					Passage: passage, Article: t.Name(), Outlet: t.Outlet, Notice: notice})
			}
			list.Passages[i].Articles++
		}
	}
	slices.SortStableFunc(list.Passages, func(x, y BoilerplatePassage) int {
		return cmp.Or(cmp.Compare(y.Articles, x.Articles), cmp.Compare(x.Notice, y.Notice))
	})
	return list, nil
}

// maxPassage is how many characters of a passage a list shows.
const maxPassage = 300

func (f *Boilerplate) text(p *printer) {
	if len(f.Passages) == 0 {
		p.line(plain, "no boilerplate known")
	}
	id := 1
	for _, x := range f.Passages {
		id = max(id, len(strconv.FormatInt(x.ID, 10)))
	}
	for _, x := range f.Passages {
		s := fmt.Sprintf("%*d  %-7s  %s", id, x.ID, x.State, Count(x.Words, "word"))
		if x.Articles > 0 {
			s = fmt.Sprintf("%*s  %-7s  %s", id, "-", x.State, Count(x.Articles, "article"))
		}
		if x.Notice != "" {
			s += ", known notice (" + clean(x.Notice) + ")"
		}
		if x.Article != "" {
			s += fmt.Sprintf(", as in %s of %s", short(clean(x.Article)), name(x.Outlet))
		}
		p.text(p.bold, "", s)
		p.wrap(strings.Repeat(" ", id+2), truncate(clean(x.Passage), maxPassage))
	}
}

func (f *Boilerplate) csv() (header []string, rows [][]string) {
	for _, x := range f.Passages {
		rows = append(rows, []string{strconv.FormatInt(x.ID, 10), x.State, strconv.Itoa(x.Words), sheet(x.Article),
			sheet(x.Outlet), sheet(x.Passage), sheet(x.Notice), strconv.Itoa(x.Articles)})
	}
	return []string{"id", "state", "words", "article", "outlet", "passage", "notice", "articles"}, rows
}
