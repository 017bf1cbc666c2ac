package detect

import "testing"

// Forgetful makes graphs forget after each batch all that they may, for the
// duration of a test.
func Forgetful(t *testing.T) {
	before := maxNodes
	maxNodes = 0
	t.Cleanup(func() { maxNodes = before })
}

// Unwilling makes runs leave what is stale to later ones, until the function that is
// returned is called.
func Unwilling(t *testing.T) (willing func()) {
	before := healAlways
	healAlways = -1 << 40
	willing = func() { healAlways = before }
	t.Cleanup(willing)
	return willing
}
