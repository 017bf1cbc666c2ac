package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// BeginRun notes that a run has begun and returns its number. It fails with
// ErrOvertaken where another one has written since the database was opened.
func (s *Store) BeginRun(ctx context.Context, command, settings string, at time.Time) (id int64, err error) {
	s.turn.named(command, at)
	err = s.transact(ctx, "begin run", asStart, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "INSERT INTO run (command, started, settings) VALUES (?, ?, ?)", command, at.Unix(), settings)
		if err != nil {
			return err
		}
		if id, err = r.LastInsertId(); err != nil || s.by == "" {
			return err
		}
		now := fmt.Sprint(s.by, ", schema ", schemaVersion)
		_, err = tx.ExecContext(ctx, `INSERT OR IGNORE INTO meta (name, value) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM article);
			INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)`, metaBegunBy, now, metaLastBy, now)
		return err
	})
	if err == nil {
		err = s.mark(ctx)
	}
	return id, err
}

// EndRun notes that a run came to its end. What it stored is whole, though another
// one has begun meanwhile.
func (s *Store) EndRun(ctx context.Context, id int64, summary []byte, at time.Time) error {
	return s.transact(ctx, "end run", aside.lasting(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE run SET finished = ?, summary = ? WHERE id = ?", at.Unix(), string(summary), id)
		return err
	})
}

// Write stores a batch in one transaction. Rows of a table are written in the
// order of its key, so that pages are filled one after the other. Where another run
// has written since this one last did, it stores nothing and fails with ErrOvertaken;
// where the file was replaced, with ErrReplaced.
func (s *Store) Write(ctx context.Context, b *Batch) error {
	if n := len(b.Articles); n > 0 {
		s.bound.Store(max(s.bound.Load(), b.Articles[n-1].Seq+1))
	}
	how := asBatch
	if b.Ruling != nil {
		how = how.lasting()
	}
	return s.transact(ctx, "store batch", how, func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		w.articles(b)
		w.pairs(b)
		w.moveKeys(b.Moved)
		w.ruling(b)
		w.decisions(b)
		w.clusters(b)
		w.pins(b)
		w.index(b)
		for _, r := range b.Rejects {
			w.exec(`INSERT INTO reject (run, path, line, reason, kept, source, head, first) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?1)
				ON CONFLICT (path, line, reason, head, kept) DO UPDATE SET run = excluded.run, source = excluded.source, first = iif(run >= (
					SELECT coalesce(max(id), 0) FROM run WHERE finished IS NOT NULL AND id < ?1 AND command = (SELECT command FROM run WHERE id = ?1)
				), first, excluded.first)`, b.Run, r.Path, r.Line, r.Reason, r.Kept, r.Source, r.Head)
		}
		w.boilerplate(b)
		w.work(b)
		for _, name := range slices.Sorted(maps.Keys(b.Meta)) {
			w.exec("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, b.Meta[name])
		}
		if b.Summary != nil {
			w.exec("UPDATE run SET summary = ? WHERE id = ?", string(b.Summary), b.Run)
		}
		return w.err
	})
}

// batchWriter runs statements, each prepared once, until one fails.
type batchWriter struct {
	ctx   context.Context
	tx    *sql.Tx
	stmts map[string]*sql.Stmt
	err   error
}

func (w *batchWriter) exec(query string, args ...any) {
	if w.err != nil {
		return
	}
	stmt := w.stmts[query]
	if stmt == nil {
		if stmt, w.err = w.tx.PrepareContext(w.ctx, query); w.err != nil {
			return
		}
		if w.stmts == nil {
			w.stmts = map[string]*sql.Stmt{}
		}
		w.stmts[query] = stmt
	}
	_, w.err = stmt.Exec(args...)
}

// inserts stores rows of one table, many by one statement, in the order in which they are added.
type inserts struct {
	w         *batchWriter
	one, many string // statements
	columns   int
	values    []any
}

// atOnce is how many rows a statement stores.
const atOnce = 16

// into begins to insert rows: "INSERT INTO body (seq, data)" with a row "(?,?)".
func (w *batchWriter) into(insert, row string) *inserts {
	return &inserts{w: w, columns: strings.Count(row, "?"), one: insert + " VALUES " + row, many: insert + " VALUES " + row + strings.Repeat(","+row, atOnce-1)}
}

// add inserts a row, now or with later ones. Its values stay as they are until end.
func (x *inserts) add(values ...any) {
	if x.values = append(x.values, values...); len(x.values) == atOnce*x.columns {
		x.w.exec(x.many, x.values...)
		x.values = x.values[:0]
	}
}

// end inserts what is left.
func (x *inserts) end() {
	for row := range slices.Chunk(x.values, x.columns) {
		x.w.exec(x.one, row...)
	}
}

func (w *batchWriter) close() {
	for _, s := range w.stmts {
		_ = s.Close()
	}
}

func (w *batchWriter) articles(b *Batch) {
	w.outlets(b.Outlets)
	w.spellings(b)
	// Only a row with a number that damage made has the key and version already.
	articles := w.into(`INSERT OR REPLACE INTO article (seq, key, external, outlet, url, headline, byline, published, effective, effective_reason,
		first_seen, language, credit, agency, words, text_hash, version, current, state, run, cluster, joined, summary, frozen, given)`, "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"+given+")")
	for i := range b.Articles {
		a := &b.Articles[i]
		articles.add(a.Seq, a.Key[:], a.Article.ID, a.Outlet, a.Article.URL, a.Article.Headline, a.Article.Byline, a.Article.Published, a.Effective, a.Reason,
			a.FirstSeen, a.Language, a.Credit, a.Agency, a.Words, binary.BigEndian.AppendUint64(nil, a.TextHash), a.Version, !a.Past, a.State, b.Run, null(a.Cluster), b.Run, a.Article.Summary, a.Frozen, a.Article.Given)
	}
	articles.end()
	for _, seq := range b.Superseded {
		if b.Heirs[seq] == 0 { // taken out, and no later version stands for it
			w.exec(`INSERT INTO cluster_log (run, cluster, event, members)
				SELECT ?1, c.id, 'shrank', c.size - 1 FROM article a JOIN cluster c ON c.id = a.cluster WHERE a.seq = ?2 AND c.size > 1`, b.Run, seq)
		}
		w.leave(seq, b.Heirs[seq])
	}
	w.depart(b.Departed)
	bodies := w.into("INSERT INTO body (seq, data)", "(?,?)")
	for i := range b.Articles {
		bodies.add(b.Articles[i].Seq, b.Articles[i].Packed)
	}
	bodies.end()
	for _, r := range b.Resized {
		w.exec("UPDATE article SET words = ?, state = ? WHERE seq = ?", r.Words, r.State, r.Seq)
	}
	for _, m := range b.Moves {
		w.exec("UPDATE article SET cluster = ?, joined = ? WHERE seq = ?", null(m.Cluster), b.Run, m.Seq)
	}
}

// null is the value of a cluster column.
func null(cluster int64) any {
	if cluster == 0 {
		return nil
	}
	return cluster
}

func (w *batchWriter) pairs(b *Batch) {
	for _, seq := range b.Judged {
		w.exec("DELETE FROM pair WHERE b = ?", seq)
	}
	for _, seq := range b.Superseded {
		w.exec("DELETE FROM pair WHERE b = ?", seq)
		w.exec("DELETE FROM pair WHERE a = ?", seq)
	}
	pairs := make([]*PairRow, len(b.Pairs))
	for i := range b.Pairs {
		pairs[i] = &b.Pairs[i]
	}
	slices.SortFunc(pairs, func(p, q *PairRow) int { return cmp.Or(cmp.Compare(p.B, q.B), cmp.Compare(p.A, q.A)) })
	rows := w.into("INSERT OR REPLACE INTO pair (a, b, kind, resemblance, containment_a, containment_b, evidence, figure, needs)", "(?,?,?,?,?,?,?,?,?)")
	for _, p := range pairs {
		e, evidence := &p.Verdict.Evidence, p.Damaged
		if evidence == nil {
			evidence = e.Pack(make([]byte, 0, 64))
		}
		var figure, needs any // NULL of what is no link
		if p.Figure.Needs > 0 {
			figure, needs = share(p.Figure.Value), share(p.Figure.Needs)
		}
		rows.add(p.A, p.B, p.Verdict.Kind, share(e.Resemblance), share(e.ContainmentA), share(e.ContainmentB), evidence, figure, needs)
	}
	rows.end()
}

// share is a share that can be stored.
func share(x float64) float64 {
	if x >= 0 && x <= 1 {
		return x
	}
	if x > 1 {
		return 1
	}
	return 0
}

func (w *batchWriter) clusters(b *Batch) {
	for i := range b.Clusters {
		c := &b.Clusters[i]
		if c.New {
			w.exec("INSERT INTO cluster (id, made, changed, representative, reason, size, outlets, first, last) VALUES (?,?,?,?,?,?,?,?,?)",
				c.ID, b.Run, b.Run, c.Representative, c.Reason, c.Size, c.Outlets, c.First, c.Last)
			continue
		}
		// A row that was lost is made anew, and so is of a damaged one what cannot be read.
		w.exec(`INSERT INTO cluster (id, made, changed, representative, reason, size, outlets, first, last) VALUES (?1,?2,?2,?3,?4,?5,?6,?7,?8)
			ON CONFLICT (id) DO UPDATE SET made = iif(typeof(made) = 'integer', made, ?2), changed = ?2,
			representative = ?3, reason = ?4, size = ?5, outlets = ?6, first = ?7, last = ?8, successor = NULL`,
			c.ID, b.Run, c.Representative, c.Reason, c.Size, c.Outlets, c.First, c.Last)
	}
	for _, id := range slices.Sorted(maps.Keys(b.Ended)) {
		w.exec("UPDATE cluster SET changed = ?, successor = ?, size = 0 WHERE id = ?", b.Run, b.Ended[id], id)
	}
	for _, e := range b.Events {
		w.exec("INSERT INTO cluster_log (run, cluster, event, other, members) VALUES (?,?,?,?,?)", b.Run, e.Cluster, e.Event, null(e.Other), e.Members)
	}
}

func (w *batchWriter) index(b *Batch) {
	if b.Unindex {
		w.exec("DELETE FROM posting")
		w.exec("DELETE FROM segment")
	}
	for _, s := range b.Purged {
		w.dropSegment(s.ID)
	}
	for _, s := range slices.Concat(b.Purged, b.Segments) {
		fences := make([]byte, 0, 8*len(s.Blocks))
		for _, k := range s.Blocks {
			fences = binary.BigEndian.AppendUint64(fences, uint64(k.First))
		}
		w.exec("INSERT INTO segment (id, postings, fences, first, last) VALUES (?, ?, ?, ?, ?)", s.ID, s.Len, fences, s.First, s.Last)
		blocks := w.into("INSERT INTO posting (id, data)", "(?,?)")
		for i, k := range s.Blocks {
			blocks.add(postingID(s.ID, i), k.Data)
		}
		blocks.end()
	}
	for _, id := range b.Merged {
		w.dropSegment(id)
	}
	for _, p := range b.Places {
		w.exec("INSERT OR REPLACE INTO place (first, data) VALUES (?, ?)", p.First, packPlaces(p.Places))
	}
}

func (w *batchWriter) dropSegment(id int64) {
	w.exec("DELETE FROM posting WHERE id >= ? AND id < ?", postingID(id, 0), postingID(id+1, 0))
	w.exec("DELETE FROM segment WHERE id = ?", id)
}

// postingID is the row of a block of a segment.
func postingID(segment int64, block int) int64 { return segment<<segmentShift | int64(block) }

const segmentShift = 24
