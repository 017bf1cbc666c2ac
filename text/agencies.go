package text

import (
	"maps"
	"slices"
	"unicode/utf8"
)

// Agencies knows the names under which news agencies sign their copy. It is
// not changed after it is made, so any number of goroutines may use it.
type Agencies struct {
	forms map[uint64][]agencyForm // by the hash of the first word, longest first
}

// agencyForm is one way to write an agency.
type agencyForm struct {
	name  string
	words []uint64
	exact string // how it must be written, if so short that it is a word too
}

// DefaultAgencies returns the agencies of the built-in table.
func DefaultAgencies() *Agencies { return NewAgencies(nil) }

// NewAgencies returns the agencies of the built-in table and of extra: the
// forms in which each name is written, in any script. A form of up to four
// ASCII letters counts only as it is written here (AP, not ap). A form given
// twice belongs to the name in extra, and there to the first in order of name.
func NewAgencies(extra map[string][]string) *Agencies {
	a := &Agencies{forms: map[uint64][]agencyForm{}}
	a.add(extra)
	a.add(agencyNames)
	for _, forms := range a.forms {
		slices.SortStableFunc(forms, func(x, y agencyForm) int { return len(y.words) - len(x.words) })
	}
	return a
}

func (a *Agencies) add(names map[string][]string) {
	for _, name := range slices.Sorted(maps.Keys(names)) {
		for _, form := range names[name] {
			words := Words(nil, form)
			if len(words) == 0 {
				continue
			}
			f := agencyForm{name: name}
			for _, w := range words {
				f.words = append(f.words, w.Hash)
			}
			if len(form) <= 4 && len(form) == utf8.RuneCountInString(form) {
				f.exact = form
			}
			a.forms[f.words[0]] = append(a.forms[f.words[0]], f)
		}
	}
}

// at returns the agency whose name begins at words[i], and how many words it
// has; "" and 0 if none does.
func (a *Agencies) at(s string, words []Word, i int) (name string, n int) {
	for _, f := range a.forms[words[i].Hash] {
		if len(f.words) > len(words)-i || f.exact != "" && s[words[i].Start:words[i].End] != f.exact {
			continue
		}
		same := true
		for k, h := range f.words {
			same = same && words[i+k].Hash == h
		}
		if same {
			return f.name, len(f.words)
		}
	}
	return "", 0
}

// find returns the first agency named in words, where it begins and how many
// words it has; "" if there is none.
func (a *Agencies) find(s string, words []Word) (name string, i, n int) {
	for i := range words {
		if name, n := a.at(s, words, i); n > 0 {
			return name, i, n
		}
	}
	return "", 0, 0
}

// agencyNames is the built-in table: how an agency is called here, and how it
// signs in the languages it serves or is carried in.
var agencyNames = map[string][]string{
	"AAP":              {"AAP", "Australian Associated Press"},
	"ABNA":             {"ABNA", "ابنا"},
	"ACN":              {"Agencia Cubana de Noticias"},
	"AFP":              {"AFP", "Agence France-Presse", "Agence France Presse", "АФП", "أ ف ب", "أ.ف.ب", "ا ف ب", "فرانس برس", "وكالة فرانس برس", "法新社", "एएफपी", "AFP通信", "เอเอฟพี", "אי-אף-פי", "خبرگزاری فرانسه"},
	"AGI":              {"AGI", "Agenzia Italia"},
	"ANA-MPA":          {"ANA-MPA", "ΑΠΕ-ΜΠΕ", "ΑΠΕ"},
	"ANI":              {"ANI", "Asian News International", "एएनआई"},
	"ANP":              {"ANP", "Algemeen Nederlands Persbureau"},
	"ANSA":             {"ANSA", "АНСА"},
	"AP":               {"AP", "Associated Press", "The Associated Press", "АП", "Ассошиэйтед Пресс", "أسوشيتد برس", "اسوشيتد برس", "آسوشیتدپرس", "美联社", "美聯社", "ＡＰ", "एपी", "เอพี"},
	"APA":              {"APA", "Austria Presse Agentur"},
	"APS":              {"APS", "Algérie Presse Service", "وأج"},
	"ATS":              {"ATS", "Keystone-ATS", "Keystone-SDA", "SDA"},
	"Adnkronos":        {"Adnkronos"},
	"Agência Brasil":   {"Agência Brasil", "Agencia Brasil"},
	"Agerpres":         {"Agerpres"},
	"Anadolu":          {"AA", "Anadolu", "Anadolu Agency", "Anadolu Ajansı", "Anadolu Agentur", "الأناضول", "وكالة الأناضول", "Анадолу"},
	"Antara":           {"Antara"},
	"BTA":              {"BTA", "БТА"},
	"Belga":            {"Belga"},
	"BelTA":            {"BelTA", "БелТА", "БЕЛТА"},
	"Bernama":          {"Bernama"},
	"Bloomberg":        {"Bloomberg", "Bloomberg News", "Блумберг", "بلومبرغ", "بلومبرج", "彭博社", "彭博", "ブルームバーグ", "블룸버그"},
	"Business Wire":    {"BUSINESS WIRE", "Business Wire", "BusinessWire"},
	"CNA":              {"CNA", "中央社", "Central News Agency"},
	"CNS":              {"中新社", "中新网", "中新網", "China News Service"},
	"CP":               {"CP", "The Canadian Press", "Canadian Press", "La Presse canadienne", "Presse canadienne"},
	"CTK":              {"CTK", "ČTK"},
	"Cihan":            {"Cihan", "CİHAN"},
	"DHA":              {"DHA", "Demirören Haber Ajansı"},
	"EFE":              {"EFE", "Agencia EFE", "ЭФЕ"},
	"ENA":              {"ENA", "ኢዜአ", "Ethiopian News Agency"},
	"Europa Press":     {"Europa Press", "EUROPA PRESS"},
	"FBC":              {"ኤፍ ቢ ሲ", "ኤፍቢሲ"},
	"Fars":             {"Fars", "Fars News", "Fars News Agency", "فارس", "خبرگزاری فارس"},
	"GlobeNewswire":    {"GLOBE NEWSWIRE", "GlobeNewswire"},
	"Hina":             {"Hina"},
	"IANS":             {"IANS", "आईएएनएस"},
	"ILNA":             {"ILNA", "ایلنا"},
	"INA":              {"واع", "Iraqi News Agency"},
	"IRNA":             {"IRNA", "ایرنا", "إرنا"},
	"ISNA":             {"ISNA", "ایسنا"},
	"ITIM":             {"עתים", "ITIM"},
	"Interfax":         {"Interfax", "Интерфакс", "Interfax-Ukraine", "Интерфакс-Украина", "Інтерфакс-Україна"},
	"Jiji":             {"Jiji", "Jiji Press", "時事", "時事通信"},
	"Kazinform":        {"Kazinform", "Казинформ", "ҚазАқпарат"},
	"KCNA":             {"KCNA", "조선중앙통신"},
	"KNA":              {"KNA"},
	"KUNA":             {"KUNA", "كونا"},
	"Kyodo":            {"Kyodo", "Kyodo News", "共同", "共同通信"},
	"Lusa":             {"Lusa", "Agência Lusa"},
	"MAP":              {"ومع", "Maghreb Arabe Presse"},
	"MENA":             {"أ ش أ", "أ.ش.أ", "وكالة أنباء الشرق الأوسط", "Middle East News Agency"},
	"MTI":              {"MTI"},
	"Mehr":             {"Mehr News", "مهر", "خبرگزاری مهر"},
	"NAN":              {"NAN", "News Agency of Nigeria"},
	"NNA":              {"NNA", "الوكالة الوطنية للإعلام"},
	"NTB":              {"NTB"},
	"Newsis":           {"Newsis", "뉴시스"},
	"News1":            {"News1", "뉴스1"},
	"Notimex":          {"Notimex"},
	"PA":               {"PA", "Press Association", "PA Media", "PA News Agency"},
	"PAP":              {"PAP"},
	"PNA":              {"PNA"},
	"PR Newswire":      {"PRNewswire", "PR Newswire", "PRNewswire-FirstCall", "PRN"},
	"PTI":              {"PTI", "Press Trust of India", "भाषा", "पीटीआई", "पीटीआई-भाषा"},
	"Petra":            {"Petra", "بترا"},
	"Prensa Latina":    {"Prensa Latina"},
	"REGNUM":           {"REGNUM", "ИА REGNUM"},
	"RIA":              {"RIA Novosti", "РИА Новости", "RIA"},
	"Reuters":          {"Reuters", "Thomson Reuters", "Рейтер", "Рейтерс", "رويترز", "رویترز", "路透社", "路透", "ロイター", "로이터", "रॉयटर्स", "रायटर", "รอยเตอร์", "รอยเตอร์ส", "רויטרס", "Ρόιτερς", "ሮይተርስ"},
	"Ritzau":           {"Ritzau", "/ritzau/"},
	"Rossiya Segodnya": {"Sputnik", "Спутник", "سبوتنيك"},
	"SANA":             {"SANA", "سانا"},
	"SID":              {"SID", "sid"},
	"SITA":             {"SITA"},
	"SPA":              {"SPA", "واس"},
	"STA":              {"STA"},
	"STT":              {"STT", "STT Info"},
	"SUNA":             {"SUNA", "سونا"},
	"TAP":              {"TAP", "وات"},
	"TASR":             {"TASR"},
	"TASS":             {"TASS", "ITAR-TASS", "ТАСС", "ИТАР-ТАСС"},
	"TNA":              {"TNA"},
	"TT":               {"TT", "TT-Ritzau", "TT Nyhetsbyrån"},
	"Tanjug":           {"Tanjug", "Танјуг"},
	"Tasnim":           {"Tasnim", "تسنیم", "خبرگزاری تسنیم"},
	"Telam":            {"Télam", "Telam"},
	"UNI":              {"UNI", "United News of India", "वार्ता", "यूनीवार्ता"},
	"UNIAN":            {"UNIAN", "УНИАН", "УНІАН"},
	"UNN":              {"УНН"},
	"UPI":              {"UPI", "United Press International"},
	"Ukrinform":        {"Ukrinform", "Укринформ", "Укрінформ"},
	"VNA":              {"VNA", "TTXVN"},
	"WAFA":             {"WAFA", "وفا"},
	"WAM":              {"WAM", "وام"},
	"Xinhua":           {"Xinhua", "Xinhua News Agency", "新华社", "新華社", "新华网", "新華網", "Синьхуа", "شينخوا", "シンフア", "신화", "신화통신"},
	"Yonhap":           {"Yonhap", "연합뉴스", "聯合ニュース", "联合通讯社", "韩联社"},
	"dpa":              {"dpa", "DPA", "dpa-AFX", "dpa/lno", "د ب أ", "د.ب.أ", "Deutsche Presse-Agentur"},
	"epd":              {"epd"},
	"İHA":              {"İHA", "IHA", "İhlas Haber Ajansı"},
}
