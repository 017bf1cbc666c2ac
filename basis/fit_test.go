package basis

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/config"
	"dedupe/storage"
)

// TestFit: what a database says to settings that are others than those it was filled by.
func TestFit(t *testing.T) {
	type outcome struct {
		Recluster bool
		Mixed     string
		Refused   bool
	}
	tests := []struct {
		name   string
		change func(*config.Config)
		want   outcome
	}{
		{"the same", func(*config.Config) {}, outcome{}},
		{"another threshold", func(c *config.Config) { c.Thresholds.Near = 0.71 }, outcome{Mixed: "thresholds.near from 0.5 to 0.71"}},
		{"another threshold, refused", func(c *config.Config) { c.Thresholds.Near, c.OnChange = 0.71, config.ChangeRefuse }, outcome{Refused: true}},
		{"another threshold, judged again", func(c *config.Config) { c.Thresholds.Near, c.OnChange = 0.71, config.ChangeRecluster }, outcome{Recluster: true}},
		{"other shingles", func(c *config.Config) { c.Text.ShingleSize = 5 }, outcome{Refused: true}},
		{"what is no matter of contents", func(c *config.Config) { c.Workers = 7 }, outcome{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			store, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), storage.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			was := config.Default()
			if err := (Basis{store, &was}).Note(t.Context()); err != nil {
				t.Fatal(err)
			}
			now := config.Default()
			tt.change(&now)
			b := Basis{store, &now}
			var got outcome
			again, mixed, err := b.Fit(t.Context())
			got.Recluster, got.Mixed, got.Refused = again, Join(mixed), errors.As(err, new(*Refused))
			if err != nil && !got.Refused {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
			if got.Mixed == "" {
				return
			}
			// Set back, the database still knows that some links are of another value.
			changes, err := (Basis{store, &was}).Changed(t.Context(), Links)
			if err != nil || Join(changes) != "thresholds.near to "+was.Value("thresholds.near") {
				t.Errorf("set back it says %q, %v", Join(changes), err)
			}
			facts, err := b.Made(t.Context(), "")
			if err == nil {
				err = store.SetMeta(t.Context(), facts)
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, changes, err := b.ChangedAll(t.Context()); err != nil || len(changes) > 0 {
				t.Errorf("made anew it says %q, %v", Join(changes), err)
			}
		})
	}
}
