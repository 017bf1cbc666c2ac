package report

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestContrast computes from the colours of the style sheet what WCAG 2.2 asks for at level AA, by
// day and night: 4.5 to 1 for text (criterion 1.4.3), 3 to 1 for what one must see to use the page or
// to understand a drawing (1.4.11).
func TestContrast(t *testing.T) {
	const text, sign = 4.5, 3.0
	tests := []struct {
		colour, ground string
		least          float64
	}{
		{"ink", "ground", text}, {"ink", "card", text}, {"ink", "chip", text},
		{"quiet", "ground", text}, {"quiet", "card", text},
		{"accent", "ground", text}, {"accent", "card", text},
		{"mark-ink", "mark", text},
		{"ink", "q1", text}, {"ink", "q2", text},
		{"bar", "card", sign}, {"edge", "card", sign}, {"edge", "ground", sign},
		{"accent", "mark", sign}, // the line around the passage that one is at
	}
	light, dark, found := strings.Cut(pageCSS, "@media (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("no colours for the night")
	}
	variables := regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]+);`)
	colours := map[string]string{}
	for i, scheme := range []string{light, dark} {
		for _, m := range variables.FindAllStringSubmatch(scheme, -1) {
			colours[m[1]] = m[2]
		}
		name := []string{"light", "dark"}[i]
		for _, tt := range tests {
			if got := contrast(t, colours[tt.colour], colours[tt.ground]); got < tt.least {
				t.Errorf("%s: %s on %s is %.2f to 1, want %.1f", name, tt.colour, tt.ground, got, tt.least)
			}
		}
		// Cells of the matrix have the ink of their shade.
		inks := map[string][3]string{"light": {"#000", "#000", "#fff"}, "dark": {"#fff", "#000", "#000"}}[name]
		for j, shade := range []string{"q3", "q4", "q5"} {
			if got := contrast(t, inks[j], colours[shade]); got < text {
				t.Errorf("%s: %s on %s is %.2f to 1, want %.1f", name, inks[j], shade, got, text)
			}
		}
	}
}

// contrast is that of two colours by WCAG 2.2, from 1 to 21.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance of a colour such as #fff or #1c1b1a.
func luminance(t *testing.T, colour string) (sum float64) {
	t.Helper()
	digits := strings.TrimPrefix(colour, "#")
	if len(digits) == 3 {
		digits = digits[:1] + digits[:1] + digits[1:2] + digits[1:2] + digits[2:] + digits[2:]
	}
	if len(digits) != 6 {
		t.Fatalf("%q is no colour", colour)
	}
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(digits[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		v := float64(n) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
