package similarity

// Override replaces some thresholds for the articles of one outlet or language.
// What is 0 stays as it is.
type Override struct{ Near, Excerpt, Rewrite, Headline, Mentioned float64 }

// Apply returns thresholds with the override's in their place.
func (o Override) Apply(t Thresholds) Thresholds {
	for _, x := range [...]struct {
		to   *float64
		from float64
	}{{&t.Near, o.Near}, {&t.Excerpt, o.Excerpt}, {&t.Rewrite, o.Rewrite}, {&t.Headline, o.Headline}, {&t.Mentioned, o.Mentioned}} {
		if x.from != 0 {
			*x.to = x.from
		}
	}
	return t
}

// Over returns an override that is o where o says anything, and else under.
func (o Override) Over(under Override) Override {
	t := o.Apply(under.Apply(Thresholds{}))
	return Override{Near: t.Near, Excerpt: t.Excerpt, Rewrite: t.Rewrite, Headline: t.Headline, Mentioned: t.Mentioned}
}

// Between returns the thresholds by which two articles are judged that have these
// overrides: of each two the stricter, so that it does not matter which article is first.
func (t Thresholds) Between(a, b Override) Thresholds {
	if a == b {
		return a.Apply(t)
	}
	t, u := a.Apply(t), b.Apply(t)
	return Thresholds{
		Near: max(t.Near, u.Near), Excerpt: max(t.Excerpt, u.Excerpt), Rewrite: max(t.Rewrite, u.Rewrite),
		Headline: max(t.Headline, u.Headline), Mentioned: max(t.Mentioned, u.Mentioned),
		MinWords: t.MinWords,
	}
}
