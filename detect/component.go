package detect

import (
	"context"
	"slices"

	"dedupe/article"
)

// component returns the articles that links and decisions connect with one, in
// canonical order.
func (e *Engine) component(ctx context.Context, start uint32, seen map[uint32]bool) ([]uint32, error) {
	seen[start] = true
	list := []uint32{start}
	for i := 0; i < len(list); i++ {
		n, err := e.graph.linked(ctx, list[i])
		if err != nil {
			return nil, err
		}
		others, err := e.decided(ctx, n.part.Key)
		if err != nil {
			return nil, err
		}
		for _, edge := range n.edges {
			others = append(others, edge.other)
		}
		for _, other := range others {
			if !seen[other] {
				seen[other] = true
				list = append(list, other)
			}
		}
	}
	slices.SortFunc(list, e.compare)
	return list, nil
}

// decided returns the articles that a person put together with that of a key.
func (e *Engine) decided(ctx context.Context, key article.Key) (list []uint32, err error) {
	for _, d := range e.decisions[key] {
		if !d.Same {
			continue
		}
		known, err := e.current(ctx, d.Other(key))
		if err != nil {
			return nil, err
		}
		if known != 0 {
			list = append(list, known)
		}
	}
	return list, nil
}

// current returns the number of the current version of a key, or 0.
func (e *Engine) current(ctx context.Context, key article.Key) (uint32, error) {
	s, ok := e.unwritten(key)
	if !ok {
		known, err := e.store.Known(ctx, []article.Key{key})
		if err != nil {
			return 0, err
		}
		s = known[key]
	}
	if s.Seq != 0 && e.place(s.Seq).Dead {
		return 0, nil // it has another key now
	}
	return s.Seq, nil
}
