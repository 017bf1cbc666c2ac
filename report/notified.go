package report

import "fmt"

// Notified is how many events a receiver has taken, and how many wait.
type Notified struct {
	Told    int `json:"told"`
	Waiting int `json:"waiting"`
}

func (n *Notified) text(p *printer) {
	p.line(plain, fmt.Sprintf("%d told, %d waiting", n.Told, n.Waiting))
}
