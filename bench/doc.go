// Package bench is the pure half of `dedupe bench`: it makes invented news with
// known truth to measure with, and compares what was measured with what was
// measured before.
//
// [Load] makes the same articles for the same options on every machine. Their
// texts are put together from the words and forms of sentences in words.txt: each
// story has a cast of people, places and organisations and a theme, the words
// that it uses most, so that unrelated stories share single words and hardly a
// run of four. Of the articles
//
//	two in five   are copies of an earlier story, as outlets make them (see Kinds); which
//	              story is copied how often follows a power law, as it does for
//	              news (Pareto, exponent 1.25)
//	one in fifty  is a copy of one and the same big story
//	one in twenty is a trap: it shares something with an earlier article and is
//	              not a copy of it (see Traps)
//	the rest      are stories of their own
//
// A third of the outlets put boilerplate of theirs around every text. All texts are in
// English: other languages are measured by the tests of package evaluate on real
// articles.
//
// [Genre] makes what a load lacks: short texts in stock phrases, in four languages, which differ in names,
// numbers and places alone, with roundups and long listings of them.
//
// Making an article costs 80 us, and the stories that may still be copied take
// 20 MB at most.
package bench
