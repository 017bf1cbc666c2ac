package detect

// Versions of what this package makes of the same articles by the same settings.
// One grows with every change after which something stored would come out otherwise;
// TestVersions finds such changes. Of a database that notes none both are 1.
const (
	WordsVersion = 1 // words, shingles and anchors: with another one the index is made anew
	LinksVersion = 4 // pairs, their figures and verdicts: with another one all are compared anew. 2: names of a text's own; 3: what faces, what is aside; 4: the two that share little, and nothing more measured where nothing can be linked
)
