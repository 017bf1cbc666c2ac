package text

import (
	"strings"
	"testing"
)

// TestSpelled: a number in letters is one in any form of it, a weekday is itself, and words
// that mean other things are neither.
func TestSpelled(t *testing.T) {
	as := func(word string) uint32 {
		t.Helper()
		w := Words(nil, word)
		if len(w) != 1 {
			t.Fatalf("%q is %d words", word, len(w))
		}
		as, ok := Spelled(uint32(w[0].Hash))
		if ok != (as != 0) {
			t.Errorf("%q is %d, and one: %v", word, as, ok)
		}
		return as
	}
	figures := func(number string) uint32 { return uint32(Words(nil, number)[0].Hash) }
	for word, number := range map[string]string{
		"ثلاثة": "3", "الثالثة": "3", "ثلاث": "3", "هفت": "7", "שלוש": "3", "तीन": "3", "তিনজন": "3", "மூன்று": "3", "മൂന്നു": "3", "다섯": "5", "ხუთი": "5",
	} {
		if got := as(word); got != figures(number) {
			t.Errorf("%q is %d, want that of %s", word, got, number)
		}
	}
	if as("الثلاثاء") == as("الأربعاء") || as("martedì") == as("giovedì") || as("понедельник") == 0 || as("월요일") == 0 {
		t.Error("weekdays are one, or none")
	}
	for _, word := range []string{"سے", "چه", "نو", "ba", "mail", "هفته", "may", "fire", "pet", "river", "अब"} {
		if as(word) != 0 {
			t.Errorf("%q is a number or a date", word)
		}
	}
	for line := range strings.Lines(spelledList) {
		for word := range strings.FieldsSeq(line) {
			if n := len(found(word)); n != 1 && !strings.HasPrefix(line, "#") {
				t.Errorf("%q is %d words, so it is never found", word, n)
			}
		}
	}
}
