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
// settings has made out of date.
func (c Config) Hash(touches Touches) string {
	h := sha256.New()
	for _, s := range table {
		if s.Touches == touches {
			fmt.Fprintf(h, "%s: %s\n", s.Key, flow(s.raw(&c)))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
