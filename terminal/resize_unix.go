//go:build unix

package terminal

import (
	"errors"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// notifyResized has a channel told when the terminal gets another size.
func notifyResized(c chan<- os.Signal) { signal.Notify(c, syscall.SIGWINCH) }

// waitForKey waits until a terminal has a key to read, or another size. It looks for the second
// five times a second.
func waitForKey(terminal int, sizes <-chan os.Signal) (resized bool, err error) {
	const wait = 200 // ms
	for {
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(terminal), Events: unix.POLLIN}}, wait)
		if err != nil && !errors.Is(err, unix.EINTR) {
			return false, err
		}
		select {
		case <-sizes:
			return true, nil
		default:
		}
		if n > 0 {
			return false, nil
		}
	}
}
