//go:build !unix

package measure

import "time"

// used is not known here.
func used() (peak int64, busy time.Duration) { return 0, 0 }

// processor is not known here.
func processor() string { return "" }
