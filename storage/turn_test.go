package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Two runs without a lock: whatever the order in which they open the database, begin
// and write, the first to write after both were opened goes on, and the other one
// stores nothing more.
func TestTwoRuns(t *testing.T) {
	// O opens run a's store, B begins its run, W writes a batch, E ends its run; small
	// letters are those of run b. What fails is in brackets.
	tests := []struct{ name, order string }{
		{"one after the other", "OBWWE obwwe"},
		{"both begin and the first writes", "OB ob WW (w) (w) W E e"},
		{"both begin and the second writes", "OB ob ww (W) (W) w e E"},
		{"the second opens amid the first's batches and is slower", "OBWW ob WW (w) W E"},
		{"the second opens amid the first's batches and is faster", "OBWW obww (W) w e"},
		{"turn about", "OB ob W (w) W (w) W (w) E"},
		{"turn about, the second first", "OB ob w (W) w (W) w (W) e"},
		{"the second begins after a batch that it has not seen", "OBW o W (b) W E"},
		{"the first begins after a batch that it has not seen", "O obw (B) w e"},
		{"beginning and ending is no writing", "OB obe W obe W E"},
		{"the first dies before the second opens", "OBWW obww e"},
		{"what may stand beside a run", "OB ob s W s m W (w) s E"},
		{"a decision on boilerplate is a batch", "OBW o k (W) e"},
		{"a note of settings is a batch", "OBW o n (W)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			open(t, path, Options{}) // stays open, so that neither is the last to close
			stores, runs, written := map[byte]*Store{}, map[byte]int64{}, 0
			at := time.Date(2026, 3, 10, 6, 0, 0, 0, time.UTC)
			for i, inBrackets := 0, false; i < len(test.order); i++ {
				c := test.order[i]
				who := "ab"[c>>5&1]
				var err error
				switch s, ctx := stores[who], t.Context(); c | 0x20 {
				case ' ':
					continue
				case '(' | 0x20, ')' | 0x20:
					inBrackets = c == '('
					continue
				case 'o':
					stores[who] = open(t, path, Options{})
				case 'b':
					runs[who], err = s.BeginRun(ctx, "ingest", "", at)
				case 'w':
					if err = s.Write(ctx, &Batch{Run: runs[who], Rejects: []Reject{{Path: string(who), Reason: fmt.Sprint(i)}}}); err == nil {
						written++
					}
				case 'e':
					err = s.EndRun(ctx, runs[who], []byte("{}"), at)
				case 's':
					err = s.Skip(ctx, Skip{}, false)
				case 'm':
					err = s.SetMark(ctx, "last", "1")
				case 'k':
					_, err = s.Block(ctx, "passage", []uint64{1})
				case 'n':
					err = s.SetMeta(ctx, map[string]string{"settings": "1"})
				}
				if errors.Is(err, ErrOvertaken) != inBrackets || err != nil && !inBrackets {
					t.Fatalf("step %d of %s: %v", i, test.order, err)
				}
			}
			var stored int
			if err := stores['b'].r.QueryRow("SELECT count(*) FROM reject").Scan(&stored); err != nil || stored != written {
				t.Errorf("%d batches stored, %v; want %d", stored, err, written)
			}
		})
	}
}

func TestOvertakenSaysByWhom(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	a, b := open(t, path, Options{}), open(t, path, Options{})
	run, err := b.BeginRun(t.Context(), "ingest", "", time.Unix(1772530200, 0))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Write(t.Context(), &Batch{Run: run}); err != nil {
		t.Fatal(err)
	}
	err = a.Write(t.Context(), &Batch{})
	for _, want := range []string{path, "another run has begun", "`ingest`, process ", " since 2026-03-03T09:30:00Z", "run it again"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %q does not say %q", err, want)
		}
	}
	// What fails by what the other run stored is explained by it.
	if err := a.Cause(t.Context(), sql.ErrNoRows); !errors.Is(err, ErrOvertaken) {
		t.Errorf("cause = %v", err)
	}
	if err := b.Cause(t.Context(), sql.ErrNoRows); err != sql.ErrNoRows {
		t.Errorf("cause of who has written last = %v", err)
	}
}

// A store that stays open between its turns goes on from what others have stored.
func TestRefresh(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	a, b := open(t, path, Options{}), open(t, path, Options{})
	for i := range 3 {
		for _, s := range []*Store{a, b} {
			if err := s.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := s.SetMeta(t.Context(), map[string]string{"n": fmt.Sprint(i)}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// An engine's numbers end where they ended when it began: what another run stored
// since is not there for it.
func TestForeignArticlesAreNotThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	a := open(t, path, Options{})
	if _, err := a.Counters(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := open(t, path, Options{})
	fillByWrite(t, b, harbour())
	// Its pairs are invented, with shares that do not follow from counts.
	if _, err := Tamper(t.Context(), path, "UPDATE pair SET resemblance = 0, containment_a = 0, containment_b = 0"); err != nil {
		t.Fatal(err)
	}
	var seqs []uint32
	ctx := context.Background()
	if err := a.Parts(ctx, func(seq uint32, _ Part) error { seqs = append(seqs, seq); return nil }); err != nil {
		t.Fatal(err)
	}
	pairs, err := a.PairsWith(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	members, err := a.ClusterMembers(ctx, 1)
	if err != nil || len(seqs)+len(pairs)+len(members) > 0 {
		t.Errorf("articles %d, pairs %v, members %d, %v; want none", seqs, pairs, members, err)
	}
	if _, err := a.Counters(ctx); err != nil {
		t.Fatal(err)
	}
	if members, err = a.ClusterMembers(ctx, 1); err != nil || len(members) == 0 {
		t.Errorf("members %d, %v after the numbers were read anew", members, err)
	}
}
