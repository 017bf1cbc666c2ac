package engine

import "time"

// Stages is how long the stages of a run were at work. Reading and writing go
// on beside the others, so that all together may be more than the run took.
type Stages struct {
	Read  time.Duration // find and decode records
	Known time.Duration // look up what is stored already
	Admit time.Duration // words, profile, boilerplate marked, anchors, body packed
	Find  time.Duration // candidates
	Learn time.Duration // find out what is boilerplate
	Link  time.Duration // compare and decide
	Group time.Duration // clusters
	Index time.Duration // postings into segments
	Write time.Duration // SQLite
}

// Stages returns the times of the last call of Ingest that came to its end.
func (e *Engine) Stages() Stages { return e.spent }

// lap adds the time since start to a stage and returns the time.
func (e *Engine) lap(stage *time.Duration, start time.Time) time.Time {
	now := e.now()
	*stage += now.Sub(start)
	return now
}
