package notices_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"dedupe/notices"
	"dedupe/text"
)

// sections returns the lines of a file of testdata by language, in the order of the file.
func sections(t *testing.T, name string) (tags []string, of map[string][]string) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	of = map[string][]string{}
	tag := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			tag = strings.Trim(line, "[]")
			tags = append(tags, tag)
		default:
			of[tag] = append(of[tag], line)
		}
	}
	return tags, of
}

// bodies joins lines that no empty line parts.
func bodies(lines []string) []string {
	return strings.Split(strings.Trim(strings.Join(lines, "\n"), "\n"), "\n\n")
}

// marked returns how many words a body has, and how many of them are in notices.
func marked(body string) (all, in int) {
	words := text.Words(nil, body)
	for _, n := range notices.Default().In(body) {
		for _, w := range words {
			if n.Start <= w.Start && w.End <= n.End {
				in++
			}
		}
	}
	return len(words), in
}

// TestPages: of one page in each language the notice is found, in its language, and no
// word of the story.
func TestPages(t *testing.T) {
	tags, pages := sections(t, "pages.txt")
	if got := notices.Default().Languages(); !slices.Equal(got, tags) {
		t.Errorf("the languages are %v, and there are pages in %v", got, tags)
	}
	for _, tag := range tags {
		t.Run(tag, func(t *testing.T) {
			body := strings.ReplaceAll(strings.Join(pages[tag], "\n"), "\n> ", "\n")
			found := notices.Default().In(body)
			want := pages[tag][len(pages[tag])-1][2:]
			if len(found) != 1 || found[0].Language != tag {
				t.Fatalf("found %v", found)
			}
			if got := body[found[0].Start:found[0].End]; !strings.HasPrefix(want, got) || len(got) < len(want)-len("。") {
				t.Errorf("found %q, want %q", got, want)
			}
		})
	}
}

// TestStories: stories about cookies, paywalls, robots and donations are stories.
func TestStories(t *testing.T) {
	tags, stories := sections(t, "stories.txt")
	n := 0
	for _, tag := range tags {
		for _, body := range bodies(stories[tag]) {
			n++
			for _, found := range notices.Default().In(body) {
				t.Errorf("%s: %s: %q", tag, found, body[found.Start:found.End])
			}
		}
	}
	if n < 30 {
		t.Errorf("%d stories", n)
	}
}

// TestHeldOut holds how many of the words of notices are found that were written without
// a look at the vocabulary. Of the first set 0.20 were found at first, 0.39 when runs of
// sentences counted, and 0.95 after it had extended the vocabulary. Of the second, which
// extended nothing, 0.82, and 0.89 when paragraphs were taken whole.
func TestHeldOut(t *testing.T) {
	for name, least := range map[string]float64{"heldout.txt": 0.94, "heldout2.txt": 0.88} {
		tags, pages := sections(t, name)
		all, in := 0, 0
		for _, tag := range tags {
			for _, body := range bodies(pages[tag]) {
				n, m := marked(body)
				all, in = all+n, in+m
				if 2*m < n {
					t.Logf("missed: %s: %s", tag, body)
				}
			}
		}
		if share := float64(in) / float64(all); share < least {
			t.Errorf("%s: %.3f of the words found, want %.2f", name, share, least)
		} else {
			t.Logf("%s: %.3f of the words found", name, share)
		}
	}
}

// TestSpelling: typography does not matter, nor what stands around a notice.
func TestSpelling(t *testing.T) {
	for _, body := range []string{
		"WE USE COOKIES ON THIS SITE. ACCEPT ALL.", "We&nbsp;use coo\u00adkies on this site. Accept&#32;all.",
		"Wir verwenden Cookies. U\u0308ber die Einstellungen ko\u0308nnen Sie Ihre Einwilligung widerrufen.",
		"Користимо колачиће да бисмо побољшали нашу страницу. Кликните на прихвати све ако се слажете.",
	} {
		if all, in := marked(body); in < all {
			t.Errorf("%d of %d words of %q", in, all, body)
		}
	}
	if all, in := marked(`The banner says "We use cookies. Accept all." in small letters, the court noted.`); in > 0 {
		t.Errorf("%d of %d words of a quotation", in, all)
	}
}

// TestVocabulary: the user's phrases count, and without vocabulary nothing does.
func TestVocabulary(t *testing.T) {
	const body = "The bridge is closed. The weather desk of Corrow reports each hour on channel nine. We use cookies on this site. Accept all."
	own := notices.New(true, []string{"weather desk of Corrow"})
	for _, tt := range []struct {
		v    *notices.Vocabulary
		want string
	}{
		{nil, "[]"},
		{notices.New(false, nil), "[]"},
		{notices.New(false, []string{"weather desk of Corrow", "", "?"}), "[configured: The weather desk of Corrow reports each hour on channel nine]"},
		{notices.New(true, nil), "[consent, en: We use cookies on this site. Accept all]"},
		{own, "[consent, en: The weather desk of Corrow reports each hour on channel nine. We use cookies on this site. Accept all]"},
	} {
		list := []string{}
		for _, n := range tt.v.In(body) {
			list = append(list, fmt.Sprintf("%s: %s", n, body[n.Start:n.End]))
		}
		if got := fmt.Sprint(list); got != tt.want {
			t.Errorf("found %s, want %s", got, tt.want)
		}
	}
}

// TestFiles: what words.txt writes is what can be found.
func TestFiles(t *testing.T) {
	for _, name := range []string{"words.txt", "learned.txt"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tag := ""
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			if line[0] == '[' {
				tag = line
				continue
			}
			if !strings.ContainsAny(line[:1], "csnrgxbjhCSNRGXBJHapu") || line[1] != ':' {
				t.Errorf("%s: no class: %s", tag, line)
			}
			for word := range strings.FieldsSeq(line[2:]) {
				for _, part := range strings.Split(strings.TrimPrefix(word, "~"), "_") {
					words := text.Words(nil, part)
					if strings.Contains(part, "*") && (!strings.HasSuffix(part, "*") || len(words) == 0 || words[len(words)-1].Letters < 4) {
						t.Errorf("%s: %s: a beginning has four letters or more", tag, word)
					}
				}
			}
		}
	}
}

// FuzzFind: notices are in order and apart, at words, and bodies of any kind are taken.
func FuzzFind(f *testing.F) {
	f.Add("We use cookies. Accept all.\nThe bridge is closed.")
	f.Add("当サイトではクッキーを使用しています。")
	f.Fuzz(func(t *testing.T, body string) {
		words := text.Words(nil, body)
		end := uint32(0)
		for _, n := range notices.Default().In(body) {
			if n.Start < end || n.Start >= n.End || n.Kind == 0 ||
				!slices.ContainsFunc(words, func(w text.Word) bool { return w.Start == n.Start }) ||
				!slices.ContainsFunc(words, func(w text.Word) bool { return w.End == n.End }) {
				t.Errorf("%+v of %q", n, body)
			}
			end = n.End
		}
	})
}

// BenchmarkFind measures what a story costs, and what its words do.
func BenchmarkFind(b *testing.B) {
	story := strings.Repeat("The ferry to Corrow Island will run twice a day from April, the harbour board decided on Monday after a long debate. ", 30)
	words := text.Words(nil, story)
	finder := notices.Finder{Vocabulary: notices.Default()}
	b.Run("notices", func(b *testing.B) {
		b.SetBytes(int64(len(story)))
		for b.Loop() {
			finder.Find(nil, story, words)
		}
	})
	b.Run("words", func(b *testing.B) {
		b.SetBytes(int64(len(story)))
		for b.Loop() {
			words = text.Words(words[:0], story)
		}
	})
}
