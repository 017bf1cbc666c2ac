package config

import "testing"

func TestNearest(t *testing.T) {
	names := namesBelow("")
	for written, want := range map[string]string{
		"source": "sources", "threshold": "thresholds", "Sources": "sources", "bach": "batch", "outlet": "outlets",
		"databse": "database", "xyz": "", "": "", "colour": "",
	} {
		if got := Nearest(written, names); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", written, got, want)
		}
	}
	if got := Nearest("naer", namesBelow("thresholds.")); got != "near" {
		t.Errorf("Nearest(naer) = %q, want near", got)
	}
	if got := Nearest("a", nil); got != "" {
		t.Errorf("Nearest of nothing = %q", got)
	}
}
