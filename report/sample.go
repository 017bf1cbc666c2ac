package report

import (
	"io"
	"iter"

	"dedupe/quality"
)

// SampledPair is a pair of articles drawn for labelling. With a decision put in,
// a file of them is one of decisions. People do that in a spreadsheet, so names
// are made fit for one; the keys say which articles are meant.
type SampledPair struct {
	Stratum string `json:"stratum"` // why it was drawn
	A       string `json:"article_a"`
	OutletA string `json:"outlet_a"`
	B       string `json:"article_b"`
	OutletB string `json:"outlet_b"`
	KeyA    string `json:"key_a"`
	KeyB    string `json:"key_b"`
}

func (SampledPair) columns() []string {
	return []string{"stratum", "article_a", "outlet_a", "article_b", "outlet_b", "key_a", "key_b"}
}

func (s SampledPair) cells() []string {
	return []string{s.Stratum, sheet(s.A), sheet(s.OutletA), sheet(s.B), sheet(s.OutletB), s.KeyA, s.KeyB}
}

// WriteSample writes pairs to label, in CSV or JSONL.
func WriteSample(w io.Writer, format Format, pairs iter.Seq2[quality.Sampled, error]) error {
	return export(w, format, pairs, func(s *quality.Sampled) SampledPair {
		return SampledPair{Stratum: s.Stratum, A: s.A.Name(), OutletA: s.A.Outlet, B: s.B.Name(), OutletB: s.B.Outlet,
			KeyA: s.A.Key.String(), KeyB: s.B.Key.String()}
	})
}
