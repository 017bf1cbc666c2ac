package explain

// Stored is the verdict that is stored on two members of a cluster.
var Stored = (*Texts).verdict
