package storage

import (
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"math/bits"
	"time"

	"dedupe/article"
	"dedupe/text"
)

// State says whether an article could be compared.
type State uint8

// The states of an article.
const (
	Compared State = iota
	TooShort       // too few words left to judge
)

// String returns "compared" or "too short".
func (s State) String() string {
	if s == TooShort {
		return "too short"
	}
	return "compared"
}

// Article is one stored version of an article, without its body.
type Article struct {
	Seq            int64 // order of arrival, from 1
	Key            article.Key
	External       string // the input's own id, or ""
	Outlet         string // as people write it
	OutletKey      string // its canonical name, by which outlets are told apart
	URL            string
	Headline       string
	Byline         string
	Published      string    // as given
	Effective      time.Time // the date used
	Reason         article.DateReason
	FirstSeen      time.Time
	Language       string // BCP 47, "" when unsure
	Credit         string // agency, or ""
	Agency         bool   // that agency itself published it
	Words          int    // words compared
	TextHash       uint64
	Version        int  // from 1
	Current        bool // the newest version
	State          State
	Run            int64
	Cluster        int64 // 0: alone
	Representative bool  // of its cluster
	Summary        bool  // of a text that could not be had
}

// Name is what people call the article by: the input's own id, or the key
// where the input had none. View.Find understands it.
func (a *Article) Name() string {
	if a.External != "" {
		return a.External
	}
	return a.Key.String()
}

const articleColumns = `a.seq, a.key, a.external, coalesce(o.spelling, ''), coalesce(o.name, ''), a.url, a.headline, a.byline, a.published,
	a.effective, a.effective_reason, a.first_seen, a.language, a.credit, a.agency, a.words, a.text_hash,
	a.version, a.current, a.state, a.run, coalesce(a.cluster, 0), coalesce(c.representative = a.seq, 0), a.summary`

const articleTables = ` FROM article a LEFT JOIN outlet o ON o.id = a.outlet LEFT JOIN cluster c ON c.id = a.cluster `

// articleScan scans articleColumns, and whatever more the caller asks for.
func articleScan(r row, a *Article, more ...any) error {
	var key, hash []byte
	var effective, firstSeen int64
	var reason, agency, current, state int64 // whatever they are: doctor says what they cannot be
	dest := append([]any{&a.Seq, &key, &a.External, &a.Outlet, &a.OutletKey, &a.URL, &a.Headline, &a.Byline, &a.Published,
		&effective, &reason, &firstSeen, &a.Language, &a.Credit, &agency, &a.Words, &hash,
		&a.Version, &current, &state, &a.Run, &a.Cluster, &a.Representative, &a.Summary}, more...)
	if err := r.Scan(dest...); err != nil {
		return unreadable("article", err, a.Seq)
	}
	if len(key) != len(a.Key) || len(hash) != 8 {
		return damaged("article", fmt.Sprintf("a key of %d bytes and a hash of %d, not of 16 and 8", len(key), len(hash)), a.Seq)
	}
	a.Reason, a.Agency, a.Current, a.State = article.DateReason(reason), agency != 0, current != 0, State(state)
	copy(a.Key[:], key)
	a.TextHash = binary.BigEndian.Uint64(hash)
	a.Effective, a.FirstSeen = unix(effective), unix(firstSeen)
	return nil
}

func scanArticle(r row) (a Article, err error) {
	err = articleScan(r, &a)
	return a, err
}

// Article returns the version with the given number, or ErrNotFound.
func (v *View) Article(ctx context.Context, seq int64) (Article, error) {
	return one(ctx, v, "read article", scanArticle, "article", seq,
		"SELECT "+articleColumns+articleTables+"WHERE a.seq = ?", seq)
}

// Body returns the text of a version: ErrNotFound when there is no such version, and a
// Damage when its text cannot be read.
func (v *View) Body(ctx context.Context, seq int64) (string, error) {
	scan := func(r row) (string, error) {
		var data []byte
		if err := r.Scan(&data); err != nil {
			return "", err
		}
		return v.s.codec.body(seq, data)
	}
	return one(ctx, v, "read body", scan, "body", seq,
		"SELECT d.data FROM article a LEFT JOIN body d ON d.seq = a.seq WHERE a.seq = ?", seq)
}

// Articles yields every current article in order of arrival.
func (v *View) Articles(ctx context.Context) iter.Seq2[Article, error] {
	return stream(ctx, v, "read articles", scanArticle,
		"SELECT "+articleColumns+articleTables+"WHERE a.current = 1 ORDER BY a.seq")
}

// ArticleText is an article with its body.
type ArticleText struct {
	Article
	Body string
}

// Texts yields every current article with its body in order of arrival, but those of
// which the text cannot be read.
func (v *View) Texts(ctx context.Context) iter.Seq2[ArticleText, error] {
	return v.SelectedTexts(ctx, Selection{})
}

// Selection says which articles are meant; its zero value, all.
type Selection struct {
	Unique     bool // one a cluster, its representative, and all that are alone
	Syndicated bool // those in clusters of more than one outlet
}

// conditions returns the selection as SQL over articleTables. A cluster that was lost
// leaves nothing out.
func (s Selection) conditions() (and string) {
	if s.Unique {
		and += " AND coalesce(c.representative, a.seq) = a.seq"
	}
	if s.Syndicated {
		and += " AND c.outlets > 1"
	}
	return and
}

// SelectedTexts yields what Texts does of the articles that are meant.
func (v *View) SelectedTexts(ctx context.Context, of Selection) iter.Seq2[ArticleText, error] {
	scan := func(r row) (t ArticleText, err error) {
		var data []byte
		if err := articleScan(r, &t.Article, &data); err != nil {
			return t, err
		}
		t.Body, err = v.s.codec.body(t.Seq, data)
		return t, err
	}
	return stream(ctx, v, "read articles", scan,
		"SELECT "+articleColumns+", d.data"+articleTables+
			"LEFT JOIN body d ON d.seq = a.seq WHERE a.current = 1"+of.conditions()+" ORDER BY a.seq")
}

// where yields the current articles for which a condition holds.
func (v *View) where(ctx context.Context, condition string, args ...any) iter.Seq2[Article, error] {
	return stream(ctx, v, "find article", scanArticle,
		"SELECT "+articleColumns+articleTables+"WHERE a.current = 1 AND "+condition, args...)
}

// TextHash tells a text from its other versions. It is stored with each article.
func TextHash(headline, body string) uint64 {
	return text.Hash(headline) ^ bits.RotateLeft64(text.Hash(body), 1)
}
