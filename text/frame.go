package text

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// FrameKind says what a frame is.
type FrameKind uint8

const (
	Byline   FrameKind = iota + 1 // who wrote it: "By Jane Doe, Associated Press"
	Dateline                      // where and when it was filed: "PARIS (AFP) — "
	Credit                        // whose it is: "© 2026 AFP", "(Reporting by ...)"
	Repeat                        // the headline once more
)

// Frame is a part of a body that is not the story but what an outlet or agency
// puts around it. It differs between copies of one story, so it is left out of
// comparison.
type Frame struct {
	Start, End uint32 // byte offsets into the body, at rune borders
	Kind       FrameKind
	Agency     string // named in it, as in the table of Agencies; or ""
}

// Frames are looked for in the first and last bytes of a body, on few lines.
const (
	headBytes = 640
	tailBytes = 480
	headLines = 12
	tailLines = 5
	longLine  = 120 // bytes; a longer line is the story's, but for its dateline
)

// line is one line of a body in plain form without the white space around it.
type line struct {
	from  *typeset
	at    int // offset of s in it
	s     string
	words []Word // offsets into s; until the next line
	cut   bool   // begins before s
}

func (l *line) frame(start, end int, k FrameKind, agency string) Frame {
	return Frame{uint32(l.place(start)), uint32(l.place(end)), k, agency}
}

// place is where l.s[i] stands in the body.
func (l *line) place(i int) int { return l.from.place(l.at + i) }

// Frames returns the frames of a body, in order and not overlapping. They
// never cover more than half of it: where they would, only datelines count.
// The cost does not grow with the length of the body.
func (a *Agencies) Frames(headline, body string) []Frame {
	return bounded(a.frames(headline, body), body)
}

func bounded(frames []Frame, body string) []Frame {
	cut := 0
	for _, f := range frames {
		cut += int(f.End - f.Start)
	}
	if 2*cut > len(body) {
		frames = slices.DeleteFunc(frames, func(f Frame) bool {
			return f.Kind != Dateline || 2*int(f.End-f.Start) > len(body)
		})
	}
	return frames
}

// Read returns the frames of a body, as Frames does, and the agency whose copy
// the article is, by the name in the table, or "". Only frames and the byline
// count for it, so that a story about an agency or one that quotes it is not
// credited to it; the dateline is believed first, then the credit lines, then the
// bylines.
func (a *Agencies) Read(headline, byline, body string) (frames []Frame, credit string) {
	frames = a.frames(headline, body)
	credit = a.credit(frames, byline)
	return bounded(frames, body), credit
}

func (a *Agencies) credit(frames []Frame, byline string) string {
	for _, k := range []FrameKind{Dateline, Credit, Byline} {
		for _, f := range frames {
			if f.Kind == k && f.Agency != "" {
				return f.Agency
			}
		}
	}
	byline = clip(byline, longLine)
	name, _, _ := a.find(byline, Words(nil, byline))
	return name
}

// frames is Frames without its bound.
func (a *Agencies) frames(headline, body string) []Frame {
	var out []Frame
	title := Words(nil, clip(headline, headBytes))
	end := 0 // of the head lines looked at
	head := headSet(body)
	for l := range headOf(&head) {
		f, ok := a.headFrame(&l, title)
		if ok {
			out = append(out, f)
		}
		end = l.place(len(l.s))
		if !ok && len(l.s) > longLine || f.Kind == Dateline {
			break
		}
	}
	heads := len(out)
	tail := tailSet(body)
	for l := range tailOf(&tail) {
		if l.place(0) >= end && !l.cut {
			if f, ok := a.lineFrame(&l); ok {
				out = append(out, f)
				continue
			}
		}
		// The last line of the story; above it nothing is at the end.
		overlaps := func(g Frame) bool { return int(g.End) > l.place(0) && g.Kind != Dateline }
		if f, ok := a.signature(&l); ok && !slices.ContainsFunc(out[:heads], overlaps) {
			out = append(out, f)
		}
		break
	}
	slices.SortFunc(out, func(f, g Frame) int { return int(f.Start) - int(g.Start) })
	return out
}

// headFrame returns the frame that line l of the head is or begins with.
func (a *Agencies) headFrame(l *line, title []Word) (Frame, bool) {
	if len(title) >= 3 && slices.EqualFunc(title, l.words, func(x, y Word) bool { return x.Hash == y.Hash }) {
		return l.frame(0, len(l.s), Repeat, ""), true
	}
	if f, ok := a.dateline(l); ok {
		return f, true
	}
	return a.lineFrame(l)
}

// headOf yields the first lines of a body that are not empty.
func headOf(body *typeset) iter.Seq[line] {
	return func(yield func(line) bool) {
		buf := wordBuffers.Get().(*[]Word)
		defer wordBuffers.Put(buf)
		head := clip(body.s, headBytes)
		for at, lines := 0, 0; at < len(head) && lines < headLines; {
			n := strings.IndexByte(head[at:], '\n')
			if n < 0 {
				n = len(head) - at
			}
			if l, ok := trim(body, at, at+n); ok {
				// Words behind a dateline are not looked at.
				*buf = Words((*buf)[:0], clip(l.s, maxDateline+longLine))
				l.words = *buf
				if !yield(l) {
					return
				}
				lines++
			}
			at += n + 1
		}
	}
}

// tailOf yields the last lines of a body that are not empty, the last first. A
// long one is cut to its end.
func tailOf(from *typeset) iter.Seq[line] {
	return func(yield func(line) bool) {
		buf := wordBuffers.Get().(*[]Word)
		defer wordBuffers.Put(buf)
		body := from.s
		for end, lines := len(body), 0; end > max(0, len(body)-tailBytes) && lines < tailLines; {
			start := max(0, end-2*longLine)
			for start > 0 && start < end && !utf8.RuneStart(body[start]) {
				start++
			}
			n := strings.LastIndexByte(body[start:end], '\n') + 1
			if l, ok := trim(from, start+n, end); ok {
				l.cut = n == 0 && (start > 0 && body[start-1] != '\n' || start == 0 && from.part)
				if l.cut {
					l.at, l.s = l.at+len(l.s)-len(ending(l.s)), ending(l.s)
				}
				*buf = Words((*buf)[:0], l.s)
				l.words = *buf
				if !yield(l) || l.cut {
					return
				}
				lines++
			}
			end = start + n - 1
		}
	}
}

// ending returns the last words of s, enough for a signature.
func ending(s string) string {
	from := max(0, len(s)-longLine)
	for from > 0 && from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	return s[from:]
}

// trim returns the line t.s[from:to] without white space around it, and whether
// anything is left.
func trim(t *typeset, from, to int) (line, bool) {
	s := t.s[from:to]
	left := strings.TrimLeft(s, " \t\r")
	from += len(s) - len(left)
	left = strings.TrimRight(left, " \t\r")
	return line{from: t, at: from, s: left}, left != ""
}

// clip returns at most n bytes of s, cut at a rune border.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
