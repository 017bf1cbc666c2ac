package report

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"dedupe/storage"
)

// Furniture is the passages that are no part of any story.
type Furniture struct {
	Passages []FurniturePassage `json:"passages"`
}

// FurniturePassage is one of them.
type FurniturePassage struct {
	ID      int64  `json:"id"`
	State   string `json:"state"`   // learned, allowed or blocked
	Words   int    `json:"words"`   // shingles and the words around them
	Passage string `json:"passage"` // as it stands in the example

	// An article that has it; none where a person gave the text.
	Article string `json:"article,omitempty"`
	Outlet  string `json:"outlet,omitempty"`
}

// ReadFurniture lists the passages in a state, one of storage.FurnitureStates; "" is any. A
// shingle is so many words long.
func ReadFurniture(ctx context.Context, v *storage.View, state string, shingle int) (*Furniture, error) {
	list := &Furniture{Passages: []FurniturePassage{}}
	for f, err := range v.Furniture(ctx) {
		if err != nil {
			return nil, err
		}
		if state != "" && state != f.State.String() {
			continue
		}
		p := FurniturePassage{ID: f.ID, State: f.State.String(), Passage: f.Passage, Words: len(f.Shingles) + shingle - 1}
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

// maxPassage is how many characters of a passage a list shows.
const maxPassage = 300

func (f *Furniture) text(p *printer) {
	if len(f.Passages) == 0 {
		p.line(plain, "no furniture known")
	}
	id := 1
	for _, x := range f.Passages {
		id = max(id, len(strconv.FormatInt(x.ID, 10)))
	}
	for _, x := range f.Passages {
		s := fmt.Sprintf("%*d  %-7s  %s", id, x.ID, x.State, Count(x.Words, "word"))
		if x.Article != "" {
			s += fmt.Sprintf(", as in %s of %s", short(clean(x.Article)), name(x.Outlet))
		}
		p.text(p.bold, "", s)
		p.wrap(strings.Repeat(" ", id+2), truncate(clean(x.Passage), maxPassage))
	}
}

func (f *Furniture) csv() (header []string, rows [][]string) {
	for _, x := range f.Passages {
		rows = append(rows, []string{strconv.FormatInt(x.ID, 10), x.State, strconv.Itoa(x.Words), sheet(x.Article),
			sheet(x.Outlet), sheet(x.Passage)})
	}
	return []string{"id", "state", "words", "article", "outlet", "passage"}, rows
}
