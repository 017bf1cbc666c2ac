package similarity

// Figure is what decided the kind of a link, and what was needed for it at least. Both are
// shares from 0 to 1; both are 0 of what is no link.
type Figure struct{ Value, Needs float64 }

// Figure returns what a pair was decided by under these thresholds; Kind.DecidedBy names it.
func (t Thresholds) Figure(v Verdict) Figure {
	e := &v.Evidence
	switch v.Kind {
	case Identical:
		return Figure{1, 1}
	case Near:
		return Figure{e.Resemblance, t.Near}
	case Excerpt:
		return Figure{e.Containment(), t.excerpt(e, t.agree(e))}
	case Rewrite:
		return Figure{e.Order, t.rewrite(e, t.agree(e))}
	case Revision:
		return Figure{e.Containment(), t.revised(e)}
	}
	return Figure{}
}

// DecidedBy names the figure that decides a link of this kind; "" of Distinct.
func (k Kind) DecidedBy() string {
	return [...]string{Distinct: "", Identical: "same text", Near: "resemblance", Excerpt: "containment", Rewrite: "order", Revision: "containment"}[k]
}
