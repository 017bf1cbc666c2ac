package textcache

import (
	"math/rand/v2"
	"testing"
)

// TestClock holds a clock to its bound and to what was put into it, whatever the
// order of calls.
func TestClock(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	c := clock[uint64]{limit: 100}
	put := map[uint32]uint64{}
	for range 20_000 {
		n := uint32(r.IntN(60))
		switch r.IntN(10) {
		case 0:
			c.drop(n)
			if c.get(n) != nil {
				t.Fatalf("%d is there after it was dropped", n)
			}
		case 1, 2, 3:
			put[n] = r.Uint64()
			c.put(n, put[n], uint64(n), 1+int(n)%7)
			if e := c.get(n); e == nil || e.value != put[n] || e.mark != uint64(n) {
				t.Fatalf("%d: put %d, got %+v", n, put[n], e)
			}
		default:
			if e := c.get(n); e != nil && e.value != put[n] {
				t.Fatalf("%d: put %d, got %d", n, put[n], e.value)
			}
		}
		sum := 0
		for i, n := range c.ring {
			e := c.entries[n]
			if e == nil || e.at != i {
				t.Fatalf("place %d of the ring is of %d, which has %+v", i, n, e)
			}
			sum += e.cost
		}
		if sum != c.cost || c.cost > c.limit || len(c.ring) != len(c.entries) {
			t.Fatalf("%d entries cost %d, said to be %d of at most %d", len(c.entries), sum, c.cost, c.limit)
		}
	}
}

// TestClockKeepsWhatIsUsed holds that what is asked for between two rounds stays.
func TestClockKeepsWhatIsUsed(t *testing.T) {
	c := clock[int]{limit: 10}
	for n := range uint32(1000) {
		c.put(n, int(n), 0, 1)
		if c.get(0) == nil {
			t.Fatalf("the entry that is asked for each time was dropped after %d others", n)
		}
	}
}
