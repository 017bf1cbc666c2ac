package similarity

// Override replaces some thresholds for the articles of one outlet or language.
// What is 0 stays as it is.
type Override struct{ Near, Excerpt, Rewrite, Headline, Told float64 }

// Apply returns thresholds with the override's in their place.
func (o Override) Apply(t Thresholds) Thresholds {
	for _, x := range [...]struct {
		to   *float64
		from float64
	}{{&t.Near, o.Near}, {&t.Excerpt, o.Excerpt}, {&t.Rewrite, o.Rewrite}, {&t.Headline, o.Headline}, {&t.Told, o.Told}} {
		if x.from != 0 {
			*x.to = x.from
		}
	}
	return t
}

// Over returns an override that is o where o says anything, and else under.
func (o Override) Over(under Override) Override {
	t := o.Apply(under.Apply(Thresholds{}))
	return Override{Near: t.Near, Excerpt: t.Excerpt, Rewrite: t.Rewrite, Headline: t.Headline, Told: t.Told}
}

// Strictest returns the larger of each two thresholds: those by which two
// articles are judged that have different ones.
func (t Thresholds) Strictest(u Thresholds) Thresholds {
	return Thresholds{
		Near: max(t.Near, u.Near), Excerpt: max(t.Excerpt, u.Excerpt), Rewrite: max(t.Rewrite, u.Rewrite),
		Headline: max(t.Headline, u.Headline), Told: max(t.Told, u.Told),
		MinWords: max(t.MinWords, u.MinWords), FullLen: max(t.FullLen, u.FullLen),
	}
}
