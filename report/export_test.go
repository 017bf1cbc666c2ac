package report

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"dedupe/article"

	"github.com/google/go-cmp/cmp"
)

// The first columns are fixed: other programs read them.
func TestExportCSV(t *testing.T) {
	var out strings.Builder
	a, err := NewExport[Assignment](&out, CSV)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []Assignment{
		{"s1", 17, "alpha.example", "https://alpha.example/s?a=1&b=2", `Storm "closes", harbour`, "2026-03-02", true, minute(1772442000), "minute", "alpha.example"},
		{"x,1", 0, "", "", "two\nlines", "", false, article.Moment{}, "", ""},
		{"-17", 0, "=cmd|' /C calc'!A1", "", "\x1b[2JStorm", "@now", false, article.Moment{}, "", "=cmd|' /c calc'!a1"},
	} {
		if err := a.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Flush(); err != nil {
		t.Fatal(err)
	}
	want := `article,cluster,outlet,url,title,published,representative,date,date_known,outlet_key
s1,17,alpha.example,https://alpha.example/s?a=1&b=2,"Storm ""closes"", harbour",2026-03-02,true,2026-03-02T09:00:00Z,minute,alpha.example
"x,1",,,,"two
lines",,false,,,
'-17,,'=cmd|' /C calc'!A1,,␛[2JStorm,'@now,false,,,'=cmd|' /c calc'!a1
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("clusters (-want +got):\n%s", diff)
	}

	out.Reset()
	l, err := NewExport[Link](&out, CSV)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(l.Write(Link{"s1", "b7", "near", 0.5, 2.0 / 3, 1, "resemblance", 0.5, 0.45}), l.Flush()); err != nil {
		t.Fatal(err)
	}
	want = "article_a,article_b,kind,resemblance,containment_a,containment_b,decided_by,figure,needs\ns1,b7,near,0.5000,0.6667,1.0000,resemblance,0.5000,0.4500\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("pairs (-want +got):\n%s", diff)
	}
}

func TestExportJSONL(t *testing.T) {
	var out strings.Builder
	e, err := NewExport[Record](&out, JSONL)
	if err != nil {
		t.Fatal(err)
	}
	want := []Record{
		{Article: "s1", Outlet: "alpha.example", Title: "<b>&", Body: "One.\n\u2028Two\x1b", Date: minute(1772442000), DateKnown: "minute", Cluster: 3, Representative: true},
		{Article: "x", Language: "de"},
	}
	for _, r := range want {
		if err := e.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Flush(); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "\n"); n != len(want) {
		t.Errorf("%d lines for %d records", n, len(want))
	}
	d := json.NewDecoder(strings.NewReader(out.String()))
	for _, w := range want {
		var got Record
		if err := d.Decode(&got); err != nil || !cmp.Equal(w, got) {
			t.Errorf("%v (-want +got):\n%s", err, cmp.Diff(w, got))
		}
	}
	if _, err := NewExport[Record](&out, Text); !errors.Is(err, ErrFormat) {
		t.Errorf("text export: %v; want %v", err, ErrFormat)
	}
}

// CSV and JSON lines hold the same fields under the same names.
func TestExportColumns(t *testing.T) {
	for _, r := range []Row{Assignment{}, Link{}, Record{}, Copying{}, Label{}} {
		var tags []string
		for f := range reflect.TypeOf(r).Fields() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			tags = append(tags, name)
		}
		if diff := cmp.Diff(tags, r.columns()); diff != "" {
			t.Errorf("%T (-json +csv):\n%s", r, diff)
		}
		if len(r.cells()) != len(r.columns()) {
			t.Errorf("%T: %d cells for %d columns", r, len(r.cells()), len(r.columns()))
		}
	}
}

// What is written as CSV is read back as it was.
func FuzzExportCSV(f *testing.F) {
	f.Add("id", "title, \"quoted\"\nand more", "\x1b")
	f.Fuzz(func(t *testing.T, id, title, published string) {
		want := Assignment{Article: id, Title: title, Published: published}
		var out strings.Builder
		e, err := NewExport[Assignment](&out, CSV)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(e.Write(want), e.Flush()); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q: %d rows, %v", out.String(), len(rows), err)
		}
		cells := want.cells()
		for i := range cells { // the reader makes every line end LF
			cells[i] = strings.ReplaceAll(cells[i], "\r\n", "\n")
		}
		if diff := cmp.Diff(cells, rows[1]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func BenchmarkExport(b *testing.B) {
	row := Record{Article: "s1", Outlet: "alpha.example", Title: "Storm closes harbour", Body: strings.Repeat("The council met on Monday. ", 130)}
	for _, format := range []Format{CSV, JSONL} {
		b.Run(string(format), func(b *testing.B) {
			e, err := NewExport[Record](io.Discard, format)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(row.Body)))
			b.ReportAllocs()
			for b.Loop() {
				if err := e.Write(row); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}

// minute is a moment that is known to the minute.
func minute(seconds int64) article.Moment {
	return article.Moment{At: time.Unix(seconds, 0).UTC(), Known: article.ToMinute}
}
