package config

import (
	"cmp"
	"fmt"
	"regexp"
)

// former has the settings that have another name than in the last version, by the name they had.
// That still works, with a warning. Databases note a setting by the first name that it had, so
// that none is out of date by a change of names.
var former = map[string]string{"thresholds.told": "thresholds.mentioned"}

// withdrawn has the settings of the last version that there are no more, with what holds now. They
// are accepted, with a warning, and do nothing.
var withdrawn = map[string]string{"thresholds.full_words": "it is always 80 words"}

// warnWithdrawn warns of a setting that there is no more. where says where it stands.
func (l *Loaded) warnWithdrawn(where, key string) {
	l.Warnings = append(l.Warnings, fmt.Sprintf("%s: %s is no setting any more: %s; the next version will refuse it", printable(where), key, withdrawn[key]))
}

// Present returns the key of the setting that had this key in the last version, or the key itself.
func Present(key string) string { return cmp.Or(former[key], key) }

// Noted is the name by which databases note the setting of that key: the first that it had.
func Noted(key string) string { return cmp.Or(formerly(key), key) }

// formerly returns the name that the setting of that key had in the last version, "" for the same.
func formerly(key string) string {
	for was, now := range former {
		if now == key {
			return was
		}
	}
	return ""
}

// formerOverride finds a threshold by the name that it had in the list of an override.
var formerOverride = regexp.MustCompile(`[[ ,"']told *=`)

// warnFormer warns of a name that a setting had. where says where it stands.
func (l *Loaded) warnFormer(where, was, now string) {
	l.Warnings = append(l.Warnings, fmt.Sprintf("%s: %s is called %s now: the next version will not know the old name", printable(where), was, now))
}
