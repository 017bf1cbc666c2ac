package article

import "testing"

func TestKey(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b Article
		same bool
	}{
		{"id and outlet", Article{ID: "1", Outlet: "Star", Body: "x"}, Article{ID: "1", Outlet: "star ", Body: "y"}, true},
		{"another outlet", Article{ID: "1", Outlet: "Star"}, Article{ID: "1", Outlet: "Post"}, false},
		{"outlet from url", Article{ID: "1", URL: "http://www.star.example/1"}, Article{ID: "1", Outlet: "star.example"}, true},
		{"id before url", Article{ID: "1", URL: "http://star.example/1"}, Article{ID: "1", URL: "http://star.example/2"}, true},
		{"url", Article{URL: "http://star.example/1", Body: "x"}, Article{URL: "https://m.star.example/1/?utm_a=b", Body: "y"}, true},
		{"another url", Article{URL: "http://star.example/1"}, Article{URL: "http://star.example/2"}, false},
		{"front page", Article{URL: "http://star.example/", Body: "x"}, Article{URL: "http://star.example/", Body: "y"}, false},
		{"index page", Article{URL: "http://star.example/index.html", Body: "x"}, Article{URL: "http://star.example/index.html?utm_source=y", Body: "y"}, false},
		{"index with a parameter", Article{URL: "http://star.example/index.php?id=1", Body: "x"}, Article{URL: "http://star.example/index.php?id=1", Body: "y"}, true},
		{"id that is none", Article{ID: "null", URL: "http://star.example/1"}, Article{ID: "null", URL: "http://star.example/2"}, false},
		{"id that is none, one url", Article{ID: "NaN", URL: "http://star.example/1", Body: "x"}, Article{URL: "http://star.example/1", Body: "y"}, true},
		{"id that is none, one text", Article{ID: " n/a ", Body: "x"}, Article{ID: "undefined", Body: "x"}, true},
		{"id zero", Article{ID: "0", URL: "http://star.example/1"}, Article{ID: "0", URL: "http://star.example/2"}, true},
		{"copy of an archive", Article{URL: "https://web.archive.org/web/20260406120000/http://star.example/1"}, Article{URL: "https://star.example/1"}, true},
		{"text", Article{Headline: "h", Body: "a  b\n"}, Article{Headline: " h", Body: "a b"}, true},
		{"another text", Article{Headline: "h", Body: "a b"}, Article{Headline: "h", Body: "ab"}, false},
		{"headline and body", Article{Headline: "h a", Body: "b"}, Article{Headline: "h", Body: "a b"}, false},
		{"broken url", Article{URL: "n/a", Body: "x"}, Article{URL: "n/a", Body: "y"}, false},
		{"id like a url", Article{ID: "https://star.example/1"}, Article{URL: "https://star.example/1"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.a.Key() == c.b.Key(); got != c.same {
				t.Errorf("same key: %v, want %v", got, c.same)
			}
		})
	}
}

// The key is written into databases: it must not change.
func TestKeyIsStable(t *testing.T) {
	a := Article{ID: "1", Outlet: "Star"}
	if got, want := a.Key().String(), "dc1e3d66767532b66611a74d3c32de96"; got != want {
		t.Errorf("Key = %s, want %s", got, want)
	}
}

func BenchmarkKey(b *testing.B) {
	a := Article{ID: "a0000017", Outlet: "The Morning Observer 2"}
	b.ReportAllocs()
	for b.Loop() {
		a.Key()
	}
}
