package storage

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A database of an older schema is copied before it is brought up to date. The copy stands beside
// it as FILE.before-schema-N, where N is the schema that it is brought up to, and is what `dedupe
// restore` takes, with the version of dedupe that made it. It is there until the next update makes
// another one, or until an article is forgotten, whose text is in it too.

// keptMark stands before the number in the name of a copy.
const keptMark = ".before-schema-"

// Kept returns the copies of the database at path that were made before it was brought up to date:
// one, or two where that was broken off.
func Kept(path string) (list []string, err error) {
	all, err := beside(path)
	for _, name := range all {
		if _, number, _ := strings.Cut(filepath.Base(name), keptMark); number != "" && strings.Trim(number, "0123456789") == "" {
			list = append(list, name)
		}
	}
	return list, err
}

// beside returns these copies, what is left of one that was broken off, and what SQLite puts beside them.
func beside(path string) (list []string, err error) {
	full, err := resolve(path)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(filepath.Dir(full))
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(full)+keptMark) {
			list = append(list, filepath.Join(filepath.Dir(full), e.Name()))
		}
	}
	return list, err
}

// copyBefore makes that copy, of a database of the given schema, and returns its path: "" where one is
// there of the state before an update that was broken off, or where another process has brought the
// database up to date meanwhile.
func copyBefore(ctx context.Context, full string, schema int) (to string, err error) {
	to = fmt.Sprint(full, keptMark, schemaVersion)
	if there, err := inspect(ctx, to, Options{ReadOnly: true}); err == nil && 0 < there && there < schema {
		return "", nil
	}
	fresh := to + ".making-" + rand.Text() // two processes may do this at once; see dropCopies of one that died
	defer os.Remove(fresh)                 // it is not there where all went well
	if _, err := Backup(ctx, full, fresh, nil); err != nil {
		failed := &Error{Op: "copy database before it is brought up to date", Path: full, Err: err,
			Hint: "make room for a copy of it, or turn copies off by `database.keep_before_update: false`; nothing was changed"}
		_, failed.Kind = classify(err)
		return "", failed
	}
	if err := Rename(fresh, to); err != nil {
		if now, _ := inspect(ctx, full, Options{ReadOnly: true}); now == schemaVersion && errors.Is(err, fs.ErrNotExist) {
			return "", nil
		}
		return "", err
	}
	return to, nil
}

// dropCopies removes the copies of a database but for one, which may be "", and what is left of those that
// were broken off.
func dropCopies(full, but string) error {
	list, err := beside(full)
	for _, name := range list {
		if name == but {
			continue
		}
		if gone := os.Remove(name); !errors.Is(gone, fs.ErrNotExist) { // by another process
			err = errors.Join(err, gone)
		}
	}
	return err
}
