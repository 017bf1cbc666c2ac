// Package text says what the words of a text are, what of a body is not the
// story (bylines, datelines, agency credits), and which language it is in.
//
// Words are those of Unicode Standard Annex 29 over a normal form (NFKC, case
// folded, with light rules for what reprints write differently: quotation
// marks, apostrophes, dashes, vowel points, digits, character references of
// HTML), so that two copies of one story have the same words however they were
// typeset. Scripts written without spaces give a word a character. A word
// keeps its place in the source and carries a hash of its normal form that
// never changes.
//
//	text.Words(nil, "Don&#8217;t panic")  // don't, panic
//
// Plain ASCII goes at several hundred megabytes a second without allocating;
// other text is folded in bounded chunks, at some tens. Nothing here reads
// files, keeps state between calls or depends on the order of calls.
package text
