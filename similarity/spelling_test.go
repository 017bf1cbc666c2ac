package similarity_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
	"dedupe/text"
)

// languages are sentences of one invented story: the council votes for closing an old
// bridge. A line is a headline and a text.
//
//lint:ignore ST1018 what is not seen is a part of the spelling here
const languages = `
Council votes to close Quarry Bridge|The council voted on Tuesday to close the old bridge at Quarry Road, officials said. "It's not safe," Mayor Élise O'Brien told reporters - but she didn't say when the well-known ferry of St. Mary would sail again, and neither did Mr. Okafor, the board's engineer.
Rat schließt die alte Brücke|Der Rat hat am Dienstag beschlossen, die alte Brücke an der Weißen Straße zu sperren, wie die Behörden mitteilten. "Sie ist nicht sicher", sagte Bürgermeisterin Käthe Größler - den Zeitpunkt nannte sie nicht.
Le conseil ferme l'ancien pont|Le conseil a voté mardi la fermeture de l'ancien pont, ont indiqué les autorités. "Il n'est pas sûr", a déclaré la maire Hélène d'Œuvray, mais les sœurs du couvent de l'île n'ont pas été prévenues.
El consejo cierra el viejo puente|El consejo votó el martes a favor de cerrar el viejo puente, según las autoridades. "No es seguro", dijo la alcaldesa Begoña Muñoz, que no explicó qué harán los niños de la otra orilla.
O conselho fecha a ponte antiga|O conselho votou na terça-feira para fechar a ponte antiga, disseram as autoridades. "Não é segura", afirmou a prefeita Conceição Simões, e a população do norte ficará sem caminho.
Consiglio chiude il vecchio ponte|Il consiglio ha votato martedì la chiusura del vecchio ponte, secondo le autorità. "Non è sicuro", ha detto la sindaca Nicolò dell'Orto, che non ha indicato un'altra strada per l'ospedale.
El consell tanca el pont vell|El consell va votar dimarts el tancament del pont vell, segons les autoritats. "No és segur", va dir l'alcaldessa Núria Vil·la, col·lega del batlle, i els veïns d'il·lusió en van quedar pocs.
Raad sluit de oude brug|De raad heeft dinsdag besloten om de oude brug bij IJlst te sluiten, zeggen de autoriteiten. "Het is er niet veilig", zei burgemeester IJsbrand de Vré, die geen financiële steun verwacht.
Rådet stänger den gamla bron|Rådet röstade på tisdagen för att stänga den gamla bron, säger myndigheterna. "Den är inte säker", sade borgmästare Åsa Öberg, men färjan över älven går som förut från Ängskär.
Broen ved Sørøya stenges|Rådet stemte tirsdag for å stenge den gamle broen, sier myndighetene. "Den er ikke trygg", sa ordfører Bjørn Sæther, og fergen fra Ålesund går som før over fjorden.
Ráðið lokar gömlu brúnni|Ráðið samþykkti á þriðjudag að loka gömlu brúnni, að sögn yfirvalda. "Hún er ekki örugg," sagði Þórður Æsuson bæjarstjóri, sem vildi ekki segja hvenær ferjan siglir næst.
Vanha silta suljetaan|Valtuusto äänesti tiistaina vanhan sillan sulkemisesta, ja päätös on voimassa. "Se ei ole turvallinen", sanoi kaupunginjohtaja Väinö Mäkelä, mutta lautta kulkee yhä joen yli.
Rada zamyka stary most|Rada głosowała we wtorek za zamknięciem starego mostu, jak poinformowały władze. "Nie jest bezpieczny", powiedziała burmistrz Łucja Źrebiec, ale prom świętej Anny będzie pływał częściej.
Rada uzavře starý most|Rada v úterý hlasovala pro uzavření starého mostu, který podle úřadů není bezpečný. "Něco prasklo", řekla starostka Žofie Dvořáčková a přívoz přes řeku pojede častěji.
Bezárják a régi hidat|A tanács kedden megszavazta a régi híd lezárását, és a hatóságok szerint ez nem az utolsó lépés. "Nem biztonságos", mondta Győző Őrsi polgármester, aki űrhajósról álmodott.
Podul vechi se închide|Consiliul a votat marți pentru închiderea podului vechi, au spus autoritățile din Constanța. "Nu este în siguranță", a zis primărița Ștefania Țuțea, iar școlile și grădinițele își închid porțile.
Eski köprü kapatılıyor|Meclis salı günü eski köprünün kapatılması için oy kullandı, yetkililer bunun çok önemli olduğunu söyledi. "Güvenli değil", dedi İzmirli başkan Işıl Şahin, İstanbul'dan dönerken.
Körpü bağlanır|Şura çərşənbə axşamı köhnə körpünün bağlanmasına səs verdi, rəsmilər bildirib. "O, təhlükəsiz deyil", Əli Hüseynov dedi və gəmi çayın o tayına üzəcək.
Cây cầu cũ đóng cửa|Hội đồng đã bỏ phiếu hôm thứ Ba để đóng cửa cây cầu cũ, theo các quan chức. "Cầu không an toàn", bà Nguyễn Thị Đức nói với phóng viên ở Đà Nẵng, và phà sẽ chạy thường xuyên hơn.
Afárá àtijọ́|Ìgbìmọ̀ náà dìbò ní ọjọ́ Ìṣẹ́gun láti ti afárá àtijọ́ náà pa, àwọn aláṣẹ sọ. Ẹgbẹ́ àwọn ọmọ ilé ẹ̀kọ́ kò ní ọ̀nà mìíràn.
Мост закрывают|Совет проголосовал во вторник за закрытие старого моста, сообщили власти. "Он небезопасен", - заявила мэр Алёна Королёва, и паром через реку пойдёт чаще, чем в прошлый год.
Міст закривають|Рада проголосувала у вівторок за закриття старого мосту, повідомили в поліції. "Він небезпечний", - сказала міський голова Ґалина Об'їжджена, а комп'ютер на п'ятій пристані не працює.
Мост се затвара|Съветът гласува във вторник за затварянето на стария мост, съобщиха от властите. "Не е безопасен", каза кметът Йордан Щерев, а фериботът през реката ще плава по-често.
Мост се затвора|Советот гласаше во вторник за затворање на стариот мост, соопштија властите. "Не е безбеден", рече градоначалничката Ѓурѓа Ќосева, а траектот ќе вози почесто преку реката.
Мост се затвара, грађани љути|Савет је у уторак гласао за затварање старог моста, саопштиле су власти. "Није безбедан", рекла је градоначелница Љубица Ђорђевић, а скела преко реке ће возити чешће, јер људи из Његушева немају џип.
Γέφυρα κλείνει|Το συμβούλιο ψήφισε την Τρίτη το κλείσιμο της παλιάς γέφυρας. "Δεν είναι ασφαλής", είπε η δήμαρχος Ευαγγελία Ξένου, και το φέρι θα περνά τον ποταμό συχνότερα.
Հին կամուրջը փակվում է|Խորհուրդը երեքշաբթի քվեարկեց հին կամրջի փակման օգտին և հայտնեց այդ մասին քաղաքացիներին։ Լաստանավը կանցնի գետը ավելի հաճախ, ասաց Արևիկ Սարգսյանը։
ძველი ხიდი იკეტება|საბჭომ სამშაბათს ძველი ხიდის დახურვას დაუჭირა მხარი, განაცხადეს ხელისუფლებაში. ბორანი მდინარეზე უფრო ხშირად ივლის, თქვა მერმა.
إغلاق الجسر القديم|صوت المجلس يوم الثلاثاء على إغلاق الجسر القديم حسبما قال مسؤولون. وأضافت رئيسة البلدية آمنة الأحمد أن الجسر ليس آمنا، وأن العبارة ستعبر النهر مرات أكثر.
پل قدیمی بسته می‌شود|شورا روز سه‌شنبه به بستن پل قدیمی رأی داد، مقام‌ها این را گفتند. شهردار می‌گوید پل ایمن نیست و کرجی‌ها بیشتر از گذشته از رودخانه می‌گذرند.
پرانا پل بند|کونسل نے منگل کو پرانے پل کو بند کرنے کے لیے ووٹ دیا، حکام نے کہا ہے۔ میئر کا کہنا ہے کہ پل محفوظ نہیں اور کشتی دریا پار زیادہ چلے گی۔
הגשר הישן נסגר|המועצה הצביעה ביום שלישי על סגירת הגשר הישן, כך אמרו גורמים של העירייה. "הוא לא בטוח", אמרה ראשת העיר ג'ורג'ינה מצה"ל, והמעבורת תשוט לעתים קרובות יותר.
पुराना पुल बंद|परिषद ने मंगलवार को पुराने पुल को बंद करने के लिए मतदान किया, अधिकारियों ने कहा। महापौर ऊषा क़ाज़ी ने कहा कि पुल सुरक्षित नहीं है और नाव ज़्यादा चलेगी, आज से और ओर।
জুন মাসে সেতু বন্ধ|পরিষদ মঙ্গলবার পুরোনো সেতুটি বন্ধ করার পক্ষে ভোট দিয়েছে, কর্মকর্তারা জানিয়েছেন। মেয়র বলেন সেতুটি নিরাপদ নয়, আর হঠাৎ উৎসবের সময় খেয়া আরও ঘন ঘন চলবে।
பழைய பாலம் மூடப்படும்|செவ்வாய்க்கிழமை பழைய பாலத்தை மூட மன்றம் வாக்களித்தது என அதிகாரிகள் தெரிவித்தனர். பாலம் பாதுகாப்பானது அல்ல என்று மேயர் கூறினார், படகு அதிக முறை செல்லும்.
പഴയ പാലം അടയ്ക്കും|ചൊവ്വാഴ്ച പഴയ പാലം അടയ്ക്കാൻ കൗൺസിൽ വോട്ട് ചെയ്തു എന്ന് അധികൃതർ അറിയിച്ചു. പാലം സുരക്ഷിതമല്ലെന്ന് മേയർ പറഞ്ഞു, പുഴയിൽ കടത്തുവള്ളങ്ങൾ കൂടുതൽ ഓടും, എന്റെ ഓർമ്മയിൽ ആദ്യം.
పాత వంతెన మూసివేత|పాత వంతెనను మూసివేయాలని మండలి మంగళవారం ఓటు వేసింది అని అధికారులు తెలిపారు. వంతెన సురక్షితం కాదని మేయర్ చెప్పారు, పడవ మరింత తరచుగా నడుస్తుంది.
පැරණි පාලම වසයි|පැරණි පාලම වැසීමට සභාව අඟහරුවාදා ඡන්දය දුන් බව නිලධාරීහු පැවසූහ. පාලම ආරක්ෂිත නොවන බව නගරාධිපති ශ්‍රියානි කීවාය, ඔරුව වැඩි වාර ගණනක් යයි.
አሮጌው ድልድይ ተዘጋ|ምክር ቤቱ ማክሰኞ ዕለት አሮጌው ድልድይ እንዲዘጋ ወስኗል ሲሉ ባለሥልጣናት ተናግረዋል፤ ጀልባው ወንዙን ከበፊቱ የበለጠ ያቋርጣል ብለዋል።
오래된 다리 폐쇄|시의회는 화요일 오래된 다리를 폐쇄하기로 결정했다고 당국이 밝혔다. 시장은 다리가 안전하지 않다며 나룻배가 강을 더 자주 건널 것이라고 기자들에게 말했다.
สภาปิดสะพานเก่า|สภาลงมติเมื่อวันอังคารให้ปิดสะพานเก่าที่ถนนเหมืองหิน เจ้าหน้าที่กล่าว แม่น้ำลึกและเรือจะข้ามบ่อยขึ้น นายกเทศมนตรีบอกว่าน้ำท่วมทำให้สะพานไม่ปลอดภัย
ປິດຂົວເກົ່າ|ສະພາລົງມະຕິໃນວັນອັງຄານໃຫ້ປິດຂົວເກົ່າ ເຈົ້າໜ້າທີ່ກ່າວ ນ້ຳຂອງເລິກ ແລະເຮືອຈະຂ້າມເລື້ອຍໆ ຫຼາຍກວ່າເກົ່າ
ស្ពានចាស់ត្រូវបិទ|ក្រុមប្រឹក្សាបានបោះឆ្នោតកាលពីថ្ងៃអង្គារដើម្បីបិទស្ពានចាស់ មន្ត្រីបាននិយាយ។ ស្ពានមិនមានសុវត្ថិភាពទេ ហើយសាឡាងនឹងឆ្លងទន្លេញឹកញាប់ជាងមុន។
တံတားဟောင်း ပိတ်မည်|ကောင်စီသည် အင်္ဂါနေ့တွင် တံတားဟောင်းကို ပိတ်ရန် မဲပေးခဲ့သည်ဟု အရာရှိများက ပြောသည်။ တံတားသည် မလုံခြုံပါ၊ ကူးတို့သင်္ဘောသည် မြစ်ကို ပိုမို ဖြတ်ကူးမည်။
ཟམ་པ་རྙིང་པ་སྒོ་རྒྱག|གཟའ་མིག་དམར་ལ་ལྷན་ཚོགས་ཀྱིས་ཟམ་པ་རྙིང་པ་སྒོ་རྒྱག་རྒྱུའི་འོས་ཤོག་བླུགས་པ་རེད། ཟམ་པ་དེ་བདེ་འཇགས་མི་འདུག་ཅེས་གྲོང་ཁྱེར་གྱི་འགོ་ཁྲིད་ཀྱིས་བཤད།
市议会关闭旧桥|市议会周二投票决定关闭采石场路的旧桥，官员表示。市长对记者说：“这座桥不安全。”渡轮将更频繁地穿越河流，台湾来的工程师Okafor后来发现了裂缝，头发里沾满了灰尘。
古い橋を閉鎖|市議会は火曜日、採石場通りの古い橋を閉鎖することを決めた。市長は「橋は安全ではない」と記者団に語り、フェリーがもっと頻繁に川を渡ると述べた。ガスとパンの値段も上がる。`

// spellings are what each language may be written by in another way. A change is made
// at some of the places where it can be.
var spellings = []struct{ a, b string }{
	{"ș", "ş"}, {"Ș", "Ş"}, {"ț", "ţ"}, {"Ț", "Ţ"}, {"œ", "oe"}, {"Œ", "Oe"}, {"ß", "ss"}, {"fi", "ﬁ"}, {"fl", "ﬂ"}, {"IJ", "Ĳ"}, {"l·l", "ŀl"}, {"Đ", "Ð"}, {"đ", "ð"},
	{"ё", "е"}, {"և", "եւ"}, {"ẹ", "e\u0329"}, {"ọ", "o\u0329"},
	{"ی", "ي"}, {"ک", "ك"}, {"أ", "ا"}, {"آ", "ا"}, {"إ", "ا"}, {"ہ", "ه"}, {"لا", "ﻻ"}, {"م", "مـ"}, {"\u200c", " "}, {"رأ", "رَأ"},
	{"ൻ", "ന\u0d4d\u200d"}, {"ർ", "ര\u0d4d\u200d"}, {"ൾ", "ള\u0d4d\u200d"}, {"ന്റ", "ൻറ"}, {"ൗ", "ൌ"}, {"ৎ", "ত\u09cd\u200d"}, {"आ", "अा"}, {"ओ", "अो"}, {"औ", "अौ"}, {"ऊ", "उु"},
	{"้ำ", "ํ้า"}, {"แ", "เเ"}, {"ຳ", "ໍາ"}, {"ແ", "ເເ"}, {"ໜ", "ຫນ"}, {"ើ", "េី"}, {"ៅ", "ៅ"}, {"ို", "ုိ"}, {"་", "་ "},
	{"议", "議"}, {"关", "關"}, {"闭", "閉"}, {"决", "決"}, {"场", "場"}, {"旧", "舊"}, {"桥", "橋"}, {"员", "員"}, {"长", "長"}, {"记", "記"}, {"说", "説"}, {"说", "說"}, {"这", "這"}, {"渡轮", "渡輪"}, {"将", "將"}, {"频", "頻"}, {"来", "來"}, {"师", "師"}, {"后", "後"}, {"发现", "發現"}, {"头发", "頭髮"}, {"里", "裡"}, {"满", "滿"}, {"尘", "塵"}, {"台湾", "臺灣"}, {"，", "、"}, {"Okafor", " Okafor "},
	{"é", "e\u0301"}, {"è", "e\u0300"}, {"ê", "e\u0302"}, {"ë", "e\u0308"}, {"á", "a\u0301"}, {"à", "a\u0300"}, {"â", "a\u0302"}, {"ä", "a\u0308"}, {"ã", "a\u0303"}, {"å", "a\u030a"}, {"í", "i\u0301"}, {"î", "i\u0302"}, {"ó", "o\u0301"}, {"ò", "o\u0300"}, {"ô", "o\u0302"}, {"ö", "o\u0308"}, {"õ", "o\u0303"}, {"ő", "o\u030b"}, {"ú", "u\u0301"}, {"ü", "u\u0308"}, {"ű", "u\u030b"}, {"ý", "y\u0301"}, {"ñ", "n\u0303"}, {"ç", "c\u0327"}, {"č", "c\u030c"}, {"š", "s\u030c"}, {"ž", "z\u030c"}, {"ř", "r\u030c"}, {"ě", "e\u030c"}, {"ş", "s\u0327"}, {"ţ", "t\u0327"}, {"ș", "s\u0326"}, {"ț", "t\u0326"}, {"ğ", "g\u0306"}, {"ė", "e\u0307"}, {"ś", "s\u0301"}, {"ź", "z\u0301"}, {"ń", "n\u0301"}, {"ć", "c\u0301"}, {"É", "E\u0301"}, {"Ö", "O\u0308"}, {"Å", "A\u030a"}, {"Ş", "S\u0327"}, {"İ", "I\u0307"}, {"ё", "е\u0308"}, {"й", "и\u0306"}, {"ї", "і\u0308"}, {"Й", "И\u0306"}, {"Ё", "Е\u0308"}, {"ộ", "o\u0323\u0302"}, {"ỏ", "o\u0309"}, {"ứ", "u\u031b\u0301"}, {"ị", "i\u0323"}, {"ấ", "a\u0302\u0301"}, {"ế", "e\u0302\u0301"}, {"ầ", "a\u0302\u0300"}, {"ạ", "a\u0323"}, {"ễ", "e\u0302\u0303"}, {"ệ", "e\u0323\u0302"}, {"ớ", "o\u031b\u0301"}, {"ờ", "o\u031b\u0300"}, {"ά", "\u03b1\u0301"}, {"ώ", "\u03c9\u0301"}, {"έ", "\u03b5\u0301"}, {"ί", "\u03b9\u0301"}, {"ό", "\u03bf\u0301"}, {"ή", "\u03b7\u0301"}, {"한", "\u1112\u1161\u11ab"}, {"국", "\u1100\u116e\u11a8"}, {"회", "\u1112\u116c"}, {"다", "\u1103\u1161"}, {"건", "\u1100\u1165\u11ab"}, {"강", "\u1100\u1161\u11bc"}, {"ガ", "\u30ab\u3099"}, {"パ", "\u30cf\u309a"}, {"ো", "\u09c7\u09be"}, {"ৌ", "\u09c7\u09d7"}, {"ொ", "\u0bc6\u0bbe"}, {"ො", "\u0dd9\u0dcf"}, {"ේ", "\u0dd9\u0dca"},
	{"ガ", "ｶﾞ"}, {"パ", "ﾊﾟ"}, {"フェリー", "ﾌｪﾘｰ"},
	{`"`, "“"}, {` "`, " «"}, {`",`, "»,"}, {`."`, ".»"}, {`"`, "&quot;"}, {"'", "’"}, {"'", "ʼ"}, {"'", "&#8217;"}, {"'", "&rsquo;"}, {" - ", " — "}, {" - ", " -- "}, {"-", "‐"}, {"-", "\u2011"}, {"-", "–"},
	{".", "．"}, {"é", "&eacute;"}, {"ü", "&#xFC;"}, {"е", "&#1077;"}, {"桥", "&#26725;"}, {"ا", "&#1575;"},
	{" ", "  "}, {" ", "\u00a0"}, {" ", "\u2009"}, {" ", "\u3000"}, {" ", "\t"}, {" ", "&nbsp;"}, {" ", "\u202f"}, {" ", "\u205f"},
}

// unseen are invisible characters. The two joiners are not among them: in Malayalam and
// Persian they tell something.
var unseen = []string{"\u00ad", "\u200b", "\u2060", "\ufeff", "\u034f", "\u200e", "\u202c", "\u2066", "\ufe0f", "\u180b", "\u115f", "\u3164", "\uffa0", "\u17b4", "\u17b5", "\U000e0100", "\U000e0041", "&shy;", "&#8203;", "&#x2060;"}

// respell writes a text in some other way that leaves it the same text.
func respell(r *rand.Rand, s string) string { return typeset(r, rewrap(r, s)) }

// typeset is respell without line ends.
func typeset(r *rand.Rand, s string) string {
	if strings.Contains(s, "је ") && r.IntN(2) == 0 {
		s = serbianLatin.Replace(s)
	}
	for range r.IntN(len(spellings)) {
		p := spellings[r.IntN(len(spellings))]
		parts := strings.Split(s, p.a)
		s = parts[0]
		for _, part := range parts[1:] {
			if r.IntN(2) == 0 {
				s += p.a + part
			} else {
				s += p.b + part
			}
		}
	}
	if !strings.ContainsRune(s, '&') && r.IntN(4) == 0 {
		s = wide(s)
	}
	var b strings.Builder
	often := 2 + r.IntN(60)
	reference := false
	for _, c := range s {
		reference = c == '&' || reference && c < utf8.RuneSelf && c != ';' && c != ' '
		b.WriteRune(c)
		if reference || c == '&' {
			continue
		}
		if r.IntN(often) == 0 {
			b.WriteString(unseen[r.IntN(len(unseen))])
		}
	}
	return b.String()
}

// rewrap puts white space between characters of scripts that have none.
func rewrap(r *rand.Rand, s string) string {
	var b strings.Builder
	often := 2 + r.IntN(60)
	for i, c := range s {
		b.WriteRune(c)
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(c):])
		if unspaced(c) && unspaced(next) && r.IntN(often) == 0 {
			b.WriteString([]string{" ", "\n", "\u3000", "\r\n", "\u00a0 ", "\u200b"}[r.IntN(6)])
		}
	}
	return b.String()
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

var serbianLatin = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "ђ", "đ", "е", "e", "ж", "ž", "з", "z", "и", "i", "ј", "j", "к", "k", "л", "l", "љ", "lj", "м", "m",
	"н", "n", "њ", "nj", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "ћ", "ć", "у", "u", "ф", "f", "х", "h", "ц", "c", "ч", "č", "џ", "dž", "ш", "š",
	"М", "M", "С", "S", "Н", "N", "Љ", "Lj", "Ђ", "Đ", "Њ", "Nj")

// TestSpellingLeavesEvidence: however the texts of a pair are spelled, the words, their
// weights, the evidence and the verdict are the same.
func TestSpellingLeavesEvidence(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	scale := similarity.Scale{Metric: func(a, b string) float64 {
		if a == b {
			return 1
		}
		return 0
	}}
	build := similarity.Builder{K: 4}
	make := func(headline, body string) *similarity.Text {
		return similarity.Plain(build.Build("outlet.example", headline, body, nil))
	}
	kept := func(words []text.Word) (list []string) {
		const kinds = text.Number | text.Capital | text.Sentence | text.Unspaced
		for _, w := range words {
			kind := w.Kind & kinds
			if kind&text.Unspaced != 0 {
				kind &^= text.Sentence // a line may end before it
			}
			list = append(list, fmt.Sprintf("%x %d %d %d", w.Hash, w.Letters, w.Stem, kind))
		}
		return list
	}
	for line := range strings.SplitSeq(strings.TrimSpace(languages), "\n") {
		headline, body, _ := strings.Cut(line, "|")
		half := body[:strings.LastIndexAny(body[:len(body)*2/3], ". 。，་,")] // an excerpt of it
		half = strings.ToValidUTF8(half, "")
		a, other := make(headline, half), make(headline, body)
		scale.Load(a)
		want := scale.Measure(other)
		for range 30 {
			title, spelled := respell(r, headline), respell(r, body)
			if diff := cmp.Diff(kept(text.Words(nil, body)), kept(text.Words(nil, spelled))); diff != "" {
				t.Errorf("%q\n%q: words (-as it is +spelled):\n%s\n%s\n%s", body, spelled, diff, text.Normal(body), text.Normal(spelled))
				break
			}
			b := make(title, spelled)
			if len(b.Words) != len(other.Words) || b.Hash != other.Hash || b.Title != other.Title {
				t.Errorf("%q\n%q: other tokens, or another title: %q, want %q", body, spelled, b.Title, other.Title)
				break
			}
			for i, w := range b.Words {
				if w.Hash() != other.Words[i].Hash() || w.Weight() != other.Words[i].Weight() {
					t.Fatalf("%q: token %d: %+v, want %+v", spelled, i, w, other.Words[i])
				}
			}
			scale.Load(a)
			got := scale.Measure(b)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q\n%q: evidence (-as it is +spelled):\n%s", body, spelled, diff)
				break
			}
			scale.Load(other)
			if v := similarity.Decide(scale.Measure(b), similarity.DefaultThresholds()); v.Kind != similarity.Identical {
				t.Errorf("%q\n%q: %v, want identical: %+v", body, spelled, v.Kind, v.Evidence)
				break
			}
		}
	}
}

// TestSpellingLeavesFrames: however a byline, dateline or credit is spelled, it is none
// of the story.
func TestSpellingLeavesFrames(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	stories := strings.Split(strings.TrimSpace(languages), "\n")
	for _, frame := range []string{
		"By Nora Lindqvist, Staff Reporter\n\n@",
		"By NORA LINDQVIST and JOHN O'BRIEN\nAssociated Press\n\n@",
		"PORT ANNICK (Reuters) - @",
		"WASHINGTON (AP) — @",
		"LONDON, March 3 (Reuters) - @",
		"PARIS, 3 mars (AFP) - @",
		"МОСКВА, 3 мар - РИА Новости. @",
		"БЕОГРАД - (Танјуг) @",
		"Berlin (dpa) - @",
		"Madrid, 3 mar (EFE).- @",
		"(ANSA) - ROMA, 03 MAR - @",
		"新华社北京3月3日电 @",
		"【東京共同】@",
		"(서울=연합뉴스) 홍길동 기자 = @",
		"@\n\n(Reporting by Nora Lindqvist; editing by Tomas Greve)",
		"@\n\n© 2026 AFP",
	} {
		for range 40 {
			_, story, _ := strings.Cut(stories[r.IntN(len(stories))], "|")
			story = strings.Repeat(story+"\n\n", 4)
			plain, spelled := strings.Replace(frame, "@", story, 1), strings.Replace(typeset(r, frame), "@", typeset(r, story), 1)
			if want, got := profile(written{"", plain}), profile(written{"", spelled}); want.Hash != got.Hash {
				t.Errorf("%q … %q: %d words, want %d", spelled[:min(200, len(spelled))], spelled[max(0, len(spelled)-200):], got.Len(), want.Len())
				break
			}
		}
	}
}
