//go:build unix

package notify

import (
	"os/exec"
	"syscall"
)

// alone gives a program a process group of its own, all of which is killed with it.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
