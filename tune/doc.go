// Package tune says what other thresholds would do to stored pairs: how right
// the clusters would be by what people know of them, how many would change, and
// which thresholds reach a stated aim at the least price.
//
//	stored evidence --> Decide by each setting --> group --> compare with gold
//	                                                     `-> compare with the clusters of now
//
// Nothing is read again and nothing hashed: similarity.Decide is a pure function
// of evidence and thresholds, and cluster.Group one of links. A component of
// links that two settings have in common is grouped once, so that a sweep costs
// little more than the verdicts: 48 settings over 131,000 pairs of 100,000
// articles take 2 s of processor time with reading them.
//
// What stored evidence lacks, a sweep does not see: pairs that share too few
// anchors to be compared, and candidates that were not because enough before them
// were links. Package engine reads the texts for those when the settings change.
//
// People's decisions are gold here, and so they must not make the clusters that
// are scored: scores are of what links alone would group. What would change is
// counted with decisions, as it would.
//
// Labels are seldom drawn evenly: reviewers see what is uncertain. Pairs fall into
// strata by how uncertain their evidence is, and each decided pair counts for as
// many stored ones as its stratum has for each that is decided (poststratified
// estimates; Horvitz and Thompson 1952, Holt and Smith 1979).
//
//	table := tune.New(clusters, pairs, decisions)
//	points := table.Sweep(settings, gold)
//	best, ok := tune.Propose(points, tune.Aim{Goal: tune.Precision, At: 0.98}, now)
package tune
