// Package evaluate says how right a grouping of articles is, given the truth
// about some of them.
//
// The truth, [Gold], comes as clusters (which articles tell one story) or as
// pairs (copies of each other, or not). Figures of clusters:
//
//   - pairwise precision: of the pairs of articles found in one cluster, the share that is of one story;
//     recall: of the pairs of one story, the share found in one cluster; F1: their harmonic mean. Large clusters
//     dominate, with the square of their size.
//   - B-cubed (Bagga and Baldwin 1998, "Entity-based cross-document coreferencing using the vector space model", section 4;
//     Amigó et al. 2009, "A comparison of extrinsic clustering evaluation metrics based on formal constraints", section 4.2):
//     an article's precision is the share of its found cluster, itself included, that is of its story, its recall the
//     share of its story that is in its found cluster; both are averaged over the articles, so that every article
//     weighs the same.
//   - adjusted Rand index (Hubert and Arabie 1985, "Comparing partitions", equation 5): agreement over all pairs, 0 where it is
//     what chance gives for clusters of these sizes, 1 for equal groupings; it can be negative.
//
// An article may be of several stories. Two articles are then of one story when
// they share any. Where every article has one, the figures are the usual ones.
//
// Only articles that gold knows count. One that gold knows and nobody found
// counts as alone. By convention precision is 1 where nothing was found together,
// and recall 1 where nothing belongs together.
//
// Figures of pairs are the share found of those with one label and kind, where
// found means in one cluster, or linked directly.
//
// Intervals hold 95 %. Those of clusters come from a bootstrap (Efron 1979,
// percentiles) that draws whole stories and not articles, because errors come by
// the story: a false pair counts half for each of its two stories. A figure of exactly 1 has
// no spread to draw from; read its interval as "no error seen". Those of shares
// are Wilson's (1927), which do say how little a few pairs prove.
//
// Everything is linear in articles, pairs and labels, apart from sorting;
// an article of several stories costs two to the power of their number, which is bounded.
package evaluate
