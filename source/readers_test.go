package source

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html/charset"

	"dedupe/article"
)

// story returns a page of HTML with a text of its own.
func story(n int) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>Ferry %d aground | Harbour Times</title><meta property="og:site_name" content="Harbour Times">
<meta property="article:published_time" content="2026-03-05T06:12:00Z"></head><body><nav><a href="/">Home</a></nav><h1>Ferry %d aground</h1>
<p>Ferry number %d ran aground in fog shortly after five in the morning, two miles off the harbour of Skarholm, and lay there all day.</p>
<p>Nobody was hurt, said the coast guard, which sent three boats and a helicopter and took off everybody aboard of number %d by eight.</p>
<aside>Most read: nothing</aside></body></html>`, n, n, n, n)
}

// warc returns a record of a web archive.
func warcRecord(kind, address, contentType, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2026-03-06T00:00:00Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, address, contentType, len(block), block)
}

func answer(head, body string) string { return "HTTP/1.1 200 OK\r\n" + head + "\r\n\r\n" + body }

// articles reads paths whole.
func articles(t *testing.T, opt Options, paths ...string) (list []article.Article, rejects []string) {
	t.Helper()
	d := decoder(t, opt)
	for raw, rej := range Read(context.Background(), paths, nil, opt) {
		if rej == nil {
			var a article.Article
			if a, rej = raw.Decode(d); rej == nil || rej.Kept {
				list = append(list, a)
			}
		}
		if rej != nil {
			rejects = append(rejects, rej.Error())
		}
	}
	return list, rejects
}

func TestWebArchive(t *testing.T) {
	const http, page = "application/http; msgtype=response", "Content-Type: text/html; charset=utf-8"
	records := []string{
		warcRecord("warcinfo", "", "application/warc-fields", "software: made\r\n"),
		warcRecord("request", "https://harbour.example/1", http, "GET /1 HTTP/1.1\r\n\r\n"),
		warcRecord("response", "https://harbour.example/1", http, answer(page, story(1))),
		warcRecord("response", "https://harbour.example/f.png", http, answer("Content-Type: image/png", "\x89PNG")),
		warcRecord("response", "https://harbour.example/gone", http, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"+story(9)),
		warcRecord("response", "https://harbour.example/2", http, answer(page+"\r\nContent-Encoding: gzip", gz(t, story(2)))),
		warcRecord("response", "https://harbour.example/3", http, answer(page+"\r\nTransfer-Encoding: chunked", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(story(3)), story(3)))),
		warcRecord("response", "https://harbour.example/4", http, answer(page+"\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked", story(4))), // unpacked by the crawler
		warcRecord("resource", "https://harbour.example/5", "text/html", story(5)),
		warcRecord("conversion", "https://harbour.example/6", "text/plain", "Ferry 6 aground | Harbour Times\n\nFerry 6 aground\n\nFerry number 6 ran aground in fog.\n"),
		"rubbish between records\r\n",
		warcRecord("response", "https://harbour.example/7", http, answer(page+"\r\nContent-Encoding: lzma", "\x1b\x10")),
		"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n",
		warcRecord("response", "https://harbour.example/8", http, answer(page, story(8))),
		"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 99999999999999\r\n\r\n",
	}
	packed := ""
	for _, r := range records {
		packed += gz(t, r)
	}
	tree(t, map[string]string{"a.warc": strings.Join(records, ""), "b.warc.gz": packed})
	for _, name := range []string{"a.warc", "b.warc.gz"} {
		list, rejects := articles(t, Options{}, name)
		var got []string
		for _, a := range list {
			got = append(got, a.URL+" "+a.Outlet+" "+a.Headline)
			if !strings.Contains(a.Body, "ran aground in fog") || strings.Contains(a.Body, "Most read") {
				t.Errorf("%s: body %q", a.URL, a.Body)
			}
		}
		var want []string
		for _, n := range []int{1, 2, 3, 4, 5, 6, 8} {
			want = append(want, fmt.Sprintf("https://harbour.example/%d Harbour Times Ferry %d aground", n, n))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		for i, why := range []string{":11: web archive: no record begins", `:12: packed as "lzma"`, `:13: web archive: length "-5"`, ":15: record of 99999999999999 bytes"} {
			if !strings.Contains(strings.Join(rejects, "\n"), name+why) {
				t.Errorf("reject %d is not %q: %q", i, name+why, rejects)
			}
		}
	}
}

func TestPackedBodies(t *testing.T) {
	var raw, brotlied bytes.Buffer
	f, err := flate.NewWriter(&raw, 6)
	if err != nil {
		t.Fatal(err)
	}
	b := brotli.NewWriter(&brotlied)
	for _, w := range []io.WriteCloser{f, b} {
		fmt.Fprint(w, story(1))
		w.Close()
	}
	for name, tt := range map[string]struct{ packed, body string }{
		"deflate without its head": {"deflate", raw.String()}, // as some servers understand it
		"brotli":                   {"br", brotlied.String()},
		"unpacked by the crawler":  {"br", story(1)},
		"brotli, cut off":          {"br", brotlied.String()[:brotlied.Len()*9/10]},
	} {
		t.Run(name, func(t *testing.T) {
			tree(t, map[string]string{"a.warc": warcRecord("response", "https://harbour.example/1", "application/http; msgtype=response", answer("Content-Type: text/html\r\nContent-Encoding: "+tt.packed, tt.body))})
			if got, rejects := articles(t, Options{}, "a.warc"); len(got) != 1 || len(rejects) > 0 || got[0].Headline != "Ferry 1 aground" || !strings.Contains(got[0].Body, "ran aground in fog") {
				t.Errorf("%+v, %q", got, rejects)
			}
		})
	}
	t.Run("bomb", func(t *testing.T) {
		var bomb bytes.Buffer
		w := brotli.NewWriter(&bomb)
		for range 100 {
			w.Write(make([]byte, 1<<20))
		}
		w.Close()
		tree(t, map[string]string{"a.warc": warcRecord("response", "https://harbour.example/1", "application/http", answer("Content-Type: text/html\r\nContent-Encoding: br", bomb.String()))})
		if got, rejects := articles(t, Options{}, "a.warc"); len(got) > 0 || len(rejects) != 1 || !strings.Contains(rejects[0], "unpacks to more than") {
			t.Errorf("%+v, %q", got, rejects)
		}
	})
}

func TestTables(t *testing.T) {
	want := []article.Article{
		{Outlet: "Tide", URL: "https://tide.example/1", Headline: "Ferry, aground", Published: "2026-03-05", Body: "The ferry ran aground.\n\nNobody was hurt."},
		{Outlet: "Tide", Headline: "Mole \"mended\"", Body: "The mole was mended; it held."},
	}
	rows := [][]string{{"Title", "Content", "Publish Date", "URL", "Source Name"}, {"Ferry, aground", "The ferry ran aground.\n\nNobody was hurt.", "2026-03-05", "https://tide.example/1", "Tide"},
		{"Mole \"mended\"", "The mole was mended; it held.", "", "", "Tide"}}
	for name, between := range map[string]string{"a.csv": ",", "b.tsv": "\t", "c.txt": ";", "d": "|"} {
		t.Run(name, func(t *testing.T) {
			data := ""
			for _, row := range rows {
				for i, v := range row {
					if i > 0 {
						data += between
					}
					data += `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
				}
				data += "\r\n"
			}
			tree(t, map[string]string{name: data, "g.gz": gz(t, data), "w": "\xff\xfe" + utf16Text(data, 0), "sep.csv": "sep=" + between + "\r\n" + data})
			for _, file := range []string{name, "g.gz", "w", "sep.csv"} {
				got, rejects := articles(t, Options{}, file)
				if diff := cmp.Diff(want, got); diff != "" || len(rejects) > 0 {
					t.Errorf("%s: %q, articles (-want +got):\n%s", file, rejects, diff)
				}
			}
		})
	}
	for name, between := range map[string]string{"semicolons": ";", "tabs": "\t", "bars": "|", "commas": ",", "carets": "^", "tildes": "~", "the sign of Hive": "\x01"} {
		t.Run("unknown columns between "+name, func(t *testing.T) {
			row := func(values ...string) string { return strings.Join(values, between) + "\n" }
			tree(t, map[string]string{"a.csv": row("Nr", "Dachzeile", "Artikeltext") +
				row("1", "Wall", `"The wall rises; by a metre, and nobody | is against it."`) + row("2", "Ferry", `"The ferry, late; and full of people."`)})
			got, rejects := articles(t, Options{Fields: map[string][]string{"title": {"dachzeile"}, "body": {"artikeltext"}}}, "a.csv")
			if len(rejects) > 0 || len(got) != 2 || got[0].Headline != "Wall" || got[1].Body != "The ferry, late; and full of people." {
				t.Errorf("%+v %q", got, rejects)
			}
		})
	}
	t.Run("mapped columns", func(t *testing.T) {
		tree(t, map[string]string{"a.csv": "Überschrift,Artikel Text\nWall,The wall rises.\n"})
		got, rejects := articles(t, Options{Fields: map[string][]string{"title": {"Überschrift"}, "body": {"Artikel Text"}}}, "a.csv")
		if diff := cmp.Diff([]article.Article{{Headline: "Wall", Body: "The wall rises."}}, got); diff != "" || len(rejects) > 0 {
			t.Errorf("%q, articles (-want +got):\n%s", rejects, diff)
		}
	})
	t.Run("no column has the text", func(t *testing.T) {
		tree(t, map[string]string{"a.csv": "title,storytext\nWall,The wall rises by a metre and nobody is against it.\n"})
		if got, rejects := articles(t, Options{}, "a.csv"); len(got) > 0 || len(rejects) != 1 || !strings.Contains(rejects[0], "body: [storytext]") {
			t.Errorf("%v, %q", got, rejects)
		}
	})
	t.Run("ends of lines of old Macintoshes", func(t *testing.T) {
		tree(t, map[string]string{"a.csv": "title,body\rWall,The wall rises.\rFerry,The ferry is late.\r"})
		if got, rejects := articles(t, Options{}, "a.csv"); len(got) != 2 || got[1].Body != "The ferry is late." || len(rejects) > 0 {
			t.Errorf("%+v, %q", got, rejects)
		}
	})
	t.Run("quote that is not closed", func(t *testing.T) {
		tree(t, map[string]string{"a.csv": "title,body\nOne,\"First\nstory.\"\nTwo,\"Second.\nThree,Third.\nFour,Fourth.\n", "b.csv": "title,body\nOne,\"First\nstory.\""})
		got, rejects := articles(t, Options{}, "a.csv")
		if len(got) != 1 || got[0].Body != "First\nstory." || len(rejects) != 1 || !strings.HasPrefix(rejects[0], "a.csv:4: a quote in this row is not closed") {
			t.Errorf("%+v, %q", got, rejects)
		}
		if got, rejects = articles(t, Options{}, "b.csv"); len(got) != 1 || len(rejects) > 0 {
			t.Errorf("%+v, %q", got, rejects)
		}
	})
	t.Run("broken rows", func(t *testing.T) {
		tree(t, map[string]string{"a.csv": "title,body\nOne,First story, with a comma\nTwo,Second.\nThree,\"never closed\n" + strings.Repeat("word ", 500)})
		got, rejects := articles(t, Options{MaxRecord: 1000}, "a.csv")
		if len(got) != 1 || len(rejects) != 2 || !strings.HasPrefix(rejects[0], "a.csv:2: 3 values") || !strings.HasPrefix(rejects[1], "a.csv:4: a quote in this row is not closed") {
			t.Errorf("%v, %q", got, rejects)
		}
	})
}

func TestMail(t *testing.T) {
	const plain = "From: =?utf-8?q?K=C3=BCste?= Post <desk@kueste.example>\r\nTo: a@b.example\r\nSubject: =?iso-8859-1?q?F=E4hre?= aground\r\nDate: Thu, 5 Mar 2026 06:12:00 +0000\r\nMessage-ID: <1@kueste.example>\r\nMIME-Version: 1.0\r\n"
	text := "The ferry ran aground in fog.\r\n>From the pier nothing was seen.\r\n"
	html := "<html><body><p>The ferry <b>ran aground</b> in fog.</p><p>From the pier nothing was seen.</p></body></html>"
	both := plain + "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSee the web.\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(html)) + "\r\n--x--\r\n"
	mbox := "From desk@kueste.example Thu Mar  5 06:12:00 2026\n" + strings.ReplaceAll(plain, "\r\n", "\n") + "\nThe ferry ran aground in fog.\n\n>From the pier nothing was seen.\n\n" +
		"From desk@kueste.example Thu Mar  5 07:12:00 2026\n" + strings.ReplaceAll(strings.ReplaceAll(both, "<1@", "<2@"), "\r\n", "\n")
	mhtml := "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://harbour.example/1\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=y\r\n\r\n--y\r\nContent-Type: text/html\r\n\r\n" + story(1) + "\r\n--y--\r\n"
	forwarded := plain + "Content-Type: multipart/mixed; boundary=z\r\n\r\n--z\r\nContent-Type: message/rfc822\r\n\r\n" + both + "\r\n--z--\r\n"
	tree(t, map[string]string{"f.eml": forwarded, "a.eml": plain + "\r\n" + text, "b": both, "c.mbox": mbox, "d.mhtml": mhtml})
	want := article.Article{ID: "1@kueste.example", Outlet: "Küste Post", Headline: "Fähre aground", Published: "Thu, 5 Mar 2026 06:12:00 +0000", Body: "The ferry ran aground in fog.\n\nFrom the pier nothing was seen."}
	for _, name := range []string{"b", "c.mbox", "f.eml"} {
		got, rejects := articles(t, Options{}, name)
		w := []article.Article{want}
		if name == "c.mbox" {
			second := want
			second.ID = "2@kueste.example"
			w = append(w, second)
		}
		if diff := cmp.Diff(w, got); diff != "" || len(rejects) > 0 {
			t.Errorf("%s: %q (-want +got):\n%s", name, rejects, diff)
		}
	}
	if got, rejects := articles(t, Options{}, "a.eml"); len(got) != 1 || got[0].Headline != want.Headline || !strings.HasPrefix(got[0].Body, "The ferry ran aground in fog.\n") {
		t.Errorf("a.eml: %+v, %q", got, rejects)
	}
	if got, rejects := articles(t, Options{}, "d.mhtml"); len(got) != 1 || got[0].URL != "https://harbour.example/1" || got[0].Headline != "Ferry 1 aground" {
		t.Errorf("d.mhtml: %+v, %q", got, rejects)
	}
}

func TestArchives(t *testing.T) {
	files := map[string]string{"pages/1.html": story(1), "b.jsonl.gz": gz(t, record("two")), "c.csv": "title,body\nT,three\n", "../../etc/evil\x1b[2J.jsonl": record("four"), ".hidden.jsonl": record("no"), "__MACOSX/x": "no", "x.png": "\x89PNG\r\n\x1a\n"}
	names := []string{"pages/1.html", "b.jsonl.gz", "c.csv", "../../etc/evil\x1b[2J.jsonl", ".hidden.jsonl", "__MACOSX/x", "x.png"}
	var z, tb bytes.Buffer
	zw, tw := zip.NewWriter(&z), tar.NewWriter(&tb)
	for _, name := range names {
		w, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(files[name]))
		if err := tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(files[name])), Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		tw.Write([]byte(files[name]))
	}
	tw.WriteHeader(&tar.Header{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"})
	zw.Close()
	tw.Close()
	deep := z.String()
	for range 5 {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		w.WriteHeader(&tar.Header{Name: "in", Size: int64(len(deep)), Mode: 0o600})
		w.Write([]byte(deep))
		w.Close()
		deep = b.String()
	}
	tree(t, map[string]string{"a.zip": z.String(), "b.tar": tb.String(), "c.tgz": gz(t, tb.String()), "d": zst(t, tb.String()), "deep.tar": deep})
	for _, name := range []string{"a.zip", "b.tar", "c.tgz", "d"} {
		got, rejects := articles(t, Options{}, name)
		if len(got) != 4 || got[0].Headline != "Ferry 1 aground" || got[1].Body != "two" || got[2].Body != "three" || got[3].Body != "four" {
			t.Errorf("%s: %+v", name, got)
		}
		if len(rejects) != 1 || !strings.HasPrefix(rejects[0], name+"/x.png: is an image") {
			t.Errorf("%s: rejects %q", name, rejects)
		}
	}
	if got, rejects := articles(t, Options{}, "deep.tar"); len(got) > 0 || len(rejects) != 1 || !strings.Contains(rejects[0], "deeper than 3") {
		t.Errorf("deep: %v, %q", got, rejects)
	}
	in, _ := readAll(t, Options{}, strings.NewReader(z.String()), "-"), 0
	if len(in.Bodies) != 4 {
		t.Errorf("zip through a pipe: %q", in)
	}
}

// What unpacks to far more than its size ends with an error.
func TestMeter(t *testing.T) {
	for packed, want := range map[int64]int64{0: freeSize, 1 << 20: freeSize + 300<<20, 1 << 40: 1 << 30} {
		m := &meter{r: io.LimitReader(zeros{}, 1<<30), packed: func() int64 { return packed }}
		n, err := io.Copy(io.Discard, m)
		if n > want || n < want-1<<20 || (err == nil) != (want == 1<<30) {
			t.Errorf("%d bytes packed: %d were read, %v", packed, n, err)
		}
	}
}

// zeros reads without an end.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

func TestEncodings(t *testing.T) {
	russian := strings.Repeat("Паром сел на мель у входа в гавань, пассажиров сняли спасатели. ", 3)
	for name, text := range map[string]string{
		"windows-1251": russian, "koi8-r": russian, "shift_jis": strings.Repeat("フェリーが港の入り口で座礁し、乗客は全員救助された。けが人はいなかったと海上保安庁が発表した。", 4),
		"gb18030": strings.Repeat("渡轮在港口外搁浅，乘客全部获救，没有人受伤，海岸警卫队表示。", 4), "big5": strings.Repeat("渡輪在港口外擱淺，乘客全部獲救，沒有人受傷，海岸防衛隊表示。", 4),
		"windows-1252": strings.Repeat("Die Fähre lief vor der Küste auf Grund, alle Passagiere wurden gerettet. Für die Überfahrt gäbe es später Ersatz. ", 3),
	} {
		e, _ := charset.Lookup(name)
		encode := func(s string) string {
			b, err := e.NewEncoder().String(s)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		tree(t, map[string]string{"a.jsonl": encode(record(text)), "b.csv": encode("title,body\nT,\"" + text + "\"\n"),
			"c.html": encode("<!doctype html><meta charset=" + name + "><title>T</title><p>" + text)})
		for _, file := range []string{"a.jsonl", "b.csv", "c.html"} {
			got, rejects := articles(t, Options{}, file)
			switch {
			case len(got) == 1 && strings.TrimSpace(got[0].Body) == strings.TrimSpace(text):
			case file != "c.html" && len(got) == 0 && len(rejects) == 1 && strings.Contains(rejects[0], "is not certain"):
				t.Logf("%s in %s: %s", file, name, rejects[0])
			default:
				t.Errorf("%s in %s: %+v, %q", file, name, got, rejects)
			}
		}
	}
}

// FuzzReaders holds every reader to its bounds and to what it promises: each record is decoded or
// rejected, twice alike.
func FuzzReaders(f *testing.F) {
	for _, s := range []string{story(1), answer("Content-Type: text/html", story(1)), warcRecord("response", "https://x.example", "application/http", answer("Transfer-Encoding: chunked", "5\r\n<p>ab\r\n0\r\n\r\n")),
		"title,body\na,\"b\n", "From a@b 10:00 2026\nSubject: x\nA: b\n\nText\n", "From: a@x.example\nTo: b@x.example\nSubject: s\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\nText\n--q--",
		warcRecord("response", "https://x.example", "application/http", answer("Content-Type: text/html\r\nContent-Encoding: br", "\x0b\x02\x80<p>ab\x03")), "a^b\rc^\"d\r",
		"From: a@x.example\nSubject: s\nContent-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: message/rfc822\n\nSubject: t\n\nText\n--q--", `{"result":[{"_source":{"title":"a","body":"b"}}]}`,
		"PK\x03\x04", "\xff\xfea\x00", "WARC/1.0\r\nContent-Length: 9\r\n\r\n"} {
		f.Add([]byte(s))
	}
	d, err := NewDecoder(Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		read := func() (out []string) {
			for raw, rej := range Read(context.Background(), []string{"-"}, bytes.NewReader(data), Options{MaxRecord: 1 << 20}) {
				if rej == nil {
					var a article.Article
					if a, rej = raw.Decode(d); rej == nil || rej.Kept {
						if a.Body == "" && a.Headline == "" {
							t.Errorf("an article without a word")
						}
						out = append(out, a.Headline+"\n"+a.Body)
					}
				}
				if rej != nil {
					out = append(out, rej.Error())
				}
			}
			return out
		}
		if diff := cmp.Diff(read(), read()); diff != "" {
			t.Error(diff)
		}
	})
}
