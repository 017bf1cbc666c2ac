package text

import (
	"strings"
	"testing"
)

func TestLanguage(t *testing.T) {
	for _, test := range []struct{ want, in string }{
		{"", ""},
		{"", "1 2 3 — 4"},
		{"", "Alcaraz Sinner Zverev Medvedev Rublev Tsitsipas Ruud"},
		{"en", "The council voted on Tuesday to close the old bridge, officials said."},
		{"de", "Der Rat hat am Dienstag beschlossen, die alte Brücke zu sperren, wie die Behörden mitteilten."},
		{"fr", "Le conseil a voté mardi la fermeture de l’ancien pont, ont indiqué les autorités."},
		{"es", "El consejo votó el martes a favor de cerrar el viejo puente, según las autoridades."},
		{"pt", "O conselho votou na terça-feira para fechar a ponte antiga, disseram as autoridades."},
		{"it", "Il consiglio ha votato martedì la chiusura del vecchio ponte, secondo le autorità."},
		{"nl", "De raad heeft dinsdag besloten om de oude brug te sluiten, zeggen de autoriteiten."},
		{"sv", "Rådet röstade på tisdagen för att stänga den gamla bron, säger myndigheterna."},
		{"da", "Rådet stemte tirsdag for at lukke den gamle bro, siger myndighederne, og den blev lukket af politiet."},
		{"no", "Rådet stemte tirsdag for å stenge den gamle broen, sier myndighetene, og den ble stengt av politiet."},
		{"fi", "Valtuusto äänesti tiistaina vanhan sillan sulkemisesta, ja päätös on voimassa, mutta se ei ole lopullinen."},
		{"pl", "Rada głosowała we wtorek za zamknięciem starego mostu, jak poinformowały władze, ale nie jest to koniec."},
		{"cs", "Rada v úterý hlasovala pro uzavření starého mostu, který podle úřadů není bezpečný."},
		{"hu", "A tanács kedden megszavazta a régi híd lezárását, és a hatóságok szerint ez nem az utolsó lépés."},
		{"ro", "Consiliul a votat marți pentru închiderea podului vechi, au spus autoritățile, care nu sunt de acord."},
		{"tr", "Meclis salı günü eski köprünün kapatılması için oy kullandı ve yetkililer bunun çok önemli olduğunu söyledi."},
		{"id", "Dewan memilih pada hari Selasa untuk menutup jembatan tua itu, kata para pejabat yang hadir."},
		{"vi", "Hội đồng đã bỏ phiếu hôm thứ Ba để đóng cửa cây cầu cũ, theo các quan chức."},
		{"sw", "Baraza lilipiga kura siku ya Jumanne kufunga daraja la zamani, walisema maafisa wa serikali katika mji huo."},
		{"yo", "Ìgbìmọ̀ náà dìbò ní ọjọ́ Ìṣẹ́gun láti ti afárá àtijọ́ náà pa, àwọn aláṣẹ sọ."},
		{"ha", "Majalisar ta kada kuri'a a ranar Talata domin rufe tsohuwar gada, in ji hukumomi da suka yi bayani."},
		{"so", "Golaha ayaa u codeeyay Talaadadii in la xiro buundada hore, sida ay sheegeen mas'uuliyiintu oo ka hadlay."},
		{"ru", "Совет проголосовал во вторник за закрытие старого моста, сообщили власти."},
		{"uk", "Рада проголосувала у вівторок за закриття старого мосту, повідомили в поліції."},
		{"bg", "Съветът гласува във вторник за затварянето на стария мост, съобщиха от властите."},
		{"sr", "Савет је у уторак гласао за затварање старог моста, саопштиле су власти."},
		{"mk", "Советот гласаше во вторник за затворање на стариот мост и тоа ќе се случи, соопштија од полицијата."},
		{"ar", "صوت المجلس يوم الثلاثاء على إغلاق الجسر القديم حسبما قال مسؤولون."},
		{"fa", "شورا روز سه\u200cشنبه به بستن پل قدیمی رأی داد، مقامات این را گفتند."},
		{"ur", "کونسل نے منگل کو پرانے پل کو بند کرنے کے لیے ووٹ دیا، حکام نے کہا ہے۔"},
		{"he", "המועצה הצביעה ביום שלישי על סגירת הגשר הישן, כך אמרו גורמים של העירייה, אבל לא כל החברים."},
		{"hi", "परिषद ने मंगलवार को पुराने पुल को बंद करने के लिए मतदान किया, अधिकारियों ने कहा।"},
		{"th", "สภาลงมติเมื่อวันอังคารให้ปิดสะพานเก่า"},
		{"zh", "市议会周二投票决定关闭旧桥，官员表示。"},
		{"ja", "市議会は火曜日、古い橋を閉鎖することを決めた。"},
		{"ko", "시의회는 화요일 오래된 다리를 폐쇄하기로 결정했다."},
		{"el", "Το συμβούλιο ψήφισε την Τρίτη το κλείσιμο της παλιάς γέφυρας."},
		{"am", "ምክር ቤቱ ማክሰኞ ዕለት አሮጌው ድልድይ እንዲዘጋ ወስኗል ሲሉ ባለሥልጣናት ተናግረዋል፤ ይህ ነው።"},
	} {
		t.Run(test.want, func(t *testing.T) {
			if got := Language(test.in); got != test.want {
				t.Errorf("language of %q: got %q, want %q", test.in, got, test.want)
			}
		})
	}
}

// Whole sets of one language get it from their first sentences.
func TestLanguageOfSets(t *testing.T) {
	for _, test := range []struct {
		set, want string
		floor     float64
	}{{"planted-en", "en", 0.999}, {"event-coverage", "en", 0.99}, {"aggregator-en", "en", 0.99}, {"aggregator-ru", "ru", 0.98}} {
		t.Run(test.set, func(t *testing.T) {
			list := articles(t, test.set)
			n := 0
			for _, a := range list {
				if Language(a.Body) == test.want {
					n++
				} else if testing.Verbose() {
					t.Logf("%q: %q", Language(a.Body), clip(a.Body, 200))
				}
			}
			if got := float64(n) / float64(len(list)); got < test.floor {
				t.Errorf("%s of %.4f articles, want %.4f", test.want, got, test.floor)
			}
		})
	}
}

func FuzzLanguage(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := Language(s); strings.ToLower(got) != got || len(got) > 3 {
			t.Fatalf("%q: got %q", s, got)
		}
	})
}

func BenchmarkLanguage(b *testing.B) {
	body := strings.Repeat(story, 25)
	b.ReportAllocs()
	for b.Loop() {
		Language(body)
	}
}
