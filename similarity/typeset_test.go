package similarity_test

import (
	"strings"
	"testing"

	"dedupe/similarity"
	"dedupe/text"
)

// An invented story in paragraphs, with what typesetting changes: quotation marks,
// apostrophes, dashes, accents, numbers.
const (
	lighthouse = `The last keeper of the Saltmarsh lighthouse climbed its 214 steps for the final time on Tuesday, and found that somebody had already switched off the lamp.

"I came to say goodbye and it was dark," said Élise Marchetti, 61, who has kept the light since 1989. "It's a strange thing to be late for your own farewell."

The harbour board of Port Annick decided in January to replace the lamp - a French lens of 1,200 kilograms - with a diode that weighs less than a loaf of bread. The change saves 18,000 crowns a year, most of it in electricity.

Fishermen have complained that the new light cannot be told from the café on the quay. "From ten miles out it looks like somebody is frying chips," said Jonas Brandt, who lands crab at the north pier.

The board's engineer, Mr Okafor, answered that the beam meets every rule in the book and that the café had agreed to dim its sign after nine. The lens goes to the town museum in May, where it will turn again, slowly, for visitors.`

	budget = `Councillors in Harwick approved a budget for the coming year after a debate of five hours, by nineteen votes to fourteen.

The levy on households rises by four per cent from April, which is about thirty crowns for a terraced house. The baths in Quarry Road stay open on five days a week.

An amendment to spare the library van failed by a single vote, when its mover was found to have gone home. The opposition said that it would bring the matter back in the autumn, with a quorum.`
)

// written is an article as an outlet would send it.
type written struct{ headline, body string }

func profile(a written) *similarity.Profile {
	var skip []similarity.Span
	for _, f := range text.DefaultAgencies().Frames(a.headline, a.body) {
		skip = append(skip, similarity.Span{Start: f.Start, End: f.End})
	}
	build := similarity.Builder{K: 4}
	return build.Build("outlet.example", a.headline, a.body, skip)
}

func verdict(t *testing.T, a, b written) similarity.Verdict {
	metric, err := similarity.NormalMetric("sorensen-dice")
	if err != nil {
		t.Fatal(err)
	}
	scale := similarity.Scale{Metric: metric}
	scale.Load(similarity.Plain(profile(a)))
	return similarity.Decide(scale.Measure(similarity.Plain(profile(b))), similarity.DefaultThresholds())
}

// TestTypesettingLeavesVerdicts writes the second article of a pair in other
// ways that leave its story alone: the kind must stay, and of equal texts the
// equality.
func TestTypesettingLeavesVerdicts(t *testing.T) {
	paragraphs := strings.Split(lighthouse, "\n\n")
	edited := strings.NewReplacer("climbed", "walked up", "decided in January", "chose last winter", "slowly", "at a walking pace").Replace(lighthouse)
	pairs := []struct {
		name string
		a, b written
		want similarity.Kind
	}{
		{"the same", written{"Keeper finds her lamp switched off", lighthouse}, written{"Keeper finds her lamp switched off", lighthouse}, similarity.Identical},
		{"edited", written{"Keeper finds her lamp switched off", lighthouse}, written{"Dark farewell at Saltmarsh lighthouse", edited}, similarity.Near},
		{"cut", written{"Keeper finds her lamp switched off", lighthouse}, written{"Lighthouse keeper’s dark farewell", strings.Join(paragraphs[:2], "\n\n")}, similarity.Excerpt},
		{"unrelated", written{"Council passes budget", budget}, written{"Keeper finds her lamp switched off", lighthouse}, similarity.Distinct},
	}
	manners := []struct {
		name  string
		write func(s string) string
	}{
		{"as it is", func(s string) string { return s }},
		{"in capitals", strings.ToUpper},
		{"in small letters", strings.ToLower},
		{"curly quotes", replace(`"I`, "“I", `"It`, "“It", `"From`, "“From", `."`, ".”", `,"`, ",”", "'", "’")},
		{"angled quotes", replace(`"I`, "«I", `"It`, "«It", `"From`, "«From", `."`, ".»", `,"`, ",»")},
		{"long dashes", replace(" - ", " — ")},
		{"one line", replace("\n\n", " ")},
		{"wide spaces", replace(" ", "\u00a0 ", "\n\n", " \r\n\t\r\n")},
		{"no-break spaces", replace(" ", "\u00a0")},
		{"marks that nobody sees", replace("light", "li\u00adght", " the ", " \ufeffthe\u200b ")},
		{"accents apart from letters", replace("É", "E\u0301", "é", "e\u0301")},
		{"ligatures", replace("fi", "ﬁ", "fl", "ﬂ")},
		{"fullwidth letters", wide},
		{"references of HTML", replace("'", "&#8217;", `"`, "&quot;", "é", "&eacute;")},
	}
	frames := []struct {
		name string
		put  func(body string) string
	}{
		{"plain", func(b string) string { return b }},
		{"byline", func(b string) string { return "By Nora Lindqvist, Staff Reporter\n\n" + b }},
		{"dateline", func(b string) string { return "PORT ANNICK (Reuters) - " + b }},
		{"credit", func(b string) string { return b + "\n\n(Reporting by Nora Lindqvist; editing by Tomas Greve)" }},
	}
	for _, p := range pairs {
		t.Run(p.name, func(t *testing.T) {
			for _, m := range manners {
				for _, f := range frames {
					b := written{m.write(p.b.headline), f.put(m.write(p.b.body))}
					v := verdict(t, p.a, b)
					if v.Kind != p.want {
						t.Errorf("%s, %s: %v, want %v: %+v", m.name, f.name, v.Kind, p.want, v.Evidence)
					}
					if p.want == similarity.Identical && profile(p.a).Hash != profile(b).Hash {
						t.Errorf("%s, %s: another hash", m.name, f.name)
					}
				}
			}
		})
	}
}

func replace(oldnew ...string) func(string) string { return strings.NewReplacer(oldnew...).Replace }

// wide writes ASCII letters and digits in their fullwidth forms.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r + 0xFEE0
		}
		return r
	}, s)
}

// TestScripts holds that no script collapses: a copy with an edit is Near, an
// unrelated text shares nothing.
func TestScripts(t *testing.T) {
	for _, tt := range []struct{ name, story, edit, other string }{
		{"Chinese", "港务局周二宣布，盐沼灯塔的最后一位守塔人将于五月离任，二十米高的塔顶将改用新式发光二极管。渔民抱怨说，新灯与码头咖啡馆的招牌难以区分，十海里外看去像有人在炸薯条。工程师回应称，光束符合所有规定，咖啡馆已同意九点以后调暗招牌。旧透镜重一千二百公斤，将移交市博物馆，供游客参观。",
			"二十米高的塔顶", "市议会在五个小时的辩论后通过了明年的预算，十九票赞成，十四票反对。四月起住户税将上调百分之四，一栋联排房屋约三十克朗。采石场路的游泳馆每周开放五天，图书馆流动车保留，但只留一名司机。反对派表示秋天将再次提出此事，届时希望人数能够达到法定要求，以便表决。"},
		{"Arabic", "أعلنت هيئة الميناء يوم الثلاثاء أن آخر حارسة لمنارة الملاحة ستغادر منصبها في مايو المقبل بعد خمسة وثلاثين عاما من العمل. وقال صيادون إن الضوء الجديد لا يمكن تمييزه عن لافتة المقهى على الرصيف. ورد مهندس الهيئة بأن الشعاع يفي بجميع القواعد المعمول بها وأن المقهى وافق على تخفيف إضاءة لافتته بعد الساعة التاسعة مساء. وستنقل العدسة القديمة إلى متحف المدينة حيث يمكن للزوار مشاهدتها وهي تدور ببطء.",
			"بعد خمسة وثلاثين عاما", "وافق مجلس المدينة على ميزانية العام المقبل بعد نقاش استمر خمس ساعات بأغلبية تسعة عشر صوتا مقابل أربعة عشر. وسترتفع الضريبة على المنازل أربعة في المئة اعتبارا من أبريل. وسيظل المسبح في شارع المحجر مفتوحا خمسة أيام في الأسبوع. وقالت المعارضة إنها ستعيد طرح الموضوع في الخريف."},
		{"Russian", "Портовое управление объявило во вторник, что последняя смотрительница маяка покинет свой пост в мае после тридцати пяти лет службы. Рыбаки жалуются, что новый огонь невозможно отличить от вывески кафе на набережной: с десяти миль кажется, будто кто-то жарит картошку. Инженер управления ответил, что луч отвечает всем правилам и что кафе согласилось приглушать вывеску после девяти вечера. Старую линзу передадут городскому музею, где она будет медленно вращаться для посетителей.",
			"после тридцати пяти лет", "Городской совет после пятичасовых споров утвердил бюджет на будущий год девятнадцатью голосами против четырнадцати. Налог на жильё вырастет с апреля на четыре процента. Бассейн на Карьерной улице останется открытым пять дней в неделю, а передвижная библиотека сохранит фургон и одного водителя. Оппозиция обещала вернуться к вопросу осенью."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if edited := strings.Replace(tt.story, tt.edit, "", 1); edited == tt.story {
				t.Fatal("nothing edited")
			} else if v := verdict(t, written{"", tt.story}, written{"", edited}); v.Kind != similarity.Near {
				t.Errorf("edited: %v %+v", v.Kind, v.Evidence)
			}
			if v := verdict(t, written{"", tt.story}, written{"", tt.story}); v.Kind != similarity.Identical {
				t.Errorf("the same: %v %+v", v.Kind, v.Evidence)
			}
			if v := verdict(t, written{"", tt.story}, written{"", tt.other}); v.Linked() || v.Evidence.Shared > 1 {
				t.Errorf("another story: %v %+v", v.Kind, v.Evidence)
			}
		})
	}
}
