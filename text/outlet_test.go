package text

import (
	"strings"
	"testing"
	"time"
)

func TestWithoutOutlet(t *testing.T) {
	const tapir = "Escaped tapir found in hotel pool"
	for _, tt := range []struct{ headline, outlet, want string }{
		{tapir + " - Corley Times", "corley times", tapir},
		{tapir + " – The Corley Times", "corley times", tapir},
		{tapir + " — CORLEY TIMES", "the corley times", tapir},
		{tapir + " | Corley Times", "corley times", tapir},
		{tapir + "|Corley Times", "corley times", tapir},
		{tapir + " · Corley Times", "corley times", tapir},
		{tapir + " « Corley Times", "corley times", tapir},
		{tapir + " / Corley Times", "corley times", tapir},
		{tapir + " (Corley Times)", "corley times", tapir},
		{tapir + " [corleytimes.example]", "corleytimes.example", tapir},
		{tapir + " - Corley Times", "corleytimes.example", tapir},
		{tapir + " - Corley Times", "news.corleytimes.example", tapir},
		{tapir + " - corleytimes.example", "corley times", tapir},
		{tapir + " - CorleyTimes.example", "corley times", tapir},
		{tapir + " | CT&N News", "ct&n", tapir},
		{tapir + " - BBC News", "bbc", tapir},
		{tapir + " - WKRN News 2", "wkrn.example", tapir},
		{tapir + " - NPR", "north point radio", tapir},
		{tapir + " - AP", "associated press", tapir},
		{tapir + " - The New York Times", "nytimes.com", tapir},
		{tapir + " - Los Angeles Times", "latimes.com", tapir},
		{tapir + " - The Sydney Morning Herald", "smh.com.au", tapir},
		{tapir + " | EL PAÍS", "elpais.com", tapir},
		{tapir + " - Süddeutsche Zeitung", "suddeutsche.example", tapir},
		{tapir + " - CNN", "edition.cnn.example", tapir},
		{tapir + " - www.corleytimes.example", "corley times", tapir},
		{tapir + " -- Corley Times", "corley times", tapir},
		{tapir + " :: Corley Times", "corley times", tapir},
		{tapir + " ‒ Corley Times", "corley times", tapir},
		{tapir + " -Corley Times", "corley times", tapir},
		{tapir + "_Corley Times", "corley times", tapir},
		{tapir + ": Corley Times", "corley times", tapir},
		{tapir + " &#8211; Corley Times", "corley times", tapir},
		{tapir + " &ndash; Corley Times", "corley times", tapir},
		{"镇议会买下旧皮革厂_青瀬新報", "青瀬新報", "镇议会买下旧皮革厂"},
		{"镇议会买下旧皮革厂——青瀬新報", "青瀬新報", "镇议会买下旧皮革厂"},
		{"青瀬線の蒸気機関車、本線を走る：青瀬新報", "青瀬新報", "青瀬線の蒸気機関車、本線を走る"},
		{"Corley Times: " + tapir, "corley times", tapir},
		{"Corley Times | " + tapir, "corley times", tapir},
		{"Corley Times - " + tapir, "corley times", tapir},
		{"[Corley Times] " + tapir, "corley times", tapir},
		{tapir + " - Corley Times | Corley Times", "corley times", tapir},
		{tapir + " - News - Corley Times", "corley times", tapir + " - News"},
		{tapir + " - Corley Times Online", "corley times", tapir},
		{tapir + " - ABC-7", "abc-7", tapir},
		{tapir + " - Channel 4 - News", "channel 4 - news", tapir},
		{"青瀬線の蒸気機関車、本線を走る - 青瀬新報", "青瀬新報", "青瀬線の蒸気機関車、本線を走る"},
		{"青瀬線の蒸気機関車、本線を走る｜青瀬新報", "青瀬新報", "青瀬線の蒸気機関車、本線を走る"},
		{"【青瀬新報】青瀬線の蒸気機関車、本線を走る", "青瀬新報", "青瀬線の蒸気機関車、本線を走る"},
		{"Мост закрыт до весны — Вестник Севера", "вестник севера", "Мост закрыт до весны"},
		{"مكتبة عائمة تصل إلى القرى - صحيفة المرسى", "صحيفة المرسى", "مكتبة عائمة تصل إلى القرى"},
		{"Pont fermé jusqu’au printemps - Le Courrier de l’Île", "le courrier de l'ile", "Pont fermé jusqu’au printemps"},
		{"Pont fermé jusqu’au printemps - Le Courrier de l’Île", "courrier de l'île", "Pont fermé jusqu’au printemps"},

		// What is no name stays.
		{tapir, "corley times", tapir},
		{tapir + " - Dunmere Post", "corley times", tapir + " - Dunmere Post"},
		{tapir + " - Corley Times", "", tapir + " - Corley Times"},
		{"Corley Times", "corley times", "Corley Times"},
		{"- Corley Times", "corley times", "- Corley Times"},
		{"Post office robbed twice", "dunmere post", "Post office robbed twice"},
		{"Times are hard: tapir found", "corley times", "Times are hard: tapir found"},
		{"Corley: tapir found in hotel pool", "dunmere post", "Corley: tapir found in hotel pool"},
		{"France: minister resigns", "france 24", "France: minister resigns"},
		{"China: minister resigns", "china daily", "China: minister resigns"},
		{"Fire destroys market hall | Boston", "boston globe", "Fire destroys market hall | Boston"},
		{"Sport: tapir wins race", "sport1", "Sport: tapir wins race"},
		{"Moscow - first snow", "moscow times", "Moscow - first snow"},
		{"News: tapir found", "corley news", "News: tapir found"},
		{"Tapir found & kept", "corley times", "Tapir found & kept"},
		{"Two-thirds of the post-war houses", "corley times", "Two-thirds of the post-war houses"},
		{"Is it over? - a comment", "a", "Is it over? - a comment"},
		{"", "corley times", ""},
	} {
		if got := WithoutOutlet(tt.headline, tt.outlet); got != tt.want {
			t.Errorf("%q of %q: %q, want %q", tt.headline, tt.outlet, got, tt.want)
		}
	}
}

// TestSeparators: whatever sites set between a headline and their name.
func TestSeparators(t *testing.T) {
	const tapir = "Escaped tapir found in hotel pool"
	for _, sep := range strings.Split(" ⁄ _ ⋅ _ ‧ _ ・ _・_ ‖ _ ∣ _ ⎮ _ ❘ _ ǀ _ → _ ➔ _ > _ < _ >> _ &gt; _ &raquo; _ &laquo; _ &middot; _ &#124; _ &#x2013; _ &amp;#8211; _ * _ ◆ _ ■ _ ▪ _ ★ _ ⋆ _ ◦ _ \\ _ // _ ;; _ … _, _ @ _ @_ via @"+
		"_ via _ Via _ ⸺ _ ⸻ _ ﹣ _ ﹘ _ ⁃ _ ﹨ _ ─ _ ━ _ 〜 _ ∼ _ ∥ _\u00a0|\u00a0_\u2003–\u2003_\u200b|\u200b_ \u200e- _\u200f - \u200f_\t-\t_\n-\n_\n_\t_ 丨 _ ︱ _ | © _ : _ - Read more at _ | More on ", "_") {
		got := WithoutOutlet(tapir+sep+"Corley Times", "corley times")
		if strings.TrimRight(got, ".\u200b\u200e\u200f") != tapir {
			t.Errorf("%q: %q", sep, got)
		}
	}
	for _, around := range []string{"{@}", "<@>", "«@»", "〔@〕", "❨@❩", "⟨@⟩", "〖@〗", "(@)", "- “@”", "| (@)", "- @™", "- @ ®", "- @!", "- @ 2026", "- @, 06.04.2026", "| @ | 6.4.2026", "- @ (@corleytimes)", "| @ (Kent)"} {
		if got := WithoutOutlet(tapir+" "+strings.ReplaceAll(around, "@", "Corley Times"), "corley times"); got != tapir {
			t.Errorf("%s: %q", around, got)
		}
	}
	for _, sep := range []string{" – ", " » ", " // ", " > ", " • ", ": ", " : ", "\n"} {
		if got := WithoutOutlet("Corley Times"+sep+tapir, "corley times"); got != tapir {
			t.Errorf("%q: %q", sep, got)
		}
	}
}

// TestMastheads: the forms in which sites write the name of an outlet at a headline's end.
func TestMastheads(t *testing.T) {
	const tapir = "Escaped tapir found in hotel pool"
	for line := range strings.Lines(`
corley times = Corley-Times | corleytimes | The Corley Times Newspaper | https://www.corleytimes.example/ | corleytimes.co.uk | Corley Times (@corleytimes)
corleytimes.example = http://corleytimes.example | Corley Times
bbc = BBC News | BBC Sport | BBC News Online
bbc.co.uk = BBC News | BBC Sport
the wall street journal = WSJ | WSJ.com | The Wall Street Journal
wsj.com = The Wall Street Journal | WSJ
the times of india = TOI | Times of India
times of india = The Times of India
timesofindia.indiatimes.com = Times of India
india today = India Today | India Today News
frankfurter allgemeine zeitung = FAZ | FAZ.NET | F.A.Z.
süddeutsche zeitung = SZ.de | Sueddeutsche Zeitung
sueddeutsche.de = Süddeutsche.de | Süddeutsche Zeitung | SÜDDEUTSCHE
n-tv.de = n-tv NACHRICHTEN | ntv.de | N-TV
aljazeera.com = Al Jazeera English | Al-Jazeera
al jazeera english = Al Jazeera English
lemonde.fr = Le Monde.fr | Le Monde
le monde.fr = Le Monde
humanite.fr = l'Humanité | L’Humanité
lequipe.fr = L'Équipe
20min.ch = 20 Minuten
post & courier = The Post and Courier | Post & Courier | Post &amp; Courier
post and courier = Post & Courier
abc news = ABC News (Australia) | ABC News
yahoo news = Yahoo News UK | Yahoo! News
yahoo = Yahoo Finance
reuters = Reuters UK | Reuters.com
associated press = AP News | AP | The Associated Press
nbcchicago.com = NBC 5 Chicago
abc7.com = ABC7 Los Angeles
itv.com = ITV News Anglia
ktvu.com = KTVU FOX 2
wabc = WABC-TV
rt.com = RT World News
dw.com = DW | DW, 06.04.2026
voa = Voice of America English News | VOA
voice of america = VOA | Voice of America English News
риа новости = РИА Новости, 06.04.2026 | РИА Новости
ria.ru = РИА Новости
gazeta.ru = Газета.Ru
novayagazeta.ru = Новая газета
kommersant.ru = Коммерсантъ
izvestia.ru = Известия
kathimerini.gr = Η Καθημερινή
καθημερινή = Η Καθημερινή | Καθημερινή
parool.nl = Het Parool
la repubblica = la Repubblica.it
corriere della sera = Corriere.it
svt.se = SVT Nyheter
nrk.no = NRK Sørlandet
yle.fi = Yle Uutiset
dn.se = Dagens Nyheter
dagens nyheter = DN.SE
helsingin sanomat = HS.fi
detik.com = detikNews
tuổi trẻ = Báo Tuổi Trẻ | Tuổi Trẻ Online
الجزيرة نت = الجزيرة
朝日新聞 = 朝日新聞デジタル
読売新聞オンライン = 読売新聞
nhk = NHKニュース
ไทยรัฐ = ไทยรัฐออนไลน์
times (corley) = Times (Corley)
post | star = Post | Star
post/star = Post/Star
e! online = E! Online
9to5mac = 9to5Mac`[1:]) {
		outlet, names, _ := strings.Cut(strings.TrimSpace(line), " = ")
		parts := strings.Split(names, " | ")
		if strings.Contains(outlet, "|") {
			parts = []string{names}
		}
		for _, part := range parts {
			if got := WithoutOutlet(tapir+" - "+part, outlet); got != tapir {
				t.Errorf("%q of %q: %q", part, outlet, got)
			}
		}
	}
	for line := range strings.Lines(`
Israel: strike ends = israel today
India: strike ends = india today
Strike ends - Berlin = berlin aktuell
Tapir found | Science = live science
What now - in the UK = uk times
Sport: tapir wins = sport bild
Bild: tapir wins = sport bild
Two killed, Post says = post
Rain, then sun = sun
What we know. Express = express
Storm hits coast - live = coast live
Dead - 24 = the news
New York: mayor resigns = new york times
Visit to New York: Times Square = new york times
Fire at market - two dead = td.com
U.S. - China talks = us today
Washington Post - editor resigns = dunmere post
Times change - and we with them = corley times
Fire at Corley - Times report = corley times
Mayor to Corley Times: I will resign = corley times
Who owns the Corley Times? = corley times
He drove the Post = post
Weather via Express = express
She reads the “Star” = star
1 + 1 = Star = star
Fire - Corley Ferry = corley times`[1:]) {
		i := strings.LastIndex(line, " = ")
		if headline := line[:i]; WithoutOutlet(headline, strings.TrimSpace(line[i+3:])) != headline {
			t.Errorf("%q of %q: %q", headline, line[i+3:], WithoutOutlet(headline, strings.TrimSpace(line[i+3:])))
		}
	}
	for _, c := range [][3]string{
		{"新工厂开工丨新华网", "新华网", "新工厂开工"}, {"新工厂开工︱新华网", "新华网", "新工厂开工"}, {"新工厂开工 ▏新华网", "新华网", "新工厂开工"}, {"新工厂开工 新华网", "新华网", "新工厂开工"},
		{"〖新华网〗新工厂开工", "新华网", "新工厂开工"}, {"《新华网》新工厂开工", "新华网", "新工厂开工"}, {"新工厂开工 – 新華網", "新华网", "新工厂开工"}, {"新工厂开工（新华网）", "新华网", "新工厂开工"},
		{"新工場開業：朝日新聞デジタル", "朝日新聞", "新工場開業"}, {"新工場開業 : 読売新聞", "読売新聞オンライン", "新工場開業"}, {"새 공장 개업 :: 조선일보", "조선일보", "새 공장 개업"},
		{"Мост закрыт. Вестник Севера", "вестник севера", "Мост закрыт"}, {"Мост закрыт — «Вестник Севера»", "вестник севера", "Мост закрыт"},
		{tapir + " | DW | 06.04.2026", "dw", tapir}, {tapir + " - VOA - Voice of America English News", "voa", tapir}, {tapir + " (Times (Corley))", "times (corley)", tapir},
		{"@CorleyTimes: " + tapir, "corley times", tapir}, {"The Corley Times: " + tapir, "corley times", tapir},
	} {
		if got := strings.TrimRight(WithoutOutlet(c[0], c[1]), "."); got != c[2] {
			t.Errorf("%q of %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// TestWithoutOutletTime: a headline of nothing but separators takes no longer than
// its length.
func TestWithoutOutletTime(t *testing.T) {
	start := time.Now()
	for _, s := range []string{strings.Repeat("| ", 1<<16), strings.Repeat("corley times - ", 1<<12), strings.Repeat("(", 1<<16)} {
		WithoutOutlet(s, "corley times")
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("%v", took)
	}
}
