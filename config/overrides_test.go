package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
)

func TestOverrides(t *testing.T) {
	s, _ := find("overrides.outlets")
	tests := []struct {
		name string
		raw  any
		want map[string]similarity.Override
		fail string
	}{
		{"of two", map[string][]string{"Harbour Times": {"excerpt=0.7", " told = .2"}, "bay": {"near=1"}},
			map[string]similarity.Override{"Harbour Times": {Excerpt: 0.7, Mentioned: 0.2}, "bay": {Near: 1}}, ""},
		{"as a variable has it", "{de: [rewrite=0.5]}", map[string]similarity.Override{"de": {Rewrite: 0.5}}, ""},
		{"none", "{}", map[string]similarity.Override{}, ""},
		{"no threshold", map[string][]string{"bay": {}}, nil, `there is no threshold for "bay"`},
		{"another setting", map[string][]string{"bay": {"min_words=7"}}, nil, `"min_words=7" is no threshold that can be set for "bay"`},
		{"no number", map[string][]string{"bay": {"near"}}, nil, `"near" has no number above 0 up to 1`},
		{"too large", map[string][]string{"bay": {"near=1.1"}}, nil, "no number above 0 up to 1"},
		{"nothing at all", map[string][]string{"bay": {"near=0"}}, nil, "no number above 0 up to 1"},
		{"not a number", map[string][]string{"bay": {"near=NaN"}}, nil, "no number above 0 up to 1"},
		{"twice", map[string][]string{"bay": {"near=0.5", "near=0.6"}}, nil, `"near" stands there twice`},
		{"one outlet twice", map[string][]string{"Bay": {"near=0.5"}, "bay": {"near=0.6"}}, nil, `"Bay" and "bay" are one outlet`},
		{"no map", "near=0.5", nil, errNotAllowed.Error()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var c Config
			err := s.set(&c, tt.raw)
			if tt.fail != "" {
				if err == nil || !strings.Contains(err.Error(), tt.fail) {
					t.Errorf("error %v, want %q", err, tt.fail)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, c.Overrides.Outlets); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			var again Config
			if err := s.set(&again, flow(s.raw(&c))); err != nil || !cmp.Equal(c, again) {
				t.Errorf("written %s and read again it is %v (%v)", flow(s.raw(&c)), again.Overrides.Outlets, err)
			}
		})
	}
}

// TestHashWithoutOverrides: a database from before there were overrides, and preferred
// outlets, is one without any.
func TestHashWithoutOverrides(t *testing.T) {
	c := Default()
	before := sha256.New()
	for _, s := range table {
		if s.Touches == Links && !strings.HasPrefix(s.Key, "overrides.") && s.Key != preferred {
			fmt.Fprintf(before, "%s: %s\n", Noted(s.Key), c.Value(s.Key))
		}
	}
	if got, want := c.Hash(Links), hex.EncodeToString(before.Sum(nil)[:8]); got != want {
		t.Errorf("hash of links is %s, and %s of all other settings", got, want)
	}
}
