package report

import "dedupe/storage"

// These are the keys of JSON that have another name since this version, beside those that
// replace them: programs that read the old ones go on for one version.
type (
	// Health is what storage counts, its Boilerplate under the old name as well.
	Health struct {
		storage.Health
		Furniture int `json:"furniture"`
	}
	renamedSummary struct {
		Doubtful int `json:"doubtful"` // Warnings
	}
	renamedSummarized struct {
		Doubts []Suspicion `json:"doubts,omitempty"` // Uncertain
	}
)

// rename fills the old name.
func (h *Health) rename() { h.Furniture = h.Boilerplate }
