package source

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
)

const harbourPage = `Harbour wall to be raised by a metre | Coast | tidewatch.example

Harbour wall to be raised by a metre

March 3, 2026

Share

Harbour wall to be raised by a metre

The council voted on Tuesday to raise the harbour wall by one metre.

“It is dear, but a wet high street is dearer,” said Ada Lund, who chairs the works committee.

READ MORE: The year the market flooded

Work begins in May and will take two summers.

Advertisement

Related articles:

Ferry to sail again after repairs

Who pays for the lighthouse?

By Jo Falk

newsdesk@tidewatch.example

Sign up for our newsletter and get the tide in your inbox every morning.

We use cookies to give you the best experience on our website. Accept all Manage
`

func page(t *testing.T, path, text string) (article.Article, *Reject) {
	t.Helper()
	r := Raw{Origin: article.Origin{Path: path}, Data: []byte(text), format: pages}
	return r.Decode(decoder(t, Options{}))
}

func TestDecodePage(t *testing.T) {
	const story = "The council voted on Tuesday to raise the harbour wall by one metre.\n\nWork begins in May."
	for _, c := range []struct {
		name, path, text string
		want             article.Article
	}{
		{"whole page", "x/1.txt", harbourPage, article.Article{
			Headline: "Harbour wall to be raised by a metre", Outlet: "tidewatch.example", Published: "March 3, 2026",
			Body: "The council voted on Tuesday to raise the harbour wall by one metre.\n\n" +
				"“It is dear, but a wet high street is dearer,” said Ada Lund, who chairs the works committee.\n\n" +
				"Work begins in May and will take two summers."}},
		{"hyphens in headline", "x/1.txt", "Wall - a metre higher - soon - The Tide\n\nWall - a metre higher - soon\n\n" + story,
			article.Article{Headline: "Wall - a metre higher - soon", Outlet: "The Tide", Body: story}},
		{"site first", "x/1.txt", "The Tide | Wall to rise\n\nWall to rise\n\n" + story,
			article.Article{Headline: "Wall to rise", Outlet: "The Tide", Body: story}},
		{"site first, host", "x/1.txt", "tide.example – Wall to rise\n\n" + story,
			article.Article{Headline: "Wall to rise", Outlet: "tide.example", Body: story}},
		{"never repeated", "x/1.txt", "Harbour wall to rise | The Tide\n\n" + story,
			article.Article{Headline: "Harbour wall to rise", Outlet: "The Tide", Body: story}},
		{"host after hyphen", "x/1.txt", "Wall - again - to rise - tide.example\n\n" + story,
			article.Article{Headline: "Wall - again - to rise", Outlet: "tide.example", Body: story}},
		{"hyphen alone is no title", "daily/1.txt", "Harbour wall - dear but dry\n\n" + story,
			article.Article{Headline: "Harbour wall - dear but dry", Outlet: "daily", Body: story}},
		{"separator in headline", "daily/1.txt", "Rise | Fall\n\nRise | Fall\n\n" + story,
			article.Article{Headline: "Rise | Fall", Outlet: "daily", Body: story}},
		{"no headline", "daily/1.txt", story + " " + strings.Repeat("So it goes. ", 30), article.Article{
			Outlet: "daily", Headline: "The council voted on Tuesday to raise the harbour wall by one metre.",
			Body: "Work begins in May. " + strings.TrimSpace(strings.Repeat("So it goes. ", 30))}},
		{"one long paragraph", "-", strings.Repeat("So it goes. ", 30), article.Article{Body: strings.TrimSpace(strings.Repeat("So it goes. ", 30))}},
		{"lines without gaps", "-", "First line\nsecond line\n", article.Article{Body: "First line\n\nsecond line"}},
		{"windows lines", "-", "Wall to rise\r\n\r\nIt will.\r\n", article.Article{Headline: "Wall to rise", Body: "It will."}},
		{"report about cookies", "-", "Court rules on cookies\n\nBrowsers that accept cookies by default break the law, a court said.\n\n" +
			"“We use cookies to improve your experience” is not enough, judges found.",
			article.Article{Headline: "Court rules on cookies", Body: "Browsers that accept cookies by default break the law, a court said.\n\n" +
				"“We use cookies to improve your experience” is not enough, judges found."}},
		{"address in a sentence", "-", "Wall to rise\n\nWrite to wall@tide.example before Friday.",
			article.Article{Headline: "Wall to rise", Body: "Write to wall@tide.example before Friday."}},
		{"prose after related", "-", "Wall to rise\n\nIt will.\n\nRelated\n\nFerry to sail\n\nThe mayor was pleased.\n\nSo was the\u00a0cat",
			article.Article{Headline: "Wall to rise", Body: "It will.\n\nThe mayor was pleased.\n\nSo was the\u00a0cat"}},
		{"german", "-", "Mauer wird höher » Küste » gezeit.example\n\nMauer wird höher\n\nDer Rat stimmte zu.\n\nLesen Sie auch\n\nFähre fährt wieder\n\n" +
			"Wir verwenden Cookies, um Ihre Erfahrung zu verbessern. Akzeptieren",
			article.Article{Headline: "Mauer wird höher", Outlet: "gezeit.example", Body: "Der Rat stimmte zu."}},
		{"russian", "-", "Стену поднимут | priliv.example\n\nСтену поднимут\n\nСовет проголосовал за.\n\nЧитайте также\n\nПаром снова ходит\n\n" +
			"Мы используем файлы cookie. Продолжая, вы соглашаетесь с этим.",
			article.Article{Headline: "Стену поднимут", Outlet: "priliv.example", Body: "Совет проголосовал за."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, rej := page(t, c.path, c.text)
			if rej != nil {
				t.Fatal(rej)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("article (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSeedPage(t *testing.T) {
	const path = "../../shared/data/seed/scraped-page.txt"
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the seed page is not on this machine: ", path)
	}
	a, rej := page(t, path, string(text))
	if rej != nil {
		t.Fatal(rej)
	}
	if want := "Trump Plans Meeting with Putin in Budapest Amid Controversial Missile Debate"; a.Headline != want {
		t.Errorf("Headline = %q, want %q", a.Headline, want)
	}
	if want := "london-news-net.preview-domain.com"; a.Outlet != want {
		t.Errorf("Outlet = %q, want %q", a.Outlet, want)
	}
	if !strings.HasPrefix(a.Body, "U.S. President Donald Trump") || !strings.HasSuffix(a.Body, "drop to freezing levels.") {
		t.Errorf("Body = %.60q ... %q", a.Body, a.Body[max(0, len(a.Body)-60):])
	}
	if n := strings.Count(a.Body, "\n\n") + 1; n != 18 {
		t.Errorf("%d paragraphs, want 18", n)
	}
	if a.ID != "" || a.URL != "" {
		t.Errorf("ID %q, URL %q, want none", a.ID, a.URL)
	}
}

// Every line of the body is a line of the page, in the same order.
func FuzzDecodePage(f *testing.F) {
	f.Add(harbourPage)
	f.Add("a | b\n\na")
	f.Add("Read more: x\n\xe2\x80\x99- -")
	d, err := NewDecoder(Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, rej := Raw{Data: []byte(text), format: pages}.Decode(d)
		if rej != nil && !rej.Kept {
			if a != (article.Article{}) {
				t.Fatalf("rejected, but %+v", a)
			}
			return
		}
		if !utf8.ValidString(text) || a.Headline == "" && a.Body == "" {
			t.Fatalf("accepted %q as %+v", text, a)
		}
		rest := text
		if strings.ContainsAny(text, "<&") {
			return // it may be markup
		}
		for paragraph := range strings.SplitSeq(a.Body, "\n\n") {
			_, after, ok := strings.Cut(rest, paragraph)
			if !ok {
				t.Fatalf("paragraph %q is not in the page or out of order", paragraph)
			}
			rest = after
		}
	})
}
