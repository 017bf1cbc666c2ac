package storage

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
)

// applicationID stands in the header of every database of this program, so
// that `file` and we know it for ours: "dedu" in ASCII.
const applicationID = 0x64656475

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations brings schema i to schema i+1 by its element i. A released
// element is never changed: old files keep opening.
var migrations = mustLoadMigrations(migrationFiles)

// schemaVersion is the schema this program reads and writes.
var schemaVersion = len(migrations)

// SchemaVersion is the schema this program reads and writes; a file's own is
// in its `PRAGMA user_version`.
func SchemaVersion() int { return schemaVersion }

// mustLoadMigrations reads migrations/NNNN_name.sql in order and panics on a
// gap: the files are part of the program.
func mustLoadMigrations(files fs.FS) []string {
	names, err := fs.Glob(files, "migrations/*.sql") // sorted
	if err != nil {
		panic(err)
	}
	var scripts []string
	for i, name := range names {
		number, _, _ := strings.Cut(path.Base(name), "_")
		if n, err := strconv.Atoi(number); err != nil || n != i+1 {
			panic(fmt.Sprintf("migration %s: want number %04d", name, i+1))
		}
		script, err := fs.ReadFile(files, name)
		if err != nil {
			panic(err)
		}
		scripts = append(scripts, string(script))
	}
	return scripts
}

// inspect returns the schema version of the file, 0 when it is new or empty,
// and ErrForeign when it belongs to another program. It changes nothing.
func inspect(ctx context.Context, file string, opt Options) (version int, err error) {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	mode := "rw" // reading beside a write-ahead log may have to make its index file
	if opt.ReadOnly {
		mode = "ro"
	}
	db := sql.OpenDB(newConnector(file, []string{"busy_timeout = 10000"}, opt.by(mode), "deferred"))
	defer db.Close()
	var application, tables int
	err = db.QueryRowContext(ctx, `
		SELECT (SELECT application_id FROM pragma_application_id),
		       (SELECT user_version FROM pragma_user_version),
		       (SELECT count(*) FROM sqlite_schema)`).Scan(&application, &version, &tables)
	if err != nil {
		return 0, err
	}
	if application != applicationID && (application != 0 || version != 0 || tables != 0) {
		return 0, &Error{Op: "open database", Path: file, Kind: ErrForeign,
			Hint: "give another file by --db; nothing was changed"}
	}
	return version, nil
}

// bringUp brings a database up to the present schema, after a copy of an older one was made.
func (s *Store) bringUp(ctx context.Context, full string, version int, opt Options) error {
	if version == 0 || version == schemaVersion {
		return migrate(ctx, s.w, migrations)
	}
	copied, filled := "", false // one that another process is making has nothing to keep
	if err := s.w.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM article)").Scan(&filled); err != nil {
		return err
	}
	if filled && !opt.NoCopy {
		var err error
		if copied, err = copyBefore(ctx, full, version); err != nil {
			return err
		}
	}
	if opt.Updated != nil {
		opt.Updated(version, copied)
	}
	if err := migrate(ctx, s.w, migrations); err != nil {
		return err
	}
	return dropCopies(full, fmt.Sprint(full, keptMark, schemaVersion))
}

// migrate applies the scripts that the database lacks, each in a transaction of
// its own. The version is read again inside, for another process may be doing
// the same.
func migrate(ctx context.Context, db *sql.DB, scripts []string) error {
	for {
		done := false
		err := inTx(ctx, db, func(tx *sql.Tx) error {
			var version int
			if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
				return err
			}
			if done = version >= len(scripts); done {
				return nil
			}
			if _, err := tx.ExecContext(ctx, scripts[version]); err != nil {
				return fmt.Errorf("step to schema %d: %w", version+1, err)
			}
			_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version+1))
			return err
		})
		if err != nil || done {
			return err
		}
	}
}
