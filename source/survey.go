package source

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"dedupe/article"
)

// Survey counts which names the fields of records have, and which of them were taken for
// what. It holds no more than maxNames names, cut to a few words each.
type Survey struct {
	Records int // that could be read
	Bodies  int // of these, that have a body
	Passed  int // pages of web archives without a story, which are no records
	Cut     int // of the records, whose body is a summary, or was cut by the service that it came from

	d    *Decoder
	seen map[string]*Name
	json *jsontext.Decoder

	present map[string]bool // names of which the record that is added has a value
}

// Name is a name that fields of records have.
type Name struct {
	Name    string         // with dots where it leads into objects
	Records int            // in so many it has a value
	Example string         // the first value, its beginning
	Taken   map[string]int // records by the field it was taken for: id, outlet, url, title, ...

	words int   // of the values, their beginnings only
	order order // of those that are dates
}

// Bounds of a Survey. A value's words are counted up to maxCounted bytes.
const (
	maxNames    = 300
	maxNameSize = 100
	maxExample  = 200
	maxCounted  = 2 << 10
	maxInside   = 3 // objects in objects
)

// PageName stands for the text of a page or an item of a feed, which have no names.
const PageName = "(page)"

// NewSurvey returns an empty survey of input as described by opt; the error is that of
// NewDecoder.
func NewSurvey(opt Options) (*Survey, error) {
	d, err := NewDecoder(opt)
	return &Survey{d: d, seen: map[string]*Name{}, present: map[string]bool{}, json: jsontext.NewDecoder(strings.NewReader(""))}, err
}

// Add counts a record, and returns what Raw.Decode does.
func (s *Survey) Add(r Raw) (article.Article, *Reject) {
	a, reject := r.Decode(s.d)
	if reject != nil && reject.Passed {
		s.Passed++
	}
	if reject != nil && !reject.Kept && !strings.HasPrefix(reject.Reason, noText) {
		return a, reject
	}
	s.Records++
	if a.Body != "" {
		s.Bodies++
	}
	if a.Summary {
		s.Cut++
	}
	taken := s.d.taken
	clear(s.present)
	if r.format.named {
		s.json.Reset(bytes.NewReader(r.Data))
		_ = s.object("", 1) // it was decoded before
	}
	for field, value := range [numFields]string{a.ID, a.Outlet, a.URL, a.Headline, a.Byline, a.Published, a.Language, a.Body} {
		name := taken[field]
		if !r.format.named && value != "" {
			name = PageName
		}
		if name == "" {
			continue
		}
		if name == PageName {
			name += fieldNames[field] // each has values of its own
		}
		if n := s.value(name, value); n != nil {
			if n.Taken == nil {
				n.Taken = map[string]int{}
				n.Example = beginning(strings.Fields(cut(value, maxCounted))) // as it was read
			}
			n.Taken[fieldNames[field]]++
		}
	}
	return a, reject
}

// value notes that the record has a value of a name, and returns the counts of the name;
// nil when there are too many names.
func (s *Survey) value(name, text string) *Name {
	name = shorten(name, maxNameSize)
	n := s.seen[name]
	if n == nil {
		if len(s.seen) == maxNames {
			return nil
		}
		n = &Name{Name: name}
		s.seen[name] = n
	}
	if s.present[name] {
		return n
	}
	s.present[name] = true
	words := strings.Fields(cut(text, maxCounted))
	n.Records++
	n.words += len(words)
	n.order.add(text)
	if n.Example == "" {
		n.Example = beginning(words)
	}
	return n
}

func beginning(words []string) string { return shorten(strings.Join(words, " "), maxExample) }

// object counts the names of an object that lies at a prefix.
func (s *Survey) object(prefix string, depth int) error {
	if _, err := s.json.ReadToken(); err != nil {
		return err
	}
	for s.json.PeekKind() == '"' {
		token, err := s.json.ReadToken()
		if err != nil {
			return err
		}
		name := prefix + token.String()
		if s.json.PeekKind() == '{' && depth < maxInside && len(name) <= maxNameSize {
			if err := s.object(name+".", depth+1); err != nil {
				return err
			}
			continue
		}
		value, err := s.json.ReadValue()
		switch {
		case err != nil:
			return err
		case value.Kind() == '"':
			if text := string(unquote(nil, value)); strings.TrimSpace(text) != "" {
				s.value(name, text)
			}
		case value.Kind() != 'n' && len(value) > 2: // no empty list or object
			s.value(name, strings.ToValidUTF8(string(value[:min(len(value), maxCounted)]), ""))
		}
	}
	_, err := s.json.ReadToken()
	return err
}

// Names returns the names that were taken for a field, in the order of our fields and of
// how often.
func (s *Survey) Names() []Name {
	first := func(n Name) int {
		return slices.IndexFunc(fieldNames[:], func(ours string) bool { return n.Taken[ours] > 0 })
	}
	return s.list(func(n *Name) bool { return n.Taken != nil }, func(a, b Name) int { return first(a) - first(b) })
}

// Unused returns the names of which no record's value was taken, the most frequent first. What
// lies in an object that was taken as a whole is not among them.
func (s *Survey) Unused() []Name {
	return s.list(func(n *Name) bool {
		for name := n.Name; name != ""; name = name[:max(0, strings.LastIndexByte(name, '.'))] {
			if in := s.seen[name]; in != nil && in.Taken != nil {
				return false
			}
		}
		return true
	}, func(a, b Name) int { return 0 })
}

func (s *Survey) list(wanted func(*Name) bool, order func(a, b Name) int) (list []Name) {
	for _, n := range s.seen {
		if wanted(n) {
			list = append(list, *n)
			if strings.HasPrefix(n.Name, PageName) {
				list[len(list)-1].Name = PageName
			}
		}
	}
	slices.SortFunc(list, func(a, b Name) int {
		return cmp.Or(order(a, b), b.Records-a.Records, strings.Compare(a.Name, b.Name))
	})
	return list
}

// explain says why no record has a body, and what to do.
func (s *Survey) explain() string {
	const shown = 12
	var names []string
	for _, n := range slices.Concat(s.Names(), s.Unused()) {
		names = append(names, n.Name)
	}
	has := "they are empty"
	if len(names) > 0 {
		has = "their fields are " + strings.Join(names[:min(len(names), shown)], ", ")
		if more := len(names) - shown; more > 0 {
			has += fmt.Sprintf(" and %d more", more)
		}
	}
	looked := s.d.names[fieldBody]
	tried := strings.Join(looked[:min(len(looked), 3)], ", ")
	if more := len(looked) - 3; more > 0 {
		tried += fmt.Sprintf(" and %d more", more)
	}
	what := fmt.Sprintf("none of its %d records has a body (tried are %s): %s", s.Records, tried, has)
	if likely := s.LikelyBody().Name; likely != "" {
		return what + "; if " + likely + " is the text, write in config.yaml: " + BodyLine(likely)
	}
	return what + "; name the one with the text in config.yaml: " + BodyLine("NAME")
}

// A screen holds the records of a JSON file back until one of them has a body, so that
// a file in which none has is one reject and not one a line. A file of headlines alone,
// with no text that could be a body, is taken as it is.
type screen struct {
	f      *file
	yield  func(Raw, *Reject) bool
	survey *Survey // nil when nothing is held back any more
	held   []heldRecord
	bytes  int

	refused func(*Survey) // Options.Refused
}

type heldRecord struct {
	raw    Raw
	reject *Reject
}

// Bounds of what a screen holds back.
const (
	maxHeld      = 1000
	maxHeldBytes = 16 << 20
)

// take is given what a file holds, in its order.
func (s *screen) take(raw Raw, rej *Reject) bool {
	if s.survey == nil {
		return s.yield(raw, rej)
	}
	s.held = append(s.held, heldRecord{raw, rej})
	s.bytes += len(raw.Data)
	if rej == nil {
		s.survey.Add(raw)
	}
	if s.survey.Bodies == 0 && len(s.held) < maxHeld && s.bytes < maxHeldBytes {
		return true
	}
	return s.end()
}

// end gives out what is held back, or refuses the file; it is false when no more is wanted
// of the file.
func (s *screen) end() bool {
	survey := s.survey
	if survey == nil {
		return true
	}
	s.survey = nil
	refused := survey.Records > 0 && survey.Bodies == 0 && (!survey.has(fieldTitle) || survey.LikelyBody().Name != "")
	for _, h := range s.held {
		if (h.reject != nil || !refused) && !s.yield(h.raw, h.reject) {
			return false
		}
	}
	s.held = nil
	if refused {
		if s.refused != nil {
			s.refused(survey)
		}
		s.yield(Raw{}, reject(s.f.origin(0), "%s", survey.explain()))
	}
	return !refused
}
