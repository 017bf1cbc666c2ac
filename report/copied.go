package report

import (
	"fmt"

	"dedupe/storage"
)

// Copied is a backup that was made, or a database that was restored from one.
type Copied struct {
	File     string         `json:"file"` // that was made
	Of       string         `json:"of"`   // that was copied
	Restored bool           `json:"restored"`
	Schema   int            `json:"schema"`
	Bytes    int64          `json:"bytes"`
	Rows     map[string]int `json:"rows"` // by table, the same in both
}

// NewCopied describes a verified copy.
func NewCopied(c storage.Copied, of, file string, restored bool) *Copied {
	return &Copied{File: file, Of: of, Restored: restored, Schema: c.Schema, Bytes: c.Bytes, Rows: c.Rows}
}

func (c *Copied) text(p *printer) {
	verb := "backed up"
	if c.Restored {
		verb = "restored"
	}
	p.wrap("", fmt.Sprintf("%s %s (%s) to %s: %s, schema %d; whole, with as many rows in each table",
		verb, clean(c.Of), Count(c.Rows["article"], "stored text"), clean(c.File), megabytes(c.Bytes), c.Schema))
}
