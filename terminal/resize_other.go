//go:build !unix

package terminal

import "os"

// No signal tells of the size of a terminal here: it counts from the next pair on.

func notifyResized(chan<- os.Signal) {}

func waitForKey(int, <-chan os.Signal) (resized bool, err error) { return false, nil }
