package similarity

// Compare compares two texts once: what they share, and what follows from it
// under the given thresholds. metric compares headlines in normal form (see
// [NormalMetric]) and may be nil. The evidence says nothing of outlets and
// dates, which are not in the texts; set them and call [Decide] again where
// they matter. To compare one text with many, use a [Scale].
//
//	b := similarity.Builder{K: 4}
//	x := similarity.Plain(b.Build("", headlineX, bodyX, nil))
//	y := similarity.Plain(b.Build("", headlineY, bodyY, nil))
//	v := similarity.Compare(x, y, similarity.DefaultThresholds(), nil)
//
// Cost: linear in both texts, and where they are alike but not the same a
// factor of the logarithm more.
func Compare(a, b *Text, t Thresholds, metric func(a, b string) float64) Verdict {
	s := Scale{Metric: metric}
	s.Load(a)
	return Decide(s.Measure(b), t)
}
