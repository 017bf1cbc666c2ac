//go:build ignore

// Command spelled_gen writes spelled.txt: numbers as words, of languages of scripts without capitals, from
// the Unicode Common Locale Data Repository, and cases of weekdays.
//
//	npm pack cldr-rbnf@48.2.0, and unpack it
//	go run spelled_gen.go RBNF > spelled.txt
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const header = `# Made by spelled_gen.go from cldr-rbnf 48.2.0 (Unicode-3.0, Copyright (c) 2004-2026 Unicode, Inc.).
# A line is a number and words for it; 0: cases of weekdays and months.
`

// languages have numbers in the repository.
const languages = "ar fa he hi ne gu ta ko ka am"

// more is what the repository lacks: cases of weekdays, other months, and numbers.
var more = map[string]string{
	"ar": "2 اثنان اثنين اثنتان اثنتين اثنتي 3 ثلاث 4 أربع 5 خمس 6 ست 7 سبع 8 ثماني ثمان 9 تسع 10 عشر 20 عشرين 30 ثلاثين 40 أربعين 50 خمسين 60 ستين 70 سبعين 80 ثمانين 90 تسعين",
	"ur": "2 دو 3 تین 4 چار 5 پانچ 6 چھ 7 سات 8 آٹھ 10 دس 11 گیارہ 12 بارہ 13 تیرہ 14 چودہ 15 پندرہ 16 سولہ 17 سترہ 18 اٹھارہ 19 انیس 20 بیس 30 تیس 40 چالیس 50 پچاس",
	"he": "2 בשתיים 3 בשלוש 4 בארבע 5 בחמש 6 בשש 7 בשבע 8 בשמונה 9 בתשע 10 בעשר",
	"hi": "5 पांच 15 पंद्रह 6 छः",
	"mr": "2 दोन 3 तीन 4 चार 5 पाच 6 सहा 7 सात 8 आठ 9 नऊ 10 दहा 11 अकरा 12 बारा 15 पंधरा 20 वीस 30 तीस",
	"bn": "2 দুই দুজন দুটো দুটি 3 তিন তিনজন তিনটে তিনটি তিনটা 4 চার চারজন চারটে চারটি চারটা 5 পাঁচ পাঁচজন পাঁচটি পাঁচটা 6 ছয় ছয়জন ছয়টি ছয়টা 7 সাত সাতজন সাতটি সাতটা 8 আট আটজন আটটি আটটা 9 নয়জন নটা 10 দশ দশটি দশটা 11 এগারো এগারোটা 12 বারো বারোটা 15 পনেরো 20 বিশ 30 ত্রিশ",
	"pa": "2 ਦੋ 3 ਤਿੰਨ 4 ਚਾਰ 5 ਪੰਜ 6 ਛੇ 7 ਸੱਤ 8 ਅੱਠ 9 ਨੌਂ 10 ਦਸ 11 ਗਿਆਰਾਂ 12 ਬਾਰਾਂ",
	"te": "2 రెండు ఇద్దరు 3 మూడు ముగ్గురు 4 నాలుగు నలుగురు 5 ఐదు ఐదుగురు 6 ఆరు ఆరుగురు 7 ఏడు ఏడుగురు 8 ఎనిమిది 9 తొమ్మిది 10 పది 11 పదకొండు 12 పన్నెండు",
	"kn": "2 ಎರಡು ಇಬ್ಬರು 3 ಮೂರು ಮೂವರು 4 ನಾಲ್ಕು ನಾಲ್ವರು 5 ಐದು ಐವರು 6 ಆರು 7 ಏಳು 8 ಎಂಟು 9 ಒಂಬತ್ತು 10 ಹತ್ತು 11 ಹನ್ನೊಂದು 12 ಹನ್ನೆರಡು",
	"ml": "2 രണ്ട് രണ്ടു 3 മൂന്ന് മൂന്നു 4 നാല് നാലു 5 അഞ്ച് അഞ്ചു 6 ആറ് 7 ഏഴ് 8 എട്ട് 9 ഒമ്പത് ഒൻപത് 10 പത്ത് 11 പതിനൊന്ന് 12 പന്ത്രണ്ട് 0 ഞായറാഴ്ച തിങ്കളാഴ്ച ബുധനാഴ്ച വ്യാഴാഴ്ച വെള്ളിയാഴ്ച ശനിയാഴ്ച",
	"ta": "0 ஞாயிற்றுக்கிழமை திங்கட்கிழமை திங்கள்கிழமை செவ்வாய்க்கிழமை புதன்கிழமை வியாழக்கிழமை வெள்ளிக்கிழமை சனிக்கிழமை",
	"si": "2 දෙකක් දෙදෙනෙක් 3 තුනක් තිදෙනෙක් 4 හතරක් සිව්දෙනෙක් 5 පහක් 6 හයක් 7 හතක් 8 අටක් 9 නවයක් 10 දහයක්",
	"ko": "0 일요일에 월요일에 화요일에 수요일에 목요일에 금요일에 토요일에 일요일은 월요일은 화요일은 수요일은 목요일은 금요일은 토요일은 일요일인 월요일인 화요일인 수요일인 목요일인 금요일인 토요일인",
	"ka": "0 კვირას ორშაბათს სამშაბათს ოთხშაბათს ხუთშაბათს პარასკევს შაბათს",
	"am": "11 አስራ 20 ሃያ 30 ሠላሳ",
	"ru": "0 среду пятницу субботу воскресенья понедельника вторника среды четверга пятницы субботы",
	"uk": "0 середу п'ятницю суботу неділю понеділка вівторка середи четверга п'ятниці суботи неділі",
	"be": "0 сераду пятніцу суботу нядзелю",
	"bg": "0 неделята понеделника",
	"pl": "0 środę sobotę niedzielę poniedziałku wtorku środy czwartku piątku soboty niedzieli",
	"cs": "0 středu sobotu neděli pondělka úterka středy čtvrtka pátku soboty neděle",
	"sk": "0 stredu sobotu nedeľu",
	"hr": "0 srijedu subotu nedjelju ponedjeljka utorka srijede četvrtka petka subote nedjelje",
	"sl": "0 sredo soboto nedeljo",
	"sr": "0 среду суботу недељу",
	"lt": "0 pirmadienį antradienį trečiadienį ketvirtadienį penktadienį šeštadienį sekmadienį",
	"lv": "0 pirmdien otrdien trešdien ceturtdien piektdien sestdien svētdien",
	"et": "0 esmaspäeval teisipäeval kolmapäeval neljapäeval reedel laupäeval pühapäeval",
	"fi": "0 maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina",
	"hu": "0 hétfőn kedden szerdán csütörtökön pénteken szombaton vasárnap",
	"sv": "0 måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen",
	"da": "0 mandagen tirsdagen onsdagen torsdagen fredagen lørdagen søndagen",
	"pt": "0 segunda terça quarta quinta sexta",
}

// others mean something else in another language that is written alike: what, no, about, from.
const others = "چھ نه باره بارہ سی"

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("want the folder of cldr-rbnf")
	}
	words := map[int]map[string]bool{}
	add := func(value int, w string) {
		if words[value] == nil {
			words[value] = map[string]bool{}
		}
		words[value][w] = true
	}
	for lang := range strings.FieldsSeq(languages) {
		numbers(os.Args[1], lang, add)
	}
	for _, list := range more {
		value := 0
		for w := range strings.FieldsSeq(list) {
			if n, err := strconv.Atoi(w); err == nil {
				value = n
			} else {
				add(value, w)
			}
		}
	}
	for w := range strings.FieldsSeq(others) {
		for _, of := range words {
			delete(of, w)
		}
	}
	fmt.Print(header)
	for _, value := range slices.Sorted(maps.Keys(words)) {
		fmt.Println(value, strings.Join(slices.Sorted(maps.Keys(words[value])), " "))
	}
}

// numbers adds the numbers from 2 to 90 that a language writes as one word.
func numbers(dir, lang string, add func(int, string)) {
	file, err := os.ReadFile(filepath.Join(dir, "rbnf", lang+".json"))
	if err != nil {
		log.Fatal(err)
	}
	var x struct {
		RBNF struct {
			RBNF struct{ SpelloutRules map[string]json.RawMessage }
		}
	}
	if err := json.Unmarshal(file, &x); err != nil {
		log.Fatal(err)
	}
	for name, raw := range x.RBNF.RBNF.SpelloutRules {
		var rules [][2]string
		if !strings.Contains(name, "spellout-cardinal") && !strings.Contains(name, "spellout-ordinal") && !strings.Contains(name, "numbering") && !strings.Contains(name, "construct") ||
			json.Unmarshal(raw, &rules) != nil {
			continue
		}
		for _, rule := range rules {
			value, err := strconv.Atoi(rule[0])
			word := strings.Trim(rule[1], "';")
			if err != nil || value < 2 || value > 90 {
				continue
			}
			if at := strings.IndexAny(word, "[]<>→←="); at >= 0 {
				if value < 20 || value%10 != 0 || word[at] != '[' {
					continue
				}
				word = word[:at]
			}
			if word != "" && !strings.ContainsAny(word, " -") && utf8.RuneCountInString(word) > 1 {
				add(value, word)
			}
		}
	}
}
