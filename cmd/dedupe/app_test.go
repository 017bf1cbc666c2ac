package main

import (
	"bytes"
	"strings"
	"testing"

	"dedupe/config"
)

func TestNoColorAndNoProgressOffTerminal(t *testing.T) {
	var stdout, stderr bytes.Buffer
	a := newApp(strings.NewReader(""), &stdout, &stderr)
	a.config = &config.Loaded{Config: config.Default()}
	if a.color() {
		t.Error("results that go to no terminal are coloured")
	}
	if a.newProgress() != nil {
		t.Error("progress is drawn where there is no terminal")
	}
	a.terminal = true
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "")
	if !a.color() {
		t.Error("results on a terminal are not coloured")
	}
	t.Setenv("NO_COLOR", "1")
	if a.color() {
		t.Error("results are coloured in spite of NO_COLOR")
	}
}

func TestLogger(t *testing.T) {
	tests := []struct {
		name   string
		output config.Output
		want   string // levels printed
		time   bool
	}{
		{"usual", config.Output{}, "INFO WARN", false},
		{"quiet", config.Output{Quiet: true}, "WARN", false},
		{"verbose", config.Output{Verbose: true}, "DEBUG INFO WARN", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			log := newLogger(&b, tt.output, config.LogText)
			log.Debug("x")
			log.Info("x")
			log.Warn("x")
			var levels []string
			for line := range strings.Lines(b.String()) {
				if got := strings.Contains(line, "time="); got != tt.time {
					t.Errorf("time printed: %v, want %v: %s", got, tt.time, line)
				}
				_, level, _ := strings.Cut(line, "level=")
				level, _, _ = strings.Cut(level, " ")
				levels = append(levels, level)
			}
			if got := strings.Join(levels, " "); got != tt.want {
				t.Errorf("levels %q, want %q", got, tt.want)
			}
		})
	}
}
