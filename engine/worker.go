package engine

import (
	"sync"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
)

// worker is the memory that one goroutine reuses.
type worker struct {
	builder  similarity.Builder
	scale    similarity.Scale // the article that is judged
	other    similarity.Scale // for pairs of its candidates
	sighted  []boilerplate.Sighting
	slots    []uint32 // of hits
	hits     []hit
	shingles []uint64
	anchors  []candidate.Anchor
	sketch   []candidate.Posting
	kept     []uint64 // keys, and the same of what is covered by boilerplate
	covered  []uint64
	left     []candidate.Anchor
	packed   []byte
	letters  []byte // of a text, see text.Letters
}

func (e *Engine) newWorker() *worker {
	w := &worker{builder: similarity.Builder{K: e.opt.Shingle, Notices: e.opt.Notices}}
	w.scale.Metric = e.opt.Metric
	return w
}

// each calls f for 0 to n-1 on the engine's workers, in no order, and returns
// the first error. Each worker has its own w, with what it reuses from call to call.
func (e *Engine) each(n int, f func(w *worker, i int) error) error {
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		next int
		fail error
	)
	const chunk = 16
	for range min(e.opt.Workers, n/chunk+1) {
		wg.Go(func() {
			w, is := e.idle.Get().(*worker)
			if !is {
				w = e.newWorker()
			}
			defer e.idle.Put(w)
			for {
				mu.Lock()
				from := next
				next += chunk
				stop := fail != nil
				mu.Unlock()
				if from >= n || stop {
					return
				}
				for i := from; i < min(n, from+chunk); i++ {
					if err := f(w, i); err != nil {
						mu.Lock()
						if fail == nil {
							fail = err
						}
						mu.Unlock()
						return
					}
				}
			}
		})
	}
	wg.Wait()
	return fail
}
