package charset

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

const russian = "Паром сел на мель у входа в гавань, пассажиров сняли спасатели. Никто не пострадал, сообщила служба. Капитан объяснил аварию туманом."

func encode(t testing.TB, name, s string) []byte {
	t.Helper()
	e, err := htmlindex.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestUTF8(t *testing.T) {
	german := "Die Fähre lief vor der Küste auf Grund."
	for _, tt := range []struct {
		name, encoding, contentType, text, want string
	}{
		{"empty", "utf-8", "", "", "utf-8"},
		{"utf-8", "utf-8", "", german, "utf-8"},
		{"declared by the server", "windows-1251", "text/html; charset=windows-1251", russian, "windows-1251"},
		{"declared by the page", "koi8-r", "", `<meta charset="koi8-r">` + russian, "koi8-r"},
		{"declared in the old way", "windows-1252", "", `<META http-equiv=Content-Type content="text/html; charset=ISO-8859-1">` + german, "windows-1252"},
		{"declared by XML", "gb18030", "", `<?xml version="1.0" encoding="gb18030"?><html>渡轮在港口外搁浅`, "gb18030"},
		{"server before page", "big5", "text/html; charset=Big5", `<meta charset="utf-8">渡輪在港口外擱淺`, "big5"},
		{"Japanese of ASCII bytes", "iso-2022-jp", "text/html; charset=iso-2022-jp", "フェリーが座礁した", "iso-2022-jp"},
		{"UTF-8 outranks what is declared", "utf-8", "text/html; charset=iso-8859-1", german, "utf-8"},
		{"UTF-16 without a mark", "utf-16le", "", german, "utf-16le"},
		{"not declared, Russian", "windows-1251", "", strings.Repeat(russian, 3), "windows-1251"},
		{"not declared, by a browser's other name", "windows-1251", "", strings.Repeat("Паром со 212 пассажирами на борту сел на мель у Скархольма рано утром в четверг, сообщила береговая охрана. ", 6), "windows-1251"},
		{"not declared, Ukrainian", "koi8-u", "", strings.Repeat("Пором із 212 пасажирами на борту сів на мілину, повідомила берегова охорона, її рейси скасовано. ", 6), "koi8-u"},
		{"not declared, Japanese of ASCII bytes", "iso-2022-jp", "", "フェリーが座礁した", "iso-2022-jp"},
		{"declared Latin by the server, by the page what it is", "windows-1254", "text/html; charset=ISO-8859-1", `<meta charset="windows-1254">İğne, ığdır, şişe`, "windows-1254"},
		{"declared Latin by mistake", "windows-1251", "text/html; charset=ISO-8859-1", strings.Repeat(russian, 3), "windows-1251"},
		{"declared Latin by mistake, Korean", "euc-kr", "text/html; charset=ISO-8859-1", strings.Repeat("승객을 태운 여객선이 목요일 새벽 앞바다에서 좌초했다고 해안경비대가 밝혔다. ", 6), "euc-kr"},
		{"Latin with rows of signs", "windows-1252", "text/html; charset=ISO-8859-1", strings.Repeat("— ••••• »»» À l’été, l’île… ", 9), "windows-1252"},
		{"declared UTF-8 by the server, by the page what it is", "iso-8859-2", "text/html; charset=utf-8", `<meta charset="iso-8859-2">Prom osiadł na mieliźnie, źródło: straż`, "iso-8859-2"},
		{"declared by a name that is none", "windows-1252", "text/html; charset=none", `<meta charset="windows-1252">Fähre vor der Küste`, "windows-1252"},
		{"UTF-16 without a mark, Russian", "utf-16be", "", russian, "utf-16be"},
		{"UTF-16 without a mark, a Japanese page", "utf-16le", "", "<p>フェリーが座礁した</p>\n<p>2</p>", "utf-16le"},
		{"UTF-16 that is declared in bytes of ASCII", "windows-1252", "", `<meta charset="utf-16">` + strings.Repeat("Die Fähre lief vor der Küste auf Grund, für alle überraschend. Größere Schäden blieben aus, hieß es später. ", 6), "windows-1254"}, // the same letters,
		{"not declared, Japanese", "shift_jis", "", strings.Repeat("フェリーが港の入り口で座礁し、乗客は救助された。けが人はいなかった。", 5), "shift_jis"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, name, err := UTF8(encode(t, tt.encoding, tt.text), tt.contentType)
			if err != nil || string(text) != tt.text || name != tt.want {
				t.Errorf("got %q, %q, %v; want %q", text, name, err, tt.want)
			}
		})
	}
}

func TestUTF8Refuses(t *testing.T) {
	for _, tt := range []struct{ name, data, contentType, why string }{
		{"UTF-32", "\xff\xfe\x00\x00a\x00\x00\x00", "", "UTF-32 text"},
		{"an encoding that is none", "caf\xe9", "text/html; charset=ebcdic-us", "ebcdic-us"},
		{"no UTF-8 though declared", strings.Repeat("\xe4\xf6\xfc\xdf ", 200) + "\x81\x8d", "text/html; charset=utf-8", ""},
		{"Latin of rows of letters", string(encode(t, "windows-1256", strings.Repeat("جنحت عبارة على متنها ركاب قبالة الميناء. ", 9))), "text/html; charset=iso-8859-1", "not the windows-1252 that it says it is: its letters beyond ASCII stand in rows; it may be windows-125"},
		{"too little to tell", "caf\xe9", "", "neither declared"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if text, name, err := UTF8([]byte(tt.data), tt.contentType); err == nil || !strings.Contains(err.Error(), tt.why) {
				t.Errorf("read as %s: %q, %v; want an error with %q", name, text, err, tt.why)
			}
		})
	}
}

// What fits several encodings equally well is told alike each time.
func TestDetectAlike(t *testing.T) {
	for _, data := range []string{"T\xb2\xc4'\xb2\xf4j\xce\xb2%\x9f\xae\xda\x9d\xa9@s", "-;\xd9FU&\xb1\xba\x99\xc7\xb4X\xe4\xd0\xe7l~.\xf7\x9c*\xa2"} {
		name, certain := detect([]byte(data))
		for range 30 {
			if again, sure := detect([]byte(data)); again != name || sure != certain {
				t.Fatalf("%q: %s (certain %t), then %s (%t)", data, name, certain, again, sure)
			}
		}
	}
}

// FuzzUTF8 holds that whatever comes, the result is UTF-8.
func FuzzUTF8(f *testing.F) {
	f.Add(encode(f, "windows-1251", russian), "")
	f.Add([]byte("\xff\xfea\x00"), "")
	f.Add([]byte(`<meta charset="big5">`), "text/html; charset=shift_jis")
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		text, name, err := UTF8(data, contentType)
		if err == nil && (!utf8.Valid(text) || name == "") {
			t.Errorf("%q is no UTF-8 (%s)", text, name)
		}
	})
}
