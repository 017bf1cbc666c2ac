package detect

import "testing"

// Forgetful makes graphs forget after each batch all that they may, for the
// duration of a test.
func Forgetful(t *testing.T) {
	before := maxNodes
	maxNodes = 0
	t.Cleanup(func() { maxNodes = before })
}
