package cluster

// Bridges returns the links of a graph of n nodes without which what they hold
// together would fall apart, each by its index in links, with the number of nodes
// on its smaller side (Tarjan 1974). Cost: linear in the links.
func Bridges(n int, links []Link) map[int]int {
	type end struct{ node, link int }
	around := make([][]end, n)
	for i, l := range links {
		around[l.A] = append(around[l.A], end{l.B, i})
		around[l.B] = append(around[l.B], end{l.A, i})
	}
	var (
		bridges = map[int]int{}
		entered = make([]int, n) // in the order of the walk, from 1
		low     = make([]int, n) // the first node that a node's subtree reaches without the link above it
		size    = make([]int, n) // of its subtree
		whole   = make([]int, n) // the size of a root's component
		clock   int
	)
	type frame struct{ node, via, next int }
	for root := range n {
		if entered[root] > 0 {
			continue
		}
		stack := []frame{{root, -1, 0}}
		var below []int // nodes under a bridge, with the bridge in above
		var above []int
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			v := f.node
			if f.next == 0 {
				clock++
				entered[v], low[v], size[v] = clock, clock, 1
			}
			if f.next < len(around[v]) {
				e := around[v][f.next]
				f.next++
				switch {
				case e.link == f.via:
				case entered[e.node] > 0:
					low[v] = min(low[v], entered[e.node])
				default:
					stack = append(stack, frame{e.node, e.link, 0})
				}
				continue
			}
			via := f.via
			stack = stack[:len(stack)-1]
			if len(stack) == 0 {
				whole[root] = size[root]
				break
			}
			up := stack[len(stack)-1].node
			low[up] = min(low[up], low[v])
			size[up] += size[v]
			if low[v] == entered[v] {
				below, above = append(below, v), append(above, via)
			}
		}
		for i, v := range below {
			bridges[above[i]] = min(size[v], whole[root]-size[v])
		}
	}
	return bridges
}
