package text

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// wordsPlain is the naive twin of Words: everything through the folder, in
// chunks that end at line ends only.
func wordsPlain(s string) []Word {
	c := context{src: s, line: true}
	f := folders.Get().(*folder)
	defer folders.Put(f)
	for i := 0; i < len(s); {
		end := i + 1
		for end < len(s) && (s[end] != '\n' || strings.TrimLeft(s[end:], " \t\n\v\f\r") > "\x7f") {
			end++
		}
		f.words(&c, i, end)
		i = end
	}
	c.endLine()
	c.joinNumbers(nil)
	return c.dst
}

func hashes(words []Word) []uint64 {
	h := make([]uint64, len(words))
	for i, w := range words {
		h[i] = w.Hash
	}
	return h
}

func sources(s string) []string {
	var out []string
	for _, w := range Words(nil, s) {
		out = append(out, s[w.Start:w.End])
	}
	return out
}

func TestWordsSource(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"only punctuation", " -- … “”!", ""},
		{"english", "The well-known U.S. firm's 1,000 don't-knows (3.5%).", "The|well|known|U.S|firm's|1,000|don't|knows|3.5"},
		{"typeset", "“Don’t,” he said — twice…", "Don’t|he|said|twice"},
		{"references", "It&#8217;s &quot;caf&eacute;&quot;&nbsp;time &amp;quot;x&amp;quot; AT&T &c; a&b;", "It&#8217;s|caf&eacute;|time|x|AT|T|c|a|b"},
		{"soft hyphen", "co\u00adoperation zero\u200bwidth \ufeffbom", "co\u00adoperation|zero\u200bwidth|bom"},
		{"joined sentences", "the end.Next one example.com", "the|end|Next|one|example|com"},
		{"bad bytes", "caf\xe9 \xff\xfe ok", "caf|ok"},
		{"german", "Die Straße, „Größe“", "Die|Straße|Größe"},
		{"french", "l’homme aujourd'hui : « oui »", "l’homme|aujourd'hui|oui"},
		{"turkish", "İSTANBUL'da ısı", "İSTANBUL'da|ısı"},
		{"vietnamese", "Việt Nam", "Việt|Nam"},
		{"yoruba", "ẹ̀kọ́ Yorùbá", "ẹ̀kọ́|Yorùbá"},
		{"russian", "МОСКВА, 3 марта. Ёлка", "МОСКВА|3|марта|Ёлка"},
		{"ukrainian", "комп’ютер ім'я", "комп’ютер|ім'я"},
		{"greek", "Η Αθήνα, τους", "Η|Αθήνα|τους"},
		{"arabic", "قالَ الرئيسُ، إنّ ١٬٢٣٤٫٥", "قالَ|الرئيسُ|إنّ|١٬٢٣٤٫٥"},
		{"persian", "می\u200cخواهم ۱۴۰۲", "می|خواهم|۱۴۰۲"},
		{"hebrew", "צה\"ל צה״ל ג'ורג' שָׁלוֹם", "צה\"ל|צה״ל|ג'ורג|שָׁלוֹם"},
		{"hindi", "नई दिल्ली, ३ मार्च।", "नई|दिल्ली|३|मार्च"},
		{"amharic", "አዲስ አበባ፣ ኢትዮጵያ።", "አዲስ|አበባ|ኢትዮጵያ"},
		{"thai", "ที่นี่ ๒๕", "ที่|นี่|๒๕"},
		{"chinese", "新华社北京3月3日电", "新|华|社|北|京|3|月|3|日|电"},
		{"japanese", "東京タワーで、２０２４年", "東|京|タ|ワ|ー|で|２０２４|年"},
		{"half width", "ｶﾞｽ", "ｶﾞ|ｽ"},
		{"korean", "서울에서 2024년", "서울에서|2024|년"},
		{"khmer", "ភ្នំពេញ", "ភ្|នំ|ពេ|ញ"},
		{"ligature", "ﬁne ﷺ", "ﬁne|ﷺ"},
		{"emoji", "fire 🔥👩‍🚒 !", "fire"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(sources(test.in), "|")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("sources (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWordsAlike(t *testing.T) {
	for _, test := range []struct{ name, a, b string }{
		{"case", "STRASSE WEISS", "Straße weiß"},
		{"turkish capitals", "KADIN İŞÇİ ISI", "kadın işçi ısı"},
		{"turkish dot", "i\u0307stanbul", "İstanbul"},
		{"greek capitals", "ΑΘΗΝΑ ΤΟΥΣ ΆΓΙΟΣ", "Αθήνα τους Άγιος"},
		{"russian", "ЁЛКА за́мок", "елка замок"},
		{"apostrophes", "don't don`t", "don’t donʼt"},
		{"dashes", "twenty-one twenty – one", "twenty‑one twenty—one"},
		{"references", "l&#8217;&eacute;t&eacute; &quot;a&quot; x&amp;y", "l'été \"a\" x&y"},
		{"acronym", "U.S. J.K.", "US jk"},
		{"thousands", "1,000 1.000.000 1'000", "1000 1000000 1000"},
		{"decimals", "3,5 10.25 0.125 12345.678 1,234.5", "3.5 10,25 0,125 12345,678 1234,5"},
		{"full width", "ＡＢＣ　１，０００", "abc 1000"},
		{"digits", "١٢٣ ۴۵۶ १२३ ๑๒๓", "123 456 123 123"},
		{"url escapes", "a.example/%D0%9F%d1%80%D0%B8-x%20y 50% caf%C3%A9", "a.example При-x%20y 50% café"},
		{"arabic marks", "مُحَمَّد أحمد مـــحمد على", "محمد احمد محمد علي"},
		{"presentation forms", "ﻻ ﷲ", "لا الله"},
		{"persian", "می\u200cروم کتاب", "مي روم كتاب"},
		{"hebrew points", "שָׁלוֹם צה״ל", "שלום צה\"ל"},
		{"half width", "ｶﾞｽ", "ガス"},
		{"invisible", "co\u00adop\u200berate\ufe0f", "cooperate"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(hashes(Words(nil, test.b)), hashes(Words(nil, test.a))); diff != "" {
				t.Errorf("%q and %q (-want +got):\n%s", test.b, test.a, diff)
			}
		})
	}
}

func TestWordsKind(t *testing.T) {
	letters := map[Kind]byte{Number: 'N', Capital: 'C', Sentence: 'S', Paragraph: 'P', Quoted: 'Q'}
	for _, test := range []struct{ name, in, want string }{
		{"sentences", "One two. Three? no\nFour", "CSP - CS S CSP"},
		{"lower case goes on", "about 5 p.m. on Monday... he said", "SP N - - C - -"},
		{"initials and titles", "Then J. K. Smith met Dr. Who of the U.S. Senate. It", "CSP C C C - C C - - C C CS"},
		{"quotes", `He said "I am" and “so you” too`, "CSP - CQ Q - Q Q -"},
		{"german", "Er sagte: „Ich bin“ nun", "CSP - CQ Q -"},
		{"marks of two languages", `Er sagte: „Ich bin" nun, "so» da`, "CSP - CQ Q - Q -"},
		{"nested marks", `Il dit « je “suis” ici » puis`, "CSP - Q Q Q -"},
		{"french", "Il dit « je suis » ici", "CSP - Q Q -"},
		{"swedish", "Han sa ”jag är” här", "CSP - Q Q -"},
		{"japanese", "彼「私」と。次", "SP Q - S"},
		{"single", "The ‘dogs’ don’t", "CSP Q -"},
		{"unclosed", "\"I am\nyou are", "CSPQ Q SP -"},
		{"inches", `a 5'11" man and 5" more`, "SP N - - N -"},
		{"reference", "He &quot;is&quot; it", "CSP Q -"},
		{"arabic", "ما هذا؟ نعم", "SP - S"},
		{"hindi", "यह है। वह", "SP - S"},
		{"amharic", "ነው። እሱ", "SP S"},
		{"full width", "Ａ１！b", "CNSP S"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, w := range Words(nil, test.in) {
				k := ""
				for _, bit := range []Kind{Capital, Number, Sentence, Paragraph, Quoted} {
					if w.Kind&bit != 0 {
						k += string(letters[bit])
					}
				}
				if k == "" {
					k = "-"
				}
				got = append(got, k)
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("kinds of %q (-want +got):\n%s", test.in, diff)
			}
		})
	}
}

func TestNormal(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"empty", " — ", ""},
		{"english", "“Don’t Panic,” U.S. says: 1,000 well-known caf&eacute;s", "don't panic us says 1000 well known cafés"},
		{"turkish", "İŞÇİ ve ışık", "işçi ve işik"},
		{"german", "Straße", "strasse"},
		{"greek", "Αθήνα", "αθηνα"},
		{"arabic", "أحمدُ", "احمد"},
		{"chinese", "北京：３月", "北 京 3 月"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Normal(test.in); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// The hashes are kept in databases: a change here makes them all worthless.
func TestHashGolden(t *testing.T) {
	for _, test := range []struct {
		in   string
		want uint64
	}{
		{"a", 0xfb761138e1e0a78c}, {"the", 0x7c8df767fb484a57}, {"eighteen", 0x4465fb580ed9057a}, {"seventeen", 0x980a1a1420c9df7a}, {"internationalization", 0x9c85c41154424645},
		{"don’t", 0x9c061d66e2b9744c}, {"1,000", 0x565201d0c8130807}, {"Москва", 0x57250ce74ceafb80}, {"の", 0x7142ae4726572a93}, {"東", 0x8ec708d8ad9fc971},
	} {
		if got := Words(nil, test.in); len(got) != 1 || got[0].Hash != test.want {
			t.Errorf("%q: got %#x, want %#x", test.in, got, test.want)
		}
	}
}

// Both halves of the hash spread as if thrown by chance: the fullest of 65,536
// boxes for a million numbers and words holds about 15 + 6 standard deviations.
func TestHashSpread(t *testing.T) {
	var low, high [1 << 16]int
	for i := range 1 << 20 {
		h := Hash(fmt.Appendf(nil, "%x", i))
		low[h&0xFFFF]++
		high[h>>48]++
	}
	if l, h := slices.Max(low[:]), slices.Max(high[:]); l > 45 || h > 45 {
		t.Errorf("fullest box %d by the low bits, %d by the high ones; want 16 on average, at most 45", l, h)
	}
}

// Hostile texts of a quarter megabyte take no longer an octet than others: with a
// quadratic step most would take minutes.
func TestWordsLinear(t *testing.T) {
	const size = 1 << 18
	for _, unit := range []string{"&", "&amp;", "&#", "'", "a'", "a.", "1,", "\"", "\" ", "“", "« ", "\u0301", "a\u0301", "\u00ad",
		"a", "é", "東", "ア", "が", "ที่", "א\"", "\xff", "\n", ". ", "각", "\u1100",
		"1 ", "1 380 ", "380 ", "1,", "1km ", "1만", "5 million ", "5 mil ", "一", "十五", "三千", "1\u200b \u200b", "5 m €", "5;", "yüzde 5 ", "5 lakh crore ", "1억2천만 ",
		"م\u200c", "\u3164", "a\uffa0", "ก \u0e49", "ก\u00a0", "\u00a0\u00ad", "\n\u00ad", "เ", "अा", "ന്\u200d", "א”", "а", "ј", "&#8203;"} {
		for _, end := range []string{"", "\u0301", "&"} {
			s := strings.Repeat(unit, size/len(unit)) + end
			if got := Words(nil, s); len(got) > size {
				t.Errorf("%q: %d words", unit, len(got))
			}
		}
	}
}

func TestWordsAppends(t *testing.T) {
	first := Words(nil, `“One. two`)
	both := Words(slices.Clone(first), "Three “x” don’t")
	if diff := cmp.Diff(append(first, Words(nil, "Three “x” don’t")...), both); diff != "" {
		t.Errorf("appended (-want +got):\n%s", diff)
	}
}

// Every character of the BMP (of the large blocks of like ones every 61st), in
// the places where it could join words, gives the same words by the fast ways
// as by the folder.
func TestWordsEveryRune(t *testing.T) {
	bad := 0
	for r := rune(1); r < 0xFFFF && bad < 20; r++ {
		if (r > 0x3400 && r < 0xA000 || r > 0xAC00 && r < 0xF900) && r%61 != 0 {
			continue
		}
		c := string(r)
		s := "a" + c + "b 1" + c + "000 א" + c + "א 東" + c + "ア я" + c + "\u0301 " + c + c + "e" + c + " x" + c + "'y’" + c + "z"
		s += "\nم" + c + "ی ന്" + c + "റ ก" + c + "ั ก" + c + " \u0e49า ћ" + c + "ј अ" + c + "ा"
		for _, s := range []string{s, norm.NFD.String(s)} {
			if want, got := wordsPlain(s), Words(nil, s); !slices.Equal(want, got) {
				t.Errorf("U+%04X %q (-plain +fast):\n%s", r, s, cmp.Diff(want, got))
				bad++
			}
		}
	}
}

// Every letter that has case or is composed, in a word and with each mark of the alphabets
// behind it, gives what is true of the words of any text. A line has the words of one letter.
func TestWordsEveryCase(t *testing.T) {
	for r := rune(0x80); r < 0x1FFFF; r++ {
		c := string(r)
		if r == unicode.ToUpper(r) && r == unicode.ToLower(r) && r == unicode.ToTitle(r) && (r >= 0x3000 || norm.NFD.IsNormalString(c)) {
			continue
		}
		var line strings.Builder
		fmt.Fprintf(&line, "%s a%s 1%s ե%s с%sт", c, c, c, c, c)
		for mark := rune(0x0300); mark < 0x0370; mark++ {
			if mark != iotaBelow && !attached(c+string(mark)) {
				line.WriteString(" a" + c + string(mark))
			}
		}
		checkWords(t, line.String())
	}
}

// telling are the characters that some rule of the normal form is about, and some that are beside.
var telling = []string{
	"a", "i", "İ", "ı", "h", "ẖ", "ĥ", "s", "ș", "ß", "œ", "ſ", "é", "oà", "ò", "\u0301", "\u0307", "\u0323", "\u0331", "\u0327", "\u0344", "α", "ά", "Σ",
	"ͺ", "с", "ћ", "ё", "й", "з", "ե", "վ", "և", "ŉ", "ŀ", "’", "'", "\"", "“", "”", "״", ".", ",", " ", "\n", "\u00ad", "\u200d", "\u200c", "\u2028", "א",
	"ל", "\u05b0", "م", "ی", "ى", "\u0654", "\u064b", "ہ", "ﷺ", "ﹷ", "न", "्", "द", "क", "\u093c", "अ", "ा", "ന", "്", "ൻ", "റ", "െ", "ൌ", "ൗ", "ේ", "ෙ",
	"්", "ె", "ౖ", "ౕ", "ก", "ำ", "\u0e49", "ํ", "า", "เ", "ຫ", "ນ", "ໜ", "ཀ", "ྵ", "ស", "្", "រ", "ដ", "၀", "ဝ", "၄", "င", "၂", "東", "ア", "ｶ", "ﾞ", "\u3099",
	"ー", "각", "\u1100", "\u1161", "\u11a8", "\u3164", "\u1160", "1", "0", "000", "٣", "٬", "٫", "½", "²", "①", "Ⅳ", "€", "$", "%", "km", "m", "million", "тыс",
	"万", "一", "三", "十", "·", "·l", "_", ":", "\ufe00", "\ufffd", "\U0001d400", "\U00010400", "ሐ", "Ꭰ", "ა", "℃", "㎏", "ﬁ", "&amp;", "&#769;", "%CC%81", "-",
	"—", "\u202f", "\u00a0", "ʼ", "ʹ", "ǰ", "ǆ", "ᾳ", "ΐ", "ʾ", "\u20d2", "\u1ab0",
}

// Any two of the characters that have a rule, together and with a third, give what is true of the
// words of any text.
func TestWordsEveryPair(t *testing.T) {
	for _, a := range telling {
		for _, b := range telling {
			for _, c := range []string{"", "i", "\u0307", "ᅡ"} {
				checkWords(t, a+b+c)
			}
			checkWords(t, a+" "+b)
		}
	}
}

var seeds = []string{
	"The quick brown fox didn't jump over 1,000 U.S. dogs. \"No,\" he said.\nNext—line…",
	"“Don’t” l’été café ﬁ &quot;x&quot; &#8217; &amp;amp; AT&T",
	"a\u0301bc e\u0323\u0300 ΑΘΉΝΑ ς ß İı ſ K Å",
	"القاهرة (رويترز) - قالَ ١٢٣ صה\"ל",
	"東京（共同）ガス ｶﾞ ที่นี่ 서울 각",
	"a.b.c 1.2,3'4 x.yz 1.000a a'1 'a' `b` ..a.. a..b",
	"\xff\xe2\x80\xe2\x80\x9c\x80a\xcc",
	"می\u200cرود م\u064b\u200c\u200dر ന്\u200d ൻ്റ അ\u0d3e ก\n\u0e49ำ ทํา་བོད་\nཡིག Његош ћ\u0301 с\u0301 ґ",
	"tap\u3164ir\u1160x ṣ\u0329o\u0326 ŉ ŀl œ װ ևեվ 國\ufe00際 在 A 在A\u3164",
	"&“0 צה”ל “צ”",
	"1 380 1\u202f380,5 2,34,000 1&nbsp;380 23,4 тыс. $1.2bn 5m €5M 5km Rs5,000 3 млн. 400 тыс. 5 mil. yüzde 50 50 per cent",
	"三千四百人 3万4千 一・二億 二〇二六年 百分之五十 三点五 六日 138만 원 1억2천만원 ３千 3 พัน 5 ล้าน و400 ألف ٣٫٥٪",
	"కై\u0c55 කේ ĥ\u0331 İ\u0323 и\u0331\u0301 i\u20d2\u0307 é\u17d2\u178a ћΐ ћ İก\u1161 ẖെ\u0d4c Y\u030a\u030a ẖ\u0323 T\u0308 ǰ ẘ",
	"Ѐџ", "џак е\u0300 ѝ",
	"http://a.example/%D8%A5%d8%B7-x%20y%C3%A9z 50% %D8 100%a 東%E4%BA%AC\"%D7%9C a'%D0%B5.%C3%A9",
}

func FuzzWords(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(checkWords)
}

// checkWords holds what is true of the words of any text.
func checkWords(t *testing.T, s string) {
	got := Words(nil, s)
	end := uint32(0)
	for _, w := range got {
		if w.Start < end || w.End <= w.Start || int(w.End) > len(s) {
			t.Fatalf("%q: word %+v after %d", s, w, end)
		}
		if utf8.ValidString(s) && !utf8.ValidString(s[w.Start:w.End]) {
			t.Fatalf("%q: word %+v cuts a rune", s, w)
		}
		end = w.End
	}
	if len(s) > maxChunk {
		return
	}
	if plain := wordsPlain(s); !slices.Equal(plain, got) {
		t.Fatalf("%q (-plain +fast):\n%s", s, cmp.Diff(plain, got))
	}
	if !utf8.ValidString(s) {
		return
	}
	alike := func(names string, a, b []uint64) {
		if !slices.Equal(a, b) {
			t.Fatalf("%q (%s):\n%s", s, names, cmp.Diff(a, b))
		}
	}
	var forms []uint64
	for form := range strings.FieldsSeq(Normal(s)) {
		forms = append(forms, Hash([]byte(form)))
	}
	alike("-normal +words", forms, hashes(got))
	if letters, ok := Letters(nil, s); ok {
		before := ""
		for form := range strings.FieldsSeq(Normal(s)) {
			if strings.Trim(form, "abcdefghijklmnopqrstuvwxyz") != "" {
				before = ""
				continue
			}
			if !strings.Contains(string(letters), before+form) {
				t.Fatalf("%q has the words %q and %q, and not among its letters %q", s, before, form, letters)
			}
			before = form
		}
	}
	if !attached(s) {
		alike("-nfc +nfd", hashes(Words(nil, norm.NFC.String(s))), hashes(Words(nil, norm.NFD.String(s))))
	}
	if strings.ContainsRune(s, '&') {
		return // the names of character references have case
	}
	if strings.ContainsRune(s, iotaBelow) {
		return // this mark is a letter of its own in capitals
	}
	alike("-lower +upper", hashes(Words(nil, strings.ToLower(s))), hashes(Words(nil, strings.ToUpper(s))))
}

const iotaBelow = 0x0345

// attached reports whether a word of s has a comma below and another mark attached below, or
// characters that may stand for one. The comma is made a cedilla before the text is composed. Of
// two marks on one letter that are attached below the order counts, so it then depends on which of
// them the letter had in one character with it. No language writes both.
func attached(s string) bool {
	return commaAttached.MatchString(norm.NFD.String(s))
}

var commaAttached = regexp.MustCompile(`[\x{0321}\x{0322}\x{0327}\x{0328}\x{1DD0}&%]\S*\x{0326}|\x{0326}\S*[\x{0321}\x{0322}\x{0326}-\x{0328}\x{1DD0}&%]`)
