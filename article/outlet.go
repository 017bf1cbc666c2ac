package article

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// CanonicalOutlet returns the identity of an outlet: its name folded or, where
// the name is a host or a URL, its host as in CanonicalURL: "WWW.Example.com:80"
// and "https://m.example.com/news" are "example.com", and so is the address of
// an archive's copy of it. Folded, names are alike
// that look alike or are set in capitals somewhere: in NFKC, in lower case, with
// single spaces, without characters that are not seen (zero-width space, soft
// hyphen, direction marks, controls) and without a full stop at the end. An
// empty name stays empty. Of a name that is longer than MaxOutlet, before or after, the
// rest is left out.
func CanonicalOutlet(name string) string {
	return cutOutlet(canonicalOutlet(cutOutlet(name)))
}

// SpellOutlet returns a name as people read it: as it is written, but for what CanonicalOutlet
// leaves out (characters that are not seen, spaces). A host and a URL are the host, and a name
// that is longer than MaxOutlet is its canonical form. Both have one identity: CanonicalOutlet
// of either is the same.
func SpellOutlet(name string) string {
	canonical := CanonicalOutlet(name)
	if _, host := outletHost(canonical); host || len(name) > MaxOutlet {
		return canonical
	}
	spelt := strings.Map(func(r rune) rune {
		if r != nonJoiner && r != joiner && seen(r) < 0 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "\uFFFD"))
	spelt = strings.Join(strings.Fields(norm.NFC.String(dropJoiners(norm.NFC.String(spelt)))), " ")
	if len(spelt) > MaxOutlet || CanonicalOutlet(spelt) != canonical {
		return canonical
	}
	return spelt
}

// MaxOutlet bounds the name of an outlet in bytes.
const MaxOutlet = 1 << 10

// cutOutlet cuts a name that is too long, not within a character or in a blank.
func cutOutlet(name string) string {
	if len(name) <= MaxOutlet {
		return name
	}
	end := MaxOutlet
	for end > 0 && !utf8.RuneStart(name[end]) {
		end--
	}
	return strings.TrimRight(name[:end], ". \u200c\u200d")
}

func canonicalOutlet(name string) string {
	name = strings.Join(strings.Fields(strings.ToValidUTF8(name, "\uFFFD")), " ")
	if name == "" {
		return ""
	}
	if host, ok := outletHost(name); ok {
		return host
	}
	name = foldName(name)
	if host, ok := outletHost(name); ok {
		return host
	}
	return name
}

// foldName folds a name that is no host. What folding makes may be folded once
// more, such as the capital of a letter that is no letter of NFKC.
func foldName(name string) string {
	const rounds = 4
	for range rounds {
		folded := strings.Map(seen, norm.NFKC.String(name))
		folded = strings.Join(strings.Fields(dropJoiners(folded)), " ")
		if short := strings.TrimRight(folded, ". "); short != "" {
			folded = short
		}
		if folded == name {
			break
		}
		name = folded
	}
	return name
}

// seen returns the lower case of r, by its capital: ς is σ and ſ is s. It is
// negative for what is not seen.
func seen(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r < ' ' && !unicode.IsSpace(r) || r == 0x7f {
			return -1
		}
		return unicode.ToLower(r)
	case r == nonJoiner || r == joiner:
		return r
	case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector) && !unicode.IsSpace(r):
		return -1
	}
	return unicode.ToLower(unicode.ToUpper(r))
}

// The joiners are spelling in the scripts that need them, which begin with
// Arabic; elsewhere they are not seen.
const (
	nonJoiner   = '\u200c'
	joiner      = '\u200d'
	firstJoined = '\u0600'
)

func dropJoiners(s string) string {
	last := rune(0)
	return strings.Map(func(r rune) rune {
		if (r == nonJoiner || r == joiner) && (last < firstJoined || unicode.IsSpace(last)) {
			return -1
		}
		last = r
		return r
	}, s)
}

// OutletOf returns the canonical outlet of an article: CanonicalOutlet of name
// or, when name is empty or the host of an archive, the host of url or of the
// page that url keeps. Empty when neither says anything.
func OutletOf(name, url string) string {
	c := CanonicalOutlet(name)
	if c != "" && !keepers[c] {
		return c
	}
	if u, err := resolveURL(url); err == nil {
		return u.host
	}
	return c
}

// outletHost returns the host in name when the whole of name is a host name of
// two labels or more, or a URL.
func outletHost(name string) (string, bool) {
	u, err := splitURL(name)
	if err != nil {
		return "", false
	}
	if strings.Contains(name, "://") {
		if u, err = resolveURL(name); err != nil {
			return "", false
		}
		return u.host, true
	}
	labels := strings.Split(u.host, ".")
	if len(labels) < 2 {
		return "", false
	}
	// The last label of a host name has two letters at least; "A.B.C." and
	// "No. 10" are names.
	last := labels[len(labels)-1]
	if len(last) < 2 || last[0] >= '0' && last[0] <= '9' {
		return "", false
	}
	return u.host, true
}

// IsHost reports whether s is a host name of two labels or more, with nothing
// before or after it.
func IsHost(s string) bool {
	if strings.ContainsAny(s, "/?#@: \t") {
		return false
	}
	_, ok := outletHost(s)
	return ok
}

// Outlet is what a person says of one outlet.
type Outlet struct {
	Name    string   // its canonical name: a name or a host
	Aliases []string // other names and hosts; "*.example.com" stands for every subdomain
	Owner   string   // who owns it; outlets of one owner are not independent
}

// Outlets resolves the names and hosts of outlets to canonical names and
// owners. The zero value, and nil, know no aliases and no owners.
type Outlets struct {
	spelt  map[string]string // outlet with aliases -> its name as it is written
	names  map[string]string // canonical form of a name or alias -> outlet
	under  map[string]string // host -> outlet of its subdomains
	owners map[string]string // outlet -> owner
}

// NewOutlets returns the table of the given outlets. It is an error when an
// outlet has no name, when one alias is claimed by two outlets, and when one
// outlet has two owners.
func NewOutlets(list []Outlet) (*Outlets, error) {
	t := &Outlets{spelt: map[string]string{}, names: map[string]string{}, under: map[string]string{}, owners: map[string]string{}}
	claim := func(table map[string]string, alias, name string) error {
		if other, taken := table[alias]; taken && other != name {
			return fmt.Errorf("outlet alias %q: claimed by both %q and %q", alias, other, name)
		}
		table[alias] = name
		return nil
	}
	for _, o := range list {
		name := CanonicalOutlet(o.Name)
		if name == "" {
			return nil, fmt.Errorf("outlet %q: no name", o.Name)
		}
		if err := claim(t.names, name, name); err != nil {
			return nil, err
		}
		if len(o.Aliases) > 0 {
			t.spelt[name] = SpellOutlet(o.Name)
		}
		for _, alias := range slices.Sorted(slices.Values(o.Aliases)) {
			var err error
			if parent, ok := strings.CutPrefix(alias, "*."); ok {
				err = claim(t.under, CanonicalOutlet(parent), name)
			} else {
				err = claim(t.names, CanonicalOutlet(alias), name)
			}
			if err != nil {
				return nil, err
			}
		}
		if o.Owner != "" {
			owner := strings.Join(strings.Fields(o.Owner), " ")
			if other, taken := t.owners[name]; taken && other != owner {
				return nil, fmt.Errorf("outlet %q: owned by both %q and %q", name, other, owner)
			}
			t.owners[name] = owner
		}
	}
	return t, nil
}

// Name returns the canonical name of the outlet of an article that names
// outlet and url, either of which may be empty: OutletOf, then the aliases,
// the exact one before that of the nearest parent domain.
func (t *Outlets) Name(outlet, url string) string {
	name := OutletOf(outlet, url)
	if t == nil || len(t.names) == 0 {
		return name
	}
	if known, ok := t.names[name]; ok {
		return known
	}
	if strings.Contains(name, " ") {
		return name
	}
	for rest, ok := name, true; ok; {
		if _, rest, ok = strings.Cut(rest, "."); !ok {
			break
		}
		if known, found := t.under[rest]; found {
			return known
		}
	}
	return name
}

// Spelling returns how the person who gave aliases to the outlet of the given canonical name
// writes it, "" where nobody did.
func (t *Outlets) Spelling(outlet string) string {
	if t == nil {
		return ""
	}
	return t.spelt[outlet]
}

// Spellings returns all that Spelling knows, by canonical name. It is not to be changed.
func (t *Outlets) Spellings() map[string]string {
	if t == nil {
		return nil
	}
	return t.spelt
}

// Owner returns who owns the outlet of the given canonical name, in any spelling; an outlet
// without a known owner is its own.
func (t *Outlets) Owner(outlet string) string {
	if t != nil && len(t.owners) > 0 {
		if owner, ok := t.owners[CanonicalOutlet(outlet)]; ok {
			return owner
		}
	}
	return outlet
}
