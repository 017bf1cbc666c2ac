// Package report shows results to people and programs.
//
// Every answer of the command line is one typed value, a Result such as Clusters
// or Evaluation; Write renders it. A new format is a new renderer, never a new
// question. What a database holds is read by a Survey (clusters, and what is
// uncertain in them), ReadStats, ReadBoilerplate and WriteExport; other results
// come from packages explain, review, quality, doctor and measure.
//
//	survey, err := report.NewSurvey(ctx, view, report.Rules{Thresholds: thresholds})
//	list, err := survey.List(ctx, report.Query{Filter: storage.Filter{MinOutlets: 2}, Limit: 20, Page: 1})
//	err = report.Write(os.Stdout, list, report.Options{})
//
//	text   for people: columns aligned by display width, fitted to a width,
//	       coloured only when asked
//	json   one indented document a result: results are pages, small by nature
//	csv    one row a cluster or member, for spreadsheets
//	markdown  a table a list, for mails and wikis
//	html   clusters as a page for a browser, see WriteHTML
//
// Exports may be of any size; they are streams of rows (Export) in csv or as
// JSON lines. JSON lines hold what the input gave byte for byte.
//
// # Hostile text
//
// Headlines and names come from anywhere. On a terminal an escape sequence in a
// headline could clear the screen or rename the window, and a bidirectional
// override could show one outlet's name as another's ("Trojan Source", Boucher
// and Anderson 2021). In text, control characters are therefore shown as their
// pictures, bidirectional controls are dropped, runs of combining marks are
// cut, and right-to-left text is put between isolates, so that it orders itself
// and nothing around it. The csv of a result is cleaned the same way; that of an
// export shows control characters as pictures and leaves the rest as it came. A
// cell that a spreadsheet would take for a formula begins with an apostrophe in
// both (Uncell takes it away). json escapes what it must.
package report
