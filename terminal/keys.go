package terminal

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"

	"golang.org/x/term"
)

// Quit is the key that ends a session. So do the end of the input, and on a
// terminal Ctrl-C and Ctrl-D.
const Quit = 'q'

// Resized stands for a key when the terminal has another size.
const Resized = 0

// Keys reads keys from a terminal as they are pressed; from anything else the
// first character of each line.
type Keys struct {
	in       *bufio.Reader
	terminal int            // file descriptor, or -1
	sizes    chan os.Signal // says that the terminal has another size
	stop     func()
}

// NewKeys returns what reads keys from r. When a wait for one is cancelled stop is called, which
// ends the program: a read cannot be cancelled.
func NewKeys(r io.Reader, stop func()) *Keys {
	k := &Keys{in: bufio.NewReader(r), terminal: -1, sizes: make(chan os.Signal, 1), stop: stop}
	if f, ok := r.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		k.terminal = int(f.Fd())
		notifyResized(k.sizes)
	}
	return k
}

// Next waits for a key, or until the terminal has another size: then it is Resized.
func (k *Keys) Next(ctx context.Context) (byte, error) {
	restore := func() {}
	if k.terminal >= 0 { // raw only while waiting, so that what is printed ends its lines as usual
		state, err := term.MakeRaw(k.terminal)
		if err != nil {
			return 0, err
		}
		restore = func() { _ = term.Restore(k.terminal, state) }
	}
	defer restore()
	defer context.AfterFunc(ctx, func() {
		restore()
		k.stop()
	})()
	if k.terminal >= 0 && k.in.Buffered() == 0 {
		if other, err := waitForKey(k.terminal, k.sizes); err != nil || other {
			return Resized, err
		}
	}
	return k.read()
}

func (k *Keys) read() (byte, error) {
	if k.terminal < 0 {
		return k.line()
	}
	key, err := k.in.ReadByte()
	const ctrlC, ctrlD = 3, 4
	if err == io.EOF || key == ctrlC || key == ctrlD {
		return Quit, nil
	}
	return key, err
}

// line returns the first character of a line, or of the key that is spelt out
// there; of an empty line, its end.
func (k *Keys) line() (byte, error) {
	const longest = len("different")
	var word []byte
	b, err := k.in.ReadByte()
	if err == io.EOF {
		return Quit, nil
	}
	first := b
	for ; err == nil && b != '\n'; b, err = k.in.ReadByte() {
		if len(word) <= longest {
			word = append(word, b)
		}
	}
	if err == io.EOF {
		err = nil
	}
	if string(bytes.TrimSpace(word)) == "skip" { // not "same"
		first = 'k'
	}
	return first, err
}
