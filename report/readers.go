package report

import (
	"strconv"

	"dedupe/storage"
)

// Readers are those who read what is new.
type Readers struct {
	Readers   []storage.Reader `json:"readers"`
	Forgotten int              `json:"forgotten,omitempty"` // places of a reader
}

func (r *Readers) text(p *printer) {
	if r.Forgotten > 0 {
		p.line(plain, "forgot "+Count(r.Forgotten, "place"))
		return
	}
	if len(r.Readers) == 0 {
		p.line(plain, "nobody has read anything: dedupe report --since-last")
		return
	}
	t := table{columns: []column{{title: "READER", min: 8}, {title: "SHOWN UP TO"}, {title: "RUN", right: true}, {title: "CHOICE", min: 10}}}
	for _, x := range r.Readers {
		at := "before the first run"
		if !x.At.IsZero() {
			at = p.time(x.At)
		}
		t.add("", clean(x.Name), at, strconv.FormatInt(x.Run, 10), clean(x.Chosen))
	}
	t.print(p)
}
