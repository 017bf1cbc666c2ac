package similarity_test

import (
	"strings"
	"testing"

	"dedupe/similarity"
)

// One brief of each language in two styles of its numbers: a form between # and # is
// written first as it stands before the bar, then as behind it. Few have names, so
// that numbers are most of what tells a form that is filled in daily.
var restyled = []struct{ language, body string }{
	{"French", `La régie du canal relève ses tarifs en octobre, a-t-elle annoncé mardi, et la facture d'un ménage atteindra #1.380|1 380# euros par an. La hausse touche #23.400|23 400# foyers dans huit quartiers. L'agrandissement de l'écluse coûtera #41.500.000 |41,5 millions d'#euros, soit #50 %|50 pour cent# de plus que prévu. Dans la commune voisine, #11.200|11 200# abonnés paient #1.120|1 120# euros.`},
	{"German", `Die Genossenschaft erhöht die Gebühren zum Oktober, wie sie am Dienstag mitteilte, und die Rechnung eines Haushalts steigt auf #1.380|1 380# Taler im Jahr. Betroffen sind #23.400|23,4 Tsd.# Haushalte in acht Vierteln. Der Ausbau der Schleuse kostet #41.500.000|41,5 Millionen# Taler, #50 Prozent|50%# mehr als geplant. In der Nachbargemeinde zahlen #11.200|11 200# Kunden #1.120|1120# Taler.`},
	{"Russian", `Управление канала повышает тарифы с октября, сообщило оно во вторник, и счёт семьи вырастет до #1 380|1.380# крон в год. Повышение коснётся #23 400|23,4 тыс.# хозяйств в восьми кварталах. Расширение шлюза обойдётся в #41 500 000|41,5 млн# крон, на #50%|50 процентов# больше задуманного. В соседней общине #11 200|11,2 тысячи# жителей платят #1 120|1120# крон.`},
	{"Polish", `Zarząd kanału podnosi opłaty od października, jak podał we wtorek, a rachunek rodziny wzrośnie do #1 380|1380# koron rocznie. Podwyżka obejmie #23 400|23,4 tys.# gospodarstw w ośmiu dzielnicach. Rozbudowa śluzy pochłonie #41 500 000|41,5 mln# koron, o #50 proc.|50%# więcej niż planowano. W sąsiedniej gminie #11 200|11,2 tys.# odbiorców płaci #1 120|1.120# koron.`},
	{"Swedish", `Kanalbolaget höjer avgifterna från oktober, meddelade det på tisdagen, och ett hushålls räkning stiger till #1 380|1.380# daler om året. Höjningen berör #23 400|23 400# hushåll i åtta kvarter. Utbyggnaden av slussen kostar #41 500 000|41,5 miljoner# daler, #50 procent|50 %# mer än väntat. I grannkommunen betalar #11 200|11.200# kunder #1 120|1120# daler.`},
	{"Spanish", `La empresa del canal sube las tarifas en octubre, según anunció el martes, y la factura de un hogar llegará a #1.380|1 380# reales al año. La subida afecta a #23.400|23 400# hogares de ocho barrios. La ampliación de la esclusa costará #41.500.000|41,5 millones# de reales, un #50 %|50 por ciento# más de lo previsto. En el municipio vecino #11.200|11 200# abonados pagan #1.120|1120# reales.`},
	{"Turkish", `Kanal idaresi salı günü ekimden başlayarak ücretleri artıracağını duyurdu ve bir hanenin faturası yılda #1.380|1 380# akçeye çıkacak. Artış sekiz mahallede #23.400|23 bin 400# haneyi ilgilendiriyor. Bendin büyütülmesi #41.500.000|41,5 milyon# akçe tutacak, tasarlanandan #yüzde 50|%50# fazla. Komşu ilçede #11.200|11 bin 200# abone #1.120|1120# akçe ödüyor.`},
	{"Hindi", `नहर कंपनी ने मंगलवार को बताया कि अक्टूबर से शुल्क बढ़ेगा और एक परिवार का बिल साल में #1,380|१३८०# मुद्रा तक पहुंचेगा। बढ़ोतरी आठ मोहल्लों के #2,34,000|2.34 लाख# घरों पर लागू होगी। बांध का विस्तार #4,15,00,000|4.15 करोड़# मुद्रा में होगा, जो योजना से #50%|५० प्रतिशत# अधिक है। पड़ोस के कस्बे में #11,200|११,२००# ग्राहक #1,120|१,१२०# मुद्रा देते हैं।`},
	{"Arabic", `أعلنت شركة القناة يوم الثلاثاء رفع الرسوم من أكتوبر، وستبلغ فاتورة الأسرة #1,380|١٬٣٨٠# قطعة في السنة. وتشمل الزيادة #23,400|٢٣٫٤ ألف# منزل في ثمانية أحياء. وسيكلف توسيع الهويس #41,500,000|41.5 مليون# قطعة، أي أكثر من المتوقع بنحو #50%|50 في المئة#. وفي البلدة المجاورة يدفع #11,200|١١٢٠٠# مشترك #1,120|1120# قطعة.`},
	//lint:ignore ST1018 what is not seen is a part of the spelling here
	{"Persian", `شرکت آبراه سه‌شنبه اعلام کرد که بهای آب از مهر بالا می‌رود و صورت‌حساب هر خانوار به #1,380|۱٬۳۸۰# سکه در سال می‌رسد. این افزایش #23,400|۲۳ هزار و ۴۰۰# خانه را در هشت محله در بر می‌گیرد. گسترش بند #41,500,000|۴۱٫۵ میلیون# سکه هزینه دارد، #50%|۵۰ درصد# بیش از برآورد. در شهر همسایه #11,200|۱۱٬۲۰۰# مشترک #1,120|۱۱۲۰# سکه می‌پردازند.`},
	{"Hebrew", `חברת התעלה הודיעה ביום שלישי כי תעלה את התעריפים מאוקטובר, וחשבון של משק בית יגיע ל-#1,380|1380# מטבעות בשנה. ההעלאה נוגעת ל-#23,400|23.4 אלף# בתים בשמונה שכונות. הרחבת הסכר תעלה #41,500,000|41.5 מיליון# מטבעות, #50%|50 אחוזים# יותר מן המתוכנן. ביישוב השכן #11,200|11 200# מנויים משלמים #1,120|1120# מטבעות.`},
	{"Japanese", `樽見の旋回橋が#六日|6日#未明、開いた状態で動かなくなり、北岸の住民#三千四百人|3400人#が駅へ行けなくなった。橋は築#百十八年|118年#。県は客船#二隻|2隻#を借り、#四十分|40分#おきに運航する。修理費は#一・二億円|1億2000万円#の見込みで、半分の#五十パーセント|50％#を国が負担する。`},
	{"Chinese", `运河公司周二宣布，从#十月|10月#起上调收费，每户账单将升至每年#一千三百八十元|1380元#。涨价涉及八个街区的#两万三千四百户|2.34万户#居民。船闸扩建耗资#四千一百五十万元|4150万元#，比计划多出#百分之五十|50%#。邻镇#一万一千二百|11,200#名用户每年缴纳#一千一百二十元|1120元#，工程将于#二〇二六年|2026年#完工。`},
	{"Korean", `운하 공사는 화요일 요금을 시월부터 올린다고 밝혔고, 한 가구의 고지서는 한 해 #138만 원|138만원#으로 오른다. 인상은 여덟 동네의 #23,400 가구|2만3400 가구#에 적용된다. 갑문 확장에는 #4억1500만 원|4억 1,500만원#이 들어 계획보다 #50%|50 퍼센트# 많다. 이웃 마을에서는 #11,200 명|1만1200명#이 #112만 원|1,120,000원#을 낸다.`},
	{"Thai", `การคลองประกาศเมื่อวันอังคารว่าจะขึ้นค่าธรรมเนียมตั้งแต่เดือนตุลาคม และใบแจ้งหนี้ของครัวเรือนจะเป็น #1,380|๑,๓๘๐# เหรียญต่อปี การขึ้นราคานี้กระทบ #23,400|๒๓,๔๐๐# ครัวเรือนในแปดย่าน การขยายประตูน้ำใช้เงิน #41,500,000|41.5 ล้าน# เหรียญ มากกว่าแผน#ร้อยละ 50| 50%# ในเมืองข้างเคียง #11,200|๑๑๒๐๐# รายจ่าย #1,120|1120# เหรียญ`},
	{"Vietnamese", `Công ty kênh thông báo hôm thứ ba sẽ tăng phí từ tháng mười, và hóa đơn của một hộ sẽ lên #1.380|1 380# đồng xu mỗi năm. Mức tăng áp dụng cho #23.400|23,4 nghìn# hộ ở tám khu phố. Việc mở rộng âu thuyền tốn #41.500.000|41,5 triệu# đồng xu, nhiều hơn dự kiến #50%|50 phần trăm#. Ở thị trấn bên, #11.200|11 200# khách hàng trả #1.120|1120# đồng xu.`},
	{"Indonesian", `Perusahaan kanal mengumumkan pada Selasa bahwa tarif naik mulai Oktober, dan tagihan satu rumah menjadi #1.380|1380# keping setahun. Kenaikan itu mengenai #23.400|23,4 ribu# rumah di delapan kampung. Perluasan pintu air menelan #41.500.000|41,5 juta# keping, #50 persen|50%# lebih banyak dari rencana. Di kota sebelah #11.200|11 200# pelanggan membayar #1.120|1,120# keping.`},
	{"English", `The canal company raises its charges from October, it said on Tuesday, and the bill of a household reaches #1,380|1 380# crowns a year. The rise concerns #23,400|23.4k# homes in eight quarters. The wider lock costs #41,500,000|41.5 million# crowns, #50 percent|50%# more than planned. In the next town #11,200|11 200# customers pay #1,120|1.120# crowns for a pipe of #5km|5 km#.`},
}

// inStyle writes a brief with its numbers in the first or the second style.
func inStyle(body string, second bool) string {
	var out strings.Builder
	for i, part := range strings.Split(body, "#") {
		if first, other, both := strings.Cut(part, "|"); i%2 == 1 && both {
			part = first
			if second {
				part = other
			}
		}
		out.WriteString(part)
	}
	return out.String()
}

// TestNumbersInAnotherStyle: the style of numbers is no part of a text.
func TestNumbersInAnotherStyle(t *testing.T) {
	for _, tt := range restyled {
		t.Run(tt.language, func(t *testing.T) {
			a, b := written{"", inStyle(tt.body, false)}, written{"", inStyle(tt.body, true)}
			if a.body == b.body {
				t.Fatal("one style")
			}
			v := verdict(t, a, b)
			near := tt.language == "French" || tt.language == "Thai" // d'euros; a space beside a letter
			if v.Kind != similarity.Identical && !(near && v.Kind == similarity.Near) {
				t.Errorf("%v %+v", v.Kind, v.Evidence)
			}
			if e := v.Evidence; e.Numbers < 4 || e.NumberShare() != 1 {
				t.Errorf("%d numbers, of which the other has %v", e.Numbers, e.NumberShare())
			}
		})
	}
}

// TestOtherNumbers: texts that differ in all numbers are one form filled in twice,
// however these are written.
func TestOtherNumbers(t *testing.T) {
	digits := strings.NewReplacer("1", "7", "2", "9", "3", "8", "4", "6", "5", "2", "8", "5")
	for _, tt := range restyled {
		if strings.Contains(tt.body, "十") {
			continue // other digits
		}
		a, b := written{"", inStyle(tt.body, true)}, written{"", digits.Replace(inStyle(tt.body, false))}
		if v := verdict(t, a, b); v.Kind == similarity.Identical || v.Evidence.NumberShare() > 0.25 {
			t.Errorf("%s: %v, %v of %d numbers", tt.language, v.Kind, v.Evidence.NumberShare(), v.Evidence.Numbers)
		}
	}
}

// TestEitherReading: a number that is written so that it may have two values is in a
// text that has either of them in its place.
func TestEitherReading(t *testing.T) {
	const brief = "The lock keeper of the lower canal weighed every barge that passed on Monday and wrote the figures on a slate beside the gate. " +
		"The first carried @ tons of coal, the second carried @@ tons of salt, and a third one carried @@@ tons of grain to the mill. Nobody paid more than @@@@ crowns at the gate of the weir."
	write := func(numbers ...string) written {
		s := brief
		for i := len(numbers) - 1; i >= 0; i-- {
			s = strings.ReplaceAll(s, strings.Repeat("@", i+1)+" ", numbers[i]+" ")
		}
		return written{"", s}
	}
	ambiguous := write("1.380", "2,500", "12.125", "4.000")
	for _, tt := range []struct {
		name string
		b    written
		want float64
	}{
		{"in thousands", write("1 380", "2500", "12'125", "4000"), 1},
		{"as fractions", write("1.38", "2,5", "12,125", "4"), 1},
		{"partly one, partly the other", write("1.38", "2500", "12.125", "4 000"), 1},
		{"other numbers", write("1.39", "2,7", "12.1", "5"), 0},
		{"other thousands", write("1390", "2700", "13100", "6000"), 0},
		{"ten times as many", write("13.8", "25", "121.25", "40"), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, v := range []similarity.Verdict{verdict(t, ambiguous, tt.b), verdict(t, tt.b, ambiguous)} {
				if v.Evidence.Numbers != 4 || v.Evidence.NumberShare() != tt.want {
					t.Errorf("of %d numbers the other has %v, want %v: %+v", v.Evidence.Numbers, v.Evidence.NumberShare(), tt.want, v)
				}
			}
		})
	}
	plain := write("1.38", "2,5", "12.5", "4")
	if v := verdict(t, plain, write("1380", "2500", "12500", "4000")); v.Evidence.NumberShare() != 0 {
		t.Errorf("fractions and thousands are one: %+v", v.Evidence)
	}
	zeros := write("12.50", "3,50", "4.20", "7.10")
	for _, tt := range []struct {
		b    written
		want float64
	}{
		{write("12.5", "3.5", "4,2", "7.1"), 1},
		{write("12.5", "3.6", "4.3", "7.1"), 0.5},
		{write("-12.5", "-3.5", "-4.2", "-7.1"), 0},
	} {
		for _, v := range []similarity.Verdict{verdict(t, zeros, tt.b), verdict(t, tt.b, zeros)} {
			if v.Evidence.Numbers != 4 || v.Evidence.NumberShare() != tt.want {
				t.Errorf("with zeros at the end: of %d numbers %v, want %v", v.Evidence.Numbers, v.Evidence.NumberShare(), tt.want)
			}
		}
	}
}

// TestHeadlineNumbers: headlines with the same numbers in another style are not those
// of a form that is filled in daily.
func TestHeadlineNumbers(t *testing.T) {
	body := strings.Repeat("nothing of it is shared at all ", 3)
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"Canal company charges 1,380 crowns for lower lock", "Canal company charges 1 380 crowns for lower lock", true},
		{"Canal company charges 1.380 crowns for lower lock", "Canal company charges 1.38 crowns for lower lock", true},
		{"Canal company charges 1.380 crowns, 5km of lower lock", "Canal company charges 1.38 crowns, 5 km of lower lock", true},
		{"Canal company charges 1380 crowns for lower lock", "Canal company charges 1.38 crowns for lower lock", false},
		{"Canal company charges 1.380 crowns for lower lock", "Canal company charges 1.39 crowns for lower lock", false},
		{"Canal company charges 1.380 crowns for lower lock", "Canal company charges crowns for lower lock", false},
	} {
		if v := verdict(t, written{tt.a, body}, written{tt.b, body}); v.Evidence.HeadlinesTell != tt.want {
			t.Errorf("%q and %q: %v", tt.a, tt.b, v.Evidence.HeadlinesTell)
		}
	}
}
