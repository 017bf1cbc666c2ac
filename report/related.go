package report

import (
	"fmt"
	"math"

	"dedupe/storage"
)

// maxRelated is how many relations of a cluster are listed.
const maxRelated = 5

// Relation is what a member of a cluster shares text with outside of it: a link that the clustering
// did not follow, because it would have joined two stories.
type Relation struct {
	Cluster int64   `json:"cluster,omitempty"` // 0: the article is in none
	Label   string  `json:"label,omitempty"`   // of that cluster
	Article string  `json:"article"`           // the one there that shares most
	Outlet  string  `json:"outlet"`
	Kind    string  `json:"kind"`
	Share   float64 `json:"share"` // of the shorter of the two texts that the other has verbatim
	Links   int     `json:"links"` // between the two clusters
}

func newRelation(x storage.Related) Relation {
	r := Relation{Cluster: x.Cluster, Article: x.Article, Outlet: x.Outlet, Kind: x.Kind.String(), Share: x.Share, Links: x.Links}
	if x.Cluster != 0 {
		r.Label = label(x.Cluster)
	}
	return r
}

// sentence says it in words, as "shares 57 % with cluster c61 (rewrite)".
func (r *Relation) sentence() string {
	with := "cluster " + r.Label
	if r.Cluster == 0 {
		with = "article " + short(clean(r.Article)) + " of " + name(r.Outlet)
	}
	s := fmt.Sprintf("shares %.0f %% with %s (%s", math.Floor(100*r.Share), with, r.Kind)
	if r.Links > 1 {
		s += fmt.Sprintf(", %d links", r.Links)
	}
	return s + ")"
}

// Related says what a cluster is related to, a sentence each.
func (s *Summarized) related() (list []string) {
	for i := range s.Related {
		list = append(list, s.Related[i].sentence())
	}
	if s.Unlisted > 0 {
		list = append(list, fmt.Sprintf("and with %d more", s.Unlisted))
	}
	return list
}

func (s *Summarized) relations(p *printer, indent string) {
	for _, sentence := range s.related() {
		p.wrap(indent, "related: "+sentence)
	}
}
