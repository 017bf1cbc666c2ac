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
