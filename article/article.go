// Package article holds what a news text is: its fields as received, who
// published it, what makes it the same article on the next day, and when it
// appeared. It knows nothing of where articles come from or where they go, and
// needs nothing but the standard library and Unicode's normal forms.
package article

// Article is one news text as received; headline and body are plain text. Every field
// but these two may be empty, and one of the two must not be.
type Article struct {
	ID        string // the input's own identifier; unique within the outlet
	Outlet    string // who published it: a name or a host
	Given     string // as SpellOutlet has it, the name that came, where Outlet is the canonical one; empty when none came
	URL       string // where it stood
	Headline  string
	Byline    string
	Published string // date as given; see ParseDate
	Language  string // as given, a BCP 47 tag; empty when unknown
	Body      string
	Summary   bool // Body is a summary of a text that could not be had
}

// Origin says where in the input an article was read.
type Origin struct {
	Source string // its name in config.yaml; empty when it was named otherwise
	Path   string // as named by the user, or an address; "-" is standard input
	Line   int    // first line of the record, or its number where there are no lines, from 1; 0 when the file is the record
}
