package fetch

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestPost: what is sent goes to the address that is named and nowhere else, and only 200 to 299
// is taken for an answer.
func TestPost(t *testing.T) {
	elsewhere := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch r.URL.Path {
		case "/well":
			if string(body) != `{"a":1}` || r.Header.Get("Idempotency-Key") != "id" || r.Header.Get("Content-Type") != "application/json" ||
				r.Header.Get("User-Agent") != "agent" || r.Method != http.MethodPost {
				t.Errorf("got %s %q with %v", r.Method, body, r.Header)
			}
			w.WriteHeader(http.StatusAccepted)
			_, _ = w.Write(make([]byte, 1<<20))
		case "/moved":
			http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
		case "/fails":
			http.Error(w, "\x1b[31m", http.StatusInternalServerError)
		case "/slow":
			<-release
		}
	}))
	defer server.Close()
	defer close(release)
	gone := httptest.NewServer(nil)
	gone.Close()
	for _, tt := range []struct{ address, want string }{
		{server.URL + "/well", ""},
		{server.URL + "/moved?secret=x", "it answers 307 and leads elsewhere, which is not followed"},
		{server.URL + "/fails?secret=x", "it answers 500 Internal Server Error"},
		{server.URL + "/slow?secret=x", "context deadline exceeded"},
		{gone.URL + "/?secret=x", "connection refused"},
		{"http://a b/?secret=x", "cannot be read"},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		err := Post(ctx, tt.address, "agent", "id", []byte(`{"a":1}`))
		cancel()
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("%s: %v", tt.address, err)
		case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "secret")):
			t.Errorf("%s: error %v, want %q in it, and no secret", tt.address, err, tt.want)
		}
	}
	if elsewhere > 0 {
		t.Error("a redirect was followed")
	}
}
