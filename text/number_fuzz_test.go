package text

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// grouped writes n with a separator between its groups of three digits.
func grouped(n uint64, separator string) string {
	s := strconv.FormatUint(n, 10)
	var parts []string
	for len(s) > 3 {
		parts = append(parts, s[len(s)-3:])
		s = s[:len(s)-3]
	}
	slices.Reverse(parts)
	return strings.Join(append([]string{s}, parts...), separator)
}

// indian writes n in lakhs and crores.
func indian(n uint64) string {
	if n < 100_000 {
		return grouped(n, ",")
	}
	s := fmt.Sprintf(",%03d", n%1000)
	n /= 1000
	for n >= 100 {
		s = fmt.Sprintf(",%02d", n%100) + s
		n /= 100
	}
	return strconv.FormatUint(n, 10) + s
}

// inDigits writes the ASCII digits of s in those that begin with zero.
func inDigits(s string, zero rune) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return zero + r - '0'
		}
		return r
	}, s)
}

// kanji writes n, below 10^16, in Chinese numerals.
func kanji(n uint64, digits, units, large string) string {
	d, u, l := []rune(digits), []rune(units), []rune(large)
	var out []rune
	for k := 3; k >= 0; k-- {
		part := n
		for range k {
			part /= 10_000
		}
		part %= 10_000
		if part == 0 {
			continue
		}
		div := uint64(1000)
		for i := 2; i >= -1; i-- {
			x := part / div % 10
			if x > 0 && (x > 1 || i < 0 || i == 2 && k > 0) {
				out = append(out, d[x])
			}
			if x > 0 && i >= 0 {
				out = append(out, u[i])
			}
			div = max(1, div/10)
		}
		if k > 0 {
			out = append(out, l[k-1])
		}
	}
	return string(out)
}

// mixed writes n with figures before the large units: 12億3400万567.
func mixed(n uint64, large []string) string {
	var out strings.Builder
	for k := 3; k >= 0; k-- {
		part := n
		for range k {
			part /= 10_000
		}
		if part %= 10_000; part > 0 {
			out.WriteString(strconv.FormatUint(part, 10))
			if k > 0 {
				out.WriteString(large[k-1])
			}
		}
	}
	return out.String()
}

// scaled writes n as a fraction of ten to the power exp.
func scaled(n uint64, exp int, point, unit string) string {
	form := string(amount{n, -exp}.append(nil))
	return strings.Replace(form, ".", point, 1) + unit
}

// styles are ways to write a whole number; each gives "" where it has none for n.
var styles = []func(n uint64) string{
	func(n uint64) string { return strconv.FormatUint(n, 10) },
	func(n uint64) string { return grouped(n, ",") },
	func(n uint64) string { return grouped(n, ".") },
	func(n uint64) string { return grouped(n, " ") },
	func(n uint64) string { return grouped(n, "\u00a0") },
	func(n uint64) string { return grouped(n, "\u202f") },
	func(n uint64) string { return grouped(n, "\u2009") },
	func(n uint64) string { return grouped(n, "&nbsp;") },
	func(n uint64) string { return grouped(n, "&#8239;") },
	func(n uint64) string { return grouped(n, "'") },
	func(n uint64) string { return grouped(n, "’") },
	func(n uint64) string { return inDigits(grouped(n, "٬"), '٠') },
	func(n uint64) string { return inDigits(grouped(n, "،"), '۰') },
	func(n uint64) string { return inDigits(grouped(n, " "), '٠') },
	func(n uint64) string { return inDigits(indian(n), '०') },
	func(n uint64) string { return inDigits(grouped(n, ","), '๐') },
	func(n uint64) string { return inDigits(grouped(n, "，"), '０') },
	func(n uint64) string { return inDigits(strconv.FormatUint(n, 10), '𝟎') },
	indian,
	unlessShort(func(n uint64) string { return kanji(n, "〇一二三四五六七八九", "十百千", "万億兆") }),
	unlessShort(func(n uint64) string { return kanji(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", "萬亿兆") }),
	unlessSmall(10_000, func(n uint64) string { return mixed(n, []string{"万", "億", "兆"}) }),
	unlessSmall(10_000, func(n uint64) string { return mixed(n, []string{"만", "억", "조"}) }),
	unlessSmall(10_000, func(n uint64) string { return mixed(n, []string{"만 ", "억 ", "조 "}) }),
	unlessSmall(1000, inUnits(3, " тыс.", " тысяч", " tys.", " χιλ.", " ezer", " هزار", " ألف", " हजार", " พัน", " ribu")),
	unlessSmall(1_000_000, inUnits(6, " млн", " million", "mln", " mln.", " Mio.", " Millionen", " millones", " milhões", " εκατ.", " مليون", " ล้าน", " triệu", " juta", "m euros")),
	unlessSmall(1_000_000_000, inUnits(9, " млрд", " billion", "bn", " Mrd.", " mld", " milliards", " miliardi", " مليار", " tỷ", " milyar")),
	unlessSmall(10_000_000, inUnits(7, " crore", " करोड़", "करोड़", " কোটি")),
}

// unlessShort has none for what is a short form in Chinese: 一万五, which is 15000.
func unlessShort(style func(uint64) string) func(uint64) string {
	return unlessSmall(1001, func(n uint64) string {
		form := style(n)
		if n%10 > 0 && utf8.RuneCountInString(form) == 3 {
			return ""
		}
		return form
	})
}

func unlessSmall(least uint64, style func(uint64) string) func(uint64) string {
	return func(n uint64) string {
		if n < least {
			return ""
		}
		return style(n)
	}
}

func inUnits(exp int, units ...string) func(uint64) string {
	return func(n uint64) string {
		unit := units[n%uint64(len(units))]
		point := ","
		if n/7%2 == 0 {
			point = "."
		}
		form := scaled(n, exp, point, unit)
		whole, fraction, _ := strings.Cut(strings.TrimSuffix(form, unit), point)
		if len(fraction) == 3 && len(whole) <= 3 && whole != "0" { // which has two readings
			return ""
		}
		return form
	}
}

// checkStyle writes n in a style within a sentence and reads it again.
func checkStyle(t *testing.T, n uint64, style int) {
	form := styles[style](n)
	if form == "" {
		return
	}
	s := "abc " + form + " xyz"
	words := Words(nil, s)
	want := []uint64{Hash("abc"), Hash(strconv.FormatUint(n, 10)), Hash("xyz")}
	got := hashes(words)
	if strings.HasSuffix(form, "m euros") {
		got = slices.Delete(got, 2, 3)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%d as %q is %q (-want +got):\n%s", n, form, Normal(s), diff)
		return
	}
	w := words[1]
	if w.Kind&(Number|Value) != Number|Value || w.Start != 4 || int(w.Letters) != len(strconv.FormatUint(n, 10)) {
		t.Errorf("%d as %q is %+v", n, form, w)
	}
}

// FuzzNumber writes a number in every style and reads its value.
func FuzzNumber(f *testing.F) {
	for _, n := range []uint64{0, 1, 10, 11, 20, 99, 100, 101, 999, 1000, 1001, 1380, 9999, 10_000, 10_005, 23_400, 100_000, 234_000, 1_000_000, 10_030_000,
		41_500_000, 120_000_000, 1_000_000_000, 1_010_100_110_011, 9_999_999_999_999_999} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n uint64) {
		n %= 1e16
		for style := range styles {
			checkStyle(t, n, style)
		}
	})
}

// TestNumberStyles does the same for values of all lengths.
func TestNumberStyles(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 2))
	for range 1000 {
		n := r.Uint64() % 1e16
		for range r.IntN(15) {
			n /= 10
		}
		if zeros := r.IntN(4); zeros > 0 { // as in news, round
			for range zeros {
				n = n / 1000 * 1000
			}
		}
		for style := range styles {
			checkStyle(t, n, style)
		}
		if t.Failed() {
			return
		}
	}
}

// TestNumbersAnywhere puts what numbers are made of in any order: words are in
// order and apart, the same by the fast ways and the folder, and Normal has them.
func TestNumbersAnywhere(t *testing.T) {
	pieces := strings.Fields("1 380 2026 1.380 3,5 0 007 23 4 12:30 5km 138만원 억 만 천 五 十 百 千 万 億 一 人 円 第 分 之 点 ・ тыс. млн million k m b bn mil bin lakh crore " +
		"de milioane ألف و و400 € $ - % per cent yüzde ร้อยละ ล้าน 50 &nbsp; &#160; , . ' ’ ( ; Rs Rp euros que korun 제 조 ５ ٣ ½ ² 5' 1½ ⅓ 1⁄2 10⁶ − -5 .5 ‰ promille 三万五 点五 か月 ヶ国 [ am uhr 10.30 £5-6m Rp1,5 T -strong -en boeing \u00ad \u200b \u0301 \n")
	r := rand.New(rand.NewPCG(1, 380))
	checkWords(t, "6日0만\u0e48")
	for range 4000 {
		var b strings.Builder
		for range 1 + r.IntN(12) {
			b.WriteString(pieces[r.IntN(len(pieces))])
			if r.IntN(5) < 3 {
				b.WriteString(" ")
			}
		}
		checkWords(t, b.String())
		if t.Failed() {
			return
		}
	}
}

// TestAnySpaceGroups: a space of any width parts the groups of a number.
func TestAnySpaceGroups(t *testing.T) {
	for r := rune(0x80); r < 0x3001; r++ {
		if !unicode.Is(unicode.Zs, r) {
			continue
		}
		if got := Normal("23" + string(r) + "400 people"); got != "23400 people" {
			t.Errorf("with U+%04X: %q", r, got)
		}
	}
}

func TestNumbersGolden(t *testing.T) {
	rows := 0
	for _, g := range goldenNumbers {
		t.Run(g.language, func(t *testing.T) {
			for line := range strings.SplitSeq(strings.TrimSpace(g.lines), "\n") {
				ways, want, _ := strings.Cut(line, " = ")
				want = strings.Map(simplified, want)
				for way := range strings.SplitSeq(ways, " | ") {
					rows++
					if diff := cmp.Diff(want, Normal(way)); diff != "" {
						t.Errorf("words of %q (-want +got):\n%s", way, diff)
					}
					var forms []uint64
					for form := range strings.FieldsSeq(want) {
						forms = append(forms, Hash(form))
					}
					if diff := cmp.Diff(forms, hashes(Words(nil, way))); diff != "" {
						t.Errorf("hashes of %q (-want +got):\n%s", way, diff)
					}
				}
			}
		})
	}
	if rows < 250 {
		t.Errorf("%d ways of writing", rows)
	}
}
