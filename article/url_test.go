package article

import (
	"strings"
	"testing"
)

func TestCanonicalURL(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "https://example.com/news/1", "https://example.com/news/1"},
		{"http", "http://example.com/news/1", "https://example.com/news/1"},
		{"no scheme", "example.com/news/1", "https://example.com/news/1"},
		{"any scheme", "//example.com/news/1", "https://example.com/news/1"},
		{"case and port", "HTTP://WWW.Example.COM:80/News/1", "https://example.com/News/1"},
		{"tls port", "https://example.com:443/", "https://example.com/"},
		{"other port", "http://example.com:8080/a", "https://example.com:8080/a"},
		{"user", "http://me:secret@example.com/a", "https://example.com/a"},
		{"last dot", "http://example.com./a", "https://example.com/a"},
		{"mobile", "https://m.example.com/a", "https://example.com/a"},
		{"mobile of www", "https://www.mobile.example.com/a", "https://example.com/a"},
		{"short host", "https://m.com/a", "https://m.com/a"},
		{"amp host", "https://amp.example.com/a", "https://example.com/a"},
		{"amp suffix", "https://example.com/a/amp/", "https://example.com/a"},
		{"amp dot", "https://example.com/a.amp", "https://example.com/a"},
		{"amp html", "https://example.com/a.amp.html", "https://example.com/a.html"},
		{"amp prefix", "https://example.com/amp/a/b", "https://example.com/a/b"},
		{"amp parameter", "https://example.com/a?amp=1&id=2", "https://example.com/a?id=2"},
		{"amp output", "https://example.com/a?outputType=amp", "https://example.com/a"},
		{"not amp", "https://example.com/camp", "https://example.com/camp"},
		{"amp cache", "https://www.google.com/amp/s/www.example.com/a/amp/", "https://example.com/a"},
		{"amp project", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a?amp", "https://example.com/a"},
		{"tracking", "https://example.com/a?utm_source=x&id=7&fbclid=y&GCLID=z", "https://example.com/a?id=7"},
		{"outbrain and taboola", "https://example.com/a?dicbo=v2-x&id=7&obOrigUrl=true&obref=y&tblci=z", "https://example.com/a?id=7"},
		{"escaped ampersand", "https://example.com/a?id=1&amp;utm_source=rss&amp;p=2", "https://example.com/a?id=1&p=2"},
		{"ampersand escaped twice", "https://example.com/a?id=1&amp;amp;p=2&amp;amp=1&amp;", "https://example.com/a?id=1&p=2"},
		{"query order", "https://example.com/a?b=2&a=1", "https://example.com/a?a=1&b=2"},
		{"empty values", "https://example.com/a?b=&&c", "https://example.com/a?b&c"},
		{"equals signs", "https://example.com/a?b==&c=d=", "https://example.com/a?b==&c=d="},
		{"fragment", "https://example.com/a#top?x", "https://example.com/a"},
		{"slash", "https://example.com/a/", "https://example.com/a"},
		{"front page", "https://example.com", "https://example.com/"},
		{"dot segments", "https://example.com/a/./b/../../c//d", "https://example.com/c/d"},
		{"hidden dots", "https://example.com/a/%2e%2E/c", "https://example.com/c"},
		{"escapes", "https://example.com/%7euser/%c3%a9t%C3%A9/100%", "https://example.com/~user/%C3%A9t%C3%A9/100%25"},
		{"escaped slash", "https://example.com/a%2fb", "https://example.com/a%2Fb"},
		{"unicode", "https://example.com/été", "https://example.com/%C3%A9t%C3%A9"},
		{"punycode", "https://xn--mnchen-3ya.example/a", "https://münchen.example/a"},
		{"unicode host", "https://MÜNCHEN.example/a", "https://münchen.example/a"},
		{"punycode cyrillic", "http://xn--e1afmkfd.xn--p1ai/", "https://пример.рф/"},
		{"bad punycode", "http://xn--zzzzzzzzz99999.example/", "https://xn--zzzzzzzzz99999.example/"},
		{"ipv6", "http://[2001:DB8::1]:80/a", "https://[2001:db8::1]/a"},
		{"space", " https://example.com/a b \n", "https://example.com/a%20b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := CanonicalURL(c.in)
			if err != nil || got != c.want {
				t.Errorf("CanonicalURL(%q) = %q, %v, want %q", c.in, got, err, c.want)
			}
		})
	}
}

func TestCanonicalURLRefuses(t *testing.T) {
	for _, in := range []string{
		"", " ", "n/a", "unknown", "mailto:a@example.com", "ftp://example.com/a", "javascript:alert(1)", "http://", "http:///a",
		"http://exa mple.com/", "http://example..com/", "http://example.com:port/", "http://\xff.com/", "http://[::1/",
		"http://example.com/" + strings.Repeat("a", maxURL),
	} {
		if got, err := CanonicalURL(in); err == nil {
			t.Errorf("CanonicalURL(%.40q) = %.80q, want an error", in, got)
		}
	}
}

func FuzzCanonicalURL(f *testing.F) {
	for _, s := range []string{
		"http://WWW.example.com:80/a/../b/?utm_source=x&b=1&a=%7e#f", "https://xn--mnchen-3ya.example/amp/amp", "http://google.com/amp/s/google.com/amp/s/a.b/c",
		"http://[::1]:80", "//x.cdn.ampproject.org/c/s/y.z/100%", "http://a.b/%25%32%65/.amp.amp.html",
		"https://web.archive.org/web/2026id_/https%3A%2F%2Farchive.ph/newest/a.b/c?d=1", "a.b/20060102150405/http:/c.d", "webcache.googleusercontent.com/search?q=cache:x:y.z+w", "a-b--c.translate.goog#!/d", "http://xn--xn--ncZYn-Z--cZ3y",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := CanonicalURL(s)
		if err != nil {
			return
		}
		if len(once) > 3*maxURL+16 {
			t.Fatalf("%d bytes from %d", len(once), len(s))
		}
		twice, err := CanonicalURL(once)
		if len(once) > maxURL {
			return
		}
		if err != nil || twice != once {
			t.Fatalf("CanonicalURL(%q) = %q, of which it is %q, %v", s, once, twice, err)
		}
		if strings.ContainsAny(once, " \t\r\n#") {
			t.Fatalf("CanonicalURL(%q) = %q", s, once)
		}
	})
}

func BenchmarkCanonicalURL(b *testing.B) {
	const u = "https://www.example.com/2024/05/01/some-news-story-of-the-day/?utm_source=feed&id=17"
	b.ReportAllocs()
	b.SetBytes(int64(len(u)))
	for b.Loop() {
		if _, err := CanonicalURL(u); err != nil {
			b.Fatal(err)
		}
	}
}
