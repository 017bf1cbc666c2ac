package source

import (
	"slices"
	"strings"
	"testing"
)

// Feeds are known by their content, under any name; each item is a record.
func TestFeedFiles(t *testing.T) {
	const item = `<item><title>Ferry aground</title><link>https://harbour.example/1</link><description>A ferry ran aground off Skarholm.</description></item>`
	for name, data := range map[string]string{
		"RSS":                     `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>` + item + `</channel></rss>`,
		"RSS without declaration": `<rss version='2.0'><channel>` + item + `</channel></rss>`,
		"behind style, comment":   `<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?>` + "\n<!-- made by x -->\n<rss><channel>" + item + "</channel></rss>",
		"RDF":                     `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">` + item + `</rdf:RDF>`,
		"old RSS type":            "<!DOCTYPE rss [<!ENTITY nbsp \"&#160;\"> ]>\n<rss version=\"0.91\"><channel>" + item + "</channel></rss>",
		"with a prefix":           `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>Ferry aground</a:title><a:link href="https://harbour.example/1"/><a:summary>A ferry ran aground off Skarholm.</a:summary></a:entry></a:feed>`,
		"Atom": `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Ferry aground</title><link href="https://harbour.example/1"/>
			<summary>A ferry ran aground off Skarholm.</summary></entry></feed>`,
	} {
		t.Run(name, func(t *testing.T) {
			tree(t, map[string]string{"page.txt": data, "12345": data, "a.jsonl": data, "b.gz": gz(t, data), "c.xml": data})
			for _, name := range []string{"page.txt", "12345", "a.jsonl", "b.gz", "c.xml", "-"} {
				d, err := NewDecoder(Options{})
				if err != nil {
					t.Fatal(err)
				}
				n := 0
				for raw, rej := range Read(t.Context(), []string{name}, strings.NewReader(data), Options{Source: "harbour", Outlet: "Harbour Times", Language: "en"}) {
					if rej != nil {
						t.Fatal(rej)
					}
					n++
					a, rej := raw.Decode(d)
					if rej != nil || a.Headline != "Ferry aground" || a.URL != "https://harbour.example/1" || a.Body != "A ferry ran aground off Skarholm." ||
						!a.Summary || a.Outlet != "Harbour Times" || a.Language != "en" || raw.Origin.Source != "harbour" || raw.Origin.Line != 1 {
						t.Errorf("%s: %+v, %+v, %v", name, a, raw.Origin, rej)
					}
				}
				if n != 1 {
					t.Errorf("%s: %d records", name, n)
				}
			}
		})
	}
}

// A source's own names of fields, outlet and language hold for its records alone.
func TestReadingOfASource(t *testing.T) {
	tree(t, map[string]string{"a.jsonl": `{"kop":"Ferry aground","outlet":"x","language":"de"}`, "b.txt": "Ferry aground\n\nA ferry ran aground off Skarholm.\n"})
	d, err := NewDecoder(Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for raw, rej := range Read(t.Context(), []string{"a.jsonl", "b.txt"}, nil, Options{Source: "s", Outlet: "Harbour Times", Fields: map[string][]string{"title": {"kop"}}}) {
		if rej != nil {
			t.Fatal(rej)
		}
		a, rej := raw.Decode(d)
		if rej != nil {
			t.Error(rej)
		}
		got = append(got, a.Outlet+"|"+a.Language+"|"+a.Headline)
	}
	if others := readAll(t, Options{}, nil, "a.jsonl"); len(others.Rejects) != 1 {
		t.Errorf("read by other names: %+v", others)
	}
	if want := []string{"Harbour Times|de|Ferry aground", "Harbour Times||Ferry aground"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What of a feed cannot be read is said, and the rest is taken.
func TestBrokenFeedFile(t *testing.T) {
	const item = `<item><title>Ferry aground</title></item>`
	for data, want := range map[string]string{
		"<rss><channel>" + item + item + "<item><ti": "-: after item 2 it breaks off in line 1",
		"<rss>": "-: the feed cannot be read: it breaks off",
		"<rss><channel>" + item + "<item/></channel></rss>": "-:2: " + noText,
	} {
		got := readAll(t, Options{}, strings.NewReader(data), "-")
		if len(got.Rejects) != 1 || !strings.HasPrefix(got.Rejects[0], want) {
			t.Errorf("%.50s: %q; want one reject with %q", data, got.Rejects, want)
		}
	}
}
