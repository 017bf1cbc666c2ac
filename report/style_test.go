package report

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// Every text and verdict of the page of one cluster can be chosen, and what they
// share is marked: there is a rule for each class.
func TestSinglePageShowsAnyTwo(t *testing.T) {
	d := &Detail{Cluster: Cluster{Summarized: Summarized{Cluster: 7, Articles: MaxSingle, First: minute(0), Last: minute(60)}}}
	for i := range MaxSingle {
		d.Members = append(d.Members, Member{Article: string(rune('a' + i)), Outlet: "o", Date: minute(int64(i))})
		column := Column{Member: i}
		for j := range MaxSingle {
			if j != i {
				column.Parts = append(column.Parts, Part{Text: "shared words ", In: []int{j}})
			}
		}
		d.Columns = append(d.Columns, column)
		for j := range i {
			d.Comparisons = append(d.Comparisons, Comparison{A: j, B: i, Kind: "near", Judged: true})
		}
	}
	page := renderPage(t, &pageInput{Page: Page{Title: "One", Single: true, Clusters: 1, Matching: 1, Made: time.Unix(0, 0)}, Details: []*Detail{d}})
	if !strings.Contains(page, strings.ReplaceAll(singleStyle().Hash, "+", "&#43;")) || strings.Contains(page, `id="overview"`) {
		t.Error("the page does not allow the style of single clusters, or has an overview")
	}
	classes := map[string]bool{}
	for _, m := range regexp.MustCompile(`class="(?:verdict |text |)((?:p\d+-\d+|t\d+|left\d+|right\d+|[a-zA-Z]))"`).FindAllStringSubmatch(body(t, page), -1) {
		classes[m[1]] = true
	}
	if want := MaxSingle*(MaxSingle-1)/2 + 4*MaxSingle; len(classes) != want {
		t.Errorf("%d classes, want %d", len(classes), want)
	}
	for class := range classes {
		rule := `\.` + class + `\b[^-]`
		if len(class) == 1 {
			rule = `mark\[class\*=` + class + `\]`
		}
		if !regexp.MustCompile(rule).MatchString(string(singleStyle().CSS)) {
			t.Errorf("no rule for %s", class)
		}
	}
}
