package storage

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A run that is killed leaves a whole database with every batch it committed
// and nothing of the one in work.
func TestKilledWhileWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	for round := 1; round <= 3; round++ { // the next run goes on where the last one died
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "DEDUPE_TEST_WRITE="+path)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		defer child.Process.Kill()
		committed := 0
		for lines := bufio.NewScanner(out); committed < 5*round && lines.Scan(); {
			if _, err := fmt.Sscan(lines.Text(), &committed); err != nil {
				t.Fatalf("child says %q", lines.Text())
			}
		}
		child.Process.Kill() // SIGKILL
		child.Wait()

		s := open(t, path, Options{ReadOnly: true})
		var verdict string
		var batches, bodies int
		err = s.r.QueryRow(`SELECT (SELECT integrity_check FROM pragma_integrity_check),
			(SELECT value FROM meta WHERE name = 'batches'), (SELECT count(*) FROM body)`).Scan(&verdict, &batches, &bodies)
		if err != nil {
			t.Fatal(err)
		}
		if verdict != "ok" || committed < 5*round || batches < committed || bodies != batchBodies*batches {
			t.Errorf("round %d: %s, %d batches said to be committed, %d there, %d bodies", round, verdict, committed, batches, bodies)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

const batchBodies = 10

// writeUntilKilled is the other process: it prints the number of batches after
// each.
func writeUntilKilled(path string) error {
	ctx := context.Background()
	s, err := Open(ctx, path, Options{})
	if err != nil {
		return err
	}
	for {
		var n int
		err := s.update(ctx, "store batch", func(tx *sql.Tx) error {
			if _, err := tx.Exec("INSERT OR IGNORE INTO meta VALUES ('batches', '0')"); err != nil {
				return err
			}
			for range batchBodies {
				if _, err := tx.Exec("INSERT INTO body (data) VALUES (randomblob(20000))"); err != nil {
					return err
				}
			}
			return tx.QueryRow("UPDATE meta SET value = value + 1 WHERE name = 'batches' RETURNING value").Scan(&n)
		})
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}
