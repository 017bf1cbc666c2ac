package text

import "testing"

func TestStem(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"Russia", "Russians", true},
		{"RUSSIA", "russia", true},
		{"Тверской", "тверскую", true},
		{"Élysée", "E\u0301lyse\u0301e", true},
		{"Ångström", "A\u030angstro\u0308m", true},
		{"Malta", "Malawi", false},
		{"Rus", "Russia", false},
		{"Tula", "Tver", false},
		{"Тула", "Тверь", false},
		{"", "a", false},
	} {
		if same := Stem(tt.a) == Stem(tt.b); same != tt.same {
			t.Errorf("%q and %q: one stem %v, want %v", tt.a, tt.b, same, tt.same)
		}
	}
}

func BenchmarkStem(b *testing.B) {
	for b.Loop() {
		Stem("Saltmarsh")
	}
}
