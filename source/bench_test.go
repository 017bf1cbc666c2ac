package source

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// load returns n records of about 3.4 kB in the form that Python's json.dumps
// writes: spaces after ":" and ",", and paragraphs ended by \n\n.
func load(tb testing.TB, n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("the of harbour to a ferry in minister said and on council that for “quoted” with is officials were price from school at river")
	var b bytes.Buffer
	for i := range n {
		var body strings.Builder
		for body.Len() < 3100 {
			body.WriteString(words[r.IntN(len(words))])
			switch r.IntN(60) {
			case 0:
				body.WriteString(".\n\n")
			case 1:
				body.WriteString(` "`)
			default:
				body.WriteByte(' ')
			}
		}
		text, err := json.Marshal(body.String())
		if err != nil {
			tb.Fatal(err)
		}
		fmt.Fprintf(&b, `{"id": "a%07d", "outlet": "The Morning Observer %d", "url": "https://morning%d.example/0/some-story-of-the-day-%d", `+
			`"title": "Some story of the day %d", "published": "2024-01-01T00:57:09Z", "body": %s}`+"\n", i, i%20, i%20, i, i, text)
	}
	return b.Bytes()
}

func report(b *testing.B, articles int) {
	b.ReportMetric(float64(articles)*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

func BenchmarkDecodeJSON(b *testing.B) {
	data := load(b, 2000)
	raws := rawsOf(b, data)
	d := decoder(b, Options{})
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		for _, r := range raws {
			if _, rej := r.Decode(d); rej != nil {
				b.Fatal(rej)
			}
		}
	}
	report(b, len(raws))
}

func BenchmarkRead(b *testing.B) {
	data := load(b, 2000)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(data)
	z.Close()
	for _, c := range []struct {
		name string
		data []byte
	}{{"plain", data}, {"gzip", packed.Bytes()}} {
		b.Run(c.name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "load.jsonl")
			if err := os.WriteFile(path, c.data, 0o600); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for _, rej := range Read(context.Background(), []string{path}, nil, Options{}) {
					if rej != nil {
						b.Fatal(rej)
					}
					n++
				}
				if n != 2000 {
					b.Fatal(n)
				}
			}
			report(b, 2000)
		})
	}
}

func BenchmarkDecodePage(b *testing.B) {
	page := []byte(harbourPage)
	d := decoder(b, Options{})
	raw := Raw{Data: page, format: pages}
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, rej := raw.Decode(d); rej != nil {
			b.Fatal(rej)
		}
	}
	report(b, 1)
}

func decoder(tb testing.TB, opt Options) *Decoder {
	tb.Helper()
	d, err := NewDecoder(opt)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// rawsOf returns the records of data, read as standard input.
func rawsOf(tb testing.TB, data []byte) []Raw {
	tb.Helper()
	var raws []Raw
	for raw, rej := range Read(context.Background(), []string{"-"}, bytes.NewReader(data), Options{}) {
		if rej != nil {
			tb.Fatal(rej)
		}
		raws = append(raws, raw)
	}
	return raws
}
