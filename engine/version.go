package engine

// Versions of what this package makes of the same articles by the same settings.
// One grows with every change after which something stored would come out otherwise;
// TestVersions finds such changes. Of a database that notes none both are 1.
const (
	WordsVersion = 6  // what is kept of an article by itself, its plain text, key, outlet, date, words and anchors: with another one all articles and the index are made anew. 2: words by their normal form, numbers by value, markup as text, dates by the clock of their day; 3: notices known in advance; 4: texts of less than 120 words keep all anchors; 5: times of day, more words for percent and thousands, Hindi, Amharic, Burmese and Khmer in one spelling, words of two scripts, zones and parameters; 6: more signs and forms of an outlet's name in headlines, broken tags, JSON packed twice, more zones, archives and parameters
	LinksVersion = 12 // pairs, their figures and verdicts: with another one all are compared anew. 2: names of a text's own; 3: what faces, what is aside; 4: the two that share little, and nothing more measured where nothing can be linked; 5: words of another version; headlines that nobody asks for are not compared; 6: names and numbers by their counts; 7: notices known in advance; 8: only the best stretch of a longer text, what stands for other names and numbers, less for rewrites that keep little; 9: what other stories have too; fewer candidates; 10: names beside what stands in several passages count no more; 11: candidates by the cosine of sketches; less of a text under one headline; more of one that shares quoted speech; 12: what shares too little for a copy is compared where a headline is mentioned
)
