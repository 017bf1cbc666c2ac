package similarity_test

import (
	"fmt"

	"dedupe/similarity"
)

func ExampleCompare() {
	b := similarity.Builder{K: 4}
	full := similarity.Plain(b.Build("", "Ferry aground off Skarholm",
		"A ferry with 212 people aboard ran aground off Skarholm on Thursday morning. All passengers were taken off "+
			"unhurt, the coast guard said. Divers will look at the hull when the wind drops.", nil))
	cut := similarity.Plain(b.Build("", "Ferry runs aground",
		"A ferry with 212 people aboard ran aground off Skarholm on Thursday morning. All passengers were taken off "+
			"unhurt, the coast guard said.", nil))
	v := similarity.Compare(full, cut, similarity.DefaultThresholds(), nil)
	fmt.Printf("%s: %.2f of the shorter text is in the other\n", v.Kind, v.Evidence.Containment())
	// Output: near: 1.00 of the shorter text is in the other
}
