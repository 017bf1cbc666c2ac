package report

import (
	"fmt"

	"dedupe/shard"
)

// Shards is what input was split into.
type Shards struct {
	Shards   []Shard `json:"shards"`
	Rejected int     `json:"rejected"` // records that could not be taken
}

// Shard is a file of input.
type Shard struct {
	File     string `json:"file"`
	From     string `json:"from"`     // day of its first article; empty where none has a date
	Articles int    `json:"articles"` // records of its own
	More     int    `json:"more"`     // records that other shards have as their own
}

// NewShards reports what input was split into.
func NewShards(list []shard.Shard, rejected int) *Shards {
	s := &Shards{Rejected: rejected}
	for _, x := range list {
		row := Shard{File: x.File, Articles: x.Articles, More: x.More}
		if !x.From.IsZero() {
			row.From = x.From.Format("2006-01-02")
		}
		s.Shards = append(s.Shards, row)
	}
	return s
}

func (s *Shards) text(p *printer) {
	for _, x := range s.Shards {
		p.wrap(x.File+"  ", fmt.Sprintf("%s, and %d that other shards have as their own", Count(x.Articles, "article"), x.More))
	}
}
