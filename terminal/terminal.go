// Package terminal asks and tells a terminal what it alone knows or shows: its size, keys one by
// one, and a line that says how far work has come.
package terminal

import (
	"os"
	"strconv"

	"golang.org/x/term"
)

// Is says whether w is a character device: a terminal, or /dev/null, which does not mind.
func Is(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Columns returns the width of the terminal that standard output is; 0, which is no limit, where
// that is not known. COLUMNS outranks what the terminal says.
func Columns() int {
	columns, _ := size()
	return given("COLUMNS", columns)
}

// Lines returns its height, or 0. LINES outranks what the terminal says.
func Lines() int {
	_, lines := size()
	return given("LINES", lines)
}

func size() (columns, lines int) {
	columns, lines, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		return 0, 0
	}
	return columns, lines
}

// given is the number that a variable of the environment has, or else another one.
func given(variable string, other int) int {
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil && n > 0 {
		return n
	}
	return other
}
