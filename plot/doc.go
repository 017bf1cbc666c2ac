// Package plot draws lines over axes from 0 to 1: in characters for a terminal, and
// as a picture, SVG or PNG.
//
//	Chart --> Text
//	  `-----> drawing (lines, dots, rings, words, each with a style) --> SVG
//	                                                                 `-> PNG
//
// Both pictures are made of one drawing and one table of styles, so they show the
// same. They have no links, scripts or fonts of their own, and the same charts give
// the same bytes. Colours are told apart by the colour-blind (Okabe and Ito 2008),
// and lines by their dashes. A picture of four charts takes 0.1 s as PNG.
//
//	c := plot.Chart{Title: "excerpt", X: "excerpt", Lines: []plot.Line{{Name: "recall", Points: points}}}
//	c.Fit()
//	err := plot.PNG(file, "Recall by threshold", []plot.Chart{c})
package plot
