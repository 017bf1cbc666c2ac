package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"dedupe/explain"
	"dedupe/report"
	"dedupe/review"
	"dedupe/storage"
	"dedupe/terminal"
)

// clearScreen empties a terminal and goes to its upper left corner (ECMA-48, ED and CUP).
const clearScreen = "\x1b[2J\x1b[H"

// show prints a pair, unless meanwhile there is nothing to ask.
func (s *session) show(ctx context.Context, i int) (shown bool, a, b storage.Article, err error) {
	pair := s.pairs[i]
	view, err := s.store.View(ctx)
	if err != nil {
		return false, a, b, err
	}
	defer view.Close()
	a, b, err = sides(ctx, view, pair)
	if errors.Is(err, storage.ErrNotFound) || err == nil && !(a.Current && b.Current) {
		return false, a, b, nil
	}
	if err != nil {
		return false, a, b, err
	}
	known, err := follows(ctx, view, a, b)
	if err != nil || known {
		return false, a, b, err
	}
	e, err := s.explained(ctx, view, a, b)
	if err != nil {
		return false, a, b, err
	}
	e.Texts()
	height := 0
	if s.fit {
		const prompt = 2 // lines
		height = max(1, terminal.Lines()-prompt-bytes.Count(s.said.Bytes(), []byte("\n")))
		fmt.Fprintf(s.screen, "%s%s", clearScreen, s.said.Bytes())
	} else if _, err := s.said.WriteTo(s.screen); err != nil {
		return false, a, b, err
	}
	return true, a, b, report.Write(s.screen, &report.Question{
		Number: i + 1, Of: len(s.pairs), A: e.A, B: e.B, Kind: e.Kind, Verdict: e.Verdict, Why: pair.Why(),
		TextA: e.TextA, TextB: e.TextB, Lines: s.lines, Height: height, Part: s.part,
	}, report.Options{Color: s.color() && s.screen == s.stdout, Width: s.width()})
}

// explained explains two stored articles.
func (s *session) explained(ctx context.Context, view *storage.View, a, b storage.Article) (*explain.Explanation, error) {
	x := explain.New(s.engine, view, explain.Options{})
	first, err := x.Stored(ctx, a)
	if err != nil {
		return nil, err
	}
	second, err := x.Stored(ctx, b)
	if err != nil {
		return nil, err
	}
	return x.Pair(ctx, first, second)
}

// follows reports whether decisions say already what two articles are.
func follows(ctx context.Context, v *storage.View, a, b storage.Article) (bool, error) {
	var list []storage.Decision
	for d, err := range v.Decisions(ctx) {
		if err != nil {
			return false, err
		}
		list = append(list, d)
	}
	_, known := review.NewTies(list).Known(a.Key, b.Key)
	return known, nil
}

// askedPairs returns the pairs of a file, such as a sample drawn for labelling, and
// its records that are none.
func (a *app) askedPairs(ctx context.Context, store *storage.Store, path string, limit int) (list []review.Pair, rejects []report.Reject, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	pairs, rejects, err := report.ReadPairs(file, path)
	if err != nil {
		return nil, nil, err
	}
	view, err := store.View(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer view.Close()
	list, others, err := report.AskedPairs(ctx, view, pairs[:min(len(pairs), limit)], path)
	return list, append(rejects, others...), err
}
