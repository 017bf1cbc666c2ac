package storage

import "strings"

// containsFolded is the SQL function contains_folded(text, query): whether text
// holds every word of query, letter case aside. query is in lower case already.
// SQLite's own LIKE folds ASCII only.
func containsFolded(text, query string) bool {
	text = strings.ToLower(text)
	for word := range strings.FieldsSeq(query) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
