package article

import (
	"strings"
	"time"
)

// The names of months and weekdays are those of Unicode's CLDR 48, in the form
// that stands alone and in the one that stands in a date, whole and short, with
// what newspapers write besides. A line is a language and, between bars, the
// names of January to December, or of Sunday to Saturday; "_" is a space within
// a name. Case, accents and full stops do not matter, so that "fevrier" is known
// by "février". One word may name two months in two languages: see croatianMonths.

const monthNames = `
en | january jan | february feb febr | march mar | april apr | may | june jun | july jul | august aug | september sep sept | october oct | november nov | december dec
fr | janvier janv | février févr fév | mars | avril avr | mai | juin | juillet juil juill | août aou | septembre sept | octobre oct | novembre nov | décembre déc
de | januar jan jänner jän | februar feb feber | märz mär mrz maerz | april apr | mai | juni jun | juli jul | august aug | september sep sept | oktober okt | november nov | dezember dez
es | enero ene | febrero feb | marzo mar | abril abr | mayo may | junio jun | julio jul | agosto ago | septiembre sept sep set setiembre | octubre oct | noviembre nov | diciembre dic
pt | janeiro jan | fevereiro fev | março mar | abril abr | maio mai | junho jun | julho jul | agosto ago | setembro set | outubro out | novembro nov | dezembro dez
it | gennaio gen | febbraio feb | marzo mar | aprile apr | maggio mag | giugno giu | luglio lug | agosto ago | settembre set | ottobre ott | novembre nov | dicembre dic
nl | januari jan | februari feb | maart mrt | april apr | mei | juni jun | juli jul | augustus aug | september sep sept | oktober okt | november nov | december dec
ru | январь января янв | февраль февраля февр фев | март марта мар | апрель апреля апр | май мая | июнь июня июн | июль июля июл | август августа авг | сентябрь сентября сент сен | октябрь октября окт | ноябрь ноября нояб ноя | декабрь декабря дек
uk | січень січня січ | лютий лютого лют | березень березня бер | квітень квітня квіт кві | травень травня трав тра | червень червня черв чер | липень липня лип | серпень серпня серп сер | вересень вересня вер | жовтень жовтня жовт жов | листопад листопада лист лис | грудень грудня груд гру
be | студзень студзеня сту | люты лютага лют | сакавік сакавіка сак | красавік красавіка кра | май мая | чэрвень чэрвеня чэр | ліпень ліпеня ліп | жнівень жніўня жні | верасень верасня вер | кастрычнік кастрычніка кас | лістапад лістапада ліс | снежань снежня сне
pl | styczeń stycznia sty | luty lutego lut | marzec marca mar | kwiecień kwietnia kwi | maj maja | czerwiec czerwca cze | lipiec lipca lip | sierpień sierpnia sie | wrzesień września wrz | październik października paź | listopad listopada lis | grudzień grudnia gru
cs | leden ledna led | únor února úno | březen března bře | duben dubna dub | květen května kvě | červen června čvn | červenec července čvc | srpen srpna srp | září zář | říjen října říj | listopad listopadu lis | prosinec prosince pro
sk | január januára jan | február februára feb | marec marca mar | apríl apríla apr | máj mája | jún júna | júl júla | august augusta aug | september septembra sep | október októbra okt | november novembra nov | december decembra dec
hr | siječanj siječnja sij | veljača veljače velj | ožujak ožujka ožu | travanj travnja tra | svibanj svibnja svi | lipanj lipnja lip | srpanj srpnja srp | kolovoz kolovoza kol | rujan rujna ruj | listopad listopada lis | studeni studenoga stu studenog | prosinac prosinca pro
sr | јануар јан јануара | фебруар феб фебруара | март мар марта | април апр априла | мај маја | јун јуна | јул јула | август авг августа | септембар сеп септембра | октобар окт октобра | новембар нов новембра | децембар дец децембра
sr-Latn | januar jan januara | februar feb februara | mart mar marta | april apr aprila | maj maja | jun juna | jul jula | avgust avg avgusta | septembar sep septembra | oktobar okt oktobra | novembar nov novembra | decembar dec decembra
bs | januar jan | februar feb | mart mar | april apr | maj | juni jun | juli jul | august aug | septembar sep | oktobar okt | novembar nov | decembar dec
sl | januar jan januarja | februar feb februarja | marec mar marca | april apr aprila | maj maja | junij jun junija | julij jul julija | avgust avg avgusta | september sep septembra | oktober okt oktobra | november nov novembra | december dec decembra
mk | јануари јан | февруари фев | март мар | април апр | мај | јуни јун | јули јул | август авг | септември сеп | октомври окт | ноември ное | декември дек
bg | януари яну | февруари фев | март мар | април апр | май | юни | юли | август авг | септември сеп | октомври окт | ноември ное | декември дек
ro | ianuarie ian | februarie feb | martie mar | aprilie apr | mai | iunie iun | iulie iul | august aug | septembrie sept sep | octombrie oct | noiembrie nov noi | decembrie dec
hu | január jan | február febr | március márc | április ápr | május máj | június jún | július júl | augusztus aug | szeptember szept | október okt | november nov | december dec
fi | tammikuu tammikuuta tammi tammikuun | helmikuu helmikuuta helmi helmikuun | maaliskuu maaliskuuta maalis maaliskuun | huhtikuu huhtikuuta huhti huhtikuun | toukokuu toukokuuta touko toukokuun | kesäkuu kesäkuuta kesä kesäkuun | heinäkuu heinäkuuta heinä heinäkuun | elokuu elokuuta elo elokuun | syyskuu syyskuuta syys syyskuun | lokakuu lokakuuta loka lokakuun | marraskuu marraskuuta marras marraskuun | joulukuu joulukuuta joulu joulukuun
et | jaanuar jaan jaanuaril | veebruar veebr veebruaril | märts märtsil | aprill apr aprillil | mai mail | juuni juunil | juuli juulil | august aug augustil | september sept septembril | oktoober okt oktoobril | november nov novembril | detsember dets detsembril
lv | janvāris janv janvārī janvāra | februāris febr februārī februāra | marts martā marta | aprīlis apr aprīlī aprīļa | maijs maijā maija | jūnijs jūn jūnijā jūnija | jūlijs jūl jūlijā jūlija | augusts aug augustā augusta | septembris sept septembrī septembra | oktobris okt oktobrī oktobra | novembris nov novembrī novembra | decembris dec decembrī decembra
lt | sausis sausio saus | vasaris vasario vas | kovas kovo kov | balandis balandžio bal | gegužė gegužės geg | birželis birželio birž | liepa liepos liep | rugpjūtis rugpjūčio rugp | rugsėjis rugsėjo rugs | spalis spalio spal | lapkritis lapkričio lapkr | gruodis gruodžio gruod
sv | januari jan | februari feb | mars | april apr | maj | juni | juli | augusti aug | september sep | oktober okt | november nov | december dec
nb | januar jan | februar feb | mars mar | april apr | mai | juni jun | juli jul | august aug | september sep | oktober okt | november nov | desember des
da | januar jan | februar feb | marts mar | april apr | maj | juni jun | juli jul | august aug | september sep | oktober okt | november nov | december dec
is | janúar jan | febrúar feb | mars mar | apríl apr | maí | júní jún | júlí júl | ágúst ágú | september sep | október okt | nóvember nóv | desember des
fo | januar jan | februar feb | mars mar | apríl apr | mai | juni jun | juli jul | august aug | september sep | oktober okt | november nov | desember des
el | ιανουαρίου ιαν ιανουάριος ιανουάριο | φεβρουαρίου φεβ φεβρουάριος φεβρουάριο φεβρ | μαρτίου μαρ μάρτιος μάρτιο μάρτη | απριλίου απρ απρίλιος απρίλιο | μαΐου μαΐ μάιος μάιο | ιουνίου ιουν ιούνιος ιούνιο | ιουλίου ιουλ ιούλιος ιούλιο | αυγούστου αυγ αύγουστος αύγουστο | σεπτεμβρίου σεπ σεπτέμβριος σεπτέμβριο σεπτ | οκτωβρίου οκτ οκτώβριος οκτώβριο | νοεμβρίου νοε νοέμβριος νοέμβριο | δεκεμβρίου δεκ δεκέμβριος δεκέμβριο
tr | ocak oca | şubat şub | mart mar | nisan nis | mayıs may | haziran haz | temmuz tem | ağustos ağu | eylül eyl | ekim eki | kasım kas | aralık ara
az | yanvar yan | fevral fev | mart mar | aprel apr | may | iyun iyn | iyul iyl | avqust avq | sentyabr sen | oktyabr okt | noyabr noy | dekabr dek
uz | yanvar yan | fevral fev | mart mar | aprel apr | may | iyun iyn | iyul iyl | avgust avg | sentabr sen | oktabr okt | noyabr noy | dekabr dek
kk | қаңтар қаң | ақпан ақп | наурыз нау | сәуір сәу | мамыр мам | маусым мау | шілде шіл | тамыз там | қыркүйек қыр | қазан қаз | қараша қар | желтоқсан жел
ky | январь янв | февраль фев | март мар | апрель апр | май | июнь июн | июль июл | август авг | сентябрь сен | октябрь окт | ноябрь ноя | декабрь дек
tk | ýanwar ýan | fewral few | mart mar | aprel apr | maý | iýun | iýul | awgust awg | sentýabr sen | oktýabr okt | noýabr noý | dekabr dek
tg | январ янв | феврал фев | март мар | апрел апр | май | июн | июл | август авг | сентябр сен | октябр окт | ноябр ноя | декабр дек
ka | იანვარი იან | თებერვალი თებ | მარტი მარ | აპრილი აპრ | მაისი მაი | ივნისი ივნ | ივლისი ივლ | აგვისტო აგვ | სექტემბერი სექ | ოქტომბერი ოქტ | ნოემბერი ნოე | დეკემბერი დეკ
hy | հունվար հունվարի հնվ | փետրվար փետրվարի փտվ | մարտ մարտի մրտ | ապրիլ ապրիլի ապր | մայիս մայիսի մյս | հունիս հունիսի հնս | հուլիս հուլիսի հլս | օգոստոս օգոստոսի օգս | սեպտեմբեր սեպտեմբերի սեպ | հոկտեմբեր հոկտեմբերի հոկ | նոյեմբեր նոյեմբերի նոյ | դեկտեմբեր դեկտեմբերի դեկ
sq | janar jan | shkurt shk | mars mar | prill pri | maj | qershor qer | korrik korr | gusht gush | shtator sht | tetor tet | nëntor nën | dhjetor dhj
ca | gener gen | febrer febr | març | abril abr | maig | juny | juliol jul | agost ag | setembre set | octubre oct | novembre nov | desembre des
gl | xaneiro xan | febreiro feb | marzo mar | abril abr | maio | xuño | xullo xul | agosto ago | setembro set | outubro out | novembro nov | decembro dec
eu | urtarrila urt urtarrilaren urtarrilak | otsaila ots otsailaren otsailak | martxoa mar martxoaren martxoak | apirila api apirilaren apirilak | maiatza mai maiatzaren maiatzak | ekaina eka ekainaren ekainak | uztaila uzt uztailaren uztailak | abuztua abu abuztuaren abuztuak | iraila ira irailaren irailak | urria urr urriaren urriak | azaroa aza azaroaren azaroak | abendua abe abenduaren abenduak
ga | eanáir ean | feabhra feabh | márta | aibreán aib | bealtaine beal | meitheamh meith | iúil | lúnasa lún | meán_fómhair mfómh | deireadh_fómhair dfómh | samhain samh | nollaig noll
cy | ionawr ion | chwefror chw chwef | mawrth maw | ebrill ebr | mai | mehefin meh | gorffennaf gor gorff | awst | medi | hydref hyd | tachwedd tach | rhagfyr rhag
mt | jannar jan | frar fra | marzu mar | april apr | mejju mej | ġunju ġun | lulju lul | awwissu aww | settembru set | ottubru ott | novembru nov | diċembru diċ
lb | januar jan | februar feb | mäerz mäe | abrëll abr | mee | juni jun | juli jul | august aug | september sep | oktober okt | november nov | dezember dez
rm | schaner schan | favrer favr | mars | avrigl avr | matg | zercladur zercl | fanadur fan | avust | settember sett | october oct | november nov | december dec
af | januarie jan | februarie feb | maart mrt | april apr | mei | junie jun | julie jul | augustus aug | september sep | oktober okt | november nov | desember des
fy | jannewaris jan | febrewaris feb | maart mrt | april apr | maaie mai | juny jun | july jul | augustus aug | septimber sep | oktober okt | novimber nov | desimber des
id | januari jan | februari feb peb | maret mar | april apr | mei | juni jun | juli jul | agustus agu agt agus | september sep sept | oktober okt | november nov nop | desember des
ms | januari jan | februari feb | mac | april apr | mei | jun | julai jul | ogos ogo | september sep | oktober okt | november nov | disember dis
fil | enero ene | pebrero peb | marso mar | abril abr | mayo may | hunyo hun | hulyo hul | agosto ago | setyembre set | oktubre okt | nobyembre nob | disyembre dis
sw | januari jan | februari feb | machi mac | aprili apr | mei | juni jun | julai jul | agosti ago | septemba sep | oktoba okt | novemba nov | desemba des
so | jannaayo janaayo jan | febraayo feb | maarso mar | abriil abr | maayo | juun jun | luulyo lul | ogosto agosto ogs | sebteembar sebtembar seb | oktoobar okt | noofeembar nof | diseembar dis
ha | janairu jan | faburairu fab | maris mar | afirilu afi | mayu | yuni yun | yuli yul | agusta agu | satumba | oktoba okt | nuwamba nuw | disamba dis
ig | jenụwarị jen | febrụwarị feb | maachị maa | epreel epr |  | jun juu | julaị jul | ọgọọst ọgọ | septemba sep | ọktoba ọkt | novemba nov | disemba dis
zu | januwari jan | februwari feb | mashi mas | ephreli eph | meyi mey | juni jun | julayi jul | agasti aga | septhemba sep | okthoba okt | novemba nov | disemba dis
am | ጃንዋሪ ጃን ጃንዩወሪ ጃንዩዋሪ | ፌብሩዋሪ ፌብ ፌብሩወሪ | ማርች | ኤፕሪል ኤፕሪ | ሜይ | ጁን | ጁላይ | ኦገስት ኦገስ | ሴፕቴምበር ሴፕቴ | ኦክቶበር ኦክቶ | ኖቬምበር ኖቬም | ዲሴምበር ዲሴም
ar | يناير | فبراير | مارس | أبريل إبريل | مايو | يونيو يونية يونيه | يوليو يوليه | أغسطس | سبتمبر | أكتوبر | نوفمبر | ديسمبر
ar-LB | كانون_الثاني كانون_ثاني كانون_ثان | شباط | آذار أذار | نيسان | أيار آيار | حزيران | تموز | آب | أيلول | تشرين_الأول تشرين_أول | تشرين_الثاني تشرين_ثاني تشرين_ثان | كانون_الأول كانون_أول
ar-MA | يناير | فبراير | مارس | أبريل | ماي | يونيو | يوليوز | غشت | شتنبر | أكتوبر | نونبر | دجنبر
ar-TN | جانفي | فيفري | مارس | أفريل | ماي | جوان | جويلية | أوت | سبتمبر | أكتوبر | نوفمبر | ديسمبر
fa | ژانویه ژانویهٔ | فوریه فوریهٔ | مارس | آوریل آپریل اپریل | مه مهٔ می | ژوئن | ژوئیه ژوئیهٔ جولای | اوت آگوست | سپتامبر | اکتبر | نوامبر | دسامبر
ps | جنوري | فېبروري فبروري | مارچ | اپریل | مۍ | جون | جولای | اګست | سپتمبر سېپتمبر | اکتوبر | نومبر | دسمبر
ur | جنوری | فروری | مارچ | اپریل | مئی | جون | جولائی | اگست | ستمبر | اکتوبر | نومبر | دسمبر
he | ינואר ינו׳ | פברואר פבר׳ | מרץ מארס | אפריל אפר׳ | מאי | יוני | יולי | אוגוסט אוג׳ | ספטמבר ספט׳ | אוקטובר אוק׳ | נובמבר נוב׳ | דצמבר דצמ׳
yi | יאַנואַר יאַנ | פֿעברואַר פֿעב | מערץ | אַפּריל אַפּר | מיי | יוני | יולי | אויגוסט אויג | סעפּטעמבער סעפּ | אקטאבער אקט | נאוועמבער נאוו | דעצעמבער דעצ
hi | जनवरी जन॰ जनवरि | फ़रवरी फ़र॰ | मार्च | अप्रैल | मई | जून | जुलाई जुल॰ | अगस्त अग॰ | सितंबर सित॰ सितम्बर | अक्टूबर अक्टू॰ अक्तूबर | नवंबर नव॰ नवम्बर | दिसंबर दिस॰ दिसम्बर
bn | জানুয়ারি জানু জানুয়ারী | ফেব্রুয়ারি ফেব ফেব্রুয়ারী | মার্চ | এপ্রিল এপ্রি | মে | জুন | জুলাই জুল | আগস্ট আগ অগস্ট | সেপ্টেম্বর সেপ্ট সেপ | অক্টোবর অক্টো | নভেম্বর নভে | ডিসেম্বর ডিসে
as | জানুৱাৰী জানু | ফেব্ৰুৱাৰী ফেব্ৰু | মাৰ্চ | এপ্ৰিল | মে’ | জুন | জুলাই | আগষ্ট আগ | ছেপ্তেম্বৰ ছেপ্তে | অক্টোবৰ অক্টো | নৱেম্বৰ নৱে | ডিচেম্বৰ ডিচে
mr | जानेवारी जाने | फेब्रुवारी फेब्रु | मार्च | एप्रिल एप्रि | मे | जून | जुलै | ऑगस्ट ऑग | सप्टेंबर सप्टें | ऑक्टोबर ऑक्टो | नोव्हेंबर नोव्हें | डिसेंबर डिसें
gu | જાન્યુઆરી જાન્યુ | ફેબ્રુઆરી ફેબ્રુ | માર્ચ | એપ્રિલ | મે | જૂન | જુલાઈ | ઑગસ્ટ | સપ્ટેમ્બર સપ્ટે | ઑક્ટોબર ઑક્ટો | નવેમ્બર નવે | ડિસેમ્બર ડિસે
or | ଜାନୁଆରୀ | ଫେବୃଆରୀ | ମାର୍ଚ୍ଚ | ଅପ୍ରେଲ | ମଇ | ଜୁନ | ଜୁଲାଇ | ଅଗଷ୍ଟ | ସେପ୍ଟେମ୍ବର | ଅକ୍ଟୋବର | ନଭେମ୍ବର | ଡିସେମ୍ବର
pa | ਜਨਵਰੀ ਜਨ | ਫ਼ਰਵਰੀ ਫ਼ਰ | ਮਾਰਚ | ਅਪ੍ਰੈਲ ਅਪ੍ਰੈ | ਮਈ | ਜੂਨ | ਜੁਲਾਈ ਜੁਲਾ | ਅਗਸਤ ਅਗ | ਸਤੰਬਰ ਸਤੰ | ਅਕਤੂਬਰ ਅਕਤੂ | ਨਵੰਬਰ ਨਵੰ | ਦਸੰਬਰ ਦਸੰ
ta | ஜனவரி ஜன | பிப்ரவரி பிப் | மார்ச் மார் | ஏப்ரல் ஏப் | மே | ஜூன் | ஜூலை | ஆகஸ்ட் ஆக | செப்டம்பர் செப் | அக்டோபர் அக் | நவம்பர் நவ | டிசம்பர் டிச
te | జనవరి జన | ఫిబ్రవరి ఫిబ్ర | మార్చి | ఏప్రిల్ ఏప్రి | మే | జూన్ | జులై జూలై | ఆగస్టు ఆగ | సెప్టెంబర్ సెప్టెం | అక్టోబర్ అక్టో | నవంబర్ నవం | డిసెంబర్ డిసెం
kn | ಜನವರಿ ಜನ | ಫೆಬ್ರವರಿ ಫೆಬ್ರ | ಮಾರ್ಚ್ | ಏಪ್ರಿಲ್ ಏಪ್ರಿ | ಮೇ | ಜೂನ್ | ಜುಲೈ | ಆಗಸ್ಟ್ ಆಗ | ಸೆಪ್ಟೆಂಬರ್ ಸೆಪ್ಟೆಂ ಸೆಪ್ಟಂಬರ್ | ಅಕ್ಟೋಬರ್ ಅಕ್ಟೋ | ನವೆಂಬರ್ ನವೆಂ | ಡಿಸೆಂಬರ್ ಡಿಸೆಂ
ml | ജനുവരി ജനു | ഫെബ്രുവരി ഫെബ്രു | മാർച്ച് മാർ | ഏപ്രിൽ ഏപ്രി | മേയ് മെയ് | ജൂൺ | ജൂലൈ ജൂലായ് | ഓഗസ്റ്റ് ഓഗ ആഗസ്റ്റ് ആഗസ്ത് | സെപ്റ്റംബർ സെപ്റ്റം സെപ്തംബർ | ഒക്ടോബർ ഒക്ടോ | നവംബർ നവം | ഡിസംബർ ഡിസം
ne | जनवरी | फेब्रुअरी | मार्च | अप्रिल | मे | जुन | जुलाई | अगस्ट | सेप्टेम्बर | अक्टोबर | नोभेम्बर | डिसेम्बर
th | มกราคม ม.ค | กุมภาพันธ์ ก.พ | มีนาคม มี.ค | เมษายน เม.ย | พฤษภาคม พ.ค | มิถุนายน มิ.ย | กรกฎาคม ก.ค | สิงหาคม ส.ค | กันยายน ก.ย | ตุลาคม ต.ค | พฤศจิกายน พ.ย | ธันวาคม ธ.ค
lo | ມັງກອນ ມ.ກ | ກຸມພາ ກ.ພ | ມີນາ ມ.ນ | ເມສາ ມ.ສ | ພຶດສະພາ ພ.ພ | ມິຖຸນາ ມິ.ຖ | ກໍລະກົດ ກ.ລ | ສິງຫາ ສ.ຫ | ກັນຍາ ກ.ຍ | ຕຸລາ ຕ.ລ | ພະຈິກ ພ.ຈ | ທັນວາ ທ.ວ
km | មករា | កុម្ភៈ | មីនា | មេសា | ឧសភា | មិថុនា | កក្កដា | សីហា | កញ្ញា | តុលា | វិច្ឆិកា | ធ្នូ
my | ဇန်နဝါရီ ဇန် | ဖေဖော်ဝါရီ ဖေ | မတ် | ဧပြီ ဧ | မေ | ဇွန် | ဇူလိုင် ဇူ | ဩဂုတ် ဩ | စက်တင်ဘာ စက် | အောက်တိုဘာ အောက် | နိုဝင်ဘာ နို | ဒီဇင်ဘာ ဒီ
ku | rêbendan rbn | sibat sbt | adar adr | nîsan nsn | gulan gln | hezîran hzr | tîrmeh trm | tebax tbx | îlon îln | cotmeh cot | mijdar mjd | berfanbar brf
sd | جنوري | فيبروري | مارچ | اپريل | مئي | جون | جولاءِ | آگسٽ | سيپٽمبر | آڪٽوبر | نومبر | ڊسمبر
eo | januaro jan | februaro feb | marto mar | aprilo apr | majo maj | junio jun | julio jul | aŭgusto aŭg | septembro sep | oktobro okt | novembro nov | decembro dec
si | ජනවාරි ජන | පෙබරවාරි පෙබ | මාර්තු | අප්රේල් | මැයි | ජූනි | ජූලි | අගෝස්තු අගෝ | සැප්තැම්බර් සැප් | ඔක්තෝබර් ඔක් | නොවැම්බර් නොවැ | දෙසැම්බර් දෙසැ
ar-DZ | جانفي | فيفري | مارس | أفريل | ماي | جوان | جويلية | أوت | سبتمبر | أكتوبر | نوفمبر | ديسمبر
roman | | ii | iii | iv | | vi | vii | viii | ix | | xi | xii
vi | tháng_một tháng_giêng | tháng_hai | tháng_ba | tháng_tư | tháng_năm | tháng_sáu | tháng_bảy | tháng_tám | tháng_chín | tháng_mười | tháng_mười_một | tháng_mười_hai tháng_chạp
mn | нэгдүгээр_сарын | хоёрдугаар_сарын | гуравдугаар_сарын | дөрөвдүгээр_сарын | тавдугаар_сарын | зургадугаар_сарын зургаадугаар_сарын | долоодугаар_сарын | наймдугаар_сарын | есдүгээр_сарын | аравдугаар_сарын | арван_нэгдүгээр_сарын | арван_хоёрдугаар_сарын
ckb | کانوونی_دووەمی کانوونی_دووەم | شوباتی شوبات | ئازاری ئازار | نیسانی نیسان | ئایاری ئایار | حوزەیرانی حوزەیران | تەمووزی تەمووز | ئابی ئاب | ئەیلوولی ئەیلوول | تشرینی_یەکەمی تشرینی_یەکەم | تشرینی_دووەمی تشرینی_دووەم | کانونی_یەکەمی کانونی_یەکەم
ku | rêbendana rêbendanê | sibata sibatê | adara adarê | nîsana nîsanê | gulana gulanê | hezîrana hezîranê | tîrmeha tîrmehê | tebaxa tebaxê | îlona îlonê | cotmeha cotmehê | mijdara mijdarê | berfanbara berfanbarê
`

// croatianMonths are names that are another month in Croatian than in Polish or
// Czech. A day with a full stop ("6. listopada") and a year with one ("2026.")
// are Croatian; see croatian.
var croatianMonths = map[string]time.Month{"listopad": 10, "listopada": 10, "lis": 10, "lip": 6, "srp": 7}

// solarMonths are the months of the Iranian and Afghan calendar.
const solarMonths = `
fa | فروردین | اردیبهشت | خرداد | تیر | مرداد امرداد | شهریور | مهر | آبان | آذر | دی | بهمن | اسفند
fa-AF | حمل | ثور | جوزا | سرطان | اسد | سنبله | میزان | عقرب | قوس | جدی | دلو | حوت
`

//lint:ignore ST1018 what is not seen is a part of the spelling here
const weekdayNames = `
en | sunday sun | monday mon | tuesday tue | wednesday wed | thursday thu | friday fri | saturday sat
fr | dimanche dim | lundi lun | mardi mar | mercredi mer | jeudi jeu | vendredi ven | samedi sam
de | sonntag so | montag mo | dienstag di | mittwoch mi | donnerstag do | freitag fr | samstag sa
es | domingo dom | lunes lun | martes mar | miércoles mié | jueves jue | viernes vie | sábado sáb
pt | domingo dom | segunda-feira seg | terça-feira ter | quarta-feira qua | quinta-feira qui | sexta-feira sex | sábado sáb
it | domenica dom | lunedì lun | martedì mar | mercoledì mer | giovedì gio | venerdì ven | sabato sab
nl | zondag zo | maandag ma | dinsdag di | woensdag wo | donderdag do | vrijdag vr | zaterdag za
ru | воскресенье вс | понедельник пн | вторник вт | среда ср | четверг чт | пятница пт | суббота сб
uk | неділя нд | понеділок пн | вівторок вт | середа ср | четвер чт | пʼятниця пт | субота сб
be | нядзеля нд | панядзелак пн | аўторак аў | серада ср | чацвер чц | пятніца пт | субота сб
pl | niedziela niedz | poniedziałek pon | wtorek wt | środa śr | czwartek czw | piątek pt | sobota sob
cs | neděle ne | pondělí po | úterý út | středa st | čtvrtek čt | pátek pá | sobota so
sk | nedeľa ne | pondelok po | utorok ut | streda st | štvrtok št | piatok pi | sobota so
hr | nedjelja ned | ponedjeljak pon | utorak uto | srijeda sri | četvrtak čet | petak pet | subota sub
sr | недеља нед | понедељак пон | уторак уто | среда сре | четвртак чет | петак пет | субота суб
sr-Latn | nedelja ned | ponedeljak pon | utorak uto | sreda sre | četvrtak čet | petak pet | subota sub
bs | nedjelja ned | ponedjeljak pon | utorak uto | srijeda sri | četvrtak čet | petak pet | subota sub
sl | nedelja ned | ponedeljek pon | torek tor | sreda sre | četrtek čet | petek pet | sobota sob
mk | недела нед | понеделник пон | вторник вто | среда сре | четврток чет | петок пет | сабота саб
bg | неделя нд | понеделник пн | вторник вт | сряда ср | четвъртък чт | петък пт | събота сб
ro | duminică dum | luni lun | marți mar | miercuri mie | joi | vineri vin | sâmbătă sâm
hu | vasárnap | hétfő | kedd | szerda sze | csütörtök cs | péntek | szombat szo
fi | sunnuntai sunnuntaina su | maanantai maanantaina ma | tiistai tiistaina ti | keskiviikko keskiviikkona ke | torstai torstaina to | perjantai perjantaina pe | lauantai lauantaina la
et | pühapäev | esmaspäev | teisipäev | kolmapäev | neljapäev | reede | laupäev
lv | svētdiena svētd | pirmdiena pirmd | otrdiena otrd | trešdiena trešd | ceturtdiena ceturtd | piektdiena piektd | sestdiena sestd
lt | sekmadienis sk | pirmadienis pr | antradienis an | trečiadienis tr | ketvirtadienis kt | penktadienis pn | šeštadienis št
sv | söndag sön | måndag mån | tisdag tis | onsdag ons | torsdag tors | fredag fre | lördag lör
nb | søndag søn | mandag man | tirsdag tir | onsdag ons | torsdag tor | fredag fre | lørdag lør
da | søndag søn | mandag man | tirsdag tirs | onsdag ons | torsdag tors | fredag fre | lørdag lør
is | sunnudagur sun | mánudagur mán | þriðjudagur þri | miðvikudagur mið | fimmtudagur fim | föstudagur fös | laugardagur lau
fo | sunnudagur sun | mánadagur mán | týsdagur týs | mikudagur mik | hósdagur hós | fríggjadagur frí | leygardagur ley
el | κυριακή κυρ | δευτέρα δευ | τρίτη τρί | τετάρτη τετ | πέμπτη πέμ | παρασκευή παρ | σάββατο σάβ
tr | pazar paz | pazartesi pzt | salı sal | çarşamba çar | perşembe per | cuma cum | cumartesi cmt
az | bazar | bazar_ertəsi b.e | çərşənbə_axşamı ç.a | çərşənbə | cümə_axşamı c.a | cümə | şənbə
uz | yakshanba yak | dushanba dush | seshanba sesh | chorshanba chor | payshanba pay | juma jum | shanba shan
kk | жексенбі жс | дүйсенбі дс | сейсенбі сс | сәрсенбі ср | бейсенбі бс | жұма жм | сенбі сб
ky | жекшемби жек | дүйшөмбү дүй | шейшемби шейш | шаршемби шарш | бейшемби бейш | жума | ишемби ишм
tk | ýekşenbe ýek | duşenbe duş | sişenbe siş | çarşenbe çar | penşenbe pen | anna ann | şenbe şen
tg | якшанбе яшб | душанбе дшб | сешанбе сшб | чоршанбе чшб | панҷшанбе пшб | ҷумъа ҷмъ | шанбе шнб
ka | კვირა კვი | ორშაბათი ორშ | სამშაბათი სამ | ოთხშაბათი ოთხ | ხუთშაბათი ხუთ | პარასკევი პარ | შაბათი შაბ
hy | կիրակի կիր | երկուշաբթի երկ | երեքշաբթի երք | չորեքշաբթի չրք | հինգշաբթի հնգ | ուրբաթ ուր | շաբաթ շբթ
sq | e_diel die | e_hënë hën | e_martë mar | e_mërkurë mër | e_enjte enj | e_premte pre | e_shtunë sht
ca | diumenge dg | dilluns dl | dimarts dt | dimecres dc | dijous dj | divendres dv | dissabte ds
gl | domingo dom | luns | martes mar | mércores mér | xoves xov | venres ven | sábado sáb
eu | igandea ig | astelehena al | asteartea ar | asteazkena az | osteguna og | ostirala or | larunbata lr
ga | dé_domhnaigh domh | dé_luain luan | dé_máirt máirt | dé_céadaoin céad | déardaoin déar | dé_haoine aoine | dé_sathairn sath
cy | dydd_sul sul | dydd_llun llun | dydd_mawrth maw | dydd_mercher mer | dydd_iau iau | dydd_gwener gwe gwen | dydd_sadwrn sad
mt | il-ħadd ħad | it-tnejn tne | it-tlieta tli | l-erbgħa erb | il-ħamis ħam | il-ġimgħa ġim | is-sibt sib
lb | sonndeg son | méindeg méi | dënschdeg dën | mëttwoch mët | donneschdeg don | freideg fre | samschdeg sam
rm | dumengia du | glindesdi gli | mardi ma | mesemna me | gievgia gie | venderdi ve | sonda so
af | sondag so | maandag ma | dinsdag di | woensdag wo | donderdag do | vrydag vr | saterdag sa
fy | snein si | moandei mo | tiisdei ti | woansdei wo | tongersdei to | freed fr | sneon so
id | minggu min | senin sen | selasa sel | rabu rab | kamis kam | jumat jum | sabtu sab
ms | ahad ahd | isnin isn | selasa sel | rabu rab | khamis kha | jumaat jum | sabtu sab
fil | linggo lin | lunes lun | martes mar | miyerkules miy | huwebes huw | biyernes biy | sabado sab
sw | jumapili | jumatatu | jumanne | jumatano | alhamisi | ijumaa | jumamosi
so | axad axd | isniin isn | talaado tldo | arbaco arbc | khamiis khms | jimco jmc | sabti sbti
ha | lahadi lah | litinin lit | talata tal | laraba lar | alhamis alh | jummaʼa jum | asabar asa
ig | sọndee sọn | mọnde mọn | tiuzdee tiu | wenezdee wen | tọọzdee tọọ | fraịdee fraị | satọdee sat
zu | isonto son | umsombuluko mso | ulwesibili bil | ulwesithathu tha | ulwesine sin | ulwesihlanu hla | umgqibelo mgq
am | እሑድ | ሰኞ | ማክሰኞ ማክሰ | ረቡዕ | ሐሙስ | ዓርብ | ቅዳሜ
ar | الأحد | الاثنين | الثلاثاء | الأربعاء | الخميس | الجمعة | السبت
fa | یکشنبه | دوشنبه | سه‌شنبه | چهارشنبه | پنجشنبه | جمعه | شنبه
ps | يونۍ | دونۍ | درېنۍ | څلرنۍ | پينځنۍ | جمعه | اونۍ
ur | اتوار | پیر | منگل | بدھ | جمعرات | جمعہ | ہفتہ
he | יום_ראשון יום_א׳ | יום_שני יום_ב׳ | יום_שלישי יום_ג׳ | יום_רביעי יום_ד׳ | יום_חמישי יום_ה׳ | יום_שישי יום_ו׳ | יום_שבת שבת
yi | זונטיק | מאָנטיק | דינסטיק | מיטוואך | דאנערשטיק | פֿרײַטיק | שבת
hi | रविवार रवि | सोमवार सोम | मंगलवार मंगल | बुधवार बुध | गुरुवार गुरु | शुक्रवार शुक्र | शनिवार शनि
bn | রবিবার রবি | সোমবার সোম | মঙ্গলবার মঙ্গল | বুধবার বুধ | বৃহস্পতিবার বৃহস্পতি | শুক্রবার শুক্র | শনিবার শনি
as | দেওবাৰ দেও | সোমবাৰ সোম | মঙ্গলবাৰ মঙ্গল | বুধবাৰ বুধ | বৃহস্পতিবাৰ বৃহ | শুক্ৰবাৰ শুক্ৰ | শনিবাৰ শনি
mr | रविवार रवि | सोमवार सोम | मंगळवार मंगळ | बुधवार बुध | गुरुवार गुरु | शुक्रवार शुक्र | शनिवार शनि
gu | રવિવાર રવિ | સોમવાર સોમ | મંગળવાર મંગળ | બુધવાર બુધ | ગુરુવાર ગુરુ | શુક્રવાર શુક્ર | શનિવાર શનિ
or | ରବିବାର ରବି | ସୋମବାର ସୋମ | ମଙ୍ଗଳବାର ମଙ୍ଗଳ | ବୁଧବାର ବୁଧ | ଗୁରୁବାର ଗୁରୁ | ଶୁକ୍ରବାର ଶୁକ୍ର | ଶନିବାର ଶନି
pa | ਐਤਵਾਰ ਐਤ | ਸੋਮਵਾਰ ਸੋਮ | ਮੰਗਲਵਾਰ ਮੰਗਲ | ਬੁੱਧਵਾਰ ਬੁੱਧ | ਵੀਰਵਾਰ ਵੀਰ | ਸ਼ੁੱਕਰਵਾਰ ਸ਼ੁੱਕਰ | ਸ਼ਨੀਵਾਰ ਸ਼ਨੀ
ta | ஞாயிறு ஞாயி | திங்கள் திங் | செவ்வாய் செவ் | புதன் புத | வியாழன் வியா | வெள்ளி வெள் | சனி
te | ఆదివారం ఆది | సోమవారం సోమ | మంగళవారం మంగళ | బుధవారం బుధ | గురువారం గురు | శుక్రవారం శుక్ర | శనివారం శని
kn | ಭಾನುವಾರ ಭಾನು | ಸೋಮವಾರ ಸೋಮ | ಮಂಗಳವಾರ ಮಂಗಳ | ಬುಧವಾರ ಬುಧ | ಗುರುವಾರ ಗುರು | ಶುಕ್ರವಾರ ಶುಕ್ರ | ಶನಿವಾರ ಶನಿ
ml | ഞായറാഴ്ച ഞായർ | തിങ്കളാഴ്ച തിങ്കൾ | ചൊവ്വാഴ്ച ചൊവ്വ | ബുധനാഴ്ച ബുധൻ | വ്യാഴാഴ്ച വ്യാഴം | വെള്ളിയാഴ്ച വെള്ളി | ശനിയാഴ്ച ശനി
ne | आइतबार आइत | सोमबार सोम | मङ्गलबार मङ्गल | बुधबार बुध | बिहिबार बिहि | शुक्रबार शुक्र | शनिबार शनि
th | วันอาทิตย์ อาทิตย์ | วันจันทร์ จันทร์ | วันอังคาร อังคาร | วันพุธ พุธ | วันพฤหัสบดี พฤหัส | วันศุกร์ ศุกร์ | วันเสาร์ เสาร์
lo | ວັນອາທິດ ອາທິດ | ວັນຈັນ ຈັນ | ວັນອັງຄານ ອັງຄານ | ວັນພຸດ ພຸດ | ວັນພະຫັດ ພະຫັດ | ວັນສຸກ ສຸກ | ວັນເສົາ ເສົາ
km | អាទិត្យ | ចន្ទ ច័ន្ទ | អង្គារ | ពុធ | ព្រហស្បតិ៍ ព្រហ | សុក្រ | សៅរ៍
my | တနင်္ဂနွေ | တနင်္လာ | အင်္ဂါ | ဗုဒ္ဓဟူး | ကြာသပတေး | သောကြာ | စနေ
ku | yekşem yşm | duşem dşm | sêşem sşm | çarşem çşm | pêncşem pşm | înî | şemî şem
sd | آچر | سومر | اڱارو | اربع | خميس | جمعو | ڇنڇر
eo | dimanĉo di | lundo lu | mardo ma | merkredo me | ĵaŭdo ĵa | vendredo ve | sabato sa
vi | chủ_nhật | thứ_hai | thứ_ba | thứ_tư | thứ_năm | thứ_sáu | thứ_bảy
si | ඉරිදා | සඳුදා | අඟහරුවාදා | බදාදා | බ්රහස්පතින්දා | සිකුරාදා | සෙනසුරාදා
mn | ням | даваа | мягмар | лхагва | пүрэв | баасан | бямба
pt |  | segunda | terça | quarta | quinta | sexta | 
ar | أحد | اثنين الإثنين إثنين | ثلاثاء | أربعاء | خميس | جمعة | سبت
de |  |  |  |  |  |  | sonnabend
en |  | mo | tues tu | we | thur thurs th |  | sa
he | ראשון | שני | שלישי | רביעי | חמישי | שישי | שבת
fa |  |  |  | چهار_شنبه | پنج_شنبه |  | 
zh | 星期日 星期天 周日 週日 周天 礼拜天 禮拜天 礼拜日 禮拜日 | 星期一 周一 週一 礼拜一 禮拜一 | 星期二 周二 週二 礼拜二 禮拜二 | 星期三 周三 週三 礼拜三 禮拜三 | 星期四 周四 週四 礼拜四 禮拜四 | 星期五 周五 週五 礼拜五 禮拜五 | 星期六 周六 週六 礼拜六 禮拜六
ja | 日曜日 日曜 | 月曜日 月曜 | 火曜日 火曜 | 水曜日 水曜 | 木曜日 木曜 | 金曜日 金曜 | 土曜日 土曜
ko | 일요일 | 월요일 | 화요일 | 수요일 | 목요일 | 금요일 | 토요일
hu | vasárnapon | hétfőn | kedden | szerdán | csütörtökön | pénteken | szombaton
cs | v_neděli | v_pondělí | v_úterý | ve_středu | ve_čtvrtek | v_pátek | v_sobotu
ru | вск вос | пон | вто | сре среду | чет чтв | пят пятницу | суб субботу
ckb | یەکشەممە | دووشەممە | سێشەممە | چوارشەممە | پێنجشەممە | ھەینی | شەممە
vi | cn | | | | | |
mn | ня | да | мя | лх | пү | ба | бя
`

// CalendarNames returns the names of the months and weekdays of a language, whole and short, in small letters; "_"
// is a space within a name. None of a language that is not known.
func CalendarNames(lang string) (names []string) {
	for _, table := range []string{monthNames, solarMonths, weekdayNames} {
		for line := range strings.Lines(table) {
			if of, cells, _ := strings.Cut(line, " | "); of == lang {
				for cell := range strings.SplitSeq(cells, "|") {
					names = append(names, strings.Fields(cell)...)
				}
			}
		}
	}
	return names
}
