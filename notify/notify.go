// Package notify tells a program or an address of the clusters that are new.
//
//	err := store.QueueNotifications(ctx, 2)
//	result, err := notify.Deliver(ctx, store, survey, notify.Options{Command: []string{"tell-desk"}, ...})
//
// The queue is in the database: an event is taken off when the receiver has taken it, so that
// one who is not there, and a kill at any moment, lose nothing. What was taken and not yet
// noted comes again under the same identifier: at least once, never silently less.
//
// An event is one call: a program is started for it and reads it on standard input, or an
// address gets it by POST. What it holds is rendered when it is sent, from what is stored then. A failure
// ends the turn; the event goes behind the others, so that one that is never taken holds up none.
package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"dedupe/fetch"
	"dedupe/report"
	"dedupe/storage"
)

// Options say who is told, and how. One of Command and URL is set.
type Options struct {
	Command []string // a program with its arguments; no shell reads them
	URL     string   // of http or https
	Agent   string   // who asks, for URL
	Timeout time.Duration
	Texts   bool // the text of the representative is sent too
	Now     func() time.Time
}

// Event is what a receiver gets.
type Event struct {
	ID      string `json:"id"` // the same whenever it is sent: what came once is to be dropped
	Event   string `json:"event"`
	Version int    `json:"version"` // of this form; fields are only added
	report.Story
	Text string `json:"text,omitempty"` // of the representative, where it is asked for
}

// Names of events.
const (
	NewCluster = "new_cluster"
	Test       = "test"
)

// Result is what came of a turn.
type Result struct {
	Told    int
	Waiting int
	Failed  error     // why the receiver did not take an event; nil: it took all that it was told
	Before  time.Time // since when it had failed before this turn; zero: it had not
}

// maxTurn bounds the events of a turn.
const maxTurn = 1000

// Deliver tells what waits, until all is told, time is up, or the receiver does not take an
// event. The error is one of the database.
func Deliver(ctx context.Context, store *storage.Store, view *storage.View, survey *report.Survey, o Options) (r Result, err error) {
	before, err := store.Unreached(ctx)
	if err != nil {
		return r, err
	}
	list, waiting, err := view.Notifications(ctx, maxTurn)
	if err != nil {
		return r, err
	}
	r.Waiting, r.Before = waiting, before.Since
	turn, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	stored := context.WithoutCancel(ctx) // what was told is noted, though the run is being stopped
	for _, n := range list {
		body, err := Render(ctx, view, survey, n, o.Texts)
		switch {
		case errors.Is(err, storage.ErrNotFound): // a cluster that is none any more
		case err != nil:
			return r, err
		default:
			failed := o.Send(turn, n.Event, body)
			if failed != nil && (ctx.Err() != nil || turn.Err() != nil && r.Told > 0) {
				return r, nil // no time is left, which says nothing of the receiver
			}
			if failed != nil {
				r.Failed = failed
				since := before.Since
				if since.IsZero() || r.Told > 0 {
					since = o.Now()
				}
				return r, errors.Join(store.NotTold(stored, n.Cluster), store.SetUnreached(stored, storage.Unreached{Since: since, Reason: failed.Error()}))
			}
			if r.Told++; r.Told == 1 && !before.Since.IsZero() { // it is well, whatever becomes of the others
				if err := store.SetUnreached(stored, storage.Unreached{}); err != nil {
					return r, err
				}
			}
		}
		if err := store.Told(stored, n.Cluster); err != nil {
			return r, err
		}
		r.Waiting--
	}
	return r, nil
}

// maxText bounds a text that is sent, in bytes.
const maxText = 256 << 10

// Render writes an event as one line of JSON, from what is stored now. The error is
// storage.ErrNotFound where the cluster is none any more.
func Render(ctx context.Context, view *storage.View, survey *report.Survey, n storage.Notification, texts bool) ([]byte, error) {
	story, err := survey.News(ctx, n.Cluster)
	if err != nil {
		return nil, err
	}
	e := Event{ID: n.Event, Event: NewCluster, Version: 1, Story: *story}
	if texts {
		c, err := view.Cluster(ctx, n.Cluster)
		if err != nil {
			return nil, err
		}
		if e.Text, err = view.Body(ctx, c.Representative); err != nil && !errors.Is(err, storage.ErrNotFound) {
			return nil, err
		}
		e.Text = strings.ToValidUTF8(e.Text[:min(len(e.Text), maxText)], "")
	}
	return encode(e)
}

// Preview writes the events that wait, one a line, and sends none.
func Preview(ctx context.Context, w io.Writer, view *storage.View, survey *report.Survey, texts bool) error {
	list, _, err := view.Notifications(ctx, maxTurn)
	for _, n := range list {
		body, failed := Render(ctx, view, survey, n, texts)
		if errors.Is(failed, storage.ErrNotFound) {
			continue
		}
		if failed == nil {
			_, failed = w.Write(body)
		}
		if failed != nil {
			return failed
		}
	}
	return err
}

// Test sends an event of a cluster that there is not.
func (o *Options) Test(ctx context.Context) error {
	const id = "00000000000000000000000000000000"
	body, err := encode(Event{ID: id, Event: Test, Version: 1, Story: report.Story{
		State: report.StoryNew, Articles: 2, Outlets: 2, URL: "https://harbour.example/ferry", Carriers: []report.Carrier{},
		Cluster: report.Summarized{Label: "c0", Headline: "A test of notify: no such cluster is stored", Outlets: 2, Articles: 2}}})
	if err != nil {
		return err
	}
	return o.Send(ctx, id, body)
}

func encode(e Event) ([]byte, error) {
	var b bytes.Buffer
	err := report.NewJSON(&b).Encode(e)
	return b.Bytes(), err
}

// Send tells the receiver of one event.
func (o *Options) Send(ctx context.Context, id string, body []byte) error {
	var err error
	if o.URL != "" {
		err = fetch.Post(ctx, o.URL, o.Agent, id, body)
	} else {
		err = start(ctx, o.Command, body)
	}
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("it was not done after %s", o.Timeout)
	}
	return err
}
