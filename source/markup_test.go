package source

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/text"
)

func TestPlainText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs", "<p>One.</p><p>Two.</p>", "One.\n\nTwo."},
		{"attributes", `<p style="margin-left:0in" class='a > b'><span style="font-family:&quot;Times&quot;,serif">One.</span></p>`, "One."},
		{"inline", "The <b>fer</b>ry <i>sank</i>.<br>It <a href=\"https://x.example/?a=1&b=2\">rose</a>.", "The ferry sank.\nIt rose."},
		{"inline only keeps its lines", "One <em>small</em> step.\n\nTwo.\n  Three.", "One small step.\n\nTwo.\n  Three."},
		{"blocks beside empty lines", "One.\n\nTwo\nwraps.\n\n<blockquote>Three.</blockquote>\n\nFour.", "One.\n\nTwo wraps.\n\nThree.\n\nFour."},
		{"white space", "<div>\n  <p>\n   One\n\n   two.\n  </p>\n</div>", "One two."},
		{"line ends", "One.<br/>Two.<BR />Three.<br><br>Four.", "One.\nTwo.\nThree.\nFour."},
		{"unclosed paragraphs", "<p>One.\n<p>Two.\n<P>Three.", "One.\n\nTwo.\n\nThree."},
		{"paragraph in the midst", "One.<p>Two.", "One.\n\nTwo."},
		{"headings", "<h1>One</h1>two<h2>Three</h2>", "One\n\ntwo\n\nThree"},
		{"list", "<ul>\n<li>One</li>\n<li>Two <b>2</b></li></ul>Three", "One\nTwo 2\n\nThree"},
		{"table", "<table><tr><th>Town</th><th>Votes</th></tr><tr><td>Linden</td><td>12</td></tr></table>", "Town\tVotes\nLinden\t12"},
		{"cells of numbers", "<table><tr><td>72</td><td>345</td> <td>678</td></tr>\n<tr>\n<td>1</td>\n<td></td>\n<td>2</td></tr></table>", "72\t345\t678\n1\t2"},
		{"script and style", "<p>One.</p><script>if (a < b) document.write('<p>No</p>')</script><style>p{a:b}</style><p>Two.</p>", "One.\n\nTwo."},
		{"template, noscript, svg", `<p>One</p><template><p>a<template>b</template>c</p></template><noscript><img src="x">d</noscript><svg><title>e</title></svg>`, "One"},
		{"element that never ends", "<p>One.</p><iframe src=\"x\"><p>Two.</p>", "One.\n\nTwo."},
		{"title that is cut off", "<html><head><title>One<body><p>Two", "One\n\nTwo"},
		{"whole page", "<!DOCTYPE html>\n<html><head><title>T</title><meta charset=utf-8></head><body class=\"x\"><p>One.</p></body></html>", "One."},
		{"comments", "<!-- wp:paragraph -->\n<p>One<!-- two > three -->.</p>\n<!-- /wp:paragraph -->", "One."},
		{"references once", "<p>Tom &amp; Jerry &#8217;s &quot;caf&eacute;&quot; AT&amp;amp;T &amp;lt;b&amp;gt; 1 &lt; 2</p>", "Tom & Jerry ’s \"café\" AT&amp;T &lt;b&gt; 1 < 2"},
		{"no-break space", "<p>12&nbsp;000&nbsp;</p><p>&nbsp;</p><p>&nbsp;Two</p>", "12\u00a0000\n\nTwo"},
		{"wbr and soft hyphen", "<p>Donau<wbr>dampf&shy;schiff\u00adfahrt</p>", "Donaudampfschifffahrt"},
		{"ruby", "<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>へ<ruby>行<rt>い</ruby>く</p>", "東京へ行く"},
		{"pre", "<p>One</p><pre>a  b\n    c\n\nd</pre><p>Two</p>", "One\n\na  b\n    c\n\nd\n\nTwo"},
		{"cdata", "<![CDATA[<p>One &amp; two.</p>]]>", "One & two."},
		{"cdata of plain text", "<![CDATA[One & two.]]>", "One & two."},
		{"escaped as a whole", "&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;", "One & two.\n\nThree."},
		{"escaped by numbers", "&#60;p class=&quot;x&quot;&#62;One.&#60;/p&#62;", "One."},
		{"escaped twice", "&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt;", "One."},
		{"escaped inside of an element", "<div>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</div>", "One.\n\nTwo."},
		{"tags of a text about tags", "<p>Write &lt;b&gt;ferry&lt;/b&gt; &amp; go.</p>", "Write < b>ferry< /b> & go."},
		{"escaped twice by numbers", "&#38;lt;p&#38;gt;One.&#38;lt;/p&#38;gt;", "One."},
		{"escaped twice behind a word", "One &amp;lt;b&amp;gt;two&amp;lt;/b&amp;gt; three.", "One two three."},
		{"escaped behind a word", "One &lt;b&gt;two&lt;/b&gt; three.", "One two three."},
		{"escaped link behind a word", "One &lt;a href=&quot;https://x.example&quot;&gt;two&lt;/a&gt;", "One two"},
		{"escaped line ends", "One.&lt;br&gt;&lt;br&gt;Two.", "One.\nTwo."},
		{"escaped line ends among blanks", "One. &lt;br /&gt; &lt;br /&gt; Two.", "One.\nTwo."},
		{"escaped ends of blocks", "One.&lt;/p&gt;&lt;p&gt;Two.", "One.\n\nTwo."},
		{"escaped wbr", "Donau&lt;wbr&gt;dampfer", "Donaudampfer"},
		{"element with a prefix", "One <o:p>two</o:p> three.", "One two three."},
		{"element of a program", `One <x-link href="https://x.example">two</x-link> three.`, "One two three."},
		{"comparison in markup", "<p>if (a <B && c> d) x, if a <b and c> d</p><p class>y", "if (a <B && c> d) x, if a <b and c> d\n\ny"},
		{"cut off in a tag", `<p>One.</p><p>Two <a href="https://x.exam`, "One.\n\nTwo"},
		{"begins with a tag, cut off", `<div class="story">One.`, "One."},
		{"link of a teaser that is cut off", `One <a href="https://x.example/1">two`, "One two"},
		{"upper case", "<P ALIGN=\"LEFT\">One.<BR>Two.</P>", "One.\nTwo."},
		{"blanks inside of tags", "<p > One. </p >\n< b", "One.\n\n< b"},
		{"one paragraph with blanks", "<p> One two. </p>", "One two."},
		{"paragraphs of a loose hand", "One. <p> Two. <p> Three.", "One.\n\nTwo.\n\nThree."},
		{"line ends of a loose hand", "One. <br /> Two", "One.\nTwo"},
		{"two line ends", "One <br> <br> two", "One\ntwo"},
		{"image", `One <img src="a.jpg" alt="Two"> three`, "One  three"},
		{"other elements", `<o:p>One</o:p><amp-img src="x"></amp-img><fb:like/><p>Two</p>`, "One\n\nTwo"},
		{"nothing but an image", `<img src="a.jpg">`, ""},
		{"angle brackets in markup", "<p>a < b, c > d and 1<2 &lt;3</p>", "a < b, c > d and 1<2 <3"},
		{"end alone", "One.</p>", "One."},
		{"line end at the end", "One.<br>", "One."},
		{"alone on their lines", "One\n<p>\nTwo\n<p>\nThree", "One\n\nTwo\n\nThree"},
		{"attribute without a value", "<div hidden class=\"x\">One</div><p>Two<option selected>", "One\n\nTwo"},
		{"script that ends itself", `<p>One.</p><script src="a"/><style/><p>Two.</p>`, "One.\n\nTwo."},
		{"script that is cut off", "<p>One.</p><script>if (a < b) var a = 1;", "One."},
		{"style that is cut off", "<p>One.</p><style>.a{color:red}", "One."},
		{"script that never ends", `<p>One.</p><script src="a"><p>Two.</p>`, "One.\n\nTwo."},
		{"quote that never ends", `<p class="x>One.</p><p>Two.</p>`, "One.\n\nTwo."},
		{"quote that ends in another tag", `<p class="x>One.</p><p class="y">Two.</p><p>Three.</p>`, "One.\n\nTwo.\n\nThree."},
		{"markup in an attribute", `<p data-a="<p>No.</p>" title='<b>no</b>'>One.</p>`, "One."},
		{"tag that never ends", `<p class=x <b>One.</b> Two.</p>`, "One. Two."},
		{"comparison before a tag", "<p>if 3<4 and a<b then</p>", "if 3<4 and a<b then"},
		{"comparison before another", "<p>if a<b or i<j, then <b>c</b>.</p>", "if a<b or i<j, then c."},
		{"addresses in brackets", "<p>Write <ann@x.example> or see <https://x.example/a>.</p>", "Write <ann@x.example> or see <https://x.example/a>."},
		{"byte order mark", "\ufeff<p>One.</p>", "One."},
		{"byte order mark, escaped", "\ufeff&lt;p&gt;One.&lt;/p&gt;", "One."},
		{"escaped three times", "&amp;amp;lt;p&amp;amp;gt;One.&amp;amp;lt;/p&amp;amp;gt;", "One."},
		{"escaped by numbers with noughts", "&#0060;p&#0062;One.&#0060;/p&#0062;&#x003C;p&#x003E;Two.&#x0003C;/p&#x0003E;", "One.\n\nTwo."},
		{"cdata in cdata", "<![CDATA[<![CDATA[<p>One.</p>]]]]><![CDATA[>]]>", "One."},
		{"packed into JSON twice", `<p class=\"x\">One.<\/p>\n<p>\u201cTwo.\u201d<\/p>`, "One.\n\n“Two.”"},
		{"packed into JSON twice, tags by numbers", `\u003cp\u003eOne.\u003c/p\u003e\u003cp\u003eTwo.\u003c/p\u003e`, "One.\n\nTwo."},
		{"packed into JSON twice, without tags", `One.\n\nTwo \"2\".\r\nThree.`, "One.\n\nTwo \"2\".\r\nThree."},
		{"line ends in letters between tags", `<p>One.</p>\n<p>Two.</p>`, "One.\n\nTwo."},
		{"ruby with bases", "<p><ruby><rb>東</rb><rb>京</rb><rtc><rt>とう</rt><rt>きょう</rt></rtc></ruby>へ</p>", "東京へ"},
		{"mathematics", `<p>E <math><semantics><mrow><mi>m</mi></mrow><annotation encoding="application/x-tex">m_x</annotation></semantics></math> ends.</p>`, "E m ends."},
		{"elements of old", "<marquee>One</marquee><blink>Two</blink><frameset><noframes><p>Three</p></noframes></frameset>", "One\n\nTwo\n\nThree"},
		{"news formats", `<body.content><block id="Main"><hl2>One</hl2><p>Two.</p></block></body.content>`, "One\n\nTwo."},
		{"iframe with a document", `<p>One.</p><iframe srcdoc="<p>No</p>"></iframe><p>Two.</p>`, "One.\n\nTwo."},
		{"conditional comments", "<!--[if mso]><p>No</p><![endif]--><![if !mso]><p>One.</p><![endif]>", "One."},
		{"cells of a fragment", "<tr><td>A<td>B<tr><td>C", "A\tB\nC"},
		{"list in a list", "<ul><li>A<ul><li>B</li></ul></li><li>C</ul>", "A\n\nB\n\nC"},
		{"misnested", "<p><b>One <i>two</b> three</i></p>", "One two three"},
		{"instructions", `<?xml version="1.0"?><?php echo 1 ?><p>One.</p>`, "One."},
		{"old quotes", "<q>One</q> <cite>Two</cite>", "One Two"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := PlainText(c.in)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("PlainText (-want +got):\n%s", diff)
			}
			if again := PlainText(got); again != got {
				t.Errorf("twice: %q, once %q", again, got)
			}
		})
	}
}

// innocent are plain texts that look a little like markup.
var innocent = []string{
	"", "One.", "a < b and c > d", "if a<b and b>c then", "x <3 y", "I <3 NY <3", "1 <2, 3> 2", "->", "<-", "<>", "< p >One< /p >",
	"The <div> tag was removed, and so was <span>.", "Speaks about \"<div> tags\".", "The tags <b> and </b> make it bold.", "Use the <br> tag, not <br/>.",
	"<div> is a tag.", "<p> is another; <br> too.", "Put it in (<p>) or `<p>` or “<td>”.", "The page had <p>, <div>, <span> and <table> tags.",
	"The end tag is </p>.", "He ended it with </sarcasm>.", "It says <redacted> here.", "<unclear> said <name withheld>.", "Write to Ann <ann@x.example> or <a@x.example>.",
	"See <https://x.example/a?b=c>.", "List<String> a = new Map<p, q>();", "#include <stdio.h>", "for (i=0; i<n; i++) { a[i]>0 }", "vector<i> x", "x <a = 3> y",
	"Q&A: AT&T &amp; more &lt;soon&gt;", "It&#8217;s caf&eacute;", "The &lt;div&gt; tag.", "&lt;3", "a &lt; b &gt; c", "<ALL CAPS>", "<b>", "</b>", "<p", "<p class=\"x\"", "<!-- never ends",
	"[<] [>]", "<<Guillemets>>", "«<»", "\x00<\xff>", "He wrote “<b>” on the wall.", "A tag such as <a href=\"x\"> is a link.",
	"Line one\n\n  line   two\t\n", "vs. <p>-value of 0.05", "The generic Set<p>", "<HTML> turns thirty", "<DOC>\n<TITLE>Harbour wall</TITLE>\n<TEXT>\nIt rises.\n</TEXT>\n</DOC>", "One <i, two j>", "if x<p then y>q", "if a <b and c> d, then </b>", "Text</b> more", "One <br", "The </p> tag ends; the <p> tag begins.",
	"A list of tags:\n<br>\nbreaks a line\n<hr>\nis a rule", "Type these lines into an editor:\n\n<!DOCTYPE html>\n<html>\n<p>\nHello", "if (a <b && c> d) x",
	"Use <script> to add code, <style> for looks.\n<p>\nNow save.", "The &lt;br&gt; tag and the &lt;br&gt; tag.", "Type \"&lt;br&gt;\" twice: \"&lt;br&gt;\".", "The end tag is &lt;/p&gt;.", "Write &lt;p&gt; or &lt;td&gt;.", "See <urn:isbn:123> and <https://x.example/>.", "The <o:p> tag and </o:p>.", "The &amp;lt;div&amp;gt; tag.",
	`Open C:\\new\\table in \\net\\folder.`, `A regular expression such as \d+\n matches.`, `He writes \LaTeX and \newline.`, "Three: \\u003c is the sign <",
	"We discuss <h1>, <h2>: headings. <h3> too.", "Type <div class=\"a\"> here.", "<Alice> hi\n<Bob> hello", "price < $5 & > $3",
}

func TestPlainTextLeavesPlainText(t *testing.T) {
	for _, s := range innocent {
		if got := PlainText(s); got != s {
			t.Errorf("PlainText(%q) = %q", s, got)
		}
		if got := PlainHeadline(s); got != s {
			t.Errorf("PlainHeadline(%q) = %q", s, got)
		}
	}
}

func TestPlainHeadline(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<em>The Crown</em> returns", "The Crown returns"},
		{"What <i>is</i>\n it?", "What is it?"},
		{"Harbour wall<br>to rise", "Harbour wall to rise"},
		{"<p>Wall</p><p>to rise</p>", "Wall to rise"},
		{"<h1 class=\"a\">Wall &amp; mole</h1>", "Wall & mole"},
		{"&lt;em&gt;The Crown&lt;/em&gt; returns", "The Crown returns"},
		{"Why &lt;em&gt;The Crown&lt;/em&gt; returns", "Why The Crown returns"},
		{"<![CDATA[Tom & Jerry]]>", "Tom & Jerry"},
		{"Donau<wbr>dampfer", "Donaudampfer"},
		{"CO<sub>2</sub> rises", "CO2 rises"},
		{"Tom &amp; Jerry", "Tom &amp; Jerry"},
		{"  two  blanks ", "  two  blanks "},
	} {
		got := PlainHeadline(c.in)
		if got != c.want {
			t.Errorf("PlainHeadline(%q) = %q, want %q", c.in, got, c.want)
		}
		if again := PlainHeadline(got); again != got {
			t.Errorf("twice: %q, once %q", again, got)
		}
	}
}

func wordsOf(s string) (words []uint64) {
	for _, w := range text.Words(nil, s) {
		words = append(words, w.Hash)
	}
	return words
}

// One story in the feeds of several houses has the same words.
func TestOneStoryInSeveralMarkups(t *testing.T) {
	story := []string{
		"One in six school lunches paid for by Eastmarch was never cooked, at a cost of 14.2 million crowns.",
		"“Nobody counted plates,” said Simon Okonjo & his staff.",
		"Caterers billed for children who had moved away.",
	}
	want := wordsOf(strings.Join(story, "\n\n"))
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
	each := func(begin, end string) string {
		var b strings.Builder
		for _, p := range story {
			b.WriteString(begin + escape.Replace(p) + end)
		}
		return b.String()
	}
	word := func(s string) string {
		return strings.NewReplacer("school", `<a href="https://x.example/?q=school&amp;n=17">school</a>`, "Simon", "<strong>Si</strong>mon").Replace(s)
	}
	for name, body := range map[string]string{
		"paragraphs":      each("<p>", "</p>"),
		"spans":           each(`<p style="text-align:justify"><span style="font-size:12pt"><span style="font-family:&quot;Times New Roman&quot;,serif">`, "</span></span></p>\n"),
		"line ends":       each("", "<br /><br />\n"),
		"divisions":       "<div class=\"body\">\n" + each("\t<div>", "</div>\n") + "</div>",
		"links":           word(each("<p>", "</p>")),
		"blocks":          each("<!-- wp:paragraph -->\n<p>", "</p>\n<!-- /wp:paragraph -->\n\n"),
		"advertising":     each("<p>", `</p><script>ads.push("slot 12")</script><ins data-ad="77"></ins>`),
		"picture":         `<figure><img src="lunch-2016.jpg" alt="A lunch" width="600"></figure>` + each("<p>", "</p>"),
		"cdata":           "<![CDATA[" + each("<p>", "</p>") + "]]>",
		"escaped":         escape.Replace(each("<p>", "</p>")),
		"escaped in div":  "<div>" + escape.Replace(each("<p>", "</p>")) + "</div>",
		"list":            "<ul>" + each("<li>", "</li>") + "</ul>",
		"table":           "<table>" + each("<tr><td>", "</td></tr>") + "</table>",
		"empty lines":     word(strings.Join(story, "\n\n")),
		"unclosed":        each("<p>", "\n"),
		"whole page":      "<!doctype html><html><head><title>Lunch</title><style>p{}</style></head><body>" + each("<p>", "</p>") + "</body></html>",
		"non-breaking":    strings.ReplaceAll(each("<p>", "</p>"), " who", "&nbsp;who"),
		"hyphenated":      strings.ReplaceAll(each("<p>", "</p>"), "children", "chil&shy;dren"),
		"as it should be": strings.Join(story, "\n\n"),
	} {
		t.Run(name, func(t *testing.T) {
			if got := wordsOf(PlainText(body)); !slices.Equal(got, want) {
				t.Errorf("words (-want +got):\n%s", cmp.Diff(want, got))
			}
		})
	}
}

// Time is linear in the length, whatever is in it.
func TestMarkupTime(t *testing.T) {
	for _, part := range []string{"<", "<a ", "<a", "</", "<p>", "<svg>", "<svg></svg", "<!--", "<!", "&lt;", "&amp;", " <b> ", "<ruby>", "<rt>", "<pre> ", "<![CDATA[", "]]>", "<title>", "<a href=\"", " ", "<p>\n", "<textarea><script>", "&lt;p&gt;", "<a:b>", "<a-b c=\"", "&lt;br&gt; ", "&amp;lt;b&amp;gt;", "<a b c>", "<p>\n\n", "<p a=\"x>", "<p a=\"x>b<i c='", "a<b </p>", "<\\/p>", "<script>"} {
		s := strings.Repeat(part, 1<<18/len(part))
		began := time.Now()
		PlainText(s)
		PlainText("<p>x</p>" + s)
		if took := time.Since(began); took > 4*time.Second {
			t.Errorf("256 kB of %q took %v", part, took)
		}
	}
}

// Any three of the pieces of markup have what FuzzPlainText holds, such as <a href="" a that is cut off.
func TestPlainTextPieces(t *testing.T) {
	pieces := []string{
		"<p>", "</p>", "<", ">", "&", "&lt;", "&gt;", "&amp;", "lt;", "p&gt;", "/p>", "<br>", "<b>", "</b>", "<pre>", "</pre>", "\n", " ", "\t", "a", "<script>",
		"</script>", "<!--", "-->", "<![CDATA[", "]]>", "<ruby>", "<rt>", "<svg>", "\u00a0", "\u00ad", "&nbsp;", "&#8203;", "<li>", "<td>", "<textarea>", "<a href=\"",
		"\"", "\\n\\n", `\u003c/`, `<\/`, "\\", "=", "<title>", "&#60;", "&#13;", "\r", "\x00", "&#0;",
	}
	for _, a := range pieces {
		for _, b := range pieces {
			for _, c := range pieces {
				checkPlain(t, a+b+c)
			}
		}
	}
}

func FuzzPlainText(f *testing.F) {
	for _, s := range innocent {
		f.Add(s)
	}
	for _, s := range []string{"<p>One &amp; <b>two</b></p>", "&lt;p&gt;&amp;lt;p&amp;gt;x", "<![CDATA[<![CDATA[<!--]]>-->", "<ruby>a<rt>b<svg>c</svg>", "<pre>\n a\u00a0\n</pre>", "<div>&lt;p&gt;&amp;lt;b&amp;gt;x&amp;lt;/b&amp;gt;", "a &amp;lt;b&amp;gt;c&amp;lt;/b&amp;gt; &#38;lt;", "<p>a <b && c> d <o:p>", "a&lt;br&gt;b&amp;lt;br&amp;gt;c",
		`\u003c/`, `\\u003c/`, "&#92;u003c/<p>x</p>", `<p>One.</p><a href="/a"title`} {
		f.Add(s)
	}
	f.Fuzz(checkPlain)
}

func checkPlain(t *testing.T, s string) {
	once := PlainText(s)
	if twice := PlainText(once); twice != once && !packed(once) {
		t.Fatalf("%q: once %q, twice %q", s, once, twice)
	}
	head := PlainHeadline(s)
	if twice := PlainHeadline(head); twice != head {
		t.Fatalf("headline %q: once %q, twice %q", s, head, twice)
	}
	if !strings.ContainsAny(s, "<&") && (once != s && !packed(s) || head != s) {
		t.Fatalf("%q became %q and %q", s, once, head)
	}
}
