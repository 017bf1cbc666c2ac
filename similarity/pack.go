package similarity

import (
	"encoding/binary"
	"errors"
	"math"
)

// packVersion is the first byte of packed evidence. That of version 1 has no NameOnlyA
// and NameOnlyB, that of version 2 no NotLocalA and NotLocalB, and that of version 6 no Quoted, which are 0
// then. Up to version 3 there were shares of numbers and names for their counts, which follow from them.
const packVersion = 7

// maxCount is the largest count that is stored.
const maxCount = 1 << 40

// ErrEvidence is what unpacking damaged or foreign evidence gives.
var ErrEvidence = errors.New("evidence is damaged")

func (e *Evidence) counts() []*int {
	return []*int{&e.WordsA, &e.WordsB, &e.TotalA, &e.TotalB, &e.LeftA, &e.LeftB, &e.Shared, &e.Passage, &e.Numbers, &e.Names, &e.NameOnlyA, &e.NameOnlyB, &e.NumbersShared, &e.NamesShared, &e.NumbersReplaced, &e.NumbersKept, &e.NamesReplaced, &e.NamesKept, &e.Quoted}
}

func (e *Evidence) shares() []*float64 {
	return []*float64{&e.Order, &e.Headline, &e.MentionedA, &e.MentionedB, &e.NotLocalA, &e.NotLocalB, &e.OrderElsewhere, &e.ContainmentElsewhere}
}

func (e *Evidence) flags() []*bool {
	return []*bool{&e.HeadlinesKnown, &e.SameText, &e.SameOutlet, &e.Unrelated, &e.Titled, &e.HeadlinesTell}
}

// Pack appends the stored form of evidence to dst:
//
//	byte      version
//	byte      flags, lowest first
//	uvarints  counts
//	uvarints  shares in ten-thousandths, plus one (0: not measured)
//	uvarint   days, in hundredths
//
// What no measuring gives is made what Unpack takes: a share that is no number is 0, one
// above 1 is 1, and counts are bounded.
func (e Evidence) Pack(dst []byte) []byte {
	for _, n := range e.counts() {
		*n = min(max(*n, 0), maxCount)
	}
	e.Shared = min(e.Shared, e.LeftA, e.LeftB)
	e.Quoted = min(e.Quoted, e.Shared)
	e.NumbersShared, e.NamesShared = min(e.NumbersShared, e.Numbers), min(e.NamesShared, e.Names)
	dst = append(dst, packVersion)
	flags := byte(0)
	for i, f := range e.flags() {
		if *f {
			flags |= 1 << i
		}
	}
	dst = append(dst, flags)
	for _, n := range e.counts() {
		dst = binary.AppendUvarint(dst, uint64(*n))
	}
	for _, x := range e.shares() {
		dst = binary.AppendUvarint(dst, uint64(math.Round(within(-1e-4, *x, 1)*1e4)+1))
	}
	return binary.AppendUvarint(dst, uint64(math.Round(within(0, e.Days*100, maxCount))))
}

// within bounds a figure; what is no number is 0.
func within(least, x, most float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return min(max(least, x), most)
}

// Unpack reads what Pack wrote.
func Unpack(data []byte) (Evidence, error) {
	var e Evidence
	if len(data) < 2 || data[0] < 1 || data[0] > packVersion {
		return e, ErrEvidence
	}
	for i, f := range e.flags() {
		*f = data[1]&(1<<i) != 0
	}
	version, counts, shares := data[0], e.counts(), e.shares()
	switch version {
	case 1:
		counts, shares = counts[:len(counts)-9], shares[:4]
	case 2:
		counts, shares = counts[:len(counts)-7], shares[:4]
	case 3:
		counts, shares = counts[:len(counts)-7], shares[:6]
	case 4:
		counts, shares = counts[:len(counts)-5], shares[:6]
	case 5:
		counts, shares = counts[:len(counts)-1], shares[:6]
	case 6:
		counts = counts[:len(counts)-1]
	}
	data = data[2:]
	next := func() uint64 {
		n, k := binary.Uvarint(data)
		if k <= 0 || n > maxCount {
			data = nil
			return 0
		}
		data = data[k:]
		return n
	}
	share := func() float64 {
		switch n := next(); {
		case n == 0:
			return -1
		case n > 1e4+1:
			data = nil // more than all
			return 0
		default:
			return float64(n-1) / 1e4
		}
	}
	for _, n := range counts {
		*n = int(next())
	}
	for _, x := range shares[:4] {
		*x = share()
	}
	if version < 4 {
		e.NumbersShared, e.NamesShared = counted(share(), e.Numbers), counted(share(), e.Names)
	}
	for _, x := range shares[4:] {
		*x = share()
	}
	e.Days = float64(next()) / 100
	if data == nil || len(data) != 0 || e.Shared > min(e.LeftA, e.LeftB) || e.Quoted > e.Shared || e.NumbersShared > e.Numbers || e.NamesShared > e.Names {
		return Evidence{}, ErrEvidence
	}
	e.ratios()
	return e, nil
}

// counted is the count of which a share was rounded to ten-thousandths: exact, as no more
// than 64 names or numbers were asked.
func counted(share float64, of int) int { return int(math.Round(max(0, share) * float64(of))) }
