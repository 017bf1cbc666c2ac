package article

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// dateForms are dates in the forms of sites, feeds and programs, and the time
// in UTC that each means.
var dateForms = []struct{ in, want string }{
	{"April 6, 2026 8:00 AM ET", "2026-04-06T12:00"},
	{"January 6, 2026 8:00 AM ET", "2026-01-06T13:00"},
	{"April 6, 2026, 8:00 a.m. CT", "2026-04-06T13:00"},
	{"Nov. 30, 2026, 8 a.m. MT", "2026-11-30T15:00"},
	{"July 4, 2026 at 11:30 p.m. PT", "2026-07-05T06:30"},
	{"March 8, 2026 1:59 AM ET", "2026-03-08T06:59"},
	{"March 8, 2026 3:00 AM ET", "2026-03-08T07:00"},
	{"November 1, 2026 1:30 AM ET", "2026-11-01T05:30"},
	{"November 1, 2026 2:00 AM ET", "2026-11-01T07:00"},
	{"6.7.2026 08:00 CET", "2026-07-06T06:00"},
	{"6.1.2026 08:00 CET", "2026-01-06T07:00"},
	{"6.7.2026 08:00 CEST", "2026-07-06T06:00"},
	{"6.7.2026 08:00 MEZ", "2026-07-06T06:00"},
	{"Mon, 06 Jul 2026 08:00:00 GMT", "2026-07-06T08:00"},
	{"6 July 2026 08:00 BST", "2026-07-06T07:00"},
	{"6 January 2026 08:00 BST", "2026-01-06T08:00"},
	{"6 January 2026 08:00 GMT", "2026-01-06T08:00"},
	{"6 July 2026 08:00 GMT/BST", "2026-07-06T07:00"},
	{"6 April 2026 18:00 AEST", "2026-04-06T08:00"},
	{"6 January 2026 18:00 AEDT", "2026-01-06T07:00"},
	{"6 January 2026 18:00 AET", "2026-01-06T07:00"},
	{"6 April 2026, 1:30 PM IST", "2026-04-06T08:00"},
	{"6 апреля 2026, 11:00 МСК", "2026-04-06T08:00"},
	{"6 апреля 2012, 12:00 МСК", "2012-04-06T08:00"},
	{"6 April 2026 17:00 JST", "2026-04-06T08:00"},
	{"6 April 2026 17:00 KST", "2026-04-06T08:00"},
	{"April 6, 2026 at 8:00 a.m. EDT", "2026-04-06T12:00"},
	{"Updated 8:00 AM ET, Mon April 6, 2026", "2026-04-06T12:00"},
	{"Published 8:00 AM EDT, Mon April 6, 2026", "2026-04-06T12:00"},
	{"Published 6 April 2026 08:00 | Updated 7 April 2026 09:00", "2026-04-06T08:00"},
	{"April 6, 2026 8:00 AM Eastern Time", "2026-04-06T12:00"},
	{"April 6, 2026 8:00 AM Eastern Daylight Time", "2026-04-06T12:00"},
	{"2026年4月6日", "2026-04-06T00:00"},
	{"2026年4月6日 星期一", "2026-04-06T00:00"},
	{"2026年4月6日星期一上午8:00", "2026-04-06T08:00"},
	{"2026年4月6日(月) 8時30分", "2026-04-06T08:30"},
	{"2026年4月6日（月）午後8時5分", "2026-04-06T20:05"},
	{"2026年04月06日 20:05", "2026-04-06T20:05"},
	{"2026年4月6日 08时05分30秒", "2026-04-06T08:05:30"},
	{"2026年4月6日晚上8点半", "2026-04-06T20:30"},
	{"2026 年 4 月 6 日", "2026-04-06T00:00"},
	{"二〇二六年四月六日", "2026-04-06T00:00"},
	{"二〇二六年十二月三十一日", "2026-12-31T00:00"},
	{"令和8年4月6日", "2026-04-06T00:00"},
	{"令和八年四月六日", "2026-04-06T00:00"},
	{"令和元年5月1日", "2019-05-01T00:00"},
	{"平成31年4月30日", "2019-04-30T00:00"},
	{"昭和64年1月7日", "1989-01-07T00:00"},
	{"民國115年4月6日", "2026-04-06T00:00"},
	{"中華民國一一五年四月六日", "2026-04-06T00:00"},
	{"115年4月6日", "2026-04-06T00:00"},
	{"2026년 4월 6일", "2026-04-06T00:00"},
	{"2026년 4월 6일 월요일 오후 8:05", "2026-04-06T20:05"},
	{"2026년 4월 6일 (월) 오전 8시 5분", "2026-04-06T08:05"},
	{"2026.04.06. 오후 8:05", "2026-04-06T20:05"},
	{"입력 2026.04.06 08:05", "2026-04-06T08:05"},
	{"２０２６年４月６日", "2026-04-06T00:00"},
	{"Monday, 06-Apr-26 08:00:00 GMT", "2026-04-06T08:00"},
	{"Mon, 6 Apr 26 08:00:00 +0200", "2026-04-06T06:00"},
	{"6 Apr 2026 08:00:00 -0400 (EDT)", "2026-04-06T12:00"},
	{"mon, 06 apr 2026 08:00:00 gmt", "2026-04-06T08:00"},
	{"MON, 06 APR 2026 08:00 UT", "2026-04-06T08:00"},
	{"Mon, 06 Apr 2026 08:00:00 +0200 (added by x@mail)", "2026-04-06T06:00"},
	{"Mon Apr  6 08:00:00 2026", "2026-04-06T08:00"},
	{"Mon Apr  6 08:00:00 EDT 2026", "2026-04-06T12:00"},
	{"Mon Apr 06 2026 08:00:00 GMT+0200 (Central European Summer Time)", "2026-04-06T06:00"},
	{"Mon Apr 06 2026 08:00:00 GMT+0200 (Mitteleuropäische Sommerzeit)", "2026-04-06T06:00"},
	{"Mon Apr 06 2026 08:00:00 GMT-0400 (heure d’été de l’Est)", "2026-04-06T12:00"},
	{"Mon Apr 06 2026 08:00:00 GMT-0400 (EDT)", "2026-04-06T12:00"},
	{"Mon Apr 06 2026", "2026-04-06T00:00"},
	{"2026-W15-1", "2026-04-06T00:00"},
	{"2026W151", "2026-04-06T00:00"},
	{"2026-W15-1T08:00:00Z", "2026-04-06T08:00"},
	{"2026-096", "2026-04-06T00:00"},
	{"2026-096T08:00Z", "2026-04-06T08:00"},
	{"2026096", "2026-04-06T00:00"},
	{"20260406T080000Z", "2026-04-06T08:00"},
	{"20260406T080000+0200", "2026-04-06T06:00"},
	{"20260406T0800Z", "2026-04-06T08:00"},
	{"20260406T080000.5Z", "2026-04-06T08:00:00.5"},
	{"20260406 080000", "2026-04-06T08:00"},
	{"20260406080000+0200", "2026-04-06T06:00"},
	{"2026-04-06T08:00:00,5Z", "2026-04-06T08:00:00.5"},
	{"2026-04-06T08:00:00+02", "2026-04-06T06:00"},
	{"2026-04-06T08:00:00+0200", "2026-04-06T06:00"},
	{"2026-04-06T08:00:00 +02:00", "2026-04-06T06:00"},
	{"2026-04-06T08:00:00 02:00", "2026-04-06T06:00"},
	{"2026-04-06t08:00:00z", "2026-04-06T08:00"},
	{"2026-04-06T08Z", "2026-04-06T08:00"},
	{"2026-04-06T24:00:00Z", "2026-04-07T00:00"},
	{"2026-04-06T08:00:00Z[UTC]", "2026-04-06T08:00"},
	{"2026-04-06T08:00:00+02:00[Europe/Berlin]", "2026-04-06T06:00"},
	{"2026-04-06 08:00:00 Europe/Berlin", "2026-04-06T06:00"},
	{"2026-04-06 08:00:00 +0200 CEST", "2026-04-06T06:00"},
	{"2026-04-06 08:00:00 +0000 UTC", "2026-04-06T08:00"},
	{"2026-04-06 08:00:00 -04", "2026-04-06T12:00"},
	{"2026-04-06 08:00:00.123456-04", "2026-04-06T12:00:00.123456"},
	{"2026-04-06 08:00:00.123456+00:00", "2026-04-06T08:00:00.123456"},
	{"2026-04-06T08:00:00−04:00", "2026-04-06T12:00"},
	{"2026-04-06+02:00", "2026-04-05T22:00"},
	{"2026-04-06Z", "2026-04-06T00:00"},
	{"2026-4-6", "2026-04-06T00:00"},
	{"2026.4.6", "2026-04-06T00:00"},
	{"2026:04:06 08:00:00", "2026-04-06T08:00"},
	{"2026:04:06", "2026-04-06T00:00"},
	{"1775462400", "2026-04-06T08:00"},
	{"1775462400.5", "2026-04-06T08:00:00.5"},
	{"1775462400.0", "2026-04-06T08:00"},
	{"1.7754624e9", "2026-04-06T08:00"},
	{"1.7754624E+12", "2026-04-06T08:00"},
	{"1.7754624e+09", "2026-04-06T08:00"},
	{"1775462400000", "2026-04-06T08:00"},
	{"1775462400000.0", "2026-04-06T08:00"},
	{"1775462400123456", "2026-04-06T08:00:00.123456"},
	{"1775462400123456789", "2026-04-06T08:00:00.123456789"},
	{"/Date(1775462400000)/", "2026-04-06T08:00"},
	{"\\/Date(1775462400000+0200)\\/", "2026-04-06T08:00"},
	{"202604060800", "2026-04-06T08:00"},
	{"20260406.0", "2026-04-06T00:00"},
	{"6 de abril de 2026", "2026-04-06T00:00"},
	{"6 de abril del 2026 a las 8:00", "2026-04-06T08:00"},
	{"lunes, 6 de abril de 2026, 8:00 p. m.", "2026-04-06T20:00"},
	{"6 de abril de 2026 a las 8:30 de la noche", "2026-04-06T20:30"},
	{"6 abr. 2026 - 20:05 h", "2026-04-06T20:05"},
	{"06 de abril de 2026 às 20h05", "2026-04-06T20:05"},
	{"06/abr/2026 20h05", "2026-04-06T20:05"},
	{"segunda-feira, 6 de abril de 2026", "2026-04-06T00:00"},
	{"6th of April, 2026", "2026-04-06T00:00"},
	{"Apr. 6, 2026", "2026-04-06T00:00"},
	{"06-Apr-2026", "2026-04-06T00:00"},
	{"6-apr-2026 20:05", "2026-04-06T20:05"},
	{"Apr 6 2026 8pm", "2026-04-06T20:00"},
	{"Apr 6, 2026 8:05pm ET", "2026-04-07T00:05"},
	{"Apr 6, 2026 8:05p ET", "2026-04-07T00:05"},
	{"Mon 6 Apr 2026 20.05 BST", "2026-04-06T19:05"},
	{"Mon 6 Apr 2026 20.05 EDT", "2026-04-07T00:05"},
	{"April 6, 2026 | 8:05 PM", "2026-04-06T20:05"},
	{"April 6, 2026 @ 8:05 PM", "2026-04-06T20:05"},
	{"April 6, 2026 12:30 AM", "2026-04-06T00:30"},
	{"April 6, 2026 12:30 PM", "2026-04-06T12:30"},
	{"April 6, 2026, 12 noon ET", "2026-04-06T16:00"},
	{"8:05 p.m. ET April 6, 2026", "2026-04-07T00:05"},
	{"20:05, 6 April 2026", "2026-04-06T20:05"},
	{"20:05 06.04.2026", "2026-04-06T20:05"},
	{"06.04.2026 - 20:05 Uhr", "2026-04-06T20:05"},
	{"06.04.2026 | 20.05 Uhr", "2026-04-06T20:05"},
	{"Montag, 6. April 2026, 8 Uhr", "2026-04-06T08:00"},
	{"Montag, 6. April 2026 um 20:05 Uhr", "2026-04-06T20:05"},
	{"Veröffentlicht am 6. April 2026 um 14:30 Uhr", "2026-04-06T14:30"},
	{"Stand: 06.04.2026 08:00 Uhr", "2026-04-06T08:00"},
	{"6. Apr. 2026", "2026-04-06T00:00"},
	{"6 avril 2026 à 20h05", "2026-04-06T20:05"},
	{"Publié le 6 avril 2026 à 20 h 05", "2026-04-06T20:05"},
	{"Publié le lundi 6 avril 2026 à 20:05, mis à jour le 7 avril 2026 à 9:00", "2026-04-06T20:05"},
	{"1er avril 2026", "2026-04-01T00:00"},
	{"le 6 août 2026", "2026-08-06T00:00"},
	{"mar. 7 avr. 2026", "2026-04-07T00:00"},
	{"mar 7 mars 2023", "2023-03-07T00:00"},
	{"6 aprile 2026 alle 20:05", "2026-04-06T20:05"},
	{"6 aprile 2026, ore 20.05", "2026-04-06T20:05"},
	{"lunedì 6 aprile 2026", "2026-04-06T00:00"},
	{"6 april 2026 om 20:05 uur", "2026-04-06T20:05"},
	{"ma 6 apr 2026, 20.05", "2026-04-06T20:05"},
	{"6 kwietnia 2026, 20:05", "2026-04-06T20:05"},
	{"6 listopada 2026", "2026-11-06T00:00"},
	{"6. listopada 2026.", "2026-10-06T00:00"},
	{"6. listopadu 2026", "2026-11-06T00:00"},
	{"6. travnja 2026. u 20:05", "2026-04-06T20:05"},
	{"6. lipnja 2026.", "2026-06-06T00:00"},
	{"6 lip 2026", "2026-07-06T00:00"},
	{"6. lip 2026.", "2026-06-06T00:00"},
	{"6. dubna 2026 v 20:05", "2026-04-06T20:05"},
	{"6. apríla 2026", "2026-04-06T00:00"},
	{"6. априла 2026. 20:05", "2026-04-06T20:05"},
	{"6. april 2026. u 20:05", "2026-04-06T20:05"},
	{"6 април 2026 г., 20:05 ч.", "2026-04-06T20:05"},
	{"6 апреля 2026 г. в 20:05", "2026-04-06T20:05"},
	{"6 апр. 2026, 20:05", "2026-04-06T20:05"},
	{"понедельник, 6 апреля 2026 года", "2026-04-06T00:00"},
	{"6 квітня 2026, 20:05", "2026-04-06T20:05"},
	{"6 aprilie 2026, ora 20:05", "2026-04-06T20:05"},
	{"2026. április 6. 20:05", "2026-04-06T20:05"},
	{"2026. április 6., hétfő", "2026-04-06T00:00"},
	{"2026. ápr. 6. de. 8:05", "2026-04-06T08:05"},
	{"2026. ápr. 6. du. 8:05", "2026-04-06T20:05"},
	{"2026.04.06. 20:05", "2026-04-06T20:05"},
	{"6. huhtikuuta 2026 klo 20.05", "2026-04-06T20:05"},
	{"6.4.2026 klo 20:05", "2026-04-06T20:05"},
	{"6 april 2026 kl. 20.05", "2026-04-06T20:05"},
	{"6. april 2026 kl. 20:05", "2026-04-06T20:05"},
	{"måndag 6 april 2026", "2026-04-06T00:00"},
	{"6 Απριλίου 2026, 8:05 μ.μ.", "2026-04-06T20:05"},
	{"6 Απρ 2026", "2026-04-06T00:00"},
	{"Δευτέρα 6 Απριλίου 2026", "2026-04-06T00:00"},
	{"6 Nisan 2026 Pazartesi 20:05", "2026-04-06T20:05"},
	{"06 Nisan 2026, Saat: 20:05", "2026-04-06T20:05"},
	{"Senin, 06 Apr 2026 20:05 WIB", "2026-04-06T13:05"},
	{"Senin, 6 April 2026 pukul 20.05 WIB", "2026-04-06T13:05"},
	{"6 Ogos 2026", "2026-08-06T00:00"},
	{"Thứ Hai, ngày 6 tháng 4 năm 2026", "2026-04-06T00:00"},
	{"6 tháng 4, 2026 20:05", "2026-04-06T20:05"},
	{"Thứ hai, 6/4/2026, 20:05 (GMT+7)", "2026-04-06T13:05"},
	{"Thứ 2, 06/04/2026 20:05", "2026-04-06T20:05"},
	{"Jumatatu, 6 Aprili 2026", "2026-04-06T00:00"},
	{"6 أبريل 2026", "2026-04-06T00:00"},
	{"٦ أبريل ٢٠٢٦", "2026-04-06T00:00"},
	{"6 نيسان 2026", "2026-04-06T00:00"},
	{"6 نيسان/أبريل 2026", "2026-04-06T00:00"},
	{"الاثنين 6 أبريل/نيسان 2026 - 20:05", "2026-04-06T20:05"},
	{"6 كانون الثاني 2026", "2026-01-06T00:00"},
	{"6 تشرين الأول 2026", "2026-10-06T00:00"},
	{"6 أفريل 2026", "2026-04-06T00:00"},
	{"6 إبريل 2026 الساعة 8:05 مساءً", "2026-04-06T20:05"},
	{"6 أبريل 2026م 08:05 م", "2026-04-06T20:05"},
	{"۶ آوریل ۲۰۲۶", "2026-04-06T00:00"},
	{"۱۷ فروردین ۱۴۰۵", "2026-04-06T00:00"},
	{"دوشنبه ۱۷ فروردین ۱۴۰۵ ساعت ۲۰:۰۵", "2026-04-06T20:05"},
	{"۱۴۰۵/۰۱/۱۷", "2026-04-06T00:00"},
	{"۱۴۰۵/۰۱/۱۷ - ۲۰:۰۵", "2026-04-06T20:05"},
	{"6 באפריל 2026", "2026-04-06T00:00"},
	{"6 באפריל 2026, 20:05", "2026-04-06T20:05"},
	{"६ अप्रैल २०२६", "2026-04-06T00:00"},
	{"6 अप्रैल 2026, 08:05 PM IST", "2026-04-06T14:35"},
	{"৬ এপ্রিল ২০২৬, ২০:০৫", "2026-04-06T20:05"},
	{"6 اپریل 2026", "2026-04-06T00:00"},
	{"6 เมษายน 2569", "2026-04-06T00:00"},
	{"วันจันทร์ที่ 6 เมษายน พ.ศ. 2569", "2026-04-06T00:00"},
	{"6 เม.ย. 2569 20:05 น.", "2026-04-06T20:05"},
	{"6 เม.ย. 69 เวลา 20.05 น.", "2026-04-06T20:05"},
	{"6 เมษายน 2026", "2026-04-06T00:00"},
	{"๖ เมษายน ๒๕๖๙", "2026-04-06T00:00"},
	{"6 აპრილი, 2026", "2026-04-06T00:00"},
	{"6 ապրիլի, 2026", "2026-04-06T00:00"},
	{"2026 թ. ապրիլի 6", "2026-04-06T00:00"},
	{"6 ኤፕሪል 2026", "2026-04-06T00:00"},
	{"2026 m. balandžio 6 d. 20:05", "2026-04-06T20:05"},
	{"2026. gada 6. aprīlis, 20:05", "2026-04-06T20:05"},
	{"2026ko apirilaren 6a", "2026-04-06T00:00"},
	{"6 d’abril de 2026", "2026-04-06T00:00"},
	{"6 d'abril del 2026", "2026-04-06T00:00"},
	{"2026 оны 4-р сарын 6", "2026-04-06T00:00"},
	{"Mon 06/04/2026", "2026-04-06T00:00"},
	{"04/04/2026", "2026-04-04T00:00"},
	{"1-го апреля 2026", "2026-04-01T00:00"},
	{"Lun, 06 Abr 2026 20:05:00 +0200", "2026-04-06T18:05"},
	{"lun., 06 avr. 2026 20:05:00 +0200", "2026-04-06T18:05"},
	{"Mo, 06 Apr 2026 20:05:00 +0200", "2026-04-06T18:05"},
	{"Di, 07 Apr 2026 20:05:00 +0200", "2026-04-07T18:05"},
	{"Пн, 06 апр 2026 20:05:00 +0300", "2026-04-06T17:05"},
	{"April 6th, 2026, 8:05 PM GMT+2", "2026-04-06T18:05"},
	{"April 6, 2026 20:05 UTC+5:30", "2026-04-06T14:35"},
	{"April 6, 2026 20:05 (UTC -4)", "2026-04-07T00:05"},
	{"April 6, 2026 (4 min read)", "2026-04-06T00:00"},
	{"06 Apr 2026, 2005 hrs IST", "2026-04-06T14:35"},
	{"6 April 2026 0805 GMT", "2026-04-06T08:05"},
	{"6 April 2026 UTC", "2026-04-06T00:00"},
	{"\"2026-04-06\"", "2026-04-06T00:00"},
	{"2026-04-06_20:05:00", "2026-04-06T20:05"},
	{"Monday, April 6, 2026, 8:05 PM PDT", "2026-04-07T03:05"},
}

func TestDateForms(t *testing.T) {
	for _, c := range dateForms {
		t.Run(c.in, func(t *testing.T) {
			got, ok := ParseDate(c.in)
			want := c.want
			if len(want) == len("2006-01-02T15:04") {
				want += ":00"
			}
			if text := got.Format("2006-01-02T15:04:05.999999999"); !ok || text != want {
				t.Errorf("ParseDate(%q) = %s, %v, want %s", c.in, text, ok, want)
			}
		})
	}
}

// TestDateLanguages reads what Unicode's tables print: every month in a hundred
// languages and regions, whole and short, with weekdays and times of day.
func TestDateLanguages(t *testing.T) {
	data, err := os.ReadFile("testdata/dates.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 {
			continue
		}
		n++
		got, ok := ParseDate(f[2])
		if text := got.Format("2006-01-02T15:04Z"); !ok || text != f[3] {
			t.Errorf("%s, %s: ParseDate(%q) = %s, %v, want %s", f[0], f[1], f[2], text, ok, f[3])
		}
	}
	if n < 2400 {
		t.Errorf("%d dates, want 2400", n)
	}
}

// TestNoDate holds that what says no certain day is not read as one.
func TestNoDate(t *testing.T) {
	for _, in := range []string{
		// a day that is not there, or a time
		"2026-02-29", "31.04.2026", "April 31, 2026", "0 April 2026", "32 April 2026", "2026-W54-1", "2026-W00-1", "2026-W15-8", "2026-W15",
		"2026-366", "2026-000", "2026366", "2026年13月6日", "2026年4月31日", "令和0年4月6日", "民國0年4月6日", "۳۰ اسفند ۱۴۰۴", "30 กุมภาพันธ์ 2569",
		"2026-04-06T24:00:01Z", "2026-04-06T25:00", "2026-04-06T08:60", "April 6, 2026 13:00 PM", "April 6, 2026 0:30 PM", "2026-04-06 08:00 +16:00",
		// a date that can be two
		"06/04/2026", "6-4-2026", "06.04.26", "4/6/26", "6. lis 2026", "11/02/2025, 06:15", "04\u200f/01\u200f/2026", "Mon 02/01/2006 01/02",
		// part of a date
		"April 6", "6 April", "April 2026", "2026年4月", "8:00 AM", "Monday", "08:00", "Q2 2026", "2026-04",
		// another calendar
		"18 شوال 1447 هـ", "መጋቢት 28 2018", "২৩ চৈত্র ১৪৩২", "1405/01/17", "06/04/2569", "6 เม.ย. 26", "Reiwa 8",
		// no date
		"yesterday", "2 hours ago", "vor 2 Stunden", "3 минуты назад", "5分前", "NaN", "Infinity", "null", "false", "n/a", "-", "0", "0.0", "0000-00-00",
		"0000-00-00 00:00:00", "-1", "-62135596800", "12345", "1775462", "17754624000", "1e99", "1e9999", "1.", ".5", "1775462400abc", "1775462400 1775462400",
		"/Date()/", "/Date(abc)/", "1775462400,5", "6 April 2026 7 May 2026", "6 April 2026 - 7 April 2026", "2026-04-06 08:00 09:00",
		"6 April 2026 5 comments", "By Ann Lee, 6 April 2026", "April 6, 2026 8:00 AM XQZ", "one April 6, 2026", "星期一", "四月", "2026 04", "1 2 3 4 5 6 7 8 9",
		"May the 4th be with you 2026", "The March of 6,000 in 2026", "6 of 10 in April 2026", "(((((((((((", strings.Repeat("1 ", 70), strings.Repeat("(", 150), strings.Repeat("十", 50) + "日",
	} {
		if got, ok := ParseDate(in); ok {
			t.Errorf("ParseDate(%q) = %v, want none", in, got)
		}
	}
}

func TestReadDateSaysHowExact(t *testing.T) {
	for _, c := range []struct {
		in     string
		minute bool
	}{
		{"2026-04-06", false},
		{"April 6, 2026", false},
		{"2026年4月6日", false},
		{"20260406", false},
		{"2026-04-06T00:00:00Z", true},
		{"April 6, 2026 8 a.m.", true},
		{"202604060800", true},
		{"1775462400", true},
	} {
		if got, ok := ReadDate(c.in); !ok || got.Minute != c.minute {
			t.Errorf("ReadDate(%q) = %+v, %v, want to the minute: %v", c.in, got, ok, c.minute)
		}
	}
}

// TestZonesFollowTheirRules compares every hour with the database of zones of
// the Go installation, in the years for which isSummer has rules.
func TestZonesFollowTheirRules(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for _, c := range []struct {
		name, city string
		from       int
	}{
		{"et", "America/New_York", 1967}, {"ct", "America/Chicago", 1967}, {"mt", "America/Denver", 1967}, {"pt", "America/Los_Angeles", 1967},
		{"cet", "Europe/Berlin", 1981}, {"cet", "Europe/Paris", 1981}, {"eet", "Europe/Athens", 1981}, {"wet", "Europe/Lisbon", 1997},
		{"bst", "Europe/London", 1972}, {"msk", "Europe/Moscow", 1993}, {"aet", "Australia/Sydney", 1996}, {"nzt", "Pacific/Auckland", 1990},
	} {
		t.Run(c.city, func(t *testing.T) {
			city, err := time.LoadLocation(c.city)
			if err != nil {
				t.Skip(err)
			}
			z := terms()[c.name].zone
			bad := 0
			for u := time.Date(c.from, 1, 1, 0, 30, 0, 0, time.UTC); u.Year() < 2038; u = u.Add(time.Hour) {
				_, seconds := u.In(city).Zone()
				clock := u.Add(time.Duration(seconds) * time.Second)
				if z.offset(clock)*60 == seconds {
					continue
				}
				// The second of two hours that the clock shows alike is read as the first.
				if _, before := u.Add(-time.Hour).In(city).Zone(); before == seconds+3600 {
					continue
				}
				if bad++; bad < 3 {
					t.Errorf("%v: %d minutes, want %d", clock, z.offset(clock), seconds/60)
				}
			}
		})
	}
}

// dateLayouts print a time in forms that hold all of it, to the second.
var dateLayouts = []func(t time.Time) string{
	func(t time.Time) string { return t.Format(time.RFC3339) },
	func(t time.Time) string { return t.Format("2006-01-02 15:04:05") },
	func(t time.Time) string { return t.Format("20060102T150405Z") },
	func(t time.Time) string { return t.Format("20060102150405") },
	func(t time.Time) string { return t.Format("2006-002T15:04:05Z") },
	func(t time.Time) string { return t.Format("2006:01:02 15:04:05") },
	func(t time.Time) string { return t.Format(time.RFC1123) },
	func(t time.Time) string { return t.Format(time.ANSIC) },
	func(t time.Time) string { return t.Format(time.UnixDate) },
	func(t time.Time) string { return t.Format(time.RubyDate) },
	func(t time.Time) string { return t.String() },
	func(t time.Time) string { return t.Format("January 2, 2006, 3:04:05 PM") + " UTC" },
	func(t time.Time) string { return t.Format("2006年1月2日 15时4分5秒") },
	func(t time.Time) string { return t.Format("2006년 1월 2일 15시 4분 5초") },
	func(t time.Time) string { return t.Format("02.01.2006, 15.04.05 Uhr") },
	func(t time.Time) string { return fmt.Sprintf("/Date(%d)/", t.UnixMilli()) },
	func(t time.Time) string { return fmt.Sprint(t.UnixMilli()) },
	func(t time.Time) string { return fmt.Sprintf("%d.0", t.Unix()) },
	func(t time.Time) string { return fmt.Sprint(t.UnixNano()) },
	func(t time.Time) string {
		y, w := t.ISOWeek()
		return fmt.Sprintf("%04d-W%02d-%d%s", y, w, (int(t.Weekday())+6)%7+1, t.Format("T15:04:05Z"))
	},
	func(t time.Time) string {
		return t.In(time.FixedZone("", -4*3600)).Format("Mon Jan 02 2006 15:04:05 GMT-0700 (Eastern Daylight Time)")
	},
	func(t time.Time) string {
		return t.In(time.FixedZone("", 5*3600+1800)).Format("Mon, 2 Jan 2006 15:04:05 -0700")
	},
	func(t time.Time) string {
		return fmt.Sprintf("民國%d年%s", t.Year()-1911, t.Format("1月2日15時4分5秒"))
	},
}

// namedLayouts print a time with the name of its month.
var namedLayouts = []string{"2 # 2006 15:04:05", "# 2, 2006 15:04:05", "2. # 2006, 15:04:05", "2-#-2006 15:04:05", "2006 # 2 15:04:05", "15:04:05, 2 # 2006"}

// namesOfMonths returns the names of each month in each language.
func namesOfMonths() (languages [][12][]string) {
	for line := range strings.Lines(monthNames) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 13 {
			continue
		}
		var months [12][]string
		for i, cell := range cells[1:] {
			for name := range strings.FieldsSeq(cell) {
				if croatianMonths[name] == 0 {
					months[i] = append(months[i], strings.ReplaceAll(name, "_", " "))
				}
			}
		}
		languages = append(languages, months)
	}
	return languages
}

// TestMonthNames reads every name of a month, in every order.
func TestMonthNames(t *testing.T) {
	for _, months := range namesOfMonths() {
		for i, names := range months {
			at := time.Date(2026, time.Month(i+1), 6, 8, 5, 9, 0, time.UTC)
			for _, name := range names {
				for _, layout := range namedLayouts {
					s := strings.Replace(at.Format(layout), "#", name, 1)
					if got, ok := ParseDate(s); !ok || !got.Equal(at) {
						t.Errorf("ParseDate(%q) = %v, %v, want %v", s, got, ok, at)
					}
				}
			}
		}
	}
}

// FuzzDateRoundTrip prints a time in every form, and with the name of its month
// in a language, and reads it again.
func FuzzDateRoundTrip(f *testing.F) {
	languages := namesOfMonths()
	for i := range 40 {
		f.Add(int64(1775462400+i*86400*29), uint16(i), uint16(i*7))
	}
	f.Fuzz(func(t *testing.T, seconds int64, language, form uint16) {
		const first, years = 116444736, 4_000_000_000 // from 1973, so that Unix time has nine digits
		at := time.Unix(first+int64(uint64(seconds)%years), 0).UTC()
		if at.Year() > maxYear {
			return
		}
		check := func(s string) {
			t.Helper()
			if got, ok := ParseDate(s); !ok || !got.Equal(at) {
				t.Fatalf("ParseDate(%q) = %v, %v, want %v", s, got, ok, at)
			}
		}
		for _, print := range dateLayouts {
			check(print(at))
		}
		for _, name := range languages[int(language)%len(languages)][at.Month()-1] {
			layout := namedLayouts[int(form)%len(namedLayouts)]
			check(strings.Replace(at.Format(layout), "#", name, 1))
		}
	})
}
