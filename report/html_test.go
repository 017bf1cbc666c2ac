package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// pageInput is the form of testdata/page.json.
type pageInput struct {
	Page    Page      `json:"page"`
	Details []*Detail `json:"details"`
}

func (in *pageInput) details() iter.Seq2[*Detail, error] {
	return func(yield func(*Detail, error) bool) {
		for _, d := range in.Details {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func readPage(tb testing.TB) *pageInput {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "page.json"))
	if err != nil {
		tb.Fatal(err)
	}
	in := new(pageInput)
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(in); err != nil {
		tb.Fatal(err)
	}
	return in
}

func renderPage(tb testing.TB, in *pageInput) string {
	tb.Helper()
	var b bytes.Buffer
	if err := WriteHTML(&b, &in.Page, in.details(), Options{}); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// body is what follows the style sheet, which is ours.
func body(tb testing.TB, page string) string {
	tb.Helper()
	_, after, found := strings.Cut(page, "</style>")
	if !found {
		tb.Fatal("no style sheet")
	}
	return after
}

func TestPageGolden(t *testing.T) {
	page := renderPage(t, readPage(t))
	// Style sheet and script are files of their own; their hashes change with them.
	page = strings.Replace(page, string(listStyle().CSS), "", 1)
	page = strings.Replace(page, strings.ReplaceAll(listStyle().Hash, "+", "&#43;"), "sha256-STYLE", 1)
	page = strings.Replace(page, string(pageScript.JS), "", 1)
	page = strings.Replace(page, strings.ReplaceAll(pageScript.Hash, "+", "&#43;"), "sha256-SCRIPT", 1)
	golden(t, filepath.Join("testdata", "golden", "page.html"), []byte(page))
}

// addresses finds what a browser would follow or fetch.
var addresses = regexp.MustCompile(`(?i)\b(href|src|srcset|action|data|xlink:href|style|on\w+)\s*=\s*"?([^" >]*)`)

// inside are links into the page.
var inside = regexp.MustCompile(`^#(clusters|overview|c\d+|t\d+-[A-Z]+)$`)

// tags finds the names of elements.
var tags = regexp.MustCompile(`<([a-zA-Z][^\s/>]*)`)

// checkSafe holds a page to what its policy allows, whatever the input was.
func checkSafe(t *testing.T, page string) {
	t.Helper()
	known := map[string]bool{}
	for name := range strings.FieldsSeq(`html head meta title style body a header h1 h2 h3 h4 p time span dl div dt dd main
		section figure figcaption strong svg line rect text circle details summary table thead tbody tr th td abbr
		bdi b ol li br code fieldset legend label input article mark nav select option button`) {
		known[name] = true
	}
	after := body(t, page)
	for _, m := range tags.FindAllStringSubmatch(after, -1) {
		if !known[m[1]] {
			t.Errorf("the page holds an element %q", m[0])
		}
	}
	for _, element := range regexp.MustCompile(`<[a-zA-Z][^>]*>`).FindAllString(after, -1) {
		// Values may hold anything but a quote; what is outside them is ours.
		names := regexp.MustCompile(`"[^"]*"`).ReplaceAllString(element, `""`)
		for _, m := range addresses.FindAllStringSubmatch(names, -1) {
			if m[1] != "href" {
				t.Errorf("the page holds an attribute %q in %s", m[0], element)
			}
		}
		for _, m := range regexp.MustCompile(`\shref="([^"]*)"`).FindAllStringSubmatch(element, -1) {
			if lower := strings.ToLower(m[1]); !inside.MatchString(m[1]) && !strings.HasPrefix(lower, "https://") && !strings.HasPrefix(lower, "http://") {
				t.Errorf("the page links to %q", m[1])
			}
		}
	}
	for _, r := range after {
		if r != '\n' && unicode.IsControl(r) || steersText(r) {
			t.Errorf("the page holds the character %U", r)
			break
		}
	}
}

func TestPageIsSafe(t *testing.T) { checkSafe(t, renderPage(t, readPage(t))) }

func TestPagePolicy(t *testing.T) {
	page := renderPage(t, readPage(t))
	quote := func(hash string) string { return strings.ReplaceAll(hash, "+", "&#43;") }
	policy := `content="default-src 'none'; style-src '` + quote(listStyle().Hash) + `'; script-src '` + quote(pageScript.Hash) + `'; base-uri 'none'; form-action 'none'"`
	if !strings.Contains(page, policy) {
		t.Errorf("no content policy %s", policy)
	}
	css, js := string(listStyle().CSS), string(pageScript.JS)
	if strings.Count(page, "<style") != 1 || !strings.Contains(page, "<style>"+css+"</style>") {
		t.Error("the style sheet is not there once and as it is hashed")
	}
	if strings.Count(page, "<script") != 1 || !strings.Contains(page, `<script type="module">`+js+"</script>") {
		t.Error("the script is not there once and as it is hashed")
	}
	if strings.Contains(strings.ToLower(css), "url(") || strings.Contains(css, "@import") {
		t.Error("the style sheet fetches something")
	}
	for _, word := range []string{"fetch(", "import", "XMLHttpRequest", "WebSocket", "innerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "</", "<!--"} {
		if strings.Contains(js, word) {
			t.Errorf("the script has %q: it fetches nothing and writes no markup", word)
		}
	}
}

// TestPageNames checks that labels refer to something, and that every id and
// group of buttons is one.
func TestPageNames(t *testing.T) {
	page := renderPage(t, readPage(t))
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`\sid="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if seen[m[1]] {
			t.Errorf("id %s stands twice", m[1])
		}
		seen[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`aria-labelledby="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !seen[m[1]] {
			t.Errorf("no element has the id %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`<svg[^>]*>`).FindAllString(page, -1) {
		if !strings.Contains(m, `role="img"`) || !strings.Contains(m, "aria-label") {
			t.Errorf("a drawing without a name: %s", m)
		}
	}
	groups := map[string]int{}
	for _, m := range regexp.MustCompile(`<input type="radio" name="([^"]*)"[^>]* checked`).FindAllStringSubmatch(page, -1) {
		groups[m[1]]++
	}
	for _, name := range []string{"left-17", "right-17", "left-18", "right-18"} {
		if groups[name] != 1 {
			t.Errorf("%d buttons of %s are chosen; want 1", groups[name], name)
		}
	}
}

func TestPageWithoutClusters(t *testing.T) {
	page := renderPage(t, &pageInput{Page: Page{Title: "Empty"}})
	if !strings.Contains(page, "No clusters.") || strings.Contains(page, "<svg") {
		t.Errorf("an empty page:\n%s", body(t, page))
	}
}

func TestPageStopsAtAnError(t *testing.T) {
	broken := errors.New("disk on fire")
	err := WriteHTML(io.Discard, &Page{}, func(yield func(*Detail, error) bool) { yield(nil, broken) }, Options{})
	if !errors.Is(err, broken) {
		t.Errorf("WriteHTML = %v; want %v", err, broken)
	}
}

func FuzzPage(f *testing.F) {
	f.Add("Storm", "alpha.example", "https://a.example/", "One.\n\nTwo.", "en")
	f.Add("</title><script>", `"><img src=x onerror=y>`, "java\tscript:alert(1)", "</p>\x00\u202e<svg/onload=x>", `" onload="`)
	f.Add("&#0;", "<!--", "http://x/'>\"", "]]>{{.}}", "\xff")
	f.Fuzz(func(t *testing.T, headline, outlet, url, text, language string) {
		in := &pageInput{Page: Page{Title: headline, Filter: []string{text}, Clusters: 1, Matching: 1,
			Spread: Spread{Clusters: 1, Outlets: []string{outlet}, Matrix: [][]int{{1}}}}}
		m := Member{Article: headline, Outlet: outlet, URL: url, Headline: text, Language: language, Kind: outlet}
		d := &Detail{Cluster: Cluster{Members: []Member{m, m}}}
		d.Headline, d.FirstOutlet, d.Language, d.Credit, d.Reason, d.Representative = headline, outlet, language, outlet, text, headline
		d.Columns = []Column{{Member: 0, Parts: []Part{{Text: text, In: []int{1}}}}, {Member: 1, Parts: []Part{{Text: text, Boilerplate: true}}}}
		d.Comparisons = []Comparison{{A: 0, B: 1, Kind: headline, Figures: []Figure{{Name: outlet}}}}
		in.Details = []*Detail{d}
		checkSafe(t, renderPage(t, in))
	})
}

// BenchmarkPage writes clusters of four texts of 3.3 kB.
func BenchmarkPage(b *testing.B) {
	in := readPage(b)
	d := in.Details[0]
	for i := range d.Columns {
		c := &d.Columns[i]
		c.Parts = nil
		for j := range 10 {
			c.Parts = append(c.Parts, Part{Text: strings.Repeat("The ferry ran aground off Skarholm. ", 9) + "\n", In: []int{j % 3}})
		}
	}
	in.Details = nil
	for range 500 {
		in.Details = append(in.Details, d)
	}
	page := renderPage(b, in)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if err := WriteHTML(io.Discard, &in.Page, in.details(), Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(in.Details)*b.N)/b.Elapsed().Seconds(), "clusters/s")
}
