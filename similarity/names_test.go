package similarity

import (
	"strings"
	"testing"
)

// TestOwnNames counts what a text names most often of what another never names.
func TestOwnNames(t *testing.T) {
	const filler = " and then the keeper of the lamp went down to the quay with all the others for a long and quiet evening. "
	for _, tt := range []struct {
		name, headline, body, otherHeadline, other string
		want                                       int
	}{
		{"twice", "", "It was Saltmarsh" + filler + "Later in Saltmarsh" + filler, "", "It was Thornby" + filler, 2},
		{"the other has it once", "", "It was Saltmarsh" + filler + "Later in Saltmarsh" + filler, "", "It was Saltmarsh" + filler, 0},
		{"the other has it at the beginning of a sentence", "", "It was Saltmarsh" + filler, "", "Saltmarsh was quiet" + filler, 0},
		{"the other has it in the headline", "", "It was Saltmarsh" + filler, "Quiet in saltmarsh", "It was quiet" + filler, 0},
		{"the headline counts once", "Saltmarsh, oh Saltmarsh", "It was Saltmarsh" + filler, "", "It was Thornby" + filler, 2},
		{"a headline alone is none", "Saltmarsh", "It was quiet" + filler, "", "It was Thornby" + filler, 0},
		{"cases of a name", "", "Снова Тверской порт" + filler + "Теперь в Твери" + filler, "", "Снова Туле" + filler, 2},
		{"another case of it", "", "Снова в Твери" + filler, "", "Снова Тверского порта" + filler, 0},
		{"accents written in two ways", "", "Vers l'Élysée" + filler, "", "Vers l'E\u0301lyse\u0301e" + filler, 0},
		{"the first word of a sentence is no name", "", "Saltmarsh" + filler + "Saltmarsh" + filler, "", "It was quiet" + filler, 0},
		{"in small letters besides", "", "It was Event" + filler + "So was Event" + filler + "It was an event" + filler, "", "It was quiet" + filler, 0},
		{"the other has it in small letters", "", "It was Event" + filler + "So was Event" + filler, "", "It was an event" + filler, 0},
		{"the next, where the first has small letters", "", "It was Event, Event, Event" + filler + "In Saltmarsh, Saltmarsh" + filler, "", "It was an event" + filler, 2},
		{"a script without capitals", "", "港口 的 灯塔" + filler, "", "城市" + filler, 0},
		{"nouns with capitals", "", "Der Wärter der Lampe ging mit dem Hund am Abend zum Hafen der Stadt", "", "Die Frau ging", 0},
		{"no words", "", "", "", "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			build := Builder{K: 4}
			var here, there roll
			its, others := Plain(build.Build("", tt.headline, tt.body, nil)), Plain(build.Build("", tt.otherHeadline, tt.other, nil))
			here.read(its, nil)
			there.read(others, nil)
			if got := here.nameOnly(&there, its, others); got != tt.want {
				t.Errorf("%d times, want %d", got, tt.want)
			}
		})
	}
	t.Run("boilerplate counts for nothing", func(t *testing.T) {
		a := Plain((&Builder{K: 4}).Build("", "", "It was Saltmarsh"+filler+"It was Saltmarsh"+filler, nil))
		a.Boilerplate = make([]bool, len(a.Words))
		for i := range len(a.Words) / 2 {
			a.Boilerplate[i] = true
		}
		var here, there roll
		here.read(a, nil)
		b := Plain((&Builder{K: 4}).Build("", "", strings.Repeat(filler, 2), nil))
		there.read(b, nil)
		if got := here.nameOnly(&there, a, b); got != 1 {
			t.Errorf("%d times, want 1", got)
		}
	})
	t.Run("more names than any article has", func(t *testing.T) {
		var few, many strings.Builder
		for i := range 4000 {
			word := "Q" + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
			if i < 200 {
				few.WriteString("in " + word + filler)
			}
			many.WriteString("in " + word + filler)
		}
		other := Plain((&Builder{K: 4}).Build("", "", strings.Repeat(filler, 2), nil))
		for body, want := range map[string]bool{few.String(): true, many.String(): false} {
			a := Plain((&Builder{K: 4}).Build("", "", body, nil))
			var here, there roll
			here.read(a, nil)
			there.read(other, nil)
			if got := here.nameOnly(&there, a, other); (got > 0) != want {
				t.Errorf("%d words: %d times, want any %v", len(a.Words), got, want)
			}
		}
	})
	t.Run("of one text after another", func(t *testing.T) {
		plain := func(body string) (*Text, roll) {
			x, r := Plain((&Builder{K: 4}).Build("", "", body+filler, nil)), roll{}
			r.read(x, nil)
			return x, r
		}
		its, here := plain("It was Event" + filler + "So was Event")
		for range 2 {
			for body, want := range map[string]int{"It was quiet": 2, "It was an event": 0} {
				others, there := plain(body)
				if got := here.nameOnly(&there, its, others); got != want {
					t.Errorf("beside %q: %d times, want %d", body, got, want)
				}
			}
		}
	})
}

// TestInflected holds that a name counts as there in another case, where all that are lacking do.
func TestInflected(t *testing.T) {
	for _, tt := range []struct {
		name, own, other string
		want             int
	}{
		{"in other cases", "Суд засудив Богдана Крутієнка з Полтави", "Учора Крутієнко, тобто Богдан, виїхав до Полтавщини", 3},
		{"one is another name", "Суд засудив Богдана Крутієнка з Полтави", "Учора Крутієнко, тобто Богдан, виїхав до Сум", 0},
		{"of names that both have none stands for another", "у Богдана та Богуслава", "у Богуслава", 1},
		{"one that both have is no other case", "у Крутієнка та Крутієнко", "у Крутієнко", 1},
		{"nothing is lacking", "у Полтаві", "у Полтаві", 1},
		{"no names", "у місті", "у селі", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			build := Builder{K: 4}
			own, other := Plain(build.Build("", "", tt.own, nil)), Plain(build.Build("", "", tt.other, nil))
			var asked []Token
			for _, w := range own.Words {
				if name(w) {
					asked = append(asked, w)
				}
			}
			there := among(asked, other.Words)
			inflected(asked, own, other, &there)
			got := 0
			for _, is := range there {
				if is {
					got++
				}
			}
			if got != tt.want {
				t.Errorf("%d of %d names are there, want %d", got, len(asked), tt.want)
			}
		})
	}
}
