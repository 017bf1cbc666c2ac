package review

import (
	"math"

	"dedupe/cluster"
	"dedupe/similarity"
)

// Confidence says how far a verdict is from being another one: 1 where the
// figure that decides is 0.15 or more from its threshold, down to 0.5 where it
// stands on it; between for what only a veto or an unlike headline keeps
// apart. It is no probability: `dedupe evaluate` measures those.
func Confidence(v *similarity.Verdict, t similarity.Thresholds) float64 {
	_, uncertain := uncertainty(v, t)
	return 1 - uncertain/2
}

// Suspicion is why a person should look at a cluster.
type Suspicion uint8

// The suspicions, the gravest first.
const (
	Contradicted Suspicion = iota // decisions that the cluster does not follow
	Weak                          // articles that hang by a link near a threshold
	Joint                         // links each of which alone holds two groups together
	Templates                     // pairs of members that seem to be one template filled in twice
	Huge                          // members, very many
	Suspicions                    // how many there are
)

// When a cluster is suspicious.
const (
	weak = 0.75 // confidence: half of the way to the threshold
	huge = 100  // articles
)

// Inside gathers what is known of the pairs inside one cluster.
type Inside struct {
	hold         map[uint32]float64 // the confidence of the best link of each member
	links        []cluster.Link
	at           map[uint32]int // index of a member in links
	templates    int
	contradicted int
}

// NewInside begins with a cluster.
func NewInside() *Inside {
	return &Inside{hold: map[uint32]float64{}, at: map[uint32]int{}}
}

// Add takes in a stored pair of members, which is judged by the thresholds t.
// kind is what is stored, which may rest on other thresholds.
func (in *Inside) Add(a, b uint32, kind similarity.Kind, e similarity.Evidence, t similarity.Thresholds) {
	v := similarity.Decide(e, t)
	if v.Veto == similarity.Template {
		in.templates++
	}
	if kind == similarity.Distinct {
		return
	}
	sure := Confidence(&v, t)
	if !v.Linked() {
		sure = 1 - sure
	}
	in.link(a, b, sure)
}

// Decided takes in a person's word on two articles, of which the cluster has at
// least one; together says that it has both.
func (in *Inside) Decided(a, b uint32, same, together bool) {
	switch {
	case same != together:
		in.contradicted++
	case same:
		in.link(a, b, 1)
		in.link(a, b, 1) // what a person says is no bridge
	}
}

func (in *Inside) link(a, b uint32, sure float64) {
	for _, seq := range [2]uint32{a, b} {
		in.hold[seq] = max(in.hold[seq], sure)
		if _, known := in.at[seq]; !known {
			in.at[seq] = len(in.at)
		}
	}
	in.links = append(in.links, cluster.Link{A: in.at[a], B: in.at[b]})
}

// Member is the confidence with which the cluster holds a member: that of its
// best link to another one; 1 where a person decided so.
func (in *Inside) Member(seq uint32) float64 { return in.hold[seq] }

// Confidence is that of the member that is held least; 1 where there is none.
func (in *Inside) Confidence() float64 {
	least := 1.0
	for _, sure := range in.hold {
		least = math.Min(least, sure)
	}
	return least
}

// Suspicions counts what speaks for looking at the cluster of so many articles.
func (in *Inside) Suspicions(size int) (counts [Suspicions]int) {
	counts[Contradicted], counts[Templates] = in.contradicted, in.templates
	for _, sure := range in.hold {
		if sure <= weak {
			counts[Weak]++
		}
	}
	for _, side := range cluster.Bridges(len(in.at), in.links) {
		if side >= minBridge {
			counts[Joint]++
		}
	}
	if size >= huge {
		counts[Huge] = size
	}
	return counts
}
