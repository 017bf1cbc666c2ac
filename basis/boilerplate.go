package basis

import (
	"context"
	"fmt"
	"strconv"

	"dedupe/storage"
)

const (
	metaDecided   = "boilerplate.decided"   // the decisions on boilerplate that the stored links know of
	metaForgotten = "boilerplate.forgotten" // how often a person took one back
)

// Decided reports whether people decided on boilerplate, or took that back, since stored links
// were judged.
func (b Basis) Decided(ctx context.Context) (bool, error) {
	now, err := b.decisions(ctx)
	if err != nil {
		return false, err
	}
	known, err := b.Store.Meta(ctx, metaDecided)
	return known != now, err
}

// decisions stands for what people decided on boilerplate: the passages they allowed or
// blocked, and how often they forgot one, which a run may have known until then. What is
// learned and unlearned by runs is no part of it.
func (b Basis) decisions(ctx context.Context) (decided string, err error) {
	rows, err := b.Store.Boilerplate(ctx)
	if err != nil {
		return "", err
	}
	for _, f := range rows {
		if f.State != storage.Learned {
			decided += fmt.Sprintf("%d %s, ", f.ID, f.State)
		}
	}
	forgotten, err := b.Store.Meta(ctx, metaForgotten)
	if forgotten != "" {
		decided += forgotten + " forgotten"
	}
	return decided, err
}

// Forget takes a decision on a passage back, and notes that.
func (b Basis) Forget(ctx context.Context, passage int64) error {
	forgotten, err := b.Store.Meta(ctx, metaForgotten)
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(forgotten) // "" at first
	if err := b.Store.ForgetBoilerplate(ctx, passage); err != nil {
		return err
	}
	return b.Store.SetMeta(ctx, map[string]string{metaForgotten: strconv.Itoa(n + 1)})
}
