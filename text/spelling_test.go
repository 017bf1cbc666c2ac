package text

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// facts are what of a word must not depend on its spelling.
type facts struct {
	Hash          uint64
	Letters, Stem uint8
	Kind          Kind
}

func factsOf(words []Word) (list []facts) {
	for _, w := range words {
		list = append(list, facts{w.Hash, w.Letters, w.Stem, w.Kind & (Number | Capital | Unspaced)})
	}
	return list
}

// TestSpellings: a pair is one word or text as two sites write it.
func TestSpellings(t *testing.T) {
	for _, tt := range []struct {
		name  string
		pairs string // of two spellings, with = between, and | behind
	}{
		{"Romanian", "și=şi|Ștefan=Ştefan|ȘTEFAN=ŞTEFAN|țară=ţară|Țara=Ţara|ȚARĂ=ŢARĂ|orașul=oraşul|școli=şcoli|grădinițe=grădiniţe|porțile=porţile|" +
			"rețea=reţea|marți=marţi|îți=îţi|știri=ştiri|București=Bucureşti|Constanța=Constanţa|Galați=Galaţi|Iași=Iaşi|Brașov=Braşov|Timiș=Timiş|" +
			"Argeș=Argeş|acțiune=acţiune|poliția=poliţia|ședință=şedinţă|președinte=preşedinte|soția=soţia|viața=viaţa|stațiune=staţiune|înființat=înfiinţat|ființă=fiinţă|" +
			"s\u0326i=și|t\u0326ara=țara|s\u0327i=şi|t\u0327ara=ţara|S\u0326TIRI=ŞTIRI|mulțumit=mulţumit|apariția=apariţia|situația=situaţia|națiune=naţiune|atenție=atenţie|pește=peşte"},
		{"other Latin", "œuvre=oeuvre|Œuvres=Oeuvres|CŒUR=COEUR|sœur=soeur|fiancée=fiance\u0301e|ﬁn=fin|ﬂot=flot|oﬃce=office|aﬄux=afflux|ﬅone=ſtone|" +
			"straße=strasse|STRAẞE=STRASSE|ĳs=ijs|Ĳmuiden=IJmuiden|coŀlega=col·lega|col‧lega=col·lega|il∙lusió=il·lusió|ŉ=’n|Đà=Ðà|đường=ðường|ĐƠN=ÐƠN|Đoković=Ðoković|" +
			"İstanbul=Istanbul|ıssız=issiz|DİYARBAKIR=DIYARBAKIR|ǆep=džep|Ǆep=Džep|ǈubav=Ljubav|ǌiva=njiva|ǝlaqǝ=əlaqə|Ǝlaqə=Əlaqə|" +
			"è̩kó̩=ẹ̀kọ́|ọ̀rọ̀=ò̩rò̩|ṣe=s̩e|Ẹgbẹ́=E̩gbé̩|Ѐ=Ѐ|ệ=ê\u0323|ệ=e\u0323\u0302|Ａｎｎａ=Anna|ª=a|㎏=kg|Ⅳ=IV|ⅻ=xii|k\u0326=ķ|n\u0326=ņ|l\u0326=ļ|Ꞌa=ꞌa|oʻzbek=o‘zbek|oʼzbek=o'zbek|g`oya=gʻoya|ma'no=maʼno"},
		{"Vietnamese", "hòa=hoà|HÒA=HOÀ|khỏe=khoẻ|thúy=thuý|Thủy=Thuỷ|lũy=luỹ|tòe=toè|quý=qúy|hóa=ho\u0301a|họa=hoạ|ngụy=nguỵ|hoàn=hoàn|của=của"},
		{"Ukrainian and Russian", "комп’ютер=комп'ютер|комп’ютер=компʼютер|ім`я=ім’я|п′ять=п’ять|об՚єкт=об'єкт|ёлка=елка|ЁЛКА=ЕЛКА|е\u0308лка=ёлка|за\u0301мок=замок|йод=и\u0306од|їжа=і\u0308жа|ў=у\u0306"},
		{"two scripts in a word", "краïна=країна|Pоссия=Россия|Рoссия=Россия|мiсто=місто|BТОРНИК=ВТОРНИК|Москвa=Москва|Breаking=Breaking|pаypаl=paypal|Воаrd=Board|ïжак=їжак|SMSка=SMSка|iPhone’а=iPhone’а"},
		{"Hindi", "हिन्दी=हिंदी|सम्बन्ध=संबंध|पञ्चायत=पंचायत|अङ्क=अंक|घण्टा=घंटा|पाँच=पांच|मुँह=मुंह|ज़रूरत=जरूरत|फ़ैसला=फैसला|क़ानून=कानून|ग़लत=गलत|अन्न=अन्न|जन्म=जन्म"},
		{"Amharic", "ሃገር=ሀገር|ሐገር=ሀገር|ኀይል=ሀይል|ሠላም=ሰላም|ዓለም=አለም|ዐይን=አይን|ፀሐይ=ጸሀይ|ሥራ=ስራ|ኣበባ=አበባ|ኃይሉ=ሀይሉ"},
		{"Serbian", "Његош је=Njegoš je|ћуприја на=ćuprija na|Џез је=Džez je|ђак у=đak u|Љубав је=Ljubav je|Чачак није=Čačak nije|Шабац је=Šabac je|Жеља је=Želja je|цена ће=cena će|Ђорђе=Đorđe|" +
			"ЊЕГОШ ЈЕ=NJEGOŠ JE|инјекција је=injekcija je|надживети ће=nadživeti će|Вашингтон је=Vašington je|ћевапи=ćevapi|Ниш је=Niš je|хлеб је=hleb je|фабрика је=fabrika je|с\u0301утра ће=śutra će|з\u0301еница ће=źenica će|" +
			"Ћирилица=Ćirilica|буџет=budžet|Јован=Jovan|пољопривреда=poljoprivreda|Нови Пазар је=Novi Pazar je|ђе=đe|Љуљевић=Ljuljević|њихов=njihov|гђа ће=gđa će|УЏБЕНИК=UDŽBENIK|Чеда је=Čeda je|међутим=međutim|" +
			"ноћ=noć|кућа=kuća|Београђанин=Beograđanin|сјутра=sjutra|дјеца=djeca|вијест=vijest|мјера=mjera|Цетиње=Cetinje|општина је=opština je|избори ће=izbori će|скупштина је=skupština je|влада је=vlada je"},
		{"Greek, Armenian, Georgian, Cherokee", "Αθήνα=ΑΘΗΝΑ|ἀλήθεια=αλήθεια|ᾳ=α|ϐ=β|λόγος=λόγοσ|άνθρωπος=άνθρωπος|և=եւ|և=եվ|ԵՎ=ԵՒ|ԱՐԵՎ=ԱՐԵՒ|արև=արեւ|արև=արեվ|თბილისი=თბილისი|Ꭰ=Ꭰ|ﬓ=մն|ﬔ=մե"},
		{"Arabic", "ﻻ=لا|ﷲ=الله|ﻣﺤﻤﺪ=محمد|اﻟﻌﺮﺑﻴﺔ=العربية|مُحَمَّد=محمد|مـحـمـد=محمد|أحمد=احمد|إلى=الى|آخر=اخر|ٱلكتاب=الكتاب|آن=ا\u0653ن|أن=ا\u0654ن|مؤمن=مو\u0654من|بئر=بي\u0654ر|بئر=بى\u0654ر|" +
			"مﹷن=من|مﹸن=من|ﱠما=ما|رحمة=رحمه|على=علي|كتاب=کتاب|ﮐﺘﺎﺏ=کتاب|١٢٣=123|۱۲۳=١٢٣|٣=۳|ﻼ=لا|ﺑﻴﺖ=بيت|ﯾﮏ=يك|ۀ=ه\u0654|ۓ=ے\u0654|مسئول=مسی\u0654ول|ﭘﺎﮐﺴﺘﺎﻥ=پاکستان|ہے=هي|بھارت=بهارت|گھر=گهر|" +
			"عا\u200dئلة=عائلة|ال\u200fقاهرة=القاهرة|ﺳ\u0640ﻼم=سلام|قُرْآن=قرآن|اللّٰه=الله|ئۇيغۇر=ئۇيغۇر|کوردستان=كوردستان|دە=ده"},
		{"Persian half-space", "می\u200cگویند=می گویند|قطعه\u200cای=قطعه ای|پل\u200cها=پل ها|آن\u200cها=آن ها|بین\u200cالمللی=بین المللی|شب\u200cها=شب ها|نمی\u200cشود=نمی شود|می&zwnj;رود=می رود|می&#8204;رود=می رود|می\u200c\u200cرود=می رود|" +
			"می\u200c رود=می رود|می \u200cرود=می رود|\u200cمی رود=می رود|می رود\u200c=می رود|کتاب\u200cخانه=کتاب خانه|خانه\u200cهای=خانه های|گفته\u200cاند=گفته اند|هم\u200cچنین=هم چنین|پیش\u200cبینی=پیش بینی|هفته\u200cنامه=هفته نامه|" +
			"به\u200cویژه=به ویژه|سه\u200cشنبه=سه شنبه|بی\u200cسابقه=بی سابقه|تصمیم\u200cگیری=تصمیم گیری|سیاست\u200cگذار=سیاست گذار|دانش\u200cآموز=دانش آموز|جمله\u200cای=جمله ای|رئیس\u200cجمهور=رئیس جمهور|مُ\u200cی=م ی|ﯽ\u200cر=ی ر|" +
			"خوش\u200cحال=خوش حال|راه\u200cآهن=راه آهن|آتش\u200cنشانی=آتش نشانی|برف\u200cروب=برف روب|می\u200d\u200cرود=می رود|می\u200c\u00adرود=می رود|نیم\u200cفاصله=نیم فاصله|هیچ\u200cکس=هیچ کس|یک\u200cدیگر=یک دیگر|چشم\u200cانداز=چشم انداز|" +
			"a\u200cb=ab|क्\u200cष=क्ष|א\u200cב=אב|1\u200c2=12|م\u200c1=م1"},
		{"Hebrew and Yiddish", "שָׁלוֹם=שלום|צה״ל=צה\"ל|צה”ל=צה\"ל|צה“ל=צה\"ל|צָה”ל=צה״ל|ג׳ורג׳=ג'ורג'|ﬠם=עם|ﭏ=אל|שׁבת=שבת|ייִדיש=יידיש|ײדיש=יידיש|װען=ווען|מױל=מויל|ײַ=יי|כֿ=כ"},
		{"Indian scripts", "നിലയിൽ=നിലയില്\u200d|പുലർച്ചെ=പുലര്\u200dച്ചെ|വടക്കൻ=വടക്കന്\u200d|അവൾ=അവള്\u200d|കൺ=കണ്\u200d|വാൿ=വാക്\u200d|അവൻ=അവന്&zwj;|എന്റെ=എൻ്റെ|എന്റെ=എൻറെ|എന്റെ=എന്\u200dറെ|ഗൗരവം=ഗൌരവം|ഈ=ഇൗ|ഐ=എെ|ഔ=ഒൗ|ഓ=ഒാ|ഊ=ഉൗ|" +
			"പേർക്ക്=പേര്\u200dക്ക്|റെയിൽവേ=റെയില്\u200dവേ|അവർ=അവര്\u200d|മകൾ=മകള്\u200d|ആൺ=ആണ്\u200d|തിങ്കൾ=തിങ്കള്\u200d|വാർത്ത=വാര്\u200dത്ത|സർക്കാർ=സര്\u200dക്കാര്\u200d|കേരളത്തിൽ=കേരളത്തില്\u200d|ഇന്ത്യൻ=ഇന്ത്യന്\u200d|പോലീസിൽ=പോലീസില്\u200d|" +
			"उत्सव=उत्\u200dसव|दऱ्या=दर्\u200dया|वाऱ्यावर=वार्\u200dयावर|आज=अाज|ओर=अोर|और=अौर|ऐसा=एेसा|ओ=आे|औ=आै|ऊपर=उुपर|क़लम=क\u093cलम|ज़ोर=ज\u093cोर|पढ़=पढ\u093c|क्ष=क्\u200cष|श्री=श्\u200dरी|" +
			"উৎসব=উত্\u200dসব|হঠাৎ=হঠাত্\u200d|আম=অাম|বড়=বড\u09bc|সময়=সময\u09bc|কো=ক\u09c7\u09be|কৌ=ক\u09c7\u09d7|ਆਮ=ਅਾਮ|ਇਹ=ੲਿਹ|ਉਹ=ੳੁਹ|ਸ਼=ਸ\u0a3c|આમ=અામ|એક=અેક|ઓછું=અોછું|ଆମ=ଅାମ|ఔ=ఒౌ|" +
			"கொ=க\u0bc6\u0bbe|ஔவை=ஒளவை|ஸ்ரீ=ஶ்ரீ|ஒளவை=ஒ\u0bd7வை|ಕೊ=ಕ\u0cc6\u0cc2|ශ්\u200dරී=ශ්රී|ආ=අා|ඇ=අැ|කෝ=ක\u0dd9\u0dcf\u0dca"},
		{"Thai and Lao", "น้ำ=น้\u0e4d\u0e32|น้ำ=น\u0e4d้า|น้ำ=นำ้|ทำ=ท\u0e4d\u0e32|แม่=เเม่|แห่ง=เเห่ง|กั้น=ก้ัน|ที่=ท่ี|กู้=กู้|นี้=น้ี|๒๕=25|สำนัก=ส\u0e4d\u0e32นัก|ຳ=\u0ecd\u0eb2|ນ້ຳ=ນໍ້າ|ນ້ຳ=ນຳ້|ແມ່=ເເມ່|ໜ້າ=ຫນ້າ|ໝາ=ຫມາ|ທີ່=ທ່ີ|໒໕=25|" +
			"สะพาน=สะ พาน|สะพาน=สะ\u200bพาน|สะพาน=ส\nะพาน|ที่=ท\nี่|ที่=ที\n่|น้ำ=น้\nำ|น้ำ=น\n้ำ|ที่=ท&shy;ี่|ที่นี่=ที่&#8203;นี่|สภา=ส ภา|สภา=ส\u00a0ภา|สภา=ส\u3000ภา|ຂົວ=ຂ\nົວ|ຂົວ=ຂ\u200bົວ|ສະພາ=ສະ ພາ|ທີ່=ທ \u0eb5\u0ec8|สะพานเก่า=สะพาน  เก่า|สะพาน=สะ\r\nพาน|กี่=ก\r\n\tี่|กี่=ก\u2028ี่"},
		//lint:ignore ST1018 what is not seen is a part of the spelling here
		{"Khmer, Burmese, Tibetan, Tai", "ភ្នំពេញ=ភ្នំ ពេញ|ភ្នំពេញ=ភ្នំ\u200bពេញ|ភ្នំ=ភ\n្នំ|ភ្នំ=ភ្\nនំ|ភ្នំ=ភ្ន\nំ|កើត=កេីត|ស្ត្រី=ស្រ្តី|កាន្ត្រី=កាន្រ្តី|កោះ=កេាះ|ស្ដេច=ស្តេច|ក\u17b4=ក|ទីក្រុង=ទី ក្រុង|២៥=25|មិន​បាន=មិនបាន|ក៏=ក\u200d៏|" +
			"မြန်မာ=မြန် မာ|မြန်မာ=မြန်\u200bမာ|မြန်=မ\nြန်|မြန်=မြန\n်|ကို=က\u102f\u102d|ကြီး=က\u102e\u103cး|တွင့်=တွင\u1037\u103a|၂၅=25|ရန်ကုန်=ရန်ကုန်|လို့=လ\u1037\u102d\u102f|ဦး=ဥ\u102eး|ဝန်ကြီး=၀န်ကြီး|ဝင်=၀င်|ဩဂုတ်=သြဂုတ်|၂၀၂၆=၂ဝ၂၆|၁၀၀=၁ဝဝ|၎င်း=၄င်း|၁၀ရက်=၁ဝရက်|" +
			"བོད་ཡིག=བོད་ ཡིག|བོད་ཡིག=བོད་\nཡིག|བོད་ཡིག=བོད༌ཡིག|བོད་ཡིག=བོད\u200b་ཡིག|བོད་ཡིག་=བོད་ཡིག|བོད=བ\nོད|སྒྲ=ས\nྒྲ|སྒྲ=སྒ\u200bྲ|ཀི=ཀ\u0f72|ཱི=\u0f71\u0f72|༢༥=25|ལྷ་ས།=ལྷ་ས|" +
			"ᨣᩕ=ᨣ ᩕ|ꦗꦮ=ꦗ ꦮ|ꦲꦶ=ꦲ\nꦶ|ᬩᬮᬶ=ᬩᬮ\nᬶ|ꪁꪱ=ꪁ ꪱ|ᥖᥭ=ᥖ ᥭ"},
		{"Chinese and Japanese", "國際關係=国际关系|臺灣=台湾|台灣=臺湾|裡面=里面|裏面=里面|為了=为了|爲了=为了|線上=线上|綫上=线上|說話=说话|説話=说话|着急=著急|床=牀|群=羣|峰=峯|衛生=衞生|啟動=啓動|後面=后面|頭髮=头发|發展=发展|" +
			"乾淨=干净|幹部=干部|憂鬱=忧郁|鬱=郁|麵包=面包|製造=制造|範圍=范围|準備=准备|隻=只|鐘錶=钟表|鍾=钟|復興=复兴|複雜=复杂|歷史=历史|曆=历|龍=龙|龜=龟|體育=体育|總統=总统|選舉=选举|" +
			"東京=东京|旧橋=旧桥|市議會=市议会|投票=投 票|關 閉=关闭|関\n係=関係|塔恩口=塔 恩\u3000口|旧&#8203;橋=旧桥|旧\u00ad桥=旧桥|ガス=ｶﾞｽ|ガス=カ\u3099ス|カ゛=カ゛|東\ufe00京=东京|２０２４年=2024年|㈱=株|豈=豈|⼀=一|一，二=一、二|一。二=一 二|在Apple公司=在 Apple 公司|ﾊﾟﾘ=パリ|市・町=市 町"},
		{"Korean", "한국=한국|가=가|각=가\u11a8|ﾲ=ㅂ|한\u200b국=한국|한\u3164국 사람=한국 사람|㈜=주"},
		{"invisible", "tap\u115fir zoo=tapir zoo|tap\u1160ir zoo=tapir zoo|tap\u17b4ir zoo=tapir zoo|tap\u17b5ir zoo=tapir zoo|tap\u3164ir zoo=tapir zoo|tap\uffa0ir zoo=tapir zoo|" +
			"tap\u200bir=tapir|tap\u2060ir=tapir|tap\u00adir=tapir|tap\ufeffir=tapir|tap\u034fir=tapir|tap\u061cir=tapir|tap\u180eir=tapir|tap\u180bir=tapir|tap\u180fir=tapir|tap\u200eir=tapir|tap\u200fir=tapir|tap\u202air=tapir|tap\u202eir=tapir|tap\u2061ir=tapir|tap\u2065ir=tapir|tap\u2066ir=tapir|tap\u206fir=tapir|tap\ufe0fir=tapir|" +
			"tap\ufff0ir=tapir|tap\ufff8ir=tapir|tap\U0001bca0ir=tapir|tap\U0001d173ir=tapir|tap\U000e0001ir=tapir|tap\U000e0041ir=tapir|tap\U000e0100ir=tapir|tap\U000e01efir=tapir|tap\U000e0fffir=tapir|tap&shy;ir=tapir|tap&#8203;ir=tapir|tap&#x2060;ir=tapir|tap&zwj;ir=tapir|tap&zwnj;ir=tapir|\u3164=|\u200b="},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for pair := range strings.SplitSeq(strings.TrimSuffix(tt.pairs, "|"), "|") {
				a, b, ok := strings.Cut(pair, "=")
				if !ok {
					t.Fatalf("%q is no pair", pair)
				}
				for _, around := range []string{"@", "a @", "\"@\"", "@, 1"} {
					a, b := strings.ReplaceAll(around, "@", a), strings.ReplaceAll(around, "@", b)
					one, other := Words(nil, a), Words(nil, b)
					if diff := cmp.Diff(factsOf(one), factsOf(other)); diff != "" {
						t.Errorf("%q and %q, %q and %q (-first +second):\n%s", a, b, Normal(a), Normal(b), diff)
						break
					}
					for _, s := range []string{a, b} {
						if !slices.Equal(wordsPlain(s), Words(nil, s)) {
							t.Errorf("%q: other words by the folder: %s", s, cmp.Diff(wordsPlain(s), Words(nil, s)))
						}
					}
				}
			}
		})
	}
}

// TestFillers: the fillers of Hangul are blanks of a text that has no others.
func TestFillers(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"A\u3164tapir\u3164in", "a tapir in"},
		{"A\uffa0tapir,\uffa0in", "a tapir in"},
		{"A\u115ftapir\u1160in", "a tapir in"},
		{"A&#12644;tapir&#x3164;in", "a tapir in"},
		{"A\u3164tapir\nIn\u3164a\u3164pool", "a tapir in a pool"}, // a line end is no blank
		{"A tap\u3164ir", "a tapir"},
		{"A\u00a0tap\u3164ir", "a tapir"},
		{"A\ttap\uffa0ir", "a tapir"},
		{"\u3164A\u3164\u3164tapir\u3164", "a tapir"},
		{"한국\u3164사람", "한국 사람"},
		{"한국\u3164 사람\u3164", "한국 사람"},
	} {
		if got := Normal(tt.in); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
	// However long such a text is, its words are whole.
	long := strings.Repeat("harbour\u3164", 3000)
	if got := Words(nil, long); len(got) != 3000 || got[2999].Hash != got[0].Hash {
		t.Errorf("%d words, want 3000 of one hash", len(got))
	}
}

// TestSerbian: the Cyrillic of Serbian is Latin, that of its neighbours stays.
func TestSerbian(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		latin    bool
	}{
		{"Serbian", "Савет је у уторак гласао за затварање старог моста, саопштиле су власти.", true},
		{"Serbian, a headline", "Ухапшен возач аутобуса због несреће", true},
		{"Serbian, by j alone", "Полиција трага за возачем аутомобила из Ниша", true},
		{"Serbian, by references", "&#1057;&#1072;&#1074;&#1077;&#1090; &#1112;&#1077; &#1091; &#1091;&#1090;&#1086;&#1088;&#1072;&#1082;", true},
		{"Serbian that names a Russian", "Савет је у уторак гласао за затварање старог моста, рекао је Горбачёв, који је и раније говорио о њему и о његовој ћуприји.", true},
		{"Montenegrin", "Ђеца су с\u0301утра у школи, а з\u0301еница је црна.", true},
		{"in capitals", "САВЕТ ЈЕ У УТОРАК ГЛАСАО ЗА ЗАТВАРАЊЕ МОСТА", true},
		{"Russian", "Совет проголосовал во вторник за закрытие старого моста, сообщили власти.", false},
		{"Russian, no letter of its own", "Москва, дом на углу", false},
		{"Russian, of a Serb", "Новак Ђоковић победил во вторник на корте Москвы, сообщили судьи. Матч продолжался три часа, и зрители были довольны.", false},
		{"Ukrainian", "Рада проголосувала у вівторок за закриття старого мосту, повідомили в поліції.", false},
		{"Belarusian", "Рада прагаласавала ў аўторак за закрыццё старога моста, паведамілі ўлады.", false},
		{"Bulgarian", "Съветът гласува във вторник за затварянето на стария мост, съобщиха от властите.", false},
		{"Macedonian", "Советот гласаше во вторник за затворање на стариот мост, соопштија властите. Тие ќе го отворат новиот мост по една година.", false},
		{"Macedonian without ѓ, ќ, ѕ", "Советот гласаше во вторник за затворање на стариот мост, соопштија од полицијата.", false},
		{"Macedonian, a headline", "Полицијата трага по возачот на белиот автомобил", false},
		{"Kazakh", "Кеңес сейсенбі күні ескі көпірді жабуға дауыс берді, деп хабарлады билік.", false},
		{"Mongolian", "Зөвлөл мягмар гарагт хуучин гүүрийг хаахаар санал хураалаа.", false},
		{"Tajik", "Шӯро рӯзи сешанбе барои бастани пули кӯҳна овоз дод, гуфтанд мақомот. Ҷаласа тӯл кашид.", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, s := range []string{tt.in, norm.NFD.String(tt.in), strings.ReplaceAll(tt.in, "а", "\u00adа"), strings.ToUpper(norm.NFC.String(tt.in))} {
				if strings.ContainsRune(s, '&') && s != tt.in {
					continue
				}
				form := Normal(s)
				if cyrillic := strings.ContainsAny(form, "авгдеиопст"); cyrillic == tt.latin {
					t.Errorf("%q: %q, want Latin: %v", s, form, tt.latin)
				}
			}
		})
	}
	body := "Савет је у уторак гласао за затварање старог моста, саопштиле су власти."
	if got := NormalOf("Пожар у центру града", body); got != "požar u centru grada" {
		t.Errorf("a headline over Serbian: %q", got)
	}
	if got := NormalOf("Пожар у центру града", "Совет проголосовал за закрытие"); got != "пожар у центру града" {
		t.Errorf("a headline over Russian: %q", got)
	}
}
