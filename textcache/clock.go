package textcache

// clock keeps what was used lately, bounded by a sum of costs: its hand goes round
// and drops what was not asked for since it last came by (the clock algorithm,
// Corbato 1968).
type clock[V any] struct {
	limit   int
	evict   func(n uint32, v V) // is told what is dropped for want of room; may be nil
	cost    int
	entries map[uint32]*entry[V]
	ring    []uint32 // what the hand goes round
	hand    int
}

type entry[V any] struct {
	value V
	cost  int
	mark  uint64
	at    int  // in the ring
	used  bool // since the hand last came by
}

// get returns what is kept under a number, or nil. It may be changed in place.
func (c *clock[V]) get(n uint32) *entry[V] {
	e := c.entries[n]
	if e != nil {
		e.used = true
	}
	return e
}

// put keeps a value, in the place of an older one under its number; for a new one it
// drops others until the bound holds.
func (c *clock[V]) put(n uint32, v V, mark uint64, cost int) {
	if c.entries == nil {
		c.entries = map[uint32]*entry[V]{}
	}
	e := c.entries[n]
	if e == nil {
		c.room(cost)
		e = &entry[V]{at: len(c.ring)}
		c.entries[n] = e
		c.ring = append(c.ring, n)
	}
	c.cost += cost - e.cost
	e.value, e.mark, e.cost = v, mark, cost
}

// room drops what was not used until the cost of another entry fits.
func (c *clock[V]) room(cost int) {
	for c.cost+cost > c.limit && len(c.ring) > 0 {
		c.hand %= len(c.ring)
		n := c.ring[c.hand]
		e := c.entries[n]
		if e.used {
			e.used = false
			c.hand++
			continue
		}
		if c.evict != nil {
			c.evict(n, e.value)
		}
		c.drop(n)
	}
}

// drop forgets what is under a number. The last one of the ring takes its place.
func (c *clock[V]) drop(n uint32) {
	e := c.entries[n]
	if e == nil {
		return
	}
	c.cost -= e.cost
	last := len(c.ring) - 1
	c.ring[e.at] = c.ring[last]
	c.entries[c.ring[last]].at = e.at
	c.ring = c.ring[:last]
	delete(c.entries, n)
}
