package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"
	"time"

	"dedupe/article"
)

// Articles that are taken out for good go in steps, so that a process that dies on the way
// leaves a whole database, and the next one goes on:
//
//	Leave     noted in the table leaving, with hashes that keep them from coming back
//	Write     superseded by nothing: others are judged and grouped without them (the engine)
//	Erase     all rows of them
//	Scrub     the file is written anew, so that no byte is left in what was free, nor in the log
//	Left      the table leaving is empty

// Hash is what is kept of an article that may not come back: 16 bytes of SHA-256.
type Hash [16]byte

// HashOfKey is that of an identity.
func HashOfKey(key article.Key) Hash { return hashOf("key", string(key[:])) }

// HashOfText is that of a text under the canonical name of its outlet; text is its TextHash.
func HashOfText(outlet string, text uint64) Hash {
	return hashOf("text", outlet, string(binary.BigEndian.AppendUint64(nil, text)))
}

func hashOf(parts ...string) (h Hash) {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	copy(h[:], sum[:])
	return h
}

// ItemHash tells an item of a feed, or what it says, from all others. It is stored: see Taken.
func ItemHash(texts ...string) uint64 {
	h := fnv.New64a()
	for _, s := range texts {
		_, _ = h.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(s))))
		_, _ = h.Write([]byte(s))
	}
	return h.Sum64()
}

// Leaver is a stored version on its way out.
type Leaver struct {
	Seq uint32
	How How
}

// How says what becomes of a version that stands in the table leaving.
type How uint8

// What becomes of it. The numbers are stored.
const (
	ForGood  How = iota // it goes
	LetBack             // it goes, and may come back
	Resettle            // it stays; the article that kept its id goes
	Old                 // it goes for its age
)

// Forgotten is an entry of the list of what may not come back.
type Forgotten struct {
	Entry uint32
	At    time.Time
}

// metaScrub tells in the table meta that bytes of what was taken out may still be in the file: by 1, and
// the keys in hexadecimal digits that other articles take over.
const metaScrub = "scrub"

// Leave notes versions that are taken out, hashes of what may not come back, by the number
// of the article of each, and the keys of those that leave which other articles take over.
func (s *Store) Leave(ctx context.Context, list []Leaver, hashes map[Hash]uint32, passed []article.Key, at time.Time) error {
	due := "1"
	for _, key := range passed {
		due += " " + key.String()
	}
	return s.update(ctx, "forget articles", func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		for _, l := range list {
			w.exec("INSERT INTO leaving (article, how) VALUES (?, ?) ON CONFLICT DO UPDATE SET how = min(how, excluded.how)", l.Seq, l.How)
		}
		keys := make([]Hash, 0, len(hashes))
		for h := range hashes {
			keys = append(keys, h)
		}
		slices.SortFunc(keys, func(a, b Hash) int { return slices.Compare(a[:], b[:]) })
		for _, h := range keys {
			w.exec("INSERT OR REPLACE INTO forgotten (hash, entry, at) VALUES (?, ?, ?)", h[:], hashes[h], at.Unix())
		}
		if slices.ContainsFunc(list, func(l Leaver) bool { return l.How == ForGood || l.How == LetBack }) {
			w.exec("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", metaScrub, due)
			// What a receiver of notifications said may be a part of what it was told.
			w.exec("UPDATE meta SET value = json_set(value, '$.reason', 'what it said went with a forgotten article') WHERE name = ? AND iif(json_valid(value), value ->> 'reason', '') <> ''", metaUnreached)
		}
		return w.err
	})
}

// Leaving returns the versions that are being taken out, in the order of arrival.
func (s *Store) Leaving(ctx context.Context) (list []Leaver, err error) {
	err = s.rows(ctx, "read leaving articles", func(rows *sql.Rows) error {
		var l Leaver
		if err := rows.Scan(&l.Seq, &l.How); err != nil {
			return s.Tell(ctx, unreadable("leaving", err, int64(l.Seq)))
		}
		list = append(list, l)
		return nil
	}, "SELECT article, how FROM leaving ORDER BY article")
	return list, err
}

// Halfway reports whether something is on its way out: a process that forgot it has died, or could
// not write the file anew.
func (s *Store) Halfway(ctx context.Context) (is bool, err error) {
	err = s.r.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM leaving) OR EXISTS (SELECT 1 FROM meta WHERE name = ?)", metaScrub).Scan(&is)
	return is, fail("read leaving articles", s.path, err)
}

// Passed returns the keys, as digits, of which Leave was told that other articles take them over, as long as what it began
// has not come to its end.
func (s *Store) Passed(ctx context.Context) ([]string, error) {
	due, err := s.Meta(ctx, metaScrub)
	if due == "" {
		return nil, err
	}
	return strings.Fields(due)[1:], err
}

// Forgotten returns the hashes of what may not come back.
func (s *Store) Forgotten(ctx context.Context) (map[Hash]Forgotten, error) {
	all := map[Hash]Forgotten{}
	err := s.rows(ctx, "read forgotten articles", func(rows *sql.Rows) error {
		var hash []byte
		var f Forgotten
		var at int64
		if err := rows.Scan(&hash, &f.Entry, &at); err != nil {
			return s.Tell(ctx, unreadable("forgotten", err, hash))
		}
		var h Hash
		copy(h[:], hash)
		f.At = unix(at)
		all[h] = f
		return nil
	}, "SELECT hash, entry, at FROM forgotten")
	return all, err
}

// LetBack takes an entry off the list of what may not come back, or returns ErrNotFound.
func (s *Store) LetBack(ctx context.Context, entry int64) error {
	return s.update(ctx, "store forgotten articles", func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, "DELETE FROM forgotten WHERE entry = ?", entry)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return notFound("forgotten article", entry)
		}
		return nil
	})
}

// OfOutlet yields the current articles of an outlet, by its canonical name, in the order of arrival.
func (v *View) OfOutlet(ctx context.Context, name string) iter.Seq2[Article, error] {
	return v.where(ctx, "o.name = ? ORDER BY a.seq", name)
}

// Erased counts what Erase removed.
type Erased struct {
	Versions    int // of articles, with their texts and headlines
	Decisions   int // of people, on pairs and representatives, and what was skipped
	Rejects     int // notes on input that hold a part of a text
	Boilerplate int // passages whose example was one of them
}

// Erase removes all rows of versions that are no longer current and that nothing refers to: texts,
// what people decided on them, notes of input that hold a part of them, and what remembers feeds'
// items of those that may come back. Their places stay, as dead ones without a key.
func (s *Store) Erase(ctx context.Context, list []Leaver, places []PlaceRow) (n Erased, err error) {
	seqs := make([]uint32, len(list))
	for i, l := range list {
		seqs[i] = l.Seq
	}
	needles, items, err := s.traces(ctx, list)
	if err != nil {
		return n, err
	}
	if _, err := s.w.ExecContext(ctx, "PRAGMA secure_delete = ON"); err != nil {
		return n, fail("erase articles", s.path, err)
	}
	ids, _ := json.Marshal(seqs) // plain numbers cannot fail
	err = s.update(ctx, "erase articles", func(tx *sql.Tx) error {
		n = Erased{}
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		const these = "(SELECT value FROM json_each(?))"
		// Those of articles that go: another may have a key that one of these had, or stay when an old version of it goes.
		const keys = "IN (SELECT key FROM article g WHERE seq IN " + these + " AND NOT EXISTS (SELECT 1 FROM article WHERE key = g.key AND current = 1 AND seq NOT IN " + these + "))"
		for _, q := range []struct {
			count *int
			query string
		}{
			{&n.Decisions, "DELETE FROM decision WHERE a " + keys + " OR b " + keys},
			{&n.Decisions, "DELETE FROM pin WHERE key " + keys},
			{&n.Decisions, "DELETE FROM skip WHERE a " + keys + " OR b " + keys},
			{nil, "DELETE FROM ruled WHERE a " + keys + " OR b " + keys},
			{nil, "DELETE FROM ruling WHERE NOT EXISTS (SELECT 1 FROM ruled WHERE ruling = ruling.id)"},
			{nil, "DELETE FROM pair WHERE b IN " + these},
			{nil, "DELETE FROM pair WHERE a IN " + these},
			{nil, "DELETE FROM vote WHERE article IN " + these},
			{nil, "DELETE FROM work WHERE article IN " + these},
			{nil, "DELETE FROM body WHERE seq IN " + these},
			{nil, "UPDATE spelling SET articles = articles - c.n FROM (SELECT given, count(*) AS n FROM article WHERE seq IN " + these + " GROUP BY given) c WHERE spelling.id = c.given"},
			{&n.Versions, "DELETE FROM article WHERE seq IN " + these},
		} {
			args := make([]any, strings.Count(q.query, "?"))
			for i := range args {
				args[i] = string(ids)
			}
			done, err := tx.ExecContext(ctx, q.query, args...)
			if err != nil {
				return err
			}
			if rows, err := done.RowsAffected(); err == nil && q.count != nil {
				*q.count += int(rows)
			}
		}
		for _, p := range places {
			w.exec("INSERT OR REPLACE INTO place (first, data) VALUES (?, ?)", p.First, packPlaces(p.Places))
		}
		for _, item := range items {
			w.exec("DELETE FROM taken WHERE item = ?", int64(item))
		}
		if w.err != nil {
			return w.err
		}
		if n.Rejects, err = eraseRejects(ctx, tx, needles); err != nil {
			return err
		}
		return noteGone(ctx, tx, seqs)
	})
	if err == nil {
		s.gaps.Store(nil)
	}
	return n, err
}

// traces are the texts by which a note of input is one of versions, and the hashes by which a feed's
// item is.
func (s *Store) traces(ctx context.Context, list []Leaver) (needles []string, items []uint64, err error) {
	const enough = 40 // bytes of a body
	for _, l := range list {
		if l.How == Old {
			continue
		}
		a, _, err := s.Received(ctx, l.Seq)
		if IsDamage(err) || errors.Is(err, sql.ErrNoRows) { // its row says what there is
			err = nil
		}
		if err != nil {
			return nil, nil, err
		}
		begin := a.Body
		if len(begin) > enough {
			begin = strings.ToValidUTF8(begin[:enough], "")
		}
		for _, text := range []string{a.ID, a.URL, a.Headline, begin} {
			if len(text) < 4 { // stands in anything
				continue
			}
			quoted, _ := json.Marshal(text) // a string cannot fail
			needles = append(needles, text, string(quoted[1:len(quoted)-1]))
		}
		if l.How == LetBack {
			items = append(items, ItemHash(a.ID), ItemHash(a.URL), ItemHash(a.Headline))
		}
	}
	return needles, items, nil
}

// eraseRejects deletes the notes of input that hold one of the texts.
func eraseRejects(ctx context.Context, tx *sql.Tx, needles []string) (n int, err error) {
	if len(needles) == 0 {
		return 0, nil
	}
	var pairs []string
	for _, text := range needles {
		pairs = append(pairs, text, "")
	}
	finder := strings.NewReplacer(pairs...) // one pass over each note, however many texts
	rows, err := tx.QueryContext(ctx, "SELECT id, head, reason FROM reject")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var found []int64
	for rows.Next() {
		var id int64
		var head, reason string
		if err := rows.Scan(&id, &head, &reason); err != nil {
			return 0, err
		}
		if finder.Replace(head) != head || finder.Replace(reason) != reason {
			found = append(found, id)
		}
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	ids, _ := json.Marshal(found) // plain numbers cannot fail
	_, err = tx.ExecContext(ctx, "DELETE FROM reject WHERE id IN (SELECT value FROM json_each(?))", string(ids))
	return len(found), err
}

// noteGone adds numbers to the ranges of those that were taken out.
func noteGone(ctx context.Context, tx *sql.Tx, seqs []uint32) error {
	ranges, err := goneRanges(ctx, tx)
	if err != nil {
		return err
	}
	for _, seq := range seqs {
		ranges = append(ranges, numberRange{int64(seq), int64(seq)})
	}
	slices.SortFunc(ranges, func(a, b numberRange) int { return int(a.first - b.first) })
	merged := ranges[:0]
	for _, r := range ranges {
		if n := len(merged); n > 0 && r.first <= merged[n-1].last+1 {
			merged[n-1].last = max(merged[n-1].last, r.last)
			continue
		}
		merged = append(merged, r)
	}
	w := &batchWriter{ctx: ctx, tx: tx}
	defer w.close()
	w.exec("DELETE FROM gone")
	for _, r := range merged {
		w.exec("INSERT INTO gone (first, last) VALUES (?, ?)", r.first, r.last)
		w.exec("DELETE FROM place WHERE first BETWEEN ?1 AND ?2 AND first + length(data) / ?3 - 1 <= ?2", r.first, r.last, placeLen)
	}
	return w.err
}

// Left ends what Leave began: outlets that no version has any more go, others are shown as
// their versions are spelt.
func (s *Store) Left(ctx context.Context) error {
	return s.update(ctx, "erase articles", func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		w.exec("DELETE FROM spelling WHERE articles <= 0")
		w.exec("DELETE FROM outlet WHERE id NOT IN (SELECT outlet FROM article)")
		w.exec(showSpellings)
		w.exec("DELETE FROM shown WHERE cluster NOT IN (SELECT id FROM cluster WHERE successor IS NULL)")
		w.exec("DELETE FROM leaving")
		return w.err
	})
}

// Reexample stores other examples of boilerplate, and deletes passages that have none.
func (s *Store) Reexample(ctx context.Context, list []BoilerplateRow) error {
	return s.update(ctx, "store boilerplate", func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		for _, f := range list {
			if f.Example == 0 {
				w.exec("DELETE FROM boilerplate WHERE id = ?", f.ID)
				continue
			}
			w.exec("UPDATE boilerplate SET example = ?, passage = ? WHERE id = ?", f.Example, f.Passage, f.ID)
		}
		return w.err
	})
}

// Voters returns the articles that vote for boilerplate, in the order of arrival.
func (s *Store) Voters(ctx context.Context) ([]uint32, error) {
	return s.numbers(ctx, "read votes", "SELECT article FROM vote ORDER BY article")
}

// Scrub writes the whole file anew where something was taken out of it since it was last written so,
// and empties the log: what was deleted is then in neither. It takes as much room as the file twice
// over for that time, in SQLite's folder of temporary files (SQLITE_TMPDIR) and in the log. It
// fails where another process reads for longer than 10 s, and is then to be called again. Copies that were made
// before an update go too, and a log that was put aside.
func (s *Store) Scrub(ctx context.Context) error {
	const op = "write database anew"
	due, err := s.Meta(ctx, metaScrub)
	if err != nil || due == "" {
		return err
	}
	for _, statement := range []string{"PRAGMA temp_store = FILE", "VACUUM"} {
		if _, err := s.w.ExecContext(ctx, statement); err != nil {
			return fail(op, s.path, err)
		}
	}
	if err := s.emptyLog(ctx); err != nil {
		return fail(op, s.path, err)
	}
	full, err := resolve(s.path)
	if err == nil {
		err = dropCopies(full, "")                                                  // what was copied before an update has them too
		if gone := os.Remove(full + "-wal.old"); !errors.Is(gone, fs.ErrNotExist) { // and so has a log that was put aside
			err = errors.Join(err, gone)
		}
	}
	if err == nil { // last, so that one that dies before is done again
		err = s.transact(ctx, op, aside, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "DELETE FROM meta WHERE name = ?", metaScrub)
			return err
		})
	}
	if err == nil {
		_, err = s.w.ExecContext(ctx, "PRAGMA temp_store = MEMORY")
	}
	return fail(op, s.path, err)
}

// emptyLog folds the whole log into the file and cuts it to nothing.
func (s *Store) emptyLog(ctx context.Context) error {
	var busy, frames, folded int
	err := s.w.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &folded)
	if err == nil && busy != 0 {
		err = fmt.Errorf("another process reads it")
	}
	return err
}
