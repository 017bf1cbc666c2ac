package text

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// term is what a word or a phrase means beside figures.
type term struct {
	rest []uint64 // hashes of the words that follow the first
	kind termKind
	exp  int // of ten: what the figures before it are multiplied by
}

type termKind uint8

const (
	scaleTerm   termKind = iota // a thousand, a million
	shortTerm                   // an abbreviation: a full stop may follow
	addingTerm                  // 23 bin 400: smaller figures that follow are added
	gluedTerm                   // 5k: only without a space, or of money
	moneyTerm                   // 5m, 5bi: only of money, for otherwise it is metres, or miles
	rupiahTerm                  // T: only of rupiah
	milTerm                     // mil: a thousand in Spanish and Portuguese, a million in Czech, Slovak, Romanian
	binTerm                     // bin: a thousand in Turkish, "am" in German; of figures below a thousand
	percentTerm                 // means a percent sign
	milleTerm                   // means the sign of thousandths
)

// terms lists the words of many languages, in normal form or not. The words of a
// phrase are joined by a low line.
var terms = []struct {
	kind  termKind
	exp   int
	words string
}{
	{gluedTerm, 3, "k"},
	{moneyTerm, 6, "m mi"},
	{moneyTerm, 9, "b bi md"},
	{moneyTerm, 12, "tri"},
	{rupiahTerm, 12, "t"},
	{milTerm, 0, "mil"},
	{binTerm, 3, "bin"},

	{shortTerm, 3, "tsd tys tis tūkst хил χιλ rb ths"},
	{shortTerm, 5, "lac lacs"},
	{shortTerm, 6, "mn mln mio mill milj milh εκατ jt мио მლნ մլն"},
	{shortTerm, 7, "cr crs"},
	{shortTerm, 9, "bn bln mrd mld mlrd mia mds mdr δισ δις mljrd млрд მლრდ մլրդ"},
	{shortTerm, 12, "tn trn trln τρισ трлн"},
	{shortTerm, 6, "млн"},
	{addingTerm, 3, "тыс тис"},

	// Latin
	{scaleTerm, 3, "thousand thousands tausend duizend tusen tusind tusinde mille mila milliers tuhat tuhatta tuhannen tuhande tuhandet " +
		"tysiąc tysiąca tysiące tysięcy tisíc tisíce tisíců tisuća tisuće tisuću hiljada hiljade hiljadu tisoč mijë mii de_mii ribu libo libong nghìn ngàn " +
		"tūkstantis tūkstančiai tūkstančių tūkstoši tūkstošus tūkstošu tūkstošiem tūkstančius þúsund þúsunda þúsundir"},
	{addingTerm, 3, "ezer"},
	{scaleTerm, 5, "lakh lakhs"},
	{scaleTerm, 6, "million millions millionen millón millones milhão milhões milione milioni milió milions millóns miljoen miljoner miljon miljonit miljoni " +
		"millioner miljoona miljoonaa miljoonan milion miliony milionů milionu milión milióna miliónů milióny miliónov milionów milioane de_milioane millió milijun milijuna milijuni " +
		"miliona milijon milijona milijone milijoni milijonov milijonų milijonai milijono milijonus miljonus miljonu miljoniem milijonima milionima milionami milionech miliónmi milionom milljón milljónir milljóna milljónum milioi milionë milyon milyong juta triệu"},
	{scaleTerm, 7, "crore crores"},
	{scaleTerm, 9, "billion billions milliard milliards milliarde milliarden milliarder miljard miljarder miljardi miljardia miljardin miljardit miljardu " +
		"miliardo miliardi miliard miliardy miliardów miliarda miliárd miliárda miliardu milliárd miliarde de_miliarde milijarda milijarde milijardi milijard miliardami miliardech milijardu milijardama milijardah milljarðar milljarða milljarður milljörðum miliárdami miljardiem " +
		"milijardo milijardų milijardai miljardus miliardë bilhão bilhões bilyon bilyong milyar milyard miliar tỷ tỉ"},
	{scaleTerm, 12, "trillion trillions billionen billón billones biliões trilhão trilhões bilioni bilione bilion bilionů bilionów bilionu biliony biliona bilióna biliónov bilióny bilijun bilijuna bilijon bilijona bilijonov trilionë biljoen biljon biljoner billioner trilyon triliun"},

	// Greek, Cyrillic, Armenian, Georgian
	{scaleTerm, 3, "χιλιάδες χιλιάδων χιλ хиляди хиляда хиљада хиљаде хиљаду илјади илјада хиљадама հազար ათასი ათას"},
	{addingTerm, 3, "тысяч тысячи тысяча тысячу тысячам тысячами тысячах тисяч тисячі тисяча тисячу тисячам тисячами мың миң"},
	{scaleTerm, 6, "εκατομμύρια εκατομμύριο εκατομμυρίων миллион миллиона миллионов миллионы миллионам миллионами миллионах мільйон мільйона мільйонів мільйони мільйонам мільйонами мільён мільёна мільёнаў " +
		"милион милиона милиони милионима миллионнан միլիոն მილიონი მილიონ сая"},
	{scaleTerm, 9, "δισεκατομμύρια δισεκατομμύριο δισεκατομμυρίων миллиард миллиарда миллиардов миллиарды миллиардам миллиардами миллиардах мільярд мільярда мільярдів мільярди мільярдаў мільярдам мільярдами " +
		"милиард милиарда милиарди милијарда милијарде милијарди միլիարդ მილიარდი მილიარდ"},
	{scaleTerm, 12, "τρισεκατομμύρια триллион триллиона триллионов трильйон трильйона трильйонів"},

	// Semitic scripts
	{addingTerm, 3, "ألف ألفا آلاف هزار ہزار אלף אלפים"},
	{scaleTerm, 5, "لاکھ"},
	{scaleTerm, 6, "مليون مليونا ملايين میلیون ملین مליون מיליון מיליוני ملیۆن"},
	{scaleTerm, 7, "کروڑ"},
	{scaleTerm, 9, "مليار مليارا مليارات میلیارد بليون ارب بلین מיליארד מיליארדי ملیار"},
	{scaleTerm, 12, "تريليون تریلیون טריליון"},

	// Scripts of India, Ethiopic
	{addingTerm, 3, "हज़ार हजार হাজার હજાર ਹਜ਼ਾਰ ਹਜ਼ਾਰ ஆயிரம் వేల వేలు ಸಾವಿರ ആയിരം දහස් ሺህ ሺ"},
	{scaleTerm, 5, "लाख লাখ লক্ষ લાખ ਲੱਖ லட்சம் இலட்சம் లక్షల లక్షలు ಲಕ್ಷ ലക്ഷം ලක්ෂ"},
	{scaleTerm, 6, "मिलियन মিলিয়ন மில்லியன் മില്യൺ මිලියන ሚሊዮን ሚሊየን"},
	{scaleTerm, 7, "करोड़ करोड कोटी কোটি કરોડ ਕਰੋੜ கோடி కోట్ల కోట్లు ಕೋಟಿ കോടി"},
	{scaleTerm, 9, "अरब अब्ज अर्ब बिलियन বিলিয়ন બિલિયન பில்லியன் බිලියන ቢሊዮን ቢሊየን"},
	{scaleTerm, 11, "खरब खर्ब"},

	// Scripts without spaces
	{addingTerm, 3, "พัน ພັນ ထောင် ពាន់"},
	{addingTerm, 4, "หมื่น ໝື່ນ သောင်း ម៉ឺន"},
	{addingTerm, 5, "แสน ແສນ သိန်း សែន"},
	{addingTerm, 6, "ล้าน ລ້ານ သန်း លាន"},
	{addingTerm, 9, "ຕື້ ဘီလီယံ ប៊ីលាន"},

	{milleTerm, 0, "promille promil promila per_mille промилле"},
	{percentTerm, 0, "percent per_cent pct pc prozent procent procenta procento procentů procentų procentu procenti prosent procentai procentais procentiem procentus procenty procentech procentami procentach procentima procenata procentiniai odstotek odstotka odstotki odstotkov odstotke percenta percentá percentami percentách prosenttia prosentin prozentig prozentige prozentigen prozentiger prozentiges prozentigem prósent prósenta prósenti prosentit protsenti protsent " +
		"pour_cent por_ciento por_cento per_cento per_cent pourcent pour_100 percento por_100 százalék százaléka százalékos posto postotaka odsto la_sută për_qind përqind persen peratus phần_trăm " +
		"porsiyento porsyento proc faiz foiz процент процента процентов проценты процентам процентами процентах проц проценти процената посто одсто відсоток відсотка відсотків відсотки відсоткам відсотками відсотках відс працэнт працэнта працэнтаў процената на_сто отсто " +
		"пайыз пайызы τοις_εκατό პროცენტი პროცენტით տոկոս אחוז אחוזים في_المئة في_المائة بالمئة بالمائة درصد فیصد प्रतिशत फीसदी फ़ीसदी टक्के শতাংশ ટકા ਫੀਸਦੀ " +
		"சதவீதம் சதவிகிதம் శాతం ಶೇಕಡಾ ശതമാനം සියයට በመቶ 퍼센트 프로 パーセント เปอร์เซ็นต์ ເປີເຊັນ ရာခိုင်နှုန်း ភាគរយ"},
}

// percentBefore are the words for percent that stand before the figures.
const percentBefore = "yüzde asilimia ehuneko ร้อยละ 百分之"

// unitsGlued are units of measure and of money that are written without a space
// behind figures, in scripts with capitals. Not in the list is what may be part of
// a name there: 5G, 3D, 1990s, 2nd.
const unitsGlued = "km m cm mm nm kg mg lb lbs oz ft in yd mi mph kph kmh mw gw kw kwh mwh gwh twh ha hp hz khz mhz ghz kb mb gb tb mbps gbps ml cl l t pm am h hr hrs min mins sec ms " +
	"bbl bpd m2 km2 cm2 m3 cm3 sqm sqft cc px pp pc c f rs eur usd gbp inr kr kč zł lei tl lv din czk pln huf ron sek nok dkk aud cad chf jpy rub krw " +
	"км м см мм кг г т га л мл ч мин сек кв квт мвт гвт год гг р руб грн лв ден дин сом тг χλμ"

// codesGlued are signs of money in letters that stand before figures.
const codesGlued = "rs rp rm eur usd gbp inr pkr us sgd myr idr ngn kes ksh sh tsh ush zar chf sek nok dkk"

// rupiahs are signs of money with which m is a milliard.
const rupiahs = "rp idr"

// suffixes are Hungarian endings, and "strong": behind figures with a hyphen they say
// that these are one number, 10 500-en.
const suffixes = "strong an en on ön as es os ös ból ből tól től nál nél nak nek ban ben hoz hez höz val vel ért"

// namedBefore are words behind which two numbers are a name: Boeing 737 800.
const namedBefore = "boeing airbus embraer gate flight flug vol vuelo volo рейс route room bus"

// singles stand before one thing: a 12 500-ton ship.
const singles = "a an"

// oClocks say that the figures before them are a time.
const oClocks = "am pm uhr h hrs uur horas hodin hod sati часа часов мск val kor"

// clocksBefore say that the figures behind them are a time.
const clocksBefore = "kl klo klockan klokken klokka klukkan kello kell plkst godz godzina godzinie ora ore orele saat pukul jam alle dalle las às στις"

// money are the words for money, and for what is counted in millions, that may follow:
// 5m euros, 5m people.
const money = "people jobs users customers homes households houses votes voters viewers subscribers members passengers visitors tourists deaths cases doses children adults women men " +
	"workers employees migrants refugees residents patients pupils students families followers shares barrels tonnes tons copies downloads vehicles cars cattle birds trees acres hectares litres " +
	"euro euros eur dollar dollars usd pound pounds gbp sterling yen yuan rupee rupees rupiah ringgit peso pesos franc francs rand naira real reais crown crowns kroner kronor " +
	"korun kč eur lei zł złotych chf sek nok dkk aud cad"

// monthsBefore are English months: "March 3 120 people" has two numbers.
const monthsBefore = "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"

// millions are frequent words of the languages in which mil. is a million, and
// thousands of those in which it is a thousand.
const (
	millions  = "že za ve po roku která který je podle korun kč eur ktorý ktorá sú aj și din pentru lei prin u je su kuna od će eura evra dinara maraka"
	thousands = "que de del los las el la en por para con os as do da dos das em um uma não com no mais y e d els amb"
)

// numeral is a Chinese, Japanese or Korean character in a number.
type numeral struct {
	kind  numeralKind
	value int // of a digit; exponent of ten of a unit
}

type numeralKind uint8

const (
	digitNumeral numeralKind = iota + 1
	smallNumeral             // ten, a hundred, a thousand
	largeNumeral             // ten thousand and more
)

// numerals lists characters by their value.
var numerals = []struct {
	kind  numeralKind
	value int
	chars string
}{
	{digitNumeral, 0, "〇零"}, {digitNumeral, 1, "一壹壱弌"}, {digitNumeral, 2, "二贰貳弐兩两"}, {digitNumeral, 3, "三叁參参弎"}, {digitNumeral, 4, "四肆"},
	{digitNumeral, 5, "五伍"}, {digitNumeral, 6, "六陆陸"}, {digitNumeral, 7, "七柒漆"}, {digitNumeral, 8, "八捌"}, {digitNumeral, 9, "九玖"},
	{smallNumeral, 1, "十拾십"}, {smallNumeral, 2, "百佰백"}, {smallNumeral, 3, "千仟천"},
	{largeNumeral, 4, "万萬만"}, {largeNumeral, 8, "亿億억"}, {largeNumeral, 12, "兆조"},
}

// counters are the characters behind which a single numeral is a number: 五人, 六日.
// onesCounters are those behind 一 too, which is "a" before most others.
// japaneseCounters stand behind two digits, which in Chinese are "three or four".
const (
	counters         = "年月日号號人名位歳岁歲円元圆圓隻只艘架台臺辆輛両匹頭头棟栋件回次倍階层層個个箇枚票期条節级級席点點時时分秒天週周夜泊吨噸米届屆章季集キメトドユパ公美欧"
	onesCounters     = "年月日号號人名歳岁歲円元圆圓隻艘架辆輛棟栋件天週周秒票吨噸公美欧"
	unitsCounters    = "年月日号號人名歳岁歲円元圆圓票天億亿余餘多届屆章美欧"
	japaneseCounters = "歳円"
	kaCounters       = "かヶカヵケ箇" // of months, countries, places: 五か月
	kaCounteds       = "月国國所年条處処村町店校社"
	notUnits         = "貨货博葉" // 百貨店, 万博, 千葉
)

// koreanCounters may stand behind a unit that has a space before it: 138 만원.
const koreanCounters = "원 원을 원이 원은 원의 원에 원으로 원대 원씩 원짜리 원가량 명 명이 명을 명은 명의 명에 명에게 명가량 달러 달러를 달러의 달러가 달러로 엔 엔을 유로 유로를 위안 건 건이 건을 개 개의 개를 대 대를 톤 톤을 가구 가구가 여 여명 여명이"

// wordset is the meaning of words, by their hashes.
type wordset struct {
	filter                  [1 << 14 / 64]uint64 // a bit a word that has a meaning: most words of a text end here
	terms                   map[uint64][]term
	before                  map[uint64][][]uint64 // by the last word: the words before it, the nearest first
	numerals                map[uint64]numeral
	stems                   [256]bool        // of all numerals: most characters miss it
	korean                  map[uint64]int   // characters of the units with which a word begins
	marks                   map[uint64]marks // what else is asked of a word
	point, minutes, article uint64           // 点, the point, and 分; 제, behind which 조 is an article of a law
	and                     uint64           // Arabic and Persian
	ka                      Word             // か, by which others are written
}

// known reports whether the word may have a meaning.
func (m *wordset) known(hash uint64) bool { return m.filter[hash%(1<<14)/64]&(1<<(hash%64)) != 0 }

func (m *wordset) numeral(hash uint64) (n numeral) {
	if m.known(hash) {
		n = m.numerals[hash]
	}
	return n
}

func (m *wordset) mark(hash uint64) (found marks) {
	if m.known(hash) {
		found = m.marks[hash]
	}
	return found
}

// learn fills the filter.
func (m *wordset) learn() {
	add := func(h uint64) { m.filter[h%(1<<14)/64] |= 1 << (h % 64) }
	for h := range m.terms {
		add(h)
	}
	for h := range m.before {
		add(h)
	}
	for h := range m.numerals {
		add(h)
	}
	for h := range m.korean {
		add(h)
	}
	for h := range m.marks {
		add(h)
	}
}

// marks is a set of lists in which a word stands.
type marks uint32

const (
	glued marks = 1 << iota
	code
	ofMoney
	month
	aMillion
	aThousand
	counted
	countedOne
	countedUnit
	countedJapanese
	notUnit
	ordinal
	kaCounter
	kaCounted
	rupiah
	suffix
	named
	single
	oClock
	clockBefore
)

// meanings is made from the lists when it is first asked for, by the steps that
// make words, so that a change of them needs none here.
var meanings = sync.OnceValue(func() *wordset {
	m := &wordset{terms: map[uint64][]term{}, before: map[uint64][][]uint64{}, numerals: map[uint64]numeral{}, korean: map[uint64]int{},
		marks: map[uint64]marks{}, ka: found("か")[0], and: phraseHashes("و")[0], point: phraseHashes("点")[0], minutes: phraseHashes("分")[0], article: phraseHashes("제")[0]}
	for _, t := range terms {
		for phrase := range strings.FieldsSeq(t.words) {
			h := phraseHashes(phrase)
			m.terms[h[0]] = append(m.terms[h[0]], term{h[1:], t.kind, t.exp})
		}
	}
	for phrase := range strings.FieldsSeq(percentBefore) {
		h := phraseHashes(phrase)
		last := h[len(h)-1]
		var rest []uint64
		for i := len(h) - 2; i >= 0; i-- {
			rest = append(rest, h[i])
		}
		m.before[last] = append(m.before[last], rest)
	}
	var units []string
	for _, n := range numerals {
		for _, r := range n.chars {
			w := found(string(r))
			m.numerals[w[0].Hash] = numeral{n.kind, n.value}
			m.stems[w[0].Stem] = true
			if r >= 0xAC00 {
				units = append(units, string(r))
			}
		}
	}
	for _, unit := range append(units, "십만", "백만", "천만", "십억", "백억", "천억", "십조", "백조") {
		n := utf8.RuneCountInString(unit)
		if n > 1 {
			m.korean[phraseHashes(unit)[0]] = n
		}
		for counter := range strings.FieldsSeq(koreanCounters) {
			m.korean[phraseHashes(unit + counter)[0]] = n
		}
	}
	mark := func(list string, as marks) {
		for w := range strings.FieldsSeq(list) {
			m.marks[phraseHashes(w)[0]] |= as
		}
	}
	each := func(list string, as marks) {
		for _, r := range list {
			m.marks[phraseHashes(string(r))[0]] |= as
		}
	}
	mark(unitsGlued, glued)
	mark(codesGlued, code)
	mark(money, ofMoney)
	mark(rupiahs, rupiah)
	mark(suffixes, suffix)
	mark(namedBefore, named)
	mark(singles, single)
	mark(oClocks, oClock)
	mark(clocksBefore, clockBefore)
	mark(monthsBefore, month)
	mark(millions, aMillion)
	mark(thousands, aThousand)
	each(counters, counted)
	each(onesCounters, countedOne)
	each(unitsCounters, countedUnit)
	each(japaneseCounters, countedJapanese)
	each(notUnits, notUnit)
	each("第", ordinal)
	each(kaCounters, kaCounter)
	each(kaCounteds, kaCounted)
	for _, t := range terms {
		if t.kind <= binTerm {
			for w := range strings.FieldsSeq(t.words) {
				if h := phraseHashes(w); len(h) == 1 {
					m.marks[h[0]] |= glued
				}
			}
		}
	}
	m.learn()
	return m
})

// phraseHashes are the hashes of the words of a phrase.
func phraseHashes(phrase string) (h []uint64) {
	for _, w := range found(strings.ReplaceAll(phrase, "_", " ")) {
		h = append(h, w.Hash)
	}
	return h
}

// found is the words of s before numbers are joined.
func found(s string) []Word {
	c := context{src: s, line: true}
	c.scan()
	return c.dst
}
