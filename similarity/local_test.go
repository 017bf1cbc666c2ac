package similarity

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// invented returns n words of which no other number has any.
func invented(number, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("word%dx%d", number, i)
	}
	return strings.Join(list, " ")
}

// What two texts share counts where it stands together in the longer one.
func TestTogether(t *testing.T) {
	words := strings.Fields(invented(1, 100))
	scattered := ""
	for i := 0; i+10 <= len(words); i += 10 { // each tenth of the story, far from the next
		scattered += strings.Join(words[i:i+10], " ") + " " + invented(100+i, 400) + " "
	}
	story := strings.Join(words, " ")
	interleaved := ""
	for i := 0; i+20 <= len(words); i += 20 {
		interleaved += strings.Join(words[i:i+20], " ") + " " + invented(200+i, 20) + " "
	}
	for _, tt := range []struct {
		name string
		long string
		from float64 // containment of the story
		to   float64
	}{
		{"scattered over a page of 4,000 words", scattered, 0, 0.1},
		{"whole in a page of 4,000 words", invented(2, 2000) + " " + story + " " + invented(3, 2000), 1, 1},
		{"whole at its end", invented(2, 4000) + " " + story, 1, 1},
		{"a phrase of it at the very end of a longer page", invented(2, 240) + " " + strings.Join(words[:5], " "), 0.01, 0.03},
		{"interleaved with teasers, in a long page", invented(2, 1000) + " " + interleaved + invented(3, 1000), 0.8, 1},
		{"cut into a page", invented(2, 1000) + " " + strings.Join(words[:50], " ") + " " + invented(3, 1000), 0.45, 0.5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			build := Builder{K: 4}
			short, long := Plain(build.Build("", "", story, nil)), Plain(build.Build("", "", tt.long, nil))
			var s Scale
			s.Load(short)
			there := s.Measure(long)
			if c := there.ContainmentA; c < tt.from || c > tt.to {
				t.Errorf("containment %.3f, want %.2f to %.2f", c, tt.from, tt.to)
			}
			if there.WordsB != len(long.Words) || there.LeftB != long.Left {
				t.Errorf("of the long text it has %d words and %d shingles, want all: %d and %d", there.WordsB, there.LeftB, len(long.Words), long.Left)
			}
			s.Load(long)
			if back := s.Measure(short).Swap(); back != there {
				t.Errorf("the other way round:\n%+v\n%+v", there, back)
			}
		})
	}
}

// TestBest compares the best stretch with that of trying all.
func TestBest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var memory []int32
	for range 2000 {
		n, size := 1+r.IntN(6), 1+r.IntN(20)
		var hits [][2]int32
		for at := int32(r.IntN(5)); len(hits) < r.IntN(30); at += int32(1 + r.IntN(6)) {
			hits = append(hits, [2]int32{at, int32(r.IntN(n))})
		}
		different := func(from int) int {
			met := map[int32]bool{}
			for _, h := range hits {
				if int(h[0]) >= from && int(h[0]) < from+size {
					met[h[1]] = true
				}
			}
			return len(met)
		}
		most := 0
		for from := range 200 {
			most = max(most, different(from))
		}
		if from := best(hits, size, n, &memory); different(from) != most {
			t.Fatalf("from %d there are %d, at most %d: %v, size %d", from, different(from), most, hits, size)
		}
	}
}

// TestFillWithoutCapitals: where names have no capitals the words of the headlines are names, and numbers, weekdays
// and months are known in letters.
func TestFillWithoutCapitals(t *testing.T) {
	const (
		cut    = "تعلن شركة المياه عن قطع المياه يوم %s من الساعة %s عن حي %s بسبب أعمال صيانة في الخط الرئيسي وترجو من المشتركين تخزين ما يكفي من المياه"
		toll   = "नाव पलटने से मरने वालों की संख्या %s हो गई और %s लोग अब भी लापता हैं। हादसा बुधवार शाम दस बजे मेले से लौटते समय हुआ और तीन टीमें नदी में खोज रही हैं"
		street = "उपभोक्ताओं से अनुरोध है कि %s में काम के दौरान पानी पहले से भर लें और तारों को न छुएँ"
	)
	for _, tt := range []struct {
		name   string
		titles [2]string
		bodies [2]string
		want   filled
	}{
		{"a template", [2]string{"قطع المياه عن حي الميناء", "قطع المياه عن حي النخيل"},
			[2]string{fmt.Sprintf(cut, "الأحد", "الثامنة", "الميناء"), fmt.Sprintf(cut, "الأربعاء", "الرابعة", "النخيل")},
			filled{spelled: [2]int{2, 0}, names: [2]int{1, 0}}},
		{"an update", [2]string{"नाव हादसा", "नाव हादसा"}, [2]string{fmt.Sprintf(toll, "तीन", "नौ"), fmt.Sprintf(toll, "पाँच", "सात")}, filled{spelled: [2]int{2, 3}}},
		{"another headline over one text", [2]string{"गांधी नगर में बिजली नहीं", "बिजली की सूचना"}, [2]string{fmt.Sprintf(street, "गांधी नगर"), fmt.Sprintf(street, "स्टेशन रोड")}, filled{}},
		{"what the other text has elsewhere is no name", [2]string{"पानी बंद", "बिजली बंद"}, [2]string{fmt.Sprintf(street, "पानी"), fmt.Sprintf(street, "बिजली") + " और पानी बचाएँ"}, filled{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			build := Builder{K: 4}
			a, b := Plain(build.Build("", tt.titles[0], tt.bodies[0], nil)), Plain(build.Build("", tt.titles[1], tt.bodies[1], nil))
			for _, pair := range [][2]*Text{{a, b}, {b, a}} {
				var s Scale
				s.Load(pair[0])
				s.Sight(pair[1])
				if got := s.fill(pair[1]); got != tt.want {
					t.Errorf("%+v, want %+v", got, tt.want)
				}
			}
		})
	}
}

// TestFill counts what stands between shared passages.
func TestFill(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b string
		want filled
	}{
		{"a template", "A man was shot at 9 Mercer Street on the north side of the city, and doctors of Lakeview Hospital said he was stable",
			"A man was shot at 11 Duval Street on the north side of the city, and doctors of Harrow Hospital said he was stable", filled{numbers: [2]int{1, 0}, names: [2]int{2, 0}}},
		{"the same text", "A man was shot at 9 Mercer Street on the north side", "A man was shot at 9 Mercer Street on the north side", filled{numbers: [2]int{0, 1}, names: [2]int{}}},
		{"an edit around a number", "the council voted to spend 400 dollars on the old bridge over the river", "the council voted to give 400 dollars to the old bridge over the river", filled{numbers: [2]int{0, 1}, names: [2]int{}}},
		{"a number in another form", "the council of the town will spend 1,400 on it for the old bridge over the river", "the council of the town will give 1.400 to it for the old bridge over the river", filled{numbers: [2]int{0, 1}, names: [2]int{}}},
		{"what one leaves out stands for nothing", "the council of the town, led by Anna Roth, voted for the old bridge over the river", "the council of the town voted for the old bridge over the river", filled{}},
		{"a long gap in which every few words are filled in",
			"the girl of fifteen was hurt Wednesday evening in the Dalton section of the Northwest Side. The girl was near a home about 8:26 in the 5100 block of West Gower Street when flames broke out on the first floor",
			"the girl of fifteen was hurt Saturday evening in the Ashgrove section of the East Bank. The girl was in an alley about 2:16 in the 6000 block of North Oakes Street when flames broke out on the third floor",
			filled{numbers: [2]int{3, 0}, names: [2]int{6, 0}}},
		{"a long gap in which two tell different things",
			"the girl of fifteen was hurt Wednesday when Peter Dalton of Northwick and Anna Roth from Gower drove their old lorry over 3 hens, 40 ducks and a garden fence behind Castle Inn while flames broke out on the first floor",
			"the girl of fifteen was hurt Saturday evening by 2 pupils, says Ms Oakes, teacher at the school for music on North Bank, where 16 others played football until it grew dark that day while flames broke out on the first floor",
			filled{}},
		{"a long gap that is one story with more in it",
			"the girl of fifteen was hurt Wednesday evening in the Dalton section near 5100 Gower Street when flames broke out on the first floor",
			"the girl of fifteen was hurt Wednesday evening, as neighbours told us, in the old Dalton section of this town with its many wooden sheds and barns near 5100 Gower Street when flames broke out on the first floor",
			filled{numbers: [2]int{0, 1}, names: [2]int{0, 1}}},
		{"nothing shared", "one two three four five", "six seven eight nine ten", filled{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			build := Builder{K: 4}
			a, b := Plain(build.Build("", "", tt.a, nil)), Plain(build.Build("", "", tt.b, nil))
			for _, pair := range [][2]*Text{{a, b}, {b, a}} {
				var s Scale
				s.Load(pair[0])
				s.Sight(pair[1])
				if got := s.fill(pair[1]); got != tt.want {
					t.Errorf("numbers and names replaced and kept: %v, want %v", got, tt.want)
				}
			}
		})
	}
}
