package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const story = "The council voted on Tuesday to close the old bridge, which officials said had become too dangerous for the heavy traffic of the port.\n"

func TestFrames(t *testing.T) {
	kinds := map[FrameKind]string{Byline: "byline", Dateline: "dateline", Credit: "credit", Repeat: "headline repeated"}
	agencies := DefaultAgencies()
	for _, test := range []struct{ name, body, want string }{
		{"none", story + story, ""},
		{"bracketed", "PARIS (AFP) — " + story, "dateline AFP PARIS (AFP) — "},
		{"dated", "LONDON, March 3 (Reuters) - " + story, "dateline Reuters LONDON, March 3 (Reuters) - "},
		{"mixed case", "New Delhi, Mar 3 (PTI) " + story, "dateline PTI New Delhi, Mar 3 (PTI) "},
		{"mixed case with dash", "Berlin (dpa/lno) - " + story, "dateline dpa Berlin (dpa/lno) - "},
		{"no agency", "LOS ANGELES — " + story, "dateline  LOS ANGELES — "},
		{"region", "ST. LOUIS, Mo. -- " + story, "dateline  ST. LOUIS, Mo. -- "},
		{"italian", "(ANSA) - ROMA, 3 MAR - " + story, "dateline ANSA (ANSA) - ROMA, 3 MAR - "},
		{"spanish", "Madrid, 3 de marzo (EFE).- " + story, "dateline EFE Madrid, 3 de marzo (EFE).- "},
		{"russian slashes", "МОСКВА, 3 марта. /ТАСС/. Совет проголосовал во вторник за закрытие старого моста, сообщили власти города.", "dateline TASS МОСКВА, 3 марта. /ТАСС/. "},
		{"russian signed", "МОСКВА, 3 мар — РИА Новости. Совет проголосовал во вторник за закрытие старого моста, сообщили власти.", "dateline RIA МОСКВА, 3 мар — РИА Новости. "},
		{"turkish", "İSTANBUL (AA) - " + story, "dateline Anadolu İSTANBUL (AA) - "},
		{"arabic", "القاهرة (رويترز) - صوت المجلس يوم الثلاثاء على إغلاق الجسر القديم حسبما قال مسؤولون", "dateline Reuters القاهرة (رويترز) - "},
		{"persian", "تهران (ایرنا) - شورا روز سه\u200cشنبه به بستن پل قدیمی رأی داد، مقامات گفتند که این پل خطرناک است", "dateline IRNA تهران (ایرنا) - "},
		{"hindi", "नई दिल्ली, 3 मार्च (भाषा) परिषद ने मंगलवार को पुराने पुल को बंद करने के लिए मतदान किया", "dateline PTI नई दिल्ली, 3 मार्च (भाषा) "},
		{"japanese", "東京（共同）市議会は火曜日、古い橋を閉鎖することを決めた。市長は記者団に語った。", "dateline Kyodo 東京（共同）"},
		{"japanese headed", "【ワシントン共同】市議会は火曜日、古い橋を閉鎖することを決めた。市長は記者団に語った。", "dateline Kyodo 【ワシントン共同】"},
		{"japanese noun", "【共同声明】市議会は火曜日、古い橋を閉鎖することを決めた。市長は記者団に語った。", ""},
		{"chinese", "新华社北京3月3日电（记者张三）市议会周二投票决定关闭旧桥，官员表示。市长对记者说，我们别无选择。", "dateline Xinhua 新华社北京3月3日电（记者张三）"},
		{"korean", "(서울=연합뉴스) 홍길동 기자 = 시의회는 화요일 오래된 다리를 폐쇄하기로 결정했다고 관계자들이 말했다.", "dateline Yonhap (서울=연합뉴스) 홍길동 기자 = "},
		{"release", "NEW YORK, March 3, 2026 /PRNewswire/ -- " + story, "dateline PR Newswire NEW YORK, March 3, 2026 /PRNewswire/ -- "},
		{"byline", "By Jane Doe\n" + story, "byline  By Jane Doe"},
		{"agency byline", "By AFP Staff\nLONDON (dpa) — " + story, "byline AFP By AFP Staff; dateline dpa LONDON (dpa) — "},
		{"signed byline", "Jane Doe, Associated Press\n" + story, "byline AP Jane Doe, Associated Press"},
		{"german byline", "Von Erika Mustermann\n" + story, "byline  Von Erika Mustermann"},
		{"not a byline", "Von der Leyen warnt vor Krieg\n" + story, ""},
		{"nor this", "By Tuesday the council will vote\n" + story, ""},
		{"russian byline", "Автор: Иван Петров\n" + story, "byline  Автор: Иван Петров"},
		{"chinese byline", "记者 张三\n市议会周二投票决定关闭旧桥，官员表示。", "byline  记者 张三"},
		{"korean byline", "홍길동 기자\n시의회는 화요일 오래된 다리를 폐쇄하기로 결정했다고 말했다.", "byline  홍길동 기자"},
		{"headline", "Council votes to close bridge\n" + story, "headline repeated  Council votes to close bridge"},
		{"copyright", story + "Copyright 2026 Associated Press. All rights reserved.", "credit AP Copyright 2026 Associated Press. All rights reserved."},
		{"copyright sign", story + "© AFP", "credit AFP © AFP"},
		{"reuters desk", story + "(Reporting by Jane Doe in Paris; Editing by John Roe)", "credit Reuters (Reporting by Jane Doe in Paris; Editing by John Roe)"},
		{"source", story + "Source: Xinhua\n", "credit Xinhua Source: Xinhua"},
		{"with", story + "with AP\n", "credit AP with AP"},
		{"canadian", story + "— With files from The Canadian Press", "credit CP — With files from The Canadian Press"},
		{"signature", strings.TrimSpace(story) + " – Reuters", "credit Reuters – Reuters"},
		{"signature in brackets", strings.TrimSpace(story) + " (AP)", "credit AP (AP)"},
		{"picture", "(AP Photo/Jane Doe)\n" + story, "credit  (AP Photo/Jane Doe)"},
		{"parenthesis", "NBC News chief Andrew Lack — once accused — " + story, ""},
		{"told", "The council voted on Tuesday, officials told Reuters.\nIt was late, as Bloomberg reported.", ""},
		{"about", "Associated Press (AP) reporters were expelled on Tuesday from the briefing, the agency said in a statement. It told Reuters", ""},
		{"short", "PARIS (AFP) - No.", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			end := uint32(0)
			for _, f := range agencies.Frames("Council Votes to Close Bridge", test.body) {
				got = append(got, kinds[f.Kind]+" "+f.Agency+" "+test.body[f.Start:f.End])
				if f.Start < end {
					t.Errorf("frame %+v overlaps", f)
				}
				end = f.End
			}
			if diff := cmp.Diff(test.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("frames (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCredit(t *testing.T) {
	agencies := NewAgencies(map[string][]string{"Ourwire": {"OWN", "Our Wire Network"}})
	for _, test := range []struct{ name, body, byline, want string }{
		{"none", story, "", ""},
		{"dateline before byline", "By AFP Staff\nLONDON (dpa) — " + story, "", "dpa"},
		{"byline field", story, "Jane Doe, Associated Press", "AP"},
		{"short body", "PARIS (AFP) - No.", "", "AFP"},
		{"told", "Officials told Reuters that it was late.\nThe mayor spoke to AFP.", "Jane Doe", ""},
		{"lower case is a word", story + "Source: pa", "", ""},
		{"extended", "PARIS (OWN) - " + story, "", "Ourwire"},
		{"extended by words", story + "© 2026 Our Wire Network", "", "Ourwire"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, got := agencies.Read("Bridge", test.byline, test.body); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func FuzzFrames(f *testing.F) {
	for _, s := range []string{"PARIS (AFP) — " + story, "By A B\n\n© AFP", "新华社北京3月3日电（记者张三）市", story + " – Reuters", "((((/AP/", "/ \xff(AP"} {
		f.Add("Bridge closed again", s)
	}
	agencies := DefaultAgencies()
	f.Fuzz(func(t *testing.T, headline, body string) {
		end, sum := uint32(0), 0
		for _, frame := range agencies.Frames(headline, body) {
			if frame.Start < end || frame.End <= frame.Start || int(frame.End) > len(body) {
				t.Fatalf("%q: frame %+v after %d", body, frame, end)
			}
			end = frame.End
			sum += int(frame.End - frame.Start)
		}
		if 2*sum > len(body) {
			t.Fatalf("%q: frames cover %d bytes", body, sum)
		}
		if _, got := agencies.Read(headline, "", body); got == "" && len(body) > 0 {
			for _, frame := range agencies.Frames(headline, body) {
				if frame.Agency != "" {
					t.Fatalf("%q: frame %+v not credited", body, frame)
				}
			}
		}
	})
}

func BenchmarkFrames(b *testing.B) {
	agencies := DefaultAgencies()
	body := "By Jane Doe\nLONDON, March 3 (Reuters) - " + strings.Repeat(story, 25) + "(Reporting by Jane Doe; Editing by John Roe)"
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		agencies.Frames("Council votes to close bridge", body)
	}
}
