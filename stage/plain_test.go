package stage

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
)

// TestPlain holds that lines which are read by hand say what the library reads in them, and that
// others are left to it.
func TestPlain(t *testing.T) {
	const v = `{"v":"1-0a1b2c3d",`
	for _, c := range []struct {
		line string
		hand bool
	}{
		{v + `"at":"80a1","hits":"1aa7d14b2","own":"003d","rare":true,"shared":"80b2"}`, true},
		{v + `"at":"80a1","hits":"1aa7d14b2","own":"003d","whole":true,"rare":true,"shared":"80b2"}`, true},
		{v + `"at":"80a1","hits":"1aa7d14b2","own":"003d","shared":""}`, true},
		{v + `"at":"80a1","beside":"0001","of":"80b2","text":{"key":"k","title":"a \"quote\" {}"}}`, true},
		{v + `"at":"80a1","article":{"key":"k","title":"\\"}}`, true},
		{v + `"at":"80a1","wanted":"80b2","rank":"0001"}`, false},
		{v + `"at":"80a1", "article":{"key":"k"}}`, false},
		{v + `"at":"80\u0061","article":{"key":"k"}}`, false},
		{v + `"at":"80\"","article":{"key":"k"}}`, false},
		{v + `"at":"80a1","hits":"1","own":"003d","rare":false,"shared":"80b2"}`, false},
		{v + `"at":"80a1","hits":"1","shared":"80b2","own":"003d"}`, false},
	} {
		var want, got about
		if err := json.Unmarshal([]byte(c.line), &want); err != nil {
			t.Fatalf("%s: %v", c.line, err)
		}
		if hand := got.read(c.line); hand != c.hand {
			t.Errorf("%s: read by hand: %v, want %v", c.line, hand, c.hand)
		} else if diff := cmp.Diff(want, got); hand && diff != "" {
			t.Errorf("%s: (-library +hand)\n%s", c.line, diff)
		}
		for cut := range len(c.line) {
			var none about
			if line := c.line[:cut]; none.read(line) && none.Article == nil && none.Text == nil {
				t.Errorf("%s: it is cut, and was read", line)
			}
		}
	}
	for _, p := range []posting{{V: "1-0a1b2c3d", Anchor: "1aa7d14b2", Place: "80a1"}, {V: "1-0a1b2c3d", Anchor: "0", Place: "80a1", Whole: true}} {
		var library, hand posting
		line := string(p.appendTo(nil))
		if err := json.Unmarshal([]byte(line), &library); err != nil || !hand.read(line) || hand != p || library != p {
			t.Errorf("%s: %+v by hand, %+v by the library, error %v", line, hand, library, err)
		}
		if spaced := strings.Replace(line, ",", ", ", 1); new(posting).read(spaced) {
			t.Errorf("%s: read by hand", spaced)
		}
	}
	h := hitsLine{V: "1-0a1b2c3d", At: "80a1", Key: "1aa7d14b2", Own: "003d", Whole: true, Rare: true, Shared: []string{"80b2", "80c3"}}
	var library about
	if err := json.Unmarshal(h.appendTo(nil), &library); err != nil {
		t.Fatal(err)
	}
	want := about{V: h.V, At: h.At, Hits: h.Key, Own: h.Own, Whole: true, Rare: true, Shared: "80b280c3"}
	if diff := cmp.Diff(want, library); diff != "" {
		t.Errorf("(-want +library)\n%s", diff)
	}
}
