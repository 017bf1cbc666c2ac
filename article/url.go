package article

import (
	"errors"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxURL bounds the length of a URL in bytes. Longer ones are no addresses of
// pages; browsers stop at 2 to 32 kB.
const maxURL = 8 << 10

var errURL = errors.New("not the URL of a page")

// CanonicalURL returns the one form under which all addresses of a page are
// the same, following RFC 3986 section 6.2 and the habits of news sites:
//
//   - http and https are alike, and so are the hosts www., m., mobile. and amp.;
//     host in lower case, punycode decoded, no default port, no user, no last dot
//   - dot segments and doubled slashes resolved, needless escapes decoded, no
//     slash at the end
//   - no tracking parameters, the others sorted; no fragment, but for a route of
//     a page that is a program: "#!/a" is the parameter _escaped_fragment_
//   - AMP pages lead to the page they stand for: /amp at either end of the path,
//     .amp, amp=1, outputType=amp, and the caches of Google and ampproject.org
//   - so do the copies of archives, Google's cache and translation, and services
//     that show a page without its ornaments: see keepers
//
// The result is an identity, not an address that is sure to answer. It is an
// error when raw is empty, has another scheme, has no host, is longer than 8 kB, or
// keeps an address in an address more than eight times. CanonicalURL of its own result is that result.
func CanonicalURL(raw string) (string, error) {
	u, err := resolveURL(raw)
	if err != nil {
		return "", err
	}
	out := "https://" + u.host + trimAMP(u.path)
	if u.query != "" {
		out += "?" + u.query
	}
	return out, nil
}

// parts are the pieces of a URL that say which page it is.
type parts struct {
	host  string // canonical
	path  string // as given, starts with "/" or is empty
	query string // as given, without "?"
}

// splitURL cuts a URL up by hand: net/url refuses addresses that sites really
// use, such as those with a lone "%".
func splitURL(raw string) (parts, error) {
	s := strings.TrimSpace(raw)
	if s == "" || len(s) > maxURL || !utf8.ValidString(s) {
		return parts{}, errURL
	}
	scheme, rest, absolute := strings.Cut(s, "://")
	if absolute = absolute && isScheme(scheme); absolute {
		if !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
			return parts{}, errURL
		}
		s = rest
	} else {
		s = strings.TrimPrefix(s, "//")
	}
	s, fragment, _ := strings.Cut(s, "#")
	s, query, _ := strings.Cut(s, "?")
	if route, ok := strings.CutPrefix(fragment, "!"); ok && strings.Trim(route, "/") != "" {
		query += "&_escaped_fragment_=" + strings.ReplaceAll(route, "&", "%26")
	}
	authority, p := s, ""
	if i := strings.IndexByte(s, '/'); i >= 0 {
		authority, p = s[:i], s[i:]
	}
	if !absolute && strings.Contains(authority, "@") {
		return parts{}, errURL // an e-mail address
	}
	host, ok := canonicalHost(authority)
	// Without a scheme a dot must show that it is an address: "n/a" is none.
	if !ok || !absolute && !strings.Contains(host, ".") {
		return parts{}, errURL
	}
	return parts{host, p, query}, nil
}

func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return s != ""
}

// cleanPath resolves a path, without a slash at its end. It is "/" for an empty
// one.
func cleanPath(p string) string {
	for i := strings.Index(p, ";jsessionid="); i >= 0; i = strings.Index(p, ";jsessionid=") { // up to the next segment
		end := strings.IndexByte(p[i:]+"/", '/')
		p = p[:i] + p[i+end:]
	}
	return path.Clean("/" + normalEscapes(p))
}

// trimAMP takes what only marks an AMP page off a clean path, and leaves a clean
// one.
func trimAMP(p string) string {
	for {
		n := len(p)
		p = strings.TrimSuffix(p, "/amp")
		p = trimExtension(p, ".amp")
		if s := trimExtension(p, ".amp.html"); len(s) < len(p) {
			p = s + ".html"
		}
		if strings.HasPrefix(p, "/amp/") {
			p = p[len("/amp"):]
		}
		if p == "" {
			return "/"
		}
		if len(p) == n {
			return p
		}
	}
}

// trimExtension takes ext off the last segment of a path where it has a name
// before it.
func trimExtension(p, ext string) string {
	name, ok := strings.CutSuffix(p, ext)
	if !ok || name == "" || name[len(name)-1] == '/' || name[len(name)-1] == '.' {
		return p
	}
	return name
}

// canonicalQuery drops tracking parameters and sorts the rest. An address that was
// copied out of HTML has &amp; between them.
func canonicalQuery(q string) string {
	if q == "" {
		return ""
	}
	var keep []string
	for kv := range strings.SplitSeq(q, "&") {
		kv = normalEscapes(kv)
		for strings.HasPrefix(kv, "amp;") {
			kv = kv[len("amp;"):]
		}
		name, value, _ := strings.Cut(kv, "=")
		if name == "" || isTracking(name, value) {
			continue
		}
		if value == "" {
			kv = name
		}
		keep = append(keep, kv)
	}
	slices.Sort(keep)
	return strings.Join(keep, "&")
}

const (
	upperHex = "0123456789ABCDEF"
	reserved = "!$&'()*+,;=:@/?"
)

// plain says of each byte whether it may stand unescaped in a path or query.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = isUnreserved(byte(c)) || strings.IndexByte(reserved, byte(c)) >= 0
	}
	return t
}()

// normalEscapes writes every byte of a path or query in its only form: plain
// where it may stand plain, else as %XX in capitals. A "%" that starts no
// escape is a percent sign.
func normalEscapes(s string) string {
	i := 0
	for i < len(s) && plain[s[i]] {
		i++
	}
	if i == len(s) {
		return s
	}
	b := make([]byte, 0, len(s)+16)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			c = byte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
			// An escaped reserved byte means something else than a plain one.
			if !isUnreserved(c) {
				b = append(b, '%', upperHex[c>>4], upperHex[c&15])
				continue
			}
		}
		if plain[c] {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return string(b)
}

func isUnreserved(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}

func unhex(c byte) int { return strings.IndexByte(upperHex, upper(c)) }

func upper(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - 0x20
	}
	return c
}
