package storage

import (
	"context"
	"errors"
	"iter"
	"slices"
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
