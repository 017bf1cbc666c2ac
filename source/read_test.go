package source

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func mustTime(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// outcome is what comes of an input: bodies of articles, and rejects.
type outcome struct{ Bodies, Rejects []string }

func readAll(t *testing.T, opt Options, stdin io.Reader, paths ...string) outcome {
	t.Helper()
	var out outcome
	d := decoder(t, opt)
	for raw, rej := range Read(context.Background(), paths, stdin, opt) {
		if rej == nil {
			a, r := raw.Decode(d)
			if rej = r; rej == nil || rej.Kept {
				out.Bodies = append(out.Bodies, a.Body)
			}
		}
		if rej != nil {
			out.Rejects = append(out.Rejects, rej.Error())
		}
	}
	return out
}

func gz(t *testing.T, data string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, data)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zst(t *testing.T, data string) string {
	t.Helper()
	e, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(e.EncodeAll([]byte(data), nil))
}

// tree writes files under a new folder and makes it the working folder.
func tree(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, data := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func record(body string) string { return `{"body":"` + body + `"}` + "\n" }

func TestReadFile(t *testing.T) {
	two := record("one") + record("two")
	// Incompressible, so that half of the packed data is half of the records.
	var many strings.Builder
	for i := range 200 {
		many.WriteString(record(fmt.Sprintf("%x", i*i*7919*104729)))
	}
	cutGzip := gz(t, many.String())
	for _, c := range []struct {
		name, file, data string
		want             outcome
	}{
		{"plain", "a.jsonl", two, outcome{Bodies: []string{"one", "two"}}},
		{"no last line end", "a.jsonl", strings.TrimSpace(two), outcome{Bodies: []string{"one", "two"}}},
		{"byte order mark, CRLF", "a.jsonl", "\xef\xbb\xbf" + strings.ReplaceAll(two, "\n", "\r\n"), outcome{Bodies: []string{"one", "two"}}},
		{"joined files", "a.jsonl", record("one") + "\xef\xbb\xbf" + record("two") + " \xef\xbb\xbf\r\n\xef\xbb\xbf\xef\xbb\xbf" + record("three"), outcome{Bodies: []string{"one", "two", "three"}}},
		{"joined files without a line end", "a.jsonl", strings.TrimSpace(record("one")) + "\xef\xbb\xbf" + record("two") + record("}\xef\xbb\xbf{"), outcome{Bodies: []string{"one", "two", "}\xef\xbb\xbf{"}}},
		{"objects without line ends", "a.jsonl", strings.ReplaceAll(two, "\n", "") + " \t" + record("} {"), outcome{Bodies: []string{"one", "two", "} {"}}},
		{"lines of old Macs", "a", strings.ReplaceAll(two, "\n", "\r"), outcome{Bodies: []string{"one", "two"}}},
		{"text sequence (RFC 7464)", "a", "\x1e" + record("one") + "\x1e" + record("two"), outcome{Bodies: []string{"one", "two"}}},
		{"a list without brackets", "a", strings.ReplaceAll(two, "\n", " ,\r\n"), outcome{Bodies: []string{"one", "two"}}},
		{"marks at the ends of lines", "a.jsonl", strings.TrimSpace(record("one")) + "\xef\xbb\xbf\n" + strings.TrimSpace(record("two")) + " \xef\xbb\xbf \xef\xbb\xbf\r\n" + strings.TrimSpace(record("three")) + "\xef\xbb\xbf", outcome{Bodies: []string{"one", "two", "three"}}},
		{"a mark behind empty lines", "a", "\n\n\xef\xbb\xbf" + two, outcome{Bodies: []string{"one", "two"}}},
		{"joined and packed", "a", gz(t, "\xef\xbb\xbf"+record("one")) + gz(t, "\xef\xbb\xbf"+record("two")), outcome{Bodies: []string{"one", "two"}}},
		{"empty lines", "a.jsonl", "\n \n" + two + "\t\n\n", outcome{Bodies: []string{"one", "two"}}},
		{"empty file", "a.jsonl", "", outcome{}},
		{"gzip by name", "a.jsonl.gz", gz(t, two), outcome{Bodies: []string{"one", "two"}}},
		{"gzip by content", "a.jsonl", gz(t, two), outcome{Bodies: []string{"one", "two"}}},
		{"two gzip members", "a", gz(t, record("one")) + gz(t, record("two")), outcome{Bodies: []string{"one", "two"}}},
		{"zstd by content", "a", zst(t, two), outcome{Bodies: []string{"one", "two"}}},
		{"not gzip", "a.jsonl.gz", two, outcome{Bodies: []string{"one", "two"}}},
		{"content before name", "a.txt", two, outcome{Bodies: []string{"one", "two"}}},
		{"first line broken", "a", "x\n" + record("one"), outcome{Bodies: []string{"one"}, Rejects: []string{"a:1: is no JSON object"}}},
		{"line numbers", "a.jsonl", "\nx\n\n{\n", outcome{Rejects: []string{"a.jsonl:2: is no JSON object", "a.jsonl:4: broken JSON: the record is cut off at byte 1"}}},
		{"page", "a.txt", "Short | tide.example\n\nA story.", outcome{Bodies: []string{"A story."}}},
		{"binary", "a.jsonl", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", outcome{Rejects: []string{"a.jsonl: is an image: take its words out first (tesseract FILE FILE), or leave it out"}}},
		{"bytes of no kind", "a.jsonl", "\x01\x02\x03", outcome{Rejects: []string{"a.jsonl: is a binary file"}}},
		{"zip", "a.txt", "PK\x03\x04....", outcome{Rejects: []string{"a.txt: zip: zip: not a valid zip file"}}},
		{"UTF-16", "a.jsonl", "\xff\xfe" + utf16Text(two, 0), outcome{Bodies: []string{"one", "two"}}},
		{"UTF-16 without a mark", "a.jsonl", utf16Text(two, 1), outcome{Bodies: []string{"one", "two"}}},
		{"UTF-16 the other way", "a.jsonl", utf16Text(two, 0), outcome{Bodies: []string{"one", "two"}}},
		{"UTF-32", "a.jsonl", "\xff\xfe\x00\x00{\x00\x00\x00", outcome{Rejects: []string{"a.jsonl: is UTF-32 text: convert it to UTF-8 (iconv -f utf-32 -t utf-8)"}}},
		{"array in lines", "a.jsonl", "[\n{\"body\":\"x\"},\n{\"body\":\"y\"}\n]", outcome{Bodies: []string{"x", "y"}}},
		{"printed objects in lines", "a.jsonl", "{\n  \"body\": \"x\"\n}\n{\n  \"body\": \"y\"\n}\n", outcome{Bodies: []string{"x", "y"}}},
		{"first line an array", "a.jsonl", "[{}]\n" + record("one"), outcome{Bodies: []string{"one"}, Rejects: []string{"a.jsonl:1: neither title nor body"}}},
		{"array", "a.json", `[{"body":"x"}]`, outcome{Bodies: []string{"x"}}},
		{"array of a pipe", "a", "[\n  {\"body\":\"x\"}]", outcome{Bodies: []string{"x"}}},
		{"printed object", "a.json", "{\n  \"body\": \"x\"\n}\n", outcome{Bodies: []string{"x"}}},
		{"foreign", "a.rtf", "a,b\n", outcome{Rejects: []string{"a.rtf: is an RTF file by its name: turn it into text (pandoc -t plain -o FILE.txt FILE)"}}},
		{"a table by its name", "a.csv", "who,body\nx,one\ny,two\n", outcome{Bodies: []string{"one", "two"}}},
		{"foreign without a command", "a.toml", "a = 1\n", outcome{Rejects: []string{"a.toml: no format is known for .toml files: give JSON lines or plain text"}}},
		{"latin page", "a.txt", "caf\xe9", outcome{Rejects: []string{"a.txt: invalid UTF-8 at byte 3"}}},
		{"broken gzip", "a.gz", "\x1f\x8bxxxxxxxxxxxxx", outcome{Rejects: []string{"a.gz: unpack gzip: gzip: invalid header"}}},
		{"broken zstd", "a.zst", "\x28\xb5\x2f\xfdxxxxxxxxxxxxx", outcome{Rejects: []string{"a.zst: unpack zstd: reserved bit set on frame header"}}},
		{"gzip in gzip", "a.gz", gz(t, gz(t, two)), outcome{Rejects: []string{"a.gz: is gzip inside of compression: unpack it once"}}},
		{"gzip and rubbish", "a.gz", gz(t, two) + "rubbish after it", outcome{Bodies: []string{"one", "two"}, Rejects: []string{"a.gz:3: unpack gzip: gzip: invalid header"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree(t, map[string]string{c.file: c.data})
			if diff := cmp.Diff(c.want, readAll(t, Options{}, nil, c.file)); diff != "" {
				t.Errorf("outcome (-want +got):\n%s", diff)
			}
		})
	}
	for name, data := range map[string]string{"gzip": cutGzip, "zstd": zst(t, many.String())} {
		t.Run("truncated "+name, func(t *testing.T) {
			tree(t, map[string]string{"a": data[:len(data)*9/10]})
			got := readAll(t, Options{}, nil, "a")
			want := fmt.Sprintf("a:%d: %s data is cut off here", len(got.Bodies)+1, name)
			if name == "zstd" && len(got.Bodies) == 0 {
				want = "a: zstd data is cut off here" // one block: nothing of it is known
			} else if len(got.Bodies) == 0 {
				t.Error("nothing was read before the cut")
			}
			if diff := cmp.Diff([]string{want}, got.Rejects); diff != "" {
				t.Errorf("rejects (-want +got):\n%s", diff)
			}
		})
	}
}

// endless gives a line of n bytes and then a record.
type endless struct {
	n    int
	tail io.Reader
}

func (e *endless) Read(p []byte) (int, error) {
	if e.n == 0 {
		return e.tail.Read(p)
	}
	p = p[:min(len(p), e.n)]
	for i := range p {
		p[i] = 'x'
	}
	e.n -= len(p)
	return len(p), nil
}

// A record that is too long is shown with its beginning, as all others that are rejected.
func TestLongRecordsHaveAHead(t *testing.T) {
	begin := `{"title":"Ferry aground","body":"`
	record := begin + strings.Repeat("word ", 100_000) + `"}`
	tree(t, map[string]string{"lines.jsonl": record + "\n", "list.json": "[\n" + record + "]", "a.csv": "title,body\nFerry aground,\"" + strings.Repeat("word ", 300) + "\"\n", "page.html": "<html>" + record,
		"a.warc": "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 500000\r\n\r\n" + record, "a.mbox": "From a@b.example Thu Mar  5 06:12:00 2026\nFrom: a@b.example\nSubject: Ferry aground\n\n" + record + "\n"})
	for _, name := range []string{"lines.jsonl", "list.json", "a.csv", "page.html", "a.warc", "a.mbox"} {
		n := 0
		for _, rej := range Read(t.Context(), []string{name}, nil, Options{MaxRecord: 1000}) {
			if n++; n == 1 && (rej == nil || !strings.Contains(rej.Head, "Ferry aground") || len(rej.Head) > maxRejectHead+10) {
				t.Errorf("%s: %+v", name, rej)
			}
		}
	}
}

func TestLongLine(t *testing.T) {
	in := io.MultiReader(strings.NewReader(record("one")), &endless{100 << 20, strings.NewReader("\n" + record("two"))})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got := readAll(t, Options{MaxRecord: 1 << 20}, in, "-")
	runtime.ReadMemStats(&after)
	want := outcome{Bodies: []string{"one", "two"}, Rejects: []string{"-:2: record of 104857600 bytes: the most is 1048576 (max_record)"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcome (-want +got):\n%s", diff)
	}
	if held := (after.HeapSys - before.HeapSys) >> 20; after.HeapSys > before.HeapSys && held > 50 {
		t.Errorf("the heap grew by %d MB for a line of 100 MB", held)
	}
}

// What unpacks to a hundred times its size is read in blocks, and rejected where
// it is one record.
func TestBombs(t *testing.T) {
	const size = 200 << 20
	for _, c := range []struct {
		name string
		pack func(io.Writer) (io.WriteCloser, error)
	}{
		{"gzip", func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriterLevel(w, gzip.BestSpeed) }},
		{"zstd", func(w io.Writer) (io.WriteCloser, error) {
			return zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var packed bytes.Buffer
			w, err := c.pack(&packed)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(w, io.MultiReader(strings.NewReader(record("one")), &endless{size, strings.NewReader("\n" + record("two"))})); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got := readAll(t, Options{MaxRecord: 1 << 20}, &packed, "-")
			runtime.ReadMemStats(&after)
			want := outcome{Bodies: []string{"one", "two"}, Rejects: []string{fmt.Sprintf("-:2: record of %d bytes: the most is 1048576 (max_record)", size)}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("outcome (-want +got):\n%s", diff)
			}
			if held := (after.HeapSys - before.HeapSys) >> 20; after.HeapSys > before.HeapSys && held > 50 {
				t.Errorf("the heap grew by %d MB for %d MB unpacked", held, size>>20)
			}
		})
	}
}

// Lines of every length around the ends of blocks come out whole.
func TestLinesAcrossBlocks(t *testing.T) {
	for _, n := range []int{1, blockSize - 1, blockSize, blockSize + 1, 3 * blockSize} {
		body := strings.Repeat("b", n)
		in := strings.Repeat(record(body)+record("short"), 5)
		got := readAll(t, Options{}, strings.NewReader(in), "-")
		want := outcome{Bodies: slices.Repeat([]string{body, "short"}, 5)}
		if !slices.Equal(got.Bodies, want.Bodies) || got.Rejects != nil {
			t.Errorf("length %d: %d bodies, rejects %v", n, len(got.Bodies), got.Rejects)
		}
	}
	exact := fmt.Sprintf(`{"body":"%s"}`, strings.Repeat("b", 100))
	for _, c := range []struct {
		max  int
		fits bool
	}{{len(exact), true}, {len(exact) - 1, false}} {
		got := readAll(t, Options{MaxRecord: c.max}, strings.NewReader(exact+"\n"), "-")
		if (len(got.Bodies) == 1) != c.fits {
			t.Errorf("bound %d: %v", c.max, got.Rejects)
		}
	}
}

func TestReadPaths(t *testing.T) {
	tree(t, map[string]string{
		"d/b.jsonl": record("b"), "d/a.jsonl": record("a"), "d/c/1.jsonl": record("c1"), "d/.hidden": record("hidden"),
		"e.jsonl": record("e"), "odd[1].jsonl": record("odd"), "private/x.jsonl": record("x"),
		"saved/A b.html": "no page", "saved/A b_files/frame.jsonl": record("frame"), "saved/c.htm": "no page", "saved/c-Dateien/x.js": "x",
		"saved/d_files/e.jsonl": record("no page beside it"), "saved/f_more/g.jsonl": record("another ending"), "saved/f.html": "no page",
	})
	for link, to := range map[string]string{"d/c/loop": "..", "d/z.jsonl": "../e.jsonl", "d/gone": "nowhere"} {
		if err := os.Symlink(to, link); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	for _, c := range []struct {
		name  string
		paths []string
		want  outcome
	}{
		{"folder", []string{"d"}, outcome{Bodies: []string{"a", "b", "c1", "e"}, Rejects: []string{"d/gone: open: no such file or directory"}}},
		{"what a browser saved with a page", []string{"saved/A b_files", "saved/d_files", "saved/f_more"}, outcome{Bodies: []string{"frame", "no page beside it", "another ending"}}},
		{"order given", []string{"e.jsonl", "-", "d/a.jsonl"}, outcome{Bodies: []string{"e", "stdin", "a"}}},
		{"pattern", []string{"d/[ba].jsonl"}, outcome{Bodies: []string{"a", "b"}}},
		{"no match", []string{"*.nothing"}, outcome{Rejects: []string{"*.nothing: no file matches this pattern"}}},
		{"bad pattern", []string{"[", "e.jsonl"}, outcome{Bodies: []string{"e"}, Rejects: []string{"[: syntax error in pattern"}}},
		{"a file like a pattern", []string{"odd[1].jsonl"}, outcome{Bodies: []string{"odd"}}},
		{"missing", []string{"nowhere", "e.jsonl"}, outcome{Bodies: []string{"e"}, Rejects: []string{"nowhere: open: no such file or directory"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := readAll(t, Options{}, strings.NewReader(record("stdin")), c.paths...)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("outcome (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("folder without rights", func(t *testing.T) {
		if err := os.Chmod("private", 0); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod("private", 0o700)
		if _, err := os.ReadDir("private"); err == nil {
			t.Skip("this user may read everything")
		}
		want := outcome{Bodies: []string{"e"}, Rejects: []string{"private: open: permission denied"}}
		if diff := cmp.Diff(want, readAll(t, Options{}, nil, "private", "e.jsonl")); diff != "" {
			t.Errorf("outcome (-want +got):\n%s", diff)
		}
	})
	t.Run("saved pages", func(t *testing.T) {
		got := readAll(t, Options{}, nil, "saved")
		for _, r := range got.Rejects {
			if strings.Contains(r, "A b_files") || strings.Contains(r, "Dateien") {
				t.Errorf("of what belongs to a page: %s", r)
			}
		}
		if diff := cmp.Diff([]string{"no page", "no page", "no page beside it", "no page", "another ending"}, got.Bodies); diff != "" {
			t.Errorf("bodies (-want +got):\n%s", diff)
		}
	})
	t.Run("size and progress", func(t *testing.T) {
		var p Progress
		readAll(t, Options{Progress: &p}, nil, "d/a.jsonl", "e.jsonl")
		total, complete := Size([]string{"d/a.jsonl", "e.jsonl"}, Options{})
		if p.Files() != 2 || p.Bytes() != total || !complete {
			t.Errorf("read %d files, %d bytes; Size = %d, %v", p.Files(), p.Bytes(), total, complete)
		}
		if _, complete := Size([]string{"-"}, Options{}); complete {
			t.Error("the size of standard input is known")
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		for raw, rej := range Read(ctx, []string{"d"}, nil, Options{}) {
			t.Fatal(raw, rej)
		}
	})
	t.Run("stopped", func(t *testing.T) {
		for range Read(context.Background(), []string{"d", "e.jsonl", "nowhere", "*.nothing"}, nil, Options{}) {
			break
		}
	})
}

var joined = regexp.MustCompile(`}[\x{feff} \t\r\n\x1e]*\{"([^,:\]} \t\r])`)

// trimmed takes blanks, byte order marks and record separators from the ends, one after another.
func trimmed(s string) string {
	for before := ""; before != s; {
		before = s
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimLeft(s, "\ufeff\x1e"), "\ufeff"))
	}
	return s
}

// Reading line by line is the same as splitting the whole.
func FuzzReadLines(f *testing.F) {
	f.Add([]byte("{\"a\":1}\n\n{}\r\n x"), 5)
	f.Add([]byte("\xef\xbb\xbf{\n{"), 1)
	f.Add([]byte("\ufeff"), 6)
	f.Add([]byte("\","), 12)
	f.Add([]byte("}{\"\u00a0"), 17)
	f.Add([]byte("a\":1}\u00a0,\n{\"b\":2}{\"c\":3},"), 60)
	f.Fuzz(func(t *testing.T, data []byte, limit int) {
		data = append([]byte(`{"`), data...)
		limit = max(1, limit%64)
		var want []string
		for i, l := range bytes.Split(data, []byte("\n")) {
			if len(l) > limit {
				want = append(want, fmt.Sprintf("%d: too long", i+1))
				continue
			}
			for _, part := range strings.Split(joined.ReplaceAllString(trimmed(string(l)), "}\n{\"$1"), "\n") {
				part = trimmed(part)
				object := strings.TrimSpace(strings.TrimSuffix(part, ","))
				if strings.HasSuffix(part, ",") && strings.HasPrefix(object, "{") && strings.HasSuffix(object, "}") {
					part = object // of a list without brackets
				}
				if part != "" {
					want = append(want, fmt.Sprintf("%d: %s", i+1, part))
				}
			}
		}
		var got []string
		readLines(&file{ctx: t.Context(), max: limit, r: bufio.NewReader(bytes.NewReader(data))}, func(raw Raw, rej *Reject) bool {
			if rej != nil {
				got = append(got, fmt.Sprintf("%d: too long", rej.Origin.Line))
			} else {
				got = append(got, fmt.Sprintf("%d: %s", raw.Origin.Line, raw.Data))
			}
			return true
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q, at most %d (-want +got):\n%s", data, limit, diff)
		}
	})
}
