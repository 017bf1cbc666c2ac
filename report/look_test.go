package report

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var screenshots = flag.String("screenshots", "", "write pictures of pages to this `folder`, for people to look at")

// openAll opens everything that can be.
const openAll = `for (const d of document.querySelectorAll("details")) d.open = true`

// lowContrast lists texts that are hard to read: below 4.5 to 1, or 3 to 1
// where they are large (W3C, WCAG 2.2, criterion 1.4.3).
const lowContrast = `(() => {
	const parse = c => c.match(/[\d.]+/g).map(Number);
	const light = ([r, g, b]) => {
		const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * x + 0.7152 * y + 0.0722 * z;
	};
	const ground = e => {
		for (; e; e = e.parentElement) {
			const c = parse(getComputedStyle(e).backgroundColor);
			if (c.length < 4 || c[3] > 0) return c;
		}
		return [255, 255, 255];
	};
	const list = [];
	for (const e of document.body.querySelectorAll("*")) {
		const own = [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim());
		if (!own || !e.checkVisibility() || e.tagName == "title" || e.classList.contains("skip")) continue;
		const style = getComputedStyle(e);
		const a = light(parse(e.tagName == "text" ? style.fill : style.color)), b = light(ground(e));
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) list.push(e.tagName + "." + e.getAttribute("class") + " " + ratio.toFixed(2) + " " + e.textContent.trim().slice(0, 20));
	}
	return list;
})()`

func TestPageInBrowser(t *testing.T) {
	b := startBrowser(t)
	b.open(writePage(t, renderPage(t, lookPage(t))))
	b.eval(openAll, nil)
	grounds := map[string]string{"light": "rgb(251, 250, 248)", "dark": "rgb(22, 23, 24)"}
	for _, width := range []int{320, 390, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(fmt.Sprintf("%d %s", width, scheme), func(t *testing.T) {
				b.t = t
				b.look(width, scheme)
				var wide int
				b.eval("document.documentElement.scrollWidth", &wide)
				if wide > width {
					t.Errorf("the page is %d wide, and the window %d", wide, width)
				}
				var ground string
				b.eval("getComputedStyle(document.body).backgroundColor", &ground)
				if want := grounds[scheme]; ground != want {
					t.Errorf("the ground is %s; want %s", ground, want)
				}
				var low []string
				b.eval(lowContrast, &low)
				if len(low) > 0 {
					t.Errorf("hard to read:\n%s", strings.Join(low, "\n"))
				}
				if *screenshots != "" {
					b.eval(`for (const d of document.querySelectorAll("figure details")) d.open = false`, nil)
					b.screenshot(filepath.Join(*screenshots, fmt.Sprintf("%d-%s.png", width, scheme)))
				}
			})
		}
	}
	b.t = t
	if list := b.complaints(); len(list) > 0 {
		t.Errorf("the browser complains:\n%s", strings.Join(list, "\n"))
	}
}

// TestPageRunsNothing opens a page full of markup, and tries to add a script.
func TestPageRunsNothing(t *testing.T) {
	b := startBrowser(t)
	b.open(writePage(t, renderPage(t, readPage(t))))
	b.eval(openAll, nil)
	var got struct {
		Scripts            []string
		Handlers, Pictures int
	}
	b.eval(`({scripts: [...document.scripts].map(s => s.text), pictures: document.images.length,
		handlers: [...document.querySelectorAll("*")].filter(e => e.getAttributeNames().some(n => n.startsWith("on"))).length})`, &got)
	if len(got.Scripts) != 1 || got.Scripts[0] != pageJS || got.Handlers+got.Pictures != 0 {
		t.Errorf("the page has %d scripts, or not ours; %d handlers, %d pictures", len(got.Scripts), got.Handlers, got.Pictures)
	}
	if list := b.complaints(); len(list) > 0 {
		t.Errorf("the browser complains:\n%s", strings.Join(list, "\n"))
	}
	var ran bool
	b.eval(`document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = true'>");
		document.body.append(Object.assign(document.createElement("script"), {textContent: "window.ran = true"}));
		window.ran === true`, &ran)
	if ran {
		t.Error("the policy lets a script run")
	}
	if !strings.Contains(strings.Join(b.complaints(), "\n"), "Content Security Policy") {
		t.Error("the browser says nothing of the policy")
	}
}

// shown says which texts, verdicts and marks of the first cluster are seen.
const shown = `(() => {
	const seen = s => [...document.querySelectorAll("#c17 " + s)].filter(e => e.checkVisibility());
	return {
		texts: seen(".text").sort((x, y) => getComputedStyle(x).order - getComputedStyle(y).order).map(e => e.className.slice(-2)),
		verdicts: seen(".verdict b").map(e => e.textContent),
		marks: seen(".text mark").filter(e => getComputedStyle(e).backgroundColor != "rgba(0, 0, 0, 0)").map(e => e.textContent.trim()),
	};
})()`

// TestPageIsReadByKeyboard walks to the texts and chooses another one, without
// a mouse.
func TestPageIsReadByKeyboard(t *testing.T) {
	b := startBrowser(t)
	b.look(1280, "light")
	b.open(writePage(t, renderPage(t, readPage(t))))
	const tab, enter, down = 9, 13, 40
	focus := func() (name string) {
		b.eval(`(e => e.tagName + " " + (e.name || e.textContent.trim().slice(0, 12)))(document.activeElement)`, &name)
		return name
	}
	next := func(want string) {
		t.Helper()
		for range 30 {
			b.press("Tab", tab)
			if strings.HasPrefix(focus(), want) {
				return
			}
		}
		t.Fatalf("Tab never comes to %s; the last is %s", want, focus())
	}
	type state struct{ Texts, Verdicts, Marks []string }
	check := func(want state) {
		t.Helper()
		var got state
		b.eval(shown, &got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("shown (-want +got):\n%s", diff)
		}
	}
	b.press("Tab", tab)
	if got := focus(); got != "A To the clust" {
		t.Errorf("the first stop is %q; want the way to the clusters", got)
	}
	b.press("Enter", enter)
	next("SUMMARY Storm closes")
	b.enter()
	next("SUMMARY Texts side")
	b.enter()
	const storm, day = "A storm has closed the harbour", "for a second day, the port’s captain said."
	check(state{[]string{"t0", "t1"}, []string{"A and B: excerpt"}, []string{storm, storm}})
	next("INPUT left-17")
	b.press("ArrowDown", down) // one text, and nothing to compare it with
	check(state{[]string{"t1"}, []string{}, []string{}})
	next("INPUT right-17")
	b.press("ArrowDown", down)
	check(state{[]string{"t1", "t2"}, []string{"B and C: near"}, []string{storm, day, storm, day}})
	next("BUTTON Next")
	b.enter()
	b.enter()
	var now, status string
	b.eval(`[...document.querySelectorAll("#c17 .now")].map(e => e.textContent.trim()).join("|")`, &now)
	b.eval(`document.querySelector("#c17 [role=status]").textContent`, &status)
	if want := "Passage 2 of 2 in B, 8 words: for a second day, the port’s captain said."; now != day+"|"+storm+"|"+day || status != want {
		t.Errorf("the passage is %q, and the page says %q; want %q", now, status, want)
	}
}

// TestPageIsSearched searches, filters and sorts the clusters of a page.
func TestPageIsSearched(t *testing.T) {
	b := startBrowser(t)
	b.open(writePage(t, renderPage(t, readPage(t))))
	const both, one, none = "All 2 clusters of this page", "1 of 2 clusters of this page", "None of 2 clusters of this page"
	tests := []struct {
		name, tool, value string
		want              []string // clusters that are shown, in their order
		count             string
	}{
		{"words of a text, letter case aside", "words", "CAPTAIN skarholm", []string{"c17"}, one},
		{"accents aside", "words", "càptain", []string{"c17"}, one},
		{"a word that no cluster has", "words", "captain volcano", nil, none},
		{"a number", "words", "18", []string{"c18"}, one},
		{"an outlet", "outlet", "beta.example", []string{"c17"}, one},
		{"a kind of copy", "kind", "excerpt", []string{"c17"}, one},
		{"so many outlets", "least", "3", []string{"c17"}, one},
		{"uncertain", "uncertain", "on", []string{"c17"}, one},
		{"newest first", "order", "newest", []string{"c18", "c17"}, both},
		{"most outlets first", "order", "outlets", []string{"c17", "c18"}, both},
		{"least confidence first", "order", "confidence", []string{"c17", "c18"}, both},
	}
	state := `(() => {
		const shown = s => [...document.querySelectorAll(s)].filter(e => !e.hidden);
		return {
			clusters: shown("#list > .cluster").map(e => e.id),
			contents: shown(".contents li").map(e => e.firstElementChild.hash.slice(1)),
			count: document.getElementById("count").textContent,
		};
	})()`
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b.t = t
			b.eval(`document.getElementById("clear").click()`, nil)
			b.eval(fmt.Sprintf(`(e => {
				if (e.type == "checkbox") e.checked = true;
				else e.value = %q;
				e.dispatchEvent(new Event("input", { bubbles: true }));
			})(document.getElementById(%q))`, tt.value, tt.tool), nil)
			var got struct {
				Clusters, Contents []string
				Count              string
			}
			b.until(state, &got, func() bool { return got.Count == tt.count && slices.Equal(got.Clusters, tt.want) })
			if diff := cmp.Diff(tt.want, append([]string(nil), got.Clusters...)); diff != "" || !slices.Equal(got.Clusters, got.Contents) || got.Count != tt.count {
				t.Errorf("clusters (-want +got):\n%s\ncontents %q; count %q, want %q", diff, got.Contents, got.Count, tt.count)
			}
		})
	}
	b.t = t
	if list := b.complaints(); len(list) > 0 {
		t.Errorf("the browser complains:\n%s", strings.Join(list, "\n"))
	}
}

// TestPageLinks follows the letter of a member to its text, and an entry of the contents to its
// cluster: with the script, and without it.
func TestPageLinks(t *testing.T) {
	b := startBrowser(t)
	file := writePage(t, renderPage(t, readPage(t)))
	for _, off := range []bool{false, true} {
		t.Run(fmt.Sprintf("script off %v", off), func(t *testing.T) {
			b.t = t
			b.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": off}, nil)
			b.open(file)
			var got struct {
				Tools, Open, Text bool
				Focus             string
			}
			opened := func() bool { return got.Open }
			state := `({tools: document.querySelector(".tools").checkVisibility(), open: document.getElementById("c17").open,
				text: document.getElementById("t17-C").checkVisibility(), focus: document.activeElement.id})`
			b.eval(state, &got)
			if got.Tools == off || got.Open || got.Text {
				t.Errorf("at first: %+v", got)
			}
			b.eval(`document.querySelector(".contents a[href='#c17']").click()`, nil)
			if !off { // without the script a person opens it
				b.until(state, &got, opened)
				if !got.Open {
					t.Errorf("after the link of the contents: %+v", got)
				}
			}
			b.eval(`document.querySelector("#c17 a.letter[href='#t17-C']").click()`, nil)
			b.until(state, &got, func() bool { return got.Open && got.Text })
			if !got.Open || !got.Text || !off && got.Focus != "t17-C" {
				t.Errorf("after the letter: %+v", got)
			}
		})
	}
	b.t = t
	if list := b.complaints(); len(list) > 0 {
		t.Errorf("the browser complains:\n%s", strings.Join(list, "\n"))
	}
}

// enter presses Enter as a key that makes a character, which opens a summary.
func (b *browser) enter() {
	b.t.Helper()
	b.call("Input.dispatchKeyEvent", map[string]any{"type": "keyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}, nil)
	b.call("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}, nil)
}

// TestPageIsReadAloud checks what a screen reader is told: everything that it
// stops at has a name, and headings go down step by step.
func TestPageIsReadAloud(t *testing.T) {
	b := startBrowser(t)
	b.open(writePage(t, renderPage(t, readPage(t))))
	b.eval(openAll, nil)
	type value struct{ Value any }
	var tree struct {
		Nodes []struct {
			Ignored    bool
			Role, Name value
		}
	}
	b.call("Accessibility.getFullAXTree", nil, &tree)
	counts := map[string]int{}
	for _, n := range tree.Nodes {
		role := fmt.Sprint(n.Role.Value)
		if n.Ignored {
			continue
		}
		counts[role]++
		switch role {
		case "image", "radio", "searchbox", "combobox", "spinbutton", "checkbox", "button", "navigation", "search", "link", "heading", "DisclosureTriangle", "region", "article", "group", "table":
			if name, _ := n.Name.Value.(string); name == "" && role != "group" && role != "table" {
				t.Errorf("a %s has no name", role)
			}
		}
	}
	for role, want := range map[string]int{"main": 1, "banner": 1, "radio": 10, "article": 4, "navigation": 1, "search": 1, "searchbox": 1, "combobox": 4, "status": 3} {
		if counts[role] != want {
			t.Errorf("%d of role %s; want %d", counts[role], role, want)
		}
	}
	var levels []int
	b.eval(`[...document.querySelectorAll("h1, h2, h3, h4")].map(e => +e.tagName[1])`, &levels)
	for i := 1; i < len(levels); i++ {
		if levels[i] > levels[i-1]+1 {
			t.Errorf("heading %d has level %d after %d", i, levels[i], levels[i-1])
		}
	}
}

// lookPage is the small page with what a real one has more of.
func lookPage(t *testing.T) *pageInput {
	t.Helper()
	in := readPage(t)
	s := &in.Page.Spread
	s.Days = nil
	for i := range maxDays {
		s.Days = append(s.Days, DayCount{time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC), (i * i) % 97})
	}
	s.Outlets, s.Matrix = nil, nil
	for i := range maxOutlets {
		s.Outlets = append(s.Outlets, fmt.Sprintf("outlet with a rather long name %d", i))
		row := make([]int, maxOutlets)
		for j := range row {
			row[j] = i * j * j
		}
		s.Matrix = append(s.Matrix, row)
	}
	d := in.Details[0]
	for i := range 10 {
		m := d.Members[2]
		m.Date.At = m.Date.At.Add(time.Duration(20*i*i) * time.Minute)
		d.Members = append(d.Members, m)
		d.Last, d.Articles = m.Date, len(d.Members)
	}
	d.Headline = strings.Repeat("Donaudampfschifffahrtsgesellschaft", 3) + " and " + d.Headline
	if *screenshots != "" {
		if err := os.MkdirAll(*screenshots, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return in
}
