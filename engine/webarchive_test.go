package engine

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"compress/gzip"

	readability "codeberg.org/readeck/go-readability/v2"

	"dedupe/page"
	"dedupe/source"
)

var archiveSize = flag.Int("webarchive", 2, "size in MB of the web archive that TestWebArchiveRate makes")

// TestWebArchiveRate reads a web archive of invented pages, and prints how fast that is beside
// readability alone, and the whole extraction of package page, by all workers on pages in memory, and
// the most memory that it took:
//
//	go test ./engine -run WebArchiveRate -webarchive 1024 -v
func TestWebArchiveRate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "made.warc.gz")
	sample := makeArchive(t, path, *archiveSize<<20)
	before := peakMemory(t)
	articles, took, err := Read(context.Background(), source.Read(context.Background(), []string{path}, nil, source.Options{}), source.Options{}, Options{Batch: 8000}, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	memory := peakMemory(t)

	e := &Engine{opt: Options{Workers: 2}, now: time.Now}
	address, _ := url.Parse("https://harbour.example/1")
	rounds := (min(articles, 2000)/len(sample) + 1) * len(sample)
	rate := func(read func(data []byte) error) float64 {
		start := time.Now()
		if err := e.each(rounds, func(_ *worker, i int) error { return read(sample[i%len(sample)]) }); err != nil {
			t.Fatal(err)
		}
		return float64(rounds) / time.Since(start).Seconds()
	}
	library := rate(func(data []byte) error {
		_, err := readability.FromReader(bytes.NewReader(data), address)
		return err
	})
	extraction := rate(func(data []byte) error {
		_, err := page.Read(data, "text/html; charset=utf-8", address.String())
		return err
	})
	got := float64(articles) / took.Seconds()
	t.Logf("%d MB, %d pages: %.0f pages a second from the archive; %.0f by readability alone (%.2f), %.0f by package page (%.2f); most memory %d MB, before %d MB",
		*archiveSize, articles, got, library, got/library, extraction, got/extraction, memory, before)
	if articles == 0 || *archiveSize >= 100 && memory > 200 {
		t.Errorf("%d articles, %d MB; at most 200", articles, memory)
	}
}

// makeArchive writes a web archive of so many bytes, unpacked, and returns some of its pages.
func makeArchive(t *testing.T, path string, size int) (sample [][]byte) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := bufio.NewWriterSize(f, 1<<20)
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("harbour ferry council bridge storm winter fleet market school station river police court match team coast light price wage strike vote plan")
	text := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(words[r.IntN(len(words))])
			if i%13 == 12 {
				b.WriteByte('.')
			}
			b.WriteByte(' ')
		}
		return b.String()
	}
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	for n, written := 1, 0; written < size; n++ {
		var p bytes.Buffer
		fmt.Fprintf(&p, "<!doctype html><html lang=en><head><title>Story %d | Harbour Times</title><meta property=og:site_name content=\"Harbour Times\"><script>%s</script></head><body><nav><ul>", n, text(3000))
		for range 120 {
			fmt.Fprintf(&p, "<li><a href=/x class=\"nav item\">%s</a></li>", text(4))
		}
		fmt.Fprintf(&p, "</ul></nav><article><h1>Story %d</h1>", n)
		for range 25 {
			fmt.Fprintf(&p, "<div class=wrap><p class=text>%s.</p></div>", text(50))
		}
		p.WriteString("</article><aside>")
		for range 60 {
			fmt.Fprintf(&p, "<div class=card><a href=/y><img src=z><h3>%s</h3></a><p>%s</p></div>", text(8), text(20))
		}
		p.WriteString("</aside></body></html>")
		if len(sample) < 10 {
			sample = append(sample, bytes.Clone(p.Bytes()))
		}
		block := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + p.String()
		z.Reset(out)
		fmt.Fprintf(z, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/%d\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", n, len(block), block)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		written += len(block)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	return sample
}

var mostResident = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peakMemory returns the most memory that this process has taken so far, in MB.
func peakMemory(t *testing.T) (mb int) {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skipf("memory is not told here: %v", err)
	}
	if m := mostResident.FindSubmatch(status); m != nil {
		fmt.Sscan(string(m[1]), &mb)
	}
	return mb / 1024
}
