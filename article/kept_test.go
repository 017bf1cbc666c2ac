package article

import (
	"strings"
	"testing"
)

func TestKeptURL(t *testing.T) {
	const page = "https://example.com/news/1"
	for _, c := range []struct{ name, in, want string }{
		{"wayback", "https://web.archive.org/web/20260406120000/https://www.example.com/news/1", page},
		{"wayback, flag", "https://web.archive.org/web/20260406120000id_/https://www.example.com/news/1", page},
		{"wayback, if_", "http://web.archive.org/web/20260406120000if_/http://example.com:80/news/1/", page},
		{"wayback, star", "https://web.archive.org/web/2026*/https://example.com/news/1", page},
		{"wayback, any time", "https://web.archive.org/web/*/example.com/news/1", page},
		{"wayback, year", "https://web.archive.org/web/2026/www.example.com/news/1", page},
		{"wayback, no scheme", "web.archive.org/web/20260406120000/example.com/news/1", page},
		{"wayback, no time", "https://web.archive.org/web/https://example.com/news/1", page},
		{"wayback, one slash", "https://web.archive.org/web/20260406120000/http:/example.com/news/1", page},
		{"wayback, three slashes", "https://web.archive.org/web/20260406120000/http:///example.com/news/1", page},
		{"wayback, capitals", "HTTPS://WEB.ARCHIVE.ORG/web/20260406120000/HTTPS://EXAMPLE.COM/news/1", page},
		{"wayback, escaped", "https://web.archive.org/web/20260406120000/https%3A%2F%2Fexample.com%2Fnews%2F1", page},
		{"wayback, escaped twice", "https://web.archive.org/web/20260406120000/https%253A%252F%252Fexample.com%252Fnews%252F1", page},
		{"wayback, query", "https://web.archive.org/web/20260406120000/https://example.com/a?id=7&utm_source=x", "https://example.com/a?id=7"},
		{"wayback, escaped query", "https://web.archive.org/web/20260406120000/https%3A%2F%2Fexample.com%2Fa%3Fid%3D7", "https://example.com/a?id=7"},
		{"wayback, escaped query and another", "https://web.archive.org/web/20260406120000/https%3A%2F%2Fexample.com%2Fa%3Fid%3D7?b=1", "https://example.com/a?b=1&id=7"},
		{"wayback, save", "https://web.archive.org/save/https://example.com/news/1", page},
		{"wayback, front page", "https://web.archive.org/web/20260406120000/https://example.com", "https://example.com/"},
		{"archive.org", "https://archive.org/wayback/20260406120000/https://example.com/news/1", page},
		{"archive-it", "https://wayback.archive-it.org/1234/20260406120000/https://example.com/news/1", page},
		{"arquivo.pt", "https://arquivo.pt/wayback/20260406120000/https://example.com/news/1", page},
		{"arquivo.pt, replay", "https://arquivo.pt/noFrame/replay/20260406120000mp_/https://example.com/news/1", page},
		{"national archives", "https://webarchive.nationalarchives.gov.uk/ukgwa/20260406120000/https://example.com/news/1", page},
		{"trove", "https://webarchive.nla.gov.au/awa/20260406120000/https://example.com/news/1", page},
		{"library of congress", "https://webarchive.loc.gov/all/20260406120000/https://example.com/news/1", page},
		{"canada, port", "http://webarchive.bac-lac.gc.ca:8080/wayback/20260406120000/https://example.com/news/1", page},
		{"any archive with a time", "https://archiv.library.example/wayback/20260406120000/https://example.com/news/1", page},
		{"megalodon", "https://megalodon.jp/2026-0406-1200-00/https://example.com/news/1", page},
		{"archive.today", "https://archive.ph/20260406120000/https://example.com/news/1", page},
		{"archive.today, dots", "https://archive.is/2026.04.06-120000/https://example.com/news/1", page},
		{"archive.today, code and address", "https://archive.vn/o/AbCdE/https://example.com/news/1", page},
		{"archive.today, newest", "https://archive.li/newest/https://example.com/news/1", page},
		{"archive.today, newest, no scheme", "https://archive.md/newest/example.com/news/1", page},
		{"archive.today, all", "https://archive.fo/https://example.com/news/1", page},
		{"archive.today, parameter", "https://archive.today/?run=1&url=https%3A%2F%2Fexample.com%2Fnews%2F1", page},
		{"google's cache", "https://webcache.googleusercontent.com/search?q=cache:AbC_dEf-123J:https://example.com/news/1+bank+chief&cd=1&hl=en", page},
		{"google's cache, no code", "https://webcache.googleusercontent.com/search?q=cache:https://example.com/news/1", page},
		{"google's cache, no scheme", "https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKJ:www.example.com/news/1+&hl=en", page},
		{"google's cache, escaped", "http://webcache.googleusercontent.com/search?q=cache%3AAbCdEfGhIjKJ%3Ahttps%3A%2F%2Fexample.com%2Fnews%2F1%20bank", page},
		{"google's cache, inner query", "https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKJ:https://example.com/a%3Fid%3D7+&cd=1", "https://example.com/a?id=7"},
		{"google's search of a cache", "https://www.google.com/search?q=cache:https://example.com/news/1", page},
		{"google's alert", "https://www.google.com/url?rct=j&sa=t&url=https://example.com/news/1&ct=ga&usg=x", page},
		{"google's amp", "https://www.google.co.uk/amp/s/www.example.com/news/1/amp/", page},
		{"google's amp, http", "https://www.google.com/amp/example.com/news/1", page},
		{"amp cache", "https://www-example-com.cdn.ampproject.org/v/s/www.example.com/news/1?amp_js_v=0.1&usqp=mq331", page},
		{"bing's amp", "https://www-example-com.bing-amp.com/c/s/www.example.com/news/1", page},
		{"translated", "https://www-example-com.translate.goog/news/1?_x_tr_sl=en&_x_tr_tl=de&_x_tr_hl=de&_x_tr_pto=wapp", page},
		{"translated, hyphen", "https://my--paper-example-com.translate.goog/a", "https://my-paper.example.com/a"},
		{"translated, old", "https://translate.google.com/translate?sl=en&tl=de&u=https%3A%2F%2Fexample.com%2Fnews%2F1", page},
		{"12ft", "https://12ft.io/https://example.com/news/1", page},
		{"12ft, parameter", "https://12ft.io/proxy?q=https%3A%2F%2Fexample.com%2Fnews%2F1", page},
		{"jina", "https://r.jina.ai/https://example.com/news/1", page},
		{"archive in an archive", "https://archive.ph/newest/https://web.archive.org/web/20260406120000/https://example.com/news/1", page},
		{"cache of a translation in an archive", "https://web.archive.org/web/2026/https://translate.google.com/translate?u=https%3A%2F%2Fexample-com.translate.goog%2Fnews%2F1", page},

		{"archive's live page", "https://liveweb.archive.org/https://example.com/news/1", page},
		{"archive's search", "https://archive.is/search/?q=https%3A%2F%2Fexample.com%2Fnews%2F1", page},
		{"onion", "http://archiveiya74codqgiixo33q62qlrqtkgmcitqx5u2oeqnmn5bpcbiyd.onion/https://example.com/news/1", page},
		{"citation", "https://www.webcitation.org/query?url=https%3A%2F%2Fexample.com%2Fnews%2F1&date=2026-04-06", page},
		{"ghost", "https://ghostarchive.org/search?term=https://example.com/news/1", page},
		{"permanent", "https://perma-archives.org/warc/ABCD-1234/https://example.com/news/1", page},
		{"bing's cache", "https://cc.bingj.com/cache.aspx?q=x&d=1&u=https://example.com/news/1", page},
		{"bing's news", "https://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=1&url=https%3a%2f%2fexample.com%2fnews%2f1&c=1", page},
		{"bing's translation", "https://www.microsofttranslator.com/bv.aspx?from=&to=en&a=https%3A%2F%2Fexample.com%2Fnews%2F1", page},
		{"yandex's translation", "https://translate.yandex.com/translate?lang=en-ru&url=https%3A%2F%2Fexample.com%2Fnews%2F1", page},
		{"facebook's links", "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fnews%2F1%3Ffbclid%3Dx&h=AT0", page},
		{"reddit's links", "https://out.reddit.com/t3_x?url=https%3A%2F%2Fexample.com%2Fnews%2F1", page},
		{"vk's links", "https://vk.com/away.php?to=https%3A%2F%2Fexample.com%2Fnews%2F1", page},
		{"flipboard's links", "https://flipboard.com/redirect?url=https%3A%2F%2Fexample.com%2Fnews%2F1", page},
		{"screenshot", "https://web.archive.org/screenshot/https://example.com/news/1", page},
		{"a list of copies", "https://web.archive.org/cdx/search/cdx?url=https://example.com/news/1", page},
		{"a post of vk", "https://vk.com/wall-1_2?to=all", "https://vk.com/wall-1_2?to=all"},

		{"short code", "https://archive.ph/AbCdE", "https://archive.ph/AbCdE"},
		{"archive's own page", "https://web.archive.org/", "https://web.archive.org/"},
		{"a file of archive.org", "https://archive.org/download/2026/paper.pdf", "https://archive.org/download/2026/paper.pdf"},
		{"nothing kept", "https://web.archive.org/web/20260406120000/", "https://web.archive.org/web/20260406120000"},
		{"no page kept", "https://web.archive.org/web/20260406120000/mailto:a@example.com", "https://web.archive.org/web/20260406120000/mailto:a@example.com"},
		{"broken address kept", "https://web.archive.org/web/20260406120000/http://exa mple/", "https://web.archive.org/web/20260406120000/http:/exa%20mple"},
		{"an address without a time", "https://example.com/go/https://other.example/a", "https://example.com/go/https:/other.example/a"},
		{"a day before an address", "https://example.com/20260406/https://other.example/a", "https://example.com/20260406/https:/other.example/a"},
		{"a search", "https://www.google.com/search?q=bank+chief", "https://google.com/search?q=bank+chief"},
		{"a site on translate.goog", "https://translate.goog/a", "https://translate.goog/a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := CanonicalURL(c.in)
			if err != nil || got != c.want {
				t.Fatalf("CanonicalURL(%q) = %q, %v, want %q", c.in, got, err, c.want)
			}
			if again, err := CanonicalURL(got); err != nil || again != got {
				t.Errorf("CanonicalURL(%q) = %q, %v", got, again, err)
			}
			if a, b := (&Article{URL: c.in}).Key(), (&Article{URL: c.want}).Key(); a != b && !isFrontPage(got) {
				t.Errorf("another key than that of %s", c.want)
			}
		})
	}
}

func TestKeptDeep(t *testing.T) {
	const page = "https://example.com/a"
	in := page
	for depth := 1; depth < 40; depth++ {
		in = "https://archive.ph/newest/" + in
		got, err := CanonicalURL(in)
		if depth <= maxKept && (err != nil || got != page) || depth > maxKept && err == nil {
			t.Errorf("%d deep: %q, %v", depth, got, err)
		}
	}
	if _, err := CanonicalURL(strings.Repeat("https://web.archive.org/web/2026/", 200) + page); err == nil {
		t.Error("200 deep: no error")
	}
}

func TestOutletOfAKeptPage(t *testing.T) {
	for _, c := range []struct{ name, url, want string }{
		{"", "https://web.archive.org/web/20260406120000/https://www.example.com/1", "example.com"},
		{"web.archive.org", "https://web.archive.org/web/20260406120000/https://www.example.com/1", "example.com"},
		{"archive.ph", "https://archive.ph/AbCdE", "archive.ph"},
		{"archive.ph", "", "archive.ph"},
		{"", "https://archive.ph/AbCdE", "archive.ph"},
		{"Star", "https://archive.ph/newest/https://example.com/1", "star"},
		{"https://web.archive.org/web/2026/https://example.com/", "", "example.com"},
		{"", "https://www-example-com.translate.goog/1", "example.com"},
	} {
		if got := OutletOf(c.name, c.url); got != c.want {
			t.Errorf("OutletOf(%q, %q) = %q, want %q", c.name, c.url, got, c.want)
		}
	}
}

func TestTracking(t *testing.T) {
	const page = "https://example.com/a?id=7&page=2"
	for _, parameter := range []string{
		"cmp=rss", "CMP=share_btn_tw", "INTCMP=x", "at_id=1", "at_medium=RSS", "at_campaign=x", "at_link_type=web", "ns_mchannel=social", "ns_source=twitter",
		"ns_campaign=bbc", "ns_linkname=news", "ito=1490", "ocid=socialflow_twitter", "smid=tw-share", "ref_src=twsrc%5Etfw", "__twitter_impression=true",
		"wt_mc=1", "wt_zmc=sm.int", "WT.mc_id=x", "xtor=AL-72", "mc_cid=1", "mc_tc=1", "igshid=1", "srnd=premium", "taid=1", "sh=5f0d1a", "ftag=CAD", "ICID=ref_fark",
		"ncid=txt", "guccounter=1", "guce_referrer=a", "utm_source=a", "UTM_Source=a", "fbclid=1", "gclid=1", "gad_source=1", "gaa_at=eafs", "itm_source=parsely-api",
		"traffic_source=rss", "Echobox=1600000000", "_x_tr_sl=en", "share_token=1", "unlocked_article_code=1", "srsltid=1", "tpcc=nlx", "sara_ref=x", "lmd_medium=x",
		"dpg_source=x", "hss_channel=tw-1", "__source=iosappshare%7Ccom", "gnt-cfr=1", "pinned_post_type=share", "s_campaign=x", "fsrc=rss", "isappinstalled=0",
		"sid=rss", "origin=rss", "campaign=rss-feed", "feed=rss", "ct=rss", "sourceid=rss", "syndication=rss", "u_source=rss", "service=rss", "p1=Article_Feed", "rss=yes", "fromrss=1",
		"intcid=inline_amp", "spref=tw", "noredirect=on", "print=1", "print=true", "m=1", "view=print",
	} {
		if got, err := CanonicalURL("https://example.com/a?page=2&" + parameter + "&id=7"); err != nil || got != page {
			t.Errorf("%s: %q, %v, want %q", parameter, got, err, page)
		}
	}
	for _, parameter := range []string{
		"id=7", "p=7", "story=7", "article=7", "articleid=7", "page=2", "v=abc", "aid=7", "nid=7", "tid=7", "cid=7", "sid=7", "date=20260406", "ref=7", "mod=view", "from=7",
		"item=7", "q=bank", "lang=en", "itm=7", "at=7", "ns=7", "share=7", "gnt=7", "att_id=7", "origin=7", "feed=7", "service=7", "print=7", "m=7", "view=list", "p1=7",
	} {
		want := "https://example.com/a?" + parameter
		if got, err := CanonicalURL(want + "&utm_source=x"); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", parameter, got, err, want)
		}
	}
}

func TestFragments(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://example.com/a#comments", "https://example.com/a"},
		{"https://example.com/a#:~:text=bank", "https://example.com/a"},
		{"https://example.com/a#!", "https://example.com/a"},
		{"https://example.com/a;jsessionid=0A1B2C", "https://example.com/a"},
		{"https://example.com/a;jsessionid=0A1B2C.node1?id=7", "https://example.com/a?id=7"},
		{"https://example.com/a;b=1", "https://example.com/a;b=1"},
		{"https://example.com/#!/", "https://example.com/"},
		{"https://example.com/#!/news/1", "https://example.com/?_escaped_fragment_=/news/1"},
		{"https://example.com/?_escaped_fragment_=/news/1", "https://example.com/?_escaped_fragment_=/news/1"},
		{"https://example.com/#!id=1&b=2", "https://example.com/?_escaped_fragment_=id=1%26b=2"},
	} {
		if got, err := CanonicalURL(c.in); err != nil || got != c.want {
			t.Errorf("CanonicalURL(%q) = %q, %v, want %q", c.in, got, err, c.want)
		}
	}
}
