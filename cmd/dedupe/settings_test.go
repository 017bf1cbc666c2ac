package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/config"
	"dedupe/source"
)

// The names that fields have by default are the same whether a person or a
// program leaves them out.
func TestFieldsOfInput(t *testing.T) {
	if diff := cmp.Diff(source.DefaultFields(), fields(config.Default().Input.Fields)); diff != "" {
		t.Errorf("source and config differ (-source +config):\n%s", diff)
	}
}
