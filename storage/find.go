package storage

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"dedupe/article"
)

// AmbiguousError says that a name means more than one article.
type AmbiguousError struct {
	Name    string
	Choices []Choice // at most maxChoices
	More    bool     // there are others
}

// Choice is an article that a name may mean.
type Choice struct {
	Name     string // longer, and means no other one
	Headline string
}

const maxChoices = 10

// Error lists the choices by their names.
func (e *AmbiguousError) Error() string {
	var names []string
	for _, c := range e.Choices {
		names = append(names, c.Name)
	}
	if e.More {
		names = append(names, "others")
	}
	return fmt.Sprintf("find article %s: it may be %s", e.Name, strings.Join(names, " or "))
}

// NameError says that names which a person gave, each of which may mean something, are not what
// was asked for: "a and b are one article".
type NameError struct{ reason string }

func (e *NameError) Error() string { return e.reason }

// Misnamed returns a *NameError.
func Misnamed(format string, args ...any) error { return &NameError{fmt.Sprintf(format, args...)} }

// Find returns the current article that a person means by name, which is one of
//
//	#17                    number of arrival
//	https://host/path      URL, in any of the forms of one CanonicalURL
//	outlet:id              the input's own id within an outlet
//	id                     the input's own id
//	9f86d081               key, or its first 8 digits or more
//	17                     number of arrival, where no id is like this
//	an-id-that-was-sh…     beginning of an id or key, as reports cut it; also outlet:beginning…,
//	                       and with three dots
//
// tried in this order. It returns ErrNotFound, or *AmbiguousError when several
// articles are meant. Each is a look-up in an index, however many outlets there are,
// but for a URL whose article has an id too: there is no index of URLs, so the articles
// are read through, about 0.5 s at 1,000,000.
func (v *View) Find(ctx context.Context, name string) (Article, error) {
	if number, ok := strings.CutPrefix(name, "#"); ok {
		if seq, err := strconv.ParseInt(number, 10, 64); err == nil {
			return v.Article(ctx, seq)
		}
	}
	for _, try := range []func(context.Context, string) ([]Article, error){
		v.findURL, v.findInOutlet, v.findID, v.findKey, v.findCut,
	} {
		found, err := try(ctx, name)
		if err != nil {
			return Article{}, err
		}
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			return Article{}, ambiguous(name, found)
		}
	}
	if seq, err := strconv.ParseInt(name, 10, 64); err == nil {
		return v.Article(ctx, seq)
	}
	if id, _ := v.labelled(ctx, name); id != 0 {
		label := ClusterLabel(id)
		return Article{}, fmt.Errorf("%s is a cluster, not an article (`dedupe show %s` lists its articles): %w", label, label, ErrNotFound)
	}
	return Article{}, notFound("article", name)
}

// ClusterLabel is what people call a cluster by, such as "c17": no number of an article
// looks so. It is "" for 0, which is no cluster. View.FindCluster understands it.
func ClusterLabel(id int64) string {
	if id == 0 {
		return ""
	}
	return labelPrefix + strconv.FormatInt(id, 10)
}

const (
	labelPrefix = "c"
	clearPrefix = "cluster" // of a name that only means a cluster
)

// labelled returns the number of the cluster, living or not, of which name is the label, also
// in capitals or as "cluster17" or "cluster 17"; clear where it is one of these two. It is 0
// where there is none.
func (v *View) labelled(ctx context.Context, name string) (id int64, clear bool) {
	number, clear := strings.CutPrefix(strings.ToLower(name), clearPrefix)
	if number, ok := strings.CutPrefix(number, labelPrefix); ok || clear {
		id, _ = strconv.ParseInt(strings.TrimPrefix(number, " "), 10, 64)
	}
	if id <= 0 || !v.hasCluster(ctx, id) {
		return 0, false
	}
	return id, clear
}

// hasCluster reports whether there is, or was, a cluster of that number.
func (v *View) hasCluster(ctx context.Context, id int64) bool {
	_, err := v.Resolve(ctx, id)
	return !errors.Is(err, ErrNotFound)
}

// FindCluster returns the number of the cluster that a person means: the number
// itself, its label (c17, also "cluster 17"), or that of the cluster an article is in.
// It returns *AmbiguousError where a label is also the id of an article elsewhere.
func (v *View) FindCluster(ctx context.Context, name string) (int64, error) {
	if id, err := strconv.ParseInt(name, 10, 64); err == nil && v.hasCluster(ctx, id) {
		return id, nil
	}
	label, clear := v.labelled(ctx, name)
	if clear {
		return label, nil
	}
	found, err := v.Find(ctx, name)
	switch several := new(AmbiguousError); {
	case label == 0 || err == nil && found.Cluster == label:
	case errors.Is(err, ErrNotFound):
		return label, nil
	case err == nil:
		return 0, v.orCluster(ctx, label, ambiguous(name, []Article{found}))
	case errors.As(err, &several):
		return 0, v.orCluster(ctx, label, several)
	}
	if id, bad := strconv.ParseInt(name, 10, 64); bad == nil && err == nil {
		// A number may be that of a cluster whose row was lost.
		for range v.OutletsOf(ctx, id) {
			return 0, fmt.Errorf("cluster %s has members and is not there itself: `dedupe recluster` makes it anew; article %d is #%d", ClusterLabel(id), id, id)
		}
	}
	switch {
	case errors.Is(err, ErrNotFound):
		return 0, fmt.Errorf("find cluster or article %s: %w", name, ErrNotFound)
	case err != nil:
		return 0, err
	case found.Cluster == 0:
		return 0, fmt.Errorf("article %s of %s is in no cluster: no copy of it is stored", found.Name(), found.Outlet)
	}
	return found.Cluster, nil
}

// FindLiving is FindCluster for the cluster in which what the name means is now.
func (v *View) FindLiving(ctx context.Context, name string) (int64, error) {
	id, err := v.FindCluster(ctx, name)
	if err != nil {
		return 0, err
	}
	return v.Resolve(ctx, id)
}

// FindOrKey is Find for what need not be stored: a whole key that no article has is an article
// of which the key alone is known, and Seq is 0.
func (v *View) FindOrKey(ctx context.Context, name string) (Article, error) {
	found, err := v.Find(ctx, name)
	if key, ok := article.ParseKey(name); ok && errors.Is(err, ErrNotFound) {
		return Article{Key: key}, nil
	}
	return found, err
}

// orCluster adds to what a name may mean the cluster of which it is the label.
func (v *View) orCluster(ctx context.Context, id int64, e *AmbiguousError) error {
	choice := Choice{Name: fmt.Sprint(clearPrefix, id)}
	if living, err := v.Resolve(ctx, id); err == nil {
		c, err := v.Cluster(ctx, living)
		if err != nil {
			return err
		}
		choice.Headline = c.Headline
	}
	e.Choices = append([]Choice{choice}, e.Choices...)
	return e
}

func ambiguous(name string, found []Article) *AmbiguousError {
	e := &AmbiguousError{Name: name, More: len(found) > maxChoices}
	for _, a := range found[:min(len(found), maxChoices)] {
		e.Choices = append(e.Choices, Choice{a.Outlet + ":" + a.Name(), a.Headline})
	}
	return e
}

// hasExternal is a condition on the id: that of the index article_external, which is
// used for no other.
const hasExternal = "a.external <> '' AND a.external = ?"

func (v *View) findURL(ctx context.Context, name string) ([]Article, error) {
	if !strings.Contains(name, "://") {
		return nil, nil
	}
	want, err := article.CanonicalURL(name)
	if err != nil {
		return nil, nil
	}
	a := article.Article{URL: name}
	found, err := v.byKeys(ctx, a.Key())
	if err != nil || len(found) > 0 {
		return found, err
	}
	// The last part of the path is the same in every form of a URL.
	part := strings.TrimRight(want, "/")
	part = part[strings.LastIndexByte(part, '/')+1:]
	part, _, _ = strings.Cut(part, "?")
	for a, err := range v.where(ctx, "a.url <> '' AND instr(lower(a.url), ?) > 0", strings.ToLower(part)) {
		if err != nil {
			return nil, err
		}
		if got, err := article.CanonicalURL(a.URL); err == nil && got == want {
			found = append(found, a)
		}
	}
	return found, nil
}

func (v *View) findInOutlet(ctx context.Context, name string) ([]Article, error) {
	var found []Article
	// An outlet or an id may hold a colon itself; more than a few are no name,
	// and each costs a search.
	const maxColons = 4
	for i, colons := 0, 0; i < len(name)-1 && colons < maxColons; i++ {
		if name[i] != ':' {
			continue
		}
		colons++
		outlet, id := name[:i], name[i+1:]
		a := article.Article{Outlet: outlet, ID: id}
		more, err := v.byKeys(ctx, a.Key())
		if err != nil {
			return nil, err
		}
		if len(more) == 0 { // an article whose outlet went by another name, or one without id
			name := article.CanonicalOutlet(outlet)
			more, err = collect(v.where(ctx, hasExternal+" AND o.name = ?", id, name))
			if key, bad := hex.DecodeString(id); err == nil && len(more) == 0 && bad == nil {
				more, err = collect(v.where(ctx, "a.key = ? AND a.external = '' AND o.name = ?", key, name))
			}
			if err != nil {
				return nil, err
			}
		}
		found = append(found, more...)
	}
	return found, nil
}

func (v *View) findID(ctx context.Context, id string) ([]Article, error) {
	if id == "" {
		return nil, nil
	}
	return collect(v.where(ctx, hasExternal+" ORDER BY o.name, a.seq LIMIT ?", id, maxChoices+1))
}

// findKey looks a key up by its first digits.
func (v *View) findKey(ctx context.Context, digits string) ([]Article, error) {
	if len(digits) < 8 || len(digits) > 32 {
		return nil, nil
	}
	low, err := hex.DecodeString(digits + strings.Repeat("0", 32-len(digits)))
	if err != nil {
		return nil, nil
	}
	high, err := hex.DecodeString(digits + strings.Repeat("f", 32-len(digits)))
	if err != nil {
		return nil, nil
	}
	return collect(v.where(ctx, "a.key BETWEEN ? AND ?", low, high))
}

// findCut looks up what begins as a name that was cut does: ids, and keys of articles
// without one.
func (v *View) findCut(ctx context.Context, name string) ([]Article, error) {
	begin, ok := strings.CutSuffix(name, "…")
	if !ok {
		begin, ok = strings.CutSuffix(name, "...")
	}
	if !ok || begin == "" {
		return nil, nil
	}
	found, err := v.beginning(ctx, begin, "")
	if outlet, begin, ok := strings.Cut(begin, ":"); ok && begin != "" && err == nil && len(found) == 0 {
		found, err = v.beginning(ctx, begin, article.CanonicalOutlet(outlet))
	}
	return found, err
}

// beginning returns a few of the articles of an outlet, or of all for "", of which the id,
// or the key where there is none, begins so.
func (v *View) beginning(ctx context.Context, begin, outlet string) ([]Article, error) {
	const ofOutlet = " AND (?3 = '' OR o.name = ?3) ORDER BY o.name, a.seq LIMIT ?4"
	// No text in UTF-8 has the byte 255: all that begin so are before it.
	found, err := collect(v.where(ctx, "a.external <> '' AND a.external >= ?1 AND a.external < ?2"+ofOutlet, begin, begin+"\xff", outlet, maxChoices+1))
	even := begin[:len(begin)&^1]
	low, bad := hex.DecodeString(even)
	if err != nil || bad != nil || len(begin) > 32 || len(even) == 0 || len(found) > maxChoices {
		return found, err
	}
	high := append(bytes.Clone(low), bytes.Repeat([]byte{0xff}, 16-len(low))...)
	for a, err := range v.where(ctx, "a.key BETWEEN ?1 AND ?2 AND a.external = ''"+ofOutlet, low, high, outlet, -1) {
		if err != nil {
			return nil, err
		}
		if len(found) <= maxChoices && strings.HasPrefix(a.Key.String(), strings.ToLower(begin)) {
			found = append(found, a)
		}
	}
	return found, nil
}

// byKeys returns the current articles of a key.
func (v *View) byKeys(ctx context.Context, key article.Key) (found []Article, err error) {
	return collect(v.where(ctx, "a.key = ?", key[:]))
}
