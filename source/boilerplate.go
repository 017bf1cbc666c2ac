package source

import (
	"strings"
	"unicode"
)

// What is left out of a page here is boilerplate by its own form, on any site:
//
//   - the headline once more
//   - after a heading such as "Related posts": lines that look like links, which
//     are short and do not end like a sentence
//   - a line that is an e-mail address
//   - a note that asks for consent to cookies: the word, with one of its usual
//     verbs, with the site or the reader as the one who acts
//   - a line that is only a button: share, sign in, advertisement
//   - an invitation to a newsletter or an app
//
// All the tables hold text as fold returns it.

// relatedHeadings stand above lists of links to other stories.
var relatedHeadings = foldedSet(
	"related", "related posts", "related articles", "related stories", "related news", "related content", "related topics", "related links",
	"read more", "read also", "read next", "more stories", "more news", "more from", "more on this story", "more on this", "see also", "also read",
	"you may also like", "you might also like", "recommended", "recommended for you", "recommended stories", "recommended reading",
	"most read", "most popular", "most viewed", "trending", "trending now", "trending stories", "latest news", "latest stories", "top stories",
	"popular posts", "recent posts", "previous post", "next post", "don't miss", "up next", "what to read next",
	"à lire aussi", "lire aussi", "articles liés", "sur le même sujet", "articles similaires", "les plus lus", // French
	"lesen sie auch", "mehr zum thema", "ähnliche artikel", "das könnte sie auch interessieren", "weitere artikel", "auch interessant", "meistgelesen", // German
	"noticias relacionadas", "artículos relacionados", "lea también", "te puede interesar", "le puede interesar", "lo más leído", "más noticias", // Spanish
	"leia também", "leia mais", "notícias relacionadas", "artigos relacionados", "mais lidas", "veja também", // Portuguese
	"leggi anche", "articoli correlati", "notizie correlate", "potrebbe interessarti", // Italian
	"lees ook", "lees meer", "gerelateerde artikelen", "meer nieuws", // Dutch
	"читайте также", "похожие новости", "по теме", "читать далее", "другие новости", // Russian
	"ilgili haberler", "bunlar da ilginizi çekebilir", // Turkish
	"czytaj także", "zobacz także", "powiązane artykuły", // Polish
	"اقرأ أيضا", "مواضيع ذات صلة", "مطالب مرتبط", "بیشتر بخوانید", // Arabic, Persian
	"関連記事", "相关新闻", "相关阅读", "相關新聞", "관련기사", // Japanese, Chinese, Korean
)

// buttons are whole lines.
var buttons = foldedSet(
	"share", "share this", "share this article", "share this story", "share on facebook", "share on twitter", "share on x", "share via email",
	"tweet", "facebook", "twitter", "whatsapp", "linkedin", "telegram", "pinterest", "reddit", "email", "print", "copy link", "link copied",
	"save", "bookmark", "comment", "comments", "leave a comment", "leave a reply", "add a comment", "subscribe", "subscribe now", "sign in",
	"sign up", "log in", "login", "register", "advertisement", "advertisement continue reading", "story continues below",
	"story continues below advertisement", "continue reading", "skip to content", "skip to main content", "menu", "search", "home", "back to top",
	"listen to this article", "follow us", "accept", "accept all", "i agree",
	"partager", "imprimer", "publicité", "s'abonner", "se connecter", "teilen", "drucken", "anzeige", "werbung", "anmelden", "abonnieren", "kommentare",
	"compartir", "imprimir", "publicidad", "suscríbete", "iniciar sesión", "compartilhar", "compartilhe", "publicidade", "assine",
	"condividi", "stampa", "pubblicità", "abbonati", "accedi", "delen", "advertentie", "поделиться", "реклама", "подписаться", "войти",
	"paylaş", "reklam", "udostępnij", "reklama", "مشاركة", "إعلان", "اشتراک گذاری", "シェア", "広告", "分享", "广告", "공유", "광고",
)

// invitations are the beginnings of lines that ask the reader to do something,
// and words one of which must follow.
var invitations = []struct{ begin, word string }{
	{"sign up", "newsletter|inbox|letter|email|e-mail|alerts|updates|free"},
	{"subscribe to", "newsletter|inbox|channel|letter|email|e-mail|podcast|updates"},
	{"get", "newsletter|inbox|email notifications|breaking news alerts"},
	{"follow us on", "facebook|twitter|instagram|x|telegram|whatsapp|youtube|google news|social media"},
	{"like us on", "facebook"},
	{"join our", "whatsapp|telegram|newsletter|mailing list|channel"},
	{"download", "our app|our free app|the app"},
	{"click here to", "subscribe|sign up|read more|download"},
	{"inscrivez-vous", "newsletter"}, {"recevez", "newsletter"}, {"abonnez-vous", "newsletter|chaîne"},
	{"melden sie sich", "newsletter"}, {"abonnieren sie", "newsletter|kanal"},
	{"suscríbete", "newsletter|boletín|canal"}, {"suscríbase", "newsletter|boletín|canal"}, {"recibe", "boletín|newsletter"},
	{"inscreva-se", "newsletter|canal"}, {"assine", "newsletter"}, {"siga-nos", "facebook|instagram|twitter|telegram"},
	{"iscriviti", "newsletter|canale"}, {"schrijf je in", "nieuwsbrief"},
	{"подписывайтесь на", "канал|рассылку|телеграм|telegram|нас"}, {"подпишитесь на", "канал|рассылку|телеграм|telegram|нас"},
}

// consentWords ask for the consent; consentActors say that it is the site that
// speaks to its reader, and so that the line is no report about such notes.
var (
	cookieWords  = []string{"cookie", "куки", "çerez", "ciasteczk", "ملفات تعريف الارتباط", "کوکی", "쿠키", "クッキー"}
	consentWords = []string{
		"accept", "consent", "agree", "opt-out", "opt out", "experience", "ok with this", "privacy", "cookie policy", "settings", "preferences",
		"remember", "analyse", "analyze", "improve", "find out more", "learn more", "tell me more", "read more",
		"akzeptier", "zustimm", "einwillig", "datenschutz", "erfahrung", "accepte", "consent", "confidentialité", "expérience", "acept", "consient",
		"privacidad", "experiencia", "aceit", "privacidade", "experiência", "accett", "consenso", "esperienza", "akkoord", "toestemming", "ervaring",
		"соглас", "соглаш", "приним", "конфиденциальн", "kabul", "gizlilik", "deneyim", "zgod", "prywatno", "akceptuj",
	}
	consentActors = []string{
		"we use", "we keep", "we and our", "we store", "we set", "this site", "this website", "our site", "our website", "our use", "the website uses", "the site uses",
		"this page uses", "by continuing", "by using", "your consent", "your experience", "your device", "website uses", "site uses",
		"wir verwenden", "wir nutzen", "wir setzen", "diese website", "diese webseite", "diese seite", "unsere website",
		"nous utilisons", "ce site", "notre site", "en poursuivant", "utilizamos", "usamos", "este sitio", "nuestro sitio", "esta web", "al continuar",
		"este site", "nosso site", "ao continuar", "utilizziamo", "usiamo", "questo sito", "il nostro sito", "wij gebruiken", "we gebruiken", "deze website", "deze site",
		"мы используем", "продолжая", "этот сайт", "наш сайт", "сайт использует", "на сайте", "kullanıyoruz", "bu site", "sitemiz", "używamy", "ta strona", "nasza strona", "ten serwis",
		"نستخدم", "هذا الموقع", "استفاده می کنیم",
	}
)

// maxNote is the most words of a note or invitation; a paragraph that is longer
// is not one.
const maxNote = 80

// dropBoilerplate returns the lines that may belong to the story.
func dropBoilerplate(lines []line, headline string) []line {
	kept := make([]line, 0, len(lines))
	head := fold(headline)
	related := false // inside a list of links
	for _, l := range lines {
		switch {
		case head != "" && l.fold == head, isEmail(l.text), buttons[l.fold], isConsent(l), isInvitation(l):
			continue
		case relatedHeadings[l.fold]:
			related = true
			continue
		case isRelatedLine(l):
			continue
		case related && looksLikeLink(l):
			continue
		}
		related = false
		kept = append(kept, l)
	}
	return kept
}

// isRelatedLine reports whether a line is heading and link in one: "Read more:
// Ferry to sail again".
func isRelatedLine(l line) bool {
	i := strings.IndexAny(l.text, ":：")
	return i > 0 && l.words <= 30 && relatedHeadings[fold(l.text[:i])] && looksLikeLink(l)
}

// looksLikeLink reports whether a line can be the headline of another story:
// short, and without the end of a sentence. A question is a headline too.
func looksLikeLink(l line) bool {
	if l.words > 25 || len(l.text) > 300 {
		return false
	}
	end := strings.TrimRight(l.text, "\"'”’»)] ")
	return !strings.HasSuffix(end, ".") && !strings.HasSuffix(end, "。") && !strings.HasSuffix(end, "।") && !strings.HasSuffix(end, "۔") ||
		strings.HasSuffix(end, "...")
}

// isEmail reports whether a line is an e-mail address, with or without a word
// such as "Contact:" before it.
func isEmail(s string) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 3 || len(s) > 200 {
		return false
	}
	for _, f := range fields[:len(fields)-1] {
		if strings.HasSuffix(f, ".") {
			return false
		}
	}
	address := strings.TrimPrefix(strings.Trim(fields[len(fields)-1], "<>()[],;"), "mailto:")
	user, host, ok := strings.Cut(address, "@")
	if !ok || user == "" || strings.Contains(host, "@") || !strings.Contains(host, ".") {
		return false
	}
	// With words before it, a colon shows that they only announce it.
	return len(fields) == 1 || strings.HasSuffix(fields[len(fields)-2], ":")
}

func isConsent(l line) bool {
	return l.words <= maxNote && !strings.ContainsAny(l.text, "“„«\"") &&
		containsAny(l.fold, cookieWords) && containsAny(l.fold, consentActors) && containsAny(l.fold, consentWords)
}

func isInvitation(l line) bool {
	if l.words > maxNote/2 {
		return false
	}
	for _, inv := range invitations {
		rest, ok := strings.CutPrefix(l.fold, inv.begin)
		if !ok || rest != "" && rest[0] != ' ' {
			continue
		}
		for word := range strings.SplitSeq(inv.word, "|") {
			if strings.Contains(rest+" ", " "+word+" ") {
				return true
			}
		}
	}
	return false
}

func containsAny(s string, list []string) bool {
	for _, x := range list {
		if strings.Contains(s, x) {
			return true
		}
	}
	return false
}

// fold returns s for comparing: lower case, letters, marks and digits only, with
// "'" and "-" inside of words, and one space between words.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	var hold rune // "'" or "-" after a letter, not written yet
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if hold != 0 {
				b.WriteRune(hold)
			} else if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space, hold = false, 0
			b.WriteRune(unicode.ToLower(r))
		case (r == '\'' || r == '’' || r == '-') && !space && hold == 0 && b.Len() > 0:
			hold = r
			if r == '’' {
				hold = '\''
			}
		case r == '\u200c' || r == '\u00ad' || r == '\u200b':
		default:
			space, hold = true, 0
		}
	}
	return b.String()
}

func foldedSet(lines ...string) map[string]bool {
	m := make(map[string]bool, len(lines))
	for _, l := range lines {
		m[fold(l)] = true
	}
	return m
}
