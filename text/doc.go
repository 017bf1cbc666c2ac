// Package text says what the words of a text are, what of a body is not the
// story (bylines, datelines, agency credits), and which language it is in.
//
// Words are those of Unicode Standard Annex 29 over a normal form (NFKC, case
// folded, with light rules for what reprints write differently: quotation
// marks, apostrophes, dashes, vowel points, digits, character references of
// HTML), so that two copies of one story have the same words however they were
// typeset. So have the two ways to write one letter, one Chinese character or
// one Serbian text; see fold.go for the rules. Scripts written without spaces give a word
// a character. A word
// keeps its place in the source and carries a hash of its normal form that
// never changes.
//
//	text.Words(nil, "Don&#8217;t panic")  // don't, panic
//
// One core does 250 to 400 MB/s of English, 150 to 200 MB/s of other alphabets
// and of Chinese, 10 to 40 MB/s where NFKC or Thai needs the folder; a news text
// costs one allocation or none. Frames takes 7 microseconds a body, Language 8.
// Nothing here reads files, keeps state between calls or depends on their
// order.
package text
