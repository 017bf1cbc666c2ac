package source

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// archive returns a zip of files of the given names, each with its name as content.
func archive(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		name, content, _ := strings.Cut(name, "=")
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(content))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tarball(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.WriteHeader(&tar.Header{Name: "a.txt", Size: 5, Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	w.Write([]byte("Story"))
	w.Close()
	return b.String()
}

func utf16Text(s string, low int) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		pair := [2]byte{byte(u >> 8), byte(u)}
		b = append(b, pair[1-low], pair[low])
	}
	return string(b)
}

// Files of foreign kinds are known by their content, whatever their name, packed or
// not, and on standard input.
func TestForeignFiles(t *testing.T) {
	const html = "an HTML page"
	const xml = "an XML or SGML file"
	const warc, mbox, mail = "a web archive (WARC or WET)", "a mailbox (mbox)", "an e-mail"
	const csv, tsv, semi = "a table (CSV)", "a table (TSV)", "a table (CSV with semicolons)"
	const image, sound, program = "an image", "a sound or film", "a program"
	const story = "<p>A tapir that slipped out of the zoo was found in a pool.</p>"
	for _, c := range []struct{ want, name, data string }{
		{html, "doctype", "<!DOCTYPE html>\n<html><head><title>T</title></head><body>" + story + "</body></html>"},
		{html, "old doctype", "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\">\n<html>"},
		{html, "doctype alone", "<!doctype html>"},
		{html, "no doctype", "<html><head><title>T</title></head><body>" + story},
		{html, "upper case", "<HTML>\n<HEAD><TITLE>T</TITLE></HEAD>\n"},
		{html, "language", "<html lang=\"en\">\n<body>Story"},
		{html, "blanks before", "\r\n\r\n\t <html><body>x</body></html>"},
		{html, "byte order mark", "\xef\xbb\xbf<!DOCTYPE html><p>x</p>"},
		{html, "two marks and blanks", "\xef\xbb\xbf\n\xef\xbb\xbf <html><body>x</body>"},
		{html, "comment", "<!-- saved from url=(0014)about:internet -->\n<html><body>x</body></html>"},
		{html, "comments and doctype", "<!-- a -->\n<!-- b > c -->\n<!DOCTYPE html><html>"},
		{html, "long comment", "<!-- " + strings.Repeat("licence ", 1000) + " --><html><body>x</body></html>"},
		{html, "endless comment", "<!-- " + strings.Repeat("licence ", 9000)},
		{html, "XHTML", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"xhtml1-strict.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\">"},
		{html, "XHTML without a type", "<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>x</body></html>"},
		{html, "div", "<div class=\"story\">\n  <h1>T</h1>\n</div>"},
		{html, "plain div", "<div>" + story + "</div>"},
		{html, "paragraphs", story + "\n" + story},
		{html, "paragraph in lines", "<p>\nA tapir.\n</p>\n"},
		{html, "heading", "<h1>Tapir found</h1>\n" + story},
		{html, "table", "<table><tr><td>A</td></tr></table>"},
		{html, "body", "<body onload=\"x()\">Story"},
		{html, "script", "<script>var a=1</script><p>x</p>"},
		{html, "title", "<title>T</title>\n<body>Story"},
		{html, "meta", "<meta charset=\"utf-8\"><title>T</title>"},
		{html, "link around a block", "<a href=\"/\"><img src=\"logo.png\"></a><p>x</p>"},
		{html, "article", "<article><header>T</header>" + story + "</article>"},
		{html, "latin", "<html><body>caf\xe9</body></html>"},
		{"an HTTP response with its head", "curl -i", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html>"},
		{"an HTTP response with its head", "HTTP/2", "HTTP/2 200 \r\nserver: x\r\n\r\n<html>"},

		{"a list of feeds (OPML)", "OPML", "<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><body/></opml>"},
		{"a sitemap", "sitemap", "<?xml version=\"1.0\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>https://x.example</loc></url></urlset>"},
		{"a sitemap", "sitemap index", "<sitemapindex xmlns=\"x\"><sitemap/></sitemapindex>"},
		{xml, "NewsML", "<?xml version=\"1.0\"?>\n<newsItem guid=\"x\"><contentSet/></newsItem>"},
		{xml, "NITF", "<!DOCTYPE nitf SYSTEM \"nitf.dtd\">\n<nitf><body/></nitf>"},
		{xml, "SGML", "<DOC>\n<DOCNO> AP-1 </DOCNO>\n<TEXT>\nStory.\n</TEXT>\n</DOC>\n"},
		{xml, "Reuters", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\">\n<DATE>26-FEB-1987</DATE>\n"},
		{xml, "Wikipedia", "<mediawiki xml:lang=\"en\">\n<page><title>T</title></page>"},
		{image, "SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>T</text></svg>"},

		{warc, "WARC", "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n"},
		{warc, "WET", "WARC/1.0\nWARC-Type: conversion\nContent-Length: 5\n\nStory\n\nWARC/1.0\n"},
		{warc, "WAT", "WARC/1.1\r\nWARC-Type: metadata\r\n\r\n{\"Container\":{\"Filename\":\"a\"}}\n"},
		{warc, "packed by record", gz(t, "WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n\r\n") + gz(t, "WARC/1.0\r\nWARC-Type: response\r\n\r\n<html>")},
		{"a web archive (ARC)", "ARC", "filedesc://IA-001.arc 0.0.0.0 20020101000000 text/plain 76\n1 0 Alexa\n"},
		{"an index of a web archive (CDX)", "CDX", " CDX N b a m s k r M S V g\nexample)/ 2020\n"},

		{csv, "header", "id,title,body\n1,\"One\",\"First story about a tapir.\"\n2,\"Two\",\"Second.\"\n"},
		{csv, "quoted header", "\"title\",\"text\",\"date\"\r\n\"One\",\"Story, with a comma.\",\"2026-01-01\"\r\n"},
		{csv, "comment above", "# made by x\nid,title,body\n1,One,Story.\n"},
		{csv, "separator above", "\xef\xbb\xbfsep=,\r\nid,title,body\r\n1,One,Story.\r\n"},
		{csv, "unnamed column", "Unnamed: 0,title,text,subject,date\n0,One,Story.,a,2026\n"},
		{csv, "upper case", "Title,Content,Publish Date,URL\nOne,Story.,2026,https://x.example\n"},
		{csv, "index of pandas", ",title,text,label\n0,One,Story.,1\n"},
		{csv, "byte order mark", "\xef\xbb\xbfheadline,source\nOne,Star\n"},
		{csv, "body over lines", "url,content\nhttps://x.example,\"One.\n\nTwo \"\"quoted\"\", three.\"\n"},
		{csv, "body longer than what is looked at", "id,body,title\n1,\"" + strings.Repeat("Story. ", 9000) + "\",T\n"},
		{csv, "many columns", "Unnamed: 0,id,title,publication,author,date,year,month,url,content\n0,1,T,NYT,A,2016-12-31,2016,12,,Story\n"[len("Unnamed: 0,"):]},
		{csv, "CNN", "id,article,highlights\n1,\"Story.\",\"Short.\"\n"},
		{csv, "blanks behind commas", "title, text, date\nOne, Story., 2026\n"},
		{csv, "header alone", "id,title,body,date"},
		{csv, "German", "Titel,Text,Datum\nEins,Geschichte.,1.1.2026\n"},
		{csv, "Chinese", "标题,正文,日期\n一,故事,2026年1月1日\n"},
		{"a table (CSV without a header)", "rows in quotes", "\"1\",\"Wall to rise\",\"The council voted, by nine.\"\n\"2\",\"Ferry\",\"It \"\"sank\"\".\"\n"},
		{"a table (CSV without a header)", "some in quotes", "17,\"Wall to rise\",\"The council voted.\nIt will rise.\",2026-04-06\r\n18,\"Ferry\",\"It sank.\",2026-04-07\r\n"},
		{"a table (CSV without a header)", "longer than what is looked at", strings.Repeat("\"3\",\"Wall to rise\",\"The council voted, by nine to two.\nIt will rise.\"\n", 900)},
		{"a table (CSV without a header)", "one value in quotes", "17,Wall to rise,\"The council voted, by nine.\"\n18,Ferry,\"It sank.\"\n"},
		{"a pointer to a file (Git LFS or git-annex)", "LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 123\n"},
		{"a pointer to a file (Git LFS or git-annex)", "annex", "/annex/objects/SHA256E-s12--ab.jsonl\n"},
		{"JSON in a call of a function (JSONP)", "list", "callback([{\"title\": \"T\"}]);"},
		{"JSON in a call of a function (JSONP)", "with a comment", "/**/ jQuery11_22([ {\"title\": \"T\"}])"},
		{"JSON without an object", "numbers", "[[1, 2], [3, 4]]\n"},
		{"JSON without an object", "words", "[\"harbour\", \"wall\"]"},
		{"JSON without an object", "null", "null\n"},
		{"JSON without an object", "string", "\"The harbour wall\""},
		{"a list of references (BibTeX)", "article", "@article{lund2026,\n  title = {Harbour walls},\n}\n"},
		{"a list of references (BibTeX)", "comment above", "% by x\n@InProceedings{lund:2026, title={Walls}}\n"},
		{"a log of a web server", "access log", "192.0.2.1 - - [06/Apr/2026:10:00:00 +0000] \"GET /wall HTTP/1.1\" 200 17\n"},
		{"a log of a web server", "host and user", "tide.example - ann [06/Apr/2026:10:00:00 +0200] \"POST / HTTP/2\" 302 0 \"-\" \"x\"\n"},
		{"a program of a web page (ASP)", "ASPX", "<%@ Page Language=\"C#\" %>\n<!DOCTYPE html>\n<html>"},
		{"a program of a web page (ASP)", "ASP", "<% Response.Write \"x\" %>\n"},
		{tsv, "tabs", "title\ttext\tdate\nOne\tStory, with comma.\t2026\n"},
		{semi, "semicolons", "titre;texte;date\nUn;\"Histoire; suite.\";2026\n"},
		{"a table (with bars)", "bars", "id|title|body\n1|One|Story.\n"},

		{mbox, "mbox", "From ann@x.example Mon Apr  6 10:00:00 2026\nReturn-Path: <ann@x.example>\nSubject: T\n\nStory\n"},
		{mbox, "MAILER-DAEMON", "From MAILER-DAEMON Fri Jul  8 12:08:34 2011\nDate: x\n\nStory"},
		{mbox, "Thunderbird", "From - Tue Oct 31 09:12:01 2023\r\nX-Mozilla-Status: 0001\r\n\r\n"},
		{mbox, "Gmail", "From 1792@xxx Mon Apr 06 10:00:00 +0000 2026\nX-GM-THRID: 1\n\n"},
		{mail, "mail", "Received: from a by b;\n Mon, 6 Apr 2026 10:00:00 +0000\nFrom: Ann <ann@x.example>\nSubject: T\n\nStory"},
		{mail, "mail without a way", "Message-ID: <1@x>\nDate: Mon, 14 May 2001 16:39:00 -0700\nFrom: a@x.example\nTo: b@x.example\nSubject: T\nMime-Version: 1.0\n\nStory"},
		{mail, "newsletter without a receiver", "Date: Mon, 6 Apr 2026 10:00:00 +0000\nFrom: Tide <news@tide.example>\nSubject: Wall\nContent-Type: text/plain\n\nStory"},
		{mail, "short", "From: a@x.example\nTo: b@y.example\nSubject: T\n\nStory"},
		{mail, "newsletter", "Delivered-To: b@y.example\r\nReceived: by x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x"},
		{"a saved page (MHTML)", "MHTML", "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example\r\nSubject: T\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"\r\n\r\n"},

		{"a PDF file", "PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"},
		{"a PDF file", "PDF behind a line end", "\n%PDF-1.4\n"},
		{"a PostScript file", "PostScript", "%!PS-Adobe-3.0\n"},
		{"a Word file", "docx", archive(t, "[Content_Types].xml=<Types/>", "_rels/.rels=", "word/document.xml=<w/>")},
		{"a spreadsheet", "xlsx", archive(t, "[Content_Types].xml=<Types/>", "xl/workbook.xml=<w/>")},
		{"a spreadsheet", "ods", archive(t, "mimetype=application/vnd.oasis.opendocument.spreadsheet", "content.xml=")},
		{"a file of slides", "pptx", archive(t, "[Content_Types].xml=<Types/>", "ppt/presentation.xml=")},
		{"an OpenDocument text", "odt", archive(t, "mimetype=application/vnd.oasis.opendocument.text", "content.xml=")},
		{"an EPUB book", "epub", archive(t, "mimetype=application/epub+zip", "META-INF/container.xml=")},
		{"an old Office file (doc, xls, ppt or msg)", "doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00"},
		{"an RTF file", "RTF", "{\\rtf1\\ansi{\\fonttbl}\\f0 Story.\\par}"},
		{"a zip archive", "zip", archive(t, "a.txt=Story")},
		{"a zip archive", "empty zip", "PK\x05\x06" + strings.Repeat("\x00", 18)},
		{"a zip archive", "zip inside of gzip", gz(t, archive(t, "a.txt=Story"))},
		{"a tar archive", "tar", tarball(t)},
		{"a tar archive", "tar.gz", gz(t, tarball(t))},
		{"a tar archive", "tar.zst", zst(t, tarball(t))},
		{"a 7z archive", "7z", "7z\xbc\xaf\x27\x1c\x00\x04"},
		{"a rar archive", "rar", "Rar!\x1a\x07\x01\x00"},
		{"bzip2 data", "bz2", "BZh91AY&SY\x12\x34\x00\x01"},
		{"xz data", "xz", "\xfd7zXZ\x00\x00\x04"},
		{"lz4 data", "lz4", "\x04\x22\x4d\x18\x64"},
		{"an archive", "deb", "!<arch>\ndebian-binary   14\x00"},
		{image, "PNG", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"},
		{image, "JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF\x00"},
		{image, "GIF", "GIF89a\x01\x00\x01\x00"},
		{image, "WebP", "RIFF\x24\x00\x00\x00WEBPVP8 "},
		{image, "TIFF", "II*\x00\x08\x00\x00\x00"},
		{image, "BMP", "BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00"},
		{image, "HEIC", "\x00\x00\x00\x18ftypheic\x00\x00"},
		{image, "AVIF", "\x00\x00\x00\x1cftypavif\x00\x00"},
		{sound, "MP3", "ID3\x03\x00\x00\x00\x00"},
		{sound, "MP3 without a tag", "\xff\xfb\x90\x64\x00\x00"},
		{sound, "MP4", "\x00\x00\x00\x20ftypisom\x00\x00"},
		{sound, "Ogg", "OggS\x00\x02"},
		{sound, "WAV", "RIFF\x24\x00\x00\x00WAVEfmt "},
		{sound, "Matroska", "\x1a\x45\xdf\xa3\x01\x00"},
		{program, "ELF", "\x7fELF\x02\x01\x01\x00"},
		{program, "Windows", "MZ\x90\x00\x03\x00" + strings.Repeat("\x00", 80)},
		{program, "Mach-O", "\xcf\xfa\xed\xfe\x07\x00"},
		{program, "class", "\xca\xfe\xba\xbe\x00\x00\x00\x34"},
		{program, "wasm", "\x00asm\x01\x00\x00\x00"},
		{"an SQLite database", "SQLite", "SQLite format 3\x00\x10\x00"},
		{"a Parquet file", "Parquet", "PAR1\x15\x04\x15\x00"},
		{"a Parquet file", "Parquet of a test", "PAR1...."},
		{"an Arrow or Feather file", "Arrow", "ARROW1\x00\x00\xff\xff\xff\xff"},
		{"a file of a program's data", "Avro", "Obj\x01\x04\x16avro.schema"},
		{"a file of a program's data", "pickle", "\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}"},
		{"UTF-32 text", "UTF-32", "\x00\x00\xfe\xff\x00\x00\x00a"},

		{"a YAML file", "records with lines between", "---\ntitle: One\nbody: Story.\n---\ntitle: Two\nbody: Story.\n"},
		{"a Markdown page", "TOML front matter", "+++\ntitle = \"T\"\n+++\n\nStory.\n"},
		{"a YAML file", "YAML", "---\n- title: One\n  body: Story.\ntitle: T\nbody: Story\n"},
		{"a YAML file", "YAML with a directive", "%YAML 1.2\n---\na: b\n"},
		{"a script or style sheet", "JavaScript", "(function(){var a=1;})();"},
		{"a script or style sheet", "JavaScript module", "import {a} from \"./a.js\";\nexport default a;\n"},
		{"a script or style sheet", "JavaScript with licence", "/*! x v1.2 | MIT */\n!function(e,t){}(this);"},
		{"a script or style sheet", "strict", "\"use strict\";\nvar a;"},
		{"a script or style sheet", "variables", "// a\nconst story = {};\n"},
		{"a script or style sheet", "state of a page", "window.__STATE__ = {\"a\":1}"},
		{"a script or style sheet", "JSONP", "jsonFeed({\"items\":[]})"},
		{"a script or style sheet", "PHP", "<?php\necho 1;"},
		{"a script or style sheet", "shell", "#!/bin/sh\necho\n"},
		{"a script or style sheet", "Python", "import json\nimport sys\n\nprint(1)\n"},
		{"a script or style sheet", "CSS", "body{margin:0}\n.a{color:red}\n"},
		{"a script or style sheet", "CSS over lines", "/* x */\n.story, #top {\n  color: red;\n}\n"},
		{"a LaTeX file", "LaTeX", "\\documentclass{article}\n\\begin{document}\nStory\n"},
		{"a YAML file", "list of records", "- title: One\n  body: Story.\n- title: Two\n  body: Story.\n"},
		{"a YAML file", "text over lines", "title: One\nbody: |\n  Story.\n"},
		{"a dump of a database", "MySQL", "-- MySQL dump 10.13  Distrib 8.0\n--\n"},
		{"a dump of a database", "SQL", "CREATE TABLE articles (\n  id int\n);\n"},
		{"subtitles", "VTT", "WEBVTT\n\n00:01.000 --> 00:04.000\nWords\n"},
		{"subtitles", "SRT", "1\n00:00:01,000 --> 00:00:04,000\nWords\n"},
		{"a calendar or address card", "calendar", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"},
	} {
		t.Run(c.want+"/"+c.name, func(t *testing.T) {
			tree(t, map[string]string{"page.txt": c.data, "12345": c.data, "article.php": c.data, "a.jsonl": c.data, "b.gz": gz(t, c.data)})
			for _, name := range []string{"page.txt", "12345", "article.php", "a.jsonl", "b.gz", "-"} {
				if i := slices.IndexFunc(foreign, func(f *format) bool { return f.name == c.want && f.records != nil }); i >= 0 {
					// It is read; here is held what it is taken for.
					data := strings.TrimPrefix(c.data, "\xef\xbb\xbf")
					if strings.HasPrefix(data, "\x28\xb5\x2f\xfd") {
						continue
					}
					if f, why := recognise([]byte(data[:min(len(data), headSize)]), len(data) < headSize, name); f != foreign[i] && !strings.HasPrefix(data, "\x1f\x8b") {
						t.Errorf("%s: %s, want %q", name, why, c.want)
					}
					continue
				}
				if name == "b.gz" && (strings.HasPrefix(c.data, "\x1f\x8b") || strings.HasPrefix(c.data, "\x28\xb5")) {
					continue
				}
				got := readAll(t, Options{}, strings.NewReader(c.data), name)
				if len(got.Bodies) > 0 || len(got.Rejects) != 1 || !strings.HasPrefix(got.Rejects[0], name+": is "+c.want+": ") {
					t.Errorf("%s: %q, want one reject that says %q", name, got, c.want)
				}
			}
		})
	}
}

// Pages of text that look a little like something else are read.
func TestInnocentPages(t *testing.T) {
	const story = "\n\nThe council voted on Tuesday, by nine to two; the wall will rise by a metre.\n\nWork begins in May.\n"
	beginnings := []string{
		"From the newsroom of the Tide", "From Monday 10:30 the bridge is closed", "From 10:30 to 2024", "From Paris, 6 April 2026", "From: the newsroom",
		"From our correspondent in Rome, 10:15, 2026\n\nSubject: none", "To: all media\nFrom: City of Linden\nDate: April 6, 2026\nSubject: Harbour wall to rise",
		"a < b", "<3 for the wall", "<div> is what keeps the web together", "<p> and <br> turn thirty", "The <html> tag turns thirty", "<HTML> turns thirty", "<b>old</b> tags turn thirty",
		"<redacted> said nothing", "<unclear> – a witness", "<<Wall>> to rise", "< 1 metre", "<script> for the stage: how a play is written", "<!-- is how a comment begins",
		"Title, text and picture: how a page is made", "Date, time, place", "Text, images", "Rain, wind, snow", "Title, date", "id, ego, superego", "One; two; three", "News | Coast | tide.example", "Title | Source",
		"Source, date", "rain,text", "wall;title", "Text,rain,snow,ice", "1,200 words, 3 pictures", "WARC/1.0 is a format", "WARC", "HTTP/1.1 turns thirty", "PDF or not", "%PDF is how a file begins", "PK wins", "PAR10 course opens", "GIF or JIF?", "ID3 tags explained", "MZ brand sold", "BM sold",
		"BZh is no word", "RIFF raff", "Rar! said the lion", "ORC of the rings", "FORM of the day", "OTTO sold", "ftyp", "II*", "070701 was the number",
		"--- \n\nA story that begins with a rule", "---", "***", "+++ Wall to rise +++", "--- Wall to rise ---", "# Wall to rise", "## Wall", "* Wall\n* Mole", "- Wall",
		"var is a sport word: VAR ruled", "Let us = all of us", "let them eat cake", "Function follows form", "function of the wall", "import duties rise", "import duties\n", "Import bans, explained", "package deal\nfor the coast", "const", "define the wall",
		"Window on the world", "window.", "Document of the day", "$(5 million) lost", "$ 5 million", "(function) is a word", "use strict rules", "create table talk", "Insert into the debate", "drop table stakes",
		"1\n\nThe first of many", "10:30", "BEGIN: a story", "-----", "[Wall] to rise", "[A] wall", "\"Wall, mole\"", "Q: Why?\nA: Because.", "Note: this is a test", "Ann Lee <ann@x.example>", "ann@x.example",
		"# Wall to rise\nSource, date: none", "Wall {noun}: a barrier; a defence", "- Wall: nine\n- Mole: two", "Wall: yes\nMole: > no", "Subject: Harbour wall\nFrom: Ann\nOrganization: Tide", "Newsgroups: sci.space\nFrom: a@x.example\nSubject: Wall\nMessage-ID: <1@x>\nLines: 3", "http://x.example/1 is down",
		"title:Wall", "CDX", "filedesc", "RSS is back", "feed the birds", "SQLite format 3 explained", "AT&T forms a wall", "!<arch>", "Exif",
		"\"Wall\",\"mole\" and \"tide\"", "\"Wall\",\"mole\",\"tide\"", "@article writes again", "@misc{", "192.0.2.1 - - is an address", "<% is how a page of a server begins", "<%of votes", "GET /wall", "Wall, mole, tide: 1, 2, 3",
		"{Updated} Ferry aground", "{ Updated } Ferry aground", "{{ headline }}", "{1} Wall", "<?xml is how documents begin", "<?xml version 1.0 turns thirty", "GIF89a turns forty", "GIF87a", "GIF89a",
	}
	for _, first := range beginnings {
		for _, end := range []string{story, strings.ReplaceAll(story, "\n\n", "\n")} {
			text := first + end
			got := readAll(t, Options{}, strings.NewReader(text), "-")
			if len(got.Bodies) != 1 || len(got.Rejects) > 0 {
				t.Errorf("%q: %q", first, got)
			}
			for _, name := range []string{"12345", "page.txt", "article.php"} {
				if f, why := recognise([]byte(text), true, name); f != pages {
					t.Errorf("%s %q is no page: %s", name, first, why)
				}
			}
		}
	}
}

// Each kind says what to do, and no kind has two lines but where two looks need
// other words.
func TestForeignTable(t *testing.T) {
	var names []string
	for _, f := range foreign {
		if f.sniff == nil || (f.advice == "") != (f.records != nil) {
			t.Errorf("%s: no sniff, or neither a reader nor an advice", f.name)
		}
		names = append(names, f.name)
	}
	slices.Sort(names)
	for i := range names[1:] {
		if names[i] == names[i+1] && names[i] != "an image" {
			t.Errorf("%s has two lines", names[i])
		}
	}
}

func FuzzRecognise(f *testing.F) {
	for _, s := range []string{"<!-- x --><!doctype a[", "<?xml ?><a></b>", "From a 1:00 2000\nA:b\n\n", "---\na: b\n---\n", "id,title\n\"", "\ufeff\ufeff{", "<html", "<p "} {
		f.Add([]byte(s), "a.txt")
	}
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		if format, why := recognise(data[:min(len(data), headSize)], len(data) < headSize, name); (format == nil) == (why == "") || format != nil && format.records == nil {
			t.Fatalf("%q: format %v, reason %q", data, format, why)
		}
	})
}
