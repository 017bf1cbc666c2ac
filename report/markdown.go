package report

import (
	"fmt"
	"strconv"
	"strings"
)

// document is a result that is rendered as GitHub's Markdown: headings and
// tables, for mails, wikis and issues. Text from outside is shown as it is and
// never as markup; a bare address in it may still become a link.
type document interface {
	markdown(*printer)
}

// A bar ends a cell. Entities are for what a renderer would take as HTML.
var markdownEscapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", `*`, `\*`, `_`, `\_`, `[`, `\[`, `]`, `\]`,
	`|`, `\|`, `~`, `\~`, `#`, `\#`, `!`, `\!`, `$`, `\$`, `<`, `&lt;`, `>`, `&gt;`, `&`, `&amp;`)

// markdown makes text from outside fit for a table cell or a line.
func markdown(s string) string { return isolate(markdownEscapes.Replace(clean(s))) }

// markdownLink links to a page of the web; any other address is not linked.
func markdownLink(text, url string) string {
	lower := strings.ToLower(url)
	if clean(url) != url || strings.ContainsAny(url, " <>()\\\"|`") || !strings.HasPrefix(lower, "https://") && !strings.HasPrefix(lower, "http://") {
		return markdown(text)
	}
	return "[" + markdown(text) + "](<" + url + ">)"
}

// row prints a row of a table.
func (p *printer) row(cells ...string) { p.line(plain, "| "+strings.Join(cells, " | ")+" |") }

// head prints the titles of a table; sides has l or r for each column.
func (p *printer) head(sides string, titles ...string) {
	p.row(titles...)
	rules := make([]string, len(titles))
	for i := range titles {
		rules[i] = "---"
		if sides[i] == 'r' {
			rules[i] = "--:"
		}
	}
	p.row(rules...)
}

func (c *Clusters) markdown(p *printer) {
	if len(c.Clusters) == 0 {
		p.line(plain, "No clusters.")
	} else {
		p.head("rlrrllrllrl", "Cluster", "Headline", "Outlets", "Articles", "First", "Outlet", "Lag", "Copies", "Agency", "Confidence", "Uncertain")
	}
	for i := range c.Clusters {
		x := &c.Clusters[i]
		p.row(label(x.Cluster), markdown(orNone(x.Headline)), strconv.Itoa(x.Outlets), strconv.Itoa(x.Articles),
			p.moment(x.First), markdown(x.firstOutlet()), x.lag(), kindsText(x.Kinds), markdown(name(x.Credit)),
			figure(x.Confidence), markdown(x.uncertain()))
	}
	p.line(plain, "")
	if n := c.Offset + len(c.Clusters); n < c.Matching {
		p.line(plain, fmt.Sprintf("%d to %d of %s.", c.Offset+1, n, Count(c.Matching, "cluster")))
		p.line(plain, "")
	}
	if c.Totals != nil {
		p.line(plain, p.totals(c.Totals)+".")
	}
	p.line(plain, "")
	p.line(plain, strings.ToUpper(c.matching()[:1])+c.matching()[1:]+".")
	for _, x := range []struct {
		title string
		list  []Tally
	}{{"Published first", c.Firsts}, {"Agencies", c.Credits}} {
		var parts []string
		for _, t := range x.list {
			parts = append(parts, fmt.Sprintf("%s %d", markdown(truncate(outletName(t.Name), maxName)), t.Count))
		}
		if len(parts) > 0 {
			p.line(plain, "")
			p.line(plain, x.title+": "+strings.Join(parts, ", ")+".")
		}
	}
	if len(c.Differ) > 0 {
		p.line(plain, "")
		p.line(plain, markdown(differing(c.Differ))+".")
	}
	if c.Unfollowed > 0 {
		p.line(plain, "")
		p.line(plain, unfollowed(c.Unfollowed)+".")
	}
}

func (c *Cluster) markdown(p *printer) {
	p.line(plain, "## "+markdown(orNone(c.Headline)))
	p.line(plain, "")
	if c.Asked != 0 && c.Asked != c.Cluster {
		p.line(plain, fmt.Sprintf("Cluster %s went into cluster %s.", label(c.Asked), label(c.Cluster)))
		p.line(plain, "")
	}
	p.line(plain, fmt.Sprintf("Cluster %s: %s, %s, %s to %s (%s). Representative: %s (%s). Confidence %s.", label(c.Cluster), Count(c.Outlets, "outlet"),
		Count(c.Articles, "article"), p.moment(c.First), p.moment(c.Last), c.lag(),
		markdown(short(c.Representative)), markdown(c.Reason), figure(c.Confidence)))
	p.line(plain, "")
	if reasons := c.uncertain(); reasons != "" {
		p.line(plain, "Uncertain: "+markdown(reasons)+".")
		p.line(plain, "")
	}
	for _, sentence := range c.related() {
		p.line(plain, "Related: "+markdown(sentence)+".")
		p.line(plain, "")
	}
	if len(c.Differ) > 0 {
		p.line(plain, markdown(differing(c.Differ))+".")
		p.line(plain, "")
	}
	p.head("lrlllrrrlr", "Date", "Lag", "Outlet", "Article", "Kind", "Alike", "Of it", "Of representative", "Decided by", "Confidence")
	for i := range c.Members {
		m := &c.Members[i]
		cells := []string{p.moment(m.Date), c.lagOf(m), markdown(name(m.Outlet)), markdownLink(orNone(m.Headline), m.URL)}
		switch {
		case m.Representative:
			cells = append(cells, "representative", "", "", "", "")
		case m.Kind == "":
			cells = append(cells, "by others", "", "", "", "")
		default:
			cells = append(cells, m.Kind, figure(m.Resemblance), figure(m.InRepresentative), figure(m.OfRepresentative), m.verdict())
		}
		p.row(append(cells, m.sure())...)
	}
}
