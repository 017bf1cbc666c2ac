package report

import (
	"strings"
	"testing"
)

func TestRemedy(t *testing.T) {
	for reason, want := range map[string]string{
		"status 404 Not Found": "sources add SITE",
		"net/http: HTTP/1.x transport connection broken: malformed MIME header line": "nothing, if it passes",
		"broken JSON at byte 7": "mend the record",
		"is a YAML file: turn its records into JSON lines; convert it": "",
	} {
		if got := remedy(reason); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%q: %q, want %q", reason, got, want)
		}
	}
}
