package source

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
)

// FuzzTaken holds that what was read once comes out of its line as it went in, whatever reading it
// would make of it a second time, and that no line breaks the reader.
func FuzzTaken(f *testing.F) {
	f.Add("1", "The Post", "https://post.example/a?b", "A <b>title</b> &amp; more", "2026-03-01", "Words [+12 chars] [+34 chars]\n\n\t\u2028end", `{"taken":1,"id":"x","title":"y"}`)
	f.Add("", "", "", "", "in 1802", "\xff\x00", `{"taken":2}`)
	f.Add("", "", "", "x", "", "", `{"taken":1,"title":{"title":[[[1]]]}}`)
	f.Fuzz(func(t *testing.T, id, outlet, url, title, published, body, line string) {
		d, err := NewDecoder(Options{})
		if err != nil {
			t.Fatal(err)
		}
		valid := func(s string) string { return strings.ToValidUTF8(s, "\ufffd") }
		a := article.Article{ID: valid(id), Outlet: strings.TrimSpace(valid(outlet)), URL: valid(url), Headline: valid(title), Published: valid(published), Body: valid(body), Summary: true}
		got, reject := Taken(article.Origin{}, TakenLine(&a)).Decode(d)
		if reject != nil && !reject.Kept {
			if a.Headline+a.Body != "" && max(len(a.ID), len(a.URL), len(a.Published)) <= maxName {
				t.Fatalf("%+v was rejected: %s", a, reject.Reason)
			}
		} else if diff := cmp.Diff(a, got); diff != "" && len(a.Outlet) <= maxOutlet {
			t.Errorf("(-in +out):\n%s", diff)
		}
		Taken(article.Origin{}, []byte(line)).Decode(d)
	})
}
