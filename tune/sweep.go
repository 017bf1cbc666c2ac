package tune

import (
	"encoding/binary"
	"hash/fnv"

	"dedupe/similarity"
)

// Point is what one setting of the thresholds would yield.
type Point struct {
	Thresholds similarity.Thresholds `json:"-"`

	Links   int                                `json:"links"`
	Kinds   [similarity.Revision + 1]KindTally `json:"-"`
	Grouped int                                `json:"clusters"` // by links alone, without decisions
	Kept    int                                `json:"kept"`     // clusters of now that stay as they are
	Changed int                                `json:"changed"`  // clusters of now that do not
	Made    int                                `json:"made"`     // new ones, of articles that are alone now
	Score   Score                              `json:"score"`
}

// KindTally is how many links of a kind there are and what gold knows of them. Of
// Distinct it is what gold knows of the pairs that are not linked.
type KindTally struct{ Links, Right, Wrong int }

// Precision is the share of the links of the kind that gold knows which are
// right; ok is false where it knows none.
func (k KindTally) Precision() (share float64, ok bool) {
	if k.Right+k.Wrong == 0 {
		return 0, false
	}
	return float64(k.Right) / float64(k.Right+k.Wrong), true
}

// Recall is the share that links of a kind find of the compared copies that no
// other kind links; ok is false where there are none. So it loses nothing to
// a kind that comes before it.
func (p *Point) Recall(kind similarity.Kind) (share float64, ok bool) {
	found, missed := p.Kinds[kind].Right, p.Kinds[similarity.Distinct].Right
	if found+missed == 0 {
		return 0, false
	}
	return float64(found) / float64(found+missed), true
}

// Sweeper judges the pairs of one table by one setting after the other. It is
// for one goroutine.
type Sweeper struct {
	Each func() // is called for each setting that is judged, if it is not nil

	table *Table
	known *known
	truth []int8  // of each pair: 1 copies, -1 none, 0 not known
	label []int32 // of each pair: the label that says so, or -1

	alone, ruled  *grouper // without and with decisions
	score, change map[string]tally
	linked        []bool
	key           []byte
}

// tally is what is counted of one component.
type tally struct {
	score  Score
	groups int
	kept   int // clusters of now that stay as they are
	made   int
}

// NewSweeper returns one. gold may be nil.
func NewSweeper(t *Table, gold *Gold) *Sweeper {
	s := &Sweeper{table: t, known: newKnown(gold), truth: make([]int8, len(t.pairs)), label: make([]int32, len(t.pairs)), linked: make([]bool, len(t.pairs)),
		alone: newGrouper(t, false), score: map[string]tally{}, change: map[string]tally{}}
	s.ruled = s.alone
	if len(t.decided) > 0 {
		s.ruled = newGrouper(t, true)
	}
	for i := range t.pairs {
		copies, ok, label := s.known.truth(t.pairs[i].A, t.pairs[i].B)
		switch s.label[i] = label; {
		case ok && copies:
			s.truth[i] = 1
		case ok:
			s.truth[i] = -1
		}
	}
	return s
}

// Sweep judges by each of the settings.
func (t *Table) Sweep(settings []similarity.Thresholds, gold *Gold) []Point {
	s := NewSweeper(t, gold)
	points := make([]Point, len(settings))
	for i, th := range settings {
		points[i] = s.Point(th)
	}
	return points
}

// Point judges by one setting.
func (s *Sweeper) Point(th similarity.Thresholds) Point {
	if s.Each != nil {
		s.Each()
	}
	p := Point{Thresholds: th}
	judge := s.table.judge(th)
	for i := range s.table.pairs {
		kind := judge.kind(&s.table.pairs[i])
		k := &p.Kinds[kind]
		if s.linked[i] = kind != similarity.Distinct; s.linked[i] {
			p.Links++
			k.Links++
		}
		switch s.truth[i] {
		case 1:
			k.Right++
		case -1:
			k.Wrong++
		}
	}
	one := s.ruled == s.alone
	s.alone.each(s.linked, func(c *component) {
		t := s.count(s.alone, c, s.score, true, one)
		p.Score.add(&t.score)
		p.Grouped += t.groups
		if one {
			p.Kept, p.Made = p.Kept+t.kept, p.Made+t.made
		}
	})
	if !one {
		s.ruled.each(s.linked, func(c *component) {
			t := s.count(s.ruled, c, s.change, false, true)
			p.Kept, p.Made = p.Kept+t.kept, p.Made+t.made
		})
	}
	p.Changed = s.table.Clusters() - p.Kept
	p.Score.close(s.known.copies)
	return p
}

// count counts a component, or remembers it. Settings share most components, and
// what a component comes to follows from its links: its members are their ends
// and, with decisions, those that decisions join to these.
func (s *Sweeper) count(g *grouper, c *component, memory map[string]tally, score, change bool) (t tally) {
	s.key = s.key[:0]
	s.key = binary.LittleEndian.AppendUint32(s.key, uint32(c.members[0]))
	s.key = binary.LittleEndian.AppendUint32(s.key, uint32(len(c.links)))
	h := fnv.New128a()
	var four [4]byte
	for _, l := range c.links {
		binary.LittleEndian.PutUint32(four[:], uint32(l))
		h.Write(four[:])
	}
	s.key = h.Sum(s.key)
	if t, ok := memory[string(s.key)]; ok {
		return t
	}
	leader := g.group(c)
	size := make([]int32, len(leader))
	for _, l := range leader {
		size[l]++
	}
	for _, n := range size {
		if n > 1 {
			t.groups++
		}
	}
	if score {
		t.score = s.known.score(g, c, leader, s.label)
	}
	if change {
		t.kept, t.made = s.table.compare(c.members, leader, size)
	}
	memory[string(s.key)] = t
	return t
}

// compare counts the groups of a component that are clusters now, and those
// whose members are all alone now.
func (t *Table) compare(members []int32, leader []int, size []int32) (kept, made int) {
	now := make([]int64, len(members)) // by leader: the cluster of all its members so far; -1: of several
	for i, l := range leader {
		id := t.cluster[members[i]]
		switch {
		case i == l:
			now[l] = id
		case now[l] != id:
			now[l] = -1
		}
	}
	for l, n := range size {
		switch {
		case n < 2 || now[l] < 0:
		case now[l] == 0:
			made++
		case n == t.size[now[l]]:
			kept++
		}
	}
	return kept, made
}
