package source

// PlainText returns a body without its markup.
func PlainText(body string) string { return body }

// PlainHeadline returns a headline without its markup.
func PlainHeadline(headline string) string { return headline }
