// Package storage keeps articles, links and clusters in one SQLite file. It is
// the only package that knows SQL.
//
//	s, err := storage.Open(ctx, "dedupe.db", storage.Options{Compress: true})
//	...
//	v, err := s.View(ctx) // the database as it is at this moment
//	...
//	defer v.Close()
//	page, err := v.Clusters(ctx, storage.Filter{MinOutlets: 2}, storage.Newest, 20, 0)
//
// # The file
//
//	meta                 facts of the whole file
//	run, reject          what was done when, and what could not be read
//	source, taken        how the places went that articles come from, and which items were taken
//	outlet, article      one row a version of an article; body has its text
//	pair                 what was compared, with its figures
//	cluster, cluster_log groups of copies, and what became of them
//	decision, pin, skip  what people decided, and what they did not want to
//	segment, posting     the inverted index for candidates
//	place                what that index must know of articles
//	boilerplate, vote      learned boilerplate, and which articles show it
//	changed                articles to be judged again, by boilerplate that changed
//
// The tables are written out and explained in migrations. The
// file is in WAL mode: one connection writes, any number read beside it, and a
// kill at any moment loses at most the batch in work. Two runs are kept apart
// by Acquire. A file says in its header that it is ours (application_id) and of
// which schema (user_version); Open brings an older one up to date and refuses
// any other without touching it.
//
// # Views for your own SQL
//
// Columns of these are only ever added to. Dates are ISO 8601 in UTC.
//
//	articles  seq, article, key, outlet, url, headline, byline, published, date,
//	          first_seen, language, credit, words, version, state, cluster,
//	          representative                       every current article
//	clusters  cluster, headline, outlet, outlets, size, first, last,
//	          representative, reason, language, credit, made, changed
//	                                               every living cluster
//	links     seq_a, seq_b, article_a, article_b, kind, resemblance,
//	          containment_a, containment_b, same_cluster
//	                                               every link, the earlier article as a
//	decisions key_a, key_b, article_a, article_b, decision, decided, note,
//	          same_cluster                         what people decided
//
// For example, who published first what most outlets carried last week:
//
//	SELECT c.outlets, a.outlet, a.headline FROM clusters c JOIN articles a USING (cluster)
//	WHERE c.last >= date('now', '-7 days')
//	GROUP BY cluster HAVING a.date = min(a.date) ORDER BY c.outlets DESC LIMIT 20;
//
// Bodies are in no view, for they are compressed: `dedupe export articles
// --format jsonl` prints them. Without compression (storage.compress: false)
// substr(data, 2) of the table body is the text.
//
// # Figures
//
// Bodies of 7,812 English articles, 5.1 kB each, on one core: plain 0.6 us an
// article to pack; zstd 38 us, 0.50 of the size, and 13 us to read back
// (BenchmarkPack, BenchmarkUnpack). A dictionary would give 0.41 at twice the
// time, S2 0.72 at half of it.
//
// A page of 20 clusters out of 200,000 from 1,000,000 articles: 4 ms for the
// newest, 120 ms for the largest, 0.6 s for words in headlines that nothing
// answers, 0.1 s for the members of a cluster of 10,000; what a report counts
// besides 0.5 s, and all pairs inside of clusters 1.6 s (go test -bench Page
// -args -articles 1000000, on a shared machine). A walk over articles with their bodies: 46,000
// articles/s (BenchmarkTexts).
package storage
