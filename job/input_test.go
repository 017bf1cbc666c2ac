package job_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/config"
	"dedupe/job"
	"dedupe/source"
)

// The names that fields have by default are the same whether a person or a
// program leaves them out.
func TestFieldsOfInput(t *testing.T) {
	settings := config.Default()
	j := job.Job{Config: &settings, Now: time.Now}
	if diff := cmp.Diff(source.DefaultFields(), j.Input().Fields); diff != "" {
		t.Errorf("source and config differ (-source +config):\n%s", diff)
	}
}
