package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Hash returns 16 hexadecimal digits that stand for the values of all settings
// which touch what is given: two configurations with the same Hash(Texts) keep
// the same of every text, and with the same Hash(Links) judge the same texts
// alike. A database stores both, so that a run can tell what a change of
// settings has made out of date. A value that is Absent counts as not there, so
// that databases from before such a setting are none the less up to date.
func (c Config) Hash(touches Touches) string {
	h := sha256.New()
	for _, s := range table {
		value := flow(s.raw(&c))
		if s.Touches == touches && !(touches == Links && value == s.Absent()) {
			fmt.Fprintf(h, "%s: %s\n", Noted(s.Key), value)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
