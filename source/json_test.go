package source

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"dedupe/article"
)

func decodeLine(tb testing.TB, opt Options, record string) (article.Article, *Reject) {
	tb.Helper()
	return Raw{Origin: article.Origin{Path: "in", Line: 1}, Data: []byte(record), format: jsonLines}.Decode(decoder(tb, opt))
}

func TestDecodeJSON(t *testing.T) {
	mapped := Options{Fields: map[string][]string{
		"title": {"head.line", "head"}, "body": {"content.text", "summary"}, "outlet": {"source.name", "source"}, "id": {"_id"}, "byline": {"by"},
	}}
	for _, c := range []struct {
		name string
		opt  Options
		in   string
		want article.Article
	}{
		{"whole", Options{}, `{"id":"1","outlet":"Star","url":"https://star.example/1","title":"T","byline":"B","published":"2024-01-01","language":"en","body":"x"}`,
			article.Article{ID: "1", Outlet: "Star", URL: "https://star.example/1", Headline: "T", Byline: "B", Published: "2024-01-01", Language: "en", Body: "x"}},
		{"title only", Options{}, `{"title":"T"}`, article.Article{Headline: "T"}},
		{"number as id", Options{}, `{"id":12345678901234567890,"body":"x"}`, article.Article{ID: "12345678901234567890", Body: "x"}},
		{"seconds", Options{}, `{"published":1136214245,"body":"x"}`, article.Article{Published: "1136214245", Body: "x"}},
		{"null is missing", Options{}, `{"id":null,"title":null,"body":"x"}`, article.Article{Body: "x"}},
		{"trimmed", Options{}, `{"title":" T\n","body":"\n x \n"}`, article.Article{Headline: "T", Body: "x"}},
		{"escapes", Options{}, `{"body":"a\"\\\/\b\f\n\r\té€\ud83d\ude00"}`, article.Article{Body: "a\"\\/\b\f\n\r\té€😀"}},
		{"escaped name", Options{}, `{"\u0062ody":"x"}`, article.Article{Body: "x"}},
		{"unknown fields", Options{}, `{"a":[1,{"b":[]}],"c":{"body":"y"},"d":1e3,"body":"x"}`, article.Article{Body: "x"}},
		{"authors", Options{}, `{"authors":["A","","B"],"body":"x"}`, article.Article{Byline: "A, B", Body: "x"}},
		{"mapped", mapped, `{"_id":"7","head":{"line":"T"},"content":{"text":"x","n":1},"source":{"name":"Star"},"by":"B"}`,
			article.Article{ID: "7", Headline: "T", Outlet: "Star", Byline: "B", Body: "x"}},
		{"second name", mapped, `{"head":"T","summary":"x","source":"Star"}`, article.Article{Headline: "T", Outlet: "Star", Body: "x"}},
		{"first name wins", mapped, `{"summary":"short","content":{"text":"long"}}`, article.Article{Body: "long"}},
		{"empty first name", mapped, `{"content":{"text":""},"summary":"short"}`, article.Article{Body: "short"}},
		{"name with a dot", mapped, `{"head.line":"T"}`, article.Article{Headline: "T"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, rej := decodeLine(t, c.opt, c.in)
			if rej != nil {
				t.Fatal(rej)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("article (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeJSONRejects(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"no JSON", `hello`, `in:1: is no JSON object`},
		{"list", `[{"body":"x"}]`, `in:1: is no JSON object`},
		{"cut off", `{"body":"x`, `in:1: broken JSON: the record is cut off at byte 10`},
		{"two objects", `{"body":"x"} {"body":"y"}`, `in:1: more text follows the JSON object`},
		{"text after", `{"body":"x"} y`, `in:1: broken JSON at byte 13: invalid character 'y' at start of value`},
		{"no comma", `{"title":"a" "body":"x"}`, `in:1: broken JSON at byte 13: invalid character '"' after object value (expecting ',' or '}')`},
		{"bad escape", `{"body":"\x"}`, `in:1: broken JSON at byte 9 in /body: invalid escape sequence ` + "`\\x`" + ` in string`},
		{"half a pair", `{"body":"\ud83d"}`, `in:1: broken JSON at byte 9 in /body: invalid surrogate pair ` + "`\\ud83d\"}`" + ` in string`},
		{"control character", "{\"body\":\"a\x01\"}", `in:1: broken JSON at byte 10 in /body: invalid character '\x01' in string (expecting non-control character)`},
		{"invalid UTF-8", "{\"body\":\"a\xff\"}", `in:1: invalid UTF-8 at byte 10`},
		{"invalid UTF-8 elsewhere", "{\"body\":\"a\",\"x\":\"\xc0\x80\"}", `in:1: invalid UTF-8 at byte 17`},
		{"duplicate key", `{"title":"a","title":"b","body":"x"}`, `in:1: duplicate key "title" at byte 13`},
		{"duplicate key inside", `{"x":{"a":1,"a":2},"body":"x"}`, `in:1: duplicate key "a" at byte 12`},
		{"duplicate unknown key", `{"x":1,"body":"x","x":2}`, `in:1: duplicate key "x" at byte 18`},
		{"number", `{"body":12}`, `in:1: neither title nor body; field body is a number: left out`},
		{"NaN", `{"body":"x","score":NaN}`, `in:1: broken JSON at byte 20 in /score: NaN is no value of JSON: write null, or leave the field out`},
		{"Infinity", `{"x":[Infinity],"body":"x"}`, `in:1: broken JSON at byte 6 in /x/0: Infinity is no value of JSON: write null, or leave the field out`},
		{"-Infinity", `{"published":-Infinity,"body":"x"}`, `in:1: broken JSON at byte 14 in /published: -Infinity is no value of JSON: write null, or leave the field out`},
		{"nan in small letters", `{"body":"x","published": nan}`, `in:1: broken JSON at byte 26 in /published: nan is no value of JSON: write null, or leave the field out`},
		{"nan alone", `{"body":"x","published":nan,"title":"y"}`, `in:1: broken JSON at byte 25 in /published: nan is no value of JSON: write null, or leave the field out`},
		{"NaN in a list that is read", `{"authors":["A", NaN],"body":"x"}`, `in:1: broken JSON at byte 17 in /authors/1: NaN is no value of JSON: write null, or leave the field out`},
		{"None", `{"title":None,"body":"x"}`, `in:1: broken JSON at byte 9 in /title: None is no value of JSON: write null, or leave the field out`},
		{"deep in a field that is read", `{"author":` + strings.Repeat(`[{"name":`, 999), `in:1: nested deeper than 128 at byte 578`},
		{"duplicate key in a field that is read", `{"author":{"name":"A","name":"B"},"body":"x"}`, `in:1: duplicate key "name" at byte 22`},
		{"nothing", `{}`, `in:1: neither title nor body`},
		{"empty", `{"title":" ","body":"\n"}`, `in:1: neither title nor body`},
		{"long id", `{"id":"` + strings.Repeat("7", maxName+1) + `","body":"x"}`, `in:1: id of 16385 bytes: the most is 16384`},
		{"deep", `{"x":` + strings.Repeat("[", 9999), `in:1: nested deeper than 128 at byte 133`},
		{"deep objects", strings.Repeat(`{"x":`, 9999), `in:1: nested deeper than 128 at byte 641`},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, rej := decodeLine(t, Options{}, c.in)
			if rej == nil || rej.Kept {
				t.Fatalf("accepted as %+v, reject %v", a, rej)
			}
			if diff := cmp.Diff(c.want, rej.Error()); diff != "" {
				t.Errorf("reject (-want +got):\n%s", diff)
			}
			if a != (article.Article{}) {
				t.Errorf("rejected, but %+v", a)
			}
		})
	}
}

func TestDecodeWarns(t *testing.T) {
	now := Options{FirstSeen: mustTime(t, "2024-05-10T00:00:00Z")}
	for _, c := range []struct{ name, date, want string }{
		{"good", "2024-05-10T10:00:00Z", ""},
		{"unreadable", "soon", `in:1: published "soon" is no date that can be read: the article counts as undated, and the time it was first seen is shown`},
		{"no such day", "2024-02-30", `in:1: published "2024-02-30" is no date that can be read: the article counts as undated, and the time it was first seen is shown`},
		{"future", "2034-05-10", `in:1: published "2034-05-10" is in the future: the article stands in order by it, and the time it was first seen is shown`},
		{"far future", "9999-12-31", `in:1: published "9999-12-31" is in the future: the article counts as undated, and the time it was first seen is shown`},
		{"day and month exchanged", "2024-13-05", `in:1: published "2024-13-05" is no date that can be read: the article counts as undated, and the time it was first seen is shown`},
		{"zero time", "1970-01-01T00:00:00Z", `in:1: published "1970-01-01T00:00:00Z" is too old to be true: the article counts as undated, and the time it was first seen is shown`},
		{"old", "0001-01-01T00:00:00Z", `in:1: published "0001-01-01T00:00:00Z" is too old to be true: the article counts as undated, and the time it was first seen is shown`},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, rej := decodeLine(t, now, `{"body":"x","published":"`+c.date+`"}`)
			got := ""
			if rej != nil {
				if got = rej.Error(); !rej.Kept {
					t.Error("not kept")
				}
			}
			if got != c.want || a.Body != "x" || a.Published != c.date {
				t.Errorf("reject %q, want %q; article %+v", got, c.want, a)
			}
		})
	}
}

// A value of an odd type never costs the record: what can be read is read, the
// rest is left out with a remark.
func TestOddTypes(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     article.Article // besides its body, which is x when it is empty
		warn     string
	}{
		{"JSON Feed", `"authors":[{"name":"Ann Lee","url":"https://x.example"},{"name":"Bo"}]`, article.Article{Byline: "Ann Lee, Bo"}, ""},
		{"JSON-LD author", `"author":{"@type":"Person","name":"Ann Lee"}`, article.Article{Byline: "Ann Lee"}, ""},
		{"JSON-LD names", `"author":[{"@type":"Person","name":["Ann Lee"]},"Bo"]`, article.Article{Byline: "Ann Lee, Bo"}, ""},
		{"JSON-LD value", `"headline":{"@value":"T","@language":"en"}`, article.Article{Headline: "T"}, ""},
		{"JSON-LD publisher", `"outlet":{"@type":"Organization","name":"Star","logo":{"@type":"ImageObject","url":"https://x.example/l.png"}}`, article.Article{Outlet: "Star"}, ""},
		{"names in parts", `"author":{"firstName":"Ann","lastName":"Lee"}`, article.Article{Byline: "Ann Lee"}, ""},
		{"NYT", `"headline":{"kicker":null,"main":"T","print_headline":"P"},"byline":{"original":"By Ann Lee","person":[{"firstname":"Ann","lastname":"Lee"}]}`, article.Article{Headline: "T", Byline: "By Ann Lee"}, ""},
		{"NYT without the line", `"byline":{"original":null,"person":[{"firstname":"Ann","lastname":"Lee"},{"firstname":"Bo"}]}`, article.Article{Byline: "Ann Lee, Bo"}, ""},
		{"WordPress", `"title":{"rendered":"T"},"body":{"rendered":"<p>x</p>","protected":false},"id":{"rendered":"17"}`, article.Article{Headline: "T", ID: "17"}, ""},
		{"Atom as JSON", `"title":{"_":"T","$":{"type":"html"}},"body":{"$t":"x"}`, article.Article{Headline: "T"}, ""},
		{"XML as JSON", `"title":{"#text":"T","@lang":"en"},"url":{"@rel":"alternate","@href":"h","href":"https://x.example/1"}`, article.Article{Headline: "T", URL: "https://x.example/1"}, ""},
		{"MongoDB", `"id":{"$oid":"65f"},"published":{"$date":"2026-04-06"}`, article.Article{ID: "65f", Published: "2026-04-06"}, ""},
		{"MongoDB, numbers", `"published":{"$date":{"$numberLong":"1136214245000"}}`, article.Article{Published: "1136214245000"}, ""},
		{"Firestore", `"published":{"_seconds":1136214245,"_nanoseconds":0}`, article.Article{Published: "1136214245"}, ""},
		{"date of Java", `"published":[2026,4,6,8,5]`, article.Article{Published: "2026-04-06T08:05:00"}, ""},
		{"date of Python", `"published":[2026,4,6,8,5,9,0,96,0]`, article.Article{Published: "2026-04-06T08:05:09"}, ""},
		{"date in parts", `"published":{"date-parts":[[2026,4,6]]}`, article.Article{Published: "2026-04-06T00:00:00"}, ""},
		{"null in a list", `"author":["Ann Lee",null]`, article.Article{Byline: "Ann Lee"}, ""},
		{"nothing in it", `"author":[],"language":{},"url":[null],"outlet":[[]],"published":[""]`, article.Article{}, ""},
		{"false", `"author":false`, article.Article{}, "field author is false: left out"},
		{"true in a list", `"authors":["Ann Lee",true]`, article.Article{Byline: "Ann Lee"}, "field authors.1 is true: left out"},
		{"number", `"author":7,"language":1.5`, article.Article{}, "field author is a number: left out; field language is a number: left out"},
		{"number as title", `"title":1984,"outlet":1843`, article.Article{Headline: "1984", Outlet: "1843"}, ""},
		{"object of something else", `"author":{"id":7,"avatar":"https://x.example"}`, article.Article{}, "field author is an object without a text that is known: left out"},
		{"object with an odd name", `"author":{"name":false}`, article.Article{}, "field author.name is false: left out"},
		{"odd name that is not needed", `"author":{"name":false,"value":"Ann"}`, article.Article{Byline: "Ann"}, ""},
		{"language", `"language":["en"]`, article.Article{Language: "en"}, ""},
		{"language code", `"language":{"name":"English","code":"en"}`, article.Article{Language: "en"}, ""},
		{"two languages", `"language":["en","fr"]`, article.Article{Language: "en"}, "field language has 2 values: the first is taken"},
		{"addresses", `"url":["https://x.example/1"],"date":{"iso":"2026-04-06"}`, article.Article{URL: "https://x.example/1", Published: "2026-04-06"}, ""},
		{"address", `"url":{"canonical":"https://x.example/1"}`, article.Article{URL: "https://x.example/1"}, ""},
		{"lists in lists", `"author":[[["Ann"],["Bo"]]]`, article.Article{Byline: "Ann, Bo"}, ""},
		{"several languages", `"title":{"id":7,"en":"T","de":"U"},"outlet":{"pt-BR":"Star"}`, article.Article{Headline: "T", Outlet: "Star"}, ""},
		{"list as an object", `"authors":{"0":"Ann","1":"Bo"},"title":{"0":{"value":"T"}}`, article.Article{Headline: "T", Byline: "Ann, Bo"}, ""},
		{"graph", `"author":{"edges":[{"node":{"name":"Ann"}},{"node":{"name":"Bo"}}]}`, article.Article{Byline: "Ann, Bo"}, ""},
		{"JSON-LD list", `"author":{"@list":[{"name":"Ann"}]}`, article.Article{Byline: "Ann"}, ""},
		{"byline with markup", `"author":"By <a href=\"/ann\">Ann Lee</a>"`, article.Article{Byline: "By Ann Lee"}, ""},
		{"title in parts", `"title":["Harbour","wall"]`, article.Article{Headline: "Harbour wall"}, ""},
		{"beside a better name", `"title":"T","headline":{"main":"H"},"text":["a"]`, article.Article{Headline: "T"}, ""},
		{"paragraphs", `"body":null,"text":["One.","","Two."]`, article.Article{Body: "One.\n\nTwo."}, ""},
		{"paragraphs as markup", `"body":["<p>One &amp; a half.</p>","<p>Two.</p>"]`, article.Article{Body: "One & a half.\n\nTwo."}, ""},
		{"blocks", `"body":{"blocks":[{"type":"paragraph","data":{"text":"One."}},{"type":"paragraph","data":{"text":"Two."}}]}`, article.Article{Body: "One.\n\nTwo."}, ""},
		{"rich text", `"body":{"nodeType":"document","data":{},"content":[{"nodeType":"paragraph","data":{},"content":[{"nodeType":"text","value":"One.","marks":[],"data":{}}]}]}`, article.Article{Body: "One."}, ""},
		{"dates that are two faults", `"published":{"date":"soon"},"author":true`, article.Article{Published: "soon"},
			`field author is true: left out; published "soon" is no date that can be read: the article counts as undated, and the time it was first seen is shown`},
		{"many", `"author":[1,2,3,4,5,6,7,8]`, article.Article{}, "field author.0 is a number: left out; field author.1 is a number: left out; field author.2 is a number: left out; " +
			"field author.3 is a number: left out; field author.4 is a number: left out; and more like this"},
		{"long outlet", `"outlet":"` + strings.Repeat("é", 600) + `"`, article.Article{Outlet: strings.Repeat("é", 512)}, "outlet of 1200 bytes: cut to 1024"},
		{"longest outlet", `"outlet":"` + strings.Repeat("x", 1024) + `"`, article.Article{Outlet: strings.Repeat("x", 1024)}, ""},
		{"outlet cut inside of a letter", `"outlet":"x` + strings.Repeat("é", 600) + `"`, article.Article{Outlet: "x" + strings.Repeat("é", 511)}, "outlet of 1201 bytes: cut to 1024"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.want.Body == "" {
				c.want.Body = "x"
			}
			in := "{" + c.in
			if !strings.Contains(in, `"body"`) {
				in += `,"body":"x"`
			}
			got, rej := decodeLine(t, Options{}, in+"}")
			warn := ""
			if rej != nil {
				if warn = rej.Reason; !rej.Kept {
					t.Fatal(rej)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("article (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.warn, warn); diff != "" {
				t.Errorf("warning (-want +got):\n%s", diff)
			}
		})
	}
}

// The remarks of a record are those of no other.
func TestRemarksEndWithTheRecord(t *testing.T) {
	d := decoder(t, Options{})
	for _, c := range []struct {
		in     string
		remark bool
	}{{`{"body":"x","author":1}`, true}, {`{"body":"x"}`, false}, {`{"author":1,"body":`, false}, {`{"body":"x"}`, false}} {
		_, rej := Raw{Data: []byte(c.in), format: jsonLines}.Decode(d)
		if got := rej != nil && rej.Kept; got != c.remark {
			t.Errorf("%s: %v", c.in, rej)
		}
	}
}

func TestNewDecoderRefuses(t *testing.T) {
	for _, fields := range []map[string][]string{{"headlines": {"x"}}, {"title": {""}}} {
		if _, err := NewDecoder(Options{Fields: fields}); err == nil {
			t.Errorf("%v: no error", fields)
		}
	}
}

// What is accepted, encoding/json reads in the same way; what encoding/json
// refuses, is refused.
func FuzzDecodeJSON(f *testing.F) {
	for _, s := range []string{
		`{"id":"1","title":"T","body":"a\n\u00e9\ud83d\ude00\"\\\/"}`, `{"body":"x","body":"y"}`, `{"id":1.5e3,"body":null,"title":"t"}`, `{"body":"x"}{}`,
		"{\"body\":\"\xff\"}", `{"a":[[{"b":1}]],"body":"x"}`, `[]`,
	} {
		f.Add([]byte(s))
	}
	d := decoder(f, Options{Fields: map[string][]string{"title": {"title"}, "byline": {"byline"}, "language": {"language"}}})
	f.Fuzz(func(t *testing.T, data []byte) {
		a, rej := Raw{Data: data, format: jsonLines}.Decode(d)
		if rej != nil && !rej.Kept {
			return
		}
		if again := PlainText(a.Body); again != a.Body || PlainHeadline(a.Headline) != a.Headline {
			t.Fatalf("%q: stored text %q is markup", data, a.Body)
		}
		if !utf8.Valid(data) {
			t.Fatalf("accepted invalid UTF-8: %q", data)
		}
		var want map[string]any
		dec := json.NewDecoder(strings.NewReader(string(data)))
		dec.UseNumber()
		if err := dec.Decode(&want); err != nil {
			t.Fatalf("accepted %q, encoding/json: %v", data, err)
		}
		for name, got := range map[string]string{"id": a.ID, "outlet": a.Outlet, "url": a.URL, "title": a.Headline, "published": a.Published, "body": a.Body} {
			text := ""
			switch v := want[name].(type) {
			case string:
				text = strings.TrimSpace(v)
				if name == "title" {
					text = PlainHeadline(text)
				} else if name == "body" {
					text = PlainText(text)
				}
			case json.Number:
				if name != "url" && name != "body" {
					text = v.String()
				}
			case []any, map[string]any:
				continue // see TestOddTypes
			}
			if text = strings.TrimSpace(text); text != got && (name != "outlet" || len(text) <= maxOutlet) {
				t.Fatalf("%q: %s = %q, encoding/json %q", data, name, got, text)
			}
		}
	})
}

func FuzzUnquote(f *testing.F) {
	f.Add([]byte(`"a\n\u00E9\ud83d\uDE00\"\\\/é"`))
	f.Fuzz(func(t *testing.T, s []byte) {
		want, err := jsontext.AppendUnquote(nil, s)
		if err != nil || len(s) == 0 || s[0] != '"' {
			return
		}
		if got := unquote(nil, s); string(got) != string(want) {
			t.Fatalf("unquote(%q) = %q, want %q", s, got, want)
		}
	})
}
