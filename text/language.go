package text

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// languageBytes is how much of a text Language reads: enough for some forty
// function words in most languages.
const languageBytes = 800

// Language returns the language of a text as a BCP 47 primary tag, or "" if it
// cannot tell: the script says it where a script has one language of news, and
// otherwise function words say it (Cavnar and Trenkle 1994 used letter groups;
// whole words are as good from a sentence on and need a smaller table).
// It reads the first 800 bytes only.
func Language(s string) string {
	s = clip(s, languageBytes)
	buf := wordBuffers.Get().(*[]Word)
	defer wordBuffers.Put(buf)
	*buf = Words((*buf)[:0], s)
	return LanguageOf(s, *buf)
}

// LanguageOf is Language of a text whose words are known. It looks at no word that
// stands behind the first 800 bytes.
func LanguageOf(s string, words []Word) string {
	s = clip(s, languageBytes)
	n := 0
	for n < len(words) && int(words[n].End) <= len(s) {
		n++
	}
	words = words[:n]
	if ascii(s) { // most news is Latin by its first look
		return byWords(s, words, scriptLatin)
	}
	counts, total := scripts(s)
	best, most := scriptUnknown, 0
	for sc, n := range counts {
		if n > most {
			best, most = script(sc), n
		}
	}
	if total == 0 || 2*most < total && best != scriptHan && best != scriptKana {
		return ""
	}
	if best == scriptCyrillic && serbian(s) == yes { // its words are Latin
		return "sr"
	}
	switch best {
	case scriptHan, scriptKana:
		// A Japanese text has kana; a Chinese one may quote some.
		if 10*counts[scriptKana] >= counts[scriptHan]+counts[scriptKana] {
			return "ja"
		}
		return "zh"
	case scriptLatin, scriptCyrillic, scriptArabic, scriptDevanagari, scriptEthiopic, scriptHebrew:
		return byWords(s, words, best)
	}
	return scriptLanguage[best]
}

// ascii reports whether s has ASCII characters only.
func ascii(s string) bool {
	var high uint64
	for ; len(s) >= 8; s = s[8:] {
		high |= load8(s)
	}
	return (high|loadTail(s))&0x8080808080808080 == 0
}

// script is a writing system, as far as it tells languages apart.
type script uint8

const (
	scriptUnknown script = iota
	scriptLatin
	scriptGreek
	scriptCyrillic
	scriptArmenian
	scriptHebrew
	scriptArabic
	scriptDevanagari
	scriptBengali
	scriptGurmukhi
	scriptGujarati
	scriptOriya
	scriptTamil
	scriptTelugu
	scriptKannada
	scriptMalayalam
	scriptSinhala
	scriptThai
	scriptLao
	scriptTibetan
	scriptMyanmar
	scriptGeorgian
	scriptHangul
	scriptEthiopic
	scriptKhmer
	scriptKana
	scriptHan
	scriptCount
)

// scriptLanguage names the language of news in a script that has one.
var scriptLanguage = [scriptCount]string{
	scriptGreek: "el", scriptArmenian: "hy", scriptBengali: "bn", scriptGurmukhi: "pa", scriptGujarati: "gu",
	scriptOriya: "or", scriptTamil: "ta", scriptTelugu: "te", scriptKannada: "kn", scriptMalayalam: "ml",
	scriptSinhala: "si", scriptThai: "th", scriptLao: "lo", scriptTibetan: "bo", scriptMyanmar: "my",
	scriptGeorgian: "ka", scriptHangul: "ko", scriptKhmer: "km",
}

// scripts counts the letters of each script in s.
func scripts(s string) (counts [scriptCount]int, total int) {
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if b |= 0x20; b >= 'a' && b <= 'z' {
				counts[scriptLatin]++
				total++
			}
			i++
			continue
		}
		r, n := decode(s[i:])
		if sc := scriptOf(r); sc != scriptUnknown {
			counts[sc]++
			total++
		}
		i += n
	}
	return counts, total
}

// scriptOf returns the script of a rune above ASCII by its block.
func scriptOf(r rune) script {
	switch {
	case r < 0xC0, r == '×', r == '÷':
		return scriptUnknown
	case r < 0x0250, r >= 0x1E00 && r < 0x1F00:
		return scriptLatin
	case r >= 0x0370 && r < 0x0400, r >= 0x1F00 && r < 0x2000:
		return scriptGreek
	case r >= 0x0400 && r < 0x0530:
		return scriptCyrillic
	case r >= 0x0530 && r < 0x0590:
		return scriptArmenian
	case r >= 0x05D0 && r < 0x0600:
		return scriptHebrew
	case r >= 0x0620 && r < 0x064B, r >= 0x066E && r < 0x06F0, r >= 0xFB50 && r < 0xFE00, r >= 0xFE70 && r < 0xFEFF:
		return scriptArabic
	case r >= 0x0900 && r < 0x0E00:
		// Indic blocks have 128 code points each, in this order.
		return [...]script{scriptDevanagari, scriptBengali, scriptGurmukhi, scriptGujarati, scriptOriya,
			scriptTamil, scriptTelugu, scriptKannada, scriptMalayalam, scriptSinhala}[(r-0x0900)/128]
	case r >= 0x0E00 && r < 0x0E80:
		return scriptThai
	case r >= 0x0E80 && r < 0x0F00:
		return scriptLao
	case r >= 0x0F00 && r < 0x1000:
		return scriptTibetan
	case r >= 0x1000 && r < 0x10A0:
		return scriptMyanmar
	case r >= 0x10A0 && r < 0x1100:
		return scriptGeorgian
	case r >= 0x1100 && r < 0x1200, r >= 0x3130 && r < 0x3190, r >= 0xAC00 && r < 0xD7A4:
		return scriptHangul
	case r >= 0x1200 && r < 0x1380:
		return scriptEthiopic
	case r >= 0x1780 && r < 0x1800:
		return scriptKhmer
	case r >= 0x3041 && r < 0x3100, r >= 0xFF66 && r < 0xFFA0:
		return scriptKana
	case r >= 0x3400 && r < 0xA000, r >= 0xF900 && r < 0xFB00, r >= 0x20000 && r < 0x40000:
		return scriptHan
	}
	return scriptUnknown
}

// vote is a language for which a function word speaks, and how strongly: a
// word of one language counts more than one of many.
type vote struct {
	language uint8
	weight   uint16
}

// voteUnit is the weight of a word that one language only has.
const voteUnit = 60

var (
	languages = func() (tags []string) {
		for _, l := range functionWords {
			tags = append(tags, l.tag)
		}
		return tags
	}()
	votes = sync.OnceValue(func() *ballots {
		b := &ballots{words: map[uint64][]vote{}}
		for i, l := range functionWords {
			for h := range hashSet(l.words) {
				b.words[h] = append(b.words[h], vote{language: uint8(i)})
				b.filter[h%filterBits/64] |= 1 << (h % 64)
			}
		}
		for _, list := range b.words {
			for i := range list {
				list[i].weight = uint16(voteUnit / len(list))
			}
		}
		return b
	})
)

// ballots are the votes of all function words.
type ballots struct {
	words  map[uint64][]vote
	filter [filterBits / 64]uint64 // a bit a word: most words of a text end here
}

const filterBits = 1 << 14

func (b *ballots) of(hash uint64) []vote {
	if b.filter[hash%filterBits/64]&(1<<(hash%64)) == 0 {
		return nil
	}
	return b.words[hash]
}

// wordBuffers spares each call memory for some 200 words.
var wordBuffers = sync.Pool{New: func() any { return new([]Word) }}

// byWords returns the language whose function words a text in script sc has
// most of, or "" if it has too few or two languages are about even.
func byWords(s string, words []Word, sc script) string {
	score := make([]int, len(languages))
	votes := votes()
	for _, w := range words {
		for _, v := range votes.of(w.Hash) {
			score[v.language] += int(v.weight)
		}
	}
	plain := ascii(s) // marks are not
	best, second := 0, 0
	for i, n := range score {
		if functionWords[i].script != sc {
			score[i] = 0
			continue
		}
		if !plain {
			score[i] += markVotes(s, functionWords[i].marks)
		}
		if n = score[i]; n > score[best] || functionWords[best].script != sc {
			best = i
		}
	}
	for i, n := range score {
		if i != best {
			second = max(second, n)
		}
	}
	// One word of eight being a function word of this language alone, and a
	// fifth more than the next: below that a list of names would have a language.
	if functionWords[best].script != sc || score[best] == 0 || 8*score[best] < voteUnit*min(len(words), 40)/2 || 5*second > 4*score[best] {
		return ""
	}
	return languages[best]
}

// markVotes counts the letters and letter groups that tell a language from the
// others of its script.
func markVotes(s, marks string) (n int) {
	for mark := range strings.FieldsSeq(marks) {
		n += voteUnit / 2 * min(strings.Count(s, mark), 6)
	}
	return n
}
