package text

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

type benchArticle struct {
	Headline string `json:"title"`
	Body     string `json:"body"`
}

// articles reads a set of ../shared/data, or skips the test.
func articles(tb testing.TB, set string) (list []benchArticle) {
	path := "../../shared/data/" + set + "/articles.jsonl.gz"
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		tb.Skipf("no real data: %s is absent", path)
	}
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	r, err := gzip.NewReader(file)
	if err != nil {
		tb.Fatal(err)
	}
	for d := json.NewDecoder(r); ; {
		var a benchArticle
		if err := d.Decode(&a); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			tb.Fatal(err)
		}
		list = append(list, a)
	}
}

func benchmarkWords(b *testing.B, bodies []string) {
	size := 0
	for _, s := range bodies {
		size += len(s)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var words []Word
	n := 0
	for b.Loop() {
		n = 0
		for _, s := range bodies {
			words = Words(words[:0], s)
			n += len(words)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(bodies))/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(size)/float64(n), "bytes/word")
}

func BenchmarkWords(b *testing.B) {
	own := map[string]string{
		"ascii":   "The council voted 7 to 4 on Tuesday to close the old bridge, officials said. \"We had no choice,\" the mayor told reporters. ",
		"typeset": "The council’s vote on Tuesday – 7 to 4 – closed the bridge, officials said. “We didn’t have a choice,” the mayor told reporters. ",
		"french":  "Le conseil a voté mardi la fermeture de l’ancien pont, ont indiqué les autorités. « Nous n’avions pas le choix », a déclaré le maire. ",
		"russian": "Совет проголосовал во вторник за закрытие старого моста, сообщили власти. «У нас не было выбора», — заявил мэр. ",
		"arabic":  "صوت المجلس يوم الثلاثاء على إغلاق الجسر القديم، حسبما قال مسؤولون. وقال رئيس البلدية للصحفيين «لم يكن لدينا خيار». ",
		"hindi":   "परिषद ने मंगलवार को पुराने पुल को बंद करने के लिए मतदान किया, अधिकारियों ने कहा। ",
		"chinese": "市议会周二以7比4投票决定关闭旧桥，官员表示。市长对记者说：“我们别无选择。”",
	}
	for _, name := range []string{"ascii", "typeset", "french", "russian", "arabic", "hindi", "chinese"} {
		b.Run(name, func(b *testing.B) { benchmarkWords(b, []string{strings.Repeat(own[name], 30)}) })
	}
	for _, set := range []string{"planted-en", "planted-multilingual"} {
		b.Run(set, func(b *testing.B) {
			var bodies []string
			for _, a := range articles(b, set) {
				bodies = append(bodies, a.Body)
			}
			benchmarkWords(b, bodies)
		})
	}
}
