package article

import (
	"bytes"
	"testing"
)

func TestOther(t *testing.T) {
	one := Article{ID: "0", Outlet: "Star"}
	two := Article{ID: "0", Outlet: "Post"}
	k := one.Key()
	a, b := k.Other(0x0123456789abcdef), k.Other(0xfedcba9876543210)
	if a == b || a == k || bytes.Equal(a[:8], b[:8]) {
		t.Errorf("keys of other articles are not their own: %v, %v of %v", a, b, k)
	}
	if !a.OneID(b) || !a.OneID(k) || !k.OneID(k) || a.OneID(two.Key()) || a.OneID(two.Key().Other(0x0123456789abcdef)) {
		t.Error("the id is not to be seen in the keys")
	}
	if a.Other(0xfedcba9876543210) != b {
		t.Error("the key of another one under the same id is not that of the id's own key")
	}
	low, high := a.OneIDSpan()
	for _, x := range []Key{k, a, b, k.Other(0), k.Other(1<<64 - 1)} {
		if bytes.Compare(low[:], x[:]) > 0 || bytes.Compare(x[:], high[:]) > 0 {
			t.Errorf("%v is not between %v and %v", x, low, high)
		}
	}
	if got, want := OtherID("a b", a), "a b~0123456789"; got != want {
		t.Errorf("OtherID = %q, want %q", got, want)
	}
	if got, other := GivenID("a b~0123456789", a); got != "a b" || !other {
		t.Errorf("GivenID = %q, %v", got, other)
	}
	if got, other := GivenID("a b~0123456780", a); got != "a b~0123456780" || other {
		t.Errorf("GivenID of an id that the article has itself = %q, %v", got, other)
	}
	if got := OtherID("", a); got != "" {
		t.Errorf("OtherID without an id = %q", got)
	}
}
