package report

import "strings"

// remedies say what to do about why a place or a record could not be read, by words of the reason
// that package source, collect or fetch gives; the first that fits counts. A reason that says itself
// what to do has an empty one.
var remedies = []struct{ words, do string }{
	{"write in config.yaml", ""},
	{"name the one with the text", ""},
	{"convert", ""},
	{"fetch.allow", ""},
	{"that names the feed", "write that address into config.yaml"},
	{"is no feed", "dedupe sources add ADDRESS finds the feed of a site"},
	{"no such file", "mend the path in config.yaml, or take the entry out"},
	{"no file matches", "mend the pattern in config.yaml, or take the entry out"},
	{"finished files cannot be moved", "let the user that dedupe runs as write to both folders, or write finished: keep"},
	{"permission denied", "let the user that dedupe runs as read it"},
	{"no host has this name", "mend the address in config.yaml, or take the entry out"},
	{"HTTP/1.x", "nothing, if it passes: runs try it again by themselves"}, // its words say that the connection is broken
	{"status 404", "its address has changed: dedupe sources add SITE finds the new one"},
	{"status 410", "it is gone for good: take the entry out, or find the new one by dedupe sources add SITE"},
	{"status 401", "the host wants a password, and dedupe has none: take the entry out"},
	{"status 403", "the host refuses programs: ask it for leave, with an address of yours in fetch.user_agent"},
	{"status 429", "ask it more rarely: every: 1h in its entry, or a longer fetch.delay"},
	{"status 5", "nothing, if it passes: runs try it again by themselves"},
	{"fetch.timeout", "nothing, if it passes; else raise fetch.timeout"},
	{"fetch.max_size", "raise fetch.max_size, if it is meant"},
	{"connection re", "nothing, if it passes: runs try it again by themselves"},
	{"cannot be looked up", "nothing, if it passes: runs try it again by themselves"},
	{"the answer is cut off", "nothing, if it passes: runs try it again by themselves"},
	{"certificate", "its certificate cannot be trusted: the site has to mend it, or the clock of this machine is wrong"},
	{"redirects", "mend the address in config.yaml: open it in a browser to see where it leads"},
	{"max_record", "raise input.max_record, if it is meant"},
	{"neither title nor body", "if its fields have other names: dedupe ingest --dry-run FILE shows them, input.fields names them"},
	{"invalid UTF-8", "convert the file: iconv -f ENCODING -t utf-8"},
	{"encrypted", ""},
	{"without a story", "nothing: it is no article, or a program fills the page in"},
	{"page without words", "nothing: it is empty"},
	{"broken", "mend the record, or have it exported again; all others are taken"},
	{"cut off", "it is not whole: fetch or copy it again"},
	{"file ends within", "it is not whole: fetch or copy it again"},
	{"unpack ", "it is not whole, or damaged: fetch or copy it again"},
}

// remedy returns what to do about a reason; empty where it says so itself, or nothing is known.
func remedy(reason string) string {
	for _, r := range remedies {
		if strings.Contains(reason, r.words) {
			return r.do
		}
	}
	return ""
}

// Remedied returns a reason with what to do about it.
func Remedied(reason string) string {
	if do := remedy(reason); do != "" {
		return reason + ". To do: " + do
	}
	return reason
}
