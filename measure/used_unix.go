//go:build unix

package measure

import (
	"bufio"
	"io"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// used is the most memory that the process has had, in bytes, and the
// processor time that it took, of all processors together; 0 where the system
// does not say.
func used() (peak int64, busy time.Duration) {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0, 0
	}
	peak = int64(u.Maxrss)
	if runtime.GOOS != "darwin" && runtime.GOOS != "ios" {
		peak <<= 10 // KiB; bytes there
	}
	return peak, time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// processor is the model of the processor; "" where the system does not say.
func processor() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	defer f.Close()
	for lines := bufio.NewScanner(io.LimitReader(f, 1<<16)); lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
