package report

import (
	"os/exec"
	"testing"
)

// TestShell checks that what is printed to be pasted into a shell comes back
// as it was.
func TestShell(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "courier:88213", "courier:88213"},
		{"empty", "", "''"},
		{"space", "the courier:1", "'the courier:1'"},
		{"quotes", `it's "so"`, `'it'\''s "so"'`},
		{"substitution", "$(reboot)`;", "'$(reboot)`;'"},
		{"like a flag", "-x", "'-x'"},
		{"other script", "朝日:1", "'朝日:1'"},
		{"control", "a\x1b[1m'\"\\\n\u202e", `$'a\x1b[1m\'"\\\n\u202e'`},
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash to ask")
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Shell(tt.in)
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			cmd := exec.Command(bash, "-c", "printf %s "+got)
			cmd.Env = []string{"LC_ALL=C.UTF-8"}
			if out, err := cmd.CombinedOutput(); err != nil || string(out) != tt.in {
				t.Errorf("bash understands %q (%v), want %q", out, err, tt.in)
			}
		})
	}
}
