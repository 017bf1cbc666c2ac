package source

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
)

// Texts of collections have what is known of them on their first lines.
func TestPageHead(t *testing.T) {
	const story = "The council voted on Tuesday to raise the wall by one metre.\n\nWork begins in May."
	const url = "https://www.tide.example/coast/1"
	for _, c := range []struct {
		name, text string
		want       article.Article // besides its body, which is the story
	}{
		{"livedoor", "http://news.tide.example/article/detail/6317287/\n2012-02-25T09:00:00+0900\n友人代表のスピーチ、独女はどうこなしている？\n" + story,
			article.Article{URL: "http://news.tide.example/article/detail/6317287/", Published: "2012-02-25T09:00:00+0900", Headline: "友人代表のスピーチ、独女はどうこなしている？"}},
		{"a title that ends like a sentence", url + "\n2012-02-25T09:00:00+0900\nThe wall is to rise.\n" + story, article.Article{URL: url, Published: "2012-02-25T09:00:00+0900", Headline: "The wall is to rise."}},
		{"title before date", url + "\nWall to rise\nMarch 3, 2026\n\n" + story, article.Article{URL: url, Published: "March 3, 2026", Headline: "Wall to rise"}},
		{"date first", "2026-03-03\n" + url + "\nWall to rise\n\n" + story, article.Article{URL: url, Published: "2026-03-03", Headline: "Wall to rise"}},
		{"date and title", "2026-03-03\nWall to rise\n" + story, article.Article{Published: "2026-03-03", Headline: "Wall to rise"}},
		{"date alone", "March 3, 2026\n\nWall to rise | The Tide\n\nWall to rise\n\n" + story, article.Article{Published: "March 3, 2026", Headline: "Wall to rise", Outlet: "The Tide"}},
		{"title first", "Wall to rise\n" + url + "\n2026-03-03\n\n" + story, article.Article{URL: url, Published: "2026-03-03", Headline: "Wall to rise"}},
		{"title, date, address", "Wall to rise\n2026-03-03\n" + url + "\n\n" + story, article.Article{URL: url, Published: "2026-03-03", Headline: "Wall to rise"}},
		{"address and title", url + "\nWall to rise\n" + story, article.Article{URL: url, Headline: "Wall to rise"}},
		{"address and title of a page", url + "\n\nWall to rise | The Tide\n\nWall to rise\n\n" + story, article.Article{URL: url, Headline: "Wall to rise"}},
		{"address alone", url + "\n\n" + story, article.Article{URL: url, Headline: "The council voted on Tuesday to raise the wall by one metre."}},
		{"address without a scheme", "www.tide.example/1\n2026-03-03\nWall to rise\n" + story, article.Article{URL: "www.tide.example/1", Published: "2026-03-03", Headline: "Wall to rise"}},

		{"labels", "URL: " + url + "\nTitle: Wall to rise\nDate: March 3, 2026\nSource: The Tide\nAuthor: Jo Falk\n\n" + story,
			article.Article{URL: url, Headline: "Wall to rise", Published: "March 3, 2026", Outlet: "The Tide", Byline: "Jo Falk"}},
		{"labels in another order", "SOURCE: The Tide\nDATE: 2026-03-03\nTITLE: Wall to rise: a metre\n\n" + story, article.Article{Headline: "Wall to rise: a metre", Published: "2026-03-03", Outlet: "The Tide"}},
		{"label of the text", "Title: Wall to rise\nText: " + story, article.Article{Headline: "Wall to rise"}},
		{"text below its label", "Headline: Wall to rise\nPublisher: The Tide\nBody:\n" + story, article.Article{Headline: "Wall to rise", Outlet: "The Tide"}},
		{"empty values", "Title: Wall to rise\nAuthor:\nDate: 2026-03-03\nURL:\n\n" + story, article.Article{Headline: "Wall to rise", Published: "2026-03-03"}},
		{"lines between", "Title: Wall to rise\n\nDate: 2026-03-03\n\nSource: The Tide\n\n" + story, article.Article{Headline: "Wall to rise", Published: "2026-03-03", Outlet: "The Tide"}},
		{"below the headline", "Wall to rise\n\nBy: Jo Falk\nDate: March 3, 2026\n\n" + story, article.Article{Headline: "Wall to rise", Byline: "Jo Falk", Published: "March 3, 2026"}},
		{"newsgroup", "From: jo@tide.example (Jo Falk)\nSubject: Wall to rise\nOrganization: The Tide\nLines: 11\nX-Reader: a\n\n" + story, article.Article{Headline: "Wall to rise", Byline: "jo@tide.example (Jo Falk)", Outlet: "The Tide"}},
		{"agency", "Subject: Wall to rise\nDate: 3 Mar 2026 10:00:00 GMT\nOrganization: Tidewire\n\n" + story, article.Article{Headline: "Wall to rise", Published: "3 Mar 2026 10:00:00 GMT", Outlet: "Tidewire"}},
		{"organization beside an address", "URL: " + url + "\nOrganization: Tidewire\n\n" + story, article.Article{URL: url, Headline: "The council voted on Tuesday to raise the wall by one metre."}},
		{"German", "Titel: Mauer wird höher\nDatum: 3. März 2026\nQuelle: Gezeiten\nAutor: Jo Falk\n\n" + story, article.Article{Headline: "Mauer wird höher", Published: "3. März 2026", Outlet: "Gezeiten", Byline: "Jo Falk"}},
		{"French", "Titre : Le mur\nDate : 2026-03-03\nSource : La Marée\n\n" + story, article.Article{Headline: "Le mur", Published: "2026-03-03", Outlet: "La Marée"}},
		{"Spanish", "Título: El muro\nFecha: 2026-03-03\nFuente: La Marea\nEnlace: " + url + "\n\n" + story, article.Article{Headline: "El muro", Published: "2026-03-03", Outlet: "La Marea", URL: url}},
		{"Russian", "Заголовок: Стену поднимут\nДата: 2026-03-03\nИсточник: Прилив\n\n" + story, article.Article{Headline: "Стену поднимут", Published: "2026-03-03", Outlet: "Прилив"}},
		{"Chinese", "标题：海堤将加高\n来源：潮报\n日期：2026-03-03\n正文：\n" + story, article.Article{Headline: "海堤将加高", Published: "2026-03-03", Outlet: "潮报"}},
		{"Japanese", "【タイトル】：壁\n【日付】：2026-03-03\n" + story, article.Article{Headline: "壁", Published: "2026-03-03"}},
		{"emphasis", "**Title:** Wall to rise\n**Source:** The Tide\n\n" + story, article.Article{Headline: "Wall to rise", Outlet: "The Tide"}},
		{"identity and language", "ID: 17\nLanguage: en\nTitle: Wall to rise\n\n" + story, article.Article{ID: "17", Language: "en", Headline: "Wall to rise"}},
		{"title alone", "Title: Wall to rise\n\n" + story, article.Article{Headline: "Wall to rise"}},

		{"byte order mark", "\ufeff" + url + "\n2026-03-03\nWall to rise\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"line ends of Windows", url + "\r\n2026-03-03\r\nWall to rise\r\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"labels before tabs", "url\t" + url + "\ntitle\tWall to rise\ndate\t2026-03-03\n\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"labels before equals signs", "url = " + url + "\ntitle = Wall to rise\ndate = 2026-03-03\n\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"settings", "+++\nurl = \"" + url + "\"\ntitle = \"Wall to rise\"\ndate = 2026-03-03\n+++\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"labels before bars", "URL | " + url + "\nTitle | Wall to rise\nDate | 2026-03-03\n\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"labels in brackets", "[URL] " + url + "\n[Title] Wall to rise\n[Date] 2026-03-03\n\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"labels as elements", "<url>" + url + "</url>\n<title>Wall to rise</title>\n<date>2026-03-03</date>\n\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"labels with numbers", "1. URL: " + url + "\n2. Title: Wall to rise\n3. Date: 2026-03-03\n4. Text: " + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"labels with signs", "# url: " + url + "\n# title: Wall to rise\n# date: 2026-03-03\n\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"labels that are not known", "URL: " + url + "\nTitle: Wall to rise\nDepartment: A\nDate: 2026-03-03\n\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"a line below", "URL: " + url + "\nTitle: Wall to rise\nDate: 2026-03-03\n-----\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"without blanks", "URL:" + url + "\nTITLE:Wall to rise\nDATE:2026-03-03\nTEXT:" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"aligned", "URL   : " + url + "\nTitle : Wall to rise\nDate  : 2026-03-03\n\n" + story, article.Article{URL: url, Headline: "Wall to rise", Published: "2026-03-03"}},
		{"Greek", "Τίτλος: Το τείχος\nΗμερομηνία: 3 Μαρτίου 2026\nΠηγή: Η Παλίρροια\n\n" + story, article.Article{Headline: "Το τείχος", Published: "3 Μαρτίου 2026", Outlet: "Η Παλίρροια"}},
		{"Czech", "Titulek: Zeď\nDatum: 3. března 2026\nZdroj: Příliv\n\n" + story, article.Article{Headline: "Zeď", Published: "3. března 2026", Outlet: "Příliv"}},
		{"Hungarian", "Cím: Fal\nDátum: 2026. március 3.\nForrás: Dagály\n\n" + story, article.Article{Headline: "Fal", Published: "2026. március 3.", Outlet: "Dagály"}},
		{"Romanian", "Titlu: Zidul\nData: 3 martie 2026\nSursa: Mareea\n\n" + story, article.Article{Headline: "Zidul", Published: "3 martie 2026", Outlet: "Mareea"}},
		{"Swedish", "Rubrik: Muren\nDatum: 3 mars 2026\nKälla: Tidvattnet\n\n" + story, article.Article{Headline: "Muren", Published: "3 mars 2026", Outlet: "Tidvattnet"}},
		{"Ukrainian", "Заголовок: Стіна\nДата: 3 березня 2026\nДжерело: Приплив\n\n" + story, article.Article{Headline: "Стіна", Published: "3 березня 2026", Outlet: "Приплив"}},
		{"Dutch", "Titel: Muur hoger\nDatum: 3 maart 2026\nBron: Het Getij\n\n" + story, article.Article{Headline: "Muur hoger", Published: "3 maart 2026", Outlet: "Het Getij"}},
		{"Hebrew", "כותרת: החומה\nתאריך: 3 במרץ 2026\nמקור: הגאות\n\n" + story, article.Article{Headline: "החומה", Published: "3 במרץ 2026", Outlet: "הגאות"}},
		{"Thai", "หัวข้อ: กำแพง\nวันที่: 3 มีนาคม 2569\nที่มา: น้ำขึ้น\n\n" + story, article.Article{Headline: "กำแพง", Published: "3 มีนาคม 2569", Outlet: "น้ำขึ้น"}},
		{"Vietnamese", "Tiêu đề: Bức tường\nNgày: 3/3/2026\nNguồn: Thủy triều\n\n" + story, article.Article{Headline: "Bức tường", Published: "3/3/2026", Outlet: "Thủy triều"}},
		{"Persian", "عنوان: دیوار\nتاریخ: ۳ مارس ۲۰۲۶\nمنبع: جزر\n\n" + story, article.Article{Headline: "دیوار", Published: "۳ مارس ۲۰۲۶", Outlet: "جزر"}},

		{"byline between", url + "\n2026-04-06\nBy Anna Bell\nHarbour wall to rise\n" + story, article.Article{URL: url, Published: "2026-04-06", Byline: "Anna Bell", Headline: "Harbour wall to rise"}},
		{"bylines of two", url + "\n2026-04-06\nVon Anna Bell und Jo van den Falk\nMauer wird höher\n\n" + story, article.Article{URL: url, Published: "2026-04-06", Byline: "Anna Bell und Jo van den Falk", Headline: "Mauer wird höher"}},
		{"byline with a house", url + "\n2026-04-06\nBy Anna Bell | Tide News\nHarbour wall to rise\n\n" + story, article.Article{URL: url, Published: "2026-04-06", Byline: "Anna Bell", Headline: "Harbour wall to rise"}},
		{"byline below the headline", url + "\n2026-04-06\nHarbour wall to rise\nBY ANNA BELL\n\n" + story, article.Article{URL: url, Published: "2026-04-06", Byline: "ANNA BELL", Headline: "Harbour wall to rise"}},
		{"byline above the date", url + "\nBy: Anna Bell\n2026-04-06\nHarbour wall to rise\n\n" + story, article.Article{URL: url, Published: "2026-04-06", Byline: "Anna Bell", Headline: "Harbour wall to rise"}},
		{"no byline", url + "\n2026-04-06\nBy Monday the wall must rise\n" + story, article.Article{URL: url, Published: "2026-04-06", Headline: "By Monday the wall must rise"}},
		{"no byline either", url + "\n2026-04-06\nBy Land and Sea\n" + story, article.Article{URL: url, Published: "2026-04-06", Headline: "By Land and Sea"}},
		{"date that is none in a head", "Title: Wall to rise\nDate: some day\nSource: The Journal of the Royal Society of Tides\n\n" + story,
			article.Article{Headline: "Wall to rise", Published: "some day", Outlet: "The Journal of the Royal Society of Tides"}},

		{"one label is none", "Source: minister to resign\n\n" + story, article.Article{Headline: "Source: minister to resign"}},
		{"no address", "Link: the missing piece\n\n" + story, article.Article{Headline: "Link: the missing piece"}},
		{"date that is a word", "Date: the fruit of the desert\n\n" + story, article.Article{Headline: "Date: the fruit of the desert"}},
		{"a quoted address", "Go to https://tide.example now\n\n" + story, article.Article{Headline: "Go to https://tide.example now"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.want.Body = story; strings.HasPrefix(story, c.want.Headline) {
				c.want.Body = "Work begins in May."
			}
			got, rej := page(t, "-", c.text)
			if rej != nil && c.want.Published != "some day" {
				t.Fatal(rej)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("article (-want +got):\n%s", diff)
			}
		})
	}
}

// Lines that only look like a head cost a page neither headline nor text.
func TestNoPageHead(t *testing.T) {
	const story = "The council voted on Tuesday to raise the wall by one metre."
	const url = "https://www.tide.example/coast/1"
	for _, c := range []struct{ name, text, headline, body string }{
		{"two chance labels", "Source: ministry says wall will rise\nDate: unknown\n\n" + story, "", "Source: ministry says wall will rise\n\nDate: unknown\n\n" + story},
		{"two chance labels alone", "Source: ministry says wall will rise\n\nDate: the fruit of the desert\n\n" + story, "Source: ministry says wall will rise", "Date: the fruit of the desert\n\n" + story},
		{"date and outlet", "Date: 2026-04-06\nSource: The Tide\n\n" + story, "", story},
		{"address", url + "\n\n" + story, "", story},
		{"address and date", url + "\n2026-04-06\n" + story, "", story},
		{"date", "2026-04-06\n\n" + story, "", story},
		{"address and title of a page", url + "\n\nWall to rise | The Tide", "", "Wall to rise | The Tide"},
		{"a line alone", "Wall to rise", "Wall to rise", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := page(t, "-", c.text)
			if diff := cmp.Diff([]string{c.headline, c.body}, []string{got.Headline, got.Body}); diff != "" {
				t.Errorf("headline and body (-want +got):\n%s", diff)
			}
		})
	}
}

// That the folder's name is the outlet is said once a folder, of the first page
// of which it is so, however many read them.
func TestFolderAsOutlet(t *testing.T) {
	const story = "\n\nThe council voted to raise the wall.\n"
	tree(t, map[string]string{
		"a/1.txt": "Wall to rise | tide.example" + story, "a/2.txt": "Wall to rise" + story, "a/3.txt": "Mole to rise" + story,
		"a/b/1.txt": "http://tide.example/1\n2026-03-03\nWall" + story, "a/b/2": "Title: Wall\nSource: Tide" + story,
		"c/1": "Mole" + story, "c/2": "Wall" + story, "here.txt": "Wall" + story,
	})
	const said = `nothing in the page names its outlet: the folder %q is taken for it, here and in the other such files of this folder`
	want := []string{"a/2.txt: " + fmt.Sprintf(said, "a"), "c/1: " + fmt.Sprintf(said, "c")}
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, "here.txt: "+fmt.Sprintf(said, filepath.Base(wd)))
	got := readAll(t, Options{}, strings.NewReader("Wall"+story), "a", "c", "here.txt", "./here.txt", filepath.Join(wd, "here.txt"), "-")
	if diff := cmp.Diff(want, got.Rejects); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	if len(got.Bodies) != 11 {
		t.Errorf("%d articles, want 11", len(got.Bodies))
	}
}

func TestPageOutletIsCut(t *testing.T) {
	a, rej := page(t, "-", "Title: Wall\nSource: "+strings.Repeat("é", 600)+"\n\nIt will rise.")
	if rej == nil || !rej.Kept || rej.Reason != "outlet of 1200 bytes: cut to 1024" || a.Outlet != strings.Repeat("é", 512) {
		t.Errorf("outlet of %d bytes, warning %v", len(a.Outlet), rej)
	}
}
