package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// streamed returns what readStream gives out, each with its line.
func streamed(tb testing.TB, data string, limit int) (got []string) {
	tb.Helper()
	readStream(&file{ctx: tb.Context(), path: "a", max: limit, r: bufio.NewReaderSize(strings.NewReader(data), headSize)}, func(raw Raw, rej *Reject) bool {
		if rej != nil {
			got = append(got, rej.Error())
		} else {
			got = append(got, fmt.Sprintf("%d %s", raw.Origin.Line, raw.Data))
		}
		return true
	})
	return got
}

func TestReadStream(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"list", "[\n  {\"body\": \"x\"},\n  {\"body\": \"y\"}\n]\n", []string{`2 {"body": "x"}`, `3 {"body": "y"}`}},
		{"printed", "{\n \"body\": \"x\"\n}\n{\n \"body\": \"y\"\n}\n", []string{"1 {\n \"body\": \"x\"\n}", "4 {\n \"body\": \"y\"\n}"}},
		{"brackets in strings", `[{"body":"}]{\"["},{"body":"\\"}]`, []string{`1 {"body":"}]{\"["}`, `1 {"body":"\\"}`}},
		{"NewsAPI", `{"status":"ok","totalResults":2,"articles":[{"title":"a"},{"title":"b"}]}`, []string{`1 {"title":"a"}`, `1 {"title":"b"}`}},
		{"JSON Feed", "{\"version\": \"1.1\", \"title\": \"Bay\",\n\"items\": [\n{\"id\":\"1\",\"title\":\"a\"}],\n\"icon\": {\"a\":[1]}}", []string{`3 {"id":"1","title":"a"}`}},
		{"Event Registry", `{"articles":{"page":1,"results":[{"title":"a","body":"b"}],"pages":1}}`, []string{`1 {"title":"a","body":"b"}`}},
		{"answers", "{\"articles\":[{\"title\":\"a\"}]}\n{\"articles\":[]}\n{\"status\":\"error\"}", []string{`1 {"title":"a"}`, `a:3: the object has no list "articles", as the first one of the file has`}},
		{"lists after each other", "[{\"a\":1}]\ufeff\n[{\"a\":2}]", []string{`1 {"a":1}`, `2 {"a":2}`}},
		{"no articles", "[]", nil},
		{"scalars", "[1, null, \"x\", [2]]", []string{"1 1", "1 null", `1 "x"`, "1 [2]"}},
		{"Elasticsearch", `{"took":1,"hits":{"total":{"value":1},"hits":[{"_id":"1","_source":{"title":"a","body":"b"}}]}}`, []string{`1 {"_id":"1","_source":{"title":"a","body":"b"}}`}},
		{"four envelopes", `{"data":{"result":{"items":{"list":[{"title":"a","body":"b"}]}}}}`, []string{`1 {"title":"a","body":"b"}`}},
		{"names of its own", `{"result":[{"k":"a","t":"` + strings.Repeat("x ", 25) + `"}]}`, []string{`1 {"k":"a","t":"` + strings.Repeat("x ", 25) + `"}`}},
		{"a text of its own and a list", `{"kop":"` + strings.Repeat("y ", 30) + `","items":[{"a":"` + strings.Repeat("x ", 25) + `"}]}`, []string{"a:1: record of 139 bytes: the most is 80 (max_record)"}},
		{"an article with a list", `{"title":"a","items":[{"title":"b","url":"c"}],"body":"x"}`, []string{`1 {"title":"a","items":[{"title":"b","url":"c"}],"body":"x"}`}},
		{"an article of other names with a list", `{"title":"a","link":"b","items":[{"title":"b","url":"c"}],"inhalt":"x"}`, []string{`1 {"title":"a","link":"b","items":[{"title":"b","url":"c"}],"inhalt":"x"}`}},
		{"cut in a record", "[\n{\"body\":\"x\"},\n{\"body\":\n\"y", []string{`2 {"body":"x"}`, "a:3: broken JSON: the file ends in line 4, within the record that begins here"}},
		{"cut in a list", "[\n{\"body\":\"x\"},\n", []string{`2 {"body":"x"}`, "a:1: broken JSON: the file ends in line 3, within the list that begins here"}},
		{"cut in a holder", `{"articles":[{"title":"a"}],"x":`, []string{`1 {"title":"a"}`, "a:1: broken JSON: the file ends in line 1, within the object that begins here"}},
		{"a quote too many", "[\n{\n \"body\": \"x\"y\",\n \"a\": 1\n},\n{\"body\": \"z\"}\n]", []string{"2 {\n \"body\": \"x\"y\",\n \"a\": 1\n}", `6 {"body": "z"}`}},
		{"no commas", "[{\"a\":1} {\"a\":2}\nrubbish here\n{\"a\":3}]", []string{`1 {"a":1}`, `1 {"a":2}`, "2 rubbish here", `3 {"a":3}`}},
		{"too long", `[{"body":"` + strings.Repeat("x", 100) + `"},{"a":1}]`, []string{"a:1: record of 111 bytes: the most is 80 (max_record)", `1 {"a":1}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, streamed(t, c.in, 80)); diff != "" {
				t.Errorf("records (-want +got):\n%s", diff)
			}
		})
	}
}

// recordsByJSON is what encoding/json says the records of a file are; ok is false where it
// cannot read the whole.
func recordsByJSON(data []byte, path []string, line func(offset int64) int) (records []string, ok bool) {
	var values func(data []byte, base int64, path []string) bool
	give := func(raw json.RawMessage, at int64) {
		records = append(records, fmt.Sprintf("%d %s", line(at), raw))
	}
	values = func(data []byte, base int64, path []string) bool {
		d := json.NewDecoder(bytes.NewReader(data))
		for {
			var raw json.RawMessage
			if err := d.Decode(&raw); err == io.EOF {
				return true
			} else if err != nil {
				return false
			}
			if end := data[d.InputOffset():]; len(end) > 0 && strings.IndexByte("{}[]\"", raw[len(raw)-1]) < 0 && strings.IndexByte(" \t\r\n{[\"", end[0]) < 0 {
				return false // 00 are two numbers to it
			}
			at := base + d.InputOffset() - int64(len(raw))
			inner := json.NewDecoder(bytes.NewReader(raw))
			token, _ := inner.Token()
			switch {
			case token == json.Delim('['):
				for inner.More() {
					var e json.RawMessage
					if inner.Decode(&e) != nil {
						return false
					}
					give(e, at+inner.InputOffset()-int64(len(e)))
				}
			case token == json.Delim('{') && len(path) > 0:
				for inner.More() {
					key, err := inner.Token()
					var v json.RawMessage
					if err != nil || inner.Decode(&v) != nil {
						return false
					}
					isList := v[0] == '[' && len(path) == 1
					if key == path[0] && (isList || v[0] == '{' && len(path) > 1) && !values(v, at+inner.InputOffset()-int64(len(v)), path[1:]) {
						return false
					}
				}
			default:
				give(raw, at)
			}
		}
	}
	ok = values(data, 0, path)
	return records, ok
}

// What encoding/json reads of a whole file, is read record by record, from the same lines.
// Rejects are of objects that have no list, and nothing else.
func FuzzReadStream(f *testing.F) {
	for _, s := range []string{
		"[\n{\"body\":\"x\"},\n{\"b\":[1,{\"c\":\"]}\"}]}\n]", `{"articles":[{"title":"\"\\"},1,null,"x"]} {"articles":{}}`, "{\n\"a\":1}\n{\n\"b\":2}", "1 2 true\n[3,[4]] -5e1",
		`{"articles":{"results":[{"title":"a","url":"u"}],"results":[{}]}}`, `{"status":"ok","\u0061rticles":[{}]}`, "[]{}", `{"data":[{"title":1,"body":2}],"data2":[1]}`, "[{\"a\":\"x\ny\"}]", "[[\"\\",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got := streamed(t, string(data), 1<<20)
		path := listPath(trimLeft(data[:min(len(data), headSize)]))
		line := func(offset int64) int { return 1 + bytes.Count(data[:offset], []byte("\n")) }
		want, ok := recordsByJSON(data, path, line)
		if !ok {
			return
		}
		var records []string
		for _, s := range got {
			if !strings.HasPrefix(s, "a:") {
				records = append(records, s)
			} else if !strings.Contains(s, "the object has no list") {
				t.Fatalf("%q: %s", data, s)
			}
		}
		if diff := cmp.Diff(want, records); diff != "" {
			t.Fatalf("%q, list at %q (-encoding/json +got):\n%s", data, path, diff)
		}
	})
}
