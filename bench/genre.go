package bench

import (
	"embed"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed genres
var genreFiles embed.FS

// Genres are the names that Genre takes: police briefs of a city in English, court reports in
// German, match reports in Spanish, obituaries in French.
func Genres() []string { return []string{"briefs", "courts", "matches", "obituaries"} }

// Kinds of a genre that no load has. Copies have the kinds of a load; an own report is an Event.
const (
	Roundup Kind = "roundup" // many incidents in a sentence or three each, some cut word by word from earlier articles
	Listing Kind = "listing" // thousands of words of incidents that no other article tells
)

// Telling is what is known of an article of a genre.
type Telling struct {
	Kind      Kind
	Incidents []string // that it tells and that others may tell; of a listing none
}

// Genre makes about n articles of a genre, in order of arrival: short texts in stock phrases that
// differ in names, numbers and places alone, as press offices and agencies write them. Each day an
// agency tells eight to fourteen incidents. Of other outlets up to three carry the text: credited,
// cut, retitled or lightly edited; or report the same incident in phrases of their own. Each week there
// are two roundups, and every ten days a listing. Two articles belong together if they share an
// incident. The same name, n and seed give the same articles; a name that is none of Genres is an error.
//
// An article costs 60 us on average, listings included.
func Genre(name string, n int, seed uint64) (iter.Seq2[Article, Telling], error) {
	if !slices.Contains(Genres(), name) {
		return nil, fmt.Errorf("unknown genre %q: want one of %s", name, strings.Join(Genres(), ", "))
	}
	file, err := genreFiles.ReadFile("genres/" + name + ".txt")
	if err != nil {
		return nil, err
	}
	g, err := parseGrammar(string(file))
	if err != nil {
		return nil, fmt.Errorf("genres/%s.txt: %w", name, err)
	}
	return func(yield func(Article, Telling) bool) {
		p := &press{grammar: g, r: rand.New(rand.NewPCG(seed, 0x67656e7265)), left: n, yield: yield}
		for day := 0; p.left > 0; day++ {
			p.day(day)
		}
	}, nil
}

// press publishes what a genre makes.
type press struct {
	*grammar
	r         *rand.Rand
	left      int // articles that are still to be made
	yield     func(Article, Telling) bool
	made      int
	incidents int
	week      []told
}

// told is an incident with the agency's text.
type told struct {
	name string
	text []string
}

func (p *press) chance(share float64) bool { return p.r.Float64() < share }

// others draws so many outlets besides the agency.
func (p *press) others(n int) (list []string) {
	outlets := p.sections["outlet"].lines[1:]
	for _, i := range p.r.Perm(len(outlets))[:min(n, len(outlets))] {
		list = append(list, outlets[i])
	}
	return list
}

// day makes the articles of a day, and at the end of a week its roundups.
func (p *press) day(day int) {
	date := start.AddDate(0, 0, day)
	for range 8 + p.r.IntN(7) {
		p.incident(date)
	}
	if (day+1)%7 == 0 {
		for _, outlet := range p.others(2) {
			p.roundup(outlet, date)
		}
		p.week = nil
	}
	if (day+1)%10 == 0 {
		p.listing(date)
	}
}

// incident makes the agency's text and what others make of it.
func (p *press) incident(date time.Time) {
	i := p.grammar.incident(p.r, date)
	p.incidents++
	t := told{"i" + strconv.Itoa(p.incidents), i.text("brief")}
	p.week = append(p.week, t)
	incidents := []string{t.name}
	p.publish(p.sections["outlet"].lines[0], date, i.one("title"), slices.Concat(t.text, []string{i.one("signature")}), Telling{Own, incidents})
	for _, outlet := range p.others([]int{0, 0, 1, 1, 2, 3}[p.r.IntN(6)]) {
		if p.chance(0.3) {
			p.publish(outlet, date, i.one("title"), i.text("own"), Telling{Event, incidents})
			continue
		}
		text, kind := p.copied(i, t.text)
		p.publish(outlet, date, i.one("title"), text, Telling{kind, incidents})
	}
}

// copied returns the agency's text as another outlet prints it. The headline is drawn anew for each.
func (p *press) copied(i *incident, agency []string) (text []string, kind Kind) {
	text, kind = slices.Clone(agency), Retitle
	if p.chance(0.5) {
		text[0], kind = i.one("credit")+" "+text[0], Byline
	}
	if p.chance(0.4) && len(text) > 4 {
		text, kind = text[:len(text)-1], Trim
	}
	if p.chance(0.4) {
		kind = Edit
		for s := range text {
			for _, line := range p.sections["edit"].lines {
				if words := fields(line); len(words) == 2 {
					text[s] = strings.Replace(text[s], words[0], words[1], 1)
				}
			}
		}
	}
	return text, kind
}

// roundup tells ten to eighteen incidents in a few sentences each and, cut, three of the week's.
func (p *press) roundup(outlet string, date time.Time) {
	i := p.grammar.incident(p.r, date)
	var text, incidents []string
	for range 9 + p.r.IntN(9) {
		other := p.grammar.incident(p.r, date.AddDate(0, 0, -p.r.IntN(3)-1)).text("brief")
		text = append(text, strings.Join(other[:min(len(other), 1+p.r.IntN(3))], " "))
	}
	for _, at := range p.r.Perm(len(p.week))[:3] {
		t := p.week[at]
		text = slices.Insert(text, p.r.IntN(len(text)+1), strings.Join(t.text[:2], " "))
		incidents = append(incidents, t.name)
	}
	p.publish(outlet, date, i.one("roundup-title"), slices.Insert(text, 0, i.one("roundup-intro")), Telling{Roundup, incidents})
}

// listing is a page of 5,000 to 15,000 words.
func (p *press) listing(date time.Time) {
	i := p.grammar.incident(p.r, date)
	text := []string{i.one("listing-intro")}
	for words := 5000 + p.r.IntN(10_000); words > 0; {
		other := p.grammar.incident(p.r, start.AddDate(0, 0, -p.r.IntN(2000)-60))
		text = append(text, other.one("entry"))
		entry := other.text("brief")
		text = append(text, entry...)
		words -= count(entry)
	}
	p.publish(i.one("archive"), date, i.one("listing-title"), text, Telling{Listing, nil})
}

// publish yields an article, unless there are enough.
func (p *press) publish(outlet string, date time.Time, title string, text []string, telling Telling) {
	if p.left <= 0 {
		return
	}
	p.left--
	id := fmt.Sprintf("g%07d", p.made)
	p.made++
	a := Article{
		ID: id, Outlet: outlet, URL: "https://" + outlet + "/" + id, Title: upper(title),
		Published: date.Add(time.Duration(5*60+p.r.IntN(19*60)) * time.Minute).Format(time.RFC3339),
		Body:      strings.Join(text, "\n\n"),
	}
	if !p.yield(a, telling) {
		p.left = 0
	}
}
