package collect

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dedupe/config"
	"dedupe/storage"
)

// Retry is what is to be read again because some of it was rejected.
type Retry struct {
	Sources []config.Source // of config.yaml, then files that were named otherwise, each by its path
	Labels  []string        // by which the rejects of these sources are known
	Paths   []string        // of the files
}

// NewRetry lets what was rejected be read anew: it forgets that feeds and files were taken, and
// puts files of inboxes back. Standard input, files that are gone, and sources that are not in
// config.yaml any more are left out.
func NewRetry(ctx context.Context, store *storage.Store, sources []config.Source, rejects []storage.Reject) (*Retry, error) {
	r := &Retry{}
	of := map[string]bool{}
	for _, j := range rejects {
		of[j.Source] = true
		if j.Source == "" && !slices.Contains(r.Paths, j.Path) {
			if _, err := os.Stat(j.Path); err == nil && j.Path != "-" {
				r.Paths = append(r.Paths, j.Path)
			}
		}
	}
	for _, s := range sources {
		again := false
		for label := range of {
			if label == s.Name || s.Type == config.SourceOPML && strings.HasPrefix(label, s.Name+" ") {
				again = true
				r.Labels = append(r.Labels, label)
			}
		}
		if !again {
			continue
		}
		if _, err := store.Forget(ctx, s.Name, ""); err != nil {
			return nil, err
		}
		if s.Type == config.SourceInbox && s.Finished != config.Keep {
			for _, j := range rejects {
				if j.Source == s.Name {
					putBack(&s, j.Path)
				}
			}
		}
		s.Every = 0
		r.Sources = append(r.Sources, s)
	}
	slices.Sort(r.Labels)
	for _, path := range r.Paths {
		r.Sources = append(r.Sources, config.Source{Name: path, Type: config.SourceFiles, Path: path, Enabled: true})
	}
	return r, nil
}

// putBack puts a file back into its inbox, from where it went when it was done.
func putBack(s *config.Source, path string) {
	if _, err := os.Lstat(path); err == nil {
		return
	}
	done := doneFolder(s)
	for _, folder := range []string{done, filepath.Join(filepath.Dir(done), failedFolder)} {
		if os.Rename(filepath.Join(folder, filepath.Base(path)), path) == nil {
			return
		}
	}
}
