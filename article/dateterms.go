package article

import (
	"strings"
	"sync"
	"time"
)

// dateTerms holds the other words of dates, by what they say. "_" is a space
// within a term.
//
//	am, pm      the halves of a clock of twelve hours; no other hours go with them
//	morning, afternoon, evening, midday
//	            parts of the day, which may also stand by an hour from 13 to 23
//	before      what stands only before the hour: Hungarian "de." and "du."
//	hour, minute, second, year, day
//	            what stands behind a number; month too, monthof before one
//	at          a time of day follows
//	updated     a later date follows, which is not the article's
//	label, idle words that say nothing; a label begins a date
//	ordinal     endings of a number: 1st, 1er, 6-го
//	buddhist, roc, meiji, taisho, showa, heisei, reiwa
//	            how years are counted
const dateTerms = `
am | am a.m a
pm | pm p.m p
morning | vorm vormittags morgens früh de_la_mañana de_la_madrugada da_manhã da_madrugada del_mattino di_mattina du_matin утра dop ráno rano sáng sa fm f.h ap дп претпл пр.об преди_обяд priekšp priešpiet π.μ πμ öö p.d pg pagi ص صباحا صباحًا ق.ظ صبح قبل_از_ظهر ጥዋት पूर्वाह्न सुबह পূর্বাহ্ন সকাল এএম পূৰ্বাহ্ন gh ب.ن முற்பகல் පෙ.ව ກ່ອນທ່ຽງ နံနက် ព្រឹក ก่อนเที่ยง ү.ө לפנה״צ בבוקר n.u vm 오전 새벽 아침 午前 朝 早上 上午 凌晨 清晨 早晨
afternoon | nachm nachmittags de_la_tarde da_tarde del_pomeriggio de_l'après-midi du_soir odp po_południu дня вечера pop pēcp popiet chiều tối ch em e.h ip пп попл сл.об след_обяд μ.μ μμ ös m.d ptg sore م مساء مساءً ب.ظ عصر بعد_از_ظهر بعدازظهر ከሰዓት अपराह्न शाम অপরাহ্ন বিকাল বিকেল সন্ধ্যা পিএম অপৰাহ্ন gd د.ن شام பிற்பகல் ප.ව ຫຼັງທ່ຽງ ညနေ ល្ងាច หลังเที่ยง ү.х אחה״צ בערב n.h nm 오후 午後 夕方 下午 午后 傍晚
evening | abends de_la_noche da_noite di_sera ночи malam đêm 저녁 밤 夜 晚上 晚 রাত रात
midday | 中午 낮 siang trưa दोपहर দুপুর ظهرا ظهرًا del_mediodía בצהריים
before_am | de
before_pm | du
hour | h hs hod hrs hours horas hora heures heure uhr uur 時 时 點 点 시 giờ ч час часа часов sati hodin óra órakor u val
minute | min mins mn minuten minutes 分 분 phút мин минут минуты minut m
second | s sek sec 秒 초 giây сек
year | 年 년
month | 月 월 сар сарын сард
monthof | tháng thg
day | 日 일 号 號
half | 半 반
t | t
w | w
noon | noon 正午
midnight | midnight
at | ora ob во соати ag pada ing nang ee na په এ ବେଳେ ଠାରେ रोजी वाजता அன்று కి ರಂದು ಸಮಯಕ್ಕೆ ന് នៅ ម៉ោង នៅ_ម៉ោង je sagat at kl klo klockan klukkan kello ore alle um à a_las a_les às saat pukul jam lúc kell godz o_godz godzina o_godzinie v ve в у о u la_ora στις เวลา समय ساعت الساعة بالساعة בשעה plkst ժամը @
updated | updated last_updated last_modified modified actualizado última_actualización atualizado aggiornato aktualisiert mis_à_jour modifié_le bijgewerkt обновлено оновлено aktualizacja zaktualizowano 更新 最終更新 수정 最后更新 güncelleme güncellenme oppdatert uppdaterad opdateret päivitetty تحديث
label | published publish posted data_publikacji data_publicării data_actualizării data_publicação fecha_de_publicación date_de_publication data_di_pubblicazione gepubliceerd_op date dated filed first_published release released pub_date publicado publicada publié publiée publicat pubblicato pubblicata veröffentlicht erstellt erschienen stand опубликовано опубликована опубліковано дата дата_публікації дата_публикации дата_на_публикуване geplaatst gepubliceerd opublikowano dodano publikováno publisert publicerad udgivet julkaistu yayınlanma yayın_tarihi giriş diterbitkan đăng 发布 發布 发表于 发布时间 公開 入力 입력 등록 نشر نُشر تاريخ_النشر تاریخ_انتشار انتشار آخر_تحديث تم_النشر نشرت پرکاشت প্রকাশ प्रकाशित প্রকাশিত আপডেট अपडेटेड अपडेट प्रकाशन_तिथि வெளியிடப்பட்டது เผยแพร่ เผยแพร่เมื่อ โพสต์ פורסם 기사입력 입력시간 등록시간 승인 송고시간 작성 时间 時間 日期 日付 掲載 配信 発行日 公開日時 公開日 投稿日 掲載日 配信日時 送信日時 송고 작성일 등록일 발행일 发表时间 發佈時間 发布日期 發布日期
idle | д гараг g k b r n v h p s t e کو
idle | on of the vom de del do da di le la el il lo l d du den der dem am a an af om ngày năm ng nam en em oclock o_clock er time local_time hrs clock
idle | د гараг g k b r n v
idle | г р год года року рік god godine godina оны он m gada roku p.n gads metų мэт d jj nap ko urtea urteko urtea aasta a.d ad ce e c
idle | م ميلادي ميلادية الموافق يوم في من المصادف روز تاريخ مورخ בתאריך ב יום בשנת की को के दिन बजे तारीख খ্রিষ্টাব্দ খ্রিস্টাব্দ সালের সাল ই இல் ఈ ที่ วันที่ น เดือน ปี ค.ศ ວັນທີ ថ្ងៃ ថ្ងៃទី ទី ខែ ឆ្នាំ ရက် ခုနှစ် လ ቀን ዓ.ም ዓ.ም. թ թվական წელი წლის 曜 整 公元 西暦 西元 より ごろ 付 付け 现在 에 자 분에 基準
idle | tarehe tanggal tgl tarikh dia día lunedi-feira feira hari gün günü tarihi tarihinde năm dne dana ден дня сағат жылы ж жылғы
ordinal | טן ê î ی st nd rd th er re e ème eme ième o a ª º te ter ten de го ого ий е є ви ри ти ін ին án én i ik n an ән dugaar дугаар дүгээр р ны ний el ta
buddhist | พ.ศ พุทธศักราช
roc | 民國 民国 中華民國
meiji | 明治
taisho | 大正
showa | 昭和
heisei | 平成
reiwa | 令和
`

// A term is what a word may say in a date. Which of it counts depends on where
// the word stands, so that German "am" and "am" of the clock are one entry.
type term struct {
	month    time.Month // 0: names no month
	solar    bool       // the month is one of the Iranian calendar
	thai     bool       // the month is Thai: the year may be Buddhist
	croatian time.Month // the month in Croatian, where that is another
	short    bool       // the name with two months is an abbreviation
	weekday  int8       // 1 is Sunday; -1 is one whose day is not certain
	half     dayPart    //
	unit     dateUnit   //
	zone     *zone      //
	era      era        //
	at       bool       // a time of day follows
	updated  bool       //
	idle     bool       // says nothing
	ordinal  bool       // may end a number
	more     int8       // how many words the longest term has that begins with this one
}

// dayPart is a part of the day, which makes an hour of twelve one of 24.
type dayPart uint8

const (
	noPart dayPart = iota
	amHalf
	pmHalf
	morning
	afternoon
	evening
	midday
	beforeAM
	beforePM
)

// dateUnit is what a word says of a number beside it.
type dateUnit uint8

const (
	noUnit dateUnit = iota
	yearUnit
	monthUnit
	monthOf
	dayUnit
	hourUnit
	minuteUnit
	secondUnit
	halfHour
	timeMark
	weekMark
	noonMark
	midnightMark
)

var dayParts = map[string]dayPart{"am": amHalf, "pm": pmHalf, "morning": morning, "afternoon": afternoon, "evening": evening, "midday": midday,
	"before_am": beforeAM, "before_pm": beforePM}

var dateUnits = map[string]dateUnit{"year": yearUnit, "month": monthUnit, "monthof": monthOf, "day": dayUnit, "hour": hourUnit,
	"minute": minuteUnit, "second": secondUnit, "half": halfHour, "t": timeMark, "w": weekMark, "noon": noonMark, "midnight": midnightMark}

// terms holds the terms by their folded words, with a space between them. It is
// made when the first date that needs it is read: in 5 ms.
var terms = sync.OnceValue(makeTerms)

func makeTerms() map[string]*term {
	const names = 6 << 10 // about as many as there are
	m := make(map[string]*term, names)
	list := make([]term, 0, names)
	find := func(key []byte) *term {
		t := m[string(key)]
		if t == nil {
			list = append(list, term{})
			t = &list[len(list)-1]
			m[string(key)] = t
		}
		return t
	}
	var l dateLexer
	add := func(name string) *term {
		l.read(strings.ReplaceAll(name, "_", " "))
		var key []byte
		var first *term
		words := int8(0)
		for _, t := range l.tokens[:l.n] {
			if t.kind != wordToken {
				continue
			}
			if words++; words == 1 {
				key = l.bytes(t)
				first = find(key)
				continue
			}
			key = append(append(key[:len(key):len(key)], ' '), l.bytes(t)...)
		}
		first.more = max(first.more, words)
		return find(key)
	}
	cells := func(table string, f func(language string, i int, name string)) {
		for line := range strings.Lines(table) {
			head, rest, _ := strings.Cut(strings.TrimSpace(line), "|")
			i := 0
			for cell := range strings.SplitSeq(rest, "|") {
				for name := range strings.FieldsSeq(cell) {
					f(strings.TrimSpace(head), i, name)
				}
				i++
			}
		}
	}
	cells(monthNames, func(language string, i int, name string) {
		names := [...]string{name, "ב" + name, "ל" + name}
		n := 1
		if language == "he" { // "in April" is one word
			n = len(names)
		}
		for _, name := range names[:n] {
			t := add(name)
			if month := time.Month(i + 1); language == "hr" && croatianMonths[name] == month {
				t.croatian, t.short = month, len(name) == 3
			} else {
				t.month = month
			}
			t.thai = t.thai || language == "th"
		}
	})
	cells(solarMonths, func(_ string, i int, name string) {
		t := add(name)
		t.month, t.solar = time.Month(i+1), true
	})
	cells(weekdayNames, func(_ string, i int, name string) {
		t := add(name)
		if day := int8(i + 1); t.weekday == 0 {
			t.weekday = day
		} else if t.weekday != day {
			t.weekday = -1
		}
	})
	cells(zoneNames, func(head string, _ int, name string) {
		offset, rule, _ := strings.Cut(head, " ")
		minutes := int16(offset[1]-'0')*600 + int16(offset[2]-'0')*60 + int16(offset[4]-'0')*10 + int16(offset[5]-'0')
		if offset[0] == '-' {
			minutes = -minutes
		}
		add(name).zone = &zone{minutes, zoneRules[rule]}
	})
	cells(dateTerms, func(kind string, _ int, name string) {
		if name == "@" {
			return
		}
		t := add(name)
		if p, ok := dayParts[kind]; ok {
			t.half = p
		}
		if u, ok := dateUnits[kind]; ok {
			t.unit = u
		}
		if e, ok := eras[kind]; ok {
			t.era = e
		}
		switch kind {
		case "at":
			t.at, t.idle = true, true
		case "updated":
			t.updated, t.idle = true, true
		case "label", "idle":
			t.idle = true
		case "ordinal":
			t.ordinal = true
		}
	})
	return m
}
