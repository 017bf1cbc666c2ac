package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// poster is what Post sends by. Redirects are not followed and proxies not used: what is sent goes to
// the address that is named, and to no other.
var poster = &http.Client{
	Transport: &http.Transport{ForceAttemptHTTP2: true, MaxResponseHeaderBytes: maxHead},
	CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	},
}

// Post sends JSON to an address that an administrator chose, which may be one of the own network: none
// that came from a page or feed may be given. id goes with it as Idempotency-Key. It fails unless the
// answer is one of 200 to 299, of which nothing else is read. Errors do not name the path and query
// of the address, which may be secret.
func Post(ctx context.Context, address, agent, id string, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return errors.New("the address cannot be read")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", agent)
	r.Header.Set("Idempotency-Key", id)
	answer, err := poster.Do(r)
	if named := new(url.Error); errors.As(err, &named) {
		err = named.Err
	}
	if err != nil {
		return fmt.Errorf("%s: %w", r.URL.Host, err)
	}
	defer answer.Body.Close()
	const small = 4 << 10 // so that the connection can be used again
	_, _ = io.CopyN(io.Discard, answer.Body, small)
	switch {
	case answer.StatusCode/100 == 3:
		return fmt.Errorf("%s: it answers %d and leads elsewhere, which is not followed: give the address where it leads", r.URL.Host, answer.StatusCode)
	case answer.StatusCode/100 != 2:
		return fmt.Errorf("%s: it answers %d %s", r.URL.Host, answer.StatusCode, http.StatusText(answer.StatusCode))
	}
	return nil
}
