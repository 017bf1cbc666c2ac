package report

import "testing"

func TestMarkdownIsNoMarkup(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"plain", "Ferry runs aground", "Ferry runs aground"},
		{"end of a cell", "Up | down", `Up \| down`},
		{"escaped end of a cell", `Up \| down`, `Up \\\| down`},
		{"new line", "Up\n| --- |\ndown", `Up \| --- \| down`},
		{"emphasis and code", "*b* _i_ `c` ~s~", "\\*b\\* \\_i\\_ \\`c\\` \\~s\\~"},
		{"picture and link", "![x](javascript:y)", `\!\[x\](javascript:y)`},
		{"HTML", `<img src=x onerror="y">&amp;`, `&lt;img src=x onerror="y"&gt;&amp;amp;`},
		{"escape sequence", "a\x1b[2Jb", `a␛\[2Jb`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := markdown(tt.text); got != tt.want {
				t.Errorf("markdown(%q) = %q; want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestMarkdownLink(t *testing.T) {
	for _, tt := range []struct{ name, url, want string }{
		{"page", "https://a.example/b?c=d&e=%20", "[Text](<https://a.example/b?c=d&e=%20>)"},
		{"letter case", "HTTPS://a.example/", "[Text](<HTTPS://a.example/>)"},
		{"none", "", "Text"},
		{"script", "javascript:alert(1)", "Text"},
		{"end of the address", "https://a.example/> <b>", "Text"},
		{"end of the cell", "https://a.example/|x", "Text"},
		{"control character", "https://a.example/\x1b[2J", "Text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := markdownLink("Text", tt.url); got != tt.want {
				t.Errorf("markdownLink of %q = %q; want %q", tt.url, got, tt.want)
			}
		})
	}
}
