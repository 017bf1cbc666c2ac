package dedupe_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"dedupe/config"
)

// maxExposure is how much of the system the service may see, in the points of
// `systemd-analyze security`, of 10.
const maxExposure = 1.5

// TestUnits holds the units of systemd to systemd: what stands in them is known to it, the timer
// finds its service, and the sandbox is as tight as it was.
func TestUnits(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not there (Debian: apt-get install systemd)")
	}
	root := t.TempDir()
	units := filepath.Join(root, "usr/lib/systemd/system")
	for _, dir := range []string{units, filepath.Join(root, "usr/bin"), filepath.Join(root, "etc")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"dedupe.service", "dedupe.timer"} {
		copyFile(t, "contrib/systemd/"+name, filepath.Join(units, name))
	}
	// What is started must be there; what units of systemd itself the two need need not.
	if err := os.WriteFile(filepath.Join(root, "usr/bin/dedupe"), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("systemd-analyze", "verify", "--man=no", "--root="+root, "--recursive-errors=no",
		filepath.Join(units, "dedupe.service"), filepath.Join(units, "dedupe.timer")).CombinedOutput()
	if err != nil || strings.Contains(string(out), "nknown") {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
	out, err = exec.Command("systemd-analyze", "security", "--offline=true", "contrib/systemd/dedupe.service").CombinedOutput()
	if err != nil {
		t.Fatalf("systemd-analyze security: %v\n%s", err, out)
	}
	level := regexp.MustCompile(`exposure level for dedupe.service: ([0-9.]+)`).FindStringSubmatch(string(out))
	if level == nil {
		t.Fatalf("no level in\n%s", out)
	}
	if points, err := strconv.ParseFloat(level[1], 64); err != nil || points > maxExposure {
		t.Errorf("the service is exposed by %s of 10, at most %v is meant: systemd-analyze security --offline=true contrib/systemd/dedupe.service", level[1], maxExposure)
	}
}

// TestServiceSettings: the settings that come with the service are allowed, also the examples in
// them.
func TestServiceSettings(t *testing.T) {
	text, err := os.ReadFile("contrib/config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	examples := regexp.MustCompile(`(?m)^sources: \[\]\n|^# (sources:|  - |fetch:|metrics:|notify:)`)
	all := examples.ReplaceAllString(string(text), "$1")
	for name, text := range map[string]string{"as they come": string(text), "with the examples": all} {
		file := filepath.Join(t.TempDir(), "config.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		loaded, err := config.Load(file, nil)
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
		} else if want := "/var/lib/dedupe/dedupe.db"; loaded.Config.Database.Path != want {
			t.Errorf("%s: the database is %s, want %s", name, loaded.Config.Database.Path, want)
		}
	}
	if strings.Count(all, "# ") >= strings.Count(string(text), "# ") {
		t.Error("no example was found")
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err == nil {
		_, err = io.Copy(out, in)
	}
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}
