package report

import (
	"encoding/json"

	"dedupe/storage"
)

// This file prints what JSON called otherwise in the last version under its old names as well.
// The next version drops it.

// Health is what storage counts.
type Health struct{ storage.Health }

// MarshalJSON prints the passages as boilerplate and as furniture.
func (h Health) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		storage.Health
		Furniture int `json:"furniture"`
	}{h.Health, h.Boilerplate})
}
