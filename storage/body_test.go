package storage

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBodyRoundTrip(t *testing.T) {
	long := strings.Repeat("The council met on Monday, and again on Tuesday. ", 400)
	for _, compress := range []bool{false, true} {
		c, err := newCodec(compress)
		if err != nil {
			t.Fatal(err)
		}
		for name, body := range map[string]string{
			"empty": "", "one byte": "x", "short": "Rain is expected.",
			"long": strings.Repeat("The council met on Monday. ", 4000), "not UTF-8": "\xff\x00\xfe",
			"scripts": "東京（共同）— القاهرة — Αθήνα", "one character": strings.Repeat("a", 500),
			"the longest of codes only": long[:maxHuffman], "one byte more": long[:maxHuffman+1],
			"as long as can be unpacked": strings.Repeat("a", maxBody), "longer": strings.Repeat("a", maxBody+1),
		} {
			data := c.pack([]byte("before"), body)
			if !bytes.HasPrefix(data, []byte("before")) {
				t.Fatalf("%s: pack does not append", name)
			}
			data = data[len("before"):]
			if len(data) > len(body)+1 {
				t.Errorf("%s: %d bytes stored for %d", name, len(data), len(body))
			}
			got, err := c.unpack(data)
			if err != nil || got != body {
				t.Errorf("%s: unpack = %.40q, %v; want %.40q", name, got, err, body)
			}
		}
		c.close()
	}
}

func TestUnpackRefuses(t *testing.T) {
	c, err := newCodec(true)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	if _, err := c.unpack([]byte{7, 'x'}); !errors.Is(err, errBody) {
		t.Errorf("form 7 = %v; want %v", err, errBody)
	}
	bomb := c.enc.EncodeAll(bytes.Repeat([]byte("a"), maxBody+1), []byte{bodyZstd})
	if len(bomb) > 1<<20 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	if _, err := c.unpack(bomb); err == nil {
		t.Error("a body over the bound was unpacked")
	}
}

func FuzzUnpack(f *testing.F) {
	c, err := newCodec(true)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{})
	f.Add(c.pack(nil, strings.Repeat("The council met on Monday. ", 40)))
	f.Add(c.pack(nil, strings.Repeat("The council met on Monday. ", 700)))
	f.Add([]byte{bodyPlain, 'x'})
	f.Fuzz(func(t *testing.T, data []byte) {
		body, err := c.unpack(data)
		if err != nil {
			return
		}
		again, err := c.unpack(c.pack(nil, body))
		if err != nil || again != body {
			t.Fatalf("%.40q becomes %.40q, %v", body, again, err)
		}
	})
}

// newsBodies reads the bodies of a data set beside the repository.
func newsBodies(tb testing.TB) (bodies []string, size int64) {
	tb.Helper()
	name := filepath.Join("..", "..", "shared", "data", "planted-en", "articles.jsonl.gz")
	f, err := os.Open(name)
	if err != nil {
		tb.Skip("real articles are not here: ", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var record struct{ Body string }
		if err := json.Unmarshal(lines.Bytes(), &record); err != nil {
			tb.Fatal(err)
		}
		bodies = append(bodies, record.Body)
		size += int64(len(record.Body))
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	return bodies, size
}

func BenchmarkPack(b *testing.B) {
	bodies, size := newsBodies(b)
	for name, compress := range map[string]bool{"plain": false, "zstd": true} {
		b.Run(name, func(b *testing.B) {
			c, err := newCodec(compress)
			if err != nil {
				b.Fatal(err)
			}
			defer c.close()
			var dst []byte
			var packed int
			b.SetBytes(size)
			for b.Loop() {
				packed = 0
				for _, body := range bodies {
					dst = c.pack(dst[:0], body)
					packed += len(dst)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(bodies)), "us/article")
			b.ReportMetric(float64(packed)/float64(size), "stored/received")
		})
	}
}

func BenchmarkUnpack(b *testing.B) {
	bodies, size := newsBodies(b)
	c, err := newCodec(true)
	if err != nil {
		b.Fatal(err)
	}
	defer c.close()
	var packed [][]byte
	for _, body := range bodies {
		packed = append(packed, c.pack(nil, body))
	}
	b.SetBytes(size)
	for b.Loop() {
		for _, data := range packed {
			if _, err := c.unpack(data); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(bodies)), "us/article")
}
