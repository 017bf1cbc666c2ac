package storage

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"dedupe/article"
)

// This file is about ids under which several articles came: see article.Key.Other.

// IDText is a stored version of an article that came under an id.
type IDText struct {
	Seq      uint32
	Key      article.Key
	Version  int
	TextHash uint64
	Headline string
}

// TextsOfID returns all versions of all articles that came under the id of a key, in the
// order of arrival. Cost: a look-up, and 2 us a version.
func (s *Store) TextsOfID(ctx context.Context, key article.Key) (list []IDText, err error) {
	low, high := key.OneIDSpan()
	rows, err := s.r.QueryContext(context.WithoutCancel(ctx), `SELECT seq, key, version, text_hash, headline FROM article
		WHERE key BETWEEN ? AND ? AND substr(key, 9) = ?`, low[:], high[:], key[8:])
	if err != nil {
		return nil, fail("look up articles", s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var t IDText
		var key, hash sql.RawBytes
		if err := rows.Scan(&t.Seq, &key, &t.Version, &hash, &t.Headline); err != nil {
			return nil, fail("look up articles", s.path, err)
		}
		copy(t.Key[:], key)
		t.TextHash = textHash(hash)
		if !s.foreign(t.Seq) {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b IDText) int { return cmp.Compare(a.Seq, b.Seq) })
	return list, fail("look up articles", s.path, rows.Err())
}

// Received reads a stored article as it was received, but for the language, which is
// the stored one, and when that was: a Damage where the body cannot be read.
func (s *Store) Received(ctx context.Context, seq uint32) (a article.Article, seen time.Time, err error) {
	var data []byte
	var first int64
	err = s.r.QueryRowContext(context.WithoutCancel(ctx), `SELECT a.external, coalesce(o.name, ''), coalesce(s.name, ''), a.url, a.headline, a.byline, a.published, a.language, a.first_seen, a.summary, b.data
		FROM article a LEFT JOIN outlet o ON o.id = a.outlet LEFT JOIN spelling s ON s.id = a.given LEFT JOIN body b ON b.seq = a.seq WHERE a.seq = ?`, seq).
		Scan(&a.ID, &a.Outlet, &a.Given, &a.URL, &a.Headline, &a.Byline, &a.Published, &a.Language, &first, &a.Summary, &data)
	if err != nil {
		return article.Article{}, time.Time{}, fail(fmt.Sprintf("read article %d", seq), s.path, err)
	}
	a.Body, err = s.codec.kept(int64(seq), data)
	return a, unix(first), fail(fmt.Sprintf("read article %d", seq), s.path, err)
}

// SharedID is an id under which several articles came.
type SharedID struct {
	Articles int
	Keeper   Article // of the id
	Other    Article // the one of the others that came first
}

// SharedIDs returns how many ids are shared by several current articles, and those
// that most share, up to limit. Cost: a walk over the index of keys, 0.5 s at 1,000,000
// articles, and 30 us an article under such an id.
func (v *View) SharedIDs(ctx context.Context, limit int) (count int, most []SharedID, err error) {
	scan := func(r row) (k article.Key, err error) {
		var key []byte
		err = r.Scan(&key)
		copy(k[:], key)
		return k, err
	}
	var near []article.Key // that begin alike
	look := func() error {
		for len(near) > 1 {
			first := near[0]
			var of []article.Key
			near = slices.DeleteFunc(near, func(k article.Key) bool {
				if first.OneID(k) {
					of = append(of, k)
				}
				return first.OneID(k)
			})
			shared, err := v.sharedBy(ctx, of)
			if err != nil {
				return err
			}
			if shared.Articles > 1 {
				count++
				most = append(most, shared)
				slices.SortStableFunc(most, func(x, y SharedID) int { return cmp.Compare(y.Articles, x.Articles) })
				most = most[:min(limit, len(most))]
			}
		}
		near = near[:0]
		return nil
	}
	for k, err := range stream(ctx, v, "read keys", scan, "SELECT DISTINCT key FROM article ORDER BY key") {
		if err != nil {
			return 0, nil, err
		}
		if len(near) > 0 {
			before, _ := near[0].OneIDSpan()
			if low, _ := k.OneIDSpan(); low != before {
				if err := look(); err != nil {
					return 0, nil, err
				}
			}
		}
		near = append(near, k)
	}
	return count, most, look()
}

// sharedBy looks at the current articles of keys that are of one id.
func (v *View) sharedBy(ctx context.Context, keys []article.Key) (s SharedID, err error) {
	if len(keys) < 2 {
		return s, nil
	}
	for _, key := range keys {
		found, err := v.byKeys(ctx, key)
		if err != nil {
			return s, err
		}
		for _, a := range found {
			s.Articles++
			as := article.Article{ID: a.External, Outlet: a.OutletKey, URL: a.URL}
			switch {
			case as.Key() == a.Key:
				s.Keeper = a
			case s.Other.Seq == 0 || a.Seq < s.Other.Seq:
				s.Other = a
			}
		}
	}
	return s, nil
}
