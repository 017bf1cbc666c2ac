package storage

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever a person types, Find answers with an article that goes by this name,
// or says that there is none or more than one.
func FuzzFind(f *testing.F) {
	s := open(f, filepath.Join(f.TempDir(), "a.db"), Options{})
	c := harbour()
	fill(f, s, c)
	v, err := s.View(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(v.Close)
	for _, x := range c.texts {
		f.Add(x.External)
		f.Add(x.Outlet + ":" + x.External)
		f.Add(x.URL)
		f.Add(x.Key.String())
	}
	f.Add("#3")
	f.Add("7")
	f.Fuzz(func(t *testing.T, name string) {
		a, err := v.Find(t.Context(), name)
		if _, several := errors.AsType[*AmbiguousError](err); several || errors.Is(err, ErrNotFound) {
			return
		}
		if err != nil {
			t.Fatalf("Find(%q): %v", name, err)
		}
		byNumber := strings.Trim(name, "#+0123456789") == ""
		byKey := strings.HasPrefix(a.Key.String(), strings.ToLower(name))
		if !byNumber && !byKey && !strings.HasSuffix(name, a.Name()) && !strings.Contains(name, "://") {
			t.Errorf("Find(%q) = %s of %s", name, a.Name(), a.Outlet)
		}
	})
}
