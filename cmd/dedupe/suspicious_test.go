package main

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGravest(t *testing.T) {
	list := []suspected{
		{id: 1, confidence: 1, size: 900},
		{id: 2, confidence: 0.7, size: 3},
		{id: 3, confidence: 0.6, size: 3},
		{id: 4, confidence: 0.7, size: 40},
		{id: 5, confidence: 1, size: 2, contradicted: 1},
		{id: 6, confidence: 0.9, size: 2, contradicted: 2},
		{id: 7, confidence: 0.7, size: 40},
	}
	slices.SortFunc(list, gravest)
	var got []int64
	for _, s := range list {
		got = append(got, s.id)
	}
	if diff := cmp.Diff([]int64{6, 5, 3, 7, 4, 2, 1}, got); diff != "" {
		t.Errorf("the gravest first (-want +got):\n%s", diff)
	}
}
