package article

import "strings"

// Archives, caches and reading services show a page of somebody else, and name
// its address in their own. Such an address stands for the page that it keeps:
// it is the same article, of the same outlet. An archive's short code names no
// page, so it stays what it is.

// keepers are hosts that show other sites' pages under PREFIX/ADDRESS, where the
// address begins with http: or follows a time.
var keepers = set(
	// the Internet Archive, and archive.today under all of its names
	"web.archive.org", "wayback.archive.org", "liveweb.archive.org", "archive.org", "wayback.archive-it.org", "archive-it.org",
	"archive.today", "archive.is", "archive.ph", "archive.li", "archive.vn", "archive.md", "archive.fo", "archive.ec", "archiveiya74codqgiixo33q62qlrqtkgmcitqx5u2oeqnmn5bpcbiyd.onion",
	"webcitation.org", "ghostarchive.org", "perma.cc", "perma-archives.org",
	// archives of nations and libraries
	"arquivo.pt", "webarchive.nationalarchives.gov.uk", "webarchive.org.uk", "webarchive.nla.gov.au", "web.archive.org.au", "trove.nla.gov.au",
	"webarchive.loc.gov", "webharvest.gov", "webarchive.bac-lac.gc.ca", "vefsafn.is", "wayback.vefsafn.is", "wayback.webarchiv.cz", "webarchiv.onb.ac.at",
	"swap.stanford.edu", "webarchive.library.unt.edu", "megalodon.jp", "timetravel.mementoweb.org", "veebiarhiiv.digar.ee",
	// services that show a page without its ornaments
	"12ft.io", "1ft.io", "r.jina.ai", "txtify.it", "removepaywall.com", "removepaywalls.com", "smry.ai", "freedium.cfd", "outline.com",
)

// forwards are hosts that lead to, translate or show the page that a parameter names.
var forwards = map[string]string{
	"12ft.io": "q", "1ft.io": "q", "cc.bingj.com": "u", "bing.com": "url", "microsofttranslator.com": "a", "translate.yandex.com": "url", "translate.yandex.ru": "url",
	"l.facebook.com": "u", "lm.facebook.com": "u", "l.instagram.com": "u", "l.messenger.com": "u", "t.umblr.com": "z", "out.reddit.com": "url", "vk.com": "to",
	"flipboard.com": "url", "getpocket.com": "url", "linkedin.com": "url", "slack-redir.net": "url", "href.li": "url",
}

// maxKept bounds how deep one kept address may lie in another. What is deeper
// is no address of a page.
const maxKept = 8

// resolveURL cuts a URL up: that of the page that it keeps, where it keeps one.
// The path is clean, and the query canonical.
func resolveURL(raw string) (parts, error) {
	for depth := 0; ; depth++ {
		u, err := splitURL(raw)
		if err != nil {
			return parts{}, err
		}
		u.path, u.query = cleanPath(u.path), canonicalQuery(u.query)
		inner, ok := keptURL(u)
		if !ok {
			return u, nil
		}
		if _, err := splitURL(inner); err != nil {
			return u, nil
		}
		if depth == maxKept {
			return parts{}, errURL
		}
		raw = inner
	}
}

// keptURL returns the address of the page that u keeps. The path of u is clean,
// so that two slashes are one.
func keptURL(u parts) (string, bool) {
	host, _, _ := strings.Cut(u.host, ":")
	inner, ok := keptInPath(host, u.path)
	if !ok {
		inner, ok = translated(host, u.path)
	}
	if !ok {
		return keptInQuery(host, u)
	}
	if u.query != "" {
		mark := "?"
		if strings.Contains(inner, "?") {
			mark = "&"
		}
		inner += mark + u.query
	}
	return inner, true
}

// keptInPath finds the address in the path of an archive or of an AMP cache:
// /web/20060102150405id_/https://HOST/PATH, /c/s/HOST/PATH.
func keptInPath(host, p string) (string, bool) {
	switch {
	case strings.HasPrefix(host, "google."):
		rest, ok := strings.CutPrefix(p, "/amp/")
		rest = strings.TrimPrefix(rest, "s/")
		return rest, ok && strings.Contains(rest, ".")
	case strings.HasSuffix(host, ".ampproject.org"), strings.HasSuffix(host, ".bing-amp.com"):
		for _, kind := range []string{"/c/", "/v/", "/i/"} {
			if rest, ok := strings.CutPrefix(p, kind); ok {
				return strings.TrimPrefix(rest, "s/"), true
			}
		}
		return "", false
	}
	keeper := keepers[host]
	if !keeper && !strings.Contains(p, "/http") && !strings.Contains(p, "/HTTP") {
		return "", false
	}
	before := "" // the segment before
	for rest := p; rest != ""; {
		rest = rest[1:]
		segment, _, _ := strings.Cut(rest, "/")
		if keeper || isStamp(before, 14) {
			if inner, ok := withScheme(rest); ok {
				return inner, true
			}
			// The files of archive.org lie in folders that may be years.
			if keeper && host != "archive.org" && (isStamp(before, 4) || before == "newest" || before == "oldest") && strings.Contains(segment, ".") {
				return rest, true
			}
		}
		before, rest = segment, rest[len(segment):]
	}
	return "", false
}

// isStamp reports whether a segment is the time of a copy, with at least so many
// digits and what may follow them: "20060102150405", "20060102150405id_", "2006*".
func isStamp(s string, least int) bool {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	flag := s[n:]
	return n >= least && n <= 14 && (flag == "" || flag == "*" && least < 14 || len(flag) == 3 && flag[2] == '_') || s == "*" && least < 14
}

// withScheme returns the address at the start of s, when it begins with http: or
// https:, with one slash or more, written plain or with escapes, or with escapes
// of escapes.
func withScheme(s string) (string, bool) {
	head := s[:min(len(s), len("https%25253A%25252F"))]
	for escapes := 0; escapes < 3; escapes++ {
		scheme, _, ok := strings.Cut(head, ":/")
		if ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")) {
			for range escapes {
				s = unescape(s)
			}
			return scheme + "://" + strings.TrimLeft(s[len(scheme)+1:], "/"), true
		}
		head = unescape(head)
	}
	return "", false
}

// keptInQuery finds the address in the query of Google's cache and translation,
// and of the links of its alerts.
func keptInQuery(host string, u parts) (string, bool) {
	name, cache := "", false
	switch {
	case host == "webcache.googleusercontent.com", strings.HasPrefix(host, "google.") && u.path == "/search":
		name, cache = "q", true
	case strings.HasPrefix(host, "google.") && u.path == "/url":
		name = "url"
		if _, ok := parameter(u.query, name); !ok {
			name = "q"
		}
	case strings.HasPrefix(host, "translate.google"):
		name = "u"
	case forwards[host] != "":
		name = forwards[host]
	case keepers[host]:
		for _, name = range []string{"url", "q", "term"} {
			if _, ok := parameter(u.query, name); ok {
				break
			}
		}
	default:
		return "", false
	}
	value, ok := parameter(u.query, name)
	if !ok {
		return "", false
	}
	value = unescape(strings.ReplaceAll(value, "+", " "))
	if cache {
		if value, ok = cutPrefixFold(value, "cache:"); !ok {
			return "", false
		}
		value, _, _ = strings.Cut(strings.TrimSpace(value), " ") // words searched for
		if code, rest, ok := strings.Cut(value, ":"); ok && !strings.ContainsAny(code, "./") && !strings.HasPrefix(rest, "/") {
			value = rest
		}
		if !strings.Contains(value, ":/") {
			return value, value != ""
		}
	}
	return withScheme(value)
}

// parameter returns the value of a parameter of a canonical query.
func parameter(query, name string) (string, bool) {
	for kv := range strings.SplitSeq(query, "&") {
		if k, v, _ := strings.Cut(kv, "="); k == name && v != "" {
			return v, true
		}
	}
	return "", false
}

// translated returns the address of a page that Google shows in another
// language: www-example-com.translate.goog, where "--" is a hyphen.
func translated(host, p string) (string, bool) {
	name, ok := strings.CutSuffix(host, ".translate.goog")
	if !ok || strings.Contains(name, ".") {
		return "", false
	}
	name = strings.ReplaceAll(name, "--", "\x00")
	name = strings.ReplaceAll(name, "-", ".")
	name = strings.ReplaceAll(name, "\x00", "-")
	return name + p, strings.Contains(name, ".")
}

// unescape writes every escape as its byte.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			b = append(b, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
