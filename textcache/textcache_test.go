package textcache

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
)

// TestCache holds that a text comes back as it was put last, from memory or from the
// file, and that nothing is left of the file.
func TestCache(t *testing.T) {
	const texts = 300
	at := func(i, version int) *similarity.Text {
		words := strings.Repeat(fmt.Sprintf("word%d of version%d ", i%97, version), 100)
		p := (&similarity.Builder{K: 4}).Build("", fmt.Sprint("Headline ", i), words, nil)
		text := similarity.Plain(p)
		if version > 0 {
			boilerplate := make([]bool, len(p.Words))
			for j := range boilerplate {
				boilerplate[j] = j%100 < 10*version
			}
			text = similarity.NewText(p, boilerplate, p.Shingles(nil))
			text.Known = uint64(version)
		}
		return text
	}
	same := func(t *testing.T, want, got *similarity.Text) {
		t.Helper()
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(similarity.Token{})); diff != "" {
			t.Fatalf("(-put +got):\n%s", diff)
		}
	}
	dir := t.TempDir()
	c := New(60_000, dir)
	for version := range 3 {
		for i := range texts {
			c.Put(uint32(i), at(i, version), 7)
		}
		for i := 0; i < texts; i += 7 {
			got, mark := c.Get(uint32(i))
			if got == nil || mark != 7 && mark != Unmarked {
				t.Fatalf("text %d of version %d: %v, marked %d", i, version, got, mark)
			}
			same(t, at(i, version), got)
		}
	}
	if len(c.spill.at) == 0 || len(c.texts.ring) == texts {
		t.Fatalf("%d texts are in memory: the test has too few", len(c.texts.ring))
	}
	c.Drop(0)
	if got, _ := c.Get(0); got != nil {
		t.Error("a text that was dropped is there")
	}
	if left, _ := filepath.Glob(dir + "/*"); len(left) > 0 {
		t.Errorf("the file has a name: %v", left)
	}

	t.Run("the file fails", func(t *testing.T) {
		c.spill.file.Close()
		for i := range texts {
			c.Put(uint32(i), at(i, 1), 7)
		}
		for i := 1; i < texts; i++ {
			if got, _ := c.Get(uint32(i)); got != nil {
				same(t, at(i, 1), got)
			}
		}
	})
	for _, dir := range []string{"", filepath.Join(dir, "none"), os.DevNull} {
		c := New(60_000, dir)
		for i := range 200 {
			c.Put(uint32(i), at(i, 0), 7)
		}
		if got, _ := c.Get(0); got != nil || c.spill.file != nil {
			t.Errorf("folder %q: %v", dir, got)
		}
	}
}
