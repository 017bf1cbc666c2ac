package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"slices"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/text"
)

// Check looks for damage in the file and returns what it finds, at most limit
// lines; none is a whole file. It reads all of the file: about a second a
// gigabyte that is in memory.
func (v *View) Check(ctx context.Context, limit int) ([]string, error) {
	text := func(r row) (s string, err error) { return s, r.Scan(&s) }
	found, err := collect(stream(ctx, v, "check database", text, "SELECT quick_check FROM pragma_quick_check LIMIT ?", limit))
	if err != nil {
		return nil, err
	}
	if len(found) == 1 && found[0] == "ok" {
		found = nil
	}
	lost, err := collect(stream(ctx, v, "check database", text, `
		SELECT 'a row of ' || "table" || ' names one of ' || parent || ' that is not there' FROM pragma_foreign_key_check LIMIT ?`, limit))
	return append(found, lost...), err
}

// TextHash tells a text from its other versions. It is stored with each article.
func TextHash(headline, body string) uint64 {
	return text.Hash(headline) ^ bits.RotateLeft64(text.Hash(body), 1)
}

// rowCheck reads the rows of a table and says what is wrong with each.
type rowCheck struct {
	table string
	query string
	key   string // the condition by which one row is found
	check func(v *View, r row) error
}

// rowChecks are those that look at one row at a time. Pairs have one more: whether their
// articles are stored.
var rowChecks = []rowCheck{
	{"article", `SELECT a.seq, a.key, a.text_hash, a.headline, a.words, a.version, a.current, a.state, a.agency, a.effective_reason, a.effective,
		coalesce(a.cluster, 0), a.cluster IS NULL OR EXISTS (SELECT 1 FROM cluster c WHERE c.id = a.cluster AND c.successor IS NULL),
		a.outlet, EXISTS (SELECT 1 FROM outlet o WHERE o.id = a.outlet), d.data
		FROM article a LEFT JOIN body d ON d.seq = a.seq`, "a.seq = ?", checkArticle},
	{"pair", `SELECT ` + pairRowColumns + `, EXISTS (SELECT 1 FROM article WHERE seq = a) AND EXISTS (SELECT 1 FROM article WHERE seq = b) FROM pair`,
		"a = ? AND b = ?", checkPair},
	{"cluster", `SELECT c.id, c.size, c.outlets, c.representative, count(*), count(DISTINCT m.outlet), coalesce(sum(m.seq = c.representative), 0),
		c.made, c.changed, c.reason, c.first, c.last
		FROM cluster c LEFT JOIN article m ON m.cluster = c.id WHERE c.successor IS NULL`, "c.id = ?", checkCluster},
	{"decision", "SELECT a, b, same, decided, note FROM decision", keysAre, checkDecision},
	{"pin", "SELECT key, decided, note FROM pin", "CAST(key AS BLOB) = ?", checkPin},
	{"skip", "SELECT a, b, 0, skipped, '' FROM skip", keysAre, checkSkip},
	{"ruled", "SELECT a, b, 0, 0, '' FROM ruled", keysAre, checkRuled},
	{"vote", "SELECT v.article, v.passages, length(b.data) FROM vote v LEFT JOIN body b ON b.seq = v.article", "v.article = ?", checkVote},
	{"boilerplate", "SELECT id, state, shingles, votes FROM boilerplate", "id = ?", checkBoilerplate},
	{"changed", "SELECT id, first, shingles, keys FROM changed", "id = ?", checkChanged},
	{"work", "SELECT w.article, w.step, EXISTS (SELECT 1 FROM article a WHERE a.seq = w.article) FROM work w", "w.article = ?", checkWork},
}

// keysAre finds a row by its keys, which damage may have made texts.
const keysAre = "CAST(a AS BLOB) = ? AND CAST(b AS BLOB) = ?"

// Damaged yields every stored row that cannot be read, or that says what cannot be: it
// decodes each blob, holds each text against its hash, the columns of each pair against its
// evidence, and each place against its article. One pass over each table; besides 40 bytes an
// article it holds a row at a time. progress, which may be nil, is told how many of all
// articles and pairs have been looked at. Only tables that are named are looked at, all where
// none is: article is that of bodies too, and segment that of postings. Cost: 60 us an article with its pairs.
func (v *View) Damaged(ctx context.Context, progress func(done, total int), tables ...string) iter.Seq2[Damage, error] {
	return func(yield func(Damage, error) bool) {
		done, total := 0, 0
		if progress == nil {
			progress = func(int, int) {}
		}
		if err := v.tx.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM article) + (SELECT count(*) FROM pair)").Scan(&total); err != nil {
			yield(Damage{}, fail("check rows", v.s.path, err))
			return
		}
		tell := func(err error) error {
			d, is := errors.AsType[*Damage](err)
			if !is {
				return err
			}
			if !yield(*d, nil) {
				return errEnough
			}
			return nil
		}
		wanted := func(table string) bool { return len(tables) == 0 || slices.Contains(tables, table) }
		err := func() error {
			for i, c := range rowChecks {
				if !wanted(c.table) {
					continue
				}
				counted := i < 2 // articles and pairs
				err := v.checkRows(ctx, &c, "", nil, func(err error) error {
					if counted {
						done++
						progress(done, total)
					}
					if err != nil {
						return tell(err)
					}
					return nil
				})
				if err != nil {
					return err
				}
			}
			if wanted("place") {
				if err := v.checkPlaces(ctx, tell); err != nil {
					return err
				}
			}
			if wanted("segment") {
				return v.checkIndex(ctx, tell)
			}
			return nil
		}()
		if err != nil && !errors.Is(err, errEnough) {
			yield(Damage{}, fail("check rows", v.s.path, err))
		}
	}
}

// errEnough ends a check that nobody wants to hear more of.
var errEnough = errors.New("enough")

// checkRows checks the rows for which a condition holds and passes on what came of each.
func (v *View) checkRows(ctx context.Context, c *rowCheck, condition string, args []any, each func(error) error) error {
	query := c.query
	if condition != "" {
		join := " WHERE "
		if c.table == "cluster" {
			join = " AND "
		}
		query += join + condition
	}
	if c.table == "cluster" {
		query += " GROUP BY c.id"
	}
	rows, err := v.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		err := c.check(v, rows)
		if err != nil && !IsDamage(err) {
			return err
		}
		if err := each(err); err != nil {
			return err
		}
	}
	return rows.Err()
}

// StillDamaged returns those of damaged rows that are damaged now: the others were mended, or
// are gone.
func (v *View) StillDamaged(ctx context.Context, list []Damage) (still []Damage, err error) {
	var places map[string]bool // damaged rows of them, and lost articles; read when they are needed
	for _, d := range list {
		is := false
		switch {
		case d.Table == "place", d.What == noArticle:
			if places == nil {
				places = map[string]bool{}
				for p, err := range v.Damaged(ctx, nil, "place") {
					if err != nil {
						return nil, err
					}
					places[p.Table+p.Row] = true
				}
			}
			is = places[d.Table+d.Row]
		case d.Table == "segment", d.Table == "posting": // are never changed, but replaced
			id, _ := d.key[0].(int64)
			block := int64(-1)
			if d.Table == "posting" {
				id, block = id>>segmentShift, id
			}
			err = v.tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM segment WHERE id = ?) OR EXISTS (SELECT 1 FROM posting WHERE id = ?)",
				id, block).Scan(&is)
		default:
			is, err = v.damagedRow(ctx, &d)
		}
		if err != nil {
			return nil, fail("check row", v.s.path, err)
		}
		if is {
			still = append(still, d)
		}
	}
	return still, nil
}

// damagedRow checks one row again; what has no check stays damaged.
func (v *View) damagedRow(ctx context.Context, d *Damage) (is bool, err error) {
	table := d.Table
	if table == "body" {
		table = "article"
	}
	i := slices.IndexFunc(rowChecks, func(c rowCheck) bool { return c.table == table })
	if i < 0 {
		return true, nil
	}
	err = v.checkRows(ctx, &rowChecks[i], rowChecks[i].key, d.key, func(err error) error {
		is = is || err != nil
		return nil
	})
	return is, err
}

func checkArticle(v *View, r row) error {
	var seq, words, version, current, state, agency, reason, effective, cluster, outlet int64
	var inCluster, ofOutlet bool
	var key, hash []byte
	var headline string
	var data sql.RawBytes
	if err := r.Scan(&seq, &key, &hash, &headline, &words, &version, &current, &state, &agency, &reason, &effective, &cluster, &inCluster, &outlet, &ofOutlet, &data); err != nil {
		return unreadable("article", err, seq)
	}
	if is, err := v.s.stored(context.Background(), seq); err != nil {
		return err
	} else if !is {
		return damaged("article", "its number is far beyond those of all others", seq)
	}
	switch {
	case len(key) != len(article.Key{}) || len(hash) != 8:
		return damaged("article", fmt.Sprintf("a key of %d bytes and a hash of %d, not of 16 and 8", len(key), len(hash)), seq)
	case words < 0 || version < 1 || current>>1 != 0 || state>>1 != 0 || agency>>1 != 0 || reason < 0 || reason > int64(article.GivenDay):
		return damaged("article", "a number that its column cannot have", seq)
	case effective < firstSecond || effective > lastSecond:
		return damaged("article", "a date outside the years 1 to 9999", seq)
	case !inCluster:
		return damaged("article", fmt.Sprintf(ofCluster+"%d, which is not there", cluster), seq)
	case !ofOutlet:
		return damaged("article", fmt.Sprintf("of outlet %d, which is not there", outlet), seq)
	}
	body, err := v.s.codec.body(seq, data)
	if err == nil && !isPruned(data) && TextHash(headline, body) != binary.BigEndian.Uint64(hash) {
		err = damaged("body", "the text is not the one that was stored: its hash is another", seq)
	}
	return err
}

func checkPair(_ *View, r row) error {
	var a, b int64
	var c pairColumns
	var stored bool
	if err := r.Scan(&a, &b, &c.kind, &c.resemblance, &c.containmentA, &c.containmentB, &c.evidence, &stored); err != nil {
		return unreadable("pair", err, a, b)
	}
	if !stored {
		return damaged("pair", strayPair, a, b)
	}
	_, err := c.verify(a, b)
	return err
}

func checkCluster(_ *View, r row) error {
	var id, size, outlets, representative, members, of, held int64
	var other int64 // whatever it is
	if err := r.Scan(&id, &size, &outlets, &representative, &members, &of, &held, &other, &other, new(string), &other, &other); err != nil {
		return unreadable("cluster", err, id)
	}
	switch {
	case held != 1:
		return damaged("cluster", fmt.Sprintf("article %d, which represents it, is no member", representative), id)
	case size != members || outlets != of:
		return damaged("cluster", fmt.Sprintf("%d members of %d outlets, and there are %d of %d", size, outlets, members, of), id)
	}
	return nil
}

func checkDecision(_ *View, r row) error { return checkKeys("decision", r) }
func checkSkip(_ *View, r row) error     { return checkKeys("skip", r) }
func checkRuled(_ *View, r row) error    { return checkKeys("ruled", r) }

func checkKeys(table string, r row) error {
	var a, b []byte
	var same int64
	var keyA, keyB article.Key
	if err := r.Scan(&a, &b, &same, new(int64), new(string)); err != nil {
		return unreadable(table, err, a, b)
	}
	if same>>1 != 0 {
		return damaged(table, fmt.Sprintf("neither the same nor different, but %d", same), a, b)
	}
	return keysOf(table, &keyA, a, &keyB, b)
}

func checkPin(_ *View, r row) error {
	var key []byte
	if err := r.Scan(&key, new(int64), new(string)); err != nil {
		return unreadable("pin", err, key)
	}
	if !keyOf(&article.Key{}, key) {
		return damaged("pin", noKey, key)
	}
	return nil
}

func checkVote(_ *View, r row) error {
	var seq int64
	var data []byte
	var body *int64
	if err := r.Scan(&seq, &data, &body); err != nil {
		return unreadable("vote", err, seq)
	}
	passages, err := unpackPassages(seq, data)
	// A packed text has no eight words in a byte.
	if n := len(passages); err == nil && (n == 0 || body == nil || int64(passages[n-1].Start+passages[n-1].Len) > 8**body) {
		err = damaged("vote", "passages that the text does not have", seq)
	}
	return err
}

func checkBoilerplate(_ *View, r row) error {
	var f BoilerplateRow
	var state int64
	var shingles, votes []byte
	if err := r.Scan(&f.ID, &state, &shingles, &votes); err != nil {
		return unreadable("boilerplate", err, f.ID)
	}
	f.State = BoilerplateState(state)
	return f.unpack(state, shingles, votes)
}

func checkChanged(_ *View, r row) error {
	var id, first int64
	var shingles, keys []byte
	if err := r.Scan(&id, &first, &shingles, &keys); err != nil {
		return unreadable("changed", err, id)
	}
	return changedDamage(id, first, shingles, keys)
}

// checkPlaces holds the places against the articles.
func (v *View) checkPlaces(ctx context.Context, tell func(error) error) error {
	places, firsts, lacking, err := v.places(ctx, tell)
	if err != nil {
		return err
	}
	told := uint32(0) // of which row something was told
	for seq, err := range v.misplaced(ctx, places) {
		if err != nil {
			return err
		}
		if _, is := slices.BinarySearch(lacking, seq); is {
			continue
		}
		if is, err := v.s.stored(ctx, int64(seq)); err != nil {
			return err
		} else if !is {
			if err := tell(damaged("article", noArticle, int64(seq))); err != nil {
				return err
			}
		}
		row, found := slices.BinarySearch(firsts, seq)
		if !found {
			row--
		}
		if first := firsts[row]; first != told {
			told = first
			if err := tell(damaged("place", fmt.Sprintf("that of article %d is another article's", seq), int64(first))); err != nil {
				return err
			}
		}
	}
	return nil
}

// misplaced yields the articles whose places are not theirs: of another key or outlet, or of a
// superseded one and not; and those with a place that were lost.
func (v *View) misplaced(ctx context.Context, places []candidate.Place) iter.Seq2[uint32, error] {
	next, lost := int64(1), []uint32(nil)
	scan := func(r row) (uint32, error) {
		var seq, outlet, current, pruned int64
		var named *bool
		var key sql.RawBytes
		if err := r.Scan(&seq, &key, &outlet, &named, &current, &pruned); err != nil {
			return 0, err
		}
		for ; next < min(seq, int64(len(places))+1); next++ {
			if !places[next-1].Dead {
				lost = append(lost, uint32(next))
			}
		}
		next = seq + 1
		if seq > int64(len(places)) || len(key) < 8 {
			return 0, nil
		}
		p := &places[seq-1]
		if named != nil && !*named {
			outlet = 0
		}
		if p.Key == binary.BigEndian.Uint64(key) && int64(p.Outlet) == outlet&^(dead|isFrozen) && p.Dead == (current == 0 || p.Frozen) && p.Frozen == (current != 0 && pruned&frozen != 0) {
			return 0, nil
		}
		return uint32(seq), nil
	}
	return func(yield func(uint32, error) bool) {
		for seq, err := range stream(ctx, v, "check places", scan,
			`SELECT a.seq, a.key, a.outlet, o.name <> '', a.current, a.frozen FROM article a LEFT JOIN outlet o ON o.id = a.outlet ORDER BY a.seq`) {
			for _, gone := range lost {
				if !yield(gone, nil) {
					return
				}
			}
			lost = lost[:0]
			if (seq != 0 || err != nil) && !yield(seq, err) {
				return
			}
		}
	}
}

// checkIndex decodes all blocks of the index.
func (v *View) checkIndex(ctx context.Context, tell func(error) error) error {
	stray := func(r row) (d [2]int64, err error) { return d, r.Scan(&d[0], &d[1]) }
	for of, err := range stream(ctx, v, "check index", stray, `SELECT min(id), id >> ?1 FROM posting
		WHERE id >> ?1 NOT IN (SELECT id FROM segment) GROUP BY id >> ?1`, segmentShift) {
		if err != nil {
			return err
		}
		if err := tell(damaged("posting", fmt.Sprintf("of segment %d, which is not there", of[1]), of[0])); err != nil {
			return err
		}
	}
	rows, err := v.tx.QueryContext(ctx, "SELECT "+segmentColumns+" FROM segment ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		seg, err := v.s.segment(ctx, rows)
		whole := err == nil
		if err != nil {
			if err := tell(err); err != nil {
				return err
			}
		}
		postings := 0
		err = v.blocks(ctx, seg, func(n int, err error) error {
			postings += n
			if err != nil {
				whole = false
				return tell(err)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if whole && postings != seg.Len {
			if err := tell(damaged("segment", fmt.Sprintf("%d postings, and there are %d", seg.Len, postings), seg.ID)); err != nil {
				return err
			}
		}
	}
	return rows.Err()
}

// blocks decodes the blocks of a segment, the lacking ones too, and passes on how many
// postings each has or what is wrong with it.
func (v *View) blocks(ctx context.Context, seg *candidate.Segment, each func(int, error) error) error {
	rows, err := v.tx.QueryContext(ctx, "SELECT id, data FROM posting WHERE id >= ? AND id < ? ORDER BY id", postingID(seg.ID, 0), postingID(seg.ID+1, 0))
	if err != nil {
		return err
	}
	defer rows.Close()
	var buf []candidate.Posting
	n := 0
	look := func(data []byte) error {
		var err error
		buf, err = block(buf[:0], seg, n, data, int64(v.s.last.Load()))
		n++
		return each(len(buf), err)
	}
	for rows.Next() {
		var id int64
		var data sql.RawBytes
		if err := rows.Scan(&id, &data); err != nil {
			return err
		}
		for at := int(id - postingID(seg.ID, 0)); n < at && n < len(seg.Fences); {
			if err := look(nil); err != nil {
				return err
			}
		}
		if n < len(seg.Fences) {
			if err := look(data); err != nil {
				return err
			}
		}
	}
	for n < len(seg.Fences) {
		if err := look(nil); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Undated is an outlet many of whose articles have no date of their own.
type Undated struct {
	Outlet   string
	Articles int
	Without  int // a date
}

// Undated returns the outlets of at least 5 articles of which more than half
// have no date, those with the most first.
func (v *View) Undated(ctx context.Context, limit int) ([]Undated, error) {
	scan := func(r row) (u Undated, err error) { return u, r.Scan(&u.Outlet, &u.Articles, &u.Without) }
	return collect(stream(ctx, v, "count dates", scan, `
		SELECT coalesce(o.spelling, ''), count(*), sum(NOT `+dated+`) AS without FROM article m LEFT JOIN outlet o ON o.id = m.outlet
		WHERE m.current = 1 GROUP BY m.outlet HAVING count(*) >= 5 AND without * 2 > count(*)
		ORDER BY without DESC, o.name LIMIT ?`, limit))
}
