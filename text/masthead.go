package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// masthead is the name of an outlet in the forms that are looked for. Of a host it is
// nothing but its labels.
type masthead struct {
	names  [][]string // its words in normal form without accents, in each of its spellings
	labels []string   // of a host, without its ending and what every host may have
	long   bool       // it has two words and more, and so is no word of a headline
}

// generic are words that a name has or has not, and sections those that may stand with
// it: they tell no outlet from another.
var (
	generic = nameSet("the a an news online tv radio com net org www m amp mobile app web newspaper edition website official and und et y och og " +
		"der die das le la les l el il lo los las gli o os as de het den det η ο το τα οι نت 网 網 オンライン デジタル 電子版 ออนไลน์")
	sections = nameSet("digital live video site home page uk us usa eu world international india australia canada africa asia english espanol francais deutsch turkce " +
		"sport sports business finance money politics opinion breaking latest today local national e i en in " +
		"nachrichten aktuell nyheter nyheder uutiset noticias notizie actualites info haber haberler haberleri berita bao tin wiadomosci zpravy spravy hirek stiri vijesti vesti novosti " +
		"газета новости новини вести اخبار 뉴스 新闻 ニュース นิวส์ समाचार")
)

// leading are words that a site sets before its name.
var leading = nameSet("read more on at by from via source on quelle bei auf sur fuente en fonte su zrodło kaynak")

func nameSet(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		set[norm.NFD.String(name)] = true
	}
	return set
}

func mastheadOf(outlet string) (m masthead) {
	if !strings.Contains(outlet, " ") && strings.Contains(outlet, ".") {
		labels := strings.Split(outlet[:strings.LastIndexByte(outlet, '.')], ".")
		for i, label := range labels {
			if label = strings.Join(bareWords(label), ""); label != "" && (!generic[label] || i == len(labels)-1 && len(m.labels) == 0) {
				m.labels = append(m.labels, label)
			}
		}
		return m
	}
	if i := hostEnding(outlet); i > 0 {
		outlet = outlet[:i]
	}
	m.names = latinForms(outlet)
	m.long = len(m.names[0]) > 1 || unspacedRune(outlet) && utf8.RuneCountInString(outlet) > 2
	return m
}

// bareWords are the words of s in normal form without accents.
func bareWords(s string) []string {
	return strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) && r < 0x0370 {
			return -1
		}
		return r
	}, norm.NFD.String(Normal(s))), func(r rune) bool { return r == ' ' || r == '\'' })
}

// digraphs are letters that hosts write by two.
var digraphs = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ø", "oe", "æ", "ae", "å", "aa", "Ä", "ae", "Ö", "oe", "Ü", "ue", "Ø", "oe", "Æ", "ae", "Å", "aa")

// latinForms are the words of s as they are, and in the Latin letters that hosts write
// for those of German, the North, Russian and Greek.
func latinForms(s string) [][]string {
	list := [][]string{bareWords(s)}
	if two := digraphs.Replace(s); two != s {
		list = append(list, bareWords(two))
	}
	if latin := romanise(list[0]); latin != nil {
		list = append(list, latin)
	}
	return list
}

// whole reports whether part of a headline is the outlet's whole name, letter for
// letter, or with a generic word written to it.
func (m *masthead) whole(part string) bool {
	words := strings.Join(bareWords(part), "")
	return words != "" && slices.ContainsFunc(m.names, func(name []string) bool {
		own := strings.Join(name, "")
		return own == words || isWithGeneric(words, own) || (len(name) == 1 || unspacedRune(own)) && isWithGeneric(own, words)
	})
}

// is reports whether part of a headline is the outlet's name, alone or with what sites
// set behind it: a day ("DW | 06.04.2026"), an ending ("Le Monde.fr"), something in
// brackets ("ABC News (Australia)").
func (m *masthead) is(part string) bool {
	if m.means(part) {
		return true
	}
	if i := strings.LastIndexFunc(part, opens); i > 0 && closes(lastRune(part)) && m.means(part[:i]) {
		return true
	}
	if i := hostEnding(part); i > 0 && m.means(part[:i]) {
		return true
	}
	day := strings.TrimRightFunc(part, func(r rune) bool { return unicode.IsDigit(r) || edge(r) || r == '.' })
	return len(part)-len(day) >= len("6.4.2026") && m.means(day)
}

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

// hostEnding returns where an ending such as ".com" begins behind a letter, or 0.
func hostEnding(s string) int {
	i := strings.LastIndexByte(s, '.')
	if i <= 0 || len(s)-i < 3 || len(s)-i > 5 || !unicode.IsLetter(lastRune(s[:i])) || strings.IndexFunc(s[i+1:], func(r rune) bool { return r|0x20 < 'a' || r|0x20 > 'z' }) >= 0 {
		return 0
	}
	return i
}

// means reports whether part of a headline is the outlet's name:
//
//   - its words, but for generic ones ("BBC News" is bbc, "The Harbour Times" is harbour
//     times, "WKRN News 2" is wkrn), however they are written together;
//   - its initials in capitals ("AP" is associated press), or what it is the initials of;
//   - of a host, words that its label is made of, each by its beginning ("The New York
//     Times" is nytimes.com) or by its initials ("The Sydney Morning Herald" is smh.com.au),
//     or the host itself.
//
// A part of a name is not the name: "Boston" is not boston globe, and "France" not
// france 24.
func (m *masthead) means(part string) bool {
	list := latinForms(part)
	if len(list[0]) == 0 || len(list[0]) > maxMastheadWords && !unspacedRune(part) {
		return false
	}
	for i, words := range list {
		for len(words) > 1 && leading[words[0]] {
			words = words[1:]
		}
		latin := i > 0 && i == len(list)-1 && !isASCII(strings.Join(list[0], ""))
		if slices.ContainsFunc(m.names, func(name []string) bool { return isNamed(name, words, part) }) ||
			slices.ContainsFunc(m.labels, func(label string) bool { return labelled(label, words, part, latin) }) {
			return true
		}
	}
	return false
}

// isNamed reports whether the words of a part are a name that is no host.
func isNamed(name, words []string, part string) bool {
	all, telling, own, core := strings.Join(words, ""), distinct(words), strings.Join(name, ""), coreOf(name)
	joined := strings.Join(telling, "")
	if all == own || isHostOf(part, own) || isWithGeneric(all, own) || (len(name) == 1 || unspacedRune(own)) && isWithGeneric(own, all) {
		return true
	}
	if len(name) > 1 && (isHostOf(part, initials(name)) || isHostOf(part, initials(withoutArticle(name))) || isHostOf(part, name[0])) {
		return true
	}
	if joined == "" {
		return false
	}
	return joined == own || core != "" && (joined == core || strings.TrimRight(joined, "0123456789") == core || coreOf(words) == core) ||
		len(name) > 1 && isUpper(part, joined) && (initials(name) == joined || initials(withoutArticle(name)) == joined) ||
		len(name) == 1 && len(own) > 2 && len(words) > 2 && (initials(withoutGeneric(words)) == own || initials(telling) == own)
}

// labelled reports whether the words of a part are what the label of a host is made of.
func labelled(label string, words []string, part string, latin bool) bool {
	telling, spoken := distinct(words), withoutGeneric(words)
	if len(telling) == 0 {
		return strings.Join(words, "") == label
	}
	joined := strings.Join(telling, "")
	if latin && looseForm(label) == looseForm(joined) || latin && looseForm(label) == looseForm(strings.Join(words, "")) {
		return true
	}
	capitals := strings.HasPrefix(part, strings.ToUpper(label))
	return madeOf(label, telling) || madeOf(label, words) || madeOf(label, spoken) || isHostOf(part, label) || isWithGeneric(strings.Join(words, ""), label) ||
		strings.TrimRight(joined, "0123456789") == label || madeOf(label, slices.DeleteFunc(slices.Clone(telling), isFigure)) ||
		len(telling) > 1 && len(label) > 2 && (initials(telling) == label || initials(words) == label || initials(spoken) == label) ||
		len(words) == 2 && initials(words) == label && isTitle(part) ||
		telling[0] == label && (len(telling) == 2 && len(label) > 3 || len(telling) < 4 && len(label) > 2 && capitals)
}

// isWithGeneric reports whether a is b with a generic word written to it.
func isWithGeneric(a, b string) bool {
	rest, ok := strings.CutPrefix(a, b)
	return ok && b != "" && tellsNothing(rest)
}

func tellsNothing(w string) bool { return generic[w] || sections[w] }

// distinct are the words of a name that tell it from others.
func distinct(words []string) (list []string) {
	for _, w := range words {
		if !tellsNothing(w) {
			list = append(list, w)
		}
	}
	return list
}

// coreOf is what a name is without the words that every name may have, in one.
func coreOf(words []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(words), func(w string) bool { return generic[w] }), "")
}

// withoutGeneric are the words of a name from the first to the last that tells.
func withoutGeneric(words []string) []string {
	for len(words) > 0 && tellsNothing(words[0]) {
		words = words[1:]
	}
	for len(words) > 0 && tellsNothing(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

func withoutArticle(words []string) []string {
	if len(words) > 2 && generic[words[0]] {
		return words[1:]
	}
	return words
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}

// madeOf reports whether a label is made of the beginnings of words, the last one whole,
// or, behind others, by three letters of it.
func madeOf(label string, words []string) bool { return madeOfRest(label, words, false) }

func madeOfRest(label string, words []string, behind bool) bool {
	last := len(words) - 1
	if last < 0 {
		return label == ""
	}
	if last == 0 {
		return label == words[0] || behind && len(label) > 2 && strings.HasPrefix(words[0], label)
	}
	for n := 1; n <= len(words[0]) && strings.HasPrefix(label, words[0][:n]); n++ {
		if madeOfRest(label[n:], words[1:], n > 1) {
			return true
		}
	}
	return false
}

// isHostOf reports whether part is a host of which a label is the joined name.
func isHostOf(part, name string) bool {
	part = strings.TrimSpace(part)
	if _, host, ok := strings.Cut(part, "://"); ok {
		part = strings.TrimRight(host, "/")
	}
	if name == "" || strings.ContainsAny(part, " \t") || !strings.Contains(part, ".") {
		return false
	}
	for label := range strings.SplitSeq(part[:strings.LastIndexByte(part, '.')], ".") {
		if strings.Join(bareWords(label), "") == name {
			return true
		}
	}
	return false
}

// isUpper reports whether a part has a word without small letters, and it is the given one.
func isUpper(part, word string) bool {
	for f := range strings.FieldsSeq(part) {
		if strings.IndexFunc(f, unicode.IsLower) < 0 && strings.Join(bareWords(f), "") == word {
			return true
		}
	}
	return strings.IndexFunc(part, unicode.IsLower) < 0
}

// isTitle reports whether each word of a part begins with a capital.
func isTitle(part string) bool {
	for f := range strings.FieldsSeq(part) {
		if r, _ := utf8.DecodeRuneInString(f); !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

func isFigure(w string) bool { return strings.Trim(w, "0123456789") == "" }

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// latinOf are Latin letters for those of Russian, its kin, and Greek, in the form that
// words have here.
var latinOf = map[rune]string{}

func init() {
	for pair := range strings.FieldsSeq("а=a б=b в=v г=g ґ=g д=d е=e є=ie ж=zh з=z и=i і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ў=u ф=f х=h ц=c ч=ch ш=sh щ=shch ъ= ы=i ь= э=e ю=iu я=ia " +
		"α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=ks ο=o π=p ρ=r σ=s τ=t υ=i φ=f χ=ch ψ=ps ω=o") {
		letter, latin, _ := strings.Cut(pair, "=")
		r, _ := utf8.DecodeRuneInString(letter)
		latinOf[r] = latin
	}
}

// romanise returns words in Latin letters, or nil if none has another letter.
func romanise(words []string) (list []string) {
	changed := false
	for _, w := range words {
		var b strings.Builder
		for _, r := range norm.NFC.String(w) {
			if latin, ok := latinOf[r]; ok {
				changed = true
				b.WriteString(latin)
			} else {
				b.WriteRune(r)
			}
		}
		list = append(list, b.String())
	}
	if !changed {
		return nil
	}
	return list
}

// looseForm makes the several ways alike in which hosts write the letters of others.
func looseForm(s string) string { return looseDoubles.Replace(looseLetters.Replace(s)) }

var looseLetters, looseDoubles = strings.NewReplacer("kh", "h", "ts", "c", "tz", "c", "y", "i", "j", "i", "x", "ks", "w", "v", "ph", "f", "ou", "i"), strings.NewReplacer("ii", "i", "ie", "e")
