package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// start runs a program with an event on its standard input, and waits for its end. When ctx
// ends before, the program is killed with all that it started. What it writes is not shown, but for the
// beginning of it where it fails.
func start(ctx context.Context, argv []string, body []byte) error {
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	said := &beginning{}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(body), said, said
	cmd.WaitDelay = time.Second // for what it left behind that holds its output open
	alone(cmd)
	err := cmd.Run()
	switch exit := new(exec.ExitError); {
	case errors.Is(err, exec.ErrWaitDelay) && cmd.ProcessState.Success():
		return nil
	case errors.As(err, &exit) && said.String() != "":
		return fmt.Errorf("%s: %s: %q", argv[0], exit, said)
	case err != nil:
		return fmt.Errorf("%s: %w", argv[0], err)
	}
	return nil
}

// beginning keeps the first bytes that are written.
type beginning struct{ kept []byte }

// maxSaid bounds what is kept of what a receiver says, in bytes.
const maxSaid = 200

func (b *beginning) Write(p []byte) (int, error) {
	b.kept = append(b.kept, p[:min(len(p), maxSaid-len(b.kept))]...)
	return len(p), nil
}

func (b *beginning) String() string {
	return strings.TrimSpace(strings.ToValidUTF8(string(b.kept), "\uFFFD"))
}
